"""Programmes of inspections, and what came of them."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import Outcome, ProgrammeReported
from ._things import Thing, Things

__all__ = ["Programme", "programmes"]


@attrs.frozen(kw_only=True)
class Programme(Thing):
    """One programme, as last reported."""

    programme: str
    title: str
    ended_on: When
    review: str | None = None
    assessments: int | None = None
    service_groups: int | None = None
    outcomes: tuple[Outcome, ...] = ()
    period: When | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The programme."""
        return "programme", self.programme

    @property
    def heading(self) -> str:
        """Its title."""
        return self.title

    @property
    def summary(self) -> str:
        """How large it was and what came of it."""
        return listed(
            [
                f"assessments or inspections: {self.assessments}" if self.assessments is not None else None,
                f"service groups: {self.service_groups}" if self.service_groups is not None else None,
                f"period: {self.period.in_words()}" if self.period else None,
                *(listed([one.text, one.measure if one.count is None else str(one.count)], ": ") for one in self.outcomes),
            ]
        )


@projection(initial=Things[Programme]())
def programmes(state: Things[Programme], fact: ProgrammeReported) -> Things[Programme]:
    """A programme stands as last reported."""
    programme = Programme(
        programme=fact.programme,
        title=fact.title,
        ended_on=fact.on,
        review=fact.review,
        assessments=fact.assessments,
        service_groups=fact.service_groups,
        outcomes=fact.outcomes,
        period=fact.period,
        last_heard=fact.on.latest,
    )
    return state.change(fact.programme, programme, lambda _: programme)
