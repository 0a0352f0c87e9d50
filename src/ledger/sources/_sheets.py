"""Workbooks and CSV files on disk, as sheets of rows: the edge, so that what reads the rows needs no files.

What a file is, its content says; a name that says otherwise is a problem, because a program that goes by the name would read
rubbish. `.xlsx` and `.ods` are read by python-calamine, which holds one workbook's cells in memory; no row is kept here.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import MissingExtraError
from ._archive import UnreadableError, kind_of_zip
from ._cells import Cell, Sheet
from ._place import Problem, Spot

__all__ = ["sheets"]

START = 4096
"""How much of a file is looked at to tell what it is."""
KINDS = {".xlsx": "an Excel workbook", ".ods": "an OpenDocument spreadsheet", ".csv": "a text file, as a CSV file is"}
OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password: save it as .xlsx without a password"),
    (b"%PDF", "a PDF document: give the workbook or the CSV file that CQC publishes"),
    (b"<", "a web page or XML, not a workbook: download the file again, and see that it opens as a spreadsheet"),
)


def sheets(path: Path, *, file: str) -> Iterator[Sheet | Problem]:
    """Give the sheets of an `.xlsx`, `.ods` or `.csv` file in their order, each to be gone through before the next.

    Arguments:
        path: where the file is. A CSV file must be in UTF-8, with or without a byte-order mark, and parted by commas.
        file: what to call it in problems.

    Raises:
        MissingExtraError: it is a workbook, and python-calamine isn't installed.

    """
    try:
        kind = _kind(path)
        yield from _of_csv(path) if kind == ".csv" else _of_workbook(path, file)
    except OSError as wrong:
        yield Problem(Spot(file), f"can't be read: {wrong.strerror or wrong}")
    except UnreadableError as wrong:
        yield Problem(Spot(file), str(wrong))


def _kind(path: Path) -> str:
    """Tell from its content what a file is, by the ending that is right for it."""
    with path.open("rb") as body:
        start = body.read(START)
    for signature, what in OTHERS:
        if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(signature):
            raise UnreadableError(f"is {what}")
    if not start:
        raise UnreadableError("is empty: download it again")
    kind = kind_of_zip(path) if start.startswith(b"PK\x03\x04") else ".csv"
    named = path.suffix.lower()
    if named in KINDS and named != kind:
        raise UnreadableError(f"is named {named}, but is {KINDS[kind]}: if it is the right file, rename it to end in {kind}")
    return kind


def _of_csv(path: Path) -> Iterator[Sheet]:
    """Give the one sheet of a CSV file, once it is known that all of it can be read: half an edition would mislead."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        lines = csv.reader(text, strict=True)
        try:
            first = next(filter(None, lines), [])
            deque(lines, maxlen=0)
        except UnicodeDecodeError as wrong:
            raise UnreadableError(f"is not text in UTF-8 at line {_not_utf8(path)}: save it anew as “CSV UTF-8”") from wrong
        except csv.Error as wrong:
            raise UnreadableError(
                f"can't be read at line {lines.line_num} ({wrong}): look for an unclosed quotation mark"
            ) from wrong
    yield Sheet("", _rows(path), _hint(first))


def _not_utf8(path: Path) -> int:
    """Give the number of the first line, from 1, that is not UTF-8; a reader of text, which reads ahead, can't tell."""
    with path.open("rb") as lines:
        return next(number for number, line in enumerate(lines, start=1) if line.decode(errors="ignore").encode() != line)


def _hint(first: Sequence[str]) -> str:
    """Say what may part the columns of a file, if not commas."""
    parted = [name for sign, name in (("\t", "tabs"), (";", "semicolons")) if any(sign in cell for cell in first)]
    return f"the columns seem to be parted by {' or '.join(parted)}, where commas are due" if parted else ""


def _rows(path: Path) -> Iterator[Sequence[Cell]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        yield from csv.reader(text, strict=True)


def _of_workbook(path: Path, file: str) -> Iterator[Sheet | Problem]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  # an extra: only workbooks need it
    except ImportError as wrong:
        raise MissingExtraError(
            "reading .xlsx and .ods needs python-calamine: pip install 'trust-ledger[workbooks]', or save the sheets as CSV files",
            "workbooks",
        ) from wrong
    try:
        workbook = CalamineWorkbook.from_path(path)
    except CalamineError as wrong:
        raise UnreadableError(
            f"is a workbook that can't be read ({wrong}): open it in a spreadsheet program, save it anew"
        ) from wrong
    with workbook:
        for name in workbook.sheet_names:
            try:
                sheet = workbook.get_sheet_by_name(name)
            except CalamineError as wrong:
                yield Problem(Spot(file, f"sheet {name}"), f"can't be read ({wrong}): open the workbook and save it anew")
            else:
                yield Sheet(name, sheet.iter_rows())
