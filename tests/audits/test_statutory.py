"""The rule on due dates that are said to follow from a rule."""

from typing import Any

import pytest

from ledger.audits.statutory import due_not_by_rule
from ledger.clocks import due
from ledger.events import (
    ActionCommitted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ByRule,
    Event,
    NoticeIssued,
    NoticeRequirement,
    RequirementMade,
)
from tests.audits.book import Book

SUMMARY = (
    "“The trust sends CQC a summary of complaints when asked: 28 calendar days, counted from the day after "
    "CQC's request is received”"
)


def by(rule: str = "complaints-summary", start: str = "2026-02-01", version: int = 1) -> ByRule:
    """Name a rule, and the start on record."""
    return ByRule(rule=rule, version=version, start=start)


def asked(due: str | None, by_rule: ByRule | None) -> ActionPlanRequested:
    """Give a request for a summary of complaints."""
    return ActionPlanRequested(
        trust="RHA", on="2026-02-01", plan="summary", text="Summarise complaints", due=due, by_rule=by_rule
    )


def test_a_due_date_that_the_rule_does_not_give_is_reported() -> None:
    """The exception states the date, the rule, the start on record, and what the rule gives from it."""
    book = Book()
    book.on("2026-02-02").record(asked("2026-03-02", by()))
    (found,) = due_not_by_rule.exceptions(book.dossier("2026-02-02"))
    assert found.text == (
        f"“Summarise complaints”: its due date, 2 March 2026, is said to follow from the rule {SUMMARY}; "
        "from the start on record, 1 February 2026, that gives 1 March 2026."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1,), ("plan", "summary"), "medium")


@pytest.mark.parametrize(
    ("stated", "is_found"), [("2026-02-28", True), ("2026-03-01", False), ("2026-03-02", True), ("2026-03", True)]
)
def test_only_the_day_that_the_rule_gives_follows_from_it(stated: str, is_found: bool) -> None:
    """28 days from 1 February 2026 end on 1 March: a day before, a day after or a whole month is something else."""
    book = Book()
    book.on("2026-02-02").record(asked(stated, by()))
    assert bool(book.told(due_not_by_rule, "2026-02-02")) is is_found


@pytest.mark.parametrize(
    ("stated", "start", "is_found"),
    [
        ("2026-03-01/2026-03-28", "2026-02-01/2026-02-28", False),
        ("2026-03", "2026-02-01/2026-02-28", True),
        ("2026-03-01~", "2026-02-01~", False),
        ("2026-03-01", "2026-02-01~", True),
    ],
)
def test_an_imprecise_start_gives_an_imprecise_due_date(stated: str, start: str, is_found: bool) -> None:
    """Doubt about the start is doubt about the due date: a date that hides it is reported."""
    book = Book()
    book.on("2026-02-02").record(asked(stated, by(start=start)))
    assert bool(book.told(due_not_by_rule, "2026-02-02")) is is_found


@pytest.mark.parametrize(
    ("stated", "by_rule", "words"),
    [
        (
            None,
            by(),
            f"it has no due date, but names the rule {SUMMARY}; from the start on record, 1 February 2026, that gives",
        ),
        ("2026-03-01", by("no-such-rule"), "the rule “no-such-rule”, version 1, which the ledger does not know."),
        ("2026-03-01", by(version=9), "the rule “complaints-summary”, version 9, which the ledger does not know."),
        (
            "2014-03-01",
            by(start="2014-02-01"),
            f"the rule {SUMMARY}, from the start on record, 1 February 2014; that rule was in force from 1 April 2015.",
        ),
    ],
)
def test_a_rule_that_cannot_have_set_the_date_is_reported(stated: str | None, by_rule: ByRule, words: str) -> None:
    """No date at all, a rule or a version that is not known, and a rule of another time are each said."""
    book = Book()
    book.on("2026-02-02").record(asked(stated, by_rule))
    ((text, entries),) = book.told(due_not_by_rule, "2026-02-02")
    assert words in text
    assert entries == (1,)


@pytest.mark.parametrize("by_rule", [None, by("draft-report-accuracy", "2150-01-01")])
def test_what_nobody_can_work_out_is_not_reported(by_rule: ByRule | None) -> None:
    """A date that names no rule is nobody's sum; bank holidays of the next century are not known."""
    book = Book()
    book.on("2026-02-02").record(asked("2150-01-02", by_rule))
    assert book.told(due_not_by_rule, "2026-02-02") == []


def _due(**fields: Any) -> list[Event]:
    """Give a fact of each kind that can name a rule."""
    notice = NoticeRequirement(requirement="staff", text="Staff the wards", comply_by=fields["due"], by_rule=fields["by_rule"])
    return [
        ActionPlanRequested(trust="RHA", on="2026-02-01", plan="summary", **fields),
        ActionCommitted(trust="RHA", on="2026-02-01", action="doors", title="Fit doors", **fields),
        ActionDeadlineRevised(trust="RHA", on="2026-02-02", action="doors", **fields),
        RequirementMade(trust="RHA", on="2026-02-01", requirement="beds", text="Replace the beds", **fields),
        NoticeIssued(trust="RHA", on="2026-02-01", notice="notice", kind="Warning Notice", requirements=[notice]),
    ]


def test_every_kind_of_due_date_is_worked_out_again() -> None:
    """What is recorded with its rule, as `due` gives both, follows from it; a day more is found in each kind of fact."""
    last_day, by_rule = due("complaints-summary", "2026-02-01")
    right, wrong = Book(), Book()
    right.on("2026-02-03").record(*_due(due=last_day, by_rule=by_rule))
    wrong.on("2026-02-03").record(*_due(due="2026-03-02", by_rule=by_rule))
    assert right.told(due_not_by_rule, "2026-02-03") == []
    found = due_not_by_rule.exceptions(wrong.dossier("2026-02-03"))
    assert {one.about for one in found} == {
        ("plan", "summary"),
        ("action", "doors"),
        ("requirement", "beds"),
        ("notice", "notice", "staff"),
    }
    assert sorted(number for one in found for number in one.entries) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("on", "is_found"), [("2026-01-31", False), ("2026-02-01", True), ("2026-02-02", True)])
def test_a_due_date_counts_from_the_day_it_was_set(on: str, is_found: bool) -> None:
    """What is asked for tomorrow is not due by any rule today."""
    book = Book()
    book.on("2026-02-02").record(asked("2026-03-02", by()))
    assert bool(book.told(due_not_by_rule, on)) is is_found
