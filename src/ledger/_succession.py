"""Successions seen from both sides: what is recorded about one trust tells of each other that it names."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import attrs
from immutables import Map

from ._entry import Entry
from .events import Event, Recordable, TrustFormed, TrustSucceeded
from .events._event import CODE

__all__ = ["SUCCESSIONS", "NamedBy", "OtherSide", "named_by", "told_of"]

NamedBy: TypeAlias = Map[str, frozenset[str]]
"""By code of a trust, the others whose entries name it, or once did: where to look for what is told of it."""
KINDS = (TrustSucceeded, TrustFormed)
SUCCESSIONS = tuple(kind.__name__ for kind in KINDS)
"""The names, in the store, of the types of event that tell of more than one trust."""


@attrs.frozen(kw_only=True)
class OtherSide(Entry):
    """An entry about one trust, for a view of another that it names: `event` is as recorded, `fact` what it tells of the other."""

    fact: Event


def named_by(before: NamedBy, news: Iterable[Entry]) -> NamedBy:
    """Add to those known *before* the trusts that the entries of *news* name."""
    found: dict[str, frozenset[str]] = {}
    for entry in news:
        if isinstance(entry.event, KINDS):
            for code in _others(entry.event):
                found[code] = found.get(code, before.get(code, frozenset())) | {entry.event.trust}
    return before.update(found)


def told_of(code: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield what entries about another trust tell of one: those that name it, seen from its side, and what became of those.

    What takes the place of such an entry without naming the trust, and notes about one, are as they were recorded.
    """
    told: set[int] = set()
    for entry in entries:
        fact = _from_side_of(code, entry.event)
        if fact is not None:
            told.add(entry.number)
            yield OtherSide(**{**attrs.asdict(entry, recurse=False), "key": None}, fact=fact)  # a key is of the other's file
        elif told & {entry.replaces, getattr(entry.event, "entry", None)}:
            told.add(entry.number)
            yield entry


def _others(event: TrustSucceeded | TrustFormed) -> frozenset[str]:
    """Give the other trusts that an event names; an organisation named by no code can't be looked up."""
    codes = event.by if isinstance(event, TrustSucceeded) else event.predecessors
    return frozenset(code for code in codes if CODE.fullmatch(code)) - {event.trust}


def _from_side_of(code: str, event: Recordable) -> Event | None:
    """Give what an event about another trust tells of one; nothing where it does not name it."""
    match event:
        case TrustSucceeded(trust=old, on=on, how=how, reason=reason) if code in _others(event):
            return TrustFormed(trust=code, on=on, predecessors=[old], how=how, reason=reason)
        case TrustFormed(trust=new, on=on, how=how, reason=reason) if code in _others(event):
            return TrustSucceeded(trust=code, on=on, by=[new], how=how, reason=reason)
        case _:
            return None
