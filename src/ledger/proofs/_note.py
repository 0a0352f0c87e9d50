"""Signed notes: a text, and who signed it (c2sp.org/signed-note)."""

from typing import Any

import attrs
from attrs import Attribute

from ..errors import ProofError
from ._encoding import check_text, is_key_name, of_base64, to_base64
from ._keys import SigningKey, VerifierKey

__all__ = ["MOST_BYTES", "MOST_SIGNATURES", "Signature", "SignedNote"]

MOST_BYTES = 1_000_000
"""The size of a note above which it is refused: hundreds of times what a checkpoint takes."""
MOST_SIGNATURES = 100
"""The number of signatures above which a note is refused; the specification asks for at least 16."""
ID_SIZE = 4


def _check_name(_signature: object, _field: "Attribute[Any]", name: object) -> None:
    if not is_key_name(name):
        raise ProofError(f"{name!r} can't name a key: a name isn't empty and has no space or plus", name)


def _check_id(_signature: object, _field: "Attribute[Any]", key_id: object) -> None:
    if not (isinstance(key_id, bytes) and len(key_id) == ID_SIZE):
        raise ProofError(f"{key_id!r} is not the id of a key: it is {ID_SIZE} bytes", key_id)


def _check_bytes(_signature: object, _field: "Attribute[Any]", data: object) -> None:
    if not (isinstance(data, bytes) and data):
        raise ProofError(f"{data!r} is not a signature: it is a byte or more", data)


@attrs.frozen
class Signature:
    """A signature of a note: not verified yet, and perhaps of a kind of key that isn't known here.

    Arguments:
        name: the key's name: not empty, without spaces or a plus.
        key_id: the key's id, four bytes.
        data: what the key made of the text; 64 bytes for Ed25519.

    Raises:
        ProofError: one of them can't be what was given.

    """

    name: str = attrs.field(validator=_check_name)
    key_id: bytes = attrs.field(validator=_check_id)
    data: bytes = attrs.field(validator=_check_bytes)

    def __str__(self) -> str:
        """Give its line in a note, without the newline."""
        return f"— {self.name} {to_base64(self.key_id + self.data)}"


def _check_text(_note: object, _field: "Attribute[Any]", text: object) -> None:
    if not isinstance(text, str):
        raise ProofError(f"{text!r} is not the text of a note", text)
    check_text(text)


def _check_signatures(_note: object, _field: "Attribute[Any]", signatures: object) -> None:
    if not (isinstance(signatures, tuple) and all(isinstance(each, Signature) for each in signatures)):
        raise ProofError(f"{signatures!r} is not a tuple of Signature values", signatures)
    if not 1 <= len(signatures) <= MOST_SIGNATURES:
        raise ProofError(f"a note has 1 to {MOST_SIGNATURES} signatures, not {len(signatures)}", signatures)


@attrs.frozen
class SignedNote:
    """A text and who signed it. The text counts for nothing until `verify` says so.

    Arguments:
        text: lines, all of them ended by a newline, without other control characters; some may be empty.
        signatures: 1 to 100 of them.

    Raises:
        ProofError: the text can't be one, there are too few signatures or too many, or the note has more than a million bytes.

    """

    text: str = attrs.field(validator=_check_text)
    signatures: tuple[Signature, ...] = attrs.field(validator=_check_signatures)

    def __attrs_post_init__(self) -> None:
        """Refuse a note that nobody would read."""
        _check_size(self.encoded)

    @classmethod
    def parse(cls, data: bytes | str) -> "SignedNote":
        """Read a note strictly (c2sp.org/signed-note, Format), so that `encoded` gives the same bytes back.

        Base64 is accepted in its canonical form only. A note may have a million bytes and 100 signatures.

        Raises:
            ProofError: it isn't a note; the message gives the number of the line, from 1, where one line is to blame.

        """
        text = _decoded(data)
        check_text(text)
        body, blank, signed = text.rpartition("\n\n")
        if not blank:
            last = text.count("\n")
            raise ProofError(
                f"line {last} is the last, and no line before it is blank: a note's signatures follow a blank line", data
            )
        body += "\n"
        lines, first = signed.removesuffix("\n").split("\n"), body.count("\n") + 2
        return cls(body, tuple(_signature(line, number) for number, line in enumerate(lines, start=first)))

    @classmethod
    def sign(cls, text: str, *keys: SigningKey) -> "SignedNote":
        """Sign a text with one key or more (c2sp.org/signed-note, Ed25519 signatures).

        Arguments:
            text: lines, all of them ended by a newline, without other control characters; some may be empty.
            keys: those to sign with, in the order of the signatures.

        Raises:
            ProofError: the text can't be one, or no key is given.
            MissingExtraError: cryptography is not installed.

        """
        check_text(text)
        return cls(text, tuple(Signature(key.name, key.verifier.key_id, key.sign(text.encode())) for key in keys))

    def verify(self, *verifiers: VerifierKey) -> bool:
        """Whether a known key signed the text, and no signature by a known key is wrong (c2sp.org/signed-note, Signatures).

        A key is known by its name and id together; signatures of others are ignored. Without verifiers no note is true.

        Raises:
            MissingExtraError: cryptography is not installed, and a signature names a known key.

        """
        text = self.text.encode()
        by_known = [
            (verifier, signature.data)
            for signature in self.signatures
            for verifier in verifiers
            if (verifier.name, verifier.key_id) == (signature.name, signature.key_id)
        ]
        return bool(by_known) and all(verifier.verify(text, data) for verifier, data in by_known)

    @property
    def encoded(self) -> bytes:
        """The note as bytes, in UTF-8."""
        return str(self).encode()

    def __str__(self) -> str:
        """Give the note as text."""
        return "\n".join((self.text, *map(str, self.signatures), ""))


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise ProofError(f"a note has at most {MOST_BYTES:,} bytes, not {len(data):,}: check what was given", len(data))


def _decoded(data: object) -> str:
    match data:
        case str():
            return data
        case bytes():
            _check_size(data)
        case _:
            raise ProofError(f"a note is bytes or text, not {type(data).__name__}", data)
    try:
        return data.decode()
    except UnicodeDecodeError as wrong:
        number = data.count(b"\n", 0, wrong.start) + 1
        raise ProofError(f"line {number} is not UTF-8: check how the note was kept", data) from wrong


def _signature(line: str, number: int) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, base64 = rest.partition(" ")
    if dash != "—" or not is_key_name(name):
        raise ProofError(f"line {number} is not a signature: it begins with an em dash, a space, a key's name, a space", line)
    found = of_base64(base64)
    if found is None or len(found) <= ID_SIZE:
        raise ProofError(f"line {number} does not end in a signature: base64 of a key id (4 bytes) and what the key made", line)
    return Signature(name, found[:ID_SIZE], found[ID_SIZE:])
