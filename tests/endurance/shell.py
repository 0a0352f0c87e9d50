"""A database shell as an administrator has it: what a ledger keeps in its tables, read and changed behind its back."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import attrs
import psycopg

from ledger import Ledger
from ledger._rows import Row
from ledger._store import grown
from ledger._stub import leaf_of
from ledger.proofs import Frontier

__all__ = ["Shell", "Stored", "shell"]

Stored: TypeAlias = tuple[list[Row], list[tuple[int, bytes]], list[tuple[int, int, bytes]]]
"""All that is stored: the rows, the frontier if there is one, and the hashes of subtrees."""


@attrs.frozen
class Shell:
    """A connection to the database of a ledger.

    Arguments:
        place: where the ledger is.
        connection: to its database; every statement counts at once.
        number: the column of the numbers of entries.
        mark: what stands for a value in a statement.

    """

    place: str
    connection: Any
    number: str
    mark: str

    @property
    def is_loose(self) -> bool:
        """Whether a column takes values of whatever type."""
        return self.mark == "?"

    def run(self, statement: str, *values: object) -> list[Any]:
        """Run a statement, written with ? for values and with `number` for the column of numbers."""
        cursor = self.connection.cursor()
        cursor.execute(statement.replace("number", self.number).replace("?", self.mark), values)
        return list(cursor.fetchall()) if cursor.description else []

    def rows(self) -> list[Row]:
        """Give every row, in order of number."""
        kept = "SELECT originator_id, originator_version, topic, state, number FROM stored_events ORDER BY number"
        return [Row(*found) for found in self.run(kept)]

    def stored(self) -> Stored:
        """Give all that is stored."""
        has_tree = not self.is_loose or self.run("SELECT 1 FROM sqlite_master WHERE name = 'frontier'")
        frontier = self.run("SELECT size, hashes FROM frontier") if has_tree else []
        subtrees = self.run("SELECT height, position, hash FROM subtrees ORDER BY height, position") if has_tree else []
        return self.rows(), frontier, subtrees

    def put(self, number: int, stored: bytes | None) -> None:
        """Put other bytes where those of an entry are."""
        self.run("UPDATE stored_events SET state = ? WHERE number = ?", stored, number)

    def insert(self, *rows: Row) -> None:
        """Insert rows under their numbers."""
        for row in rows:
            values = (
                "INSERT INTO stored_events (originator_id, originator_version, topic, state, number) VALUES (?, ?, ?, ?, ?)"
            )
            self.run(values, *row)

    def delete(self, number: int) -> None:
        """Delete a row."""
        self.run("DELETE FROM stored_events WHERE number = ?", number)

    def renumber(self, since: int, by: int) -> None:
        """Add to every number from one on, by way of numbers that nobody has."""
        self.run("UPDATE stored_events SET number = -(number + ?) WHERE number >= ?", by, since)
        self.run("UPDATE stored_events SET number = -number WHERE number < 0")

    def count_versions(self) -> None:
        """Have the versions of each trust follow each other again, in order of number."""
        rows = self.rows()
        versions: dict[str, int] = {}
        self.run("UPDATE stored_events SET originator_version = -originator_version")
        for row in rows:
            versions[row.trust] = versions.get(row.trust, 0) + 1
            self.run("UPDATE stored_events SET originator_version = ? WHERE number = ?", versions[row.trust], row.number)

    def set_tree_right(self) -> None:
        """Make the frontier and the subtrees those of the rows as they stand."""
        frontier, subtrees = grown(Frontier(), (leaf_of(row.stored) for row in self.rows()))
        self.set_frontier(frontier.size, b"".join(frontier.subtrees))
        self.run("DELETE FROM subtrees")
        for one in subtrees:
            self.run("INSERT INTO subtrees (height, position, hash) VALUES (?, ?, ?)", *one)

    def set_frontier(self, size: object, hashes: object) -> None:
        """Put another frontier in the place of the one that is kept."""
        self.run("UPDATE frontier SET size = ?, hashes = ?", size, hashes)

    def make_anew(self, lines: Sequence[bytes]) -> None:
        """Have the library itself make another ledger in the same place, of lines as it exports them."""
        for table in ("stored_events", "frontier", "subtrees"):
            self.run(f"DELETE FROM {table}")  # noqa: S608  # our words
        with Ledger.open(self.place, by="restorer", create=False) as ledger:
            ledger.restore(lines)


@contextmanager
def shell(place: str) -> Iterator[Shell]:
    """Give a shell into the database of a ledger: the path of an SQLite file, or the address of a PostgreSQL database."""
    if place.startswith("postgresql:"):
        with psycopg.connect(place, autocommit=True) as server:
            yield Shell(place, server, "notification_id", "%s")
        return
    file = sqlite3.connect(place, isolation_level=None)
    try:
        file.execute("PRAGMA synchronous = OFF")
        yield Shell(place, file, "rowid", "?")
    finally:
        file.close()
