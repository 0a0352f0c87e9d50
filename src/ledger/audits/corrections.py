"""The rule on corrections of the record that moved a date."""

from collections.abc import Iterator
from typing import TypeAlias

from .._dossier import Dossier
from .._entry import Entry
from .._moves import About, dues, moves
from .._when import When
from ..events import (
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanSubmitted,
    ActionVerified,
    ActionWithdrawn,
    NoticeDetermined,
    Retracted,
)
from ._read import because, named, or_none, recorded
from ._rule import AuditException, rule

__all__ = ["correction_moved_date"]

DATED = {
    ActionCompleted: "completion",
    ActionVerified: "verification",
    ActionPlanSubmitted: "submission",
    NoticeDetermined: "determination",
    ActionDeadlineRevised: "decision to move the deadline",
    ActionWithdrawn: "withdrawal",
}
"""The types of event whose date says whether a deadline was met or missed, and what that date is of."""


@rule("high")
def correction_moved_date(dossier: Dossier) -> Iterator[AuditException]:
    """A correction of the record that moved a due date, or the date of what ends or moves a deadline.

    A correction is for what was written down wrongly; what has changed in the world is news, recorded as such. As a correction
    can make a late completion timely, each that moves such a date is for somebody to look at, with the reason given for it. To
    take an entry back and record it anew with another due date is the same.
    """
    by_number = {e.number: e for e in dossier.known}
    for about, entry, what, before, after in [*_due_dates(dossier, by_number), *_days(dossier, by_number)]:
        text = (
            f"A correction of the record made on {recorded(entry)} changed {what} of {named(dossier, about)}: "
            f"{or_none(before)} became {or_none(after)}. {because(entry.reason)}"
        )
        yield AuditException(text.strip(), (entry.replaces or 0, entry.number), about)
    yield from _recorded_anew(dossier, by_number)


_Change: TypeAlias = tuple[About, Entry, str, When | None, When | None]


def _due_dates(dossier: Dossier, by_number: dict[int, Entry]) -> Iterator[_Change]:
    for about, moved in moves(dossier).items():
        for move in moved:
            if move.is_correction:
                yield about, by_number[move.entry], "the due date", move.before, move.after


def _days(dossier: Dossier, by_number: dict[int, Entry]) -> Iterator[_Change]:
    for e in dossier.known:
        wrong, what = by_number.get(e.replaces or 0), DATED.get(type(e.event))
        if wrong and what and type(wrong.event) in DATED and wrong.fact.about == e.fact.about:
            before, after = wrong.fact.on, e.fact.on
            if before != after and (before.may_be_by(dossier.on) or after.may_be_by(dossier.on)):  # else it is still to come
                yield e.fact.about, e, f"the date of the {what}", before, after


def _recorded_anew(dossier: Dossier, by_number: dict[int, Entry]) -> Iterator[AuditException]:
    """Yield what was taken back from the record, and recorded anew with another due date."""
    for note in dossier.known:
        wrong = by_number.get(note.replaces or 0)
        if not isinstance(note.event, Retracted) or wrong is None:
            continue
        for about, before in dues(wrong.event).items():
            anew = next((e for e in dossier.in_force if e.number > note.number and about in dues(e.event)), None)
            if anew and type(anew.event) is type(wrong.event) and dues(anew.event)[about] != before:
                text = (
                    f"{named(dossier, about)} was taken back from the record on {recorded(note)} and recorded anew on "
                    f"{recorded(anew)}: the due date, {or_none(before)}, became {or_none(dues(anew.event)[about])}. {because(note.reason)}"
                )
                yield AuditException(text.strip(), (wrong.number, note.number, anew.number), about)
