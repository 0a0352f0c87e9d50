"""Whether a log is what was recorded: everything is read again, and what is wrong is named.

Without a checkpoint this is compared: the bytes of each entry with what the ledger writes, what the store keeps beside them, what
entries say of each other, and the tree over what is stored with the one that grew as entries were recorded. Only a checkpoint that is
kept elsewhere shows that not all of it was written anew.
"""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from ._reading import Finding, Reading
from ._store import KEPT_HEIGHTS, Store, grown
from .errors import LedgerError
from .proofs import Checkpoint, Frontier

__all__ = ["Finding", "Verification", "verify"]

NARROWEST = KEPT_HEIGHTS[0]


@attrs.frozen
class Verification:
    """What was found.

    Attributes:
        size: the number of entries that were read.
        root: the root of the tree over them.
        findings: what is wrong; empty where nothing is.
        checkpoints: those that the log agrees with, by size.

    """

    size: int
    root: bytes
    findings: tuple[Finding, ...]
    checkpoints: tuple[Checkpoint, ...]


@attrs.define
class _Grown:
    """The tree over the rows that were read so far: its frontier, the complete subtrees, and the roots at some sizes."""

    wanted: frozenset[int]
    frontier: Frontier = attrs.field(factory=Frontier)
    subtrees: dict[int, list[bytes]] = attrs.field(factory=dict)
    roots: dict[int, bytes] = attrs.field(factory=lambda: {0: Frontier().root})

    def add(self, leaf: bytes) -> None:
        """Add a leaf."""
        self.frontier, completed = grown(self.frontier, [leaf])
        for height, _, one in completed:
            self.subtrees.setdefault(height, []).append(one)
        if self.frontier.size in self.wanted:
            self.roots[self.frontier.size] = self.frontier.root


def verify(store: Store, checkpoints: Sequence[Checkpoint] = ()) -> Verification:
    """Read everything, and find what is wrong.

    Arguments:
        store: where the log is kept.
        checkpoints: those to compare it with.

    """
    reading = Reading()
    tree = _Grown(frozenset(checkpoint.size for checkpoint in checkpoints))
    findings = [Finding("store", one) for one in store.damage()]
    try:
        kept = store.frontier()
        tree.wanted |= {kept.size}
        for row in store.after(0):
            tree.add(reading.read(row))
        findings += [*reading.findings, *reading.redactions(), *_differences(store, kept, tree)]
    except LedgerError as wrong:
        reached = tree.frontier.size
        findings += [*reading.findings, Finding("store", f"after entry {reached} nothing can be read: {wrong}", reached + 1)]
        return Verification(reached, tree.frontier.root, tuple(findings), ())
    differing = list(_differing(checkpoints, tree.frontier.size, tree.roots))
    agreeing = tuple(sorted((c for c in checkpoints if tree.roots.get(c.size) == c.root), key=lambda c: c.size))
    return Verification(tree.frontier.size, tree.frontier.root, (*findings, *differing), agreeing)


def _differences(store: Store, kept: Frontier, tree: _Grown) -> Iterator[Finding]:
    """Yield where the tree that was kept is not that over what is stored."""
    size = tree.frontier.size
    if not store.keeps_tree:
        return
    if kept.size > size:
        yield Finding("missing", f"there were {kept.size:,} entries, and there are {size:,}: some are missing", 1, kept.size)
    if kept.size < size:
        yield Finding(
            "tree",
            f"entries {kept.size + 1} to {size} are not in the tree that was kept: an earlier version recorded them, or something else",
            kept.size + 1,
            size,
        )
    changed = _changed(store, tree.subtrees)
    if not changed and kept.size <= size and tree.roots[kept.size] != kept.root:
        changed = [kept.size >> NARROWEST]  # what is after the last complete subtree
    if changed:
        first, last = (changed[0] << NARROWEST) + 1, min((changed[-1] + 1) << NARROWEST, size)
        yield Finding(
            "tree",
            f"entries {first} to {last}: they are not what was recorded, or the tree kept beside them was changed",
            first,
            last,
        )


def _changed(store: Store, subtrees: Mapping[int, Sequence[bytes]]) -> list[int]:
    """Give the positions of the narrowest complete subtrees that are not as they were kept, or part of wider ones that are not."""
    found: set[int] = set()
    for height, grown_again in subtrees.items():
        kept, width = store.subtrees(height, 0, len(grown_again)), 1 << (height - NARROWEST)
        for position, one in enumerate(grown_again):
            if position >= len(kept) or kept[position] != one:
                found |= {position * width, position * width + width - 1}
    return sorted(found)


def _differing(checkpoints: Sequence[Checkpoint], size: int, roots: Mapping[int, bytes]) -> Iterator[Finding]:
    """Yield the checkpoints that the log does not agree with, with the entries among which the difference is."""
    agreed = 0
    for checkpoint in sorted(checkpoints, key=lambda one: one.size):
        signed = f"the checkpoint of {checkpoint.origin} over {checkpoint.size:,} entries"
        if checkpoint.size > size:
            yield Finding("missing", f"{signed}: there are {size:,}, so that some are missing", agreed + 1, checkpoint.size)
        elif roots[checkpoint.size] != checkpoint.root:
            among = f"something among entries {agreed + 1} to {checkpoint.size} is not what it was"
            yield Finding(
                "checkpoint", f"{signed} does not agree: {among}, or it is of another ledger", agreed + 1, checkpoint.size
            )
        else:
            agreed = checkpoint.size
