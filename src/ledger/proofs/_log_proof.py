"""Proofs that stand on their own: that a leaf is in a log whose root a key signed (c2sp.org/tlog-proof)."""

import re

import attrs
from attrs import Attribute

from ..errors import ProofError
from ._checkpoint import Checkpoint
from ._encoding import of_base64, to_base64
from ._hashing import HASH_SIZE
from ._keys import VerifierKey
from ._note import SignedNote
from ._verify import verify_inclusion

__all__ = ["LogProof"]

FIRST_LINE = "c2sp.org/tlog-proof@v1"
INDEX = re.compile("index (0|[1-9][0-9]{0,18})")
MOST_BYTES = 10_000_000
MOST_HASHES = 64


def _check_hashes(_proof: object, _field: "Attribute[tuple[bytes, ...]]", hashes: object) -> None:
    if not (
        isinstance(hashes, tuple)
        and len(hashes) <= MOST_HASHES
        and all(isinstance(one, bytes) and len(one) == HASH_SIZE for one in hashes)
    ):
        raise ProofError(f"the hashes of a proof are a tuple of at most {MOST_HASHES}, of {HASH_SIZE} bytes each", hashes)


@attrs.frozen
class LogProof:
    """Where a leaf is in a log, the hashes that show it, and the signed checkpoint they lead to. It counts for nothing until `verify`.

    Arguments:
        index: the number of the leaf, from 0.
        hashes: the inclusion proof (RFC 6962, section 2.1.1), from the leaf's neighbour up.
        note: the signed note of the checkpoint.
        extra: what the leaf was made of, or what else helps to make it; nobody vouches for it until the leaf does.

    Raises:
        ProofError: one of them can't be what was given.

    """

    index: int = attrs.field()
    hashes: tuple[bytes, ...] = attrs.field(validator=_check_hashes)
    note: SignedNote
    extra: bytes | None = None

    @classmethod
    def parse(cls, data: bytes) -> "LogProof":
        """Read a proof strictly (c2sp.org/tlog-proof, Format), so that `encoded` gives the same bytes back.

        Raises:
            ProofError: it isn't a proof; the message gives the number of the line, from 1.

        """
        lines = _lines(data)
        if lines[0] != FIRST_LINE:
            raise ProofError(f"line 1 is not {FIRST_LINE!r}: this is no proof, or of another version", lines[0][:50])
        at, extra = 1, None
        if lines[at].startswith("extra "):
            extra = of_base64(lines[at].removeprefix("extra "))
            if extra is None:
                raise ProofError("line 2 does not hold base64 after `extra`: the proof is damaged", lines[at][:50])
            at += 1
        found = INDEX.fullmatch(lines[at])
        if found is None:
            raise ProofError(
                f"line {at + 1} does not give the index, as a number without leading zeros: {lines[at][:50]!r}", data
            )
        end = lines.index("", at)
        hashes = [of_base64(line) for line in lines[at + 1 : end]]
        for number, each in enumerate(hashes, at + 2):
            if each is None or len(each) != HASH_SIZE:
                raise ProofError(f"line {number} is not a hash, base64 of {HASH_SIZE} bytes: the proof is damaged", data)
        note = SignedNote.parse("\n".join(lines[end + 1 :]))
        return cls(int(found[1]), tuple(each for each in hashes if each is not None), note, extra)

    def verify(self, leaf_hash: bytes, verifier: VerifierKey) -> Checkpoint:
        """Give the checkpoint of the log that the leaf is in, if all of it holds.

        Arguments:
            leaf_hash: the hash of the leaf.
            verifier: the log's key; its name must be the checkpoint's origin.

        Raises:
            ProofError: the key did not sign the checkpoint, or the leaf is not where the proof says.
            MissingExtraError: cryptography is not installed.

        """
        checkpoint = Checkpoint.verify(self.note, verifier)
        if not verify_inclusion(leaf_hash, self.index, checkpoint.size, self.hashes, checkpoint.root):
            raise ProofError(
                f"the hashes don't lead from leaf {self.index} to the root of the {checkpoint.size} that {checkpoint.origin} signed: "
                "don't believe it",
                self,
            )
        return checkpoint

    @property
    def encoded(self) -> bytes:
        """The proof as bytes."""
        extra = [] if self.extra is None else [f"extra {to_base64(self.extra)}"]
        lines = [FIRST_LINE, *extra, f"index {self.index}", *map(to_base64, self.hashes), "", str(self.note)]
        return "\n".join(lines).encode()


def _lines(data: object) -> list[str]:
    """Give the lines of what may be a proof: at least four, one of them blank after the first two."""
    if not isinstance(data, bytes) or len(data) > MOST_BYTES:
        raise ProofError(f"a proof is bytes, at most {MOST_BYTES:,} of them: check what was given", type(data).__name__)
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError as wrong:
        number = data.count(b"\n", 0, wrong.start) + 1
        raise ProofError(f"line {number} is not UTF-8: the proof is damaged", data) from wrong
    if "" not in lines[3 if lines[1:2] and lines[1].startswith("extra ") else 2 :]:
        raise ProofError(
            f"line {len(lines)} is the last: a proof has an index, hashes, a blank line and a signed checkpoint", data
        )
    return lines
