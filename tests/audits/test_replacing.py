"""The rule on commitments given up near their deadline, where another with more time takes their place."""

from typing import Any

import pytest

from ledger import Source
from ledger.audits.replacing import replaced_near_deadline
from ledger.events import ActionCommitted, ActionCompleted, ActionDeadlineRevised, ActionProgressReported, ActionWithdrawn
from tests.audits.book import Book

DOORS = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-03-31")


def withdrawn(on: str = "2026-03-20", reason: str | None = None) -> ActionWithdrawn:
    """Give the news that the doors will not be fitted."""
    return ActionWithdrawn(trust="RHA", on=on, action="doors", reason=reason)


def other(on: str = "2026-03-25", **more: Any) -> ActionCommitted:
    """Give another commitment, of the same title unless told, and due later."""
    return ActionCommitted(
        **{"trust": "RHA", "action": "doors-2", "title": "Fit new doors", "on": on, "due": "2026-09", **more}
    )


def test_an_action_withdrawn_and_committed_to_anew_is_reported() -> None:
    """The exception says what was withdrawn and why, what is like it, when that was committed to and when it is due."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-01").record(withdrawn(reason="Supplier failed."), other())
    (found,) = replaced_near_deadline.exceptions(book.dossier("2026-04-01"))
    assert found.text == (
        "“Fit new doors”, due 31 March 2026, was withdrawn on 20 March 2026. The reason on record: Supplier failed. "
        "“Fit new doors”, of the same title, was committed to on 25 March 2026, recorded on 1 April 2026, and is due September 2026."
    )
    assert (found.entries, found.about) == ((1, 2, 3), ("action", "doors"))


@pytest.mark.parametrize(
    ("gone", "is_found"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-30", True), ("2026-05-01", False)],
)
def test_30_days_before_and_after_the_deadline_are_near_it(gone: str, is_found: bool) -> None:
    """1 March and 30 April are 30 days from 31 March, and near; a day further is not."""
    book = Book()
    book.on("2026-06-01").record(DOORS, withdrawn(gone), other(gone))
    assert bool(book.told(replaced_near_deadline, "2026-06-01")) is is_found


@pytest.mark.parametrize(
    ("made", "is_found"),
    [("2026-02-17", False), ("2026-02-18", True), ("2026-03-20", True), ("2026-04-19", True), ("2026-04-20", False)],
)
def test_30_days_before_and_after_the_withdrawal_are_near_it(made: str, is_found: bool) -> None:
    """18 February and 19 April are 30 days from 20 March, and near; a day further is not."""
    book = Book()
    book.on("2026-06-01").record(DOORS, withdrawn(), other(made))
    assert bool(book.told(replaced_near_deadline, "2026-06-01")) is is_found


def test_how_near_is_a_limit() -> None:
    """With a limit of 4 days neither the withdrawal nor what follows is near."""
    book = Book()
    book.on("2026-06-01").record(DOORS, withdrawn("2026-03-27"), other("2026-03-31"))
    assert len(book.told(replaced_near_deadline.limited(days=4), "2026-06-01")) == 1
    assert book.told(replaced_near_deadline.limited(days=3), "2026-06-01") == []


@pytest.mark.parametrize(
    ("due", "is_found"), [("2026-03-31", False), ("2026-03", False), ("2026-04-01", True), ("2026-04/..", True), (None, False)]
)
def test_what_takes_its_place_has_a_later_deadline(due: str | None, is_found: bool) -> None:
    """Due on the same day it gains no time; without an end it does; without a date nothing is known."""
    book = Book()
    book.on("2026-06-01").record(DOORS, withdrawn(), other(due=due))
    assert bool(book.told(replaced_near_deadline, "2026-06-01")) is is_found


@pytest.mark.parametrize(
    ("fields", "like"),
    [
        ({"title": "fit  NEW doors"}, "of the same title"),
        ({"title": "Doors", "answers": ["ligatures", "dignity"]}, "which answers the same"),
        ({"title": "Doors", "part_of": "estates"}, "part of the same action"),
        ({"title": "Doors", "action": "doors"}, "the same action"),
        ({"title": "Fit new windows", "answers": ["dignity"], "part_of": "wards"}, None),
        ({"title": "Fit new windows"}, None),
    ],
)
def test_in_what_another_commitment_is_like_it(fields: dict[str, Any], like: str | None) -> None:
    """The same title, something answered by both, the same whole, or the same action: else they are two things."""
    first = ActionCommitted(
        trust="RHA",
        on="2026-01-05",
        action="doors",
        title="Fit new doors",
        due="2026-03-31",
        answers=["ligatures"],
        part_of="estates",
    )
    book = Book()
    book.on("2026-06-01").record(first, withdrawn(), other(**fields))
    told = book.told(replaced_near_deadline, "2026-06-01")
    assert [f"”, {like}, was committed to" in text for text, _ in told] == ([True] if like else [])


@pytest.mark.parametrize("due", [None, "2026-02/.."])
def test_what_was_never_due_was_not_given_up_near_its_deadline(due: str | None) -> None:
    """Without a last day there is nothing that the withdrawal, or the retraction, is near to."""
    undated = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due=due)
    book = Book()
    book.on("2026-01-10").record(undated)
    book.on("2026-03-20").record(withdrawn(), other())
    assert book.told(replaced_near_deadline, "2026-06-01") == []
    book.on("2026-03-21").retract(1, reason="wrong")
    book.on("2026-03-22").record(other("2026-03-22", action="doors-3"))
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_two_actions_that_answer_nothing_and_are_part_of_nothing_are_not_alike() -> None:
    """What neither says is nothing that they share."""
    book = Book()
    book.on("2026-06-01").record(DOORS, withdrawn(), other(title="Fit new windows"))
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_what_was_committed_to_beside_it_does_not_take_its_place() -> None:
    """A commitment made no later than the one withdrawn, both near the deadline, was there all along."""
    book = Book()
    near = ActionCommitted(trust="RHA", on="2026-03-10", action="doors", title="Fit new doors", due="2026-03-31")
    book.on("2026-06-01").record(near, withdrawn(), other("2026-03-10"), other("2026-03-09", action="doors-3"))
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_what_was_done_first_was_not_given_up() -> None:
    """An action withdrawn after it was completed had met its deadline, or missed it, already."""
    book = Book()
    book.on("2026-06-01").record(DOORS, ActionCompleted(trust="RHA", on="2026-03-10", action="doors"), withdrawn(), other())
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_the_deadline_is_the_one_then_in_force() -> None:
    """A revised deadline is the one that counts."""
    book = Book()
    moved = ActionDeadlineRevised(trust="RHA", on="2026-02-01", action="doors", due="2026-12")
    book.on("2026-06-01").record(DOORS, moved, withdrawn(), other(due="2027-03"))
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_a_commitment_taken_back_and_recorded_anew_is_reported() -> None:
    """The exception says when it was taken back and why, and cites the commitment, the note and the new one."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-02").retract(1, reason="recorded too early")
    book.on("2026-04-10").record(
        ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit doors", due="2026-09")
    )
    (found,) = replaced_near_deadline.exceptions(book.dossier("2026-06-01"))
    assert found.text == (
        "“Fit new doors”, due 31 March 2026, was taken back from the record on 2 April 2026. The reason on record: recorded too "
        "early. “Fit doors”, the same action, was committed to on 5 January 2026, recorded on 10 April 2026, and is due September 2026."
    )
    assert (found.entries, found.about) == ((1, 2, 3), ("action", "doors"))
    assert book.told(replaced_near_deadline, "2026-01-04") == []  # none of it is in force yet


@pytest.mark.parametrize(
    ("taken_back", "anew", "is_found"),
    [
        ("2026-02-28", "2026-02-28", False),
        ("2026-03-01", "2026-03-01", True),
        ("2026-04-30", "2026-05-30", True),
        ("2026-04-30", "2026-05-31", False),
        ("2026-05-01", "2026-05-01", False),
    ],
)
def test_the_days_of_a_retraction_are_those_of_the_record(taken_back: str, anew: str, is_found: bool) -> None:
    """How near it was taken back to the deadline, and recorded anew to that, goes by the days of recording."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on(taken_back).retract(1, reason="wrong")
    book.on(anew).record(other("2026-01-06"))
    assert bool(book.told(replaced_near_deadline, "2026-07-01")) is is_found


def test_only_a_commitment_that_was_taken_back_was_given_up() -> None:
    """A commitment corrected, and a report that was taken back, are nothing given up: other rules look at corrections."""
    progress = ActionProgressReported(trust="RHA", on="2026-03-01", action="doors", text="Half are fitted")
    book = Book()
    book.on("2026-01-10").record(DOORS, progress)
    book.on("2026-03-20").correct(
        1, ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit doors", due="2026-03-31"), reason="misread"
    )
    book.on("2026-03-20").retract(2, reason="misread")
    book.on("2026-03-20").record(other(action="doors"))
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_other_news_of_the_action_leaves_its_deadline() -> None:
    """Progress reported of a commitment that was then taken back does not hide what was due."""
    book = Book()
    book.on("2026-01-10").record(
        DOORS, ActionProgressReported(trust="RHA", on="2026-03-01", action="doors", text="Half are fitted")
    )
    book.on("2026-03-20").retract(1, reason="wrong")
    book.on("2026-03-20").record(other())
    assert [entries for _, entries in book.told(replaced_near_deadline, "2026-06-01")] == [(1, 3, 4)]


@pytest.mark.parametrize(("on", "is_found"), [("2026-01-04", False), ("2026-01-05", True), ("2026-01-06", True)])
def test_a_commitment_counts_from_its_day(on: str, is_found: bool) -> None:
    """Before it was made there was nothing to take back, whatever the ledger knows by now."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-20").retract(1, reason="wrong")
    book.on("2026-03-20").record(other("2026-01-02"))
    assert bool(book.told(replaced_near_deadline, on)) is is_found


def test_what_was_recorded_beside_it_does_not_take_its_place() -> None:
    """A commitment recorded with the one taken back was there all along."""
    book = Book()
    book.on("2026-03-10").record(DOORS, other())
    book.on("2026-03-20").retract(1, reason="recorded twice")
    assert book.told(replaced_near_deadline, "2026-06-01") == []


def test_a_deadline_moved_before_the_commitment_was_taken_back_counts() -> None:
    """Only a revision on record before the retraction had moved the deadline then."""
    moved = ActionDeadlineRevised(trust="RHA", on="2026-02-01", action="doors", due="2026-12")
    before, after = Book(), Book()
    before.on("2026-01-10").record(DOORS, moved)
    before.on("2026-03-20").retract(1, reason="wrong")
    after.on("2026-01-10").record(DOORS)
    after.on("2026-03-20").retract(1, reason="wrong")
    after.on("2026-03-21").record(moved)
    for book in (before, after):
        book.on("2026-03-22").record(other(due="2027-03"))
    assert before.told(replaced_near_deadline, "2026-06-01") == []
    assert len(after.told(replaced_near_deadline, "2026-06-01")) == 1


def test_a_public_view_knows_of_no_retraction() -> None:
    """What was taken back, when and why is no public fact; a withdrawal is."""
    letter = Source(publisher="The trust", title="Letter", marking="public", published="2026-01-09")
    book = Book()
    book.on("2026-01-10").record(DOORS, sources=[letter])
    book.on("2026-04-02").retract(1, reason="wrong")
    book.on("2026-04-03").record(other(), sources=[letter])
    assert len(book.told(replaced_near_deadline, "2026-06-01")) == 1
    assert book.told(replaced_near_deadline, "2026-06-01", public_on="2026-06-01") == []
