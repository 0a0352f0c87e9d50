"""What importers read, recorded batch by batch: what is on record already adds nothing, and nothing is lost."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import attrs

from .._codec import canonical
from .._entry import Draft, Entry
from .._ledger import Ledger
from .._view import View
from .._when import LAST_DAY, When
from ..events import Event
from ._naming import Registration, cites, naming
from ._place import Found, Problem

__all__ = ["BATCH", "Intake", "check", "take_in"]

BATCH = 5_000
"""The number of facts that are recorded in one transaction."""


@attrs.frozen
class Intake:
    """What an import read, and what became of it.

    Attributes:
        facts: the number of facts read.
        recorded: the number of new entries that hold a fact.
        further: the number of facts on record that were given a further source.
        known: the number of facts that were on record from this source already.
        problems: what could not be read, with its place.
        numbers: the entries that hold what was read.

    """

    facts: int = 0
    recorded: int = 0
    further: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()
    numbers: frozenset[int] = attrs.field(default=frozenset(), repr=False)


def check(read: Iterable[Found | Problem], *, progress: Callable[[int], None] = lambda _: None) -> Intake:
    """Read everything, and record nothing: how many facts there are, and every problem.

    Arguments:
        read: what an importer reads.
        progress: told now and then how many facts have been read so far.

    """
    problems: list[Problem] = []
    facts = 0
    for batch in _batches(read, problems):
        facts += len(batch)
        progress(facts)
    return Intake(facts, problems=tuple(problems))


def take_in(ledger: Ledger, read: Iterable[Found | Problem], *, progress: Callable[[int], None] = lambda _: None) -> Intake:
    """Record what is read and not on record from its source, one transaction a batch; what has a problem is left out and told.

    It can be stopped after any batch, and run again: what is on record then adds nothing. To record nothing where anything has a
    problem, `check` first.

    Arguments:
        ledger: where to record.
        read: what an importer reads.
        progress: told after each batch how many facts have been read so far.

    Raises:
        ConflictError: others kept recording at the same moment.
        StoreError: the store can't be written to.

    """
    problems: list[Problem] = []
    facts = recorded = further = known = 0
    numbers: set[int] = set()
    for batch in _batches(read, problems):
        news, held = _news(ledger, batch)
        before = ledger.last
        entries = {e.number for e in ledger.record(*news)}
        new = sum(number > before for number in entries)
        facts += len(batch)
        recorded += new
        further += len(entries) - new
        known += len(held) + len(news) - len(entries)
        numbers |= entries.union(held)
        progress(facts)
    return Intake(facts, recorded, further, known, tuple(problems), frozenset(numbers))


def _batches(read: Iterable[Found | Problem], problems: list[Problem]) -> Iterator[list[Found]]:
    """Yield what was found, batch by batch, and note the problems."""
    found = iter(read)
    while some := list(islice(found, BATCH)):
        problems += [one for one in some if isinstance(one, Problem)]
        yield [one for one in some if isinstance(one, Found)]


def _news(ledger: Ledger, batch: list[Found]) -> tuple[list[Draft], list[int]]:
    """Give what is not on record from its source, in the order to record it in, and the numbers of the entries that hold the rest."""
    view = ledger.at(LAST_DAY)
    news: list[Draft] = []
    held: list[int] = []
    for one, entry in zip(batch, ledger.find(*(one.fact for one in batch)), strict=True):
        for told in _settled(view, one.draft, one.fact, entry):
            if isinstance(told, Entry):
                held.append(told.number)
            else:
                news.append(told)
    return sorted(news, key=_recording_order), held


def _settled(view: View, draft: Draft, event: Event, entry: Entry | None) -> list[Draft | Entry]:
    """Give the entry that says so already from the draft's source, or what to record; *entry* holds an equal event."""
    if isinstance(event, Registration) and draft.inferred & {"name", "on"}:
        return naming(view, draft, event)
    if entry is None and "on" in draft.inferred:
        entry = _of_earlier_bound(view, draft, event)
    return [entry if entry is not None and cites(entry, draft) else draft]


def _of_earlier_bound(view: View, draft: Draft, event: Event) -> Entry | None:
    """Give the entry that tells the same as of an earlier day, where no source states the day."""
    alike = (e for e in view.standing(event.trust) if cites(e, draft) and attrs.evolve(e.fact, on=event.on) == event)
    return next((e for e in alike if _is_by(e.fact.on, event.on)), None)


def _is_by(on: When, other: When) -> bool:
    return on.latest is not None and other.latest is not None and on.latest <= other.latest


def _recording_order(draft: Draft) -> tuple[str, bytes]:
    """Order by day, then by the bytes of the event, so that the order in which files are read makes no difference."""
    latest = draft.event.on.latest if isinstance(draft.event, Event) else None
    return latest.isoformat() if latest else "9999", canonical(draft.event)
