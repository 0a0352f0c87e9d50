"""Which events set a due period, and how often a deadline was moved: by a decision, or by a correction of the record."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from ._dossier import Dossier
from ._entry import Entry
from ._when import When, day_of
from .events import (
    ActionCommitted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    Event,
    NoticeIssued,
    RequirementMade,
    Retracted,
)
from .projections.actions import Revision

__all__ = ["About", "Move", "dues", "first_due", "is_about", "moves"]

About: TypeAlias = tuple[str, ...]
"""What a deadline is of: `("action", id)`, `("plan", id)`, `("notice", id, requirement)` or `("requirement", id)`."""


@attrs.frozen(kw_only=True)
class Move(Revision):
    """A deadline moved, by a decision or by a correction of the record; `entry` says so.

    Of a correction, `on` is the day it was recorded and nobody approved it: what moved is what the record says.
    """

    entry: int
    is_correction: bool = False


def dues(event: object) -> dict[About, When | None]:
    """Give the due periods that an event sets, by what they are of."""
    match event:
        case ActionCommitted(action=action, due=due) | ActionDeadlineRevised(action=action, due=due):
            return {("action", action): due}
        case ActionPlanRequested(plan=plan, due=due):
            return {("plan", plan): due}
        case RequirementMade(requirement=requirement, due=due):
            return {("requirement", requirement): due}
        case NoticeIssued(notice=notice, requirements=requirements):
            return {("notice", notice, one.requirement): one.comply_by for one in requirements}
        case _:
            return {}


def is_about(fact: Event, about: About) -> bool:
    """Whether a fact says something of a thing: of it, of a condition of the action that it is, or of the notice it is part of."""
    return fact.about[:2] == about[:2] and (about[0] == "action" or fact.about[2:] in ((), about[2:]))


def moves(dossier: Dossier) -> dict[About, list[Move]]:
    """Give each time a deadline of a trust was moved or set again, by what it is of.

    Decisions come first, in the order they took effect; then corrections of the record, in the order they were recorded. A
    commitment of imprecise date may come after a decision in the ledger's order: the first move is then of the date it set.
    """
    found: dict[About, list[Move]] = {}
    revised = [e for e in dossier.in_force if isinstance(e.event, ActionDeadlineRevised)]
    for action in dossier.state.actions.values():
        of_action = (e for e in revised if e.fact.about == action.about)
        found[action.about] = [_decided(revision, e) for revision, e in zip(action.revisions, of_action, strict=True)]
        for opening in found[action.about][:1]:
            found[action.about][0] = attrs.evolve(opening, before=opening.before or action.original_due)
    for about, corrected in _corrections(dossier.known, dossier.on):
        found.setdefault(about, []).append(corrected)
    return {about: moved for about, moved in found.items() if moved}


def _decided(revision: Revision, e: Entry) -> Move:
    return Move(
        before=revision.before,
        after=revision.after,
        on=revision.on,
        reason=revision.reason,
        approved_by=revision.approved_by,
        entry=e.number,
    )


def _corrections(known: Sequence[Entry], day: date) -> Iterator[tuple[About, Move]]:
    """Yield the corrections that moved a due period: they are about the record, and count as moves all the same.

    One that leaves a thing without its due period moved it too: by naming another thing, saying something else, or dating it later.
    One of a fact that is still to come has moved nothing yet.
    """
    by_number = {e.number: e for e in known}
    for e in known:
        wrong = by_number.get(e.replaces or 0)
        if wrong is None or isinstance(e.event, Retracted) or not any(_may_be_by(one, day) for one in (wrong, e)):
            continue
        for about, before in dues(wrong.event).items():
            after = dues(e.event).get(about)
            if after == before and not _may_be_by(e, day):
                after = None
            on = When(day_of(e.recorded_at).isoformat())
            move = Move(before=before, after=after, on=on, reason=e.reason, entry=e.number, is_correction=True)
            if move.before != move.after and (move.is_move or move.before is None):
                yield about, move


def _may_be_by(e: Entry, day: date) -> bool:
    """Whether an entry holds a fact that may have taken effect by a day."""
    return isinstance(e.event, Event) and e.event.on.may_be_by(day)


def first_due(known: Sequence[Entry], entries: Iterable[Entry], about: About, original: When | None) -> When | None:
    """Give the due period of a thing that was first on record: a correction does not hide it.

    Arguments:
        known: every entry known about the trust.
        entries: those that set the due period now, in the order they took effect.
        about: the thing.
        original: the first due period that its state has.

    """
    by_number = {e.number: e for e in known}
    first = original
    told = next((e for e in entries if first and dues(e.event).get(about) == first), None)
    while told is not None:
        first = dues(told.event).get(about) or first
        told = by_number.get(told.replaces or 0)
    return first
