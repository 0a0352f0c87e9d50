"""`trust-ledger import cqc-api --live`: the folder is brought up to date, then what is in it is recorded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger import Ledger
from tests.conftest import Done

from .register import KEY, Register, says

Live = Callable[..., Done]
PROVIDER: dict[str, Any] = {"name": "A trust", "registrationDate": "2010-04-01", "locationIds": ["RHA01"]}
LOCATION: dict[str, Any] = {"providerId": "RHA", "name": "A hospital", "registrationDate": "2010-04-01"}


@pytest.fixture
def live(register: Register, run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> Live:
    """Give a way to run the command against a register with one trust and its location, the key in the environment."""
    register.add("providers/RHA", **PROVIDER)
    register.add("locations/RHA01", **LOCATION)
    monkeypatch.setenv("CQC_API_KEY", KEY)
    return lambda *arguments: run("import", "cqc-api", "--live", "--address", register.address, *arguments)


def test_it_fetches_and_records(live: Live, register: Register, tmp_path: Path) -> None:
    """The second time, CQC is asked for changes only, and nothing is added."""
    first = live("bodies")

    assert (first.code, first.err) == (0, "2 bodies fetched from CQC, kept in bodies.\n")
    assert "2 facts read: 2 new, recorded" in first.out
    assert (tmp_path / "bodies" / "locations" / "RHA01.json").exists()
    with Ledger.open(tmp_path / "trust-ledger.db") as ledger:
        assert ledger.at("2026-11-22").trust("RHA").locations["RHA01"].name == "A hospital"
    second = live("bodies")
    assert (second.code, second.err) == (0, "0 bodies fetched from CQC, kept in bodies.\n")
    assert "0 new, recorded" in second.out
    assert register.bodies_asked() == ["providers/RHA", "locations/RHA01"]


def test_one_provider_and_its_locations_in_the_folder_of_its_own_name(live: Live, register: Register, tmp_path: Path) -> None:
    """Without a folder, the bodies are kept in `cqc-api`; what CQC has no record of is counted."""
    register.add("providers/RVN", name="Another trust")
    del register.bodies["locations/RHA01"]

    assert live("--only", "RHA").err == "1 body fetched from CQC, kept in cqc-api; CQC has no record of 1.\n"
    assert not (tmp_path / "cqc-api" / "providers" / "RVN.json").exists()


def test_what_cqc_does_not_answer_properly_is_told(live: Live, register: Register) -> None:
    """The reason is on standard error; the rest is recorded."""
    register.tricks["locations/RHA01"].append(says(b"<html>"))
    done = live()

    assert done.err.splitlines()[-1] == "1 body fetched from CQC, kept in cqc-api."
    assert "locations/RHA01" in done.err.splitlines()[0]
    assert "1 fact read: 1 new, recorded" in done.out


def test_a_key_that_is_refused_is_a_sentence_without_the_key(live: Live) -> None:
    """Exit code 1, and the key is shown nowhere."""
    done = live("--key", "another-key")

    assert done.code == 1
    assert done.err.startswith("trust-ledger: CQC's API refused the key (401)")
    assert "another-key" not in done.err + done.out
