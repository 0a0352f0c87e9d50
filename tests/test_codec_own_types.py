"""Types of event of one's own are stored and read like those of the ledger, or refused; they never get in the way of others."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from ledger import Ledger, When, projection
from ledger._codec import decode, encode
from ledger._entry import Entry
from ledger._when import to_when
from ledger.errors import EventError, StoredEntryError
from ledger.events import Event, RatingsSuspended, Recordable

A: dict[str, Any] = {"trust": "RHA", "on": "2026-03"}
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own() -> Iterator[None]:
    """Forget the types that a test makes."""
    known = dict(Recordable.known)
    yield
    Recordable.known.clear()
    Recordable.known.update(known)


def _entry(event: Recordable) -> Entry:
    return Entry(number=1, place=1, event=event, recorded_at=NOON, recorded_by="Governance")


def _kind(**fields: Any) -> Any:
    """Make a type with fields, each with its annotation and how it is defined."""
    body = {"__annotations__": {name: hint for name, (hint, _) in fields.items()}} | {n: how for n, (_, how) in fields.items()}
    return attrs.frozen(kw_only=True)(type("Remark", (Event,), body))


@attrs.frozen
class Page:
    """A class with one field."""

    number: int


WITH: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"words": (tuple[str, ...], ())}, {"words": ("b", "a")}, '"words":["b","a"]'),
    ({"counts": (tuple[int, ...], ())}, {}, ""),
    ({"pages": (tuple[Page, ...], ())}, {"pages": (Page(3),)}, '"pages":[{"number":3}]'),
    ({"until": (When, attrs.field(default="2030", converter=to_when))}, {}, ""),
    ({"until": (When, attrs.field(default="2030", converter=to_when))}, {"until": "2031"}, '"until":"2031"'),
    ({"until": (When | None, attrs.field(default=None, converter=attrs.converters.default_if_none(When("2030"))))}, {}, "2030"),
    ({"until": (When, attrs.field(default="2030", converter=attrs.Converter(to_when)))}, {}, ""),
    ({"words": (frozenset[str], attrs.field(factory=frozenset))}, {}, ""),
    ({"words": (frozenset[str], attrs.field(default=[], converter=frozenset))}, {"words": ["b", "a"]}, '"words":["a","b"]'),
    ({"shade": (str, "grey")}, {}, ""),
    ({"shade": (str, "grey")}, {"shade": "green"}, '"shade":"green"'),
    ({"_hidden": (str, attrs.field())}, {"hidden": "x"}, '"_hidden":"x"'),
    ({"at": (datetime, attrs.field())}, {"at": NOON}, '"at":"2026-03-05T12:00:00.000000Z"'),
    ({"count": (int | None, None)}, {"count": 0}, '"count":0'),
    ({"is_so": (bool, False)}, {"is_so": True}, '"is_so":true'),
]


@pytest.mark.parametrize(("fields", "given", "stored"), WITH)
def test_a_type_of_ones_own_comes_back_from_its_bytes(fields: dict[str, Any], given: dict[str, Any], stored: str) -> None:
    """What is at its default is left out, as the constructor makes it; what is not, is as JSON has it."""
    entry = _entry(_kind(**fields)(**A, **given))
    written = encode(entry)

    assert decode(1, written) == entry
    assert stored in written.decode()
    assert stored or all(f'"{name}"' not in written.decode() for name in fields)


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ({"until": (When, attrs.field(default="2030", converter=to_when))}, '"until":"2030"'),
        ({"words": (str, attrs.field(default="ABC", converter=str.lower))}, '"words":"abc"'),
        ({"words": (str, attrs.field(converter=str.lower))}, '"words":"LOUD"'),
        ({"words": (frozenset[str], attrs.field(factory=frozenset))}, '"words":[]'),
        ({"at": (datetime, attrs.field())}, '"at":"2026-03-05T12:00:00"'),
    ],
)
def test_what_would_be_written_otherwise_is_refused(fields: dict[str, Any], more: str) -> None:
    """Also where a converter of one's own would make the same of it."""
    _kind(**fields)
    stored = (
        f'{{"event":{{"on":"2026-03","trust":"RHA",{more}}},"recorded_at":"2026-03-05T12:00:00.000000Z",'
        '"recorded_by":"Governance","type":"Remark","v":1}'
    )
    if more.startswith('"at"'):
        stored = stored.replace(f'"on":"2026-03","trust":"RHA",{more}', f'{more},"on":"2026-03","trust":"RHA"')
    with pytest.raises(StoredEntryError):
        decode(1, stored.encode())


@attrs.frozen
class Inside:
    """A class that may hold one of its own."""

    inside: "Inside | None" = None


@pytest.mark.parametrize(
    ("fields", "given", "why"),
    [
        ({"value": (str | int, 0)}, {"value": 3}, "of several types"),
        ({"value": (int | None, 3)}, {"value": None}, "may hold nothing: let that be its default"),
        ({"value": ("Unknown", None)}, {"value": 3}, "Unknown"),
        ({"value": (Inside | None, None)}, {"value": Inside()}, "recursion"),
        ({"value": (complex, 0j)}, {"value": 1j}, "can't be stored"),
        ({"value": (str, attrs.field(default=attrs.Factory(lambda own: own.trust, takes_self=True)))}, {}, "must not depend"),
    ],
)
def test_a_type_that_cannot_be_stored_is_refused_and_others_are_read(
    fields: dict[str, Any], given: dict[str, Any], why: str
) -> None:
    """Nothing is recorded of it; entries of other types are read and written as before."""
    kind = _kind(**fields)
    other = _entry(RatingsSuspended(**A))
    with Ledger.open(":memory:") as ledger:
        with pytest.raises(EventError, match=f"Remark can't be stored.*{why}|{why}"):
            ledger.record(kind(**A, **given))
        assert ledger.last == 0
        ledger.record(other.event)
        assert [e.event for e in ledger.entries] == [other.event]
    assert decode(1, encode(other)) == other


@pytest.mark.parametrize(
    "stored", [b'{"a":' + b"[" * 5000 + b"]" * 5000 + b',"v":1}', b'{"v":' + b"9" * 500 + b"}", b"\xff", 5, None]
)
def test_whatever_is_in_the_store_is_told_as_damage(stored: Any) -> None:
    """Depth, size, bytes that are no text, and what is no bytes at all."""
    with pytest.raises(StoredEntryError, match="entry 3 "):
        decode(3, stored)


def test_facts_that_a_type_calls_equal_are_told_apart() -> None:
    """An answer as known before a correction is not that of after it, though the two facts are equal to their type."""
    kind = _kind(page=(int, attrs.field(default=1, eq=False)))

    nothing: tuple[int, ...] = ()

    @projection(initial=nothing)
    def pages(state: tuple[int, ...], fact: Event) -> tuple[int, ...]:
        return (*state, getattr(fact, "page", 0))

    moments = iter(datetime(2026, 1, day, tzinfo=UTC) for day in range(1, 28))
    with Ledger.open(":memory:", clock=lambda: next(moments)) as ledger:
        ledger.record(kind(**A, page=1))
        ledger.correct(1, kind(**A, page=2), reason="misread")
        assert [ledger.at("2027-01-01").of("RHA", pages) for _ in range(3)] == [(2,)] * 3
        known = [ledger.at("2027-01-01", known_at="2026-01-01").of("RHA", pages) for _ in range(3)]
        assert known == [(1,)] * 3
