"""What a store of ours can do beyond recording: look rows up itself, and tell that there are more."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from .._rows import Row, Rows
from ..proofs import Frontier

__all__ = ["LOCK_SECONDS", "Searchable", "Stored", "nap"]

LOCK_SECONDS = 30
"""How long a writer waits for another one to finish."""
STEP = 0.1
"""The seconds from one look to the next, where a database can't tell that something was appended."""


class Stored(Rows, Protocol):
    """Rows that a database keeps and looks up."""

    def insert(self, rows: Sequence[Row], after: int, erased: Mapping[int, bytes]) -> Sequence[int]:
        """Append rows in one transaction and give their numbers; refused unless *after* is still the last number.

        In the same transaction the tree grows, and what is to be erased is overwritten: by number, what is left of it.
        """
        ...

    def wipe(self) -> None:
        """Let nothing of what was overwritten stay in the files of the database, as far as that can be done from here."""
        ...

    def frontier(self) -> Frontier:
        """Give the frontier of the tree as it was last kept; it may end before the log does."""
        ...

    def subtrees(self, height: int, first: int, until: int) -> Sequence[bytes]:
        """Give the hashes that are kept of the subtrees of a height, of some positions; the last is exclusive."""
        ...

    def damage(self) -> Sequence[str]:
        """Look at all that the database keeps, and tell what it finds damaged."""
        ...


def nap(seconds: float) -> None:
    """Wait a little, and not for longer than so many seconds, where a database can't tell that something was appended."""
    time.sleep(min(seconds, STEP))


class Searchable(ABC):
    """A recorder that can be asked for rows; of any other, every row is read and kept."""

    @abstractmethod
    def rows(self, place: str) -> Stored:
        """Give what looks rows up; *place* is what to call it in messages."""

    @abstractmethod
    def advice(self, wrong: Exception) -> str:
        """Tell what to do about what the database says, in a sentence."""

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Give what waits until something may have been appended, for so many seconds at most.

        It may return early and with nothing appended: look, wait, look again. An append is never waited over that came after
        this was entered, or after the last wait. Without a way to be told, a wait is a short sleep.
        """
        yield nap
