"""A trust's facts in the order they take effect, each with the times between which it is told: to choose from again and again."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Generic, TypeVar

import attrs

from ._entry import Entry, Markings
from ._timeline import in_order
from .events import PASSES, Event

__all__ = ["FOR_EVER", "Course", "by_public", "by_record"]

MOMENT = timedelta(microseconds=1)
FOR_EVER = datetime.max.replace(tzinfo=UTC)
"""The instant up to which everything is told that nothing replaced."""


T = TypeVar("T", date, datetime)


@attrs.frozen
class Course(Generic[T]):
    """Facts in the order they take effect, each told from a time on until another, both inclusive.

    Arguments:
        days: the day from which each counts.
        told: the facts, each with the two times.

    """

    days: tuple[date, ...]
    told: tuple[tuple[T, T, Event], ...]

    def facts(self, at: T, *, on: date) -> tuple[Event, ...]:
        """Give the facts that are told at a time, of those that count on a day."""
        return tuple([fact for since, until, fact in self.told[: bisect_right(self.days, on)] if since <= at <= until])


def by_record(code: str, entries: Iterable[Entry], wanted: tuple[type[Event], ...]) -> Course[datetime]:
    """Tell each fact about a trust from the instant it was recorded until just before something replaced it."""
    known = list(entries)
    until: dict[int | None, datetime] = {}
    for e in known:
        until[e.replaces] = min(e.recorded_at - MOMENT, until.get(e.replaces, FOR_EVER))
    facts = in_order(e for e in known if isinstance(e.event, Event) and not isinstance(e.event, PASSES))
    chosen = [e for e in facts if isinstance(e.fact, wanted) and e.fact.trust == code]
    return Course(
        tuple(e.fact.on.latest or date.max for e in chosen),
        tuple((e.recorded_at, until.get(e.number, FOR_EVER), e.fact) for e in chosen),
    )


def by_public(stand: Iterable[Entry], markings: Markings, wanted: tuple[type[Event], ...]) -> Course[date]:
    """Tell each fact that stands from the day on which a source of it was public."""
    chosen = [(e, since) for e in in_order(stand) if isinstance(e.fact, wanted) and (since := e.public_from(markings))]
    return Course(
        tuple(e.fact.on.latest or date.max for e, _ in chosen), tuple((since, date.max, e.fact) for e, since in chosen)
    )
