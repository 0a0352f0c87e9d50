"""Whether a log is what was recorded: everything is read again, and what is wrong is named.

Without a checkpoint this is compared: the bytes of each entry with what the ledger writes, what the store keeps beside them, what
entries say of each other, and the tree over what is stored with the one that grew as entries were recorded. Only a checkpoint that is
kept elsewhere shows that not all of it was written anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import attrs

from ._growth import Growth, differences
from ._reading import Finding, Reading
from ._store import Store
from .errors import LedgerError
from .proofs import Checkpoint, Frontier

__all__ = ["Finding", "Verification", "verify"]


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


def verify(store: Store, checkpoints: Sequence[Checkpoint] = ()) -> Verification:
    """Read everything, and find what is wrong; what others record meanwhile is left out.

    Arguments:
        store: where the log is kept.
        checkpoints: those to compare it with.

    """
    reading, tree = Reading(), Growth({checkpoint.size for checkpoint in checkpoints})
    findings = [Finding("store", one) for one in store.damage()]
    try:
        last = store.rows.last()  # before the frontier, so that of an entry recorded in between the tree is not missed
        kept = _kept(store, findings)
        until = last if kept is None else max(last, kept.size)
        tree.wanted.add(until if kept is None else kept.size)
        for row in takewhile(lambda row: row.number <= until, store.after(0)):
            tree.add(reading.read(row))
        findings += [*reading.findings, *reading.redactions(store.after(until))]
        findings += () if kept is None else differences(store, kept, tree)
    except LedgerError as wrong:
        reached = tree.frontier.size
        told = f"after entry {reached} nothing can be read: {wrong}"
        findings += [*reading.findings, Finding("store", told, reached + 1, reached + 1)]
        checkpoints = [checkpoint for checkpoint in checkpoints if checkpoint.size <= reached]
    roots = {size: frontier.root for size, frontier in tree.at.items()}
    findings += _differing(checkpoints, tree.frontier.size, roots)
    agreeing = sorted((one for one in checkpoints if roots.get(one.size) == one.root), key=lambda one: one.size)
    return Verification(tree.frontier.size, tree.frontier.root, tuple(findings), tuple(agreeing))


def _kept(store: Store, findings: list[Finding]) -> Frontier | None:
    """Give the frontier that was kept; where what stands there is none, that is found."""
    try:
        return store.frontier()
    except LedgerError as wrong:
        findings.append(Finding("tree", str(wrong)))
        return None


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
