"""A recorder in memory."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

__all__ = ["MemoryRecorder"]


class MemoryRecorder(POPOApplicationRecorder):
    """Keeps entries in memory, for as long as the process runs."""

    def _assert_uniqueness(self, stored_events: Sequence[StoredEvent], expected_last: int | None = None, **kwargs: Any) -> None:
        """Refuse an append unless the log ends at *expected_last*, where that is given."""
        if expected_last is not None and len(self._stored_events) != expected_last:
            raise IntegrityError(f"the log ends at {len(self._stored_events)}, not at {expected_last}")
        super()._assert_uniqueness(stored_events, **kwargs)

    def _update_table(
        self, stored_events: Sequence[StoredEvent], erased: Mapping[int, bytes] | None = None, **kwargs: Any
    ) -> Sequence[int] | None:
        """Append, and overwrite what is to be erased: by number, what is left of it."""
        for number, left in (erased or {}).items():
            before = self._stored_events[number - 1]
            self._stored_events[number - 1] = StoredEvent(before.originator_id, before.originator_version, before.topic, left)
        return super()._update_table(stored_events, **kwargs)
