"""Formal reviews of the trust."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import ReviewCommissioned, ReviewPublished
from ._things import Thing, Things, heard

__all__ = ["Review", "reviews"]


@attrs.frozen(kw_only=True)
class Review(Thing):
    """One review, commissioned and published."""

    review: str
    title: str | None = None
    commissioned_on: When | None = None
    commissioned_by: str | None = None
    carried_out_by: str | None = None
    statute: str | None = None
    reason: str | None = None
    published_on: When | None = None
    text: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The review."""
        return "review", self.review

    @property
    def heading(self) -> str:
        """Its title."""
        return self.title or self.review

    @property
    def summary(self) -> str:
        """Who asked for it, why, under which power, and whether it is published."""
        return listed(
            [
                f"commissioned {self.commissioned_on.in_words()}" if self.commissioned_on else "commissioning not on record",
                f"by {self.commissioned_by}" if self.commissioned_by else None,
                f"carried out by {self.carried_out_by}" if self.carried_out_by else None,
                f"power: {self.statute}" if self.statute else None,
                f"because: {self.reason}" if self.reason else None,
                f"published {self.published_on.in_words()}" if self.published_on else "publication not on record",
                self.text,
            ]
        )


Fact: TypeAlias = ReviewCommissioned | ReviewPublished


@projection(initial=Things[Review]())
def reviews(state: Things[Review], fact: Fact) -> Things[Review]:
    """A review is on record from its commissioning or its publication, whichever is known first."""
    return state.change(fact.review, Review(review=fact.review), lambda r: heard(_after(r, fact), fact))


def _after(review: Review, fact: Fact) -> Review:
    match fact:
        case ReviewCommissioned():
            return attrs.evolve(
                review,
                title=review.title or fact.title,
                commissioned_on=review.commissioned_on or fact.on,
                commissioned_by=review.commissioned_by or fact.commissioned_by,
                carried_out_by=review.carried_out_by or fact.carried_out_by,
                statute=review.statute or fact.statute,
                reason=review.reason or fact.reason,
            )
        case ReviewPublished(title=title, text=text):
            return attrs.evolve(
                review, title=review.title or title, published_on=review.published_on or fact.on, text=text or review.text
            )
        case _:
            assert_never(fact)
