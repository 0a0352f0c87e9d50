"""Meetings, the papers put to them, and the assurance bodies took or gave."""

from typing import ClassVar

import attrs

from ._event import Event, names, optional_slug, optional_text, required_names, slug, text, texts

__all__ = ["AssuranceGiven", "MeetingCancelled", "MeetingHeld", "PaperPresented"]


@attrs.frozen(kw_only=True)
class MeetingHeld(Event):
    """Bodies met; `on` is the day they did. `outcome` is what was agreed, or none where nothing is stated."""

    subject: ClassVar[str] = "meeting"

    meeting: str = attrs.field(validator=slug)
    bodies: frozenset[str] = attrs.field(converter=names, validator=required_names)
    purpose: str | None = attrs.field(default=None, validator=optional_text)
    outcome: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class MeetingCancelled(Event):
    """A meeting that was to be held was cancelled; `on` is the day it was to be held."""

    subject: ClassVar[str] = "meeting"

    meeting: str = attrs.field(validator=slug)
    bodies: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=texts)
    by: str | None = attrs.field(default=None, validator=optional_text)
    purpose: str | None = attrs.field(default=None, validator=optional_text)
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class PaperPresented(Event):
    """A paper was put to a body; `on` is the day of the meeting. `asked` is what it asked for, `resolved` what was decided."""

    subject: ClassVar[str] = "paper"

    paper: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=text)
    body: str = attrs.field(validator=text)
    by: str | None = attrs.field(default=None, validator=optional_text)
    asked: str | None = attrs.field(default=None, validator=optional_text)
    resolved: str | None = attrs.field(default=None, validator=optional_text)
    meeting: str | None = attrs.field(default=None, validator=optional_slug)


@attrs.frozen(kw_only=True)
class AssuranceGiven(Event):
    """A body stated how assured it is of something; `on` is the day it did. `level` is its own word, or none."""

    subject: ClassVar[str] = "assurance"

    assurance: str = attrs.field(validator=slug)
    by: str = attrs.field(validator=text)
    regarding: str = attrs.field(validator=text)
    level: str | None = attrs.field(default=None, validator=optional_text)
    to: str | None = attrs.field(default=None, validator=optional_text)
