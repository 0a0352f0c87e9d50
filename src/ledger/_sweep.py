"""Putting on record that deadlines passed: what a sweep has to add, and up to which day it was done before."""

from collections.abc import Sequence
from datetime import date

from ._entry import Entry
from ._timeline import timeline, with_midnights
from ._when import day_in_words, day_of
from .errors import SweepError
from .events import PASSES, ActionDeadlinePassed, ActionPlanDeadlinePassed, Event, NoticeDeadlinePassed

__all__ = ["check_today", "unswept"]


def _passes(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries that put a pass on record and were not taken back."""
    replaced = {e.replaces for e in entries}
    return [e for e in entries if isinstance(e.event, PASSES) and e.number not in replaced]


def _once(event: Event) -> tuple[object, ...]:
    """Tell what is put on record once: the passing of one due period of one thing."""
    match event:
        case NoticeDeadlinePassed(notice=notice, requirement=requirement, due=due):
            return "notice", notice, requirement, due.latest
        case ActionDeadlinePassed(due=due) | ActionPlanDeadlinePassed(due=due):
            return *event.about, due.latest
        case _:
            raise TypeError(f"{type(event).__name__} is not the passing of a deadline")


def unswept(entries: Sequence[Entry], today: date) -> list[Event]:
    """Give the passes of one trust at the midnights up to the start of *today*, inclusive, that are not on record yet.

    Arguments:
        entries: everything on record about the trust, in order of number.
        today: the day that it is.

    """
    on_record = {_once(e.fact) for e in _passes(entries)}
    facts = [e.fact for e in timeline(entries, on=today)]
    passed = (event for event in with_midnights(facts, today) if isinstance(event, PASSES))
    return [event for event in passed if _once(event) not in on_record]


def check_today(entries: Sequence[Entry], today: date) -> None:
    """Refuse a day before one that a sweep has reached: time does not run backwards.

    A pass that was put on record before its day came says nothing of how far a sweep had got.

    Raises:
        SweepError: the last sweep got further.

    """
    reached = max(
        (latest for e in _passes(entries) if (latest := e.fact.on.latest) and latest <= day_of(e.recorded_at)), default=today
    )
    if today < reached:
        raise SweepError(
            f"the ledger was swept through {day_in_words(reached)} already: sweep as of that day or a later one", today
        )
