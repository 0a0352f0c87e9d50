"""What was to be done, by when, and what became of it: how each fact changes an action."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._when import When
from ..events import (
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionProgressReported,
    ActionReassigned,
    ActionRechecked,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
)
from ._action import Action, ActionCondition, Revision, Status
from ._things import Things, heard, undone

__all__ = ["Action", "ActionCondition", "Revision", "Status", "actions"]


Heard: TypeAlias = (
    ActionCommitted
    | ActionDeadlineRevised
    | ActionConditionResolved
    | ActionReassigned
    | ActionProgressReported
    | ActionCompleted
    | ActionVerified
    | ActionRechecked
    | ActionReopened
    | ActionWithdrawn
)
Fact: TypeAlias = Heard | ActionDeadlinePassed


@projection(initial=Things[Action]())
def actions(state: Things[Action], fact: Fact) -> Things[Action]:
    """An action is open from commitment to completion; missing its day does not close it."""
    new = Action(action=fact.action)
    if isinstance(fact, ActionDeadlinePassed):  # the passing of a day is nothing that was heard
        return state.change(fact.action, new, lambda a: attrs.evolve(a, missed=(*a.missed, fact.due)))
    return state.change(fact.action, new, lambda a: heard(_after(a, fact), fact))


def _after(action: Action, fact: Heard) -> Action:
    match fact:
        case ActionCommitted():
            return _committed(action, fact)
        case ActionDeadlineRevised():
            return _revised(action, fact)
        case ActionConditionResolved(condition_text=condition, outcome=outcome):
            others = tuple(one for one in action.conditions if one.condition != condition)
            resolved = ActionCondition(condition=condition, outcome=outcome, resolved_on=fact.on)
            return attrs.evolve(action, conditions=(*others, resolved))
        case ActionReassigned(owner_body=owner_body, lead=lead, committee=committee):
            return attrs.evolve(
                action,
                owner_body=owner_body or action.owner_body,
                lead=lead or action.lead,
                committee=committee or action.committee,
            )
        case ActionProgressReported(text=text, rag=rag):
            return attrs.evolve(action, progress=text, progress_on=fact.on, rag=rag)
        case ActionCompleted():
            return _completed(action, fact)
        case ActionVerified():
            return _verified(action, fact)
        case ActionRechecked(outcome=outcome, by=by):
            return attrs.evolve(action, rechecked_on=fact.on, recheck=outcome, rechecked_by=by)
        case ActionReopened():
            return _reopened(action, fact)
        case ActionWithdrawn(reason=reason):
            return _unsure(attrs.evolve(action, withdrawn_on=fact.on, because=reason), fact.on)
        case _:
            assert_never(fact)


def _committed(action: Action, fact: ActionCommitted) -> Action:
    """Take a commitment in: it fills gaps and never moves a due period; one that differs is kept beside."""
    original = action.original_due or fact.due
    stated = [fact.due] if fact.due is not None else []
    differing = [due for due in stated if due not in (original, action.due, *action.other_dues)]
    known = {one.condition for one in action.conditions}
    further = tuple(ActionCondition(condition=one) for one in sorted(fact.subject_to - known))
    return attrs.evolve(
        action,
        title=action.title or fact.title,
        firmness=action.firmness or fact.firmness,
        due=action.due if action.due or action.revisions else fact.due,
        original_due=original,
        other_dues=(*action.other_dues, *differing),
        conditions=(*action.conditions, *further),
        committed_on=action.committed_on or fact.on,
        part_of=action.part_of or fact.part_of,
        answers=action.answers | fact.answers,
        owner_body=action.owner_body or fact.owner_body,
        lead=action.lead or fact.lead,
        committee=action.committee or fact.committee,
        service=action.service or fact.service,
        place=action.place or fact.place,
    )


def _revised(action: Action, fact: ActionDeadlineRevised) -> Action:
    revision = Revision(before=action.due, after=fact.due, on=fact.on, reason=fact.reason, approved_by=fact.approved_by)
    moved = attrs.evolve(
        action,
        due=fact.due,
        original_due=action.original_due or (fact.due if action.committed_on else None),
        revisions=(*action.revisions, revision),
    )
    return _unsure(moved, fact.on)


def _completed(action: Action, fact: ActionCompleted) -> Action:
    done = attrs.evolve(
        action,
        title=action.title or fact.title,
        completed_on=action.completed_on or fact.on,
        completed_against=action.completed_against if action.completed_on else action.due,
        is_late=action.is_late if action.completed_on else _is_after(fact.on, action.due),
        claimed_by=fact.claimed_by or action.claimed_by,
        withdrawn_on=None,
        because=None if action.withdrawn_on else action.because,
        evidence=(*action.evidence, *fact.evidence),
        answers=action.answers | fact.answers,
    )
    return _unsure(done, fact.on)


def _is_after(on: When, due: When | None) -> bool:
    """Whether a completion counts from after the last day it was due, whether or not it was open on the midnight between."""
    return bool(due and due.latest and on.latest and on.latest > due.latest)


def _verified(action: Action, fact: ActionVerified) -> Action:
    """Take in somebody else's word that it was done: where nobody claimed it, it completes."""
    verified = attrs.evolve(
        action,
        completed_on=action.completed_on or fact.on,
        completed_against=action.completed_against if action.completed_on else action.due,
        is_late=action.is_late if action.completed_on else _is_after(fact.on, action.due),
        verified_on=fact.on,
        verified_by=fact.verified_by,
        evidence=(*action.evidence, *fact.evidence),
        withdrawn_on=None,
        because=None if action.withdrawn_on else action.because,
    )
    return _unsure(verified, fact.on)


def _reopened(action: Action, fact: ActionReopened) -> Action:
    return attrs.evolve(
        action,
        completed_on=None,
        completed_against=None,
        is_late=False,
        verified_on=None,
        verified_by=None,
        claimed_by=None,
        evidence=(),
        withdrawn_on=None,
        because=fact.reason,
        reopened_on=(*action.reopened_on, fact.on),
    )


def _unsure(action: Action, on: When) -> Action:
    """Mark the misses that an ending or a revision of imprecise date may undo."""
    return attrs.evolve(
        action, unsure=(*action.unsure, *(due for due in undone(action.missed, on) if due not in action.unsure))
    )
