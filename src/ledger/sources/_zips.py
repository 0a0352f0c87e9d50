"""What must be known of any zip before it is trusted."""

import struct
import zlib
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipInfo

__all__ = ["DAMAGED", "leads_out"]

DAMAGED = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What `zipfile` raises for a zip that is cut short, was tampered with, or needs a password."""


def leads_out(member: ZipInfo) -> bool:
    """Whether the name of a file in a zip points out of the zip, on whichever system; no honest one does."""
    name = member.orig_filename
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or any(sign in name for sign in "\\:\0")
