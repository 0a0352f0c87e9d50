"""SQL as-of queries: one row for each thing, what is told of it, on which days and at which moments; both halves open at the end.

The rows are made from the entries in the order they were recorded, as a table with two times is kept: what an entry changes about the
past of a thing ends the rows that said otherwise and begins new ones. SQLite answers from a covering index, DuckDB from rows
sorted by trust, with an index on the trust.
"""

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
from answer import Answer, Row, Thing, after, answer

__all__ = ["duckdb_at", "intervals", "of_all", "on", "sqlite_at", "write"]

FOREVER = date.max.toordinal()
ALWAYS = "9999"
"""The end of what was never ended: after every instant in text."""
Span: TypeAlias = tuple[int, int, str]
CREATE = """
CREATE TABLE standing (
    trust TEXT, about TEXT, stated TEXT, valid_from INTEGER, valid_to INTEGER, known_from TEXT, known_to TEXT
)"""
AS_OF = f"valid_from <= ? AND valid_to > ? AND known_to = '{ALWAYS}'"
AS_KNOWN = "valid_from <= ? AND valid_to > ? AND known_from <= ? AND known_to > ?"


def _spans(facts: Iterable[Row]) -> set[Span]:
    """Give what the facts about one thing tell, from which day to before which."""
    ordered = sorted((fact for fact in facts if fact.latest), key=lambda fact: (fact.latest, fact.place))
    told: list[tuple[int, str | None]] = []
    thing: Thing | None = None
    for day, of_day in groupby(ordered, lambda fact: date.fromisoformat(fact.latest or "")):
        for fact in of_day:
            thing = after(thing, fact.kind, fact.stated)
        said = answer({"": thing}).get("") if thing is not None else None
        if not told or told[-1][1] != said:
            told.append((day.toordinal(), said))
    return {(start, end, said) for (start, said), (end, _) in pairwise([*told, (FOREVER, None)]) if said is not None}


def intervals(rows: Iterable[Row]) -> Iterator[tuple[str, str, str, int, int, str, str]]:
    """Give the rows of the table."""
    facts: dict[tuple[str, str], dict[int, Row]] = defaultdict(dict)
    known: dict[tuple[str, str], dict[Span, str]] = defaultdict(dict)
    of_number: dict[int, Row] = {}
    for row in rows:
        of_number[row.number] = row
        wrong = of_number[row.replaces] if row.replaces else row
        facts[wrong.trust, wrong.about].pop(wrong.number, None)
        facts[row.trust, row.about][row.number] = row
        for key in {(one.trust, one.about) for one in (row, wrong) if one.about}:
            spans = _spans(facts[key].values())
            for span in known[key].keys() - spans:
                since = known[key].pop(span)
                if since < row.recorded_at:
                    yield *key, span[2], *span[:2], since, row.recorded_at
            for span in spans - known[key].keys():
                known[key][span] = row.recorded_at
    for key, still in known.items():
        for span, since in still.items():
            yield *key, span[2], *span[:2], since, ALWAYS


def write(folder: Path, rows: Iterable[Row]) -> None:
    """Write the table for SQLite and for DuckDB, with indexes."""
    table = sorted(intervals(rows))
    with (folder / "intervals.csv").open("w", newline="") as file:
        csv.writer(file).writerows(table)
    with duckdb_at(folder) as base:
        base.execute(CREATE)
        rows = "SELECT * FROM read_csv(?, header = false, all_varchar = true)"
        base.execute(f"INSERT INTO standing {rows}", [str(folder / "intervals.csv")])
        base.execute("CREATE INDEX of_trust ON standing (trust)")
    lite = sqlite_at(folder)
    lite.execute("PRAGMA journal_mode=WAL")
    with lite:
        lite.execute(CREATE)
        lite.executemany("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)", table)
        columns = "trust, known_to, valid_to, valid_from, known_from, about, stated"
        lite.execute(f"CREATE INDEX as_of ON standing ({columns})")
    lite.execute("ANALYZE")
    lite.close()


def sqlite_at(folder: Path) -> sqlite3.Connection:
    """Open the SQLite table."""
    return sqlite3.connect(folder / "intervals.sqlite")


def duckdb_at(folder: Path) -> Any:
    """Open the DuckDB table."""
    return duckdb.connect(folder / "intervals.duckdb")


def on(base: Any, code: str, day: date, known_at: str | None = None) -> Answer:
    """Ask what stood for a trust on a day, as known at a moment; `base` is either database."""
    at = (day.toordinal(), day.toordinal()) + ((known_at, known_at) if known_at else ())
    asked = f"SELECT about, stated FROM standing WHERE trust = ? AND {AS_KNOWN if known_at else AS_OF}"  # noqa: S608  # constants
    return dict(base.execute(asked, (code, *at)).fetchall())


def of_all(base: Any, day: date) -> dict[str, Answer]:
    """Ask the same for every trust at once."""
    found: dict[str, Answer] = defaultdict(dict)
    asked = f"SELECT trust, about, stated FROM standing WHERE {AS_OF}"  # noqa: S608  # constants
    for code, about, stated in base.execute(asked, (day.toordinal(), day.toordinal())).fetchall():
        found[code][about] = stated
    return dict(found)
