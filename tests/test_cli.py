"""The command: what it prints, how it ends, and what a careless user gets."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import Ledger
from ledger.projections import PROJECTIONS
from tests.conftest import Done

FILE = """\
trust: RVN
sources:
  report: {title: Report, publisher: Care Quality Commission, published: 2025-05-30, marking: public}
  briefing: {title: Secret briefing, publisher: A council, marking: confidential}
events:
  - RatingStated: {on: ../2025-05-29, rating: Good, key_question: Well-led}
    sources: [{ref: report, at: paragraph 6, public_since: ../2025-05-29}]
  - RatingChanged: {on: 2025-05-30, rating: Requires improvement, previous: Good, key_question: Well-led}
    sources: [{ref: report, at: paragraph 1}]
  - ActionCommitted: {action: wards, on: 2025-05-30, title: End dormitory wards, due: 2027-03, firmness: targeted}
    sources: [{ref: report, at: last paragraph}]
    inferred: [on]
  - BreachFound: {breach: records, on: 2012-02, as_described: Records altered}
    sources: [{ref: briefing}]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a ledger file."""
    path = tmp_path / "RVN.yaml"
    path.write_text(FILE)
    return path


@pytest.fixture
def kept(run: Callable[..., Done], file: Path) -> Callable[..., Done]:
    """Give a way to run the command beside a ledger of that file."""
    assert run("ingest", file, "--by", "analyst").code == 0
    return run


def test_ingest_records_and_the_second_time_nothing_happens(run: Callable[..., Done], file: Path) -> None:
    """The number of entries added, and of facts on record already."""
    first, second = run("ingest", file), run("ingest", file)
    assert (first.code, first.out.splitlines()[-1]) == (
        0,
        "4 entries added to trust-ledger.db; 0 facts were on record already.",
    )
    assert (second.code, second.out.splitlines()[-1]) == (
        0,
        "0 entries added to trust-ledger.db; 4 facts were on record already.",
    )


def test_a_changed_due_date_is_shown_then_corrected(kept: Callable[..., Done], file: Path) -> None:
    """The correction is shown first and ends with 1; `--correct` makes it; a view known before it answers as before."""
    with Ledger.open("trust-ledger.db", create=False) as ledger:
        before = ledger.entries[-1].recorded_at.isoformat()
    file.write_text(FILE.replace("2027-03", "2027-06"))
    shown = kept("ingest", file)
    assert shown.code == 1
    assert "Changed in the file; use --correct to correct the ledger" in shown.out
    assert "RVN.yaml:10:5, ActionCommitted/wards: due was March 2027, now June 2027 [4]" in shown.out
    made = kept("ingest", file, "--correct", "--reason", "the report says June")
    assert (made.code, made.out.splitlines()[-1]) == (0, "1 entries added to trust-ledger.db; 3 facts were on record already.")
    now, then = kept("at", "2027-04-01", "RVN", "--json"), kept("at", "2027-04-01", "RVN", "--json", "--known-at", before)
    assert [(a["due"], a["status"]) for a in now.json["actions"]] == [("2027-06", "open")]
    assert [(a["due"], a["status"]) for a in then.json["actions"]] == [("2027-03", "past-target")]


def test_what_has_gone_and_what_was_taken_back_is_told(kept: Callable[..., Done], file: Path) -> None:
    """Gone from the file: told, and taken back with `--retract`; back in the file: told, not recorded again."""
    file.write_text(FILE[: FILE.index("  - BreachFound")])
    gone = kept("ingest", file)
    assert (gone.code, "No longer in the file; use --retract to take back" in gone.out) == (1, True)
    assert kept("ingest", file, "--retract").code == 0
    file.write_text(FILE)
    back = kept("ingest", file)
    assert (back.code, "Taken back in the ledger, so not recorded again" in back.out) == (1, True)


def test_check_tells_every_problem_and_writes_nothing(run: Callable[..., Done], file: Path, tmp_path: Path) -> None:
    """Like a compiler: one line a problem, then their number; no ledger comes of it."""
    assert run("check", file) == Done(0, "No problems: 4 facts about RVN.\n", "")
    file.write_text(FILE.replace("2027-03", "2027-02-29").replace("rating: Good,", "rating: Fine,"))
    done = run("check", file)
    assert (done.code, done.out) == (1, "")
    first, second, count = done.err.splitlines()
    assert first.startswith(f"{file}:6:39: 'Fine' is not a rating: use one of Outstanding, Good")
    assert second.startswith(f"{file}:10:82: there is no such date as '2027-02-29'")
    assert count == "2 problems."
    assert [path.name for path in tmp_path.iterdir()] == ["RVN.yaml"]


def test_check_gives_json(run: Callable[..., Done], file: Path) -> None:
    """The number of facts, and the problems with file, line and column."""
    assert run("check", file, "--json").json == {"facts": 4, "problems": [], "warnings": []}
    file.write_text("trust: RVN\n")
    done = run("check", file, "--json")
    problem = {"file": str(file), "line": 1, "column": 1, "message": "the field 'events' is missing"}
    assert (done.code, done.json) == (1, {"facts": 0, "problems": [problem], "warnings": []})


def test_ingest_of_a_bad_file_records_nothing(run: Callable[..., Done], file: Path) -> None:
    """The problems are told as `check` tells them, and the ledger stays as it was."""
    file.write_text(FILE.replace("2027-03", "soon"))
    done = run("ingest", file)
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-2:] == ["1 problem.", "Nothing was recorded."]
    with Ledger.open("trust-ledger.db", create=False) as ledger:
        assert ledger.entries == ()


@pytest.mark.parametrize(
    ("day", "rating"), [("2025-05-28", []), ("2025-05-29", ["Good"]), ("2025-05-30", ["Requires improvement"])]
)
def test_at_gives_one_object_with_a_list_for_every_question(day: str, rating: list[str], kept: Callable[..., Done]) -> None:
    """The JSON of a trust on the day before a publication and on the day of it."""
    report = kept("at", day, "RVN", "--json").json
    assert [row["rating"] for row in report["ratings"]] == rating
    assert (report["trust"], report["on"], report["public_on"], report["is_forecast"]) == ("RVN", day, None, False)
    assert all(isinstance(report[name], list) for name in PROJECTIONS)
    assert all("inferred" in row for name in PROJECTIONS for row in report[name])


def test_at_is_known_by_today_unless_told_otherwise(kept: Callable[..., Done]) -> None:
    """The command passes today as `known_at`, so what lies ahead is a forecast."""
    report = kept("at", "2099-01-01", "RVN", "--json").json
    assert report["known_at"] is not None
    assert report["is_forecast"] is True
    then = kept("at", "2025-06-01", "RVN", "--json", "--known-at", "2020-01-01")
    assert (then.code, then.json["ratings"], then.json["last_heard"]) == (0, [], None)
    assert "Nothing is on record by this day." in kept("at", "2025-06-01", "RVN", "--known-at", "2020-01-01").out


def test_at_shows_every_statement_with_its_entries_and_sources(kept: Callable[..., Done]) -> None:
    """Plain text where it is piped: no colour, no borders."""
    done = kept("at", "2025-06-01", "RVN")
    assert "  Whole trust, Well-led: Requires improvement, since 30 May 2025; before that Good [2, 3]\n" in done.out
    assert "Care Quality Commission, “Report” (public, published 30 May 2025): [2] paragraph 6" in done.out
    assert "\x1b" not in done.out


def test_at_without_a_trust_gives_one_line_a_trust(kept: Callable[..., Done]) -> None:
    """The overview, and in JSON the report of every trust."""
    assert (
        "  RVN: Well-led Requires improvement; breaches not cleared on record: 1; actions open: 1\n"
        in kept("at", "2025-06-01").out
    )
    assert [report["trust"] for report in kept("at", "2025-06-01", "--json").json] == ["RVN"]


COMMANDS = [
    ("at", "2025-06-01", "RVN"),
    ("at", "2025-06-01", "RVN", "--json"),
    ("at", "2012-06-01", "RVN"),
    ("at", "2012-06-01", "RVN", "--json"),
    ("at", "2025-06-01"),
    ("at", "2025-06-01", "--json"),
    ("history", "RVN"),
    ("history", "RVN", "--json"),
    ("why", "RVN", "2025-06-01"),
    ("why", "RVN", "2025-06-01", "--json"),
    ("diff", "2012-01-01", "2025-06-01"),
    ("diff", "2012-01-01", "2025-06-01", "--json"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_confidential_is_printed_with_public_on(command: tuple[str, ...], kept: Callable[..., Done]) -> None:
    """No word of a confidential source, no recorder's name and no count of either; without the option they are there."""
    hidden = ("Records altered", "Secret", "briefing", "analyst", "A council", "regulation", "Regulation")
    public = kept(*command, "--public-on", "2025-06-01")
    assert public.code == 0
    assert [word for word in hidden if word in public.out.replace('"regulation": null', "")] == []


def test_history_tells_the_changes_day_by_day_and_marks_forecasts(kept: Callable[..., Done]) -> None:
    """A day, what changed on it; every line that lies ahead is marked."""
    out = kept("history", "RVN", "--about", "actions", "--known-at", "2026-12-31").out
    assert "30 May 2025\n  RVN, actions: End dormitory wards: new: open; targeted, due March 2027 [" not in out
    assert "30 May 2025\n  RVN, actions: End dormitory wards: new: open; targeted, due March 2027\n" in out
    assert (
        "1 April 2027\n  Forecast: RVN, actions: End dormitory wards: missed was nothing, now March 2027; "
        "status was open, now past-target\n" in out
    )
    told = kept("history", "RVN", "--json", "--until", "2025-05-30").json
    assert [(day["on"], day["is_forecast"]) for day in told] == [
        ("2012-02-29", False),
        ("2025-05-29", False),
        ("2025-05-30", False),
    ]
    assert told[1]["changes"][0]["after"]["rating"] == "Good"
    assert told[1]["changes"][0]["before"] is None


def test_why_tells_who_recorded_each_step_and_from_what(kept: Callable[..., Done]) -> None:
    """Each fact with its recorder and source; a derived pass cites the entry that set the due date."""
    out = kept("why", "RVN", "2099-01-01", "--about", "actions").out
    assert (
        "by analyst; Care Quality Commission, “Report” (public, published 30 May 2025), last paragraph; inferred: on [4]" in out
    )
    assert "Forecast: Action deadline passed: 1 April 2027; action: wards; due: March 2027 — derived" in out
    steps = kept("why", "RVN", "2099-01-01", "--about", "actions", "--json").json
    assert [(step["type"], step["entry"], step["is_derived"]) for step in steps] == [
        ("ActionCommitted", 4, False),
        ("ActionDeadlinePassed", 4, True),
    ]
    assert "In the order it took effect" in kept("why", "RVN").out


def test_diff_tells_what_changed_between_two_days(kept: Callable[..., Done]) -> None:
    """From the first day to the second; one trust or all."""
    out = kept("diff", "2025-05-29", "2025-05-30").out
    assert out.startswith("From 29 May 2025 to 30 May 2025\n")
    assert (
        "  RVN, ratings: Whole trust, Well-led: rating was Good, now Requires improvement; "
        "since was by 29 May 2025, now 30 May 2025" in out
    )
    assert "No changes" in kept("diff", "2025-06-01", "2025-06-02", "RVN").out
    (change, _) = kept("diff", "2025-05-29", "2025-05-30", "--json").json
    assert change["fields"]["rating"] == {"before": "Good", "after": "Requires improvement"}


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        (("at", "2027-04", "RVN"), 2, "'2027-04' is not a day: write it as 2027-04-01"),
        (("at", "soon", "RVN"), 2, "'soon' is not a day"),
        (("at", "2027-02-29", "RVN"), 2, "there is no such date as '2027-02-29'"),
        (("at", "1947-12-31", "RVN"), 2, "the year in '1947-12-31' is outside 1948 to 9998"),
        (("at", "9999-01-01", "RVN"), 2, "the year in '9999-01-01' is outside 1948 to 9998"),
        (("at", "2025-06-01", "RVM"), 1, "nothing is on record about 'RVM'; trusts on record: RVN"),
        (("at", "2025-06-01", "rvn"), 1, "nothing is on record about 'rvn'; did you mean RVN?; trusts on record: RVN"),
        (("at", "2025-06-01", "RVN", "--known-at", "yesterday"), 2, "'yesterday' is neither a day (2027-04-01) nor an instant"),
        (("at", "2025-06-01", "RVN", "--public-on", "x"), 2, "'x' is not a day"),
        (("at", "2025-06-01", "--ledger", "missing.db"), 1, "there is no ledger at missing.db"),
        (("at", "2025-06-01", "--ledger", "RVN.yaml"), 1, "RVN.yaml is not a ledger"),
        (("at", "2025-06-01", "--ledger", "."), 1, ". is a folder: name a file in it"),
        (
            ("at", "2025-06-01", "--ledger", "mysql://u:secret@h/d"),
            1,
            "this version can't open a ledger at a mysql address",
        ),
        (("history", "RVN", "--about", "rating"), 2, "there is no question 'rating': ask about identity, ratings"),
        (("why", "RVN", "2025-06-01", "--about", "x"), 2, "there is no question 'x'"),
        (("history", "RXX"), 1, "nothing is on record about 'RXX'"),
        (("why", "RXX"), 1, "nothing is on record about 'RXX'"),
        (("diff", "2025-01-01", "2025-06-01", "RXX"), 1, "nothing is on record about 'RXX'"),
        (("diff", "2025-01-01", "x"), 2, "'x' is not a day"),
        (("ingest", "missing.yaml"), 1, "missing.yaml:1:1: can't read the file: No such file or directory"),
        (("ingest", "RVN.yaml", "--ledger", "nowhere/x.db"), 1, "the folder nowhere doesn't exist: make it first"),
        (("check", "."), 1, ".:1:1: this is a folder: name the files in it"),
        (("demo", "--ledger", "nowhere/x.db"), 1, "the folder nowhere doesn't exist"),
    ],
)
def test_a_mistake_gets_a_sentence_and_no_traceback(
    command: tuple[str, ...], code: int, message: str, kept: Callable[..., Done]
) -> None:
    """What is wrong and what to do, on standard error; 1 for problems, 2 for usage."""
    done = kept(*command)
    assert message in done.err
    assert (done.code, done.out) == (code, "")
    assert "Traceback" not in done.err
    assert "secret" not in done.err


def test_an_unknown_command_or_option_is_usage(kept: Callable[..., Done]) -> None:
    """Typer's own usage errors end with 2."""
    assert kept("att", "2025-06-01").code == 2
    assert kept("at").code == 2
    assert kept("at", "2025-06-01", "--jsn").code == 2


def test_the_ledger_may_be_named_in_the_environment(kept: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """`TRUST_LEDGER` names it where the option does not."""
    Path("trust-ledger.db").rename("other.db")
    monkeypatch.setenv("TRUST_LEDGER", "other.db")
    assert kept("at", "2025-06-01", "RVN").code == 0


def test_a_trust_whose_facts_are_not_public_yet_is_empty_not_unknown(kept: Callable[..., Done]) -> None:
    """The day before anything was public, a public view answers with empty lists, as it would of a trust never heard of."""
    known, unknown = (kept("at", "2025-05-28", code, "--json", "--public-on", "2025-05-28") for code in ("RVN", "RXX"))
    assert (known.code, unknown.code) == (0, 0)
    assert {**known.json, "trust": ""} == {**unknown.json, "trust": ""}


def test_the_demo_walks_through_the_example_ledger(run: Callable[..., Done]) -> None:
    """A downgrade, a table of ratings then and now, the dormitory target on two days as a forecast, and who says so."""
    out = run("demo", "--ledger", "d.db").out
    assert "29 May 2025, RVN, Whole trust, Well-led: Good" in out
    assert "30 May 2025, RVN, Whole trust, Well-led: Requires improvement, since 30 May 2025; before that Good" in out
    assert "adults of working age, Safe: Requires improvement" in out
    assert "adults of working age, Safe: Good, since 13 January 2026; before that Requires improvement" in out
    assert "Forecast: 31 March 2027, RHA, End dormitory accommodation: open; targeted, due March 2027" in out
    assert "Forecast: 1 April 2027, RHA, End dormitory accommodation: past target; targeted, due March 2027" in out
    assert "Action committed: between October 2025 and March 2026" in out
    again = run("demo", "--ledger", "d.db")
    assert (again.code, " 0 of them added now" in again.out.splitlines()[0]) == (0, True)


def test_on_a_terminal_there_are_tables(kept: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a person reads it, the same page comes as tables."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "160")
    out = kept("at", "2025-06-01", "RVN").out
    assert "Ratings" in out
    assert "│" in out


def test_help_names_every_command(run: Callable[..., Done]) -> None:
    """`--help` tells what there is."""
    done = run("--help")
    assert done.code == 0
    assert all(name in done.out for name in ("ingest", "check", "at", "history", "why", "diff", "demo"))


def _child(tmp_path: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ledger", *arguments]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, **more)


def test_it_runs_as_a_module_and_where_only_ascii_can_be_printed(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A terminal that can't show a letter gets a question mark, not a traceback."""
    assert kept("at", "2025-06-01").code == 0
    done = _child(tmp_path, "at", "2025-06-01", "RVN", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?Report?" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(kept: Callable[..., Done], tmp_path: Path) -> None:
    """`trust-ledger at ... | head` ends quietly."""
    assert kept("at", "2025-06-01").code == 0
    command = f"{sys.executable} -c 'from ledger.cli import main; main()' at 2025-06-01 RVN --json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == (b"{", b"")
