"""What a spreadsheet gives: sheets, and the cells of their rows; and how a cell is read as a text, a code or a day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

import attrs

from .._when import When
from ..errors import WhenError, WordError
from ..events._event import CODE
from ._days import possible

__all__ = ["Cell", "Sheet", "as_code", "as_day", "as_text", "is_blank"]

Cell: TypeAlias = str | float | date | time | timedelta
"""What stands in a cell; an empty one, and one that holds a formula's error, is `""`."""

EPOCH = date(1899, 12, 30)
"""The day that spreadsheets count days from."""
LAST_SERIAL = 2_958_465
"""The last day that spreadsheets count: 31 December 9999."""
DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
SERIAL = re.compile(r"\d{5}", re.ASCII)


@attrs.frozen
class Sheet:
    """One sheet of a workbook, or the whole of a CSV file.

    Attributes:
        name: the sheet's; empty for a CSV file.
        rows: the cells of every row from the first one on, blank rows too; they can be gone through once.
        hint: what may be wrong with the sheet if no header is found in it; empty where nothing seems so.

    """

    name: str
    rows: Iterable[Sequence[Cell]]
    hint: str = ""


def is_blank(cell: Cell) -> bool:
    """Whether nothing but spaces stands in a cell."""
    return isinstance(cell, str) and not cell.strip(" ")


def as_text(cell: Cell) -> str:
    """Give the text of a cell, without the spaces around it.

    Raises:
        WordError: there is none, or a number or a date stands in its place.

    """
    if not isinstance(cell, str):
        raise WordError(f"{cell} is a number or a date, where a text is due: put the cell right", cell)
    if is_blank(cell):
        raise WordError("blank, or a formula's error: fill it in from CQC's page, or remove the row", cell)
    return cell.strip(" ")


def as_code(cell: Cell) -> str:
    """Give the id of a provider or a location, such as `RHA` or `1-101639687`.

    Raises:
        WordError: it is none.

    """
    code = as_text(cell)
    if not CODE.fullmatch(code):
        raise WordError(f"{code!r} is no id of CQC's, such as RHA or 1-101639687", cell)
    return code


def as_day(cell: Cell, last: date) -> When:
    """Give the day in a cell: dd/mm/yyyy, a spreadsheet's date, or a number of days from 30 December 1899.

    Arguments:
        cell: what stands there.
        last: the last day that is possible, inclusive.

    Raises:
        WhenError: it is no day, or lies before 1 April 2009, when CQC began, or after *last*.

    """
    return possible(_as_date(cell), last)


def _as_date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return _of_serial(cell)
    text = as_text(cell)
    if SERIAL.fullmatch(text):
        return _of_serial(int(text))
    found = DAY.fullmatch(text)
    if found is None:
        raise WhenError(f"{text!r} is no date: write it as 27/02/2019", cell)
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise WhenError(f"there is no such day as {text!r}: check the date", cell) from wrong


def _of_serial(days: float) -> date:
    if isinstance(days, bool) or not 1 <= days <= LAST_SERIAL or days != int(days):
        raise WhenError(f"{days} is no date: as a number, a date is whole days from 30 December 1899", days)
    return EPOCH + timedelta(days=int(days))
