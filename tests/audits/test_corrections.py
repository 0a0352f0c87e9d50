"""The rule on corrections of the record that moved a date."""

import pytest

from ledger import Source
from ledger.audits.corrections import correction_moved_date
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanSubmitted,
    ActionProgressReported,
    ActionVerified,
    Event,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
)
from tests.audits.book import Book


def committed(due: str | None, on: str = "2026-01-05", title: str = "Fit new doors") -> ActionCommitted:
    """Give a commitment to fit doors."""
    return ActionCommitted(trust="RHA", on=on, action="doors", title=title, due=due)


def issued(staff: str, beds: str = "2026-05") -> NoticeIssued:
    """Give a notice with two requirements."""
    required = [
        NoticeRequirement(requirement="staff", text="Staff the wards", comply_by=staff),
        NoticeRequirement(requirement="beds", text="Replace the beds", comply_by=beds),
    ]
    return NoticeIssued(trust="RHA", on="2026-01-05", notice="notice", kind="Warning Notice", requirements=required)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2026-03-31", "2026-06-30", "31 March 2026 became 30 June 2026"),
        ("2026-06-30", "2026-03-31", "30 June 2026 became 31 March 2026"),
        ("2026-03-31", None, "31 March 2026 became no date"),
        (None, "2026-03-31", "no date became 31 March 2026"),
    ],
)
def test_a_correction_that_moves_a_due_date_is_reported(before: str | None, after: str | None, words: str) -> None:
    """In whichever direction, the exception says from what to what, when that was recorded, and why."""
    book = Book()
    book.on("2026-01-10").record(committed(before))
    book.on("2026-05-05").correct(1, committed(after), reason="The month was misread.")
    (found,) = correction_moved_date.exceptions(book.dossier("2026-05-05"))
    assert found.text == (
        f"A correction of the record made on 5 May 2026 changed the due date of “Fit new doors”: {words}. "
        "The reason on record: The month was misread."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1, 2), ("action", "doors"), "high")


def test_a_correction_of_anything_else_is_not_reported() -> None:
    """A title, or the day of a commitment, sets no date that a deadline is kept by."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"))
    book.on("2026-05-05").correct(1, committed("2026-03-31", "2026-01-06", "Fit doors"), reason="misread")
    assert book.told(correction_moved_date, "2026-05-05") == []


def test_one_requirement_of_a_notice_is_told_from_another() -> None:
    """The exception is about the requirement whose day was moved."""
    book = Book()
    book.on("2026-01-10").record(issued("2026-03"))
    book.on("2026-05-05").correct(1, issued("2026-04"), reason="misread")
    (found,) = correction_moved_date.exceptions(book.dossier("2026-05-05"))
    assert found.text.startswith(
        "A correction of the record made on 5 May 2026 changed the due date of “Warning Notice: Staff the wards”: "
        "March 2026 became April 2026."
    )
    assert found.about == ("notice", "notice", "staff")


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (
            ActionCompleted(trust="RHA", on="2026-04-09", action="doors"),
            ActionCompleted(trust="RHA", on="2026-03-28", action="doors"),
            "completion of “Fit new doors”: 9 April 2026 became 28 March 2026",
        ),
        (
            ActionVerified(trust="RHA", on="2026-04-09", action="doors", verified_by="Audit"),
            ActionVerified(trust="RHA", on="2026-04", action="doors", verified_by="Audit"),
            "verification of “Fit new doors”: 9 April 2026 became April 2026",
        ),
        (
            ActionPlanSubmitted(trust="RHA", on="2026-04-09", plan="plan", text="Show what was done"),
            ActionPlanSubmitted(trust="RHA", on="2026-03-28", plan="plan", text="Show what was done"),
            "submission of “Show what was done”: 9 April 2026 became 28 March 2026",
        ),
        (
            NoticeDetermined(trust="RHA", on="2026-04-09", notice="notice", requirement="beds", outcome="complied"),
            NoticeDetermined(trust="RHA", on="2026-03-28", notice="notice", requirement="beds", outcome="complied"),
            "determination of “Warning Notice: Replace the beds”: 9 April 2026 became 28 March 2026",
        ),
    ],
)
def test_a_correction_that_moves_the_date_of_an_end_is_reported(before: Event, after: Event, what: str) -> None:
    """The date of a completion, a verification, a submission and a determination says whether a deadline was met."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"), issued("2026-03"))
    book.on("2026-04-10").record(before)
    book.on("2026-05-05").correct(3, after, reason="typing error")
    text = f"A correction of the record made on 5 May 2026 changed the date of the {what}. The reason on record: typing error."
    assert book.told(correction_moved_date, "2026-05-05") == [(text, (3, 4))]


@pytest.mark.parametrize(
    "after",
    [
        ActionCompleted(trust="RHA", on="2026-04-09", action="doors", claimed_by="Estates"),
        ActionCompleted(trust="RHA", on="2026-03-28", action="beds", title="New beds"),
    ],
)
def test_a_correction_that_keeps_the_date_or_is_of_something_else_is_not_reported(after: ActionCompleted) -> None:
    """A claimant added, or a completion that was of another action, moves no date of this one."""
    book = Book()
    book.on("2026-04-10").record(committed("2026-03-31"), ActionCompleted(trust="RHA", on="2026-04-09", action="doors"))
    book.on("2026-05-05").correct(2, after, reason="misread")
    assert book.told(correction_moved_date, "2026-05-05") == []


@pytest.mark.parametrize("is_reversed", [False, True])
def test_what_was_no_completion_had_no_date_of_one(is_reversed: bool) -> None:
    """A report of progress put right as a completion, or the other way round, moves no date of a completion."""
    progress = ActionProgressReported(trust="RHA", on="2026-04-09", action="doors", text="Fitted")
    pair: list[Event] = [progress, ActionCompleted(trust="RHA", on="2026-03-28", action="doors")]
    before, after = reversed(pair) if is_reversed else pair
    book = Book()
    book.on("2026-04-10").record(committed("2026-03-31"), before)
    book.on("2026-05-05").correct(2, after, reason="misread")
    assert book.told(correction_moved_date, "2026-05-05") == []


def test_each_correction_of_a_correction_is_reported() -> None:
    """What was corrected stays on record, and so does that it was."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"))
    book.on("2026-05-05").correct(1, committed("2026-06-30"), reason="misread")
    book.on("2026-05-06").correct(2, committed("2026-03-31"), reason="it was right")
    assert [entries for _, entries in book.told(correction_moved_date, "2026-05-06")] == [(1, 2), (2, 3)]


@pytest.mark.parametrize(("before", "after"), [("2026-01-05/2026-02", "2026-02-01"), ("2026-02-01", "2026-01-05")])
@pytest.mark.parametrize(("on", "is_found"), [("2026-01-04", False), ("2026-01-05", True), ("2026-01-06", True)])
def test_what_is_yet_to_take_effect_is_not_reported(before: str, after: str, on: str, is_found: bool) -> None:
    """Before the day of the fact, as it was or as it was corrected, or may be, there is nothing whose date was moved."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31", before))
    book.on("2026-05-05").correct(1, committed("2026-06-30", after), reason="misread")
    assert bool(book.told(correction_moved_date, on)) is is_found


@pytest.mark.parametrize(("before", "after"), [("2026-04-09", "2026-03-28"), ("2026-03-28", "2026-04-09")])
@pytest.mark.parametrize(("on", "is_found"), [("2026-03-27", False), ("2026-03-28", True), ("2026-03-29", True)])
def test_an_end_that_is_yet_to_come_is_not_reported(before: str, after: str, on: str, is_found: bool) -> None:
    """Of a completion the same holds: before either of its dates nothing was completed."""
    book = Book()
    book.on("2026-04-10").record(committed("2026-03-31"), ActionCompleted(trust="RHA", on=before, action="doors"))
    book.on("2026-05-05").correct(2, ActionCompleted(trust="RHA", on=after, action="doors"), reason="misread")
    assert bool(book.told(correction_moved_date, on)) is is_found


def test_a_decision_is_no_correction() -> None:
    """A deadline that a decision moved is news, and the concern of other rules."""
    book = Book()
    book.on("2026-02-10").record(
        committed("2026-03-31"), ActionDeadlineRevised(trust="RHA", on="2026-02-01", action="doors", due="2026-06-30")
    )
    assert book.told(correction_moved_date, "2026-05-05") == []


def test_news_and_what_is_not_public_are_no_corrections_to_the_public() -> None:
    """In a public view both entries must be public, and the reason is not told."""
    letter = Source(publisher="The trust", title="Letter", marking="public", published="2026-01-09")
    later = Source(publisher="The trust", title="Report", marking="public", published="2026-05-04")
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"), sources=[letter])
    book.on("2026-05-05").correct(1, committed("2026-06-30"), reason="misread", sources=[later])
    text = "A correction of the record made on 5 May 2026 changed the due date of “Fit new doors”: 31 March 2026 became 30 June 2026."
    assert book.told(correction_moved_date, "2026-06-01", public_on="2026-06-01") == [(text, (1, 2))]
    assert book.told(correction_moved_date, "2026-06-01", public_on="2026-05-03") == []


@pytest.mark.parametrize(
    ("due", "words"),
    [("2026-06-30", "the due date, 31 March 2026, became 30 June 2026"), (None, "the due date, 31 March 2026, became no date")],
)
def test_what_is_taken_back_and_recorded_anew_with_another_due_date_is_reported(due: str | None, words: str) -> None:
    """It is a correction by another name, so it is told like one, with the reason given."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"))
    book.on("2026-01-20").retract(1, reason="entered in error")
    book.on("2026-02-01").record(committed(due))
    (found,) = correction_moved_date.exceptions(book.dossier("2026-05-05"))
    assert found.text == (
        f"“Fit new doors” was taken back from the record on 20 January 2026 and recorded anew on 1 February 2026: {words}. "
        "The reason on record: entered in error."
    )
    assert (found.entries, found.about) == ((1, 2, 3), ("action", "doors"))


@pytest.mark.parametrize(
    "anew",
    [
        committed("2026-03-31", "2026-01-06"),
        ActionDeadlineRevised(trust="RHA", on="2026-02-01", action="doors", due="2026-06-30"),
        ActionCommitted(trust="RHA", on="2026-01-05", action="windows", title="Fit new windows", due="2026-06-30"),
    ],
)
def test_what_is_recorded_anew_with_the_same_due_date_moved_nothing(anew: Event) -> None:
    """The same date, a decision, or another action does not put the commitment back with another date."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"))
    book.on("2026-01-20").retract(1, reason="entered in error")
    book.on("2026-02-01").record(anew)
    assert book.told(correction_moved_date, "2026-05-05") == []


def test_what_is_taken_back_for_good_moved_nothing() -> None:
    """Without a commitment in its place there is no other date; one that was there before is not anew."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"), committed("2026-06-30", title="Fit all doors"))
    book.on("2026-01-20").retract(1, reason="entered in error")
    assert book.told(correction_moved_date, "2026-05-05") == []


@pytest.mark.parametrize(
    "anew",
    [
        committed("2026-03-31", "2029-01-05"),
        ActionCommitted(trust="RHA", on="2026-01-05", action="windows", title="Fit new windows", due="2027-03-31"),
        ActionProgressReported(trust="RHA", on="2026-01-05", action="doors", text="under way"),
    ],
)
def test_a_correction_that_leaves_a_thing_without_its_due_date_is_reported(anew: Event) -> None:
    """Dated later, about another action or saying something else, it takes the deadline off the record."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03-31"))
    book.on("2026-05-05").correct(1, anew, reason="misread")
    (found,) = correction_moved_date.exceptions(book.dossier("2026-05-05"))
    assert found.text.endswith("31 March 2026 became no date. The reason on record: misread.")
    assert (found.entries, found.about) == ((1, 2), ("action", "doors"))
