"""The columns of CQC's latest ratings that are read, and how the header is found that names them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import attrs

from .. import vocabulary
from ..errors import LedgerError, WordError
from ..events import KeyQuestion, Rating
from ._cells import Cell, as_code, as_day, as_text

__all__ = ["Column", "Fault", "Header", "columns", "find_header"]

NAMES = {
    "trust": ("Provider ID", "ORG_CODE"),
    "location": ("Location ID",),
    "service": ("Service / Population Group", "POPULATION"),
    "key_question": ("Domain", "Key Question", "QUESTION"),
    "rating": ("Latest Rating", "RATING_SCORE"),
    "on": ("Publication Date", "DATE"),
    "inherited_from": ("Inherited Rating (Y/N)",),
}
"""What is read, and what CQC calls its column: now, in editions up to 2019, and in the long form."""
OPTIONAL = frozenset({"location", "inherited_from"})
TELLING = ("service", "key_question", "rating")
"""The columns that only a sheet of ratings has: a row that names two of them is its header."""
SCORES = {0: Rating.INADEQUATE, 1: Rating.REQUIRES_IMPROVEMENT, 2: Rating.GOOD, 3: Rating.OUTSTANDING}


@attrs.frozen
class Header:
    """The header of a sheet of ratings.

    Attributes:
        number: its row, from 1.
        names: what it holds, from the first column on.
        places: where each of `NAMES` stands, from 0.
        faults: what is wrong with it.

    """

    number: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    faults: tuple[str, ...]

    @property
    def organisation(self) -> str:
        """What the rows are about, for a citation: no row number, because rows move from edition to edition."""
        if "location" in self.places:
            return "Locations sheet, location"
        return "long form, provider" if "ORG_CODE" in self.names else "Providers sheet, provider"


def find_header(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Header | None:
    """Go through numbered rows as far as the header, and give it; `None` if they end before.

    A banner, of however many rows, may stand above it.
    """
    for number, cells in rows:
        names = tuple(cell.strip(" ") if isinstance(cell, str) else "" for cell in cells)
        if sum(not set(names).isdisjoint(NAMES[field]) for field in TELLING) > 1:
            return _header(number, names)
    return None


def _header(number: int, names: tuple[str, ...]) -> Header:
    """Say where the columns stand; a sheet that tells anything of locations must tell which: else the trust would get their ratings."""
    needed = [field for field in NAMES if field not in OPTIONAL]
    if any(name.startswith("Location ") for name in names):
        needed.append("location")
    places = {field: [place for place, name in enumerate(names) if name in NAMES[field]] for field in NAMES}
    missing = [f"“{NAMES[field][0]}”" for field in needed if not places[field]]
    twice = [f"“{names[place]}”" for found in places.values() if len(found) > 1 for place in found]
    found = ", ".join(filter(None, names))
    faults = ([f"there is no column {' or '.join(missing)}: the header has {found}"] if missing else []) + (
        [f"it can't be told which of the columns {', '.join(twice)} to read: remove all but one"] if twice else []
    )
    return Header(number, names, {field: found[0] for field, found in places.items() if found}, tuple(faults))


@attrs.frozen
class Fault:
    """What is wrong with a cell."""

    message: str


@attrs.frozen
class Column:
    """A column that is read: the field its cells fill, its name in the header, where it stands, and what reads a cell.

    `read` gives what a cell means, or a `Fault`.
    """

    field: str
    name: str
    place: int
    read: Callable[[Cell], Any]


def columns(header: Header, last: date) -> tuple[Column, ...]:
    """Give the columns of a sheet that are read; no date in them may lie after *last*.

    The same few thousand words, codes and days stand in hundreds of thousands of cells, so each is read once.
    """
    named = ((field, header.names[place], place) for field, place in header.places.items())
    return tuple(Column(field, name, place, _remembering(_reader(field, name, last))) for field, name, place in named)


def _reader(field: str, name: str, last: date) -> Callable[[Cell], Any]:
    if name == "RATING_SCORE":
        return _of_score
    return {
        "trust": as_code,
        "location": as_code,
        "service": _of_service,
        "key_question": _of_key_question,
        "rating": _of_rating,
        "on": lambda cell: as_day(cell, last),
        "inherited_from": _of_inherited,
    }[field]


def _remembering(read: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    @lru_cache(maxsize=None, typed=True)  # typed: 1, 1.0 and True are equal, and are different cells
    def remembered(cell: Cell) -> Any:
        try:
            return read(cell)
        except LedgerError as wrong:
            return Fault(str(wrong))

    return remembered


def _of_service(cell: Cell) -> str | None:
    word = as_text(cell)
    return None if word == "Overall" else vocabulary.service(word)


def _of_key_question(cell: Cell) -> KeyQuestion:
    return vocabulary.key_question(as_text(cell))


def _of_rating(cell: Cell) -> Rating:
    return vocabulary.rating(as_text(cell))


def _of_score(cell: Cell) -> Rating:
    """Read the long form's score: 0 Inadequate, 1 Requires improvement, 2 Good, 3 Outstanding."""
    number: object = cell
    if isinstance(cell, str):
        number = {"0": 0, "1": 1, "2": 2, "3": 3}.get(as_text(cell))
    if isinstance(number, bool) or number not in SCORES:
        raise WordError(f"{cell!r} is no score: 0 is Inadequate, 1 Requires improvement, 2 Good, 3 Outstanding", cell)
    return SCORES[number]


def _of_inherited(cell: Cell) -> str | None:
    """Read whether the rating passed on from another organisation: which one, the workbook doesn't say."""
    word = cell.strip(" ") if isinstance(cell, str) else cell
    if word not in ("Y", "N", ""):
        raise WordError(f"{cell!r} stands where Y, N or nothing is due", cell)
    return "not stated" if word == "Y" else None
