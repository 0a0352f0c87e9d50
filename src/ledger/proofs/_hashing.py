"""The two hashes a Merkle tree is made of, told apart by their first byte (RFC 6962, section 2.1)."""

from hashlib import sha256

__all__ = ["EMPTY_ROOT", "HASH_SIZE", "MOST_LEAVES", "leaf_hash", "node_hash"]

EMPTY_ROOT = sha256().digest()
"""The root of the tree without leaves."""
HASH_SIZE = 32
"""The bytes of every hash here."""
MOST_LEAVES = 2**64 - 1
"""The largest size of a tree: RFC 6962 writes it in 64 bits."""


def leaf_hash(data: bytes) -> bytes:
    """Hash what stands at a leaf: SHA-256 of the byte 0 and the data (RFC 6962, section 2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them: SHA-256 of the byte 1 and both (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right).digest()
