"""The work that is measured, and who does it: each piece with its contestants, the ledger first."""

import os
import shutil
import sqlite3
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import aggregates
import attrs
import cold
import intervals
import ledgers
from answer import Row, standing
from measure import Contestants, Sample, alone, each, once
from worlds import World

from ledger import Draft, Ledger, audits
from ledger.events import ActionProgressReported, ActionVerified

__all__ = ["appending", "asking", "bulk", "cold_work", "late", "questions"]

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
YEAR = timedelta(days=365)


def cold_work(world: World, names: dict[str, str], *, is_alone: bool) -> Contestants:
    """Give contestants that start anew each time: in a process of their own or, to be quick, in this one."""

    def run(what: str) -> Sample:
        return alone(what, world) if is_alone else once(lambda: cold.COLD[what](world))

    return {who: lambda what=what: run(what) for who, what in names.items()}


def asking(world: World, stack: ExitStack, *, with_peers: bool) -> Contestants:
    """Ask for one trust on random days, all caches warm."""
    code, ledger = world.codes[0], stack.enter_context(Ledger.open(world.ledger, create=False))
    moments, publics = world.days(3), world.days(4)
    asks = {
        "ledger": lambda day: ledger.at(day).of(code, standing),
        "ledger, known_at": lambda day: ledger.at(day, known_at=next(moments)).of(code, standing),
        "ledger, public_on": lambda day: ledger.at(day, public_on=next(publics)).of(code, standing),
    }
    if with_peers:
        app = stack.enter_context(aggregates.opened(world.aggregates))
        lite, duck = intervals.sqlite_at(world.folder), stack.enter_context(intervals.duckdb_at(world.folder))
        stack.callback(lite.close)
        asks |= {
            "eventsourcing, sorted": lambda day: aggregates.on(app, code, day.isoformat()),
            "SQLite": lambda day: intervals.on(lite, code, day),
            "DuckDB": lambda day: intervals.on(duck, code, day),
            "SQLite, known_at": lambda day: intervals.on(lite, code, day, f"{next(moments)}T23:59:59"),
            "DuckDB, known_at": lambda day: intervals.on(duck, code, day, f"{next(moments)}T23:59:59"),
        }
    for ask in asks.values():
        ask(cold.DAY)
    days = {who: world.days() for who in asks}
    return {who: lambda ask=ask, who=who: each(ask, days[who]) for who, ask in asks.items()}


def questions(world: World, stack: ExitStack) -> dict[str, Contestants]:
    """Ask the ledger what peers have no answer to, warm: of one trust after the other, or of all."""
    ledger = stack.enter_context(Ledger.open(world.ledger, create=False))
    codes = [world.codes[n * 7 % world.trusts] for n in range(world.trusts)]
    after, before = ledger.at(cold.DAY), ledger.at(cold.DAY - YEAR)
    told = {
        "history of a trust": lambda: each(lambda code: ledger.history(code, standing), codes),
        "why, of a trust": lambda: each(lambda code: ledger.at(cold.DAY).why(code, standing), codes),
        "the whole state of a trust": lambda: each(lambda code: ledger.at(cold.DAY).trust(code), codes),
        "diff over a year, every trust": lambda: once(lambda: after.diff(before)),
        "audit, every trust, every rule": lambda: once(lambda: audits.audit(ledger.at(ledgers.LAST))),
        "sweep, nothing swept before": lambda: _sweep(_copy(world)),
    }
    return {work: {"ledger": ask} for work, ask in told.items()}


def _sweep(ledger: Ledger) -> Sample:
    with ledger:
        ledger.at(ledgers.LAST).of("1-100000000", standing)
        return once(lambda: ledger.sweep(ledgers.LAST))


def _copy(world: World) -> Ledger:
    """Open a copy of the world's ledger, to write into."""
    path = world.folder / "copy.db"
    for old in world.folder.glob("copy.db*"):
        old.unlink()
    shutil.copy(world.ledger, path)
    with path.open("rb") as file:
        os.fsync(file.fileno())  # else the first commit waits until the copy is on the disk
    return Ledger.open(path, by="Governance team", clock=lambda: NOW)


def late(world: World, stack: ExitStack) -> Contestants:
    """Record something three years late about a trust that was asked about before, and ask again."""
    ledger = stack.enter_context(_copy(world))
    view = ledger.at(ledgers.LAST)
    for code in world.codes:
        view.of(code, standing)
    view.of(world.codes[0], standing)  # asked twice, so that its answers are kept

    def ask(number: int) -> None:
        code = world.codes[number % world.trusts]
        on = ledgers.LAST - 3 * YEAR - timedelta(days=number % 300)
        ledger.record(ActionVerified(trust=code, action=f"late-{number}", on=on, verified_by="Internal audit"))
        ledger.at(ledgers.LAST).of(code, standing)

    numbers = count()
    return {"ledger": lambda: each(ask, numbers)}


def appending(world: World, stack: ExitStack, *, with_peers: bool) -> Contestants:
    """Record one entry more, durably, about a trust that has all the entries of the world."""
    ledger = stack.enter_context(_copy(world))
    code, numbers = world.codes[0], count()
    ledger.record(_progress(code, next(numbers)))
    contestants = {"ledger": lambda: each(lambda n: ledger.record(_progress(code, n)), numbers)}
    if with_peers:
        app = stack.enter_context(aggregates.opened(world.aggregates))
        row = attrs.evolve(world.rows()[0], about="")  # so that no answer changes
        bare = _bare(world.folder / "bare.db")
        stack.callback(bare.close)
        contestants |= {
            "bare insert": lambda: each(lambda n: _insert(bare, [(code, n, "ActionProgressReported", b"x" * 500)]), numbers),
            "eventsourcing": lambda: each(lambda n: aggregates.record_one(app, attrs.evolve(row, number=n)), numbers),
        }
    return contestants


def _progress(code: str, number: int) -> ActionProgressReported:
    return ActionProgressReported(trust=code, action="action-1-1", on=date(2026, 10, 1), text=f"Report {number}")


def bulk(world: World, folder: Path) -> Contestants:
    """Record everything but the corrections into a new ledger, in one transaction."""
    drafts: list[Draft] = [
        draft for _, some in ledgers.batches(world.entries, world.trusts) for draft in some if draft.replaces is None
    ]
    rows: list[Row] = [row for row in world.rows() if row.replaces is None]
    with sqlite3.connect(world.ledger) as base:
        asked = "SELECT originator_id, originator_version, topic, state FROM stored_events LIMIT ?"
        stored = base.execute(asked, (len(drafts),)).fetchall()
    numbers = (folder / f"bulk-{n}.db" for n in count())
    return {
        "ledger": lambda: once(lambda: _record(next(numbers), drafts)),
        "eventsourcing": lambda: once(lambda: aggregates.record_all(next(numbers), rows)),
        "executemany": lambda: once(lambda: _insert(_bare(next(numbers)), stored)),
    }


def _record(path: Path, drafts: list[Draft]) -> None:
    with Ledger.open(path, by="Governance team", clock=lambda: NOW) as ledger:
        ledger.record(*drafts)


def _bare(path: Path) -> sqlite3.Connection:
    """Make the table that the recorder makes, in a file set as it sets it."""
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode=WAL")
    columns = "originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB, PRIMARY KEY (originator_id, originator_version)"
    base.execute(f"CREATE TABLE IF NOT EXISTS stored_events ({columns})")
    return base


def _insert(base: sqlite3.Connection, rows: list[tuple[str, int, str, bytes]]) -> None:
    with base:
        base.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?)", rows)
