"""The tables of an SQLite file that the Merkle tree is kept in, and how it grows."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from .._stub import leaf_of
from ..proofs import Frontier
from ._refusals import as_stored
from ._tree import frontier_of, grown

__all__ = ["FRONTIER", "TREE", "grow"]

TREE = (
    "CREATE TABLE IF NOT EXISTS frontier (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, hashes BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS subtrees (height INTEGER, position INTEGER, hash BLOB, PRIMARY KEY (height, position)) WITHOUT ROWID",
)
FRONTIER = "SELECT size, hashes FROM frontier"


def grow(cursor: Any, news: Sequence[bytes], after: int | None = None) -> bool:
    """Add to the tree what is stored after its end, as an earlier version left it, and what is new; not where the log is shorter."""
    cursor.execute(FRONTIER)
    found = cursor.fetchone()
    frontier = frontier_of(*found) if found else Frontier()
    if after is not None and frontier.size > after:
        return False
    missing: Iterable[bytes] = ()
    if after is None or frontier.size < after:
        cursor.execute("SELECT rowid, state FROM stored_events WHERE rowid > ? ORDER BY rowid", (frontier.size,))
        missing = (as_stored(number, stored) for number, stored in iter(cursor.fetchone, None))
    frontier, completed = grown(frontier, map(leaf_of, chain(missing, news)))
    cursor.execute(
        "INSERT OR REPLACE INTO frontier (id, size, hashes) VALUES (1, ?, ?)", (frontier.size, b"".join(frontier.subtrees))
    )
    cursor.executemany("INSERT OR REPLACE INTO subtrees (height, position, hash) VALUES (?, ?, ?)", completed)
    return True
