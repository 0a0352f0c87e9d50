"""Plain `eventsourcing`: a trust is an aggregate, its facts are the aggregate's events, in SQLite as they come.

Its time travel is by version. For a date in the world its maintainer's advice is to read the events, sort them by that date, and
project them; that is what `on` does. The events hold the ledger's own facts and citations, made by their constructors through
transcodings as the package's documentation shows; or, with rows of bare texts, nothing that needs to be made at all.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import attrs
from answer import Row, Thing, after
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import JSONTranscoder, Transcoding

from ledger import Citation, Source, When
from ledger.events import ByRule, Evidence, NoticeRequirement, Recordable

__all__ = ["Trusts", "latest", "on", "opened", "record_all", "record_one"]


class Trust(Aggregate):
    """A trust, with what is rated and what is to be done as its events say in the order they were recorded."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.things: dict[str, Thing] = {}

    @staticmethod
    def create_id(code: str) -> UUID:
        """Give the id that a code always has."""
        return uuid5(NAMESPACE_URL, code)

    class Recorded(Aggregate.Event):
        """Something was recorded about the trust."""

        number: int
        place: int
        kind: str
        about: str
        stated: str
        latest: str | None
        recorded_at: str
        replaces: int | None
        event: Any
        sources: Any

        def apply(self, aggregate: "Trust") -> None:
            """Take it in."""
            if self.about:
                aggregate.things[self.about] = after(aggregate.things.get(self.about), self.kind, self.stated)


class AsFields(Transcoding):
    """Keeps a value of an attrs class as its fields, and makes it anew through its constructor."""

    def __init__(self, kind: type[attrs.AttrsInstance]) -> None:
        self.type, self.name = kind, kind.__name__
        self._defaults = {field.name: field.default for field in attrs.fields(kind) if field.init}

    def encode(self, obj: object) -> dict[str, Any]:
        """Give the fields that hold more than their default."""
        values = ((name, getattr(obj, name), default) for name, default in self._defaults.items())
        return {name: value for name, value, default in values if value != default}

    def decode(self, data: dict[str, Any]) -> object:
        """Make the value."""
        return self.type(**data)


class SetAsList(Transcoding):
    """Keeps a set of texts in order."""

    type, name = frozenset, "frozenset"

    def encode(self, obj: frozenset[str]) -> list[str]:
        """Give the texts in order."""
        return sorted(obj)

    def decode(self, data: list[str]) -> frozenset[str]:
        """Make the set."""
        return frozenset(data)


class Trusts(Application[UUID]):
    """All trusts."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Say how what events hold is kept."""
        super().register_transcodings(transcoder)
        transcoder.register(SetAsList())
        for kind in (When, Source, Citation, ByRule, Evidence, NoticeRequirement, *Recordable.known.values()):
            transcoder.register(AsFields(kind))


@contextmanager
def opened(path: Path) -> Iterator[Trusts]:
    """Open the application on an SQLite file."""
    app = Trusts(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)})
    try:
        yield app
    finally:
        app.close()


def _trigger(trust: Trust, row: Row) -> None:
    fields = attrs.asdict(row, recurse=False)
    del fields["trust"]
    trust.trigger_event(Trust.Recorded, **fields)


def record_all(path: Path, rows: Iterable[Row]) -> None:
    """Save each trust with all that is recorded about it, one trust at a time."""
    with opened(path) as app:
        for code, of_trust in groupby(sorted(rows, key=attrgetter("trust")), attrgetter("trust")):
            trust = Trust(code)
            for row in of_trust:
                _trigger(trust, row)
            app.save(trust)


def record_one(app: Trusts, row: Row) -> None:
    """Save one more event of a trust that has many."""
    trust: Trust = app.repository.get(Trust.create_id(row.trust))
    _trigger(trust, row)
    app.save(trust)


def latest(app: Trusts, code: str) -> dict[str, Thing]:
    """Give what the repository gives: everything in the order it was recorded, and nothing corrected."""
    trust: Trust = app.repository.get(Trust.create_id(code))
    return trust.things


def on(app: Trusts, code: str, day: str, known_at: str | None = None) -> dict[str, Thing]:
    """Give what stood on a day, as known at a moment, by replaying the events in the order they took effect."""
    events = [event for event in app.events.get(Trust.create_id(code)) if isinstance(event, Trust.Recorded)]
    known = [event for event in events if known_at is None or event.recorded_at <= known_at]
    replaced = {event.replaces for event in known}
    counted = [e for e in known if e.about and e.number not in replaced and e.latest is not None and e.latest <= day]
    things: dict[str, Thing] = {}
    for event in sorted(counted, key=attrgetter("latest", "place")):
        things[event.about] = after(things.get(event.about), event.kind, event.stated)
    return things
