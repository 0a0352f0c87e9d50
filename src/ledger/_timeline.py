"""The bitemporal engine: which entries count for a view, in what order, and the deadlines that pass between them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import chain
from typing import NamedTuple, TypeAlias, cast

import attrs
from immutables import Map

from ._entry import Citation, Entry, Markings
from ._when import FIRST_DAY, ONE_DAY, When
from .events import (
    PASSES,
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Corroborated,
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeWithdrawn,
)

__all__ = ["in_force", "in_order", "known", "standing", "timeline", "uncertain", "with_causes", "with_midnights"]


def standing(
    entries: Sequence[Entry], *, markings: Markings, known_at: datetime | None = None, public_on: date | None = None
) -> list[Entry]:
    """Give the entries that stand: known by *known_at*, replaced by none known, and public by *public_on*; both inclusive.

    Known comes first, then replaced: a correction not yet known corrects nothing. What is replaced stays replaced, even
    if its replacement is replaced in turn. Sources that were added later are on the entry once that is known. Notes about
    entries do not stand, and neither do passes on record: they are testimony that somebody noticed, not facts.
    """
    known = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    replaced = {e.replaces for e in known}
    facts = (e for e in known if isinstance(e.event, Event) and not isinstance(e.event, PASSES))
    stand = _corroborated((e for e in facts if e.number not in replaced), known)
    if public_on is None:
        return list(stand)
    return [public for e in stand if (public := e.as_public(public_on, markings)) is not None]


def _corroborated(facts: Iterable[Entry], known: Sequence[Entry]) -> Iterator[Entry]:
    """Yield facts with the sources that were added to them later, by notes that were not taken back."""
    replaced = {e.replaces for e in known}
    further: dict[int, list[Citation]] = defaultdict(list)
    for e in known:
        if isinstance(e.event, Corroborated) and e.number not in replaced:
            further[e.event.entry] += e.sources
    return (e.with_sources(further[e.number]) if e.number in further else e for e in facts)


def known(
    entries: Sequence[Entry], *, markings: Markings, known_at: datetime | None = None, public_on: date | None = None
) -> list[Entry]:
    """Give every entry known by *known_at*, inclusive, in order of number: also those replaced, notes, and passes on record.

    With *public_on* only the facts that were public by then, replaced or not, as the public could know them.
    """
    by_then = [e for e in entries if known_at is None or e.recorded_at <= known_at]
    if public_on is None:
        return by_then
    facts = (e for e in by_then if isinstance(e.event, Event))
    return [public for e in _corroborated(facts, by_then) if (public := e.as_public(public_on, markings)) is not None]


def _counts_from(entry: Entry) -> date:
    """Give the day from which an entry counts; one that never does comes after all others."""
    return entry.fact.on.latest or date.max


def in_order(stand: Iterable[Entry]) -> list[Entry]:
    """Sort the entries that will ever take effect by the order in which they do: by the latest day, then by place."""
    ever = (e for e in stand if e.fact.on.latest is not None)
    return sorted(ever, key=lambda e: (_counts_from(e), e.place))


def timeline(
    entries: Sequence[Entry],
    *,
    on: date,
    markings: Markings | None = None,
    known_at: datetime | None = None,
    public_on: date | None = None,
) -> list[Entry]:
    """Give the entries in force *on* a day, as known at a moment and as public on a day; all three bounds inclusive.

    They come in the order they took effect; of one day, in the order they were recorded, a correction in the place of what
    it corrects. A fact counts from the latest day that it can mean: the ledger never claims more than a source says.
    """
    return in_force(standing(entries, markings=markings or {}, known_at=known_at, public_on=public_on), on)


def in_force(stand: Iterable[Entry], on: date) -> list[Entry]:
    """Give those of the entries that stand which have taken effect *on* a day, in the order they did."""
    ordered = in_order(stand)
    return ordered[: bisect_right(ordered, on, key=_counts_from)]


def uncertain(stand: Iterable[Entry], on: date) -> list[Entry]:
    """Give the entries that may already have taken effect *on* a day, in order of place.

    They are those whose `on` began by then and has not ended, an open end never ends, and those marked uncertain or
    approximate, whose bounds are themselves in doubt.
    """
    may_be = (e for e in stand if e.fact.on.may_be_by(on) and (e.fact.on.qualifier or not e.fact.on.is_by(on)))
    return sorted(may_be, key=lambda e: e.place)


Thing: TypeAlias = tuple[str, ...]


class _Clock(NamedTuple):
    """What is known of one deadline: its due period, what set it, whether the thing is open, which dues have passed."""

    due: When | None = None
    set_by: Event | None = None
    is_open: bool = True
    is_revised: bool = False
    passed: frozenset[date | None] = frozenset()

    def filled(self, due: When | None, by: Event) -> "_Clock":
        """Fill in a due period where none is known: a second commitment never moves one, nor brings one back that was given up."""
        return self if self.is_revised or self.due is not None else self._replace(due=due, set_by=by)


MOVES = (
    *(ActionCommitted, ActionDeadlineRevised, ActionCompleted, ActionVerified, ActionWithdrawn, ActionReopened),
    *(ActionPlanRequested, ActionPlanSubmitted, NoticeIssued, NoticeDetermined, NoticeWithdrawn),
)
"""The events that set deadlines, or open or close what has one."""

Running: TypeAlias = Map[Thing, _Clock]


def _change(running: Running, thing: Thing, change: Callable[[_Clock], _Clock]) -> Running:
    return running.set(thing, change(running.get(thing, _Clock())))


def _set_open(running: Running, thing: Thing, *, is_open: bool) -> Running:
    return _change(running, thing, lambda clock: clock._replace(is_open=is_open))


def _close_notice(running: Running, notice: str) -> Running:
    """Close every requirement of a notice, also those not yet heard of."""
    for thing in [thing for thing in running if thing[:2] == ("notice", notice)]:
        running = _set_open(running, thing, is_open=False)
    return _set_open(running, ("notice", notice), is_open=False)


def _issue_notice(running: Running, fact: NoticeIssued) -> Running:
    whole = running.get(("notice", fact.notice), _Clock())
    for one in fact.requirements:
        thing = ("notice", fact.notice, one.requirement)
        clock = running.get(thing, whole).filled(one.comply_by, fact)
        running = running.set(thing, clock)
    return running


def _run(running: Running, fact: Event) -> Running:
    """Give the deadlines that run after *fact*."""
    match fact:
        case ActionCommitted(action=action, due=due):
            return _change(running, ("action", action), lambda clock: clock.filled(due, fact))
        case ActionDeadlineRevised(action=action, due=due):
            return _change(running, ("action", action), lambda clock: clock._replace(due=due, set_by=fact, is_revised=True))
        case ActionCompleted(action=action) | ActionVerified(action=action) | ActionWithdrawn(action=action):
            return _set_open(running, ("action", action), is_open=False)
        case ActionReopened(action=action):
            return _set_open(running, ("action", action), is_open=True)
        case ActionPlanRequested(plan=plan, due=due):
            return _change(running, ("plan", plan), lambda clock: clock.filled(due, fact))
        case ActionPlanSubmitted(plan=plan):
            return _set_open(running, ("plan", plan), is_open=False)
        case NoticeIssued():
            return _issue_notice(running, fact)
        case NoticeDetermined(notice=notice, requirement=str(requirement)):
            return _set_open(running, ("notice", notice, requirement), is_open=False)
        case NoticeDetermined(notice=notice) | NoticeWithdrawn(notice=notice):
            return _close_notice(running, notice)
        case _:
            return running


@attrs.frozen
class _Passing:
    """A deadline that passes: at the start of which day, of what, which due period, and what set it."""

    midnight: date
    thing: Thing
    due: When
    set_by: Event


def _passing(running: Running, since: date) -> list[_Passing]:
    """Give the deadlines that are yet to pass, each at the first midnight after *since* at which it does, in order."""
    found = []
    for thing, clock in running.items():
        last = clock.due.latest if clock.due else None
        if clock.is_open and clock.due and clock.set_by and last and last not in clock.passed:
            midnight = max(last, since) + ONE_DAY
            found.append(_Passing(midnight, thing, clock.due, clock.set_by))
    return sorted(found, key=lambda one: (one.midnight, one.thing))


def _earliest_last_day(fact: Event) -> date:
    """Give a day before the end of which no deadline passes that *fact* sets, or sets going again."""
    match fact:
        case ActionCommitted(due=due) | ActionDeadlineRevised(due=due) | ActionPlanRequested(due=due):
            return (due and due.latest) or date.max
        case NoticeIssued(requirements=requirements):
            return min((one.comply_by.latest or date.max for one in requirements if one.comply_by), default=date.max)
        case ActionReopened():
            return FIRST_DAY
        case _:
            return date.max


def _passed(running: Running, one: _Passing) -> Running:
    """Remember that a due period passed: each does so once."""
    return _change(running, one.thing, lambda clock: clock._replace(passed=clock.passed | {one.due.latest}))


def _pass(one: _Passing) -> Event:
    """Make the event of a deadline's passing."""
    trust, on = one.set_by.trust, When(one.midnight.isoformat())
    match one.thing:
        case ("action", action):
            return ActionDeadlinePassed(trust=trust, on=on, action=action, due=one.due)
        case ("plan", plan):
            return ActionPlanDeadlinePassed(trust=trust, on=on, plan=plan, due=one.due)
        case _:
            _, notice, requirement = one.thing
            return NoticeDeadlinePassed(trust=trust, on=on, notice=notice, requirement=requirement, due=one.due)


_is_move = cast("Callable[[type[Event]], bool]", cache(lambda kind: issubclass(kind, MOVES)))
"""Whether events of a type do so; asked of every fact, so remembered by type."""


def with_causes(facts: Iterable[Event], until: date) -> Iterator[tuple[Event, Event]]:
    """Yield what `with_midnights` does, each with its cause: a fact is its own, a pass has the fact that set its due."""
    running: Running = Map()
    since, end = FIRST_DAY, FIRST_DAY
    soonest = date.max  # no deadline that runs has its last day before the soonest
    for fact in chain((fact for fact in facts if not isinstance(fact, PASSES)), (None,)):
        day = until if fact is None else fact.on.latest or until
        if day != end or fact is None:
            since, end = end, day
            if soonest < end:
                coming = _passing(running, since)
                for one in (one for one in coming if one.midnight <= end):
                    running = _passed(running, one)
                    yield _pass(one), one.set_by
                soonest = min((one.midnight - ONE_DAY for one in coming if one.midnight > end), default=date.max)
        if fact is not None:
            if _is_move(type(fact)):
                running = _run(running, fact)
                soonest = min(soonest, _earliest_last_day(fact))
            yield fact, fact


def with_midnights(facts: Iterable[Event], until: date) -> Iterator[Event]:
    """Yield *facts* in order and, between two days, the deadlines that pass at the midnights between, up to *until* inclusive.

    A deadline passes at the first midnight at or after the end of its due period at which the thing is open with that due:
    so on the day after the later of its last day and the day of the last fact, before everything of that day. Each due period of a
    thing passes once. Passes on record are left out: they are testimony, not facts.
    """
    return (event for event, _ in with_causes(facts, until))
