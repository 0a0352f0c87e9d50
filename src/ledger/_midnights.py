"""The deadlines that pass at the midnights between facts: derived, never recorded by hand."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple, TypeAlias, cast

import attrs
from immutables import Map

from ._when import FIRST_DAY, ONE_DAY, When
from .events import (
    PASSES,
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

__all__ = ["Hands", "is_move", "with_causes", "with_midnights"]

Thing: TypeAlias = tuple[str, ...]


class _Clock(NamedTuple):
    """What is known of one deadline: its due period, what set it, whether the thing is open, which dues have passed."""

    due: When | None = None
    set_by: Event | None = None
    is_open: bool = True
    is_revised: bool = False
    passed: frozenset[date | None] = frozenset()

    def filled(self, due: When | None, by: Event) -> "_Clock":
        """Fill in a due period where none is known: a second commitment never moves one, nor brings one back that was given up."""
        return self if self.is_revised or self.due is not None else self._replace(due=due, set_by=by)

    def last_day(self) -> date | None:
        """Give the last day of the due period, where it is yet to pass."""
        last = self.due.latest if self.due and self.is_open else None
        return None if last in self.passed else last


MOVES = (
    *(ActionCommitted, ActionDeadlineRevised, ActionCompleted, ActionVerified, ActionWithdrawn, ActionReopened),
    *(ActionPlanRequested, ActionPlanSubmitted, NoticeIssued, NoticeDetermined, NoticeWithdrawn),
)
"""The events that set deadlines, or open or close what has one."""


class Running(NamedTuple):
    """What is known of every deadline, the few of them that are yet to pass, and what each notice requires."""

    clocks: Map[Thing, _Clock] = Map()
    ahead: Map[Thing, _Clock] = Map()
    required: Map[Thing, tuple[Thing, ...]] = Map()

    def of(self, thing: Thing, otherwise: _Clock | None = None) -> _Clock:
        """Give what is known of a deadline."""
        return self.clocks.get(thing, otherwise or _Clock())

    def put(self, thing: Thing, clock: _Clock) -> "Running":
        """Give the same with other knowledge of a deadline."""
        ahead = self.ahead
        if clock.last_day() is not None:
            ahead = ahead.set(thing, clock)
        elif thing in ahead:
            ahead = ahead.delete(thing)
        required, whole = self.required, thing[:2]
        if thing != whole and thing not in self.clocks:
            required = required.set(whole, (*required.get(whole, ()), thing))
        return Running(self.clocks.set(thing, clock), ahead, required)


def _change(running: Running, thing: Thing, change: Callable[[_Clock], _Clock]) -> Running:
    return running.put(thing, change(running.of(thing)))


def _set_open(running: Running, thing: Thing, *, is_open: bool) -> Running:
    return _change(running, thing, lambda clock: _Clock(clock.due, clock.set_by, is_open, clock.is_revised, clock.passed))


def _close_notice(running: Running, notice: str) -> Running:
    """Close every requirement of a notice, also those not yet heard of."""
    whole = ("notice", notice)
    for thing in (whole, *running.required.get(whole, ())):
        running = _set_open(running, thing, is_open=False)
    return running


def _issue_notice(running: Running, fact: NoticeIssued) -> Running:
    whole = running.of(("notice", fact.notice))
    for one in fact.requirements:
        thing = ("notice", fact.notice, one.requirement)
        running = running.put(thing, running.of(thing, whole).filled(one.comply_by, fact))
    return running


def _run(running: Running, fact: Event) -> Running:
    """Give the deadlines that run after *fact*."""
    match fact:
        case ActionCommitted(action=action, due=due):
            return _change(running, ("action", action), lambda clock: clock.filled(due, fact))
        case ActionDeadlineRevised(action=action, due=due):
            return _change(running, ("action", action), lambda clock: clock._replace(due=due, set_by=fact, is_revised=True))
        case ActionCompleted(action=action) | ActionVerified(action=action) | ActionWithdrawn(action=action):
            return _set_open(running, ("action", action), is_open=False)
        case ActionReopened(action=action):
            return _set_open(running, ("action", action), is_open=True)
        case ActionPlanRequested(plan=plan, due=due):
            return _change(running, ("plan", plan), lambda clock: clock.filled(due, fact))
        case ActionPlanSubmitted(plan=plan):
            return _set_open(running, ("plan", plan), is_open=False)
        case NoticeIssued():
            return _issue_notice(running, fact)
        case NoticeDetermined(notice=notice, requirement=str(requirement)):
            return _set_open(running, ("notice", notice, requirement), is_open=False)
        case NoticeDetermined(notice=notice) | NoticeWithdrawn(notice=notice):
            return _close_notice(running, notice)
        case _:
            return running


@attrs.frozen
class _Passing:
    """A deadline that passes: at the start of which day, of what, which due period, and what set it."""

    midnight: date
    thing: Thing
    due: When
    set_by: Event


def _passing(running: Running, since: date) -> list[_Passing]:
    """Give the deadlines that are yet to pass, each at the first midnight after *since* at which it does, in order."""
    found = [
        _Passing(max(last, since) + ONE_DAY, thing, clock.due, clock.set_by)
        for thing, clock in running.ahead.items()
        if (last := clock.last_day()) and clock.due and clock.set_by
    ]
    return sorted(found, key=lambda one: (one.midnight, one.thing))


def _earliest_last_day(fact: Event) -> date:
    """Give a day before the end of which no deadline passes that *fact* sets, or sets going again."""
    match fact:
        case ActionCommitted(due=due) | ActionDeadlineRevised(due=due) | ActionPlanRequested(due=due):
            return (due and due.latest) or date.max
        case NoticeIssued(requirements=requirements):
            return min((one.comply_by.latest or date.max for one in requirements if one.comply_by), default=date.max)
        case ActionReopened():
            return FIRST_DAY
        case _:
            return date.max


def _passed(running: Running, one: _Passing) -> Running:
    """Remember that a due period passed: each does so once."""
    return _change(running, one.thing, lambda clock: clock._replace(passed=clock.passed | {one.due.latest}))


def _pass(one: _Passing) -> Event:
    """Make the event of a deadline's passing."""
    trust, on = one.set_by.trust, When(one.midnight.isoformat())
    match one.thing:
        case ("action", action):
            return ActionDeadlinePassed(trust=trust, on=on, action=action, due=one.due)
        case ("plan", plan):
            return ActionPlanDeadlinePassed(trust=trust, on=on, plan=plan, due=one.due)
        case _:
            _, notice, requirement = one.thing
            return NoticeDeadlinePassed(trust=trust, on=on, notice=notice, requirement=requirement, due=one.due)


is_move = cast("Callable[[type[Event]], bool]", cache(lambda kind: issubclass(kind, MOVES)))
"""Whether events of a type do so; asked of every fact, so remembered by type."""


class Hands(NamedTuple):
    """How far the facts have come, and the deadlines that run: all that must be known to go on from there.

    Arguments:
        running: what is known of each deadline.
        day: the day of the last fact.
        soonest: a day before which no deadline that runs has its last day.

    """

    running: Running = Running()
    day: date = FIRST_DAY
    soonest: date = date.max

    def on(self, day: date) -> tuple["Hands", list[tuple[Event, Event]]]:
        """Go on to a day, inclusive; with the deadlines that pass at the midnights on the way, each with the fact that set its due."""
        if day <= self.soonest:
            return Hands(self.running, day, self.soonest), []
        coming = _passing(self.running, self.day)
        passing = [one for one in coming if one.midnight <= day]
        running = self.running
        for one in passing:
            running = _passed(running, one)
        soonest = min((one.midnight - ONE_DAY for one in coming[len(passing) :]), default=date.max)
        return Hands(running, day, soonest), [(_pass(one), one.set_by) for one in passing]

    def after(self, fact: Event) -> "Hands":
        """Take in a fact of the day."""
        if not is_move(type(fact)):
            return self
        return Hands(_run(self.running, fact), self.day, min(self.soonest, _earliest_last_day(fact)))


def with_causes(facts: Iterable[Event], until: date, hands: Hands | None = None) -> Iterator[tuple[Event, Event]]:
    """Yield what `with_midnights` does, each with its cause: a fact is its own, a pass has the fact that set its due.

    Arguments:
        facts: in the order they took effect.
        until: the last day, inclusive.
        hands: where to go on from, after the facts of a day that are not among *facts*; without it, from the beginning.

    """
    hands = hands or Hands()
    for fact in (fact for fact in facts if not isinstance(fact, PASSES)):
        day = fact.on.latest or until
        if day != hands.day:
            hands, passed = hands.on(day)
            yield from passed
        hands = hands.after(fact)
        yield fact, fact
    yield from hands.on(until)[1]


def with_midnights(facts: Iterable[Event], until: date) -> Iterator[Event]:
    """Yield *facts* in order and, between two days, the deadlines that pass at the midnights between, up to *until* inclusive.

    A deadline passes at the first midnight at or after the end of its due period at which the thing is open with that due:
    so on the day after the later of its last day and the day of the last fact, before everything of that day. Each due period of a
    thing passes once. Passes on record are left out: they are testimony, not facts.
    """
    return (event for event, _ in with_causes(facts, until))
