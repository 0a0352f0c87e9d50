"""Side files: what a process noted before it was killed."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

__all__ = ["Line", "Side", "read"]

Line: TypeAlias = list[str | int | float]


class Side:
    """A side file of one process: what it writes is there for others at once, and stays when the process is killed."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, *lines: Sequence[object]) -> None:
        """Write lines, all in one go."""
        os.write(self._file, "".join(json.dumps(line) + "\n" for line in lines).encode())


def read(path: Path) -> list[Line]:
    """Read the whole lines of a side file, if there is one yet."""
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]
