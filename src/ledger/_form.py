"""How values of attrs classes are kept as JSON has them, and made of it again by their constructors.

For each class there is a struct with the same fields, of what JSON has, that takes no unknown field and no value of another type.
What is at its default is left out, so that equal values have equal bytes.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

import attrs
import msgspec
from msgspec import Struct

from ._entry import Marking, Source
from ._when import When, in_utc, of_utc, to_when
from .errors import EventError
from .events._event import maybe_when

__all__ = ["CANONICAL", "SHARED", "Strict", "form", "instant", "instant_as_text", "kept_as", "same_set"]


def _plain(value: object) -> str:
    """Give the text that a value of one's own kind of text is."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"{value!r} can't be stored")


CANONICAL = msgspec.json.Encoder(enc_hook=_plain, order="sorted")
"""Writes what RFC 8785 asks for of all that entries hold: texts, small whole numbers, lists, and mappings with names in ASCII."""
SHARED = 2**17
"""How many values of a kind are remembered while entries are read, so that what they have in common is in memory once."""

_same_text = lru_cache(SHARED)(str)
instant_as_text = lru_cache(SHARED)(in_utc)
instant = lru_cache(SHARED)(of_utc)
same_set = lru_cache(SHARED)(frozenset[str])

Convert: TypeAlias = Callable[[Any], Any]
Kept: TypeAlias = dict[str, Any]
"""What is kept of a value: its fields, but for those at their default."""


class Strict(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What JSON must have for a value, no more and no less; what is left out is `None`."""


class _Source(Strict, frozen=True):
    publisher: str
    title: str
    marking: Marking
    published: str | None = None
    via: "_Source | None" = None
    url: str | None = None


@attrs.frozen
class _Form:
    """How the values of a class are kept.

    Arguments:
        kind: the class.
        struct: what they are read into.
        blank: the fields that must be given and may hold nothing.
        defaults: the fields whose default is something: the default, and what would be kept of it.
        kept: the fields of which JSON has something else, and how that is got.
        made: the fields that their own converters can't make of what JSON has, and how they are made.
        called: the fields that the constructor has under another name.
        is_exact: whether the constructor gives back all that is kept as it was; one of a class of one's own may change it.

    """

    kind: type[Any]
    struct: type[Struct]
    blank: dict[str, None]
    defaults: tuple[tuple[str, object, object], ...]
    kept: tuple[tuple[str, Convert], ...]
    made: tuple[tuple[str, Convert], ...]
    called: tuple[tuple[str, str], ...]
    is_exact: bool

    def keep(self, value: object) -> Kept:
        """Give what is kept of a value."""
        held = {name: one for name in self.struct.__struct_fields__ if (one := getattr(value, name)) is not None}
        for name, default, _ in self.defaults:
            if held.get(name) == default:
                del held[name]
        for name, keep in self.kept:
            if name in held:
                held[name] = keep(held[name])
        return {**self.blank, **held}

    def make(self, kept: Struct) -> Any:
        """Make a value of what was kept.

        Raises:
            EventError: something stands there that would have been left out.

        """
        fields = zip(self.struct.__struct_fields__, msgspec.structs.astuple(kept), strict=True)
        held = {name: _same_text(one) if type(one) is str else one for name, one in fields if one is not None}
        for name, _, default in self.defaults:
            if name in held and held[name] == default:
                raise EventError(f"{name}: {held[name]!s} stands where it goes without saying", name, held[name])
        for name, make in self.made:
            if name in held:
                held[name] = make(held[name])
        for name, other in self.called:
            if name in held:
                held[other] = held.pop(name)
        return self.kind(**{**self.blank, **held} if self.blank else held)


def _form_of(kind: type[Any]) -> _Form:
    hints = get_type_hints(kind)
    fields = [field for field in attrs.fields(kind) if field.init]
    kept = {field.name: kept_as(hints[field.name]) for field in fields}
    defaults = {f.name: default for f in fields if (default := _default(f)) is not None}
    if both := [name for name in defaults if NoneType in get_args(hints[name])]:
        raise TypeError(f"{kind.__name__}.{both[0]} may hold nothing: let that be its default")
    given = [
        (f.name, kept[f.name][0]) if f.default is attrs.NOTHING else (f.name, kept[f.name][0] | None, None) for f in fields
    ]
    return _Form(
        kind=kind,
        struct=_Source if kind is Source else msgspec.defstruct(kind.__name__, given, bases=(Strict,), kw_only=True),
        blank={f.alias or f.name: None for f in fields if f.default is attrs.NOTHING and NoneType in get_args(hints[f.name])},
        defaults=tuple((name, one, kept[name][1](one) if kept[name][1:] else one) for name, one in defaults.items()),
        kept=tuple((name, ways[0]) for name, (_, *ways) in kept.items() if ways),
        made=tuple(
            (f.name, ways[1])
            for f in fields
            if (ways := kept[f.name][1:]) and not (ways[1] is to_when and f.converter in (to_when, maybe_when))
        ),
        called=tuple((f.name, f.alias) for f in fields if f.alias and f.alias != f.name),
        is_exact=kind.__module__.startswith("ledger."),
    )


def _default(field: "attrs.Attribute[Any]") -> Any:
    """Give what a field holds where nothing is said: its default as the constructor would make it of it."""
    default = field.default
    if default is attrs.NOTHING or default is None:
        return None
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # it is a class
        if default.takes_self:
            raise TypeError(f"the default of {field.name} must not depend on other fields")
        default = default.factory()
    convert: Any = getattr(field.converter, "converter", field.converter)  # what attrs.Converter wraps
    return convert(default) if convert else default


form = cast("Callable[[type[Any]], _Form]", cache(_form_of))
"""Gives how the values of a class are kept."""


def kept_as(hint: Any) -> tuple[Any, ...]:
    """Give what JSON has for a type and, where it is something else, how that is got and how the value is made again."""
    if get_origin(hint) in (Union, UnionType):
        one, *others = (one for one in get_args(hint) if one is not NoneType)
        if others:
            raise TypeError(f"{hint} is of several types: an event has fields of one, or of one and None")
        kept, *ways = kept_as(one)
        return (kept | None, *ways)
    if hint is datetime:
        return str, instant_as_text, instant
    if hint is When:
        return str, attrgetter("expression"), to_when
    if hint is Source:
        return _Source, _keep_source, _source
    if get_origin(hint) is frozenset:
        return hint, frozenset, same_set
    if attrs.has(hint):
        inner = form(hint)
        return inner.struct, inner.keep, inner.make
    if get_origin(hint) is tuple:
        kept, *ways = kept_as(get_args(hint)[0])
        several = tuple[kept, ...]  # type: ignore[valid-type]  # it is one
        if not ways:
            return (several,)
        keep, make = ways
        return several, lambda values: tuple(map(keep, values)), lambda values: tuple(map(make, values))
    return (hint,)


def _keep_source(source: Source) -> Kept:
    return form(Source).keep(source)


@lru_cache(SHARED)
def _source(kept: _Source) -> Source:
    source: Source = form(Source).make(kept)
    return source
