"""A ledger in a PostgreSQL database: its table, appending to it, and what is refused of a database."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL

from .._stub import leaf_of
from ..errors import NewerLedgerError, StoreError
from ..proofs import Frontier
from ._postgres_address import Address
from ._postgres_advice import advice
from ._postgres_connections import Datastore
from ._postgres_listener import Listener
from ._postgres_rows import FRONTIER, NAMING, PostgresRows
from ._refusals import missing_entries, no_ledger
from ._searchable import Searchable
from ._tree import frontier_of, grown

__all__ = ["PostgresRecorder", "named", "open_database"]

FORMAT = 1
MARK = "trust-ledger, format {}"
"""What the comment on the table of every ledger says; whoever may connect may read it."""
MAKERS = 0x544C4447
"""The number of the advisory lock that makers of a ledger hold, so that one makes it and the others find it."""
DESCRIBED = """
SELECT coalesce(obj_description(c.oid, 'pg_class'), '') AS mark FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = 'stored_events'
"""
MAKE = (
    """
    CREATE TABLE public.stored_events (
      originator_id text COLLATE "C" NOT NULL, originator_version bigint NOT NULL, topic text COLLATE "C" NOT NULL,
      state bytea NOT NULL, notification_id bigint NOT NULL, PRIMARY KEY (originator_id, originator_version)
    )
    """,
    "CREATE UNIQUE INDEX stored_events_notification_id_idx ON public.stored_events (notification_id)",
    f"CREATE INDEX stored_events_successions_idx ON public.stored_events (notification_id) WHERE {NAMING}",
    "CREATE TABLE public.frontier (id int PRIMARY KEY CHECK (id = 1), size bigint NOT NULL, hashes bytea NOT NULL)",
    "CREATE TABLE public.subtrees (height int, position bigint, hash bytea NOT NULL, PRIMARY KEY (height, position))",
    f"COMMENT ON TABLE public.stored_events IS '{MARK.format(FORMAT)}'",
)
"""What makes a ledger of a database; codes sort as in Python, whatever the language of the database."""
COPY = "COPY public.stored_events (originator_id, originator_version, topic, state, notification_id) FROM STDIN (FORMAT BINARY)"
AFTER = "SELECT state FROM public.stored_events WHERE notification_id > %s ORDER BY notification_id"
KEEP_FRONTIER = """
INSERT INTO public.frontier (id, size, hashes) VALUES (1, %s, %s)
ON CONFLICT (id) DO UPDATE SET size = EXCLUDED.size, hashes = EXCLUDED.hashes
"""
KEEP_SUBTREE = """
INSERT INTO public.subtrees (height, position, hash) VALUES (%s, %s, %s)
ON CONFLICT (height, position) DO UPDATE SET hash = EXCLUDED.hash
"""
ERASE = "UPDATE public.stored_events SET state = %s WHERE notification_id = %s"
TYPES = ("text", "int8", "text", "bytea", "int8")


class PostgresRecorder(PostgresApplicationRecorder, Searchable):
    """Keeps entries in a table of a PostgreSQL database, whose comment says that it is a ledger.

    Entries are numbered by who appends them, under the table's lock, and not by a sequence: that would leave a gap where a
    transaction is rolled back.
    """

    datastore: Datastore

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore)
        self.sql_create_statements = [SQL(statement).format() for statement in MAKE]

    def rows(self, place: str) -> PostgresRows:
        """Give what looks rows up in the database."""
        return PostgresRows(self, place)

    def advice(self, wrong: Exception) -> str:
        """Tell what to do about what PostgreSQL says."""
        return advice(wrong)

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Give what waits until something was appended, for so many seconds at most; the server tells of it.

        Raises:
            StoreError: the server can't be reached, or doesn't tell; also of what was given.

        """
        with Listener(self.datastore, self.channel_name).listening() as wait:
            yield wait

    def mark(self) -> str | None:
        """Give what the table of entries is marked with; none where there is no such table."""
        with self.datastore.cursor() as cursor:
            return _mark(cursor)

    def _create_table(self, curs: Cursor[DictRow]) -> None:
        curs.execute("SELECT pg_advisory_xact_lock(%s)", (MAKERS,))
        if _mark(curs) is None:
            super()._create_table(curs)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        expected_last: int | None = None,
        erased: Mapping[int, bytes] | None = None,
        **_: Any,
    ) -> Sequence[int]:
        """Append events in one transaction and give their numbers; never tried again, as it may have been done.

        Arguments:
            stored_events: what to append.
            expected_last: the number that the log must end at; without it, wherever it ends.
            erased: what is to be overwritten: by number, what is left of it.

        Raises:
            IntegrityError: the log ends elsewhere, an event of that position is there, or others kept the table locked.
            DatabaseError: it can't be done.
            StoreError: the log has had more entries than there are.

        """
        if not stored_events:
            return []
        with self.datastore.transaction(commit=True) as cursor:
            with cursor.connection.pipeline():
                self._lock_table(cursor)
                cursor.execute(self.max_notification_id_statement)
            (found,) = cursor
            last = found["max"] or 0
            if expected_last is not None and last != expected_last:
                raise IntegrityError(f"the log ends at {last}, not at {expected_last}")
            numbers = range(last + 1, last + 1 + len(stored_events))
            _copy(cursor, stored_events, numbers)
            _grow(cursor, last, [event.state for event in stored_events])
            if erased:
                cursor.executemany(ERASE, [(left, number) for number, left in erased.items()])
            self._notify_channel(cursor)
        return list(numbers)


def _copy(cursor: Cursor[DictRow], events: Sequence[StoredEvent], numbers: Sequence[int]) -> None:
    """Add rows, each with its number."""
    with cursor.copy(COPY) as copy:
        copy.set_types(TYPES)
        for event, number in zip(events, numbers, strict=True):
            copy.write_row((event.originator_id, event.originator_version, event.topic, event.state, number))


def _grow(cursor: Cursor[DictRow], last: int, news: Sequence[bytes]) -> None:
    """Add to the tree what is new, and before it whatever was put into the table past the ledger."""
    found = cursor.execute(FRONTIER).fetchone()
    frontier = frontier_of(found["size"], found["hashes"]) if found else Frontier()
    if frontier.size > last:
        raise missing_entries("the database", last)
    missing = cursor.execute(AFTER, (frontier.size,)).fetchmany(last - frontier.size) if frontier.size < last else ()
    frontier, completed = grown(frontier, map(leaf_of, [*(row["state"] for row in missing), *news]))
    cursor.execute(KEEP_FRONTIER, (frontier.size, b"".join(frontier.subtrees)))
    cursor.executemany(KEEP_SUBTREE, completed)


def _mark(cursor: Cursor[DictRow]) -> str | None:
    found = cursor.execute(DESCRIBED).fetchone()
    return None if found is None else str(found["mark"])


def named(place: str) -> str:
    """Give what to call a database in messages: its address without a password.

    Raises:
        StoreError: the address can't be read.

    """
    return Address.read(place).shown


def open_database(place: str, *, create: bool) -> PostgresRecorder:
    """Give a recorder for the database at an address.

    Arguments:
        place: its URL.
        create: make a new ledger where there is none; else that is an error.

    Raises:
        StoreError: there is no ledger, it can't be opened, or the database has a table of that name that is no ledger.
        NewerLedgerError: a newer version wrote it.

    """
    address = Address.read(place)
    recorder = PostgresRecorder(Datastore(address))
    try:
        _check(recorder, address.shown, create=create)
    except PersistenceError as wrong:
        recorder.datastore.close()
        raise StoreError(f"can't open the ledger {address.shown}: {wrong}. {advice(wrong)}", address.shown) from wrong
    except StoreError:
        recorder.datastore.close()
        raise
    return recorder


def _check(recorder: PostgresRecorder, place: str, *, create: bool) -> None:
    """Refuse what is no ledger; make one, where there is nothing and that was asked for."""
    mark = recorder.mark()
    if mark is None and not create:
        raise no_ledger(place)
    if mark is None:
        recorder.create_table()
        mark = recorder.mark() or ""
    known = re.fullmatch(MARK.format(r"(\d+)"), mark)
    if known is None:
        raise StoreError(f"{place} has a table public.stored_events that is not a ledger's: choose another database", place)
    if int(known[1]) > FORMAT:
        raise NewerLedgerError(
            f"{place} was written by a newer version of trust-ledger (format {known[1]}, this one reads {FORMAT}): upgrade",
            place,
        )
