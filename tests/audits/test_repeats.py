"""Rules on what a later inspection found again, or found still open."""

from pathlib import Path

import pytest

from ledger import Source
from ledger.audits.repeats import breach_found_again, requirement_open_at_next_inspection
from ledger.events import (
    BreachCleared,
    BreachFound,
    Event,
    InspectionCarriedOut,
    InspectionPublished,
    RequirementAssessed,
    RequirementMade,
    ReviewCommissioned,
)
from ledger.sources import ingest
from tests.audits.book import Book, Told

DOUBT = " An entry of imprecise date may already have changed this."


def breach(name: str, on: str, **more: object) -> BreachFound:
    """Give a breach of the regulation on good governance, unless told otherwise."""
    given = {"trust": "RHA", "on": on, "breach": name, "as_described": f"Breach {name}", "regulation": "17", **more}
    return BreachFound(**given)  # type: ignore[arg-type]


def again(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what is reported of breaches found again."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(breach_found_again, day)


def test_a_breach_of_one_regulation_found_at_a_later_inspection_is_reported() -> None:
    """The exception is about the later breach, says when each was found, and cites both."""
    book = Book()
    book.on("2026-01-20").record(
        breach("old", "2022", inspection="i1"), breach("new", "2025-09", inspection="i2", service="Wards")
    )
    (found,) = breach_found_again.exceptions(book.dossier("2026-03-01"))
    assert found.text == (
        "“Regulation 17 (good governance): Breach new”, found in September 2025, Wards, is not cleared on record, and a breach of "
        "the same regulation had been found before: in 2022."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1, 2), ("breach", "new"), "high")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"regulation": "12"}, {}),
        ({"regulation": None}, {"regulation": None}),
        ({"inspection": "i1"}, {"inspection": "i1"}),
        ({"service": "Wards"}, {"service": "Crisis teams"}),
        ({"location": "Highbury"}, {"location": "Wells Road"}),
    ],
)
def test_what_differs_plainly_was_not_found_again(first: dict[str, str], second: dict[str, str]) -> None:
    """Another regulation, or none known, is no repeat; nor is one inspection, or two services or locations that differ."""
    assert again(breach("old", "2022-05-01", **first), breach("new", "2025-09-01", **second)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"service": "Wards"}, {}),
        ({}, {"service": "Wards"}),
        ({"service": "Wards"}, {"service": "Wards"}),
        ({"inspection": "i1"}, {"inspection": "i2"}),
        ({"inspection": "i1"}, {}),
    ],
)
def test_what_may_be_the_same_was_found_again(first: dict[str, str], second: dict[str, str]) -> None:
    """A breach of the whole trust covers its services; inspections that are not both named are told apart by their dates."""
    assert len(again(breach("old", "2022-05-01", **first), breach("new", "2025-09-01", **second))) == 1


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ("2025-09-01", "2025-09-01", False),
        ("2025-09-01", "2025-09-02", True),
        ("2025-09", "2025-09-30", False),
        ("2025-09", "2025-10-01", True),
        ("2025-09", "../2025-12", False),
    ],
)
def test_later_is_certainly_later(first: str, second: str, is_found: bool) -> None:
    """Dates that may be of one day show no later inspection."""
    assert bool(again(breach("old", first), breach("new", second))) is is_found


def test_one_breach_found_again_needs_no_number() -> None:
    """The same breach is the same, whether or not its regulation is known."""
    first, second = (breach("b", on, regulation=None) for on in ("2022", "2025-09"))
    text = (
        "“Regulation not stated: Breach b”, found in September 2025, is not cleared on record, and the same breach had been found "
        "before: in 2022."
    )
    assert again(first, second) == [(text, (1, 2))]


def test_a_breach_found_three_times_is_told_once() -> None:
    """The last finding is reported with each before it."""
    ((text, entries),) = again(breach("b1", "2019"), breach("b2", "2022", service="Wards"), breach("b3", "2025"))
    assert text.endswith(
        "found in 2025, is not cleared on record, and a breach of the same regulation had been found before: in 2019; in 2022, Wards."
    )
    assert entries == (1, 2, 3)


@pytest.mark.parametrize(
    ("cleared", "is_found"),
    [("old", True), ("new", False)],
)
def test_a_breach_that_was_cleared_since_is_not_told(cleared: str, is_found: bool) -> None:
    """One that came back after it was cleared is; the day before its clearing so is the later one."""
    facts = [
        breach("old", "2022-05-01"),
        breach("new", "2025-09-01"),
        BreachCleared(trust="RHA", on="2023-01-01" if cleared == "old" else "2026-02-01", breach=cleared),
    ]
    assert bool(again(*facts)) is is_found
    assert again(*facts, day="2026-01-31")


def test_a_breach_that_may_have_been_cleared_is_told_as_that() -> None:
    """A clearing of imprecise date is cited as a doubt."""
    cleared = BreachCleared(trust="RHA", on="2026-02/2026-04", breach="new")
    ((text, entries),) = again(breach("old", "2022"), breach("new", "2025"), cleared)
    assert text.endswith("in 2022." + DOUBT)
    assert entries == (1, 2, 3)


VISIT_22 = InspectionCarriedOut(trust="RHA", on="2022", inspection="i22", title="Inspections of 2022")
VISIT_25 = InspectionCarriedOut(trust="RHA", on="2025-09", inspection="i25", title="Well-led inspection")
MADE = RequirementMade(trust="RHA", on="2022", requirement="r", text="Remove dormitories", of="i22")
NOT_MET = RequirementAssessed(trust="RHA", on="2025-09", requirement="r", outcome="not met", inspection="i25")
UNKNOWN = (
    "“Remove dormitories”, required in 2022, was not known to be met when “Well-led inspection” took place in September 2025: "
    "no assessment of it since it was required is on record."
)


def still_open(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what is reported of requirements open at a later inspection."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(requirement_open_at_next_inspection, day)


def test_a_requirement_found_not_met_is_reported() -> None:
    """The exception says at which inspection, that the outcome is inferred where it is, and cites all that shows it."""
    book = Book()
    book.on("2026-01-20").record(VISIT_22, MADE, VISIT_25)
    book.on("2026-01-21").record(NOT_MET, inferred=["outcome"])
    (found,) = requirement_open_at_next_inspection.exceptions(book.dossier("2026-03-01"))
    assert found.text == (
        "“Remove dormitories”, required in 2022, was found not met at “Well-led inspection” in September 2025 (the outcome is "
        "inferred); it is not known to have been met since."
    )
    assert (found.entries, found.about, str(found.severity)) == ((2, 4, 3), ("requirement", "r"), "high")


def test_the_requirement_of_2022_on_dormitories_is_caught() -> None:
    """The example ledger shows it from the end of September 2025 on, before CQC had published what it found; not the day before."""
    book = Book()
    ingest(book.on("2026-11-22"), [Path(__file__).parents[2] / "examples" / "RHA.yaml"])
    text = (
        "“Improve significantly, and remove shared, dormitory-style accommodation”, required in 2022, was found not met at "
        "“Trust-wide well-led inspection” in September 2025 (the outcome is inferred); it is not known to have been met since."
    )
    for day in ("2025-09-30", "2025-12-01", "2026-11-22", "2027-04-01"):
        assert [told for told, _ in book.told(requirement_open_at_next_inspection, day)] == [text]
    assert book.told(requirement_open_at_next_inspection, "2025-09-29") == []


def test_a_requirement_that_nothing_assesses_was_not_known_to_be_met() -> None:
    """What is not on record is said as that, and the later inspection is cited."""
    assert still_open(VISIT_22, MADE, VISIT_25) == [(UNKNOWN, (2, 3))]


@pytest.mark.parametrize(("day", "is_found"), [("2025-09-29", False), ("2025-09-30", True), ("2025-10-01", True)])
def test_a_later_inspection_counts_once_it_certainly_took_place(day: str, is_found: bool) -> None:
    """One of September took place for certain by the 30th."""
    assert bool(still_open(MADE, VISIT_25, day=day)) is is_found


@pytest.mark.parametrize(
    "settled",
    [
        [RequirementAssessed(trust="RHA", on="2025-09", requirement="r", outcome="met", inspection="i25")],
        [NOT_MET, RequirementAssessed(trust="RHA", on="2026-02-01", requirement="r", outcome="met")],
    ],
)
def test_a_requirement_found_met_is_not_told(settled: list[Event]) -> None:
    """What was met, then or since, is settled."""
    assert still_open(VISIT_22, MADE, VISIT_25, *settled) == []


def test_a_requirement_partly_met_is_open() -> None:
    """In part is not in full; without the name of the inspection its date is told."""
    partly = RequirementAssessed(trust="RHA", on="2025-09", requirement="r", outcome="partly met")
    text = (
        "“Remove dormitories”, required in 2022, was found partly met at the inspection in September 2025; it is not known to have "
        "been met since."
    )
    assert still_open(MADE, partly) == [(text, (1, 2))]


def test_a_requirement_made_again_was_not_met_all_the_same() -> None:
    """Told again after it was found not met, it still had not been acted on: the first date is told."""
    remade = RequirementMade(trust="RHA", on="2025-10-01", requirement="r", text="Remove dormitories", of="i25")
    ((text, entries),) = still_open(VISIT_22, MADE, VISIT_25, NOT_MET, remade)
    assert text.startswith(
        "“Remove dormitories”, required in 2022, was found not met at “Well-led inspection” in September 2025;"
    )
    assert entries == (2, 4, 5, 3)


def test_the_last_assessment_is_told() -> None:
    """What was found before it no longer counts."""
    partly = RequirementAssessed(trust="RHA", on="2025-12-01", requirement="r", outcome="partly met", id="next")
    ((text, entries),) = still_open(MADE, NOT_MET, partly)
    assert "was found partly met at the inspection on 1 December 2025" in text
    assert entries == (1, 2, 3)


def test_a_requirement_met_and_made_again_begins_anew() -> None:
    """Only an inspection after it was made again is a later one; what was found before says nothing of it."""
    met = RequirementAssessed(trust="RHA", on="2025-09", requirement="r", outcome="met", inspection="i25")
    remade = RequirementMade(trust="RHA", on="2025-10-01", requirement="r", text="Remove dormitories", of="i25")
    assert still_open(VISIT_22, MADE, VISIT_25, met, remade) == []
    later = InspectionCarriedOut(trust="RHA", on="2026-02-01", inspection="i26", title="Next inspection")
    ((text, entries),) = still_open(VISIT_22, MADE, VISIT_25, met, remade, later)
    assert text == (
        "“Remove dormitories”, required on 1 October 2025, was not known to be met when “Next inspection” took place on 1 February "
        "2026: no assessment of it since it was required is on record."
    )
    assert entries == (2, 4, 5, 6)


def test_an_assessment_without_a_requirement_is_told_as_that() -> None:
    """Where its making is not on record, the exception says so."""
    ((text, _),) = still_open(NOT_MET)
    assert text == (
        "“r”, whose making is not on record, was found not met at “i25” in September 2025; it is not known to have been met since."
    )


@pytest.mark.parametrize(
    ("made", "visit", "is_found"),
    [
        ({}, {}, True),
        ({"service": "Wards"}, {}, True),
        ({"service": "Wards"}, {"service": "Wards"}, True),
        ({"service": "Wards"}, {"service": "Crisis teams"}, False),
        ({}, {"service": "Wards"}, False),
        ({"location": "Highbury"}, {"location": "Wells Road"}, False),
        ({"location": "Highbury"}, {"location": "Highbury"}, True),
    ],
)
def test_a_later_inspection_is_one_that_could_look(made: dict[str, str], visit: dict[str, str], is_found: bool) -> None:
    """One of the whole trust could; one of a service only at what was required of that service."""
    required = RequirementMade(trust="RHA", on="2022", requirement="r", text="Mend", **made)  # type: ignore[arg-type]
    seen = InspectionCarriedOut(trust="RHA", on="2025-09", inspection="i25", title="Visit", **visit)
    assert bool(still_open(required, seen)) is is_found


def test_a_requirement_is_of_the_service_that_its_inspection_looked_at() -> None:
    """Where it names none itself, the inspection it came of tells which."""
    first, second = (
        InspectionCarriedOut(trust="RHA", on=on, inspection=name, title=name, service="Wards")
        for name, on in (("i22", "2022"), ("i25", "2025-09"))
    )
    assert len(still_open(first, MADE, second)) == 1


@pytest.mark.parametrize(
    ("on", "is_found"), [("2022-12-30", False), ("2022-12-31", False), ("2023-01-01", True), ("2022-12/2023-01", False)]
)
def test_a_later_inspection_is_certainly_after_the_requirement_was_made(on: str, is_found: bool) -> None:
    """The requirement was made in 2022, so by its last day."""
    visit = InspectionCarriedOut(trust="RHA", on=on, inspection="next", title="Next")
    assert bool(still_open(MADE, visit)) is is_found


def test_the_inspection_that_a_requirement_came_of_is_no_later_one() -> None:
    """Its own inspection never looked whether it was met."""
    own = InspectionCarriedOut(trust="RHA", on="2025-09", inspection="i22", title="Own")
    assert still_open(MADE, own) == []


def test_the_first_later_inspection_is_told() -> None:
    """Of two, the next one."""
    further = InspectionCarriedOut(trust="RHA", on="2024-05", inspection="unannounced", title="Unannounced inspection")
    ((text, entries),) = still_open(VISIT_22, MADE, VISIT_25, further)
    assert "when “Unannounced inspection” took place in May 2024" in text
    assert entries == (2, 4)


@pytest.mark.parametrize(("of", "is_found"), [("i22", True), (None, False)])
def test_an_inspection_known_by_its_publication_only_counts_where_the_requirement_came_of_another(
    of: str | None, is_found: bool
) -> None:
    """Else it may be the one that the requirement came of, published later."""
    made = RequirementMade(trust="RHA", on="2022", requirement="r", text="Remove dormitories", of=of)
    published = InspectionPublished(trust="RHA", on="2025-11-05", inspection="i25", title="Report")
    found = still_open(made, VISIT_22, published)
    assert bool(found) is is_found
    assert all("when “Report” was published on 5 November 2025:" in text for text, _ in found)


def test_a_requirement_of_a_review_is_open_at_an_inspection() -> None:
    """What it came of need not be an inspection."""
    review = ReviewCommissioned(trust="RHA", on="2022", review="s48", title="Review")
    made = RequirementMade(trust="RHA", on="2022", requirement="r", text="Remove dormitories", of="s48")
    assert still_open(review, made, VISIT_25) == [(UNKNOWN, (2, 3))]


@pytest.mark.parametrize("outcome", ["met", "not met"])
def test_an_assessment_of_imprecise_date_is_a_doubt_where_none_is_certain(outcome: str) -> None:
    """Either may already be the assessment that is said not to be on record."""
    maybe = RequirementAssessed(trust="RHA", on="2026-02/2026-04", requirement="r", outcome=outcome)
    assert still_open(MADE, VISIT_25, maybe) == [(UNKNOWN + DOUBT, (1, 2, 3))]


@pytest.mark.parametrize(("outcome", "is_doubt"), [("met", True), ("not met", False)])
def test_an_assessment_of_imprecise_date_is_a_doubt_where_it_finds_it_met(outcome: str, is_doubt: bool) -> None:
    """After one that found it not met, only one that finds it met may have changed that."""
    maybe = RequirementAssessed(trust="RHA", on="2026-02/2026-04", requirement="r", outcome=outcome, id="next")
    ((text, entries),) = still_open(MADE, VISIT_25, NOT_MET, maybe)
    assert text.endswith(DOUBT) is is_doubt
    assert (4 in entries) is is_doubt


def test_a_public_view_goes_by_what_was_public() -> None:
    """An assessment that is not public leaves the requirement not known to be met."""
    book = Book()
    cqc = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-12-01")
    book.on("2026-01-20").record(MADE, VISIT_25, sources=[cqc])
    book.on("2026-01-21").record(NOT_MET)
    rule = requirement_open_at_next_inspection
    assert book.told(rule, "2026-03-01", public_on="2026-03-01") == [(UNKNOWN, (1, 2))]
    assert book.told(rule, "2026-03-01", public_on="2025-11-30") == []
