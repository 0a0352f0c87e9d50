"""The commands that let others check a ledger: what they print, how they end, and what a careless user gets."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import Ledger, Source
from ledger._stub import leaf_of
from ledger.events import NoticeIssued, NoticeRequirement, RatingChanged
from ledger.proofs import Checkpoint, LogProof, SigningKey, VerifierKey
from ledger.testing import Clock
from tests.conftest import Done

KEY = SigningKey("example.com/ledger", bytes(32))
OTHER = SigningKey("example.com/ledger", bytes(range(32)))
CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
GOOD = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
POOR = RatingChanged(trust="RVN", on="2025-05-30", rating="Inadequate")
NOTICE = NoticeIssued(
    trust="RVN",
    on="2025-05-30",
    notice="staffing",
    kind="Warning Notice",
    requirements=[NoticeRequirement(requirement="enough", text="Deploy enough staff")],
)


@pytest.fixture
def kept(run: Callable[..., Done], tmp_path: Path) -> Callable[..., Done]:
    """Give a way to run the command beside a ledger of five entries, its key, a checkpoint over them, and a proof of the first."""
    with Ledger.open(tmp_path / "trust-ledger.db", by="analyst", clock=Clock(datetime(2025, 6, 1, 9, tzinfo=UTC))) as ledger:
        ledger.record(GOOD, NOTICE, sources=[CQC], inferred=["on"])
        ledger.correct(1, POOR, reason="Misread")
        ledger.corroborate(2, Source(publisher="The trust", title="Letter", marking="confidential"))
        ledger.retract(2, reason="Another trust")
    (tmp_path / "key").write_text(f"{KEY.text}\n")
    (tmp_path / "key.pub").write_text(f"{KEY.verifier}\n")
    assert run("checkpoint", "--key", "key", "--to", "signed").code == 0
    assert run("prove", 1, "--checkpoint", "signed", "--to", "proof").code == 0
    return run


# Keys


def test_a_key_is_two_files_and_only_the_owner_may_read_the_secret(run: Callable[..., Done], tmp_path: Path) -> None:
    """The secret is never printed; the public key is, and stands in a file of its own."""
    done = run("key", "example.com/ledger", "mine")
    secret, public = (tmp_path / name for name in ("mine", "mine.pub"))
    key = SigningKey.parse(secret.read_text().strip())
    assert done == Done(
        0,
        "The secret key is in mine: whoever has it can sign in the ledger's name.\n"
        f"The public key is in mine.pub: {key.verifier}\n",
        "",
    )
    assert VerifierKey.parse(public.read_text().strip()) == key.verifier
    assert key.text not in done.out
    if os.name == "posix":
        assert secret.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("there", "left"), [("mine", ["mine"]), ("mine.pub", ["mine.pub"])])
def test_no_key_is_written_over(there: str, left: list[str], run: Callable[..., Done], tmp_path: Path) -> None:
    """Where one of the two files is there, neither is made."""
    (tmp_path / there).write_text("precious")
    said = f"trust-ledger: can't write {there}: there is such a file already: choose another name\n"
    assert run("key", "example.com/ledger", "mine") == Done(1, "", said)
    assert ([path.name for path in tmp_path.iterdir()], (tmp_path / there).read_text()) == (left, "precious")


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_a_name_that_no_key_can_have_is_refused(name: str, run: Callable[..., Done], tmp_path: Path) -> None:
    """With what a name can be."""
    done = run("key", name, "mine")
    assert (done.code, list(tmp_path.iterdir())) == (1, [])
    assert "a key's name is empty, or has a space or a plus: give one such as example.com/ledger" in done.err


# Checkpoints


def test_a_checkpoint_is_printed_or_written_byte_for_byte(kept: Callable[..., Done], tmp_path: Path) -> None:
    """The same both ways, and what the ledger itself signs."""
    with Ledger.open(tmp_path / "trust-ledger.db", create=False) as ledger:
        signed = ledger.checkpoint(KEY)
    assert (tmp_path / "signed").read_bytes() == signed.encoded
    assert kept("checkpoint", "--key", "key") == Done(0, signed.encoded.decode(), "")
    assert kept("checkpoint", "--key", "key", "--to", "again").out == "Signed: 5 entries; the checkpoint is in again.\n"
    assert Checkpoint.verify(signed, KEY.verifier).size == 5


def test_a_checkpoint_is_printed_the_same_where_only_ascii_can_be_printed(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Its dash is no question mark: that would be no signature."""
    assert kept("verify").code == 0
    command = [sys.executable, "-m", "ledger", "checkpoint", "--key", "key"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, cwd=tmp_path, env=ascii_only, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, (tmp_path / "signed").read_bytes(), b"")


# Proofs


def test_a_proof_is_shown_in_words(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Which ledger, when signed, who recorded it, what it says, and from which source; without the ledger."""
    (tmp_path / "trust-ledger.db").unlink()
    assert kept("verify-proof", "proof", "--key", "key.pub") == Done(
        0,
        """\
Entry 1 is in the ledger example.com/ledger, as signed when it had 5 entries
Recorded on 1 June 2025 by analyst, as it says itself.

What it says
  RVN, Rating changed: 30 May 2025; key question: Overall; rating: Good
  Inferred: on
  Source: Care Quality Commission, “Report” (public, published 30 May 2025)
""",
        "",
    )


@pytest.mark.parametrize(
    ("number", "lines"),
    [
        (
            2,
            [
                (
                    "RVN, Notice issued: 30 May 2025; notice: staffing; kind: Warning Notice; "
                    "requirements: requirement enough, text Deploy enough staff"
                ),
                "Inferred: on",
                "Source: Care Quality Commission, “Report” (public, published 30 May 2025)",
            ],
        ),
        (
            3,
            [
                "RVN, Rating changed: 30 May 2025; key question: Overall; rating: Inadequate",
                "Replaces: entry 1",
                "Reason: Misread",
                "Inferred: on",
                "Source: Care Quality Commission, “Report” (public, published 30 May 2025)",
            ],
        ),
        (4, ["RVN, Corroborated: entry 2", "Source: The trust, “Letter” (confidential, never published)"]),
        (5, ["RVN, Retracted: entry 2", "Replaces: entry 2", "Reason: Another trust"]),
    ],
)
def test_every_kind_of_entry_is_shown_in_words(number: int, lines: list[str], kept: Callable[..., Done]) -> None:
    """Facts, corrections and notes; nothing as Python or JSON writes it."""
    made = kept("prove", number, "--checkpoint", "signed", "--to", "other")
    assert made == Done(0, f"The proof of entry {number} is in other.\n", "")
    told = kept("verify-proof", "other", "--key", "key.pub").out.splitlines()
    assert told[4:] == [f"  {line}" for line in lines]


def test_a_proof_as_json(kept: Callable[..., Done]) -> None:
    """What is proved, the event, and who recorded it."""
    told = kept("verify-proof", "proof", "--key", "key.pub", "--json").json
    assert (told["entry"], told["origin"], told["size"], told["is_redacted"]) == (1, "example.com/ledger", 5, False)
    assert (told["event"]["type"], told["event"]["rating"], told["recorded_by"]) == ("RatingChanged", "Good", "analyst")
    assert (told["recorded_at"], told["replaces"], told["reason"]) == ("2025-06-01T10:00:00Z", None, None)
    assert told["sources"][0]["source"]["title"] == "Report"


def test_a_redacted_entry_is_still_proved_and_nobody_vouches_for_what_is_left(kept: Callable[..., Done]) -> None:
    """The proof from before holds too, with the text in it."""
    assert kept("redact", 1, "--reason", "A court ordered it", "--yes").code == 0
    assert kept("prove", 1, "--checkpoint", "signed", "--to", "anew").code == 0
    done = kept("verify-proof", "anew", "--key", "key.pub")
    assert (done.code, done.out) == (
        0,
        """\
Entry 1 is in the ledger example.com/ledger, as signed when it had 5 entries
It was redacted since: that an entry of this hash is there is proved; what is said of it below is not.

What it says
  RVN, Erased: kind RatingChanged; on 2025-05-30; public since 2025-05-30
""",
    )
    assert kept("verify-proof", "anew", "--key", "key.pub", "--json").json["is_redacted"] is True
    assert "rating: Good" in kept("verify-proof", "proof", "--key", "key.pub").out


def test_a_proof_that_was_tampered_with_is_not_believed(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Its text, its place, or a hash: not one of them can be another."""
    proof = LogProof.parse((tmp_path / "proof").read_bytes())
    assert proof.extra is not None
    changed = [
        LogProof(proof.index, proof.hashes, proof.note, proof.extra.replace(b"Good", b"Fine")),
        LogProof(proof.index + 1, proof.hashes, proof.note, proof.extra),
        LogProof(proof.index, (leaf_of(b"x"), *proof.hashes[1:]), proof.note, proof.extra),
    ]
    for one in changed:
        (tmp_path / "changed").write_bytes(one.encoded)
        said = f"trust-ledger: changed: the hashes don't lead from leaf {one.index} to the root of the 5 that example.com/ledger signed: "
        assert kept("verify-proof", "changed", "--key", "key.pub") == Done(1, "", f"{said}don't believe it\n")


def test_a_proof_of_what_is_no_entry_is_told(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A ledger could sign anything; a proof may also come without the entry."""
    text = b"{}"
    note = Checkpoint(KEY.name, 1, leaf_of(text)).sign(KEY)
    (tmp_path / "odd").write_bytes(LogProof(0, (), note, text).encoded)
    assert kept("verify-proof", "odd", "--key", "key.pub").err.startswith("trust-ledger: odd: entry 1 can't be read (")
    (tmp_path / "bare").write_bytes(LogProof(0, (), note).encoded)
    assert kept("verify-proof", "bare", "--key", "key.pub") == Done(
        1, "", "trust-ledger: bare does not hold the entry itself: have it made with `trust-ledger prove`\n"
    )
    (tmp_path / "stub").write_bytes(LogProof(0, (), note, b'{"leaf":"no').encoded)
    assert kept("verify-proof", "stub", "--key", "key.pub").err.startswith(
        "trust-ledger: stub: what is left of a redacted entry can't be read"
    )


def test_a_proof_of_another_ledger_is_not_made(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A checkpoint that is of another, or of more entries than there are, gives none."""
    with Ledger.open(tmp_path / "other.db", by="analyst") as other:
        other.record(POOR)
        (tmp_path / "others").write_bytes(other.checkpoint(KEY).encoded)
    (tmp_path / "larger").write_bytes(Checkpoint(KEY.name, 9, bytes(32)).sign(KEY).encoded)
    for name, size in (("others", 1), ("larger", 9)):
        done = kept("prove", 1, "--checkpoint", name, "--to", "none")
        said = f"the checkpoint of example.com/ledger over {size} entries is not of this ledger, or the ledger was changed: "
        assert done == Done(1, "", f"trust-ledger: {said}run `trust-ledger verify` with it\n")
    assert not (tmp_path / "none").exists()


# What a careless user gets


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["checkpoint", "--key", "none"], "can't read none: No such file or directory"),
        (["checkpoint", "--key", "."], "can't read .: Is a directory"),
        (["checkpoint", "--key", "key.pub"], "key.pub: this is not a signing key: copy the whole of it"),
        (["checkpoint", "--key", "trust-ledger.db"], "trust-ledger.db: this is not a signing key: copy the whole of it"),
        (["checkpoint", "--key", "key", "--to", "key"], "can't write key: there is such a file already: choose another name"),
        (["checkpoint", "--key", "key", "--to", "no/where"], "can't write no/where: No such file or directory"),
        (["checkpoint", "--key", "key", "--ledger", "none.db"], "there is no ledger at none.db: make one with "),
        (["prove", 9, "--checkpoint", "signed", "--to", "new"], "there is no entry 9: the ledger ends at 5"),
        (["prove", 1, "--checkpoint", "none", "--to", "new"], "can't read none: No such file or directory"),
        (["prove", 1, "--checkpoint", "key", "--to", "new"], "key: line 1 is the last, and no line before it is blank"),
        (["prove", 1, "--checkpoint", "proof", "--to", "new"], "proof: line 7 is empty: no line of a checkpoint is"),
        (["prove", 1, "--checkpoint", "signed", "--to", "proof"], "can't write proof: there is such a file already"),
        (["verify-proof", "none", "--key", "key.pub"], "can't read none: No such file or directory"),
        (["verify-proof", "signed", "--key", "key.pub"], "signed: line 1 is not 'c2sp.org/tlog-proof@v1': this is no proof"),
        (["verify-proof", "trust-ledger.db", "--key", "key.pub"], "trust-ledger.db: line "),
        (["verify-proof", "proof", "--key", "key"], "key: this is not a verifier key: copy the whole of it"),
        (["verify", "--checkpoint", "none"], "can't read none: No such file or directory"),
        (["verify", "--checkpoint", "key"], "key: line 1 is the last, and no line before it is blank"),
        (["verify", "--checkpoint", "proof"], "proof: line 7 is empty: no line of a checkpoint is"),
        (["verify", "--checkpoint", "signed", "--key", "signed"], "signed: this is not a verifier key"),
        (["verify", "--ledger", "none.db"], "there is no ledger at none.db: make one with "),
        (["verify", "--ledger", "key"], "key is not a ledger: choose another file"),
    ],
)
def test_a_careless_user_gets_a_sentence(arguments: list[object], said: str, kept: Callable[..., Done], tmp_path: Path) -> None:
    """What was wrong, in which file, and what to do; no secret, no traceback, no new file."""
    before = {path.name for path in tmp_path.iterdir()}
    done = kept(*arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"trust-ledger: {said}")
    assert KEY.text.rpartition("+")[2] not in done.err
    assert {path.name for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["prove", "one", "--checkpoint", "signed", "--to", "new"],
        ["prove", 0, "--checkpoint", "signed", "--to", "new"],
        ["prove", 1, "--to", "new"],
        ["verify-proof", "proof"],
        ["checkpoint"],
        ["key", "example.com/ledger"],
    ],
)
def test_what_is_missing_or_no_number_is_a_wrong_use(arguments: list[object], kept: Callable[..., Done]) -> None:
    """The exit code is that of wrong use."""
    done = kept(*arguments)
    assert (done.code, "Traceback" in done.err) == (2, False)


def test_an_older_checkpoint_has_no_later_entry(kept: Callable[..., Done]) -> None:
    """The advice is to sign a newer one."""
    assert kept("redact", 1, "--reason", "A court ordered it", "--yes").code == 0
    assert kept("prove", 6, "--checkpoint", "signed", "--to", "new") == Done(
        1, "", "trust-ledger: the checkpoint is over 5 entries, without entry 6: sign a newer one\n"
    )


def test_a_file_that_is_too_large_is_not_read(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Whatever is in it."""
    with (tmp_path / "large").open("wb") as file:
        file.truncate(100_000_001)
    said = "trust-ledger: large is too large to be what was asked for: more than 100,000,000 bytes\n"
    assert kept("verify-proof", "large", "--key", "key.pub") == Done(1, "", said)


def test_a_signature_of_another_key_is_not_believed(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Of a proof as of a checkpoint, though the name is the same."""
    (tmp_path / "other.pub").write_text(OTHER.verifier.text)
    said = f"the note has no valid signature of the key {OTHER.verifier}: don't believe it"
    assert kept("verify-proof", "proof", "--key", "other.pub") == Done(1, "", f"trust-ledger: proof: {said}\n")
    done = kept("verify", "--checkpoint", "signed", "--key", "other.pub")
    assert done == Done(1, "", f"trust-ledger: signed: {said}\n")


def test_without_cryptography_the_extra_is_named(kept: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who signs or checks a signature is told what to install; who only verifies the ledger needs nothing."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    said = "trust-ledger: keys need cryptography, of the extra `proofs`: pip install 'trust-ledger[proofs]'\n"
    commands = (
        ["key", "example.com/ledger", "mine"],
        ["checkpoint", "--key", "key"],
        ["verify-proof", "proof", "--key", "key.pub"],
        ["verify", "--checkpoint", "signed", "--key", "key.pub"],
    )
    for command in commands:
        assert kept(*command) == Done(1, "", said)
    assert kept("verify", "--checkpoint", "signed").code == 0
    assert kept("prove", 2, "--checkpoint", "signed", "--to", "second").code == 0


# Verifying a ledger


ALL_IS_WELL = (
    "Nothing is wrong, as far as the ledger itself can tell. Only a checkpoint kept elsewhere rules out that all was rewritten."
)


def test_verify_says_that_nothing_is_wrong_and_how_far_that_goes(kept: Callable[..., Done], tmp_path: Path) -> None:
    """With a checkpoint and its key it goes furthest."""
    with Ledger.open(tmp_path / "trust-ledger.db", create=False) as ledger:
        title = f"trust-ledger.db: 5 entries, root {ledger.root().hex()}"
    agrees = "Agrees with the checkpoint of example.com/ledger over 5 entries."
    unsigned = "The signatures of the checkpoints were not looked at: give the public key with --key."
    well = "Nothing is wrong, as far as this can tell."
    assert kept("verify") == Done(0, f"{title}\n{ALL_IS_WELL}\n", "")
    assert kept("verify", "--checkpoint", "signed") == Done(0, f"{title}\n{agrees}\n{unsigned}\n{well}\n", "")
    assert kept("verify", "--checkpoint", "signed", "--key", "key.pub") == Done(0, f"{title}\n{agrees}\n{well}\n", "")


def test_verify_of_an_empty_ledger(run: Callable[..., Done]) -> None:
    """There is nothing to be wrong."""
    Ledger.open("trust-ledger.db").close()
    done = run("verify")
    assert (done.code, done.out.splitlines()[0][:33]) == (0, "trust-ledger.db: 0 entries, root ")


def _change(statement: str, *values: object) -> None:
    with closing(sqlite3.connect("trust-ledger.db")) as connection:
        connection.execute(statement, values)
        connection.commit()


def test_verify_names_what_was_changed(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A rating that somebody wrote over is found by the tree, and by a checkpoint that was kept."""
    with Ledger.open(tmp_path / "trust-ledger.db", create=False) as ledger:
        first = next(ledger.export()).rstrip()
    _change("UPDATE stored_events SET state = ? WHERE rowid = 1", first.replace(b"Good", b"Outstanding"))
    done = kept("verify", "--checkpoint", "signed", "--key", "key.pub")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines()[1:] == [
        "",
        "Wrong",
        "  tree: entries 1 to 4: they are not what was recorded, or the tree kept beside them was changed",
        (
            "  checkpoint: the checkpoint of example.com/ledger over 5 entries does not agree: "
            "something among entries 1 to 5 is not what it was, or it is of another ledger"
        ),
    ]
    assert "Nothing is wrong" not in done.out


def test_verify_as_json(kept: Callable[..., Done], tmp_path: Path) -> None:
    """The size, the root, the checkpoints that agree, and what was found with its entries."""
    with Ledger.open(tmp_path / "trust-ledger.db", create=False) as ledger:
        root = ledger.root().hex()
    held = [{"origin": "example.com/ledger", "size": 5}]
    done = kept("verify", "--checkpoint", "signed", "--json")
    assert (done.code, done.json) == (0, {"size": 5, "root": root, "findings": [], "checkpoints": held})
    _change("UPDATE stored_events SET state = ? WHERE rowid = 2", b"nonsense")
    done = kept("verify", "--json")
    assert (done.code, [(one["what"], one["first"], one["last"]) for one in done.json["findings"]]) == (
        1,
        [("bytes", 2, 2), ("tree", 1, 4)],
    )


def test_no_command_repeats_a_password(
    run: Callable[..., Done], database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of a database is shown without it."""
    monkeypatch.setenv("TRUST_LEDGER", database)
    with Ledger.open(database, by="analyst") as ledger:
        ledger.record(GOOD)
        (tmp_path / "lines").write_bytes(b"".join(ledger.export()))
        password = database.partition("@")[0].rpartition(":")[2]
    done = run("verify")
    assert (done.code, password in done.out + done.err) == (0, False)
    assert done.out.startswith("postgresql://postgres@127.0.0.1:")
