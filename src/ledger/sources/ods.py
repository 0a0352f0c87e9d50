"""What the NHS Organisation Data Service publishes: names of trusts, and which organisation followed which, by ODS code."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

import attrs

from .._entry import Citation, Draft, Source
from .._show import listed
from .._when import When, day_in_words
from ..errors import EventError, WhenError
from ..events import Event, Succession, TrustRegistered, TrustSucceeded
from ..events._event import CODE
from ._cells import Cell, Sheet
from ._days import last_day
from ._ods_steps import Step, circles, grouped
from ._place import Found, Problem, Spot

__all__ = ["SOURCE_TITLE", "read", "source"]

SOURCE_TITLE = "Organisations and their successors"
"""What the data is called here; it bears no date, because its editions are one source."""
URL = "https://digital.nhs.uk/services/organisation-data-service"
TRUSTS = ("ods_code", "name", "type")
SUCCESSIONS = ("old_code", "new_code", "date")
NHS_BEGAN = date(1948, 7, 5)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def source(published: When) -> Source:
    """Give the data as a source; its editions differ only in when they were published."""
    return Source(publisher="NHS Organisation Data Service", title=SOURCE_TITLE, marking="public", published=published, url=URL)


def read(sheets: Iterable[Sheet | Problem], *, file: str, published: When) -> Iterator[Found | Problem]:
    """Read tables of trusts and tables of successions; the columns tell which. What is not understood is a problem, never a guess.

    Of trusts: `ods_code`, `name` and `type` make a `TrustRegistered`, of which only a bound is known for `on`. Other columns are left:
    other names are not said to be former ones, and membership of a region or an integrated care board bears no date.

    Of successions: the rows of one `old_code` and `date` make one `TrustSucceeded`. It is taken for a merger where several organisations
    went into one on that day, and for a split where one went into several; where both are so, or neither, how is not stated. To
    tell, the whole table is read before the first is given. Organisations that follow each other in a circle on one day are a problem.

    Arguments:
        sheets: the sheets of one file, each with its header in the first row that is not blank; problems among them are handed on.
        file: what to call the file in problems.
        published: when the data was published; what is dated after the last day that can mean is a problem.

    Raises:
        WhenError: *published* has no last day.

    """
    last = last_day(published)
    for sheet in sheets:
        if isinstance(sheet, Problem):
            yield sheet
        else:
            yield from _read(_Table(file, sheet.name, published, last), sheet)


@attrs.frozen
class _Table:
    """A table that is read: its file, its sheet, when it was published, and the last day that can mean."""

    file: str
    sheet: str
    published: When
    last: date

    def spot(self, number: int) -> Spot:
        return Spot(self.file, listed([f"sheet {self.sheet}" if self.sheet else None, f"row {number}"], ", "))

    def problem(self, number: int, *wrong: str) -> Problem:
        return Problem(self.spot(number), listed(wrong))

    def found(self, number: int, event: Event, at: str, *inferred: str) -> Found:
        draft = Draft(event=event, sources=[Citation(source=source(self.published), at=at)], inferred=inferred)
        return Found(draft, self.spot(number))


@attrs.frozen
class _Row:
    """A row: its number, its cells by the name of the column, and whether it has more of them than there are columns."""

    number: int
    cells: Mapping[str, str]
    is_too_long: bool

    def wrong(self, *codes: str) -> list[str]:
        """Say what is wrong with the row as a whole, and with codes in it."""
        told = ["there are more cells than columns: look for a comma without quotation marks"] if self.is_too_long else []
        no_code = (code for code in codes if not CODE.fullmatch(code))
        return told + [f"{code!r} is not an ODS code: it is 3 to 10 capital letters and digits" for code in no_code]


def _read(table: _Table, sheet: Sheet) -> Iterator[Found | Problem]:
    texts = ((number, [_text(cell) for cell in cells]) for number, cells in enumerate(sheet.rows, start=1))
    filled = ((number, cells) for number, cells in texts if any(cells))
    number, names = next(filled, (1, []))
    for columns, reader in READERS.items():
        if all(names.count(column) == 1 for column in columns):
            yield from reader(
                table, (_Row(at, dict(zip(names, cells, strict=False)), any(cells[len(names) :])) for at, cells in filled)
            )
            return
    there = f"the columns are {', '.join(filter(None, names))}" if names else "there is no row"
    due = f"give a table of trusts, with {', '.join(TRUSTS)}, or of successions, with {', '.join(SUCCESSIONS)}, each once"
    yield table.problem(number, f"{listed([there, sheet.hint], '; ')}: {due}")


def _text(cell: Cell) -> str:
    """Give what a cell holds as text: a spreadsheet's date as 2019-04-01, what else it has as it stands."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _trusts(table: _Table, rows: Iterable[_Row]) -> Iterator[Found | Problem]:
    seen: dict[str, int] = {}
    for row in rows:
        code, name = row.cells.get("ods_code", ""), row.cells.get("name", "")
        wrong = row.wrong(code)
        if code in seen:
            wrong.append(f"{code} stands in row {seen[code]} already: keep one of them")
        if not name:
            wrong.append("there is no name: give the one that the trust is registered under")
        if wrong:
            yield table.problem(row.number, *wrong)
            continue
        seen[code] = row.number
        known_by = When(f"../{table.last}")
        try:
            event = TrustRegistered(trust=code, on=known_by, name=name, kind=row.cells.get("type") or None)
        except EventError as refused:
            yield table.problem(row.number, str(refused))
        else:
            yield table.found(row.number, event, f"ODS code {code}", "on")


def _successions(table: _Table, rows: Iterable[_Row]) -> Iterator[Found | Problem]:
    steps: list[Step] = []
    told: list[tuple[int, Found | Problem]] = []
    for row in rows:
        step = _step(table, row)
        if isinstance(step, Problem):
            told.append((row.number, step))
        else:
            steps.append(step)
    wrong = dict(circles(steps))
    told += [(step.number, table.problem(step.number, why)) for step, why in wrong.items()]
    told += [(one.number, _found(table, one, by, how)) for one, by, how in grouped([s for s in steps if s not in wrong])]
    yield from (one for _, one in sorted(told, key=lambda numbered: numbered[0]))


READERS: Mapping[tuple[str, ...], Callable[[_Table, Iterable[_Row]], Iterator[Found | Problem]]] = {
    TRUSTS: _trusts,
    SUCCESSIONS: _successions,
}
"""What reads a table, by the columns that it must have."""


def _step(table: _Table, row: _Row) -> Step | Problem:
    old, new, day = (row.cells.get(column, "") for column in SUCCESSIONS)
    wrong = row.wrong(old, new)
    if old == new and not wrong:
        wrong.append(f"{old} is said to follow itself: correct the code that is wrong, or remove the row")
    try:
        on = _day(table, day)
    except WhenError as refused:
        return table.problem(row.number, *wrong, str(refused))
    return table.problem(row.number, *wrong) if wrong else Step(row.number, old, new, on)


def _day(table: _Table, text: str) -> date:
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise WhenError(f"{text!r} is not a day: write it as 2019-04-01", text)
    if not NHS_BEGAN <= day <= table.last:
        bounds = f"{day_in_words(NHS_BEGAN)}, when the NHS began, and {day_in_words(table.last)}, by when this was published"
        raise WhenError(f"{day_in_words(day)} does not lie between {bounds}: correct the date", text)
    return day


def _found(table: _Table, step: Step, by: frozenset[str], how: Succession) -> Found:
    event = TrustSucceeded(trust=step.old, on=When(str(step.on)), by=by, how=how)
    at = f"ODS code {step.old}, {event.on.in_words()}"
    return table.found(step.number, event, at, *([] if how is Succession.NOT_STATED else ["how"]))
