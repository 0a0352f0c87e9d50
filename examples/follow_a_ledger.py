"""Another system that a ledger keeps up to date: a table of the ratings of each trust today, in an SQLite file of its own.

Run it with the path of a ledger and that of the table; it follows the ledger until it is interrupted, and goes on where it was when it is
run again. With a number as well, it ends once nothing came for so many seconds. Without arguments, it follows the example ledger to its
end. A rating that was recorded ahead of its day is in the table when the trust is next heard of after it: who can't wait for that asks for
every trust again at midnight.
"""

import sqlite3
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from ledger import Entry, Ledger
from ledger.sources import ingest

TABLES = """
PRAGMA secure_delete = ON; -- what is erased from the ledger is not to be found in this file either
CREATE TABLE IF NOT EXISTS ratings (trust, location, service, key_question, rating);
CREATE TABLE IF NOT EXISTS position (number);
INSERT INTO position SELECT 0 WHERE NOT EXISTS (SELECT * FROM position);
"""


def take_in(table: sqlite3.Connection, ledger: Ledger, entry: Entry) -> None:
    """Bring the rows of the trust that an entry is about up to date, and note that the entry was dealt with: both or neither.

    Whatever the entry says, the ledger is asked anew. So a correction, a retraction and a redaction need no code of their own, and an entry
    that is dealt with twice does no harm. The answer may rest on later entries already; when they come, it is the same.
    """
    trust = entry.event.trust
    rated = ledger.at(date.today()).trust(trust).ratings  # noqa: DTZ011  # the day where this runs
    rows = [(trust, one.location, one.service, one.key_question, one.rating) for one in rated]
    with table:  # one transaction
        before = table.execute("SELECT * FROM ratings WHERE trust = ?", (trust,)).fetchall()
        table.execute("DELETE FROM ratings WHERE trust = ?", (trust,))
        table.executemany("INSERT INTO ratings VALUES (?, ?, ?, ?, ?)", rows)
        table.execute("UPDATE position SET number = ?", (entry.number,))
    if rows != before:
        print(f"After entry {entry.number}, ratings of {trust}: {len(rows)}", flush=True)


def main(place: str | None = None, path: str = ":memory:", idle: str | None = None) -> None:
    """Follow a ledger."""
    with (
        Ledger.open(place or ":memory:", create=place is None) as ledger,
        closing(sqlite3.connect(path)) as table,
        suppress(KeyboardInterrupt),  # how one stops it
    ):
        if place is None:
            ingest(ledger, sorted(Path(__file__).parent.glob("*.yaml")))
            idle = "0"
        table.executescript(TABLES)
        (last,) = table.execute("SELECT number FROM position").fetchone()
        for entry in ledger.follow(last, idle=None if idle is None else float(idle)):
            take_in(table, ledger, entry)


if __name__ == "__main__":
    main(*sys.argv[1:])
