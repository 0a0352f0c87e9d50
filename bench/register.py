"""Time, file size and memory of importing a register of CQC's size; run it as `register.py [RATINGS] [LOCATIONS] [PROVIDERS]`.

A CSV file is made up of a million ratings of 80,000 locations of 40,000 providers: 120,000 organisations. The command imports it
twice, each time in a process of its own, then answers for one provider; what each took is printed.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    *("Location ID", "Provider ID", "Service / Population Group", "Domain", "Latest Rating"),
    *("Publication Date", "Inherited Rating (Y/N)"),
)
QUESTIONS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
RATINGS = ("Good",) * 14 + ("Requires improvement",) * 3 + ("Outstanding", "Inadequate", "Inspected but not rated")
FIRST_DAY = date(2014, 10, 1)
COMMAND = "import sys; from ledger.cli import main; sys.argv[0] = 'trust-ledger'; main()"


def rows(ratings: int, locations: int, providers: int) -> Iterator[tuple[str, ...]]:
    """Make up ratings, those of one location one after the other: overall and each key question, report after report."""
    for number in range(ratings):
        location, at = divmod(number, -(-ratings // locations))
        report, question = divmod(at, len(QUESTIONS))
        day = FIRST_DAY + timedelta(days=location * 7 % 3000 + 500 * report)
        rating = RATINGS[(location + 3 * report + question * location % 7) % len(RATINGS)]
        yield (
            f"1-{300_000_000 + location}",
            f"1-{200_000_000 + location % providers}",
            *("Overall", QUESTIONS[question], rating, day.strftime("%d/%m/%Y"), "N"),
        )


def run(*arguments: str) -> None:
    """Run the command, and print what it said first, the seconds, and the memory at its peak."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{arguments}: exit code {os.waitstatus_to_exitcode(status)}")
    first = next((line for line in said.splitlines() if "facts read" in line), said.splitlines()[0])
    print(
        f"{arguments[0]}: {time.perf_counter() - started:.1f} s, {used.ru_maxrss / 1024:,.0f} MB at the peak: {first}",
        flush=True,
    )


def main(ratings: int = 1_000_000, locations: int = 80_000, providers: int = 40_000) -> None:
    """Make the file, import it twice, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        file, ledger = Path(folder, "register.csv"), Path(folder, "register.db")
        with file.open("w", newline="") as opened:
            csv.writer(opened).writerows([HEADER, *rows(ratings, locations, providers)])
        for _ in range(2):
            run("import", "cqc-ratings", str(file), "--published", "2026-11-01", "--ledger", str(ledger))
        print(f"{ledger.stat().st_size / 1e6:,.0f} MB in the file: {ledger.stat().st_size / ratings:,.0f} bytes a rating")
        run("at", "2020-01-01", "1-200000000", "--ledger", str(ledger))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
