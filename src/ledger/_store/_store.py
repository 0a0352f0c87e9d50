"""Rows in order of number, on whatever recorder."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import attrs
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, StoredEvent

from .._rows import Index, Row, Rows
from .._stub import leaf_of
from ..errors import StoreError
from ..proofs import Frontier
from ._file import copy_of
from ._memory import MemoryRecorder
from ._refusals import REFUSALS, advice, as_row, out_of_order, unreadable
from ._searchable import Searchable, Stored, nap
from ._sqlite import SQLiteRecorder

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
    _stored: Stored | None = attrs.field(init=False, repr=False)
    rows: Rows = attrs.field(init=False)

    @_stored.default
    def _ask(self) -> Stored | None:
        """Ask the recorder for what it keeps and looks up, if it is one that can be asked."""
        return self.recorder.rows(self.place) if isinstance(self.recorder, Searchable) else None

    @rows.default
    def _look_up(self) -> Rows:
        """Look rows up where they are kept, if that can be; else read everything and keep it."""
        return self._stored or Index(self.after)

    def append(self, rows: Sequence[Row], *, after: int, erased: Mapping[int, bytes] | None = None) -> list[int]:
        """Append rows in one transaction, all or nothing, and give their numbers.

        Arguments:
            rows: what to append.
            after: the last number that there is.
            erased: by number, what is left of each entry that is erased; nothing else ever changes a row that is stored.

        Raises:
            ConflictingAppendError: somebody appended since *after* was the last number.
            StoreError: the store can't be written to, or is of a kind that nothing can be erased from.

        """
        try:
            numbers = self._insert(rows, after, erased or {})
        except IntegrityError as conflict:
            raise ConflictingAppendError(str(conflict)) from conflict
        except REFUSALS as wrong:
            raise StoreError(
                f"can't write to {self.place}: {wrong}; nothing was recorded. {self._advice(wrong)}", self.place
            ) from wrong
        return list(numbers or ())

    def _insert(self, rows: Sequence[Row], after: int, erased: Mapping[int, bytes]) -> Sequence[int] | None:
        if self._stored is not None:
            return self._stored.insert(rows, after, erased)
        if erased and not isinstance(self.recorder, MemoryRecorder):
            raise StoreError(
                f"nothing can be erased from {self.place}, a {type(self.recorder).__name__}: move the ledger to an SQLite file or to "
                "PostgreSQL with `trust-ledger export` and `restore`, and redact it there",
                self.place,
            )
        return self.recorder.insert_events([StoredEvent(*row[:4]) for row in rows], expected_last=after, erased=erased)

    def after(self, number: int, *, page: int | None = None) -> Iterator[Row]:
        """Give the rows after *number*, in order; read so many at a time.

        Raises:
            StoreError: the store can't be read.

        """
        page = page or PAGE
        while True:
            try:
                found = self.recorder.select_notifications(number, page, inclusive_of_start=False)
            except REFUSALS as wrong:
                raise unreadable(self.place, wrong, self._advice(wrong)) from wrong
            for row in found:
                if row.id <= number:  # in a damaged database one would come round to the same rows for ever
                    raise out_of_order(self.place, row.id, number)
                yield as_row(self.place, row.originator_id, row.originator_version, row.topic, row.state, row.id)
                number = row.id
            if len(found) < page:
                return

    def leaves(self, start: int, stop: int) -> Iterator[bytes]:
        """Give the leaf hashes of the entries after number *start* up to number *stop*, inclusive, in order.

        Raises:
            StoreError: the store can't be read.

        """
        rows = self.after(start, page=min(PAGE, stop - start))
        return (leaf_of(row.stored) for row in takewhile(lambda row: row.number <= stop, rows))

    def frontier(self) -> Frontier:
        """Give the frontier of the tree as it was last kept, where it is; it may end before the log does.

        Raises:
            StoreError: it can't be read.

        """
        return Frontier() if self._stored is None else self._stored.frontier()

    def subtrees(self, height: int, first: int, until: int) -> Sequence[bytes]:
        """Give the hashes that are kept of the subtrees of a height, of some positions; the last is exclusive."""
        return () if self._stored is None else self._stored.subtrees(height, first, until)

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Give what waits until something may have been appended, for so many seconds at most."""
        if isinstance(self.recorder, Searchable):
            with self.recorder.listening() as wait:
                yield wait
        else:
            yield nap

    def wipe(self) -> None:
        """Let nothing of what was erased stay in the files of a database, as far as that can be done from here.

        Raises:
            StoreError: it can't be done now.

        """
        if self._stored is not None:
            self._stored.wipe()

    @property
    def keeps_tree(self) -> bool:
        """Whether the frontier and the hashes of complete subtrees are kept with the entries."""
        return self._stored is not None

    def damage(self) -> Sequence[str]:
        """Have a database look at all that it keeps, and tell what it finds damaged."""
        return () if self._stored is None else self._stored.damage()

    @contextmanager
    def copied(self, target: Path) -> Iterator["Store"]:
        """Copy an SQLite file while others go on writing to it, and give the copy; it gets its name once it was found right.

        Arguments:
            target: the file to make; there must be none yet.

        Raises:
            StoreError: this is no SQLite file, there is a file of that name, or the copy can't be made.

        """
        source = self.recorder.opened if isinstance(self.recorder, SQLiteRecorder) else None
        if source is None:
            raise StoreError(
                f"{self.place} is not an SQLite file: use `trust-ledger export`, or what its database has for backups",
                self.place,
            )
        with copy_of(source.path, target) as copy:
            store = Store(copy, str(target))
            try:
                yield store
            finally:
                store.close()

    def close(self) -> None:
        """Let go of files and connections."""
        datastore = getattr(self.recorder, "datastore", None)
        if datastore is not None:  # of those that are kept in a database, ours or of `eventsourcing`
            datastore.close()

    def _advice(self, wrong: Exception) -> str:
        return self.recorder.advice(wrong) if isinstance(self.recorder, Searchable) else advice(wrong)
