"""Rules on what is past its time: actions past their deadline, and what was to be done at once and is not known to be done."""

from collections.abc import Iterator

from .._deadline import Deadline, Due
from .._deadlines import deadlines
from .._dossier import Dossier
from .._show import counted
from .._when import day_in_words
from ..projections.actions import Action
from ..projections.requirements import Requirement
from ._answers import answers, links, settling
from ._read import IN_DOUBT, dated, few, named, numbers, said_of
from ._rule import AuditException, rule

__all__ = ["action_past_due", "urgent_requirement_open"]


@rule("medium")
def action_past_due(dossier: Dossier) -> Iterator[AuditException]:
    """An action whose deadline or target date has passed, with nothing on record of its being done.

    A deadline that slips is lost if nobody says so. It may have been met without the ledger hearing of it; a board should know
    which. A commitment that was only a target, or that depends on what is not resolved on record, is told as a target.
    """
    for deadline in deadlines(dossier):
        if deadline.is_past and deadline.is_certain and deadline.about[0] == "action":
            what = "target date" if deadline.standing is Due.PAST_TARGET else "deadline"
            yield AuditException(
                f"The {what} of {named(dossier, deadline.about)}, {deadline.due.in_words()}, passed "
                f"{counted(deadline.days or 0, 'day')} ago, and it is not on record as done.{_heard(deadline)}"
                f"{IN_DOUBT if deadline.in_doubt else ''}",
                (*deadline.entries, *deadline.in_doubt),
                deadline.about,
            )


def _heard(deadline: Deadline) -> str:
    """Say when anything was last heard of it."""
    return f" The latest fact on record about it is of {day_in_words(deadline.last_heard)}." if deadline.last_heard else ""


@rule("high")
def urgent_requirement_open(dossier: Dossier, *, days: int = 28) -> Iterator[AuditException]:
    """A requirement to act at once that is not known to be met more than a limit of days after it was made.

    What a regulator wants done at once is not done by a promise for later. Where the answers on record are due later, that is
    said: the regulator may have agreed to it, and then a board should be able to show that.
    """
    linked = links(dossier.state)
    for one in dossier.state.requirements.values():
        last = one.made_on.latest if one.made_on else None
        if one.urgency and one.is_open and one.made_on and last and (dossier.on - last).days > days:
            standing = answers(dossier, linked.of(one.requirement)).standing
            later = [answer for answer in standing if isinstance(answer, Action) and answer.is_open and answer.due]
            doubt = settling(dossier, one.about)
            yield AuditException(
                f"{named(dossier, one.about)}, required {dated(one.made_on)} as {one.urgency}, {_outcome(one)}."
                f"{_promised(dossier, later)}{IN_DOUBT if doubt else ''}",
                (*(number for thing in (one, *later) for number in numbers(said_of(dossier, thing.about))), *doubt),
                one.about,
            )


def _outcome(requirement: Requirement) -> str:
    if requirement.outcome and requirement.assessed_on:
        return f"was last found {requirement.outcome}, {dated(requirement.assessed_on)}"
    return "is not known to be met"


def _promised(dossier: Dossier, later: list[Action]) -> str:
    """Say what is recorded as an answer and still open, and when it is due."""
    told = [f"{named(dossier, one.about)}, due {one.due.in_words()}" for one in later if one.due]
    return f" Recorded as an answer to it and still open: {few(told)}." if told else ""
