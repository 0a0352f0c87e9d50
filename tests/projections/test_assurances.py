"""How assured bodies say they are."""

from datetime import date

from ledger import When
from ledger.events import AssuranceGiven
from ledger.projections.assurances import Assurance, assurances

GIVEN = AssuranceGiven(
    trust="RVN",
    on="2025-06-12",
    assurance="action-plan",
    by="Quality Committee",
    regarding="Progress of the action plan",
    level="reasonable",
    to="Board",
)


def test_assurance_is_on_record_as_given() -> None:
    """Everything that is said of an assurance is kept, its level in the body's own word."""
    assert assurances.fold([GIVEN])["action-plan"] == Assurance(
        assurance="action-plan",
        by="Quality Committee",
        regarding="Progress of the action plan",
        given_on=When("2025-06-12"),
        level="reasonable",
        to="Board",
        last_heard=date(2025, 6, 12),
    )


def test_assurance_stands_as_last_given() -> None:
    """Assurance given again takes the place of the one before; others stay."""
    given = [
        GIVEN,
        AssuranceGiven(trust="RVN", on="2025-07-01", assurance="staffing", by="Board", regarding="Staffing"),
        AssuranceGiven(trust="RVN", on="2025-09", assurance="action-plan", by="Board", regarding="The plan"),
    ]
    assert assurances.fold(given).rows() == (
        Assurance(
            assurance="action-plan",
            by="Board",
            regarding="The plan",
            given_on=When("2025-09"),
            last_heard=date(2025, 9, 30),
        ),
        Assurance(
            assurance="staffing",
            by="Board",
            regarding="Staffing",
            given_on=When("2025-07-01"),
            last_heard=date(2025, 7, 1),
        ),
    )


def test_assurance_reads_aloud() -> None:
    """The words of an assurance say who gave it to whom, about what, how much, and when."""
    assurance = assurances.fold([GIVEN])["action-plan"]
    assert assurance.about == ("assurance", "action-plan")
    assert str(assurance) == ("Quality Committee to Board: Progress of the action plan; level: reasonable; given 12 June 2025")


def test_assurance_without_a_level_says_so() -> None:
    """A body that does not say how assured it is has stated no level."""
    bare = AssuranceGiven(trust="RVN", on="2025-07-01", assurance="staffing", by="Board", regarding="Staffing")
    assert str(assurances.fold([bare])["staffing"]) == "Board: Staffing; level not stated; given 1 July 2025"
