"""Opening: from the place a ledger is kept at to its recorder."""

import os
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

from eventsourcing.persistence import ApplicationRecorder

from ..errors import MissingExtraError, StoreError
from ._file import open_file
from ._memory import MemoryRecorder

__all__ = ["Recorder", "named", "open_recorder"]

Recorder: TypeAlias = ApplicationRecorder
"""What a ledger can be kept on: any `eventsourcing` application recorder with text ids."""
POSTGRES = ("postgresql", "postgres")


def open_recorder(place: str | os.PathLike[str], *, create: bool) -> Recorder:
    """Give a recorder for a place: `:memory:`, the path of an SQLite file, or the `postgresql://` address of a database.

    Arguments:
        place: where the ledger is, or is to be.
        create: make a new ledger where there is none; else that is an error.

    Raises:
        StoreError: there is no ledger, it can't be opened, or the file or database is something else.
        NewerLedgerError: a newer version wrote it.
        MissingExtraError: it is in PostgreSQL, and psycopg isn't installed.

    """
    text = str(place)
    if text == ":memory:":
        return MemoryRecorder()
    if _is_address(text):
        recorder: Recorder = _postgres().open_database(text, create=create)
        return recorder
    return open_file(Path(place), create=create)


def named(place: str | os.PathLike[str]) -> str:
    """Give what to call a place in messages: an address without its password.

    Raises:
        StoreError: it is an address that can't be read.
        MissingExtraError: it is in PostgreSQL, and psycopg isn't installed.

    """
    return str(_postgres().named(str(place))) if _is_address(str(place)) else str(place)


def _is_address(place: str) -> bool:
    """Whether a place is the address of a database that can be opened; of any other, it is refused without repeating it."""
    kind, colon, rest = place.partition(":")
    if kind in POSTGRES and colon and not rest.startswith("//"):
        raise StoreError("the address of a database begins with postgresql://, and is given as text, not as a path", kind)
    if kind in POSTGRES and colon:
        return True
    if "://" in place:
        kind = place.partition("://")[0]
        raise StoreError(
            f"this version can't open a ledger at a {kind} address: give the path of an SQLite file or a postgresql:// address, "
            "or pass a recorder to Ledger()",
            kind,
        )
    return False


def _postgres() -> ModuleType:
    try:
        from . import _postgres  # noqa: PLC0415  # an extra: only who keeps a ledger in PostgreSQL needs it
    except ImportError as missing:
        raise MissingExtraError(
            "a ledger in PostgreSQL needs the extra `postgres`: pip install 'trust-ledger[postgres]'", "postgres"
        ) from missing
    return _postgres
