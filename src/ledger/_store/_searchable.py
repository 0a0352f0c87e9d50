"""What a store of ours can do beyond recording: look rows up itself."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from .._rows import Row, Rows

__all__ = ["Searchable", "Stored"]


class Stored(Rows, Protocol):
    """Rows that a database keeps and looks up."""

    def insert(self, rows: Sequence[Row], after: int) -> Sequence[int]:
        """Append rows in one transaction and give their numbers; refused unless *after* is still the last number."""
        ...


class Searchable(ABC):
    """A recorder that can be asked for rows; of any other, every row is read and kept."""

    @abstractmethod
    def rows(self, place: str) -> Stored:
        """Give what looks rows up; *place* is what to call it in messages."""
