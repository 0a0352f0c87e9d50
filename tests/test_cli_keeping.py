"""The commands that keep a ledger, move it and erase from it: `export`, `restore`, `backup` and `redact`."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from ledger import Ledger, Source
from ledger.events import ActionCommitted, RatingChanged
from ledger.testing import Clock
from tests.conftest import Done

CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
PAPER = Source(publisher="The trust", title="Letter", marking="confidential")
GOOD = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
POOR = RatingChanged(trust="RVN", on="2025-05-30", rating="Inadequate")
WARDS = ActionCommitted(trust="RVN", on="2025-05-30", action="wards", title="A secret title")


@pytest.fixture
def kept(run: Callable[..., Done], tmp_path: Path) -> Callable[..., Done]:
    """Give a way to run the command beside a ledger of three entries."""
    with Ledger.open(tmp_path / "trust-ledger.db", by="analyst", clock=Clock(datetime(2025, 6, 1, 9, tzinfo=UTC))) as ledger:
        ledger.record(GOOD, WARDS, sources=[CQC])
        ledger.correct(1, POOR, reason="Misread")
    return run


def root(place: str = "trust-ledger.db") -> str:
    """Give the root of a ledger's tree, as it is printed."""
    with Ledger.open(place, create=False) as ledger:
        return ledger.root().hex()


# Exporting and restoring


def test_a_ledger_is_exported_and_restored(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A line for each entry, and the same ledger again, with the same root."""
    assert kept("export", "all.jsonl") == Done(0, f"3 entries written to all.jsonl; root {root()}\n", "")
    assert (tmp_path / "all.jsonl").read_bytes().count(b"\n") == 3
    done = kept("restore", "all.jsonl", "--ledger", "new.db")
    assert done == Done(0, f"3 entries restored to new.db; root {root()}\n", "")
    assert root("new.db") == root()
    assert kept("export", "again.jsonl", "--ledger", "new.db").code == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()


def test_a_single_entry_is_counted_as_one(run: Callable[..., Done]) -> None:
    """In words that can be read aloud."""
    with Ledger.open("trust-ledger.db", by="analyst") as ledger:
        ledger.record(GOOD)
    assert run("export", "all.jsonl").out.startswith("1 entry written to all.jsonl; root ")
    assert run("restore", "all.jsonl", "--ledger", "new.db").out.startswith("1 entry restored to new.db; root ")
    assert run("backup", "copy.db").out.startswith("1 entry copied to copy.db, and verified; root ")


def test_an_empty_ledger_is_exported_and_restored(run: Callable[..., Done], tmp_path: Path) -> None:
    """An empty file of an empty ledger, and one of the other."""
    Ledger.open("trust-ledger.db").close()
    assert run("export", "all.jsonl").out.startswith("0 entries written to all.jsonl; root ")
    assert (tmp_path / "all.jsonl").read_bytes() == b""
    assert run("restore", "all.jsonl", "--ledger", "new.db").out.startswith("0 entries restored to new.db; root ")


def test_a_ledger_moves_to_a_database_and_no_password_is_repeated(kept: Callable[..., Done], database: str) -> None:
    """The address is shown without it."""
    assert kept("export", "all.jsonl").code == 0
    done = kept("restore", "all.jsonl", "--ledger", database)
    password = database.partition("@")[0].rpartition(":")[2]
    assert (done.code, password in done.out + done.err) == (0, False)
    assert done.out.startswith("3 entries restored to postgresql://postgres@127.0.0.1:")
    assert root(database) == root()
    assert kept("backup", "copy.db", "--ledger", database).err.startswith("trust-ledger: postgresql://postgres@127.0.0.1:")


def test_what_is_no_export_is_told_line_by_line(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Like a compiler: a line for each problem, then their number; nothing is restored, and it can be done again."""
    assert kept("export", "all.jsonl").code == 0
    lines = (tmp_path / "all.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "bad.jsonl").write_bytes(b"".join([lines[0], b"nonsense\n", b"[]\n"]))
    done = kept("restore", "bad.jsonl", "--ledger", "new.db")
    assert (done.code, done.out) == (1, "")
    first, second, count, nothing = done.err.splitlines()
    assert first.startswith("bad.jsonl:2: entry 2 can't be read (JSON is malformed")
    assert second.startswith("bad.jsonl:3: entry 3 can't be read (Expected `object`")
    assert (count, nothing) == ("2 problems.", "Nothing was restored.")
    assert kept("restore", "all.jsonl", "--ledger", "new.db").code == 0


def test_a_database_is_no_export(kept: Callable[..., Done]) -> None:
    """Given the ledger's own file, or its own place: told, never a traceback."""
    done = kept("restore", "trust-ledger.db", "--ledger", "new.db")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines()[-1] == "Nothing was restored."


# Backing up


def test_a_ledger_is_backed_up(kept: Callable[..., Done]) -> None:
    """The copy is verified, and has the same root."""
    assert kept("backup", "copy.db") == Done(0, f"3 entries copied to copy.db, and verified; root {root()}\n", "")
    assert root("copy.db") == root()


# What a careless user gets


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "there"], "can't write there: there is such a file already: choose another name"),
        (["export", "."], "can't write .: there is such a file already: choose another name"),
        (["export", "no/where"], "can't write no/where: No such file or directory"),
        (["export", "new", "--ledger", "none.db"], "there is no ledger at none.db: make one with "),
        (["restore", "none", "--ledger", "new.db"], "can't read none: No such file or directory"),
        (["restore", ".", "--ledger", "new.db"], "can't read .: Is a directory"),
        (["restore", "there"], "trust-ledger.db has entries already: restore into a new ledger"),
        (["restore", "there", "--ledger", "there"], "there is not a ledger: choose another file"),
        (["restore", "there", "--ledger", "no/new.db"], "the folder no doesn't exist: make it first"),
        (["backup", "there"], "there is a file there already: choose another name for the copy"),
        (["backup", "no/where"], "the folder no doesn't exist: make it first"),
        (["backup", "new", "--ledger", "none.db"], "there is no ledger at none.db: make one with "),
        (["backup", "new", "--ledger", ":memory:"], ":memory: is not an SQLite file: use `trust-ledger export`"),
        (["redact", 9, "--reason", "A court", "--yes"], "there is no entry 9: the ledger ends at 3"),
        (["redact", 1, "--reason", " ", "--yes"], "say why entry 1 is redacted: the reason is empty"),
        (["redact", 1, "--reason", "A court", "--yes", "--ledger", "none.db"], "there is no ledger at none.db: make one with "),
    ],
)
def test_a_careless_user_gets_a_sentence(arguments: list[object], said: str, kept: Callable[..., Done], tmp_path: Path) -> None:
    """What was wrong and what to do; no traceback, nothing written over, and no file left."""
    (tmp_path / "there").write_text("something")
    before = {path.name for path in tmp_path.iterdir()}
    done = kept(*arguments)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"trust-ledger: {said}")
    assert {path.name for path in tmp_path.iterdir()} == before
    assert (tmp_path / "there").read_text() == "something"


@pytest.mark.parametrize(
    "arguments",
    [["export"], ["restore"], ["backup"], ["redact", 1], ["redact", 0, "--reason", "x"], ["redact", "--reason", "x"]],
)
def test_what_is_missing_is_a_wrong_use(arguments: list[object], kept: Callable[..., Done]) -> None:
    """The exit code is that of wrong use."""
    done = kept(*arguments)
    assert (done.code, "Traceback" in done.err) == (2, False)


# Erasing


def _typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Have somebody type something."""
    monkeypatch.setattr(sys, "stdin", StringIO(text))


ASKED = "Erase what entry 2 says, for good? [y/N]: "
REACHED = "Not reached: backups, exports and proofs made before, and the file that it was read from."


@pytest.mark.parametrize("typed", ["", "n\n", "\n", "perhaps\n"])
def test_redact_asks_first_and_takes_no_answer_for_no(
    typed: str, kept: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is erased unless somebody says so; the question is not among the answers."""
    _typed(monkeypatch, typed)
    before = root()
    done = kept("redact", 2, "--reason", "A court ordered it")
    assert done == Done(1, "", f"{ASKED}Nothing was erased.\n")
    assert root() == before


def test_redact_erases_once_somebody_says_so(kept: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells where it is on record, and what it does not reach; the second time there is nothing to erase."""
    _typed(monkeypatch, "y\n")
    done = kept("redact", 2, "--reason", "A court ordered it", "--by", "Data protection officer")
    assert done == Done(0, f"What entry 2 said is erased; entry 4 says by whom and why.\n{REACHED}\n", ASKED)
    again = kept("redact", 2, "--reason", "A court ordered it", "--yes")
    assert again == Done(1, "", "trust-ledger: entry 2 was redacted already\n")
    with Ledger.open("trust-ledger.db", create=False) as ledger:
        note = ledger.entries[3]
        assert (note.recorded_by, note.reason) == ("Data protection officer", "A court ordered it")
    assert kept("verify").code == 0


def test_other_entries_about_the_same_are_named(kept: Callable[..., Done]) -> None:
    """A correction may well repeat what is erased of the entry that it corrects, until it is erased too."""
    first = kept("redact", 1, "--reason", "A court ordered it", "--yes")
    assert first.out.splitlines()[1:] == ["About the same fact, and so perhaps of the same text: 3.", REACHED]
    assert kept("redact", 3, "--reason", "A court ordered it", "--yes").out.splitlines()[1:] == [REACHED]


def test_personal_data_in_the_reason_is_warned_of(kept: Callable[..., Done]) -> None:
    """The reason is for everybody who reads the record."""
    done = kept("redact", 2, "--reason", "Asked for by jane.smith@example.org", "--yes")
    assert done.code == 0
    assert done.err == (
        "trust-ledger: warning: this looks like personal data: RVN reason: an e-mail address (j…@example.org): "
        "name the role or the body instead\n"
    )


def test_a_source_that_would_count_as_more_public_keeps_its_entry(kept: Callable[..., Done]) -> None:
    """The only entry that marks a source as strictly as it is can't go, and what to do is said."""
    with Ledger.open("trust-ledger.db", by="analyst") as ledger:
        ledger.corroborate(2, PAPER)
        ledger.corroborate(3, Source(publisher="The trust", title="Letter", marking="public", published="2025-06-01"))
    done = kept("redact", 4, "--reason", "A court ordered it", "--yes")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("trust-ledger: entry 4 alone says that “Letter” is confidential: without it, ")


@pytest.mark.parametrize(
    "command",
    [["at", "2026-01-01", "RVN"], ["why", "RVN", "2026-01-01"], ["history", "RVN"], ["deadlines", "2026-01-01", "RVN"]],
)
def test_what_was_redacted_is_in_no_answer_and_a_note_says_so(command: list[str], kept: Callable[..., Done]) -> None:
    """Every command that is asked about the trust says what is missing, and none repeats it."""
    assert "secret" in kept("at", "2026-01-01", "RVN").out
    assert kept("redact", 2, "--reason", "A court ordered it", "--yes").code == 0
    told = kept(*command).out
    assert "secret" not in told
    assert "Redacted, and so left out: entry 2." in told.splitlines()
