"""Histories that make no sense: any facts in any order, corrected into any others. What every fold and every view must bear."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..events import Event
from ._events import FACTS, TOPICS, citations, events
from ._histories import ANYTHING, story
from ._picks import pick
from ._steps import Confirmed, Corrected, Recorded, Step, Swept, TakenBack

__all__ = ["lives", "tangles"]

SIZE = 8


def lives(kinds: Sequence[Sequence[type[Event]]] = (), size: int = SIZE, **how: Any) -> SearchStrategy[list[Event]]:
    """Draw what happened to one trust: facts of some types, or of any topic or of one."""
    return st.sampled_from(kinds or [FACTS, *TOPICS]).flatmap(lambda some: st.lists(events(kinds=some), max_size=size, **how))


@st.composite
def tangles(draw: st.DrawFn, kinds: Sequence[Sequence[type[Event]]] = (), size: int = SIZE) -> list[Step]:
    """Draw what is done to a ledger about one trust: facts of some types, or of any topic or of one."""
    some = pick(draw, kinds or [FACTS, *TOPICS])
    return story(draw, lambda stand, today: _step(draw, some, stand, today), size)


def _step(draw: st.DrawFn, kinds: Sequence[type[Event]], stand: list[Event], today: date) -> Step:
    match pick(draw, ANYTHING) if stand else "record":
        case "correct":
            return Corrected(today, pick(draw, stand), draw(events(kinds=kinds)))
        case "retract":
            return TakenBack(today, pick(draw, stand))
        case "corroborate":
            return Confirmed(today, pick(draw, stand), draw(citations()))
        case "sweep":
            return Swept(today, today + timedelta(pick(draw, [0, 1, 400])))
        case _:
            return Recorded(today, draw(events(kinds=kinds)), tuple(draw(st.lists(citations(), max_size=2, unique=True))))
