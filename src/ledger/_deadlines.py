"""What is due about a trust on a date: coming, due now, past; how often it was moved, and what is in doubt about it."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from ._deadline import Deadline, Due
from ._dossier import Dossier
from ._entry import Entry
from ._moves import About, first_due, is_about, moves
from ._show import listed
from ._when import When
from .events import ConditionOutcome
from .projections import TrustState
from .projections import trust as everything

__all__ = ["deadlines"]


def deadlines(dossier: Dossier) -> list[Deadline]:
    """Give what is open about a trust and has a due period, by last day; one without a last day comes after all others."""
    moved = moves(dossier)
    found = {one.about: one for one in _open(dossier)}
    for one in sorted(_perhaps(dossier), key=_last_day):  # of two that may be in force, the earlier surprises more
        found.setdefault(one.about, one)
    whole = [
        attrs.evolve(
            one,
            original_due=first_due(dossier.known, _telling(dossier, one), one.about, one.original_due),
            moves=tuple(move for move in moved.get(one.about, ()) if move.is_move or move.is_correction),
            in_doubt=_numbers(_to_come(dossier), one.about) if one.is_certain else (),
            entries=_numbers(_telling(dossier, one), one.about),
            inferred=_inferred(_telling(dossier, one), one.about),
        )
        for one in found.values()
    ]
    return sorted(whole, key=lambda one: (_last_day(one), one.about))


def _last_day(deadline: Deadline) -> date:
    return deadline.due.latest or date.max


def _telling(dossier: Dossier, deadline: Deadline) -> tuple[Entry, ...]:
    """Give the entries that a deadline is told from."""
    return dossier.in_force if deadline.is_certain else dossier.uncertain


def _to_come(dossier: Dossier) -> list[Entry]:
    """Give the entries that may already be in force and do not count yet."""
    return [e for e in dossier.uncertain if not e.fact.on.is_by(dossier.on)]


def _numbers(entries: Iterable[Entry], about: About) -> tuple[int, ...]:
    """Give the numbers of the entries that say something of a thing: of it, or of the notice that it is part of."""
    return tuple(sorted(e.number for e in entries if is_about(e.fact, about)))


def _inferred(entries: Iterable[Entry], about: About) -> tuple[str, ...]:
    """Give the fields that no source states of the entries that say something of a thing."""
    return tuple(sorted({field for e in entries if is_about(e.fact, about) for field in e.inferred}))


def _standing(due: When, on: date, *, is_soft: bool = False) -> Due:
    """Tell where a due period stands on a day: past from the day after its last, whether or not it was open at that midnight."""
    if due.latest is not None and due.latest < on:
        return Due.PAST_TARGET if is_soft else Due.OVERDUE
    first = due.earliest or due.latest
    return Due.DUE if first is not None and first <= on else Due.UPCOMING


def _days(due: When, on: date) -> int | None:
    return None if due.latest is None else (on - due.latest).days


def _open(dossier: Dossier) -> Iterator[Deadline]:
    """Yield what is open and has a due period, of each kind."""
    code, state, on = dossier.trust, dossier.state, dossier.on
    yield from _of_actions(code, state, on)
    for plan in state.plans.values():
        if plan.due and not plan.submitted_on:
            yield Deadline(
                trust=code,
                about=plan.about,
                heading=plan.text or plan.heading,
                due=plan.due,
                original_due=plan.due,
                standing=_standing(plan.due, on),
                days=_days(plan.due, on),
                missed=plan.missed,
                last_heard=plan.last_heard,
            )
    for requirement in state.requirements.values():
        if requirement.due and requirement.is_open:
            yield Deadline(
                trust=code,
                about=requirement.about,
                heading=requirement.heading,
                due=requirement.due,
                original_due=requirement.due,
                standing=_standing(requirement.due, on),
                days=_days(requirement.due, on),
                last_heard=requirement.last_heard,
            )
    yield from _of_notices(code, state, on)


def _of_actions(code: str, state: TrustState, on: date) -> Iterator[Deadline]:
    for action in state.actions.values():
        if action.due and action.is_open:
            yield Deadline(
                trust=code,
                about=action.about,
                heading=action.heading,
                due=action.due,
                standing=_standing(action.due, on, is_soft=action.is_soft),
                days=_days(action.due, on),
                original_due=action.original_due,
                missed=action.missed,
                unsure=action.unsure,
                firmness=action.firmness,
                unresolved=tuple(one.condition for one in action.unresolved),
                refused=tuple(
                    one.condition
                    for one in action.conditions
                    if one.outcome in (ConditionOutcome.REFUSED, ConditionOutcome.LAPSED)
                ),
                owner_body=action.owner_body,
                lead=action.lead,
                committee=action.committee,
                part_of=action.part_of,
                whole=whole.heading if (whole := state.actions.get(action.part_of or "")) else None,
                last_heard=action.last_heard,
            )


def _of_notices(code: str, state: TrustState, on: date) -> Iterator[Deadline]:
    for notice in state.notices.values():
        for one in notice.requirements:
            if one.comply_by and not (one.outcome or notice.determined_on or notice.withdrawn_on):
                yield Deadline(
                    trust=code,
                    about=(*notice.about, one.requirement),
                    heading=listed([notice.heading, one.text or one.requirement], ": "),
                    due=one.comply_by,
                    original_due=one.comply_by,
                    standing=_standing(one.comply_by, on),
                    days=_days(one.comply_by, on),
                    missed=one.missed,
                    last_heard=notice.last_heard,
                )


def _perhaps(dossier: Dossier) -> Iterator[Deadline]:
    """Yield the deadlines that may already be in force, as they would stand: a duty must not surprise anybody."""
    for e in _to_come(dossier):
        then = attrs.evolve(dossier, state=everything.step(dossier.state, e.fact))
        yield from map(_as_perhaps, _open(then))


def _as_perhaps(one: Deadline) -> Deadline:
    """Give a deadline as one that may already be in force: nothing was heard of it yet that counts."""
    return attrs.evolve(one, last_heard=None, is_certain=False)
