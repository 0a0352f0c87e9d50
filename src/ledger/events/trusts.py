"""Who a trust is: registration, names, and what followed it."""

import attrs

from ._event import Event, names, optional_text, required_names, text
from ._words import Succession

__all__ = ["TrustDeregistered", "TrustFormed", "TrustRegistered", "TrustRenamed", "TrustSucceeded"]


@attrs.frozen(kw_only=True)
class _OfTrust(Event):
    @property
    def about(self) -> tuple[str, ...]:
        """The trust itself."""
        return ("trust",)


@attrs.frozen(kw_only=True)
class TrustRegistered(_OfTrust):
    """The trust exists as a registered provider under *name*; `on` is when that was in force. `description`: what it provides, to whom."""

    name: str = attrs.field(validator=text)
    kind: str | None = attrs.field(default=None, validator=optional_text)
    description: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class TrustRenamed(_OfTrust):
    """The trust took a new *name*; `on` is when it took effect."""

    name: str = attrs.field(validator=text)
    previous: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class TrustSucceeded(_OfTrust):
    """Other organisations followed the trust, by merger or split; `on` is when that took effect. It closes nothing."""

    by: frozenset[str] = attrs.field(converter=names, validator=required_names)
    how: Succession = attrs.field(default=Succession.NOT_STATED, converter=Succession)
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class TrustFormed(_OfTrust):
    """The trust took over from others, by merger or split; `on` is when that took effect. The other side of `TrustSucceeded`."""

    predecessors: frozenset[str] = attrs.field(converter=names, validator=required_names)
    how: Succession = attrs.field(default=Succession.NOT_STATED, converter=Succession)
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class TrustDeregistered(_OfTrust):
    """The trust is no longer a registered provider; `on` is when its registration ended. It closes nothing."""

    reason: str | None = attrs.field(default=None, validator=optional_text)
