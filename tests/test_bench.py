"""The benchmark still runs: every ledger, peer and piece of work, at a tiny size."""

import gc
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def _small_heap() -> Iterator[None]:
    """Leave what the test run itself holds out of every collection: there is one before each measurement."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a way to import a module of the benchmark: a folder of scripts, not a package."""
    monkeypatch.syspath_prepend(BENCH)
    return importlib.import_module


@pytest.mark.usefixtures("_small_heap")
def test_everything_is_measured_and_answers_alike(
    load: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every peer gives the ledger's answers, everything has a time, and every target but that of memory is told met or not."""
    sizes = load("plan").Sizes(one=(40, 80, 120), middle=120, many=((60, 2), (400, 8)), register=(300, 100), rounds=1)
    monkeypatch.setattr(load("measure"), "BUDGET", 0.01)
    found = load("run").bench(sizes, tmp_path / "worlds", is_alone=False)
    assert all(one["median"] > 0 for one in found["timings"])
    assert len(found["targets"]) == 15
    assert {one["work"] for one in found["growth"]} == {
        "warm, random day",
        "one durable append",
        "late entry, then asked, of one trust",
    }
    assert {"duckdb", "eventsourcing", "msgspec"} <= set(found["versions"])
    assert "| cold, every trust | 400 | ledger |" in capsys.readouterr().out


def test_what_is_cold_is_measured_in_a_process_of_its_own(load: Any, tmp_path: Path) -> None:
    """A new process opens the ledger, answers, and tells its seconds and its memory."""
    world = load("worlds").World(tmp_path / "world", 60, 2).make(with_peers=False)
    sample = load("measure").alone("ours_all", world)
    assert sample.seconds > 0
    assert sample.peak > 0


def test_the_same_numbers_give_the_same_ledger(load: Any) -> None:
    """A ledger that is made up has the shares it says: of corrections, of late entries, of imprecise dates."""
    made = list(load("ledgers").batches(2000, 3))
    drafts = [(at, draft) for at, some in made for draft in some]
    dated = [(at, draft.event.on) for at, draft in drafts if hasattr(draft.event, "on")]
    late = [on for at, on in dated if on.latest and (at.date() - on.latest).days > 170]
    assert made == list(load("ledgers").batches(2000, 3))
    assert len(drafts) == 2000
    assert 70 <= sum(draft.replaces is not None for _, draft in drafts) <= 130
    assert 320 <= sum(not on.is_precise for _, on in dated) <= 480
    assert 130 <= len(late) <= 270


def test_a_peer_that_answers_otherwise_is_not_timed(load: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is measured where the answers differ: the difference is told instead."""
    monkeypatch.setattr(load("intervals"), "FOREVER", 1)
    with pytest.raises(SystemExit, match="SQLite differs on"):
        load("worlds").World(tmp_path / "world", 60, 2).make()
