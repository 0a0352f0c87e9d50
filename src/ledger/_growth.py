"""The tree grown again over the rows of a log, and where the one that was kept as they were recorded is another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from ._reading import Finding
from ._store import KEPT_HEIGHTS, Store, grown
from .proofs import Frontier

__all__ = ["Growth", "differences"]

Range: TypeAlias = tuple[int, int]
"""The numbers of the first leaf, inclusive, and of the last, exclusive; leaves are numbered from 0."""


@attrs.define
class Growth:
    """The tree over the rows that were read so far: its frontier now and at the sizes wanted, and the complete subtrees."""

    wanted: set[int]
    frontier: Frontier = attrs.field(factory=Frontier)
    subtrees: dict[int, list[bytes]] = attrs.field(factory=dict)
    at: dict[int, Frontier] = attrs.field(factory=lambda: {0: Frontier()})

    def add(self, leaf: bytes) -> None:
        """Add a leaf."""
        self.frontier, completed = grown(self.frontier, [leaf])
        for height, _, one in completed:
            self.subtrees.setdefault(height, []).append(one)
        if self.frontier.size in self.wanted:
            self.at[self.frontier.size] = self.frontier


def differences(store: Store, kept: Frontier, tree: Growth) -> Iterator[Finding]:
    """Yield where the tree that was kept is not that over what is stored.

    Arguments:
        store: where the hashes of complete subtrees are kept.
        kept: the frontier that was kept.
        tree: that over what is stored, with its frontier at the size of the one that was kept, if it is as large.

    """
    if not store.keeps_tree:
        return
    size = tree.frontier.size
    compared = [*_subtrees(store, min(kept.size, size), tree.subtrees), *_pieces(kept, tree.at.get(kept.size, tree.frontier))]
    wrong = _joined(_narrowed(compared))
    if kept.size > size:
        agreed = wrong[0][0] if wrong else max((stop for (_, stop), _ in compared), default=0)
        told = f"there were {kept.size:,} entries, and there are {size:,}: some are missing"
        yield Finding("missing", told, agreed + 1, kept.size)
    if kept.size < size:
        told = f"entries {kept.size + 1} to {size} are not in the tree that was kept: an earlier version recorded them, or something else"
        yield Finding("tree", told, kept.size + 1, size)
    for start, stop in wrong:
        told = f"entries {start + 1} to {stop}: they are not what was recorded, or the tree kept beside them was changed"
        yield Finding("tree", told, start + 1, stop)


def _subtrees(store: Store, size: int, again: Mapping[int, Sequence[bytes]]) -> Iterator[tuple[Range, bool]]:
    """Yield the leaves of each complete subtree that is to be kept of the first leaves, and whether it is as it is now."""
    for height in KEPT_HEIGHTS:
        many = size >> height
        kept: Sequence[bytes | None] = store.subtrees(height, 0, many)
        if len(kept) != many:  # which of them is not there is asked one by one
            kept = [next(iter(store.subtrees(height, place, place + 1)), None) for place in range(many)]
        for place, one in enumerate(kept):
            yield (place << height, (place + 1) << height), one == again[height][place]


def _pieces(kept: Frontier, now: Frontier) -> Iterator[tuple[Range, bool]]:
    """Yield the leaves of each subtree that both frontiers have, and whether it is the same in both."""
    for (leaves, one), (others, other) in zip(_ranges(kept), _ranges(now), strict=False):
        if leaves != others:  # those after it are not of the same leaves either
            return
        yield leaves, one == other


def _ranges(frontier: Frontier) -> Iterator[tuple[Range, bytes]]:
    start = 0
    for one in frontier.subtrees:
        stop = start + (1 << (frontier.size - start).bit_length() - 1)
        yield (start, stop), one
        start = stop


def _narrowed(compared: Iterable[tuple[Range, bool]]) -> list[Range]:
    """Give the leaves that are not the same, as narrowly as can be told: of what has such leaves in it, nothing else is."""
    found: list[Range] = []
    for (start, stop), is_same in sorted(compared, key=lambda one: one[0][1] - one[0][0]):
        if not is_same and not any(start <= first and last <= stop for first, last in found):
            found.append((start, stop))
    return sorted(found)


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Make one of ranges that follow each other."""
    found: list[Range] = []
    for start, stop in ranges:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found
