"""One deadline on a date, and what is said of it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from ._moves import About, Move
from ._show import Line, Page, Section, counted, listed, plain, times
from ._when import When, day_in_words
from .events import Firmness

__all__ = ["Deadline", "Due", "page"]


class Due(StrEnum):
    """Where a deadline stands on a date."""

    OVERDUE = "overdue"
    PAST_TARGET = "past-target"
    DUE = "due"
    UPCOMING = "upcoming"


@attrs.frozen(kw_only=True)
class Deadline:
    """Something open that has a due period, on a date.

    Attributes:
        about: what it is of: `("action", id)`, `("plan", id)`, `("notice", id, requirement)` or `("requirement", id)`.
        due: the due period in force; `original_due` the first one that was ever on record.
        standing: `overdue`; `past-target` where it was a target, an ambition or conditional; `due` on a day of the due period; `upcoming`.
        days: how many days ago the last day was; negative where it is still to come, none where the due period has no end.
        moves: each time it was moved, by a decision or by a correction of the record.
        missed: the due periods that passed while it was open.
        unsure: those of `missed` of which an imprecise date leaves doubt.
        part_of: the action that it is a part of; `whole` is what that one is called, where it is on record.
        is_certain: whether what set it is in force; else it may already be, as its date is imprecise.
        in_doubt: the entries about it that may already have taken effect, and do not count yet.
        entries: the numbers of the entries that say something of it; `inferred` are the fields of theirs that no source states.
        is_forecast: whether the day lies after what the view knows of.

    """

    trust: str
    about: About
    heading: str
    due: When
    standing: Due
    days: int | None
    original_due: When | None = None
    moves: tuple[Move, ...] = ()
    missed: tuple[When, ...] = ()
    unsure: tuple[When, ...] = ()
    firmness: Firmness | None = None
    unresolved: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    owner_body: str | None = None
    lead: str | None = None
    committee: str | None = None
    part_of: str | None = None
    whole: str | None = None
    last_heard: date | None = None
    is_certain: bool = True
    in_doubt: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    inferred: tuple[str, ...] = ()
    is_forecast: bool = False

    @property
    def is_past(self) -> bool:
        """Whether the last day of the due period is over."""
        return self.standing in {Due.OVERDUE, Due.PAST_TARGET}

    def comes_within(self, days: int, *, after: date) -> bool:
        """Whether the first day it may be due is at most *days* after a day; of a period without a first day, its last counts."""
        first = self.due.earliest or self.due.latest
        return first is None or (first - after).days <= days

    @property
    def summary(self) -> str:
        """When it is or was due, how long ago, how often it was moved, which dates passed, who leads, and what is in doubt."""
        told = listed(
            [
                "may already be in force" if not self.is_certain else None,
                {Due.OVERDUE: "overdue", Due.PAST_TARGET: "past its target"}.get(self.standing),
                listed([self.firmness, f"due {self.due.in_words()}", self._distance()], ", "),
                self._moved(),
                *(f"open on record after {due.in_words()}{self._doubt(due)}" for due in self.missed),
                *(f"condition not resolved on record: {one}" for one in self.unresolved),
                *(f"condition not met: {one}" for one in self.refused),
                f"owner: {self.owner_body}" if self.owner_body else None,
                f"lead: {self.lead}" if self.lead else "no lead on record",
                f"committee: {self.committee}" if self.committee else None,
                f"part of: {self.whole or self.part_of}" if self.part_of else None,
                f"nothing on record since {day_in_words(self.last_heard)}" if self.is_past and self.last_heard else None,
                f"in doubt: [{', '.join(map(str, self.in_doubt))}] may already have changed this" if self.in_doubt else None,
            ]
        )
        return listed([told, f"(inferred: {', '.join(self.inferred)})" if self.inferred else None], " ")

    def _distance(self) -> str | None:
        if self.days is None:
            return None
        if self.days > 0:
            return f"{counted(self.days, 'day')} ago"
        return f"last day in {counted(-self.days, 'day')}" if self.days else "last day today"

    def _doubt(self, due: When) -> str:
        return " (not certain)" if due in self.unsure else ""

    def _moved(self) -> str | None:
        if not self.moves:
            return None
        corrections = sum(move.is_correction for move in self.moves)
        often = f"{times(corrections)} " if corrections < len(self.moves) else ""
        by = f", {often}by correcting the record" if corrections else ""
        return f"moved {times(len(self.moves))}{by}"

    def line(self) -> Line:
        """Give it as a statement; a forecast is marked."""
        return Line(f"{self.trust}, {self.heading}", self.summary, self.entries, "Forecast:" if self.is_forecast else "")

    def __str__(self) -> str:
        """Give it on one line."""
        return str(self.line())

    def row(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        moved = [{**plain(move), "days": move.days} for move in self.moves]
        return {**plain(self), "moves": moved, "times_moved": len(self.moves), "summary": self.summary}


SECTIONS = (("Past", {Due.OVERDUE, Due.PAST_TARGET}), ("Due in this period", {Due.DUE}), ("Upcoming", {Due.UPCOMING}))


def page(found: Sequence[Deadline], title: str, notes: tuple[str, ...]) -> Page:
    """Give deadlines as statements: what is past, what is due in this period, what is upcoming."""
    sections = (Section(name, tuple(one.line() for one in found if one.standing in standings)) for name, standings in SECTIONS)
    told = tuple(section for section in sections if section.lines)
    return Page(title, notes, told or (Section("Nothing open has a due date", ()),))
