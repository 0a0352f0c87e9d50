"""The entries as read so far, with what is looked up in them; and what becomes of drafts that are to be added."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

import attrs
from immutables import Map

from ._codec import encode
from ._entry import Citation, Draft, Entry, Markings, strictest
from ._store import Row
from ._succession import NamedBy, named_by
from ._timeline import standing
from .errors import CorrectionError, EventError
from .events import PASSES, Corroborated, Event, Recordable, Retracted

__all__ = ["Log", "Plan", "made", "planned", "rows", "settle"]


class Log:
    """The entries in order of number. It grows by `absorb` only; `by_trust`, `named_by`, `markings` are values, so views can keep them."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.by_trust: Map[str, tuple[Entry, ...]] = Map()
        self.named_by: NamedBy = Map()
        self.markings: Markings = {}
        self._replaced_by: dict[int, Entry] = {}
        self._in_force: dict[Recordable, tuple[Entry, ...]] = {}

    def copy(self) -> "Log":
        """Give a log that goes on from here on its own; the entries themselves are shared."""
        other = Log()
        other.entries = list(self.entries)
        other.by_trust, other.named_by, other.markings = self.by_trust, self.named_by, self.markings
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
            self._in_force[entry.event] = (*self._in_force.get(entry.event, ()), entry)
            if entry.replaces is not None:
                self._replaced_by.setdefault(entry.replaces, entry)
                wrong = self._numbered(entry.replaces).event
                self._in_force[wrong] = tuple(e for e in self._in_force[wrong] if e.number != entry.replaces)
        by_trust: dict[str, list[Entry]] = {}
        for entry in news:
            by_trust.setdefault(entry.event.trust, []).append(entry)
        self.by_trust = self.by_trust.update({code: (*self.by_trust.get(code, ()), *more) for code, more in by_trust.items()})
        self.named_by = named_by(self.named_by, news)
        self.markings = strictest(self.markings, news)

    def length(self, code: str) -> int:
        """Tell how many entries there are about a trust."""
        return len(self.by_trust.get(code, ()))

    def _numbered(self, number: int) -> Entry:
        place = bisect_left(self.entries, number, key=attrgetter("number"))
        if place == len(self.entries) or self.entries[place].number != number:
            raise CorrectionError(f"there is no entry {number}: the ledger ends at {self.last}", number)
        return self.entries[place]

    def entry(self, number: int) -> Entry:
        """Give an entry that has not been replaced.

        Raises:
            CorrectionError: there is none of that number, or it was replaced.

        """
        entry = self._numbered(number)
        if number in self._replaced_by:
            by = self._replaced_by[number]
            how = "taken back" if isinstance(by.event, Retracted) else "corrected"
            raise CorrectionError(f"entry {number} was {how} by entry {by.number}: what is replaced stays replaced", number)
        return entry

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
        return self._corroborated(entry)

    def equal(self, event: Event) -> Entry | None:
        """Give the entry in force that holds an equal event, with every source it has been given."""
        entries = self._in_force.get(event)
        return self._corroborated(entries[0]) if entries else None

    def _corroborated(self, entry: Entry) -> Entry:
        notes = self._in_force.get(Corroborated(trust=entry.event.trust, entry=entry.number), ())
        (told,) = standing((entry, *notes), markings=self.markings)
        return told

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


class _News:
    """The drafts that are new so far, and what is looked up in them: where an equal event stands, and what is replaced."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.places: dict[Recordable, int] = {}
        self.replaced: set[int] = set()

    def add(self, draft: Draft) -> int:
        """Add a draft, and give its position."""
        self.drafts.append(draft)
        self.places.setdefault(draft.event, len(self.drafts) - 1)
        if draft.replaces is not None:
            self.replaced.add(draft.replaces)
        return len(self.drafts) - 1

    def add_sources(self, place: int, sources: Iterable[Citation]) -> None:
        """Add sources to a draft, each once."""
        draft = self.drafts[place]
        self.drafts[place] = attrs.evolve(draft, sources=tuple(dict.fromkeys((*draft.sources, *sources))))


def settle(log: Log, drafts: Sequence[Draft]) -> Plan:
    """Find out what is new in *drafts*.

    Raises:
        EventError: an event can't be recorded this way.
        CorrectionError: a draft replaces an entry that can't be replaced.

    """
    news = _News()
    answers: list[Entry | int] = []
    for draft in drafts:
        name = type(draft.event).__name__
        if name not in Recordable.known:
            raise EventError(f"{name} is no type that can be recorded: use one of ledger.events", "event", draft)
        if draft.replaces is not None:
            _check_replacing(log, draft, news)
            answers.append(news.add(draft))
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
        answers.append(_settle_fact(log, draft, draft.event, news))
    return Plan(tuple(news.drafts), tuple(answers))


def planned(events: Iterable[Event], at: datetime) -> Plan:
    """Plan to append events as they are, without sources: what the ledger itself noticed at an instant."""
    new = tuple(Draft(event=event) for event in events)
    return Plan(new, tuple(range(len(new))), at)


def _settle_fact(log: Log, draft: Draft, event: Event, news: _News) -> Entry | int:
    """Add a fact that is new, or the sources that are new of one that is in force or among the new already."""
    place = news.places.get(event)
    if place is not None:
        news.add_sources(place, draft.sources)
        return place
    standing_entry = log.equal(event)
    if standing_entry is None:
        return news.add(draft)
    further = tuple(citation for citation in draft.sources if citation not in standing_entry.sources)
    if further:
        news.add(Draft(event=Corroborated(trust=event.trust, entry=standing_entry.number), sources=further))
    return standing_entry


def _check_replacing(log: Log, draft: Draft, news: _News) -> None:
    number = draft.replaces or 0
    wrong = log.entry(number)
    if draft.reason is None:
        raise CorrectionError(f"say why entry {number} is replaced: give a reason", number)
    if number in news.replaced:
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


def made(log: Log, plan: Plan, recorded_at: datetime, recorded_by: str) -> list[Entry]:
    """Make the entries to append, numbered as the store will number them unless others append first."""
    return [
        Entry(
            number=number,
            event=draft.event,
            recorded_at=recorded_at,
            recorded_by=recorded_by,
            place=log.entry(draft.replaces).place if draft.replaces else number,
            sources=draft.sources,
            inferred=draft.inferred,
            key=draft.key,
            replaces=draft.replaces,
            reason=draft.reason,
        )
        for number, draft in enumerate(plan.new, log.last + 1)
    ]


def rows(log: Log, entries: Iterable[Entry]) -> list[Row]:
    """Give the rows to append; versions go on from where each trust's stream ends."""
    given: Counter[str] = Counter()
    found = []
    for entry in entries:
        code = entry.event.trust
        given[code] += 1
        found.append(Row(code, log.length(code) + given[code], type(entry.event).__name__, encode(entry)))
    return found
