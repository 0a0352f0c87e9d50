"""Rules on what a regulator asked for by a day, and on how long its own answers took."""

from collections.abc import Iterator
from datetime import date

from .._deadline import Deadline
from .._deadlines import deadlines
from .._dossier import Dossier
from .._show import counted
from .._when import When
from ..events import ActionPlanSubmitted, NoticeDetermined, NoticeWithdrawn
from ..projections.plans import Plan
from ._read import IN_DOUBT, awaits_outcome, dated, doubts, named, numbers, said_of
from ._rule import AuditException, rule

__all__ = ["notice_undetermined", "plan_not_received", "published_late", "requirement_past_due"]


def _since(when: When, last: date, on: date) -> str:
    """Say how many days after a date a day is: at least so many where the date is imprecise, about so many where it is doubtful."""
    much = "about " if when.qualifier else "" if when.is_precise else "at least "
    return f"{much}{counted((on - last).days, 'day')}"


@rule("medium")
def notice_undetermined(dossier: Dossier, *, days: int = 180) -> Iterator[AuditException]:
    """A notice without an outcome on record, more than a limit of days after the last day that it can have been given.

    A notice stands until the regulator has decided whether the trust complied, or has withdrawn it; until then neither the
    board nor the public can know that the risk it was given for is gone.
    """
    for notice in dossier.state.notices.values():
        last = notice.issued_on.latest if notice.issued_on else None
        if awaits_outcome(notice) and notice.issued_on and last and (dossier.on - last).days > days:
            undecided = [one for one in notice.requirements if not one.outcome]
            followed = notice.followed_up_on
            returned = f" It was followed up {dated(followed)}; no outcome since is on record." if followed else ""
            some = len(undecided) < len(notice.requirements)
            what = (
                f"no outcome of {len(undecided)} of its {len(notice.requirements)} requirements" if some else "no outcome of it"
            )
            doubt = doubts(dossier, notice.about, NoticeDetermined, NoticeWithdrawn)
            yield AuditException(
                f"{named(dossier, notice.about)} was given {dated(notice.issued_on)}; {_since(notice.issued_on, last, dossier.on)} "
                f"later {what} is on record.{returned}{IN_DOUBT if doubt else ''}",
                entries=(*numbers(said_of(dossier, notice.about)), *doubt),
                about=notice.about,
            )


@rule("low")
def published_late(dossier: Dossier, *, days: int = 90) -> Iterator[AuditException]:
    """An inspection certainly published more than a limit of days after the visit.

    Until CQC publishes, the public goes by an older picture, and so do commissioners and partners; ratings take effect only
    then. The delay is CQC's, not the trust's. Where a date is marked as doubtful nothing is certain, and nothing is told.
    """
    for one in dossier.state.inspections.values():
        visit, published = one.carried_out_on, one.published_on
        if not (visit and published and one.days_to_publication) or visit.qualifier or published.qualifier:
            continue
        fewest, most = one.days_to_publication
        if fewest > days:
            took = counted(most, "day") if fewest == most else f"{fewest} to {counted(most, 'day')}"
            form = f" ({one.published_as})" if one.published_as else ""
            reason = " CQC gave a reason for the delay." if one.late_because else ""
            said = said_of(dossier, one.about)
            inferred = " Part of this is inferred." if any(e.inferred & {"inspection", "on"} for e in said) else ""
            yield AuditException(
                f"{named(dossier, one.about)}, carried out {dated(visit)}, was published {dated(published)}{form}, {took} later."
                f"{reason}{inferred}",
                entries=numbers(said),
                about=one.about,
            )


@rule("high")
def plan_not_received(dossier: Dossier) -> Iterator[AuditException]:
    """A requested action plan of which no submission is on record by its last day.

    CQC can prosecute a provider that does not send a report which it asked for under regulation 17(3) of the 2014 regulations.
    A submission of imprecise date may have been in time; then it is said only that it may have been late.
    """
    for plan in dossier.state.plans.values():
        if not plan.missed or plan.due is None:
            continue
        doubt = () if plan.submitted_on else doubts(dossier, plan.about, ActionPlanSubmitted)
        asked = f"requested {dated(plan.requested_on)}" if plan.requested_on else "requested"
        by = f" by {plan.requested_by}" if plan.requested_by else ""
        yield AuditException(
            f"The action plan {named(dossier, plan.about)}, {asked}{by} and due {plan.due.in_words()}, {_sent(plan)}."
            f"{IN_DOUBT if doubt else ''}",
            entries=(*numbers(said_of(dossier, plan.about)), *doubt),
            about=plan.about,
        )


def _sent(plan: Plan) -> str:
    """Say how a plan whose day has passed was sent, if it was."""
    if plan.submitted_on is None:
        return "is not on record as submitted, and that day has passed"
    if plan.unsure:
        return f"was submitted {dated(plan.submitted_on)}, which may have been after that day"
    return f"was submitted {dated(plan.submitted_on)}, after that day"


@rule("high")
def requirement_past_due(dossier: Dossier) -> Iterator[AuditException]:
    """A requirement, of a notice or by itself, whose day has passed and which is not on record as met.

    A day that a regulator sets is not the trust's own target: once it has passed, the regulator may act. The record may merely
    lack the outcome; a board should know which.
    """
    for deadline in deadlines(dossier):
        if deadline.is_past and deadline.is_certain and deadline.about[0] in {"notice", "requirement"}:
            yield AuditException(
                f"{named(dossier, deadline.about)} was due {deadline.due.in_words()}, {counted(deadline.days or 0, 'day')} ago, and "
                f"{_outcome(dossier, deadline)}.{IN_DOUBT if deadline.in_doubt else ''}",
                entries=(*deadline.entries, *deadline.in_doubt),
                about=deadline.about,
            )


def _outcome(dossier: Dossier, deadline: Deadline) -> str:
    """Say what is on record of a requirement that is not known to be met."""
    requirement = dossier.state.requirements.get(deadline.about[1]) if deadline.about[0] == "requirement" else None
    if requirement and requirement.outcome and requirement.assessed_on:
        return f"was last found {requirement.outcome}, {dated(requirement.assessed_on)}"
    return "no outcome of it is on record"
