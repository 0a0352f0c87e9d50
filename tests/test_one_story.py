"""One service, told by CQC's data and by a committee's paper: one story, two sources, and the command shows it."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Done

EXAMPLE = Path(__file__).parents[1] / "examples" / "RT5.yaml"
SERVICE = "Community-based mental health services for adults of working age"
PAPER = "CQC inspection update: LPT adults community mental health services"
DIRECTORY = "Care directory with ratings"


def test_the_ratings_of_2018_stand_once_with_both_sources(run: Callable[..., Done], shared_data: Path) -> None:
    """The paper's table and CQC's directory give the same six ratings; each shows once and cites both."""
    file = shared_data / "cqc-latest-ratings-2019" / "provider_ratings.csv"
    assert run("ingest", EXAMPLE).code == 0
    assert run("import", "cqc-ratings", file, "--published", "2019-03~").code == 0
    rows = [row for row in run("at", "2018-05-01", "RT5", "--json").json["ratings"] if row["service"] == SERVICE]

    assert {row["key_question"]: row["rating"] for row in rows} == {
        "Safe": "Requires improvement",
        "Effective": "Requires improvement",
        "Caring": "Good",
        "Responsive": "Requires improvement",
        "Well-led": "Good",
        "Overall": "Requires improvement",
    }
    for row in rows:
        titles = [cited["source"]["title"].partition(" (")[0] for cited in row["sources"]]
        assert sorted(titles) == [PAPER, DIRECTORY]
        assert (row["since"], len(row["entries"]), row["also"]) == ("2018-04-30", 2, [])


def test_the_text_of_the_command_shows_both(run: Callable[..., Done], shared_data: Path) -> None:
    """One line a rating with the entries of both; `why` tells each step with its own source, up to the assessment of 2025."""
    file = shared_data / "cqc-latest-ratings-2019" / "provider_ratings.csv"
    run("ingest", EXAMPLE)
    run("import", "cqc-ratings", file, "--published", "2019-03~")
    shown = run("at", "2026-03-31", "RT5").out.splitlines()
    why = run("why", "RT5", "2026-03-31", "--about", "ratings").out.splitlines()

    (line,) = [line for line in shown if line.startswith(f"  {SERVICE}, Overall: ")]
    assert line.startswith(f"  {SERVICE}, Overall: Requires improvement, since 30 April 2018; reaffirmed 13 January 2026; ")
    assert re.search(r" \[\d+, \d+, \d+\]$", line)
    steps = [
        (line.partition(":")[0].strip(), PAPER in line, DIRECTORY in line)
        for line in why
        if f"{SERVICE}; key question: Caring" in line
    ]
    assert steps == [("Rating stated", True, False), ("Rating published", False, True), ("Rating reaffirmed", True, False)]
