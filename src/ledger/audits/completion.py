"""Rules on what is said to be done: when that was recorded, on what evidence, and who confirmed it."""

from collections.abc import Iterator, Sequence

from .._dossier import Dossier
from .._entry import Entry
from .._show import counted
from .._when import When
from ..events import ActionCompleted, ActionReopened, ActionVerified, ActionWithdrawn
from ..projections.actions import Action
from ._read import IN_DOUBT, because, dated, doubts, named, numbers, said_of, steps
from ._rule import AuditException, rule

__all__ = ["action_reopened", "completion_not_verified", "completion_without_evidence", "verified_by_claimant"]


def _latest_round(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries after the one that last reopened an action: what came before counts no more."""
    last = max((place for place, e in enumerate(entries, 1) if isinstance(e.event, ActionReopened)), default=0)
    return list(entries[last:])


def _completed(dossier: Dossier) -> Iterator[tuple[Action, When, list[Entry]]]:
    """Yield the actions that count as completed, since when, and the entries that say so."""
    for action in dossier.state.actions.values():
        if action.completed_on and not action.withdrawn_on:
            said = said_of(dossier, action.about, ActionCompleted, ActionVerified, ActionReopened)
            yield action, action.completed_on, _latest_round(said)


@rule("medium")
def completion_without_evidence(dossier: Dossier) -> Iterator[AuditException]:
    """An action on record as completed, with no evidence on record.

    A completion is a claim until somebody can see what it rests on: a minute, an inspection of the ward, a figure. An inspector
    will ask for it, and a board that took the claim as it stood has nothing to show.
    """
    for action, on, said in _completed(dossier):
        if not action.evidence:
            claimed = f", claimed by {action.claimed_by}" if action.claimed_by else ""
            verified = f", verified by {action.verified_by}" if action.verified_by else ""
            doubt = doubts(dossier, action.about, ActionCompleted, ActionVerified, ActionReopened)
            yield AuditException(
                f"{named(dossier, action.about)} is on record as completed {dated(on)}{claimed}{verified}. "
                f"No evidence of it is on record.{IN_DOUBT if doubt else ''}",
                (*numbers(said), *doubt),
                action.about,
            )


@rule("medium")
def completion_not_verified(dossier: Dossier, *, days: int = 90) -> Iterator[AuditException]:
    """An action completed more than so many days ago (90 unless told), and nobody's verification on record.

    Somebody other than who claims a completion should confirm it while that can still be done; else the claim is all there is.
    """
    for action, on, said in _completed(dossier):
        ago = (dossier.on - on.latest).days if on.latest else 0  # an imprecise date counts from its last day: so long at least
        if ago > days and not action.verified_on:
            much = "about " if on.qualifier else "" if on.is_precise else "at least "
            doubt = doubts(dossier, action.about, ActionVerified, ActionReopened)
            yield AuditException(
                f"{named(dossier, action.about)} is on record as completed {dated(on)}; {much}{counted(ago, 'day')} later "
                f"no verification of it is on record.{IN_DOUBT if doubt else ''}",
                (*numbers(said), *doubt),
                action.about,
            )


@rule("high")
def verified_by_claimant(dossier: Dossier) -> Iterator[AuditException]:
    """A completion verified by nobody but who claimed it.

    Verification is somebody else's word. Where the one who claims and the one who verifies are the same, nothing was verified.
    """
    for action, _, said in _completed(dossier):
        claimants = {_plainly(e.event.claimed_by) for e in said if isinstance(e.event, ActionCompleted) and e.event.claimed_by}
        verifiers = {_plainly(e.event.verified_by): e.event.verified_by for e in said if isinstance(e.event, ActionVerified)}
        if verifiers and claimants.issuperset(verifiers):
            by = " and ".join(verifiers.values())
            yield AuditException(
                f"The completion of {named(dossier, action.about)} was claimed and verified by {by}; "
                f"nobody else's verification is on record.",
                numbers(said),
                action.about,
            )


def _plainly(name: str) -> str:
    """Give a name without its spaces and capitals, to tell whether two are one."""
    return "".join(name.casefold().split())


@rule("medium")
def action_reopened(dossier: Dossier) -> Iterator[AuditException]:
    """An action taken up again after it had been completed or withdrawn.

    What was reported done and had to be done again was not done, or did not last. A board should know which of its
    completions did not hold before it relies on the next.
    """
    for entry, before, _ in steps(dossier):
        if isinstance(entry.event, ActionReopened):
            said = said_of(dossier, before.about, ActionCompleted, ActionVerified, ActionWithdrawn, ActionReopened)
            ended = _latest_round(said[: said.index(entry)])
            why = because(entry.event.reason) or "No reason is on record."
            yield AuditException(
                f"{named(dossier, before.about)}{_ended(before)}, was reopened {dated(entry.event.on)}. {why}",
                numbers([*ended, entry]),
                before.about,
            )


def _ended(action: Action) -> str:
    if action.withdrawn_on:
        return f", on record as withdrawn {dated(action.withdrawn_on)}"
    if action.completed_on:
        return f", on record as completed {dated(action.completed_on)}"
    return ", of which no completion or withdrawal was on record"
