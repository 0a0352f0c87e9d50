"""A ledger in PostgreSQL: its address, what is refused, and what becomes of it when the server goes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import DatabaseError, IntegrityError, OperationalError, StoredEvent
from psycopg.sql import Composed

from ledger import Ledger
from ledger._rows import Row
from ledger._store import ConflictingAppendError, SQLiteRecorder, Store, named, open_recorder
from ledger._store import _postgres_connections as connections
from ledger._store._postgres import PostgresRecorder, open_database
from ledger._store._postgres_address import Address
from ledger.errors import MissingExtraError, NewerLedgerError, StoreError
from ledger.events import RatingChanged
from tests.conftest import Done
from tests.postgres import Server, running
from tests.tls import certificate, encrypted

GOOD = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
POOR = RatingChanged(trust="RVN", on="2025-06-30", rating="Inadequate")
SECRET = "s3cret"  # noqa: S105  # of nothing


# The address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ana:s3cret@db.example:5433/trusts?sslmode=require", "postgresql://ana@db.example:5433/trusts"),
        ("postgres://ana:s%33cret@db.example/trusts", "postgresql://ana@db.example/trusts"),
        ("postgresql://db.example/trusts?user=ana&password=s3cret", "postgresql://ana@db.example/trusts"),
        ("postgresql://ana:%40%3As3cret@db.example/trusts", "postgresql://ana@db.example/trusts"),
        ("postgresql://ana:x?s3cret@db.example/trusts", "postgresql://ana@db.example/trusts"),
        ("postgresql://a,b:2/trusts", "postgresql://a,b:2/trusts"),
        ("postgresql://a:1,b:2/trusts", "postgresql://a:1,b:2/trusts"),
        ("postgresql://[::1]:5432/trusts", "postgresql://[::1]:5432/trusts"),
        ("postgresql:///trusts?host=/run/postgresql", "postgresql://%2Frun%2Fpostgresql/trusts"),
        ("postgresql://", "postgresql:///"),
        ("trusts.db", "trusts.db"),
    ],
)
def test_an_address_is_shown_without_password_or_options(address: str, shown: str) -> None:
    """Whoever, where and which database; of nothing else is there a trace."""
    assert named(address) == shown
    if "://" in address:
        assert SECRET not in repr(Address.read(address))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:s3cret/x@db.example/trusts",
        "postgresql://ana:x/s3cret@db.example/trusts",
        "postgresql://ana:1/s3cret@db.example/trusts",
        "postgresql://ana:x@s3cret@db.example/trusts",
        "postgresql://ana:s3cret%zz@db.example/trusts",
        "postgresql://ana:s3cret",
        "postgresql://db.example/trusts?pass=s3cret",
        "postgresql:/ana:s3cret@db.example/trusts",
        "postgres:ana:s3cret@db.example/trusts",
    ],
)
def test_an_address_whose_password_can_not_be_told_apart_is_not_repeated(address: str) -> None:
    """A sign that should have been encoded makes a host or a database of a password: neither is shown."""
    with pytest.raises(StoreError, match=r"the address of (a|the) database") as refused:
        Ledger.open(address)
    assert SECRET not in "".join(traceback.format_exception(refused.value)) + repr(vars(refused.value))


def test_what_the_environment_says_is_not_overruled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time to wait for a server is ours only where neither the address nor the environment gives one."""
    assert Address.read("postgresql://h/d").defaults["connect_timeout"] == 10
    assert "connect_timeout" not in Address.read("postgresql://h/d?connect_timeout=3").defaults
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "3")
    assert "connect_timeout" not in Address.read("postgresql://h/d").defaults


def test_a_password_comes_from_the_environment_too(server: Server, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for every program that goes by libpq."""
    monkeypatch.setenv("PGPASSWORD", server.password)
    with Ledger.open(database.replace(f":{server.password}@", "@"), by="analyst") as ledger:
        assert ledger.record(GOOD)[0].number == 1


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the extra is told its name; nothing else of the library needs it."""
    for name in [name for name in sys.modules if name.startswith("ledger._store._postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("ledger._store._postgres")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'trust-ledger\[postgres\]'") as raised:
        Ledger.open(f"postgresql://ana:{SECRET}@db.example/trusts")
    assert raised.value.extra == "postgres"
    assert Ledger.open(":memory:").entries == ()


# What is refused


@pytest.fixture
def reader(server: Server) -> Iterator[str]:
    """Give the address of an empty database for a user who may connect, and nothing else."""
    server.clear()
    server.run("CREATE ROLE reader LOGIN PASSWORD 's3cret'")
    yield server.url(user="reader", password=SECRET)
    server.run("DROP OWNED BY reader", "DROP ROLE reader")


def _told(place: str, **options: Any) -> str:
    """Give what is told of a ledger that can't be opened, quickly, and without the password in any form."""
    start = time.monotonic()
    with pytest.raises(StoreError) as refused:
        Ledger.open(place, **options)
    assert time.monotonic() - start < 20
    everything = "".join(traceback.format_exception(refused.value)) + repr(vars(refused.value))
    assert "s3cret" not in everything
    assert "wr0ng" not in everything
    return str(refused.value)


def test_a_server_that_can_not_be_reached_is_told() -> None:
    """Nobody listens there, there is no such host, or it says nothing."""
    assert _told(f"postgresql://ana:{SECRET}@127.0.0.1:1/trusts") == (
        'can\'t open the ledger postgresql://ana@127.0.0.1:1/trusts: connection to server at "127.0.0.1", port 1 failed: Connection '
        "refused. Check that the server is running and can be reached, and that its address is right."
    )
    assert "failed to resolve host 'nowhere.invalid'" in _told(f"postgresql://ana:{SECRET}@nowhere.invalid/trusts")
    with _deaf() as port:
        assert "timeout" in _told(f"postgresql://ana:{SECRET}@127.0.0.1:{port}/trusts?connect_timeout=2")


@contextmanager
def _deaf() -> Iterator[int]:
    """Let connections come in, and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        yield deaf.getsockname()[1]


def test_a_wrong_password_is_told_and_not_repeated(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the address, as an option, encoded, or in the environment."""
    bare = reader.replace(f":{SECRET}@", "@")
    for address in (reader.replace(SECRET, "wr0ng"), reader.replace(SECRET, "wr%30ng"), f"{bare}?password=wr0ng"):
        assert 'password authentication failed for user "reader". Check the user and the password' in _told(address)
    assert "no password supplied. Check the user and the password" in _told(bare)
    monkeypatch.setenv("PGPASSWORD", "wr0ng")
    assert "password authentication failed" in _told(bare)


@pytest.mark.usefixtures("database")
def test_a_database_that_is_not_there_is_told(server: Server) -> None:
    """It is not made in passing."""
    assert 'database "nothing" does not exist. Check the name of the database, or make it first' in _told(
        server.url(database="nothing")
    )


def test_a_missing_ledger_is_only_made_where_that_was_asked_for(server: Server, database: str) -> None:
    """Without leave to create, nothing is made; other tables don't matter."""
    server.run("CREATE TABLE patients (name text)")
    told = _told(database, create=False)
    assert told == f"there is no ledger at {named(database)}: make one with `trust-ledger ingest` or `trust-ledger demo`"
    Ledger.open(database).close()
    with Ledger.open(database, create=False) as ledger:
        assert ledger.entries == ()


def test_who_may_make_no_table_is_told(reader: str) -> None:
    """It takes a right that not every user has."""
    assert "permission denied for schema public. Ask whoever runs the database for the right" in _told(reader)


def test_who_may_only_read_reads(server: Server, reader: str) -> None:
    """Asking works; recording is refused with what it takes, and who may not read either is told."""
    with Ledger.open(server.url(), by="analyst") as ledger:
        ledger.record(GOOD)
    with (
        Ledger.open(reader, create=False) as ledger,
        pytest.raises(StoreError, match=r"can't read .*reader@.*permission denied for table stored_events. Ask whoever runs"),
    ):
        _ = ledger.entries
    server.run("GRANT SELECT ON stored_events, frontier, subtrees TO reader")
    with Ledger.open(reader, by="x") as ledger:
        assert str(ledger.at("2025-06-01").trust("RVN").ratings) == "Whole trust, Overall: Good, since 30 May 2025"
        with pytest.raises(
            StoreError, match=r"can't write to .*permission denied.*; nothing was recorded. .*records INSERT and UPDATE"
        ):
            ledger.record(POOR)
    server.run("GRANT INSERT, UPDATE ON stored_events, frontier, subtrees TO reader")
    with Ledger.open(reader, by="x") as ledger:
        assert ledger.record(POOR)[0].number == 2


def test_a_server_that_only_answers_is_told(server: Server, database: str) -> None:
    """As a standby server does, and whatever was set to."""
    with Ledger.open(database) as ledger:
        ledger.record(GOOD)
    options = "?options=-cdefault_transaction_read_only%3Don"
    with Ledger.open(server.url(options), create=False) as ledger:
        assert ledger.last == 1
        with pytest.raises(
            StoreError, match=r"read-only transaction; nothing was recorded. This server, or this user, may only read"
        ):
            ledger.record(POOR)


def test_the_table_of_another_program_is_refused_and_left_alone(server: Server, database: str) -> None:
    """Also where it has a comment of its own; that of a newer version of this one asks to upgrade."""
    server.run("CREATE TABLE stored_events (id int)")
    assert "has a table public.stored_events that is not a ledger's: choose another database" in _told(database)
    server.run("COMMENT ON TABLE stored_events IS 'theirs'")
    assert "is not a ledger's" in _told(database)
    assert server.run("SELECT count(*) FROM information_schema.columns WHERE table_name = 'stored_events'") == [(1,)]
    server.run("COMMENT ON TABLE stored_events IS 'trust-ledger, format 2'")
    with pytest.raises(NewerLedgerError, match=r"newer version of trust-ledger \(format 2, this one reads 1\): upgrade"):
        Ledger.open(database)
    assert server.sessions == 0


def test_a_table_that_is_gone_is_told(server: Server, database: str) -> None:
    """On reading and on writing."""
    with Ledger.open(database, by="x") as ledger:
        server.run("DROP TABLE stored_events")
        for act in (
            lambda: ledger.entries,
            lambda: ledger.record(GOOD),
            lambda: list(Store(ledger._store.recorder, "here").after(0)),
        ):
            with pytest.raises(
                StoreError, match=r'relation "public.stored_events" does not exist.* The table of the ledger is gone'
            ):
                act()


# Appending


@pytest.fixture
def recorder(database: str) -> Iterator[PostgresRecorder]:
    """Give an empty recorder."""
    made = open_database(database, create=True)
    yield made
    made.datastore.close()


def row(trust: str, version: int) -> Row:
    """Give a row to append."""
    return Row(trust, version, "RatingChanged", b"x")


def test_an_append_that_is_rolled_back_leaves_no_gap(recorder: PostgresRecorder) -> None:
    """Numbers go on from the last that was recorded, as they would in a file."""
    store = Store(recorder, "here")
    store.append([row("RHA", 1)], after=0)
    with pytest.raises(ConflictingAppendError):
        store.append([row("RVN", 1), row("RVN", 2), row("RHA", 1)], after=1)
    assert store.append([row("RVN", 1)], after=1) == [2]
    assert recorder.insert_events([StoredEvent("RVN", 2, "T", b"x")]) == [3]
    assert recorder.insert_events([]) == []
    assert [one.number for one in store.after(0)] == [1, 2, 3]


def test_codes_are_in_the_order_that_python_has_them(server: Server, recorder: PostgresRecorder) -> None:
    """Whatever the language of the database."""
    codes = ["a", "B", "1-10", "110", "RHA", "rha", "R-A"]
    Store(recorder, "here").append([row(code, 1) for code in codes], after=0)
    assert list(recorder.rows("here").trusts()) == sorted(codes)
    assert server.run("SELECT DISTINCT pg_collation_for(originator_id), pg_collation_for(topic) FROM stored_events") == [
        ('"C"', '"C"')
    ]


def test_a_lock_that_others_hold_too_long_is_a_conflict(database: str, recorder: PostgresRecorder) -> None:
    """To be tried again, as where they were first; readers wait for nobody."""
    first, lock = recorder.lock_table_statements
    assert isinstance(first, Composed)
    assert first.as_string() == "SET LOCAL lock_timeout = '30s'"
    recorder.lock_table_statements = [b"SET LOCAL lock_timeout = '50ms'", lock]
    store = Store(recorder, "here")
    with psycopg.connect(database) as holder:
        holder.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
        with pytest.raises(ConflictingAppendError, match="lock timeout"):
            store.append([row("RHA", 1)], after=0)
        assert list(store.after(0)) == []
    assert store.append([row("RHA", 1)], after=0) == [1]


def test_makers_at_the_same_moment_make_one_ledger(database: str) -> None:
    """One makes it, the others find it."""
    with ThreadPoolExecutor(4) as threads:
        for made in threads.map(lambda _: open_recorder(database, create=True), range(4)):
            Store(made, "here").close()
    with Ledger.open(database, create=False) as ledger:
        assert ledger.entries == ()


WRITER = """
import os, sys
from ledger import Ledger
from ledger.events import RatingChanged
with Ledger.open(os.environ["PLACE"], by=sys.argv[1]) as ledger:
    for day in range(1, 6):
        ledger.record(RatingChanged(trust="RVN", on=f"2025-05-{day:02}", rating="Good", service=sys.argv[1]))
"""


def test_writers_in_several_processes_lose_nothing(database: str) -> None:
    """Every entry is there once, and numbers and instants run the same way."""
    environment = {**os.environ, "PLACE": database}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name], env=environment) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with Ledger.open(database, create=False) as ledger:
        entries = ledger.entries
    assert [e.number for e in entries] == list(range(1, 16))
    assert len({e.event for e in entries}) == 15
    assert sorted(e.recorded_at for e in entries) == [e.recorded_at for e in entries]


# Connections


def test_connections_are_few_and_go_with_the_ledger(server: Server, database: str) -> None:
    """One for a ledger that one thread asks; none once it is closed, and then it says so."""
    ledger = Ledger.open(database, by="x")
    ledger.record(GOOD)
    assert (server.sessions, ledger.last) == (1, 1)
    assert repr(ledger) == f"<Ledger '{named(database)}', last entry 1>"
    ledger.close()
    with pytest.raises(StoreError, match=r"it was closed. Open the ledger again"):
        ledger.at("2025-01-01")
    assert server.sessions == 0


def test_connections_beyond_those_to_keep_are_closed(server: Server, recorder: PostgresRecorder) -> None:
    """As many threads as ask at once have one each; what comes back after the recorder was closed is closed too."""
    together = threading.Barrier(4)

    def ask(_: int) -> None:
        with recorder.datastore.get_connection():
            together.wait(10)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, range(4)))
    assert server.sessions == connections.KEPT
    with recorder.datastore.get_connection():
        recorder.datastore.close()
    assert server.sessions == 0


FORGETFUL = """
import os
from ledger import Ledger
ledger = Ledger.open(os.environ["PLACE"], by="x")
print(ledger.last)
"""


def test_who_forgets_to_close_can_still_leave(database: str) -> None:
    """Nothing keeps the process, and nothing is said on standard error."""
    environment = {**os.environ, "PLACE": database}
    done = subprocess.run(
        [sys.executable, "-c", FORGETFUL], env=environment, capture_output=True, text=True, check=True, timeout=30
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_server_that_was_started_again_is_connected_to_again(server: Server, database: str) -> None:
    """For reading and for recording, without anybody noticing."""
    with Ledger.open(database, by="x") as ledger:
        ledger.record(GOOD)
        server.hang_up()
        assert ledger.record(POOR)[0].number == 2
        server.hang_up()
        assert [e.number for e in ledger.entries] == [1, 2]


def test_a_connection_that_is_lost_while_reading_is_made_anew(
    server: Server, recorder: PostgresRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, also where nothing told of it before; a server that hangs up again is told."""
    monkeypatch.setattr(connections, "_is_alive", lambda _: True)
    rows = recorder.rows("here")
    assert rows.last() == 0
    server.hang_up()
    assert rows.last() == 0

    @contextmanager
    def lost() -> Iterator[Any]:
        raise OperationalError("the connection was lost: why ever")
        yield

    monkeypatch.setattr(recorder.datastore, "get_connection", lost)
    with pytest.raises(StoreError, match=r"can't read here: the connection was lost: why ever. Check that the server"):
        rows.last()


def test_a_connection_that_is_lost_before_the_end_of_an_append_records_nothing(
    server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer can't know, and is told so; doing it again is right."""
    with Ledger.open(database, by="x") as ledger:
        recorder = ledger._store.recorder
        assert isinstance(recorder, PostgresRecorder)
        with monkeypatch.context() as patched:
            patched.setattr(recorder, "_notify_channel", lambda _: server.hang_up())
            with pytest.raises(
                StoreError, match=r"can't tell whether anything was recorded in .*the connection was lost.* Do it again"
            ):
                ledger.record(GOOD)
        assert ledger.last == 0
        assert [e.number for e in ledger.record(GOOD)] == [1]


def test_a_connection_that_is_lost_after_an_append_never_makes_it_twice(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was recorded, and only the answer got lost: doing it again adds nothing."""
    with Ledger.open(database, by="x") as ledger:
        datastore = ledger._store.recorder.datastore  # type: ignore[attr-defined]
        transaction = datastore.transaction

        @contextmanager
        def unheard(*, commit: bool) -> Iterator[Any]:
            with transaction(commit=commit) as cursor:
                yield cursor
            raise OperationalError("the connection was lost: why ever")

        with monkeypatch.context() as patched:
            patched.setattr(datastore, "transaction", unheard)
            with pytest.raises(StoreError, match="can't tell whether anything was recorded"):
                ledger.record(GOOD)
        assert [e.number for e in ledger.record(GOOD)] == [1]
        assert [e.event for e in ledger.entries] == [GOOD]


def test_a_server_that_is_killed_is_told_at_once(run: Callable[..., Done]) -> None:
    """Reading, recording, waiting and opening: each with a sentence, and nothing else is printed."""
    with running() as mortal, Ledger.open(mortal.url(), by="x") as ledger:
        ledger.record(GOOD)
        recorder = ledger._store.recorder
        assert isinstance(recorder, PostgresRecorder)
        with recorder.listening() as wait:
            os.kill(mortal.pid, signal.SIGQUIT)
            _wait_until_gone(mortal)
            with pytest.raises(StoreError, match=r"can't listen to .*refused. Check that the server is running"):
                wait(30)
        start = time.monotonic()
        with pytest.raises(StoreError, match=r"can't read .*Connection refused. Check that the server is running"):
            ledger.at("2025-01-01")
        with pytest.raises(
            StoreError, match=r"can't write to .*refused; nothing was recorded. Check that the server is running"
        ):
            ledger._store.append([row("RVN", 2)], after=1)
        with pytest.raises(StoreError, match="can't read"):
            list(ledger._store.after(0))
        done = run("at", "2025-01-01", "--ledger", mortal.url())
        assert time.monotonic() - start < 20  # a pool would go on trying for half a minute
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("trust-ledger: can't open the ledger postgresql://postgres@127.0.0.1:")
    assert len(done.err.splitlines()) == 1
    assert mortal.password not in done.err


def _wait_until_gone(server: Server) -> None:
    """Wait until nobody listens on its port: for a moment it still says that it is shutting down."""
    with suppress(ConnectionRefusedError):
        while True:
            with suppress(ConnectionResetError):  # it hung up before it was asked anything
                socket.create_connection(("127.0.0.1", server.port)).close()


# Waiting for what others append


def test_who_listens_is_told_of_an_append_at_once(recorder: PostgresRecorder, database: str) -> None:
    """Of one that came before the wait, and of one that comes during it; else the wait ends in time."""
    other = Store(open_recorder(database, create=False), "there")
    with recorder.listening() as wait:
        start = time.monotonic()
        for number in range(3):
            other.append([row("RHA", number)], after=number)
        wait(30)
        later = threading.Timer(0.2, lambda: other.append([row("RHA", 3)], after=3))
        later.start()
        wait(30)
        later.join()
        assert 0.2 <= time.monotonic() - start < 20
        wait(0)
        start = time.monotonic()
        wait(0.2)
        assert time.monotonic() - start >= 0.2
    other.close()


def test_who_listens_is_not_told_of_what_was_refused(recorder: PostgresRecorder) -> None:
    """An append that is rolled back wakes nobody."""
    with recorder.listening() as wait:
        with pytest.raises(IntegrityError):
            recorder.insert_events([StoredEvent("RHA", 1, "T", b""), StoredEvent("RHA", 1, "T", b"")])
        start = time.monotonic()
        wait(0.2)
        assert time.monotonic() - start >= 0.2


def test_who_listens_goes_on_after_the_connection_was_lost(server: Server, recorder: PostgresRecorder) -> None:
    """The wait ends, so that one looks for what was missed, and the next is told again."""
    with recorder.listening() as wait:
        server.hang_up()
        start = time.monotonic()
        wait(30)
        recorder.insert_events([StoredEvent("RHA", 1, "T", b"")])
        wait(30)
        assert time.monotonic() - start < 20


def test_a_file_tells_nothing_so_a_wait_is_short(tmp_path: Path) -> None:
    """Who waits for a file to grow looks again soon."""
    recorder = open_recorder(tmp_path / "trusts.db", create=True)
    assert isinstance(recorder, SQLiteRecorder)
    with recorder.listening() as wait:
        start = time.monotonic()
        wait(30)
        wait(0)
        assert time.monotonic() - start < 20
    recorder.datastore.close()


def test_a_server_that_does_not_let_one_listen_is_told(recorder: PostgresRecorder) -> None:
    """As a standby server, which can't."""
    recorder.channel_name = ""
    with (
        pytest.raises(StoreError, match=r"can't listen to postgresql://postgres@127\.0\.0\.1:\d+/ledgers: "),
        recorder.listening(),
    ):
        pass


# Encryption


@pytest.mark.usefixtures("database")
def test_a_server_is_trusted_by_its_certificate(server: Server, tmp_path: Path) -> None:
    """The root that signed for it must be given; another, or the right one for another host, is refused."""
    own, other = certificate(tmp_path / "own", "localhost"), certificate(tmp_path / "other", "localhost")
    with encrypted(own, server.port) as port:

        def address(root: Path, host: str = "localhost") -> str:
            inside = f"postgresql://postgres:{server.password}@{host}:{port}/ledgers"
            return f"{inside}?sslmode=verify-full&sslrootcert={root}&gssencmode=disable&hostaddr=127.0.0.1"

        with Ledger.open(address(own.certificate), by="x") as ledger:
            assert ledger.record(GOOD)[0].number == 1
        assert "certificate verify failed. Check sslmode and sslrootcert" in _told(address(other.certificate))
        assert 'does not match host name "elsewhere"' in _told(address(own.certificate, "elsewhere"))
    assert "server does not support SSL, but SSL was required. Check sslmode" in _told(server.url("?sslmode=require"))


# The command


RVN = """
trust: RVN
sources: {report: {title: Report, publisher: CQC, published: 2025-05-30, marking: public}}
events:
  - RatingChanged: {on: 2025-05-30, rating: Good}
    sources: [{ref: report}]
"""


def test_the_command_takes_an_address_and_repeats_no_password(
    run: Callable[..., Done], server: Server, database: str, tmp_path: Path
) -> None:
    """Recording, a dry run and a question; what is printed names the database."""
    (tmp_path / "RVN.yaml").write_text(RVN)
    done = run("ingest", "RVN.yaml", "--ledger", database)
    asked = run("at", "2025-06-01", "RVN", "--ledger", database)
    shown = run("demo", "--ledger", database)
    assert (done.err, asked.err, shown.err) == ("", "", "")
    assert f"added to {named(database)}" in done.out
    assert "Good" in asked.out
    assert server.password not in done.out + asked.out + shown.out


def test_an_error_that_is_none_of_postgresql_is_left_as_it_is(recorder: PostgresRecorder) -> None:
    """What is wrong with who asks is not told as a fault of the server, and the connection is used again."""
    with pytest.raises(ZeroDivisionError), recorder.datastore.get_connection():
        _ = 1 / 0
    with pytest.raises(DatabaseError, match="division by zero"), recorder.datastore.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert recorder.max_notification_id() is None
