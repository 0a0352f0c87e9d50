"""Measure what proofs cost: `proofs.py [--entries N]` makes a ledger in a file and prints a table.

What the tree adds to recording is told by recording the same with it and without it, turn by turn.
"""

import argparse
import statistics
import tempfile
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, starmap
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from ledger import Ledger
from ledger.events import ActionProgressReported
from ledger.proofs import SigningKey

ROUNDS = 5
BULK = 20_000
ONES = 200
NUMBERS = count()
FIRST = datetime(2016, 1, 1, tzinfo=UTC).date()


def facts(many: int) -> list[ActionProgressReported]:
    """Give facts, each another, over 220 trusts."""
    return [_fact(next(NUMBERS)) for _ in range(many)]


def _fact(number: int) -> ActionProgressReported:
    return ActionProgressReported(
        trust=f"R{number % 220:03}",
        on=str(FIRST + timedelta(number % 3000)),
        action=f"action-{number % 50}",
        text=f"{number} of the rooms are done",
        rag="Amber",
    )


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def without_tree() -> AbstractContextManager[object]:
    """Have appends leave the tree alone."""
    return patch("ledger._store._sqlite.grow", lambda *_: True)


def recorded(folder: Path) -> dict[str, tuple[list[float], list[float]]]:
    """Record the same with the tree and without, turn by turn: in bulk, then one by one; seconds an entry."""
    found: dict[str, tuple[list[float], list[float]]] = {"in bulk": ([], []), "one by one, durable": ([], [])}
    for number in range(2 * ROUNDS):
        is_without = number % 2
        with Ledger.open(folder / f"{number}.db", by="bench") as ledger, without_tree() if is_without else nullcontext():
            for work, calls in (("in bulk", [facts(BULK)]), ("one by one, durable", [[one] for one in facts(ONES)])):
                took = timed(partial(deque, starmap(ledger.record, calls), maxlen=0))
                found[work][is_without].append(took / sum(map(len, calls)))
    return found


def main() -> None:
    """Measure, and print."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--entries", type=int, default=1_000_000)
    entries = told.parse_args().entries
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for work, (with_tree, without) in recorded(folder).items():
            one, other = statistics.median(with_tree), statistics.median(without)
            print(
                f"record {work}: {one * 1e6:,.1f} µs an entry, {other * 1e6:,.1f} without the tree: {100 * (one / other - 1):+.0f} %"
            )
        measured(folder / "large.db", entries)


def measured(path: Path, entries: int) -> None:
    """Time questions about the tree of a large ledger."""
    key = SigningKey.generate("ledger.example.nhs.uk")
    with Ledger.open(path, by="bench") as ledger:
        for _ in range(0, entries, BULK):
            ledger.record(*facts(BULK))
    with Ledger.open(path, by="bench", keep=1000) as ledger:
        checkpoint = ledger.checkpoint(key)
        for what, work in {
            "root": ledger.root,
            "root of the first half": lambda: ledger.root(entries // 2 + 1),
            "checkpoint": lambda: ledger.checkpoint(key),
            "proof of an entry": lambda: ledger.prove(entries // 3, checkpoint),
        }.items():
            print(f"{what}, {ledger.last:,} entries: {statistics.median(timed(work) for _ in range(ROUNDS)) * 1e3:.2f} ms")
        seconds = timed(ledger.verify)
        print(f"verify, {ledger.last:,} entries: {seconds:.1f} s, {seconds / ledger.last * 1e6:.1f} µs an entry")


if __name__ == "__main__":
    main()
