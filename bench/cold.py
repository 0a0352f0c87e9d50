"""What is measured cold, in a process of its own: opened anew, then asked. Run as `cold.py WHAT FOLDER ENTRIES TRUSTS`.

It prints the seconds it took, and by how many bytes the memory at the peak grew.
"""

import gc
import json
import resource
import sys
from collections import deque
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import aggregates
import floor
import intervals
import ledgers
from answer import standing
from worlds import World, month_ends

from ledger import Ledger

__all__ = ["COLD", "DAY", "MONTHS"]

DAY = date(2021, 6, 30)
MONTHS = month_ends(120)


def _ours(world: World) -> Ledger:
    return Ledger.open(world.ledger, create=False)


def ours_one(world: World) -> object:
    with _ours(world) as ledger:
        return ledger.at(DAY).of(world.middle, standing)


def ours_all(world: World) -> object:
    with _ours(world) as ledger:
        view = ledger.at(ledgers.LAST)
        return ledger, view, [view.of(code, standing) for code in world.codes]


def ours_states(world: World) -> object:
    with _ours(world) as ledger:
        view = ledger.at(ledgers.LAST)
        return ledger, view, [view.trust(code) for code in world.codes]


def ours_months(world: World) -> object:
    with _ours(world) as ledger:
        views = ledger.over(MONTHS)
        return views, [view.of(code, standing) for code in world.codes for view in views]


def events_one(world: World) -> object:
    with aggregates.opened(world.aggregates) as app:
        return aggregates.on(app, world.middle, DAY.isoformat())


def events_all(world: World) -> object:
    with aggregates.opened(world.aggregates) as app:
        return [aggregates.on(app, code, ledgers.LAST.isoformat()) for code in world.codes]


def events_latest(world: World) -> object:
    with aggregates.opened(world.aggregates) as app:
        return [aggregates.latest(app, code) for code in world.codes]


def texts_all(world: World) -> object:
    with aggregates.opened(world.texts) as app:
        return [aggregates.on(app, code, ledgers.LAST.isoformat()) for code in world.codes]


def sqlite_one(world: World) -> object:
    with closing(intervals.sqlite_at(world.folder)) as base:
        return intervals.on(base, world.middle, DAY)


def sqlite_all(world: World) -> object:
    with closing(intervals.sqlite_at(world.folder)) as base:
        return intervals.of_all(base, ledgers.LAST)


def sqlite_months(world: World) -> object:
    with closing(intervals.sqlite_at(world.folder)) as base:
        return [intervals.of_all(base, day) for day in MONTHS]


def duckdb_one(world: World) -> object:
    with intervals.duckdb_at(world.folder) as base:
        return intervals.on(base, world.middle, DAY)


def duckdb_all(world: World) -> object:
    with intervals.duckdb_at(world.folder) as base:
        return intervals.of_all(base, ledgers.LAST)


def duckdb_months(world: World) -> object:
    with intervals.duckdb_at(world.folder) as base:
        return [intervals.of_all(base, day) for day in MONTHS]


def floor_scan(world: World) -> object:
    return deque(floor.scanned(world.ledger), maxlen=0)


def floor_decode(world: World) -> object:
    return floor.decoded(world.ledger)


def floor_uncollected(world: World) -> object:
    gc.disable()
    try:
        return floor.decoded(world.ledger)
    finally:
        gc.enable()


COLD: dict[str, Callable[[World], Any]] = {
    do.__name__: do
    for do in (
        *(ours_one, ours_all, ours_states, ours_months, events_one, events_all, events_latest, texts_all),
        *(
            sqlite_one,
            sqlite_all,
            sqlite_months,
            duckdb_one,
            duckdb_all,
            duckdb_months,
            floor_scan,
            floor_decode,
            floor_uncollected,
        ),
    )
}


def _peak() -> int:
    """Give the most memory this process has held so far, in bytes; Linux counts in kilobytes, macOS in bytes.

    On Linux `ru_maxrss` begins with what the parent held when it started this process, so it is read elsewhere.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(what: str, folder: str, entries: str, trusts: str) -> None:
    """Do one thing, and print what it took."""
    world = World(Path(folder), int(entries), int(trusts))
    before, start = _peak(), perf_counter()
    kept = COLD[what](world)
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": _peak() - before}))
    del kept


if __name__ == "__main__":
    main(*sys.argv[1:])
