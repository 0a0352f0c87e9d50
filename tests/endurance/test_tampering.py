"""What is done to a stored ledger behind its back is found, and the place is named; or it is listed as what nobody can find."""

from pathlib import Path
from random import Random

import attrs
import pytest

from ledger.errors import LedgerError
from tests.endurance.keeping import Databases, Files, Kept, make
from tests.endurance.tampered import ALONE, KINDS, NEVER, Kind
from tests.endurance.tampering import Outcome, faults, kinds_for, run, table, tamper
from tests.postgres import Server

ROUNDS = 9
"""Enough for a complete subtree of 256 entries."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Kept]:
    """Give a ledger in a file, and what is kept of it elsewhere."""
    copies = Files(tmp_path_factory.mktemp("tampered"))
    return copies, make(copies.master, ROUNDS)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_tampering_with_a_file_is_found(kind: Kind, files: tuple[Files, Kept]) -> None:
    """Every kind is found alone or with a checkpoint that has it, names its place, and raises nothing but our own errors."""
    outcome = tamper(*files, kind, seed=1)
    assert outcome.faults == ()
    assert not (kind.due is NEVER and outcome.alone)


def test_tampering_with_a_database_is_found(server: Server) -> None:
    """In PostgreSQL the same is found, of kinds chosen at random."""
    copies = Databases(server)
    kept, kinds = make(copies.master, ROUNDS), kinds_for(copies)
    outcomes = [tamper(copies, kept, kind, seed=1) for kind in Random(1).sample(kinds, 8)]
    server.run("DROP DATABASE master", "DROP DATABASE trusts", database="postgres")
    assert faults(outcomes) == []
    assert len(kinds) < len(KINDS)


def test_the_figures_are_told_by_kind(tmp_path: Path) -> None:
    """The table has a line for each kind, and one for all."""
    outcomes = run(Files(tmp_path), 2, seed=3)
    lines = table(outcomes).splitlines()
    assert (len(lines), lines[-1].split()[:2]) == (len(KINDS) + 2, ["all", "2"])


def test_what_must_never_be_is_told() -> None:
    """What is missed, a place that is not named, and an error that is not ours are faults, with the kind and the seed."""
    missed = Outcome(KINDS[0], 7, alone=False, outside=True, is_due=True, is_named=False, wrong=("TypeError: no",))
    name = KINDS[0].name
    assert missed.faults == (
        f"{name}, seed 7: not found",
        f"{name}, seed 7: the place is not named",
        f"{name}, seed 7: TypeError: no",
    )


@pytest.mark.parametrize(("raised", "wrong"), [(LedgerError("no"), ()), (TypeError("no"), ("TypeError: no",) * 3)])
def test_an_error_that_is_not_ours_is_noted(
    raised: Exception, wrong: tuple[str, ...], files: tuple[Files, Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of ours tells that something is wrong, and is a finding; another is noted, for each thing that was tried."""

    def refuse(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("tests.endurance.tampering.Ledger.open", refuse)
    outcome = tamper(*files, attrs.evolve(KINDS[0], due=ALONE), seed=1)
    assert (outcome.wrong, outcome.alone) == (wrong, not wrong)
