"""What is due about a trust on a date: coming, due now, past; how often it was moved, and what is in doubt about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import attrs

from ._dossier import Dossier
from ._entry import Entry
from ._show import Line, Page, Section, counted, listed, plain, times
from ._when import When, day_in_words, day_of
from .events import (
    ActionCommitted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ConditionOutcome,
    Event,
    Firmness,
    NoticeIssued,
    RequirementMade,
)
from .projections import TrustState
from .projections import trust as everything
from .projections.actions import Revision, Status

__all__ = ["About", "Deadline", "Due", "Move", "deadlines", "dues", "moves", "page"]

About: TypeAlias = tuple[str, ...]
"""What a deadline is of: `("action", id)`, `("plan", id)`, `("notice", id, requirement)` or `("requirement", id)`."""


class Due(StrEnum):
    """Where a deadline stands on a date."""

    OVERDUE = "overdue"
    PAST_TARGET = "past-target"
    DUE = "due"
    UPCOMING = "upcoming"


@attrs.frozen(kw_only=True)
class Move(Revision):
    """A deadline moved, by a decision or by a correction of the record; `entry` says so.

    Of a correction, `on` is the day it was recorded and nobody approved it: what moved is what the record says.
    """

    entry: int
    is_correction: bool = False


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
        in_doubt: the entries about it that may already have taken effect, or not yet.
        entries: the numbers of the entries that say something of it.

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
        """When it is or was due, how long ago, how often it was moved and missed, who leads, and what is in doubt."""
        return listed(
            [
                "may already be in force" if not self.is_certain else None,
                listed([self.firmness, f"due {self.due.in_words()}", self._distance()], ", "),
                self._moved(),
                f"missed {times(len(self.missed))}{' (not certain)' if self.unsure else ''}" if self.missed else None,
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

    def _distance(self) -> str | None:
        if self.days is None:
            return None
        if self.days > 0:
            return f"{counted(self.days, 'day')} ago"
        return f"last day in {counted(-self.days, 'day')}" if self.days else "last day today"

    def _moved(self) -> str | None:
        if not self.moves:
            return None
        corrections = sum(move.is_correction for move in self.moves)
        often = f"{times(corrections)} " if corrections < len(self.moves) else ""
        by = f", {often}by correcting the record" if corrections else ""
        return f"moved {times(len(self.moves))}{by}"

    def line(self, mark: str = "") -> Line:
        """Give it as a statement."""
        return Line(f"{self.trust}, {self.heading}", self.summary, self.entries, mark)

    def __str__(self) -> str:
        """Give it on one line."""
        return str(self.line())

    def row(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        moved = [{**plain(move), "days": move.days} for move in self.moves]
        return {**plain(self), "moves": moved, "times_moved": len(self.moves), "summary": self.summary}


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


def moves(dossier: Dossier) -> dict[About, list[Move]]:
    """Give each time a deadline of a trust was moved, by what it is of.

    Decisions come first, in the order they took effect; then corrections of the record, in the order they were recorded.
    """
    found: dict[About, list[Move]] = {}
    revised = [e for e in dossier.in_force if isinstance(e.event, ActionDeadlineRevised)]
    for action in dossier.state.actions.values():
        of_action = (e for e in revised if e.fact.about == action.about)
        for revision, e in zip(action.revisions, of_action, strict=True):
            found.setdefault(action.about, []).append(_decided(revision, e))
    for about, corrected in _corrections(dossier.known, dossier.on):
        found.setdefault(about, []).append(corrected)
    return found


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

    One of a fact that is still to come has moved nothing yet.
    """
    by_number = {e.number: e for e in known}
    for e in known:
        wrong = by_number.get(e.replaces or 0)
        before = dues(wrong.event) if wrong and any(_may_be_by(one, day) for one in (wrong, e)) else {}
        for about, after in dues(e.event).items():
            if about in before and before[about] != after:
                on = When(day_of(e.recorded_at).isoformat())
                move = Move(before=before[about], after=after, on=on, reason=e.reason, entry=e.number, is_correction=True)
                yield about, move


def _may_be_by(e: Entry, day: date) -> bool:
    """Whether an entry holds a fact that may have taken effect by a day."""
    return isinstance(e.event, Event) and e.event.on.may_be_by(day)


def deadlines(dossier: Dossier) -> list[Deadline]:
    """Give what is open about a trust and has a due period, by last day; one without a last day comes after all others."""
    moved = moves(dossier)
    certain = list(_open(dossier))
    listed_already = {one.about for one in certain}
    found = [*certain, *(one for one in _perhaps(dossier) if one.about not in listed_already)]
    whole = [
        attrs.evolve(
            one,
            original_due=_first(dossier, one),
            moves=tuple(moved.get(one.about, ())),
            in_doubt=_numbers(dossier.uncertain, one.about) if one.is_certain else (),
            entries=_numbers(dossier.in_force if one.is_certain else dossier.uncertain, one.about),
        )
        for one in found
    ]
    return sorted(whole, key=lambda one: (one.due.latest or date.max, one.about))


def _first(dossier: Dossier, deadline: Deadline) -> When | None:
    """Give the first due period that was ever on record: neither a revision nor a correction hides it."""
    by_number = {e.number: e for e in dossier.known}
    first, about = deadline.original_due, deadline.about
    entries = dossier.in_force if deadline.is_certain else dossier.uncertain
    told = next((e for e in entries if first and dues(e.event).get(about) == first), None)
    while told is not None:
        first = dues(told.event).get(about) or first
        told = by_number.get(told.replaces or 0)
    return first


def _numbers(entries: Iterable[Entry], about: About) -> tuple[int, ...]:
    """Give the numbers of the entries that say something of a thing: of it, or of the notice that it is part of."""
    return tuple(sorted(e.number for e in entries if _is_about(e.fact, about)))


def _is_about(fact: Event, about: About) -> bool:
    return fact.about[:2] == about[:2] and (about[0] == "action" or fact.about[2:] in ((), about[2:]))


def _standing(due: When, on: date, *, has_passed: bool, is_soft: bool = False) -> Due:
    if has_passed:
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
                standing=_standing(plan.due, on, has_passed=plan.has_passed),
                days=_days(plan.due, on),
                missed=plan.missed,
                unsure=plan.unsure,
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
                standing=_standing(requirement.due, on, has_passed=requirement.due.is_by(on) and requirement.due.latest != on),
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
                standing=_standing(action.due, on, has_passed=action.has_passed, is_soft=action.status is Status.PAST_TARGET),
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
                    standing=_standing(one.comply_by, on, has_passed=one.has_passed),
                    days=_days(one.comply_by, on),
                    missed=one.missed,
                    unsure=one.unsure,
                    last_heard=notice.last_heard,
                )


def _perhaps(dossier: Dossier) -> Iterator[Deadline]:
    """Yield the deadlines that may already be in force, as they would stand: a duty must not surprise anybody."""
    to_come = (e for e in dossier.uncertain if not e.fact.on.is_by(dossier.on))
    for e in to_come:
        if dues(e.event):
            then = attrs.evolve(dossier, state=everything.step(dossier.state, e.fact))
            yield from (_as_perhaps(one, dossier.on) for one in _open(then))


def _as_perhaps(one: Deadline, on: date) -> Deadline:
    """Give a deadline as one that may already be in force: no pass tells whether its last day is over, and nothing was heard yet."""
    is_soft = one.firmness in (Firmness.TARGETED, Firmness.AMBITION) or bool(one.unresolved)
    standing = _standing(one.due, on, has_passed=one.due.is_by(on) and one.due.latest != on, is_soft=is_soft)
    return attrs.evolve(one, standing=standing, last_heard=None, is_certain=False)


SECTIONS = (("Past", {Due.OVERDUE, Due.PAST_TARGET}), ("Due in this period", {Due.DUE}), ("Upcoming", {Due.UPCOMING}))


def page(found: Sequence[Deadline], title: str, notes: tuple[str, ...], mark: str) -> Page:
    """Give deadlines as statements: what is past, what is due in this period, what is upcoming."""
    sections = (
        Section(name, tuple(one.line(mark) for one in found if one.standing in standings)) for name, standings in SECTIONS
    )
    told = tuple(section for section in sections if section.lines)
    return Page(title, notes, told or (Section("Nothing open has a due date", ()),))
