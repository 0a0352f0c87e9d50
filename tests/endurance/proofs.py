"""Ten thousand leaves: every inclusion proof and the consistency proofs of every two of 200 sizes hold, and none with a bit flipped.

`python -m tests.endurance.proofs` runs it and prints the figures.
"""

import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from random import Random

import attrs

from ledger.proofs import (
    Frontier,
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    pieces,
    verify_consistency,
    verify_inclusion,
)

__all__ = ["Figures", "check"]

HEIGHTS = range(1, 64)


@attrs.frozen
class Figures:
    """How many proofs there were, how many of them held, and how many were believed with one bit flipped: none, if all is well."""

    inclusion: int
    inclusion_held: int
    inclusion_flipped_held: int
    consistency: int
    consistency_held: int
    consistency_flipped_held: int

    @property
    def are_right(self) -> bool:
        """Whether every proof held, and none with a bit flipped."""
        return (
            self.inclusion == self.inclusion_held
            and self.consistency == self.consistency_held
            and self.inclusion_flipped_held == self.consistency_flipped_held == 0
        )


def _hashes(leaves: Sequence[bytes]) -> Callable[[int, int], bytes]:
    """Give what hashes a range of a proof from complete subtrees, each hashed once: as a store does that keeps them all."""

    @cache
    def subtree(start: int, height: int) -> bytes:
        if height == 0:
            return leaves[start]
        half = 1 << height - 1
        return node_hash(subtree(start, height - 1), subtree(start + half, height - 1))

    @cache
    def hash_of(start: int, stop: int) -> bytes:
        tree = Frontier()
        for begin, height in pieces(start, stop, HEIGHTS):
            tree = tree.add_subtree(subtree(begin, height), height)
        return tree.root

    return hash_of


def _flipped(draw: Random, proof: Sequence[bytes]) -> list[bytes]:
    """Flip one bit of a proof; one without hashes gets a hash too many."""
    if not proof:
        return [draw.randbytes(32)]
    place, bit = draw.randrange(len(proof)), draw.randrange(256)
    return [*proof[:place], (int.from_bytes(proof[place]) ^ 1 << bit).to_bytes(32), *proof[place + 1 :]]


def check(leaves: int, sizes: int, seed: int = 0) -> Figures:
    """Make every inclusion proof of a tree and the consistency proofs of every two of some sizes, and verify them all.

    Arguments:
        leaves: the number of leaves.
        sizes: how many sizes to draw, from 0 to *leaves*.
        seed: what the draws begin from.

    """
    draw = Random(seed)  # draws, not secrets
    hashes = [leaf_hash(draw.randbytes(40)) for _ in range(leaves)]
    hash_of = _hashes(hashes)
    root = hash_of(0, leaves)
    held, flipped = [], []
    for index, leaf in enumerate(hashes):
        proof = [hash_of(start, stop) for start, stop in inclusion_ranges(index, leaves)]
        held.append(verify_inclusion(leaf, index, leaves, proof, root))
        flipped.append(verify_inclusion(leaf, index, leaves, _flipped(draw, proof), root))
    follow, follow_flipped = [], []
    for size1, size2 in combinations(sorted(draw.sample(range(leaves + 1), sizes)), 2):
        roots = hash_of(0, size1), hash_of(0, size2)
        proof = [hash_of(start, stop) for start, stop in consistency_ranges(size1, size2)]
        follow.append(verify_consistency(size1, size2, proof, *roots))
        follow_flipped.append(verify_consistency(size1, size2, _flipped(draw, proof), *roots))
    return Figures(len(held), sum(held), sum(flipped), len(follow), sum(follow), sum(follow_flipped))


def main() -> None:
    """Run it whole and print the figures; the exit code is 1 if one is wrong."""
    began = time.perf_counter()
    found = check(10_000, 200)
    for name, value in attrs.asdict(found).items():
        print(f"{name.replace('_', ' '):<26}{value:>8,}")
    print(f"{time.perf_counter() - began:.1f} seconds")
    sys.exit(not found.are_right)


if __name__ == "__main__":
    main()
