"""What may become of an action, of a requested plan, and of what a notice requires."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from .._when import When
from ..events import (
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
    ActionDeadlineRevised,
    ActionPlanAgreed,
    ActionPlanSubmitted,
    ActionProgressReported,
    ActionReassigned,
    ActionRechecked,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    ConditionOutcome,
    Event,
    Evidence,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeOutcome,
    NoticeRepresentationsMade,
    NoticeWithdrawn,
    RecheckOutcome,
)
from ..projections.actions import Action, actions
from ._life import Life, Telling, done, later, misdated, moved, taken_back
from ._picks import pick

__all__ = ["of_action", "of_notice", "of_plan"]

ELSEWHERE = "Internal audit"
THE_TRUST = "The trust"
REASONS = (None, "the work took longer than planned", "national approval was awaited")


def _action(life: Life) -> Action:
    in_order = sorted(life.facts, key=lambda fact: fact.on.latest or date.max)
    return actions.fold(in_order)[life.about[1]]


def _fact(life: Life, kind: type[Event], on: date | When, **fields: Any) -> Event:
    """Give a fact about the thing."""
    return kind(trust=life.trust, on=on, **{life.about[0]: life.about[1]}, **fields)


def _completed(draw: st.DrawFn, life: Life, on: When) -> Event:
    seen = Evidence(kind="sign-off", dated=on)
    return _fact(life, ActionCompleted, on, claimed_by=pick(draw, [None, THE_TRUST]), evidence=pick(draw, [(seen,), ()]))


def _progress(draw: st.DrawFn, life: Life) -> None:
    told = pick(draw, [("Work is on plan", "green"), ("Work is behind plan", "red"), ("Work goes on", None)])
    life.say(draw, _fact(life, ActionProgressReported, life.day(draw), text=told[0], rag=told[1]))


def _condition(draw: st.DrawFn, life: Life) -> None:
    condition = pick(draw, _action(life).unresolved).condition
    outcome = pick(draw, list(ConditionOutcome))
    on = life.day(draw)
    life.say(draw, _fact(life, ActionConditionResolved, on, condition_text=condition, outcome=outcome))


def _slipped(draw: st.DrawFn, life: Life) -> None:
    on = max(life.since, life.last_day + timedelta(pick(draw, [-30, 0, 1, 42])))
    due = pick(draw, [later(draw, life), later(draw, life), None])
    reason, role = pick(draw, REASONS), pick(draw, [None, "Board"])
    life.say(draw, _fact(life, ActionDeadlineRevised, on, due=due, reason=reason, approved_by=role))


def _withdrawn(draw: st.DrawFn, life: Life) -> None:
    on = pick(draw, [life.day(draw), max(life.since, life.last_day)])
    life.say(draw, _fact(life, ActionWithdrawn, on, reason=pick(draw, [None, "The money was not granted"])))


def _promised_anew(draw: st.DrawFn, life: Life) -> None:
    """Tell that an action was given up, and promised again under another name with a later date."""
    title = _action(life).title or life.about[1]
    due = later(draw, life)
    _withdrawn(draw, life)
    anew = f"{life.about[1]}-anew"
    life.say(draw, ActionCommitted(trust=life.trust, on=life.since, action=anew, title=title, due=due))


def _reassigned(draw: st.DrawFn, life: Life) -> None:
    life.say(draw, _fact(life, ActionReassigned, life.day(draw), lead="Director of estates"))


def _verified(draw: st.DrawFn, life: Life) -> None:
    """Tell that somebody confirmed it: somebody else, or who claimed it."""
    by = pick(draw, [ELSEWHERE, _action(life).claimed_by or THE_TRUST])
    life.say(draw, _fact(life, ActionVerified, life.day(draw), verified_by=by))


def _rechecked(draw: st.DrawFn, life: Life) -> None:
    outcome = pick(draw, list(RecheckOutcome))
    life.say(draw, _fact(life, ActionRechecked, life.day(draw), outcome=outcome, by=ELSEWHERE))


def _reopened(draw: st.DrawFn, life: Life) -> None:
    life.say(draw, _fact(life, ActionReopened, life.day(draw), reason=pick(draw, [None, "The work is still needed"])))


def of_action(life: Life) -> list[Telling]:
    """Give what may happen next to an action."""
    action = _action(life)
    record = [*([moved] if life.set_by else []), taken_back]
    if action.is_open:
        condition = [_condition] if action.unresolved else []
        news = [_progress, _slipped, _slipped, _withdrawn, _promised_anew, _verified, _reassigned, *condition]
        return [*done(_completed), *news, *record]
    if action.withdrawn_on:
        return [_reopened, *record]
    return [_verified, _rechecked, _reopened, misdated, *record]


def _submitted(draw: st.DrawFn, life: Life, on: When) -> Event:
    return _fact(life, ActionPlanSubmitted, on, to=pick(draw, [None, "Care Quality Commission"]))


def _agreed(draw: st.DrawFn, life: Life) -> None:
    bodies = ["Care Quality Commission", THE_TRUST]
    life.say(draw, _fact(life, ActionPlanAgreed, life.day(draw), bodies=bodies))


def of_plan(life: Life) -> list[Telling]:
    """Give what may happen next to a plan that was asked for."""
    is_sent = any(isinstance(fact, ActionPlanSubmitted) for fact in life.facts)
    news = [_agreed, misdated] if is_sent else done(_submitted)
    return [*news, *([moved] if life.set_by else []), taken_back]


def _determined(draw: st.DrawFn, life: Life, on: When) -> Event:
    return _fact(life, NoticeDetermined, on, requirement=life.about[2], outcome=pick(draw, list(NoticeOutcome)))


def _of_notice(kind: type[Event]) -> Telling:
    return lambda draw, life: life.say(draw, _fact(life, kind, life.day(draw)))


def of_notice(life: Life) -> list[Telling]:
    """Give what may happen next to what a notice requires; the notice itself is not taken back, as it may require more."""
    is_over = any(isinstance(fact, NoticeDetermined | NoticeWithdrawn) for fact in life.facts)
    news = [_of_notice(NoticeRepresentationsMade), _of_notice(NoticeFollowedUp), _of_notice(NoticeWithdrawn)]
    return [misdated, taken_back] if is_over else [*done(_determined), *news, *([moved] if life.set_by else [])]
