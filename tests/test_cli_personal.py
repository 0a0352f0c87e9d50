"""The commands on what looks like personal data: a plain sentence with its place, and a refusal where one asks for it."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import Ledger
from tests.conftest import Done
from tests.test_cli_imports import BODY

FILE = """\
trust: RVN
sources:
  dr-smith: {title: Letter of Dr Smith, publisher: The trust, published: 2025-05-30, marking: public}
events:
  - ConcernRaised:
      concern: letter
      on: 2025-05-30
      text: Jane.Smith@example.org wrote
    sources: [{ref: dr-smith, at: "call 07700 900123"}]
  - RatingStated: {on: 2025-05-30, rating: Good, key_question: Well-led}
    sources: [{ref: dr-smith}]
"""
ADVICE = "name the role or the body instead"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a ledger file with somebody's data in it."""
    path = tmp_path / "RVN.yaml"
    path.write_text(FILE)
    return path


def told(file: Path) -> list[str]:
    """Give what is to be told of the file."""
    return [
        f"{file}:3:14: title: this looks like the name of a person (Dr S…): {ADVICE}",
        f"{file}:8:7: text: this looks like an e-mail address (J…@example.org): {ADVICE}",
        f"{file}:9:31: at: this looks like a telephone number (077…): {ADVICE}",
    ]


@pytest.mark.parametrize("command", ["check", "ingest"])
def test_the_commands_on_files_warn_once_and_go_on(command: str, run: Callable[..., Done], file: Path) -> None:
    """With file, line and column; the exit code stays 0, and the second time it is told again, as it is there still."""
    for _ in range(2):
        done = run(command, file)
        assert done.code == 0
        assert done.err.splitlines() == [f"trust-ledger: warning: {one}" for one in told(file)]


def test_check_refuses_when_asked(run: Callable[..., Done], file: Path) -> None:
    """Each is a problem like any other."""
    done = run("check", file, "--refuse-personal")
    assert (done.code, done.out, done.err.splitlines()) == (1, "", [*told(file), "3 problems."])


def test_check_gives_warnings_as_json(run: Callable[..., Done], file: Path) -> None:
    """Beside the problems, or among them; then there are no facts."""
    done, refused = run("check", file, "--json"), run("check", file, "--json", "--refuse-personal")
    assert (done.code, done.err, done.json["facts"], done.json["problems"]) == (0, "", 2, [])
    assert done.json["warnings"][1] == {
        "file": str(file),
        "line": 8,
        "column": 7,
        "message": f"text: this looks like an e-mail address (J…@example.org): {ADVICE}",
    }
    assert (refused.code, refused.json) == (1, {"facts": 0, "problems": done.json["warnings"], "warnings": []})


def test_ingest_refuses_when_asked_and_records_nothing(run: Callable[..., Done], file: Path) -> None:
    """All or nothing."""
    done = run("ingest", file, "--refuse-personal")
    assert (done.code, done.out, done.err.splitlines()) == (1, "", [*told(file), "3 problems.", "Nothing was recorded."])
    with Ledger.open("trust-ledger.db", create=False) as ledger:
        assert ledger.entries == ()


def test_a_file_with_problems_is_looked_through_too(run: Callable[..., Done], file: Path) -> None:
    """A fact that can't be read, and the name of a source, may hold somebody's number; a problem is still a problem."""
    file.write_text("trust: RVN\nsources: {patient-9434765919: {}}\nevents: [Mrs Patel]\n")
    done = run("check", file)
    warned = [line for line in done.err.splitlines() if line.startswith("trust-ledger: warning: ")]
    assert done.code == 1
    assert warned == [
        f"trust-ledger: warning: {file}:2:11: a name: this looks like an NHS number (943…): {ADVICE}",
        f"trust-ledger: warning: {file}:3:10: events: this looks like the name of a person (Mrs P…): {ADVICE}",
    ]


def test_a_reason_given_to_the_command_is_looked_at(run: Callable[..., Done], file: Path) -> None:
    """It warns, and with the option nothing is recorded."""
    file.write_text("trust: RVN\nevents:\n  - TrustRegistered: {name: A trust, on: 2025-05-30}\n")
    run("ingest", file)
    file.write_text("trust: RVN\nevents:\n  - TrustRegistered: {name: Another trust, on: 2025-05-30}\n")
    arguments = ("ingest", file, "--correct", "--reason", "Mr Smith says so")
    refused, done = run(*arguments, "--refuse-personal"), run(*arguments)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"trust-ledger: this looks like personal data: RVN reason: the name of a person (Mr S…): {ADVICE}; nothing was recorded\n"
    )
    assert (done.code, done.err) == (
        0,
        f"trust-ledger: warning: --reason: this looks like the name of a person (Mr S…): {ADVICE}\n",
    )


@pytest.fixture
def body(tmp_path: Path) -> Path:
    """Give a body of CQC's API that says why one location followed another, and by whose doing."""
    related = {"type": "HSCA Predecessor", "relatedLocationId": "RHA02", "reason": "Bought by Dr Smith"}
    path = tmp_path / "RHA01.json"
    path.write_text(json.dumps({**BODY, "relationships": [related]}))
    return path


def test_an_import_warns_once_in_a_plain_sentence(run: Callable[..., Done], body: Path) -> None:
    """And records; what was there already is not told again."""
    first, second = run("import", "cqc-api", body), run("import", "cqc-api", body)
    assert (first.code, second.code, second.err) == (0, 0, "")
    assert first.err == (
        "trust-ledger: warning: this looks like personal data: "
        f"RHA LocationFormed.reason: the name of a person (Dr S…): {ADVICE}\n"
    )


def test_an_import_refuses_when_asked_or_leaves_it_out(run: Callable[..., Done], body: Path) -> None:
    """A problem at its place; with --keep-going the rest is recorded."""
    refused = run("import", "cqc-api", body, "--refuse-personal")
    kept = run("import", "cqc-api", body, "--refuse-personal", "--keep-going")
    problem = f"LocationFormed.reason: this looks like the name of a person (Dr S…): {ADVICE}"
    assert (refused.code, kept.code) == (1, 1)
    assert problem in refused.err
    assert problem in kept.err
    assert "nothing was recorded" in refused.out
    with Ledger.open("trust-ledger.db") as ledger:
        assert [type(entry.event).__name__ for entry in ledger.entries if "Formed" in type(entry.event).__name__] == []
        assert ledger.last > 0


def test_other_warnings_are_shown_as_ever(run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's own form, with the file and line."""
    monkeypatch.setattr("ledger.cli.app", lambda: warnings.warn("something else", UserWarning, stacklevel=1))
    shown: list[object] = []
    monkeypatch.setattr(warnings, "showwarning", lambda message, *_told, **_where: shown.append(message))
    done = run("at", "2026-01-01")
    assert ([str(one) for one in shown], done.err) == (["something else"], "")
