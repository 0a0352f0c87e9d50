"""Where something stands in what was read, what is wrong with it, and what was found there."""

import attrs

from .._entry import Draft
from ..events import Event

__all__ = ["Found", "Place", "Problem", "Spot"]


@attrs.frozen(order=True)
class Place:
    """A place in a file; lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give the place as compilers do: `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


@attrs.frozen(order=True)
class Spot:
    """A place in a file that has no lines to count: the path inside a body, or the sheet and row of a workbook."""

    file: str
    at: str = ""

    def __str__(self) -> str:
        """Give the file, and the place in it."""
        return f"{self.file}: {self.at}" if self.at else self.file


@attrs.frozen(order=True)
class Problem:
    """Something wrong with a file, and where."""

    place: Place | Spot
    message: str

    def __str__(self) -> str:
        """Give the place and what is wrong."""
        return f"{self.place}: {self.message}"


@attrs.frozen
class Found:
    """A fact that was read, and where it stands; its draft holds an event in the world."""

    draft: Draft
    spot: Spot

    @property
    def fact(self) -> Event:
        """The event that was read."""
        if not isinstance(self.draft.event, Event):
            raise TypeError(f"{self.spot} was read as a note about an entry, not as a fact about the world")
        return self.draft.event
