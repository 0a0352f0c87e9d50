"""Histories of deadlines alone: a few are set, each lives its life, and the ledger is swept now and then."""

from datetime import timedelta

from hypothesis import strategies as st

from ..events import ActionCommitted, ActionPlanRequested, Event, NoticeIssued
from ._life import Life, live
from ._lives import of_action, of_notice, of_plan
from ._picks import FIRST, pick, pick_day
from ._sensible import AHEAD, sensible
from ._steps import Recorded, Step, Swept

__all__ = ["promises"]

TRUST = "RHA"
SETTING: tuple[type[Event], ...] = (ActionCommitted, ActionPlanRequested, NoticeIssued)
MANY = 4


@st.composite
def promises(draw: st.DrawFn) -> list[Step]:
    """Draw what is done to a ledger about one trust: up to four deadlines are set and kept, missed, moved or given up."""
    steps: list[Step] = []
    stand: list[Event] = []
    for _ in range(draw(st.integers(1, MANY))):
        day = pick_day(draw, FIRST, FIRST + AHEAD)
        stand.append(sensible(draw, TRUST, SETTING, stand, day))
        steps += [Recorded(day, stand[-1], ()), *_life(draw, Life(TRUST, stand[-1].about, [stand[-1]], day))]
    for _ in range(draw(st.integers(0, MANY))):
        just_before = pick(draw, steps).day - timedelta(1)  # what is recorded late contradicts what was noticed
        day = pick(draw, [just_before, pick_day(draw, FIRST, max(step.day for step in steps) + AHEAD)])
        steps.append(Swept(day, day + timedelta(pick(draw, [0, 0, 400]))))
    return sorted(steps, key=lambda step: step.day)


def _life(draw: st.DrawFn, life: Life) -> list[Step]:
    """Draw the life of what a fact set; of a notice, that of the first thing it requires."""
    match life.facts[0]:
        case NoticeIssued(notice=notice, requirements=[first, *_]):
            life.about = ("notice", notice, first.requirement)
            return live(draw, life, of_notice)
        case ActionCommitted():
            return live(draw, life, of_action)
        case ActionPlanRequested():
            return live(draw, life, of_plan)
        case _:
            return []
