"""What is done to a ledger, told line by line and done."""

from datetime import date

import pytest

from ledger import Citation, Source
from ledger.events import (
    ActionCommitted,
    ActionConditionResolved,
    ActionDeadlinePassed,
    Corroborated,
    Retracted,
    TrustRenamed,
)
from ledger.testing._steps import Confirmed, Corrected, Recorded, Step, Swept, TakenBack, after, new_ledger, play

DAY = date(2026, 5, 12)
LETTER = Citation(source=Source(publisher="The trust", title="Letter", marking="public", published="2026-05-12"))
WARDS = ActionCommitted(trust="RHA", on="2026-03-31", action="wards", title="End wards", due="2026-04", subject_to=["money"])
SOONER = ActionCommitted(trust="RHA", on="2026-03", action="wards", title="End wards", subject_to=["money"])
RENAMED = TrustRenamed(trust="RHA", on="2025-10/..", name="New name")
MET = ActionConditionResolved(trust="RHA", on="2026-05-12", action="wards", condition_text="money", outcome="met")


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (
            Recorded(DAY, WARDS, (LETTER,)),
            "2026-05-12: ActionCommitted wards on 2026-03-31, title End wards, due 2026-04, subject to money, recorded 6 weeks later",
        ),
        (Recorded(date(2026, 4, 1), WARDS, ()), "recorded 1 day later"),
        (Recorded(date(2026, 4, 13), WARDS, ()), "recorded 13 days later"),
        (Recorded(date(2026, 4, 14), WARDS, ()), "recorded 2 weeks later"),
        (Recorded(DAY, MET, ()), "2026-05-12: ActionConditionResolved wards money on 2026-05-12, outcome met"),
        (Recorded(DAY, RENAMED, ()), "2026-05-12: TrustRenamed on 2025-10/.., name New name"),
        (
            Corrected(DAY, WARDS, SOONER),
            "2026-05-12: ActionCommitted wards on 2026-03-31 corrected: on was 2026-03-31, now 2026-03; due was 2026-04, now nothing",
        ),
        (Corrected(DAY, WARDS, WARDS), "2026-05-12: ActionCommitted wards on 2026-03-31 corrected: to the same"),
        (
            Corrected(DAY, RENAMED, MET),
            "2026-05-12: TrustRenamed corrected to ActionConditionResolved wards money on 2026-05-12, outcome met",
        ),
        (TakenBack(DAY, WARDS), "2026-05-12: ActionCommitted wards on 2026-03-31 taken back as recorded in error"),
        (
            Confirmed(DAY, WARDS, LETTER),
            "2026-05-12: ActionCommitted wards on 2026-03-31 confirmed by The trust, “Letter” (public, published 12 May 2026)",
        ),
        (Swept(DAY, date(2026, 5, 13)), "2026-05-12: swept through 2026-05-13"),
    ],
)
def test_a_step_reads_as_one_line(step: Step, line: str) -> None:
    """The day of recording, what was done, and how much later than it happened."""
    assert str(step).endswith(line)


def test_steps_are_taken_in_order_each_on_its_day() -> None:
    """What is recorded, corrected, corroborated, swept and taken back is what was told."""
    ledger, clock = new_ledger(date(2026, 4, 1))
    steps: list[Step] = [
        Recorded(date(2026, 4, 1), WARDS, ()),
        Swept(date(2026, 5, 1), date(2026, 5, 1)),
        Corrected(DAY, WARDS, SOONER),
        Confirmed(DAY, SOONER, LETTER),
        TakenBack(DAY, SOONER),
    ]
    play(steps, ledger, clock)
    passed = ActionDeadlinePassed(trust="RHA", on="2026-05-01", action="wards", due="2026-04")
    notes = (Corroborated(trust="RHA", entry=3), Retracted(trust="RHA", entry=3))
    assert [e.event for e in ledger.entries] == [WARDS, passed, SOONER, *notes]
    assert [str(e.recorded_at.date()) for e in ledger.entries] == ["2026-04-01", "2026-05-01", *["2026-05-12"] * 3]
    assert sorted({e.recorded_at for e in ledger.entries}) == [e.recorded_at for e in ledger.entries]


@pytest.mark.parametrize("step", [Corrected(DAY, WARDS, SOONER), TakenBack(DAY, WARDS), Confirmed(DAY, WARDS, LETTER)])
def test_a_step_about_what_is_not_in_force_does_nothing(step: Step) -> None:
    """Two ledgers that are told different things can be taken through the same steps."""
    ledger, clock = new_ledger(DAY)
    play([step], ledger, clock)
    assert ledger.entries == ()


@pytest.mark.parametrize(
    ("step", "stand"),
    [
        (Recorded(DAY, MET, ()), [WARDS, RENAMED, MET]),
        (Recorded(DAY, WARDS, (LETTER,)), [WARDS, RENAMED]),
        (Corrected(DAY, WARDS, SOONER), [SOONER, RENAMED]),
        (TakenBack(DAY, WARDS), [RENAMED]),
        (Confirmed(DAY, WARDS, LETTER), [WARDS, RENAMED]),
        (Swept(DAY, DAY), [WARDS, RENAMED]),
    ],
)
def test_what_stands_after_a_step_is_known_without_a_ledger(step: Step, stand: list[object]) -> None:
    """A correction takes the place of what it corrects; what stands already is not told twice."""
    assert after([WARDS, RENAMED], step) == stand
