"""Programmes of inspections, and what came of them."""

from datetime import date

from ledger import When
from ledger.events import Outcome, ProgrammeReported
from ledger.projections.programmes import Programme, programmes

REPORTED = ProgrammeReported(
    trust="RHA",
    on="2025-08",
    programme="frontline",
    title="Programme at the trust's services",
    review="section-48-review",
    assessments=39,
    service_groups=18,
    outcomes=[
        Outcome(text="services rated Good", count=10),
        Outcome(text="services improved", measure="four in ten"),
        Outcome(text="better culture"),
    ],
    period="2024-05/2025-08",
)


def test_a_programme_is_on_record_as_reported() -> None:
    """Everything that is said of a programme is kept; its day is when it had ended."""
    assert programmes.fold([REPORTED])["frontline"] == Programme(
        programme="frontline",
        title="Programme at the trust's services",
        ended_on=When("2025-08"),
        review="section-48-review",
        assessments=39,
        service_groups=18,
        outcomes=(
            Outcome(text="services rated Good", count=10),
            Outcome(text="services improved", measure="four in ten"),
            Outcome(text="better culture"),
        ),
        period=When("2024-05/2025-08"),
        last_heard=date(2025, 8, 31),
    )


def test_a_programme_stands_as_last_reported() -> None:
    """A later report takes the place of the one before, also in what it leaves out; other programmes stay."""
    given = [
        REPORTED,
        ProgrammeReported(trust="RHA", on="2025-09-01", programme="forensic", title="Forensic programme"),
        ProgrammeReported(trust="RHA", on="2025-10-01", programme="frontline", title="The programme of 39"),
    ]
    assert programmes.fold(given).rows() == (
        Programme(programme="forensic", title="Forensic programme", ended_on=When("2025-09-01"), last_heard=date(2025, 9, 1)),
        Programme(
            programme="frontline", title="The programme of 39", ended_on=When("2025-10-01"), last_heard=date(2025, 10, 1)
        ),
    )


def test_a_programme_reads_aloud() -> None:
    """The words of a programme say how large it was, how long it ran, and each outcome with its number."""
    programme = programmes.fold([REPORTED])["frontline"]
    assert programme.about == ("programme", "frontline")
    assert str(programme) == (
        "Programme at the trust's services: assessments or inspections: 39; service groups: 18; "
        "period: between May 2024 and August 2025; services rated Good: 10; services improved: four in ten; better culture"
    )


def test_none_counted_is_not_the_same_as_not_counted() -> None:
    """A count of nought is said; a count that no source gives is left out."""
    none = ProgrammeReported(
        trust="RHA",
        on="2025-08",
        programme="frontline",
        title="Programme",
        assessments=0,
        service_groups=0,
        outcomes=[Outcome(text="services rated Inadequate", count=0)],
    )
    assert programmes.fold([none])["frontline"].summary == (
        "assessments or inspections: 0; service groups: 0; services rated Inadequate: 0"
    )
    both = ProgrammeReported(
        trust="RHA",
        on="2025-08",
        programme="frontline",
        title="Programme",
        outcomes=[Outcome(text="services improved", count=16, measure="four in ten")],
    )
    assert programmes.fold([both])["frontline"].summary == "services improved: 16"
    silent = ProgrammeReported(trust="RHA", on="2025-08", programme="frontline", title="Programme")
    assert str(programmes.fold([silent])["frontline"]) == "Programme"
