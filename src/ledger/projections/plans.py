"""Action plans: asked for, sent, agreed."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import ActionPlanAgreed, ActionPlanDeadlinePassed, ActionPlanRequested, ActionPlanSubmitted
from ._things import Thing, Things, heard, undone

__all__ = ["Plan", "plans"]


@attrs.frozen(kw_only=True)
class Plan(Thing):
    """One action plan; `missed` holds each due period that passed before it was sent, `unsure` those of which that is not certain."""

    plan: str
    text: str | None = None
    answers: frozenset[str] = frozenset()
    requested_on: When | None = None
    requested_by: str | None = None
    due: When | None = None
    submitted_on: When | None = None
    submitted_to: str | None = None
    agreed_on: When | None = None
    agreed_between: frozenset[str] = frozenset()
    missed: tuple[When, ...] = ()
    unsure: tuple[When, ...] = ()

    @property
    def has_passed(self) -> bool:
        """Whether the last day to send it by has passed."""
        return self.due is not None and self.due.latest in {due.latest for due in self.missed}

    @property
    def about(self) -> tuple[str, ...]:
        """The plan."""
        return "plan", self.plan

    @property
    def heading(self) -> str:
        """What it is."""
        return "Action plan"

    @property
    def summary(self) -> str:
        """What it is about, who asked for it, and whether it was sent."""
        asked = f"requested {self.requested_on.in_words()}" if self.requested_on else "no request on record"
        return listed(
            [
                self.text or self.plan,
                listed([asked, f"by {self.requested_by}" if self.requested_by else None], " "),
                f"due {self.due.in_words()}" if self.due else None,
                self._late(),
                f"submitted {self.submitted_on.in_words()}" if self.submitted_on else "no submission on record",
                f"agreed {self.agreed_on.in_words()} between {' and '.join(sorted(self.agreed_between))}"
                if self.agreed_on
                else None,
            ]
        )

    def _late(self) -> str | None:
        if not self.missed:
            return None
        return "that day may have passed before it was sent" if self.unsure else "that day passed before it was sent"


Heard: TypeAlias = ActionPlanRequested | ActionPlanSubmitted | ActionPlanAgreed
Fact: TypeAlias = Heard | ActionPlanDeadlinePassed


@projection(initial=Things[Plan]())
def plans(state: Things[Plan], fact: Fact) -> Things[Plan]:
    """A plan that was asked for is awaited until it is sent; a second request never moves a due period."""
    new = Plan(plan=fact.plan)
    if isinstance(fact, ActionPlanDeadlinePassed):  # the passing of a day is nothing that was heard
        return state.change(fact.plan, new, lambda p: attrs.evolve(p, missed=(*p.missed, fact.due)))
    return state.change(fact.plan, new, lambda p: heard(_after(p, fact), fact))


def _after(plan: Plan, fact: Heard) -> Plan:
    told = attrs.evolve(plan, text=plan.text or fact.text, answers=plan.answers | fact.answers)
    match fact:
        case ActionPlanRequested(by=by, due=due):
            return attrs.evolve(
                told,
                requested_on=told.requested_on or fact.on,
                requested_by=told.requested_by or by,
                due=told.due or due,
            )
        case ActionPlanSubmitted(to=to):
            sent = told.submitted_on or fact.on
            return attrs.evolve(told, submitted_on=sent, submitted_to=told.submitted_to or to, unsure=undone(told.missed, sent))
        case ActionPlanAgreed(bodies=bodies):
            return attrs.evolve(told, agreed_on=told.agreed_on or fact.on, agreed_between=told.agreed_between | bodies)
        case _:
            assert_never(fact)
