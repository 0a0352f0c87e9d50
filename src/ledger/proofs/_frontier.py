"""A Merkle tree of which only as much is kept as its root and its growth need."""

from collections.abc import Iterable
from typing import Any

import attrs
from attrs import Attribute

from ..errors import ProofError
from ._hashing import EMPTY_ROOT, HASH_SIZE, MOST_LEAVES, node_hash

__all__ = ["Frontier"]


def _check_size(_frontier: object, _field: "Attribute[Any]", size: int) -> None:
    if not 0 <= size <= MOST_LEAVES:
        raise ProofError(f"a tree can't have {size} leaves: it has 0 to {MOST_LEAVES}", size)


def _check_subtrees(frontier: "Frontier", _field: "Attribute[Any]", subtrees: object) -> None:
    due = frontier.size.bit_count()
    if not (isinstance(subtrees, tuple) and len(subtrees) == due):
        raise ProofError(f"{frontier.size} leaves make {due} complete subtrees: give a tuple of their hashes", subtrees)
    for subtree in subtrees:
        _check_hash(subtree)


def _check_hash(each: bytes) -> None:
    if len(each) != HASH_SIZE:
        raise ProofError(f"a hash has {HASH_SIZE} bytes, not {len(each)}: make it with leaf_hash or node_hash", each)


@attrs.frozen
class Frontier:
    """A Merkle tree, as the hashes of its largest complete subtrees; it grows at the right and gives its root.

    Arguments:
        size: the number of leaves; none unless given.
        subtrees: the hashes of its largest complete subtrees, from left to right: one for each 1 in *size*, written in binary.

    Raises:
        ProofError: there are more or fewer subtrees than *size* asks for, or a hash is not of 32 bytes.

    """

    size: int = attrs.field(default=0, validator=_check_size)
    subtrees: tuple[bytes, ...] = attrs.field(default=(), validator=_check_subtrees)

    @property
    def root(self) -> bytes:
        """The root of the tree (RFC 6962, section 2.1); SHA-256 of nothing where there is no leaf."""
        if not self.subtrees:
            return EMPTY_ROOT
        *lefts, found = self.subtrees
        for left in reversed(lefts):
            found = node_hash(left, found)
        return found

    def add(self, leaf_hash: bytes) -> "Frontier":
        """Give the tree with one leaf more.

        Raises:
            ProofError: the hash is not of 32 bytes.

        """
        return self.add_subtree(leaf_hash, 0)

    def extend(self, leaf_hashes: Iterable[bytes]) -> "Frontier":
        """Give the tree with some leaves more, in order.

        Raises:
            ProofError: a hash is not of 32 bytes.

        """
        size, subtrees = self.size, list(self.subtrees)
        for leaf_hash in leaf_hashes:
            _check_hash(leaf_hash)
            _append(subtrees, size, leaf_hash)
            size += 1
        return Frontier(size, tuple(subtrees))

    def add_subtree(self, subtree_hash: bytes, height: int) -> "Frontier":
        """Give the tree with a complete subtree more.

        Arguments:
            subtree_hash: the root of the subtree.
            height: its height: it has 2 to the power of *height* leaves.

        Raises:
            ProofError: a subtree of this height can't begin where the tree ends, or the hash is not of 32 bytes.

        """
        if not 0 <= height < MOST_LEAVES.bit_length() or self.size % (1 << height):
            raise ProofError(f"no subtree of height {height} can follow {self.size} leaves: add lower ones first", height)
        _check_hash(subtree_hash)
        subtrees = list(self.subtrees)
        _append(subtrees, self.size >> height, subtree_hash)
        return Frontier(self.size + (1 << height), tuple(subtrees))


def _append(subtrees: list[bytes], before: int, added: bytes) -> None:
    """Append a subtree after as many of its own height; two neighbours of one height become one of the next."""
    while before % 2:
        added = node_hash(subtrees.pop(), added)
        before //= 2
    subtrees.append(added)
