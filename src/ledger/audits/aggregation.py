"""A rule on overall ratings that are not what CQC's principles would normally make of the key questions."""

from collections.abc import Iterator

from .._dossier import Dossier
from .._report import saying
from .._show import listed
from .._when import When
from ..aggregation import expected_overall
from ..events import KeyQuestion, Rating
from ..projections.ratings import Rated
from ._read import dated
from ._rule import AuditException, rule

__all__ = ["rating_not_as_expected"]

QUESTIONS = tuple(question for question in KeyQuestion if question is not KeyQuestion.OVERALL)


@rule("low")
def rating_not_as_expected(dossier: Dossier) -> Iterator[AuditException]:
    """An overall rating published with its five key questions that is not what CQC's principles would normally make of them.

    CQC may have used its judgement, or one of the six may be on record wrongly; the published rating is what counts. Only six
    that were last published on one day are compared, for after a focused inspection ratings of several dates stand together;
    and only where each is ranked, not suspended and not in doubt. Nothing is told where a single Inadequate would leave Good:
    CQC's guidance for adult social care says that it normally does not.
    """
    for day, table, overall in _tables(dossier):
        answers = [rated.rating for rated in table]
        expected = expected_overall(answers)
        if expected is overall.rating or (expected is Rating.GOOD and Rating.INADEQUATE in answers):
            continue
        given = listed([f"{rated.key_question} {rated.rating}" for rated in table], ", ")
        yield AuditException(
            f"“{overall.heading}” was published as {overall.rating} {dated(day)}, with {given}. CQC's published principles would "
            f"normally make {expected} of these; CQC also uses its judgement, and the published rating is what counts.",
            entries=_publishing(dossier, day, (*table, overall)),
            about=overall.about,
        )


def _tables(dossier: Dossier) -> Iterator[tuple[When, list[Rated], Rated]]:
    """Yield the tables of five key questions and the overall rating that were certainly published on one day, with that day."""
    ratings = dossier.state.ratings
    for overall in ratings:
        day = _published(overall)
        found = (ratings.of(question, service=overall.service, location=overall.location) for question in QUESTIONS)
        table = [rated for rated in found if rated]
        if overall.key_question is not KeyQuestion.OVERALL or day is None or not day.is_precise or len(table) < len(QUESTIONS):
            continue
        if all(_published(rated) == day and _is_certain(dossier, rated) for rated in (*table, overall)):
            yield day, table, overall


def _published(rated: Rated) -> When | None:
    """Give the day on which a rating was last published; none where a source only says that it was in force."""
    return rated.reaffirmed_on or (None if rated.is_stated else rated.since)


def _is_certain(dossier: Dossier, rated: Rated) -> bool:
    """Whether a rating is ranked and in force, and nothing on record may be another one of its slot."""
    is_in_doubt = rated.also or rated.in_doubt or saying(dossier.uncertain, rated)
    return rated.rating.rank is not None and not rated.is_suspended and not is_in_doubt


def _publishing(dossier: Dossier, day: When, table: tuple[Rated, ...]) -> tuple[int, ...]:
    """Give the numbers of the entries in force that say what was published of a table on its day."""
    return tuple(e.number for rated in table for e in saying(dossier.in_force, rated) if e.fact.on == day)
