"""Names in data that says what a trust or a location is called now, and not since when."""

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

import attrs

from .._entry import Draft, Entry
from .._view import View
from .._when import LAST_DAY, When
from ..events import LocationRegistered, LocationRenamed, TrustRegistered, TrustRenamed

__all__ = ["Registration", "cites", "naming"]

Registration: TypeAlias = TrustRegistered | LocationRegistered
Renaming: TypeAlias = TrustRenamed | LocationRenamed


def cites(entry: Entry, draft: Draft) -> bool:
    """Whether an entry has a source of the draft; the editions of one publication are one source."""
    told = {citation.source.identity for citation in entry.sources}
    return any(citation.source.identity in told for citation in draft.sources)


@attrs.frozen
class _Telling:
    """What an edition of this source is on record as having said: the name on its day."""

    day: date
    name: str
    entry: Entry


def naming(view: View, draft: Draft, event: Registration) -> list[Draft | Entry]:
    """Give the entry that tells the registration and the name already, or what to record.

    A name that is not the one that the edition before this gave tells of a renaming between the two; an edition older than all
    on record tells of one since. Whatever the order, an edition that is read again tells nothing new.
    """
    of_source = [e for e in view.standing(event.trust) if e.fact.about == event.about and cites(e, draft)]
    told = sorted((one for e in of_source for one in _tellings(e)), key=lambda one: (one.day, one.entry.number))
    if not told:
        return [draft]
    alike = next((e for e in of_source if _is_alike(e, draft, event)), None)
    news = _renaming(told, draft, event)
    if isinstance(news, Draft):
        return [news] if alike else [draft, news]
    return [news if alike else draft]


def _tellings(entry: Entry) -> Iterator[_Telling]:
    """Yield the names that an entry tells of: a registration that of its edition, a renaming those of the two it lies between."""
    match entry.event:
        case TrustRegistered(name=name) | LocationRegistered(name=name):
            yield _Telling(_published(entry), name, entry)
        case TrustRenamed(name=name, previous=previous, on=on) | LocationRenamed(name=name, previous=previous, on=on):
            yield _Telling(on.latest or LAST_DAY, name, entry)
            if previous is not None and on.earliest is not None:
                yield _Telling(on.earliest, previous, entry)
        case _:
            return  # a succession, or the end of a registration: it names nothing


def _is_alike(entry: Entry, draft: Draft, event: Registration) -> bool:
    """Whether an entry is the same registration, but for a name, or a day, that no source states."""
    told = entry.event
    if not isinstance(told, Registration):
        return False
    return attrs.evolve(told, name=event.name, on=event.on if "on" in draft.inferred else told.on) == event


def _renaming(told: list[_Telling], draft: Draft, event: Registration) -> Draft | Entry:
    """Give the entry that tells the name already, or the renaming to record."""
    now = _published(draft)
    before = [one for one in told if one.day <= now]
    nearest = before[-1] if before else told[0]
    known = next((one for one in before if one.day == now and one.name == event.name), nearest)
    if known.name == event.name:
        return known.entry
    first, last = (nearest.name, event.name) if before else (event.name, nearest.name)
    on = _between(nearest.day, now)
    return attrs.evolve(draft, event=_renamed(event, first, last, on), inferred={"on"})


def _renamed(event: Registration, previous: str, name: str, on: When) -> Renaming:
    if isinstance(event, LocationRegistered):
        return LocationRenamed(trust=event.trust, location=event.location, on=on, name=name, previous=previous)
    return TrustRenamed(trust=event.trust, on=on, name=name, previous=previous)


def _between(then: date, now: date) -> When:
    """Give the time between two publications; of one day, a bound."""
    earlier, later = sorted((then, now))
    return When(f"../{later}") if earlier == later else When(f"{earlier}/{later}")


def _published(cited: Draft | Entry) -> date:
    """Give the day by which the earliest of the sources was published."""
    days = [citation.source.published.latest for citation in cited.sources if citation.source.published]
    return min((day for day in days if day), default=LAST_DAY)
