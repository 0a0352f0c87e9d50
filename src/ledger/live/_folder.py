"""The folder that holds what CQC answered, and where its sync stands."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import attrs

from .._when import to_instant
from ..errors import SyncError
from ._client import Kind

__all__ = ["Item", "State", "read_state", "save_state", "write"]

STATE = "sync.json"
VERSION = 1


@attrs.frozen
class Item:
    """One provider or location; as text, its place in the folder and in the API: `providers/RHA`."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        """Give its place."""
        return f"{self.kind}s/{self.id}"


@attrs.define
class State:
    """Where a sync stands; what is pending is in the order of asking.

    Attributes:
        until: the end of the last window that CQC listed the changes of; `None` before the first.
        pending: what is listed and not yet fetched.
        gone: what CQC had no record of when last asked.

    """

    until: datetime | None = None
    pending: dict[Item, None] = attrs.field(factory=dict)
    gone: dict[Item, None] = attrs.field(factory=dict)


def read_state(folder: Path) -> State:
    """Read where a sync stands: at its beginning, if the folder doesn't say.

    Raises:
        SyncError: it can't be read.

    """
    path = folder / STATE
    try:
        stored = json.loads(path.read_bytes())
        if stored["version"] != VERSION:
            raise SyncError(f"{path} was written by another version of this library: use that one", path)
        until = None if stored["until"] is None else to_instant(stored["until"])
        return State(until, _items(stored["pending"]), _items(stored["gone"]))
    except FileNotFoundError:
        return State()
    except OSError as wrong:
        raise SyncError(f"can't read {path}: {wrong.strerror or wrong}", path) from wrong
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise SyncError(
            f"{path} is not the state of a sync: move it away, and the next sync fetches everything", path
        ) from wrong


def _items(stored: Any) -> dict[Item, None]:
    items: dict[Item, None] = {}
    for kind in get_args(Kind):
        if not all(isinstance(one, str) for one in stored[kind]):
            raise TypeError(kind)
        items |= {Item(kind, one): None for one in stored[kind]}
    return items


def save_state(folder: Path, state: State) -> None:
    """Save where a sync stands.

    Raises:
        SyncError: it can't be written.

    """
    stored = {
        "version": VERSION,
        "until": None if state.until is None else state.until.isoformat(),
        "pending": _ids(state.pending),
        "gone": _ids(state.gone),
    }
    write(folder / STATE, json.dumps(stored, indent=1).encode())


def _ids(items: dict[Item, None]) -> dict[str, list[str]]:
    return {kind: [item.id for item in items if item.kind == kind] for kind in get_args(Kind)}


def write(path: Path, body: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        SyncError: it can't be written.

    """
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_bytes(body)
        new.replace(path)
    except OSError as wrong:
        raise SyncError(f"can't write {path}: {wrong.strerror or wrong}", path) from wrong
