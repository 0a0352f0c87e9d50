"""What becomes of one thing with a deadline, a step at a time: what is told of it, when it was, and when that is recorded."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from .._entry import Citation, Marking, Source
from .._moves import About, dues
from .._when import LAST_DAY, When
from ..events import Event, NoticeIssued
from ._picks import pick
from ._steps import Corrected, Recorded, Step, TakenBack, after

__all__ = ["Life", "Telling", "done", "later", "live", "misdated", "moved", "taken_back"]

LONGEST = 4
SOON = timedelta(days=90)
FAR = LAST_DAY - timedelta(days=3653)
"""As far ahead as stories go: there must be days left to be late on."""
DELAYS = (0, 0, 1, 42)
"""How many days after a fact it is recorded."""


@attrs.define
class Life:
    """What is on record about one thing, and what was done since.

    Attributes:
        trust: the trust it is of.
        about: the kind of thing and its id; of what a notice requires, that too.
        facts: what stands about it, in order of recording.
        today: the day of the last recording.
        steps: what was done since.

    """

    trust: str
    about: About
    facts: list[Event]
    today: date
    steps: list[Step] = attrs.field(factory=list)

    @property
    def since(self) -> date:
        """The day of the latest fact about it; news is of that day or later."""
        return max((fact.on.latest for fact in self.facts if fact.on.latest), default=self.today)

    @property
    def set_by(self) -> Event | None:
        """The latest fact that set a due period, or said that there is none."""
        return next((fact for fact in reversed(self.facts) if self.about in dues(fact)), None)

    @property
    def last_day(self) -> date:
        """The last day of the due period; where there is none, a day to come."""
        due = dues(self.set_by).get(self.about)
        return min((due.latest if due else None) or max(self.since, self.today) + SOON, FAR)

    def take(self, step: Step) -> None:
        """Take a step."""
        self.steps.append(step)
        self.facts = after(self.facts, step)
        self.today = step.day

    def say(self, draw: st.DrawFn, event: Event, *, not_before: date | None = None) -> None:
        """Record an event from a paper of the day; at once, or a day or six weeks later."""
        told = event.on.latest or self.today
        day = max(self.today, told, not_before or told) + timedelta(pick(draw, DELAYS))
        marking = pick(draw, [Marking.PUBLIC, Marking.PUBLIC, Marking.OFFICIAL])
        paper = Source(publisher="The trust", title=f"Board paper of {day}", published=day.isoformat(), marking=marking)
        self.take(Recorded(day, event, (Citation(source=paper),)))

    def day(self, draw: st.DrawFn) -> date:
        """Draw a day of news: from today, or from up to three months ago but after what is known; in a week, a month or a year."""
        first = max(self.since, self.today - pick(draw, [timedelta(), SOON]))
        return first + timedelta(draw(st.integers(0, pick(draw, [7, 31, 365]))))


Telling: TypeAlias = Callable[[st.DrawFn, Life], None]
"""Tells what happens next to a thing."""
Ending: TypeAlias = Callable[[st.DrawFn, Life, When], Event]
"""Draws the fact that ends a thing: done, sent, determined."""


def live(draw: st.DrawFn, life: Life, options: Callable[[Life], list[Telling]]) -> list[Step]:
    """Draw what becomes of a thing; a failing example shrinks towards nothing at all."""
    for _ in range(LONGEST):
        draw(_turn(life, options))
    return life.steps


@st.composite
def _turn(draw: st.DrawFn, life: Life, options: Callable[[Life], list[Telling]]) -> None:
    """Let something happen or not; drawn on its own, so that each turn of a story can be left out when it shrinks."""
    if draw(st.booleans()) and life.facts:
        pick(draw, options(life))(draw, life)


def done(ending: Ending) -> list[Telling]:
    """Give the ways in which a thing ends: on time, late, and on time but recorded only when that was past."""

    def on_time(draw: st.DrawFn, life: Life) -> None:
        day = life.last_day - timedelta(pick(draw, [0, 1, 30, 90]))
        life.say(draw, ending(draw, life, _as_told(draw, life, day)))

    def late(draw: st.DrawFn, life: Life) -> None:
        day = life.last_day + timedelta(pick(draw, [1, 2, 42, 200]))
        life.say(draw, ending(draw, life, _as_told(draw, life, day)))

    def back_dated(draw: st.DrawFn, life: Life) -> None:
        past = life.last_day + timedelta(pick(draw, [1, 42]))
        day = life.last_day - timedelta(pick(draw, [0, 1, 30]))
        life.say(draw, ending(draw, life, _as_told(draw, life, day)), not_before=past)

    return [on_time, late, back_dated]


def _as_told(draw: st.DrawFn, life: Life, day: date) -> When:
    """Give a day, or that of the latest fact where it would be before, as a source tells it: the day, or only the month."""
    told = max(day, life.since)
    is_month = draw(st.integers(0, 3)) == 3 and told.replace(day=1) >= life.since  # noqa: PLR2004  # one in four
    return When(f"{told:%Y-%m}" if is_month else told.isoformat())


def later(draw: st.DrawFn, life: Life) -> When:
    """Draw a due period after the one in force, a month to a year on: a month, or a day."""
    day = life.last_day + timedelta(pick(draw, [31, 92, 184, 365]))
    return When(pick(draw, [f"{day:%Y-%m}", day.isoformat()]))


def moved(draw: st.DrawFn, life: Life) -> None:
    """Correct the record, so that the due period is another."""
    wrong: Any = life.set_by
    due = later(draw, life)
    if isinstance(wrong, NoticeIssued):
        required = (
            attrs.evolve(r, comply_by=due, by_rule=None) if r.requirement == life.about[2] else r for r in wrong.requirements
        )
        event: Event = attrs.evolve(wrong, requirements=tuple(required))
    else:
        event = attrs.evolve(wrong, due=due, by_rule=None)
    life.take(Corrected(life.today + timedelta(pick(draw, DELAYS)), wrong, event))


def misdated(draw: st.DrawFn, life: Life) -> None:
    """Correct the record, so that the last thing told of happened on another day, on time or late."""
    *before, wrong = life.facts
    first = attrs.evolve(life, facts=before).since
    on = max(first, life.last_day + timedelta(pick(draw, [0, -1, 1, -42, 42])))
    day = max(life.today, on) + timedelta(pick(draw, DELAYS))
    life.take(Corrected(day, wrong, attrs.evolve(wrong, on=on)))


def taken_back(draw: st.DrawFn, life: Life) -> None:
    """Take back the last thing told of."""
    life.take(TakenBack(life.today + timedelta(pick(draw, DELAYS)), life.facts[-1]))
