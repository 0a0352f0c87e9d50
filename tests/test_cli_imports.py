"""The commands that import what CQC and the NHS Organisation Data Service publish, and what a careless user gets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import Ledger
from ledger.cli import _imports
from ledger.sources import cqc_api, cqc_ratings, take_in
from tests.conftest import Done

HEADER = "Location ID,Service / Population Group,Domain,Latest Rating,Publication Date,Inherited Rating (Y/N),Provider ID\n"
SAFE = "RHA01,Overall,Safe,Requires improvement,27/02/2019,N,RHA\n"
OVERALL = "RHA01,Overall,Overall,Good,27/02/2019,N,RHA\n"
MARCH, APRIL = "01_March_2019_Latest_ratings.csv", "01_April_2019_Latest_ratings.csv"
LICENCE = "Contains CQC information licensed under the Open Government Licence v3.0."
BODY: dict[str, Any] = {
    "locationId": "RHA01",
    "providerId": "RHA",
    "organisationType": "Location",
    "name": "Highbury Hospital",
    "registrationDate": "2010-04-01",
    "registrationStatus": "Registered",
    "currentRatings": {
        "overall": {
            "rating": "Good",
            "reportDate": "2019-02-27",
            "reportLinkId": "4fb1a27e-441f-4aa3-b75b-460dac3290cf",
            "keyQuestionRatings": [],
        }
    },
}


@pytest.fixture
def folder(run: Callable[..., Done], tmp_path: Path) -> Path:
    """Give the folder that the command runs in, with an edition of March 2019 in it."""
    del run
    (tmp_path / MARCH).write_text(HEADER + SAFE + OVERALL)
    return tmp_path


def test_an_edition_is_recorded_once(run: Callable[..., Done], folder: Path) -> None:
    """The second time, nothing is added; the rating is found on its day, and was not there the day before."""
    first, second = run("import", "cqc-ratings", MARCH), run("import", "cqc-ratings", MARCH)

    assert (first.code, second.code) == (0, 0)
    assert first.out.splitlines() == [
        "Import into trust-ledger.db",
        "2 facts read: 2 new, recorded; 0 given a further source; 0 on record from this source already.",
        LICENCE,
    ]
    assert "2 facts read: 0 new, recorded; 0 given a further source; 2 on record from this source already." in second.out
    with Ledger.open(folder / "trust-ledger.db") as ledger:
        assert len(ledger.entries) == 2
        assert str(ledger.entries[0].sources[0]) == (
            "Care Quality Commission, “Care directory with ratings” (public, published 1 March 2019), "
            "Locations sheet, location RHA01, Overall, Safe; public since 27 February 2019 (inferred)"
        )
        assert ledger.at("2019-02-27").trust("RHA").ratings.of(location="RHA01") is not None
        assert ledger.at("2019-02-26").trust("RHA").ratings.of(location="RHA01") is None


def test_what_an_edition_has_no_longer_is_told_and_kept(run: Callable[..., Done], folder: Path) -> None:
    """It is an exception, so the exit code is 1; the rating stays on record. Editions are taken in the order of their dates."""
    (folder / APRIL).write_text(HEADER + OVERALL)
    done = run("import", "cqc-ratings", APRIL, MARCH)

    assert done.code == 1
    assert done.out.splitlines()[3:] == [
        "",
        "In an earlier edition, and in this one no longer; nothing was taken back",
        "  RHA: 27 February 2019; location: RHA01; key question: Safe; rating: Requires improvement [1]",
    ]
    again = run("import", "cqc-ratings", APRIL, "--json")
    assert (again.code, again.json["disappeared"][0]["entry"]) == (1, 1)
    assert run("at", "2019-05-01", "RHA").out.count("Requires improvement, since 27 February 2019") == 1


def test_a_dry_run_records_nothing(run: Callable[..., Done], folder: Path) -> None:
    """It says what would be recorded; without a ledger it makes none, and with one it counts what is new to it."""
    dry = run("import", "cqc-ratings", MARCH, "--dry-run")

    assert (dry.code, (folder / "trust-ledger.db").exists()) == (0, False)
    assert "2 facts read: 2 new, would be recorded" in dry.out
    run("import", "cqc-ratings", MARCH)
    (folder / APRIL).write_text(HEADER + SAFE + OVERALL + SAFE.replace("Safe", "Caring"))
    assert run("import", "cqc-ratings", APRIL, "--dry-run", "--json").json == {
        "facts": 3,
        "recorded": 1,
        "further": 0,
        "known": 2,
        "is_dry_run": True,
        "problems": [],
        "disappeared": [],
        "not_compared": [],
        "licence": LICENCE,
    }
    with Ledger.open(folder / "trust-ledger.db") as ledger:
        assert len(ledger.entries) == 2


def test_with_a_problem_nothing_is_recorded_unless_told_to_keep_going(run: Callable[..., Done], folder: Path) -> None:
    """Every problem of every file is told at once, with its place; the good rows come in only when asked for."""
    (folder / APRIL).write_text(
        HEADER + OVERALL + SAFE.replace("Requires improvement", "Superb") + SAFE.replace("27/02", "30/02")
    )
    done = run("import", "cqc-ratings", MARCH, APRIL, "absent.csv")

    assert done.code == 1
    assert done.out.splitlines()[1] == "3 facts read: nothing was recorded."
    lines = done.err.splitlines()
    assert lines[0].startswith(f"{APRIL}: row 3: “Latest Rating”: 'Superb' is not known as a rating")
    assert lines[1].startswith(f"{APRIL}: row 4: “Publication Date”: there is no such day as '30/02/2019'")
    assert lines[2] == "absent.csv: can't be read: No such file or directory"
    assert lines[3] == "3 problems. Nothing was recorded: put them right, or leave them out with --keep-going."
    as_json = run("import", "cqc-ratings", MARCH, APRIL, "--json").json
    assert (as_json["problems"][0]["at"], as_json["facts"], as_json["recorded"]) == ("row 3", 3, None)
    with Ledger.open(folder / "trust-ledger.db") as ledger:
        assert ledger.entries == ()
    kept = run("import", "cqc-ratings", APRIL, "--keep-going")
    assert (kept.code, kept.err.splitlines()[-1]) == (1, "2 problems.")
    assert "1 fact read: 1 new, recorded" in kept.out
    assert kept.out.splitlines()[-1] == (
        "The edition published 1 April 2019 was not compared with others: a later one is on record, or it has problems."
    )


def test_of_very_many_problems_the_first_are_shown(run: Callable[..., Done], folder: Path) -> None:
    """A column that is wrong throughout has a problem a row; JSON has them all."""
    (folder / APRIL).write_text(HEADER + OVERALL.replace("Good", "Superb") * 1_001)
    done = run("import", "cqc-ratings", APRIL)

    assert len(done.err.splitlines()) == 1_001
    assert done.err.splitlines()[-1].startswith(
        "1,001 problems. The first 1,000 are shown; --json has all. Nothing was recorded"
    )
    assert len(run("import", "cqc-ratings", APRIL, "--json").json["problems"]) == 1_001


def test_a_body_of_the_api_and_an_edition_tell_one_story(run: Callable[..., Done], folder: Path) -> None:
    """The same rating from both is one fact with two sources; what only the API says is added."""
    (folder / "RHA01.json").write_text(json.dumps(BODY))
    run("import", "cqc-ratings", MARCH)
    done = run("import", "cqc-api", "RHA01.json", "--published", "2025-02")

    assert done.code == 0
    assert "2 facts read: 1 new, recorded; 1 given a further source; 0 on record from this source already." in done.out
    shown = run("at", "2019-03-01", "RHA", "--json").json
    (overall,) = [row for row in shown["ratings"] if row["key_question"] == "Overall"]
    assert [source["source"]["title"] for source in overall["sources"]] == [cqc_ratings.SOURCE_TITLE, cqc_api.SOURCE_TITLE]
    assert [row["name"] for row in shown["locations"]] == ["Highbury Hospital"]


def test_names_and_successions_of_trusts(run: Callable[..., Done], folder: Path) -> None:
    """A trust tells what it took over from and what followed it, on the day it did."""
    (folder / "succession.csv").write_text("old_code,new_code,date\nRVN,RHA,2019-04-01\nRT5,RHA,2019-04-01\n")
    (folder / "trusts.csv").write_text("ods_code,name,type\nRHA,Nottinghamshire Healthcare,Mental health\n")

    assert run("import", "ods", "succession.csv", "trusts.csv", "--published", "2022-12-31").code == 0
    with Ledger.open(folder / "trust-ledger.db") as ledger:
        assert ledger.at("2019-03-31").trust("RHA").identity.predecessors == frozenset()
        assert ledger.at("2019-04-01").trust("RHA").identity.predecessors == {"RVN", "RT5"}
        assert ledger.at("2019-04-01").trust("RVN").identity.successors == {"RHA"}
        assert ledger.at("2022-12-31").trust("RHA").identity.name == "Nottinghamshire Healthcare"


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["cqc-api"], 2, "give files, folders or zips of the API's bodies; or --live"),
        (["cqc-api", "--live"], 2, "--live needs the key that CQC gave you"),
        (["cqc-api", "--live", "--key", "k", "one", "two"], 2, "with --live give one folder"),
        (["cqc-api", "--live", "--key", "a b"], 1, "the key for CQC's API is empty or has a space"),
        (["cqc-api", "nowhere"], 1, "nowhere: there is no such file"),
        (["cqc-ratings", MARCH, "--published", "yesterday"], 2, "'yesterday'"),
        (["cqc-ratings", MARCH, "--published", "2019-01"], 1, "is after 31 January 2019, by when this"),
        (["cqc-ratings", MARCH, f"./{MARCH}"], 2, "was given twice: leave one of the two out"),
        (
            ["cqc-ratings", MARCH, "--dry-run", "--ledger", "mysql://here"],
            1,
            "can't open a ledger at a mysql address",
        ),
        (["cqc-api", "bodies", "--only", "RHA"], 2, "--only is about what to ask CQC for: say --live as well"),
        (["cqc-ratings"], 2, "Missing argument"),
        (["ods", MARCH], 1, "give a table of trusts"),
        (["everything"], 2, "No such command"),
    ],
)
def test_a_careless_user_gets_a_sentence(
    run: Callable[..., Done], folder: Path, arguments: list[str], code: int, expected: str
) -> None:
    """A usage error exits with 2, a problem with 1; nothing is recorded and no traceback shown."""
    done = run("import", *arguments)

    assert done.code == code
    assert expected in " ".join(done.err.replace("│", " ").split())
    assert "Traceback" not in done.err
    assert not (folder / "trust-ledger.db").exists() or Ledger.open(folder / "trust-ledger.db").entries == ()


@pytest.mark.usefixtures("folder")
def test_an_import_that_is_stopped_keeps_what_it_recorded(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is told in a sentence; run again, it goes on."""

    def stopped(*arguments: Any, **options: Any) -> Any:
        take_in(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(_imports, "take_in", stopped)
    done = run("import", "cqc-ratings", MARCH)
    monkeypatch.setattr(_imports, "take_in", take_in)

    assert done.code == 1
    assert done.err == "Stopped. What was recorded so far stays; run it again, and it goes on from there.\n"
    assert "2 on record from this source already" in run("import", "cqc-ratings", MARCH).out
