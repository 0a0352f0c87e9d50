"""Rules on the passes that a sweep put on record: what it noted before its time, and what the record says otherwise since."""

from collections.abc import Iterator
from itertools import groupby

from .._dossier import Dossier
from .._entry import Entry
from .._midnights import with_midnights
from .._moves import About
from .._sweep import noticed, once
from .._when import day_of
from ..events import PASSES, Event, NoticeDeadlinePassed
from ._read import few, named, numbers, recorded, replaced
from ._rule import AuditException, rule

__all__ = ["pass_contradicted", "pass_recorded_ahead"]


@rule("medium")
def pass_contradicted(dossier: Dossier) -> Iterator[AuditException]:
    """A deadline that the ledger noted as passed, and that by the record as it stands now did not pass.

    What was entered since may be true: the news came late, or the record was wrong. But it makes a miss vanish, in whatever
    way, and whoever relies on the record should ask what shows it.
    """
    derived = with_midnights((e.fact for e in dossier.in_force), dossier.on)
    passed = {once(event) for event in derived if isinstance(event, PASSES)}
    for e in noticed(dossier.known):
        if isinstance(e.event, PASSES) and e.fact.on.is_by(dossier.on) and once(e.fact) not in passed:
            yield AuditException(
                f"On {recorded(e)} the ledger noted that the deadline of {named(dossier, _of(e))}, {e.event.due.in_words()}, had "
                "passed. By the record as it stands now it did not pass.",
                (e.number, *_since(dossier, e)),
                _of(e),
            )


def _since(dossier: Dossier, noted: Entry) -> list[int]:
    """Give the numbers of what was recorded about a thing after it was noted as past, also in place of an entry about it."""
    about = {e.number for e in dossier.known if isinstance(e.event, Event) and e.event.about[:2] == noted.fact.about[:2]}
    later = (e for e in dossier.known if e.number > noted.number and not isinstance(e.event, PASSES))
    return [e.number for e in later if e.number in about or e.replaces in about]


@rule("high")
def pass_recorded_ahead(dossier: Dossier) -> Iterator[AuditException]:
    """The passing of a deadline put on record before the deadline had passed.

    A sweep says that the ledger noticed a day passing. One that ran ahead of time noticed nothing, and its word can't be set
    against a completion that is recorded later.
    """
    gone = replaced(dossier)
    ahead = [e for e in dossier.known if isinstance(e.event, PASSES) and e.number not in gone and _is_ahead(e)]
    for _, swept in groupby(ahead, key=lambda e: e.recorded_at):  # one sweep is one exception
        passes = list(swept)
        told = [
            f"{named(dossier, _of(e))}, due {e.event.due.in_words()}, which passes on {e.event.on.in_words()}"
            for e in passes
            if isinstance(e.event, PASSES)
        ]
        of = "a deadline" if len(passes) == 1 else f"{len(passes)} deadlines"
        text = f"On {recorded(passes[0])} the ledger put on record that {of} had passed, before the day: {few(told)}."
        yield AuditException(text, numbers(passes), _of(passes[0]) if len(passes) == 1 else ())


def _is_ahead(entry: Entry) -> bool:
    """Whether a pass was put on record before the day it is of."""
    return not entry.fact.on.is_by(day_of(entry.recorded_at))


def _of(entry: Entry) -> About:
    """Give what the deadline was of that a pass is about."""
    return (*entry.fact.about, entry.event.requirement) if isinstance(entry.event, NoticeDeadlinePassed) else entry.fact.about
