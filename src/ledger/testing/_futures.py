"""Futures: a ledger continued in every way that the domain allows."""

from collections.abc import Iterator, Sequence

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .._ledger import Ledger
from .._moves import About, is_about
from .._view import View
from .._when import LAST_DAY, day_of
from ..errors import NotOnRecordError
from ..projections import actions as all_actions
from ..projections import notices, plans
from ._clock import Clock
from ._life import Life, live
from ._lives import of_action, of_notice, of_plan
from ._picks import pick
from ._steps import Step, play, tell

__all__ = ["futures"]

TOLD_OF = {"action": of_action, "plan": of_plan, "notice": of_notice}
FEW = 3


def futures(ledger: Ledger, *, actions: Sequence[str] | None = None) -> SearchStrategy[Ledger]:
    """Draw a copy of a ledger that goes on from its last entry; what is recorded in it is told line by line.

    To each thing chosen happens nothing at all, or a few things in turn: it is done on time, late, or on time but recorded when that
    was past; reported on; its condition is resolved; it slips, once or again; is withdrawn, promised anew, verified, rechecked, reopened;
    the record of it is corrected or taken back. A failing example shrinks towards nothing at all, then towards the shortest story.

    Arguments:
        ledger: as it stands now; it is not touched.
        actions: the ids of the actions to continue, open or not; without them, up to three things that are open: actions, plans that
            were asked for, and what notices require.

    Raises:
        NotOnRecordError: the ledger is empty, or has no such action.

    """
    now = ledger.fork()
    if not now.entries:
        raise NotOnRecordError(
            "an empty ledger has no futures: record something first, or draw one with ledger.testing.ledgers()", "futures"
        )
    view = now.at(LAST_DAY)
    return _future(now, list(_open(view)) if actions is None else list(_named(view, actions)), is_named=actions is not None)


def _open(view: View) -> Iterator[tuple[str, About]]:
    """Give what is open: the trust, and what it is; of each notice, one thing that it requires."""
    for code in view.codes():
        yield from ((code, action.about) for action in view.of(code, all_actions).values() if action.is_open)
        yield from ((code, plan.about) for plan in view.of(code, plans).values() if not plan.submitted_on)
        for notice in view.of(code, notices).values():
            awaited = [one.requirement for one in notice.requirements if not one.determined_on]
            if awaited and not (notice.withdrawn_on or notice.determined_on):
                yield code, (*notice.about, awaited[0])


def _named(view: View, names: Sequence[str]) -> Iterator[tuple[str, About]]:
    """Give the actions of some names, of whatever trust."""
    for name in names:
        codes = [code for code in view.codes() if name in view.of(code, all_actions)]
        if not codes:
            there = ", ".join(action for code in view.codes() for action in view.of(code, all_actions)) or "none"
            raise NotOnRecordError(f"no action {name!r} is on record, so it has no futures; actions on record: {there}", name)
        yield from ((code, ("action", name)) for code in codes)


@st.composite
def _future(draw: st.DrawFn, now: Ledger, things: list[tuple[str, About]], *, is_named: bool) -> Ledger:
    last = now.entries[-1].recorded_at
    clock = Clock(last)
    ledger = now.fork(clock=clock)
    steps: list[Step] = []
    for code, about in things if is_named else _some(draw, things):
        facts = [e.fact for e in now.at(LAST_DAY).standing(code) if is_about(e.fact, about)]
        steps += live(draw, Life(code, about, facts, day_of(last)), TOLD_OF[about[0]])
    if not steps:
        note(f"After {day_of(last)}: nothing more is recorded")
    steps = sorted(steps, key=lambda step: step.day)
    tell(steps)
    play(steps, ledger, clock)
    return ledger


def _some(draw: st.DrawFn, things: list[tuple[str, About]]) -> list[tuple[str, About]]:
    """Draw up to a few of the things, each once."""
    return list(dict.fromkeys(pick(draw, things) for _ in range(draw(st.integers(1, FEW))) if things))
