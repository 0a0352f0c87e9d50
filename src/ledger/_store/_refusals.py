"""What a database refuses, or gives that no ledger holds, as an error of ours that says what to do."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from eventsourcing.persistence import ConnectionPoolClosedError, PersistenceError

from .._rows import Row
from ..errors import StoreError

__all__ = [
    "REFUSALS",
    "advice",
    "as_code",
    "as_last",
    "as_row",
    "as_stored",
    "below_the_first",
    "missing_entries",
    "no_ledger",
    "out_of_order",
    "unreadable",
]

REFUSALS = (PersistenceError, sqlite3.Error, UnicodeDecodeError, ConnectionPoolClosedError)
"""What comes of a database that refuses something; where it quotes damaged text in doing so, Python can't read what it says."""
MOST_ENTRIES = 10**9
"""The number that those of entries are below, as whatever refers to one counts."""
DAMAGED = "The file is damaged or not a ledger: restore it from a backup."


def unreadable(place: str, wrong: Exception, advised: str) -> StoreError:
    said = f": {wrong}" if str(wrong) else ""
    return StoreError(f"can't read {place}{said}. {advised}", place)


def no_ledger(place: object) -> StoreError:
    return StoreError(f"there is no ledger at {place}: make one with `trust-ledger ingest` or `trust-ledger demo`", place)


def missing_entries(place: str, last: int) -> StoreError:
    return StoreError(
        f"entries are missing from {place}: it ends at entry {last}, and has had more. Nothing was recorded; "
        "run `trust-ledger verify`, and restore a backup",
        place,
    )


def advice(wrong: Exception) -> str:
    """Tell what to do about what a database says."""
    said = str(wrong).lower()
    if isinstance(wrong, ConnectionPoolClosedError):
        return "It was closed: open it again."
    if "locked" in said or "busy" in said:
        return "Another program has been writing to it all the while: do it again once that has ended."
    if "full" in said or "disk i/o" in said:
        return "Make room on the disk, then do it again."
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return "Give this user leave to write to the file and its folder, or choose another with --ledger."
    if "malformed" in said or "not a database" in said or "decode" in said:
        return DAMAGED
    return "Check that the file and its folder are there and can be used."


def as_row(place: str, *columns: Any) -> Row:
    """Make a row of what a database gives, in order; a damaged one may give nothing or a number where a text was put."""
    trust, version, kind, stored, number = columns
    if isinstance(trust, str) and isinstance(version, int) and isinstance(kind, str) and isinstance(stored, bytes):
        return Row(trust, version, kind, stored, number)
    raise StoreError(f"can't read {place}: what stands at number {number} is not an entry. {DAMAGED}", place)


def as_stored(number: int, stored: object) -> bytes:
    """Take what a database gives as the bytes of an entry."""
    if isinstance(stored, bytes):
        return stored
    raise StoreError(f"what stands at number {number} is not an entry: run `trust-ledger verify`", number)


def below_the_first(numbers: Iterable[int]) -> list[str]:
    """Tell of rows with numbers that no entry ever has, so that they are not among those read in order."""
    return [
        f"a row has the number {number}, and entries are numbered from 1: it was put there past the ledger"
        for number in numbers
    ]


def out_of_order(place: str, number: int, after: int) -> StoreError:
    return StoreError(f"can't read {place}: number {number} comes after {after}. {DAMAGED}", place)


def as_last(place: str, number: int) -> int:
    """Take what a database gives as the number of its last row; a tree over as many as a damaged one says would never be done."""
    if 0 <= number < MOST_ENTRIES:
        return number
    raise StoreError(f"can't read {place}: the last number is {number}, which no entry has. {DAMAGED}", place)


def as_code(place: str, code: object) -> str:
    """Take what a database gives as the code of a trust."""
    if isinstance(code, str):
        return code
    raise StoreError(f"can't read {place}: {code!r} stands where the code of a trust was put. {DAMAGED}", place)
