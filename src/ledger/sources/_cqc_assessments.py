"""The Single Assessment Framework's block in a body of CQC's API: `assessment`."""

from collections.abc import Iterator

import attrs

from .. import vocabulary
from .._when import When
from ..events import (
    Called,
    Framework,
    InspectionCarriedOut,
    InspectionPublished,
    KeyQuestion,
    QualityStatementScored,
    Rating,
    RatingPublished,
)
from . import _cqc_scores as words
from ._cqc_facts import Owner, Told
from ._cqc_parts import WRONG, Maybe, Part, line, slug
from ._cqc_ratings import key_question
from ._place import Found

__all__ = ["assessments"]


@attrs.frozen
class Assessed:
    """What holds for everything in one rated object of an assessment."""

    service: Maybe[str]
    on: Maybe[When]
    plan: Maybe[str] = None

    @property
    def told(self) -> Told:
        """How it is cited."""
        return Told(f"assessment {self.plan.upper()}" if isinstance(self.plan, str) else None, self.on)


def assessments(body: Part, owner: Owner) -> Iterator[Found]:
    """Yield what the assessments of a body tell: that they were carried out and published, ratings, and scores."""
    for assessment in body.parts("assessment"):
        on = assessment.day_of_moment("assessmentPlanPublishedDateTime")
        block = assessment.part("ratings")
        for overall in _published(block.parts("overall")):
            yield from _rated(overall, Assessed(None, on), owner)
        for group in _published(block.parts("asgRatings")):
            yield from _group(group, on, owner)


def _published(parts: list[Part]) -> list[Part]:
    """Give the objects that were published on the day of their assessment: the current ones.

    A historic one was too, if it is not beside one that has taken its place; when that one's was, nothing says.
    """
    told = [(part, part.take("status", words.status), part.take("name", line)) for part in parts]
    current = {name for _, status, name in told if status != words.HISTORIC}
    return [part for part, status, name in told if status is not WRONG and (status != words.HISTORIC or name not in current)]


def _group(group: Part, on: Maybe[When], owner: Owner) -> Iterator[Found]:
    """Yield what is told of one service group."""
    service = group.take("name", vocabulary.service)
    if service is None:
        service = group.wrong("name", "the name of the service group is missing: get the body from CQC again")
    assessed = Assessed(service, on, group.take("assessmentPlanId", slug))
    carried_out = group.day("assessmentDate")
    if assessed.plan is not None:
        about = {"inspection": assessed.plan, "title": f"Assessment of {owner.name}"}
        if carried_out is not None:
            visit = {"called": Called.ASSESSMENT, "location": owner.location, "on": carried_out}
            yield from owner.fact(group.spot, InspectionCarriedOut, assessed.told, **visit, **about)
        if on is not None:
            yield from owner.fact(group.spot, InspectionPublished, assessed.told, on=on, **about)
    yield from _rated(group, assessed, owner)


def _rated(part: Part, assessed: Assessed, owner: Owner) -> Iterator[Found]:
    """Yield the ratings of an object, overall and for its key questions, and the scores of their quality statements."""
    yield from _rating(part, KeyQuestion.OVERALL, assessed, owner)
    for question in part.parts("keyQuestionRatings"):
        named = key_question(question)
        yield from _rating(question, named, assessed, owner)
        for statement in question.parts("topicareas"):
            yield from _statement(statement, named, assessed, owner)


def _rating(part: Part, named: Maybe[KeyQuestion], assessed: Assessed, owner: Owner) -> Iterator[Found]:
    rating = part.take("rating", words.rating)
    score = words.percentage(part)
    if rating is None:
        return
    if not isinstance(rating, Rating) or rating.rank is None:
        score = None  # beside “Regulations met” a 0 stands, which scores nothing
    yield from owner.fact(
        part.spot,
        RatingPublished,
        assessed.told,
        location=owner.location,
        service=assessed.service,
        key_question=named,
        rating=rating,
        framework=Framework.SINGLE_ASSESSMENT_2024,
        score=score,
        on=_day(part, assessed),
    )


def _statement(part: Part, named: Maybe[KeyQuestion], assessed: Assessed, owner: Owner) -> Iterator[Found]:
    score = part.take("qualityStatementscore", words.statement_score)
    basis = part.take("status", words.basis)
    if score is None:
        return
    text = part.take("name", line)
    if text is None:
        text = part.wrong("name", "the name of the quality statement is missing: get the body from CQC again")
    yield from owner.fact(
        part.spot,
        QualityStatementScored,
        assessed.told,
        location=owner.location,
        service=assessed.service,
        key_question=named,
        quality_statement=text,
        score=score,
        basis=basis,
        inspection=assessed.plan,
        on=_day(part, assessed),
    )


def _day(part: Part, assessed: Assessed) -> Maybe[When]:
    """Give the day of publication; a rating without one is a problem."""
    if assessed.on is not None:
        return assessed.on
    return part.wrong(
        "rating", "the assessment has no assessmentPlanPublishedDateTime: a rating counts from the day CQC published it"
    )
