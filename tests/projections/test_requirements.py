"""Requirements: what regulators told the trust to do, and what they found of that."""

from datetime import date

import pytest

from ledger import When
from ledger.events import Level, RequirementAssessed, RequirementMade, RequirementOutcome, Urgency
from ledger.projections.requirements import Requirement, requirements

MADE = RequirementMade(
    trust="RHA",
    on="2025-05-30",
    requirement="ligature-risks",
    text="The trust must remove ligature risks.",
    level="must",
    urgency="immediate",
    due="2025-06-30",
    of="acute-2024",
    answers=["premises"],
    service="Acute wards",
    location="Highbury Hospital",
    place="Oak ward",
)


def assessed(on: str, outcome: str) -> RequirementAssessed:
    """Make an assessment of the requirement."""
    return RequirementAssessed(trust="RHA", on=on, requirement="ligature-risks", outcome=outcome, text="Four of six removed.")


def test_a_requirement_is_on_record_as_made() -> None:
    """Everything that the regulator said is kept, and the requirement is open."""
    requirement = requirements.fold([MADE])["ligature-risks"]
    assert requirement == Requirement(
        requirement="ligature-risks",
        text="The trust must remove ligature risks.",
        level=Level.MUST,
        urgency=Urgency.IMMEDIATE,
        due=When("2025-06-30"),
        of="acute-2024",
        answers=frozenset({"premises"}),
        service="Acute wards",
        location="Highbury Hospital",
        place="Oak ward",
        made_on=When("2025-05-30"),
        last_heard=date(2025, 5, 30),
    )
    assert requirement.is_open


@pytest.mark.parametrize(("outcome", "is_open"), [("met", False), ("partly met", True), ("not met", True)])
def test_only_a_requirement_found_met_is_closed(outcome: str, *, is_open: bool) -> None:
    """A requirement is open until an inspection finds it met in full."""
    requirement = requirements.fold([MADE, assessed("2025-11", outcome)])["ligature-risks"]
    assert requirement.is_open is is_open
    assert requirement.outcome is RequirementOutcome(outcome)
    assert (requirement.assessed_on, requirement.assessment) == (When("2025-11"), "Four of six removed.")
    assert requirement.last_heard == date(2025, 11, 30)


def test_the_latest_assessment_stands() -> None:
    """A requirement found met and later found not met is open again."""
    requirement = requirements.fold([MADE, assessed("2025-11-01", "met"), assessed("2026-02-01", "not met")])["ligature-risks"]
    assert requirement.is_open
    assert requirement.assessed_on == When("2026-02-01")


def test_an_assessment_known_before_the_requirement_closes_it() -> None:
    """An assessment that counts before the making, because its date is imprecise, is kept and closes the requirement."""
    made = RequirementMade(trust="RHA", on="2025", requirement="ligature-risks", text="Remove ligature risks.")
    requirement = requirements.fold([assessed("2025-11-01", "met"), made])["ligature-risks"]
    assert requirement == Requirement(
        requirement="ligature-risks",
        text="Remove ligature risks.",
        level=Level.NOT_STATED,
        made_on=When("2025"),
        outcome=RequirementOutcome.MET,
        assessed_on=When("2025-11-01"),
        assessment="Four of six removed.",
        last_heard=date(2025, 12, 31),
    )
    assert not requirement.is_open


def test_what_a_requirement_answers_is_gathered() -> None:
    """A requirement stated twice answers everything that either statement names."""
    again = RequirementMade(trust="RHA", on="2025-06-02", requirement="ligature-risks", text="Remove them.", answers=["safety"])
    assert requirements.fold([MADE, again])["ligature-risks"].answers == frozenset({"premises", "safety"})


def test_a_second_statement_before_an_assessment_fills_gaps_only() -> None:
    """What was required first stands; what it left out comes from the next statement, in either order."""
    other = RequirementMade(
        trust="RHA",
        on="2025-06-02",
        requirement="ligature-risks",
        text="Remove them.",
        level="should",
        due="2025-09-30",
        of="warning",
        service="All wards",
        location="Wells Road",
        place="Elm ward",
    )
    assert requirements.fold([MADE, other])["ligature-risks"] == Requirement(
        requirement="ligature-risks",
        text="The trust must remove ligature risks.",
        level=Level.MUST,
        urgency=Urgency.IMMEDIATE,
        due=When("2025-06-30"),
        of="acute-2024",
        answers=frozenset({"premises"}),
        service="Acute wards",
        location="Highbury Hospital",
        place="Oak ward",
        made_on=When("2025-05-30"),
        last_heard=date(2025, 6, 2),
    )
    bare = RequirementMade(trust="RHA", on="2025-05-01", requirement="ligature-risks", text="Remove them.")
    assert requirements.fold([bare, MADE])["ligature-risks"] == Requirement(
        requirement="ligature-risks",
        text="Remove them.",
        level=Level.MUST,
        urgency=Urgency.IMMEDIATE,
        due=When("2025-06-30"),
        of="acute-2024",
        answers=frozenset({"premises"}),
        service="Acute wards",
        location="Highbury Hospital",
        place="Oak ward",
        made_on=When("2025-05-01"),
        last_heard=date(2025, 5, 30),
    )


@pytest.mark.parametrize("outcome", ["met", "partly met", "not met"])
def test_a_requirement_made_again_after_it_was_assessed_begins_anew(outcome: str) -> None:
    """Told again after an assessment, a requirement is open and as told now; only what it answers is gathered."""
    again = RequirementMade(
        trust="RHA", on="2026-05-30", requirement="ligature-risks", text="Remove all risks.", level="should", answers=["safety"]
    )
    requirement = requirements.fold([MADE, assessed("2025-11-04", outcome), again])["ligature-risks"]
    assert requirement == Requirement(
        requirement="ligature-risks",
        text="Remove all risks.",
        level=Level.SHOULD,
        answers=frozenset({"premises", "safety"}),
        made_on=When("2026-05-30"),
        last_heard=date(2026, 5, 30),
    )
    assert requirement.is_open
    found = requirements.fold([MADE, assessed("2025-11-04", outcome), again, assessed("2026-11-04", "met")])["ligature-risks"]
    assert (found.is_open, found.assessed_on, found.made_on) == (False, When("2026-11-04"), When("2026-05-30"))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("must", "Send a plan: must do; told 30 May 2025; no assessment on record"),
        ("should", "Send a plan: should do; told 30 May 2025; no assessment on record"),
        ("not stated", "Send a plan: told 30 May 2025; no assessment on record"),
    ],
)
def test_a_requirement_is_headed_by_what_is_to_be_done(level: str, words: str) -> None:
    """CQC's own words tell a must do from a should do; of a regulator that does not say, neither is said."""
    made = RequirementMade(trust="RHA", on="2025-05-30", requirement="plan", text="Send a plan.", level=level)
    requirement = requirements.fold([made])["plan"]
    assert requirement.heading == "Send a plan."
    assert str(requirement) == words


def test_a_requirement_reads_aloud() -> None:
    """The words of a requirement say what, where, when told, how soon, by when, and what was found of it."""
    requirement = requirements.fold([MADE, assessed("2025-11-04", "partly met")])["ligature-risks"]
    assert requirement.about == ("requirement", "ligature-risks")
    assert str(requirement) == (
        "The trust must remove ligature risks: must do; Acute wards, Highbury Hospital, Oak ward; told 30 May 2025; "
        "urgency: immediate; due 30 June 2025; found partly met at the inspection of 4 November 2025; Four of six removed."
    )


def test_a_requirement_not_assessed_says_so() -> None:
    """A requirement that no inspection has looked at says so."""
    made = RequirementMade(trust="RHA", on="2025-05-30", requirement="plan", text="Send a plan.")
    assert str(requirements.fold([made])["plan"]) == "Send a plan: told 30 May 2025; no assessment on record"


def test_a_requirement_known_only_by_its_assessment_says_so() -> None:
    """An assessment without a requirement is kept and says what is not on record."""
    found = RequirementAssessed(trust="RHA", on="2025-11-04", requirement="plan", outcome="met")
    assert str(requirements.fold([found])["plan"]) == (
        "plan: making not on record; found met at the inspection of 4 November 2025"
    )
