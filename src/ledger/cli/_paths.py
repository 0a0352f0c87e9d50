"""Files that the commands read and make: what exists is never written over, and what can't be finished is not left half done."""

import os
from collections.abc import Iterable
from pathlib import Path

from ..errors import FileError

__all__ = ["read_bytes", "write_new"]

MOST_BYTES = 100_000_000


def read_bytes(path: Path) -> bytes:
    """Read a small file.

    Raises:
        FileError: it can't be read, or is not small.

    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise FileError(f"can't read {path}: {wrong.strerror}", path) from wrong
    if len(data) > MOST_BYTES:
        raise FileError(f"{path} is too large to be what was asked for: more than {MOST_BYTES:,} bytes", path)
    return data


def write_new(path: Path, parts: Iterable[bytes], *, mode: int = 0o666) -> int:
    """Write a file that is not there yet, wholly or not at all, and give how many parts that was.

    Arguments:
        path: where to.
        parts: what to write, one after the other.
        mode: who may do what with it, as far as the user's own mask lets them.

    Raises:
        FileError: there is such a file, or it can't be written.

    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as wrong:
        why = "there is such a file already: choose another name" if isinstance(wrong, FileExistsError) else wrong.strerror
        raise FileError(f"can't write {path}: {why}", path) from wrong
    count = 0
    try:
        with os.fdopen(descriptor, "wb") as file:
            for count, part in enumerate(parts, 1):  # noqa: B007  # how many there were is wanted, afterwards
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as wrong:
        path.unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise FileError(f"can't write {path}: {wrong.strerror}", path) from wrong
        raise
    return count
