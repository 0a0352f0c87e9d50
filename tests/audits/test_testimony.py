"""Rules on the passes that a sweep put on record: before their day, and against what the record says since."""

from collections.abc import Callable

import pytest

from ledger import Ledger
from ledger.audits.testimony import pass_contradicted, pass_recorded_ahead
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ActionProgressReported,
    NoticeIssued,
    NoticeRequirement,
)
from tests.audits.book import Book

DOORS = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-03-31")
DONE = ActionCompleted(trust="RHA", on="2026-03-28", action="doors")
OTHER = ActionCommitted(trust="RHA", on="2026-01-05", action="other", title="Fit new doors", due="2027-03-31")
LATER = ActionCommitted(trust="RHA", on="2029-01-05", action="doors", title="Fit new doors", due="2026-03-31")
NEWS = ActionProgressReported(trust="RHA", on="2026-01-05", action="doors", text="under way")
TEXT = (
    "On 2 April 2026 the ledger noted that the deadline of “{}”, 31 March 2026, had passed. "
    "By the record as it stands now it did not pass."
)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda ledger: ledger.record(DONE), "Fit new doors"),
        (
            lambda ledger: ledger.record(ActionDeadlineRevised(trust="RHA", on="2026-03-20", action="doors", due="2026-06-30")),
            "Fit new doors",
        ),
        (lambda ledger: ledger.correct(1, OTHER, reason="misread"), "doors"),
        (lambda ledger: ledger.correct(1, LATER, reason="misread"), "doors"),
        (lambda ledger: ledger.correct(1, NEWS, reason="misread"), "doors"),
        (lambda ledger: ledger.retract(1, reason="entered in error"), "doors"),
    ],
)
def test_whatever_makes_a_miss_vanish_is_reported(change: Callable[[Ledger], object], name: str) -> None:
    """The ledger had seen the day pass; what was recorded since, in whatever way, is cited with its testimony."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-02").sweep("2026-04-02")
    change(book.on("2026-05-14"))
    (found,) = pass_contradicted.exceptions(book.dossier("2026-05-20"))
    assert (found.text, found.entries, found.about) == (TEXT.format(name), (2, 3), ("action", "doors"))


@pytest.mark.parametrize(
    "change",
    [
        lambda ledger: ledger.record(ActionCompleted(trust="RHA", on="2026-04-05", action="doors")),
        lambda ledger: ledger.record(ActionDeadlineRevised(trust="RHA", on="2026-04-05", action="doors", due="2026-06-30")),
        lambda ledger: ledger.correct(1, DOORS, reason="typed again"),
        lambda ledger: ledger.sweep("2026-05-14"),
    ],
)
def test_what_happened_after_the_deadline_contradicts_nothing(change: Callable[[Ledger], object]) -> None:
    """The day passed all the same, and by every answer it still did."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-02").sweep("2026-04-02")
    change(book.on("2026-05-14"))
    assert book.told(pass_contradicted, "2026-05-20") == []


def test_only_what_was_seen_and_stands_can_be_contradicted() -> None:
    """A pass put on record ahead of its day, one that was taken back, and a day still to come in the view say nothing."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-02-02").sweep("2026-04-02")
    book.on("2026-02-03").record(DONE)
    assert book.told(pass_contradicted, "2026-05-20") == []
    other = Book()
    other.on("2026-01-10").record(DOORS)
    other.on("2026-04-02").sweep("2026-04-02")
    other.on("2026-05-14").record(DONE)
    assert [len(other.told(pass_contradicted, day)) for day in ("2026-03-31", "2026-04-01")] == [0, 1]
    other.on("2026-05-15").retract(2, reason="the clock was wrong")
    assert other.told(pass_contradicted, "2026-05-20") == []


def test_a_pass_put_on_record_before_its_day_is_reported() -> None:
    """A sweep as of a day that has not come notes what has not happened."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-20").sweep("2026-04-01")
    (found,) = pass_recorded_ahead.exceptions(book.dossier("2026-03-20"))
    assert found.text == (
        "On 20 March 2026 the ledger put on record that a deadline had passed, before the day: "
        "“Fit new doors”, due 31 March 2026, which passes on 1 April 2026."
    )
    assert (found.entries, found.about) == ((2,), ("action", "doors"))


@pytest.mark.parametrize(("swept", "is_found"), [("2026-03-31", True), ("2026-04-01", False), ("2026-04-02", False)])
def test_a_pass_may_be_put_on_record_from_its_day_on(swept: str, is_found: bool) -> None:
    """The day after the last day is the day of the pass: recorded then it is in order, recorded the day before it is ahead."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on(swept).sweep("2026-04-02")
    assert bool(book.told(pass_recorded_ahead, "2026-05-20")) is is_found


def test_the_passes_of_one_sweep_are_one_exception() -> None:
    """One sweep that ran ahead is one exception, with the count, the first five names, and all entries."""
    notice = NoticeIssued(
        trust="RHA",
        on="2026-01-05",
        notice="notice",
        kind="Warning Notice",
        requirements=[NoticeRequirement(requirement="staff", text="Staff the wards", comply_by="2026-03")],
    )
    plan = ActionPlanRequested(trust="RHA", on="2026-01-05", plan="plan", text="Show what was done", due="2026-03-30")
    more = [
        ActionCommitted(trust="RHA", on="2026-01-05", action=f"a{n}", title=f"Step {n}", due="2026-03-30") for n in range(4)
    ]
    book = Book()
    book.on("2026-01-10").record(notice, plan, *more)
    book.on("2026-03-20").sweep("2026-04-01")
    steps = [f"“Step {n}”, due 30 March 2026, which passes on 31 March 2026" for n in range(4)]
    told = "; ".join([*steps, "“Show what was done”, due 30 March 2026, which passes on 31 March 2026", "and 1 more"])
    text = f"On 20 March 2026 the ledger put on record that 6 deadlines had passed, before the day: {told}."
    assert book.told(pass_recorded_ahead, "2026-05-20") == [(text, (7, 8, 9, 10, 11, 12))]


def test_a_deadline_that_was_set_when_it_was_over_passes_the_day_after() -> None:
    """A commitment to a day that was over by then passes on the day after it was made, and not before."""
    book = Book()
    book.on("2026-01-10").record(
        ActionCommitted(trust="RHA", on="2026-04-10", action="doors", title="Fit new doors", due="2026-03-31")
    )
    book.on("2026-04-05").sweep("2026-04-12")
    ((text, _),) = book.told(pass_recorded_ahead, "2026-05-20")
    assert text.endswith("before the day: “Fit new doors”, due 31 March 2026, which passes on 11 April 2026.")


def test_the_requirement_of_a_notice_is_named() -> None:
    """A deadline of a notice is of one of its requirements: the exception names both."""
    staff = NoticeRequirement(requirement="staff", text="Staff the wards", comply_by="2026-03-30")
    notice = NoticeIssued(trust="RHA", on="2026-01-05", notice="notice", kind="Warning Notice", requirements=[staff])
    book = Book()
    book.on("2026-01-10").record(notice)
    book.on("2026-03-20").sweep("2026-04-01")
    (found,) = pass_recorded_ahead.exceptions(book.dossier("2026-03-20"))
    assert "“Warning Notice: Staff the wards”, due 30 March 2026" in found.text
    assert found.about == ("notice", "notice", "staff")


def test_a_pass_that_was_taken_back_is_settled() -> None:
    """What ran ahead and was taken back is reported no longer."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-20").sweep("2026-04-01")
    book.on("2026-03-21").retract(2, reason="ran ahead")
    assert book.told(pass_recorded_ahead, "2026-05-20") == []
