"""The days and views at which a ledger's answers change, or should not: near every boundary that it has."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .._entry import Entry
from .._ledger import Ledger
from .._moves import dues
from .._view import View
from .._when import FIRST_DAY, LAST_DAY, Moment, When, day_of
from ._picks import FIRST, pick, pick_day
from ._shown import show_by_repr

__all__ = ["days", "views"]

show_by_repr(View)  # its entries would fill pages

LATEST = 6
ONE_DAY = timedelta(days=1)
ONE_MICROSECOND = timedelta(microseconds=1)
TWO_YEARS = timedelta(days=731)


def _whens(value: object) -> Iterator[When]:
    """Give every date in a value, however deep."""
    if isinstance(value, When):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _whens(one)
    elif attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            yield from _whens(getattr(value, field.name))


def _bounds(whens: Iterable[When | None]) -> list[date]:
    """Give the first and last days of dates, each once and in the order given: a last day is where most things change."""
    bounds = (bound for when in whens if when is not None for bound in (when.latest, when.earliest))
    return list(dict.fromkeys(bound for bound in bounds if bound is not None))


def _of_latest(entries: Sequence[Entry]) -> list[date]:
    """Give the days of the last few entries, the last first: what they say, and when they were recorded."""
    last = entries[: -LATEST - 1 : -1]
    return list(dict.fromkeys(day for e in last for day in (*_bounds(_whens(e.event)), day_of(e.recorded_at))))


def _of_deadlines(entries: Sequence[Entry]) -> list[date]:
    """Give the last days of deadlines, then the first: those to come before those past, the nearest first."""
    whens = [due for e in entries for due in dues(e.event).values() if due is not None]
    today = max((day_of(e.recorded_at) for e in entries), default=FIRST)
    lasts = {due.latest for due in whens}
    return sorted(set(_bounds(whens)), key=lambda day: (day not in lasts, day < today, abs(day - today)))


def _boundaries(entries: Sequence[Entry]) -> list[list[date]]:
    """Give the days at which something changes, by kind: deadlines, the last entries, facts, publications, recordings.

    The deadline that comes next comes first: an example shrinks towards the day after it, whatever else it leaves out.
    """
    said = [
        _of_deadlines(entries),
        _of_latest(entries),
        sorted(_bounds(when for e in entries for when in _whens(e.event))),
        sorted(_bounds(when for e in entries for when in _whens(e.sources))),
        sorted({day_of(e.recorded_at) for e in entries}),
    ]
    return [kind for kind in said if kind]


@attrs.frozen
class _Near:
    """What is near a ledger's boundaries: those by kind, and the first and last day that are worth a look."""

    boundaries: list[list[date]]
    first: date
    last: date

    @classmethod
    def of(cls, ledger: Ledger) -> "_Near":
        found = _boundaries(ledger.entries) or [[FIRST]]
        every = [day for kind in found for day in kind]
        return cls(found, min(every), min(max(every), LAST_DAY - TWO_YEARS) + TWO_YEARS)

    def draw(self, draw: st.DrawFn) -> date:
        """Draw a boundary or any other day, then step a day aside or stay."""
        kind = draw(st.integers(0, len(self.boundaries) + 2))
        if kind < len(self.boundaries):
            day = pick(draw, self.boundaries[kind])
        else:
            day = pick_day(draw, self.first, self.last)
            aims = [_month_end(day), _leap_day(day), day]
            day = aims[kind - len(self.boundaries)]
        return min(max(day + pick(draw, [ONE_DAY, 0 * ONE_DAY, -ONE_DAY]), FIRST_DAY), LAST_DAY)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _leap_day(day: date) -> date:
    """Give 29 February of the year, or of the last leap year before it."""
    return date(next(year for year in range(day.year, 0, -1) if calendar.isleap(year)), 2, 29)


def days(ledger: Ledger) -> SearchStrategy[date]:
    """Draw a day near a boundary that a ledger has, or any other through two years after the last.

    Boundaries are the first and last days of every deadline, of every date on which something took effect, of every publication,
    the days of recording, month ends and leap days; each with the day before and after. The last few entries are drawn near most.
    A failing example shrinks towards the day after the deadline that comes next.

    Arguments:
        ledger: as it stands now; one without entries gives days around 2024.

    """
    return _day(_Near.of(ledger))


@st.composite
def _day(draw: st.DrawFn, near: _Near) -> date:
    return near.draw(draw)


def views(ledger: Ledger) -> SearchStrategy[View]:
    """Draw a view of a ledger at any choice of the three times, each near a boundary.

    `known_at` is none, a day, or an instant: that of an entry, or a microsecond before it; `public_on` is none or a day.

    Arguments:
        ledger: as it stands now.

    """
    return _view(ledger, _Near.of(ledger))


@st.composite
def _moment(draw: st.DrawFn, ledger: Ledger, near: _Near) -> Moment | None:
    """Draw an instant at which something was recorded, or just before it, or a day, or none."""
    entries = ledger.entries
    match pick(draw, ["none", "none", "none", *(["instant", "before"] if entries else []), "day"]):
        case "instant":
            return pick(draw, entries).recorded_at
        case "before":
            return pick(draw, entries).recorded_at - ONE_MICROSECOND
        case "day":
            return near.draw(draw)
        case _:
            return None


@st.composite
def _view(draw: st.DrawFn, ledger: Ledger, near: _Near) -> View:
    public_on = near.draw(draw) if pick(draw, [False, False, True]) else None
    return ledger.at(near.draw(draw), known_at=draw(_moment(ledger, near)), public_on=public_on)
