"""Checkpoints: a log's word on how large its Merkle tree is, and what its root (c2sp.org/tlog-checkpoint)."""

import re
from typing import Any

import attrs
from attrs import Attribute

from ..errors import ProofError
from ._encoding import check_text, of_base64, to_base64
from ._hashing import HASH_SIZE, MOST_LEAVES
from ._keys import SigningKey, VerifierKey
from ._note import SignedNote

__all__ = ["Checkpoint"]

SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
LEAST_LINES = 3


def _check_line(_checkpoint: object, _field: "Attribute[Any]", line: object) -> None:
    if not (isinstance(line, str) and line and "\n" not in line):
        raise ProofError(f"{line!r} is not a line of a checkpoint: it is text that isn't empty", line)
    check_text(line + "\n")


def _check_lines(checkpoint: object, field: "Attribute[Any]", lines: object) -> None:
    if not isinstance(lines, tuple):
        raise ProofError(f"{lines!r} is not a tuple: give the extension lines as one", lines)
    for line in lines:
        _check_line(checkpoint, field, line)


def _check_size(_checkpoint: object, _field: "Attribute[Any]", size: object) -> None:
    if type(size) is not int or not 0 <= size <= MOST_LEAVES:
        raise ProofError(f"{size!r} is not the size of a tree: it is a whole number from 0 to {MOST_LEAVES}", size)


def _check_root(_checkpoint: object, _field: "Attribute[Any]", root: object) -> None:
    if not (isinstance(root, bytes) and len(root) == HASH_SIZE):
        raise ProofError(f"{root!r} is not the root of a tree: it is {HASH_SIZE} bytes", root)


@attrs.frozen
class Checkpoint:
    """The size and the root of a log's Merkle tree, to be signed by the log.

    Arguments:
        origin: the log's name, a line that isn't empty: an address without a scheme, as a rule.
        size: the number of leaves of the tree, less than 2 to the power of 64.
        root: the root of the tree, 32 bytes.
        extensions: further lines, none of them empty; better without.

    Raises:
        ProofError: one of them can't be what was given.

    """

    origin: str = attrs.field(validator=_check_line)
    size: int = attrs.field(validator=_check_size)
    root: bytes = attrs.field(validator=_check_root)
    extensions: tuple[str, ...] = attrs.field(default=(), validator=_check_lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a checkpoint's note strictly (c2sp.org/tlog-checkpoint, Note text): `text` gives the same back.

        Raises:
            ProofError: it isn't a checkpoint; the message gives the number of the line, from 1.

        """
        if not isinstance(text, str):
            raise ProofError(f"a checkpoint is text, not {type(text).__name__}: give the text of its note", text)
        check_text(text)
        lines = text.removesuffix("\n").split("\n")
        if "" in lines:
            raise ProofError(f"line {lines.index('') + 1} is empty: no line of a checkpoint is", text)
        if len(lines) < LEAST_LINES:
            raise ProofError(f"line {len(lines)} is the last: a checkpoint has an origin, a size and a root, a line each", text)
        origin, size, root, *extensions = lines
        if not SIZE.fullmatch(size) or int(size) > MOST_LEAVES:
            raise ProofError(f"line 2 is not the size of a tree, in decimal without leading zeros: {size[:50]!r}", size)
        found = of_base64(root)
        if found is None or len(found) != HASH_SIZE:
            raise ProofError(f"line 3 is not the root of a tree, base64 of {HASH_SIZE} bytes: {root[:50]!r}", root)
        return cls(origin, int(size), found, tuple(extensions))

    @classmethod
    def verify(cls, note: SignedNote | bytes | str, verifier: VerifierKey) -> "Checkpoint":
        """Read a checkpoint that a log's key has signed.

        Arguments:
            note: the signed note, or its bytes, or its text. Signatures of other keys on it are ignored.
            verifier: the log's key; its name must be the origin.

        Raises:
            ProofError: it isn't a note, the key didn't sign it, it isn't a checkpoint, or its origin is not the key's name.
            MissingExtraError: cryptography is not installed.

        """
        signed = note if isinstance(note, SignedNote) else SignedNote.parse(note)
        if not signed.verify(verifier):
            raise ProofError(f"the note has no valid signature of the key {verifier}: don't believe it", signed)
        found = cls.parse(signed.text)
        _check_origin(found.origin, verifier.name)
        return found

    def sign(self, key: SigningKey) -> SignedNote:
        """Sign the checkpoint with the log's key. A log signs none that is inconsistent with one it signed before.

        Raises:
            ProofError: the key's name is not the origin.
            MissingExtraError: cryptography is not installed.

        """
        _check_origin(self.origin, key.name)
        return SignedNote.sign(self.text, key)

    @property
    def text(self) -> str:
        """The text of the checkpoint's note."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, to_base64(self.root), *self.extensions))

    def __str__(self) -> str:
        """Give the text of the checkpoint's note."""
        return self.text


def _check_origin(origin: str, name: str) -> None:
    if origin != name:
        raise ProofError(f"the checkpoint's origin is {origin!r}, and the key's name {name!r}: they must be the same", origin)
