"""CQC's live API: the only part of this library that touches the network (extra: `cqc`)."""

from ._client import ADDRESS, Client, Kind
from ._sync import Synced, sync

__all__ = ["ADDRESS", "Client", "Kind", "Synced", "sync"]
