"""Time and memory of reading a workbook of ratings, against the bare read by calamine in the same run.

Run it as `read_workbook.py PATH [ROUNDS]`; `workbook.py` beside it writes a workbook. Each round reads the file once each way, each
time in a process of its own, one after the other; the medians are printed. Nothing is recorded.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from ledger import When
from ledger.sources import _sheets, cqc_ratings

ROUNDS = 5


def bare(path: Path) -> int:
    """Go through every row as calamine gives it, and count the rows."""
    workbook = CalamineWorkbook.from_path(path)
    return sum(1 for name in workbook.sheet_names for _ in workbook.get_sheet_by_name(name).iter_rows())


def ours(path: Path) -> int:
    """Go through every fact as the importer gives it, and count the facts and problems."""
    published = cqc_ratings.published_in(path.name) or When("2026-09-01")
    return sum(1 for _ in cqc_ratings.read(_sheets.sheets(path, file=path.name), file=path.name, published=published))


def measure(way: str, path: Path) -> dict[str, float]:
    """Read the file one way in a process of its own, and give the seconds, the megabytes at the peak, and what was counted."""
    done = subprocess.run([sys.executable, __file__, str(path), "--way", way], check=True, capture_output=True)
    return json.loads(done.stdout)


def main(path: Path, rounds: int) -> None:
    """Print the medians of some rounds."""
    measured = {way: [] for way in ("bare", "ours")}
    for _ in range(rounds):
        for way, found in measured.items():
            found.append(measure(way, path))
    seconds, peak = (
        {way: statistics.median(one[what] for one in found) for way, found in measured.items()} for what in ("seconds", "peak")
    )
    for way, found in measured.items():
        print(f"{way}: {found[0]['count']:,} counted, {seconds[way]:.2f} s, {peak[way]:,.0f} MB at the peak")
    print(f"ours / bare: {seconds['ours'] / seconds['bare']:.2f} times the seconds, {peak['ours'] - peak['bare']:+,.0f} MB")


if __name__ == "__main__":
    if "--way" in sys.argv:
        started = time.perf_counter()
        count = {"bare": bare, "ours": ours}[sys.argv[3]](Path(sys.argv[1]))
        seconds = time.perf_counter() - started
        print(
            json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "count": count})
        )
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ROUNDS)
