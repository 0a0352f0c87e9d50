"""A naive ledger: a list that is read from end to end for every question. An oracle, written from the words of the design alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import attrs

from .._entry import Citation, Draft
from .._when import day_of
from ..events import PASSES, Corroborated, Event, Recordable, Retracted
from ._calendar import Calendar

__all__ = ["Model", "Row"]


@attrs.frozen
class Row:
    """One entry."""

    number: int
    event: Any
    recorded_at: datetime
    sources: tuple[Citation, ...]
    replaces: int | None
    place: int

    @property
    def is_pass(self) -> bool:
        """Whether it says that a deadline was seen to pass."""
        return isinstance(self.event, PASSES)

    @property
    def is_fact(self) -> bool:
        """Whether it is about the world: not a note about another entry, nor a pass that was noticed."""
        return isinstance(self.event, Event) and not self.is_pass


class Model:
    """All entries, in order of number."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self.rows = list(rows)

    def add(self, event: Recordable, at: datetime, sources: Sequence[Citation] = (), replaces: int | None = None) -> None:
        """Append an entry."""
        number = len(self.rows) + 1
        place = self.rows[replaces - 1].place if replaces else number
        self.rows.append(Row(number, event, at, tuple(sources), replaces, place))

    def known(self, at: datetime | None = None) -> list[Row]:
        """Give the entries recorded by a moment that none recorded by then replaced."""
        by_then = [row for row in self.rows if at is None or row.recorded_at <= at]
        return [row for row in by_then if row.number not in [other.replaces for other in by_then]]

    def standing(self, trust: str, known_at: datetime | None = None) -> list[Row]:
        """Give the facts about a trust that stand, as known at a moment."""
        return [row for row in self.known(known_at) if row.is_fact and row.event.trust == trust]

    def timeline(self, trust: str, on: date, known_at: datetime | None = None) -> list[Row]:
        """Give the facts about a trust that count on a day, in the order they took effect."""
        counting = [row for row in self.standing(trust, known_at) if row.event.on.latest and row.event.on.latest <= on]
        return sorted(counting, key=lambda row: (row.event.on.latest, row.place))

    def passes(self, trust: str, on: date, known_at: datetime | None = None) -> tuple[Event, ...]:
        """Give the deadlines of a trust that passed by the start of a day, in order."""
        return tuple(Calendar(trust).run([row.event for row in self.timeline(trust, on, known_at)], on))

    def sources(self, row: Row, known_at: datetime | None = None) -> tuple[Citation, ...]:
        """Give the sources of an entry, and those it was given later, as known at a moment; each once."""
        note = Corroborated(trust=row.event.trust, entry=row.number)
        notes = [other for other in self.known(known_at) if other.event == note]
        return tuple(dict.fromkeys(source for one in (row, *notes) for source in one.sources))

    def record(self, drafts: Sequence[Draft], at: datetime) -> None:
        """Record what is new in drafts; what stands already is confirmed where a source is new."""
        before = Model(self.rows)
        for draft in drafts:
            added = [row for row in self.rows[len(before.rows) :] if row.event == draft.event]
            equal = [row for row in before.standing(draft.event.trust) if row.event == draft.event]
            if added:
                self.rows[added[0].number - 1] = attrs.evolve(
                    added[0], sources=tuple(dict.fromkeys((*added[0].sources, *draft.sources)))
                )
            elif equal:
                self.corroborate(equal[0], draft.sources, at)
            else:
                self.add(draft.event, at, draft.sources)

    def corroborate(self, row: Row, sources: Sequence[Citation], at: datetime) -> None:
        """Add to an entry the sources that it does not have."""
        if further := [source for source in sources if source not in self.sources(row)]:
            self.add(Corroborated(trust=row.event.trust, entry=row.number), at, further)

    def correct(self, row: Row, event: Event, at: datetime) -> None:
        """Put an event in the place of an entry, with its sources."""
        self.add(event, at, self.sources(row), replaces=row.number)

    def retract(self, row: Row, at: datetime) -> None:
        """Take an entry back."""
        self.add(Retracted(trust=row.event.trust, entry=row.number), at, replaces=row.number)

    def swept_through(self) -> date:
        """Give the day through which deadlines were seen to pass, of those that had passed when they were put on record."""
        seen = [row.event.on.latest for row in self.known() if row.is_pass and row.event.on.latest <= day_of(row.recorded_at)]
        return max(seen, default=date.min)

    def sweep(self, trusts: Sequence[str], today: date, at: datetime) -> None:
        """Put on record each pass through a day that is not yet; each due period of a thing once.

        One that was put there ahead of its day counts until that day comes.
        """
        passes = ((row, row.event.on.latest) for row in self.known() if row.is_pass)
        on_record = [_once(row.event) for row, on in passes if on <= day_of(row.recorded_at) or on > day_of(at)]
        for trust in trusts:
            for event in self.passes(trust, today):
                if _once(event) not in on_record:
                    self.add(event, at)


def _once(event: Any) -> tuple[object, ...]:
    about = [getattr(event, name, None) for name in ("action", "plan", "notice", "requirement")]
    return event.trust, *about, event.due.latest
