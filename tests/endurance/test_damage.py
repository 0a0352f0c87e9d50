"""A damaged file gives the right answer or an error of ours; nothing hangs and nothing else is raised."""

from pathlib import Path

import pytest

from tests.endurance.damage import KINDS, make, run
from tests.endurance.zygote import Zygote

TRIALS = 5


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a ledger that was closed and one that was not."""
    folder = tmp_path_factory.mktemp("ledgers")
    make(folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_told_or_does_no_harm(kind: str, forks: Zygote, ledgers: Path) -> None:
    """Every trial has an outcome. How many give another answer without a word is printed by the script, not judged here."""
    figures = run(forks, ledgers, kind, range(TRIALS))
    assert figures.faults == ()
    assert (figures.asked.total(), figures.recorded.total()) == (TRIALS, TRIALS)
    assert figures.kind in str(figures)


def test_an_exception_that_is_not_ours_is_told(forks: Zygote, tmp_path: Path) -> None:
    """Where there is no ledger to damage, the process ends with an error, and that is a fault."""
    figures = run(forks, tmp_path, "a byte flipped", range(1))
    assert figures.faults == ("it hung, or ended with 1, after nothing",)
