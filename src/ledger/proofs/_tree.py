"""Roots of Merkle trees, and proofs made from their leaf hashes (RFC 6962, section 2.1)."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import islice

from ..errors import ProofError
from ._hashing import EMPTY_ROOT, HASH_SIZE
from ._ranges import consistency_ranges, inclusion_ranges

__all__ = ["consistency_proof", "inclusion_proof", "root"]


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """Give the root of a Merkle tree (RFC 6962, section 2.1); SHA-256 of nothing where there is no leaf.

    Arguments:
        leaf_hashes: the hash of each leaf, 32 bytes each, in order.

    Raises:
        ProofError: one is not of 32 bytes.

    """
    for number, each in enumerate(leaf_hashes):
        if len(each) != HASH_SIZE:
            raise ProofError(f"leaf hash {number} has {len(each)} bytes, not {HASH_SIZE}: make it with leaf_hash", each)
    level = leaf_hashes
    while len(level) > 1:
        # node_hash, written out: a million calls would take a third longer
        pairs = zip(islice(level, 0, None, 2), islice(level, 1, None, 2), strict=False)
        above = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = [*above, level[-1]] if len(level) % 2 else above
    return level[0] if level else EMPTY_ROOT


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """Prove that a leaf is in the tree of the first *size* leaves (RFC 6962, section 2.1.1).

    Arguments:
        leaf_hashes: the hash of each leaf, in order; those from *size* on are not looked at.
        index: the number of the leaf, from 0.
        size: the number of leaves of the tree.

    Returns:
        The hashes of the neighbours on the way from the leaf up to the root; none for a tree of one leaf.

    Raises:
        ProofError: the tree has no such leaf, or there are fewer leaf hashes than *size*.

    """
    _check_enough(leaf_hashes, size)
    return tuple(root(leaf_hashes[start:stop]) for start, stop in inclusion_ranges(index, size))


def consistency_proof(leaf_hashes: Sequence[bytes], size1: int, size2: int) -> tuple[bytes, ...]:
    """Prove that the tree of the first *size2* leaves begins with that of the first *size1* (RFC 6962, section 2.1.2).

    The RFC leaves two cases open. Here the tree without leaves is consistent with every tree, and a tree with itself;
    the proof is empty for both.

    Arguments:
        leaf_hashes: the hash of each leaf, in order; those from *size2* on are not looked at.
        size1: the number of leaves of the older tree.
        size2: the number of leaves of the newer tree, at least *size1*.

    Raises:
        ProofError: the older tree is the larger, *size1* is below 0, or there are fewer leaf hashes than *size2*.

    """
    _check_enough(leaf_hashes, size2)
    return tuple(root(leaf_hashes[start:stop]) for start, stop in consistency_ranges(size1, size2))


def _check_enough(leaf_hashes: Sequence[bytes], size: int) -> None:
    if size > len(leaf_hashes):
        raise ProofError(f"there are {len(leaf_hashes)} leaf hashes, too few for a tree of {size} leaves", size)
