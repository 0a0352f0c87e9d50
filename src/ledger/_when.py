"""Dates as sources give them, days in London and instants in UTC.

`When` is an EDTF expression (Extended Date/Time Format, Library of Congress, 2019; ISO 8601-2): level 0, and the part of
levels 1 and 2 that sources use: a day, a month, a year, a calendar quarter (33 to 36), each with `?` (uncertain), `~`
(approximate) or `%` (both), and intervals of them, open at one end with `..`.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import attrs

from .errors import WhenError

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "Day",
    "Moment",
    "When",
    "day_in_words",
    "day_of",
    "in_utc",
    "of_utc",
    "to_day",
    "to_instant",
    "to_when",
    "utc_now",
]

FIRST_DAY = date(1948, 1, 1)
"""The first day a ledger can speak of: the NHS began in July 1948."""
LAST_DAY = date(9998, 12, 31)
"""The last day a ledger can speak of: one year before the calendar of the computer ends, so that a day after exists."""

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<qualifier>[?~%]?)", re.ASCII)
QUARTERS = {33: 1, 34: 4, 35: 7, 36: 10}
ADVICE = (
    "write 2027-03-31 (a day), 2027-03 (a month), 2027 (a year), 2027-33 to 2027-36 (a calendar quarter), "
    "2025-05/2025-08 (some time between), ../2026-03 (by), 2025-10/.. (from); add ~ for about, ? for uncertain"
)

Bounds: TypeAlias = tuple[date | None, date | None, str]


def _of_part(part: str, whole: str) -> Bounds:
    found = PART.fullmatch(part)
    if found is None:
        raise WhenError(f"can't read the date {whole!r}: {ADVICE}", whole)
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    if year is None or not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise WhenError(f"the year in {whole!r} is outside {FIRST_DAY.year} to {LAST_DAY.year}: check the date", whole)
    try:
        if month is None:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif day is None:
            start = QUARTERS.get(month, month)
            end = start + 2 if month in QUARTERS else start
            first, last = date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1])
        else:
            first = last = date(year, month, day)
    except ValueError as wrong:
        raise WhenError(f"there is no such date as {whole!r}: {ADVICE}", whole) from wrong
    return first, last, found["qualifier"]


@lru_cache(maxsize=65536)
def _bounds(expression: str) -> Bounds:
    start, slash, end = expression.partition("/")
    if not slash:
        return _of_part(start, expression)
    if start == end == "..":
        raise WhenError(f"{expression!r} says nothing about when: {ADVICE}", expression)
    earliest, _, before = (None, None, "") if start == ".." else _of_part(start, expression)
    _, latest, after = (None, None, "") if end == ".." else _of_part(end, expression)
    if earliest is not None and latest is not None and earliest > latest:
        raise WhenError(f"the interval {expression!r} runs backwards: write the earlier date first", expression)
    marks = {before, after} - {""}
    return earliest, latest, "%" if len(marks) > 1 else "".join(marks)


@attrs.frozen
class When:
    """When something happened, as precisely as a source says and no more.

    Arguments:
        expression: an EDTF expression, such as `2027-03-31`, `2027-03`, `2022`, `2024-07~`, `2025-05/2025-08`,
            `../2026-03`, `2025-10/..` or `2026-33`. Years run from 1948 to 9998, both inclusive.

    Attributes:
        earliest: the first day it can mean, inclusive; `None` where the start is open.
        latest: the last day it can mean, inclusive; `None` where the end is open.
        qualifier: `""`, `"?"` (uncertain), `"~"` (approximate) or `"%"` (both).

    Raises:
        WhenError: the expression can't be read, names no day there is, or runs backwards.

    """

    expression: str
    earliest: date | None = attrs.field(init=False, eq=False, repr=False)
    latest: date | None = attrs.field(init=False, eq=False, repr=False)
    qualifier: str = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Read the expression once; the bounds are kept because every view asks for them."""
        if not isinstance(self.expression, str):
            raise WhenError(f"{self.expression!r} is not a date: {ADVICE}", self.expression)
        earliest, latest, qualifier = _bounds(self.expression)
        object.__setattr__(self, "earliest", earliest)
        object.__setattr__(self, "latest", latest)
        object.__setattr__(self, "qualifier", qualifier)

    @property
    def is_precise(self) -> bool:
        """Whether it means one day and no doubt is marked."""
        return self.earliest == self.latest and self.earliest is not None and not self.qualifier

    def may_be_by(self, day: date) -> bool:
        """Whether it can mean *day* or a day before it."""
        return self.earliest is None or self.earliest <= day

    def is_by(self, day: date) -> bool:
        """Whether it means *day* or a day before it, whatever it means; an open end never does."""
        return self.latest is not None and self.latest <= day

    def __str__(self) -> str:
        """Give the expression."""
        return self.expression

    def in_words(self) -> str:
        """Say it as a board paper would: `31 March 2027`, `about July 2024`, `between October 2025 and March 2026`."""
        start, slash, end = self.expression.partition("/")
        if not slash:
            return _part_in_words(start)
        if start == "..":
            return f"by {_part_in_words(end)}"
        if end == "..":
            return f"from {_part_in_words(start)}, no end stated"
        return f"between {_part_in_words(start)} and {_part_in_words(end)}"


MONTHS = tuple(calendar.month_name)


def day_in_words(day: date) -> str:
    """Say a day as a board paper would: `31 March 2027`."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _part_in_words(part: str) -> str:
    plain = part.rstrip("?~%")
    about = {"~": "about ", "?": "possibly ", "%": "possibly about "}.get(part[len(plain) :], "")
    match [int(piece) for piece in plain.split("-")]:
        case [year, month, day]:
            return about + day_in_words(date(year, month, day))
        case [year, month] if month in QUARTERS:
            first = QUARTERS[month]
            return f"{about}{MONTHS[first]} to {MONTHS[first + 2]} {year}"
        case [year, month]:
            return f"{about}{MONTHS[month]} {year}"
        case _:
            return about + plain


Day: TypeAlias = date | str
"""A day, or its ISO 8601 text: `"2027-04-01"`."""
Moment: TypeAlias = datetime | date | str
"""An aware instant, or a day (the whole of it in London), or the ISO 8601 text of either."""


def day_of(instant: datetime) -> date:
    """Give the day that an aware instant falls on in London.

    Raises:
        WhenError: the instant has no time zone.

    """
    if instant.tzinfo is None:
        raise WhenError(f"{instant.isoformat()} has no time zone: add one, such as Z for UTC", instant)
    if not FIRST_DAY.year <= instant.year <= LAST_DAY.year:
        raise WhenError(
            f"the year in {instant.isoformat()} is outside {FIRST_DAY.year} to {LAST_DAY.year}: check the date", instant
        )
    return instant.astimezone(LONDON).date()


def to_day(value: Day) -> date:
    """Read a day: a date, an aware instant (its day in London), or ISO text such as `2027-04-01`.

    Raises:
        WhenError: it is not one day, or lies outside 1948 to 9998.

    """
    if isinstance(value, datetime):
        value = day_of(value)
    if isinstance(value, date):
        value = value.isoformat()
    if not DAY.fullmatch(str(value)):
        raise WhenError(f"{value!r} is not a day: write it as 2027-04-01", value)
    return date.fromisoformat(When(value).expression)


def to_instant(value: Moment) -> datetime:
    """Read a moment: a day means all of it in London, so its last microsecond; an instant must have a time zone.

    Raises:
        WhenError: it is neither, or it has no time zone.

    """
    if isinstance(value, str) and not DAY.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as wrong:
            raise WhenError(f"{value!r} is neither a day (2027-04-01) nor an instant (2027-04-01T09:30:00Z)", value) from wrong
    if isinstance(value, datetime):
        day_of(value)  # refuses an instant without a time zone
        return value.astimezone(UTC)
    midnight = datetime.combine(to_day(value) + ONE_DAY, time(), LONDON)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def to_when(value: When | Day) -> When:
    """Read a `When`: one that is one already, a day, or an EDTF expression.

    Raises:
        WhenError: it can't be read.

    """
    if isinstance(value, When):
        return value
    match value:
        case str():
            return _of_expression(value)
        case date():
            return When(to_day(value).isoformat())
        case _:
            return When(value)  # says what is wrong with it


@lru_cache(2**16)  # the same few thousand days stand in hundreds of thousands of facts
def _of_expression(expression: str) -> When:
    return When(expression)


def in_utc(instant: datetime) -> str:
    """Write an aware instant in the one form that is stored: in UTC, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def of_utc(text: str) -> datetime:
    """Read an instant in that form and no other, so that equal instants have equal texts.

    Raises:
        WhenError: it is in another form, or there is no such instant.

    """
    try:
        if INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as wrong:
        raise WhenError(f"{text!r} is not an instant: {wrong}", text) from wrong
    raise WhenError(f"{text!r} is not an instant in UTC, to the microsecond", text)


def utc_now() -> datetime:
    """Tell the time: the clock a ledger stamps entries by unless it is given another."""
    return datetime.now(UTC)
