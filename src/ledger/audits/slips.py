"""Rules on deadlines that slip: moved late, often or without a reason, past with a condition open, later than what they are part of."""

from collections.abc import Iterator

from .._dossier import Dossier
from .._moves import About, Move, moves
from .._show import listed
from .._show import times as often
from .._when import When
from ..events import ActionCommitted, ActionConditionResolved, ActionDeadlineRevised
from ..projections.actions import ActionCondition
from ._read import IN_DOUBT, dated, doubts, named, numbers, or_none, said_of, set_by, steps
from ._rule import AuditException, rule

__all__ = [
    "condition_unresolved",
    "deadline_moved_after_passing",
    "deadline_moved_repeatedly",
    "deadline_moved_without_reason",
    "part_due_after_whole",
]


@rule("high")
def deadline_moved_after_passing(dossier: Dossier) -> Iterator[AuditException]:
    """A deadline moved by a decision made when it had already passed.

    A deadline that is moved once it is missed turns a miss into time to come. The miss stays on record; whoever reads only
    the deadline in force would not see it.
    """
    for entry, before, after in steps(dossier):
        due = before.due if before.has_passed else None
        if isinstance(entry.event, ActionDeadlineRevised) and due and after.revisions[-1].is_move:
            on = entry.event.on
            # An imprecise decision counts from its last day; that it came too late is certain only where its first day did.
            unsure = on.qualifier or (due.latest is not None and on.may_be_by(due.latest))
            yield AuditException(
                f"{named(dossier, before.about)} was due {due.in_words()}. By a decision dated {on.in_words()}, when that "
                f"{'may have' if unsure else 'had'} passed, the deadline became {or_none(entry.event.due)}.",
                (*set_by(dossier, before.about, due), entry.number),
                before.about,
            )


def _moved(dossier: Dossier) -> Iterator[tuple[About, list[Move]]]:
    """Yield the deadlines of what is on record, with each time they were moved or set again."""
    yield from ((about, moved) for about, moved in moves(dossier).items() if said_of(dossier, about))


@rule("medium")
def deadline_moved_repeatedly(dossier: Dossier, *, times: int = 2) -> Iterator[AuditException]:
    """A deadline moved so many times or more (twice unless told), by decisions and by corrections of the record.

    Each move may have had its reason. Together they show that the date never was one to plan by.
    """
    corrected = {e.number: e.replaces for e in dossier.known if e.replaces}
    for about, every in _moved(dossier):
        moved = [move for move in every if move.is_move]
        if moved and len(moved) >= times:
            told = "; ".join(map(_in_words, moved))
            before = [corrected[move.entry] for move in moved if move.is_correction]
            text = f"The deadline of {named(dossier, about)} was moved {often(len(moved))}: {told}."
            yield AuditException(
                text, (*set_by(dossier, about, moved[0].before), *before, *(one.entry for one in moved)), about
            )


def _in_words(move: Move) -> str:
    how = "by a correction recorded on" if move.is_correction else "by a decision dated"
    return f"{or_none(move.before)} became {or_none(move.after)}, {how} {move.on.in_words()}"


@rule("low")
def deadline_moved_without_reason(dossier: Dossier) -> Iterator[AuditException]:
    """A deadline moved by a decision, with no reason or no approving role on record.

    A deadline is a promise. Whoever moves it, or sets one again that had been given up, should be able to say why, and on whose
    authority.
    """
    for about, (first, *others) in _moved(dossier):
        for move in [*([first] if first.is_move else []), *(one for one in others if one.before != one.after)]:
            lacks = [None if move.reason else "no reason", None if move.approved_by else "no approving role"]
            if not move.is_correction and any(lacks):
                text = f"The deadline of {named(dossier, about)} was moved: {_in_words(move)}, with {listed(lacks, ' and ')} on record."
                yield AuditException(text, (move.entry,), about)


@rule("medium")
def condition_unresolved(dossier: Dossier) -> Iterator[AuditException]:
    """A deadline that passed with a condition it was subject to not resolved on record.

    An action that waits for an approval or for money can't be done by its deadline unless that comes in time. Whether it did
    should be on record by then, so that the deadline is kept, or moved by a decision and not by default.
    """
    for action in dossier.state.actions.values():
        for due in action.missed:
            late = [told for one in action.conditions if (told := _late(one, due))]
            if late:
                said = said_of(dossier, action.about, ActionCommitted, ActionDeadlineRevised, ActionConditionResolved)
                doubt = doubts(dossier, action.about, ActionConditionResolved)
                yield AuditException(
                    f"The deadline of {named(dossier, action.about)}, {due.in_words()}, passed. "
                    f"{' '.join(late)}{IN_DOUBT if doubt else ''}",
                    (*numbers(said), *doubt),
                    action.about,
                )


def _late(one: ActionCondition, due: When) -> str | None:
    """Say what became of a condition that was not resolved by the end of a due period; none where it was."""
    condition, on = f"Its condition “{one.condition}”", one.resolved_on
    if on is None:
        return f"{condition} is not resolved on record."
    if due.latest is None or on.is_by(due.latest):
        return None
    if on.may_be_by(due.latest):
        return f"{condition} was resolved {dated(on)}, which may have been after that ({one.outcome})."
    return f"{condition} was resolved only {dated(on)} ({one.outcome})."


@rule("low")
def part_due_after_whole(dossier: Dossier) -> Iterator[AuditException]:
    """An open action that is part of another and due after it.

    The whole can't be done by its deadline if a part of it is only due later: one of the two dates is not meant.
    """
    for part in dossier.state.actions.values():
        whole = dossier.state.actions.get(part.part_of or "")
        if whole and not whole.withdrawn_on and part.is_open and part.due and whole.due and _ends_after(part.due, whole.due):
            yield AuditException(
                f"{named(dossier, part.about)} is part of {named(dossier, whole.about)} and due {part.due.in_words()}, "
                f"after the whole, which is due {whole.due.in_words()}.",
                (*set_by(dossier, part.about, part.due), *set_by(dossier, whole.about, whole.due)),
                part.about,
            )


def _ends_after(part: When, whole: When) -> bool:
    """Whether one due period ends after another; of one without an end that is not known."""
    return part.latest is not None and whole.latest is not None and part.latest > whole.latest
