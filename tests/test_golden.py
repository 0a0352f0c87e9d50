"""What releases stored: whatever changes, it is read as what it said.

Each file of lines beside this module is named after a release. That of the first holds one line for each type of event that it knew;
from the second on it is a whole ledger, as `export` writes it, and the file of the same name that ends in .db is that ledger in SQLite.
`tests.golden.make` made them, and says what is in them; what was released is never made anew.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import Citation, Entry, Ledger, Source
from ledger._codec import decode, encode
from ledger._stub import is_stub
from ledger.events import ActionCommitted, Erased, NoticeIssued, NoticeRequirement, Recordable, Redacted
from tests.golden.make import told

GOLDEN = Path(__file__).parent / "golden"
RELEASES = {"0.1.0": 62, "0.2.0": 71}
"""How many types each release knew."""
ROOTS = {"0.2.0": "ab0245881fec7d2c307327709cd2f5e9200f889e91fa331ec5ac19c9e644aa1f"}
"""The roots of the whole ledgers."""
QUIET = "no trust-level rating on record; breaches not cleared on record: 0; actions open: 0"
OVERVIEW = [
    "Caring Good; breaches not cleared on record: 1; actions open: 1",
    "no trust-level rating on record; breaches not cleared on record: 0; actions open: 1; of them past their date: 1",
    QUIET,
    QUIET,
]
"""What the whole ledger of 0.2.0 says of each trust."""


def _lines(release: str) -> list[bytes]:
    return (GOLDEN / f"{release}.jsonl").read_bytes().splitlines()


LINES = [
    pytest.param(number, line, id=f"{release}-{number}")
    for release in RELEASES
    for number, line in enumerate(_lines(release), 1)
]


@pytest.mark.parametrize(("number", "line"), LINES)
def test_a_stored_line_reads_and_is_written_the_same(number: int, line: bytes) -> None:
    """What a release stored decodes to an entry that this version would store as the same bytes; of a stub, reading tells."""
    entry = decode(number, line)

    assert isinstance(entry.event, Erased) if is_stub(line) else encode(entry) == line


def _name(number: int, line: bytes) -> str:
    """Give the name of the type that a line holds, or held before it was redacted."""
    event = decode(number, line).event
    return event.kind if isinstance(event, Erased) else type(event).__name__


@pytest.mark.parametrize("release", RELEASES)
def test_every_type_that_a_release_knew_is_still_known(release: str) -> None:
    """A release's file has a line for each type it knew, and none of them has gone or been renamed."""
    names = {_name(number, line) for number, line in enumerate(_lines(release), 1)}

    assert len(names) == RELEASES[release]
    assert names <= Recordable.known.keys()


def test_the_first_release_has_one_line_for_each_type() -> None:
    """Its lines are no ledger: they refer to entries that are not among them."""
    assert len(_lines("0.1.0")) == RELEASES["0.1.0"]


def test_every_file_of_lines_is_read() -> None:
    """No release's lines lie about unread."""
    assert {path.stem for path in GOLDEN.glob("*.jsonl")} == set(RELEASES)
    assert {path.stem for path in GOLDEN.glob("*.db")} == set(ROOTS)


@pytest.fixture(params=["lines", "file"])
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """Give the whole ledger of 0.2.0, restored from its lines and opened as its file."""
    place = ":memory:" if request.param == "lines" else str(shutil.copy(GOLDEN / "0.2.0.db", tmp_path))
    with Ledger.open(place, by="analyst") as ledger:
        if request.param == "lines":
            ledger.restore(line + b"\n" for line in _lines("0.2.0"))
        yield ledger


def test_a_whole_ledger_is_what_it_was(whole: Ledger) -> None:
    """The same lines and root, nothing found wrong, and every entry that was not redacted is written the same."""
    found = whole.verify()

    assert (found.size, found.root.hex(), found.findings) == (81, ROOTS["0.2.0"], ())
    assert whole.root().hex() == ROOTS["0.2.0"]
    assert b"".join(whole.export()) == (GOLDEN / "0.2.0.jsonl").read_bytes()


def test_a_whole_ledger_answers_as_it_did(whole: Ledger) -> None:
    """By whatever was recorded, as known before a correction, and as public."""
    view = whole.at("2026-07-15")

    assert [line.summary for line in view.overview().sections[0].lines] == OVERVIEW
    assert view.gaps() == ("Redacted, and so left out: entries 3, 74, 76.",)
    assert [(one.trust, one.about[-1], str(one.standing)) for one in view.deadlines()] == [
        ("RX0", "oversight-of-risk", "overdue"),
        ("RX1", "ligatures-plan", "overdue"),
        ("RX1", "anchors", "overdue"),
        ("RX1", "ligatures", "overdue"),
        ("RX0", "dormitory-eradication", "upcoming"),
    ]
    rated = [
        [
            rated.rating
            for rated in one.trust("RX0").ratings
            if rated.service is rated.location is None and rated.key_question == "Overall"
        ]
        for one in (whole.at("2026-07-15", known_at=whole.entries[74].recorded_at), view)
    ]
    assert rated == [["Good"], []]
    assert [e.number for e in whole.at("2026-07-15", public_on="2026-05-31").redacted()] == [3]


def test_what_was_redacted_in_a_whole_ledger_is_left_as_it_was(whole: Ledger) -> None:
    """A fact, a note and a correction, each with who redacted it and why."""
    left = [e for e in whole.entries if isinstance(e.event, Erased)]
    notes = [e for e in whole.entries if isinstance(e.event, Redacted)]

    assert [(e.number, e.event.trust, e.event.kind, e.place, e.replaces) for e in left if isinstance(e.event, Erased)] == [
        (3, "RX1", "TrustSucceeded", 3, None),
        (74, "RX0", "Corroborated", 74, None),
        (76, "RX0", "RatingChanged", 64, 64),
    ]
    assert [e.event.entry for e in notes if isinstance(e.event, Redacted)] == [3, 74, 76]
    assert {(e.recorded_by, e.reason) for e in notes} == {("Data protection officer", "An order of the court")}


def test_a_file_of_a_release_is_read_without_a_change(tmp_path: Path) -> None:
    """Opened, asked and closed, it has the bytes that it had, and nothing beside it."""
    path = Path(shutil.copy(GOLDEN / "0.2.0.db", tmp_path))
    before = path.read_bytes()
    with Ledger.open(path, create=False) as ledger:
        assert ledger.last == 81
        assert ledger.at("2026-07-15").trusts() == ("RX0", "RX1", "RX8", "RX9")

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["0.2.0.db"]


def test_a_file_of_a_release_can_be_gone_on_with(whole: Ledger) -> None:
    """What is recorded and redacted in it now goes on from what was."""
    (entry,) = whole.record(ActionCommitted(trust="RX1", on="2026-07-01", action="doors", title="Hang new doors"))
    note = whole.redact(1, "An order of the court")

    assert (entry.number, note.number, whole.verify().findings) == (82, 83, ())
    assert whole.root(81).hex() == ROOTS["0.2.0"]


def test_what_made_a_release_can_make_the_next() -> None:
    """It makes a sound ledger, with every type in it that the one from before has."""
    with told(":memory:") as ledger:
        names = {_name(number, line.rstrip()) for number, line in enumerate(ledger.export(), 1)}
        assert ledger.verify().findings == ()

    assert names >= {_name(number, line) for number, line in enumerate(_lines("0.2.0"), 1)}


def _entry(release: str, kind: type[Recordable]) -> Entry:
    entries = [decode(number, line) for number, line in enumerate(_lines(release), 1)]
    return next(entry for entry in entries if type(entry.event) is kind)


def test_a_commitment_of_the_first_release_says_what_it_said() -> None:
    """Every field has the value that was stored, and so have the sources."""
    letter = Source(
        publisher="Exampleshire Healthcare NHS Foundation Trust",
        title="Open letter on CQC's well-led report",
        marking="public",
        published="2025-10/2026-03",
    )

    assert _entry("0.1.0", ActionCommitted) == Entry(
        number=31,
        event=ActionCommitted(
            trust="RX0",
            on="2025-10/2026-03",
            action="dormitory-eradication",
            title="End dormitory accommodation",
            firmness="targeted",
            due="2027-03",
            subject_to=["national capital approval", "planning consent"],
            answers=["dormitories"],
            part_of="estates-strategy",
            owner_body="NHS England",
            lead="Director of Estates",
            committee="Finance and Performance Committee",
            service="Acute wards for adults of working age",
            place="Southern wards",
        ),
        recorded_at=datetime(2026, 3, 14, 10, 30, 0, 123487, tzinfo=UTC),
        recorded_by="Governance team",
        place=31,
        sources=(Citation(source=letter, at="bullet on dormitory accommodation"),),
        inferred=frozenset({"on", "answers"}),
        key="ActionCommitted/dormitory-eradication",
    )


def test_a_notice_of_the_first_release_says_what_it_required() -> None:
    """What stands within an event is read as it was stored too."""
    entry = _entry("0.1.0", NoticeIssued)

    assert entry.event == NoticeIssued(
        trust="RX0",
        on="2024-03-12",
        notice="section-29a-2024",
        kind="Warning Notice",
        statute="section 29A of the Health and Social Care Act 2008",
        requirements=[
            NoticeRequirement(
                requirement="observation",
                text="Observe patients as their plans say",
                service="Forensic inpatient wards",
                comply_by="2024-05-31",
            ),
            NoticeRequirement(requirement="staffing", text="Deploy enough staff"),
        ],
        inspection="northern-2024",
        service="Forensic inpatient wards",
        text="Significant improvement is required",
    )
