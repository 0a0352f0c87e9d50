"""Measures in place or under way that nobody promised with a date."""

from datetime import date

from ledger import When
from ledger.events import MeasureReported, MeasureStage
from ledger.projections.measures import Measure, measures

FIRST = MeasureReported(
    trust="RHA",
    on="../2026-03",
    measure="safe-staffing-tool",
    text="A tool for safe staffing is being rolled out.",
    stage="under way",
    answers=["staffing"],
    owner_body="the trust",
    lead="Chief Nurse",
    committee="Quality Committee",
    service="Acute wards",
    place="Oak ward",
    figure="12 of 30 wards",
    period="2025-04/2026-03",
)


def test_a_measure_is_on_record_as_reported() -> None:
    """Everything that a report says of a measure is kept, with the day it was heard by."""
    assert measures.fold([FIRST])["safe-staffing-tool"] == Measure(
        measure="safe-staffing-tool",
        text="A tool for safe staffing is being rolled out.",
        stage=MeasureStage.UNDER_WAY,
        reported_on=When("../2026-03"),
        answers=frozenset({"staffing"}),
        owner_body="the trust",
        lead="Chief Nurse",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
        figure="12 of 30 wards",
        period=When("2025-04/2026-03"),
        last_heard=date(2026, 3, 31),
    )


def test_a_measure_stands_as_last_reported() -> None:
    """A later report of a measure takes the place of the one before, also in what it leaves out."""
    later = MeasureReported(
        trust="RHA", on="2026-06-01", measure="safe-staffing-tool", text="The tool is in use.", stage="in place"
    )
    assert measures.fold([FIRST, later]).rows() == (
        Measure(
            measure="safe-staffing-tool",
            text="The tool is in use.",
            stage=MeasureStage.IN_PLACE,
            reported_on=When("2026-06-01"),
            last_heard=date(2026, 6, 1),
        ),
    )


def test_measures_are_told_apart_by_id() -> None:
    """A report of one measure leaves the others alone."""
    other = MeasureReported(trust="RHA", on="2026-06-01", measure="coaching", text="Coaching.", stage="in place")
    assert list(measures.fold([FIRST, other])) == ["coaching", "safe-staffing-tool"]


def test_a_measure_reads_aloud() -> None:
    """The words of a measure say how far it is, what it is, where, when it was told, for which time, and whose it is."""
    measure = measures.fold([FIRST])["safe-staffing-tool"]
    assert measure.about == ("measure", "safe-staffing-tool")
    assert str(measure) == (
        "Under way: A tool for safe staffing is being rolled out; 12 of 30 wards; Acute wards, Oak ward; "
        "reported by March 2026; period: between April 2025 and March 2026; owner: the trust; "
        "lead: Chief Nurse; committee: Quality Committee"
    )


def test_a_measure_of_which_little_is_said_says_little() -> None:
    """What no source says of a measure is left out."""
    bare = MeasureReported(trust="RHA", on="2026-06-01", measure="coaching", text="Coaching.", stage="in place")
    assert str(measures.fold([bare])["coaching"]) == "In place: Coaching; reported 1 June 2026"
