"""A log as it is kept: read, followed, proved and moved, whatever its entries mean."""

import os
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from ._codec import decode
from ._entry import Entry
from ._lines import exported, restored
from ._log import Log, uncollected
from ._store import Store
from ._stub import leaf_of
from ._tree import Tree
from ._verify import Verification, verify
from .errors import ProofError, StoreError
from .proofs import Checkpoint, LogProof, SignedNote, SigningKey, verify_inclusion

__all__ = ["KeptLog"]

FOLLOWING = 10.0
"""The seconds after which a follower looks anyway, whether it was told of an entry or not."""


class KeptLog:
    """Entries in a store, in order of number; also a context manager that lets go of it."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store = store
        self._log = log

    def close(self) -> None:
        """Let go of files and connections."""
        self._store.close()

    def __repr__(self) -> str:
        """Say where it is kept, and the number of its last entry when it was last read."""
        return f"<{type(self).__name__} {self._store.place!r}, last entry {self._log.last}>"

    def __enter__(self) -> Self:
        """Use the ledger in a `with` block, which closes it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the ledger."""
        self.close()

    # Reading

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in order of number, also those that others replaced."""
        self._refresh()
        return self._log.entries()

    @property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        self._refresh()
        return self._log.last

    def follow(self, after: int = 0, *, idle: float | None = None) -> Generator[Entry, None, None]:
        """Yield the entries after a number, each once and in order, and go on with those that are recorded from then on, by whoever.

        Who keeps the number of the last entry that was dealt with goes on after it another time. A `Redacted` tells that what an earlier
        entry said is erased here, and is to be erased wherever it was taken to. Its `close` lets go of what it listens on.

        Arguments:
            after: the number of the last entry that is known already; 0 for none. Up to one that is yet to come, all are passed over.
            idle: end once nothing came for so many seconds; without it, never.

        Raises:
            StoreError: the store can't be read, or the file was moved, deleted or replaced.
            StoredEntryError: an entry can't be read.

        """
        with self._store.listening() as wait:
            heard = time.monotonic()
            while True:
                for row in self._store.after(after) if self._store.rows.last() > after else ():
                    yield decode(row.number, row.stored)
                    after, heard = row.number, time.monotonic()
                rest = FOLLOWING if idle is None else heard + idle - time.monotonic()
                if rest <= 0:
                    return
                wait(min(rest, FOLLOWING))

    # Proving

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the Merkle tree whose leaves are the entries as they are stored (RFC 6962, section 2.1).

        Arguments:
            size: how many entries, from the first; without it, all.

        Raises:
            ProofError: there are not so many.

        """
        return self._tree.root(self._size(size))

    def checkpoint(self, key: SigningKey, size: int | None = None) -> SignedNote:
        """Sign how many entries there are and the root over them: who keeps it elsewhere can later tell that nothing of it was changed.

        Arguments:
            key: the ledger's key; its name is the checkpoint's origin.
            size: how many entries, from the first; without it, all.

        Raises:
            ProofError: there are not so many.
            MissingExtraError: cryptography is not installed.

        """
        many = self._size(size)
        return Checkpoint(key.name, many, self._tree.root(many)).sign(key)

    def prove(self, number: int, checkpoint: SignedNote) -> LogProof:
        """Give what shows, with a key alone, that an entry is in the ledger that a checkpoint was signed of.

        Arguments:
            number: the entry.
            checkpoint: a signed checkpoint that has it.

        Raises:
            CorrectionError: there is no such entry.
            ProofError: what was signed is no checkpoint, has no such entry, or is not of this ledger; or the ledger was changed.
            StoreError: the store can't be read.

        """
        self._refresh()
        stored = self._log.stored(number)
        signed = Checkpoint.parse(checkpoint.text)
        if signed.size < number:
            raise ProofError(
                f"the checkpoint is over {signed.size:,} entries, without entry {number}: sign a newer one", number
            )
        if signed.size > self._log.last or self.root(signed.size) != signed.root:
            raise ProofError(
                f"the checkpoint of {signed.origin} over {signed.size:,} entries is not of this ledger, or the ledger was changed: "
                "run `trust-ledger verify` with it",
                signed,
            )
        hashes = self._tree.inclusion(number - 1, signed.size)
        if not verify_inclusion(leaf_of(stored), number - 1, signed.size, hashes, signed.root):
            raise ProofError(f"entry {number} is not what was recorded: run `trust-ledger verify` with the checkpoint", number)
        return LogProof(number - 1, hashes, checkpoint, stored)

    def verify(self, *checkpoints: Checkpoint) -> Verification:
        """Read every entry again, and find what is wrong; also with the tree that was kept as they were recorded.

        Arguments:
            checkpoints: those to compare the ledger with; `Checkpoint.verify` reads one that was signed.

        """
        with uncollected():
            return verify(self._store, checkpoints)

    # Moving house

    def export(self) -> Iterator[bytes]:
        """Give every entry as it is stored, a line each in order of number: JSON Lines, from which `restore` makes the same ledger.

        Raises:
            StoreError: the store can't be read, or an entry was redacted meanwhile.

        """
        self._refresh()
        return exported(self._store, self._log.last)

    def restore(self, lines: Iterable[bytes], *, place: str = "the lines") -> int:
        """Fill this ledger, which must be empty, with what was exported of another, byte for byte; give how many entries that is.

        Arguments:
            lines: what `export` gave, as a file opened for reading bytes gives it back.
            place: what to call them in messages.

        Raises:
            LedgerFileError: a line is not an entry, or the lines are no ledger; every problem, with its line. Nothing is recorded.
            StoreError: this ledger has entries already, or can't be written to.

        """
        with uncollected():
            return restored(self._store, lines, place)

    def backup(self, path: str | os.PathLike[str]) -> Verification:
        """Copy an SQLite ledger to a new file while others go on writing to it, and verify the copy.

        Arguments:
            path: the file to make; there must be none yet.

        Raises:
            StoreError: the ledger is not an SQLite file, the copy can't be made, or it is not what it is a copy of.

        """
        target = Path(path)
        with self._store.copied(target) as copy, uncollected():
            told = verify(copy)
            if told.findings or told.root != self.root(told.size):
                wrong = "; ".join(map(str, told.findings)) or "it has other entries"
                raise StoreError(
                    f"the copy of {self._store.place} was not kept, as something is wrong with it: {wrong}", target
                )
        return told

    @property
    def _tree(self) -> Tree:
        return Tree(self._store)

    def _size(self, size: int | None) -> int:
        self._refresh()
        if size is not None and not 0 <= size <= self._log.last:
            raise ProofError(f"there are {self._log.last:,} entries, not {size:,}", size)
        return self._log.last if size is None else size

    def _refresh(self) -> None:
        """Read what was recorded since, by whoever."""
        self._log.refresh()
