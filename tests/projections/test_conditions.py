"""The conditions a regulator set on the trust's registration."""

from datetime import date

from ledger import When
from ledger.events import ConditionImposed, ConditionRemoved, ConditionVaried
from ledger.projections.conditions import Condition, conditions

IMPOSED = ConditionImposed(
    trust="RHA",
    on="2025-02",
    condition="no-admissions",
    text="No admissions to Oak ward.",
    location="Highbury Hospital",
    service="Acute wards",
)
VARIED = ConditionVaried(trust="RHA", on="2025-06-01", condition="no-admissions", text="Admissions by agreement only.")
REMOVED = ConditionRemoved(trust="RHA", on="2025-09-01", condition="no-admissions")


def test_a_condition_is_on_record_as_imposed() -> None:
    """Everything that is said of a condition is kept."""
    assert conditions.fold([IMPOSED])["no-admissions"] == Condition(
        condition="no-admissions",
        text="No admissions to Oak ward.",
        location="Highbury Hospital",
        service="Acute wards",
        imposed_on=When("2025-02"),
        last_heard=date(2025, 2, 28),
    )


def test_a_condition_varied_has_the_text_it_was_last_given() -> None:
    """A variation gives the condition a new text and leaves the rest."""
    assert conditions.fold([IMPOSED, VARIED])["no-admissions"] == Condition(
        condition="no-admissions",
        text="Admissions by agreement only.",
        location="Highbury Hospital",
        service="Acute wards",
        imposed_on=When("2025-02"),
        varied_on=When("2025-06-01"),
        last_heard=date(2025, 6, 1),
    )


def test_a_condition_removed_keeps_what_it_said() -> None:
    """A removal ends the condition and leaves its words."""
    condition = conditions.fold([IMPOSED, REMOVED])["no-admissions"]
    assert (condition.text, condition.removed_on) == ("No admissions to Oak ward.", When("2025-09-01"))
    assert condition.last_heard == date(2025, 9, 1)


def test_a_condition_imposed_again_after_its_removal_stands_again() -> None:
    """A new imposition after a removal counts from its own day, with its own text; where it holds stays unless it says else."""
    again = ConditionImposed(trust="RHA", on="2026-01-05", condition="no-admissions", text="No admissions to any ward.")
    assert conditions.fold([IMPOSED, REMOVED, again])["no-admissions"] == Condition(
        condition="no-admissions",
        text="No admissions to any ward.",
        location="Highbury Hospital",
        service="Acute wards",
        imposed_on=When("2026-01-05"),
        removed_on=None,
        last_heard=date(2026, 1, 5),
    )
    elsewhere = ConditionImposed(
        trust="RHA", on="2026-01-05", condition="no-admissions", text="None.", location="Wells Road", service="All wards"
    )
    condition = conditions.fold([IMPOSED, REMOVED, elsewhere])["no-admissions"]
    assert (condition.location, condition.service) == ("Wells Road", "All wards")
    gone = ConditionRemoved(trust="RHA", on="2026-03-01", condition="no-admissions")
    assert conditions.fold([IMPOSED, REMOVED, again, gone])["no-admissions"].removed_on == When("2026-03-01")


def test_a_condition_removed_before_its_imposition_is_known_can_be_imposed_again() -> None:
    """A removal that counts before an imposition of imprecise date ends it; an imposition after both stands."""
    imposed = ConditionImposed(trust="RHA", on="2025", condition="no-admissions", text="No admissions to Oak ward.")
    again = ConditionImposed(trust="RHA", on="2026-01-05", condition="no-admissions", text="No admissions to any ward.")
    assert conditions.fold([REMOVED, imposed])["no-admissions"].removed_on == When("2025-09-01")
    condition = conditions.fold([REMOVED, imposed, again])["no-admissions"]
    assert (condition.text, condition.imposed_on, condition.removed_on) == (
        "No admissions to any ward.",
        When("2026-01-05"),
        None,
    )


def test_ends_known_before_the_imposition_stand() -> None:
    """A variation and a removal that count before an imposition of imprecise date stand: its text, and the end."""
    imposed = ConditionImposed(trust="RHA", on="2025", condition="no-admissions", text="No admissions to Oak ward.")
    assert conditions.fold([VARIED, REMOVED, imposed])["no-admissions"] == Condition(
        condition="no-admissions",
        text="Admissions by agreement only.",
        imposed_on=When("2025"),
        varied_on=When("2025-06-01"),
        removed_on=When("2025-09-01"),
        last_heard=date(2025, 12, 31),
    )


def test_a_condition_that_stands_reads_aloud() -> None:
    """The words of a condition give its text, where it holds, when it was imposed and varied, and that it stands."""
    condition = conditions.fold([IMPOSED, VARIED])["no-admissions"]
    assert condition.about == ("condition", "no-admissions")
    assert str(condition) == (
        "Condition of registration: Admissions by agreement only; Highbury Hospital, Acute wards; imposed February 2025; "
        "varied 1 June 2025; not removed on record"
    )


def test_a_condition_known_only_by_its_removal_says_so() -> None:
    """A removal without an imposition goes by the condition's id and says what is not on record."""
    assert str(conditions.fold([REMOVED])["no-admissions"]) == (
        "Condition of registration: no-admissions; imposition not on record; removed 1 September 2025"
    )


def test_a_second_source_for_a_condition_that_stands_moves_nothing() -> None:
    """The day it was imposed and the text it was varied to stay; a new imposition after a removal forgets the variation."""
    varied = ConditionVaried(trust="RHA", on="2025-06-01", condition="no-admissions", text="Two admissions a week.")
    later = ConditionImposed(trust="RHA", on="../2025-12", condition="no-admissions", text="No admissions.")
    condition = conditions.fold([IMPOSED, varied, later])["no-admissions"]
    assert (condition.imposed_on, condition.text, condition.varied_on) == (IMPOSED.on, "Two admissions a week.", varied.on)
    removed = ConditionRemoved(trust="RHA", on="2025-09-01", condition="no-admissions")
    again = ConditionImposed(trust="RHA", on="2026-01-05", condition="no-admissions", text="None at all.")
    condition = conditions.fold([IMPOSED, varied, removed, again])["no-admissions"]
    assert (condition.text, condition.varied_on, str(condition.imposed_on)) == ("None at all.", None, "2026-01-05")
