"""The rule on due dates that are said to follow from a rule."""

from collections.abc import Iterator

from .._dossier import Dossier
from .._moves import About
from .._when import When
from ..clocks import due as last_day
from ..clocks import rule as clock
from ..errors import RuleError
from ..events import (
    ActionCommitted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ByRule,
    Event,
    NoticeIssued,
    RequirementMade,
)
from ._read import named
from ._rule import AuditException, rule

__all__ = ["due_not_by_rule"]

Sets = ActionCommitted | ActionDeadlineRevised | ActionPlanRequested | RequirementMade


def _ruled(event: Event) -> Iterator[tuple[About, When | None, ByRule]]:
    """Yield the due periods that an event says follow from a rule: of what, the due period, and the rule."""
    if isinstance(event, Sets) and event.by_rule:
        yield event.about, event.due, event.by_rule
    if isinstance(event, NoticeIssued):
        for one in event.requirements:
            if one.by_rule:
                yield (*event.about, one.requirement), one.comply_by, one.by_rule


@rule("medium")
def due_not_by_rule(dossier: Dossier) -> Iterator[AuditException]:
    """A due date said to follow from a rule, which is not what the rule gives, or whose rule is not known.

    A date set by statute or by a regulator's policy can be worked out again by anybody, from the day that started the clock.
    One that comes out differently was miscounted, or agreed: then it should not carry the rule's authority.
    """
    for entry in dossier.in_force:
        for about, due, by_rule in _ruled(entry.fact):
            wrong = _wrong(due, by_rule)
            if wrong:
                stated = f"its due date, {due.in_words()}, is said to follow from" if due else "it has no due date, but names"
                text = f"{named(dossier, about)}: {stated} the rule {wrong}."
                yield AuditException(text, (entry.number,), about)


def _wrong(due: When | None, by_rule: ByRule) -> str | None:
    """Say what is wrong with a due period that is said to follow from a rule; nothing where it does, or where nobody can tell."""
    start = by_rule.start
    try:
        known = clock(by_rule.rule, version=by_rule.version)
    except RuleError:
        return f"“{by_rule.rule}”, version {by_rule.version}, which the ledger does not know"
    if not known.may_be_in_force(start):
        return f"“{known}”, from the start on record, {start.in_words()}; that rule was in force {known.in_force}"
    try:
        given, _ = last_day(known, start)
    except RuleError:  # the bank holidays of so early or late a year are not known
        return None
    if due and (due.earliest, due.latest, due.qualifier) == (given.earliest, given.latest, given.qualifier):
        return None
    return f"“{known}”; from the start on record, {start.in_words()}, that gives {given.in_words()}"
