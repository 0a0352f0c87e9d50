"""What the NHS Organisation Data Service publishes gives names and dated successions; what can't be read is a problem with its row."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Citation, Ledger, When
from ledger._store import MemoryRecorder
from ledger.errors import WhenError
from ledger.events import TrustRegistered, TrustSucceeded
from ledger.sources import Found, Problem, Spot, ods, take_in
from ledger.sources._cells import Cell, Sheet
from ledger.sources._sheets import sheets
from ledger.testing import Clock

TODAY = When("../2026-11-22")
TRUSTS = ("ods_code", "name", "other_names", "type", "region", "icb")
SUCCESSIONS = ("old_code", "new_code", "date")


def read(*rows: Sequence[Cell], published: When = TODAY, name: str = "") -> list[Found | Problem]:
    """Read the rows of one sheet, of which the first is the header."""
    return list(ods.read([Sheet(name, rows)], file="ods.csv", published=published))


def successions(*rows: Sequence[Cell]) -> list[Found | Problem]:
    """Read rows below the header of a table of successions."""
    return read(SUCCESSIONS, *rows)


def problems(told: list[Found | Problem]) -> list[str]:
    """Give what is wrong, with its place."""
    return [str(one) for one in told if isinstance(one, Problem)]


def facts(told: list[Found | Problem]) -> list[object]:
    """Give the facts that were read."""
    return [one.fact for one in told if isinstance(one, Found)]


# What is read


def test_a_trust_is_registered_under_its_name_by_when_the_data_was_published() -> None:
    """Name and type are stated, since when is not; what bears no date gives nothing."""
    (found,) = read(TRUSTS, ("RA2", "Royal Surrey NHS Foundation Trust", "Royal Surrey", "Acute", "South East", "Surrey"))
    assert isinstance(found, Found)
    assert found.fact == TrustRegistered(
        trust="RA2", on="../2026-11-22", name="Royal Surrey NHS Foundation Trust", kind="Acute"
    )
    assert found.draft.sources == (Citation(source=ods.source(TODAY), at="ODS code RA2"),)
    assert found.draft.inferred == {"on"}
    assert found.draft.key is None
    assert found.spot == Spot("ods.csv", "row 2")


def test_a_trust_without_a_type_has_none() -> None:
    """What is absent gives nothing, and is no problem."""
    assert facts(read(("type", "name", "ods_code"), ("", "Royal Surrey", "RA2"))) == [
        TrustRegistered(trust="RA2", on="../2026-11-22", name="Royal Surrey")
    ]


def test_a_succession_is_dated_and_cites_the_code_and_the_day() -> None:
    """One organisation that followed another: how is not stated, and nothing is inferred."""
    (found,) = successions(("RXH", "RYR", "2021-04-01"))
    assert isinstance(found, Found)
    assert found.fact == TrustSucceeded(trust="RXH", on="2021-04-01", by=["RYR"])
    assert found.draft.sources == (Citation(source=ods.source(TODAY), at="ODS code RXH, 1 April 2021"),)
    assert (found.draft.inferred, found.spot) == (frozenset(), Spot("ods.csv", "row 2"))


def test_editions_are_one_source() -> None:
    """Whenever it was published, the data is one public source."""
    march, april = ods.source(When("2019-03-01")), ods.source(When("2019-04-01"))
    assert march.identity == april.identity == ("NHS Organisation Data Service", "Organisations and their successors")
    assert (march.marking, march.published) == ("public", When("2019-03-01"))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("RX1", "RX9", "2021-04-01")], [("RX1", {"RX9"}, "not stated")]),
        (
            [("RX1", "RX9", "2021-04-01"), ("RX2", "RX9", "2021-04-01")],
            [("RX1", {"RX9"}, "merged"), ("RX2", {"RX9"}, "merged")],
        ),
        ([("RX1", "RX8", "2021-04-01"), ("RX1", "RX9", "2021-04-01")], [("RX1", {"RX8", "RX9"}, "split")]),
        (
            [("RX1", "RX9", "2021-04-01"), ("RX1", "RX8", "2021-04-01"), ("RX2", "RX9", "2021-04-01")],
            [("RX1", {"RX8", "RX9"}, "not stated"), ("RX2", {"RX9"}, "merged")],
        ),
        (
            [("RX1", "RX9", "2021-04-01"), ("RX2", "RX9", "2021-04-02")],
            [("RX1", {"RX9"}, "not stated"), ("RX2", {"RX9"}, "not stated")],
        ),
        (
            [("RX1", "RX8", "2021-04-01"), ("RX1", "RX9", "2021-04-02")],
            [("RX1", {"RX8"}, "not stated"), ("RX1", {"RX9"}, "not stated")],
        ),
        ([("RX1", "RX9", "2021-04-01"), ("RX1", "RX9", "2021-04-01")], [("RX1", {"RX9"}, "not stated")]),
    ],
)
def test_how_one_followed_is_told_by_the_other_rows_of_the_day(
    rows: list[tuple[str, str, str]], told: list[tuple[str, set[str], str]]
) -> None:
    """Several into one is a merger, one into several a split; both or neither is not stated, and other days say nothing."""
    found = [one for one in successions(*rows) if isinstance(one, Found)]
    events = [one.fact for one in found]
    assert [(e.trust, set(e.by), str(e.how)) for e in events if isinstance(e, TrustSucceeded)] == told
    assert [one.draft.inferred for one in found] == [frozenset() if how == "not stated" else {"how"} for _, _, how in told]


def test_rows_of_a_group_need_not_stand_together() -> None:
    """One fact holds the rows of one organisation and day, and stands where the first of them does."""
    told = successions(
        ("RX1", "RX8", "2021-04-01"), ("RX2", "RX7", "2020-04-01"), ("RX3", "RX3", "2020-04-01"), ("RX1", "RX9", "2021-04-01")
    )
    places = [one.spot if isinstance(one, Found) else one.place for one in told]
    assert [str(place) for place in places] == ["ods.csv: row 2", "ods.csv: row 3", "ods.csv: row 4"]


def test_columns_may_come_in_any_order_with_others_between() -> None:
    """The header names the columns; blank rows, and the spaces around what stands in cells, say nothing."""
    told = read(
        (),
        ("date", "note", " new_code ", "old_code"),
        ("", " ", "", ""),
        ("2021-04-01", "x", " RYR", "RXH "),
        (date(2022, 4, 1), "", "RH8", "RBZ"),
        (datetime(2022, 4, 1, 0, 0), "", "RH9", "RBY"),  # noqa: DTZ001  # a spreadsheet's dates have no time zone
    )
    assert facts(told) == [
        TrustSucceeded(trust="RXH", on="2021-04-01", by=["RYR"]),
        TrustSucceeded(trust="RBZ", on="2022-04-01", by=["RH8"]),
        TrustSucceeded(trust="RBY", on="2022-04-01", by=["RH9"]),
    ]
    assert [one.spot.at for one in told if isinstance(one, Found)] == ["row 4", "row 5", "row 6"]


def test_the_sheets_of_a_workbook_are_read_one_by_one() -> None:
    """Each sheet is told apart by its own header; problems with a sheet are handed on."""
    broken = Problem(Spot("ods.xlsx", "sheet Old"), "can't be read")
    book: list[Sheet | Problem] = [
        Sheet("Trusts", [TRUSTS, ("RA2", "Royal Surrey")]),
        broken,
        Sheet("Steps", [SUCCESSIONS, ("RX1", "RX1", "2020-01-01")]),
    ]
    told = list(ods.read(book, file="ods.xlsx", published=TODAY))
    assert facts(told) == [TrustRegistered(trust="RA2", on="../2026-11-22", name="Royal Surrey")]
    assert [problem.place for problem in told if isinstance(problem, Problem)] == [
        broken.place,
        Spot("ods.xlsx", "sheet Steps, row 2"),
    ]


# What is wrong


@pytest.mark.parametrize(
    ("header", "there"),
    [
        (("ods_code", "name"), "row 1: the columns are ods_code, name"),
        (("old_code", "date"), "row 1: the columns are old_code, date"),
        (("old_code", "new_code", "date", "date"), "row 1: the columns are old_code, new_code, date, date"),
        (("Provider ID",), "row 1: the columns are Provider ID"),
        ((), "row 1: there is no row"),
    ],
)
def test_a_table_of_other_columns_is_a_problem(header: tuple[str, ...], there: str) -> None:
    """What has neither set of columns, or one of them twice, is not read, and both are named."""
    due = "give a table of trusts, with ods_code, name, type, or of successions, with old_code, new_code, date, each once"
    assert problems(read(header, ("RA2",) * len(header))) == [f"ods.csv: {there}: {due}"]


def test_a_table_parted_by_something_else_than_commas_is_a_problem_that_says_so() -> None:
    """The edge, which sees the file, knows it; where the columns are found nothing is said of it."""
    hint = "the columns seem to be parted by semicolons, where commas are due"
    parted, whole = (
        list(ods.read([Sheet("", rows, hint)], file="ods.csv", published=When("2022-12-31")))
        for rows in ([["ods_code;name;type"]], [["ods_code", "name", "type"]])
    )
    assert [text.partition(": give")[0] for text in problems(parted)] == [
        f"ods.csv: row 1: the columns are ods_code;name;type; {hint}"
    ]
    assert whole == []


def test_a_file_without_rows_is_a_problem() -> None:
    """Nothing can be told of an empty table."""
    assert len(problems(read())) == 1
    assert facts(read()) == []


@pytest.mark.parametrize("code", ["02", "", "ra2", "R A2", "RA2RA2RA2RA", "1-12", "RA2*", "5.0"])
def test_what_is_no_code_is_a_problem(code: str) -> None:
    """A code is 3 to 10 capital letters and digits; every wrong one of a row is told."""
    said = f"{code!r} is not an ODS code: it is 3 to 10 capital letters and digits"
    assert problems(read(TRUSTS, (code, "Royal Surrey"))) == [f"ods.csv: row 2: {said}"]
    assert problems(successions((code, "RX9", "2021-04-01"), ("RX1", code, "2021-04-01"), (code, code, "2021-04-01"))) == [
        f"ods.csv: row 2: {said}",
        f"ods.csv: row 3: {said}",
        f"ods.csv: row 4: {said}; {said}",
    ]


@pytest.mark.parametrize(
    "day", ["", "2021", "2021-04", "2021-4-1", "01/04/2021", "20210401", "2021-W13-4", "2021-02-29", "2021-04-01?", 44287.0]
)
def test_what_is_no_day_is_a_problem(day: Cell) -> None:
    """A day is written one way, and is one that there is."""
    assert problems(successions(("RX1", "RX9", day))) == [f"ods.csv: row 2: '{day}' is not a day: write it as 2019-04-01"]


@pytest.mark.parametrize(
    ("day", "is_read"),
    [("1948-07-04", False), ("1948-07-05", True), ("2021-03-31", True), ("2021-04-01", False)],
)
def test_a_day_lies_between_the_beginning_of_the_nhs_and_publication(day: str, *, is_read: bool) -> None:
    """Both bounds are inclusive; a succession still to come is not yet one."""
    told = read(SUCCESSIONS, ("RX1", "RX9", day), published=When("2021-03"))
    assert len(facts(told)) == is_read
    bounds = "5 July 1948, when the NHS began, and 31 March 2021, by when this was published"
    wrong = f"ods.csv: row 2: {When(day).in_words()} does not lie between {bounds}: correct the date"
    assert problems(told) == [wrong] * (not is_read)


def test_a_publication_without_a_last_day_is_refused() -> None:
    """Without it, it could not be told what lies in the future."""
    with pytest.raises(WhenError, match=r"^2021-04/\.\. has no last day: say by when the data was published, such as"):
        read(SUCCESSIONS, published=When("2021-04/.."))


def test_one_that_follows_itself_is_a_problem() -> None:
    """The row gives nothing, and does not count as one of several; the others still come."""
    told = successions(("RX1", "RX1", "2021-04-01"), ("RX1", "RX9", "2021-04-01"))
    assert facts(told) == [TrustSucceeded(trust="RX1", on="2021-04-01", by=["RX9"])]
    assert problems(told) == ["ods.csv: row 2: RX1 is said to follow itself: correct the code that is wrong, or remove the row"]


def test_a_circle_of_one_day_is_a_problem_of_each_of_its_rows() -> None:
    """Organisations can't all follow each other at once; what leads into the circle or out of it still comes."""
    told = successions(
        ("RX1", "RX2", "2021-04-01"),
        ("RX2", "RX3", "2021-04-01"),
        ("RX3", "RX1", "2021-04-01"),
        ("RX3", "RX4", "2021-04-01"),
        ("RX0", "RX1", "2021-04-01"),
        ("RX4", "RX3", "2022-04-01"),
    )
    assert [one.spot.at for one in told if isinstance(one, Found)] == ["row 5", "row 6", "row 7"]
    wrong = [one for one in told if isinstance(one, Problem)]
    assert [str(one.place) for one in wrong] == ["ods.csv: row 2", "ods.csv: row 3", "ods.csv: row 4"]
    (message,) = {one.message for one in wrong}
    who, said = message.split(" are ")
    assert sorted(who.split(", ")) == ["RX1", "RX2", "RX3"]
    assert said == "said to follow each other in a circle on one day: correct the wrong row"


def test_two_circles_of_one_day_are_both_found() -> None:
    """One problem hides no other."""
    rows = [("RX1", "RX2"), ("RX2", "RX1"), ("RX3", "RX4"), ("RX4", "RX3")]
    assert len(problems(successions(*((*row, "2021-04-01") for row in rows)))) == 4


def test_a_chain_of_one_day_and_a_return_on_another_are_no_circle() -> None:
    """An organisation can be followed by one that is itself followed that day, and can take over again years later."""
    told = successions(
        ("RX1", "RX2", "2021-04-01"), ("RX2", "RX3", "2021-04-01"), ("RX3", "RX1", "2024-04-01"), ("RX2", "RX1", "2022-04-01")
    )
    assert (len(facts(told)), problems(told)) == (4, [])


def test_a_trust_that_stands_twice_or_without_a_name_is_a_problem() -> None:
    """Of two names for one code neither is taken for the later; the first row still comes."""
    told = read(TRUSTS, ("RA2", "Royal Surrey"), ("RA2", "Surrey"), ("RA3", ""), ("RA4", "bell\a"))
    assert facts(told) == [TrustRegistered(trust="RA2", on="../2026-11-22", name="Royal Surrey")]
    assert problems(told) == [
        "ods.csv: row 3: RA2 stands in row 2 already: keep one of them",
        "ods.csv: row 4: there is no name: give the one that the trust is registered under",
        "ods.csv: row 5: name: 'bell\\x07' is not a text: it must not be empty, start or end with a space, or hold control characters",
    ]


def test_a_row_longer_than_the_header_is_a_problem() -> None:
    """A comma without quotation marks moves what follows into the wrong column; blank cells at the end do no harm."""
    told = read(("ods_code", "name", "type"), ("RA2", "Surrey", " Royal", "Acute"), ("RA3", "Sussex", "Acute", "", " "))
    assert problems(told) == ["ods.csv: row 2: there are more cells than columns: look for a comma without quotation marks"]
    assert facts(told) == [TrustRegistered(trust="RA3", on="../2026-11-22", name="Sussex", kind="Acute")]


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    """Nobody should have to come back for the next problem of the same row."""
    (told,) = problems(successions(("02", "12", "soon", "?")))
    assert [said.split(" ", 1)[0] for said in told.removeprefix("ods.csv: row 2: ").split("; ")] == [
        "there",
        "'02'",
        "'12'",
        "'soon'",
    ]


_rows = st.lists(
    st.tuples(
        st.sampled_from(["RX1", "RX2", "RX3", "02"]),
        st.sampled_from(["RX1", "RX2", "RX3"]),
        st.sampled_from(["2021-04-01", "2020-04-01", "soon"]),
    ),
    max_size=8,
)


@given(_rows)
def test_every_row_is_a_fact_or_a_problem(rows: list[tuple[str, str, str]]) -> None:
    """No row is lost: what a table says is in its facts, and each other row is named as a problem, in the order of rows."""
    told = successions(*rows)
    events = [one for one in facts(told) if isinstance(one, TrustSucceeded)]
    said = {(event.trust, new, str(event.on)) for event in events for new in event.by}
    wrong = [int(one.place.at.removeprefix("row ")) for one in told if isinstance(one, Problem) and isinstance(one.place, Spot)]
    assert said == {row for number, row in enumerate(rows, 2) if number not in wrong}
    assert len({(event.trust, event.on) for event in events}) == len(events)
    assert wrong == sorted(wrong)


# Real records


def read_real(shared_data: Path, name: str, published: When = TODAY) -> list[Found | Problem]:
    """Read one of the files of real records."""
    return list(ods.read(sheets(shared_data / "ods" / name, file=name), file=name, published=published))


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Ledger:
    """Give a ledger of both files of real records."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    for name in ("trusts.csv", "succession.csv"):
        take_in(ledger, read_real(shared_data, name))
    return ledger


def said(ledger: Ledger, day: str, code: str) -> str:
    """Say who a trust was on a day."""
    return str(ledger.at(day).trust(code).identity)


def test_every_real_row_is_on_record_or_named(real: Ledger, shared_data: Path) -> None:
    """Of 25,480 links 39 lead back to themselves and 2 are between codes too short; the rest are on record, and again adds nothing."""
    trusts, links = (read_real(shared_data, name) for name in ("trusts.csv", "succession.csv"))
    assert (len(facts(trusts)), problems(trusts)) == (202, [])
    assert len([one for one in problems(links) if "is said to follow itself" in one]) == 39
    assert [one.split(": ", 2)[1] for one in problems(links) if "itself" not in one] == ["row 255", "row 267"]
    events = [event for event in facts(links) if isinstance(event, TrustSucceeded)]
    assert sum(len(event.by) for event in events) == 25_480 - 41
    assert {e.event for e in real.entries} == {*facts(trusts), *events}
    again = take_in(real, [*trusts, *links])
    assert (again.recorded, again.further, again.known) == (0, 0, 202 + len(events))


def test_names_read_again_in_a_later_edition_are_not_news(real: Ledger, shared_data: Path) -> None:
    """A name of which only a bound is known is on record already when it is read again with a later bound."""
    again = take_in(real.fork(), read_real(shared_data, "trusts.csv", When("../2027-11-22")))
    assert (again.recorded, again.further, again.known, again.problems) == (0, 0, 202, ())


def test_a_real_merger_is_told_on_its_day(real: Ledger) -> None:
    """Central Manchester and South Manchester became one trust on 1 October 2017."""
    assert real.at("2017-09-30").trust("R0A").identity.predecessors == set()
    for day in ("2017-10-01", "2017-10-02"):
        assert said(real, day, "R0A") == "name not on record: took over from RM2, RW3, merged, 1 October 2017"
        assert said(real, day, "RM2") == "name not on record: followed by R0A, merged, 1 October 2017"


def test_a_real_split_is_told_on_its_day(real: Ledger) -> None:
    """Pennine Acute, itself a merger, was split between two trusts on 1 October 2021, one of them a merger of before."""
    before = "name not on record: took over from REX, REZ, RMK, RMN, 1 April 2002"
    assert said(real, "2021-09-30", "RW6") == before
    assert said(real, "2021-10-01", "RW6") == f"{before}; followed by R0A, RM3, split, 1 October 2021"
    assert said(real, "2021-09-30", "R0A").endswith("took over from RM2, RW3, merged, 1 October 2017")
    assert said(real, "2021-10-01", "R0A").endswith(
        "took over from RM2, RW3, merged, 1 October 2017, and RW6, split, 1 October 2021"
    )


def test_a_real_chain_is_told_link_by_link(real: Ledger) -> None:
    """Worthing and Southlands, and Royal West Sussex, became Western Sussex in 2009, which took over Brighton in 2021."""
    assert said(real, "2021-03-31", "RYR") == "name not on record: took over from RPL, RPR, merged, 1 April 2009"
    assert said(real, "2026-11-22", "RYR").endswith("took over from RPL, RPR, merged, 1 April 2009, and RXH, 1 April 2021")
    assert said(real, "2026-11-22", "RYR").startswith("University Hospitals Sussex NHS Foundation Trust: Acute")
    assert [real.at("2021-04-01").trust(code).identity.successors for code in ("RPL", "RXH")] == [{"RYR"}, {"RYR"}]
