"""Concerns that were raised, and what became of them."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import ConcernClosed, ConcernEscalated, ConcernRaised, ConcernStatus, ConcernSubstantiated, Route
from ._things import Thing, Things, heard

__all__ = ["Concern", "Escalation", "concerns"]


@attrs.frozen(kw_only=True)
class Escalation:
    """A concern taken to another body or role."""

    to: str
    on: When
    by: str | None = None
    text: str | None = None


@attrs.frozen(kw_only=True)
class Concern(Thing):
    """One concern; it stays what it was raised as until somebody has found it to hold."""

    concern: str
    text: str | None = None
    status: ConcernStatus | None = None
    route: Route | None = None
    by_role: str | None = None
    to: str | None = None
    detriment: str | None = None
    period: When | None = None
    raised_on: When | None = None
    escalations: tuple[Escalation, ...] = ()
    substantiated_on: When | None = None
    substantiated_by: str | None = None
    found: str | None = None
    closed_on: When | None = None
    outcome: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The concern."""
        return "concern", self.concern

    @property
    def heading(self) -> str:
        """What it is until somebody has looked into it."""
        if self.substantiated_on:
            return "Substantiated concern"
        return "Allegation" if self.status is ConcernStatus.ALLEGED else "Concern"

    @property
    def summary(self) -> str:
        """What was said, by whom, and what became of it."""
        return listed(
            [
                self.text or self.concern,
                f"raised {self.raised_on.in_words()}" if self.raised_on else "raising not on record",
                f"by {self.by_role}" if self.by_role else None,
                f"to {self.to}" if self.to else None,
                f"route: {self.route}" if self.route not in (None, Route.NOT_STATED) else None,
                f"alleged detriment: {self.detriment}" if self.detriment else None,
                *(_taken(one) for one in self.escalations),
                listed([self._substantiated(), self.found], ": "),
                listed([f"closed {self.closed_on.in_words()}", self.outcome], ": ") if self.closed_on else None,
            ]
        )

    def _substantiated(self) -> str | None:
        return f"found to hold {self.substantiated_on.in_words()} by {self.substantiated_by}" if self.substantiated_on else None


def _taken(one: Escalation) -> str:
    by = f" by {one.by}" if one.by else ""
    return listed([f"taken to {one.to}{by} {one.on.in_words()}", one.text], ": ")


Fact: TypeAlias = ConcernRaised | ConcernSubstantiated | ConcernEscalated | ConcernClosed


@projection(initial=Things[Concern]())
def concerns(state: Things[Concern], fact: Fact) -> Things[Concern]:
    """A concern stands as raised; looking into it, taking it further and closing it are facts of their own."""
    return state.change(fact.concern, Concern(concern=fact.concern), lambda c: heard(_after(c, fact), fact))


def _after(concern: Concern, fact: Fact) -> Concern:
    match fact:
        case ConcernRaised():
            return attrs.evolve(
                concern,
                text=concern.text or fact.text,
                status=concern.status or fact.status,
                route=concern.route if concern.route not in (None, Route.NOT_STATED) else fact.route,
                by_role=concern.by_role or fact.by_role,
                to=concern.to or fact.to,
                detriment=concern.detriment or fact.detriment,
                period=concern.period or fact.period,
                raised_on=concern.raised_on or fact.on,
            )
        case ConcernSubstantiated(by=by, text=text):
            return attrs.evolve(concern, substantiated_on=fact.on, substantiated_by=by, found=text)
        case ConcernEscalated(to=to, by=by, text=text):
            taken = Escalation(to=to, on=fact.on, by=by, text=text)
            return attrs.evolve(concern, escalations=(*concern.escalations, taken))
        case ConcernClosed(outcome=outcome):
            return attrs.evolve(concern, closed_on=fact.on, outcome=outcome)
        case _:
            assert_never(fact)
