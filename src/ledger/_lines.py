"""A ledger as JSON Lines: each stored entry is a line, byte for byte, and the number of the line is that of the entry."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from ._codec import decode, outline
from ._reading import Finding, Reading
from ._rows import Row
from ._store import ConflictingAppendError, Store
from ._stub import is_stub
from .errors import LedgerFileError, StoredEntryError, StoreError
from .events import Redacted

__all__ = ["exported", "restored"]


def exported(store: Store, until: int) -> Iterator[bytes]:
    """Give the lines, each ended by a newline, of the entries up to a number, inclusive.

    Raises:
        StoreError: the store can't be read, or an entry among them was redacted meanwhile, by one that is not.

    """
    erased, told = set[int](), set[int]()
    for row in takewhile(lambda row: row.number <= until, store.after(0)):
        if is_stub(row.stored):
            erased.add(row.number)
        elif row.kind == Redacted.__name__:
            told.add(getattr(decode(row.number, row.stored).event, "entry", 0))
        yield row.stored + b"\n"
    for number in erased - told:
        raise StoreError(f"entry {number} was redacted while {store.place} was exported: export it again", store.place)


def restored(store: Store, lines: Iterable[bytes], place: str) -> int:
    """Append what was exported to a store that has nothing yet, all or nothing, and give how many entries that is.

    Arguments:
        store: where to.
        lines: the lines, with or without the newline at their end.
        place: what to call them in messages.

    Raises:
        LedgerFileError: a line is not an entry, or the lines are no ledger; every problem, with its line.
        StoreError: the store has entries already, or can't be written to.

    """
    if store.rows.last():
        raise _not_empty(store)
    rows, findings = _read(lines)
    if findings:
        raise LedgerFileError(tuple(f"{place}:{one.first}: {one}" for one in findings))
    try:
        store.append(rows, after=0)
    except ConflictingAppendError as others:
        raise _not_empty(store) from others
    return len(rows)


def _not_empty(store: Store) -> StoreError:
    return StoreError(f"{store.place} has entries already: restore into a new ledger", store.place)


def _read(lines: Iterable[bytes]) -> tuple[list[Row], list[Finding]]:
    rows, unreadable = list[Row](), list[Finding]()
    reading, versions = Reading(), Counter[str]()
    for number, line in enumerate(lines, 1):
        stored = line.removesuffix(b"\n")
        try:
            trust, kind = outline(number, stored)
        except StoredEntryError as wrong:
            unreadable.append(Finding("bytes", str(wrong), number, number))
            continue
        versions[trust] += 1
        rows.append(Row(trust, versions[trust], kind, stored, number))
        reading.read(rows[-1])
    # What follows a line that can't be read is not told: it would be told of whatever refers to it.
    return rows, unreadable or [*reading.findings, *reading.redactions()]
