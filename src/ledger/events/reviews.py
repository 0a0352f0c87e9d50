"""Formal reviews, and programmes of inspections."""

from collections.abc import Iterable
from typing import ClassVar

import attrs

from .._when import When
from ._event import Event, count, every, maybe_when, optional_slug, optional_text, slug, text, tuple_of

__all__ = ["Outcome", "ProgrammeReported", "ReviewCommissioned", "ReviewPublished"]


@attrs.frozen(kw_only=True)
class ReviewCommissioned(Event):
    """A formal review of the trust was commissioned; `on` is when it was. `statute` is the power used, as `section 48`."""

    subject: ClassVar[str] = "review"

    review: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=text)
    commissioned_by: str | None = attrs.field(default=None, validator=optional_text)
    carried_out_by: str | None = attrs.field(default=None, validator=optional_text)
    statute: str | None = attrs.field(default=None, validator=optional_text)
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ReviewPublished(Event):
    """A review's report was published; `on` is the day it was."""

    subject: ClassVar[str] = "review"
    introduces: ClassVar[bool] = False

    review: str = attrs.field(validator=slug)
    title: str | None = attrs.field(default=None, validator=optional_text)
    text: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class Outcome:
    """One result of a programme: how many, as the source gives it, of what."""

    text: str = attrs.field(validator=text)
    count: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    measure: str | None = attrs.field(default=None, validator=optional_text)


def _outcomes(value: Iterable[Outcome]) -> tuple[Outcome, ...]:
    return tuple_of(value)


@attrs.frozen(kw_only=True)
class ProgrammeReported(Event):
    """A source reports a programme of inspections and its outcomes; `on` is when it had ended, `period` how long it ran."""

    subject: ClassVar[str] = "programme"

    programme: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=text)
    review: str | None = attrs.field(default=None, validator=optional_slug)
    assessments: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    service_groups: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    outcomes: tuple[Outcome, ...] = attrs.field(default=(), converter=_outcomes, validator=every(Outcome))
    period: When | None = attrs.field(default=None, converter=maybe_when)
