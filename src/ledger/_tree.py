"""The Merkle tree over a log (RFC 6962, section 2.1): its roots, and proofs from it, by the hashes that the store keeps of it."""

from itertools import groupby
from operator import itemgetter

import attrs

from ._store import KEPT_HEIGHTS, Store
from .errors import StoreError
from .proofs import Frontier, consistency_ranges, inclusion_ranges, pieces

__all__ = ["Tree"]

HEIGHT = itemgetter(1)


@attrs.frozen
class Tree:
    """The tree whose leaves are the stored bytes, in order of number: the entry of number 1 is leaf 0."""

    store: Store

    def root(self, size: int) -> bytes:
        """Give the root over the first entries."""
        kept = self.store.frontier()
        return kept.root if kept.size == size else self._hash_of(0, size)

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Give the proof that a leaf is in the tree over the first entries.

        Raises:
            ProofError: that tree has no such leaf.

        """
        return tuple(self._hash_of(start, stop) for start, stop in inclusion_ranges(index, size))

    def consistency(self, size1: int, size2: int) -> tuple[bytes, ...]:
        """Give the proof that the tree over more entries begins with that over fewer.

        Raises:
            ProofError: the first is the larger.

        """
        return tuple(self._hash_of(start, stop) for start, stop in consistency_ranges(size1, size2))

    def _hash_of(self, start: int, stop: int) -> bytes:
        """Give the hash of a range of leaves; the last is exclusive.

        Raises:
            StoreError: some of them are missing.

        """
        frontier = Frontier()
        for height, parts in groupby(pieces(start, stop, KEPT_HEIGHTS), HEIGHT):
            first, many = start + frontier.size, sum(1 for _ in parts)
            until = first + (many << height)
            kept = self.store.subtrees(height, first >> height, until >> height) if height else ()
            if len(kept) == many:
                for one in kept:
                    frontier = frontier.add_subtree(one, height)
            else:  # single leaves, and what a writer of an earlier version has not kept
                frontier = frontier.extend(self.store.leaves(first, until))
            if frontier.size != until - start:
                raise StoreError(
                    f"can't read {self.store.place}: between entry {start + 1} and {until} some are missing; "
                    "run `trust-ledger verify`, and restore a backup",
                    self.store.place,
                )
        return frontier.root
