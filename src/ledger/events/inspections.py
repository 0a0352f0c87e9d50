"""What an inspectorate looked at, what it found, and when it told the public."""

from typing import ClassVar

import attrs

from .._when import When
from ._event import Event, maybe_when, optional_slug, optional_text, slug, text
from ._words import Called, Grade, KeyQuestion

__all__ = ["FindingReported", "InspectionCarriedOut", "InspectionPublished"]


@attrs.frozen(kw_only=True)
class InspectionCarriedOut(Event):
    """CQC visited; `on` is the visit, `period` how long it lasted, `called` the word the source printed for it."""

    subject: ClassVar[str] = "inspection"

    inspection: str = attrs.field(validator=slug)
    title: str = attrs.field(validator=text)
    called: Called = attrs.field(default=Called.INSPECTION, converter=Called)
    reason: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    location: str | None = attrs.field(default=None, validator=optional_text)
    key_question: KeyQuestion | None = attrs.field(default=None, converter=attrs.converters.optional(KeyQuestion))
    period: When | None = attrs.field(default=None, converter=maybe_when)


@attrs.frozen(kw_only=True)
class FindingReported(Event):
    """A source reports a finding, good or bad; `on` is the visit, `period` the span that the finding's data covers.

    `attributed_to` names, as a role, whose word it is; `measure` is the figure as the source puts it.
    """

    subject: ClassVar[str] = "finding"

    finding: str = attrs.field(validator=slug)
    grade: Grade = attrs.field(converter=Grade)
    text: str = attrs.field(validator=text)
    inspection: str | None = attrs.field(default=None, validator=optional_slug)
    theme: str | None = attrs.field(default=None, validator=optional_text)
    key_question: KeyQuestion | None = attrs.field(default=None, converter=attrs.converters.optional(KeyQuestion))
    quality_statement: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    service_group: str | None = attrs.field(default=None, validator=optional_text)
    location: str | None = attrs.field(default=None, validator=optional_text)
    place: str | None = attrs.field(default=None, validator=optional_text)
    attributed_to: str | None = attrs.field(default=None, validator=optional_text)
    period: When | None = attrs.field(default=None, converter=maybe_when)
    measure: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class InspectionPublished(Event):
    """CQC published what an inspection found; `on` is the day it did. `late_because` is the reason it gives for a delay."""

    subject: ClassVar[str] = "inspection"
    introduces: ClassVar[bool] = False

    inspection: str = attrs.field(validator=slug)
    title: str | None = attrs.field(default=None, validator=optional_text)
    form: str | None = attrs.field(default=None, validator=optional_text)
    late_because: str | None = attrs.field(default=None, validator=optional_text)
