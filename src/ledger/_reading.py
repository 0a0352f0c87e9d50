"""Rows looked at one after the other, each against those before it: whether a log is such as the ledger writes."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from ._codec import decode
from ._entry import Entry
from ._rows import Row
from ._stub import digest, is_stub, leaf_of
from .errors import LedgerError
from .events import Corroborated, Erased, Event, Redacted, Retracted
from .proofs import leaf_hash

__all__ = ["Finding", "Reading"]


@attrs.frozen
class Finding:
    """Something wrong.

    Attributes:
        what: the kind of it, a word.
        message: what is wrong, and where.
        first: the number of the first entry that it is about; 0 where it is about the whole.
        last: the number of the last.

    """

    what: str
    message: str
    first: int = 0
    last: int = 0

    def __str__(self) -> str:
        """Give what is wrong."""
        return self.message


@attrs.frozen
class _Seen:
    """What is remembered of an entry for those that refer to it."""

    trust: str
    place: int
    is_fact: bool


@attrs.define
class Reading:
    """What was found in the rows that were read so far, and what is remembered of them."""

    findings: list[Finding] = attrs.field(factory=list)
    _seen: dict[int, _Seen | None] = attrs.field(factory=dict)
    _versions: dict[str, int] = attrs.field(factory=dict)
    _replaced: set[int] = attrs.field(factory=set)
    _stubs: dict[int, str] = attrs.field(factory=dict)
    _redactions: dict[int, tuple[int, str | None]] = attrs.field(factory=dict)
    _number: int = 0
    _last: datetime | None = None

    def read(self, row: Row) -> bytes:
        """Look at a row, and give its leaf hash."""
        number = row.number
        if number != self._number + 1:
            told = f"entry {number}: it comes after entry {self._number}: entries are missing, or were moved"
            self.findings.append(Finding("number", told, min(self._number + 1, number), number))
        version = self._versions.get(row.trust, 0) + 1
        if row.version != version:
            self._wrong(
                "version", number, f"it is kept as number {row.version} about {row.trust}, and follows number {version - 1}"
            )
        self._number, self._versions[row.trust] = number, row.version
        try:
            entry, leaf = decode(number, row.stored), leaf_of(row.stored)
        except LedgerError as wrong:
            self.findings.append(Finding("bytes", str(wrong), number, number))
            self._seen[number] = None
            return leaf_hash(row.stored)
        self._compare_columns(number, row, entry)
        self._compare_instants(number, entry)
        for other in {entry.replaces, getattr(entry.event, "entry", None)}:
            if other is not None:
                self._look_up(number, entry, other)
        self._replace(number, entry)
        self._remember(number, row, entry)
        return leaf

    def _wrong(self, what: str, number: int, message: str) -> None:
        self.findings.append(Finding(what, f"entry {number}: {message}", number, number))

    def _compare_columns(self, number: int, row: Row, entry: Entry) -> None:
        kind = entry.event.kind if isinstance(entry.event, Erased) else type(entry.event).__name__
        if row.trust != entry.event.trust:
            self._wrong("trust", number, f"it is kept under {row.trust}, and is about {entry.event.trust}")
        if row.kind != kind:
            self._wrong("type", number, f"it is kept as {row.kind}, and is a {kind}")

    def _compare_instants(self, number: int, entry: Entry) -> None:
        if self._last is not None and entry.recorded_at < self._last:
            self._wrong("instant", number, f"it says it was recorded at {entry.recorded_at}, before the one before it")
        self._last = max(entry.recorded_at, self._last or entry.recorded_at)

    def _look_up(self, number: int, entry: Entry, other: int) -> None:
        """Look at another entry that an entry refers to: it must be there before it, and about the same trust."""
        seen = self._seen.get(other)
        if other not in self._seen:
            self._wrong("reference", number, f"it is about entry {other}, which is not before it")
        elif seen is not None and seen.trust != entry.event.trust:
            self._wrong("reference", number, f"it is about {entry.event.trust}, and entry {other} about {seen.trust}")
        elif seen is not None and isinstance(entry.event, Corroborated) and not seen.is_fact:
            self._wrong("reference", number, f"it confirms entry {other}, which is no fact")

    def _replace(self, number: int, entry: Entry) -> None:
        if isinstance(entry.event, Retracted) and entry.event.entry != entry.replaces:
            self._wrong("reference", number, f"it takes back entry {entry.event.entry}, and replaces {entry.replaces}")
        if entry.replaces is None:
            return
        if entry.replaces in self._replaced:
            self._wrong("reference", number, f"it replaces entry {entry.replaces}, which was replaced before")
        self._replaced.add(entry.replaces)
        seen = self._seen.get(entry.replaces)
        if seen is not None and seen.place != entry.place:
            self._wrong("reference", number, f"it has the place {entry.place}, and what it replaces has {seen.place}")

    def _remember(self, number: int, row: Row, entry: Entry) -> None:
        event = entry.event
        if is_stub(row.stored):
            self._stubs[number] = digest(row.stored)
        if isinstance(event, Erased) and event.kind == Redacted.__name__:
            self._wrong("redaction", number, "it told of a redaction, and what does is never erased")
        if isinstance(event, Redacted):
            by, _ = self._redactions.setdefault(event.entry, (number, event.kept))
            if by != number:
                self._wrong(
                    "redaction", number, f"it says that entry {event.entry} was redacted, and entry {by} says so already"
                )
        is_fact = isinstance(event, Event) or (isinstance(event, Erased) and event.on is not None)
        self._seen[number] = _Seen(event.trust, entry.place, is_fact)

    def redactions(self, later: Iterable[Row] = ()) -> Iterator[Finding]:
        """Yield what is wrong with redactions, once all rows were read.

        Arguments:
            later: rows recorded while the others were read, which may tell of what was found erased already.

        """
        if not self._stubs.keys() <= self._redactions.keys():
            for entry in (decode(row.number, row.stored) for row in later if row.kind == Redacted.__name__):
                if isinstance(entry.event, Redacted) and entry.event.entry in self._stubs:
                    self._redactions.setdefault(entry.event.entry, (entry.number, entry.event.kept))
        for number, left in self._stubs.items():
            by, told = self._redactions.get(number, (0, None))
            if not by:
                yield Finding(
                    "redaction", f"entry {number}: its text is gone, and no entry says who redacted it", number, number
                )
            elif told != left:
                yield Finding("redaction", f"entry {number}: what is left of it is not what entry {by} says", number, number)
        for number, (by, _) in self._redactions.items():
            if number not in self._stubs:
                yield Finding(
                    "redaction", f"entry {by}: it says that entry {number} was redacted, whose text is there", number, by
                )
