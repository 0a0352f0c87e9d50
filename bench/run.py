"""Measure the ledger beside what a user would pick instead, in one run: `run.py [--quick] [--rounds N] [--name NAME]`.

It prints one table and the targets, and writes both into `results/NAME.json` beside this file, with the versions of everything.
"""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from math import log
from pathlib import Path
from statistics import linear_regression
from typing import Any

import attrs
from measure import Timing
from plan import FULL, QUICK, Sizes, measured
from targets import targets

RESULTS = Path(__file__).parent / "results"
COMPARED = ("trust-ledger", "attrs", "cattrs", "duckdb", "eventsourcing", "immutables", "msgspec")
HEAD = (
    "| work | entries | who | median | least to most | to ours | bytes an entry | instructions |",
    "|---|--:|---|--:|--:|--:|--:|--:|",
)
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def bench(sizes: Sizes, folder: Path, *, is_alone: bool = True) -> dict[str, Any]:
    """Measure everything, print it, and give it as JSON has it."""
    print(*HEAD, sep="\n")
    timings: list[Timing] = []
    ours: dict[tuple[str, int], float] = {}
    for one in measured(sizes, folder, is_alone=is_alone):
        timings.append(one)
        print(line(one, ours.setdefault((one.work, one.entries), one.seconds)), flush=True)  # the ledger comes first
    reached = targets(timings, sizes)
    grown = growth(timings)
    lines = [f"{one['work']}, {one['who']}: grows with entries to the power {one['power']:.2f}" for one in grown]
    print("", *lines, "", *reached, sep="\n")
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "versions": {name: version(name) for name in COMPARED} | {"SQLite": sqlite3.sqlite_version},
        "machine": {
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "system": platform.system(),
            "kind": platform.machine(),
        },
        "sizes": attrs.asdict(sizes),
        "timings": [_timing(one) for one in timings],
        "growth": grown,
        "targets": [attrs.asdict(one) | {"is_met": one.is_met} for one in reached],
    }


def _commit() -> str | None:
    """Give the commit that is measured, where it is one."""
    asked = ["git", "describe", "--always", "--dirty"]
    told = subprocess.run(asked, cwd=RESULTS.parent, stdout=subprocess.PIPE, text=True, check=False)
    return told.stdout.strip() or None


def _timing(one: Timing) -> dict[str, Any]:
    told = {"work": one.work, "who": one.who, "entries": one.entries, "median": one.seconds}
    return told | {"bytes_an_entry": one.bytes_an_entry, "rounds": [attrs.asdict(sample) for sample in one.samples]}


def growth(timings: list[Timing]) -> list[dict[str, Any]]:
    """Fit how what each took grows with the entries, where it was measured at three sizes or more: to which power of them."""
    found: dict[tuple[str, str], dict[float, float]] = {}
    for one in timings:
        found.setdefault((one.work, one.who), {})[log(one.entries)] = log(one.seconds)
    fitted = {key: linear_regression(list(sizes), list(sizes.values())) for key, sizes in found.items() if len(sizes) > 2}  # noqa: PLR2004  # two fit any power
    return [{"work": work, "who": who, "power": fit.slope} for (work, who), fit in fitted.items()]


def line(one: Timing, ours: float) -> str:
    """Give a row of a table as Markdown has it."""
    cells = [
        *(
            one.work,
            f"{one.entries:,}",
            one.who,
            said(one.seconds),
            " to ".join(map(said, one.spread)),
            f"{one.seconds / ours:.3g}",
        ),
        "" if one.bytes_an_entry is None else f"{one.bytes_an_entry:,.0f}",
        "" if one.instructions is None else f"{one.instructions:.3g}",
    ]
    return f"| {' | '.join(cells)} |"


def said(seconds: float) -> str:
    """Say how long something took, in the unit that fits."""
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def main(arguments: list[str]) -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 entries, three rounds, under two minutes")
    parser.add_argument("--rounds", type=int, help="how often everything is measured")
    parser.add_argument("--register", type=int, nargs=2, metavar=("ENTRIES", "ORGANISATIONS"), help="the largest ledger")
    parser.add_argument("--one", type=int, nargs="+", metavar="ENTRIES", help="the ledgers of one trust")
    parser.add_argument("--name", default=version("trust-ledger"), help="what to call the results")
    given = parser.parse_args(arguments)
    sizes = QUICK if given.quick else FULL
    chosen = {name: value for name in ("rounds", "register", "one") if (value := getattr(given, name))}
    with tempfile.TemporaryDirectory() as folder:
        found = bench(attrs.evolve(sizes, **chosen), Path(folder))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{given.name}.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
