"""Everything on record about one trust: all projections in one state."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from .._projection import Projection, projection
from .._show import Line, Page, Section
from ..events import PASSES, Event
from ._things import Thing, Things
from .actions import Action, actions
from .agreements import Agreement, agreements
from .assurances import Assurance, assurances
from .breaches import Breach, breaches
from .concerns import Concern, concerns
from .conditions import Condition, conditions
from .findings import Finding, findings
from .identity import Identity, identity
from .inspections import Inspection, inspections
from .locations import Location, locations
from .measures import Measure, measures
from .meetings import Meeting, meetings
from .notices import Notice, notices
from .oversight import Oversight, oversight
from .papers import Paper, papers
from .plans import Plan, plans
from .programmes import Programme, programmes
from .quality_statements import QualityStatement, quality_statements
from .ratings import Ratings, ratings
from .requirements import Requirement, requirements
from .reviews import Review, reviews

__all__ = [
    "PROJECTIONS",
    "TrustState",
    "actions",
    "agreements",
    "assurances",
    "breaches",
    "concerns",
    "conditions",
    "findings",
    "identity",
    "inspections",
    "locations",
    "measures",
    "meetings",
    "notices",
    "oversight",
    "papers",
    "plans",
    "programmes",
    "quality_statements",
    "ratings",
    "requirements",
    "reviews",
    "trust",
]


def _answer(to: Projection[Any]) -> Any:
    return attrs.field(default=to.initial, metadata={"projection": to})


@attrs.frozen(kw_only=True)
class TrustState:
    """The state of one trust: the answer of each projection, and `last_heard`, the day of the latest fact about it."""

    last_heard: date | None = None
    identity: Identity = _answer(identity)
    ratings: Ratings = _answer(ratings)
    quality_statements: Things[QualityStatement] = _answer(quality_statements)
    locations: Things[Location] = _answer(locations)
    inspections: Things[Inspection] = _answer(inspections)
    breaches: Things[Breach] = _answer(breaches)
    requirements: Things[Requirement] = _answer(requirements)
    notices: Things[Notice] = _answer(notices)
    conditions: Things[Condition] = _answer(conditions)
    actions: Things[Action] = _answer(actions)
    plans: Things[Plan] = _answer(plans)
    measures: Things[Measure] = _answer(measures)
    findings: Things[Finding] = _answer(findings)
    reviews: Things[Review] = _answer(reviews)
    programmes: Things[Programme] = _answer(programmes)
    oversight: Things[Oversight] = _answer(oversight)
    agreements: Things[Agreement] = _answer(agreements)
    concerns: Things[Concern] = _answer(concerns)
    meetings: Things[Meeting] = _answer(meetings)
    papers: Things[Paper] = _answer(papers)
    assurances: Things[Assurance] = _answer(assurances)

    def rows(self) -> Mapping[str, tuple[Thing, ...]]:
        """Give the things that each projection has on record, by the projection's name."""
        return {name: getattr(self, name).rows() for name in PROJECTIONS}

    def page(self) -> Page:
        """Give the state as sections of statements; a section of its own for each projection that has something to say."""
        found = ((name, rows) for name, rows in self.rows().items() if rows)
        sections = tuple(
            Section(name.replace("_", " ").capitalize(), tuple(Line(thing.heading, thing.summary) for thing in rows))
            for name, rows in found
        )
        heard = f"last heard {self.last_heard.isoformat()}" if self.last_heard else "nothing on record"
        return Page(self.identity.heading, (heard,), sections)

    def __str__(self) -> str:
        """Give the state as plain text."""
        return str(self.page())

    def __rich__(self) -> object:
        """Give the state as tables for a terminal."""
        return self.page().__rich__()

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()


PROJECTIONS: Mapping[str, Projection[Any]] = MappingProxyType(
    {field.name: field.metadata["projection"] for field in attrs.fields(TrustState) if "projection" in field.metadata}
)
"""Every projection by name, in the order a trust's state is shown in."""


_HANDLING: dict[type[Event], tuple[tuple[str, Projection[Any]], ...]] = {}


def _handling(kind: type[Event]) -> tuple[tuple[str, Projection[Any]], ...]:
    """Give the projections that handle a type of fact, by name; found out once for each type, as twenty questions a fact take long."""
    if kind not in _HANDLING:
        _HANDLING[kind] = tuple((name, one) for name, one in PROJECTIONS.items() if issubclass(kind, one.handles))
    return _HANDLING[kind]


@projection(initial=TrustState())
def trust(state: TrustState, fact: Event) -> TrustState:
    """Everything: each projection takes the facts that it handles."""
    answers = {name: one.evolve(getattr(state, name), fact) for name, one in _handling(type(fact))}
    heard = state.last_heard if isinstance(fact, PASSES) else fact.on.latest
    return attrs.evolve(state, **answers, last_heard=heard)
