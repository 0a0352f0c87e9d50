"""Rows looked up in a PostgreSQL database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
from eventsourcing.persistence import OperationalError, PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from eventsourcing.utils import retry
from psycopg.rows import args_row, scalar_row, tuple_row

from .._rows import Row
from .._succession import SUCCESSIONS
from ..errors import StoreError
from ..proofs import Frontier
from ._postgres_advice import advice
from ._refusals import below_the_first, unreadable
from ._tree import frontier_of, hashes_of

__all__ = ["FRONTIER", "NAMING", "PostgresRows"]

NAMING = "topic IN ('{}')".format("', '".join(SUCCESSIONS))
"""The condition that few entries meet and every question about a trust asks for: an index of its own holds them."""
COLUMNS = "SELECT originator_id, originator_version, topic, state, notification_id FROM public.stored_events"
FRONTIER = "SELECT size, hashes FROM public.frontier"
SUBTREES = "SELECT hash FROM public.subtrees WHERE height = %s AND position >= %s AND position < %s ORDER BY position"
BELOW = "SELECT notification_id FROM public.stored_events WHERE notification_id < 1 ORDER BY notification_id LIMIT 20"
LAST = "SELECT max(notification_id) FROM public.stored_events"
TRUSTS = """
WITH RECURSIVE trust (code) AS (
  SELECT min(originator_id) FROM public.stored_events
  UNION ALL SELECT (SELECT min(originator_id) FROM public.stored_events WHERE originator_id > code) FROM trust WHERE code IS NOT NULL
) SELECT code FROM trust WHERE code IS NOT NULL
"""
"""Each code once, by steps along the primary key: a plain DISTINCT would go through every row."""
NAMED = f"""
SELECT DISTINCT originator_id FROM public.stored_events
WHERE {NAMING} AND notification_id <= %s AND position(%s::bytea IN state) > 0
"""  # noqa: S608  # our words


@attrs.frozen
class PostgresRows:
    """Rows looked up in a PostgreSQL database.

    Arguments:
        recorder: what keeps them.
        place: what to call it in messages.

    """

    recorder: PostgresApplicationRecorder
    place: str

    def last(self) -> int:
        """Give the number of the last row; 0 where there is none."""
        (number,) = self._select(scalar_row, LAST)
        return number or 0

    def of_trust(self, trust: str, until: int) -> Sequence[Row]:
        """Give the rows of one trust, in order."""
        # Of an expression there is no index: one by number would have the planner go through all numbers up to the last.
        return self._rows("WHERE originator_id = %s AND notification_id + 0 <= %s ORDER BY originator_version", trust, until)

    def numbered(self, number: int) -> Row | None:
        """Give one row."""
        return next(iter(self._rows("WHERE notification_id = %s", number)), None)

    def trusts(self) -> Iterable[str]:
        """Give every trust that has a row, in order of code as Python has it."""
        return self._select(scalar_row, TRUSTS)

    def naming(self, code: str, until: int) -> Iterable[str]:
        """Give the trusts with a succession on record that has a code in it."""
        return self._select(scalar_row, NAMED, until, f'"{code}"'.encode())

    def successions(self, until: int) -> Sequence[Row]:
        """Give every row that tells of a succession."""
        return self._rows(f"WHERE {NAMING} AND notification_id <= %s ORDER BY notification_id", until)

    def last_but(self, kinds: Sequence[str], until: int) -> Row | None:
        """Give the last row that is of none of some kinds."""
        others = "WHERE topic <> ALL(%s::text[]) AND notification_id <= %s ORDER BY notification_id DESC LIMIT 1"
        return next(iter(self._rows(others, list(kinds), until)), None)

    def insert(self, rows: Sequence[Row], after: int, erased: Mapping[int, bytes]) -> Sequence[int]:
        """Append rows in one transaction and give their numbers; refused unless *after* is still the last number.

        In the same transaction the tree grows, and what is to be erased is overwritten: by number, what is left of it.
        """
        try:
            events = [StoredEvent(*row[:4]) for row in rows]
            return self.recorder.insert_events(events, expected_last=after, erased=erased) or ()
        except OperationalError as lost:
            raise StoreError(
                f"can't tell whether anything was recorded in {self.place}: {lost}. Do it again: what is on record already adds nothing.",
                self.place,
            ) from lost

    def wipe(self) -> None:
        """Do nothing: rows that were overwritten are the server's to clear away (VACUUM), and its administrator's."""

    def frontier(self) -> Frontier:
        """Give the frontier of the tree as it was last kept."""
        found = self._select(tuple_row, FRONTIER)
        return frontier_of(*found[0]) if found else Frontier()

    def subtrees(self, height: int, first: int, until: int) -> Sequence[bytes]:
        """Give the hashes that are kept of the subtrees of a height, of some positions; the last is exclusive."""
        return hashes_of(self._select(scalar_row, SUBTREES, height, first, until))

    def damage(self) -> Sequence[str]:
        """Tell of rows that nobody reads: a server looks after its files (pg_amcheck and checksums are its administrator's)."""
        return below_the_first(self._select(scalar_row, BELOW))

    def _rows(self, condition: str, *values: object) -> list[Row]:
        return self._select(args_row(Row), f"{COLUMNS} {condition}", *values)

    def _select(self, made: Any, statement: str, *values: object) -> list[Any]:
        try:
            found: list[Any] = _selected(self.recorder, made, statement, values)
        except PersistenceError as wrong:
            raise unreadable(self.place, wrong, advice(wrong)) from wrong
        return found


@retry(OperationalError, max_attempts=2)  # a server that was started again since hears of us on a new connection
def _selected(recorder: PostgresApplicationRecorder, made: Any, statement: str, values: Sequence[object]) -> Any:
    with recorder.datastore.get_connection() as connection, connection.cursor(binary=True, row_factory=made) as cursor:
        return cursor.execute(statement.encode(), values).fetchall()
