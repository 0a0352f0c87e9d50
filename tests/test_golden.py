"""Lines that releases stored: whatever changes, they are read as what they said.

Each file beside this module is named after a release and holds one line for each type of event that release knew.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import Citation, Entry, Source
from ledger._codec import decode, encode
from ledger.events import ActionCommitted, NoticeIssued, NoticeRequirement, Recordable

GOLDEN = Path(__file__).parent / "golden"
RELEASES = {"0.1.0": 62}
"""How many types each release knew."""


def _lines(release: str) -> list[bytes]:
    return (GOLDEN / f"{release}.jsonl").read_bytes().splitlines()


LINES = [pytest.param(line, id=f"{release}-{number}") for release in RELEASES for number, line in enumerate(_lines(release), 1)]


@pytest.mark.parametrize("line", LINES)
def test_a_stored_line_reads_and_is_written_the_same(line: bytes) -> None:
    """What a release stored decodes to an entry that this version would store as the same bytes."""
    entry = decode(7, line)

    assert encode(entry) == line


@pytest.mark.parametrize("release", RELEASES)
def test_every_type_that_a_release_knew_is_still_known(release: str) -> None:
    """A release's file has one line for each type it knew, and none of them has gone or been renamed."""
    names = [type(decode(number, line).event).__name__ for number, line in enumerate(_lines(release), 1)]

    assert len(names) == len(set(names)) == RELEASES[release]
    assert set(names) <= Recordable.known.keys()


def test_every_file_of_lines_is_read() -> None:
    """No release's lines lie about unread."""
    assert {path.stem for path in GOLDEN.glob("*.jsonl")} == set(RELEASES)


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
