"""Rules on breaches and requirements that nothing on record answers."""

from collections.abc import Iterable, Iterator

import attrs

from .._dossier import Dossier
from .._moves import About
from .._show import counted
from .._when import When
from ..events import BreachCleared, NoticeOutcome
from ..projections.actions import Action
from ..projections.plans import Plan
from ._answers import Answers, answers, links, settling
from ._read import IN_DOUBT, dated, doubts, few, named, numbers, said_of
from ._rule import AuditException, rule

__all__ = ["breach_without_action", "requirement_unanswered"]


def _none(found: Answers, them: str = "it") -> str:
    """Say that nothing answers a thing, or only what may already be in force."""
    if found.doubtful:
        return f"no action, plan or measure that answers {them} is certain to be in force; one of imprecise date may already be"
    return f"no action, plan or measure in force is recorded as an answer to {them}"


def _without(dossier: Dossier, fallen: Iterable[Action | Plan]) -> str:
    """Say of each answer that does not stand why it does not."""
    told = (_why(dossier, one) for one in dict.fromkeys(fallen))
    return "".join(f" {one}" for one in told)


def _why(dossier: Dossier, one: Action | Plan) -> str:
    if isinstance(one, Action):
        when = f" {dated(one.withdrawn_on)}" if one.withdrawn_on else ""
        return f"An action that answered it, {named(dossier, one.about)}, was withdrawn{when}."
    when = f" {dated(one.requested_on)}" if one.requested_on else ""
    return f"An action plan was asked for{when}; no submission of it is on record."


def _said(dossier: Dossier, things: Iterable[Action | Plan]) -> tuple[int, ...]:
    return tuple(e.number for one in things for e in said_of(dossier, one.about))


@rule("high")
def breach_without_action(dossier: Dossier) -> Iterator[AuditException]:
    """A breach that stands, and no action, plan or measure is recorded as an answer to it.

    A trust in breach of a regulation is expected to say what it will do about it. An answer counts if it names the breach, a
    requirement or a notice that follows from it, or the whole inspection that found it. A plan that was asked for and is not
    on record as sent is no answer, and neither is an action that was withdrawn.
    """
    linked = links(dossier.state)
    for breach in dossier.state.breaches.values():
        found = answers(dossier, linked.of(breach.breach))
        if breach.is_open and breach.found_on and not found.standing:
            doubt = doubts(dossier, breach.about, BreachCleared)
            yield AuditException(
                f"{named(dossier, breach.about)}, found {dated(breach.found_on)}, is not cleared on record, and {_none(found)}."
                f"{_without(dossier, found.fallen)}{IN_DOUBT if doubt else ''}",
                entries=(*numbers(said_of(dossier, breach.about)), *_said(dossier, found.fallen), *found.doubtful, *doubt),
                about=breach.about,
            )


@attrs.frozen
class _Asked:
    """Something required and not known to be done: what, when, of what it came, and what answers it."""

    about: About
    made_on: When
    origin: str | None
    found: Answers


def _asked(dossier: Dossier) -> Iterator[_Asked]:
    """Yield what regulators required that is not known to be met: by itself, or in a notice."""
    linked = links(dossier.state)
    for one in dossier.state.requirements.values():
        if one.is_open and one.made_on:
            yield _Asked(one.about, one.made_on, one.of, answers(dossier, linked.of(one.requirement)))
    for notice in dossier.state.notices.values():
        for part in notice.requirements:
            is_met = NoticeOutcome.COMPLIED in (part.outcome, notice.outcome)
            if notice.issued_on and not is_met and not notice.withdrawn_on:
                found = answers(dossier, linked.of(part.requirement))
                yield _Asked((*notice.about, part.requirement), notice.issued_on, notice.notice, found)


@rule("medium")
def requirement_unanswered(dossier: Dossier, *, days: int = 28) -> Iterator[AuditException]:
    """A requirement not known to be met, with no answer on record more than a limit of days after it was made.

    A board that can't point to an action, a plan or a measure can't say what is being done. A report of what is planned that
    CQC asks for under regulation 17(3) of the 2014 regulations is due within 28 days, the limit unless another is given.
    Requirements of one inspection, notice or review are told together.
    """
    groups: dict[object, list[_Asked]] = {}
    for one in _asked(dossier):
        latest = one.made_on.latest
        if latest and (dossier.on - latest).days > days and not one.found.standing:
            groups.setdefault((one.origin, one.made_on, bool(one.found.doubtful)), []).append(one)
    for group in groups.values():
        yield _unanswered(dossier, group)


def _unanswered(dossier: Dossier, group: list[_Asked]) -> AuditException:
    """Report the requirements of one origin and date that nothing answers."""
    first, fallen = group[0], [one for asked in group for one in asked.found.fallen]
    doubt = [number for one in group for number in settling(dossier, one.about)]
    names = few([named(dossier, one.about) for one in group])
    if len(group) == 1:
        text = f"{names}, required {dated(first.made_on)}, is not known to be met, and {_none(first.found)}."
    else:
        made = f"{counted(len(group), 'requirement')}, made {dated(first.made_on)},"
        text = f"{made} are not known to be met, and {_none(first.found, 'them')}: {names}."
    return AuditException(
        f"{text}{_without(dossier, fallen)}{IN_DOUBT if doubt else ''}",
        entries=(
            *(e.number for one in group for e in said_of(dossier, one.about)),
            *_said(dossier, fallen),
            *(number for one in group for number in one.found.doubtful),
            *doubt,
        ),
        about=first.about if len(group) == 1 else (),
    )
