"""Rows in an SQLite file, and what is refused of a file."""

import os
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteCursor, SQLiteDatastore, SQLiteTransaction

from .._rows import Row
from .._succession import SUCCESSIONS
from ..errors import NewerLedgerError, StoreError
from ._opened import OpenedFile
from ._refusals import REFUSALS, advice, as_code, as_row, unreadable
from ._searchable import Searchable

__all__ = ["SQLiteRecorder", "SQLiteRows", "open_file"]

APPLICATION_ID = 0x544C4447  # "TLDG", in the header of every ledger file
FILE_FORMAT = 1
LOCK_SECONDS = 30
NAMING = "topic IN ('{}')".format("', '".join(SUCCESSIONS))
"""The condition that few entries meet and every question about a trust asks for: an index of its own holds them."""
INDEX = f"CREATE INDEX IF NOT EXISTS successions ON stored_events (topic) WHERE {NAMING}"
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

    def construct_create_table_statements(self) -> list[str]:
        """Give what makes a ledger of a file, in one transaction."""
        header = [f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={FILE_FORMAT}"]
        return [
            *super().construct_create_table_statements(),
            *header,
            INDEX,
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

    def add_index(self) -> None:
        """Give a file of the first version the index that it lacks; its entries are as they were."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'successions'")
            (found,) = cursor.fetchone()
        if not found:
            with self.appending() as cursor:
                cursor.execute(INDEX)


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
        return number or 0

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

    def insert(self, rows: Sequence[Row], after: int) -> Sequence[int]:
        """Append rows in one transaction and give their numbers; refused unless *after* is still the last number."""
        with self.recorder.appending() as cursor:
            self._check_place()
            cursor.execute(LAST)
            last = cursor.fetchone()[0] or 0
            if last != after:
                raise IntegrityError(f"the log ends at {last}, not at {after}")
            cursor.executemany(self.recorder.insert_events_statement, [row[:4] for row in rows])
        return range(after + 1, after + 1 + len(rows))  # SQLite numbers rows from the last: https://www.sqlite.org/autoinc.html

    def _check_place(self) -> None:
        if self.recorder.opened is not None:
            self.recorder.opened.check()

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
            raise unreadable(self.place, wrong) from wrong


def open_file(path: Path, *, create: bool) -> SQLiteRecorder:
    """Give a recorder for the file at a path.

    Arguments:
        path: where the ledger is, or is to be.
        create: make a new ledger where there is none; else that is an error.

    Raises:
        StoreError: there is no ledger, it can't be opened, or the file is something else.
        NewerLedgerError: a newer version wrote it.

    """
    _check_path(path, create=create)
    try:
        return _open_sqlite(path, create=create)
    except REFUSALS as wrong:
        raise StoreError(f"can't open the ledger {path}: {wrong}. {advice(wrong)}", path) from wrong


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, such as {path / 'trusts.db'}", path)
    if not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} doesn't exist: make it first, or choose another place", path)
    try:
        is_there = path.exists() and path.stat().st_size > 0
        head = _head(path) if is_there else b""
    except OSError as wrong:
        raise StoreError(
            f"can't read {path}: {wrong.strerror}. {advice(sqlite3.OperationalError('unable to open'))}", path
        ) from wrong
    if is_there and head != b"SQLite format 3\0":
        raise StoreError(f"{path} is not a ledger: choose another file, or make a new ledger under another name", path)
    if not is_there and not create:
        raise StoreError(_no_ledger(path), path)
    if not is_there and not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"can't make a ledger in {path.parent}: this user may not write there; choose another place with --ledger", path
        )


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _open_sqlite(path: Path, *, create: bool) -> SQLiteRecorder:
    address = path.absolute().as_uri()
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    # Whoever made it may have been killed meanwhile: only who may write can take back what was half done.
    is_new = _is_new(path, f"{address}?mode=rw" if writable else f"{address}?mode=ro&immutable=1")
    if is_new and not create:
        raise StoreError(_no_ledger(path), path)
    if not writable:
        _check_rests(path)
    # A file that can't be written to is read as it stands: SQLite would else want to make its shared-memory file beside it.
    address = address if writable else f"{address}?mode=ro&immutable=1"
    if is_new:
        _begin_log(address)
    recorder = SQLiteRecorder(SQLiteDatastore(address, lock_timeout=LOCK_SECONDS, originator_id_type="text"))
    if is_new:
        recorder.create_table()
    elif writable:
        recorder.add_index()
    recorder.opened = OpenedFile.at(path)
    return recorder


def _is_new(path: Path, address: str) -> bool:
    """Whether there is no ledger in the file yet; what is another database is refused, before anything is written into it."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN")  # another process may be making it: what is read is as at one moment
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        connection.close()
    if application == 0 and tables == 0:
        return True
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is a database, but not a ledger: choose another file", path)
    if version > FILE_FORMAT:
        raise NewerLedgerError(
            f"{path} was written by a newer version of trust-ledger (file format {version}, this one reads {FILE_FORMAT}): upgrade",
            path,
        )
    return False


def _begin_log(address: str) -> None:
    """Have a new file keep a write-ahead log; where two processes do so at the same moment, SQLite refuses one without waiting."""
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS)
    give_up = time.monotonic() + LOCK_SECONDS
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() >= give_up:
                    raise
                time.sleep(random.uniform(0, 0.01))  # noqa: S311  # spreads them out, hides nothing
            else:
                return
    finally:
        connection.close()


def _check_rests(path: Path) -> None:
    """Refuse a file with entries that are not in it yet: read as it stands, it would answer without them."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size > 0:
        raise StoreError(
            f"{path} is being written to, or was not closed, and this user may not write here: copy it with {log.name} to a folder of "
            "your own, and open the copy",
            path,
        )


def _no_ledger(path: Path) -> str:
    return f"there is no ledger at {path}: make one with `trust-ledger ingest` or `trust-ledger demo`"
