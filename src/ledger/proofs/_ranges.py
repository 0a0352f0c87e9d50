"""Which leaves the hashes of a proof are of: a proof is the hash of each range, in order (RFC 6962, sections 2.1.1 and 2.1.2).

A range is the number of its first leaf, from 0, and that of the first leaf after it. Every range of a proof is the whole of a
subtree: a complete one, or the one at the right edge of the tree. Who keeps the hashes of complete subtrees looks them up by
`pieces` and puts them together with a `Frontier`; who has only leaf hashes takes the `root` of a slice.
"""

from collections.abc import Sequence
from typing import TypeAlias

from ..errors import ProofError

__all__ = ["Range", "consistency_ranges", "inclusion_ranges", "pieces"]

Range: TypeAlias = tuple[int, int]
"""The numbers of the first leaf, inclusive, and of the last, exclusive."""


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Give the ranges whose hashes prove that a leaf is in a tree: the neighbour at each height, from the leaf up.

    Arguments:
        index: the number of the leaf, from 0.
        size: the number of leaves of the tree.

    Raises:
        ProofError: the tree has no such leaf.

    """
    if not 0 <= index < size:
        raise ProofError(f"a tree of {size} leaves has no leaf {index}: leaves are numbered from 0", index)
    ranges, start, stop = [], 0, size
    while stop - start > 1:
        middle = _middle(start, stop)
        if index < middle:
            ranges.append((middle, stop))
            stop = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(size1: int, size2: int) -> list[Range]:
    """Give the ranges whose hashes prove that a tree begins with all leaves of an older one, from the lowest up.

    There are none where the older tree has no leaf, or is the tree itself.

    Arguments:
        size1: the number of leaves of the older tree.
        size2: the number of leaves of the newer tree, at least *size1*.

    Raises:
        ProofError: the older tree is the larger, or has fewer leaves than none.

    """
    if not 0 <= size1 <= size2:
        raise ProofError(f"a tree of {size2} leaves can't follow one of {size1}: give the older size first, from 0", size1)
    ranges: list[Range] = []
    start, stop = 0, size2
    while 0 < size1 < stop:
        middle = _middle(start, stop)
        if size1 <= middle:
            ranges.append((middle, stop))
            stop = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:  # otherwise this is the whole of the older tree, whose root is known to who verifies
        ranges.append((start, stop))
    return ranges[::-1]


def pieces(start: int, stop: int, heights: Sequence[int]) -> list[tuple[int, int]]:
    """Part a range of a proof, or a whole tree (from 0 to its size), into complete subtrees whose hashes are kept.

    Arguments:
        start: the number of the first leaf.
        stop: the number of the first leaf after the range.
        heights: the heights of the complete subtrees that are kept: 8 for those of 256 leaves. Leaves (height 0) always are.

    Returns:
        The number of the first leaf of each and its height, from left to right, as few as there can be.

    Raises:
        ProofError: no subtree has this range.

    """
    if not 0 <= start <= stop or start % (1 << max(stop - start - 1, 0).bit_length()):
        raise ProofError(f"the leaves from {start} to before {stop} are no subtree: give a range of a proof", (start, stop))
    found = []
    for height in (*sorted(heights, reverse=True), 0):
        while start + (1 << height) <= stop:
            found.append((start, height))
            start += 1 << height
    return found


def _middle(start: int, stop: int) -> int:
    """Give where a subtree parts: its left half has the largest power of two below its number of leaves."""
    return start + (1 << (stop - start - 1).bit_length() - 1)
