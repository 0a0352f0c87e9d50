"""Opening an SQLite file: made where there is none, and refused where it is something else."""

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from eventsourcing.sqlite import SQLiteDatastore

from ..errors import NewerLedgerError, StoreError
from ._opened import OpenedFile
from ._refusals import REFUSALS, advice, no_ledger
from ._searchable import LOCK_SECONDS
from ._sqlite import APPLICATION_ID, FILE_FORMAT, SQLiteRecorder

__all__ = ["copy_of", "open_file"]


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


@contextmanager
def copy_of(path: Path, target: Path) -> Iterator[SQLiteRecorder]:
    """Copy a ledger's file as at one moment, and give a recorder for the copy; it gets its name when all went well, and is gone else.

    Arguments:
        path: the file to copy, which others may be writing to.
        target: the file to make; there must be none yet.

    Raises:
        StoreError: there is a file of that name, or the copy can't be made.

    """
    _check_path(target, create=True)
    if target.exists():
        raise StoreError(f"there is a file {target} already: choose another name for the copy", target)
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        address = f"{path.as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy)  # in one go, which is as at one moment: https://www.sqlite.org/backup.html
        yield open_file(part, create=False)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except (*REFUSALS, OSError) as wrong:
        raise StoreError(f"can't copy {path} to {target}: {wrong}. {advice(wrong)}", target) from wrong
    finally:
        for rest in (part, *(part.with_name(f"{part.name}{end}") for end in ("-wal", "-shm"))):
            rest.unlink(missing_ok=True)


def _check_path(path: Path, *, create: bool) -> None:
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
        is_there = path.exists() and path.stat().st_size > 0
    except OSError as wrong:
        raise StoreError(
            f"can't read {path}: {wrong.strerror}. {advice(sqlite3.OperationalError('unable to open'))}", path
        ) from wrong
    if is_folder:
        raise StoreError(f"{path} is a folder: name a file in it, such as {path / 'trusts.db'}", path)
    if not has_folder:
        raise StoreError(f"the folder {path.parent} doesn't exist: make it first, or choose another place", path)
    if not is_there and not create:
        raise no_ledger(path)
    if not is_there and not os.access(path.parent, os.W_OK):
        raise StoreError(
            f"can't make a ledger in {path.parent}: this user may not write there; choose another place with --ledger", path
        )


def _open_sqlite(path: Path, *, create: bool) -> SQLiteRecorder:
    address = path.absolute().as_uri()
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    # Whoever made it may have been killed meanwhile: only who may write can take back what was half done.
    is_new = _is_new(path, f"{address}?mode=rw" if writable else f"{address}?mode=ro&immutable=1")
    if is_new and not create:
        raise no_ledger(path)
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
        recorder.complete()
    recorder.opened = OpenedFile.at(path)
    return recorder


def _is_new(path: Path, address: str) -> bool:
    """Whether there is no ledger in the file yet; what is something else is refused, before anything is written into it.

    Only SQLite looks into the file: whoever else opens and closes it takes away the locks that this process has on it, and another
    process would then remove the write-ahead log under it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    if not path.exists() or path.stat().st_size == 0:
        return True
    connection = sqlite3.connect(address, uri=True, timeout=LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN")  # another process may be making it: what is read is as at one moment
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as wrong:
        if wrong.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise StoreError(
            f"{path} is not a ledger: choose another file, or make a new ledger under another name", path
        ) from wrong
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
