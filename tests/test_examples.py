"""The scripts beside the example ledger: each runs as a user would run it, and prints what a board could read."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.events import RatingChanged
from ledger.sources import ingest

FOLDER = Path(__file__).parent.parent / "examples"


def lines(script: str, *arguments: object) -> list[str]:
    """Run a script of the examples, and give the lines it prints."""
    command = [sys.executable, str(FOLDER / script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a ledger of one trust in a file, to name to the scripts."""
    path = tmp_path_factory.mktemp("examples") / "trusts.db"
    with Ledger.open(path) as ledger:
        ingest(ledger, [FOLDER / "RVN.yaml"])
    return path


def test_time_travel_tells_the_three_dates_apart() -> None:
    """The rating changes on the day CQC published it, was Good to the public the day before, and was not yet on record."""
    assert lines("time_travel.py") == [
        "On 29 May 2025: Good, in force by 29 May 2025",
        "On 30 May 2025: Requires improvement, since 30 May 2025; before that Good",
        "On 30 May 2025, as public the day before: Good, in force by 29 May 2025",
        "On 30 May 2025, as this ledger knew it that day: no rating on record",
    ]


def test_rating_history_is_a_table_of_key_questions_by_day() -> None:
    """Each key question has a row, and each day on which a rating changed has a column."""
    assert lines("rating_history.py") == [
        "RT5, Community-based mental health services for adults of working age",
        "           2018-04-30            2026-01-13",
        "Safe       Requires improvement  Good",
        "Effective  Requires improvement  Good",
        "Caring     Good                  Good",
        "Responsive Requires improvement  Requires improvement",
        "Well-led   Good                  Requires improvement",
        "Overall    Requires improvement  Requires improvement",
    ]


def test_rating_history_shows_what_is_not_rated_as_a_dash(place: Path) -> None:
    """Another trust in another ledger: a slot without a rating on a day is a dash, never a guess."""
    printed = lines("rating_history.py", "RVN", place)

    assert printed[:2] == ["RVN, whole trust", "           2025-05-29            2025-05-30"]
    assert "Safe       -                     -" in printed
    assert "Well-led   Good                  Requires improvement" in printed
    assert "Overall    -                     Good" in printed


def test_board_meetings_tell_what_changed_and_what_is_past_its_date() -> None:
    """A target of 2027 is new and open in the spring of 2026; a submission due in March is past its date."""
    printed = lines("board_meetings.py")

    assert printed[0] == "Changed since the meeting of 2026-01-29, at the meeting of 2026-04-30:"
    assert (
        "- RHA, actions: End dormitory accommodation: new: open; targeted, due March 2027; "
        "condition: national capital approval, not resolved on record; "
        "progress: The letter says that one location, Cherry Ward, still has dormitory accommodation; "
        "lead: lead director for capital delivery; Cherry Ward"
    ) in printed
    assert printed[printed.index("Past their date:") + 1 :] == [
        (
            "- RHA, Make the full planning submission for ending dormitory accommodation: overdue; "
            "scheduled, due March 2026; March 2026 passed while open; nothing on record since 31 March 2026"
        )
    ]


def test_the_audit_of_the_dormitories_holds_whatever_happens(tmp_path: Path) -> None:
    """Run with pytest alone, as a user would: over every future that is drawn, and of what the inspection of 2025 found."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        str(FOLDER / "audit_dormitories.py"),
    ]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1].partition(" in ")[0]) == (0, "2 passed")


def test_the_audit_of_the_dormitories_reads_the_record() -> None:
    """The target on its last day and the day after, and what the rules say of the wards: first, that 2022 was not acted on."""
    printed = lines("audit_dormitories.py")
    assert [line.partition("; ")[0] for line in printed[:2]] == [
        "Forecast, 2027-03-31: End dormitory accommodation: open",
        "Forecast, 2027-04-01: End dormitory accommodation: past target",
    ]
    assert printed[2].startswith(
        "- Forecast: RHA, high: “Improve significantly, and remove shared, dormitory-style accommodation”, required in 2022, "
    )


def test_board_meetings_print_nothing_confidential(place: Path) -> None:
    """A briefing that was never published is on record, and none of it is printed."""
    with Ledger.open(place, create=False) as ledger:
        assert ledger.at("2012-04-01").trust("RVN").actions["meet-social-workers-individually"].has_passed

    assert lines("board_meetings.py", "2012-01-01", "2012-04-01", place) == [
        "Changed since the meeting of 2012-01-01, at the meeting of 2012-04-01:",
        "Past their date:",
    ]


def _rated(table: Path) -> list[tuple[object, ...]]:
    """Give what stands in the table that follows a ledger, with the number of the last entry that was dealt with."""
    with closing(sqlite3.connect(table)) as connection:
        ratings = connection.execute("SELECT trust, service, key_question, rating FROM ratings ORDER BY rowid").fetchall()
        return [*ratings, *connection.execute("SELECT number FROM position").fetchall()]


def rated(service: str, rating: str) -> RatingChanged:
    """Give a change of rating."""
    return RatingChanged(trust="RX0", on="2025-05-30", service=service, rating=rating)


def test_a_table_follows_the_example_ledger_to_its_end() -> None:
    """One line for each entry that changed what the table says."""
    assert lines("follow_a_ledger.py")[-3:] == [
        "After entry 1, ratings of RVN: 3",
        "After entry 58, ratings of RT5: 6",
        "After entry 66, ratings of RHA: 1",
    ]


def test_a_table_that_follows_a_ledger_goes_on_where_it_was(tmp_path: Path) -> None:
    """What was corrected, taken back and redacted meanwhile is so in the table, and what was erased is nowhere in its file."""
    place, table = tmp_path / "trusts.db", tmp_path / "table.db"
    with Ledger.open(place, by="analyst") as ledger:
        ledger.record(rated("Wards", "Good"), rated("Clinics", "Good"), rated("Secret unit", "Inadequate"))
        assert lines("follow_a_ledger.py", place, table, 0) == ["After entry 1, ratings of RX0: 3"]
        assert (len(_rated(table)), _rated(table)[-1]) == (4, (3,))
        assert b"Secret unit" in table.read_bytes()
        ledger.correct(1, rated("Wards", "Outstanding"), reason="The table was misread")
        ledger.retract(2, reason="Another trust")
        ledger.redact(3, "An order of the court")
        assert lines("follow_a_ledger.py", place, table, 0) == ["After entry 4, ratings of RX0: 1"]
    assert _rated(table) == [("RX0", "Wards", "Overall", "Outstanding"), (6,)]
    assert b"Secret unit" not in table.read_bytes()
    assert lines("follow_a_ledger.py", place, table, 0) == []


INTERRUPTIBLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)  # who runs the tests in the background has it ignored
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@contextmanager
def killed_in_the_end(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever came of it, wait for no process that goes on."""
    try:
        yield
    finally:
        process.kill()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_table_is_told_of_what_comes_and_survives_being_stopped(stop: signal.Signals, tmp_path: Path) -> None:
    """It is told of an entry while it waits; interrupted or killed, nothing is missed and nothing is there twice."""
    place, table = tmp_path / "trusts.db", tmp_path / "table.db"
    command = [sys.executable, "-c", INTERRUPTIBLE, str(FOLDER / "follow_a_ledger.py"), str(place), str(table)]
    with Ledger.open(place, by="analyst") as ledger:
        ledger.record(rated("Wards", "Good"))
        for turn in (1, 2):
            ledger.record(rated(f"Before {turn}", "Good"))
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as following, killed_in_the_end(following):
                assert following.stdout is not None
                assert following.stdout.readline() == f"After entry {3 * turn - 2}, ratings of RX0: {2 * turn}\n"
                ledger.record(rated(f"After {turn}", "Good"))
                assert following.stdout.readline() == f"After entry {2 * turn + 1}, ratings of RX0: {2 * turn + 1}\n"
                following.send_signal(stop)
                assert following.wait(30) == (0 if stop == signal.SIGINT else -stop)
    assert (len(_rated(table)), _rated(table)[-1]) == (6, (5,))
