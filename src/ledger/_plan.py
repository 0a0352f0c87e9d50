"""What becomes of drafts that are to be added to a log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from ._codec import encode
from ._entry import Citation, Draft, Entry, Marking, Markings, strictest
from ._log import Log
from ._rows import Row
from ._stub import digest, stub_of
from .errors import CorrectionError, EventError
from .events import PASSES, Corroborated, Erased, Event, Recordable, Redacted, Retracted

__all__ = ["Plan", "made", "planned", "redaction", "rows", "settle"]


@attrs.frozen
class Plan:
    """What becomes of drafts: those to append, and for each draft the entry that exists or its position among the new.

    `at` is the instant they are to be recorded at, where the plan rests on it; `erased` is what is to be left of stored entries, by number.
    """

    new: tuple[Draft, ...]
    answers: tuple[Entry | int, ...]
    at: datetime | None = None
    erased: Mapping[int, bytes] = attrs.field(factory=dict)


class _News:
    """The drafts that are new so far, and what is looked up in them: where an equal event stands, and what is replaced."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.places: dict[Recordable, int] = {}
        self.replaced: set[int] = set()

    def add(self, draft: Draft) -> int:
        """Add a draft, and give its position."""
        self.drafts.append(draft)
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
            news.places.setdefault(draft.event, len(news.drafts) - 1)
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


def redaction(log: Log, number: int, reason: str) -> Plan:
    """Plan to erase what an entry says.

    Raises:
        CorrectionError: there is no such entry, it was redacted already or records a redaction, or a source would count as more public.

    """
    entry, stored = log.recorded(number)
    if isinstance(entry.event, Erased):
        raise CorrectionError(f"entry {number} was redacted already", number)
    if isinstance(entry.event, Redacted):
        raise CorrectionError(f"entry {number} records a redaction, which stays on record", number)
    markings = log.markings(log.last)
    _check_markings(log, entry, markings)
    left = stub_of(entry, stored, markings)
    note = Redacted(trust=entry.event.trust, entry=number, kept=digest(left))
    return Plan((Draft(event=note, reason=reason),), (0,), erased={number: left})


def _check_markings(log: Log, entry: Entry, markings: Markings) -> None:
    """Refuse to erase the only entry that marks a source as strictly as it is: others that cite it would become more public."""
    own = strictest({}, [entry]).items()
    strict = [identity for identity, marking in own if marking is not Marking.PUBLIC and marking is markings[identity]]
    others = strictest({}, (e for e in log.entries() if e.number != entry.number)) if strict else {}
    for identity in strict:
        if identity in others and others[identity].strictness < markings[identity].strictness:
            raise CorrectionError(
                f"entry {entry.number} alone says that “{identity[1]}” is {markings[identity]}: without it, what cites that source would "
                "count as more public; corroborate another entry with the source so marked, then redact this one",
                entry.number,
            )


def _settle_fact(log: Log, draft: Draft, event: Event, news: _News) -> Entry | int:
    """Add a fact that is new, or the sources that are new of one that is in force or among the new already."""
    place = news.places.setdefault(event, len(news.drafts))
    if place < len(news.drafts):
        news.add_sources(place, draft.sources)
        return place
    standing_entry = log.equal(event)
    if standing_entry is None:
        return news.add(draft)
    del news.places[event]
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
    if isinstance(wrong.event, Redacted):
        raise CorrectionError(f"entry {number} records a redaction, which stays on record", number)
    if isinstance(draft.event, Retracted):
        if isinstance(wrong.event, Retracted):
            raise CorrectionError(
                f"entry {number} is itself a retraction: what is replaced stays replaced; record the fact anew", number
            )
        return
    told = log.fact(number)
    if isinstance(draft.event, PASSES) or not isinstance(draft.event, Event):
        raise CorrectionError(f"entry {number} can only be corrected by a fact about the world", number)
    if _is_ever_public(log, told.sources) and not _is_ever_public(log, draft.sources):
        raise CorrectionError(
            f"entry {number} is public: a correction without a public source would show by its absence; cite one, or retract the entry",
            number,
        )


def _is_ever_public(log: Log, sources: Iterable[Citation]) -> bool:
    """Whether one of *sources* is public, on whatever day."""
    markings = log.markings(log.last)
    return any(citation.is_ever_public(markings) for citation in sources)


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
    versions: dict[str, int] = {}
    found = []
    for entry in entries:
        code = entry.event.trust
        versions[code] = (versions[code] if code in versions else len(log.stream(code))) + 1
        found.append(Row(code, versions[code], type(entry.event).__name__, encode(entry)))
    return found
