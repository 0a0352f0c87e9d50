"""The ratings in a body of CQC's API: `currentRatings` and `historicRatings`."""

from collections.abc import Iterator

import attrs

from .. import vocabulary
from .._when import When
from ..errors import WordError
from ..events import KeyQuestion, Rating, RatingPublished
from ._cqc_facts import Owner, Told, at_report
from ._cqc_parts import Maybe, Part, code, line, slug
from ._place import Found

__all__ = ["key_question", "ratings"]


@attrs.frozen
class Areas:
    """The inspection areas of a body: the names of services, by CQC's id, and what CQC has since put in their place."""

    names: dict[str, str]
    replaced: dict[str, str]

    @classmethod
    def of(cls, body: Part) -> "Areas":
        """Read them."""
        areas = cls({}, {})
        parts = [(area.take("inspectionAreaId", line), area) for area in body.parts("inspectionAreas")]
        for area, part in parts:
            name = part.take("inspectionAreaName", line)
            if isinstance(area, str) and isinstance(name, str):
                areas.names[area] = name
        for area, part in parts:
            replacements = [_checked(part, n, one, areas) for n, one in enumerate(part.ids("latestGloballySupersededBy"))]
            if isinstance(area, str) and any(replacements):
                areas.replaced[area] = " and ".join(filter(None, replacements))
        return areas

    def service(self, area: str) -> str:
        """Give the one name of the service that an area is; a body's own name for it comes first."""
        name = self.names.get(area)
        return vocabulary.service_of_area(area) if name is None else vocabulary.service(name)


def _checked(part: Part, n: int, area: str, areas: Areas) -> str | None:
    """Give the service of an area that took the place of another; an unknown one is a problem."""
    try:
        return areas.service(area)
    except WordError as wrong:
        part.wrong(f"latestGloballySupersededBy[{n}]", str(wrong))
        return None


@attrs.frozen
class Given:
    """What holds for the ratings in an object unless they say otherwise: the day, the report, and whose report it was."""

    on: Maybe[When] = None
    report: Maybe[str] = None
    organisation: Maybe[str] = None
    note: str = ""

    def within(self, part: Part) -> "Given":
        """Give what holds in an object inside."""
        on, report = part.day("reportDate"), part.take("reportLinkId", slug)
        own = self.by(part)
        return attrs.evolve(own, on=self.on if on is None else on, report=self.report if report is None else report)

    def by(self, part: Part) -> "Given":
        """Give what holds in an object inside whose day and report are its own only."""
        own = part.take("organisationId", code)
        return attrs.evolve(self, organisation=self.organisation if own is None else own)


def ratings(body: Part, owner: Owner) -> Iterator[Found]:
    """Yield the ratings of a body, the current ones first."""
    areas = Areas.of(body)
    current = body.part("currentRatings")
    yield from _block(current, Given().by(current), areas, owner)
    for entry in body.parts("historicRatings"):
        yield from _block(entry, Given().within(entry), areas, owner)


def _block(block: Part, given: Given, areas: Areas, owner: Owner) -> Iterator[Found]:
    """Yield the ratings of one block: overall and its key questions, and those of services and theirs."""
    overall = block.part("overall")
    yield from _rating(overall, given.within(overall), owner)
    inside = given.by(overall)  # a current key question may be older than the overall rating: it has a date of its own
    for question in overall.parts("keyQuestionRatings"):
        yield from _rating(question, inside.within(question), owner, key_question=key_question(question))
    for part in block.parts("serviceRatings"):
        yield from _service(part, given.within(part), areas, owner)


def _service(part: Part, given: Given, areas: Areas, owner: Owner) -> Iterator[Found]:
    """Yield the ratings of a service, under the name it was rated by, also where CQC has since put another in its place."""
    area, service = part.take("name", line), part.take("name", areas.service)
    if service is None:
        service = part.wrong("name", "the id of the inspection area is missing: get the body from CQC again")
    if isinstance(area, str) and area in areas.replaced:
        given = attrs.evolve(given, note=f"; CQC has since put {areas.replaced[area]} in the place of this service")
    yield from _rating(part, given, owner, service=service)
    for question in part.parts("keyQuestionRatings"):
        yield from _rating(question, given.within(question), owner, service=service, key_question=key_question(question))


def key_question(part: Part) -> Maybe[KeyQuestion]:
    """Read which key question an object rates."""
    named = part.take("name", vocabulary.key_question)
    return part.wrong("name", "the key question is missing: get the body from CQC again") if named is None else named


def _rating(part: Part, given: Given, owner: Owner, **slot: object) -> Iterator[Found]:
    """Yield the rating of an object, if it gives one; “No published rating” without a day gives none."""
    rating, on = part.take("rating", vocabulary.rating), given.on
    if rating is None or (rating is Rating.NONE_PUBLISHED and on is None):
        return
    if on is None:
        on = part.wrong("reportDate", "the day of the report is missing: a rating counts from the day CQC published it")
    fields = {"rating": rating, "on": on, "inherited_from": given.organisation, "location": owner.location, **slot}
    at = f"{at_report(given.report) or owner.name}{given.note}"
    yield from owner.fact(part.spot, RatingPublished, Told(at, on), **fields)
