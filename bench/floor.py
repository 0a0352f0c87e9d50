"""The floor: the rows of the ledger's own file scanned, and decoded by msgspec into structs like our classes; nothing is checked.

Structs hold what entries do, field by field, but a date stays text, and neither the fields' rules nor the bytes are looked at.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec

from ledger import Citation, When
from ledger.events import Recordable

__all__ = ["decoded", "plain", "scanned"]

ALL = "SELECT topic, state FROM stored_events ORDER BY rowid"


def scanned(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of every entry, in order of number."""
    base = sqlite3.connect(path)
    try:
        yield from base.execute(ALL)
    finally:
        base.close()


def decoded(path: Path) -> list[Any]:
    """Give every entry as structs."""
    return [DECODE[name](state) for name, state in scanned(path)]


def plain(kept: Any) -> Any:
    """Give what a struct holds as JSON has it, without the fields that hold nothing."""
    match msgspec.to_builtins(kept, order="deterministic"):
        case dict() as fields:
            return {name: plain(value) for name, value in fields.items() if value not in (None, [], ())}
        case list() | tuple() as values:
            return tuple(plain(value) for value in values)
        case value:
            return value


def _decoder(name: str) -> msgspec.json.Decoder[Any]:
    """Give what decodes entries that hold one type of event."""
    fields = [
        *(("v", int), ("type", str), ("event", _alike(Recordable.known[name])), ("recorded_at", str), ("recorded_by", str)),
        *(("sources", tuple[_alike(Citation), ...], ()), ("inferred", frozenset[str], frozenset()), ("key", str | None, None)),
        *(("replaces", int | None, None), ("place", int | None, None), ("reason", str | None, None)),
    ]
    return msgspec.json.Decoder(msgspec.defstruct(f"{name}Entry", fields, frozen=True, forbid_unknown_fields=True))


@cache
def _alike(kind: Any) -> Any:
    """Give the type that stands for one of ours."""
    if kind is When:
        return str
    if attrs.has(kind):
        hints = get_type_hints(kind)
        fields = [
            (field.name, Any if kind in get_args(hints[field.name]) else _alike(hints[field.name]))
            for field in attrs.fields(kind)
        ]
        given = [
            (*one, field.default) if field.default is not attrs.NOTHING else one
            for one, field in zip(fields, attrs.fields(kind), strict=True)
        ]
        return msgspec.defstruct(kind.__name__, given, frozen=True, kw_only=True, forbid_unknown_fields=True)
    if get_origin(kind) in (Union, UnionType):
        return Union[tuple(map(_alike, get_args(kind)))]  # noqa: UP007  # of as many as there are
    if get_origin(kind) in (tuple, frozenset):
        return get_origin(kind)[tuple(one if one is ... else _alike(one) for one in get_args(kind))]
    return kind


DECODE = {name: _decoder(name).decode for name in Recordable.known}
"""What decodes an entry that holds a type of event."""
