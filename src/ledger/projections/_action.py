"""What is kept of an action: its deadline and every move of it, its conditions, and what became of it."""

from enum import StrEnum

import attrs

from .._show import counted, listed, times
from .._when import When, day_in_words
from ..events import ConditionOutcome, Evidence, Firmness, RecheckOutcome
from ._things import Thing

__all__ = ["Action", "ActionCondition", "Revision", "Status"]


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

    @property
    def is_move(self) -> bool:
        """Whether a due period became another, or none: a first one moves nothing, nor does the same last day said otherwise."""
        if self.before is None or self.after is None:
            return self.before is not self.after and self.before is not None
        return (self.before.latest, self.before.qualifier) != (self.after.latest, self.after.qualifier)


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
    def is_soft(self) -> bool:
        """Whether it was put as a target or an ambition, or depends on a condition that is not resolved on record."""
        return self.firmness in (Firmness.TARGETED, Firmness.AMBITION) or bool(self.unresolved)

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
        return Status.PAST_TARGET if self.is_soft else Status.OVERDUE

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
            listed([first, self._moved()], ", ") if self.revisions else None,
            f"another source says {', '.join(due.in_words() for due in self.other_dues)}" if self.other_dues else None,
            *(f"{due.in_words()} passed while open{' (not certain)' if due in self.unsure else ''}" for due in self.missed),
        ]

    def _moved(self) -> str | None:
        """Say how often it was moved, and how far in all where both ends have a last day."""
        moves = [revision for revision in self.revisions if revision.is_move]
        if not moves:
            return None
        often, in_all = f"moved {times(len(moves))}", " in all" if len(moves) > 1 else ""
        whole = Revision(before=self.original_due, after=self.due, on=moves[-1].on).days
        return f"{often}, to {counted(abs(whole), 'day')} {'later' if whole > 0 else 'earlier'}{in_all}" if whole else often

    def _is_silent(self) -> bool:
        return self.is_open and self.has_passed

    def _undated(self) -> str:
        return "date given up" if self.revisions else "no date stated"

    def _lateness(self) -> str | None:
        if self.days_late is None:
            return None
        fewest, most = self.days_late
        late = f"{counted(most, 'day')} late" if fewest == most else f"{fewest} to {counted(most, 'day')} late"
        moved_since = self.completed_against != self.due
        return f"{late} against {self.completed_against.in_words()}" if self.completed_against and moved_since else late

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
