"""Data read from files to values, always through constructors; everything that is wrong with it is found at once."""

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter

from ._when import When, of_utc
from .errors import EventError, LedgerError
from .events import Recordable, Word

__all__ = ["Fault", "FaultyDataError", "event_type", "structure"]

LONGEST_NUMBER = 18

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


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise EventError(f"{_shape(value)} stands where a text is due", "", value)
    return value


def _shape(value: object) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), repr(value))


def _number(value: object, _: object) -> int:
    """Read a whole number, which may be given as a text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER:
        return int(value)
    if type(value) is not int:
        raise EventError(f"{_shape(value)} stands where a whole number is due", "", value)
    return value


def _items(value: object, kind: object) -> frozenset[str]:
    items = [_text(item, kind) for item in _expect(value, list)]
    if len(set(items)) < len(items):
        raise EventError("something stands twice in the list", "", value)
    return frozenset(items)


def _is_set(kind: Any) -> bool:
    return get_origin(kind) is frozenset


LEAVES = Converter(detailed_validation=False)
"""Makes the values that have no fields of their own."""
LEAVES.register_structure_hook(str, _text)
LEAVES.register_structure_hook(int, _number)
LEAVES.register_structure_hook(datetime, lambda value, kind: of_utc(_text(value, kind)))
LEAVES.register_structure_hook_func(_is_set, _items)
LEAVES.register_structure_hook(Word, lambda value, kind: kind(_text(value, kind)))
LEAVES.register_structure_hook(When, lambda value, kind: When(_text(value, kind)))


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
        return LEAVES.structure(data, kind)
    except LedgerError as wrong:
        faults.append(Fault(path, str(wrong)))
        return None


_hints = cache(get_type_hints)


def _read_class(kind: type[attrs.AttrsInstance], data: dict[str, object], path: Path, faults: list[Fault]) -> object:
    """Read an object field by field, so that every fault is found, then make it through its constructor."""
    before = len(faults)
    hints = _hints(kind)
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
