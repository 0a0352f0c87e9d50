"""Rules on what a later inspection found again, or found still open."""

from collections.abc import Iterator
from datetime import date
from typing import TypeAlias

from .._dossier import Dossier
from .._entry import Entry
from .._show import listed
from .._when import When
from ..events import BreachCleared, BreachFound, RequirementAssessed, RequirementMade, RequirementOutcome
from ..projections import TrustState
from ..projections.inspections import Inspection
from ..projections.requirements import Requirement
from ._answers import settling
from ._read import IN_DOUBT, dated, doubts, named, numbers, said_of
from ._rule import AuditException, rule

__all__ = ["breach_found_again", "requirement_open_at_next_inspection"]


def _is_after(later: When, earlier: When | None) -> bool:
    """Whether one date certainly lies after another, as far as their bounds tell."""
    return bool(earlier and earlier.latest and later.earliest and earlier.latest < later.earliest)


def _is_again(later: BreachFound, earlier: BreachFound) -> bool:
    """Whether a later inspection found what an earlier one had: not another service's or location's, where both are named."""
    elsewhere = any(
        one and other and one != other for one, other in ((later.service, earlier.service), (later.location, earlier.location))
    )
    same = later.breach == earlier.breach or (later.regulation is not None and later.regulation is earlier.regulation)
    one_inspection = later.inspection is not None and later.inspection == earlier.inspection
    return same and _is_after(later.on, earlier.on) and not elsewhere and not one_inspection


@rule("high")
def breach_found_again(dossier: Dossier) -> Iterator[AuditException]:
    """A breach of a regulation that stands, and that an earlier inspection had found before.

    What was put right after the first inspection did not last, or was not put right. Breaches of one regulation count as one
    found again unless both name a service, or both a location, and the two differ. One that was cleared since is not told.
    """
    found = [(e, e.event) for e in dossier.in_force if isinstance(e.event, BreachFound)]
    before = {e.number: [other for other, fact in found if _is_again(later, fact)] for e, later in found}
    last = [
        (e, fact)
        for e, fact in found
        if before[e.number]
        and dossier.state.breaches[fact.breach].is_open
        and not any(_is_again(later, fact) for _, later in found)
    ]
    for e, fact in last:
        what = "a breach of the same regulation" if fact.regulation else "the same breach"
        doubt = doubts(dossier, fact.about, BreachCleared)
        yield AuditException(
            f"{named(dossier, fact.about)}, found {_found(e)}, is not cleared on record, and {what} had been found before: "
            f"{listed(map(_found, before[e.number]))}.{IN_DOUBT if doubt else ''}",
            entries=(*numbers(before[e.number]), e.number, *doubt),
            about=fact.about,
        )


def _found(e: Entry) -> str:
    """Say when and where a breach was found."""
    fact = e.fact
    where = [fact.service, fact.location] if isinstance(fact, BreachFound) else []
    return listed([dated(fact.on), *where], ", ")


@rule("high")
def requirement_open_at_next_inspection(dossier: Dossier) -> Iterator[AuditException]:
    """A requirement of an earlier inspection that a later one found not met, or by which it was not known to be met.

    CQC looks again at what it required; a requirement that is still open then was not acted on, or not enough, or nobody can
    show that it was. What counts as a later inspection is one of the whole trust, or of the same service and location. A
    requirement that was found met since is not told.
    """
    for requirement in dossier.state.requirements.values():
        if requirement.is_open:
            found = _as_found(dossier, requirement) or _as_unknown(dossier, requirement)
            if found:
                told, cited, doubt = found
                yield AuditException(
                    f"{named(dossier, requirement.about)}, {told}{IN_DOUBT if doubt else ''}",
                    entries=(*numbers(said_of(dossier, requirement.about)), *cited, *doubt),
                    about=requirement.about,
                )


Numbers: TypeAlias = tuple[int, ...]
Told: TypeAlias = tuple[str, Numbers, Numbers]
"""What is said of a requirement, and the numbers of the entries about the inspection that shows it, and of those that put it in doubt."""


def _as_found(dossier: Dossier, requirement: Requirement) -> Told | None:
    """Tell that the last inspection which looked at a requirement did not find it met; made again since, that still shows it."""
    made = said_of(dossier, requirement.about, RequirementMade)
    assessed = said_of(dossier, requirement.about, RequirementAssessed)
    last = assessed[-1] if assessed else None
    if last is None or not isinstance(last.event, RequirementAssessed) or last.event.outcome is RequirementOutcome.MET:
        return None
    required = f"required {dated(made[0].fact.on)}" if made else "whose making is not on record"
    inspection = ("inspection", last.event.inspection or "")
    at = f"at {named(dossier, inspection)}" if last.event.inspection else "at the inspection"
    inferred = " (the outcome is inferred)" if "outcome" in last.inferred else ""
    told = f"{required}, was found {last.event.outcome} {at} {dated(last.event.on)}{inferred}; it is not known to have been met since."
    return told, numbers(said_of(dossier, inspection)), settling(dossier, requirement.about)


def _as_unknown(dossier: Dossier, requirement: Requirement) -> Told | None:
    """Tell of the first later inspection by which a requirement was not known to be met, as nothing on record assesses it."""
    first = min(
        _later(dossier.state, requirement), key=lambda seen: (seen[0].latest or date.max, seen[1].inspection), default=None
    )
    if first is None or requirement.made_on is None:
        return None
    on, inspection = first
    how = "took place" if inspection.carried_out_on else "was published"
    told = (
        f"required {dated(requirement.made_on)}, was not known to be met when {named(dossier, inspection.about)} {how} {dated(on)}: "
        "no assessment of it since it was required is on record."
    )
    return told, numbers(said_of(dossier, inspection.about)), doubts(dossier, requirement.about, RequirementAssessed)


def _later(state: TrustState, requirement: Requirement) -> Iterator[tuple[When, Inspection]]:
    """Yield the inspections certainly after a requirement was made that could have looked at it, each with its date.

    An inspection whose visit is not on record is dated by its publication; that tells only where the requirement is known to
    have come of another one.
    """
    origin = state.inspections.get(requirement.of or "")
    service = requirement.service or (origin.service if origin else None)
    location = requirement.location or (origin.location if origin else None)
    for one in state.inspections.values():
        on = one.carried_out_on or (one.published_on if requirement.of else None)
        covers = one.service in (None, service) and one.location in (None, location)
        if on and covers and one.inspection != requirement.of and _is_after(on, requirement.made_on):
            yield on, one
