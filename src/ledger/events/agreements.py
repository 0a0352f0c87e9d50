"""Agreements between a trust and another body: made, varied, and how they end."""

from typing import ClassVar

import attrs

from .._when import When
from ._event import Event, maybe_when, names, optional_text, slug, text, texts
from ._words import AgreementStage

__all__ = ["AgreementEnded", "AgreementMade", "AgreementNoticeGiven", "AgreementNoticeIntended", "AgreementVaried"]


@attrs.frozen(kw_only=True)
class _OfAgreement(Event):
    subject: ClassVar[str] = "agreement"
    introduces: ClassVar[bool] = False

    agreement: str = attrs.field(validator=slug)


@attrs.frozen(kw_only=True)
class AgreementMade(_OfAgreement):
    """The trust and another body agreed something; `on` is when that was in force, `until` its last day where stated."""

    introduces: ClassVar[bool] = True

    title: str = attrs.field(validator=text)
    parties: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=texts)
    form: str | None = attrs.field(default=None, validator=optional_text)
    scope: str | None = attrs.field(default=None, validator=optional_text)
    until: When | None = attrs.field(default=None, converter=maybe_when)


@attrs.frozen(kw_only=True)
class AgreementVaried(_OfAgreement):
    """What an agreement covers changed; `on` is when it did, `until` the last day of a change that is for a time."""

    scope: str = attrs.field(validator=text)
    reason: str | None = attrs.field(default=None, validator=optional_text)
    until: When | None = attrs.field(default=None, converter=maybe_when)
    period: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class AgreementNoticeIntended(_OfAgreement):
    """A body decided, announced or proposed to end an agreement; `on` is when. No notice is given by that."""

    stage: AgreementStage = attrs.field(converter=AgreementStage)
    by: str | None = attrs.field(default=None, validator=optional_text)
    subject_to: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=texts)
    text: str | None = attrs.field(default=None, validator=optional_text)

    @property
    def about(self) -> tuple[str, ...]:
        """The agreement, and how far the intention had gone."""
        return ("agreement", self.agreement, self.stage)


@attrs.frozen(kw_only=True)
class AgreementNoticeGiven(_OfAgreement):
    """A body gave notice to end an agreement; `on` is when it did, `ends` the agreement's last day where stated."""

    by: str | None = attrs.field(default=None, validator=optional_text)
    ends: When | None = attrs.field(default=None, converter=maybe_when)


@attrs.frozen(kw_only=True)
class AgreementEnded(_OfAgreement):
    """An agreement ended; `on` is the day it did."""

    reason: str | None = attrs.field(default=None, validator=optional_text)
