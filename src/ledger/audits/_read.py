"""What several rules read of a dossier: what things are called, what was said of them, and when it was recorded."""

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten
from typing import NamedTuple

from .._dossier import Dossier
from .._entry import Entry
from .._midnights import with_midnights
from .._moves import About, dues
from .._show import listed
from .._when import When, day_in_words, day_of
from ..events import Event
from ..projections import actions
from ..projections.actions import Action
from ..projections.breaches import Breach
from ..projections.concerns import Concern
from ..projections.notices import Notice
from ..projections.plans import Plan

__all__ = [
    "IN_DOUBT",
    "Step",
    "awaits_outcome",
    "because",
    "dated",
    "doubts",
    "few",
    "named",
    "numbers",
    "or_none",
    "recorded",
    "replaced",
    "said_of",
    "set_by",
    "steps",
]

LONG = 100
FEW = 5
IN_DOUBT = " An entry of imprecise date may already have changed this."


class Step(NamedTuple):
    """What an entry made of an action: how it stood before, with the deadlines counted that had passed by then, and after."""

    entry: Entry
    before: Action
    after: Action


def steps(dossier: Dossier) -> Iterator[Step]:
    """Yield what each entry in force made of the action it is about, in the order they took effect."""
    entries = {id(e.event): e for e in dossier.in_force}
    state = actions.initial
    for fact in with_midnights((e.fact for e in dossier.in_force), dossier.on):
        before, state = state, actions.step(state, fact)
        if id(fact) in entries and isinstance(fact, actions.handles):
            name = fact.about[1]
            yield Step(entries[id(fact)], before.get(name, Action(action=name)), state[name])


def said_of(dossier: Dossier, about: About, *kinds: type[Event]) -> list[Entry]:
    """Give the entries in force about a thing, of some types or of any, in the order they took effect."""
    return [e for e in dossier.in_force if e.fact.about[:2] == about[:2] and isinstance(e.event, kinds or Event)]


def set_by(dossier: Dossier, about: About, due: When | None) -> tuple[int, ...]:
    """Give the numbers of the entries in force that state a due period of a thing."""
    return tuple(e.number for e in dossier.in_force if due is not None and dues(e.event).get(about) == due)


def replaced(dossier: Dossier, by: date | None = None) -> set[int]:
    """Give the numbers of the entries that were corrected or taken back: by the end of a day, or ever."""
    later = (e for e in dossier.known if by is None or day_of(e.recorded_at) <= by)
    return {e.replaces for e in later if e.replaces is not None}


def numbers(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Give the numbers of entries."""
    return tuple(e.number for e in entries)


def recorded(entry: Entry) -> str:
    """Say on which day an entry was recorded."""
    return day_in_words(day_of(entry.recorded_at))


def because(reason: str | None) -> str:
    """Say the reason on record in a sentence; nothing where there is none."""
    return f"The reason on record: {reason.rstrip('.')}." if reason else ""


def or_none(due: When | None) -> str:
    """Say a due period; where there is none, that there is no date."""
    return due.in_words() if due else "no date"


def named(dossier: Dossier, about: About) -> str:
    """Say what a thing is called: its title or text on record in quotation marks, cut where it is long, else its id."""
    things = (thing for rows in dossier.state.rows().values() for thing in rows)
    match next((thing for thing in things if thing.about[:2] == about[:2]), None):
        case None:
            called = about[-1]
        case Plan() as plan:
            called = plan.text or plan.heading
        case Breach() as breach:
            inferred = any("regulation" in e.inferred for e in said_of(dossier, about))
            called = listed([f"{breach.heading} (inferred)" if inferred else breach.heading, breach.as_described], ": ")
        case Concern() as concern:
            called = listed([concern.heading, concern.text], ": ")
        case Notice() as notice:
            required = (one.text for one in notice.requirements if about[2:] == (one.requirement,))
            called = listed([notice.heading, *required], ": ")
        case thing:
            called = thing.heading
    return f"“{shorten(called, LONG, placeholder=' …')}”"


def few(names: Sequence[str]) -> str:
    """List names: all of a few, the first of many and how many more there are."""
    return "; ".join([*names[:FEW], *([f"and {len(names) - FEW} more"] if len(names) > FEW else [])])


def dated(when: When) -> str:
    """Say a date as part of a sentence: `on 30 May 2025`, `in May 2025`, `by May 2025`, `about May 2025`."""
    if when.qualifier or "/" in when.expression:
        return when.in_words()
    return f"{'on' if when.is_precise else 'in'} {when.in_words()}"


def doubts(dossier: Dossier, about: About, *kinds: type[Event]) -> tuple[int, ...]:
    """Give the numbers of the entries about a thing, of some types or of any, that may have taken effect but do not count yet."""
    told = (e for e in dossier.uncertain if not e.fact.on.is_by(dossier.on) and isinstance(e.event, kinds or Event))
    return tuple(e.number for e in told if e.fact.about[:2] == about[:2])


def awaits_outcome(notice: Notice) -> bool:
    """Whether a notice was neither withdrawn nor determined, as a whole or requirement by requirement."""
    each = bool(notice.requirements) and all(one.outcome for one in notice.requirements)
    return not (notice.determined_on or notice.withdrawn_on or each)
