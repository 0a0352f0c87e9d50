"""The stores: one contract for all, and what is refused of a file."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.popo import POPOApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from eventsourcing.tests import persistence as cases

from ledger import Ledger
from ledger._rows import Row
from ledger._store import ConflictingAppendError, MemoryRecorder, SQLiteRecorder, Store, open_recorder
from ledger._store._postgres import PostgresRecorder, open_database
from ledger.errors import NewerLedgerError, StoredEntryError, StoreError
from ledger.events import RatingChanged, TrustSucceeded


def row(trust: str, version: int, text: str = "x") -> Row:
    """Give a row to append."""
    return Row(trust, version, "RatingChanged", text.encode())


def test_rows_come_back_as_they_went_in_with_numbers_from_one(recorder: ApplicationRecorder) -> None:
    """Numbers run from 1 over all trusts, in the order of appending."""
    store = Store(recorder, "here")
    assert store.append([row("RHA", 1, "a"), row("RVN", 1, "b")], after=0) == [1, 2]
    assert store.append([row("RHA", 2, "c")], after=2) == [3]
    assert [(r.number, r.trust, r.version, r.kind, r.stored) for r in store.after(0)] == [
        (1, "RHA", 1, "RatingChanged", b"a"),
        (2, "RVN", 1, "RatingChanged", b"b"),
        (3, "RHA", 2, "RatingChanged", b"c"),
    ]


def test_reading_goes_on_after_a_number_over_many_pages(recorder: ApplicationRecorder) -> None:
    """Reading after a number gives all that follows, however many pages that is."""
    store = Store(recorder, "here")
    store.append([row("RHA", version) for version in range(1, 2502)], after=0)
    assert [r.number for r in store.after(400)] == list(range(401, 2502))
    assert list(store.after(2501)) == []


def test_an_append_is_refused_where_the_log_has_gone_on(recorder: ApplicationRecorder) -> None:
    """A writer that has not seen the last entry appends nothing, whatever trust it is about."""
    store = Store(recorder, "here")
    store.append([row("RHA", 1)], after=0)
    with pytest.raises(ConflictingAppendError):
        store.append([row("RVN", 1)], after=0)
    assert [r.number for r in store.after(0)] == [1]


def test_an_append_is_all_or_nothing(recorder: ApplicationRecorder) -> None:
    """Where one row can't be appended, none is."""
    store = Store(recorder, "here")
    with pytest.raises(ConflictingAppendError):
        store.append([row("RHA", 1), row("RHA", 2), row("RHA", 1)], after=0)
    assert list(store.after(0)) == []


def test_any_recorder_can_hold_a_ledger(recorder: ApplicationRecorder) -> None:
    """A ledger is handed its recorder, and two ledgers on one see each other's entries at once."""
    mine, yours = Ledger(recorder, by="me"), Ledger(recorder, by="you")
    mine.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    yours.record(RatingChanged(trust="RVN", on="2025-05-31", rating="Inadequate"))
    assert [(e.number, e.recorded_by) for e in mine.entries] == [(1, "me"), (2, "you")]
    assert yours.entries == mine.entries


def test_recorders_of_eventsourcing_itself_can_hold_a_ledger(tmp_path: Path) -> None:
    """A recorder that is not ours holds a ledger too; it refuses an append where the trust's own stream has gone on."""
    theirs = SQLiteApplicationRecorder(SQLiteDatastore((tmp_path / "theirs.db").as_uri(), originator_id_type="text"))
    theirs.create_table()
    for recorder in (POPOApplicationRecorder(), theirs):
        ledger = Ledger(recorder, by="analyst")
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
        ledger.retract(1, reason="wrong trust")
        assert [e.number for e in Ledger(recorder).entries] == [1, 2]
        with pytest.raises(ConflictingAppendError):
            Store(recorder, "here").append([row("RVN", 2)], after=0)


def test_writers_at_the_same_moment_lose_nothing(recorder: ApplicationRecorder) -> None:
    """Four writers at once: every entry is there once, and numbers and instants run the same way."""

    def write(name: str) -> None:
        ledger = Ledger(recorder, by=name)
        for day in range(1, 11):
            ledger.record(RatingChanged(trust="RVN", on=f"2025-05-{day:02}", rating="Good", service=name))

    writers = [Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries = Ledger(recorder).entries
    assert [e.number for e in entries] == list(range(1, 41))
    assert len({e.event for e in entries}) == 40
    assert sorted(e.recorded_at for e in entries) == [e.recorded_at for e in entries]


def _wait_for_threads(others: set[Thread]) -> None:
    """Wait for the readers that a case has told to stop: a connection must not be closed under them."""
    for thread in set(threading.enumerate()) - others:
        thread.join(30)


class TestTheRecorderInMemory(cases.ApplicationRecorderTestCase[MemoryRecorder]):
    """The recorder cases that `eventsourcing` ships pass in memory."""

    def create_recorder(self) -> MemoryRecorder:
        """Give an empty recorder."""
        return MemoryRecorder()


class TestTheRecorderInAFile(cases.ApplicationRecorderTestCase[SQLiteRecorder]):
    """The recorder cases that `eventsourcing` ships pass on an SQLite file."""

    def create_recorder(self) -> SQLiteRecorder:
        """Give an empty recorder, in a folder that goes with the test."""
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        recorder = SQLiteRecorder(SQLiteDatastore((Path(folder.name) / "events.db").as_uri()))
        self.addCleanup(recorder.datastore.close)
        self.addCleanup(_wait_for_threads, set(threading.enumerate()))
        recorder.create_table()
        return recorder


class TestTheRecorderInPostgreSQL(cases.ApplicationRecorderTestCase[PostgresRecorder]):
    """The recorder cases that `eventsourcing` ships pass in PostgreSQL."""

    @pytest.fixture(autouse=True)
    def _in(self, database: str) -> None:
        self.address = database

    def new_originator_id(self) -> str:
        """Give an id as ours are, a text."""
        return str(super().new_originator_id())

    def create_recorder(self) -> PostgresRecorder:
        """Give an empty recorder."""
        recorder = open_database(self.address, create=True)
        self.addCleanup(recorder.datastore.close)
        return recorder

    def test_insert_subscribe(self) -> None:
        """Who subscribes is given what is appended."""
        self.optional_test_insert_subscribe()


def test_a_store_that_is_locked_or_gone_is_told_apart(tmp_path: Path) -> None:
    """Locked for longer than one waits, or a table that is gone: an error with advice, on reading and on writing."""
    recorder = open_recorder(tmp_path / "trusts.db", create=True)
    assert isinstance(recorder, SQLiteRecorder)
    holder = sqlite3.connect(tmp_path / "trusts.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = SQLiteRecorder(SQLiteDatastore((tmp_path / "trusts.db").as_uri(), lock_timeout=1, originator_id_type="text"))
    with pytest.raises(StoreError, match=r"database is locked; nothing was recorded. Another program has been writing"):
        Store(impatient, "here").append([row("RHA", 1)], after=0)
    holder.execute("DROP TABLE stored_events")
    holder.execute("COMMIT")
    store = Store(recorder, "here")
    with pytest.raises(StoreError, match=r"can't read here: no such table: stored_events. Check that the file"):
        list(store.after(0))
    with pytest.raises(StoreError, match=r"can't write to here: no such table.*; nothing was recorded. Check that the file"):
        store.append([row("RHA", 1)], after=0)
    holder.close()
    store.close()


def test_an_append_is_on_the_disk_whatever_sqlite_was_built_with(tmp_path: Path) -> None:
    """A connection that would not wait for the disk is told to, before it appends."""
    recorder = open_recorder(tmp_path / "trusts.db", create=True)
    assert isinstance(recorder, SQLiteRecorder)

    def asked(pragma: str) -> int:
        with recorder.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA {pragma}")
            return int(cursor.fetchone()[0]) if "=" not in pragma else 0

    for pragma in ("synchronous=OFF", "fullfsync=OFF"):
        asked(pragma)
    Store(recorder, "here").append([row("RHA", 1)], after=0)
    assert (asked("synchronous"), asked("fullfsync")) == (2, 1)
    recorder.datastore.close()


def test_rows_that_come_round_again_are_refused() -> None:
    """A damaged database may give the rows of before for ever: the second time is an error."""

    class Damaged(MemoryRecorder):
        """Gives the same rows whatever it is asked for."""

        def select_notifications(self, *args: Any, **kwargs: Any) -> Any:
            """Give the first page."""
            del args, kwargs
            return super().select_notifications(1, 1000)

    store = Store(Damaged(), "here")
    store.append([row("RHA", version) for version in range(1, 1002)], after=0)
    with pytest.raises(StoreError, match=r"can't read here: number 1 comes after 1000. The file is damaged"):
        list(store.after(0))


def test_closing_a_ledger_in_memory_is_no_matter() -> None:
    """There is nothing to let go of."""
    with Ledger(MemoryRecorder(), by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025", rating="Good"))
    assert len(ledger.entries) == 1


# Files


def test_a_ledger_in_a_file_is_there_when_opened_again(tmp_path: Path) -> None:
    """What was recorded and closed is read back."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    with Ledger.open(tmp_path / "trusts.db", create=False) as ledger:
        assert [e.event.trust for e in ledger.entries] == ["RVN"]


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE patients (name TEXT)")
    connection.commit()
    connection.close()


def _newer(path: Path) -> None:
    Ledger.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()


def _damaged(path: Path) -> None:
    Ledger.open(path).close()
    stored = bytearray(path.read_bytes())
    stored[100:3000] = b"\xff" * 2900
    path.write_bytes(stored)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda path: path.write_text("trust: RHA"), StoreError, "is not a ledger"),
        (lambda path: path.mkdir(), StoreError, "is a folder"),
        (_other_database, StoreError, "is a database, but not a ledger"),
        (_newer, NewerLedgerError, "newer version of trust-ledger (file format 99"),
        (_damaged, StoreError, "damaged or not a ledger"),
    ],
)
def test_what_is_not_a_ledger_of_ours_is_refused_and_left_alone(
    make: Callable[[Path], object], error: type[StoreError], message: str, tmp_path: Path
) -> None:
    """A file that is something else gets a clear error, and is not written into."""
    path = tmp_path / "trusts.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(error) as refused:
        Ledger.open(path).at("2025-01-01")
    assert message in str(refused.value)
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_a_missing_ledger_is_only_made_where_that_was_asked_for(tmp_path: Path) -> None:
    """Without leave to create, a missing file is an error, and none is left behind."""
    with pytest.raises(StoreError, match="there is no ledger at"):
        Ledger.open(tmp_path / "trusts.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger_where_that_was_asked_for(tmp_path: Path) -> None:
    """A file of no bytes, or a database with nothing in it, is no ledger yet."""
    for name in ("none.db", "empty.db"):
        path = tmp_path / name
        path.touch()
        if name == "empty.db":
            connection = sqlite3.connect(path)
            connection.execute("VACUUM")
            connection.close()
            assert path.stat().st_size > 0
        with pytest.raises(StoreError, match="there is no ledger at"):
            Ledger.open(path, create=False)
        Ledger.open(path).close()
        assert Ledger.open(path, create=False).entries == ()


def test_a_ledger_whose_making_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    """What was half made when its maker was killed is taken back, with no repair by hand."""
    half = sqlite3.connect(tmp_path / "half.db", isolation_level=None)
    for statement in ("PRAGMA cache_size=1", "BEGIN", "CREATE TABLE stored_events (state BLOB)"):
        half.execute(statement)
    half.executemany("INSERT INTO stored_events VALUES (zeroblob(4000))", [()] * 20)  # more than is kept in memory
    shutil.copy(tmp_path / "half.db-journal", tmp_path / "trusts.db-journal")
    half.execute("COMMIT")
    shutil.copy(tmp_path / "half.db", tmp_path / "trusts.db")  # as it was just before its maker would have deleted the journal
    half.close()
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    with Ledger.open(tmp_path / "trusts.db", create=False) as ledger:
        assert len(ledger.entries) == 1


def test_a_ledger_that_others_are_making_for_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes while another process makes the ledger waits for it, and gives up in the end."""
    monkeypatch.setattr("ledger._store._file.LOCK_SECONDS", 0.2)
    holder = sqlite3.connect(tmp_path / "trusts.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match=r"can't open the ledger .*locked. Another program has been writing to it"):
        Ledger.open(tmp_path / "trusts.db")
    holder.close()
    assert Ledger.open(tmp_path / "trusts.db").entries == ()


def test_reading_a_ledger_writes_nothing(tmp_path: Path) -> None:
    """Opening and asking leaves the file as it is."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    before = path.read_bytes()
    with Ledger.open(path, create=False) as ledger:
        assert ledger.at("2026-01-01").trusts() == ("RVN",)
    assert path.read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there is not made in passing."""
    with pytest.raises(StoreError, match=r"nowhere doesn't exist: make it first"):
        Ledger.open(tmp_path / "nowhere" / "trusts.db")


def test_an_address_this_version_can_not_open_is_named_without_its_password() -> None:
    """An address of another kind of database is refused, and its password is not repeated."""
    with pytest.raises(StoreError, match="can't open a ledger at a mysql address: give the path of an SQLite file") as refused:
        Ledger.open("mysql://user:secret@localhost/trusts")
    assert "secret" not in str(refused.value)


def test_an_entry_of_an_unknown_type_is_refused_and_named(tmp_path: Path) -> None:
    """A type this version doesn't know is not skipped: the reader is told to upgrade."""
    recorder = open_recorder(tmp_path / "trusts.db", create=True)
    stored = b'{"event":{"on":"2030","trust":"RHA"},"recorded_at":"2030-01-01T00:00:00Z","recorded_by":"x","type":"WardClosed","v":1}'
    Store(recorder, "here").append([Row("RHA", 1, "WardClosed", stored)], after=0)
    with pytest.raises(StoredEntryError, match=r"entry 1 can't be read .*no event type 'WardClosed'.*upgrade"):
        Ledger(recorder).at("2030-01-01").trust("RHA")


DAMAGED = r"can't read .*(is not an entry|stands where the code of a trust was put|Could not decode).*The file is damaged"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "NULL"),
        ("state", "5"),
        ("state", "CAST(state AS TEXT)"),
        ("topic", "NULL"),
        ("topic", "CAST(x'ff' AS TEXT)"),
        ("originator_id", "NULL"),
        ("originator_id", "CAST(originator_id AS BLOB)"),
        ("originator_version", "'one'"),
    ],
)
def test_a_value_of_another_kind_than_was_put_there_is_refused(column: str, value: str, tmp_path: Path) -> None:
    """A byte flipped in a database may make nothing, a number or another kind of text of a value, whichever way it is read."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(TrustSucceeded(trust="RVN", on="2025-05-30", by=["RHA"]))
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE stored_events SET {column} = {value}")  # noqa: S608  # our words
    connection.commit()
    connection.close()
    for keep in (0, 10):
        with Ledger.open(path, keep=keep) as ledger, pytest.raises(StoreError, match=DAMAGED):
            (ledger.at("2026-01-01").codes(), ledger.entries)
        with Ledger.open(path, keep=keep) as ledger, pytest.raises(StoreError, match=DAMAGED):
            (ledger.at("2026-01-01").trust("RHA"), ledger.at("2026-01-01").trust("RVN"), ledger.entries)


@pytest.mark.parametrize(
    "change", ["size = 'x'", "size = 1.5", "size = -1", "size = 3", "hashes = 'x'", "hashes = 5", "hashes = x'00'"]
)
def test_a_tree_that_is_none_is_told(change: str, tmp_path: Path) -> None:
    """Where the tree beside the entries is damaged, nothing is recorded, and whoever verifies or exports is told or unharmed."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(TrustSucceeded(trust="RVN", on="2025-05-30", by=["RHA"]))
    _changed(path, f"UPDATE frontier SET {change}")  # noqa: S608  # our words
    with Ledger.open(path, by="analyst") as ledger:
        (found,) = ledger.verify().findings
        assert "the tree that is kept beside the entries is damaged" in str(found)
        with pytest.raises(StoreError, match=r"the tree that is kept beside the entries is damaged: run"):
            ledger.root()
        with pytest.raises(StoreError, match=r"the tree that is kept beside the entries is damaged: run"):
            ledger.record(RatingChanged(trust="RHA", on="2025-05-30", rating="Good"))
        assert len(ledger.entries) == 1


def test_an_entry_that_is_none_is_not_taken_into_the_tree(tmp_path: Path) -> None:
    """Where the tree is to be grown over what stands there, as in a file of an earlier version, and it is no entry, that is told."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(*(RatingChanged(trust=code, on="2025-05-30", rating="Good") for code in ("RVN", "RHA")))
    _changed(path, "UPDATE stored_events SET state = 5 WHERE rowid = 1", "DELETE FROM frontier")
    with Ledger.open(path, by="analyst") as ledger, pytest.raises(StoreError, match=r"number 1 is not an entry: run"):
        ledger.record(RatingChanged(trust="RHA", on="2025-06-30", rating="Good"))


@pytest.mark.parametrize("number", [2**63 - 1, 10**9, -1])
def test_a_number_that_no_entry_has_is_told(number: int, tmp_path: Path) -> None:
    """Nothing is asked of as many entries as there would have to be."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    _changed(path, f"UPDATE stored_events SET rowid = {number}")  # noqa: S608  # our words
    with (
        Ledger.open(path) as ledger,
        pytest.raises(StoreError, match=rf"the last number is {number}, which no entry has. The file"),
    ):
        ledger.root()


def test_a_root_over_entries_that_are_missing_is_none(tmp_path: Path) -> None:
    """Where a number is too high, there is no root over as many, rather than one over fewer."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(*(RatingChanged(trust=code, on="2025-05-30", rating="Good") for code in ("RVN", "RHA")))
    _changed(path, "UPDATE stored_events SET rowid = 999999999 WHERE rowid = 2")
    with (
        Ledger.open(path) as ledger,
        pytest.raises(StoreError, match=r"between entry 1 and .* some are missing; run `trust-ledger v"),
    ):
        ledger.root()


def test_a_subtree_that_is_none_counts_as_not_kept(tmp_path: Path) -> None:
    """The root is then made of the entries, and is right; who verifies is told."""
    path = tmp_path / "trusts.db"
    with Ledger.open(path, by="analyst") as ledger:
        ledger.record(*(RatingChanged(trust="RHA", on="2025-05-30", rating="Good", service=f"Ward {n}") for n in range(258)))
        before = ledger.root(257)
    _changed(path, "UPDATE subtrees SET hash = 5")
    with Ledger.open(path) as ledger:
        assert ledger.root(257) == before
        assert [found.what for found in ledger.verify().findings] == ["tree"]


def _changed(path: Path, *statements: str) -> None:
    """Change a ledger behind its back."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_damaged_schema_that_python_can_not_even_quote_is_refused(tmp_path: Path) -> None:
    """Where SQLite quotes letters that are none, the error is ours all the same."""
    path = tmp_path / "trusts.db"
    Ledger.open(path).close()
    stored = path.read_bytes()
    path.write_bytes(stored.replace(b"PRIMARY KEY", b"PRIMARY \xeeEY", 1))
    with pytest.raises(StoreError, match=r"can't open the ledger .*can't decode.* The file is damaged"):
        Ledger.open(path)


def test_a_full_disk_is_told_and_nothing_is_half_recorded(tmp_path: Path) -> None:
    """Where the database can't grow, the error says so; the entries of before are there, of the new ones none."""
    recorder = open_recorder(tmp_path / "trusts.db", create=True)
    assert isinstance(recorder, SQLiteRecorder)
    ledger = Ledger(recorder, by="analyst")
    ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    with recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
    with recorder.datastore.get_connection(commit=True) as connection:
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")
    many = [RatingChanged(trust="RVN", on="2025-05-30", rating="Good", service=f"Service {n}") for n in range(500)]
    with pytest.raises(StoreError, match=r"full; nothing was recorded. Make room on the disk"):
        ledger.record(*many)
    assert len(ledger.entries) == 1


WITHOUT_PRIVILEGES = """
import os
from ledger import Ledger, LedgerError
from ledger.events import RatingChanged
rated = RatingChanged(trust="RVN", on="2025-06-30", rating="Good")
Ledger.open(":memory:", by="x").record(rated)  # everything is imported before the privileges go
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    {act}
except LedgerError as refused:
    print(refused)
"""


def _as_nobody(folder: Path, act: str) -> str:
    """Give what comes of a line of code in a folder, run by a user whom permissions hold for, also where the tests run as root."""
    command = [sys.executable, "-c", WITHOUT_PRIVILEGES.replace("{act}", act)]
    unmeasured = {
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")
    }  # nobody can't save figures
    done = subprocess.run(command, cwd=folder, env=unmeasured, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that may be read and not be written to, with a ledger of one entry in it."""
    folder = tmp_path_factory.mktemp("open") / "shared"
    folder.mkdir()
    with Ledger.open(folder / "trusts.db", by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    for one in (*folder.iterdir(), folder):
        one.chmod(0o555 if one.is_dir() else 0o444)
    for parent in list(folder.parents)[:-2]:
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    return folder


READ = 'print(Ledger.open("trusts.db", by="x", create=False).at("2025-06-01").trust("RVN").ratings)'
WRITE = 'print(Ledger.open("trusts.db", by="x").record(rated))'
MAKE = 'print(Ledger.open("new.db", by="x"))'


def test_a_ledger_in_a_read_only_folder_can_be_read(read_only: Path) -> None:
    """Who may only read, reads; nothing is written beside the ledger."""
    assert _as_nobody(read_only, READ) == "Whole trust, Overall: Good, since 30 May 2025"
    assert [one.name for one in read_only.iterdir()] == ["trusts.db"]


def test_a_ledger_that_was_not_closed_is_not_read_without_its_last_entries(read_only: Path) -> None:
    """In a read-only folder, entries that still stand beside the file would be missed: that is refused."""
    (read_only / "trusts.db-wal").write_bytes(b"something")
    told = _as_nobody(read_only, READ)
    assert told.startswith(
        "trusts.db is being written to, or was not closed, and this user may not write here: copy it with trusts.db-wal"
    )


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (
            WRITE,
            "can't write to trusts.db: attempt to write a readonly database; nothing was recorded. Give this user leave to write",
        ),
        (MAKE, "can't make a ledger in .: this user may not write there; choose another place with --ledger"),
    ],
)
def test_recording_into_a_read_only_folder_is_refused(act: str, told: str, read_only: Path) -> None:
    """Who may only read is told so, and what to do."""
    assert _as_nobody(read_only, act).startswith(told)
    assert [one.name for one in read_only.iterdir()] == ["trusts.db"]


def test_a_ledger_that_was_closed_says_so(tmp_path: Path) -> None:
    """Asking, recording and following."""
    ledger = Ledger.open(tmp_path / "trusts.db", by="analyst")
    ledger.close()
    acts: list[Callable[[], object]] = [
        lambda: ledger.last,
        lambda: ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good")),
        lambda: next(ledger.follow()),
    ]
    for act in acts:
        with pytest.raises(StoreError, match=r"trusts\.db\. It was closed: open it again\."):
            act()
