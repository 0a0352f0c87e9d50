"""What a trust, or another body, said it would do, and what became of it."""

from collections.abc import Iterable
from typing import ClassVar

import attrs

from .._when import When, to_when
from ._event import (
    Event,
    every,
    maybe_when,
    names,
    optional_slug,
    optional_text,
    required_names,
    slug,
    slugs,
    text,
    texts,
    tuple_of,
)
from ._rule import ByRule, optional_rule
from ._words import ConditionOutcome, Firmness, MeasureStage, RecheckOutcome

__all__ = [
    "ActionCommitted",
    "ActionCompleted",
    "ActionConditionResolved",
    "ActionDeadlinePassed",
    "ActionDeadlineRevised",
    "ActionPlanAgreed",
    "ActionPlanDeadlinePassed",
    "ActionPlanRequested",
    "ActionPlanSubmitted",
    "ActionProgressReported",
    "ActionReassigned",
    "ActionRechecked",
    "ActionReopened",
    "ActionVerified",
    "ActionWithdrawn",
    "Evidence",
    "MeasureReported",
]


@attrs.frozen(kw_only=True)
class _OfPlan(Event):
    subject: ClassVar[str] = "plan"

    plan: str = attrs.field(validator=slug)
    text: str | None = attrs.field(default=None, validator=optional_text)
    answers: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=slugs)


@attrs.frozen(kw_only=True)
class ActionPlanRequested(_OfPlan):
    """A body asked the trust for an action plan; `on` is when it asked, `due` the last day to send it by."""

    by: str | None = attrs.field(default=None, validator=optional_text)
    due: When | None = attrs.field(default=None, converter=maybe_when)
    by_rule: ByRule | None = attrs.field(default=None, validator=optional_rule)


@attrs.frozen(kw_only=True)
class ActionPlanSubmitted(_OfPlan):
    """The trust sent an action plan; `on` is when it did."""

    to: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionPlanAgreed(_OfPlan):
    """Bodies agreed an action plan between them; `on` is when they did."""

    bodies: frozenset[str] = attrs.field(converter=names, validator=required_names)


@attrs.frozen(kw_only=True)
class ActionPlanDeadlinePassed(Event):
    """The last day to send a requested action plan by is over; `on` is the day after. Derived, never written by hand."""

    subject: ClassVar[str] = "plan"
    introduces: ClassVar[bool] = False

    plan: str = attrs.field(validator=slug)
    due: When = attrs.field(converter=to_when)


@attrs.frozen(kw_only=True)
class Evidence:
    """What a claim rests on: its kind, a reference, its date, and the role that saw it."""

    kind: str = attrs.field(validator=text)
    reference: str | None = attrs.field(default=None, validator=optional_text)
    dated: When | None = attrs.field(default=None, converter=maybe_when)
    seen_by: str | None = attrs.field(default=None, validator=optional_text)


def _evidence(value: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple_of(value)


@attrs.frozen(kw_only=True)
class _OfAction(Event):
    subject: ClassVar[str] = "action"
    introduces: ClassVar[bool] = False

    action: str = attrs.field(validator=slug)


@attrs.frozen(kw_only=True)
class ActionCommitted(_OfAction):
    """Somebody said an action would be done; `on` is when they did, `due` the period by whose last day it is to be done.

    `firmness` is how firmly the source puts it; `subject_to` lists the conditions it makes; `answers` the breaches,
    requirements, notices and findings it answers; `owner_body` whose action it is, where that is not the trust.
    """

    introduces: ClassVar[bool] = True

    title: str = attrs.field(validator=text)
    firmness: Firmness = attrs.field(default=Firmness.COMMITTED, converter=Firmness)
    due: When | None = attrs.field(default=None, converter=maybe_when)
    subject_to: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=texts)
    answers: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=slugs)
    part_of: str | None = attrs.field(default=None, validator=optional_slug)
    owner_body: str | None = attrs.field(default=None, validator=optional_text)
    lead: str | None = attrs.field(default=None, validator=optional_text)
    committee: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    place: str | None = attrs.field(default=None, validator=optional_text)
    by_rule: ByRule | None = attrs.field(default=None, validator=optional_rule)


@attrs.frozen(kw_only=True)
class ActionDeadlineRevised(_OfAction):
    """The deadline of an action was moved; `on` is when that was decided."""

    due: When | None = attrs.field(converter=maybe_when)
    reason: str | None = attrs.field(default=None, validator=optional_text)
    approved_by: str | None = attrs.field(default=None, validator=optional_text)
    by_rule: ByRule | None = attrs.field(default=None, validator=optional_rule)


@attrs.frozen(kw_only=True)
class ActionConditionResolved(_OfAction):
    """A condition that an action was subject to was met, refused, lapsed or no longer needed; `on` is when."""

    condition_text: str = attrs.field(validator=text)
    outcome: ConditionOutcome = attrs.field(converter=ConditionOutcome)

    @property
    def about(self) -> tuple[str, ...]:
        """The action, and its condition."""
        return ("action", self.action, self.condition_text)


@attrs.frozen(kw_only=True)
class ActionReassigned(_OfAction):
    """An action passed to another body, lead or committee; `on` is when it did."""

    owner_body: str | None = attrs.field(default=None, validator=optional_text)
    lead: str | None = attrs.field(default=None, validator=optional_text)
    committee: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionProgressReported(_OfAction):
    """A body reported how an action goes, in its own words; `on` is the day it speaks of. `rag` is its own colour word."""

    text: str = attrs.field(validator=text)
    rag: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionCompleted(_OfAction):
    """Somebody claims an action was done; `on` is when it was. With a `title` it may be one that was never promised."""

    title: str | None = attrs.field(default=None, validator=optional_text)
    claimed_by: str | None = attrs.field(default=None, validator=optional_text)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence, validator=every(Evidence))
    answers: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=slugs)


@attrs.frozen(kw_only=True)
class ActionVerified(_OfAction):
    """Somebody other than who claims it confirmed that an action was done; `on` is when they did."""

    verified_by: str = attrs.field(validator=text)
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=_evidence, validator=every(Evidence))


@attrs.frozen(kw_only=True)
class ActionRechecked(_OfAction):
    """Somebody looked again whether a completed action holds; `on` is when they did."""

    outcome: RecheckOutcome = attrs.field(converter=RecheckOutcome)
    by: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionReopened(_OfAction):
    """An action that was completed, verified or withdrawn was taken up again; `on` is when it was."""

    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionWithdrawn(_OfAction):
    """The owner gave an action up; `on` is when it did."""

    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class ActionDeadlinePassed(_OfAction):
    """The last day of an action's deadline is over; `on` is the day after. Derived, never written by hand."""

    due: When = attrs.field(converter=to_when)


@attrs.frozen(kw_only=True)
class MeasureReported(Event):
    """A source reports something in place or under way that nobody promised with a date; `on` is a day by which it was so."""

    subject: ClassVar[str] = "measure"

    measure: str = attrs.field(validator=slug)
    text: str = attrs.field(validator=text)
    stage: MeasureStage = attrs.field(converter=MeasureStage)
    answers: frozenset[str] = attrs.field(default=frozenset(), converter=names, validator=slugs)
    owner_body: str | None = attrs.field(default=None, validator=optional_text)
    lead: str | None = attrs.field(default=None, validator=optional_text)
    committee: str | None = attrs.field(default=None, validator=optional_text)
    service: str | None = attrs.field(default=None, validator=optional_text)
    place: str | None = attrs.field(default=None, validator=optional_text)
    figure: str | None = attrs.field(default=None, validator=optional_text)
    period: When | None = attrs.field(default=None, converter=maybe_when)
