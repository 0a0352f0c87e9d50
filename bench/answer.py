"""The one question that every contestant answers: what is rated, and which actions are open and when due, on a date.

`after` is the rule by which one fact changes one thing. The projection folds by it, and so do the aggregates and whoever fills
the interval tables, so that they do the same work and can be compared.
"""

from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

import attrs
from immutables import Map

from ledger import Entry, When, projection
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionVerified,
    ActionWithdrawn,
    Event,
    RatingPublished,
)

__all__ = ["Answer", "Row", "after", "answer", "bare", "plain", "row", "standing"]

Answer: TypeAlias = dict[str, str]
"""The rating of each slot, and the due period of each open action."""
Fact: TypeAlias = RatingPublished | ActionCommitted | ActionDeadlineRevised | ActionCompleted | ActionVerified | ActionWithdrawn
HANDLED = Fact.__args__


class Action(NamedTuple):
    """What is kept of an action."""

    due: str = ""
    is_committed: bool = False
    is_over: bool = False


Thing: TypeAlias = str | Action
"""What is kept of a thing: the rating of a slot, or an action."""


def after(thing: Thing | None, kind: str, stated: str) -> Thing:
    """Give what is kept of a thing after a fact of a kind that states a rating, a due period or nothing."""
    if kind == "RatingPublished":
        return stated
    action = thing or Action()
    if kind == "ActionCommitted":
        return Action(action.due or stated, True, action.is_over)  # noqa: FBT003  # a named tuple made by keyword takes twice as long
    if kind == "ActionDeadlineRevised":
        return action._replace(due=stated)
    return action._replace(is_over=True)


def answer(things: dict[str, Thing] | Map[str, Thing]) -> Answer:
    """Tell the ratings, and the due periods of the actions that are open."""
    return {
        about: thing if isinstance(thing, str) else thing.due
        for about, thing in things.items()
        if isinstance(thing, str) or (thing.is_committed and not thing.is_over)
    }


def about(fact: Fact) -> str:
    """Tell what a fact is about, in one text."""
    return "/".join(fact.about)


def stated(fact: Fact) -> str:
    """Tell what a fact states of it: a rating, a due period, or nothing."""
    if isinstance(fact, RatingPublished):
        return fact.rating.value
    due: When | None = getattr(fact, "due", None)
    return due.expression if due else ""


@projection(initial=Map())
def standing(state: Map[str, Thing], fact: Fact) -> Map[str, Thing]:
    """What is rated and what is to be done, by what it is about."""
    thing = about(fact)
    return state.set(thing, after(state.get(thing), type(fact).__name__, stated(fact)))


@attrs.frozen
class Row:
    """An entry as others than the ledger keep it; `about` is empty where the question does not regard it."""

    number: int
    place: int
    trust: str
    kind: str
    about: str
    stated: str
    latest: str | None
    recorded_at: str
    replaces: int | None
    event: Any
    sources: Any


def row(entry: Entry) -> Row:
    """Give an entry with the fact and the citations that it holds."""
    event, is_asked = entry.event, isinstance(entry.event, HANDLED)
    latest = event.on.latest if isinstance(event, Event) else None
    return Row(
        number=entry.number,
        place=entry.place,
        trust=event.trust,
        kind=type(event).__name__,
        about=about(event) if is_asked else "",
        stated=stated(event) if is_asked else "",
        latest=latest and latest.isoformat(),
        recorded_at=instant(entry.recorded_at),
        replaces=entry.replaces,
        event=event,
        sources=entry.sources,
    )


def bare(row: Row) -> Row:
    """Give an entry of which all that it holds is bare text."""
    return attrs.evolve(row, event=plain(row.event), sources=[plain(citation) for citation in row.sources])


def instant(at: datetime) -> str:
    """Write an instant so that the texts sort as the instants do."""
    return at.isoformat(timespec="microseconds")


def plain(value: Any) -> dict[str, Any]:
    """Give a value as JSON has it, without the fields that hold nothing."""
    return attrs.asdict(value, filter=lambda _, one: one not in (None, (), frozenset()), value_serializer=_serialized)


def _serialized(owner: object, field: object, value: object) -> object:
    del owner, field
    match value:
        case When():
            return value.expression
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case _:
            return value
