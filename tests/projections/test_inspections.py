"""What CQC looked at, when it told the public, and how long that took."""

from datetime import date

import pytest

from ledger import When
from ledger.events import Called, InspectionCarriedOut, InspectionPublished, KeyQuestion
from ledger.projections.inspections import Inspection, inspections

VISIT = InspectionCarriedOut(
    trust="RVN",
    on="2024-07-01",
    inspection="acute-2024",
    title="Assessment of acute wards",
    called="assessment",
    reason="Concerns were raised",
    service="Acute wards",
    location="Callington Road",
    key_question="Safe",
    period="2024-07-01/2024-07-05",
)
PUBLISHED = InspectionPublished(
    trust="RVN",
    on="2025-05-30",
    inspection="acute-2024",
    title="Report on acute wards",
    form="assessment report",
    late_because="a large-scale transformation programme",
)


def test_a_visit_is_on_record() -> None:
    """Everything that is said of a visit is kept, under the word the source printed for it."""
    assert inspections.fold([VISIT])["acute-2024"] == Inspection(
        inspection="acute-2024",
        title="Assessment of acute wards",
        called=Called.ASSESSMENT,
        carried_out_on=When("2024-07-01"),
        period=When("2024-07-01/2024-07-05"),
        reason="Concerns were raised",
        service="Acute wards",
        location="Callington Road",
        key_question=KeyQuestion.SAFE,
        last_heard=date(2024, 7, 1),
    )


def test_publication_is_added_to_the_visit() -> None:
    """Publication adds its day, form, reason for delay and the days since the visit; the visit's title stands."""
    inspection = inspections.fold([VISIT, PUBLISHED])["acute-2024"]
    assert (inspection.title, inspection.carried_out_on) == ("Assessment of acute wards", When("2024-07-01"))
    assert (inspection.published_on, inspection.published_as) == (When("2025-05-30"), "assessment report")
    assert inspection.late_because == "a large-scale transformation programme"
    assert inspection.days_to_publication == (333, 333)
    assert inspection.last_heard == date(2025, 5, 30)


def test_a_publication_known_before_the_visit_is_kept() -> None:
    """An inspection known first by its publication is kept; the visit then gives the title, and the days between."""
    first = inspections.fold([PUBLISHED])
    assert first["acute-2024"] == Inspection(
        inspection="acute-2024",
        title="Report on acute wards",
        published_on=When("2025-05-30"),
        published_as="assessment report",
        late_because="a large-scale transformation programme",
        last_heard=date(2025, 5, 30),
    )
    visit = InspectionCarriedOut(trust="RVN", on="2024/2025", inspection="acute-2024", title="Acute wards")
    both = inspections.step(first, visit)["acute-2024"]
    assert (both.title, both.published_on, both.published_as) == ("Acute wards", When("2025-05-30"), "assessment report")
    assert both.days_to_publication == (0, 515)


def test_the_first_publication_stands() -> None:
    """A second publication does not move the day; what it says of form and delay is the latest, what it leaves out stays."""
    again = InspectionPublished(trust="RVN", on="2025-06-30", inspection="acute-2024")
    other = InspectionPublished(trust="RVN", on="2025-07-30", inspection="acute-2024", form="summary", late_because="an error")
    once = inspections.fold([VISIT, PUBLISHED, again])["acute-2024"]
    assert (once.published_on, once.published_as) == (When("2025-05-30"), "assessment report")
    assert once.late_because == "a large-scale transformation programme"
    twice = inspections.fold([VISIT, PUBLISHED, again, other])["acute-2024"]
    assert (twice.published_on, twice.published_as, twice.late_because) == (When("2025-05-30"), "summary", "an error")


@pytest.mark.parametrize(
    ("visit", "published", "days"),
    [
        ("2025-03-01", "2025-03-01", (0, 0)),
        ("2025-03-01", "2025-03-02", (1, 1)),
        ("2025-02-28", "2025-03-02", (2, 2)),
        ("2025-02", "2025-03-02", (2, 29)),
        ("2025-03-01", "2025-04", (31, 60)),
        ("2025-03", "2025-04", (1, 60)),
        ("2025-03", "2025-03", (0, 30)),
        ("2025-03-10", "2025-03", (0, 21)),
        ("2025-03-01", "2025-02-28", None),
        ("2025-03", "2025-02", None),
        ("2025-03-10", "2025-03-01/2025-03-09", None),
        ("2025-03-10", "2025-03-01/2025-03-10", (0, 0)),
        ("2025-03-10/2025-03-20", "2025-03-10", (0, 0)),
        ("../2025-03", "2025-04-10", None),
        ("2025-03-01", "../2025-04", None),
    ],
)
def test_days_from_visit_to_publication(visit: str, published: str, days: tuple[int, int] | None) -> None:
    """The days are a range where a date is imprecise, never below nought; published before the visit, or open, they are unknown."""
    given = [
        InspectionCarriedOut(trust="RVN", on=visit, inspection="visit", title="Visit"),
        InspectionPublished(trust="RVN", on=published, inspection="visit"),
    ]
    assert inspections.fold(given)["visit"].days_to_publication == days
    assert inspections.fold(reversed(given))["visit"].days_to_publication == days


@pytest.mark.parametrize("open_end", ["2025-03-01/..", "../2025-03-01"])
def test_an_open_visit_gives_no_days(open_end: str) -> None:
    """A visit with an open end gives no number of days; nor does a second statement of it undo what the first gave."""
    visit, again = (
        InspectionCarriedOut(trust="RVN", on=on, inspection="visit", title="Visit") for on in (open_end, "2025-03-01")
    )
    published = InspectionPublished(trust="RVN", on="2025-03-11", inspection="visit")
    assert inspections.fold([visit, published])["visit"].days_to_publication is None
    assert inspections.fold([again, published, visit])["visit"].days_to_publication == (10, 10)


def test_a_publication_from_a_day_on_has_no_last_day() -> None:
    """A publication with an open end gives no number of days."""
    given = [
        InspectionCarriedOut(trust="RVN", on="2025-03-01", inspection="visit", title="Visit"),
        InspectionPublished(trust="RVN", on="2025-03-11/..", inspection="visit"),
    ]
    assert inspections.fold(given)["visit"].days_to_publication is None


def test_a_published_inspection_reads_aloud() -> None:
    """The words of an inspection say when it was and why, when and how it was published, and CQC's reason for the delay."""
    inspection = inspections.fold([VISIT, PUBLISHED])["acute-2024"]
    assert inspection.about == ("inspection", "acute-2024")
    assert str(inspection) == (
        "Assessment of acute wards: assessment 1 July 2024; because: Concerns were raised; published 30 May 2025; "
        "assessment report; 333 days from visit to publication; "
        "delay explained by CQC: a large-scale transformation programme"
    )


def test_a_range_of_days_reads_aloud() -> None:
    """Where a date is imprecise the words give the fewest and the most days."""
    given = [
        InspectionCarriedOut(trust="RVN", on="2025-02", inspection="visit", title="Visit"),
        InspectionPublished(trust="RVN", on="2025-04-02", inspection="visit"),
    ]
    assert str(inspections.fold(given)["visit"]) == (
        "Visit: inspection February 2025; published 2 April 2025; 33 to 60 days from visit to publication"
    )


@pytest.mark.parametrize(
    ("visit", "published", "words"),
    [
        ("2025-03-01", "2025-03-01", "; 0 days from visit to publication"),
        ("2025-03-01", "2025-03-02", "; 1 day from visit to publication"),
        ("2025-03-01/2025-03-02", "2025-03-02", "; 0 to 1 day from visit to publication"),
        ("2025-03-01", "2025-02-28", ""),
    ],
)
def test_one_day_is_said_as_one(visit: str, published: str, words: str) -> None:
    """Days are counted in words; where a report came before the visit, so that one of the two is wrong, none are claimed."""
    given = [
        InspectionCarriedOut(trust="RVN", on=visit, inspection="visit", title="Visit"),
        InspectionPublished(trust="RVN", on=published, inspection="visit"),
    ]
    said = f"inspection {When(visit).in_words()}; published {When(published).in_words()}{words}"
    assert inspections.fold(given)["visit"].summary == said
    assert inspections.fold(reversed(given))["visit"].summary == said


def test_an_inspection_not_published_says_so() -> None:
    """A visit without a publication says that none is on record."""
    visit = InspectionCarriedOut(trust="RVN", on="2025-02-03", inspection="visit", title="Visit")
    assert str(inspections.fold([visit])["visit"]) == "Visit: inspection 3 February 2025; publication not on record"


def test_an_inspection_known_only_by_its_publication_says_so() -> None:
    """A publication without a visit or a title goes by the inspection's id."""
    published = InspectionPublished(trust="RVN", on="2025-04-02", inspection="visit")
    assert str(inspections.fold([published])["visit"]) == "visit: visit not on record; published 2 April 2025"
