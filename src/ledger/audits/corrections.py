"""The rule on corrections of the record that moved a date."""

from collections.abc import Iterator
from typing import TypeAlias

from .._dossier import Dossier
from .._entry import Entry
from .._moves import About, moves
from .._when import When
from ..events import ActionCompleted, ActionPlanSubmitted, ActionVerified, NoticeDetermined
from ._read import because, named, or_none, recorded
from ._rule import AuditException, rule

__all__ = ["correction_moved_date"]

DATED = {
    ActionCompleted: "completion",
    ActionVerified: "verification",
    ActionPlanSubmitted: "submission",
    NoticeDetermined: "determination",
}
"""The types of event whose date says whether a deadline was met, and what that date is of."""


@rule("high")
def correction_moved_date(dossier: Dossier) -> Iterator[AuditException]:
    """A correction of the record that moved a due date, or the date of a completion, a submission or a determination.

    A correction is for what was written down wrongly; what has changed in the world is news, recorded as such. As a correction
    can make a late completion timely, each that moves such a date is for somebody to look at, with the reason given for it.
    """
    by_number = {e.number: e for e in dossier.known}
    for about, entry, what, before, after in [*_due_dates(dossier, by_number), *_days(dossier, by_number)]:
        wrong = by_number[entry.replaces or 0]
        if wrong.fact.on.may_be_by(dossier.on) or entry.fact.on.may_be_by(dossier.on):
            text = (
                f"A correction of the record made on {recorded(entry)} changed {what} of {named(dossier, about)}: "
                f"{or_none(before)} became {or_none(after)}. {because(entry.reason)}"
            )
            yield AuditException(text.strip(), (wrong.number, entry.number), about)


_Change: TypeAlias = tuple[About, Entry, str, When | None, When | None]


def _due_dates(dossier: Dossier, by_number: dict[int, Entry]) -> Iterator[_Change]:
    for about, moved in moves(dossier).items():
        for move in moved:
            if move.is_correction:
                yield about, by_number[move.entry], "the due date", move.before, move.after


def _days(dossier: Dossier, by_number: dict[int, Entry]) -> Iterator[_Change]:
    for e in dossier.known:
        wrong, what = by_number.get(e.replaces or 0), DATED.get(type(e.event))
        if wrong and what and type(wrong.event) in DATED and wrong.fact.about == e.fact.about and wrong.fact.on != e.fact.on:
            yield e.fact.about, e, f"the date of the {what}", wrong.fact.on, e.fact.on
