"""A log proof is read strictly, and holds for one leaf, one key and one checkpoint."""

import pytest

from ledger.errors import ProofError
from ledger.proofs import Checkpoint, LogProof, SignedNote, SigningKey, inclusion_proof, leaf_hash, root

DATA = [b"one", b"two", b"three"]
LEAVES = [leaf_hash(one) for one in DATA]
KEY = SigningKey("ledger.example", bytes(range(32)))
NOTE = Checkpoint("ledger.example", 3, root(LEAVES)).sign(KEY)
PROOF = LogProof(1, inclusion_proof(LEAVES, 1, 3), NOTE, b"two")
HASH = "A" * 43 + "="


def test_a_proof_comes_back_from_its_bytes_as_it_was() -> None:
    """With what the leaf was made of and without."""
    for proof in (PROOF, LogProof(1, PROOF.hashes, NOTE)):
        assert LogProof.parse(proof.encoded) == proof
        assert LogProof.parse(proof.encoded).encoded == proof.encoded


def test_a_proof_holds_for_its_leaf_and_key_alone() -> None:
    """Another leaf, another place, another key: each is refused with a sentence."""
    assert PROOF.verify(leaf_hash(b"two"), KEY.verifier).size == 3
    with pytest.raises(ProofError, match=r"the hashes don't lead from leaf 1 to the root of the 3 that ledger\.example signed"):
        PROOF.verify(leaf_hash(b"three"), KEY.verifier)
    with pytest.raises(ProofError, match="the hashes don't lead from leaf 2"):
        LogProof(2, PROOF.hashes, NOTE).verify(leaf_hash(b"two"), KEY.verifier)
    with pytest.raises(ProofError, match="has no valid signature of the key"):
        PROOF.verify(leaf_hash(b"two"), SigningKey("ledger.example", bytes(32)).verifier)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1 is the last"),
        ("c2sp.org/tlog-proof@v1\nindex 0", "line 2 is the last"),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\nx", "line 1 is not"),
        ("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\nx", "line 2 does not hold base64"),
        ("c2sp.org/tlog-proof@v1\nindex 01\n\nx", "line 2 does not give the index"),
        ("c2sp.org/tlog-proof@v1\nextra YQ==\nindex -1\n\nx", "line 3 does not give the index"),
        ("c2sp.org/tlog-proof@v1\nindex 1\nYQ==\n\nx", "line 3 is not a hash"),
        (f"c2sp.org/tlog-proof@v1\nindex 1\n{HASH}\n{HASH[1:]}\n\nx", "line 4 is not a hash"),
        (f"c2sp.org/tlog-proof@v1\nindex 1\n{HASH}\n\nx\n", "a note's signatures follow a blank line"),
        ("c2sp.org/tlog-proof@v1\nindex 1\n" + f"{HASH}\n" * 65 + f"\n{NOTE}", "a tuple of at most 64"),
    ],
)
def test_what_is_no_proof_is_refused_by_its_line(text: str, told: str) -> None:
    """Each message says where."""
    with pytest.raises(ProofError, match=told):
        LogProof.parse(text.encode())


def test_what_is_no_text_is_refused() -> None:
    """Bytes that are no UTF-8, too many of them, and what is no bytes at all."""
    with pytest.raises(ProofError, match="line 2 is not UTF-8"):
        LogProof.parse(b"c2sp.org/tlog-proof@v1\n\xff")
    for given in (b"x" * 10_000_001, "text", None):
        with pytest.raises(ProofError, match="a proof is bytes, at most 10,000,000"):
            LogProof.parse(given)  # type: ignore[arg-type]  # that is the point


def test_hashes_are_a_tuple_of_hashes() -> None:
    """As read, and as made by hand."""
    with pytest.raises(ProofError, match="of 32 bytes each"):
        LogProof(0, (b"short",), SignedNote.parse(NOTE.encoded))
