"""The entries as read so far, with what is looked up in them; and what becomes of drafts that are to be added."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import attrs
from immutables import Map

from ._codec import encode
from ._entry import Citation, Draft, Entry, Markings, strictest
from ._store import Row
from ._timeline import standing
from .errors import CorrectionError, EventError
from .events import PASSES, Corroborated, Event, Recordable, Retracted

__all__ = ["Log", "Plan", "planned", "rows", "settle"]


class Log:
    """The entries in order of number. It grows by `absorb` only; `by_trust` and `markings` are values, so views can keep them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.by_trust: Map[str, tuple[Entry, ...]] = Map()
        self.markings: Markings = {}
        self._by_number: dict[int, Entry] = {}
        self._replaced_by: dict[int, int] = {}
        self._in_force: dict[Recordable, tuple[int, ...]] = {}

    def copy(self) -> "Log":
        """Give a log that goes on from here on its own; the entries themselves are shared."""
        other = Log()
        other.entries = list(self.entries)
        other.by_trust, other.markings = self.by_trust, self.markings
        other._by_number = dict(self._by_number)
        other._replaced_by = dict(self._replaced_by)
        other._in_force = dict(self._in_force)
        return other

    @property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        return self.entries[-1].number if self.entries else 0

    def absorb(self, news: Sequence[Entry]) -> None:
        """Take in the entries recorded since, by whoever."""
        for entry in news:
            self.entries.append(entry)
            self._by_number[entry.number] = entry
            self._in_force[entry.event] = (*self._in_force.get(entry.event, ()), entry.number)
            if entry.replaces is not None:
                self._replaced_by.setdefault(entry.replaces, entry.number)
                wrong = self._by_number[entry.replaces].event
                self._in_force[wrong] = tuple(number for number in self._in_force[wrong] if number != entry.replaces)
        by_trust: dict[str, list[Entry]] = {}
        for entry in news:
            by_trust.setdefault(entry.event.trust, []).append(entry)
        self.by_trust = self.by_trust.update({code: (*self.by_trust.get(code, ()), *more) for code, more in by_trust.items()})
        if news:
            self.markings = strictest(self.markings, news)

    def length(self, code: str) -> int:
        """Tell how many entries there are about a trust."""
        return len(self.by_trust.get(code, ()))

    def entry(self, number: int) -> Entry:
        """Give an entry that has not been replaced.

        Raises:
            CorrectionError: there is none of that number, or it was replaced.

        """
        if number not in self._by_number:
            raise CorrectionError(f"there is no entry {number}: the ledger ends at {self.last}", number)
        if number in self._replaced_by:
            by = self._by_number[self._replaced_by[number]]
            how = "taken back" if isinstance(by.event, Retracted) else "corrected"
            raise CorrectionError(f"entry {number} was {how} by entry {by.number}: what is replaced stays replaced", number)
        return self._by_number[number]

    def fact(self, number: int) -> Entry:
        """Give an entry that holds a fact in force, with every source it has been given.

        Raises:
            CorrectionError: there is none of that number, it was replaced, or it is a note about another.

        """
        entry = self.entry(number)
        if not isinstance(entry.event, Event):
            raise CorrectionError(f"entry {number} is a note about another entry, not a fact", number)
        if isinstance(entry.event, PASSES):
            raise CorrectionError(
                f"entry {number} says that a deadline was seen to pass: it can only be taken back; correct what set the deadline",
                number,
            )
        return next(e for e in standing(self.by_trust[entry.event.trust], markings=self.markings) if e.number == number)

    def equal(self, event: Event) -> Entry | None:
        """Give the entry in force that holds an equal event, with every source it has been given."""
        numbers = self._in_force.get(event)
        return self.fact(numbers[0]) if numbers else None

    def is_ever_public(self, sources: Iterable[Citation]) -> bool:
        """Whether one of *sources* is public, on whatever day."""
        return any(citation.is_ever_public(self.markings) for citation in sources)


@attrs.frozen
class Plan:
    """What becomes of drafts: those to append, and for each draft the entry that exists or its position among the new.

    `at` is the instant they are to be recorded at, where the plan rests on it.
    """

    new: tuple[Draft, ...]
    answers: tuple[Entry | int, ...]
    at: datetime | None = None


def settle(log: Log, drafts: Sequence[Draft]) -> Plan:
    """Find out what is new in *drafts*.

    Raises:
        EventError: an event can't be recorded this way.
        CorrectionError: a draft replaces an entry that can't be replaced.

    """
    new: list[Draft] = []
    answers: list[Entry | int] = []
    for draft in drafts:
        name = type(draft.event).__name__
        if name not in Recordable.known:
            raise EventError(f"{name} is no type that can be recorded: use one of ledger.events", "event", draft)
        if draft.replaces is not None:
            _check_replacing(log, draft, new)
            answers.append(_add(new, draft))
            continue
        if not isinstance(draft.event, Event):
            raise EventError(
                "a note about an entry is not recorded by hand: use ledger.retract() or ledger.corroborate()", "event", draft
            )
        if isinstance(draft.event, PASSES):
            raise EventError(
                "the passing of a deadline is derived, never recorded by hand: record the deadline itself; "
                "ledger.sweep() puts on record that it was noticed",
                "event",
                draft.event,
            )
        answers.append(_settle_fact(log, draft, draft.event, new))
    return Plan(tuple(new), tuple(answers))


def planned(events: Iterable[Event], at: datetime) -> Plan:
    """Plan to append events as they are, without sources: what the ledger itself noticed at an instant."""
    new = tuple(Draft(event=event) for event in events)
    return Plan(new, tuple(range(len(new))), at)


def _add(new: list[Draft], draft: Draft) -> int:
    new.append(draft)
    return len(new) - 1


def _settle_fact(log: Log, draft: Draft, event: Event, new: list[Draft]) -> Entry | int:
    """Add a fact that is new, or the sources that are new of one that is in force or among the new already."""
    for position, other in enumerate(new):
        if other.event == event:
            new[position] = attrs.evolve(other, sources=tuple(dict.fromkeys((*other.sources, *draft.sources))))
            return position
    standing_entry = log.equal(event)
    if standing_entry is None:
        return _add(new, draft)
    further = tuple(citation for citation in draft.sources if citation not in standing_entry.sources)
    if further:
        new.append(Draft(event=Corroborated(trust=event.trust, entry=standing_entry.number), sources=further))
    return standing_entry


def _check_replacing(log: Log, draft: Draft, new: Sequence[Draft]) -> None:
    number = draft.replaces or 0
    wrong = log.entry(number)
    if draft.reason is None:
        raise CorrectionError(f"say why entry {number} is replaced: give a reason", number)
    if any(other.replaces == number for other in new):
        raise CorrectionError(f"entry {number} is replaced twice at once: make it one correction", number)
    if wrong.event.trust != draft.event.trust:
        raise CorrectionError(
            f"entry {number} is about {wrong.event.trust}, not {draft.event.trust}: a correction can't change the trust; "
            "retract the entry and record the fact about the other trust",
            number,
        )
    if isinstance(draft.event, Retracted):
        if isinstance(wrong.event, Retracted):
            raise CorrectionError(
                f"entry {number} is itself a retraction: what is replaced stays replaced; record the fact anew", number
            )
        return
    told = log.fact(number)
    if isinstance(draft.event, PASSES) or not isinstance(draft.event, Event):
        raise CorrectionError(f"entry {number} can only be corrected by a fact about the world", number)
    if log.is_ever_public(told.sources) and not log.is_ever_public(draft.sources):
        raise CorrectionError(
            f"entry {number} is public: a correction without a public source would show by its absence; cite one, or retract the entry",
            number,
        )


def rows(log: Log, plan: Plan, recorded_at: datetime, recorded_by: str) -> list[Row]:
    """Give the rows to append; versions go on from where each trust's stream ends."""
    made: list[Row] = []
    for draft in plan.new:
        code = draft.event.trust
        version = log.length(code) + sum(row.trust == code for row in made) + 1
        entry = Entry(
            number=0,  # the store gives it
            event=draft.event,
            recorded_at=recorded_at,
            recorded_by=recorded_by,
            place=log.entry(draft.replaces).place if draft.replaces else 0,
            sources=draft.sources,
            inferred=draft.inferred,
            key=draft.key,
            replaces=draft.replaces,
            reason=draft.reason,
        )
        made.append(Row(code, version, type(draft.event).__name__, encode(entry)))
    return made
