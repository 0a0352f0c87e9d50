"""The file that a ledger was opened in: what is recorded once it was moved, deleted or replaced would be lost."""

import os
from pathlib import Path

import attrs

from ..errors import StoreError

__all__ = ["OpenedFile"]


@attrs.frozen
class OpenedFile:
    """A file that is open, and what tells it from another at the same path.

    SQLite goes on writing to a file that no path leads to any more: https://www.sqlite.org/howtocorrupt.html, section 2.4.
    """

    path: Path
    _identity: tuple[int, int]

    @classmethod
    def at(cls, path: Path) -> "OpenedFile":
        """Take note of the file at a path."""
        return cls(path.absolute(), _identity(path))

    def check(self) -> None:
        """Refuse to go on where the path leads to another file, or to none.

        Raises:
            StoreError: it does.

        """
        try:
            is_there = _identity(self.path) == self._identity
        except OSError:
            is_there = False
        if not is_there:
            raise StoreError(
                f"{self.path} was moved, deleted or replaced while it was open, so nothing more is read from it or recorded in it: "
                "put it back, or open what is there now",
                self.path,
            )


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116  # done for each question: half the time of Path.stat()
    return found.st_dev, found.st_ino
