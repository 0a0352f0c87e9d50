"""What regulators told the trust to do, and what they found of that."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import Level, RequirementAssessed, RequirementMade, RequirementOutcome, Urgency
from ._things import Thing, Things, heard

__all__ = ["Requirement", "requirements"]


@attrs.frozen(kw_only=True)
class Requirement(Thing):
    """One requirement and what later inspections found of it."""

    requirement: str
    text: str | None = None
    level: Level | None = None
    urgency: Urgency | None = None
    due: When | None = None
    of: str | None = None
    answers: frozenset[str] = frozenset()
    service: str | None = None
    location: str | None = None
    place: str | None = None
    made_on: When | None = None
    outcome: RequirementOutcome | None = None
    assessed_on: When | None = None
    assessed_in: str | None = None
    assessment: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is not known to be met."""
        return self.outcome is not RequirementOutcome.MET

    @property
    def about(self) -> tuple[str, ...]:
        """The requirement."""
        return "requirement", self.requirement

    @property
    def heading(self) -> str:
        """What is to be done."""
        return self.text or self.requirement

    @property
    def summary(self) -> str:
        """How strong it is, by when, and what was found."""
        return listed(
            [
                {Level.MUST: "must do", Level.SHOULD: "should do"}.get(self.level or Level.NOT_STATED),
                listed([self.service, self.location, self.place], ", "),
                f"told {self.made_on.in_words()}" if self.made_on else "making not on record",
                f"urgency: {self.urgency}" if self.urgency else None,
                f"due {self.due.in_words()}" if self.due else None,
                f"found {self.outcome} at the inspection of {self.assessed_on.in_words()}"
                if self.outcome and self.assessed_on
                else "no assessment on record",
                self.assessment,
            ]
        )


Fact: TypeAlias = RequirementMade | RequirementAssessed


@projection(initial=Things[Requirement]())
def requirements(state: Things[Requirement], fact: Fact) -> Things[Requirement]:
    """A requirement is open until an inspection finds it met; the latest finding stands."""
    new = Requirement(requirement=fact.requirement)
    match fact:
        case RequirementMade():
            return state.change(fact.requirement, new, lambda r: heard(_made(r, fact), fact))
        case RequirementAssessed(outcome=outcome, text=text, inspection=inspection):
            return state.change(
                fact.requirement,
                new,
                lambda r: heard(
                    attrs.evolve(r, outcome=outcome, assessed_on=fact.on, assessed_in=inspection, assessment=text), fact
                ),
            )
        case _:
            assert_never(fact)


def _made(requirement: Requirement, fact: RequirementMade) -> Requirement:
    """Take in what was required: made again after it was assessed, it begins anew; else a second statement fills gaps."""
    again = requirement.made_on is not None and requirement.outcome is not None
    before = Requirement(requirement=fact.requirement, answers=requirement.answers) if again else requirement
    return attrs.evolve(
        before,
        text=before.text or fact.text,
        level=before.level if before.level not in (None, Level.NOT_STATED) else fact.level,
        urgency=before.urgency or fact.urgency,
        due=before.due or fact.due,
        of=before.of or fact.of,
        answers=before.answers | fact.answers,
        service=before.service or fact.service,
        location=before.location or fact.location,
        place=before.place or fact.place,
        made_on=before.made_on or fact.on,
    )
