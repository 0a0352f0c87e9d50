"""The Merkle tree over a log as a database keeps it: its frontier, and the hashes of complete subtrees.

The tree is that of RFC 6962, section 2.1, over the stored bytes in order of number. The frontier is all that it takes to go on; the
subtrees of 256 leaves, of 65,536 and so on are kept so that a proof reads a few of them and not the log.
"""

from collections.abc import Iterable
from typing import TypeAlias

from ..errors import StoreError
from ..proofs import Frontier, node_hash

__all__ = ["KEPT_HEIGHTS", "Subtree", "frontier_of", "grown", "hashes_of"]

KEPT_HEIGHTS = (8, 16, 24)
"""The heights of the complete subtrees whose hashes are kept."""
HASH = 32

Subtree: TypeAlias = tuple[int, int, bytes]
"""A complete subtree: its height, its position among those of that height from 0, and its hash."""


def frontier_of(size: object, kept: object) -> Frontier:
    """Read a frontier from what was kept: the number of leaves, and the hashes one after the other.

    Raises:
        StoreError: a damaged database gave something else.

    """
    if not (isinstance(size, int) and size >= 0 and isinstance(kept, bytes) and len(kept) == HASH * size.bit_count()):
        raise StoreError(
            "the tree that is kept beside the entries is damaged: run `trust-ledger verify`, and restore a backup", size
        )
    return Frontier(size, tuple(kept[at : at + HASH] for at in range(0, len(kept), HASH)))


def hashes_of(kept: Iterable[object]) -> list[bytes]:
    """Read the hashes of subtrees from what was kept; what is none is left out, as if it had not been kept."""
    return [one for one in kept if isinstance(one, bytes) and len(one) == HASH]


def grown(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[Subtree]]:
    """Add leaf hashes, and give the new frontier and the subtrees to keep that they completed."""
    size, hashes, completed = frontier.size, list(frontier.subtrees), list[Subtree]()
    for leaf in leaves:
        node, height, position = leaf, 0, size
        while position & 1:
            node, height, position = node_hash(hashes.pop(), node), height + 1, position >> 1
            if height in KEPT_HEIGHTS:
                completed.append((height, position, node))
        hashes.append(node)
        size += 1
    return Frontier(size, tuple(hashes)), completed
