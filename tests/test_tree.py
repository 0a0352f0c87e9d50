"""The tree over a ledger: its roots are those of the stored bytes, whatever of it was kept, and every entry can be proved."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger._store import MemoryRecorder
from ledger._stub import leaf_of
from ledger._tree import Tree
from ledger.errors import ProofError
from ledger.events import RatingPublished
from ledger.proofs import Checkpoint, SigningKey, root, verify_consistency, verify_inclusion
from ledger.testing import Clock

KEY = SigningKey.generate("example.org/ledger")
MANY = 600
"""More than two of the subtrees of 256 entries whose hashes are kept."""
REDACTED = (1, 255, 256, 257, 400, MANY)


def _filled(ledger: Ledger) -> list[bytes]:
    """Record into an empty ledger, and give the leaf hashes of what is stored."""
    facts = [RatingPublished(trust=f"R{n % 5:02}", on="2025-05-30", service=f"Ward {n}", rating="Good") for n in range(MANY)]
    for start in range(0, MANY, 77):
        ledger.record(*facts[start : start + 77])
    return [leaf_of(row.stored) for row in ledger._store.after(0)]


@pytest.fixture(scope="module", params=["file", "memory"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, list[bytes]]:
    """Give a ledger that keeps its tree and one that does not, with the leaf hashes of its entries as they were recorded."""
    place = tmp_path_factory.mktemp("tree") / "trusts.db"
    ledger = (
        Ledger.open(place, by="analyst", clock=Clock()) if request.param == "file" else Ledger(MemoryRecorder(), clock=Clock())
    )
    leaves = _filled(ledger)
    for number in REDACTED:
        ledger.redact(number, "a request")
    return ledger, [*leaves, *(leaf_of(row.stored) for row in ledger._store.after(MANY))]


@given(size=st.integers(0, MANY + len(REDACTED)))
def test_a_root_is_that_of_the_leaf_hashes(filled: tuple[Ledger, list[bytes]], size: int) -> None:
    """At every size, also after redactions, it is what `proofs.root` gives of what was recorded."""
    ledger, leaves = filled
    assert ledger.root(size) == root(leaves[:size])


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 513, MANY, None])
def test_a_checkpoint_of_any_size_agrees_later(size: int | None, filled: tuple[Ledger, list[bytes]]) -> None:
    """Whatever was recorded and redacted after it."""
    ledger, leaves = filled
    signed = Checkpoint.verify(ledger.checkpoint(KEY, size), KEY.verifier)
    assert signed.root == root(leaves[: signed.size])
    assert ledger.verify(signed).checkpoints == (signed,)


@given(data=st.data())
def test_every_entry_is_proved_in_a_checkpoint_of_any_size(filled: tuple[Ledger, list[bytes]], data: st.DataObject) -> None:
    """By the leaf hash of its bytes, also of one that was redacted, whose bytes are gone."""
    ledger, leaves = filled
    size = data.draw(st.integers(1, len(leaves)))
    number = data.draw(st.integers(1, size) | st.sampled_from([one for one in REDACTED if one <= size]))
    proof = ledger.prove(number, ledger.checkpoint(KEY, size))
    assert proof.extra is not None
    assert leaf_of(proof.extra) == leaves[number - 1]
    assert proof.verify(leaves[number - 1], KEY.verifier).size == size


@given(sizes=st.tuples(*[st.integers(0, MANY)] * 2).map(sorted), index=st.integers(0, MANY - 1))
def test_proofs_from_the_store_hold(filled: tuple[Ledger, list[bytes]], sizes: list[int], index: int) -> None:
    """Those of one leaf, and those that a larger tree begins with a smaller one."""
    ledger, leaves = filled
    tree, (few, many) = Tree(ledger._store), sizes
    assert verify_consistency(few, many, tree.consistency(few, many), root(leaves[:few]), root(leaves[:many]))
    assert verify_inclusion(leaves[index], index, MANY, tree.inclusion(index, MANY), root(leaves[:MANY]))


def test_what_is_not_in_a_checkpoint_is_not_proved(tmp_path: Path) -> None:
    """An entry recorded after it, or a checkpoint of another ledger, is refused with what to do."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst", clock=Clock()) as ledger:
        leaves = _filled(ledger)
        early = ledger.checkpoint(KEY, 5)
        with pytest.raises(ProofError, match="over 5 entries, without entry 6: sign a newer one"):
            ledger.prove(6, early)
        other = Checkpoint(KEY.name, 5, root(leaves[1:6])).sign(KEY)
        with pytest.raises(ProofError, match="is not of this ledger, or the ledger was changed"):
            ledger.prove(1, other)
        for size in (-1, MANY + 1):
            with pytest.raises(ProofError, match=f"there are 600 entries, not {size}"):
                ledger.root(size)
