"""Notices, what they require, and the conditions a regulator sets on a registration."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs

from .._when import When, to_when
from ..errors import EventError
from ._event import Event, every, maybe_when, optional_slug, optional_text, slug, text, tuple_of
from ._rule import ByRule, optional_rule
from ._words import NoticeKind, NoticeOutcome

__all__ = [
    "ConditionImposed",
    "ConditionRemoved",
    "ConditionVaried",
    "NoticeDeadlinePassed",
    "NoticeDetermined",
    "NoticeFollowedUp",
    "NoticeIssued",
    "NoticeRepresentationsMade",
    "NoticeRequirement",
    "NoticeWithdrawn",
]


@attrs.frozen(kw_only=True)
class NoticeRequirement:
    """One thing that a notice requires; `comply_by` is the last day to comply by, or none where none is stated."""

    requirement: str = attrs.field(validator=slug)
    text: str = attrs.field(validator=text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    comply_by: When | None = attrs.field(default=None, converter=maybe_when)
    by_rule: ByRule | None = attrs.field(default=None, validator=optional_rule)


def _requirements(value: Iterable[NoticeRequirement]) -> tuple[NoticeRequirement, ...]:
    return tuple_of(value)


def _told_apart(instance: object, attribute: object, value: tuple[NoticeRequirement, ...]) -> None:
    del instance, attribute
    ids = [one.requirement for one in value]
    for one in ids:
        if ids.count(one) > 1:
            raise EventError(f"requirements: {one!r} stands twice: give each requirement its own id", "requirements", one)


@attrs.frozen(kw_only=True)
class NoticeIssued(Event):
    """A notice was given to the trust; `on` is the day it was given."""

    subject: ClassVar[str] = "notice"

    notice: str = attrs.field(validator=slug)
    kind: NoticeKind = attrs.field(converter=NoticeKind)
    statute: str | None = attrs.field(default=None, validator=optional_text)
    requirements: tuple[NoticeRequirement, ...] = attrs.field(
        default=(), converter=_requirements, validator=[every(NoticeRequirement), _told_apart]
    )
    inspection: str | None = attrs.field(default=None, validator=optional_slug)
    service: str | None = attrs.field(default=None, validator=optional_text)
    text: str | None = attrs.field(default=None, validator=optional_text)

    def defines(self) -> Iterator[tuple[str, str]]:
        """Give the notice, and each thing that it requires."""
        yield "notice", self.notice
        for one in self.requirements:
            yield "requirement", one.requirement


@attrs.frozen(kw_only=True)
class _OfNotice(Event):
    subject: ClassVar[str] = "notice"
    introduces: ClassVar[bool] = False

    notice: str = attrs.field(validator=slug)
    text: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class NoticeRepresentationsMade(_OfNotice):
    """The trust made representations about a notice; `on` is when it made them."""


@attrs.frozen(kw_only=True)
class NoticeFollowedUp(_OfNotice):
    """The regulator returned to look at compliance, and the outcome is awaited; `on` is when it returned."""


@attrs.frozen(kw_only=True)
class NoticeDetermined(_OfNotice):
    """The regulator decided whether the trust complied; `on` is when it did. No `requirement` means the whole notice."""

    outcome: NoticeOutcome = attrs.field(converter=NoticeOutcome)
    requirement: str | None = attrs.field(default=None, validator=optional_slug)

    @property
    def about(self) -> tuple[str, ...]:
        """The notice, and the requirement where it is of one."""
        return ("notice", self.notice, self.requirement) if self.requirement else ("notice", self.notice)


@attrs.frozen(kw_only=True)
class NoticeWithdrawn(_OfNotice):
    """The regulator withdrew a notice; `on` is when it did."""


@attrs.frozen(kw_only=True)
class NoticeDeadlinePassed(Event):
    """The last day to comply with a requirement of a notice is over; `on` is the day after. Derived, never written by hand."""

    subject: ClassVar[str] = "notice"
    introduces: ClassVar[bool] = False

    notice: str = attrs.field(validator=slug)
    requirement: str = attrs.field(validator=slug)
    due: When = attrs.field(converter=to_when)


@attrs.frozen(kw_only=True)
class _Condition(Event):
    subject: ClassVar[str] = "condition"

    condition: str = attrs.field(validator=slug)


@attrs.frozen(kw_only=True)
class ConditionImposed(_Condition):
    """The regulator set a condition on the trust's registration; `on` is when it took effect."""

    text: str = attrs.field(validator=text)
    location: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ConditionVaried(_Condition):
    """The regulator varied a condition of registration; `on` is when the new text took effect."""

    introduces: ClassVar[bool] = False

    text: str = attrs.field(validator=text)


@attrs.frozen(kw_only=True)
class ConditionRemoved(_Condition):
    """The regulator removed a condition of registration; `on` is when that took effect."""

    introduces: ClassVar[bool] = False
