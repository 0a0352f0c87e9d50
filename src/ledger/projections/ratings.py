"""How the trust, its locations and its services are rated."""

from collections.abc import Iterator
from typing import TypeAlias, assert_never

import attrs
from immutables import Map

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import (
    Framework,
    KeyQuestion,
    Rating,
    RatingChanged,
    RatingPublished,
    RatingReaffirmed,
    RatingsReplaced,
    RatingsRestored,
    RatingsSuspended,
    RatingStated,
    RatingWithdrawn,
)
from ._things import Thing, heard

__all__ = ["Rated", "Ratings", "Slot", "ratings"]

NOT_STATED = "not stated"
"""What a rating is inherited from where the source says only that it was."""


@attrs.frozen
class Slot:
    """What a rating is of: a location or the whole trust, a service or all, and a key question or overall."""

    location: str | None = None
    service: str | None = None
    key_question: KeyQuestion = attrs.field(default=KeyQuestion.OVERALL, converter=KeyQuestion)

    @property
    def is_trust_level(self) -> bool:
        """Whether it is of the whole trust."""
        return self.location is None and self.service is None

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands in a list: the trust first, then by location and service; key questions in CQC's order."""
        return self.location or "", self.service or "", list(KeyQuestion).index(self.key_question)


@attrs.frozen(kw_only=True)
class Rated(Thing):
    """The rating of one slot.

    Attributes:
        rating: the rating that stands: the lower, where two were published on one day.
        since: when it took effect, or a day by which it had.
        also: other ratings published for the slot on the same day.
        in_doubt: ratings whose own date may lie before or after the one that stands, so they do not displace it.
        last_published: the last thing CQC published of the slot, ranked or not.
        reaffirmed_on: when CQC last looked again and rated the same.
        is_suspended: whether CQC has suspended it.
        inherited_from: the organisation that the latest rating was given to, where it passed on to this one.
        score: the percentage that CQC worked the latest rating out from.

    """

    location: str | None
    service: str | None
    key_question: KeyQuestion
    rating: Rating
    since: When
    framework: Framework | None = None
    previous: Rating | None = None
    inspection: str | None = None
    also: tuple[Rating, ...] = ()
    in_doubt: tuple[Rating, ...] = ()
    last_published: Rating | None = None
    reaffirmed_on: When | None = None
    is_suspended: bool = False
    inherited_from: str | None = None
    score: int | None = None
    is_stated: bool = False
    """Whether the source only states that the rating was in force, so `since` is a day by which it was."""

    @property
    def about(self) -> tuple[str, ...]:
        """The slot, as events about it say."""
        return "rating", self.location or "", self.service or "", self.key_question

    @property
    def heading(self) -> str:
        """The slot in words."""
        return listed([self.location, self.service or (None if self.location else "Whole trust"), self.key_question], ", ")

    @property
    def summary(self) -> str:
        """The rating, since when, and what qualifies it."""
        since = self.since.in_words().removeprefix("by ")
        return listed(
            [
                f"{self.rating}, {'in force by' if self.is_stated else 'since'} {since}",
                f"before that {self.previous}" if self.previous and self.previous is not self.rating else None,
                f"reaffirmed {self.reaffirmed_on.in_words()}" if self.reaffirmed_on else None,
                self._inheritance(),
                f"score {self.score}%" if self.score is not None else None,
                f"another rating bears the same date: {', '.join(self.also)}; the lower is shown" if self.also else None,
                f"another rating of uncertain date is on record: {', '.join(self.in_doubt)}" if self.in_doubt else None,
                f"last published: {self.last_published}" if self.last_published not in (None, self.rating) else None,
                f"framework: {self.framework}" if self.framework else None,
                "suspended" if self.is_suspended else None,
            ]
        )

    def _inheritance(self) -> str | None:
        if self.inherited_from is None:
            return None
        return f"inherited from {'another organisation' if self.inherited_from == NOT_STATED else self.inherited_from}"


@attrs.frozen
class Ratings:
    """The ratings that stand, by slot; `cleared_by` is the framework that last cleared the trust-level ratings of older ones."""

    by_slot: Map[Slot, Rated] = attrs.field(factory=Map)
    cleared_by: Framework | None = None
    is_suspended: bool = False

    def of(
        self, key_question: KeyQuestion | str = KeyQuestion.OVERALL, *, service: str | None = None, location: str | None = None
    ) -> Rated | None:
        """Give the rating of a slot, or none: absence is a state.

        Raises:
            WordError: there is no such key question.

        """
        return self.by_slot.get(Slot(location, service, KeyQuestion(key_question)))

    def rows(self) -> tuple[Rated, ...]:
        """Give the ratings: the trust's first, then by location and service, key questions in CQC's order."""
        return tuple(self.by_slot[slot] for slot in sorted(self.by_slot, key=lambda slot: slot.order))

    def __iter__(self) -> Iterator[Rated]:
        """Give the ratings as `rows` does."""
        return iter(self.rows())

    def __len__(self) -> int:
        """Tell how many slots are rated."""
        return len(self.by_slot)

    def __str__(self) -> str:
        """Give one line a rating."""
        return "\n".join(map(str, self.rows())) or "no rating on record"


Stated: TypeAlias = RatingStated | RatingPublished | RatingChanged | RatingReaffirmed
Fact: TypeAlias = Stated | RatingWithdrawn | RatingsReplaced | RatingsSuspended | RatingsRestored


@projection(initial=Ratings())
def ratings(state: Ratings, fact: Fact) -> Ratings:
    """A newer ranked rating displaces what stood in its slot, whatever framework either was given under."""
    match fact:
        case RatingStated() | RatingPublished() | RatingChanged() | RatingReaffirmed():
            return _rate(state, fact)
        case RatingWithdrawn(location=location, service=service, key_question=key_question):
            slot = Slot(location, service, key_question)
            standing = state.by_slot.get(slot)
            is_gone = standing is not None and not _in_doubt(standing, fact)
            return attrs.evolve(state, by_slot=state.by_slot.delete(slot)) if is_gone else state
        case RatingsReplaced(framework=framework):
            kept = {slot: rated for slot, rated in state.by_slot.items() if not _is_cleared(slot, rated.framework, framework)}
            newest = state.cleared_by if state.cleared_by and framework.is_older_than(state.cleared_by) else framework
            return attrs.evolve(state, by_slot=Map(kept), cleared_by=newest)
        case RatingsSuspended():
            return _suspend(state, fact, is_suspended=True)
        case RatingsRestored():
            return _suspend(state, fact, is_suspended=False)
        case _:
            assert_never(fact)


def _is_cleared(slot: Slot, framework: Framework | None, by: Framework) -> bool:
    """Whether a new framework clears a rating: a trust-level one, given under an older framework or under none stated."""
    return slot.is_trust_level and (framework is None or framework.is_older_than(by))


def _suspend(state: Ratings, fact: RatingsSuspended | RatingsRestored, *, is_suspended: bool) -> Ratings:
    """Mark every rating that stands, and those that come while it lasts."""
    marked = {slot: attrs.evolve(rated, is_suspended=is_suspended) for slot, rated in state.by_slot.items()}
    return attrs.evolve(
        state, by_slot=Map({slot: heard(rated, fact) for slot, rated in marked.items()}), is_suspended=is_suspended
    )


def _rate(state: Ratings, fact: Stated) -> Ratings:
    slot = Slot(fact.location, fact.service, fact.key_question)
    if state.cleared_by and fact.framework and _is_cleared(slot, fact.framework, state.cleared_by):
        return state
    standing = state.by_slot.get(slot)
    rated = _first(fact) if standing is None else _next(standing, fact)
    rated = attrs.evolve(rated, last_heard=fact.on.latest, is_suspended=state.is_suspended)
    return attrs.evolve(state, by_slot=state.by_slot.set(slot, rated))


def _first(fact: Stated) -> Rated:
    return Rated(
        location=fact.location,
        service=fact.service,
        key_question=fact.key_question,
        rating=fact.rating,
        since=fact.on,
        framework=fact.framework,
        previous=fact.previous if isinstance(fact, RatingChanged) else None,
        inspection=fact.inspection,
        last_published=fact.rating,
        reaffirmed_on=fact.on if isinstance(fact, RatingReaffirmed) else None,
        is_stated=isinstance(fact, RatingStated | RatingReaffirmed),
        inherited_from=fact.inherited_from if isinstance(fact, RatingPublished) else None,
        score=fact.score if isinstance(fact, RatingPublished) else None,
    )


def _next(standing: Rated, fact: Stated) -> Rated:
    """Give the rating of a slot after another fact about it."""
    if standing.since == fact.on:
        return _of_one_date(standing, fact)
    if fact.rating.rank is None and standing.rating.rank is not None:
        return attrs.evolve(standing, last_published=fact.rating)
    if standing.reaffirmed_on == fact.on and fact.rating is not standing.rating:
        published = attrs.evolve(standing, since=fact.on, previous=standing.rating, reaffirmed_on=None, is_stated=False)
        return _of_one_date(published, fact)
    says_again = isinstance(fact, RatingReaffirmed | RatingPublished) and fact.rating is standing.rating
    again = fact.on if says_again else standing.reaffirmed_on
    if _in_doubt(standing, fact):
        known = (standing.rating, *standing.in_doubt)
        doubt = standing.in_doubt if fact.rating in known else (*standing.in_doubt, fact.rating)
        return attrs.evolve(standing, in_doubt=doubt, reaffirmed_on=again)
    if fact.rating is standing.rating and not isinstance(fact, RatingChanged):
        return attrs.evolve(
            standing,
            framework=fact.framework or standing.framework,
            inspection=fact.inspection or standing.inspection,
            last_published=_last_published(standing, fact),
            reaffirmed_on=again,
            inherited_from=fact.inherited_from if isinstance(fact, RatingPublished) else standing.inherited_from,
            score=fact.score if isinstance(fact, RatingPublished) else standing.score,
            also=(),
            in_doubt=(),
        )
    changed = _first(fact)
    return attrs.evolve(changed, previous=changed.previous or standing.rating, last_published=_last_published(standing, fact))


def _last_published(standing: Rated, fact: Stated) -> Rating:
    """Give what CQC published last: of a day on which it also published something unranked that, whichever came first."""
    last = standing.last_published
    is_of_that_day = standing.last_heard == fact.on.latest
    return last if last and last.rank is None and fact.rating.rank is not None and is_of_that_day else fact.rating


def _of_one_date(standing: Rated, fact: Stated) -> Rated:
    """Keep both of two ratings that bear one date: the lower ranked stands, and the other is named, whichever came first.

    What is not ranked never stands beside what is: it is only the last published.
    """
    new = _first(fact)
    lower, other = sorted((standing, new), key=lambda rated: (rated.rating.rank is None, rated.rating.rank or 0, rated.rating))
    published = {standing.rating, new.rating, standing.last_published, *standing.also}
    ranked = {rating for rating in published if rating and rating.rank is not None} or published - {None}
    unranked = sorted(rating for rating in published if rating and rating.rank is None)
    alike = (lower, other) if other.rating is lower.rating else (lower,)
    return attrs.evolve(
        lower,
        framework=next((one.framework for one in alike if one.framework), None),
        inspection=next((one.inspection for one in alike if one.inspection), None),
        inherited_from=min((one.inherited_from for one in alike if one.inherited_from), key=_says_least, default=None),
        score=min((one.score for one in alike if one.score is not None), default=None),
        previous=lower.previous or other.previous,
        also=tuple(sorted(rating for rating in ranked if rating and rating is not lower.rating)),
        in_doubt=tuple(rating for rating in standing.in_doubt if rating is not lower.rating),
        last_published=unranked[0] if unranked else lower.rating,
        reaffirmed_on=standing.reaffirmed_on or new.reaffirmed_on,
        is_stated=lower.is_stated and (other.is_stated or other.rating is not lower.rating),
    )


def _says_least(inherited_from: str) -> tuple[bool, str]:
    """Put last what does not name the organisation that a rating was inherited from."""
    return inherited_from == NOT_STATED, inherited_from


def _in_doubt(standing: Rated, fact: Stated | RatingWithdrawn) -> bool:
    """Whether the fact's period of doubt contains the day of the rating that stands."""
    since = standing.since.latest
    return not fact.on.is_precise and since is not None and fact.on.may_be_by(since)
