"""The state machine: a ledger keeps to the naive model, and what does not is found out."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from ledger import Draft, Entry, Ledger, View
from ledger.errors import CorrectionError
from ledger.events import ActionCommitted, ActionDeadlinePassed, Event
from ledger.testing import LedgerMachine

TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(stateful_step_count=20, phases=set(Phase) - {Phase.explain})

FEW = settings(
    report_multiple_bugs=False,
    max_examples=300,
    stateful_step_count=15,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
)


def test_it_can_be_driven_by_hand() -> None:
    """A deadline that passed is seen by ledger and model alike, before the sweep and after it, the file closed in between."""
    machine = LedgerMachine()
    wards = ActionCommitted(trust="RHA", on="2024-01-10", action="wards", title="End dormitory wards", due="2024-03")
    machine.record([Draft(event=wards)])
    machine.look(date(2024, 4, 1), number=1, is_before=False)
    machine.sweep(date(2024, 4, 1))
    machine.reopen()
    machine.look(date(2024, 4, 1), number=None, is_before=False)
    machine.the_entries_are_those_of_the_model()
    assert [type(e.event) for e in machine.ledger.entries] == [ActionCommitted, ActionDeadlinePassed]
    machine.teardown()


class Hindsight(Ledger):
    """A ledger that answers whatever the moment with what is known now."""

    def at(self, on: Any, **times: Any) -> View:
        """Forget the moment."""
        return super().at(on, **{**times, "known_at": None})


class Blind(Ledger):
    """A ledger that never sees a deadline pass."""

    def sweep(self, today: Any) -> tuple[Entry, ...]:
        """Notice nothing."""
        del today
        return ()


class Lax(Ledger):
    """A ledger that takes back what was taken back already."""

    def retract(self, number: int, *, reason: str) -> Entry:
        """Overlook that it is refused."""
        try:
            return super().retract(number, reason=reason)
        except CorrectionError:
            if number > len(self.entries):
                raise
            return self.entries[number - 1]


class Strict(Ledger):
    """A ledger that lets nothing be corrected."""

    def correct(self, number: int, event: Event, **how: Any) -> Entry:
        """Refuse."""
        raise CorrectionError(f"entry {number} stays as it is, {how}, {event}", number)


class Careless(Ledger):
    """A ledger that loses all but the first two of what it is told at once."""

    def record(self, *events: Any, **how: Iterable[Any]) -> tuple[Entry, ...]:
        """Record two."""
        return super().record(*events[:2], **how)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Hindsight, "The entries in force about"),
        (Blind, "The entries on record"),
        (Lax, "It was refused"),
        (Strict, "It was refused"),
        (Careless, "The entries on record"),
    ],
)
def test_a_ledger_that_is_not_as_it_should_be_is_found_out(kind: type[Ledger], sentence: str) -> None:
    """What it does is compared after every step, and the failure says what differs."""

    class Machine(LedgerMachine):
        """Drives a ledger of another kind."""

        def opened(self) -> Ledger:
            """Open the file as such a ledger."""
            return kind.open(Path(self.folder.name) / "trusts.db", by="analyst", clock=self.clock)

    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(Machine, settings=FEW)
    assert str(caught.value).startswith(sentence)
