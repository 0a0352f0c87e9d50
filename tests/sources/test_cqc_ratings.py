"""CQC's workbook of latest ratings gives one fact a row; what can't be read is a problem with its row and its column."""

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Citation, Ledger, Source, When, vocabulary
from ledger.errors import WhenError
from ledger.events import KeyQuestion, Rating, RatingPublished
from ledger.sources import Found, Problem, Spot, _sheets, cqc_ratings
from ledger.sources._cells import Cell, Sheet
from tests.sources.books import write_ods, write_xlsx

MARCH = When("2026-03-01")
RATED = ("Service / Population Group", "Domain", "Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)")
LOCATIONS: tuple[Cell, ...] = (
    *(
        "Location ID",
        "Location ODS Code",
        "Location Name",
        "Care Home?",
        "Location Type",
        "Location Primary Inspection Category",
    ),
    *("Location Street Address", "Location Address Line 2", "Location City", "Location Post Code", "Location Local Authority"),
    *("Location Region", "Location NHS Region", "Location ONSPD CCG Code", "Location ONSPD CCG"),
    *("Location Commissioning CCG Code", "Location Commissioning CCG Name"),
    *(*RATED, "URL", "Provider ID", "Provider Name", "Brand ID", "Brand Name"),
)
PROVIDERS: tuple[Cell, ...] = (
    *("Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Primary Inspection Category"),
    *("Provider Street Address", "Provider Address Line 2", "Provider City", "Provider Post Code", "Provider Local Authority"),
    *("Provider Region", "Provider NHS Region", *RATED, "URL", "Brand ID", "Brand Name"),
)
SHORT: tuple[Cell, ...] = ("Provider ID", "Location ID", *RATED[:4], "Inherited Rating (Y/N)")
GOOD: tuple[Cell, ...] = ("RHA", "RHA01", "Overall", "Overall", "Good", "27/02/2019", "N")


def row(header: Sequence[Cell], **cells: Cell) -> list[Cell]:
    """Give a row below a header: what is named by the first word or two of its column, and blanks elsewhere."""
    names = {str(name): name.lower().replace(" ", "_").replace("/_", "") for name in header if isinstance(name, str)}
    return [next((cell for start, cell in cells.items() if names[str(name)].startswith(start)), "") for name in header]


def read(*rows: Sequence[Cell], sheet: str = "Locations", published: When = MARCH) -> list[Found | Problem]:
    """Give what one sheet gives."""
    return list(cqc_ratings.read([Sheet(sheet, rows)], file="file.ods", published=published))


def events(read: Sequence[Found | Problem]) -> list[object]:
    """Give the facts that were read, where there is no problem."""
    assert [one for one in read if isinstance(one, Problem)] == []
    return [one.draft.event for one in read if isinstance(one, Found)]


def problems(read: Sequence[Found | Problem]) -> list[tuple[str, str]]:
    """Give the problems that were found: the place in the file, and the message."""
    return [(one.place.at, one.message) for one in read if isinstance(one, Problem) and isinstance(one.place, Spot)]


def of_one(column: str, cell: Cell, *, published: When = MARCH) -> list[Found | Problem]:
    """Give what a good row gives in which one cell differs."""
    cells = [cell if name == column else value for name, value in zip(SHORT, GOOD, strict=True)]
    return read(SHORT, cells, published=published)


def test_a_row_of_the_locations_sheet_is_one_rating() -> None:
    """It tells of a location of a provider, and is cited by what it is about, never by its row, which moves."""
    stated = {
        "location_id": "RHA01",
        "location_name": "A Hospital",
        "provider_id": "RHA",
        "brand": "-",
        "report": "CoreService",
    }
    rated = {"service_": "Surgery", "domain": "Safe", "latest": "Requires improvement", "publication": "27/02/2019"}
    (found,) = read(LOCATIONS, row(LOCATIONS, **stated, **rated, inherited="N"))
    assert isinstance(found, Found)
    assert found.draft.event == RatingPublished(
        trust="RHA",
        location="RHA01",
        service="Surgery",
        key_question=KeyQuestion.SAFE,
        rating=Rating.REQUIRES_IMPROVEMENT,
        on="2019-02-27",
    )
    assert found.draft.sources == (
        Citation(
            source=Source(
                publisher="Care Quality Commission",
                title="Care directory with ratings",
                marking="public",
                published="2026-03-01",
                url="https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
            ),
            at="Locations sheet, location RHA01, Surgery, Safe",
            public_since="2019-02-27",
        ),
    )
    assert found.draft.inferred == frozenset()
    assert found.spot == Spot("file.ods", "sheet Locations, row 2")


def test_a_row_of_the_providers_sheet_is_a_rating_of_the_provider() -> None:
    """It has no location; `Overall` is no service."""
    rated = {"service_": "Overall", "domain": "Well-led", "latest": "Good", "publication": "27/02/2019", "inherited": "N"}
    (found,) = read(PROVIDERS, row(PROVIDERS, provider_id="RHA", provider_name="A Trust", **rated), sheet="Providers")
    assert isinstance(found, Found)
    assert found.draft.event == RatingPublished(trust="RHA", key_question="Well-led", rating="Good", on="2019-02-27")
    assert found.draft.sources[0].at == "Providers sheet, provider RHA, Overall, Well-led"


def test_the_columns_are_those_of_an_edition() -> None:
    """The Locations sheet has 28 columns, the Providers sheet 21."""
    assert (len(LOCATIONS), len(PROVIDERS)) == (28, 21)


def test_an_old_edition_says_key_question_for_domain() -> None:
    """It has no column for inherited ratings, either; columns may come in any order."""
    header = ("Latest Rating", "Key Question", "Publication Date", "Service / Population Group", "Provider ID")
    assert events(read(header, ("Good", "Caring", "01/10/2018", "Overall", "1-101639687"))) == [
        RatingPublished(trust="1-101639687", key_question="Caring", rating="Good", on="2018-10-01")
    ]


def test_the_long_form_gives_scores() -> None:
    """0 is Inadequate and 3 Outstanding; `Overall` is no service."""
    header = ("ORG_CODE", "DATE", "POPULATION", "QUESTION", "RATING_SCORE")
    rows = [("RHA", "27/02/2019", "Overall", "Overall", score) for score in ("0", "1", "2", "3", 0, 1.0, 2, 3.0)]
    ratings = [Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.GOOD, Rating.OUTSTANDING] * 2
    found = read(header, *rows, sheet="")
    assert events(found) == [RatingPublished(trust="RHA", rating=rating, on="2019-02-27") for rating in ratings]
    assert isinstance(found[0], Found)
    assert found[0].draft.sources[0].at == "long form, provider RHA, Overall, Overall"
    assert found[0].spot == Spot("file.ods", "row 2")


@pytest.mark.parametrize("score", ["4", "-1", "2.0", "Good", 4, -1, 2.5, True])
def test_a_score_that_is_none_is_a_problem(score: Cell) -> None:
    """Scores are whole numbers from 0 to 3, both inclusive."""
    header = ("ORG_CODE", "DATE", "POPULATION", "QUESTION", "RATING_SCORE")
    rows = [("RHA", "27/02/2019", "Overall", "Overall", cell) for cell in (1, score)]
    ((place, message),) = problems(read(header, *rows))
    assert (place, message) == (
        "sheet Locations, row 3",
        f"“RATING_SCORE”: {score!r} is no score: 0 is Inadequate, 1 Requires improvement, 2 Good, 3 Outstanding",
    )


@pytest.mark.parametrize(("cell", "inherited_from"), [("Y", "not stated"), ("N", None), ("", None), (" Y ", "not stated")])
def test_an_inherited_rating_says_so(cell: str, inherited_from: str | None) -> None:
    """From which organisation it passed on, the workbook doesn't say."""
    (event,) = events(of_one("Inherited Rating (Y/N)", cell))
    assert isinstance(event, RatingPublished)
    assert event.inherited_from == inherited_from


@pytest.mark.parametrize(
    "cell",
    ["27/02/2019", " 27/02/2019 ", date(2019, 2, 27), datetime.fromisoformat("2019-02-27T09:30"), 43523, 43523.0, "43523"],
)
def test_a_date_may_be_a_text_a_date_or_a_number_of_days(cell: Cell) -> None:
    """Numbers count days from 30 December 1899, as spreadsheets do."""
    (event,) = events(of_one("Publication Date", cell))
    assert isinstance(event, RatingPublished)
    assert event.on == When("2019-02-27")


@pytest.mark.parametrize(
    ("cell", "published", "is_read"),
    [
        ("31/03/2009", "2026-03-01", False),
        ("01/04/2009", "2026-03-01", True),
        (39903, "2026-03-01", False),
        (39904, "2026-03-01", True),
        ("01/03/2026", "2026-03-01", True),
        ("02/03/2026", "2026-03-01", False),
        ("31/03/2026", "2026-03~", True),
        ("01/04/2026", "2026-03~", False),
        ("01/03/2026", "../2026-03-01", True),
        ("02/03/2026", "../2026-03-01", False),
    ],
)
def test_a_date_lies_between_the_beginning_of_cqc_and_the_edition(cell: Cell, published: str, is_read: bool) -> None:
    """Both bounds are inclusive: 1 April 2009, and the last day on which the edition can have been published."""
    (one,) = of_one("Publication Date", cell, published=When(published))
    assert isinstance(one, Found if is_read else Problem)


def test_a_publication_without_a_last_day_is_refused() -> None:
    """Then no rating could be told to lie in the future."""
    with pytest.raises(WhenError, match=r"^2026-03/\.\. has no last day: say by when the data was published, such as"):
        read(SHORT, GOOD, published=When("2026-03/.."))


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("Latest Rating", "Goood", "'Goood' is not known as a rating of CQC's; did you mean 'Good'?"),
        ("Latest Rating", "'Good", "\"'Good\" is not known as a rating of CQC's"),
        ("Latest Rating", "#N/A", "'#N/A' is not known as a rating of CQC's"),
        ("Latest Rating", "", "blank, or a formula's error"),
        ("Service / Population Group", "Surgeries", "'Surgeries' is not known as a service CQC rates; did you mean 'Surgery'?"),
        ("Domain", "Safer", "'Safer' is not known as a key question of CQC's; did you mean 'Safe'?"),
        ("Domain", " ", "blank, or a formula's error"),
        ("Publication Date", "2/27/2019", "'2/27/2019' is no date: write it as 27/02/2019"),
        ("Publication Date", "02/27/2019", "there is no such day as '02/27/2019'"),
        ("Publication Date", "30/02/2019", "there is no such day as '30/02/2019'"),
        ("Publication Date", "27/02/19", "'27/02/19' is no date"),
        ("Publication Date", "", "blank, or a formula's error"),
        ("Publication Date", 43523.5, "43523.5 is no date"),
        ("Publication Date", True, "True is no date"),
        ("Publication Date", 10**12, "1000000000000 is no date"),
        ("Publication Date", float("nan"), "nan is no date"),
        ("Publication Date", time(10), "10:00:00 is a number or a date, where a text is due"),
        ("Publication Date", "02/03/2026", "check the date, or say that it was published later"),
        ("Publication Date", "02/03/2026", "2 March 2026 is after 1 March 2026, by when this was published: check"),
        ("Publication Date", "31/03/2009", "31 March 2009 is before 1 April 2009, when CQC began: check the date"),
        ("Inherited Rating (Y/N)", "Yes", "'Yes' stands where Y, N or nothing is due"),
        ("Inherited Rating (Y/N)", 1, "1 stands where Y, N or nothing is due"),
        ("Provider ID", "'RHA", "\"'RHA\" is no id of CQC's, such as RHA or 1-101639687"),
        ("Provider ID", 101639687, "101639687 is a number or a date, where a text is due"),
        ("Location ID", "", "blank, or a formula's error"),
        ("Location ID", "1-1\u00a0", "is no id of CQC's"),
    ],
)
def test_a_cell_that_cant_be_read_is_a_problem(column: str, cell: Cell, message: str) -> None:
    """It names the row and the column, and the row gives no fact."""
    ((place, said),) = problems(of_one(column, cell))
    assert place == "sheet Locations, row 2"
    assert said.startswith(f"“{column}”: ")
    assert message in said


def test_every_problem_of_a_row_is_found_and_the_good_rows_still_come() -> None:
    """One bad cell doesn't hide another, nor a bad row the rows around it."""
    bad = ("RHA", "RHA01", "Overall", "Overall", "Fine", "soon", "N")
    found = read(SHORT, GOOD, bad, GOOD)
    assert [type(one) for one in found] == [Found, Problem, Problem, Found]
    assert [place for place, _ in problems(found)] == ["sheet Locations, row 3"] * 2


def test_spaces_around_a_text_are_nothing() -> None:
    """Spaces, and only they, are stripped from cells and from the header."""
    padded = [f"  {cell} " for cell in GOOD]
    assert events(read([f" {name} " for name in SHORT], padded)) == events(read(SHORT, GOOD))


def test_a_rating_that_is_not_published_and_not_dated_is_none() -> None:
    """It gives no fact and is no problem; with a date it is a fact, and another rating without a date is a problem."""
    none = [*GOOD[:4], "No published rating", "", "N"]
    assert read(SHORT, none) == []
    assert len(events(of_one("Latest Rating", "No published rating"))) == 1
    assert len(problems(read(SHORT, [*GOOD[:4], "Inspected but not rated", "", "N"]))) == 1
    assert read(SHORT, none[:5]) == []
    assert [message[:14] for _, message in problems(read(SHORT, ["", *none[1:]]))] == ["“Provider ID”:"]


def test_rows_that_are_blank_or_short_are_not_made_up() -> None:
    """A blank row is nothing; what a row ends before is blank."""
    assert events(read(SHORT, [], ["", " "], GOOD[:-1], [""] * 9)) == events(read(SHORT, GOOD))


@pytest.mark.parametrize("above", [[], [["CQC care directory"]], [["Care directory"], [], ["Latest Rating is in column 20"]]])
def test_a_banner_may_stand_above_the_header(above: list[list[Cell]]) -> None:
    """However many rows it has; the rows below keep the numbers that a spreadsheet shows."""
    (found,) = read(*above, SHORT, GOOD)
    assert isinstance(found, Found)
    assert found.spot == Spot("file.ods", f"sheet Locations, row {len(above) + 2}")


@pytest.mark.parametrize(
    "lacking", ["Provider ID", "Service / Population Group", "Domain", "Latest Rating", "Publication Date"]
)
def test_a_missing_column_is_one_problem(lacking: str) -> None:
    """It names the column and the header that was found, and the sheet gives no fact."""
    kept = [place for place, name in enumerate(SHORT) if name != lacking]
    found = read(["Banner"], [SHORT[place] for place in kept], *[[GOOD[place] for place in kept]] * 3)
    header = ", ".join(str(SHORT[place]) for place in kept)
    assert problems(found) == [("sheet Locations, row 2", f"there is no column “{lacking}”: the header has {header}")]
    assert len(found) == 1


def test_a_locations_sheet_without_its_ids_is_not_read_as_ratings_of_providers() -> None:
    """A column about locations tells that the rows are not about the provider."""
    header = ["Location Name" if name == "Location ID" else name for name in SHORT]
    ((_, message),) = problems(read(header, GOOD))
    assert message.startswith("there is no column “Location ID”")


def test_two_columns_for_one_thing_are_a_problem() -> None:
    """Which of them to read would be a guess."""
    ((place, message),) = problems(read((*SHORT, "Key Question"), (*GOOD, "Safe")))
    assert (place, message) == (
        "sheet Locations, row 1",
        "it can't be told which of the columns “Domain”, “Key Question” to read: remove all but one",
    )


def test_a_location_under_two_providers_is_a_problem() -> None:
    """Also across sheets; the rows that agree with its first still come."""
    other = ("RXX", *GOOD[1:])
    sheets = [Sheet("Locations", [SHORT, GOOD, other, GOOD]), Sheet("More", [SHORT, other])]
    found = list(cqc_ratings.read(sheets, file="f", published=MARCH))
    message = "the location RHA01 stands under the provider RHA further up and under RXX here: one is wrong"
    assert problems(found) == [("sheet Locations, row 3", message), ("sheet More, row 2", message)]
    assert [type(one) for one in found] == [Found, Problem, Found, Problem]


def test_other_sheets_are_passed_over() -> None:
    """Notes and lists of other things have no header of ratings; problems of reading are handed on."""
    unread = Problem(Spot("f", "sheet X"), "can't be read")
    dual = Sheet("Dual_Registration_Locations", [("Location ID", "Provider ID", "Publication Date"), ("1-1234", "RHA", "")])
    sheets: list[Sheet | Problem] = [Sheet("README", [["Read me"], []]), unread, dual, Sheet("Ratings", [SHORT, GOOD])]
    first, second = cqc_ratings.read(sheets, file="f", published=MARCH)
    assert (first, type(second)) == (unread, Found)


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ([], "no sheet holds ratings: a header with"),
        ([Sheet("", [["a", "b"], ["1", "2"]])], "no sheet holds ratings: a header with"),
        (
            [Sheet("README", []), Sheet("HSCA", [["Location ID", "Latest Rating"]])],
            "; found only the sheets README, HSCA: a header",
        ),
        (
            [Sheet("", [["a;b"]], "the columns seem to be parted by semicolons, where commas are due")],
            "no sheet holds ratings; the columns seem to be parted by semicolons, where commas are due: a header with",
        ),
    ],
)
def test_a_file_without_ratings_is_a_problem(sheets: list[Sheet], message: str) -> None:
    """It says what was found and what is due."""
    (found,) = cqc_ratings.read(sheets, file="f", published=MARCH)
    assert isinstance(found, Problem)
    assert found.place == Spot("f")
    assert message in found.message


@pytest.mark.parametrize(
    ("rows", "place"), [([], "sheet Providers"), ([["x"], ["y"]], "sheet Providers"), ([SHORT], "sheet Providers, row 1")]
)
def test_a_sheet_that_should_hold_ratings_and_holds_none_is_a_problem(rows: list[list[Cell]], place: str) -> None:
    """An empty Locations or Providers sheet would pass for a month in which every rating disappeared."""
    found = cqc_ratings.read([Sheet("Locations", [SHORT, GOOD]), Sheet("Providers", rows)], file="f", published=MARCH)
    assert [at for at, _ in problems(list(found))] == [place]


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("01_March_2019_Latest_ratings.ods", "2019-03-01"),
        ("2026-05/05_May_2026_Latest_ratings.ods", "2026-05-05"),
        ("02_september_2026_CQC_directory.csv", "2026-09-02"),
        ("1 December 2018 Latest ratings.xlsx", "2018-12-01"),
        ("01_March_2024_HSCA_Active_Locations-v2.xlsx", "2024-03-01"),
        ("HSCA Active Locations January 2019.xlsx", "2019-01"),
        ("Latest_ratings.ods", None),
        ("31_February_2019_Latest_ratings.ods", None),
        ("01_March_2019 taken 3_April_2019.ods", None),
        ("01_March_20190_Latest_ratings.ods", None),
        ("01_March_2019/Latest_ratings.ods", None),
        ("provider_ratings.csv", None),
    ],
)
def test_the_name_of_a_file_may_say_when_it_was_published(name: str, published: str | None) -> None:
    """As CQC names its files; a name that says it twice, or wrongly, doesn't say it."""
    assert cqc_ratings.published_in(name) == (None if published is None else When(published))


@given(
    st.lists(st.sampled_from([GOOD, ("RXX", *GOOD[1:]), ("", *GOOD[1:4], "Fine", *GOOD[5:]), ("",) * 7])),
    st.permutations(range(7)),
)
def test_the_order_of_columns_makes_no_difference(rows: list[tuple[Cell, ...]], order: list[int]) -> None:
    """Columns are found by name, so in any order they give the same facts and the same problems."""

    def reordered(cells: Sequence[Cell]) -> list[Cell]:
        return [cells[place] for place in order]

    assert read(reordered(SHORT), *map(reordered, rows)) == read(SHORT, *rows)


@pytest.mark.parametrize(("write", "name"), [(write_xlsx, "f.xlsx"), (write_ods, "f.ods")])
def test_a_workbook_is_read_from_disk(tmp_path: Path, write: type, name: str) -> None:
    """Both kinds give the same facts, with dates of every kind."""
    rows = [["Care directory with ratings"], SHORT, GOOD, [*GOOD[:5], date(2019, 2, 27), "N"], [*GOOD[:5], 43523, "N"]]
    path = write(tmp_path / name, {"README": [["Notes"]], "Locations": rows})
    found = list(cqc_ratings.read(_sheets.sheets(path, file="f"), file="f", published=MARCH))
    assert events(found) == events(read(SHORT, GOOD)) * 3
    assert [one.spot.at for one in found if isinstance(one, Found)] == [f"sheet Locations, row {row}" for row in (3, 4, 5)]


def test_two_ratings_of_one_day_both_stand_and_a_repeated_row_is_one() -> None:
    """The ledger keeps what CQC published twice of one slot as two facts, and what stands twice as one."""
    other = [*GOOD[:4], "Inadequate", *GOOD[5:]]
    with Ledger.open(":memory:") as ledger:
        ledger.record(*(one.draft for one in read(SHORT, GOOD, other, GOOD) if isinstance(one, Found)))
        rated = ledger.at("2019-02-27").trust("RHA").ratings.of(location="RHA01")
        assert len(ledger.entries) == 2
        assert rated is not None
        assert (rated.rating, rated.also) == (Rating.INADEQUATE, (Rating.GOOD,))


def test_every_row_of_the_real_long_form_is_found_at_its_date(shared_data: Path) -> None:
    """All 4,048 rows come in without a problem, `at` finds every rating on its date, and a second time adds nothing."""
    path = shared_data / "cqc-latest-ratings-2019" / "provider_ratings.csv"
    found = list(cqc_ratings.read(_sheets.sheets(path, file=path.name), file=path.name, published=When("2019-03~")))
    drafts = [one.draft for one in found if isinstance(one, Found)]
    assert (len(found), len(drafts)) == (4048, 4048)
    with path.open(newline="") as text, Ledger.open(":memory:") as ledger:
        ledger.record(*drafts)
        assert len(ledger.entries) == 4048
        rows = list(csv.DictReader(text))
        days = sorted({"-".join(reversed(row["DATE"].split("/"))) for row in rows})
        views = dict(zip(days, ledger.over(days), strict=True))
        matched = 0
        for row in rows:
            view = views["-".join(reversed(row["DATE"].split("/")))]
            service = None if row["POPULATION"] == "Overall" else vocabulary.service(row["POPULATION"])
            rated = view.trust(row["ORG_CODE"]).ratings.of(row["QUESTION"], service=service)
            score = ("Inadequate", "Requires improvement", "Good", "Outstanding")[int(row["RATING_SCORE"])]
            matched += rated is not None and score in (rated.rating, *rated.also)
        assert (matched, len(rows)) == (4048, 4048)
        ledger.record(*drafts)
        assert len(ledger.entries) == 4048
