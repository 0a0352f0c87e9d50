"""Rules on completions and slips put on record after the deadline, and dated before it."""

from collections.abc import Iterator
from datetime import date

from .._dossier import Dossier
from .._entry import Citation, Entry
from .._sweep import noticed
from .._when import When, day_of
from ..events import (
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionVerified,
    ActionWithdrawn,
)
from ._read import Step, named, numbers, recorded, replaced, set_by, steps
from ._rule import AuditException, rule

__all__ = ["completion_back_dated", "slip_back_dated"]


@rule("high")
def completion_back_dated(dossier: Dossier) -> Iterator[AuditException]:
    """A completion recorded after the deadline and dated on or before it, which no source of that time attests.

    A record can be dated back so that a target looks met. A completion that nobody could have known of by the deadline may be
    true all the same; what shows it to be true is for whoever relies on it to ask.
    """
    for step in steps(dossier):
        entry, due = step.entry, _deadline(dossier, step)
        if due and due.latest and entry.fact.on.is_by(due.latest) and not _known_by(dossier, entry, due.latest):
            about, on = entry.fact.about, entry.fact.on.in_words()
            wrong, noted = _wrong(dossier, entry), _noted(dossier, entry, due.latest)
            yield AuditException(
                f"{named(dossier, about)} was due {due.in_words()}. Its completion, dated {on}, was recorded on "
                f"{recorded(entry)}{_instead(entry, wrong)}; no source cited for it was published between that date and the "
                f"deadline.{_was_noted(noted)}",
                (*set_by(dossier, about, due), *numbers([*wrong, *noted, entry])),
                about,
            )


def _deadline(dossier: Dossier, step: Step) -> When | None:
    """Give the due period in force where an entry completed an action.

    A commitment of imprecise date may come after the completion in the ledger's order: then it is the first one it set.
    """
    before, after = step.before, step.after
    if before.completed_on or not after.completed_on:
        return None
    return after.completed_against if after.original_due else dossier.state.actions[after.action].original_due


def _known_by(dossier: Dossier, entry: Entry, last: date) -> bool:
    """Whether a completion could be known of by the end of a day: a source cited says so, or the record did by then."""
    on, stood = entry.fact.on, replaced(dossier, by=last)
    return any(_attests(citation, on, last) for citation in entry.sources) or any(
        isinstance(e.event, ActionCompleted | ActionVerified)
        and e.event.about == entry.fact.about
        and day_of(e.recorded_at) <= last
        and e.number not in stood
        and e.event.on.is_by(last)
        and (e.place == entry.place or e.event.on == on)  # the same claim, corrected or recorded anew since
        for e in dossier.known
    )


def _attests(citation: Citation, on: When, last: date) -> bool:
    """Whether a source was published by a day; what was published before the completion cannot tell of it."""
    since = citation.public_since or citation.source.published
    return since is not None and since.latest is not None and since.is_by(last) and on.may_be_by(since.latest)


def _wrong(dossier: Dossier, entry: Entry) -> list[Entry]:
    """Give the entry that another corrected, where it gave a completion another date."""
    kinds = ActionCompleted | ActionVerified
    return [
        e for e in dossier.known if e.number == entry.replaces and isinstance(e.event, kinds) and e.event.on != entry.fact.on
    ]


def _instead(entry: Entry, wrong: list[Entry]) -> str:
    if wrong:
        return f" by a correction, in place of {wrong[0].fact.on.in_words()}"
    return " by a correction" if entry.replaces else ""


def _noted(dossier: Dossier, entry: Entry, last: date) -> list[Entry]:
    """Give the passes of a deadline that were seen and put on record before an entry, and not taken back."""
    return [
        e
        for e in noticed(dossier.known)
        if isinstance(e.event, ActionDeadlinePassed)
        and e.event.about == entry.fact.about
        and e.event.due.latest == last
        and e.number < entry.number
    ]


def _was_noted(noted: list[Entry]) -> str:
    return f" On {recorded(noted[0])} the ledger had noted that the deadline passed." if noted else ""


@rule("high")
def slip_back_dated(dossier: Dossier) -> Iterator[AuditException]:
    """A move of a deadline, or a withdrawal, recorded after the deadline and dated on or before it, which no source of that time attests.

    A deadline that was moved in time was not missed. One that is said to have been moved in time, once it had passed, turns a
    miss into none; whoever relies on it has to ask what shows the date of the decision.
    """
    for step in steps(dossier):
        entry, due = step.entry, step.before.due if step.before.is_open else None
        if due and due.latest and _undoes(entry.event, due) and _is_late_and_early(dossier, entry, due.latest):
            about, noted = entry.fact.about, _noted(dossier, entry, due.latest)
            yield AuditException(
                f"{named(dossier, about)} was due {due.in_words()}. {_decision(entry.event)} dated {entry.fact.on.in_words()} was "
                f"recorded on {recorded(entry)}; no source cited for it was published between that date and the "
                f"deadline.{_was_noted(noted)}",
                (*set_by(dossier, about, due), *numbers([*noted, entry])),
                about,
            )


def _undoes(event: object, due: When) -> bool:
    """Whether a decision takes away that a due period was missed."""
    return isinstance(event, ActionWithdrawn) or (isinstance(event, ActionDeadlineRevised) and event.due != due)


def _decision(event: object) -> str:
    if isinstance(event, ActionDeadlineRevised):
        return f"A decision to move that to {event.due.in_words()}" if event.due else "A decision to give that date up"
    return "Its withdrawal"


def _is_late_and_early(dossier: Dossier, entry: Entry, last: date) -> bool:
    """Whether a decision dated by a day was put on record only after it, and nothing of the time attests it."""
    on = entry.fact.on
    was_known = any(_attests(citation, on, last) for citation in entry.sources) or any(
        e.place == entry.place
        and day_of(e.recorded_at) <= last
        and type(e.event) is type(entry.event)
        and e.fact.on.is_by(last)
        and e.fact.about == entry.fact.about
        for e in dossier.known
    )
    return on.is_by(last) and day_of(entry.recorded_at) > last and not was_known
