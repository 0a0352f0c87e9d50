"""Facts that make sense after others: what they speak of is on record, and did not begin later than they say."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

import attrs
from hypothesis import strategies as st

from .._when import When
from ..events import (
    ActionCommitted,
    ActionCompleted,
    ActionRechecked,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Event,
    NoticeRequirement,
)
from ..events._event import REFERENCES
from ._events import pick_value, texts
from ._picks import FIRST, pick, pick_when

__all__ = ["AHEAD", "LATENESS", "can_begin", "needs", "sensible", "since"]

AFTER: dict[type[Event], tuple[type[Event], ...]] = {
    ActionReopened: (ActionCompleted, ActionVerified, ActionWithdrawn),
    ActionRechecked: (ActionCompleted, ActionVerified),
}
"""What must have happened to a thing before."""
AHEAD = timedelta(days=400)
LATENESS = timedelta(days=120)

Things: TypeAlias = dict[tuple[str, str], date]
"""What is on record: the kind and id of each thing, and the day from which it is known of."""


def _day(when: When) -> date:
    """Give the day from which a fact counts; of one without an end, the day it began."""
    return when.latest or when.earliest or FIRST


def _things(stand: Sequence[Event]) -> Things:
    found: Things = {}
    for event in stand:
        for thing in event.defines():
            found.setdefault(thing, _day(event.on))
    return found


def _ids(things: Things, kind: str = "") -> list[str]:
    """Give the ids of the things of a kind, or of any."""
    return sorted({thing for one, thing in things if kind in ("", one)})


def needs(event: Event, stand: Sequence[Event]) -> bool:
    """Whether an event speaks of something that none of those that stand put on record."""
    things = _things(stand)
    needed = [(kind, thing) for _, kind, thing in event.refers()]
    before = AFTER.get(type(event))
    is_late = before is not None and not any(isinstance(one, before) and one.about == event.about for one in stand)
    return is_late or any(thing not in _ids(things, kind) for kind, thing in needed)


def since(event: Event, stand: Sequence[Event]) -> date:
    """Give the first day on which an event can have happened, after all that it speaks of."""
    spoken_of = {thing for _, _, thing in event.refers()}
    named = [day for (_, thing), day in _things(stand).items() if thing in spoken_of]
    before = [_day(one.on) for one in stand if isinstance(one, AFTER.get(type(event), ())) and one.about == event.about]
    return max(named + before, default=FIRST)


def _subjects(kind: type[Event], stand: Sequence[Event]) -> list[str]:
    """Give the ids that an event of a type can be about; one empty id where it is about the trust itself."""
    if not kind.subject:
        return [""]
    if kind in AFTER:
        return sorted(
            {event.about[1] for event in stand if isinstance(event, AFTER[kind])} & set(_ids(_things(stand), "action"))
        )
    may_be_first = kind.introduces or "title" in attrs.fields_dict(kind)
    return [f"{kind.subject}-{n}" for n in (1, 2)] if may_be_first else _ids(_things(stand), kind.subject)


def can_begin(kinds: Sequence[type[Event]]) -> bool:
    """Whether a fact of one of some types can be told when nothing is on record."""
    return any(_subjects(kind, []) for kind in kinds)


def _references(draw: st.DrawFn, kind: type[Event], subject: str, stand: Sequence[Event]) -> Iterator[tuple[str, Any]]:
    """Draw the fields that speak of things on record."""
    things = _things(stand)
    for name in attrs.fields_dict(kind):
        match name:
            case kind.subject:
                yield name, subject
            case "part_of":
                yield name, pick(draw, [None, *(one for one in _ids(things, "action") if one != subject)])
            case "of":
                yield name, pick(draw, [None, *_ids(things)])
            case "answers":
                yield name, frozenset(one for one in [pick(draw, [None, *_ids(things)])] if one)
            case "condition_text":
                stated = {one for event in stand if isinstance(event, ActionCommitted) for one in event.subject_to}
                yield name, pick(draw, sorted(stated) or ["Wards"])
            case _ if name in REFERENCES:
                yield name, pick(draw, [None, *_ids(things, name)])
            case _:
                pass


def _ahead(draw: st.DrawFn, today: date) -> When | None:
    return pick_when(draw, today, today + AHEAD) if draw(st.integers(0, 3)) else None


def _duties(draw: st.DrawFn, kind: type[Event], today: date) -> Iterator[tuple[str, Any]]:
    """Draw the fields that look ahead, and the title that an event needs to name a thing first."""
    names = attrs.fields_dict(kind)
    if "title" in names:
        yield "title", draw(texts)
    if "due" in names:
        yield from (("due", _ahead(draw, today)), ("by_rule", None))
    if "requirements" in names:
        ids = ["requirement-1", "requirement-2"][: draw(st.integers(0, 2))]
        yield (
            "requirements",
            [NoticeRequirement(requirement=one, text=draw(texts), comply_by=_ahead(draw, today)) for one in ids],
        )


def sensible(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], stand: Sequence[Event], today: date) -> Event:
    """Draw a fact that can be told after those that stand: of today, or of some day before."""
    kind = pick(draw, [kind for kind in kinds if _subjects(kind, stand)])
    fields: dict[str, Any] = {"trust": trust, "on": today, "id": None}
    fields |= _references(draw, kind, pick(draw, _subjects(kind, stand)), stand)
    fields |= _duties(draw, kind, today)
    told = pick_value(draw, kind, fields)
    first = max(since(told, stand), today - pick(draw, [timedelta(), LATENESS]))
    return attrs.evolve(told, on=pick_when(draw, first, max(first, today)))
