"""Breaches of regulation."""

from typing import ClassVar

import attrs

from ._event import Event, count, optional_slug, optional_text, slug, text
from ._words import Regulation

__all__ = ["BreachCleared", "BreachFound"]


@attrs.frozen(kw_only=True)
class BreachFound(Event):
    """CQC found a breach of regulation; `on` is the inspection. `regulation` is its number, or none where none is known.

    `as_described` keeps to what the source says of it; `count` is how many breaches it speaks of, where it says.
    """

    subject: ClassVar[str] = "breach"

    breach: str = attrs.field(validator=slug)
    as_described: str = attrs.field(validator=text)
    regulation: Regulation | None = attrs.field(default=None, converter=attrs.converters.optional(Regulation))
    count: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    inspection: str | None = attrs.field(default=None, validator=optional_slug)
    service: str | None = attrs.field(default=None, validator=optional_text)
    location: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class BreachCleared(Event):
    """CQC no longer found the breach; `on` is the inspection that looked."""

    subject: ClassVar[str] = "breach"
    introduces: ClassVar[bool] = False

    breach: str = attrs.field(validator=slug)
    inspection: str | None = attrs.field(default=None, validator=optional_slug)
