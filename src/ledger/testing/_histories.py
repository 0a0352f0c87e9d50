"""Histories that make sense, in order of recording: some of it late, imprecise, corrected or taken back."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .._entry import Citation, Draft
from .._ledger import Ledger
from ..errors import EventError
from ..events import Event
from ._events import FACTS, sources
from ._picks import FIRST, pick, pick_day, pick_when
from ._sensible import AHEAD, LATENESS, can_begin, needs, sensible, since
from ._steps import Confirmed, Corrected, Recorded, Step, Swept, TakenBack, after, new_ledger, play, tell

__all__ = ["ANYTHING", "histories", "ledgers", "stories", "story"]

SIZE = 8
PAUSE = 60

Next: TypeAlias = Callable[[list[Event], date], Step]
"""Draws the next step, from the facts that stand and the day."""
ANYTHING = ("record", "record", "record", "correct", "retract", "corroborate", "sweep")
"""What may be done to a ledger; mostly something is recorded."""


def _citation(draw: st.DrawFn, today: date) -> Citation:
    """Draw a source, published in the months before or after, or never."""
    day = pick_day(draw, today - LATENESS, today + LATENESS)
    return Citation(source=attrs.evolve(draw(sources()), published=pick(draw, [day.isoformat(), None])))


def _recorded(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], stand: list[Event], today: date) -> Recorded:
    cited = tuple(dict.fromkeys(_citation(draw, today) for _ in range(pick(draw, [1, 2]))))
    return Recorded(today, sensible(draw, trust, kinds, stand, today), cited)


def _corrected(draw: st.DrawFn, stand: list[Event], today: date) -> Corrected:
    """Draw a correction of a due period, or of a date that was misread."""
    wrong: Any = pick(draw, stand)
    if hasattr(wrong, "due") and draw(st.booleans()):
        return Corrected(today, wrong, attrs.evolve(wrong, due=pick_when(draw, today, today + AHEAD), by_rule=None))
    first = since(wrong, [event for event in stand if event != wrong])
    return Corrected(today, wrong, attrs.evolve(wrong, on=pick_when(draw, first, max(first, today))))


def _is_free(event: Event, stand: list[Event]) -> bool:
    """Whether an event can be taken back without leaving another to speak of what is not on record."""
    others = [one for one in stand if one != event]
    return not any(needs(one, others) for one in others)


def _step(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], stand: list[Event], today: date) -> Step:
    match pick(draw, ANYTHING) if stand else "record":
        case "correct":
            return _corrected(draw, stand, today)
        case "retract":
            return TakenBack(today, pick(draw, [event for event in stand if _is_free(event, stand)]))
        case "corroborate":
            return Confirmed(today, pick(draw, stand), _citation(draw, today))
        case "sweep":
            return Swept(today, today + timedelta(pick(draw, [0, 1, 400])))
        case _:
            return _recorded(draw, trust, kinds, stand, today)


def story(draw: st.DrawFn, step: Next, size: int, least: int = 0) -> list[Step]:
    """Draw what is done to a ledger, in order.

    Arguments:
        draw: draws.
        step: draws the next step, from the facts that stand and the day.
        size: how many steps there are at most.
        least: how many there are at least.

    """
    steps: list[Step] = []
    stand: list[Event] = []
    today = FIRST
    for place in range(size):
        today += timedelta(draw(st.integers(1, PAUSE)))
        for taken in draw(_turn(step, stand, today, is_due=size - place <= least - len(steps))):
            steps.append(taken)
            stand = after(stand, taken)
    return steps


@st.composite
def _turn(draw: st.DrawFn, step: Next, stand: list[Event], today: date, *, is_due: bool) -> list[Step]:
    """Draw a step or none; drawn on its own, so that each step of a story can be left out when it shrinks."""
    return [step(stand, today)] if draw(st.integers(0, 3)) or is_due else []


@st.composite
def stories(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], size: int = SIZE, least: int = 0) -> list[Step]:
    """Draw what is done to a ledger about one trust, that makes sense."""
    return story(draw, lambda stand, today: _step(draw, trust, kinds, stand, today), size, least)


def _checked(kinds: Sequence[type[Event]] | None) -> Sequence[type[Event]]:
    if kinds is None or can_begin(kinds):
        return kinds or FACTS
    named = ", ".join(kind.__name__ for kind in kinds)
    raise EventError(
        f"no history can begin with {named or 'no type at all'}: add a type that puts a thing on record, such as ActionCommitted",
        "kinds",
        kinds,
    )


def histories(
    trust: str = "RHA", kinds: Sequence[type[Event]] | None = None, *, size: int = SIZE
) -> SearchStrategy[list[Draft]]:
    """Draw what is to be recorded about one trust, in order of recording, each fact once and with a source.

    What a fact speaks of is on record before it: an action is committed to before it is revised or completed. Some facts are of
    imprecise date, and some are recorded months after they happened.

    Arguments:
        trust: the CQC provider id of the trust.
        kinds: the types to draw from; without them, every type that can be recorded.
        size: how many drafts there are at most.

    Raises:
        EventError: none of *kinds* can be the first of a history.

    """
    return _drafts(trust, _checked(kinds), size)


@st.composite
def _drafts(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], size: int) -> list[Draft]:
    steps = story(draw, lambda stand, today: _recorded(draw, trust, kinds, stand, today), size)
    return list({step.event: step.draft for step in steps if isinstance(step, Recorded)}.values())


def ledgers(trust: str = "RHA", kinds: Sequence[type[Event]] | None = None, *, size: int = SIZE) -> SearchStrategy[Ledger]:
    """Draw a ledger in memory about one trust, whose history is as `histories` draws them; what was done to it is told line by line.

    Some entries are recorded late, are of imprecise date, were corrected, taken back or corroborated; now and then it was swept.

    Arguments:
        trust: the CQC provider id of the trust.
        kinds: the types to draw from; without them, every type that can be recorded.
        size: how many things at most were done to it; at least one was.

    Raises:
        EventError: none of *kinds* can be the first of a history.

    """
    return _ledgers(trust, _checked(kinds), size)


@st.composite
def _ledgers(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], size: int) -> Ledger:
    ledger, clock = new_ledger(FIRST)
    steps = draw(stories(trust, kinds, size, 1))
    tell(steps)
    play(steps, ledger, clock)
    return ledger
