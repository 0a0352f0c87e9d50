"""Entries to bytes and back, and data read from files to values; always through constructors.

What is read is as valid as what was written: unknown types, unknown fields and invalid values are errors. The bytes are
canonical JSON (RFC 8785), so that equal entries have equal bytes.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import lru_cache
from types import UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter

from ._entry import Citation, Entry, Source
from ._when import When
from .errors import EventError, LedgerError, StoredEntryError
from .events import Recordable, Word

__all__ = ["FORMAT", "Fault", "FaultyDataError", "canonical", "decode", "encode", "event_type", "structure"]

FORMAT = 1
"""The format of the stored entries that this version writes, and the newest that it reads."""

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
"""Writes what RFC 8785 asks for of all that entries hold: texts, small whole numbers, lists, and mappings with names in ASCII."""
SHARED = 2**17
"""How many values of a kind are remembered while entries are read, so that what they have in common is in memory once."""
LONGEST_NUMBER = 18
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)

T = TypeVar("T")
Path: TypeAlias = tuple[str | int, ...]


@attrs.frozen
class Fault:
    """Something wrong with data: the path to it, of names and positions, and what is wrong."""

    path: Path
    message: str


class FaultyDataError(LedgerError):
    """Data can't be made into a value; `faults` holds everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "; ".join(": ".join(filter(None, (".".join(map(str, fault.path)), fault.message))) for fault in faults)
        )
        self.faults = faults


_same_text = lru_cache(SHARED)(str)
_same_set = lru_cache(SHARED)(frozenset[str])
_same_when = lru_cache(SHARED)(When)


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise EventError(f"{_shape(value)} stands where a text is due", "", value)
    return _same_text(value)


def _shape(value: object) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), repr(value))


def _number(value: object, _: object) -> int:
    if type(value) is not int:
        raise EventError(f"{_shape(value)} stands where a whole number is due", "", value)
    return value


def _number_as_text(value: object, _: object) -> int:
    """Read a whole number as ledger files give it."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER:
        return int(value)
    return _number(value, None)


def _instant(value: object, _: object) -> datetime:
    """Read an instant in the one form that is written, so that equal instants have equal bytes."""
    return _same_instant(_text(value, _))


@lru_cache(SHARED)
def _same_instant(text: str) -> datetime:
    if not INSTANT.fullmatch(text):
        raise EventError(f"{text!r} is not an instant in UTC, to the microsecond", "recorded_at", text)
    return datetime.fromisoformat(text).astimezone(UTC)


def _items(value: object, kind: object) -> frozenset[str]:
    items = [_text(item, kind) for item in _expect(value, list)]
    if len(set(items)) < len(items):
        raise EventError("something stands twice in the list", "", value)
    return _same_set(tuple(items))


def _is_set(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, frozenset)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _converter(number: Callable[[object, object], int]) -> Converter:
    converter = Converter(detailed_validation=False, forbid_extra_keys=True, omit_if_default=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, number)
    converter.register_structure_hook(datetime, _instant)
    converter.register_structure_hook_func(_is_set, _items)
    converter.register_structure_hook_func(
        _is_tuple, lambda value, kind: tuple(converter.structure(one, get_args(kind)[0]) for one in _expect(value, list))
    )
    converter.register_structure_hook(Word, lambda value, kind: kind(_text(value, kind)))
    converter.register_structure_hook(When, lambda value, _: _same_when(_text(value, _)))
    converter.register_unstructure_hook(When, lambda when: when.expression)
    converter.register_unstructure_hook(
        datetime, lambda at: at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    )
    converter.register_unstructure_hook_func(_is_set, sorted)
    return converter


_STORED = _converter(_number)
_WRITTEN = _converter(_number_as_text)
_read_source = _STORED.get_structure_hook(Source)


@lru_cache(SHARED)
def _same_source(stored: str) -> Source:
    return cast("Source", _read_source(json.loads(stored), Source))


_STORED.register_structure_hook(Source, lambda value, _: _same_source(CANONICAL.encode(value)))


def event_type(name: str) -> type[Recordable]:
    """Give the type of event that has a name.

    Raises:
        EventError: there is none; the message names the nearest.

    """
    try:
        return Recordable.known[name]
    except KeyError:
        raise EventError(f"there is no event type {name!r}{_meant(name, Recordable.known)}", "type", name) from None


def _meant(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word, words, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def encode(entry: Entry) -> bytes:
    """Give the bytes of an entry: everything but its number, which is its place in the store."""
    fields: dict[str, Any] = {
        "v": FORMAT,
        "type": type(entry.event).__name__,
        "event": _STORED.unstructure(entry.event),
        "recorded_at": _STORED.unstructure(entry.recorded_at),
        "recorded_by": entry.recorded_by,
        "sources": _STORED.unstructure(entry.sources, tuple[Citation, ...]),
        "inferred": sorted(entry.inferred),
        "key": entry.key,
        "replaces": entry.replaces,
        "place": entry.place if entry.replaces is not None else None,
        "reason": entry.reason,
    }
    return CANONICAL.encode({name: value for name, value in fields.items() if value not in (None, [])}).encode()


def canonical(event: Recordable) -> bytes:
    """Give the bytes of an event alone, without who recorded it and from which source: equal events have equal bytes."""
    return CANONICAL.encode(_STORED.unstructure(event)).encode()


def decode(number: int, stored: bytes) -> Entry:
    """Give the entry that bytes hold, at its number.

    Raises:
        StoredEntryError: they were written by a newer version, or are not an entry that this version could have written.

    """
    try:
        fields = json.loads(stored)
        _check_format(number, fields.pop("v"), stored)
        event = _STORED.structure(fields.pop("event"), event_type(fields.pop("type")))
        entry = Entry(
            number=number,
            event=event,
            recorded_at=_instant(fields.pop("recorded_at"), None),
            recorded_by=_text(fields.pop("recorded_by"), None),
            sources=_STORED.structure(fields.pop("sources", []), tuple[Citation, ...]),
            inferred=_items(fields.pop("inferred", []), None),
            key=fields.pop("key", None),
            replaces=fields.pop("replaces", None),
            place=fields.pop("place", number),
            reason=fields.pop("reason", None),
        )
    except StoredEntryError:
        raise
    except Exception as wrong:
        raise StoredEntryError(
            f"entry {number} can't be read ({wrong}): if a newer version of trust-ledger wrote it, upgrade; else the ledger is damaged",
            stored,
        ) from wrong
    if not fields and encode(entry) != stored:
        raise StoredEntryError(
            f"entry {number} is not as this version writes it: the ledger is damaged, or was written by hand", stored
        )
    if fields:
        raise StoredEntryError(
            f"entry {number} has unknown fields ({', '.join(sorted(fields))}): a newer version wrote it, upgrade", stored
        )
    return entry


def _check_format(number: int, version: object, stored: bytes) -> None:
    if type(version) is not int or version < 1:
        raise EventError(f"{version!r} is not the number of a format", "v", version)
    if version > FORMAT:
        raise StoredEntryError(
            f"entry {number} was written by a newer version of trust-ledger (format {version}, this one reads {FORMAT}): upgrade",
            stored,
        )


def structure(kind: type[T], data: object) -> T:
    """Make a value of data as files give it: mappings, lists and texts.

    Raises:
        FaultyDataError: with everything that is wrong.

    """
    faults: list[Fault] = []
    value = _read(kind, data, (), faults)
    if faults:
        raise FaultyDataError(tuple(faults))
    return cast("T", value)


def _read(kind: Any, data: object, path: Path, faults: list[Fault]) -> object:
    """Read one value; what is wrong with it is added to *faults*, and then what is returned means nothing."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    try:
        if get_origin(kind) is tuple:
            items = enumerate(_expect(data, list))
            return [_read(get_args(kind)[0], item, (*path, position), faults) for position, item in items]
        if attrs.has(kind) and kind is not When:
            return _read_class(kind, _expect(data, dict), path, faults)
        return _WRITTEN.structure(data, kind)
    except LedgerError as wrong:
        faults.append(Fault(path, str(wrong)))
        return None


def _read_class(kind: type[attrs.AttrsInstance], data: dict[str, object], path: Path, faults: list[Fault]) -> object:
    """Read an object field by field, so that every fault is found, then make it through its constructor."""
    before = len(faults)
    hints = get_type_hints(kind)
    fields = {field.name: field for field in attrs.fields(kind)}
    for name in (name for name in data if name not in fields):
        known = f"it has {', '.join(fields)}"
        faults.append(Fault((*path, name), f"{kind.__name__} has no field {name!r}{_meant(name, fields)}; {known}"))
    for name, field in fields.items():
        if name not in data and field.default is attrs.NOTHING:
            faults.append(Fault(path, f"{kind.__name__} needs the field {name!r}"))
    values = {name: _read(hints[name], data[name], (*path, name), faults) for name in fields if name in data}
    faulty = {fault.path[len(path)] for fault in faults[before:] if len(fault.path) > len(path)}
    for name in (name for name in values if name not in faulty):
        validator = fields[name].validator
        try:
            if validator is not None:
                validator(None, fields[name], values[name])
        except EventError as wrong:
            faults.append(Fault((*path, name), str(wrong)))
    return kind(**values) if len(faults) == before else None


def _expect(data: object, kind: type[T]) -> T:
    if not isinstance(data, kind):
        due = "a mapping" if kind is dict else "a list"
        raise EventError(f"{_shape(data)} stands where {due} is due", "", data)
    return data
