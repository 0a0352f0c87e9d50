"""A workbook is a zip: what is looked at in it before anything unpacks it."""

import re
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from ..errors import LedgerError
from ._zips import DAMAGED, leads_out

__all__ = ["UnreadableError", "kind_of_zip"]

MOST_BYTES = 4 * 2**30
"""What a workbook may unpack to: CQC's unpack to somewhat over 1 GiB."""
MOST_TIMES = 200
"""How many times its size in the file a workbook may unpack to: CQC's unpack to about 40 times."""
CHUNK = 2**20
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
END = b"/office:document-content>"
FAR_OUT = [re.compile(rb"r=%b(?:[B-Z][A-Z]|[A-Z]{3})[0-9]" % quote) for quote in (b'"', b"'")]
"""The place of a cell beyond column AZ; two patterns, as one that begins with a fixed text is five times as fast."""
LONGEST_PLACE = 16
TABLE = re.compile(rb"table:table(?!-)[^>]*>")


class UnreadableError(LedgerError):
    """A file can't be read as sheets; the message says what it is instead, and what to do."""


def kind_of_zip(path: Path) -> str:
    """Tell which kind of workbook a zip is, `.xlsx` or `.ods`, once it is known to be safe and whole.

    Raises:
        UnreadableError: it is neither, it is damaged, its names climb out of it, or it would unpack to too much.

    """
    try:
        with ZipFile(path) as archive:
            _check(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                for name in sorted(name for name in names if name.startswith("xl/worksheets/")):
                    _check_width(archive, name)
                return ".xlsx"
            if {"mimetype", "content.xml"} <= names and _starts(archive, "mimetype", OPEN_DOCUMENT):
                with archive.open("content.xml") as content:
                    _check_is_whole(content)
                return ".ods"
    except DAMAGED as wrong:
        raise UnreadableError("is a damaged or locked zip or workbook: download it again") from wrong
    raise UnreadableError("is a zip that holds no .xlsx or .ods workbook: unpack it, and give the files that were in it")


def _check(archive: ZipFile) -> None:
    """Refuse a zip whose members climb out of it, or unpack to more than a workbook of CQC's can."""
    members = archive.infolist()
    if out := next(filter(leads_out, members), None):
        raise UnreadableError(
            f"holds a file named {out.orig_filename!r}, which points outside it: don't use it, get it again from CQC"
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_BYTES or unpacked > MOST_TIMES * sum(member.compress_size for member in members):
        raise UnreadableError(
            f"would unpack to {unpacked:,} bytes: more than {MOST_BYTES:,}, or more than {MOST_TIMES} times its size, is refused"
        )


def _starts(archive: ZipFile, name: str, due: bytes) -> bool:
    with archive.open(name) as member:
        return member.read(len(due)) == due


def _check_width(archive: ZipFile, name: str) -> None:
    """Refuse a sheet with a cell beyond the widest that CQC's can have.

    calamine makes room for every cell from the first to the last, used or not: one far out would take all the memory there is.
    """
    with archive.open(name) as sheet:
        rest = b""
        while chunk := sheet.read(CHUNK):
            if any(pattern.search(rest + chunk) for pattern in FAR_OUT):
                raise UnreadableError(
                    "has a sheet with cells beyond column AZ, where CQC's end at AB: see what is in it, and remove it"
                )
            rest = chunk[-LONGEST_PLACE:]


def _check_is_whole(content: IO[bytes]) -> None:
    """Refuse an OpenDocument spreadsheet that ends early or leaves a table open.

    calamine would look for the end of that table for ever, and would take a spreadsheet that ends between two for a whole one.
    """
    opened, rest = 0, b""
    while chunk := content.read(CHUNK):
        text, _, rest = (rest + chunk).rpartition(b"<")  # every tag in the text is whole; what follows may not be
        for tag in TABLE.finditer(text):
            is_closing = text[tag.start() - 1 : tag.start()] == b"/"
            is_empty = tag[0].endswith(b"/>")
            opened += -1 if is_closing else not is_empty
    if opened or not rest.startswith(END):
        raise UnreadableError("is an OpenDocument spreadsheet that ends early or is damaged: download it again")
