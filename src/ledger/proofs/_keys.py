"""Ed25519 keys that sign notes and verify them (extra: `proofs`); the only module that knows cryptography."""

import re
import secrets
from hashlib import sha256
from typing import Any

import attrs
from attrs import Attribute

from ..errors import MissingExtraError, ProofError
from ._encoding import is_key_name, of_base64, to_base64

__all__ = ["SigningKey", "VerifierKey"]

ED25519 = b"\x01"
"""The signature type of Ed25519 (c2sp.org/signed-note, Signature types)."""
KEY_SIZE = 32
SIGNING_KEY, VERIFIER_KEY = "a signing key", "a verifier key"
"""What errors show of a key that can't be read."""
VERIFIER = re.compile(r"(?P<name>[^+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/=]+)")
SIGNING = re.compile(rf"PRIVATE\+KEY\+{VERIFIER.pattern}")


def _cryptography() -> Any:
    try:
        import cryptography.exceptions  # noqa: PLC0415  # an extra: only who signs or verifies needs it
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: PLC0415  # the same
    except ImportError as missing:
        raise MissingExtraError(
            "keys need cryptography, of the extra `proofs`: pip install 'trust-ledger[proofs]'", "proofs"
        ) from missing
    return cryptography


def _ed25519() -> Any:
    return _cryptography().hazmat.primitives.asymmetric.ed25519


def _check_name(_key: object, _field: "Attribute[Any]", name: object) -> None:
    if not is_key_name(name):  # it isn't shown: it may be a whole signing key, given by mistake
        raise ProofError("a key's name is empty, or has a space or a plus: give one such as example.com/ledger", "a key's name")


def _check_public(_key: object, _field: "Attribute[Any]", key: object) -> None:
    if not (isinstance(key, bytes) and len(key) == KEY_SIZE):
        raise ProofError(f"the public key is not {KEY_SIZE} bytes: give those of RFC 8032, section 5.1.5", key)


def _check_seed(_key: object, _field: "Attribute[Any]", seed: object) -> None:
    if not (isinstance(seed, bytes) and len(seed) == KEY_SIZE):
        raise ProofError(f"the seed of a signing key is not {KEY_SIZE} bytes: use SigningKey.generate", SIGNING_KEY)


@attrs.frozen
class VerifierKey:
    """The public half of a key: it tells whether the signing key of the same name made a signature.

    Arguments:
        name: what the key is called: not empty, without spaces or a plus; an address without a scheme, as a rule.
        public_key: the Ed25519 public key, 32 bytes (RFC 8032, section 5.1.5).

    Raises:
        ProofError: the name can't be one, or the key.

    """

    name: str = attrs.field(validator=_check_name)
    public_key: bytes = attrs.field(validator=_check_public)

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a verifier key as `text` writes it.

        Raises:
            ProofError: it is written otherwise, isn't of Ed25519, or its key id is of another key.

        """
        name, id, key = _parts(VERIFIER, text, VERIFIER_KEY)  # noqa: A001  # the specification's own word
        found = cls(name, key)
        if found.key_id.hex() != id:
            raise ProofError(
                f"the verifier key of {name} has the key id {id}, where {found.key_id.hex()} is due: copy it anew", name
            )
        return found

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand for the key in signatures (c2sp.org/signed-note, Signatures)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public_key).digest()[:4]

    @property
    def text(self) -> str:
        """The key, as c2sp.org/signed-note writes verifier keys: its name, its id in hexadecimal, its type and bytes in base64."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(ED25519 + self.public_key)}"

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's and of this data (RFC 8032, section 5.1.7).

        Raises:
            MissingExtraError: cryptography is not installed.

        """
        wrong = _cryptography().exceptions.InvalidSignature
        try:
            _ed25519().Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, data)
        except wrong:
            return False
        return True

    def __str__(self) -> str:
        """Give the key as text."""
        return self.text


@attrs.frozen
class SigningKey:
    """A secret key that signs notes. Nothing shows the secret but `text` and `seed`.

    Arguments:
        name: what the key is called: not empty, without spaces or a plus; an address without a scheme, as a rule.
        seed: the Ed25519 private key, 32 random bytes (RFC 8032, section 5.1.5).

    Raises:
        ProofError: the name can't be one, or the seed.

    """

    name: str = attrs.field(validator=_check_name)
    seed: bytes = attrs.field(validator=_check_seed, repr=False)

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """Make a new key, from the operating system's randomness.

        Raises:
            ProofError: the name can't be one.

        """
        return cls(name, secrets.token_bytes(KEY_SIZE))

    @classmethod
    def parse(cls, text: str) -> "SigningKey":
        """Read a signing key as `text` writes it.

        Raises:
            ProofError: it is written otherwise, isn't of Ed25519, or its key id is of another key; the text is not shown.
            MissingExtraError: cryptography is not installed.

        """
        name, id, seed = _parts(SIGNING, text, SIGNING_KEY)  # noqa: A001  # the specification's own word
        found = cls(name, seed)
        if found.verifier.key_id.hex() != id:
            raise ProofError("the key id of a signing key is of another key: copy it anew", SIGNING_KEY)
        return found

    @property
    def verifier(self) -> VerifierKey:
        """The public half, for everybody.

        Raises:
            MissingExtraError: cryptography is not installed.

        """
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The secret, as the notes of Go's checksum database write it: keep it where passwords are kept.

        Raises:
            MissingExtraError: cryptography is not installed.

        """
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{to_base64(ED25519 + self.seed)}"

    def sign(self, data: bytes) -> bytes:
        """Sign data: 64 bytes, the same every time (RFC 8032, section 5.1.6).

        Raises:
            MissingExtraError: cryptography is not installed.

        """
        signature: bytes = self._private().sign(data)
        return signature

    def _private(self) -> Any:
        return _ed25519().Ed25519PrivateKey.from_private_bytes(self.seed)


def _parts(form: re.Pattern[str], text: object, what: str) -> tuple[str, str, bytes]:
    """Read a key's name, id and bytes; errors never show the text, which may be a secret given in the wrong place."""
    found = form.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ProofError(f"this is not {what}: copy the whole of it", what)
    key = of_base64(found["key"])
    if key is None or key[:1] != ED25519 or len(key) != 1 + KEY_SIZE:
        raise ProofError(f"the bytes of {what} are not base64 of an Ed25519 key: copy the whole of it", what)
    return found["name"], found["id"], key[1:]
