"""What sources report in place or under way, never promised with a date."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import MeasureReported, MeasureStage
from ._things import Thing, Things

__all__ = ["Measure", "measures"]


@attrs.frozen(kw_only=True)
class Measure(Thing):
    """One measure, as last reported; `reported_on` is a day by which it was so."""

    measure: str
    text: str
    stage: MeasureStage
    reported_on: When
    answers: frozenset[str] = frozenset()
    owner_body: str | None = None
    lead: str | None = None
    committee: str | None = None
    service: str | None = None
    place: str | None = None
    figure: str | None = None
    period: When | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The measure."""
        return "measure", self.measure

    @property
    def heading(self) -> str:
        """How far it is."""
        return str(self.stage).capitalize()

    @property
    def summary(self) -> str:
        """What is reported, and whose it is."""
        return listed(
            [
                self.text,
                self.figure,
                listed([self.service, self.place], ", "),
                f"reported {self.reported_on.in_words()}",
                f"period: {self.period.in_words()}" if self.period else None,
                f"owner: {self.owner_body}" if self.owner_body else None,
                f"lead: {self.lead}" if self.lead else None,
                f"committee: {self.committee}" if self.committee else None,
            ]
        )


@projection(initial=Things[Measure]())
def measures(state: Things[Measure], fact: MeasureReported) -> Things[Measure]:
    """A measure stands as last reported."""
    measure = Measure(
        measure=fact.measure,
        text=fact.text,
        stage=fact.stage,
        reported_on=fact.on,
        answers=fact.answers,
        owner_body=fact.owner_body,
        lead=fact.lead,
        committee=fact.committee,
        service=fact.service,
        place=fact.place,
        figure=fact.figure,
        period=fact.period,
        last_heard=fact.on.latest,
    )
    return state.change(fact.measure, measure, lambda _: measure)
