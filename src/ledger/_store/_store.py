"""Rows in order of number, on whatever recorder."""

from collections.abc import Iterator, Sequence

import attrs
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

from .._rows import Index, Row, Rows
from ..errors import StoreError
from ._refusals import REFUSALS, advice, as_row, out_of_order, unreadable
from ._searchable import Searchable

__all__ = ["ConflictingAppendError", "Store"]

PAGE = 1000


class ConflictingAppendError(Exception):
    """The log no longer ends where the writer saw it end: read on and try again."""


@attrs.frozen
class Store:
    """Rows in order of number, on a recorder.

    Arguments:
        recorder: any `eventsourcing` application recorder with text ids.
        place: what to call it in messages.

    """

    recorder: ApplicationRecorder
    place: str
    rows: Rows = attrs.field(init=False)

    @rows.default
    def _(self) -> Rows:
        """Ask the recorder, if it can be asked; of any other, read everything and keep it."""
        return self.recorder.rows(self.place) if isinstance(self.recorder, Searchable) else Index(self.after)

    def append(self, rows: Sequence[Row], *, after: int) -> list[int]:
        """Append rows in one transaction, all or nothing, and give their numbers.

        Raises:
            ConflictingAppendError: somebody appended since *after* was the last number.
            StoreError: the store can't be written to.

        """
        try:
            numbers = self._insert(rows, after)
        except IntegrityError as conflict:
            raise ConflictingAppendError(str(conflict)) from conflict
        except REFUSALS as wrong:
            raise StoreError(
                f"can't write to {self.place}: {wrong}; nothing was recorded. {advice(wrong)}", self.place
            ) from wrong
        return list(numbers or ())

    def _insert(self, rows: Sequence[Row], after: int) -> Sequence[int] | None:
        if isinstance(self.recorder, Searchable):
            return self.recorder.rows(self.place).insert(rows, after)
        return self.recorder.insert_events([StoredEvent(*row[:4]) for row in rows], expected_last=after)

    def after(self, number: int) -> Iterator[Row]:
        """Give the rows after *number*, in order.

        Raises:
            StoreError: the store can't be read.

        """
        while True:
            try:
                page = self.recorder.select_notifications(number, PAGE, inclusive_of_start=False)
            except REFUSALS as wrong:
                raise unreadable(self.place, wrong) from wrong
            for row in page:
                if row.id <= number:  # in a damaged database one would come round to the same rows for ever
                    raise out_of_order(self.place, row.id, number)
                yield as_row(self.place, row.originator_id, row.originator_version, row.topic, row.state, row.id)
                number = row.id
            if len(page) < PAGE:
                return

    def close(self) -> None:
        """Let go of files and connections."""
        if isinstance(self.recorder, SQLiteApplicationRecorder):
            self.recorder.datastore.close()
