"""Keys: their text, their ids, what they sign; and that a secret is never shown."""

import re
import subprocess
import sys
import traceback

import attrs
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import MissingExtraError, ProofError
from ledger.proofs import Checkpoint, SignedNote, SigningKey, VerifierKey

# The key of the RFC's first test (RFC 8032, section 7.1), and one of Go's notes, from the test data of a log written in Go.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNED_NOTHING = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
GO_SIGNING = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
GO_VERIFIER = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
SPECIFIED = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
KEY = SigningKey("example.com/ledger", SEED)
WITHOUT = """
import sys
sys.modules["cryptography"] = None
from ledger.proofs import *
from ledger.errors import MissingExtraError
leaves = [leaf_hash(b"a"), leaf_hash(b"b")]
assert verify_inclusion(leaves[1], 1, 2, inclusion_proof(leaves, 1, 2), root(leaves))
note = SignedNote.parse("example.com/ledger\\n0\\n" + "A" * 43 + "=\\n\\n— example.com/ledger AAAAAAA=\\n")
assert Checkpoint.parse(note.text).size == 0
assert not note.verify(VerifierKey("example.com/ledger", bytes(32)))
key = SigningKey.generate("example.com/ledger")
for needs in (lambda: key.verifier, lambda: key.text, lambda: key.sign(b""), lambda: VerifierKey("a", bytes(32)).verify(b"", b"")):
    try:
        needs()
    except MissingExtraError as refused:
        assert refused.extra == "proofs"
        print(refused)
"""


def test_the_key_of_the_rfc() -> None:
    """The seed gives the public key and the signature of RFC 8032's first test."""
    assert KEY.verifier.public_key == PUBLIC
    assert KEY.sign(b"") == SIGNED_NOTHING
    assert KEY.verifier.verify(b"", SIGNED_NOTHING)
    assert not KEY.verifier.verify(b"a", SIGNED_NOTHING)


def test_keys_that_go_made_are_read_and_written() -> None:
    """The signing key is that of the verifier key, and both have the same text again."""
    key = SigningKey.parse(GO_SIGNING)
    assert key.name == "example.com/log/testdata"
    assert key.text == GO_SIGNING
    assert key.verifier == VerifierKey.parse(GO_VERIFIER)
    assert str(key.verifier) == key.verifier.text == GO_VERIFIER
    assert key.verifier.key_id == bytes.fromhex("33d7b496")


def test_the_verifier_key_of_the_specification_is_read_and_written() -> None:
    """Its id is that of its name and bytes."""
    assert VerifierKey.parse(SPECIFIED).text == SPECIFIED


@given(
    st.text(min_size=1, max_size=20).filter(lambda name: not re.search(r"[\x00-\x20+\s]|[\ud800-\udfff]", name)), st.binary()
)
def test_any_new_key_reads_as_it_is_written_and_signs(name: str, data: bytes) -> None:
    """Its text gives it back, and its verifier's text a verifier of what it signs; cryptography by itself agrees."""
    key = SigningKey.generate(name)
    assert SigningKey.parse(key.text) == key
    verifier = VerifierKey.parse(key.verifier.text)
    signature = key.sign(data)
    assert verifier.verify(data, signature)
    Ed25519PublicKey.from_public_bytes(verifier.public_key).verify(signature, data)
    assert not verifier.verify(data + b"a", signature)
    assert not SigningKey.generate(name).verifier.verify(data, signature)


@pytest.mark.parametrize("signature", [b"", b"a", SIGNED_NOTHING[:-1], SIGNED_NOTHING + b"a", bytes(64), b"\xff" * 64])
def test_what_is_no_signature_is_false(signature: bytes) -> None:
    """Of whatever length."""
    assert not KEY.verifier.verify(b"", signature)


def test_a_public_key_that_is_no_point_verifies_nothing() -> None:
    """It is 32 bytes like another."""
    assert not VerifierKey("a", b"\xff" * 32).verify(b"", SIGNED_NOTHING)


def test_two_new_keys_differ() -> None:
    """They are random."""
    assert SigningKey.generate("a") != SigningKey.generate("a")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\n", "a\x00", "\ud800", None, b"a"])
def test_a_name_that_cant_be_is_refused(name: str) -> None:
    """In any kind of key, and it isn't shown, since it may be a secret in the wrong place."""
    for make in (lambda: SigningKey.generate(name), lambda: VerifierKey(name, PUBLIC)):
        with pytest.raises(ProofError) as refused:
            make()
        assert str(refused.value) == "a key's name is empty, or has a space or a plus: give one such as example.com/ledger"


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "example.com/foo", GO_SIGNING, SPECIFIED + "\n", " " + SPECIFIED, SPECIFIED[:-4], SPECIFIED[:-1] + "="),
        *("a b" + SPECIFIED[15:], SPECIFIED[15:], "+" + SPECIFIED, SPECIFIED.replace("530d903a", "530D903A"), SPECIFIED + "A"),
        *(
            SPECIFIED.replace("+Ae", "+Ae-"),
            SPECIFIED.replace("+A", "+B", 1),
            SPECIFIED[:-1] + "l",
            SPECIFIED[:-44],
            None,
            b"a",
        ),
        *("example.com/bar" + SPECIFIED[15:], SPECIFIED.replace("530d903a", "530d903b"), "a\nb" + SPECIFIED[15:]),
    ],
)
def test_a_verifier_key_that_cant_be_read_is_refused(text: str) -> None:
    """Of another form, of another type, or with the id of another key."""
    with pytest.raises(ProofError):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (VerifierKey.parse, "a", "this is not a verifier key: copy the whole of it"),
        (
            VerifierKey.parse,
            "a+00000000+AAAA",
            "the bytes of a verifier key are not base64 of an Ed25519 key: copy the whole of it",
        ),
        (
            VerifierKey.parse,
            SPECIFIED.replace("530d903a", "530d903b"),
            "the verifier key of example.com/foo has the key id 530d903b, where 530d903a is due: copy it anew",
        ),
        (SigningKey.parse, GO_VERIFIER, "this is not a signing key: copy the whole of it"),
        (
            SigningKey.parse,
            GO_SIGNING[:-4],
            "the bytes of a signing key are not base64 of an Ed25519 key: copy the whole of it",
        ),
        (
            SigningKey.parse,
            GO_SIGNING.replace("testdata", "data"),
            "the key id of a signing key is of another key: copy it anew",
        ),
    ],
)
def test_the_sentence_says_what_is_wrong(parse: type, text: str, message: str) -> None:
    """Without the key itself."""
    with pytest.raises(ProofError) as refused:
        parse(text)
    assert str(refused.value) == message


def secrets_of(text: str) -> list[str]:
    """Give what of a signing key's text must not be seen: any eight signs of its bytes."""
    base64 = text.rpartition("+A")[2] if text.startswith("PRIVATE") else text
    return [base64[at : at + 8] for at in range(len(base64) - 8)]


@pytest.mark.parametrize(
    "text",
    [
        *(GO_SIGNING + "\n", GO_SIGNING + "A", GO_SIGNING[:-1], GO_SIGNING[:-1] + "h", GO_SIGNING[1:], GO_SIGNING + "é\ud800"),
        *(GO_SIGNING.replace("33d7b496", "33d7b497"), GO_SIGNING.replace("+Ae", "+Be"), GO_SIGNING.replace("log", "l g")),
    ],
)
def test_no_error_shows_the_secret(text: str) -> None:
    """A key that can't be read is not told again: not by the message, not by what it was made from, not as another kind of key."""
    for take in (SigningKey.parse, VerifierKey.parse, SigningKey.generate, lambda secret: SigningKey("a", secret)):
        with pytest.raises(ProofError) as refused:
            take(text)
        shown = "".join(traceback.format_exception_only(refused.value)) + repr(refused.value) + repr(refused.value.value)
        assert not [part for part in secrets_of(GO_SIGNING) if part in shown]
        assert refused.value.__cause__ is refused.value.__context__ is None


def test_a_signing_key_never_shows_its_secret() -> None:
    """Not by itself, and not in what it stands in."""
    key = SigningKey.parse(GO_SIGNING)
    for shown in (repr(key), str(key), f"{key}", repr([key]), repr(KEY), repr({"key": KEY})):
        assert not [part for part in secrets_of(GO_SIGNING) if part in shown]
        assert SEED.hex() not in shown
        assert repr(SEED)[2:-1] not in shown
    assert repr(key) == "SigningKey(name='example.com/log/testdata')"


@pytest.mark.parametrize("seed", [b"", b"a" * 31, b"a" * 33, "a" * 32, None])
def test_a_seed_of_another_length_is_refused(seed: bytes) -> None:
    """And not shown; so is a public key."""
    with pytest.raises(ProofError) as refused:
        SigningKey("a", seed)
    assert str(refused.value) == "the seed of a signing key is not 32 bytes: use SigningKey.generate"
    assert refused.value.value == "a signing key"
    with pytest.raises(ProofError, match="the public key is not 32 bytes"):
        VerifierKey("a", seed)


def test_keys_are_values() -> None:
    """They don't change."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        KEY.name = "b"  # type: ignore[misc]
    assert len({KEY, SigningKey("example.com/ledger", SEED)}) == 1


def test_without_cryptography_everything_but_keys_works() -> None:
    """Trees, notes and checkpoints are read; who signs or verifies is told the extra's name."""
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout == "keys need cryptography, of the extra `proofs`: pip install 'trust-ledger[proofs]'\n" * 4


def test_without_cryptography_a_checkpoint_is_not_called_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """That nothing can be verified here says nothing of the note."""
    note = Checkpoint(KEY.name, 0, bytes(32)).sign(KEY)
    verifier = KEY.verifier
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for verify in (
        lambda: note.verify(verifier),
        lambda: Checkpoint.verify(note, verifier),
        lambda: SignedNote.sign("a\n", KEY),
    ):
        with pytest.raises(MissingExtraError, match=r"pip install 'trust-ledger\[proofs\]'") as refused:
            verify()
        assert refused.value.extra == "proofs"


def test_what_cryptography_says_of_a_wrong_signature() -> None:
    """It raises, which is why a verifier key does not."""
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(PUBLIC).verify(SIGNED_NOTHING, b"a")
