"""Rules on deadlines that slip: moved, past with a condition open, later than what they are part of."""

import pytest

from ledger import Source
from ledger.audits.slips import (
    condition_unresolved,
    deadline_moved_after_passing,
    deadline_moved_repeatedly,
    deadline_moved_without_reason,
    part_due_after_whole,
)
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
    ActionDeadlineRevised,
    ActionProgressReported,
    ActionWithdrawn,
    Event,
    RequirementMade,
)
from tests.audits.book import Book


def committed(due: str | None = "2026-03-31", **more: object) -> ActionCommitted:
    """Give a commitment to fit doors."""
    return ActionCommitted(
        **{"trust": "RHA", "on": "2026-01-05", "action": "doors", "title": "Fit new doors", "due": due, **more}  # type: ignore[arg-type]
    )


def revised(
    on: str, due: str | None, reason: str | None = "supplier", approved_by: str | None = "Board"
) -> ActionDeadlineRevised:
    """Give a decision to move their deadline."""
    return ActionDeadlineRevised(trust="RHA", on=on, action="doors", due=due, reason=reason, approved_by=approved_by)


def test_a_deadline_moved_once_it_had_passed_is_reported() -> None:
    """The exception says when it was due, when the decision is dated, and what the deadline became."""
    book = Book()
    book.on("2026-04-20").record(committed(), revised("2026-04-10", "2026-06-30"))
    (found,) = deadline_moved_after_passing.exceptions(book.dossier("2026-04-20"))
    assert found.text == (
        "“Fit new doors” was due 31 March 2026. By a decision dated 10 April 2026, when that had passed, "
        "the deadline became 30 June 2026."
    )
    assert (found.entries, found.about) == ((1, 2), ("action", "doors"))


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ("2026-03-30", None),
        ("2026-03-31", None),
        ("2026-04-01", "when that had passed"),
        ("2026-04", "when that had passed"),
        ("2026-03/2026-04", "when that may have passed"),
        ("2026-04-01~", "when that may have passed"),
    ],
)
def test_a_deadline_may_be_moved_through_its_last_day(decided: str, words: str | None) -> None:
    """Decided on the last day it is in time; the day after it is not; where the decision's date is in doubt, so is that."""
    book = Book()
    book.on("2026-04-20").record(committed(), revised(decided, None))
    told = book.told(deadline_moved_after_passing, "2026-05-20")
    assert [text.split(", ")[1] for text, _ in told] == ([] if words is None else [words])
    assert all(text.endswith("the deadline became no date.") for text, _ in told)


def test_the_deadline_that_had_passed_is_the_one_then_in_force() -> None:
    """A second move is held against the deadline that the first one set; a move to the same date moves nothing."""
    book = Book()
    book.on("2026-04-20").record(
        committed(),
        revised("2026-03-01", "2026-06-30"),
        revised("2026-07-02", "2026-06-30"),
        revised("2026-07-05", "2026-09-30"),
    )
    ((text, entries),) = book.told(deadline_moved_after_passing, "2026-08-01")
    assert text.startswith("“Fit new doors” was due 30 June 2026. By a decision dated 5 July 2026")
    assert entries == (2, 3, 4)


def test_what_was_done_in_time_had_not_passed() -> None:
    """A deadline moved after the action was completed in time was never missed."""
    book = Book()
    done = ActionCompleted(trust="RHA", on="2026-03-20", action="doors")
    book.on("2026-04-20").record(committed(), done, revised("2026-04-10", "2026-06-30"))
    assert book.told(deadline_moved_after_passing, "2026-08-01") == []


def test_only_a_decision_moves_a_deadline() -> None:
    """Another commitment with another date, or a report, once the deadline has passed moves nothing."""
    report = ActionProgressReported(trust="RHA", on="2026-04-02", action="doors", text="Half are fitted")
    book = Book()
    book.on("2026-04-20").record(committed(), report, committed("2026-06-30", on="2026-04-03"))
    assert book.told(deadline_moved_after_passing, "2026-08-01") == []


def test_a_deadline_moved_twice_is_reported_with_each_move() -> None:
    """Decisions and corrections of the record both count, each told with its date; the entries corrected are cited."""
    book = Book()
    book.on("2026-01-10").record(committed(), revised("2026-02-10", "2026-05"))
    book.on("2026-05-05").correct(1, committed("2026-04-15"), reason="misread")
    (found,) = deadline_moved_repeatedly.exceptions(book.dossier("2026-05-05"))
    assert found.text == (
        "The deadline of “Fit new doors” was moved twice: 15 April 2026 became May 2026, by a decision dated 10 February 2026; "
        "31 March 2026 became 15 April 2026, by a correction recorded on 5 May 2026."
    )
    assert (found.entries, found.about) == ((3, 1, 2), ("action", "doors"))


@pytest.mark.parametrize(("moves", "is_found"), [(1, False), (2, True), (3, True)])
def test_two_moves_are_repeated_moves(moves: int, is_found: bool) -> None:
    """Once is not yet repeatedly; the limit itself is."""
    decisions = [revised("2026-02-01", "2026-04-30"), revised("2026-02-02", "2026-05-31"), revised("2026-02-03", "2026-06-30")]
    book = Book()
    book.on("2026-03-01").record(committed(), *decisions[:moves])
    assert bool(book.told(deadline_moved_repeatedly, "2026-03-01")) is is_found
    assert book.told(deadline_moved_repeatedly.limited(times=4), "2026-03-01") == []


def test_a_first_date_and_the_same_date_move_nothing() -> None:
    """A decision that sets the first deadline, and one that repeats it, are no moves; one that comes after them is."""
    book = Book()
    book.on("2026-03-01").record(committed(None), revised("2026-02-01", "2026-06"), revised("2026-02-02", "2026-06"))
    assert book.told(deadline_moved_repeatedly.limited(times=1), "2026-03-01") == []
    book.on("2026-03-02").record(revised("2026-03-02", "2026-07"))
    ((text, entries),) = book.told(deadline_moved_repeatedly.limited(times=1), "2026-03-02")
    assert (
        text == "The deadline of “Fit new doors” was moved once: June 2026 became July 2026, by a decision dated 2 March 2026."
    )
    assert entries == (2, 3, 4)


def test_a_deadline_given_up_and_set_again_was_moved_once() -> None:
    """To give a date up moves it; to set one where there is none does not."""
    book = Book()
    book.on("2026-03-01").record(committed(), revised("2026-02-01", None), revised("2026-02-02", "2026-06"))
    ((text, _),) = book.told(deadline_moved_repeatedly.limited(times=1), "2026-03-01")
    assert (
        text
        == "The deadline of “Fit new doors” was moved once: 31 March 2026 became no date, by a decision dated 1 February 2026."
    )


def test_a_decision_before_a_commitment_of_imprecise_date_is_a_move() -> None:
    """Where the commitment counts only from after the decision, the deadline was moved all the same."""
    book = Book()
    book.on("2026-03-01").record(committed(on="2025-10/2026-03"), revised("2026-02-01", "2026-06"))
    ((text, entries),) = book.told(deadline_moved_repeatedly.limited(times=1), "2026-04-01")
    moved = "31 March 2026 became June 2026, by a decision dated 1 February 2026"
    assert text == f"The deadline of “Fit new doors” was moved once: {moved}."
    assert entries == (1, 2)


def test_the_deadline_of_a_requirement_is_moved_by_corrections() -> None:
    """Where nothing but a correction can move a deadline, each one counts; to give a date that was lacking does not."""
    made = RequirementMade(trust="RHA", on="2026-01-05", requirement="staffing", text="Staff the wards")
    book = Book()
    book.on("2026-01-10").record(made)
    for number, due in ((1, "2026-03"), (2, "2026-04"), (3, "2026-05")):
        book.on("2026-02-01").correct(
            number,
            RequirementMade(trust="RHA", on="2026-01-05", requirement="staffing", text="Staff the wards", due=due),
            reason="misread",
        )
    ((text, entries),) = book.told(deadline_moved_repeatedly, "2026-02-01")
    assert text.startswith("The deadline of “Staff the wards” was moved twice: March 2026 became April 2026, by a correction")
    assert entries == (2, 3, 4)
    assert book.told(deadline_moved_repeatedly, "2026-01-04") == []  # it is not on record yet


@pytest.mark.parametrize(("times", "found"), [(0, 1), (1, 1), (2, 0)])
def test_a_first_move_by_correction_counts(times: int, found: int) -> None:
    """The first correction of a date that was stated is a move; what was never moved is not reported, whatever the limit."""
    book = Book()
    march, april = (
        RequirementMade(trust="RHA", on="2026-01-05", requirement="staffing", text="Staff the wards", due=due)
        for due in ("2026-03", "2026-04")
    )
    book.on("2026-01-10").record(march, committed(None), revised("2026-01-06", "2026-05"))
    book.on("2026-02-01").correct(1, april, reason="misread")
    assert len(book.told(deadline_moved_repeatedly.limited(times=times), "2026-02-01")) == found


def test_what_only_may_be_in_force_has_no_deadline_yet() -> None:
    """Corrections of a commitment of imprecise date count from the day on which the commitment does."""
    book = Book()
    book.on("2026-01-10").record(committed("2026-03", on="2026-01/2026-02"))
    book.on("2026-01-11").correct(1, committed("2026-04", on="2026-01/2026-02"), reason="misread")
    book.on("2026-01-12").correct(2, committed("2026-05", on="2026-01/2026-02"), reason="misread")
    assert book.told(deadline_moved_repeatedly, "2026-02-27") == []
    assert len(book.told(deadline_moved_repeatedly, "2026-02-28")) == 1


@pytest.mark.parametrize(
    ("reason", "approved_by", "lacks"),
    [
        (None, None, "no reason and no approving role"),
        (None, "Board", "no reason"),
        ("supplier", None, "no approving role"),
        ("supplier", "Board", None),
    ],
)
def test_a_move_without_reason_or_approval_is_reported(reason: str | None, approved_by: str | None, lacks: str | None) -> None:
    """The exception says which of the two is missing."""
    book = Book()
    book.on("2026-03-01").record(committed(), revised("2026-02-01", "2026-06", reason, approved_by))
    text = (
        f"The deadline of “Fit new doors” was moved: 31 March 2026 became June 2026, by a decision dated 1 February 2026, "
        f"with {lacks} on record."
    )
    assert book.told(deadline_moved_without_reason, "2026-03-01") == ([(text, (2,))] if lacks else [])


def test_a_date_set_again_after_it_was_given_up_needs_a_reason_too() -> None:
    """Giving a date up with a reason is no reason for the next one."""
    book = Book()
    book.on("2026-03-01").record(
        committed(), revised("2026-02-01", None, "supplier", "Board"), revised("2026-02-02", "2026-06", None, "Board")
    )
    ((text, entries),) = book.told(deadline_moved_without_reason, "2026-03-01")
    assert text.startswith(
        "The deadline of “Fit new doors” was moved: no date became June 2026, by a decision dated 2 February 2026"
    )
    assert (text.endswith(", with no reason on record."), entries) == (True, (3,))


def test_a_correction_always_has_a_reason() -> None:
    """A correction is no decision: its reason is on record, and nobody approves it; in public the reason is not told."""
    letter = Source(publisher="The trust", title="Letter", marking="public", published="2026-01-09")
    book = Book()
    book.on("2026-01-10").record(committed(), sources=[letter])
    book.on("2026-02-01").correct(1, committed("2026-06"), reason="misread")
    assert book.told(deadline_moved_without_reason, "2026-03-01") == []
    assert book.told(deadline_moved_without_reason, "2026-03-01", public_on="2026-03-01") == []


def test_a_deadline_past_with_a_condition_open_is_reported() -> None:
    """Each condition is told with what became of it, one that was resolved in time is not; every entry about them is cited."""
    met = ActionConditionResolved(
        trust="RHA", on="2026-04-05", action="doors", condition_text="planning consent", outcome="met"
    )
    lapsed = ActionConditionResolved(trust="RHA", on="2026-03-31", action="doors", condition_text="a grant", outcome="lapsed")
    book = Book()
    book.on("2026-04-20").record(committed(subject_to=["national capital", "planning consent", "a grant"]), lapsed, met)
    (found,) = condition_unresolved.exceptions(book.dossier("2026-04-20"))
    assert found.text == (
        "The deadline of “Fit new doors”, 31 March 2026, passed. Its condition “national capital” is not resolved on record. "
        "Its condition “planning consent” was resolved only on 5 April 2026 (met)."
    )
    assert (found.entries, found.about) == ((1, 2, 3), ("action", "doors"))


@pytest.mark.parametrize(
    ("resolved", "words"),
    [
        ("2026-03-30", None),
        ("2026-03-31", None),
        ("2026-04-01", "was resolved only on 1 April 2026 (refused)"),
        ("2026-03/2026-04", "was resolved between March 2026 and April 2026, which may have been after that (refused)"),
    ],
)
def test_a_condition_may_be_resolved_through_the_last_day(resolved: str, words: str | None) -> None:
    """Resolved by the last day it is in time, whatever the outcome; the day after it is late."""
    fact = ActionConditionResolved(trust="RHA", on=resolved, action="doors", condition_text="consent", outcome="refused")
    book = Book()
    book.on("2026-04-20").record(committed(subject_to=["consent"]), fact)
    text = f"The deadline of “Fit new doors”, 31 March 2026, passed. Its condition “consent” {words}."
    assert book.told(condition_unresolved, "2026-05-20") == ([(text, (1, 2))] if words else [])


@pytest.mark.parametrize(("on", "is_found"), [("2026-03-30", False), ("2026-03-31", False), ("2026-04-01", True)])
def test_a_condition_is_open_once_the_deadline_has_passed(on: str, is_found: bool) -> None:
    """Until the deadline passes, a condition may be open."""
    book = Book()
    book.on("2026-01-10").record(committed(subject_to=["consent"]))
    assert bool(book.told(condition_unresolved, on)) is is_found


def test_a_condition_that_may_be_resolved_already_is_in_doubt() -> None:
    """A resolution of imprecise date is cited as one that may already have changed it."""
    fact = ActionConditionResolved(trust="RHA", on="2026-03/2026-06", action="doors", condition_text="consent", outcome="met")
    book = Book()
    book.on("2026-04-20").record(committed(subject_to=["consent"]), fact)
    ((text, entries),) = book.told(condition_unresolved, "2026-04-20")
    assert text.endswith("is not resolved on record. An entry of imprecise date may already have changed this.")
    assert entries == (1, 2)


@pytest.mark.parametrize(
    "fact", [ActionCompleted(trust="RHA", on="2026-03-20", action="doors"), revised("2026-03-20", "2026-12-31")]
)
def test_a_deadline_that_was_met_or_moved_in_time_did_not_pass(fact: Event) -> None:
    """Done in time, or moved in time, no deadline passed while the condition was open."""
    book = Book()
    book.on("2026-04-20").record(committed(subject_to=["consent"]), fact)
    assert book.told(condition_unresolved, "2026-04-20") == []


def part(due: str | None) -> ActionCommitted:
    """Give a commitment that is part of fitting doors."""
    return committed(due, action="frames", title="Fit new frames", part_of="doors")


def test_a_part_due_after_the_whole_is_reported() -> None:
    """The exception names both and when they are due, and cites what set both dates."""
    book = Book()
    book.on("2026-02-01").record(committed(), revised("2026-01-20", "2026-05"), part("2026-06"))
    (found,) = part_due_after_whole.exceptions(book.dossier("2026-02-01"))
    assert (
        found.text == "“Fit new frames” is part of “Fit new doors” and due June 2026, after the whole, which is due May 2026."
    )
    assert (found.entries, found.about) == ((3, 2), ("action", "frames"))


@pytest.mark.parametrize(
    ("due", "is_found"),
    [
        ("2026-03-30", False),
        ("2026-03-31", False),
        ("2026-04-01", True),
        ("2026-03", False),
        ("2026-02/..", False),
        (None, False),
    ],
)
def test_a_part_may_be_due_with_the_whole(due: str | None, is_found: bool) -> None:
    """The last days are compared; what has none is not known to be later."""
    book = Book()
    book.on("2026-02-01").record(committed(), part(due))
    assert bool(book.told(part_due_after_whole, "2026-02-01")) is is_found


@pytest.mark.parametrize("due", [None, "2026-02/.."])
def test_a_whole_without_a_last_day_is_compared_with_nothing(due: str | None) -> None:
    """No part is later than what has no end."""
    book = Book()
    book.on("2026-02-01").record(committed(due), part("2026-06"))
    assert book.told(part_due_after_whole, "2026-02-01") == []


@pytest.mark.parametrize(
    "fact",
    [
        ActionCompleted(trust="RHA", on="2026-01-20", action="frames"),
        ActionWithdrawn(trust="RHA", on="2026-01-20", action="frames"),
        ActionWithdrawn(trust="RHA", on="2026-01-20", action="doors"),
    ],
)
def test_what_is_over_needs_no_consistent_dates(fact: Event) -> None:
    """A part that is done or given up, and a whole that was given up, are not compared; nor is one that is not on record."""
    book = Book()
    book.on("2026-02-01").record(committed(), part("2026-06"))
    assert len(book.told(part_due_after_whole, "2026-02-01")) == 1
    book.on("2026-02-01").record(fact)
    assert book.told(part_due_after_whole, "2026-02-01") == []
    book.on("2026-02-01").retract(1, reason="wrong")
    assert book.told(part_due_after_whole, "2026-02-01") == []
