"""Entries to bytes and back, always through constructors.

The bytes are canonical JSON (RFC 8785), so that equal entries have equal bytes. What is read is as valid as what was written: each
type of event is read into a struct with the same fields, of what JSON has, that takes no unknown field and no value of another
type; the struct must give the same bytes again; and the event is made of it by the constructor that everybody uses.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta, Raw, Struct

from ._entry import Citation, Entry
from ._form import CANONICAL, SHARED, Strict, form, instant, instant_as_text, kept_as, same_set
from ._stub import erased, is_stub
from .errors import EventError, StoredEntryError
from .events import Recordable

__all__ = ["FORMAT", "canonical", "decode", "encode", "outline"]

FORMAT = 1
"""The format of the stored entries that this version writes, and the newest that it reads."""


class _Head(Struct, gc=False):
    """What is looked at first of an entry: which format it has, and what it holds, in which version of that type."""

    v: int
    type: str = ""
    version: int = 1


class _Entry(Strict, frozen=True, tag_field="type"):
    """An entry; its event stands in a class for each type, and its sources stay as they are until they are looked up."""

    v: Literal[1]
    recorded_at: str
    recorded_by: str
    sources: Raw = Raw()
    inferred: Annotated[frozenset[str], Meta(min_length=1)] | None = None
    key: str | None = None
    replaces: int | None = None
    place: int | None = None
    reason: str | None = None
    version: Annotated[int, Meta(ge=2)] | None = None
    """The version of the type of event; nothing for the first."""


def _reader_of(kind: type[Recordable]) -> msgspec.json.Decoder[Any]:
    fields = [("event", form(kind).struct)]
    return msgspec.json.Decoder(msgspec.defstruct(kind.__name__, fields, bases=(_Entry,), tag=kind.__name__, kw_only=True))


_reader = cast("Callable[[type[Recordable]], msgspec.json.Decoder[Any]]", cache(_reader_of))
"""Gives what reads entries that hold a type of event; made when the first is met."""


def encode(entry: Entry) -> bytes:
    """Give the bytes of an entry: everything but its number, which is its place in the store.

    Raises:
        EventError: the event is of a type of one's own that can't be stored.

    """
    fields: dict[str, Any] = {
        "v": FORMAT,
        "type": type(entry.event).__name__,
        "event": Raw(canonical(entry.event)),
        "recorded_at": instant_as_text(entry.recorded_at),
        "recorded_by": entry.recorded_by,
    }
    if entry.sources:
        fields["sources"] = _citations_as_json(entry.sources)
    if entry.inferred:
        fields["inferred"] = entry.inferred
    if entry.key is not None:
        fields["key"] = entry.key
    if entry.replaces is not None:
        fields |= {"replaces": entry.replaces, "place": entry.place}
    if entry.reason is not None:
        fields["reason"] = entry.reason
    if entry.event.upcasts:
        fields["version"] = entry.event.version()
    return CANONICAL.encode(fields)


def canonical(event: Recordable) -> bytes:
    """Give the bytes of an event alone, without who recorded it and from which source: equal events have equal bytes.

    Raises:
        EventError: it is of a type of one's own that can't be stored.

    """
    try:
        return CANONICAL.encode(form(type(event)).keep(event))
    except Exception as wrong:
        raise EventError(f"{type(event).__name__} can't be stored: {wrong}", "event", event) from wrong


@lru_cache(SHARED)
def _citations_as_json(citations: tuple[Citation, ...]) -> Raw:
    return Raw(CANONICAL.encode([form(Citation).keep(one) for one in citations]))


def _current(number: int, stored: bytes) -> tuple[type[Recordable], bytes]:
    """Give the type of event that bytes hold, if this library may read them, and the bytes as it would write them today."""
    head = HEAD.decode(stored)
    if head.v > FORMAT:
        raise StoredEntryError(
            f"entry {number} was written by a newer version of trust-ledger (format {head.v}, this one reads {FORMAT}): upgrade",
            stored,
        )
    kind = Recordable.known.get(head.type)
    if kind is None:
        raise EventError(f"there is no event type {head.type!r}", "type", head.type)
    if head.version > kind.version():
        raise StoredEntryError(
            f"entry {number} was written by a newer version of trust-ledger ({head.type} in version {head.version}, this one reads "
            f"{kind.version()}): upgrade",
            stored,
        )
    return kind, stored if head.version == kind.version() else _upcast(kind, head.version, stored)


def _upcast(kind: type[Recordable], version: int, stored: bytes) -> bytes:
    """Give the bytes of an entry in an old version of its type as the newest version would write them."""
    fields = msgspec.json.decode(stored)
    if fields.get("version") != (version if version > 1 else None) or CANONICAL.encode(fields) != stored:
        raise EventError("it is not as the version that is named in it writes it", "version", version)
    for upcast in kind.upcasts[version - 1 :]:
        fields["event"] = upcast(fields["event"])
    return CANONICAL.encode({**fields, "version": kind.version()})


def decode(number: int, stored: bytes) -> Entry:
    """Give the entry that bytes hold, at its number; of one that was redacted, what is left of it.

    Raises:
        StoredEntryError: they were written by a newer version, or are not an entry that this version could have written.

    """
    try:
        if is_stub(stored):
            return erased(number, stored)
        kind, current = _current(number, stored)
        kept, way = _reader(kind).decode(current), form(kind)
        is_canonical = CANONICAL.encode(kept) == current and (kept.place is None) is (kept.replaces is None)
        entry = Entry(
            number=number,
            event=way.make(kept.event),
            recorded_at=instant(kept.recorded_at),
            recorded_by=kept.recorded_by,
            place=number if kept.place is None else kept.place,
            sources=_citations(bytes(kept.sources)),
            inferred=same_set(kept.inferred or ()),
            key=kept.key,
            replaces=kept.replaces,
            reason=kept.reason,
        )
    except StoredEntryError:
        raise
    except Exception as wrong:
        raise StoredEntryError(
            f"entry {number} can't be read ({wrong}): if a newer version of trust-ledger wrote it, upgrade; else the ledger is damaged",
            stored,
        ) from wrong
    if not is_canonical or not (way.is_exact or encode(entry) == current):
        raise StoredEntryError(
            f"entry {number} is not as this version writes it: the ledger is damaged, or was written by hand", stored
        )
    return entry


class _About(Struct, gc=False):
    """Which trust an event is about."""

    trust: str


class _Outline(Struct, gc=False):
    """What a store keeps beside the bytes of an entry; what is left of one that was redacted names its trust itself."""

    type: str
    event: _About | None = None
    trust: str | None = None


def outline(number: int, stored: bytes) -> tuple[str, str]:
    """Give the trust that bytes are about, and the name of the type of their event; nothing else of them is looked at.

    Raises:
        StoredEntryError: they are no entry.

    """
    try:
        found = OUTLINE.decode(stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise StoredEntryError(f"entry {number} can't be read ({wrong}): the ledger is damaged", stored) from wrong
    trust = found.trust if found.event is None else found.event.trust
    if trust is None:
        raise StoredEntryError(f"entry {number} can't be read (it is about no trust): the ledger is damaged", stored)
    return trust, found.type


HEAD = msgspec.json.Decoder(_Head)
OUTLINE = msgspec.json.Decoder(_Outline)
CITATIONS: msgspec.json.Decoder[Any] = msgspec.json.Decoder(kept_as(tuple[Citation, ...])[0])


@lru_cache(SHARED)
def _citations(stored: bytes) -> tuple[Citation, ...]:
    """Read the sources of an entry; many entries have the same."""
    if not stored:
        return ()
    try:
        kept = CITATIONS.decode(stored)
    except msgspec.ValidationError as wrong:
        raise EventError(f"sources: {wrong}", "sources", stored) from wrong
    if not kept or CANONICAL.encode(kept) != stored:
        raise EventError("sources: they are not as this version writes them", "sources", stored)
    return tuple(map(form(Citation).make, kept))
