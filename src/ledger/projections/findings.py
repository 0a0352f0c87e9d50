"""What sources report of the trust, good and bad."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import FindingReported, Grade, KeyQuestion
from ._things import Thing, Things

__all__ = ["Finding", "findings"]


@attrs.frozen(kw_only=True)
class Finding(Thing):
    """One finding, as the latest fact about it tells it."""

    finding: str
    grade: Grade
    text: str
    found_on: When
    inspection: str | None
    theme: str | None
    key_question: KeyQuestion | None
    quality_statement: str | None
    service: str | None
    service_group: str | None
    location: str | None
    place: str | None
    attributed_to: str | None
    period: When | None
    measure: str | None

    @property
    def about(self) -> tuple[str, ...]:
        """The finding."""
        return "finding", self.finding

    @property
    def heading(self) -> str:
        """How it is graded, and its theme."""
        return listed([str(self.grade).capitalize(), self.theme], ", ")

    @property
    def summary(self) -> str:
        """What was found, where, and on whose word."""
        return listed(
            [
                self.text,
                self.measure,
                listed([self.service, self.service_group, self.location, self.place], ", "),
                f"found {self.found_on.in_words()}",
                f"the data covers {self.period.in_words()}" if self.period else None,
                f"according to {self.attributed_to}" if self.attributed_to else None,
            ]
        )


@projection(initial=Things[Finding]())
def findings(state: Things[Finding], fact: FindingReported) -> Things[Finding]:
    """Findings are kept as reported; the same finding reported again stands as last told."""
    finding = Finding(
        finding=fact.finding,
        grade=fact.grade,
        text=fact.text,
        found_on=fact.on,
        inspection=fact.inspection,
        theme=fact.theme,
        key_question=fact.key_question,
        quality_statement=fact.quality_statement,
        service=fact.service,
        service_group=fact.service_group,
        location=fact.location,
        place=fact.place,
        attributed_to=fact.attributed_to,
        period=fact.period,
        measure=fact.measure,
        last_heard=fact.on.latest,
    )
    return state.change(fact.finding, finding, lambda _: finding)
