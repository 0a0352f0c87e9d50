"""Proofs that a ledger only grew, and has an entry: Merkle trees (RFC 6962), signed notes, checkpoints and log proofs (C2SP).

Keys need cryptography (extra: `proofs`); nothing else here does.

>>> from ledger.proofs import inclusion_proof, leaf_hash, root, verify_inclusion
>>> leaves = [leaf_hash(data) for data in (b"one", b"two", b"three")]
>>> proof = inclusion_proof(leaves, 2, 3)
>>> verify_inclusion(leaf_hash(b"three"), 2, 3, proof, root(leaves))
True
>>> verify_inclusion(leaf_hash(b"four"), 2, 3, proof, root(leaves))
False
"""

from ._checkpoint import Checkpoint
from ._frontier import Frontier
from ._hashing import EMPTY_ROOT, leaf_hash, node_hash
from ._keys import SigningKey, VerifierKey
from ._log_proof import LogProof
from ._note import Signature, SignedNote
from ._ranges import consistency_ranges, inclusion_ranges, pieces
from ._tree import consistency_proof, inclusion_proof, root
from ._verify import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "Frontier",
    "LogProof",
    "Signature",
    "SignedNote",
    "SigningKey",
    "VerifierKey",
    "consistency_proof",
    "consistency_ranges",
    "inclusion_proof",
    "inclusion_ranges",
    "leaf_hash",
    "node_hash",
    "pieces",
    "root",
    "verify_consistency",
    "verify_inclusion",
]
