"""Connections to a PostgreSQL server, few and used again, and what the server refuses."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from eventsourcing.persistence import DatabaseError, IntegrityError, OperationalError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection, IsolationLevel, errors
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row

from ._postgres_address import Address
from ._searchable import LOCK_SECONDS

__all__ = ["Datastore", "refused"]

KEPT = 2
"""The number of connections that are kept open while nothing is asked."""
CONFLICTS = (psycopg.IntegrityError, errors.LockNotAvailable, errors.SerializationFailure, errors.DeadlockDetected)


class Datastore(PostgresDatastore):
    """Connections that are opened when they are needed, by whoever needs them, and kept for the next.

    The pool of psycopg connects in threads of its own: what is wrong with an address would come as a timeout without a reason, and
    the threads would outlive who forgets to close the pool.

    Arguments:
        address: where to connect to.

    """

    def __init__(self, address: Address) -> None:
        super().__init__("", "", "", "", "", lock_timeout=LOCK_SECONDS, originator_id_type="text")
        self.address = address
        self._idle: list[Connection[DictRow]] = []
        self._is_closed = False

    @contextmanager
    def get_connection(self) -> Iterator[Connection[DictRow]]:
        """Give a connection that no other thread uses meanwhile.

        Raises:
            OperationalError: the connection was lost on the way.
            IntegrityError: somebody else was there first.
            DatabaseError: the server can't be reached, or refuses what it is asked.

        """
        connection = self._ready()
        try:
            yield connection
        except psycopg.Error as wrong:
            raise refused(wrong, is_lost=connection.closed) from wrong
        finally:
            self._put_back(connection)

    def connect(self) -> Connection[DictRow]:
        """Open a connection that is the caller's to close.

        Raises:
            DatabaseError: the server can't be reached, or refuses.

        """
        try:
            connection = Connection.connect(
                self.address.conninfo, autocommit=True, row_factory=dict_row, client_encoding="utf-8", **self.address.defaults
            )
        except psycopg.Error as wrong:
            raise refused(wrong) from wrong
        connection.isolation_level = IsolationLevel.READ_COMMITTED  # each statement sees what was there when the lock was got
        return connection

    def _ready(self) -> Connection[DictRow]:
        if self._is_closed:
            raise DatabaseError("it was closed")
        with suppress(IndexError):
            while True:
                connection = self._idle.pop()
                if _is_alive(connection):
                    return connection
                connection.close()
        return self.connect()

    def _put_back(self, connection: Connection[DictRow]) -> None:
        is_at_rest = connection.info.transaction_status is TransactionStatus.IDLE
        if self._is_closed or not is_at_rest or len(self._idle) >= KEPT:
            connection.close()
        else:
            self._idle.append(connection)

    def register_type_adapters(self) -> None:
        """Look nothing up: rows are of types that psycopg knows."""

    def close(self) -> None:
        """Close what is not in use; what is, when it comes back."""
        self._is_closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().close()


def _is_alive(connection: Connection[DictRow]) -> bool:
    """Whether the server has not hung up meanwhile, as far as can be told without asking it."""
    try:
        connection.pgconn.consume_input()  # reads why it hung up,
        connection.pgconn.consume_input()  # and that it did
    except psycopg.OperationalError:
        return False
    return not connection.closed


def refused(wrong: psycopg.Error, *, is_lost: bool = False) -> DatabaseError:
    """Give what the server refuses as an error of `eventsourcing`, which tries again only what failed by a lost connection."""
    said = wrong.diag.message_primary or next(iter(str(wrong).splitlines()), "no reason given")
    said = " ".join(said.removeprefix("connection failed: ").split()).rstrip(".")
    if is_lost:
        return OperationalError(f"the connection was lost: {said}")
    return IntegrityError(said) if isinstance(wrong, CONFLICTS) else DatabaseError(said)
