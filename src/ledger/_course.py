"""A trust's facts in the order they take effect, each with the times between which it is told: to choose from again and again."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import attrs

from ._entry import Entry, Markings
from ._timeline import in_order
from .events import PASSES, Event

__all__ = ["Course", "by_public", "by_record"]

EPOCH = datetime(1, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FOR_EVER = (datetime.max.replace(tzinfo=UTC) - EPOCH) // MICROSECOND


@attrs.frozen
class Course:
    """Facts in the order they take effect, each told from a time on until another, both inclusive.

    Arguments:
        days: the day from which each counts.
        told: the facts, each with the two times as whole numbers, which are compared faster: microseconds or days.

    """

    days: tuple[date, ...]
    told: tuple[tuple[int, int, Event], ...]

    def facts(self, at: datetime | date | None, *, on: date) -> tuple[Event, ...]:
        """Give the facts that are told at a time, or in the end, of those that count on a day."""
        time = FOR_EVER if at is None else _counted(at)
        return tuple([fact for since, until, fact in self.told[: bisect_right(self.days, on)] if since <= time <= until])


def _counted(at: datetime | date) -> int:
    return (at - EPOCH) // MICROSECOND if isinstance(at, datetime) else at.toordinal()


def by_record(code: str, entries: Iterable[Entry], wanted: tuple[type[Event], ...]) -> Course:
    """Tell each fact about a trust from the instant it was recorded until just before something replaced it."""
    known = list(entries)
    until: dict[int | None, int] = {}
    for e in known:
        until[e.replaces] = min(_counted(e.recorded_at) - 1, until.get(e.replaces, FOR_EVER))
    facts = in_order(e for e in known if isinstance(e.event, Event) and not isinstance(e.event, PASSES))
    chosen = [e for e in facts if isinstance(e.fact, wanted) and e.fact.trust == code]
    return Course(
        tuple(e.fact.on.latest or date.max for e in chosen),
        tuple((_counted(e.recorded_at), until.get(e.number, FOR_EVER), e.fact) for e in chosen),
    )


def by_public(stand: Iterable[Entry], markings: Markings, wanted: tuple[type[Event], ...]) -> Course:
    """Tell each fact that stands from the day on which a source of it was public."""
    chosen = [(e, since) for e in in_order(stand) if isinstance(e.fact, wanted) and (since := e.public_from(markings))]
    return Course(
        tuple(e.fact.on.latest or date.max for e, _ in chosen),
        tuple((_counted(since), FOR_EVER, e.fact) for e, since in chosen),
    )
