"""The places where a provider is registered to provide care, by CQC's location id."""

from typing import ClassVar

import attrs

from ._event import Event, names, optional_text, required_names, text

__all__ = ["LocationDeregistered", "LocationFormed", "LocationRegistered", "LocationRenamed", "LocationSucceeded"]


@attrs.frozen(kw_only=True)
class _OfLocation(Event):
    subject: ClassVar[str] = "location"
    introduces: ClassVar[bool] = False  # a rating may name a location that nothing else is on record about

    location: str = attrs.field(validator=text)


@attrs.frozen(kw_only=True)
class LocationRegistered(_OfLocation):
    """The provider was registered to provide care at a location; `on` is the day that began, `kind` what CQC calls such a place."""

    name: str = attrs.field(validator=text)
    kind: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class LocationRenamed(_OfLocation):
    """The location took a new *name*; `on` is when it took effect."""

    name: str = attrs.field(validator=text)
    previous: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class LocationDeregistered(_OfLocation):
    """The provider is no longer registered at the location; `on` is when that registration ended. Its ratings stay on record."""

    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class LocationSucceeded(_OfLocation):
    """Other locations followed this one, of the same provider or another; `on` is when that took effect, `reason` in CQC's words."""

    by: frozenset[str] = attrs.field(converter=names, validator=required_names)
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class LocationFormed(_OfLocation):
    """This location followed others, of the same provider or another; `on` is when that took effect, `reason` in CQC's words."""

    predecessors: frozenset[str] = attrs.field(converter=names, validator=required_names)
    reason: str | None = attrs.field(default=None, validator=optional_text)
