"""Where entries are kept: append-only, on a recorder of the `eventsourcing` package.

Each trust is a stream of that recorder; the number of an entry is its notification id. The recorders of this module also
refuse an append unless the log still ends where the writer saw it end, so that numbers and instants run the same way for
every writer.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, PersistenceError, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from ._rows import Index, Row, Rows
from ._succession import SUCCESSIONS
from .errors import NewerLedgerError, StoreError

__all__ = ["ConflictingAppendError", "MemoryRecorder", "Recorder", "Row", "SQLiteRecorder", "Store", "open_recorder"]

Recorder: TypeAlias = ApplicationRecorder
"""What a ledger can be kept on: any `eventsourcing` application recorder with text ids."""

APPLICATION_ID = 0x544C4447  # "TLDG", in the header of every ledger file
FILE_FORMAT = 1
PAGE = 1000
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


class ConflictingAppendError(Exception):
    """The log no longer ends where the writer saw it end: read on and try again."""


class MemoryRecorder(POPOApplicationRecorder):
    """Keeps entries in memory, for as long as the process runs."""

    def _assert_uniqueness(self, stored_events: Sequence[StoredEvent], expected_last: int | None = None, **kwargs: Any) -> None:
        """Refuse an append unless the log ends at *expected_last*, where that is given."""
        if expected_last is not None and len(self._stored_events) != expected_last:
            raise IntegrityError(f"the log ends at {len(self._stored_events)}, not at {expected_last}")
        super()._assert_uniqueness(stored_events, **kwargs)


class SQLiteRecorder(SQLiteApplicationRecorder):
    """Keeps entries in an SQLite file, which says in its header that it is a ledger."""

    def construct_create_table_statements(self) -> list[str]:
        """Give what makes a ledger of a file, in one transaction."""
        header = [f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={FILE_FORMAT}"]
        return [
            *super().construct_create_table_statements(),
            *header,
            INDEX,
        ]

    def add_index(self) -> None:
        """Give a file of the first version the index that it lacks; its entries are as they were."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'successions'")
            (found,) = cursor.fetchone()
        if not found:
            with self.datastore.transaction(commit=True) as cursor:
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
        return [code for (code,) in self._select(TRUSTS)]

    def naming(self, code: str, until: int) -> Iterable[str]:
        """Give the trusts with a succession on record that has a code in it."""
        named = f"SELECT DISTINCT originator_id FROM stored_events WHERE {NAMING} AND rowid <= ? AND instr(state, ?)"  # noqa: S608  # our words
        return [trust for (trust,) in self._select(named, until, f'"{code}"'.encode())]

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
        with self.recorder.datastore.transaction(commit=True) as cursor:
            cursor.execute(LAST)
            last = cursor.fetchone()[0] or 0
            if last != after:
                raise IntegrityError(f"the log ends at {last}, not at {after}")
            cursor.executemany(self.recorder.insert_events_statement, [row[:4] for row in rows])
        return range(after + 1, after + 1 + len(rows))  # SQLite numbers rows from the last: https://www.sqlite.org/autoinc.html

    def _rows(self, condition: str, *values: object) -> list[Row]:
        return list(map(Row._make, self._select(f"{COLUMNS} {condition}", *values)))

    def _select(self, statement: str, *values: object) -> list[Any]:
        try:
            # One statement needs no transaction begun and ended around it.
            with self.recorder.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
                cursor.row_factory = None
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        except (PersistenceError, sqlite3.Error) as wrong:
            raise _unreadable(self.place, wrong) from wrong


@attrs.frozen
class Store:
    """Rows in order of number, on a recorder.

    Arguments:
        recorder: any `eventsourcing` application recorder with text ids.
        place: what to call it in messages.

    """

    recorder: Recorder
    place: str
    rows: Rows = attrs.field(init=False)

    @rows.default
    def _(self) -> Rows:
        """Ask an SQLite file itself; of any other recorder, read everything and keep it."""
        return SQLiteRows(self.recorder, self.place) if isinstance(self.recorder, SQLiteRecorder) else Index(self.after)

    def append(self, rows: Sequence[Row], *, after: int) -> list[int]:
        """Append rows in one transaction, all or nothing, and give their numbers.

        Raises:
            ConflictingAppendError: somebody appended since *after* was the last number.
            StoreError: the store can't be written to.

        """
        try:
            numbers = self._insert(rows, after)
        except IntegrityError as conflict:
            raise ConflictingAppendError(str(conflict)) from conflict
        except (PersistenceError, sqlite3.Error) as wrong:
            if "locked" in str(wrong) or "busy" in str(wrong):
                raise ConflictingAppendError(str(wrong)) from wrong
            raise StoreError(
                f"can't write to {self.place}: {wrong}; nothing was recorded. {_advice(wrong)}", self.place
            ) from wrong
        return list(numbers or ())

    def _insert(self, rows: Sequence[Row], after: int) -> Sequence[int] | None:
        if isinstance(self.rows, SQLiteRows):
            return self.rows.insert(rows, after)
        return self.recorder.insert_events([StoredEvent(*row[:4]) for row in rows], expected_last=after)

    def after(self, number: int) -> Iterator[Row]:
        """Give the rows after *number*, in order.

        Raises:
            StoreError: the store can't be read.

        """
        while True:
            try:
                page = self.recorder.select_notifications(number, PAGE, inclusive_of_start=False)
            except (PersistenceError, sqlite3.Error) as wrong:
                raise _unreadable(self.place, wrong) from wrong
            for row in page:
                yield Row(str(row.originator_id), row.originator_version, row.topic, bytes(row.state), row.id)
                number = row.id
            if len(page) < PAGE:
                return

    def close(self) -> None:
        """Let go of files and connections."""
        if isinstance(self.recorder, SQLiteApplicationRecorder):
            self.recorder.datastore.close()


def _unreadable(place: str, wrong: Exception) -> StoreError:
    return StoreError(f"can't read {place}: {wrong}. {_advice(wrong)}", place)


def _advice(wrong: Exception) -> str:
    """Tell what to do about what a database says."""
    said = str(wrong).lower()
    if "full" in said or "disk i/o" in said:
        return "Make room on the disk, then do it again."
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return "Give this user leave to write to the file and its folder, or choose another with --ledger."
    if "malformed" in said or "not a database" in said:
        return "The file is damaged or not a ledger: restore it from a backup."
    return "Check that the file and its folder are there and can be used."


def open_recorder(place: str | os.PathLike[str], *, create: bool) -> Recorder:
    """Give a recorder for a place: `:memory:`, or the path of an SQLite file.

    Arguments:
        place: where the ledger is, or is to be.
        create: make a new ledger where there is none; else that is an error.

    Raises:
        StoreError: there is no ledger, it can't be opened, or the file is something else.
        NewerLedgerError: a newer version wrote it.

    """
    if str(place) == ":memory:":
        return MemoryRecorder()
    if "://" in str(place):
        kind = str(place).partition("://")[0]
        raise StoreError(
            f"this version can't open a ledger at a {kind} address: give the path of a file, or pass a recorder to Ledger()",
            kind,
        )
    path = Path(place)
    _check_path(path, create=create)
    try:
        return _open_sqlite(path, create=create)
    except (PersistenceError, sqlite3.Error) as wrong:
        raise StoreError(f"can't open the ledger {path}: {wrong}. {_advice(wrong)}", path) from wrong


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
            f"can't read {path}: {wrong.strerror}. {_advice(sqlite3.OperationalError('unable to open'))}", path
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


def _open_sqlite(path: Path, *, create: bool) -> Recorder:
    address = path.absolute().as_uri()
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    is_new = _is_new(path, f"{address}?mode=ro" if writable else f"{address}?mode=ro&immutable=1")
    if is_new and not create:
        raise StoreError(_no_ledger(path), path)
    if not writable:
        _check_rests(path)
    # A file that can't be written to is read as it stands: SQLite would else want to make its shared-memory file beside it.
    address = address if writable else f"{address}?mode=ro&immutable=1"
    recorder = SQLiteRecorder(SQLiteDatastore(address, lock_timeout=LOCK_SECONDS, originator_id_type="text"))
    if is_new:
        recorder.create_table()
    elif writable:
        recorder.add_index()
    return recorder


def _is_new(path: Path, address: str) -> bool:
    """Whether there is no ledger in the file yet; what is another database is refused, before anything is written into it."""
    if not path.exists() or path.stat().st_size == 0:
        return True
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS)
    try:
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
