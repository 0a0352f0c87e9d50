"""Rows in an SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import attrs
from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteTransaction

from .._rows import Row
from .._succession import SUCCESSIONS
from ..errors import LedgerError, StoreError
from ..proofs import Frontier
from ._opened import OpenedFile
from ._refusals import REFUSALS, advice, as_code, as_last, as_row, below_the_first, missing_entries, unreadable
from ._searchable import Searchable
from ._sqlite_tree import FRONTIER, TREE, grow
from ._tree import frontier_of, hashes_of

__all__ = ["APPLICATION_ID", "FILE_FORMAT", "SQLiteRecorder", "SQLiteRows"]

APPLICATION_ID = 0x544C4447  # "TLDG", in the header of every ledger file
FILE_FORMAT = 1
NAMING = "topic IN ('{}')".format("', '".join(SUCCESSIONS))
"""The condition that few entries meet and every question about a trust asks for: an index of its own holds them."""
INDEX = f"CREATE INDEX IF NOT EXISTS successions ON stored_events (topic) WHERE {NAMING}"
MOST_DAMAGE = 20
BELOW = "SELECT rowid FROM stored_events WHERE rowid < 1 ORDER BY rowid LIMIT 20"
LAST = "SELECT max(rowid) FROM stored_events"
COLUMNS = "SELECT originator_id, originator_version, topic, state, rowid FROM stored_events"
TRUSTS = """
WITH RECURSIVE trust (code) AS (
  SELECT min(originator_id) FROM stored_events
  UNION ALL SELECT (SELECT min(originator_id) FROM stored_events WHERE originator_id > code) FROM trust WHERE code IS NOT NULL
) SELECT code FROM trust WHERE code IS NOT NULL
"""
"""Each code once, by steps along the primary key: a plain DISTINCT would go through every row."""


class _Append(SQLiteTransaction):
    """A transaction that appends: it waits its turn to write before it looks where the log ends, and is on the disk once it ended."""

    def __enter__(self) -> SQLiteCursor:
        """Wait until no other connection writes, for as long as the recorder's lock timeout."""
        cursor = self.connection.cursor()
        # Some builds of SQLite do not wait for the disk, or leave the disk's own cache out: https://www.sqlite.org/pragma.html
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA fullfsync=ON")
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class SQLiteRecorder(SQLiteApplicationRecorder, Searchable):
    """Keeps entries in an SQLite file, which says in its header that it is a ledger.

    `opened` is the file, where it was opened by its path.
    """

    opened: OpenedFile | None = None

    def rows(self, place: str) -> "SQLiteRows":
        """Give what looks rows up in the file."""
        return SQLiteRows(self, place)

    def advice(self, wrong: Exception) -> str:
        """Tell what to do about what SQLite says."""
        return advice(wrong)

    def construct_create_table_statements(self) -> list[str]:
        """Give what makes a ledger of a file, in one transaction."""
        header = [f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={FILE_FORMAT}"]
        return [
            *super().construct_create_table_statements(),
            *header,
            INDEX,
            *TREE,
        ]

    def create_table(self) -> None:
        """Make a ledger of the file; who makes it at the same moment waits, and finds it made."""
        with self.appending() as cursor:
            self._create_table(SQLiteCursor(cursor))

    @contextmanager
    def appending(self) -> Iterator[sqlite3.Cursor]:
        """Begin a transaction that appends, and end it."""
        with (
            self.datastore.get_connection(commit=True) as connection,
            _Append(connection, commit=True) as begun,
            begun as cursor,
        ):
            yield cursor

    def complete(self) -> None:
        """Give a file of an earlier version the index, the tables and the tree that it lacks; its entries are as they were.

        One with an entry that can't be hashed stays as it is: it can be read as far as that goes, and is not added to.
        """
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('successions', 'frontier', 'subtrees')")
            (found,) = cursor.fetchone()
        if found < len((INDEX, *TREE)):
            with suppress(LedgerError), self.appending() as cursor:
                for statement in (INDEX, *TREE):
                    cursor.execute(statement)
                grow(cursor, [])


@attrs.frozen
class SQLiteRows:
    """Rows looked up in an SQLite file.

    Arguments:
        recorder: what keeps them.
        place: what to call it in messages.

    """

    recorder: SQLiteRecorder
    place: str

    def last(self) -> int:
        """Give the number of the last row; 0 where there is none."""
        self._check_place()
        ((number,),) = self._select(LAST)
        return as_last(self.place, number or 0)

    def of_trust(self, trust: str, until: int) -> Sequence[Row]:
        """Give the rows of one trust, in order."""
        return self._rows("WHERE originator_id = ? AND rowid <= ? ORDER BY originator_version", trust, until)

    def numbered(self, number: int) -> Row | None:
        """Give one row."""
        return next(iter(self._rows("WHERE rowid = ?", number)), None)

    def trusts(self) -> Iterable[str]:
        """Give every trust that has a row."""
        return [as_code(self.place, code) for (code,) in self._select(TRUSTS)]

    def naming(self, code: str, until: int) -> Iterable[str]:
        """Give the trusts with a succession on record that has a code in it."""
        named = f"SELECT DISTINCT originator_id FROM stored_events WHERE {NAMING} AND rowid <= ? AND instr(state, ?)"  # noqa: S608  # our words
        return [as_code(self.place, trust) for (trust,) in self._select(named, until, f'"{code}"'.encode())]

    def successions(self, until: int) -> Sequence[Row]:
        """Give every row that tells of a succession."""
        return self._rows(f"WHERE {NAMING} AND rowid <= ? ORDER BY rowid", until)

    def last_but(self, kinds: Sequence[str], until: int) -> Row | None:
        """Give the last row that is of none of some kinds."""
        others = ", ".join("?" * len(kinds))
        return next(
            iter(self._rows(f"WHERE topic NOT IN ({others}) AND rowid <= ? ORDER BY rowid DESC LIMIT 1", *kinds, until)), None
        )

    def insert(self, rows: Sequence[Row], after: int, erased: Mapping[int, bytes]) -> Sequence[int]:
        """Append rows in one transaction and give their numbers; refused unless *after* is still the last number.

        In the same transaction the tree grows, and what is to be erased is overwritten: by number, what is left of it.
        """
        with self.recorder.appending() as cursor:
            self._check_place()
            cursor.execute(LAST)
            last = cursor.fetchone()[0] or 0
            if last != after:
                raise IntegrityError(f"the log ends at {last}, not at {after}")
            if not grow(cursor, [row.stored for row in rows], after):
                raise missing_entries(self.place, after)
            if erased:
                self._check_numbers(cursor, after)
            cursor.executemany(self.recorder.insert_events_statement, [row[:4] for row in rows])
            if erased:
                cursor.execute("PRAGMA secure_delete = ON")  # what is overwritten is not to be found in the file
                cursor.executemany(
                    "UPDATE stored_events SET state = ? WHERE rowid = ?", [(left, number) for number, left in erased.items()]
                )
        if erased:
            self.wipe()
        return range(after + 1, after + 1 + len(rows))  # SQLite numbers rows from the last: https://www.sqlite.org/autoinc.html

    def _check_place(self) -> None:
        if self.recorder.opened is not None:
            self.recorder.opened.check()

    def _check_numbers(self, cursor: sqlite3.Cursor, last: int) -> None:
        """Refuse a file in which numbers are missing: they would be given anew where it is written anew."""
        cursor.execute("SELECT count(*) FROM stored_events")
        (there,) = cursor.fetchone()
        if there != last:
            raise missing_entries(self.place, last)

    def wipe(self) -> None:
        """Write the file anew and empty the write-ahead log: what was overwritten stands in that too.

        In the file it may stand in parts of pages that are in use no longer, where SQLite once moved entries to make room: only a file
        that is written anew is without them (https://www.sqlite.org/lang_vacuum.html).
        """
        try:
            with self.recorder.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (is_busy, *_) = cursor.fetchone()
        except REFUSALS as wrong:
            raise StoreError(
                f"the text was erased from {self.place}, but may still stand in parts of the file that are in use no longer, as the file "
                f"can't be written anew: {wrong}. Once it can, have sqlite3 run VACUUM on it",
                self.place,
            ) from wrong
        if is_busy:
            raise StoreError(
                f"the text was erased from {self.place}, but others are reading it, so that it may still stand in the file beside it that "
                "ends in -wal: have them close the ledger, then open and close it once",
                self.place,
            )

    def frontier(self) -> Frontier:
        """Give the frontier of the tree as it was last kept; it may end before the log does."""
        if not self._has_tree():
            return Frontier()
        found = self._select(FRONTIER)
        return frontier_of(*found[0]) if found else Frontier()

    def subtrees(self, height: int, first: int, until: int) -> Sequence[bytes]:
        """Give the hashes that are kept of the subtrees of a height, of some positions; the last is exclusive.

        What a damaged file has there that is no hash is not kept.
        """
        if not self._has_tree():
            return ()
        kept = "SELECT hash FROM subtrees WHERE height = ? AND position >= ? AND position < ? ORDER BY position"
        return hashes_of(found for (found,) in self._select(kept, height, first, until))

    def damage(self) -> Sequence[str]:
        """Look at all that the file keeps, and tell what is found damaged (https://www.sqlite.org/pragma.html#pragma_integrity_check)."""
        try:
            found = [found for (found,) in self._select(f"PRAGMA integrity_check({MOST_DAMAGE})") if found != "ok"]
            return [*found, *below_the_first(number for (number,) in self._select(BELOW))]
        except StoreError as wrong:
            return [str(wrong)]

    def _has_tree(self) -> bool:
        """Whether the file has the tables of the tree; one of an earlier version that can't be written to has not."""
        ((found,),) = self._select("SELECT count(*) FROM sqlite_master WHERE name IN ('frontier', 'subtrees')")
        return bool(found == len(TREE))

    def _rows(self, condition: str, *values: object) -> list[Row]:
        return [as_row(self.place, *found) for found in self._select(f"{COLUMNS} {condition}", *values)]

    def _select(self, statement: str, *values: object) -> list[Any]:
        try:
            # One statement needs no transaction begun and ended around it.
            with self.recorder.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
                cursor.row_factory = None
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        except REFUSALS as wrong:
            raise unreadable(self.place, wrong, advice(wrong)) from wrong
