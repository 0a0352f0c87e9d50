"""What laws are tried on: something that was done to a ledger, in sense or nonsense, and where to look at it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import attrs
from hypothesis import strategies as st

from .._ledger import Ledger
from .._projection import Projection
from .._view import View
from ..events import PASSES, Event
from ._events import CLOCKS, DEADLINES, FACTS, events
from ._histories import stories
from ._near import days, views
from ._picks import FIRST, pick
from ._promises import promises
from ._sensible import can_begin
from ._shown import show_by_repr
from ._steps import Recorded, Step, Swept, new_ledger, take, tell
from ._tangles import tangles

__all__ = ["Case", "cases", "kinds_of"]

LOOKS = 2
TRUST = "RHA"


@attrs.frozen
class Case:
    """Something that was done to a ledger, and where to look at it.

    Attributes:
        steps: what was done, in order.
        day: a day near one of the ledger's boundaries.
        views: a few views of the ledger.
        wrong: a fact that ought not to have been recorded.
        order: what was recorded of different days, in another order.
        cut: a place to stop at.

    """

    steps: tuple[Step, ...] = attrs.field(repr=False)
    day: date
    views: tuple[View, ...] = attrs.field(repr=False)
    wrong: Event = attrs.field(repr=False)
    order: tuple[Recorded, ...] = attrs.field(repr=False)
    cut: int

    @property
    def recorded(self) -> list[Recorded]:
        """What was recorded, each fact once."""
        return list({step.event: step for step in self.steps if isinstance(step, Recorded)}.values())

    def ledger(self, *, is_swept: bool = False) -> Ledger:
        """Give a ledger to which all that was done, with the sweeps or without; each step at the same instant."""
        *_, ledger = self.ledgers(is_swept=is_swept)
        return ledger

    def ledgers(self, *, is_swept: bool) -> Iterator[Ledger]:
        """Give an empty ledger, and the same one after each step."""
        ledger, clock = new_ledger(FIRST)
        yield ledger
        for place, step in enumerate(self.steps):
            if is_swept or not isinstance(step, Swept):
                clock.now = datetime.combine(step.day, time(), UTC) + timedelta(minutes=place)
                take(step, ledger)
            yield ledger


show_by_repr(Case)  # what was done is told line by line


def kinds_of(asked: Sequence[Projection[Any]]) -> list[list[type[Event]]]:
    """Give the types of event to draw from: all of them, those of one topic, those that one projection is asked about."""
    own = [[kind for kind in FACTS if issubclass(kind, answer.handles)] for answer in asked]
    passing = [DEADLINES for answer in asked if any(issubclass(kind, answer.handles) for kind in PASSES)]
    return [*(kinds for kinds in own if kinds), *passing, FACTS]


@st.composite
def cases(draw: st.DrawFn, kinds: Sequence[Sequence[type[Event]]]) -> Case:
    """Draw a case, of facts of one of some lists of types: nonsense, or sense, or of deadlines alone."""
    some = pick(draw, kinds)
    told = [tangles([some])]
    told += [stories(TRUST, some)] if can_begin(some) else []
    told += [promises(), promises()] if set(CLOCKS) & set(some) else []
    steps = tuple(draw(pick(draw, told)))
    tell(steps)
    case = Case(steps, FIRST, (), draw(events(TRUST, some)), (), draw(st.integers(0, len(steps))))
    ledger = case.ledger(is_swept=True)
    apart = {step.event.on.latest: step for step in case.recorded}
    return attrs.evolve(
        case,
        day=draw(days(ledger)),
        views=tuple(draw(views(ledger)) for _ in range(LOOKS)),
        wrong=pick(draw, [case.wrong, *(step.event for step in case.recorded)]),
        order=tuple(draw(st.permutations(list(apart.values())))),
    )
