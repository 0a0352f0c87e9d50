"""Rules on ratings that do not follow from what was on record before them."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from .._dossier import Dossier
from .._entry import Entry
from .._show import counted
from ..events import Rating, RatingChanged, RatingPublished, RatingReaffirmed, RatingStated
from ..projections import ratings
from ..projections.ratings import Rated, Ratings
from ._read import dated, few, numbers
from ._rule import AuditException, rule

__all__ = ["rating_chain_broken", "reaffirmed_otherwise"]

Rates: TypeAlias = RatingStated | RatingPublished | RatingChanged | RatingReaffirmed


def _replayed(dossier: Dossier) -> Iterator[tuple[Ratings, Entry]]:
    """Yield each entry in force, with the ratings that stood before it."""
    state = ratings.initial
    for e in dossier.in_force:
        yield state, e
        state = ratings.step(state, e.fact)


def _of_slot(state: Ratings, fact: Rates) -> Rated | None:
    return state.of(fact.key_question, service=fact.service, location=fact.location)


def _slot(fact: Rates) -> str:
    """Say what a rating is of, as its heading does."""
    rated = _of_slot(ratings.step(ratings.initial, fact), fact)
    return f"“{rated.heading if rated else fact.key_question}”"


def _rated_before(dossier: Dossier, e: Entry) -> list[tuple[Entry, Rates]]:
    """Give the ratings of the slot of an entry that bear its day or an earlier one, whichever was recorded first."""
    others = ((other, other.event) for other in dossier.in_force if other is not e)
    return [
        (other, fact)
        for other, fact in others
        if isinstance(fact, Rates) and fact.about == e.fact.about and e.fact.on.latest and fact.on.is_by(e.fact.on.latest)
    ]


@rule("low")
def rating_chain_broken(dossier: Dossier) -> Iterator[AuditException]:
    """A change from a rating that is not the one on record before it: a link is missing.

    The record then does not show how the rating came about: what was published between is not on record, or stands under
    another name of the service or location. That is a gap in the record and no contradiction.
    """
    alone: list[tuple[Entry, str]] = []
    for state, e in _replayed(dossier):
        if not isinstance(e.event, RatingChanged) or e.event.previous is None:
            continue
        told = f"from {e.event.previous} to {e.event.rating} {dated(e.event.on)}"
        before = _rated_before(dossier, e)
        if e.event.previous in _standing(state, e.event, [fact for _, fact in before]):
            continue
        if not before:
            alone.append((e, f"{_slot(e.event)} {told}"))
        else:
            last = _of_slot(state, e.event) or before[-1][1]
            yield AuditException(
                f"{_slot(e.event)} is recorded as changed {told}, and the rating on record before that is {last.rating}: a link "
                "between them is missing.",
                entries=(*numbers([other for other, _ in before]), e.number),
                about=e.event.about,
            )
    if alone:
        yield _unlinked(alone)


def _standing(state: Ratings, change: RatingChanged, before: Sequence[Rates]) -> set[Rating | None]:
    """Give the ratings that a change may follow: what stood, what else was published with it, and what bears the day of the change."""
    of_the_day = {fact.rating for fact in before if fact.on.latest == change.on.latest}
    rated = _of_slot(state, change)
    if rated is None:  # never rated; or cleared or taken back since: then the last on record is what stood
        return {*of_the_day, *(fact.rating for fact in before[-1:]), Rating.NONE_PUBLISHED}
    return {*of_the_day, rated.rating, rated.last_published, *rated.also, *rated.in_doubt}


def _unlinked(alone: Sequence[tuple[Entry, str]]) -> AuditException:
    """Report, together, the changes before which no rating of the slot is on record."""
    names = few([told for _, told in alone])
    return AuditException(
        f"{counted(len(alone), 'change')} of rating: {names}. No earlier rating of {'it' if len(alone) == 1 else 'them'} is on "
        "record: a link is missing.",
        entries=numbers([e for e, _ in alone]),
        about=alone[0][0].fact.about if len(alone) == 1 else (),
    )


@rule("medium")
def reaffirmed_otherwise(dossier: Dossier) -> Iterator[AuditException]:
    """A rating reaffirmed as another than the one that stood on record.

    What is reaffirmed stood before. Either the change between the two is not on record, or one of the two is not what was
    published. Nothing is told where it is uncertain which of the two came first.
    """
    for state, e in _replayed(dossier):
        if not isinstance(e.event, RatingReaffirmed):
            continue
        stood = _of_slot(state, e.event)
        then = _of_slot(ratings.step(state, e.event), e.event)
        if stood and then and e.event.rating is not stood.rating and e.event.rating in {then.rating, *then.also}:
            yield AuditException(
                f"{_slot(e.event)} is recorded as reaffirmed as {e.event.rating} {dated(e.event.on)}, and what stood on record was "
                f"{stood.rating}.",
                entries=(*numbers([other for other, _ in _rated_before(dossier, e)]), e.number),
                about=e.event.about,
            )
