"""Signed notes: read byte for byte, refused with the number of the line, verified as the specification says."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proofs import Signature, SignedNote, SigningKey, VerifierKey

# The example of c2sp.org/signed-note.
VERIFIER = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
LINE = "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
NOTE = f"This is an example message.\n\n{LINE}\n"

ONE, TWO = SigningKey("example.com/one", b"1" * 32), SigningKey("example.com/two", b"2" * 32)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(sign) for sign in range(32)]) | st.just("\n")
).map(lambda text: text + "\n")
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"), min_size=1)
SIGNATURES = st.builds(Signature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))


def of(name: str, data: bytes) -> str:
    """Write a signature line of any bytes."""
    return f"— {name} {b64encode(data).decode()}\n"


def test_the_note_of_the_specification() -> None:
    """It is read, verified, and written byte for byte."""
    note = SignedNote.parse(NOTE)
    assert note == SignedNote.parse(NOTE.encode())
    assert note.text == "This is an example message.\n"
    assert [(one.name, one.key_id.hex(), len(one.data)) for one in note.signatures] == [("example.com/foo", "530d903a", 64)]
    assert note.verify(VERIFIER)
    assert (str(note), note.encoded) == (NOTE, NOTE.encode())
    assert str(note.signatures[0]) == LINE


@given(TEXTS, st.lists(SIGNATURES, min_size=1, max_size=5))
def test_what_is_written_reads_the_same(text: str, signatures: list[Signature]) -> None:
    """Text may have empty lines, signs of any script, and lines that look like signatures."""
    note = SignedNote(text, tuple(signatures))
    assert SignedNote.parse(note.encoded) == SignedNote.parse(str(note)) == note
    assert SignedNote.parse(note.encoded).encoded == note.encoded


@given(st.binary(max_size=200) | st.text(max_size=200) | st.text("\n— a+AB=", max_size=60) | st.just(NOTE))
def test_any_bytes_are_read_exactly_or_refused(data: bytes | str) -> None:
    """What is read is written the same; what can't be read says so in one way."""
    try:
        note = SignedNote.parse(data)
    except ProofError:
        return
    assert data in {note.encoded, str(note)}


@given(TEXTS)
def test_what_is_signed_verifies(text: str) -> None:
    """By each of the keys, and by both; by another not."""
    note = SignedNote.sign(text, ONE, TWO)
    assert note.text == text
    assert SignedNote.parse(note.encoded) == note
    assert note.verify(ONE.verifier)
    assert note.verify(TWO.verifier)
    assert note.verify(VERIFIER, TWO.verifier, ONE.verifier)
    assert not note.verify(VERIFIER)
    assert not note.verify()


def test_every_byte_of_the_text_counts() -> None:
    """A text with one bit flipped is not what was signed."""
    note = SignedNote.parse(NOTE)
    for place, sign in enumerate(note.text[:-1]):
        for bit in range(5):  # a flip of the others may make a control character
            changed = f"{note.text[:place]}{chr(ord(sign) ^ 1 << bit)}{note.text[place + 1 :]}"
            assert not SignedNote(changed, note.signatures).verify(VERIFIER)


def test_every_bit_of_the_signature_counts() -> None:
    """One flipped in the signature is wrong; one in the key id makes the key unknown."""
    note = SignedNote.parse(NOTE)
    signed = note.signatures[0]
    for bit in range(64 * 8):
        data = (int.from_bytes(signed.data) ^ 1 << bit).to_bytes(64)
        assert not SignedNote(note.text, (Signature(signed.name, signed.key_id, data),)).verify(VERIFIER)
    for bit in range(4 * 8):
        key_id = (int.from_bytes(signed.key_id) ^ 1 << bit).to_bytes(4)
        assert not SignedNote(note.text, (Signature(signed.name, key_id, signed.data),)).verify(VERIFIER)


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    """Another right one doesn't save it; a wrong one of an unknown key is ignored."""
    right = SignedNote.sign("a\n", ONE, TWO)
    wrong = SignedNote.sign("b\n", TWO).signatures[0]
    mixed = SignedNote("a\n", (right.signatures[0], wrong))
    assert not mixed.verify(ONE.verifier, TWO.verifier)
    assert not mixed.verify(TWO.verifier)
    assert mixed.verify(ONE.verifier)
    assert not SignedNote("a\n", (right.signatures[1], wrong)).verify(TWO.verifier)


def test_a_key_is_known_by_its_name_and_id_together() -> None:
    """A name with another key's id is unknown, and so is an id under another name."""
    signature = SignedNote.sign("a\n", ONE).signatures[0]
    renamed = Signature(TWO.name, signature.key_id, signature.data)
    other_id = Signature(ONE.name, TWO.verifier.key_id, signature.data)
    for unknown in (renamed, other_id):
        assert not SignedNote("a\n", (unknown,)).verify(ONE.verifier, TWO.verifier)
        assert SignedNote("a\n", (unknown, signature)).verify(ONE.verifier, TWO.verifier)


REFUSED: list[tuple[Any, str]] = [
    (b"", "line 1 is the last and doesn't end in a newline: it must"),
    (None, "a note is bytes or text, not NoneType"),
    ([NOTE], "a note is bytes or text, not list"),
    (NOTE[:-1], "line 3 is the last and doesn't end in a newline: it must"),
    (f"a\n{LINE}\n", "line 2 is the last, and no line before it is blank: a note's signatures follow a blank line"),
    ("a\n", "line 1 is the last, and no line before it is blank: a note's signatures follow a blank line"),
    (f"\n{LINE}\n", "line 2 is the last, and no line before it is blank: a note's signatures follow a blank line"),
    (b"a\n\xff\n\n" + LINE.encode() + b"\n", "line 2 is not UTF-8: check how the note was kept"),
    (b"a\n\xed\xa0\x80\n\n" + LINE.encode() + b"\n", "line 2 is not UTF-8: check how the note was kept"),
    (f"a\nb\ud800\n\n{LINE}\n", "line 2 can't be written in UTF-8 (surrogates not allowed): check how it was read"),
    (NOTE.replace("\n", "\r\n"), "line 1 has the control character U+000D: a note has none but the newline"),
    (f"a\n\tb\n\n{LINE}\n", "line 2 has the control character U+0009: a note has none but the newline"),
    (f"a\n\n{LINE}\x00\n", "line 3 has the control character U+0000: a note has none but the newline"),
]
NO_SIGNATURE = [
    *("—", "— ", LINE[1:], LINE[2:], " " + LINE, "-" + LINE[1:], "\u2013" + LINE[1:], LINE.replace("— ", "—")),
    *(
        LINE.replace("— ", "—  "),
        LINE.replace("/foo", "+foo"),
        LINE.replace("/foo", "\u3000foo"),
        LINE.replace("— ", "—\u00a0"),
    ),
]
NO_BASE64 = [
    *(LINE + " ", LINE + "=", LINE[:-1], LINE + "AAAA=", LINE[:-2] + "N=", LINE.replace("/ZJ", "_ZJ") + "_", LINE + " AAAA"),
    *(
        "— a",
        "— a ",
        "— a  AAAAAAA=",
        "— a A",
        "— a ====",
        of("a", b"")[:-1],
        of("a", b"abc")[:-1],
        of("a", b"abcd")[:-1],
        "— a é===",
    ),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_no_note_is_refused(data: Any, message: str) -> None:
    """The sentence gives the number of the line."""
    with pytest.raises(ProofError) as refused:
        SignedNote.parse(data)
    assert str(refused.value) == message


@pytest.mark.parametrize("line", NO_SIGNATURE)
def test_a_line_that_is_no_signature_is_refused(line: str) -> None:
    """Wherever it stands among others."""
    with pytest.raises(
        ProofError, match="line 5 is not a signature: it begins with an em dash, a space, a key's name, a space"
    ):
        SignedNote.parse(f"a\nb\n\n{LINE}\n{line}\n{LINE}\n")


@pytest.mark.parametrize("line", NO_BASE64)
def test_a_signature_that_is_not_in_base64_is_refused(line: str) -> None:
    """So is one in another form of it, and one without a byte after the key id."""
    with pytest.raises(ProofError, match="line 4 does not end in a signature: base64 of a key id"):
        SignedNote.parse(f"a\nb\n\n{line}\n")


def test_a_note_without_signatures_is_refused() -> None:
    """Nobody answers for it."""
    with pytest.raises(ProofError, match="line 3 is not a signature"):
        SignedNote.parse("a\n\n")
    with pytest.raises(ProofError, match="a note has 1 to 100 signatures, not 0"):
        SignedNote.sign("a\n")


def test_the_last_blank_line_parts_text_and_signatures() -> None:
    """What looks like signatures before it is text, and the text may end in empty lines or be one."""
    looks = f"a\n\n{LINE}\n"
    assert SignedNote.parse(f"{looks}\n{LINE}\n").text == looks
    assert SignedNote.parse(f"a\n\n\n\n{LINE}\n").text == "a\n\n\n"
    assert SignedNote.parse(f"\n\n{LINE}\n").text == "\n"


def test_a_note_may_have_100_signatures_and_a_million_bytes() -> None:
    """The specification asks for 16 or more signatures; they may be of any kind and length."""
    long = of("example.com/large", bytes(5_000)) * 16
    assert len(SignedNote.parse(f"a\n\n{long}").signatures) == 16
    assert len(SignedNote.parse(f"a\n\n{LINE}\n" + f"{LINE}\n" * 99).signatures) == 100
    with pytest.raises(ProofError, match="a note has 1 to 100 signatures, not 101"):
        SignedNote.parse(f"a\n\n{LINE}\n" + f"{LINE}\n" * 100)
    rest = f"\n\n{LINE}\n"
    room = 1_000_000 - len(rest.encode())
    for data in ("a" * room + rest, ("a" * room + rest).encode()):
        assert len(SignedNote.parse(data).encoded) == 1_000_000
    for data in ("a" * room + "a" + rest, ("a" * room + "a" + rest).encode()):
        with pytest.raises(ProofError, match="a note has at most 1,000,000 bytes, not 1,000,001: check what was given"):
            SignedNote.parse(data)


SIGNATURE = SignedNote.parse(NOTE).signatures[0]


@pytest.mark.parametrize(
    ("text", "signatures", "message"),
    [
        ("a", (SIGNATURE,), "line 1 is the last and doesn't end in a newline"),
        ("", (SIGNATURE,), "line 1 is the last and doesn't end in a newline"),
        ("a\nb\r\n", (SIGNATURE,), r"line 2 has the control character U\+000D"),
        ("\ud800\n", (SIGNATURE,), "line 1 can't be written in UTF-8"),
        (b"a\n", (SIGNATURE,), r"b'a\\n' is not the text of a note"),
        ("a\n", [SIGNATURE], "is not a tuple of Signature values"),
        ("a\n", (SIGNATURE, LINE), "is not a tuple of Signature values"),
        ("a\n", (), "a note has 1 to 100 signatures, not 0"),
    ],
)
def test_a_note_that_couldnt_be_read_is_not_made(text: Any, signatures: Any, message: str) -> None:
    """The constructor refuses what `parse` would."""
    with pytest.raises(ProofError, match=message):
        SignedNote(text, signatures)


@pytest.mark.parametrize(
    ("name", "key_id", "data", "message"),
    [
        ("a b", b"abcd", b"a", "'a b' can't name a key: a name isn't empty and has no space or plus"),
        ("", b"abcd", b"a", "'' can't name a key: a name isn't empty and has no space or plus"),
        ("a", b"abc", b"a", "b'abc' is not the id of a key: it is 4 bytes"),
        ("a", "abcd", b"a", "'abcd' is not the id of a key: it is 4 bytes"),
        ("a", b"abcd", b"", "b'' is not a signature: it is a byte or more"),
        ("a", b"abcd", "a", "'a' is not a signature: it is a byte or more"),
    ],
)
def test_a_signature_that_cant_be_is_refused(name: Any, key_id: Any, data: Any, message: str) -> None:
    """A note of it couldn't be read."""
    with pytest.raises(ProofError) as refused:
        Signature(name, key_id, data)
    assert str(refused.value) == message
