"""What was to be done, by when, and what became of it: commitments and their deadlines."""

from enum import StrEnum
from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import counted, listed, times
from .._when import When, day_in_words
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
    ConditionOutcome,
    Evidence,
    Firmness,
    RecheckOutcome,
)
from ._things import Thing, Things, heard, undone

__all__ = ["Action", "ActionCondition", "Revision", "Status", "actions"]


class Status(StrEnum):
    """Where an action stands on a date."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAST_TARGET = "past-target"
    COMPLETED = "completed"
    COMPLETED_LATE = "completed-late"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


@attrs.frozen(kw_only=True)
class ActionCondition:
    """A condition that an action is subject to; without an outcome it is not resolved on record."""

    condition: str
    outcome: ConditionOutcome | None = None
    resolved_on: When | None = None

    def in_words(self) -> str:
        """Say what became of it."""
        resolved = f"{self.outcome} {self.resolved_on.in_words()}" if self.outcome and self.resolved_on else self.outcome
        return f"condition: {self.condition}, {resolved or 'not resolved on record'}"


@attrs.frozen(kw_only=True)
class Revision:
    """A deadline moved: from, to, when that was decided, why, and which role approved it."""

    before: When | None
    after: When | None
    on: When
    reason: str | None = None
    approved_by: str | None = None

    @property
    def days(self) -> int | None:
        """How many days later the last day became, or earlier where it is negative; none where there was or is no last day."""
        before, after = self.before and self.before.latest, self.after and self.after.latest
        return (after - before).days if before and after else None


@attrs.frozen(kw_only=True)
class Action(Thing):
    """One action.

    Attributes:
        due: the due period in force; `original_due` the first one on record, which is never lost.
        other_dues: due periods that a second commitment stated differently: sources disagree.
        missed: each due period that passed while the action was open, in order.
        unsure: those of `missed` that a later fact of imprecise date may undo.
        because: why it was reopened or withdrawn, whichever came last.
        is_late: whether it was completed after the due period then in force; `completed_against` is that period.

    """

    action: str
    title: str | None = None
    firmness: Firmness | None = None
    due: When | None = None
    original_due: When | None = None
    other_dues: tuple[When, ...] = ()
    revisions: tuple[Revision, ...] = ()
    conditions: tuple[ActionCondition, ...] = ()
    committed_on: When | None = None
    progress: str | None = None
    progress_on: When | None = None
    rag: str | None = None
    completed_on: When | None = None
    completed_against: When | None = None
    claimed_by: str | None = None
    evidence: tuple[Evidence, ...] = ()
    verified_on: When | None = None
    verified_by: str | None = None
    rechecked_on: When | None = None
    recheck: RecheckOutcome | None = None
    rechecked_by: str | None = None
    reopened_on: tuple[When, ...] = ()
    withdrawn_on: When | None = None
    because: str | None = None
    missed: tuple[When, ...] = ()
    unsure: tuple[When, ...] = ()
    is_late: bool = False
    part_of: str | None = None
    answers: frozenset[str] = frozenset()
    owner_body: str | None = None
    lead: str | None = None
    committee: str | None = None
    service: str | None = None
    place: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The action."""
        return "action", self.action

    @property
    def is_open(self) -> bool:
        """Whether it is neither completed nor withdrawn; what was verified was completed."""
        return not (self.completed_on or self.withdrawn_on)

    @property
    def unresolved(self) -> tuple[ActionCondition, ...]:
        """The conditions not resolved on record."""
        return tuple(one for one in self.conditions if one.outcome is None)

    @property
    def has_passed(self) -> bool:
        """Whether the due period in force has passed."""
        return self.due is not None and self.due.latest in {due.latest for due in self.missed}

    @property
    def days_late(self) -> tuple[int, int] | None:
        """The fewest and the most days after the last day then in force that it was completed; none where it was not late.

        The fewest is 0 where a completion of imprecise date may have been in time.
        """
        last = self.completed_against.latest if self.completed_against else None
        if not self.is_late or last is None or self.completed_on is None or self.completed_on.latest is None:
            return None
        first = None if self.completed_on.qualifier else self.completed_on.earliest
        return max((first - last).days, 0) if first else 0, (self.completed_on.latest - last).days

    @property
    def status(self) -> Status:
        """Where it stands: past a firm deadline it is overdue; past a target, or with a condition unresolved, past its target."""
        if self.withdrawn_on:
            return Status.WITHDRAWN
        if self.verified_on:
            return Status.VERIFIED
        if self.completed_on:
            return Status.COMPLETED_LATE if self.is_late else Status.COMPLETED
        if not self.has_passed:
            return Status.OPEN
        soft = self.firmness in (Firmness.TARGETED, Firmness.AMBITION) or self.unresolved
        return Status.PAST_TARGET if soft else Status.OVERDUE

    @property
    def heading(self) -> str:
        """What is to be done."""
        return self.title or self.action

    @property
    def summary(self) -> str:
        """Where it stands, by when it was due, under what conditions, and what has been heard."""
        return listed(
            [
                self.status.replace("-", " "),
                *self._deadline(),
                *(one.in_words() for one in self.conditions),
                *self._ending(),
                listed([f"progress: {self.progress}", self.rag], ", ") if self.progress else None,
                f"nothing on record since {day_in_words(self.last_heard)}" if self._is_silent() and self.last_heard else None,
                f"owner: {self.owner_body}" if self.owner_body else None,
                f"lead: {self.lead}" if self.lead else None,
                f"committee: {self.committee}" if self.committee else None,
                listed([self.service, self.place], ", "),
            ]
        )

    def _deadline(self) -> list[str | None]:
        first = f"first due {self.original_due.in_words()}" if self.original_due else "first due date not on record"
        return [
            listed([self.firmness, f"due {self.due.in_words()}" if self.due else self._undated()], ", "),
            f"{first}, {self._moved()}" if self.revisions else None,
            f"another source says {', '.join(due.in_words() for due in self.other_dues)}" if self.other_dues else None,
            *(f"{due.in_words()} passed while open{' (not certain)' if due in self.unsure else ''}" for due in self.missed),
        ]

    def _moved(self) -> str:
        """Say how often it was moved, and how far in all where both ends have a last day."""
        often = f"moved {times(len(self.revisions))}"
        whole = Revision(before=self.original_due, after=self.due, on=self.revisions[-1].on).days
        return f"{often}, {counted(abs(whole), 'day')} {'later' if whole > 0 else 'earlier'} in all" if whole else often

    def _is_silent(self) -> bool:
        return self.is_open and self.has_passed

    def _undated(self) -> str:
        return "date given up" if self.revisions else "no date stated"

    def _lateness(self) -> str | None:
        if self.days_late is None:
            return None
        fewest, most = self.days_late
        return f"{counted(most, 'day')} late" if fewest == most else f"{fewest} to {counted(most, 'day')} late"

    def _ending(self) -> list[str | None]:
        return [
            listed([f"completed {self.completed_on.in_words()}", self._lateness()], ", ") if self.completed_on else None,
            f"claimed by {self.claimed_by}" if self.claimed_by else None,
            f"verified {self.verified_on.in_words()} by {self.verified_by}" if self.verified_on else None,
            f"rechecked {self.rechecked_on.in_words()}: {self.recheck}" if self.rechecked_on else None,
            f"reopened {', '.join(when.in_words() for when in self.reopened_on)}" if self.reopened_on else None,
            f"withdrawn {self.withdrawn_on.in_words()}" if self.withdrawn_on else None,
            f"because: {self.because}" if self.because else None,
        ]


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
