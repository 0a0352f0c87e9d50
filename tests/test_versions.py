"""Old entries: each type of event has a version, and what earlier versions stored is read through a chain of upcasts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import attrs
import pytest

from ledger import Entry, Ledger
from ledger._codec import decode, encode
from ledger._rows import Row
from ledger._store import MemoryRecorder, Store
from ledger.errors import StoredEntryError
from ledger.events import Event, Recordable, Upcast

RECORDED = b'"recorded_at":"2026-03-05T12:00:00.000000Z","recorded_by":"Governance"'
FIRST = b'{"event":{"count":"3","on":"2026-03","trust":"RHA"},%b,"type":"BedsCounted","v":1}' % RECORDED
SECOND = b'{"event":{"beds":"3","on":"2026-03","trust":"RHA"},%b,"type":"BedsCounted","v":1,"version":2}' % RECORDED
THIRD = b'{"event":{"beds":3,"on":"2026-03","trust":"RHA"},%b,"type":"BedsCounted","v":1,"version":3}' % RECORDED
FOURTH = THIRD.replace(b'"version":3', b'"version":4')


def _renamed(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**fields, "beds": fields["count"]}.items() if name != "count"}


def _numbered(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "beds": int(fields["beds"])}


@pytest.fixture(autouse=True)
def beds_counted() -> Iterator[type[Event]]:
    """Give a type in its third version: the first called its field `count`, and the first two kept a text in it."""
    known = dict(Recordable.known)

    @attrs.frozen(kw_only=True)
    class BedsCounted(Event):
        upcasts: ClassVar[tuple[Upcast, ...]] = (_renamed, _numbered)
        subject: ClassVar[str] = "trust"

        beds: int

    yield BedsCounted
    Recordable.known.clear()
    Recordable.known.update(known)


def entry(kind: type[Event]) -> Entry:
    """Give the entry that all the lines hold."""
    event = kind(trust="RHA", on="2026-03", beds=3)  # type: ignore[call-arg]  # the type is made in the fixture
    return Entry(number=1, place=1, event=event, recorded_at=datetime(2026, 3, 5, 12, tzinfo=UTC), recorded_by="Governance")


@pytest.mark.parametrize("stored", [FIRST, SECOND, THIRD])
def test_what_any_version_stored_is_read_as_the_same(stored: bytes, beds_counted: type[Event]) -> None:
    """Each version's line gives the entry that the newest version would have made."""
    assert decode(1, stored) == entry(beds_counted)


def test_the_newest_version_is_what_is_written(beds_counted: type[Event]) -> None:
    """An entry is written with the version of its type; the first version goes without saying."""
    assert encode(entry(beds_counted)) == THIRD


def test_a_newer_version_is_refused_with_advice() -> None:
    """What a newer library stored is not guessed at."""
    with pytest.raises(
        StoredEntryError, match=r"newer version of trust-ledger \(BedsCounted in version 4, this one reads 3\): upgrade"
    ):
        decode(1, FOURTH)


@pytest.mark.parametrize(
    "stored",
    [
        FIRST.replace(b'"v":1', b'"v":1,"version":1'),  # the first version goes without saying
        FIRST.replace(b'"v":1', b'"v":1,"version":0'),
        SECOND.replace(b'"version":2', b'"version":true'),
        SECOND.replace(b'"beds":"3"', b'"beds":"three"'),  # an upcast can't make anything of it
        FIRST.replace(b'"count"', b'"counted"'),
        SECOND.replace(b'"beds":"3"', b'"beds": "3"'),  # not canonical
        FIRST.replace(b'"event":{"count":"3","on":"2026-03","trust":"RHA"}', b'"event":[]'),
        THIRD.replace(b',"version":3', b""),  # the newest without its version is the first
    ],
)
def test_old_lines_are_as_strictly_read_as_new_ones(stored: bytes) -> None:
    """An old version excuses nothing: what is not as that version wrote it is refused."""
    with pytest.raises(StoredEntryError, match="entry 1 "):
        decode(1, stored)


def test_no_type_has_a_version_that_goes_without_saying() -> None:
    """A type in its first version that says so was not written by this library."""
    line = b'{"event":{"on":"2026-03","trust":"RHA"},%b,"type":"RatingsSuspended","v":1}' % RECORDED
    assert decode(1, line).event.trust == "RHA"
    with pytest.raises(StoredEntryError):
        decode(1, line.replace(b'"v":1', b'"v":1,"version":1'))


def test_what_is_stored_in_an_old_version_stays_as_it_is(beds_counted: type[Event]) -> None:
    """A ledger answers from old lines and adds new ones after them; the old bytes are never rewritten."""
    recorder = MemoryRecorder()
    store = Store(recorder, "here")
    store.append([Row("RHA", 1, "BedsCounted", FIRST)], after=0)

    ledger = Ledger(recorder, by="Governance")
    same = ledger.record(entry(beds_counted).event)  # it is on record, in an old version

    assert [e.number for e in same] == [1]
    assert [row.stored for row in store.after(0)] == [FIRST]
