"""What must be true of a ledger whatever happened to those who wrote it."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

from ledger import Entry, Ledger
from ledger._codec import decode, encode
from ledger._rows import Row
from ledger.errors import LedgerError

__all__ = ["digest", "disorder", "gaps", "rows_after", "undecoded"]


def digest(stored: bytes | Entry) -> str:
    """Give a short stand-in for the bytes of an entry."""
    return sha256(encode(stored) if isinstance(stored, Entry) else stored).hexdigest()[:16]


def rows_after(ledger: Ledger, number: int = 0) -> list[Row]:
    """Give what is stored after a number, as it is stored."""
    return list(ledger._store.after(number))


def undecoded(rows: Sequence[Row]) -> int:
    """Tell how many rows hold no entry, or one of another trust or type than they stand under."""
    return sum(not _is_whole(row) for row in rows)


def _is_whole(row: Row) -> bool:
    try:
        entry = decode(row.number, row.stored)
    except LedgerError:
        return False
    return (entry.event.trust, type(entry.event).__name__) == (row.trust, row.kind)


def gaps(rows: Sequence[Row], before: Sequence[Row] = ()) -> int:
    """Tell how many numbers, and how many versions of a trust, do not follow the last; *before* is what was there already."""
    last = before[-1].number if before else 0
    versions = Counter(row.trust for row in before)
    found = 0
    for row in rows:
        found += (row.number != last + 1) + (row.version != versions[row.trust] + 1)
        last, versions[row.trust] = row.number, row.version
    return found


def disorder(entries: Sequence[Entry]) -> int:
    """Tell how many entries bear an earlier instant than the one before, or the instant of somebody else's."""
    return sum(
        later.recorded_at < one.recorded_at or (later.recorded_at == one.recorded_at and later.recorded_by != one.recorded_by)
        for one, later in pairwise(entries)
    )
