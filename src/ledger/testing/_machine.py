"""A state machine that does to a ledger in a file whatever its users may, and compares it with a naive model at every step."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from .._entry import Citation, Draft
from .._ledger import Ledger
from .._projection import projection
from .._when import day_of
from ..errors import LedgerError
from ..events import ActionDeadlinePassed, ActionPlanDeadlinePassed, Event, NoticeDeadlinePassed, Retracted
from ._clock import Clock
from ._events import CLOCKS, citations, drafts, events
from ._model import Model, Row
from ._picks import FIRST, some_day

__all__ = ["LedgerMachine"]

TRUSTS = ("RHA", "RHA", "RHA", "RVN")
ONE_MICROSECOND = timedelta(microseconds=1)
NOTHING: tuple[Event, ...] = ()


@projection(initial=NOTHING)
def passes(
    state: tuple[Event, ...], fact: ActionDeadlinePassed | ActionPlanDeadlinePassed | NoticeDeadlinePassed
) -> tuple[Event, ...]:
    """Keep the deadlines that passed, in order."""
    return (*state, fact)


def agree(what: str, told: object, expected: object) -> None:
    """Say how ledger and model differ, unless they do not."""
    if told != expected:
        raise AssertionError(f"{what}: the ledger says\n  {told}\nand the naive model\n  {expected}")


_some_fact = st.sampled_from(TRUSTS).flatmap(lambda trust: events(trust, CLOCKS))
_some_drafts = st.lists(st.sampled_from(TRUSTS).flatmap(lambda trust: drafts(trust, CLOCKS)), min_size=1, max_size=3)


class LedgerMachine(RuleBasedStateMachine):
    """What may happen to a ledger in a file, in any order, against a naive model of it.

    Facts of deadlines are recorded, one or several; entries are corrected, taken back and corroborated, or refuse it; the ledger is
    swept; time passes; the file is closed and opened again. After each step the entries are those of the model, instants increase, and
    what is refused has changed nothing; now and then views of any day, as known at any moment, are compared, with the deadlines passed.

    Run it in pytest as `TestLedger = LedgerMachine.TestCase`.
    """

    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.clock = Clock(datetime.combine(FIRST, time(), UTC))
        self.model = Model()
        self.ledger = self.opened()

    def opened(self) -> Ledger:
        """Open the file."""
        return Ledger.open(Path(self.folder.name) / "trusts.db", by="analyst", clock=self.clock)

    def teardown(self) -> None:
        """Let go of the file."""
        self.ledger.close()
        self.folder.cleanup()

    def do(self, act: Callable[[], object], model: Callable[[datetime], None], *, is_refused: bool = False) -> Any:
        """Act on the ledger and, at the instant of what it recorded, on the model; give the numbers of the new entries."""
        before = self.ledger.entries
        try:
            act()
        except LedgerError as refusal:
            agree("It was refused", (str(refusal), len(self.ledger.entries)), (str(refusal) * is_refused, len(before)))
            return multiple()
        agree("It was refused", "", is_refused * "as it should have been")
        new = self.ledger.entries[len(before) :]
        if new:
            last = before[-1].recorded_at if before else datetime.min.replace(tzinfo=UTC)
            agree("The entries were recorded at once, and later than the last", {e.recorded_at > last for e in new}, {True})
        model(new[0].recorded_at if new else self.clock.now)
        return multiple(*(e.number for e in new))

    @rule(target=numbers, given=_some_drafts)
    def record(self, given: list[Draft]) -> Any:
        """Record one fact or several."""
        return self.do(lambda: self.ledger.record(*given), lambda at: self.model.record(given, at))

    @rule(target=numbers, number=numbers, event=_some_fact)
    def correct(self, number: int, event: Event) -> Any:
        """Correct an entry; only a fact that stands can be, and only to one about the same trust."""
        row = self.model.rows[number - 1]
        is_refused = row not in self.model.known() or not row.is_fact or row.event.trust != event.trust
        return self.do(
            lambda: self.ledger.correct(number, event, reason="misread"),
            lambda at: self.model.correct(row, event, at),
            is_refused=is_refused,
        )

    @rule(target=numbers, number=numbers)
    def retract(self, number: int) -> Any:
        """Take an entry back; one that was replaced can't be, nor a retraction."""
        row = self.model.rows[number - 1]
        is_refused = row not in self.model.known() or isinstance(row.event, Retracted)
        return self.do(
            lambda: self.ledger.retract(number, reason="recorded in error"),
            lambda at: self.model.retract(row, at),
            is_refused=is_refused,
        )

    @rule(target=numbers, number=numbers, citation=citations())
    def corroborate(self, number: int, citation: Citation) -> Any:
        """Give an entry a further source; only a fact that stands can have one."""
        row = self.model.rows[number - 1]
        return self.do(
            lambda: self.ledger.corroborate(number, citation),
            lambda at: self.model.corroborate(row, [citation], at),
            is_refused=row not in self.model.known() or not row.is_fact,
        )

    @rule(target=numbers, today=some_day)
    def sweep(self, today: date) -> Any:
        """Put the passes of a day on record; a day before one that was swept is refused."""
        is_refused = today < self.model.swept_through()
        return self.do(
            lambda: self.ledger.sweep(today), lambda at: self.model.sweep(sorted(set(TRUSTS)), today, at), is_refused=is_refused
        )

    @rule(event=_some_fact)
    def refuse(self, event: Event) -> None:
        """Try what is never let in: an entry that is not there, and a pass written by hand."""
        beyond = len(self.model.rows) + 1
        noticed = ActionDeadlinePassed(trust=event.trust, on=event.on, action="a", due=event.on)
        for act in (
            lambda: self.ledger.retract(beyond, reason="recorded in error"),
            lambda: self.ledger.correct(beyond, event, reason="misread"),
            lambda: self.ledger.record(event, noticed),
        ):
            self.do(act, _nothing, is_refused=True)

    @rule(days=st.integers(1, 200))
    def wait(self, days: int) -> None:
        """Let time pass."""
        self.clock.wait_until(day_of(self.clock.now) + timedelta(days))

    @rule()
    def reopen(self) -> None:
        """Close the file and open it again."""
        self.ledger.close()
        self.ledger = self.opened()

    @rule(on=some_day, number=st.none() | numbers, is_before=st.booleans())
    def look(self, on: date, number: int | None, is_before: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
        """Compare the view of a day, as known at the instant of an entry, or just before it, or now."""
        at = None if number is None else self.model.rows[number - 1].recorded_at - is_before * ONE_MICROSECOND
        view = self.ledger.at(on, known_at=at)
        for trust in sorted(set(TRUSTS)):
            expected = [(row.number, set(self.model.sources(row, at))) for row in self.model.timeline(trust, on, at)]
            where = f"about {trust} on {on}, as known at {at}"
            agree(f"The entries in force {where}", [(e.number, set(e.sources)) for e in view.entries(trust)], expected)
            agree(f"The deadlines passed {where}", view.of(trust, passes), self.model.passes(trust, on, at))

    @invariant()
    def the_entries_are_those_of_the_model(self) -> None:
        """Compare every entry, also those replaced."""
        told = [Row(e.number, e.event, e.recorded_at, e.sources, e.replaces, e.place) for e in self.ledger.entries]
        agree("The entries on record", told, self.model.rows)


def _nothing(at: datetime) -> None:
    """Leave the model as it is."""
