"""With the sweep or without, every view answers alike: of two ledgers told the same at the same instants, one is swept.

HYPOTHESIS_PROFILE=exhaustive asks 20,000 histories.
"""

from typing import Any

import attrs
from hypothesis import given, settings

from ledger import Entry, Ledger, View
from ledger.events import PASSES
from ledger.testing._cases import Case, cases
from ledger.testing._events import CLOCKS, DEADLINES, FACTS
from tests.laws.test_laws import ASKED


@settings(max_examples=max(settings().max_examples, 200))
@given(cases([CLOCKS, CLOCKS, DEADLINES, FACTS]))
def test_swept_or_not_every_view_answers_alike(case: Case) -> None:
    """A view by any of the three dates gives the same answers, entries, doubts, trusts and report, but for entry numbers."""
    plain, ledger = case.ledger(), case.ledger(is_swept=True)
    numbers = _renumbered(ledger)
    horizons = {e.recorded_at.date() for e in ledger.entries[-1:]}
    for swept in (*case.views, *map(ledger.at, horizons)):
        view = plain.at(swept.on, known_at=swept.known_at, public_on=swept.public_on)
        assert [view.of("RHA", answer) for answer in ASKED] == [swept.of("RHA", answer) for answer in ASKED]
        assert _told(view, {e.number: e.number for e in plain.entries}) == _told(swept, numbers)


def _renumbered(swept: Ledger) -> dict[int, int]:
    """Give the number that each entry of a ledger would have had without its sweeps."""
    told = [e for e in swept.entries if not isinstance(e.event, PASSES)]
    return {e.number: number for number, e in enumerate(told, 1)}


def _told(view: View, numbers: dict[int, int]) -> list[object]:
    """Give what a view says besides the answers of projections, with entries numbered anew."""
    return [
        view.trusts(),
        view.codes(),
        view.is_forecast,
        [_entry(e, numbers) for e in view.entries("RHA")],
        [_entry(e, numbers) for e in view.uncertain("RHA")],
        [_entry(e, numbers) for e in view.standing("RHA")],
        _report(view.report("RHA"), numbers),
    ]


def _entry(e: Entry, numbers: dict[int, int]) -> Entry:
    replaces = None if e.replaces is None else numbers[e.replaces]
    return attrs.evolve(e, number=numbers[e.number], place=numbers[e.place], replaces=replaces)


def _report(told: Any, numbers: dict[int, int]) -> Any:
    """Give a report with its entries numbered anew."""
    if isinstance(told, list):
        return [_report(one, numbers) for one in told]
    if not isinstance(told, dict):
        return told
    anew: dict[str, Any] = {name: _report(value, numbers) for name, value in told.items()}
    if "entry" in told:
        anew["entry"] = numbers[told["entry"]]
    if "entries" in told:
        anew["entries"] = [numbers[number] for number in told["entries"]]
    return anew
