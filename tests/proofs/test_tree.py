"""Roots and proofs: the answers that other implementations give, and those of the RFC's own definitions."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, ProofError
from ledger.proofs import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from tests.proofs import naive

LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
"""The leaves of the tests of Certificate Transparency's own implementation."""
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The root of the tree of the first so many leaves, from none to all eight."""
BC, CA, D3 = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
)
NINE, FIVE, SIX, OE = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
MANY = [leaf_hash(number.to_bytes(2)) for number in range(300)]
SMALL = 33


def hexes(proof: tuple[bytes, ...]) -> list[str]:
    """Write each hash of a proof in hexadecimal."""
    return [one.hex() for one in proof]


def test_the_two_hashes_are_told_apart_by_their_first_byte() -> None:
    """A leaf's begins with 0 and a node's with 1, so no node can pass for a leaf."""
    assert leaf_hash(b"a") == sha256(b"\x00a").digest()
    assert node_hash(b"a" * 32, b"b" * 32) == sha256(b"\x01" + b"a" * 32 + b"b" * 32).digest()
    assert sha256(b"").digest() == EMPTY_ROOT


@pytest.mark.parametrize(("size", "expected"), list(enumerate(ROOTS)))
def test_known_roots(size: int, expected: str) -> None:
    """They are those of Certificate Transparency's tests, of lists and of tuples."""
    assert root(LEAVES[:size]).hex() == root(tuple(LEAVES[:size])).hex() == expected


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [(0, 1, []), (0, 8, [NINE, FIVE, SIX]), (5, 8, [BC, CA, D3]), (2, 3, [ROOTS[2]]), (1, 5, [ROOTS[1], FIVE, BC])],
)
def test_known_inclusion_proofs(index: int, size: int, proof: list[str]) -> None:
    """They are those of Certificate Transparency's tests, which number leaves from 1."""
    made = inclusion_proof(LEAVES, index, size)
    assert hexes(made) == proof
    assert verify_inclusion(LEAVES[index], index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(
    ("size1", "size2", "proof"),
    [(1, 1, []), (1, 8, [NINE, FIVE, SIX]), (6, 8, [OE, CA, D3]), (2, 5, [FIVE, BC]), (0, 0, []), (0, 8, []), (8, 8, [])],
)
def test_known_consistency_proofs(size1: int, size2: int, proof: list[str]) -> None:
    """They are those of Certificate Transparency's tests; from nothing, and to itself, the proof is empty."""
    made = consistency_proof(LEAVES, size1, size2)
    assert hexes(made) == proof
    assert verify_consistency(size1, size2, made, bytes.fromhex(ROOTS[size1]), bytes.fromhex(ROOTS[size2]))


def test_every_small_tree_is_as_the_rfc_defines_it() -> None:
    """Each root, each inclusion proof and each consistency proof is that of the recursion, and both ways to verify agree."""
    for size in range(1, SMALL):
        leaves = MANY[:size]
        whole = naive.mth(leaves)
        assert root(leaves) == whole
        for index in range(size):
            proof = inclusion_proof(MANY, index, size)
            assert list(proof) == naive.path(index, leaves)
            assert verify_inclusion(MANY[index], index, size, proof, whole)
            assert naive.checks_inclusion(MANY[index], index, size, proof, whole)
        for older in range(1, size):
            proof = consistency_proof(MANY, older, size)
            assert list(proof) == naive.proof(older, leaves)
            assert verify_consistency(older, size, proof, naive.mth(leaves[:older]), whole)
            assert naive.checks_consistency(older, size, proof, naive.mth(leaves[:older]), whole)


@given(st.data())
def test_larger_trees_are_too(data: st.DataObject) -> None:
    """The same, for a leaf and two sizes drawn up to 300."""
    size = data.draw(st.integers(1, len(MANY)), label="size")
    index = data.draw(st.integers(0, size - 1), label="index")
    leaves = MANY[:size]
    whole = naive.mth(leaves)
    assert root(leaves) == whole
    included = inclusion_proof(MANY, index, size)
    assert list(included) == naive.path(index, leaves)
    assert verify_inclusion(MANY[index], index, size, list(included), whole)
    older = naive.mth(MANY[:index])
    follows = consistency_proof(MANY, index, size)
    assert list(follows) == (naive.proof(index, leaves) if index else [])
    assert verify_consistency(index, size, list(follows), older, whole)


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_the_root_of_any_data_is_the_recursions(data: list[bytes]) -> None:
    """Leaves may be of any length, and alike."""
    assert root([leaf_hash(one) for one in data]) == naive.mth([naive.leaf(one) for one in data])


@pytest.mark.parametrize(
    ("index", "size", "message", "value"),
    [
        (8, 8, "a tree of 8 leaves has no leaf 8: leaves are numbered from 0", 8),
        (-1, 8, "a tree of 8 leaves has no leaf -1: leaves are numbered from 0", -1),
        (0, 0, "a tree of 0 leaves has no leaf 0: leaves are numbered from 0", 0),
        (0, -1, "a tree of -1 leaves has no leaf 0: leaves are numbered from 0", 0),
        (0, 9, "there are 8 leaf hashes, too few for a tree of 9 leaves", 9),
    ],
)
def test_an_inclusion_proof_that_cant_be_is_refused(index: int, size: int, message: str, value: int) -> None:
    """The sentence says what is wrong with the question."""
    with pytest.raises(ProofError) as refused:
        inclusion_proof(LEAVES, index, size)
    assert (str(refused.value), refused.value.value) == (message, value)
    assert isinstance(refused.value, LedgerError)
    assert isinstance(refused.value, ValueError)


@pytest.mark.parametrize(
    ("size1", "size2", "message", "value"),
    [
        (5, 4, "a tree of 4 leaves can't follow one of 5: give the older size first, from 0", 5),
        (-1, 4, "a tree of 4 leaves can't follow one of -1: give the older size first, from 0", -1),
        (-2, -1, "a tree of -1 leaves can't follow one of -2: give the older size first, from 0", -2),
        (4, 9, "there are 8 leaf hashes, too few for a tree of 9 leaves", 9),
    ],
)
def test_a_consistency_proof_that_cant_be_is_refused(size1: int, size2: int, message: str, value: int) -> None:
    """The sentence says what is wrong with the question."""
    with pytest.raises(ProofError) as refused:
        consistency_proof(LEAVES, size1, size2)
    assert (str(refused.value), refused.value.value) == (message, value)


def test_data_in_place_of_its_hash_is_refused() -> None:
    """A root of something else than hashes would prove nothing."""
    with pytest.raises(ProofError, match="leaf hash 1 has 4 bytes, not 32: make it with leaf_hash"):
        root([LEAVES[0], b"data"])


def test_a_tree_of_many_leaves() -> None:
    """30,000 make the root and the proofs of the recursion."""
    leaves = MANY * 100
    assert root(leaves) == naive.mth(leaves)
    assert list(inclusion_proof(leaves, 29_999, 30_000)) == naive.path(29_999, leaves)
    assert list(consistency_proof(leaves, 16_385, 30_000)) == naive.proof(16_385, leaves)
