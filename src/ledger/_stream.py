"""The entries about one trust, with what is looked up in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from ._entry import Entry
from ._timeline import standing
from .errors import CorrectionError
from .events import PASSES, Corroborated, Erased, Event, Recordable, Retracted

__all__ = ["Stream"]

NUMBER = attrgetter("number")


class Stream:
    """The entries about one trust in order of number. It grows by `absorb` only; who only reads them needs no look-ups."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: list[Entry] = []
        self._looked_up = 0
        self._replaced_by: dict[int, Entry] = {}
        self._in_force: dict[Recordable, tuple[Entry, ...]] = {}
        for entry in entries:
            self.absorb(entry)

    def __len__(self) -> int:
        """Tell how many entries there are."""
        return len(self._entries)

    def copy(self) -> "Stream":
        """Give a stream that goes on from here on its own; the entries themselves are shared."""
        other = Stream()
        other._entries = list(self._entries)
        other._looked_up = self._looked_up
        other._replaced_by = dict(self._replaced_by)
        other._in_force = dict(self._in_force)
        return other

    def absorb(self, entry: Entry) -> None:
        """Take in an entry recorded since, by whoever."""
        if entry.replaces is not None:
            self._numbered(entry.replaces)  # what is not there can't be replaced
        self._entries.append(entry)

    def _look_up(self) -> None:
        """Take note of what entries hold and replace that were not looked at yet."""
        for entry in self._entries[self._looked_up :]:
            self._in_force[entry.event] = (*self._in_force.get(entry.event, ()), entry)
            if entry.replaces is not None:
                self._replaced_by.setdefault(entry.replaces, entry)
                wrong = self._numbered(entry.replaces).event
                self._in_force[wrong] = tuple(e for e in self._in_force[wrong] if e.number != entry.replaces)
        self._looked_up = len(self._entries)

    def count(self, until: int) -> int:
        """Tell how many entries there are up to a number, inclusive."""
        if not self._entries or self._entries[-1].number <= until:
            return len(self._entries)
        return bisect_right(self._entries, until, key=NUMBER)

    def until(self, number: int) -> Sequence[Entry]:
        """Give the entries up to a number, inclusive."""
        return tuple(self._entries[: self.count(number)])

    def entry(self, number: int) -> Entry:
        """Give an entry that has been neither replaced nor redacted.

        Raises:
            CorrectionError: there is none of that number, or it was replaced or redacted.

        """
        self._look_up()
        entry = self._numbered(number)
        if isinstance(entry.event, Erased):
            raise CorrectionError(f"entry {number} was redacted: nothing is left to correct, take back or confirm", number)
        if number in self._replaced_by:
            by = self._replaced_by[number]
            how = "taken back" if isinstance(by.event, Retracted) else "corrected"
            raise CorrectionError(f"entry {number} was {how} by entry {by.number}: what is replaced stays replaced", number)
        return entry

    def fact(self, number: int) -> Entry:
        """Give an entry that holds a fact in force, with every source it has been given.

        Raises:
            CorrectionError: there is none of that number, it was replaced, or it is a note about another.

        """
        entry = self.entry(number)
        if not isinstance(entry.event, Event):
            raise CorrectionError(f"entry {number} is a note about another entry, not a fact", number)
        if isinstance(entry.event, PASSES):
            raise CorrectionError(
                f"entry {number} says that a deadline was seen to pass: it can only be taken back; correct what set the deadline",
                number,
            )
        return self._corroborated(entry)

    def equal(self, event: Event) -> Entry | None:
        """Give the entry in force that holds an equal event, with every source it has been given."""
        if not self._entries:
            return None
        self._look_up()
        entries = self._in_force.get(event)
        return self._corroborated(entries[0]) if entries else None

    def recorded(self, number: int) -> Entry:
        """Give an entry, whatever became of it, with every source it has been given.

        Raises:
            CorrectionError: there is none of that number.

        """
        self._look_up()
        entry = self._numbered(number)
        return self._corroborated(entry) if isinstance(entry.event, Event) and not isinstance(entry.event, PASSES) else entry

    def _numbered(self, number: int) -> Entry:
        place = bisect_left(self._entries, number, key=NUMBER)
        if place == len(self._entries) or self._entries[place].number != number:
            raise CorrectionError(f"there is no entry {number} about this trust: the ledger is damaged", number)
        return self._entries[place]

    def _corroborated(self, entry: Entry) -> Entry:
        notes = self._in_force.get(Corroborated(trust=entry.event.trust, entry=entry.number), ())
        (told,) = standing((entry, *notes), markings={})
        return told
