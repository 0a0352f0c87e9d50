"""Signed notes, checkpoints, proofs and keys as they are fuzzed."""

from random import Random
from typing import Any

from ledger import Ledger
from ledger._stub import leaf_of
from ledger.errors import LedgerError, ProofError
from ledger.proofs import (
    Checkpoint,
    LogProof,
    SignedNote,
    SigningKey,
    VerifierKey,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)

from .fuzz_reader import Reader, same
from .mutations import ODD, either, in_bytes, in_lines, in_words

__all__ = ["proof_readers"]

KEY = SigningKey("example.com/ledger", bytes(range(32)))
OTHER = SigningKey("example.com/witness", bytes(32))
VERIFIER = KEY.verifier


def proof_readers(ledger: Ledger) -> dict[str, Reader]:
    """Give what reads what is signed, and proofs; the valid ones are of a ledger."""
    note = ledger.checkpoint(KEY)
    empty = Checkpoint("example.com/ledger", 0, bytes(32), ("more",))
    notes = (note.encoded, SignedNote.sign(empty.text, KEY, OTHER).encoded)
    proofs = tuple(ledger.prove(number, note).encoded for number in (1, 5, ledger.last))
    keys = tuple(key.text.encode() for key in (KEY, VERIFIER, OTHER, OTHER.verifier))
    mutate = either(in_words(ODD), in_lines, in_bytes, in_bytes)
    return {
        "a signed note": Reader(notes, mutate, _reads_note),
        "a checkpoint": Reader((Checkpoint.parse(note.text).text.encode(), empty.text.encode()), mutate, _reads_checkpoint),
        "a proof": Reader(proofs, mutate, _reads_proof),
        "a key": Reader(keys, either(in_words(ODD), in_bytes), _reads_key),
        "what verifies a proof": Reader((bytes(8),), lambda _, chance: chance.randbytes(8), _verifies),
    }


def _reads_note(data: bytes) -> bool:
    note = SignedNote.parse(data)
    note.verify(VERIFIER)
    return same(note.encoded, data)


def _reads_checkpoint(data: bytes) -> bool:
    """Read it as it is, and signed by whoever it says it is of."""
    text = data.decode("utf-8", "surrogateescape")
    found = Checkpoint.parse(text)
    key = SigningKey(found.origin, KEY.seed)
    same(Checkpoint.verify(found.sign(key).encoded, key.verifier), found)
    return same(found.text, text)


def _reads_proof(data: bytes) -> bool:
    proof = LogProof.parse(data)
    same(proof.encoded, data)
    proof.verify(leaf_of(proof.extra or b""), VERIFIER)
    return True


def _reads_key(data: bytes) -> bool:
    text = data.decode("utf-8", "surrogateescape")
    for kind in (SigningKey, VerifierKey):
        try:
            found = kind.parse(text)
        except ProofError:
            continue
        return same(found.text, text) and not VERIFIER.verify(data, data[:64])
    return False


def _verifies(data: bytes) -> bool:
    """Verify with arguments drawn from what was given; nothing may be raised, not even an error of ours."""
    chance = Random(data)
    hashes: tuple[Any, ...] = (
        leaf_hash(b"a"),
        leaf_hash(b""),
        bytes(32),
        bytes(31),
        b"",
        "a" * 32,
        None,
        32,
        bytearray(32),
        [bytes(32)],
    )
    sizes: tuple[Any, ...] = (0, 1, 2, 3, 7, 2**63, 2**64 - 1, 2**64, -1, 10**30, 1.0, True, None, "1", float("nan"), b"1")
    of: Any = chance.choice((list, tuple, tuple, iter, frozenset, lambda _: None, lambda _: b"a" * 32))
    proof = of([chance.choice(hashes[: chance.choice((3, 8))]) for _ in range(chance.choice((0, 1, 2, 3, 63, 64, 65)))])
    first, second = (chance.choice(sizes) for _ in range(2))
    one, other = (chance.choice(hashes[: chance.choice((3, 10))]) for _ in range(2))
    try:
        return verify_inclusion(one, first, second, proof, other) or verify_consistency(first, second, proof, one, other)
    except LedgerError as wrong:
        raise AssertionError("what verifies never raises") from wrong
