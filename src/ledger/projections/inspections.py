"""What CQC looked at, when it told the public, and how long that took."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import counted, listed
from .._when import When
from ..events import Called, InspectionCarriedOut, InspectionPublished, KeyQuestion
from ._things import Thing, Things, heard

__all__ = ["Inspection", "inspections"]


@attrs.frozen(kw_only=True)
class Inspection(Thing):
    """One inspection or assessment, and its publication."""

    inspection: str
    title: str | None = None
    called: Called | None = None
    carried_out_on: When | None = None
    period: When | None = None
    reason: str | None = None
    service: str | None = None
    location: str | None = None
    key_question: KeyQuestion | None = None
    published_on: When | None = None
    published_as: str | None = None
    late_because: str | None = None
    days_to_publication: tuple[int, int] | None = None
    """The fewest and the most days from the visit to publication; `None` where either is open or unknown."""

    @property
    def about(self) -> tuple[str, ...]:
        """The inspection."""
        return "inspection", self.inspection

    @property
    def heading(self) -> str:
        """What was looked at."""
        return self.title or self.inspection

    @property
    def summary(self) -> str:
        """When it was, when it was published, and what lies between."""
        return listed(
            [
                f"{self.called} {self.carried_out_on.in_words()}" if self.carried_out_on else "visit not on record",
                f"because: {self.reason}" if self.reason else None,
                f"published {self.published_on.in_words()}" if self.published_on else "publication not on record",
                self.published_as,
                self._took(),
                f"delay explained by CQC: {self.late_because}" if self.late_because else None,
            ]
        )

    def _took(self) -> str | None:
        if self.days_to_publication is None:
            return None
        fewest, most = self.days_to_publication
        days = counted(most, "day") if fewest == most else f"{fewest} to {counted(most, 'day')}"
        return f"{days} from visit to publication"


def _timed(inspection: Inspection) -> Inspection:
    """Work out the days from the visit to publication, as a range where a date is imprecise."""
    visit, published = inspection.carried_out_on, inspection.published_on
    if visit is None or published is None:
        return inspection
    if visit.earliest is None or visit.latest is None or published.earliest is None or published.latest is None:
        return inspection
    fewest, most = (published.earliest - visit.latest).days, (published.latest - visit.earliest).days
    return attrs.evolve(inspection, days_to_publication=(max(fewest, 0), most) if most >= 0 else None)


Fact: TypeAlias = InspectionCarriedOut | InspectionPublished


@projection(initial=Things[Inspection]())
def inspections(state: Things[Inspection], fact: Fact) -> Things[Inspection]:
    """An inspection is on record from the visit or from its publication, whichever is known first."""
    new = Inspection(inspection=fact.inspection)
    match fact:
        case InspectionCarriedOut():
            return state.change(fact.inspection, new, lambda i: heard(_timed(_carried_out(i, fact)), fact))
        case InspectionPublished():
            return state.change(fact.inspection, new, lambda i: heard(_timed(_published(i, fact)), fact))
        case _:
            assert_never(fact)


def _carried_out(inspection: Inspection, fact: InspectionCarriedOut) -> Inspection:
    return attrs.evolve(
        inspection,
        title=inspection.title if inspection.carried_out_on else fact.title,
        called=inspection.called or fact.called,
        carried_out_on=inspection.carried_out_on or fact.on,
        period=inspection.period or fact.period,
        reason=inspection.reason or fact.reason,
        service=inspection.service or fact.service,
        location=inspection.location or fact.location,
        key_question=inspection.key_question or fact.key_question,
    )


def _published(inspection: Inspection, fact: InspectionPublished) -> Inspection:
    return attrs.evolve(
        inspection,
        title=inspection.title or fact.title,
        published_on=inspection.published_on or fact.on,
        published_as=fact.form or inspection.published_as,
        late_because=fact.late_because or inspection.late_because,
    )
