"""Trees put together from complete subtrees: ranges, pieces and frontiers."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proofs import (
    Frontier,
    consistency_proof,
    consistency_ranges,
    inclusion_proof,
    inclusion_ranges,
    leaf_hash,
    pieces,
    root,
)
from tests.proofs import naive

LEAVES = [leaf_hash(number.to_bytes(2)) for number in range(700)]
KEPT = [[], [1], [3], [2, 5], [8, 4], [0, 3]]
A, B, C = LEAVES[:3]


def kept(start: int, stop: int, heights: Sequence[int]) -> bytes:
    """Hash a range as a store does: from the hashes of complete subtrees, which are the recursion's."""
    tree = Frontier()
    for begin, height in pieces(start, stop, heights):
        tree = tree.add_subtree(naive.mth(LEAVES[begin : begin + 2**height]), height)
    return tree.root


def test_the_ranges_of_known_proofs() -> None:
    """From the leaf up: a neighbour at each height; the last range of a tree may be short of a complete subtree."""
    assert inclusion_ranges(0, 1) == []
    assert inclusion_ranges(0, 7) == [(1, 2), (2, 4), (4, 7)]
    assert inclusion_ranges(6, 7) == [(4, 6), (0, 4)]
    assert consistency_ranges(0, 7) == consistency_ranges(7, 7) == consistency_ranges(0, 0) == []
    assert consistency_ranges(3, 7) == [(2, 3), (3, 4), (0, 2), (4, 7)]
    assert consistency_ranges(4, 7) == [(4, 7)]
    assert consistency_ranges(6, 7) == [(4, 6), (6, 7), (0, 4)]


def test_ranges_of_trees_larger_than_any_memory() -> None:
    """They are counted, not walked."""
    assert len(inclusion_ranges(2**63, 2**64 - 1)) == 64
    assert inclusion_ranges(2**64 - 2, 2**64 - 1)[-1] == (0, 2**63)
    assert consistency_ranges(2**63, 2**64) == [(2**63, 2**64)]


def test_the_pieces_of_a_range() -> None:
    """The largest that are kept, from left to right, down to leaves."""
    assert pieces(0, 7, [1]) == [(0, 1), (2, 1), (4, 1), (6, 0)]
    assert pieces(0, 7, [1, 2]) == pieces(0, 7, (2, 1, 0)) == [(0, 2), (4, 1), (6, 0)]
    assert pieces(0, 0, [8]) == []
    assert pieces(131_072, 131_072 + 65_536 + 257, (8, 16)) == [(131_072, 16), (196_608, 8), (196_864, 0)]


@pytest.mark.parametrize(("start", "stop"), [(1, 3), (2, 5), (-2, 0), (4, 3), (2, 0)])
def test_what_is_no_range_of_a_proof_has_no_pieces(start: int, stop: int) -> None:
    """It would not be a subtree."""
    with pytest.raises(ProofError, match=f"the leaves from {start} to before {stop} are no subtree"):
        pieces(start, stop, [8])


@given(st.data())
def test_proofs_from_kept_hashes_are_those_from_leaves(data: st.DataObject) -> None:
    """Whichever heights are kept: the root, the inclusion proof and the consistency proof are the same."""
    heights = data.draw(st.sampled_from(KEPT), label="heights")
    size = data.draw(st.integers(1, len(LEAVES)), label="size")
    index = data.draw(st.integers(0, size - 1), label="index")
    assert kept(0, size, heights) == root(LEAVES[:size])
    included = tuple(kept(start, stop, heights) for start, stop in inclusion_ranges(index, size))
    assert included == inclusion_proof(LEAVES, index, size)
    follows = tuple(kept(start, stop, heights) for start, stop in consistency_ranges(index, size))
    assert follows == consistency_proof(LEAVES, index, size)


@given(st.lists(st.integers(0, 60), max_size=8), st.booleans())
def test_a_frontier_grows_leaf_by_leaf_or_by_many(batches: list[int], together: bool) -> None:  # drawn
    """Its root is that of all the leaves so far, however they came."""
    tree, size = Frontier(), 0
    for batch in batches:
        more = LEAVES[size : size + batch]
        if together:
            tree = tree.extend(iter(more))
        else:
            for one in more:
                tree = tree.add(one)
        size += batch
        assert tree == Frontier().extend(LEAVES[:size])
        assert (tree.size, tree.root) == (size, naive.mth(LEAVES[:size]))
        assert len(tree.subtrees) == size.bit_count()


def test_a_frontier_is_a_value() -> None:
    """Adding gives another; the one it is added to stays."""
    one = Frontier().add(A)
    two = one.add(B)
    assert (one.size, one.subtrees) == (1, (A,))
    assert (two.size, two.subtrees) == (2, (root([A, B]),))
    assert two == Frontier(2, (root([A, B]),)) == Frontier().add_subtree(root([A, B]), 1)
    assert len({two, Frontier().extend([A, B])}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.size = 2  # type: ignore[misc]


@pytest.mark.parametrize(("size", "height"), [(1, 1), (2, 2), (3, 1), (0, 64), (0, 10**9), (0, -1), (4, 3)])
def test_a_subtree_that_cant_follow_is_refused(size: int, height: int) -> None:
    """A complete subtree begins at a multiple of its own width."""
    with pytest.raises(ProofError, match=f"no subtree of height {height} can follow {size} leaves: add lower ones first"):
        Frontier().extend(LEAVES[:size]).add_subtree(A, height)


@pytest.mark.parametrize(
    ("size", "subtrees", "message"),
    [
        (0, (A,), "0 leaves make 0 complete subtrees: give a tuple of their hashes"),
        (3, (A,), "3 leaves make 2 complete subtrees: give a tuple of their hashes"),
        (1, [A], "1 leaves make 1 complete subtrees: give a tuple of their hashes"),
        (1, (b"short",), "a hash has 32 bytes, not 5: make it with leaf_hash or node_hash"),
        (-1, (), "a tree can't have -1 leaves: it has 0 to 18446744073709551615"),
        (2**64, (A,), "a tree can't have 18446744073709551616 leaves: it has 0 to 18446744073709551615"),
    ],
)
def test_a_frontier_that_cant_be_is_refused(size: int, subtrees: Any, message: str) -> None:
    """What was kept and is read back wrong doesn't go unseen."""
    with pytest.raises(ProofError) as refused:
        Frontier(size, subtrees)
    assert str(refused.value) == message


def test_a_hash_that_is_none_is_refused() -> None:
    """Whichever way it is added."""
    tree = Frontier().add(A)
    with pytest.raises(ProofError, match="a hash has 32 bytes, not 0"):
        tree.add(b"")
    with pytest.raises(ProofError, match="a hash has 32 bytes, not 4"):
        tree.extend([B, b"data"])
    with pytest.raises(ProofError, match="a hash has 32 bytes, not 64"):
        tree.add_subtree(B + C, 0)
