"""Rules on the record itself: statements that disagree, facts that came late, facts without a source, what was redacted."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .._dossier import Dossier
from .._entry import Entry, Source
from .._moves import About, dues
from .._show import counted, listed, spaced
from .._when import When, day_in_words, day_of
from ..events import ActionPlanRequested, Erased, NoticeIssued, Redacted, RequirementMade
from ._read import because, few, named, numbers, recorded, set_by
from ._rule import AuditException, rule

__all__ = ["entry_redacted", "no_source", "recorded_late", "sources_disagree"]


@rule("medium")
def sources_disagree(dossier: Dossier) -> Iterator[AuditException]:
    """Different due dates on record for one thing, or ratings of one slot of which the dates do not tell which stands.

    The ledger goes by the due date that it had first, and by the lower of two ratings of one date. Which of them is right
    is for somebody to find out, and to put on record with its source.
    """
    for about, stated in _due_dates(dossier):
        last_days: dict[date | None, When] = {}
        for due in stated:
            last_days.setdefault(due.latest, due)  # March 2027 and 31 March 2027 end on one day: they agree
        if len(last_days) > 1:
            told = listed((due.in_words() for due in last_days.values()), ", ")
            yield AuditException(
                f"{named(dossier, about)} has different due dates on record: {told}.",
                entries=sorted({number for due in stated for number in set_by(dossier, about, due)}),
                about=about,
            )
    yield from _ratings(dossier)


def _due_dates(dossier: Dossier) -> Iterator[tuple[About, list[When]]]:
    """Yield the due periods that were stated for one thing; those that it was moved to do not count."""
    for action in dossier.state.actions.values():
        yield action.about, [due for due in (action.original_due, *action.other_dues) if due]
    stated: dict[About, list[When]] = {}
    for e in dossier.in_force:
        if isinstance(e.event, ActionPlanRequested | NoticeIssued | RequirementMade) and not _is_made_again(dossier, e):
            for about, due in dues(e.event).items():
                stated.setdefault(about, []).extend([due] if due and due not in stated.get(about, []) else [])
    yield from stated.items()


def _is_made_again(dossier: Dossier, e: Entry) -> bool:
    """Whether a requirement was made anew after this, once it had been assessed: then it has its own due date."""
    requirement = dossier.state.requirements.get(e.fact.about[1]) if isinstance(e.event, RequirementMade) else None
    made, on = (requirement.made_on if requirement else None), e.fact.on
    return bool(made and made.latest and on.latest and on.latest < made.latest)


def _ratings(dossier: Dossier) -> Iterator[AuditException]:
    """Report the ratings of one slot that the state keeps beside the one that stands."""
    for rated in dossier.state.ratings:
        also, in_doubt = (" and ".join(one) for one in (rated.also, rated.in_doubt))
        told = [
            f"another rating bears that date: {also}" if also else None,
            f"another is on record that may be earlier or later: {in_doubt}" if in_doubt else None,
        ]
        if any(told):
            of_slot = [e for e in dossier.in_force if e.fact.about == rated.about]
            ratings = {rated.rating, *rated.also, *rated.in_doubt}
            yield AuditException(
                f"“{rated.heading}”: {rated.rating} is taken to stand ({rated.since.in_words()}); {listed(told)}.",
                entries=numbers([e for e in of_slot if getattr(e.event, "rating", None) in ratings]),
                about=rated.about,
            )


class _Late(NamedTuple):
    """A fact that was public before it was recorded here: since when, by which source, and the day it was recorded."""

    entry: Entry
    since: When
    source: Source
    recorded_on: date

    @property
    def days(self) -> int:
        """How many days after the last day by which it had become public it was recorded."""
        return (self.recorded_on - (self.since.latest or date.max)).days


@rule("low")
def recorded_late(dossier: Dossier, *, days: int = 30) -> Iterator[AuditException]:
    """Facts first recorded here more than a limit of days after the last day by which they had become public.

    A ledger that is behind answers late: whoever asked it in between was told less than the public knew. The facts of one
    source are told together; a corrected fact counts from when it was first recorded.
    """
    by_source: dict[tuple[str, str], list[_Late]] = {}
    for one in _recorded(dossier):
        if one.days > days:
            by_source.setdefault(one.source.identity, []).append(one)
    for (publisher, title), late in by_source.items():
        on = sorted({one.recorded_on for one in late})
        when = f"on {day_in_words(on[0])}" if len(on) == 1 else f"between {day_in_words(on[0])} and {day_in_words(on[-1])}"
        fewest, most = min(one.days for one in late), max(one.days for one in late)
        lag = counted(most, "day") if fewest == most else f"{fewest} to {counted(most, 'day')}"
        if not all(one.since.is_precise for one in late):
            lag = f"at least {counted(fewest, 'day')}"
        were, they = ("was", "it") if len(late) == 1 else ("were", "they")
        yield AuditException(
            f"{publisher}, “{title}”: {counted(len(late), 'fact')} {were} first recorded here {when}, {lag} after {they} "
            "became public.",
            entries=numbers([one.entry for one in late]),
        )


def _recorded(dossier: Dossier) -> Iterator[_Late]:
    """Yield the facts in force that a public source states, with the first such source and when they were first recorded."""
    by_number = {e.number: e for e in dossier.known}
    for e in dossier.in_force:
        first: Entry | None = e
        while first and first.replaces is not None:
            first = by_number.get(first.replaces)  # none where the view does not know of it
        public = [
            (since.latest, since, citation.source)
            for citation in e.sources
            if (since := citation.public_since or citation.source.published)
            and since.latest
            and citation.is_ever_public(dossier.markings)
        ]
        if first and public:
            _, since, source = min(public, key=lambda one: one[0])
            yield _Late(e, since, source, day_of(first.recorded_at))


@rule("medium")
def no_source(dossier: Dossier) -> Iterator[AuditException]:
    """Facts in force that cite no source.

    A fact without a source can't be checked, and a public view leaves it out.
    """
    bare = [e for e in dossier.in_force if not e.sources]
    if bare:
        names = few([f"{spaced(type(e.event).__name__)}, {e.fact.on.in_words()}" for e in bare])
        cite = "1 fact in force cites" if len(bare) == 1 else f"{len(bare)} facts in force cite"
        yield AuditException(f"{cite} no source: {names}.", entries=numbers(bare))


@rule("medium")
def entry_redacted(dossier: Dossier) -> Iterator[AuditException]:
    """Entries of which the text was erased.

    The law can require it, and it can't be undone: whoever answers for the record should know what was erased, by whom and why.
    """
    notes = {e.event.entry: e for e in dossier.known if isinstance(e.event, Redacted)}
    for e in dossier.known:
        if isinstance(e.event, Erased):
            what = f"Entry {e.number} (“{spaced(e.event.kind)}”{f', {e.event.on.in_words()}' if e.event.on else ''})"
            note = notes.get(e.number)
            by = f", on {recorded(note)} by {note.recorded_by}" if note else "; by whom and why was not known yet"
            why = f" {because(note.reason)}" if note else ""
            yield AuditException(f"{what} was redacted{by}.{why}", entries=numbers([e, *([note] if note else [])]))
