"""CQC's “Care directory with ratings”: the monthly workbook of latest ratings, read into facts.

A row is one rating: of a provider, or of a location, overall or for a service, and overall or for a key question. It becomes one
`RatingPublished` on its publication date. Read are the sheets that have such rows (Locations and Providers), wherever the header
stands and in whatever order the columns come, and the long form made of the edition of March 2019 (`ORG_CODE`, `DATE`,
`POPULATION`, `QUESTION`, `RATING_SCORE`).

Not read, and why: names and addresses, because the day they began to hold isn't stated (they come from CQC's API and from the
Organisation Data Service); `Report Type`, because the service says the same; brands and links.

Two ratings of one slot on one day both come, as does a row that stands twice: the ledger keeps the first as two facts, the
second as one.
"""

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from .._entry import Citation, Draft, Source
from .._when import When
from ..events import Rating, RatingPublished
from ._cells import Cell, Sheet, is_blank
from ._columns import Column, Fault, Header, columns, find_header
from ._days import last_day
from ._place import Found, Problem, Spot

__all__ = ["SOURCE_TITLE", "published_in", "read", "source"]

SOURCE_TITLE = "Care directory with ratings"
"""What CQC calls the workbook; it bears no date, because its editions are one source."""
URL = "https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
SHEETS = ("Locations", "Providers")
"""The sheets that every edition has: one without ratings is a problem, where others are passed over."""
TOLD_BY = "“Service / Population Group”, “Domain” and “Latest Rating”"
"""The columns that tell a sheet of ratings from others."""
MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
EDITION = re.compile(rf"(?:(?<!\d)(\d{{1,2}})[ _-])?({'|'.join(MONTHS)})[ _-](\d{{4}})(?!\d)", re.IGNORECASE | re.ASCII)


def source(published: When) -> Source:
    """Give the workbook as a source; its editions differ only in when they were published."""
    return Source(publisher="Care Quality Commission", title=SOURCE_TITLE, marking="public", published=published, url=URL)


def published_in(name: str) -> When | None:
    """Give when an edition was published, as CQC's name for the file says: `01_March_2019_Latest_ratings.ods`.

    Arguments:
        name: the name of the file, or its path, of which only the name counts.

    Returns:
        The day, or the month where no day is named; `None` where the name says neither, names two, or names no day there is.

    """
    named = EDITION.findall(PurePath(name).name)
    if len(named) != 1:
        return None
    ((day, month, year),) = named
    try:
        first = date(int(year), MONTHS[month.lower()], int(day or 1))
    except ValueError:
        return None
    return When(first.isoformat() if day else first.isoformat()[: len("2019-03")])


def read(sheets: Iterable[Sheet | Problem], *, file: str, published: When) -> Iterator[Found | Problem]:
    """Give the ratings in the sheets of one file, and what is wrong with it, row by row; nothing is kept but ids and words.

    Arguments:
        sheets: the sheets in their order; problems among them are handed on.
        file: what to call the file in problems.
        published: when the edition was published; a rating dated after the last day that can mean is a problem.

    Raises:
        WhenError: *published* has no last day.

    """
    edition = _Edition(file, published)
    passed_over: list[Sheet] = []
    is_any_read = False
    for sheet in sheets:
        if isinstance(sheet, Problem):
            yield sheet
        else:
            rows = enumerate(sheet.rows, start=1)
            header = find_header(rows)
            if header is None and sheet.name not in SHEETS:
                passed_over.append(sheet)
                continue
            if header is None:
                yield edition.without_header(sheet.name)
            else:
                yield from edition.ratings(sheet.name, header, rows)
        is_any_read = True
    if not is_any_read:
        yield edition.unrecognised(passed_over)


class _Edition:
    """What every row of one file is read with; `providers` is the provider of each location so far."""

    def __init__(self, file: str, published: When) -> None:
        self.file = file
        self.last = last_day(published)
        self.source = source(published)
        self.providers: dict[str, str] = {}

    def spot(self, sheet: str, row: int | None = None) -> Spot:
        """Give the place of a row as a spreadsheet shows it; a CSV file has no sheet to name."""
        named = (f"sheet {sheet}" if sheet else "", f"row {row}" if row else "")
        return Spot(self.file, ", ".join(filter(None, named)))

    def unrecognised(self, sheets: Sequence[Sheet]) -> Problem:
        """Say that nothing in the file is a sheet of ratings."""
        names = ", ".join(sheet.name for sheet in sheets)
        found = f"; found only the sheets {names}" if names else "".join(f"; {sheet.hint}" for sheet in sheets if sheet.hint)
        return Problem(
            self.spot(""),
            f"no sheet holds ratings{found}: a header with {TOLD_BY} is due. "
            f"Give CQC's “{SOURCE_TITLE}”; the directory with filters is another file",
        )

    def without_header(self, sheet: str) -> Problem:
        """Say that a sheet that should hold ratings holds none."""
        return Problem(self.spot(sheet), f"no row names the columns {TOLD_BY}: get the file again from CQC")

    def ratings(self, sheet: str, header: Header, rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[Found | Problem]:
        """Give the ratings below a header, each row on its own."""
        if header.faults:
            yield from (Problem(self.spot(sheet, header.number), fault) for fault in header.faults)
            return
        read = columns(header, self.last)
        number = header.number
        for number, cells in rows:
            found, faults = _row(read, cells)
            if found and not faults:
                faults = self._of_two_providers(**found)
            if found and not faults:
                yield Found(self._draft(header.organisation, RatingPublished(**found)), self.spot(sheet, number))
            for fault in faults:
                yield Problem(self.spot(sheet, number), fault)
        if number == header.number:
            yield Problem(self.spot(sheet, number), "no row stands below the header: get the file again from CQC")

    def _of_two_providers(self, trust: str, location: str | None = None, **_: object) -> tuple[str, ...]:
        """Find a location that stands under two providers; what its first row said has been given by then."""
        standing = trust if location is None else self.providers.setdefault(location, trust)
        if standing == trust:
            return ()
        return (
            f"the location {location} stands under the provider {standing} further up and under {trust} here: one is wrong",
        )

    def _draft(self, organisation: str, event: RatingPublished) -> Draft:
        at = f"{organisation} {event.location or event.trust}, {event.service or 'Overall'}, {event.key_question}"
        return Draft(event=event, sources=(Citation(source=self.source, at=at, public_since=event.on),))


def _row(columns: Sequence[Column], cells: Sequence[Cell]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give what a row says, by field, and what is wrong with it; nothing of either where there is nothing to say.

    A row may end before its last column. A rating that CQC has not published has no date, and is none.
    """
    length = len(cells)
    found = {one.field: one.read(cells[one.place] if one.place < length else "") for one in columns}
    if Fault not in map(type, found.values()):
        return found, ()
    wrong = {one.name: found[one.field].message for one in columns if isinstance(found[one.field], Fault)}
    if found["rating"] is Rating.NONE_PUBLISHED:
        wrong = {one.name: wrong[one.name] for one in columns if one.name in wrong and not _is_undated(one, cells)}
    is_blank_row = all(map(is_blank, cells))
    return {}, () if is_blank_row else tuple(f"“{name}”: {message}" for name, message in wrong.items())


def _is_undated(column: Column, cells: Sequence[Cell]) -> bool:
    """Whether a column is the date, and nothing stands there."""
    return column.field == "on" and (column.place >= len(cells) or is_blank(cells[column.place]))
