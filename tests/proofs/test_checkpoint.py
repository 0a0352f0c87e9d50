"""Checkpoints: read byte for byte, refused with the number of the line, signed and verified by the log's key."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ProofError
from ledger.proofs import EMPTY_ROOT, Checkpoint, SignedNote, SigningKey, VerifierKey

# The example of c2sp.org/tlog-checkpoint, and a checkpoint that a log written in Go signed with the key of its test data.
SPECIFIED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""
BY_GO = """example.com/log/testdata
100270
GRV1O0dCqmjjPvYi7CtOT79zb/fPwLNsMFWsynwU8Ac=

— example.com/log/testdata M9e0lkcvy5bAe7rrC8tCyAP+my+CLzswA91zOpBNWVU7qCojkUOHnfdQzDImoYeYH8G8PJSwOqsx0RkSa261OmKVwwM=
"""
GO_SIGNING = "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg"
GO_VERIFIER = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"

KEY = SigningKey("example.com/ledger", b"k" * 32)
ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(sign) for sign in range(32)]), min_size=1)
CHECKPOINTS = st.builds(
    Checkpoint, LINES, st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=3).map(tuple)
)


def test_the_checkpoint_of_the_specification() -> None:
    """It is read, and written byte for byte."""
    note = SignedNote.parse(SPECIFIED)
    found = Checkpoint.parse(note.text)
    assert found == Checkpoint(
        "example.com/behind-the-sofa",
        20_852_163,
        bytes.fromhex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"),
    )
    assert found.extensions == ()
    assert found.text == str(found) == note.text
    assert str(note) == SPECIFIED


def test_a_checkpoint_signed_by_go() -> None:
    """It verifies, and the same key signs it the same, byte for byte."""
    found = Checkpoint.verify(BY_GO, VerifierKey.parse(GO_VERIFIER))
    assert (found.origin, found.size) == ("example.com/log/testdata", 100_270)
    assert str(found.sign(SigningKey.parse(GO_SIGNING))) == BY_GO


@given(CHECKPOINTS)
def test_what_is_written_reads_the_same(checkpoint: Checkpoint) -> None:
    """The origin and the extensions may be any lines that aren't empty."""
    assert Checkpoint.parse(checkpoint.text) == checkpoint
    assert Checkpoint.parse(checkpoint.text).text == checkpoint.text


@given(st.text(max_size=100) | st.builds(f"a\n{{}}{ROOT}{{}}".format, st.text("01\n", max_size=4), st.text("\nA=", max_size=4)))
def test_any_text_is_read_exactly_or_refused(text: str) -> None:
    """What is read is written the same; what can't be read says so in one way."""
    try:
        found = Checkpoint.parse(text)
    except ProofError:
        return
    assert found.text == text


@given(st.integers(0, 2**64 - 1), st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=2).map(tuple))
def test_what_the_log_signs_verifies(size: int, root: bytes, extensions: tuple[str, ...]) -> None:
    """As a note, as its bytes and as its text."""
    checkpoint = Checkpoint(KEY.name, size, root, extensions)
    note = checkpoint.sign(KEY)
    for given_ in (note, note.encoded, str(note)):
        assert Checkpoint.verify(given_, KEY.verifier) == checkpoint


def test_other_signatures_are_ignored() -> None:
    """A witness may sign too; its key alone doesn't make the checkpoint the log's."""
    witness = SigningKey("example.com/witness", b"w" * 32)
    checkpoint = Checkpoint(KEY.name, 0, EMPTY_ROOT)
    note = SignedNote.sign(checkpoint.text, witness, KEY)
    assert Checkpoint.verify(note, KEY.verifier) == checkpoint
    with pytest.raises(ProofError) as refused:
        Checkpoint.verify(note, witness.verifier)
    assert str(refused.value) == (
        "the checkpoint's origin is 'example.com/ledger', and the key's name 'example.com/witness': they must be the same"
    )


def test_a_checkpoint_that_the_key_didnt_sign_is_refused() -> None:
    """Another key of the same name, or a root that was changed."""
    checkpoint = Checkpoint(KEY.name, 1, bytes(32))
    note = checkpoint.sign(KEY)
    changed = SignedNote(Checkpoint(KEY.name, 1, b"a" * 32).text, note.signatures)
    other = SigningKey(KEY.name, b"o" * 32).verifier
    for refused_note, key in ((note, other), (changed, KEY.verifier)):
        with pytest.raises(ProofError) as refused:
            Checkpoint.verify(refused_note, key)
        assert str(refused.value) == f"the note has no valid signature of the key {key.text}: don't believe it"


def test_a_signed_note_that_is_no_checkpoint_is_refused() -> None:
    """However well it is signed; so is what is no note."""
    with pytest.raises(ProofError, match="line 2 is the last: a checkpoint has an origin, a size and a root, a line each"):
        Checkpoint.verify(SignedNote.sign("a\nb\n", KEY), KEY.verifier)
    with pytest.raises(ProofError, match="line 3 is the last, and no line before it is blank"):
        Checkpoint.verify(Checkpoint(KEY.name, 1, bytes(32)).text, KEY.verifier)


def test_a_log_signs_in_its_own_name() -> None:
    """The key's name must be the origin."""
    with pytest.raises(ProofError, match="the checkpoint's origin is 'other', and the key's name 'example"):
        Checkpoint("other", 0, EMPTY_ROOT).sign(KEY)


@pytest.mark.parametrize("size", ["0", "1", "10", "18446744073709551615"])
def test_sizes_in_decimal_are_read(size: str) -> None:
    """Up to what 64 bits hold."""
    assert Checkpoint.parse(f"a\n{size}\n{ROOT}\n").size == int(size)


@pytest.mark.parametrize(
    "size",
    [
        *("00", "01", "-1", "+1", "1 ", " 1", "1_0", "1.0", "1e3", "0x1", "a", "\u0661", "\u00b2", "1\u00a0"),
        *("18446744073709551616", "99999999999999999999", "1" * 5_000),
    ],
)
def test_a_size_of_another_form_is_refused(size: str) -> None:
    """There is one way to write a number."""
    with pytest.raises(ProofError, match="line 2 is not the size of a tree, in decimal without leading zeros: '"):
        Checkpoint.parse(f"a\n{size}\n{ROOT}\n")


@pytest.mark.parametrize(
    "root",
    [
        *(
            ROOT[:-1],
            ROOT + "=",
            ROOT[:-2] + "V=",
            ROOT.replace("/", "_"),
            ROOT + " ",
            " " + ROOT,
            ROOT[4:],
            "AAAA" + ROOT,
            "a",
        ),
        *("AAAA" * 11, "é" + ROOT[1:]),
    ],
)
def test_a_root_of_another_form_is_refused(root: str) -> None:
    """It is 32 bytes in standard base64, padded, with no bit to spare."""
    with pytest.raises(ProofError, match="line 3 is not the root of a tree, base64 of 32 bytes: '"):
        Checkpoint.parse(f"a\n1\n{root}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1 is the last and doesn't end in a newline: it must"),
        ("\n", "line 1 is empty: no line of a checkpoint is"),
        ("a\n", "line 1 is the last: a checkpoint has an origin, a size and a root, a line each"),
        ("a\n1\n", "line 2 is the last: a checkpoint has an origin, a size and a root, a line each"),
        (f"\n1\n{ROOT}\n", "line 1 is empty: no line of a checkpoint is"),
        (f"a\n\n{ROOT}\n", "line 2 is empty: no line of a checkpoint is"),
        (f"a\n1\n{ROOT}\n\n", "line 4 is empty: no line of a checkpoint is"),
        (f"a\n1\n{ROOT}\n\nb\n", "line 4 is empty: no line of a checkpoint is"),
        (f"a\n1\n{ROOT}", "line 3 is the last and doesn't end in a newline: it must"),
        (f"a\n1\r\n{ROOT}\n", "line 2 has the control character U+000D: a note has none but the newline"),
        (f"a\n1\n{ROOT}\n\ud800\n", "line 4 can't be written in UTF-8 (surrogates not allowed): check how it was read"),
        (b"a\n", "a checkpoint is text, not bytes: give the text of its note"),
        (None, "a checkpoint is text, not NoneType: give the text of its note"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: Any, message: str) -> None:
    """The sentence gives the number of the line."""
    with pytest.raises(ProofError) as refused:
        Checkpoint.parse(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("", 0, EMPTY_ROOT), "'' is not a line of a checkpoint: it is text that isn't empty"),
        (("a\nb", 0, EMPTY_ROOT), r"'a\\nb' is not a line of a checkpoint"),
        ((None, 0, EMPTY_ROOT), "None is not a line of a checkpoint"),
        (("a\t", 0, EMPTY_ROOT), r"line 1 has the control character U\+0009"),
        (("a", -1, EMPTY_ROOT), "-1 is not the size of a tree: it is a whole number from 0 to 18446744073709551615"),
        (("a", 2**64, EMPTY_ROOT), "18446744073709551616 is not the size of a tree"),
        (("a", True, EMPTY_ROOT), "True is not the size of a tree"),
        (("a", "1", EMPTY_ROOT), "'1' is not the size of a tree"),
        (("a", 0, b"a"), "b'a' is not the root of a tree: it is 32 bytes"),
        (("a", 0, "a" * 32), "is not the root of a tree: it is 32 bytes"),
        (("a", 0, EMPTY_ROOT, ["b"]), r"\['b'\] is not a tuple: give the extension lines as one"),
        (("a", 0, EMPTY_ROOT, "b"), "'b' is not a tuple: give the extension lines as one"),
        (("a", 0, EMPTY_ROOT, ("b", "")), "'' is not a line of a checkpoint"),
    ],
)
def test_a_checkpoint_that_couldnt_be_read_is_not_made(values: tuple[Any, ...], message: str) -> None:
    """The constructor refuses what `parse` would."""
    with pytest.raises(ProofError, match=message):
        Checkpoint(*values)
