"""Stored entries as rows, and how they are looked up: by trust, by number, by kind; in memory, for stores that can't be asked."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol

import attrs

from ._succession import SUCCESSIONS
from .events import Redacted

__all__ = ["Index", "Row", "Rows"]


class Row(NamedTuple):
    """A stored entry: its trust, its position in the trust's stream, the name of its type, and its bytes; a number once stored."""

    trust: str
    version: int
    kind: str
    stored: bytes
    number: int = 0


class Rows(Protocol):
    """What a ledger asks of its store. A row's number is its place in the whole; *until* is the last number that counts."""

    def last(self) -> int:
        """Give the number of the last row; 0 where there is none."""
        ...

    def of_trust(self, trust: str, until: int) -> Sequence[Row]:
        """Give the rows of one trust, in order."""
        ...

    def numbered(self, number: int) -> Row | None:
        """Give one row."""
        ...

    def trusts(self) -> Iterable[str]:
        """Give every trust that has a row."""
        ...

    def naming(self, code: str, until: int) -> Iterable[str]:
        """Give the trusts with a succession on record that has a code in it."""
        ...

    def successions(self, until: int) -> Sequence[Row]:
        """Give every row that tells of a succession."""
        ...

    def last_but(self, kinds: Sequence[str], until: int) -> Row | None:
        """Give the last row that is of none of some kinds."""
        ...


@attrs.define
class Index:
    """Rows read once and kept, and looked up in memory; *after* gives the rows after a number."""

    after: Callable[[int], Iterator[Row]]
    _rows: list[Row] = attrs.field(factory=list)
    _by_trust: dict[str, list[Row]] = attrs.field(factory=dict)
    _successions: list[Row] = attrs.field(factory=list)

    def last(self) -> int:
        """Read on to the end; after a redaction from the beginning, as what was read has been erased."""
        news = list(self.after(self._rows[-1].number if self._rows else 0))
        if self._rows and any(row.kind == Redacted.__name__ for row in news):
            self._rows, self._by_trust, self._successions = [], {}, []
            news = list(self.after(0))
        for row in news:
            self._rows.append(row)
            self._by_trust.setdefault(row.trust, []).append(row)
            if row.kind in SUCCESSIONS:
                self._successions.append(row)
        return self._rows[-1].number if self._rows else 0

    def _reach(self, until: int) -> None:
        """Read on, where what was read ends before a number."""
        if not self._rows or self._rows[-1].number < until:
            self.last()

    def of_trust(self, trust: str, until: int) -> Sequence[Row]:
        """Give the rows of one trust, in order."""
        self._reach(until)
        rows = self._by_trust.get(trust, [])
        return rows[: _end(rows, until)]

    def numbered(self, number: int) -> Row | None:
        """Give one row."""
        self._reach(number)
        place = _end(self._rows, number)
        row = self._rows[place - 1] if place else None
        return row if row is not None and row.number == number else None

    def trusts(self) -> Iterable[str]:
        """Give every trust that has a row."""
        self.last()
        return list(self._by_trust)

    def naming(self, code: str, until: int) -> Iterable[str]:
        """Give the trusts with a succession on record that has a code in it."""
        quoted = f'"{code}"'.encode()
        return list(dict.fromkeys(row.trust for row in self.successions(until) if quoted in row.stored))

    def successions(self, until: int) -> Sequence[Row]:
        """Give every row that tells of a succession."""
        self._reach(until)
        return self._successions[: _end(self._successions, until)]

    def last_but(self, kinds: Sequence[str], until: int) -> Row | None:
        """Give the last row that is of none of some kinds."""
        self._reach(until)
        places = range(_end(self._rows, until) - 1, -1, -1)
        return next((row for row in map(self._rows.__getitem__, places) if row.kind not in kinds), None)


def _end(rows: list[Row], until: int) -> int:
    """Give the place after the last row that counts."""
    return bisect_right(rows, until, key=attrgetter("number"))
