"""A file that was damaged: bytes flipped, the end cut off; each time the right answer or an error that says so, and what slips through.

Of what slips through it is told whether `verify` finds it: without a checkpoint, only with one that was kept elsewhere, or never.

`python -m tests.endurance.damage --trials 300` prints the figures of each kind of damage. It is about SQLite files only.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from ledger import Ledger
from ledger.errors import LedgerError
from ledger.events import RatingPublished, TrustSucceeded
from ledger.proofs import Checkpoint
from ledger.sources import ingest

from .side import Side, read
from .zygote import ROOT, Zygote, zygote

__all__ = ["KINDS", "Figures", "main", "run", "try_all"]

PATIENCE = 20.0
"""The number of seconds that one trial may take before it counts as hanging."""
RIGHT, TOLD, SHORTER, SILENT, RECORDED = "right", "told", "shorter", "silent", "recorded"
ALONE, OUTSIDE, NEVER = "alone", "outside", "never"
"""Whether `verify` finds it without a checkpoint, only with one that is kept elsewhere, or not at all."""


@attrs.frozen
class Figures:
    """What came of one kind of damage: how often each outcome, and what must never be."""

    kind: str
    asked: Counter[str]
    recorded: Counter[str]
    verified: Counter[str]
    """Of the answers that were silently others, or without the last entries: how `verify` finds it."""
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """Tell it in plain words."""
        faults = "".join(f"\n  must never be: {fault}" for fault in self.faults)
        return (
            f"{self.asked.total():,} times {self.kind}: asked, the right answer {self.asked[RIGHT]:,} times, an error that says so "
            f"{self.asked[TOLD]:,}, without its last entries {self.asked[SHORTER]:,}, silently another answer {self.asked[SILENT]:,}; "
            f"of these two verify finds {self.verified[ALONE]:,} without a checkpoint, {self.verified[OUTSIDE]:,} with one and "
            f"{self.verified[NEVER]:,} never; recorded {self.recorded[RECORDED]:,} times, an error that says so "
            f"{self.recorded[TOLD]:,}.{faults}"
        )


def _flipped_anywhere(stored: bytes, chance: random.Random) -> bytes:
    """Flip one bit of a byte."""
    return _flipped(stored, range(len(stored)), chance)


def _flipped_in_structure(stored: bytes, chance: random.Random) -> bytes:
    """Flip one bit where no text stands: in headers, pointers, types and lengths."""
    return _flipped(stored, [place for place, byte in enumerate(stored) if byte and not 0x20 <= byte < 0x7F], chance)


def _flipped(stored: bytes, places: range | list[int], chance: random.Random) -> bytes:
    damaged = bytearray(stored)
    damaged[chance.choice(places)] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _cut(stored: bytes, chance: random.Random) -> bytes:
    """Cut off the end."""
    return stored[: chance.randrange(1, len(stored))]


KINDS: dict[str, tuple[str, Callable[[bytes, random.Random], bytes]]] = {
    "a byte flipped": ("", _flipped_anywhere),
    "a byte of the structure flipped": ("", _flipped_in_structure),
    "the end cut off": ("", _cut),
    "a byte of the log beside it flipped": ("-wal", _flipped_anywhere),
    "the end of the log beside it cut off": ("-wal", _cut),
}
"""Each kind of damage: the ending of the file that is damaged, and what is done to it. A file with a log beside it was not closed."""


def make(folder: Path) -> None:
    """Make a ledger that was closed, and one that was not."""
    with Ledger.open(folder / "closed.db", by="analyst") as ledger:
        ingest(ledger, sorted((ROOT / "examples").glob("*.yaml")))
        ledger.record(TrustSucceeded(trust="R00", on="2025-01-01", by=["R01"]))
    shutil.copy(folder / "closed.db", folder / "trusts.db")
    with Ledger.open(folder / "trusts.db", by="analyst") as ledger:
        for number in range(20):
            ledger.record(RatingPublished(trust=f"R{number % 3:02}", on="2025-05-30", service=f"Ward {number}", rating="Good"))
        for ending in ("", "-wal"):
            shutil.copy(folder / f"trusts.db{ending}", folder / f"unclosed.db{ending}")


def try_all(folder: Path, kind: str, seeds: range) -> None:
    """Damage copies of a ledger, ask each and record in it, and note what came of it."""
    side, (ending, damaged) = Side(folder / f"{kind}.noted"), KINDS[kind]
    name = "unclosed.db" if ending else "closed.db"
    (folder / kind).mkdir()
    place = folder / kind / "trusts.db"
    _copy(folder / name, place)
    expected = list(_answers(place))
    with Ledger.open(place, create=False) as ledger:
        checkpoint = Checkpoint("kept elsewhere", ledger.last, ledger.root())
    for seed in seeds:
        side.write(["began", seed])
        _damage(folder / name, place, ending, damaged, seed)
        asked = _outcome(lambda: _compared(list(_answers(place)), expected))
        _damage(folder / name, place, ending, damaged, seed)  # who opened it may have changed it
        verified = _outcome(lambda: _verified(place, checkpoint))
        side.write(["asked", asked], ["verified", verified, asked])
        side.write(["recorded", _outcome(lambda: _recorded(place))])


def _damage(ledger: Path, place: Path, ending: str, damaged: Callable[[bytes, random.Random], bytes], seed: int) -> None:
    """Put a damaged copy of a ledger at a place."""
    _copy(ledger, place)
    target = place.with_name(f"trusts.db{ending}")
    target.write_bytes(damaged(target.read_bytes(), random.Random(seed)))


def _copy(ledger: Path, place: Path) -> None:
    """Put a copy of a ledger at a place, with the log beside it where there is one."""
    for ending in ("", "-wal", "-shm"):
        beside, copied = (path.with_name(f"{path.name}{ending}") for path in (ledger, place))
        copied.unlink(missing_ok=True)
        if beside.exists():
            shutil.copy(beside, copied)


def _answers(place: Path) -> Iterator[Any]:
    """Give every entry, and the state of every trust: read all at once, and one by one."""
    with Ledger.open(place, by="reader", create=False) as ledger:
        yield ledger.entries
        view = ledger.at("2030-01-01")
        yield {code: view.trust(code) for code in view.codes()}
    with Ledger.open(place, by="reader", create=False, keep=0) as ledger:
        view = ledger.at("2026-01-01")
        yield {code: view.trust(code) for code in view.codes()}


def _compared(answers: list[Any], expected: list[Any]) -> str:
    if answers == expected:
        return RIGHT
    entries, before = answers[0], expected[0]
    return SHORTER if len(entries) < len(before) and entries == before[: len(entries)] else SILENT


def _verified(place: Path, checkpoint: Checkpoint) -> str:
    with Ledger.open(place, by="auditor", create=False) as ledger:
        if ledger.verify().findings:
            return ALONE
        return OUTSIDE if ledger.verify(checkpoint).findings else NEVER


def _recorded(place: Path) -> str:
    with Ledger.open(place, by="writer", create=False) as ledger:
        ledger.record(RatingPublished(trust="RVN", on="2025-05-30", service="New", rating="Good"))
    return RECORDED


def _outcome(act: Callable[[], str]) -> str:
    """Give what comes of doing something; any exception but our own must never be."""
    try:
        return act()
    except LedgerError:
        return TOLD
    except Exception as wrong:  # noqa: BLE001  # whatever it is, it is noted
        trace, where = wrong.__traceback__, ""
        while trace is not None:
            file = Path(trace.tb_frame.f_code.co_filename)
            where = f"{file.name}:{trace.tb_lineno}" if "ledger" in file.parts else where
            trace = trace.tb_next
        return f"{type(wrong).__name__} at {where}: {wrong}"


def run(forks: Zygote, folder: Path, kind: str, seeds: range) -> Figures:
    """Try one kind of damage many times, in a process of its own, and count what came of it.

    Arguments:
        forks: where processes come from.
        folder: where `make` made ledgers.
        kind: one of `KINDS`.
        seeds: one for each time.

    """
    code = forks.wait(forks.start(try_all, folder, kind, seeds), PATIENCE + len(seeds))
    noted = read(folder / f"{kind}.noted")
    asked, recorded = (Counter(str(line[1]) for line in noted if line[0] == name) for name in ("asked", "recorded"))
    verified = Counter(str(line[1]) for line in noted if line[0] == "verified")
    silent = Counter(
        ALONE if line[1] == TOLD else str(line[1]) for line in noted if line[0] == "verified" and line[2] in {SHORTER, SILENT}
    )
    usual = {RIGHT, TOLD, SHORTER, SILENT, RECORDED, ALONE, OUTSIDE, NEVER}
    faults = [f"{number} times {one}" for one, number in (asked + verified + recorded).items() if one not in usual]
    if code != 0:
        faults.append(f"it hung, or ended with {code}, after {noted[-1] if noted else 'nothing'}")
    return Figures(kind, asked, recorded, silent, tuple(faults))


def main() -> None:
    """Run it at full size, or as told, and print the figures."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--trials", type=int, default=300, help="how many times each kind of damage is done")
    told.add_argument("--seed", type=int, default=1)
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as name, zygote() as forks:
        folder = Path(name)
        make(folder)
        figures = [run(forks, folder, kind, range(given.seed, given.seed + given.trials)) for kind in KINDS]
    print(*figures, sep="\n")
    sys.exit(any(one.faults for one in figures))


if __name__ == "__main__":
    main()
