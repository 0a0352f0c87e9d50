"""An audit of one deadline: the target to end dormitory accommodation by March 2027.

`pytest examples/audit_dormitories.py` plays futures of the ledger: the work is done in time or late, slips, is given up, is verified and
reopened, is put on record late or corrected, or nothing is heard of it at all. Whatever happens, the ledger has to show it.
`python examples/audit_dormitories.py` reads what the record says as it stands.
"""

import sys
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, View, When
from ledger.audits import audit
from ledger.events import Retracted
from ledger.projections.actions import Action
from ledger.sources import ingest
from ledger.testing import futures

TRUST, TARGET = "RHA", "dormitory-eradication"
DUE = When("2027-03")
LAST_DAY, DAY_AFTER = date(2027, 3, 31), date(2027, 4, 1)
PAST = {"past-target", "overdue", "completed-late"}
TELLING = ("deadline-moved-without-reason", "correction-moved-date")


def example() -> Ledger:
    """Give the example ledger, in memory."""
    ledger = Ledger.open(":memory:", by="analyst")
    ingest(ledger, sorted(Path(__file__).parent.glob("R*.yaml")))
    return ledger


NOW = example()


@given(futures(NOW, actions=[TARGET]), st.dates(DAY_AFTER, date(2029, 12, 31)))
def test_the_target_is_met_or_shown_past_or_visibly_moved(future: Ledger, day: date) -> None:
    """From 1 April 2027 on no future leaves the target looking open and in time, unless it was moved, and the record shows that."""
    view = future.at(day)
    target = view.trust(TRUST).actions.get(TARGET)
    if target is None:
        assert was_taken_back(view)
    elif target.withdrawn_on:
        assert "withdrawn" in target.summary
    elif was_met(target):
        assert target.status in {"completed", "verified"}
    elif target.due == DUE:
        assert is_shown_past(target) or target.reopened_on[-1].latest == day
    else:
        assert was_visibly_moved(view)


def was_taken_back(view: View) -> bool:
    """Whether the record keeps that the commitment was taken back, and why."""
    return any(isinstance(entry.event, Retracted) and entry.reason for entry in view.known(TRUST))


def was_met(target: Action) -> bool:
    """Whether it was done, for all the record says, by 31 March 2027."""
    return target.completed_on is not None and target.completed_on.is_by(LAST_DAY)


def is_shown_past(target: Action) -> bool:
    """Whether it is shown past, or done late, with what became of each condition."""
    return (target.status in PAST or target.is_late) and all(one.in_words() in target.summary for one in target.conditions)


def was_visibly_moved(view: View) -> bool:
    """Whether each move is on record with its reason, or else an audit tells: of a move without one, or of a corrected record."""
    target = view.trust(TRUST).actions[TARGET]
    told = {one.about for rule in TELLING for one in audit(view, code=TRUST).by_rule(rule)}
    moves = [revision for revision in target.revisions if revision.before != revision.after]
    return target.about in told or (bool(moves) and all(move.reason for move in moves))


def test_the_requirement_of_2022_was_not_acted_on_and_an_audit_says_so() -> None:
    """CQC told the trust in 2022 to remove dormitories; the inspection of 2025 found it not met, and the audit of that autumn tells."""
    for day in ("2025-09-30", "2026-03-31"):
        found = audit(NOW.at(day), code=TRUST).by_rule("requirement-open-at-next-inspection")
        assert ("requirement", "remove-dormitories-2022") in [one.about for one in found]


def main(place: str | None = None) -> None:
    """Print how the target stands on its last day and the day after, and what the audit says of the wards and of 2022."""
    ledger = NOW if place is None else Ledger.open(place, create=False)
    for day in (LAST_DAY, DAY_AFTER):
        view = ledger.at(day)
        print(f"{'Forecast, ' if view.is_forecast else ''}{day}: {view.trust(TRUST).actions[TARGET]}")
    for one in audit(ledger.at(DAY_AFTER), code=TRUST).exceptions:
        if "dormitor" in one.text:
            print(f"- {one}")


if __name__ == "__main__":
    main(*sys.argv[1:])
