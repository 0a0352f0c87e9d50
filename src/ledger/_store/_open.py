"""Opening: from the place a ledger is kept at to its recorder."""

import os
from pathlib import Path
from typing import TypeAlias

from eventsourcing.persistence import ApplicationRecorder

from ..errors import StoreError
from ._file import open_file
from ._memory import MemoryRecorder

__all__ = ["Recorder", "open_recorder"]

Recorder: TypeAlias = ApplicationRecorder
"""What a ledger can be kept on: any `eventsourcing` application recorder with text ids."""


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
    return open_file(Path(place), create=create)
