"""What a regulator told a trust to do, and what it found of that later."""

from typing import ClassVar

import attrs

from .._when import When
from ._event import Event, maybe_when, names, optional_slug, optional_text, slug, slugs, text
from ._rule import ByRule, optional_rule
from ._words import Level, RequirementOutcome, Urgency

__all__ = ["RequirementAssessed", "RequirementMade"]


@attrs.frozen(kw_only=True)
class RequirementMade(Event):
    """CQC told the trust to do something; `on` is when it did. `of` is the inspection, notice or review it came from."""

    subject: ClassVar[str] = "requirement"

    requirement: str = attrs.field(validator=slug)
    text: str = attrs.field(validator=text)
    level: Level = attrs.field(default=Level.NOT_STATED, converter=Level)
    urgency: Urgency | None = attrs.field(default=None, converter=attrs.converters.optional(Urgency))
    due: When | None = attrs.field(default=None, converter=maybe_when)
    of: str | None = attrs.field(default=None, validator=optional_slug)
    answers: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=slugs)
    service: str | None = attrs.field(default=None, validator=optional_text)
    location: str | None = attrs.field(default=None, validator=optional_text)
    place: str | None = attrs.field(default=None, validator=optional_text)
    by_rule: ByRule | None = attrs.field(default=None, validator=optional_rule)


@attrs.frozen(kw_only=True)
class RequirementAssessed(Event):
    """CQC looked at what had become of a requirement; `on` is the inspection that looked."""

    subject: ClassVar[str] = "requirement"
    introduces: ClassVar[bool] = False

    requirement: str = attrs.field(validator=slug)
    outcome: RequirementOutcome = attrs.field(converter=RequirementOutcome)
    inspection: str | None = attrs.field(default=None, validator=optional_slug)
    text: str | None = attrs.field(default=None, validator=optional_text)
