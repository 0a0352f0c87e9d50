"""Moving house: a ledger is exported, restored and backed up byte for byte, or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from eventsourcing.persistence import ApplicationRecorder

from ledger import Ledger, Source
from ledger._store import MemoryRecorder, SQLiteRecorder, Store, open_recorder
from ledger.cli._paths import write_new
from ledger.errors import FileError, LedgerFileError, StoredEntryError, StoreError
from ledger.events import ActionCommitted, RatingChanged, TrustSucceeded
from ledger.testing import Clock

CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
GOOD = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
POOR = RatingChanged(trust="RVN", on="2025-05-30", rating="Inadequate")
WARDS = ActionCommitted(trust="RHA", on="2025-06-01", action="wards", title="End dormitories", due="2025-08")
KINDS = ("memory", "sqlite", "postgres")


def told(recorder: ApplicationRecorder) -> Ledger:
    """Give a ledger of all that can be done to one: corrections, notes, a sweep, a succession, and redactions."""
    ledger = Ledger(recorder, by="analyst", clock=Clock(), place="here")
    ledger.record(GOOD, WARDS, TrustSucceeded(trust="RVN", on="2026-04-01", by=["RHA"]), sources=[CQC])
    ledger.correct(1, POOR, reason="Misread")
    ledger.corroborate(2, Source(publisher="The trust", title="Letter", marking="confidential"))
    ledger.retract(3, reason="Another trust")
    ledger.sweep("2026-01-01")
    ledger.redact(1, "A court ordered it")
    ledger.redact(6, "A court ordered it", by="Data protection officer")
    return ledger


@pytest.fixture(params=product(KINDS, KINDS), ids="-".join)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[ApplicationRecorder, ApplicationRecorder]]:
    """Give an empty recorder to move from and one to move to, of each kind; they share no database."""
    made: list[ApplicationRecorder] = []
    for number, kind in enumerate(request.param):
        if kind == "memory":
            place = ":memory:"
        elif kind == "sqlite":
            place = str(tmp_path / f"{number}.db")
        else:
            place = request.getfixturevalue("database") if "postgres" not in request.param[:number] else _second(request)
        made.append(open_recorder(place, create=True))
    yield made[0], made[1]
    for one in made:
        Store(one, "here").close()


def _second(request: pytest.FixtureRequest) -> str:
    """Give the address of another database with nothing in it."""
    server = request.getfixturevalue("server")
    server.run("DROP DATABASE IF EXISTS others WITH (FORCE)", "CREATE DATABASE others")
    return str(server.url(database="others"))


def test_a_ledger_moves_byte_for_byte(both: tuple[ApplicationRecorder, ApplicationRecorder]) -> None:
    """The same lines, root and answers in every kind of store, and nothing found wrong; it goes on from there."""
    old, new = told(both[0]), Ledger(both[1], by="analyst", clock=Clock(), place="there")
    lines = list(old.export())
    assert new.restore(lines) == len(lines) == old.last == 9
    assert list(new.export()) == lines
    assert (new.root(), new.entries) == (old.root(), old.entries)
    for code in ("RVN", "RHA"):
        for public in (None, "2026-01-01"):
            view, same = new.at("2026-06-01", public_on=public), old.at("2026-06-01", public_on=public)
            assert view.report(code) == same.report(code)
        assert new.history(code) == old.history(code)
    assert new.verify() == old.verify()
    assert new.verify().findings == ()
    assert new.record(GOOD)[0].number == 10
    assert new.verify().findings == ()


def test_lines_may_end_in_a_newline_or_not() -> None:
    """As a file opened for reading gives them, or parted; it is the same ledger."""
    with told(MemoryRecorder()) as old:
        whole = b"".join(old.export())
    parted = whole.splitlines()
    kept = whole.removesuffix(b"\n").splitlines(keepends=True)
    for lines in (parted, kept):
        with Ledger.open(":memory:", by="analyst") as new:
            assert new.restore(lines) == 9
            assert b"".join(new.export()) == whole


def test_an_empty_ledger_moves_too(recorder: ApplicationRecorder) -> None:
    """Nothing is exported of it, and nothing restored."""
    ledger = Ledger(recorder, by="analyst")
    assert list(ledger.export()) == []
    assert ledger.restore([]) == 0
    assert ledger.entries == ()


def test_a_ledger_with_entries_is_not_restored_into(recorder: ApplicationRecorder) -> None:
    """What it has stays as it is."""
    lines = list(told(MemoryRecorder()).export())
    ledger = Ledger(recorder, by="analyst", place="here")
    ledger.record(GOOD)
    with pytest.raises(StoreError, match="here has entries already: restore into a new ledger"):
        ledger.restore(lines)
    assert len(ledger.entries) == 1


def test_who_records_while_lines_are_read_is_not_recorded_over(recorder: ApplicationRecorder) -> None:
    """The ledger was empty when the first line was read, and is no longer."""
    lines = list(told(MemoryRecorder()).export())
    ledger, other = Ledger(recorder, by="analyst", place="here"), Ledger(recorder, by="somebody")

    def slowly() -> Iterator[bytes]:
        yield from lines
        other.record(GOOD)

    with pytest.raises(StoreError, match="here has entries already: restore into a new ledger"):
        ledger.restore(slowly())
    assert [e.recorded_by for e in ledger.entries] == ["somebody"]


NO_TRUST = b'{"type":"RatingChanged","v":1}'


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({1: b"nonsense"}, ["x:2: entry 2 can't be read (JSON is malformed"]),
        ({1: b""}, ["x:2: entry 2 can't be read ("]),
        ({1: NO_TRUST}, ["x:2: entry 2 can't be read (it is about no trust): the ledger is damaged"]),
        ({1: b"\xff", 4: b"[]"}, ["x:2: entry 2 can't be read (", "x:5: entry 5 can't be read ("]),
        ({0: b'{"leaf":"x"}'}, ["x:1: entry 1 can't be read ("]),
    ],
)
def test_damaged_lines_are_all_told_and_nothing_is_recorded(
    changed: dict[int, bytes], problems: list[str], recorder: ApplicationRecorder
) -> None:
    """Each with its line; what only follows from them is not told."""
    lines = [changed.get(number, line) for number, line in enumerate(told(MemoryRecorder()).export())]
    ledger = Ledger(recorder, by="analyst")
    with pytest.raises(LedgerFileError) as refused:
        ledger.restore(lines, place="x")
    assert len(refused.value.problems) == len(problems)
    for said, problem in zip(refused.value.problems, problems, strict=True):
        assert str(said).startswith(problem)
    assert ledger.entries == ()


@pytest.mark.parametrize(
    ("order", "problems"),
    [
        ([4, 1], ["x:2: entry 2: it says it was recorded at"]),
        ([0, 4], ["x:2: entry 2: it is about entry 2, which is not before it"]),
        ([1, 4], ["x:2: entry 2: it is about entry 2, which is not before it"]),
        ([0, 1, 2, 3, 4, 5, 6, 7], ["x:6: entry 6: its text is gone, and no entry says who redacted it"]),
        ([1, 7], ["x:2: entry 2: it is about RVN, and entry 1 about RHA", "x:1: entry 2: it says that entry 1 was redacted"]),
        (
            [0, 1, 2, 3, 3, 4],
            ["x:5: entry 5: it replaces entry 1, which was replaced before", "x:1: entry 1: its text is gone"],
        ),
    ],
)
def test_lines_that_are_no_ledger_are_told(order: list[int], problems: list[str]) -> None:
    """Lines that were left out, doubled or moved."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    lines = list(told(MemoryRecorder()).export())
    chosen = [lines[place] for place in order]
    with pytest.raises(LedgerFileError) as refused:
        ledger.restore(chosen, place="x")
    said = list(map(str, refused.value.problems))
    assert all(any(one.startswith(problem) for one in said) for problem in problems), said
    assert ledger.entries == ()


def test_an_entry_that_is_redacted_during_an_export_is_told(
    recorder: ApplicationRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of two moments would be no ledger: the export ends with what to do."""
    monkeypatch.setattr("ledger._store._store.PAGE", 1)
    ledger = Ledger(recorder, by="analyst", clock=Clock(), place="here")
    ledger.record(GOOD, WARDS)
    lines = ledger.export()
    next(lines)
    ledger.redact(2, "A court ordered it")
    with pytest.raises(StoreError, match="entry 2 was redacted while here was exported: export it again"):
        list(lines)
    assert len(list(ledger.export())) == 3


def test_what_can_not_be_read_is_not_exported(tmp_path: Path) -> None:
    """A damaged note about a redaction is an error, not a line."""
    with told(open_recorder(tmp_path / "trusts.db", create=True)) as ledger:
        recorder = open_recorder(tmp_path / "trusts.db", create=False)
        assert isinstance(recorder, SQLiteRecorder)
        with recorder.appending() as cursor:
            cursor.execute("UPDATE stored_events SET state = ? WHERE rowid = 8", (b"{}",))
        Store(recorder, "here").close()
        with pytest.raises(StoredEntryError, match="entry 8 can't be read"):
            list(ledger.export())


# A backup of a file


WRITER = """
import sys
from ledger import Ledger
from ledger.events import RatingChanged
with Ledger.open(sys.argv[1], by="somebody") as ledger:
    for number in range(1000):
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good", service=f"Service {number}"))
        print(number, flush=True)
        if not sys.stdin.readline():
            break
"""


def test_a_file_is_backed_up_while_another_process_writes_to_it(tmp_path: Path) -> None:
    """Each copy is sound, and holds the beginning of what the ledger holds."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "trusts.db")]
    with (
        Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writer,
    ):
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write("\n" * 60)
        copies = []
        for number in range(3):
            while writer.stdout.readline() != f"{20 * number}\n":
                pass
            copies.append((tmp_path / f"copy-{number}.db", ledger.backup(tmp_path / f"copy-{number}.db")))
        writer.stdin.close()
        writer.wait(60)
        entries = ledger.entries
        assert [told.size >= 20 * number + 1 for number, (_, told) in enumerate(copies)] == [True] * 3
        for path, told in copies:
            with Ledger.open(path, create=False) as copy:
                assert copy.entries == entries[: told.size]
                assert (copy.verify().findings, copy.root()) == ((), ledger.root(told.size))
    assert {path.name for path in tmp_path.iterdir()} == {"trusts.db", *(path.name for path, _ in copies)}


def test_a_backup_is_a_ledger_that_can_be_written_to(tmp_path: Path) -> None:
    """Redactions are in it as they are in the ledger."""
    with told(open_recorder(tmp_path / "trusts.db", create=True)) as ledger:
        found = ledger.backup(tmp_path / "copy.db")
        assert (found.size, found.root, found.findings) == (9, ledger.root(), ())
        with Ledger.open(tmp_path / "copy.db", by="analyst", create=False) as copy:
            assert copy.entries == ledger.entries
            assert copy.record(GOOD)[0].number == 10
        assert ledger.last == 9


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("there.db", "there is a file .*there.db already: choose another name for the copy"),
        ("folder", "folder is a folder: name a file in it, such as "),
        ("nowhere/copy.db", "the folder .*nowhere doesn't exist: make it first"),
        ("trusts.db", "there is a file .*trusts.db already"),
        ("x" * 300, "can't read .*: File name too long"),
    ],
)
def test_a_backup_overwrites_nothing(target: str, said: str, tmp_path: Path) -> None:
    """What is there stays, and nothing is left beside it."""
    (tmp_path / "there.db").write_text("something")
    (tmp_path / "folder").mkdir()
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(GOOD)
        with pytest.raises(StoreError, match=said):
            ledger.backup(tmp_path / target)
    assert {path.name for path in tmp_path.iterdir()} == {"there.db", "folder", "trusts.db"}
    assert (tmp_path / "there.db").read_text() == "something"


def test_only_a_file_can_be_backed_up(database: str, tmp_path: Path) -> None:
    """Of what is kept in memory or on a server, the advice is to export it."""
    for place in (":memory:", database):
        with (
            Ledger.open(place, by="analyst") as ledger,
            pytest.raises(StoreError, match="is not an SQLite file: use `trust-ledger export`"),
        ):
            ledger.backup(tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_of_what_is_wrong_is_not_kept(tmp_path: Path) -> None:
    """What is found is told, and no file is left."""
    with told(open_recorder(tmp_path / "trusts.db", create=True)) as made:
        assert made.last == 9
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        recorder = open_recorder(tmp_path / "trusts.db", create=False)
        assert isinstance(recorder, SQLiteRecorder)
        with recorder.appending() as cursor:
            cursor.execute("UPDATE stored_events SET originator_id = 'RXX' WHERE rowid = 2")
        Store(recorder, "here").close()
        with pytest.raises(StoreError, match=r"was not kept, as something is wrong with it: entry 2: it is kept under RXX"):
            ledger.backup(tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["trusts.db"]


def test_a_copy_that_can_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the copy nor a part of it; what an earlier attempt left is taken away too."""
    (tmp_path / "copy.db.part").write_text("of an earlier attempt")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(GOOD)
        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", full)
            with pytest.raises(StoreError, match=r"can't copy .* to .*copy.db: .*No space left on device"):
                ledger.backup(tmp_path / "copy.db")
        assert {path.name for path in tmp_path.iterdir()} <= {"trusts.db", "trusts.db-wal", "trusts.db-shm"}
        assert ledger.backup(tmp_path / "copy.db").size == 1


# A file that is written wholly or not at all


def test_a_file_is_written_wholly_or_not_at_all(tmp_path: Path) -> None:
    """Interrupted in the middle, or with an error from what is to be written: no file."""

    def interrupted(wrong: BaseException) -> Iterator[bytes]:
        yield b"some"
        raise wrong

    for wrong in (KeyboardInterrupt(), ValueError("no"), StoreError("no", "here")):
        with pytest.raises(type(wrong)):
            write_new(tmp_path / "new", interrupted(wrong))
        assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileError, match=r"can't write .*new: No space left on device"):
        write_new(tmp_path / "new", interrupted(OSError(28, "No space left on device")))
    assert list(tmp_path.iterdir()) == []
    assert write_new(tmp_path / "new", [b"some", b"thing"]) == 2
    assert (tmp_path / "new").read_bytes() == b"something"
    assert write_new(tmp_path / "empty", []) == 0
