"""Whether a proof holds: false for a bad one, whatever it is made of, never an exception (RFC 9162, 2.1.3.2 and 2.1.4.2).

A proof is believed only as a list or a tuple itself, of `bytes` themselves: what is of another type, or of one derived from these,
could run code of its own.
"""

from collections.abc import Sequence

from ._hashing import EMPTY_ROOT, HASH_SIZE, MOST_LEAVES, node_hash
from ._ranges import Range, consistency_ranges, inclusion_ranges

__all__ = ["verify_consistency", "verify_inclusion"]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf is in a tree (RFC 6962, section 2.1.1; RFC 9162, section 2.1.3.2).

    Arguments:
        leaf_hash: the hash of the leaf, 32 bytes.
        index: the number of the leaf, from 0.
        size: the number of leaves of the tree, less than 2 to the power of 64.
        proof: the hashes that `inclusion_proof` gave: a list or a tuple.
        root: the root of the tree, 32 bytes.

    """
    if not (_are_sizes(index, size) and index < size and _are_hashes((leaf_hash, root))):
        return False
    ranges = inclusion_ranges(index, size)
    if not _fits(proof, ranges):
        return False
    found = leaf_hash
    for (start, _), neighbour in zip(ranges, proof, strict=True):
        found = node_hash(neighbour, found) if start < index else node_hash(found, neighbour)
    return found == root


def verify_consistency(size1: int, size2: int, proof: Sequence[bytes], root1: bytes, root2: bytes) -> bool:
    """Whether a proof shows that a tree begins with all leaves of an older one (RFC 6962, 2.1.2; RFC 9162, 2.1.4.2).

    The tree without leaves is consistent with every tree: by its root, which is SHA-256 of nothing, and an empty proof.
    A tree is consistent with itself: by equal roots and an empty proof.

    Arguments:
        size1: the number of leaves of the older tree.
        size2: the number of leaves of the newer tree, less than 2 to the power of 64.
        proof: the hashes that `consistency_proof` gave: a list or a tuple.
        root1: the root of the older tree, 32 bytes.
        root2: the root of the newer tree, 32 bytes.

    """
    if not (_are_sizes(size1, size2) and size1 <= size2 and _are_hashes((root1, root2))):
        return False
    ranges = consistency_ranges(size1, size2)
    if not _fits(proof, ranges):
        return False
    if size1 == 0:
        return root1 == EMPTY_ROOT and (size2 > 0 or root2 == EMPTY_ROOT)
    given = bool(ranges) and ranges[0][1] == size1  # the last part of the older tree; without it, that tree is one part
    older = newer = proof[0] if given else root1
    for (start, _), neighbour in list(zip(ranges, proof, strict=True))[given:]:
        if start < size1:
            older, newer = node_hash(neighbour, older), node_hash(neighbour, newer)
        else:
            newer = node_hash(newer, neighbour)
    return older == root1 and newer == root2


def _are_sizes(*values: object) -> bool:
    return all(type(value) is int and 0 <= value <= MOST_LEAVES for value in values)


def _are_hashes(values: Sequence[object]) -> bool:
    return all(type(value) is bytes and len(value) == HASH_SIZE for value in values)


def _fits(proof: Sequence[object], ranges: Sequence[Range]) -> bool:
    return (type(proof) is list or type(proof) is tuple) and len(proof) == len(ranges) and _are_hashes(proof)
