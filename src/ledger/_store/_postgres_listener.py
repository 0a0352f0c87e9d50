"""Being told by a PostgreSQL server that something was appended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import psycopg
from eventsourcing.persistence import PersistenceError
from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from ..errors import StoreError
from ._postgres_advice import advice
from ._postgres_connections import Datastore, refused

__all__ = ["Listener"]


@attrs.define
class Listener:
    """Listens on a connection of its own, and on a new one where that was lost.

    Arguments:
        datastore: what connects.
        channel: what the server tells of appends on.

    """

    datastore: Datastore
    channel: str
    _connection: Connection[DictRow] = attrs.field(init=False)

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Listen, and give what waits.

        Raises:
            StoreError: the server can't be reached, or doesn't tell.

        """
        self._listen()
        try:
            yield self._wait
        finally:
            self._connection.close()

    def _listen(self) -> None:
        try:
            self._connection = self.datastore.connect()
            self._connection.execute(SQL("LISTEN {}").format(Identifier(self.channel)))
        except (PersistenceError, psycopg.Error) as wrong:
            said = refused(wrong) if isinstance(wrong, psycopg.Error) else wrong
            place = self.datastore.address.shown
            raise StoreError(f"can't listen to {place}: {said}. {advice(said)}", place) from wrong

    def _wait(self, seconds: float) -> None:
        try:
            for timeout in (seconds, 0):  # for the first that comes, then for all that came with it
                for _ in self._connection.notifies(timeout=timeout, stop_after=1):
                    pass
        except psycopg.OperationalError:
            self._connection.close()
            self._listen()  # what was appended meanwhile, the caller sees by looking
