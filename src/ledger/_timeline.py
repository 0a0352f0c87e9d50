"""The bitemporal engine: which entries count for a view, and in what order."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from ._entry import Citation, Entry, Markings
from .events import PASSES, Corroborated, Erased, Event

__all__ = ["in_force", "in_order", "known", "redacted", "standing", "timeline", "uncertain"]


def standing(
    entries: Sequence[Entry], *, markings: Markings, known_at: datetime | None = None, public_on: date | None = None
) -> list[Entry]:
    """Give the entries that stand: known by *known_at*, replaced by none known, and public by *public_on*; both inclusive.

    Known comes first, then replaced: a correction not yet known corrects nothing. What is replaced stays replaced, even
    if its replacement is replaced in turn. Sources that were added later are on the entry once that is known. Notes about
    entries do not stand, and neither do passes on record: they are testimony that somebody noticed, not facts.
    """
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    replaced = {e.replaces for e in known}
    facts = (e for e in known if isinstance(e.event, Event) and not isinstance(e.event, PASSES))
    stand = _corroborated((e for e in facts if e.number not in replaced), known)
    if public_on is None:
        return list(stand)
    return [public for e in stand if (public := e.as_public(public_on, markings)) is not None]


def _corroborated(facts: Iterable[Entry], known: Sequence[Entry]) -> Iterator[Entry]:
    """Yield facts with the sources that were added to them later, by notes that were not taken back."""
    replaced = {e.replaces for e in known}
    further: dict[int, list[Citation]] = defaultdict(list)
    for e in known:
        if isinstance(e.event, Corroborated) and e.number not in replaced:
            further[e.event.entry] += e.sources
    return (e.with_sources(further[e.number]) if e.number in further else e for e in facts)


def known(
    entries: Sequence[Entry], *, markings: Markings, known_at: datetime | None = None, public_on: date | None = None
) -> list[Entry]:
    """Give every entry known by *known_at*, inclusive, in order of number: also those replaced, notes, and passes on record.

    With *public_on* only the facts that were public by then, replaced or not, as the public could know them.
    """
    by_then = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    if public_on is None:
        return by_then
    facts = (e for e in by_then if isinstance(e.event, Event))
    return [public for e in _corroborated(facts, by_then) if (public := e.as_public(public_on, markings)) is not None]


def redacted(
    entries: Sequence[Entry], *, markings: Markings, known_at: datetime | None = None, public_on: date | None = None
) -> list[Entry]:
    """Give what is left of the entries that were redacted, of those known by *known_at* and public by *public_on*; both inclusive."""
    del markings  # what an entry was public by is kept with it
    return [
        e
        for e in entries
        if isinstance(e.event, Erased)
        and (known_at is None or e.recorded_at <= known_at)
        and (public_on is None or (e.event.public_since is not None and e.event.public_since <= public_on))
    ]


def _counts_from(entry: Entry) -> date:
    """Give the day from which an entry counts; one that never does comes after all others."""
    return entry.fact.on.latest or date.max


def in_order(stand: Iterable[Entry]) -> list[Entry]:
    """Sort the entries that will ever take effect by the order in which they do: by the latest day, then by place."""
    ever = (e for e in stand if e.fact.on.latest is not None)
    return sorted(ever, key=lambda e: (_counts_from(e), e.place))


def timeline(
    entries: Sequence[Entry],
    *,
    on: date,
    markings: Markings | None = None,
    known_at: datetime | None = None,
    public_on: date | None = None,
) -> list[Entry]:
    """Give the entries in force *on* a day, as known at a moment and as public on a day; all three bounds inclusive.

    They come in the order they took effect; of one day, in the order they were recorded, a correction in the place of what
    it corrects. A fact counts from the latest day that it can mean: the ledger never claims more than a source says.
    """
    return in_force(standing(entries, markings=markings or {}, known_at=known_at, public_on=public_on), on)


def in_force(stand: Iterable[Entry], on: date) -> list[Entry]:
    """Give those of the entries that stand which have taken effect *on* a day, in the order they did."""
    ordered = in_order(stand)
    return ordered[: bisect_right(ordered, on, key=_counts_from)]


def uncertain(stand: Iterable[Entry], on: date) -> list[Entry]:
    """Give the entries that may already have taken effect *on* a day, in order of place.

    They are those whose `on` began by then and has not ended, an open end never ends, and those marked uncertain or
    approximate, whose bounds are themselves in doubt.
    """
    may_be = (e for e in stand if e.fact.on.may_be_by(on) and (e.fact.on.qualifier or not e.fact.on.is_by(on)))
    return sorted(may_be, key=lambda e: e.place)
