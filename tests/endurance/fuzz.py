"""What reads bytes from elsewhere, given what nobody meant: it takes them as they are or refuses them with an error of ours, in time.

`python -m tests.endurance.fuzz --inputs 100000 --seed 1` prints the figures of each reader; the slow ones a part of them. What is
accepted must give the same bytes back.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import attrs

from ledger.errors import LedgerError

from .fuzz_files import file_readers
from .fuzz_proofs import proof_readers
from .fuzz_reader import Reader
from .fuzz_stored import make, stored_readers

__all__ = ["Figures", "main", "readers", "run"]

PATIENCE = 2.0
"""The number of seconds above which one input took too long."""
SHOWN = 2000
SHRINKING = 20.0
"""The number of seconds after which a fault is told as it is by then."""


@attrs.frozen
class Figures:
    """What came of the inputs of one reader; faults are what must never be: other exceptions, other bytes back, or too long a time."""

    reader: str
    inputs: int
    accepted: int
    seconds: float
    slowest: float
    slowest_input: bytes
    faults: dict[str, int]
    examples: dict[str, bytes]

    def __str__(self) -> str:
        """Tell it in plain words."""
        found = sum(self.faults.values())
        faults = "".join(
            f"\n  must never be: {times:,} times {fault}, of {self.examples[fault][:SHOWN]!r}"
            for fault, times in self.faults.items()
        )
        return (
            f"{self.reader}: {self.inputs:,} inputs, accepted {self.accepted:,}, refused {self.inputs - self.accepted - found:,}, "
            f"exceptions that are not LedgerError {found:,}; {self.inputs / self.seconds:,.0f} a second, "
            f"the slowest {self.slowest * 1000:,.1f} ms ({len(self.slowest_input):,} bytes).{faults}"
        )


def run(name: str, reader: Reader, inputs: int, seed: int) -> Figures:
    """Give a reader many inputs, the same each time for one seed, and count what comes of it.

    Arguments:
        name: what to call it.
        reader: what reads, and what its inputs are made of.
        inputs: how many.
        seed: what the draws begin from.

    """
    chance, faults, examples = Random(f"{name} {seed}"), Counter[str](), dict[str, bytes]()
    accepted, slowest, slowest_input, began = 0, 0.0, b"", time.perf_counter()
    for _ in range(inputs):
        data = reader.mutate(chance.choice(reader.corpus), chance)
        started = time.perf_counter()
        outcome = _outcome(reader, data)
        took = time.perf_counter() - started
        if took > slowest:  # once more: it may have had to wait for others
            started = time.perf_counter()
            _outcome(reader, data)
            took = min(took, time.perf_counter() - started)
        if took > slowest:
            slowest, slowest_input = took, data
        fault = f"longer than {PATIENCE} seconds" if took > PATIENCE else outcome
        if isinstance(fault, str):
            faults[fault] += 1
            examples.setdefault(fault, data)
        else:
            accepted += fault
    seconds = time.perf_counter() - began
    shrunk = {fault: _shrunk(data, reader, fault) for fault, data in examples.items()}
    return Figures(name, inputs, accepted, seconds, slowest, slowest_input, dict(faults), shrunk)


def readers(folder: Path) -> dict[str, Reader]:
    """Give each reader by its name; *folder* is where they keep files."""
    with make(folder / "trusts.db") as ledger:
        return {**file_readers(folder), **proof_readers(ledger), **stored_readers(folder, ledger)}


def _outcome(reader: Reader, data: bytes) -> bool | str:
    """Give whether an input is accepted; of an exception that is not ours, what it is and where it came from."""
    try:
        return reader.read(data)
    except LedgerError:
        return False
    except Exception as wrong:  # noqa: BLE001  # whatever it is, it is told
        trace, where = wrong.__traceback__, ""
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            where = f"{file.name}:{trace.tb_lineno}" if {"ledger", "endurance"} & set(file.parts) else where
            trace = trace.tb_next
        return f"{type(wrong).__name__} at {where}"


def _shrunk(data: bytes, reader: Reader, fault: str) -> bytes:
    """Leave out as much as can be left out of an input, in ever smaller pieces, while the fault stays."""
    until, size = time.perf_counter() + SHRINKING, len(data) // 2
    while size and time.perf_counter() < until:
        at = 0
        while at < len(data) and time.perf_counter() < until:
            less = data[:at] + data[at + size :]
            if _outcome(reader, less) == fault:
                data = less
            else:
                at += size
        size //= 2
    return data


def main() -> None:
    """Run it at full size, or as told, and print the figures; the exit code is 1 if there is a fault."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--inputs", type=int, default=100_000, help="how many inputs each reader is given")
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--reader", help="only the readers with this in their name")
    given = told.parse_args()
    is_faulty = False
    with tempfile.TemporaryDirectory() as name:
        for one, reader in readers(Path(name)).items():
            if given.reader is None or given.reader in one:
                figures = run(one, reader, max(1, given.inputs // reader.costs), given.seed)
                print(figures, flush=True)
                is_faulty |= bool(figures.faults)
    sys.exit(is_faulty)


if __name__ == "__main__":
    main()
