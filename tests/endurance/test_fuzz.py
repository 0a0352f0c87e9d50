"""What reads bytes from elsewhere refuses with an error of ours what it does not take; small, and its own faults are found."""

import sys
from functools import partial
from random import Random

import pytest

from ledger.errors import LedgerError
from tests.endurance import fuzz
from tests.endurance.fuzz_reader import Reader, same
from tests.endurance.mutations import Mutate, either, in_bytes, in_json, in_lines

INPUTS = 300


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    """Give all readers."""
    return fuzz.readers(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize(
    "name",
    [
        *("a ledger file", "a ledger file, without libyaml", "a signed note", "a checkpoint", "a proof", "a key"),
        *("what verifies a proof", "an entry", "the outline of an entry", "an export", "a database"),
    ],
)
def test_nothing_is_raised_but_errors_of_ours(name: str, readers: dict[str, Reader]) -> None:
    """Hundreds of inputs, the same in every run."""
    figures = fuzz.run(name, readers[name], INPUTS // readers[name].costs, seed=0)
    assert figures.faults == {}
    assert f"{name}: " in str(figures)


def test_all_readers_are_run(readers: dict[str, Reader]) -> None:
    """Whichever there are; each accepts what it begins from."""
    assert len(readers) == 11
    assert [name for name, reader in readers.items() if not all(map(reader.read, reader.corpus))] == ["what verifies a proof"]


def _wrong(data: bytes) -> bool:
    if b"!" in data:
        raise ValueError(data)
    if not data:
        raise LedgerError
    return same(data, data)


def test_what_is_no_error_of_ours_is_found_and_shrunk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What raises it is told, with the least input of it; so is what takes too long."""
    figures = fuzz.run("wrong", Reader((b"one! two",), lambda data, _: data, _wrong), 10, seed=0)
    ((fault, times),) = figures.faults.items()
    assert (fault.partition(":")[0], times, figures.examples) == ("ValueError at test_fuzz.py", 10, {fault: b"!"})
    assert "exceptions that are not LedgerError 10; " in str(figures)
    assert str(figures).endswith(f"must never be: 10 times {fault}, of b'!'")
    monkeypatch.setattr(fuzz, "PATIENCE", -1.0)
    figures = fuzz.run("slow", Reader((b"one",), lambda data, _: data, _wrong), 1, seed=0)
    assert figures.faults == {"longer than -1.0 seconds": 1}


def test_what_comes_back_otherwise_is_a_fault() -> None:
    """It was accepted, and gives other bytes."""
    with pytest.raises(AssertionError, match="'b' was accepted, and came back as 'a'"):
        same("a", "b")


def test_one_seed_makes_the_same_inputs() -> None:
    """So that what was found can be found again; another makes others."""
    made = []
    for seed in (1, 1, 2):
        inputs: list[bytes] = []
        mutate = partial(_noted, inputs, either(in_json, in_lines, in_bytes))
        fuzz.run("made", Reader((b'{"a":[1,{"b":2}]}\n',), mutate, lambda _: True), 200, seed)
        made.append(inputs)
    assert made[0] == made[1] != made[2]


def _noted(inputs: list[bytes], mutate: Mutate, data: bytes, chance: Random) -> bytes:
    inputs.append(mutate(data, chance))
    return inputs[-1]


def test_the_script_prints_the_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code says whether there is a fault."""
    for name, code in (("a key", False), ("wrong", True)):
        reader = Reader((b"!",), lambda data, _: data, _wrong if code else lambda _: True)
        monkeypatch.setattr(fuzz, "readers", lambda _, name=name, reader=reader: {name: reader, "other": reader})
        monkeypatch.setattr(sys, "argv", ["fuzz", "--inputs", "3", "--reader", name])
        with pytest.raises(SystemExit) as ended:
            fuzz.main()
        assert ended.value.code is code
        assert capsys.readouterr().out.startswith(f"{name}: 3 inputs, accepted {0 if code else 3}, refused 0, ")
