"""The entries of a ledger, read trust by trust as they are asked for, and kept for as long as there is room."""

import gc
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from operator import attrgetter

import attrs
from immutables import Map

from ._answers import Grounds
from ._codec import decode
from ._entry import Entry, Markings, strictest
from ._rows import Row
from ._store import Store
from ._stream import Stream
from ._succession import SUCCESSIONS, NamedBy, named_by
from .errors import CorrectionError
from .events import Event, Redacted

__all__ = ["KEEP", "Log", "Snapshot"]

KEEP = 1_000_000
"""The number of entries that are kept decoded, about 1 kB each; the trusts asked for longest ago make room."""
ONE_BY_ONE = 20
"""The number of trusts that are looked up one by one in what names others; who asks for more is answered from all of it."""
NUMBER = attrgetter("number")
REDACTED = Redacted.__name__


class Log:
    """The entries up to `last`, which `refresh` moves on; what is below it never changes.

    Arguments:
        store: where the rows are.
        keep: the number of entries to keep decoded; a trust that is asked for is kept whole, however many it has.

    """

    def __init__(self, store: Store, keep: int = KEEP) -> None:
        self.last = 0
        self.redacted = 0
        """The number of the last redaction that was taken note of: what was read before it may since have been erased."""
        self._store = store
        self._keep = keep
        self._kept = 0
        self._streams: OrderedDict[str, Stream] = OrderedDict()
        self._newest: Entry | None = None
        self._named_by: NamedBy | None = None
        self._naming: dict[str, tuple[str, ...]] = {}
        self._markings: tuple[int, Markings] = (0, {})

    def copy(self, store: Store) -> "Log":
        """Give a log over a store with the same rows, that goes on from here on its own; the entries themselves are shared."""
        other = Log(store, self._keep)
        other.last, other._kept, other._named_by, other._markings = self.last, self._kept, self._named_by, self._markings
        other.redacted = self.redacted
        other._streams = OrderedDict((code, stream.copy()) for code, stream in self._streams.items())
        return other

    def refresh(self) -> None:
        """Take note of what was recorded since, by whoever."""
        last = self._store.rows.last()
        if last == self.last:
            return
        if last - self.last > self._keep or not self._streams:
            self._forget()
            self.redacted = self.last = last
            return
        for row in self._store.after(self.last):
            if row.kind == REDACTED:
                self._forget()
                self.redacted = row.number
            if row.kind in SUCCESSIONS:
                self._naming.clear()
            is_wanted = row.trust in self._streams or (self._named_by is not None and row.kind in SUCCESSIONS)
            self._note(row.number, decode(row.number, row.stored) if is_wanted else None)

    def absorb(self, news: Iterable[Entry]) -> None:
        """Take in the entries just recorded here: those after `last`, in order."""
        for entry in news:
            if isinstance(entry.event, Redacted):
                self._forget()
                self.redacted = entry.number
            if type(entry.event).__name__ in SUCCESSIONS:
                self._naming.clear()
            self._note(entry.number, entry)

    def _forget(self) -> None:
        """Let go of everything that was read."""
        self._streams.clear()
        self._kept = 0
        self._named_by = None
        self._naming.clear()
        self._markings = (0, {})

    def _note(self, number: int, entry: Entry | None) -> None:
        if entry is not None and entry.event.trust in self._streams:
            self._streams[entry.event.trust].absorb(entry)
            self._kept += 1
            self._make_room()
        if entry is not None and self._named_by is not None:
            self._named_by = named_by(self._named_by, [entry])
        self._newest = entry
        self.last = number

    def stream(self, code: str) -> Stream:
        """Give the entries about a trust."""
        stream = self._streams.get(code)
        if stream is None and self._is_whole:
            return Stream()
        if stream is None:
            rows = self._store.rows.of_trust(code, self.last)
            with uncollected():
                stream = self._keeping(code, Stream(map(_decoded, rows)))
        else:
            self._streams.move_to_end(code)
        return stream

    @property
    def _is_whole(self) -> bool:
        """Whether every entry is kept."""
        return self._kept == self.last

    def _keeping(self, code: str, stream: Stream) -> Stream:
        """Keep a stream that was read."""
        self._streams[code] = stream
        self._kept += len(stream)
        self._make_room()
        return stream

    def _make_room(self) -> None:
        """Let go of the streams asked for longest ago, as far as need be."""
        while self._kept > self._keep and len(self._streams) > 1:
            _, oldest = self._streams.popitem(last=False)
            self._kept -= len(oldest)

    def codes(self) -> tuple[str, ...]:
        """Give the code of every trust that has an entry, or that one names; all are read, if there is room for them."""
        if self.last <= self._keep and not self._is_whole:
            self._read_all()
        own = self._streams if self._is_whole else self._store.rows.trusts()
        return tuple(sorted({*own, *self._all_named()}))

    def _all_named(self) -> NamedBy:
        """Give every trust that others name."""
        if self._named_by is None:
            told = self.entries() if self._is_whole else map(_decoded, self._store.rows.successions(self.last))
            self._named_by = named_by(Map(), told)
        return self._named_by

    def _read_all(self) -> None:
        """Read what is not kept yet, in one go."""
        missing: dict[str, list[Entry]] = {}
        with uncollected():
            for row in takewhile(lambda row: row.number <= self.last, self._store.after(0)):
                if row.trust not in self._streams:
                    missing.setdefault(row.trust, []).append(_decoded(row))
            for code, entries in missing.items():
                self._keeping(code, Stream(entries))

    def naming(self, code: str) -> Iterable[str]:
        """Give the other trusts whose entries name one, or once did: where to look for what is told of it."""
        if self._named_by is not None or len(self._naming) >= ONE_BY_ONE:
            return sorted(self._all_named().get(code, ()))
        if code not in self._naming:
            self._naming[code] = tuple(sorted({*self._store.rows.naming(code, self.last)} - {code}))
        return self._naming[code]

    def entry(self, number: int) -> Entry:
        """Give an entry that has not been replaced.

        Raises:
            CorrectionError: there is none of that number, or it was replaced.

        """
        return self._of(number).entry(number)

    def stored(self, number: int) -> bytes:
        """Give the bytes of an entry as they are stored.

        Raises:
            CorrectionError: there is none of that number.

        """
        return self._row(number).stored

    def recorded(self, number: int) -> tuple[Entry, bytes]:
        """Give an entry, whatever became of it, with every source it has been given; and its bytes as they are stored.

        Raises:
            CorrectionError: there is none of that number.

        """
        row = self._row(number)
        return self.stream(row.trust).recorded(number), row.stored

    def fact(self, number: int) -> Entry:
        """Give an entry that holds a fact in force, with every source it has been given.

        Raises:
            CorrectionError: there is none of that number, it was replaced, or it is a note about another.

        """
        return self._of(number).fact(number)

    def _of(self, number: int) -> Stream:
        return self.stream(self._row(number).trust)

    def _row(self, number: int) -> Row:
        row = self._store.rows.numbered(number) if 0 < number <= self.last else None
        if row is None:
            raise CorrectionError(f"there is no entry {number}: the ledger ends at {self.last}", number)
        return row

    def equal(self, event: Event) -> Entry | None:
        """Give the entry in force that holds an equal event, with every source it has been given."""
        return self.stream(event.trust).equal(event)

    def entries(self) -> tuple[Entry, ...]:
        """Give every entry, in order of number."""
        if not self._is_whole and self.last <= self._keep:
            self._read_all()
        streams = self._streams.values() if self._is_whole else map(self.stream, self._store.rows.trusts())
        return tuple(sorted((e for stream in streams for e in stream.until(self.last)), key=NUMBER))

    def latest(self, until: int, *, but: Sequence[str] = ()) -> Entry | None:
        """Give the last entry up to a number that is of none of some types."""
        if self._newest is not None and self._newest.number == until and type(self._newest.event).__name__ not in but:
            return self._newest
        row = self._store.rows.last_but(but, until)
        return None if row is None else _decoded(row)

    def markings(self, until: int) -> Markings:
        """Give the strictest marking of each source in the entries up to a number; those read before are not read again."""
        known, markings = self._markings if self._markings[0] <= until else (0, {})
        if known < until:
            markings = strictest(markings, self._between(known, until))
            self._markings = until, markings
        return markings

    def _between(self, after: int, until: int) -> Iterable[Entry]:
        """Give the entries of some numbers: those that are kept, where all are."""
        if self._is_whole:
            return (e for e in self.entries() if after < e.number <= until)
        return map(_decoded, takewhile(lambda row: row.number <= until, self._store.after(after)))


@attrs.frozen(eq=False)
class Snapshot:
    """A log up to a number: a value, whatever is recorded later."""

    log: Log
    last: int

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same entries."""
        if not isinstance(other, Snapshot):
            return NotImplemented
        return (self.log is other.log and self.last == other.last) or self._entries() == other._entries()

    __hash__ = None  # type: ignore[assignment]  # to tell whether two are equal, everything is read

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(e for e in self.log.entries() if e.number <= self.last)

    def of(self, code: str) -> Sequence[Entry]:
        """Give the entries recorded about a trust."""
        return self.log.stream(code).until(self.last)

    def grounds(self, code: str) -> Grounds:
        """Give what tells whether an answer about a trust still rests on the same: how many entries there are about it, or name it."""
        counts = ((one, self.log.stream(one).count(self.last)) for one in (code, *self.log.naming(code)))
        return self.log.redacted, *counts

    def latest(self, but: Sequence[str] = ()) -> Entry | None:
        """Give the last entry that is of none of some types."""
        return self.log.latest(self.last, but=but)

    @property
    def markings(self) -> Markings:
        """The strictest marking of each source; what took the place of one that was redacted since counts too."""
        return self.log.markings(max(self.last, self.log.redacted))


@contextmanager
def uncollected() -> Iterator[None]:
    """Read without Python's collector: it would look again and again through what was just read, of which nothing is garbage."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _decoded(row: Row) -> Entry:
    return decode(row.number, row.stored)
