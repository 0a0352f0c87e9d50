"""Putting on record that deadlines passed: what a sweep has to add, and up to which day it was done before."""

from collections.abc import Sequence
from datetime import date

from ._entry import Entry
from ._midnights import with_midnights
from ._timeline import timeline
from ._when import day_in_words, day_of
from .errors import SweepError
from .events import PASSES, ActionDeadlinePassed, ActionPlanDeadlinePassed, Event, NoticeDeadlinePassed

__all__ = ["check_today", "noticed", "once", "unswept"]


def noticed(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries that say a deadline was seen to pass: on record, not taken back, and not put there before it had passed."""
    replaced = {e.replaces for e in entries}
    passes = (e for e in entries if isinstance(e.event, PASSES) and e.number not in replaced)
    return [e for e in passes if e.fact.on.is_by(day_of(e.recorded_at))]


def once(event: Event) -> tuple[object, ...]:
    """Tell what is put on record once: the passing of one due period of one thing."""
    match event:
        case NoticeDeadlinePassed(notice=notice, requirement=requirement, due=due):
            return "notice", notice, requirement, due.latest
        case ActionDeadlinePassed(due=due) | ActionPlanDeadlinePassed(due=due):
            return *event.about, due.latest
        case _:
            raise TypeError(f"{type(event).__name__} is not the passing of a deadline")


def unswept(entries: Sequence[Entry], today: date, now: date) -> list[Event]:
    """Give the passes of one trust at the midnights up to the start of *today*, inclusive, that are not on record yet.

    A pass that was put on record ahead of its day counts until that day comes: then it was not seen to pass yet.

    Arguments:
        entries: everything on record about the trust, in order of number.
        today: the day that it is said to be.
        now: the day that it is by the ledger's clock.

    """
    replaced = {e.replaces for e in entries}
    ahead = (e for e in entries if isinstance(e.event, PASSES) and e.number not in replaced and not e.fact.on.is_by(now))
    on_record = {once(e.fact) for e in (*noticed(entries), *ahead)}
    facts = [e.fact for e in timeline(entries, on=today)]
    passed = (event for event in with_midnights(facts, today) if isinstance(event, PASSES))
    return [event for event in passed if once(event) not in on_record]


def check_today(entries: Sequence[Entry], today: date) -> None:
    """Refuse a day before that of the last pass that was seen: time does not run backwards.

    Raises:
        SweepError: a deadline is on record as passed on a later day.

    """
    reached = max((e.fact.on.latest for e in noticed(entries) if e.fact.on.latest), default=today)
    if today < reached:
        raise SweepError(
            f"the ledger was swept through {day_in_words(reached)} already: sweep as of that day or a later one", today
        )
