"""How a regulator rated a trust, its locations and its services.

A rating belongs to a slot: a location or none, a service or none, and a key question or overall. The framework it was
given under is an attribute: a newer rating displaces an older one whatever the framework. A rating takes effect when CQC
publishes it.
"""

import attrs

from ._event import Event, optional_slug, optional_text, per_cent, text
from ._words import Framework, KeyQuestion, Rating, ScoreBasis, StatementScore

__all__ = [
    "QualityStatementScored",
    "RatingChanged",
    "RatingPublished",
    "RatingReaffirmed",
    "RatingStated",
    "RatingWithdrawn",
    "RatingsReplaced",
    "RatingsRestored",
    "RatingsSuspended",
]


@attrs.frozen(kw_only=True)
class _Slot(Event):
    location: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    key_question: KeyQuestion = attrs.field(default=KeyQuestion.OVERALL, converter=KeyQuestion)

    @property
    def about(self) -> tuple[str, ...]:
        """The slot: location, service and key question, each empty where it is the whole trust's."""
        return ("rating", self.location or "", self.service or "", self.key_question)


@attrs.frozen(kw_only=True)
class _Rated(_Slot):
    rating: Rating = attrs.field(converter=Rating)
    framework: Framework | None = attrs.field(default=None, converter=attrs.converters.optional(Framework))
    inspection: str | None = attrs.field(default=None, validator=optional_slug)


@attrs.frozen(kw_only=True)
class RatingStated(_Rated):
    """A source states a rating without saying when it began; `on` is a day by which it was in force."""


@attrs.frozen(kw_only=True)
class RatingChanged(_Rated):
    """CQC changed a rating; `on` is when CQC published it, `previous` the rating it says stood before."""

    previous: Rating | None = attrs.field(default=None, converter=attrs.converters.optional(Rating))


@attrs.frozen(kw_only=True)
class RatingReaffirmed(_Rated):
    """CQC looked again and rated the same; `on` is when CQC published it."""


@attrs.frozen(kw_only=True)
class RatingPublished(_Rated):
    """CQC published a rating, and whether it changed one is not said; `on` is the day of the report that gave it.

    `inherited_from` is the organisation that the report was about, where the rating passed on to this one ("not stated" where
    the source says only that it was inherited); `score` is the percentage that CQC worked the rating out from.
    """

    inherited_from: str | None = attrs.field(default=None, validator=optional_text)
    score: int | None = attrs.field(default=None, validator=attrs.validators.optional(per_cent))


@attrs.frozen(kw_only=True)
class QualityStatementScored(_Slot):
    """CQC scored a quality statement of a key question; `on` is when CQC published it, `basis` whether it was assessed this time."""

    quality_statement: str = attrs.field(validator=text)
    score: StatementScore = attrs.field(converter=StatementScore)
    basis: ScoreBasis | None = attrs.field(default=None, converter=attrs.converters.optional(ScoreBasis))
    inspection: str | None = attrs.field(default=None, validator=optional_slug)

    @property
    def about(self) -> tuple[str, ...]:
        """The quality statement, of the slot."""
        return ("quality statement", self.location or "", self.service or "", self.key_question, self.quality_statement)


@attrs.frozen(kw_only=True)
class RatingWithdrawn(_Slot):
    """CQC took a rating back, and none stands in its place; `on` is when CQC published that."""


@attrs.frozen(kw_only=True)
class RatingsReplaced(Event):
    """A new framework cleared the trust-level ratings of older ones, also those nobody recorded; `on` is when CQC published it."""

    framework: Framework = attrs.field(converter=Framework)

    @property
    def about(self) -> tuple[str, ...]:
        """Every trust-level slot."""
        return ("rating", "", "")


@attrs.frozen(kw_only=True)
class _OfAllRatings(Event):
    @property
    def about(self) -> tuple[str, ...]:
        """Every slot."""
        return ("rating",)


@attrs.frozen(kw_only=True)
class RatingsSuspended(_OfAllRatings):
    """CQC suspended the trust's ratings; `on` is when CQC published that."""


@attrs.frozen(kw_only=True)
class RatingsRestored(_OfAllRatings):
    """CQC restored the ratings it had suspended; `on` is when CQC published that."""
