"""What a body of CQC's API tells of the register: registration and its end, what came before and after, and reports."""

from collections.abc import Iterator
from functools import partial

from .._personal import bears_title
from .._when import When
from ..errors import WordError
from ..events import (
    Event,
    InspectionCarriedOut,
    InspectionPublished,
    LocationDeregistered,
    LocationFormed,
    LocationRegistered,
    LocationSucceeded,
    TrustDeregistered,
    TrustFormed,
    TrustRegistered,
    TrustSucceeded,
)
from ._cqc_facts import Owner, Told, at_report
from ._cqc_parts import Maybe, Part, Wrong, code, line, quoted, slug
from ._place import Found

__all__ = ["register", "reports"]

WITHHELD = {"individual": "Name withheld (individual provider)", "partnership": "Name withheld (partnership)"}
"""What stands for the name of a provider that is a person, or persons: roles and ids are recorded, not people's names."""
UNDATED = Told(inferred=frozenset({"on"}))
"""Told without a day."""
BEFORE, AFTER = "HSCA Predecessor", "HSCA Successor"
FORMED: tuple[type[Event], type[Event]] = (LocationFormed, TrustFormed)
SUCCEEDED: tuple[type[Event], type[Event]] = (LocationSucceeded, TrustSucceeded)


def register(body: Part, owner: Owner, by: When) -> Iterator[Found]:
    """Yield what is told of the register.

    Arguments:
        body: the whole body.
        owner: what it is about.
        by: when it was so at the latest, for what has no day.

    """
    began, ended = body.day("registrationDate"), body.day("deregistrationDate")
    yield from _registration(body, owner, began, by)
    yield from _deregistration(body, owner, ended, by)
    for relationship in body.parts("relationships"):
        yield from _relationship(relationship, owner, began, ended, by)


def _registration(body: Part, owner: Owner, began: Maybe[When], by: When) -> Iterator[Found]:
    """Yield under which name it was registered: today's, because the API gives no other, so on the day it is inferred."""
    kind = body.take("type", line) or body.take("ownershipType", line)
    name = _name(body, owner, kind)
    if name is None:
        return
    # Without a day, it was registered under today's name by today, and it is the day that is inferred.
    on, told = (by, UNDATED) if began is None else (began, Told(inferred=frozenset({"name"})))
    event = LocationRegistered if owner.location else TrustRegistered
    yield from owner.fact(body.spot, event, told, on=on, name=name, kind=kind, **owner.place)


def _name(body: Part, owner: Owner, kind: Maybe[str]) -> Maybe[str]:
    """Read the name; that of a provider that is a person, or persons, is withheld, as is that of a location that bears a title."""
    name = body.take("name", line)
    if not isinstance(name, str):
        return name
    if owner.location:
        withheld = f"Name withheld ({kind if isinstance(kind, str) else 'location'})"
        return withheld if bears_title(name) else name
    ownership = body.take("ownershipType", line)
    return WITHHELD.get(ownership.lower(), name) if isinstance(ownership, str) else ownership or name


def _deregistration(body: Part, owner: Owner, ended: Maybe[When], by: When) -> Iterator[Found]:
    event = LocationDeregistered if owner.location else TrustDeregistered
    if ended is not None:
        yield from owner.fact(body.at("deregistrationDate"), event, Told(), on=ended, **owner.place)
    elif body.take("registrationStatus", line) == "Deregistered":
        yield from owner.fact(body.at("registrationStatus"), event, UNDATED, on=by, **owner.place)


def _relationship(part: Part, owner: Owner, began: Maybe[When], ended: Maybe[When], by: When) -> Iterator[Found]:
    """Yield one predecessor or successor, by its id; when it followed isn't stated, so the registration's own days are taken."""
    kind = part.take("type", _kind)
    related = "relatedLocationId" if owner.location else "relatedProviderId"
    other = part.take(related, partial(_other, owner.location or owner.trust))
    reason = part.take("reason", line)
    for name, value in (("type", kind), (related, other)):
        if value is None:
            part.wrong(name, "it is missing, so what followed what is not told: get the body from CQC again")
    if kind is None or isinstance(kind, Wrong) or other is None:
        return
    field, on, events = ("predecessors", began, FORMED) if kind == BEFORE else ("by", ended, SUCCEEDED)
    fields = {field: _only(other), "reason": reason, "on": on or by, **owner.place}
    yield from owner.fact(part.spot, events[0 if owner.location else 1], UNDATED, **fields)


def _other(own: str, text: str) -> str:
    """Read the id of another: nothing comes before or after itself."""
    if code(text) == own:
        raise WordError(f"{own} is said to come before or after itself: get the body from CQC again", text)
    return text


def _only(other: str | Wrong) -> frozenset[str] | Wrong:
    """Give the one as a set, as events have it."""
    return other if isinstance(other, Wrong) else frozenset({other})


def _kind(word: str) -> str:
    if word not in {BEFORE, AFTER}:
        raise WordError(f"{quoted(word)} is not known as a relationship: {BEFORE} and {AFTER} are", word)
    return word


def reports(body: Part, owner: Owner) -> Iterator[Found]:
    """Yield the inspections that reports are about: the first day of the visit, and the day of the report."""
    for report in body.parts("reports"):
        link = report.take("linkId", slug)
        visited, on = report.day("firstVisitDate"), report.day("reportDate")
        if link is None:
            link = report.wrong("linkId", "the id of the report is missing: get the body from CQC again")
        about = {"inspection": link, "title": f"Inspection of {owner.name}"}
        told = Told(at_report(link), on)
        if visited is not None:
            yield from owner.fact(report.spot, InspectionCarriedOut, told, on=visited, location=owner.location, **about)
        if on is not None:
            yield from owner.fact(report.spot, InspectionPublished, told, on=on, **about)
