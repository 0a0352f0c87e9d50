"""What a file on disk is, its content says; it comes as sheets of rows, or as a problem that says what to do."""

import re
import sys
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ledger.errors import MissingExtraError
from ledger.sources import Problem, Spot, _archive, _sheets
from ledger.sources._cells import Cell, Sheet
from tests.sources.books import write_ods, write_xlsx

README: list[list[Cell]] = [["Read me"], [], ["", "Notes"]]
LOCATIONS: list[list[Cell]] = [["ID", "Date", "Days"], ["1-1", date(2019, 3, 1), 43525], ["Łódź & “Co”", "", 2.5]]


def read(path: Path) -> dict[str, list[list[Cell]]]:
    """Give the rows of a file by sheet."""
    found: dict[str, list[list[Cell]]] = {}
    for sheet in _sheets.sheets(path, file="given"):
        assert isinstance(sheet, Sheet)
        found[sheet.name] = [list(row) for row in sheet.rows]
    return found


def problem(path: Path) -> str:
    """Give the message of the one problem that a file is; it bears the name that the file was given."""
    (found,) = _sheets.sheets(path, file="given")
    assert isinstance(found, Problem)
    assert found.place == Spot("given")
    return found.message


@pytest.mark.parametrize(
    ("write", "name"), [(write_xlsx, "a.xlsx"), (write_ods, "a.ods"), (write_xlsx, "a.XLSX"), (write_ods, "a")]
)
def test_a_workbook_gives_its_sheets_with_every_row(tmp_path: Path, write: type, name: str) -> None:
    """Sheets come in their order, rows from the first one on so that they can be counted, and cells with their kind."""
    path = write(tmp_path / name, {"README": README, "Locations": LOCATIONS, "Empty": []})
    assert read(path) == {
        "README": [["Read me", ""], ["", ""], ["", "Notes"]],
        "Locations": LOCATIONS,
        "Empty": [],
    }


def test_blank_rows_at_the_top_are_counted(tmp_path: Path) -> None:
    """A row has the number that a spreadsheet shows."""
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [[], [], ["x"]]})
    assert read(path) == {"S": [[""], [""], ["x"]]}


def test_a_cell_with_a_formulas_error_is_blank(tmp_path: Path) -> None:
    """Nothing can be read from it, whatever the error."""
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["#N/A", "#REF!", "x"]]})
    assert read(path) == {"S": [["", "", "x"]]}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_file_is_one_sheet_of_texts(tmp_path: Path, mark: bytes) -> None:
    """It is in UTF-8, with or without a byte-order mark; blank lines are rows, and a row may be shorter than others."""
    path = tmp_path / "a.csv"
    path.write_bytes(mark + 'ID,Name\r\n\r\n1-1,"High Street, Łódź"\r\n1-2\r\n'.encode())
    assert read(path) == {"": [["ID", "Name"], [], ["1-1", "High Street, Łódź"], ["1-2"]]}


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.xlsx", b"ID,Name\n1-1,A\n", "is named .xlsx, but is a text file, as a CSV file is: .* rename it to end in .csv"),
        ("a.ods", b"ID,Name\n1-1,A\n", "is named .ods, but is a text file"),
        ("a.xlsx", b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>", "is a web page"),
        ("a.csv", b"<html><body>Sorry</body></html>", "is a web page"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook .*save it as .xlsx without a password"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook"),
        ("a.csv", b"%PDF-1.7", "is a PDF document"),
        ("a.csv", b"ID,Name\n1-1,Caf\xe9\n", "is not text in UTF-8 at line 2: save it anew as “CSV UTF-8”"),
        ("a.csv", b"ID,Name\n" * 9_999 + b"1-1,Caf\xe9\n" * 9, "is not text in UTF-8 at line 10000:"),
        ("a.csv", "ID,Łódź\n".encode() + b"1-1,\xc5", "is not text in UTF-8 at line 2:"),
        ("a.csv", "ID,Name\n1-1,A\n".encode("utf-16"), "is not text in UTF-8 at line 1:"),
        ("a.csv", b'ID,Name\n1-1,"A\n1-2,B\n', "can't be read at line 3 .*quotation mark"),
        ("a.xlsx", b"PK\x03\x04 and then nothing more", "is a damaged or locked zip"),
    ],
)
def test_what_a_file_is_not_is_said(tmp_path: Path, name: str, body: bytes, message: str) -> None:
    """A file that is something else than its name says, or can't be read to its end, is one problem and gives no row."""
    path = tmp_path / name
    path.write_bytes(body)
    assert re.search(message, problem(path))


@pytest.mark.parametrize(
    ("first", "parted"),
    [("ID,Name", None), ("ID;Name", "semicolons"), ("ID\tName", "tabs"), ("\n\nID;A\tB", "tabs or semicolons")],
)
def test_a_csv_file_parted_by_something_else_gives_a_hint(tmp_path: Path, first: str, parted: str | None) -> None:
    """It is said only where no header is found: a banner may have a semicolon in it."""
    path = tmp_path / "a.csv"
    path.write_text(f"{first}\n1-1;A\n")
    (sheet,) = _sheets.sheets(path, file="given")
    assert isinstance(sheet, Sheet)
    assert sheet.hint == (f"the columns seem to be parted by {parted}, where commas are due" if parted else "")


def test_a_workbook_named_as_a_csv_file_is_a_problem(tmp_path: Path) -> None:
    """The right ending is named."""
    message = problem(write_xlsx(tmp_path / "a.csv", {"S": [["x"]]}))
    assert message == "is named .csv, but is an Excel workbook: if it is the right file, rename it to end in .xlsx"
    assert "rename it to end in .ods" in problem(write_ods(tmp_path / "a.xlsx", {"S": [["x"]]}))


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write a zip, and give its path."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return path


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:/evil.xml"])
def test_a_zip_with_a_name_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    """A name that points outside the zip is never legitimate."""
    message = problem(zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<workbook/>", name: b""}))
    assert message.startswith(f"holds a file named {name!r}, which points outside it")


@pytest.mark.parametrize(("column", "is_read"), [(51, True), (52, True), (53, False), (16_384, False)])
def test_a_cell_far_out_is_refused(tmp_path: Path, column: int, is_read: bool) -> None:
    """One cell beyond column AZ would make calamine take all the memory there is; CQC's sheets end at column AB."""
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [["x"], [""] * (column - 1) + ["y"]]})

    (found,) = _sheets.sheets(path, file="a.xlsx")
    assert isinstance(found, Sheet) is is_read
    if isinstance(found, Problem):
        assert found.message.startswith("has a sheet with cells beyond column AZ")


@pytest.mark.parametrize(("times", "message"), [(199, "can't be read"), (201, "would unpack to")])
def test_a_zip_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path, times: int, message: str) -> None:
    """The bound is 200 times: CQC's workbooks unpack to about 40."""
    path = zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": bytes(1_000_000)})
    with ZipFile(path, "a") as archive:
        (packed,) = archive.infolist()
        stored = (packed.file_size - times * packed.compress_size) // (times - 1)
        archive.writestr("as it is", bytes(stored))
    assert message in problem(path)


def test_a_zip_that_unpacks_to_more_than_any_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is inclusive: exactly as much may be unpacked."""
    path = write_ods(tmp_path / "a.ods", {"S": [["x"]]})
    with ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
    monkeypatch.setattr(_archive, "MOST_BYTES", size)
    assert read(path) == {"S": [["x"]]}
    monkeypatch.setattr(_archive, "MOST_BYTES", size - 1)
    assert problem(path).startswith(f"would unpack to {size:,} bytes: more than {size - 1:,}")


def test_a_zip_that_is_no_workbook_is_a_problem(tmp_path: Path) -> None:
    """CQC published some editions in a zip: it is to be unpacked."""
    assert "unpack it" in problem(zipped(tmp_path / "a.zip", {"01_March_2019_Latest_ratings.csv": b"x"}))
    assert "unpack it" in problem(zipped(tmp_path / "a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text"}))


def test_a_workbook_with_a_broken_sheet_gives_the_others(tmp_path: Path) -> None:
    """A sheet that can't be read is a problem with its name; the others still come."""
    whole = write_xlsx(tmp_path / "whole.xlsx", {"A": [["x"]], "B": [["y"]]})
    with ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData><row><c></row>"
    broken, other = _sheets.sheets(zipped(tmp_path / "broken.xlsx", members), file="given")
    assert isinstance(broken, Problem)
    assert broken.place == Spot("given", "sheet A")
    assert isinstance(other, Sheet)
    assert list(other.rows) == [["y"]]


def test_a_spreadsheet_that_ends_early_is_a_problem(tmp_path: Path) -> None:
    """Wherever it ends, it never passes for a whole one, and reading it comes to an end; a table without rows is whole."""
    whole = write_ods(tmp_path / "whole.ods", {"A": [["x"]], "B": [["y"]]})
    with ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    content = members["content.xml"]
    ends = [place + 1 for place, letter in enumerate(content[:-1]) if letter == ord(">")]
    damaged = [content[:end] for end in ends] + [content.replace(b"</table:table>", b"", 1)]
    for number, body in enumerate(damaged):
        path = zipped(tmp_path / f"{number}.ods", {**members, "content.xml": body})
        assert problem(path) == "is an OpenDocument spreadsheet that ends early or is damaged: download it again"
    empty = content.replace(b"<table:table ", b'<table:table table:name="E"/><table:table ', 1)
    assert read(zipped(tmp_path / "empty.ods", {**members, "content.xml": empty})) == {"E": [], "A": [["x"]], "B": [["y"]]}


def test_a_damaged_workbook_is_a_problem(tmp_path: Path) -> None:
    """Whichever of its bytes is wrong or where it is cut short, a file comes as sheets or as problems, never as another error."""
    whole = write_ods(tmp_path / "whole.ods", {"A": [["x"]], "B": [["y"]]})
    with ZipFile(whole) as archive:
        packed = zipped(tmp_path / "a.ods", {name: archive.read(name) for name in archive.namelist()})
    body = packed.read_bytes()
    damaged = [body[:at] + bytes([body[at] ^ 0xFF]) + body[at + 1 :] for at in range(4, len(body))]
    found = []
    for one in damaged + [body[:at] for at in range(4, len(body), 7)]:
        packed.write_bytes(one)
        found += [type(sheet) for sheet in _sheets.sheets(packed, file="given")]
    assert set(found) == {Sheet, Problem}


def test_a_spreadsheet_of_many_chunks_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tag may lie across two of them."""
    monkeypatch.setattr(_archive, "CHUNK", 7)
    assert read(write_ods(tmp_path / "a.ods", {"A": [["x"]], "B": [["y"]]})) == {"A": [["x"]], "B": [["y"]]}


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """So is a folder; the reason is the operating system's."""
    assert problem(tmp_path / "none.csv") == "can't be read: No such file or directory"
    assert problem(tmp_path) == "can't be read: Is a directory"


def test_without_calamine_only_workbooks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings it; a CSV file needs none."""
    workbook = write_ods(tmp_path / "a.ods", {"S": [["x"]]})
    text = tmp_path / "a.csv"
    text.write_text("x\n")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert read(text) == {"": [["x"]]}
    with pytest.raises(MissingExtraError, match=r"pip install 'trust-ledger\[workbooks\]'") as refused:
        read(workbook)
    assert refused.value.extra == "workbooks"
