"""Concerns that people or bodies raised; an allegation stays one until somebody has looked into it."""

from typing import ClassVar

import attrs

from .._when import When
from ._event import Event, maybe_when, optional_text, slug, text
from ._words import ConcernStatus, Route

__all__ = ["ConcernClosed", "ConcernEscalated", "ConcernRaised", "ConcernSubstantiated"]


@attrs.frozen(kw_only=True)
class _OfConcern(Event):
    subject: ClassVar[str] = "concern"
    introduces: ClassVar[bool] = False

    concern: str = attrs.field(validator=slug)


@attrs.frozen(kw_only=True)
class ConcernRaised(_OfConcern):
    """Somebody raised a concern; `on` is when they did, `period` the time it is about, `by_role` who, `detriment` at what cost."""

    introduces: ClassVar[bool] = True

    text: str = attrs.field(validator=text)
    status: ConcernStatus = attrs.field(default=ConcernStatus.ALLEGED, converter=ConcernStatus)
    route: Route = attrs.field(default=Route.NOT_STATED, converter=Route)
    by_role: str | None = attrs.field(default=None, validator=optional_text)
    to: str | None = attrs.field(default=None, validator=optional_text)
    detriment: str | None = attrs.field(default=None, validator=optional_text)
    period: When | None = attrs.field(default=None, converter=maybe_when)


@attrs.frozen(kw_only=True)
class ConcernSubstantiated(_OfConcern):
    """Somebody looked into a concern and found it to hold; `on` is when they said so."""

    by: str = attrs.field(validator=text)
    text: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ConcernEscalated(_OfConcern):
    """A concern was taken to another body or role; `on` is when it was."""

    to: str = attrs.field(validator=text)
    by: str | None = attrs.field(default=None, validator=optional_text)
    text: str | None = attrs.field(default=None, validator=optional_text)

    @property
    def about(self) -> tuple[str, ...]:
        """The concern, and who it was taken to."""
        return ("concern", self.concern, self.to)


@attrs.frozen(kw_only=True)
class ConcernClosed(_OfConcern):
    """A concern was closed; `on` is when it was."""

    outcome: str | None = attrs.field(default=None, validator=optional_text)
