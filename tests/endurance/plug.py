"""The plug is pulled: a process that records is killed at any moment, and nothing that was acknowledged is lost, nothing half there.

`python -m tests.endurance.plug --rounds 300` prints the figures; `--postgres` has them in databases.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import attrs

from ledger import Ledger
from ledger._rows import Row
from ledger._store import Store
from ledger._writer import Writer
from ledger.cli import main as command
from ledger.events import ActionCommitted, RatingPublished
from tests.postgres import Server, running

from .side import Line, Side, read
from .sound import digest, gaps, rows_after, undecoded
from .zygote import ROOT, Zygote, zygote

__all__ = ["KINDS", "Figures", "main", "run", "seen", "work"]

BULK = 300
SOON = 0.05
"""The number of seconds within which one process of four is killed, from when it is started."""
FROM, TO = -4.5, -1.8
"""The others are killed once they began one of their first appends, so long after: powers of ten, in seconds."""
ROWS = 2_000
PROBE = RatingPublished(trust="R99", on="2025-05-30", rating="Good")


@attrs.frozen
class Figures:
    """What came of it, counted over all rounds; from `lost` on, each must be 0."""

    rounds: int = 0
    acknowledged: int = 0
    in_call: int = 0
    in_append: int = 0
    landed: int = 0
    lost: int = 0
    half: int = 0
    not_asked_for: int = 0
    gaps: int = 0
    undecoded: int = 0
    unopened: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Add the figures of another round."""
        return Figures(*map(sum, zip(attrs.astuple(self), attrs.astuple(other), strict=True)))

    def wrong(self) -> dict[str, int]:
        """Give what must be 0."""
        names = ("lost", "half", "not_asked_for", "gaps", "undecoded", "unopened")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        """Tell it in plain words."""
        told = {
            "lost": "acknowledged entries lost or changed",
            "half": "transactions of which only a part is there",
            "not_asked_for": "rounds with entries nobody recorded",
            "gaps": "gaps in numbers or versions",
            "undecoded": "entries that can't be read",
            "unopened": "ledgers that could not be opened, or not be recorded in, afterwards",
        }
        wrong = "\n".join(f"{number:6,} {told[name]}" for name, number in self.wrong().items())
        return (
            f"{self.rounds:,} kills; {self.in_call:,} inside a call that records, of those {self.in_append:,} inside its transaction, "
            f"and of those {self.landed:,} are there all the same, whole. {self.acknowledged:,} entries acknowledged.\n{wrong}"
        )


def work(place: str, kind: str, name: str, folder: Path) -> None:
    """Do one kind of work on a ledger until it is done or the process is killed, and note each append before and after.

    Arguments:
        place: the ledger.
        kind: one of `KINDS`.
        name: what the facts are named after, so that each round has its own.
        folder: where to note it, and where files to read are.

    """
    _note_appends(Side(folder / f"{name}.noted"))
    KINDS[kind](place, name, folder)


def _note_appends(side: Side) -> None:
    """Have this process note when a call begins, what is to be appended, what is acknowledged, and when the call has answered."""
    append, call = Store.append, Writer.append

    def noted_append(store: Store, rows: Sequence[Row], *, after: int, erased: Mapping[int, bytes] | None = None) -> list[int]:
        side.write(["append", *(digest(row.stored) for row in rows)])
        numbers = append(store, rows, after=after, erased=erased)
        side.write(["appended", *numbers])
        return numbers

    def noted_call(writer: Writer, *arguments: object, **named: object) -> object:
        side.write(["call"])
        entries = call(writer, *arguments, **named)  # type: ignore[arg-type]  # whatever it is called with
        side.write(["answered"])
        return entries

    Store.append = noted_append  # type: ignore[method-assign,assignment]
    Writer.append = noted_call  # type: ignore[method-assign,assignment]


def _fact(name: str, number: int) -> RatingPublished:
    return RatingPublished(trust=f"R{number % 7:02}", on="2025-05-30", service=f"{name} {number}", rating="Good")


def _single(place: str, name: str, folder: Path) -> None:
    """Record one fact after the other."""
    del folder
    with Ledger.open(place, by=name) as ledger:
        for number in count():
            ledger.record(_fact(name, number))


def _bulk(place: str, name: str, folder: Path) -> None:
    """Record many facts in one call, again and again."""
    del folder
    with Ledger.open(place, by=name) as ledger:
        for number in count(step=BULK):
            ledger.record(*(_fact(name, number + one) for one in range(BULK)))


def _ingest(place: str, name: str, folder: Path) -> None:
    """Run `trust-ledger ingest` on each example file."""
    del folder
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        _command("ingest", str(path), "--by", name, "--ledger", place)


def _import(place: str, name: str, folder: Path) -> None:
    """Run `trust-ledger import ods` on a table of trusts."""
    path = folder / f"{name}.csv"
    path.write_text("ods_code,name,type\n" + "".join(f"X{row:04},Trust {name} {row},Acute\n" for row in range(ROWS)))
    _command("import", "ods", str(path), "--by", name, "--ledger", place)


def _sweep(place: str, name: str, folder: Path) -> None:
    """Promise actions, each due on a day of its own, and sweep day after day."""
    del folder
    first = date(2024, 1, 1)
    with Ledger.open(place, by=name) as ledger:
        promised = [
            ActionCommitted(
                trust=f"R{number % 7:02}",
                action=f"{name.lower()}-{number}",
                title="Open beds",
                on="2023-01-01",
                due=str(first + timedelta(number)),
            )
            for number in range(100)
        ]
        ledger.record(*promised)
        for number in range(101):
            ledger.sweep(first + timedelta(number + 1))


def _command(*arguments: str) -> None:
    sys.argv = ["trust-ledger", *arguments]
    with suppress(SystemExit):
        command()


KINDS: dict[str, Callable[[str, str, Path], None]] = {
    "single": _single,
    "bulk": _bulk,
    "ingest": _ingest,
    "import": _import,
    "sweep": _sweep,
}
APPENDS = {"single": 40, "bulk": 6, "ingest": 3, "import": 1, "sweep": 20}
"""The number of appends that each kind of work gets round to soon, and surely."""


def run(forks: Zygote, places: Callable[[str], str], folder: Path, rounds: int, chance: random.Random) -> Figures:
    """Start a process that records, kill it, and look at what is there; so many times.

    Arguments:
        forks: where processes come from.
        places: gives the ledger of a round by its name; it may be one ledger for all.
        folder: an empty folder for what the processes note.
        rounds: how many times.
        chance: when to kill.

    """
    figures, kinds = Figures(), list(KINDS)
    before: dict[str, list[Row]] = {}
    for number in range(rounds):
        name, kind = f"round{number}", kinds[number % len(kinds)]
        place = places(name)
        pid = forks.start(work, place, kind, name, folder)
        _kill(pid, folder / f"{name}.noted", APPENDS[kind], chance)
        forks.wait(pid)
        figures += seen(place, name, read(folder / f"{name}.noted"), before.setdefault(place, []))
    return figures


def _kill(pid: int, noted: Path, most: int, chance: random.Random) -> None:
    """Kill a process soon after it was started, or soon after it began one of its first appends."""
    if chance.randrange(4):
        wanted, give_up = chance.randint(1, most), time.monotonic() + 5
        while _appends(noted) < wanted and time.monotonic() < give_up:
            time.sleep(0.0002)
        time.sleep(10 ** chance.uniform(FROM, TO))
    else:
        time.sleep(chance.uniform(0, SOON))
    os.kill(pid, signal.SIGKILL)


def _appends(noted: Path) -> int:
    return noted.read_text().count('["append"') if noted.exists() else 0


def seen(place: str, name: str, noted: list[Line], before: list[Row]) -> Figures:
    """Compare what a killed process noted with what is there, and record one entry more; *before* goes on with what is there."""
    begun = [line[1:] for line in noted if line[0] == "append"]
    done = [line[1:] for line in noted if line[0] == "appended"]
    known = [
        [number, one]
        for numbers, digests in zip(done, begun, strict=False)
        for number, one in zip(numbers, digests, strict=True)
    ]
    open_end = begun[len(done)] if len(begun) > len(done) else []
    try:
        with Ledger.open(place, by=name) as ledger:
            rows = rows_after(ledger, before[-1].number if before else 0)
            (probe,) = ledger.record(attrs.evolve(PROBE, service=name))
        with Ledger.open(place, create=False) as ledger:
            is_there = ledger.entries[-1] == probe
            fresh = rows_after(ledger, before[-1].number if before else 0)
    except Exception as wrong:  # noqa: BLE001  # whatever it is, it counts
        print(f"{name}: {wrong!r}", file=sys.stderr)
        return Figures(rounds=1, unopened=1)
    there = [[row.number, digest(row.stored)] for row in rows]
    further = [one for _, one in there[len(known) :]]
    found = Figures(
        rounds=1,
        acknowledged=len(known),
        in_call=bool(noted) and noted[-1][0] != "answered",
        in_append=bool(open_end),
        landed=bool(open_end) and further == open_end,
        lost=sum(one not in there for one in known) if there[: len(known)] != known else 0,
        half=0 < len(set(further) & set(open_end)) < len(open_end),
        not_asked_for=bool(set(further) - set(open_end)),
        gaps=gaps(fresh, before),
        undecoded=undecoded(fresh),
        unopened=not is_there,
    )
    before += fresh
    return found


def database(server: Server, name: str) -> str:
    """Make a database of a name, and give its address."""
    server.run(f"CREATE DATABASE {name}")
    return server.url(database=name)


def main() -> None:
    """Run it at full size, or as told, and print the figures."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--rounds", type=int, default=300)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument(
        "--postgres", action="store_true", help="each round has a PostgreSQL database of its own; without it, an SQLite file"
    )
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as name, zygote() as forks, ExitStack() as stack:
        folder = Path(name)
        began = time.monotonic()
        places = (
            partial(database, stack.enter_context(running())) if given.postgres else (lambda one: str(folder / f"{one}.db"))
        )
        print(run(forks, places, folder, given.rounds, random.Random(given.seed)))
        print(f"{(time.monotonic() - began) / given.rounds:.2f} seconds a round.")


if __name__ == "__main__":
    main()
