"""Where entries are kept: append-only, on a recorder of the `eventsourcing` package.

Each trust is a stream of that recorder; the number of an entry is its notification id. The recorders of this package also
refuse an append unless the log still ends where the writer saw it end, so that numbers and instants run the same way for
every writer.
"""

from ._memory import MemoryRecorder
from ._open import Recorder, named, open_recorder
from ._sqlite import SQLiteRecorder
from ._store import ConflictingAppendError, Store
from ._tree import KEPT_HEIGHTS, grown

__all__ = [
    "KEPT_HEIGHTS",
    "ConflictingAppendError",
    "MemoryRecorder",
    "Recorder",
    "SQLiteRecorder",
    "Store",
    "grown",
    "named",
    "open_recorder",
]
