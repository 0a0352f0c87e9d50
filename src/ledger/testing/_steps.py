"""What is done to a ledger, step by step: each step a value that reads as one line, and one function that plays them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TypeAlias, assert_never

import attrs
from hypothesis import note

from .._entry import Citation, Draft
from .._ledger import Ledger
from .._report import said
from .._show import counted, listed
from .._when import LAST_DAY, When
from ..events import Event
from ._clock import Clock

__all__ = ["Confirmed", "Corrected", "Recorded", "Step", "Swept", "TakenBack", "after", "new_ledger", "play", "take", "tell"]

WEEK, TWO_WEEKS = 7, 14


@attrs.frozen
class Recorded:
    """A fact is recorded with its sources."""

    day: date
    event: Event
    sources: tuple[Citation, ...]

    @property
    def draft(self) -> Draft:
        """What is recorded."""
        return Draft(event=self.event, sources=self.sources)

    def __str__(self) -> str:
        """Tell what was recorded, and how late."""
        return listed([f"{self.day}: {_told(self.event)}", _late(self.event.on, self.day)], ", ")


@attrs.frozen
class Corrected:
    """An entry that says *wrong* is corrected to say *event*."""

    day: date
    wrong: Event
    event: Event

    def __str__(self) -> str:
        """Tell what was corrected to what."""
        if type(self.wrong) is not type(self.event):
            return f"{self.day}: {_named(self.wrong)} corrected to {_told(self.event)}"
        before, after = (attrs.asdict(event, recurse=False) for event in (self.wrong, self.event))
        moves = (
            f"{name.replace('_', ' ')} was {_said(before[name])}, now {_said(after[name])}"
            for name in before
            if before[name] != after[name]
        )
        return f"{self.day}: {_named(self.wrong)} on {self.wrong.on} corrected: {listed(moves) or 'to the same'}"


@attrs.frozen
class TakenBack:
    """An entry that says *wrong* is retracted."""

    day: date
    wrong: Event

    def __str__(self) -> str:
        """Tell what was taken back."""
        return f"{self.day}: {_named(self.wrong)} on {self.wrong.on} taken back as recorded in error"


@attrs.frozen
class Confirmed:
    """An entry that says *told* is given a further source."""

    day: date
    told: Event
    citation: Citation

    def __str__(self) -> str:
        """Tell what was confirmed, and by what."""
        return f"{self.day}: {_named(self.told)} on {self.told.on} confirmed by {self.citation}"


@attrs.frozen
class Swept:
    """The deadlines that passed by a day are put on record: today, or a day to come."""

    day: date
    today: date

    def __str__(self) -> str:
        """Tell that the ledger was swept."""
        return f"{self.day}: swept through {self.today}"


Step: TypeAlias = Recorded | Corrected | TakenBack | Confirmed | Swept


def new_ledger(today: date) -> tuple[Ledger, Clock]:
    """Give an empty ledger in memory and its clock, at the beginning of a day."""
    clock = Clock(datetime.combine(today, time(), UTC))
    return Ledger.open(":memory:", by="analyst", clock=clock), clock


def play(steps: Iterable[Step], ledger: Ledger, clock: Clock) -> None:
    """Take steps on a ledger.

    Arguments:
        steps: what to do, in order.
        ledger: what to do it to.
        clock: its clock; each step is taken at nine in the morning of its day or, where that is past, an hour after the last.

    """
    for step in steps:
        clock.wait_until(step.day)
        take(step, ledger)


def tell(steps: Iterable[Step]) -> None:
    """Tell steps line by line, where an example fails."""
    for step in steps:
        note(str(step))


def take(step: Step, ledger: Ledger) -> None:
    """Take one step; one about an entry that is not in force does nothing."""
    match step:
        case Recorded():
            ledger.record(step.draft)
        case Swept(today=today):
            ledger.sweep(today)
        case Corrected(wrong=wrong, event=event):
            for number in _saying(ledger, wrong):
                ledger.correct(number, event, reason="misread")
        case TakenBack(wrong=wrong):
            for number in _saying(ledger, wrong):
                ledger.retract(number, reason="recorded in error")
        case Confirmed(told=told, citation=citation):
            for number in _saying(ledger, told):
                ledger.corroborate(number, citation)
        case _:
            assert_never(step)


def after(stand: list[Event], step: Step) -> list[Event]:
    """Give the facts that stand after a step, where those that stood before it are *stand*."""
    match step:
        case Recorded(event=event):
            return stand if event in stand else [*stand, event]
        case Corrected(wrong=wrong, event=event):
            return [event if one == wrong else one for one in stand]
        case TakenBack(wrong=wrong):
            return [one for one in stand if one != wrong]
        case Confirmed() | Swept():
            return stand
        case _:
            assert_never(step)


def _saying(ledger: Ledger, event: Event) -> list[int]:
    """Give the number of the first entry in force that holds an event, if one does."""
    return [e.number for e in ledger.at(LAST_DAY).standing(event.trust) if e.event == event][:1]


def _named(event: Event) -> str:
    """Name an event by its type and what it is about."""
    return " ".join((type(event).__name__, *filter(None, event.about[1:])))


def _told(event: Event) -> str:
    """Tell an event in one line: its type, what it is about, when, and whatever else it says."""
    told = [f"{_named(event)} on {event.on}"]
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        is_said = field.name in {"trust", "on", "id", event.subject} or value == field.default or value in event.about
        told += [] if is_said else [f"{field.name.replace('_', ' ')} {_said(value)}"]
    return ", ".join(told)


def _said(value: object) -> str:
    return str(value) if isinstance(value, When) else said(value)


def _late(on: When, day: date) -> str | None:
    """Tell how long after the fact it was recorded, where that was later than the day itself."""
    days = (day - on.latest).days if on.latest else 0
    if days <= 0:
        return None
    return f"recorded {counted(days, 'day') if days < TWO_WEEKS else counted(days // WEEK, 'week')} later"
