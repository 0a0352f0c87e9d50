"""Proofs that don't hold are false: changed, of another tree, or no proofs at all."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.proofs import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([number])) for number in range(20)]
ROOTS = [root(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
SMALL = 9


class Shouting(bytes):
    """Bytes that can't be measured or compared."""

    def __len__(self) -> int:
        """Fail."""
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        """Fail."""
        raise RuntimeError

    def __hash__(self) -> int:
        """Fail."""
        raise RuntimeError


class Endless(Sequence[bytes]):
    """A sequence of any length."""

    def __len__(self) -> int:
        """Fail."""
        raise RuntimeError

    def __getitem__(self, at: Any) -> Any:
        """Give a hash, whatever is asked for."""
        return LEAVES[0]


def forever() -> Iterator[bytes]:
    """Give hashes, without end."""
    while True:
        yield LEAVES[0]


JUNK: list[Any] = [
    *(
        None,
        True,
        0,
        1,
        -1,
        2**64,
        10**1000,
        0.5,
        float("nan"),
        float("inf"),
        "",
        "a",
        "a" * 32,
        b"",
        b"a",
        b"a" * 32,
        b"a" * 33,
    ),
    *([], [None], [b""], [b"a" * 31], [LEAVES[0], None], ["a" * 32], (1,), {}, {LEAVES[0]: 1}, {LEAVES[0]}, [[LEAVES[0]]]),
    *(bytearray(32), memoryview(bytes(32)), Shouting(32), [Shouting(32)], Endless(), forever(), iter(()), object(), len, type),
]


def flips(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Give a proof with each of its bits flipped, one at a time."""
    for place, one in enumerate(proof):
        for bit in range(8 * len(one)):
            flipped = (int.from_bytes(one) ^ 1 << bit).to_bytes(len(one))
            yield [*proof[:place], flipped, *proof[place + 1 :]]


def lengths(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Give a proof with a hash too few or too many, at either end."""
    yield [*proof, LEAVES[0]]
    yield [LEAVES[0], *proof]
    if proof:
        yield list(proof[1:])
        yield list(proof[:-1])
    if len(proof) > 1:
        yield list(proof[::-1])


def test_no_changed_inclusion_proof_holds() -> None:
    """Every bit of the proof of every leaf of every small tree counts, and so do length and order."""
    for size in range(1, SMALL):
        for index in range(size):
            proof = inclusion_proof(LEAVES, index, size)
            for changed in (*flips(proof), *lengths(proof)):
                assert not verify_inclusion(LEAVES[index], index, size, changed, ROOTS[size])
            for other in flips([LEAVES[index]]):
                assert not verify_inclusion(other[0], index, size, proof, ROOTS[size])
            for other in flips([ROOTS[size]]):
                assert not verify_inclusion(LEAVES[index], index, size, proof, other[0])


def test_no_changed_consistency_proof_holds() -> None:
    """Every bit of the proof of every two small trees counts, and so do length and order, and every bit of the roots."""
    for size2 in range(SMALL):
        for size1 in range(size2 + 1):
            proof = consistency_proof(LEAVES, size1, size2)
            for changed in (*flips(proof), *lengths(proof)):
                assert not verify_consistency(size1, size2, changed, ROOTS[size1], ROOTS[size2])
            for other in flips([ROOTS[size1]]):
                assert not verify_consistency(size1, size2, proof, other[0], ROOTS[size2])
            for other in flips([ROOTS[size2]]):  # the tree without leaves says nothing of what follows
                assert verify_consistency(size1, size2, proof, ROOTS[size1], other[0]) == (size1 == 0 < size2)


def test_a_proof_holds_for_its_own_leaf_and_size_only() -> None:
    """Of all the indices and sizes, no two share a proof, but where all the hashes on the way are the same."""
    for size, index in product(range(1, SMALL), repeat=2):
        if index < size:
            proof = inclusion_proof(LEAVES, index, size)
            for other_size, other_index in product(range(SMALL), repeat=2):
                holds = verify_inclusion(LEAVES[index], other_index, other_size, proof, ROOTS[size])
                same = index == other_index and size == other_size
                assert holds == same or (holds and _shape(other_index, other_size) == _shape(index, size))


def _shape(index: int, size: int) -> list[bool]:
    """Tell on which side each hash of a proof stands, which is all of an index and a size that a proof depends on."""
    sides, start, stop = [], 0, size
    while stop - start > 1:
        half = 1
        while half * 2 < stop - start:
            half *= 2
        sides.append(index < start + half)
        start, stop = (start, start + half) if index < start + half else (start + half, stop)
    return sides


@pytest.mark.parametrize(("size1", "size2"), [(0, 0), (0, 1), (0, 8)])
def test_the_empty_tree_is_consistent_with_every_tree(size1: int, size2: int) -> None:
    """By the root of the empty tree and an empty proof, and by nothing else."""
    assert verify_consistency(size1, size2, [], EMPTY_ROOT, ROOTS[size2])
    assert verify_consistency(size1, size2, (), EMPTY_ROOT, ROOTS[size2])
    assert not verify_consistency(size1, size2, [LEAVES[0]], EMPTY_ROOT, ROOTS[size2])
    assert not verify_consistency(size1, size2, [], ROOTS[1], ROOTS[size2])


def test_two_roots_of_the_empty_tree_are_the_one() -> None:
    """Nothing can follow nothing with another root."""
    assert not verify_consistency(0, 0, [], EMPTY_ROOT, ROOTS[1])
    assert not verify_consistency(0, 0, [], ROOTS[1], ROOTS[1])


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_a_tree_is_consistent_with_itself(size: int) -> None:
    """By equal roots and an empty proof, and by nothing else."""
    assert verify_consistency(size, size, [], ROOTS[size], ROOTS[size])
    assert not verify_consistency(size, size, [], ROOTS[size], ROOTS[size + 1])
    assert not verify_consistency(size, size, [ROOTS[size]], ROOTS[size], ROOTS[size])


@pytest.mark.parametrize(("size1", "size2"), [(5, 4), (-1, 4), (-2, -1), (1, 0)])
def test_sizes_that_no_proof_has_are_false(size1: int, size2: int) -> None:
    """Where a proof can't be asked for, none holds."""
    assert not verify_consistency(size1, size2, [], ROOTS[4], ROOTS[4])
    assert not verify_inclusion(LEAVES[0], max(size1, size2), min(size1, size2), [], LEAVES[0])


@pytest.mark.parametrize(("index", "size"), [(0, 2**64), (2**64, 2**64 + 1), (0, 10**1000)])
def test_sizes_of_more_than_64_bits_are_false(index: int, size: int) -> None:
    """However many hashes are given."""
    assert not verify_inclusion(LEAVES[0], index, size, LEAVES, LEAVES[0])
    assert not verify_consistency(index, size, LEAVES, LEAVES[0], LEAVES[0])


@pytest.mark.parametrize("place", range(5))
def test_junk_in_one_place_is_false(place: int) -> None:
    """Whatever stands in place of a leaf, a number, a proof or a root, the answer is no, and it comes at once."""
    inclusion: list[Any] = [LEAVES[3], 3, 6, inclusion_proof(LEAVES, 3, 6), ROOTS[6]]
    consistency: list[Any] = [3, 6, consistency_proof(LEAVES, 3, 6), ROOTS[3], ROOTS[6]]
    for junk in JUNK:
        for verify, given_ in ((verify_inclusion, inclusion), (verify_consistency, consistency)):
            changed: list[Any] = [*given_[:place], junk, *given_[place + 1 :]]
            assert verify(*changed) is False, (verify, changed)


@given(st.lists(st.integers(0, len(JUNK) + 4), min_size=5, max_size=5))
def test_junk_everywhere_never_raises(places: list[int]) -> None:
    """Five values of any kind, some of them right, give an answer."""
    values = [[*JUNK, 3, 6, LEAVES[3], ROOTS[6], inclusion_proof(LEAVES, 3, 6)][place] for place in places]
    assert type(verify_inclusion(*values)) is bool
    assert type(verify_consistency(*values)) is bool
