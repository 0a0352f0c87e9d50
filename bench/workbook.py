"""Write a synthetic workbook of CQC's latest ratings, in the shape and the size of a real one; run it as `workbook.py PATH [ROWS]`.

A Locations sheet of 28 columns and a Providers sheet of 21. Every value is made up from a number, so two runs write the same file.
A location has six rows (a rating overall and one for each key question), every fiftieth six more for each of two services:
324,000 rows come from about 50,000 locations, as in a real edition.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

ROWS = 324_000
PROVIDERS = 0.04
"""The share of rows that stand in the Providers sheet."""
QUESTIONS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
RATINGS = ("Good",) * 14 + ("Requires improvement",) * 3 + ("Outstanding", "Inadequate", "Inspected but not rated")
SERVICES = (
    ("Older people", "People with long term conditions"),
    ("Medical care (including older people's care)", "Surgery"),
    ("Critical care", "End of life care"),
)
FIRST_DAY = date(2014, 10, 1)
RATED = ("Service / Population Group", "Domain", "Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)")
BRAND = ("Brand ID", "Brand Name")
ADDRESS = ("Street Address", "Address Line 2", "City", "Post Code", "Local Authority", "Region", "NHS Region")
LOCATIONS = (
    *(
        "Location ID",
        "Location ODS Code",
        "Location Name",
        "Care Home?",
        "Location Type",
        "Location Primary Inspection Category",
    ),
    *(f"Location {part}" for part in ADDRESS),
    *("Location ONSPD CCG Code", "Location ONSPD CCG", "Location Commissioning CCG Code", "Location Commissioning CCG Name"),
    *(*RATED, "URL", "Provider ID", "Provider Name", *BRAND),
)
PROVIDERS_HEADER = (
    *("Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Primary Inspection Category"),
    *(f"Provider {part}" for part in ADDRESS),
    *(*RATED, "URL", *BRAND),
)


def write(path: Path, rows: int) -> None:
    """Write a workbook of *rows* rows below its two headers, at a path that ends in `.xlsx` or `.ods`."""
    of_providers = round(rows * PROVIDERS)
    sheets = {
        "Locations": (LOCATIONS, islice(_rows(_location), rows - of_providers)),
        "Providers": (PROVIDERS_HEADER, islice(_rows(_provider), of_providers)),
    }
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        (_ods if path.suffix == ".ods" else _xlsx)(archive, sheets)


def _rows(of_one: Callable[[int, tuple[str, ...]], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Give the rows of one organisation after another, for ever."""
    number = 0
    while True:
        services = ("Overall", *(SERVICES[number % 3] if number % 50 == 0 else ()))
        day = FIRST_DAY + timedelta(days=number * 7 % 4200)
        for at, service in enumerate(services):
            for place, question in enumerate(QUESTIONS):
                rating = RATINGS[(number + at + place * number % 7) % len(RATINGS)]
                kind = "CoreService" if at else "Location"
                inherited = "Y" if number % 40 == 0 else "N"
                yield of_one(number, (service, question, rating, day.strftime("%d/%m/%Y"), kind, inherited))
        number += 1


def _address(number: int) -> tuple[str, ...]:
    town = f"Town {number % 900}"
    return (
        *(f"{number % 190 + 1} High Street", "", town, f"AB{number % 97} {number % 9}CD"),
        *(f"Authority {number % 152}", f"Region {number % 9}", f"NHS Region {number % 7}"),
    )


def _location(number: int, rated: tuple[str, ...]) -> tuple[str, ...]:
    code, provider = f"1-{100_000_000 + number}", number // 2
    area = number % 106
    return (
        *(code, "", f"Location & Home {number}", "NY"[number % 2], "Social Care Org", "Residential social care"),
        *(*_address(number), f"E38{area:06}", f"NHS Area {area}", f"{area:02}A", f"NHS Area {area}"),
        *(*rated, f"https://www.cqc.org.uk/location/{code}"),
        *(f"1-{200_000_000 + provider}", f"Provider {provider} Limited", "-", "-"),
    )


def _provider(number: int, rated: tuple[str, ...]) -> tuple[str, ...]:
    code = f"1-{200_000_000 + number}"
    return (
        *(code, "", f"Provider {number} Limited", "NHS Healthcare Organisation", "Acute hospital - NHS non-specialist"),
        *(*_address(number), *rated, f"https://www.cqc.org.uk/provider/{code}", "-", "-"),
    )


# The files


Sheets = dict[str, tuple[tuple[str, ...], Iterable[tuple[str, ...]]]]
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _xlsx(archive: ZipFile, sheets: Sheets) -> None:
    """Write the parts of an Office Open XML workbook; its texts are shared, as Excel writes them."""
    shared: dict[str, int] = {}
    for number, (header, rows) in enumerate(sheets.values(), start=1):
        with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
            part.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for at, row in enumerate(_banner_and(header, rows), start=1):
                cells = (
                    f'<c r="{_column(place)}{at}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>'
                    for place, text in enumerate(row)
                    if text
                )
                part.write(f'<row r="{at}">{"".join(cells)}</row>'.encode())
            part.write(b"</sheetData></worksheet>")
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    archive.writestr("xl/sharedStrings.xml", f'{XML}<sst xmlns="{MAIN}">{texts}</sst>')
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>' for number, name in numbered)
    archive.writestr(
        "xl/workbook.xml", f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )
    links = [f'Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"' for n, _ in numbered]
    links.append(f'Id="rId9" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"')
    archive.writestr("xl/_rels/workbook.xml.rels", _links(links))
    archive.writestr("_rels/.rels", _links([f'Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"']))
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/sharedStrings.xml", "sharedStrings")]
    kinds += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n, _ in numbered]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{CONTENT}.{kind}+xml"/>' for name, kind in kinds)
    archive.writestr("[Content_Types].xml", f'{XML}<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>')


def _links(links: list[str]) -> str:
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(f"<Relationship {link}/>" for link in links)}</Relationships>'


def _banner_and(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Give the line that CQC prints above the header, the header, and the rows."""
    yield ("CQC care directory with ratings",)
    yield header
    yield from rows


def _column(place: int) -> str:
    """Give the letters of a column, from A to ZZ."""
    before, last = divmod(place, 26)
    return f"{chr(64 + before) if before else ''}{chr(65 + last)}"


TABLES = "urn:oasis:names:tc:opendocument:xmlns"


def _ods(archive: ZipFile, sheets: Sheets) -> None:
    """Write the parts of an OpenDocument spreadsheet."""
    archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    archive.writestr("META-INF/manifest.xml", f'{XML}<manifest:manifest xmlns:manifest="{TABLES}:manifest:1.0"/>')
    with archive.open("content.xml", "w", force_zip64=True) as part:
        spaces = " ".join(f'xmlns:{name}="{TABLES}:{name}:1.0"' for name in ("office", "table", "text"))
        part.write(f"{XML}<office:document-content {spaces}><office:body><office:spreadsheet>".encode())
        for name, (header, rows) in sheets.items():
            part.write(f'<table:table table:name="{name}">'.encode())
            for row in _banner_and(header, rows):
                cells = (
                    f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
                    if text
                    else "<table:table-cell/>"
                    for text in row
                )
                part.write(f"<table:table-row>{''.join(cells)}</table:table-row>".encode())
            part.write(b"</table:table>")
        part.write(b"</office:spreadsheet></office:body></office:document-content>")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ROWS)
