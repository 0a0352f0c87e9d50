"""Names in data that says what a trust or a location is called now, and not since when."""

from datetime import date
from typing import TypeAlias

import attrs

from .._entry import Draft, Entry
from .._view import View
from .._when import LAST_DAY, When
from ..events import LocationRegistered, LocationRenamed, TrustRegistered, TrustRenamed

__all__ = ["Registration", "cites", "naming"]

Registration: TypeAlias = TrustRegistered | LocationRegistered
Named: TypeAlias = Registration | TrustRenamed | LocationRenamed


def cites(entry: Entry, draft: Draft) -> bool:
    """Whether an entry has a source of the draft; the editions of one publication are one source."""
    told = {citation.source.identity for citation in entry.sources}
    return any(citation.source.identity in told for citation in draft.sources)


def naming(view: View, draft: Draft, event: Registration) -> Draft | Entry:
    """Give the entry that tells the name already, or what to record.

    A name that is not the last one this source gave tells of a renaming between the two publications; one in an older edition
    than all on record tells of a renaming since.
    """
    told = [(_published(e), e) for e in view.standing(event.trust) if _names(e, event) and cites(e, draft)]
    if not told:
        return draft
    now = _published(draft)
    told.sort(key=lambda one: (one[0], one[1].number))
    before = [one for one in told if one[0] <= now]
    then, known = before[-1] if before else told[0]
    if _name(known) == event.name:
        alike = (e for _, e in told if isinstance(e.event, Registration) and attrs.evolve(e.event, name=event.name) == event)
        return next(alike, draft)
    previous, name = (_name(known), event.name) if before else (event.name, _name(known))
    return attrs.evolve(draft, event=_renamed(event, previous, name, _between(then, now)), inferred={"on"})


def _names(entry: Entry, event: Registration) -> bool:
    """Whether an entry names what the event does."""
    return isinstance(entry.event, Named) and entry.event.about == event.about


def _name(entry: Entry) -> str:
    return entry.event.name if isinstance(entry.event, Named) else ""


def _renamed(event: Registration, previous: str, name: str, on: When) -> TrustRenamed | LocationRenamed:
    if isinstance(event, LocationRegistered):
        return LocationRenamed(trust=event.trust, location=event.location, on=on, name=name, previous=previous)
    return TrustRenamed(trust=event.trust, on=on, name=name, previous=previous)


def _between(then: date, now: date) -> When:
    """Give the time between two publications; of one day, a bound."""
    earlier, later = sorted((then, now))
    return When(f"../{later}") if earlier == later else When(f"{earlier}/{later}")


def _published(cited: Draft | Entry) -> date:
    """Give the day by which the latest of the sources was published."""
    days = [citation.source.published.latest for citation in cited.sources if citation.source.published]
    return max((day for day in days if day), default=LAST_DAY)
