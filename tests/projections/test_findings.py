"""What sources report of the trust, good and bad."""

from datetime import date

import pytest

from ledger import When
from ledger.events import FindingReported, Grade, KeyQuestion
from ledger.projections.findings import Finding, findings

REPORTED = FindingReported(
    trust="RHA",
    on="2025-09",
    finding="bank-staff",
    grade="concern",
    text="Wards relied on bank staff.",
    inspection="well-led-2025",
    theme="staffing",
    key_question="Safe",
    quality_statement="Safe and effective staffing",
    service="Acute wards",
    service_group="Mental health",
    location="Highbury Hospital",
    place="Oak ward",
    attributed_to="staff on the ward",
    period="2025-04/2025-06",
    measure="14% of shifts",
)


def test_a_finding_is_on_record_as_reported() -> None:
    """Everything that a source says of a finding is kept."""
    assert findings.fold([REPORTED])["bank-staff"] == Finding(
        finding="bank-staff",
        grade=Grade.CONCERN,
        text="Wards relied on bank staff.",
        found_on=When("2025-09"),
        inspection="well-led-2025",
        theme="staffing",
        key_question=KeyQuestion.SAFE,
        quality_statement="Safe and effective staffing",
        service="Acute wards",
        service_group="Mental health",
        location="Highbury Hospital",
        place="Oak ward",
        attributed_to="staff on the ward",
        period=When("2025-04/2025-06"),
        measure="14% of shifts",
        last_heard=date(2025, 9, 30),
    )


def test_a_finding_reported_again_stands_as_last_told() -> None:
    """A finding reported again is as told then, also in what is left out; others stay."""
    given = [
        REPORTED,
        FindingReported(trust="RHA", on="2025-10-01", finding="kindness", grade="strength", text="Staff were kind."),
        FindingReported(trust="RHA", on="2025-11-01", finding="bank-staff", grade="strength", text="Fewer bank staff."),
    ]
    state = findings.fold(given)
    assert list(state) == ["bank-staff", "kindness"]
    latest = state["bank-staff"]
    assert (latest.grade, latest.text, latest.found_on) == (Grade.STRENGTH, "Fewer bank staff.", When("2025-11-01"))
    assert (latest.theme, latest.measure, latest.last_heard) == (None, None, date(2025, 11, 1))


def test_a_finding_reads_aloud() -> None:
    """The words of a finding say its grade, what was found, the figure, where, when, its data's span and whose word it is."""
    finding = findings.fold([REPORTED])["bank-staff"]
    assert finding.about == ("finding", "bank-staff")
    assert str(finding) == (
        "Concern, staffing: Wards relied on bank staff; 14% of shifts; "
        "Acute wards, Mental health, Highbury Hospital, Oak ward; found September 2025; "
        "the data covers between April 2025 and June 2025; "
        "according to staff on the ward"
    )


@pytest.mark.parametrize(
    ("grade", "heading"),
    [("concern", "Concern"), ("strength", "Strength"), ("outstanding practice", "Outstanding practice")],
)
def test_a_finding_is_headed_by_its_grade(grade: str, heading: str) -> None:
    """A finding without a theme is headed by its grade alone, and says nothing that no source says."""
    bare = FindingReported(trust="RHA", on="2025-09", finding="culture", grade=grade, text="The culture.")
    assert str(findings.fold([bare])["culture"]) == f"{heading}: The culture; found September 2025"
