"""How an answer changed day by day, kept so that what another timeline has in common with it is not worked out again."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import compress, count, groupby
from operator import is_not
from typing import Any, Generic, TypeVar

import attrs

from ._midnights import Hands, with_causes
from ._projection import Projection
from .events import Event

__all__ = ["Point", "Track", "fold", "track"]

S = TypeVar("S")


@attrs.frozen
class Point(Generic[S]):
    """Where to go on from: how many facts were taken in, the answer after them, and the deadlines that run."""

    count: int
    state: S
    hands: Hands


@attrs.frozen
class Track(Generic[S]):
    """How an answer changed.

    Arguments:
        facts: what it rests on, in the order they take effect.
        points: one for each day of a fact, after all facts of that day, in order.
        days: the days from which each answer holds, in order.
        states: the answers.

    """

    facts: tuple[Event, ...]
    points: tuple[Point[S], ...]
    days: tuple[date, ...]
    states: tuple[S, ...]

    def __len__(self) -> int:
        """Tell how many answers are kept, and places to go on from."""
        return len(self.states) + len(self.points)

    def on(self, day: date, initial: S) -> S:
        """Give the answer on a day."""
        place = bisect_right(self.days, day)
        return self.states[place - 1] if place else initial

    def before(self, facts: Sequence[Event]) -> int:
        """Tell how many points come before the first day on which *facts* differ from the facts of the track."""
        same = _shared(self.facts, facts)
        differing = [one[same].on.latest or date.max for one in (self.facts, facts) if same < len(one)]
        return bisect_left(self.points, min(differing, default=date.max), key=_day)


def _day(point: Point[Any]) -> date:
    return point.hands.day


def _shared(one: Sequence[Event], other: Sequence[Event]) -> int:
    """Tell how many facts two sequences have in common from their start: the same ones, not equal ones, which a type may define."""
    return next(compress(count(), map(is_not, one, other)), min(len(one), len(other)))


def _start(answer: Projection[S], known: Track[S] | None, facts: Sequence[Event]) -> tuple[Point[S], int]:
    """Give where to go on from, and how many points of the known track come up to there."""
    place = known.before(facts) if known is not None else 0
    return (known.points[place - 1] if known is not None and place else Point(0, answer.initial, Hands())), place


def fold(answer: Projection[S], facts: Sequence[Event], until: date, known: Track[S] | None) -> S:
    """Give the answer after *facts* and the deadlines that pass by a day; a known track is gone along as far as it is the same."""
    start, _ = _start(answer, known, facts)
    state = start.state
    for event, _ in with_causes(facts[start.count :], until, start.hands):
        state = answer.step(state, event)
    return state


def track(answer: Projection[S], facts: tuple[Event, ...], until: date, known: Track[S] | None = None) -> Track[S]:
    """Work out how an answer changes; a known track is gone along as far as it is the same."""
    start, place = _start(answer, known, facts)
    points = list(known.points[:place]) if known is not None else []
    end = bisect_right(known.days, start.hands.day) if known is not None and place else 0
    days, states = (list(known.days[:end]), list(known.states[:end])) if known is not None else ([], [])
    state, hands, count = start.state, start.hands, start.count

    def then(day: date | None) -> None:
        if day is not None and (not days or days[-1] != day):
            days.append(day)
            states.append(state)
        elif day is not None:
            states[-1] = state

    for day, of_day in groupby(facts[start.count :], lambda fact: fact.on.latest):
        hands, passed = hands.on(day or until)
        for event, _ in passed:
            state = answer.step(state, event)
            then(event.on.latest)
        for fact in of_day:
            count += 1
            state, hands = answer.step(state, fact), hands.after(fact)
        then(day)
        points.append(Point(count, state, hands))
    for event, _ in hands.on(until)[1]:
        state = answer.step(state, event)
        then(event.on.latest)
    return Track(facts, tuple(points), tuple(days), tuple(states))
