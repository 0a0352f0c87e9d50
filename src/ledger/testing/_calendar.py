"""A naive calendar of deadlines: it goes from midnight to midnight and looks at every thing at each.

It is an oracle for `with_midnights`: slow, and written from the words of the design alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .._when import When
from ..events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeWithdrawn,
)

__all__ = ["Calendar"]


@dataclass
class Thing:
    """Something with a deadline."""

    due: When | None = None
    is_open: bool = True
    was_revised: bool = False
    passed: set[date] = field(default_factory=set)


class Calendar:
    """Everything about one trust that has a deadline, on the day that it has got to."""

    def __init__(self, trust: str = "RHA") -> None:
        self.trust = trust
        self.actions: dict[str, Thing] = {}
        self.plans: dict[str, Thing] = {}
        self.notices: dict[str, dict[str, Thing]] = {}
        self.closed_notices: set[str] = set()

    def run(self, facts: Sequence[Event], until: date) -> list[Event]:
        """Give the passes at every midnight up to the start of *until*, inclusive; *facts* are in the order they took effect."""
        found: list[Event] = []
        day = min([until, *(fact.on.latest for fact in facts if fact.on.latest)])
        while day <= until:
            found += self.midnight(day)
            for fact in facts:
                if fact.on.latest == day:
                    self.hear(fact)
            day += timedelta(days=1)
        return found

    def midnight(self, day: date) -> list[Event]:
        """Give the passes at the start of a day: actions, then notices, then plans, each in order of id."""
        on = When(day.isoformat())
        return [
            *(
                ActionDeadlinePassed(trust=self.trust, on=on, action=action, due=due)
                for action in sorted(self.actions)
                if (due := self.passes(self.actions[action], day))
            ),
            *(
                NoticeDeadlinePassed(trust=self.trust, on=on, notice=notice, requirement=requirement, due=due)
                for notice in sorted(self.notices)
                for requirement in sorted(self.notices[notice])
                if (due := self.passes(self.notices[notice][requirement], day))
            ),
            *(
                ActionPlanDeadlinePassed(trust=self.trust, on=on, plan=plan, due=due)
                for plan in sorted(self.plans)
                if (due := self.passes(self.plans[plan], day))
            ),
        ]

    @staticmethod
    def passes(thing: Thing, day: date) -> When | None:
        """Give the due period of a thing if it passes at the start of a day, and remember that it did."""
        if not thing.is_open or thing.due is None or thing.due.latest is None:
            return None
        if thing.due.latest >= day or thing.due.latest in thing.passed:
            return None
        thing.passed.add(thing.due.latest)
        return thing.due

    def hear(self, fact: Event) -> None:
        """Take a fact in."""
        if isinstance(fact, ActionPlanRequested | ActionPlanSubmitted):
            plan = self.plans.setdefault(fact.plan, Thing())
            if isinstance(fact, ActionPlanSubmitted):
                plan.is_open = False
            elif plan.due is None:
                plan.due = fact.due
        elif isinstance(fact, NoticeIssued | NoticeDetermined | NoticeWithdrawn):
            self.hear_of_notice(fact)
        else:
            self.hear_of_action(fact)

    def hear_of_action(self, fact: Event) -> None:
        """Take in a fact about an action, if it is one."""
        if isinstance(fact, ActionCommitted):
            action = self.actions.setdefault(fact.action, Thing())
            if not action.was_revised:
                action.due = action.due or fact.due
        elif isinstance(fact, ActionDeadlineRevised):
            action = self.actions.setdefault(fact.action, Thing())
            action.due, action.was_revised = fact.due, True
        elif isinstance(fact, ActionCompleted | ActionVerified | ActionWithdrawn):
            self.actions.setdefault(fact.action, Thing()).is_open = False
        elif isinstance(fact, ActionReopened):
            self.actions.setdefault(fact.action, Thing()).is_open = True

    def hear_of_notice(self, fact: NoticeIssued | NoticeDetermined | NoticeWithdrawn) -> None:
        """Take in a fact about a notice: what ends the whole of it also ends what is heard of it later."""
        required = self.notices.setdefault(fact.notice, {})
        if isinstance(fact, NoticeIssued):
            for one in fact.requirements:
                thing = required.setdefault(one.requirement, Thing(is_open=fact.notice not in self.closed_notices))
                thing.due = thing.due or one.comply_by
        elif isinstance(fact, NoticeDetermined) and fact.requirement is not None:
            required.setdefault(fact.requirement, Thing()).is_open = False
        else:
            self.closed_notices.add(fact.notice)
            for thing in required.values():
                thing.is_open = False
