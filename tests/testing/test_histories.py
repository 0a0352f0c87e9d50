"""Histories and ledgers that make sense."""

from collections.abc import Callable

import pytest
from hypothesis import given

from ledger import Draft, Entry, Ledger
from ledger.errors import EventError
from ledger.events import (
    PASSES,
    ActionCompleted,
    ActionReopened,
    ActionWithdrawn,
    Corroborated,
    Event,
    RatingChanged,
    Retracted,
)
from ledger.testing import histories, ledgers
from ledger.testing._events import CLOCKS
from ledger.testing._sensible import needs
from tests.testing.draws import undrawn


def _facts(history: list[Draft]) -> list[Event]:
    return [draft.event for draft in history if isinstance(draft.event, Event)]


@given(histories())
def test_what_a_fact_speaks_of_is_on_record_before_it(history: list[Draft]) -> None:
    """References name things that the facts before have put on record, and what is reopened was closed."""
    facts = _facts(history)
    assert not any(needs(fact, facts[:place]) for place, fact in enumerate(facts))


@given(histories("RVN"))
def test_each_fact_is_recorded_once_and_cites_a_source(history: list[Draft]) -> None:
    """All are about the trust that was asked for."""
    assert len({draft.event for draft in history}) == len(history)
    assert all(draft.sources and draft.event.trust == "RVN" for draft in history)


def test_what_nothing_speaks_of_first_is_needed() -> None:
    """A withdrawal needs the action, and a reopening that it was closed; the facts say when that is so."""
    done = ActionCompleted(trust="RHA", on="2026-03", action="wards", title="End dormitory wards")
    reopened = ActionReopened(trust="RHA", on="2026-04", action="wards")
    assert needs(ActionWithdrawn(trust="RHA", on="2026-04", action="wards"), [])
    assert needs(reopened, [])
    assert not needs(reopened, [done])


def _lateness(e: Entry) -> int:
    return 0 if not isinstance(e.event, Event) or e.event.on.latest is None else (e.recorded_at.date() - e.event.on.latest).days


HAPPENED: dict[str, Callable[[Entry], object]] = {
    "late": lambda e: _lateness(e) > 60,
    "imprecise": lambda e: isinstance(e.event, Event) and not e.event.on.is_precise,
    "without end": lambda e: isinstance(e.event, Event) and e.event.on.latest is None,
    "corrected": lambda e: e.replaces and isinstance(e.event, Event),
    "of a deadline, corrected": lambda e: e.replaces and hasattr(e.event, "due"),
    "retracted": lambda e: isinstance(e.event, Retracted),
    "corroborated": lambda e: isinstance(e.event, Corroborated),
    "swept": lambda e: isinstance(e.event, PASSES),
    "reopened": lambda e: isinstance(e.event, ActionReopened),
}


def test_a_ledger_has_what_ledgers_have() -> None:
    """Entries are late, imprecise, corrected, taken back, corroborated, and passes are noticed."""
    wanted: dict[str, Callable[[Ledger], object]] = {
        name: lambda ledger, is_so=is_so: any(map(is_so, ledger.entries))  # type: ignore[misc]  # bound now
        for name, is_so in HAPPENED.items()
    }
    assert undrawn(ledgers("RHA", CLOCKS, size=12), wanted) == []


@given(ledgers("RVN", [RatingChanged], size=3))
def test_a_ledger_is_never_empty_and_is_about_what_was_asked_for(ledger: Ledger) -> None:
    """At least one fact was recorded, and at most so many things were done; notes come on top."""
    assert 1 <= len(ledger.entries) <= 3
    assert isinstance(ledger.entries[0].event, RatingChanged)
    assert {e.event.trust for e in ledger.entries} == {"RVN"}


@pytest.mark.parametrize(
    ("kinds", "named"), [([ActionWithdrawn, ActionReopened], "ActionWithdrawn, ActionReopened"), ([], "no type at all")]
)
@pytest.mark.parametrize("strategy", [histories, ledgers])
def test_types_that_no_history_can_begin_with_are_refused(
    strategy: Callable[..., object], kinds: list[type[Event]], named: str
) -> None:
    """The error names the types, and what to add."""
    with pytest.raises(EventError) as refused:
        strategy("RHA", kinds)
    assert str(refused.value) == (
        f"no history can begin with {named}: add a type that puts a thing on record, such as ActionCommitted"
    )
