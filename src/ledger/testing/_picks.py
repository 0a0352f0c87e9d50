"""Picking one of some options, a day or a date as sources give them: what every strategy here is made of."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .._when import When

__all__ = ["FIRST", "LAST", "pick", "pick_day", "pick_when", "some_day", "whens"]

T = TypeVar("T")

FIRST = date(2023, 12, 30)
LAST = date(2026, 3, 2)  # a leap year's February, and the year after, lie between

some_day = st.dates(FIRST, LAST)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; a failing example shrinks towards the first.

    `sampled_from` would do the same, but is slow where the options are others each time.
    """
    return options[draw(st.integers(0, len(options) - 1))]


def pick_day(draw: st.DrawFn, first: date, last: date) -> date:
    """Draw a day, both bounds inclusive; a failing example shrinks towards the first."""
    return first + timedelta(draw(st.integers(0, (last - first).days)))


def pick_when(draw: st.DrawFn, first: date, last: date, *, precise: bool | None = None) -> When:
    """Draw a date as `whens` does."""
    one, other = sorted([pick_day(draw, first, last), pick_day(draw, first, last)])
    if precise or (precise is None and draw(st.integers(0, 2)) < 2):  # noqa: PLR2004  # two of three
        return When(one.isoformat())
    month, year = f"{one:%Y-%m}", f"{one:%Y}"
    quarter = f"{year}-{33 + (one.month - 1) // 3}"
    mark = pick(draw, ["", "", "?", "~", "%"])
    start = pick(draw, [one.isoformat(), month, ".."])
    end = other.isoformat() if start == ".." else pick(draw, [other.isoformat(), f"{other:%Y-%m}", ".."])
    return When(pick(draw, [month + mark, year + mark, quarter, one.isoformat() + mark, f"{start}/{end}"]))


_when = st.composite(pick_when)


def whens(first: date = FIRST, last: date = LAST, *, precise: bool | None = None) -> SearchStrategy[When]:
    """Draw a date as sources give them: a day, a month, a year, a quarter, an interval, about or perhaps.

    Arguments:
        first: the first day that it is drawn from, inclusive; a month or a year may begin before it.
        last: the last day, inclusive; a month or a year may end after it.
        precise: only days, or only what is less precise; without it, days in two of three.

    """
    return _when(first, last, precise=precise)
