"""What answers a breach, a requirement or a notice: an action, a plan or a measure, directly or by what lies between."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import attrs

from .._dossier import Dossier
from .._entry import Entry
from .._moves import About
from ..events import (
    ActionCommitted,
    ActionCompleted,
    ActionPlanAgreed,
    ActionPlanSubmitted,
    Event,
    MeasureReported,
    NoticeDetermined,
    NoticeOutcome,
    NoticeWithdrawn,
    RequirementAssessed,
    RequirementOutcome,
)
from ..projections import Thing, TrustState
from ..projections.actions import Action
from ..projections.plans import Plan
from ._read import doubts

__all__ = ["Answers", "Links", "answers", "links", "news", "settling"]

ANSWERS = (ActionCommitted, ActionCompleted, ActionPlanAgreed, ActionPlanSubmitted, MeasureReported)
"""The facts that answer something; that a plan was asked for does not."""


@attrs.frozen
class Answers:
    """What is on record in answer to a thing.

    Attributes:
        standing: what answers it.
        fallen: what does not, or not yet: actions withdrawn, and plans asked for of which no submission is on record.
        doubtful: the numbers of the entries that may already answer it, as their date is imprecise.

    """

    standing: tuple[Thing, ...]
    fallen: tuple[Action | Plan, ...]
    doubtful: tuple[int, ...]


@attrs.frozen
class Links:
    """What came of what, by id: `above` gives what a thing answers or came of, `below` what answers it or came of it."""

    above: Mapping[str, frozenset[str]]
    below: Mapping[str, frozenset[str]]

    def of(self, thing: str) -> frozenset[str]:
        """Give the ids that an answer to a thing may name: its own, and those above and below it, however far."""
        return _reached(thing, self.above) | _reached(thing, self.below)


def _reached(thing: str, steps: Mapping[str, frozenset[str]]) -> frozenset[str]:
    reached: frozenset[str] = frozenset()
    new = frozenset({thing})
    while new:
        reached |= new
        new = frozenset(two for one in new for two in steps.get(one, ())) - reached
    return reached


def links(state: TrustState) -> Links:
    """Read what came of what from the breaches, requirements and notices of a trust."""
    above: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    for one, other in _steps(state):
        if other is not None:
            above[one].add(other)
            below[other].add(one)
    return Links(*({one: frozenset(others) for one, others in steps.items()} for steps in (above, below)))


def _steps(state: TrustState) -> Iterator[tuple[str, str | None]]:
    """Yield the id of each thing with each that it answers or came of."""
    yield from ((breach.breach, breach.inspection) for breach in state.breaches.values())
    for notice in state.notices.values():
        yield notice.notice, notice.inspection
        yield from ((one.requirement, notice.notice) for one in notice.requirements)
    for requirement in state.requirements.values():
        yield from ((requirement.requirement, other) for other in (requirement.of, *requirement.answers))


def answers(dossier: Dossier, ids: frozenset[str]) -> Answers:
    """Give what is on record in answer to a thing, found by the ids that its answers may name."""
    state = dossier.state
    actions = [one for one in state.actions.values() if one.answers & ids]
    plans = [one for one in state.plans.values() if one.answers & ids]
    withdrawn = [one for one in actions if one.withdrawn_on]
    awaited = [one for one in plans if not (one.submitted_on or one.agreed_on)]
    fallen: tuple[Action | Plan, ...] = (*withdrawn, *awaited)
    naming = (e.number for e in dossier.uncertain if isinstance(e.event, ANSWERS) and e.event.answers & ids)
    of_fallen = (number for one in fallen for number in doubts(dossier, one.about))
    return Answers(
        standing=(
            *(one for one in actions if one not in withdrawn),
            *(one for one in plans if one not in awaited),
            *(one for one in state.measures.values() if one.answers & ids),
        ),
        fallen=fallen,
        doubtful=tuple(dict.fromkeys((*naming, *of_fallen))),
    )


def news(dossier: Dossier, thing: About, linked: Links) -> tuple[list[Entry], bool]:
    """Give the entries in force about a thing, what follows from it and what answers it, in the order they took effect.

    The second tells whether an entry of imprecise date may be news of it too.
    """
    found = answers(dossier, linked.of(thing[1]))
    following = {(kind, one) for one in _reached(thing[1], linked.below) for kind in ("requirement", "notice")}
    abouts = {thing, *following, *(one.about for one in (*found.standing, *found.fallen))}
    told = [e for e in dossier.in_force if e.fact.about[:2] in abouts]
    return told, bool(found.doubtful) or any(doubts(dossier, one) for one in abouts)


def _settles(fact: Event) -> bool:
    """Whether a fact says that what was required is done, or required no more."""
    match fact:
        case RequirementAssessed(outcome=RequirementOutcome.MET) | NoticeDetermined(outcome=NoticeOutcome.COMPLIED):
            return True
        case _:
            return isinstance(fact, NoticeWithdrawn)


def settling(dossier: Dossier, about: About) -> tuple[int, ...]:
    """Give the numbers of the entries of imprecise date by which what was required may already be done."""
    maybe = set(doubts(dossier, about))
    return tuple(e.number for e in dossier.uncertain if e.number in maybe and _settles(e.fact))
