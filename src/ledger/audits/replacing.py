"""The rule on commitments given up near their deadline, where another with more time takes their place."""

from collections.abc import Iterator
from datetime import date, timedelta

import attrs

from .._dossier import Dossier
from .._entry import Entry
from .._when import When, day_of
from ..events import ActionCommitted, ActionDeadlineRevised, ActionWithdrawn, Retracted
from ..projections.actions import Action
from ._read import because, dated, numbers, recorded, said_of, set_by, steps
from ._rule import AuditException, rule

__all__ = ["replaced_near_deadline"]


@attrs.frozen(kw_only=True)
class _GivenUp:
    """A commitment given up: what it was, when it was due, when and how it went, and by which entries."""

    what: Action | ActionCommitted
    due: When
    day: date
    how: str
    reason: str | None
    entries: tuple[int, ...]
    later: tuple[tuple[date, Entry], ...]
    """The commitments made or recorded since it was, each with the day of that."""

    def is_near(self, days: int) -> bool:
        """Whether it was given up at most so many days before or after the last day it was due."""
        return self.due.latest is not None and abs(self.due.latest - self.day) <= timedelta(days)

    def alike(self, new: ActionCommitted) -> str | None:
        """Say in what a commitment is like it; none where it is not, or is due no later."""
        if new.due is None or self.due.latest is None or (new.due.latest or date.max) <= self.due.latest:
            return None
        if new.action == self.what.action:
            return "the same action"
        if self.what.title and new.title.casefold().split() == self.what.title.casefold().split():
            return "of the same title"
        if new.answers & self.what.answers:
            return "which answers the same"
        return "part of the same action" if new.part_of and new.part_of == self.what.part_of else None


@rule("high")
def replaced_near_deadline(dossier: Dossier, *, days: int = 30) -> Iterator[AuditException]:
    """A commitment given up at most so many days (30 unless told) before or after its deadline, and one like it due later.

    An action that is withdrawn, or taken back from the record, is never overdue. Where another takes its place with more time,
    the deadline has moved and no decision says so. Another is like it if it is the same action recorded anew, has the same
    title, answers the same or is part of the same, and was made, or recorded, at most as many days from when the first was given up.
    """
    for old in [*_withdrawn(dossier), *_taken_back(dossier)]:
        new = [
            (like, e, e.event)
            for day, e in old.later
            if isinstance(e.event, ActionCommitted) and abs(day - old.day) <= timedelta(days) and (like := old.alike(e.event))
        ]
        if new and old.is_near(days):
            text = [f"“{old.what.title or old.what.action}”, due {old.due.in_words()}, was {old.how}."]
            text += [because(old.reason)] if old.reason else []
            text += [
                f"“{fact.title}”, {like}, was committed to {dated(fact.on)}, recorded on {recorded(e)}, and is due {fact.due.in_words()}."
                for like, e, fact in new
                if fact.due
            ]
            entries = (*old.entries, *numbers([e for _, e, _ in new]))
            yield AuditException(" ".join(text), entries, ("action", old.what.action))


def _withdrawn(dossier: Dossier) -> Iterator[_GivenUp]:
    """Yield the open actions withdrawn, on the day that counts: the last that an imprecise date can mean."""
    for entry, before, _ in steps(dossier):
        day, made = entry.fact.on.latest, before.committed_on
        if isinstance(entry.event, ActionWithdrawn) and before.is_open and before.due and day and made and made.latest:
            made_on = ((e.fact.on.latest or date.max, e) for e in _committed(dossier))
            yield _GivenUp(
                what=before,
                due=before.due,
                day=day,
                how=f"withdrawn {dated(entry.fact.on)}",
                reason=entry.event.reason,
                entries=(*set_by(dossier, before.about, before.due), entry.number),
                later=tuple((on, e) for on, e in made_on if on > made.latest),
            )


def _committed(dossier: Dossier) -> list[Entry]:
    return [e for e in dossier.in_force if isinstance(e.event, ActionCommitted)]


def _taken_back(dossier: Dossier) -> Iterator[_GivenUp]:
    """Yield the commitments taken back from the record, on the day of that."""
    by_number = {e.number: e for e in dossier.known}
    for note in dossier.known:
        wrong = by_number.get(note.replaces or 0)
        if isinstance(note.event, Retracted) and wrong and isinstance(wrong.event, ActionCommitted):
            due = _due_before(dossier, note, wrong.event)
            if due and wrong.event.on.is_by(dossier.on):
                since = (e for e in _committed(dossier) if e.recorded_at > wrong.recorded_at)
                yield _GivenUp(
                    what=wrong.event,
                    due=due,
                    day=day_of(note.recorded_at),
                    how=f"taken back from the record on {recorded(note)}",
                    reason=note.reason,
                    entries=(wrong.number, note.number),
                    later=tuple((day_of(e.recorded_at), e) for e in since),
                )


def _due_before(dossier: Dossier, note: Entry, wrong: ActionCommitted) -> When | None:
    """Give the due period in force before a commitment was taken back: a revision outlives the commitment."""
    revised = [
        e.event for e in said_of(dossier, wrong.about) if isinstance(e.event, ActionDeadlineRevised) and e.number < note.number
    ]
    return revised[-1].due if revised else wrong.due
