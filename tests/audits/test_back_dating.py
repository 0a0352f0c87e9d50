"""Rules on completions and slips put on record after the deadline, and dated before it."""

import pytest

from ledger import Citation, Draft, Source
from ledger.audits.back_dating import completion_back_dated, slip_back_dated
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionProgressReported,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Event,
)
from tests.audits.book import Book

DOORS = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-03-31")
DONE = ActionCompleted(trust="RHA", on="2026-03-28", action="doors")
TEXT = (
    "“Fit new doors” was due 31 March 2026. Its completion, dated 28 March 2026, was recorded on 14 May 2026; "
    "no source cited for it was published between that date and the deadline."
)


def paper(published: str | None) -> Source:
    """Give a board paper published on a day."""
    return Source(publisher="The trust", title="Board paper", marking="official", published=published)


def test_a_completion_recorded_after_the_deadline_and_dated_before_it_is_reported() -> None:
    """The exception says what was due, when it is said to have been done, and when that was recorded."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(DONE)
    (found,) = completion_back_dated.exceptions(book.dossier("2026-05-20"))
    assert (found.text, found.entries, found.about, str(found.severity)) == (TEXT, (1, 2), ("action", "doors"), "high")


@pytest.mark.parametrize(("recorded", "is_found"), [("2026-03-30", False), ("2026-03-31", False), ("2026-04-01", True)])
def test_recorded_by_the_last_day_is_recorded_in_time(recorded: str, is_found: bool) -> None:
    """The last day of the deadline is still in time; the day after is not."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on(recorded).record(DONE)
    assert bool(book.told(completion_back_dated, "2026-05-20")) is is_found


@pytest.mark.parametrize(
    ("dated", "is_found"),
    [("2026-03-30", True), ("2026-03-31", True), ("2026-04-01", False), ("2026-03", True), ("2026-03/2026-04", False)],
)
def test_dated_by_the_last_day_is_dated_in_time(dated: str, is_found: bool) -> None:
    """A completion certainly dated by the last day is reported; one that may be later claims nothing that the ledger grants."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(ActionCompleted(trust="RHA", on=dated, action="doors"))
    assert bool(book.told(completion_back_dated, "2026-05-20")) is is_found


@pytest.mark.parametrize(
    ("published", "is_found"),
    [
        (None, True),
        ("2026-01-05", True),
        ("2026-03-27", True),
        ("2026-03-28", False),
        ("2026-03-31", False),
        ("2026-04-01", True),
        ("2026-03", False),
        ("2026-03/2026-04", True),
    ],
)
def test_a_source_of_the_time_attests_the_completion(published: str | None, is_found: bool) -> None:
    """A source published after it was done and by the deadline settles it; one from before it was done can't tell of it."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(DONE, sources=[paper(published)])
    assert bool(book.told(completion_back_dated, "2026-05-20")) is is_found


def test_what_was_public_before_its_source_was_known_in_time() -> None:
    """A citation that says since when the fact was public attests it."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(DONE, sources=[Citation(source=paper("2026-05-10"), public_since="2026-03-29")])
    assert book.told(completion_back_dated, "2026-05-20") == []


def test_a_source_added_later_attests_too() -> None:
    """A corroboration by a source of the time settles it."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(DONE)
    book.on("2026-05-15").corroborate(2, paper("2026-03-30"))
    assert book.told(completion_back_dated, "2026-05-20") == []


def test_a_pass_on_record_that_the_completion_contradicts_is_cited() -> None:
    """The ledger had noted that the deadline passed: the exception says when, and cites that entry."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-02").sweep("2026-04-02")
    book.on("2026-05-14").record(DONE)
    noted = " On 2 April 2026 the ledger had noted that the deadline passed."
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT + noted, (1, 2, 3))]


def test_a_pass_taken_back_put_on_record_ahead_or_of_another_day_is_not_cited() -> None:
    """What was noted wrongly, too early or of another deadline contradicts nothing."""
    book = Book()
    book.on("2026-01-10").record(DOORS, ActionCommitted(trust="RHA", on="2026-01-05", action="b", title="B", due="2026-02-28"))
    book.on("2026-03-03").sweep("2026-04-02")
    book.on("2026-05-14").record(DONE)
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT, (1, 5))]
    book.on("2026-05-15").retract(4, reason="ran ahead")
    book.on("2026-05-16").sweep("2026-05-16")
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT, (1, 5))]


def test_only_the_pass_that_the_completion_contradicts_is_cited() -> None:
    """The pass of another action, of an earlier deadline of this one, one taken back and one of after it was done are not."""
    frames = ActionCommitted(trust="RHA", on="2026-01-05", action="frames", title="Fit frames", due="2026-03-31")
    february = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-02-28")
    revised = ActionDeadlineRevised(trust="RHA", on="2026-03-05", action="doors", due="2026-03-31")
    book = Book()
    book.on("2026-01-10").record(february, frames)
    book.on("2026-03-04").sweep("2026-03-04")
    book.on("2026-03-05").record(revised)
    book.on("2026-04-02").sweep("2026-04-02")
    passes = [
        (e.number, e.fact.about[1]) for e in book.dossier("2026-04-02").known if isinstance(e.event, ActionDeadlinePassed)
    ]
    assert passes == [(3, "doors"), (5, "doors"), (6, "frames")]
    book.on("2026-05-14").retract(5, reason="seen by mistake")
    book.on("2026-05-14").record(DONE, ActionReopened(trust="RHA", on="2026-05-01", action="doors"))
    (seen,) = book.on("2026-05-15").sweep("2026-05-15")
    assert seen.event == ActionDeadlinePassed(trust="RHA", on="2026-05-02", action="doors", due="2026-03-31")
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT, (4, 8))]


def test_a_correction_that_moves_a_completion_to_before_the_deadline_is_reported() -> None:
    """The exception says which date stood before, and cites the entry that held it."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-10").record(ActionCompleted(trust="RHA", on="2026-04-09", action="doors"), sources=[paper("2026-04-10")])
    book.on("2026-05-14").correct(2, DONE, reason="typing error")
    text = (
        "“Fit new doors” was due 31 March 2026. Its completion, dated 28 March 2026, was recorded on 14 May 2026 by a "
        "correction, in place of 9 April 2026; no source cited for it was published between that date and the deadline."
    )
    assert book.told(completion_back_dated, "2026-05-20") == [(text, (1, 2, 3))]


@pytest.mark.parametrize(
    "wrong",
    [
        ActionProgressReported(trust="RHA", on="2026-03-27", action="doors", text="Fitted"),
        ActionCompleted(trust="RHA", on="2026-03-28", action="doors", claimed_by="Estates"),
    ],
)
def test_a_correction_that_moves_no_completion_says_no_other_date(wrong: Event) -> None:
    """What was no completion, or gave the same date, and is put right after the deadline is told as a correction."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-10").record(wrong)
    book.on("2026-05-14").correct(2, DONE, reason="misread")
    ((text, entries),) = book.told(completion_back_dated, "2026-05-20")
    assert "was recorded on 14 May 2026 by a correction; no source" in text
    assert entries == (1, 3)


def test_what_the_record_said_of_another_action_or_of_a_later_day_says_nothing_of_it() -> None:
    """Only a completion of this action, dated within the deadline, was known of in time."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-29").record(ActionCompleted(trust="RHA", on="2026-03-28", action="frames", title="Fit frames"))
    book.on("2026-03-30").record(ActionCompleted(trust="RHA", on="2026-04-09", action="doors"))
    book.on("2026-05-14").correct(3, DONE, reason="misread")
    ((text, entries),) = book.told(completion_back_dated, "2026-05-20")
    assert "in place of 9 April 2026" in text
    assert entries == (1, 3, 4)


def test_only_what_completes_is_a_completion() -> None:
    """A second claim of what is done already, and news of another kind, complete nothing: whenever they are recorded."""
    imprecise = ActionCommitted(trust="RHA", on="2025-10/2026-03", action="frames", title="Fit frames", due="2026-03-31")
    book = Book()
    book.on("2026-01-10").record(DOORS, imprecise)
    book.on("2026-03-29").record(DONE)
    book.on("2026-05-14").record(
        ActionCompleted(trust="RHA", on="2026-03-30", action="doors", claimed_by="Estates"),
        ActionProgressReported(trust="RHA", on="2026-03-01", action="frames", text="Half are fitted"),
    )
    assert book.told(completion_back_dated, "2026-05-20") == []


@pytest.mark.parametrize("moved", [DONE, ActionCompleted(trust="RHA", on="2026-03-20", action="doors")])
def test_what_the_record_said_in_time_may_be_corrected_later(moved: ActionCompleted) -> None:
    """A completion on record by the deadline is not back-dated by a later correction within the deadline."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-30").record(ActionCompleted(trust="RHA", on="2026-03-28", action="doors", claimed_by="Estates"))
    book.on("2026-05-14").correct(2, moved, reason="the claimant was misread")
    assert book.told(completion_back_dated, "2026-05-20") == []


def test_what_was_taken_back_before_the_deadline_was_not_on_record_by_then() -> None:
    """A claim taken back in time and recorded anew after the deadline is reported; taken back afterwards, it was known."""
    early, late = Book(), Book()
    for book, taken_back in ((early, "2026-03-30"), (late, "2026-04-30")):
        book.on("2026-01-10").record(DOORS)
        book.on("2026-03-29").record(DONE)
        book.on(taken_back).retract(2, reason="not so")
        book.on("2026-05-14").record(DONE)
    assert early.told(completion_back_dated, "2026-05-20") == [(TEXT, (1, 4))]
    assert late.told(completion_back_dated, "2026-05-20") == []


def test_the_deadline_is_the_one_then_in_force() -> None:
    """After a revision in time the completion is held against the new deadline, and against that only."""
    revised = ActionDeadlineRevised(trust="RHA", on="2026-03-01", action="doors", due="2026-06-30")
    book = Book()
    book.on("2026-01-10").record(DOORS, revised)
    book.on("2026-05-14").record(DONE)
    assert book.told(completion_back_dated, "2026-05-20") == []
    book.on("2026-07-14").correct(3, ActionCompleted(trust="RHA", on="2026-03-29", action="doors"), reason="misread")
    assert book.told(completion_back_dated, "2026-07-20") == []  # the record said in May that it was done
    book.on("2026-07-15").retract(4, reason="wrong")
    book.on("2026-07-16").record(ActionCompleted(trust="RHA", on="2026-06-01", action="doors"))
    ((text, entries),) = book.told(completion_back_dated, "2026-07-20")
    assert text.startswith(
        "“Fit new doors” was due 30 June 2026. Its completion, dated 1 June 2026, was recorded on 16 July 2026;"
    )
    assert entries == (2, 6)


def test_a_completion_that_was_undone_is_still_reported() -> None:
    """Each completion is looked at, also one that a reopening undid; one on record in time does not cover another."""
    again = ActionCompleted(trust="RHA", on="2026-03-30", action="doors")
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-28").record(DONE)
    book.on("2026-03-29").record(ActionReopened(trust="RHA", on="2026-03-29", action="doors"))
    book.on("2026-05-14").record(again, ActionReopened(trust="RHA", on="2026-05-13", action="doors"))
    ((text, entries),) = book.told(completion_back_dated, "2026-05-20")
    assert "dated 30 March 2026, was recorded on 14 May 2026" in text
    assert entries == (1, 4)


def test_a_verification_that_completes_is_a_completion() -> None:
    """Where nobody claimed it, the one who verifies says that it was done."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(ActionVerified(trust="RHA", on="2026-03-28", action="doors", verified_by="Internal Audit"))
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT, (1, 2))]


def test_a_commitment_of_imprecise_date_sets_the_deadline_all_the_same() -> None:
    """A commitment that counts only from after the completion, as its date is imprecise, does not hide that it was due."""
    book = Book()
    book.on("2026-01-10").record(
        ActionCommitted(trust="RHA", on="2025-10/2026-03", action="doors", title="Fit new doors", due="2026-03-31")
    )
    book.on("2026-05-14").record(DONE)
    assert book.told(completion_back_dated, "2026-05-20") == [(TEXT, (1, 2))]


@pytest.mark.parametrize("due", [None, "2026-02/.."])
def test_what_has_no_last_day_cannot_be_back_dated(due: str | None) -> None:
    """An action without a deadline, or one that never passes, has nothing to be dated before."""
    book = Book()
    book.on("2026-01-10").record(ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due=due))
    book.on("2026-05-14").record(DONE)
    assert book.told(completion_back_dated, "2026-05-20") == []


def test_what_was_given_up_is_no_deadline() -> None:
    """A deadline that a decision gave up before the completion is not in force."""
    book = Book()
    book.on("2026-01-10").record(DOORS, ActionDeadlineRevised(trust="RHA", on="2026-03-01", action="doors", due=None))
    book.on("2026-05-14").record(DONE)
    assert book.told(completion_back_dated, "2026-05-20") == []


def test_the_public_reads_of_public_sources_only() -> None:
    """In a public view the rule goes by what is public, and says nothing of the passes that the ledger noted."""
    letter = Source(publisher="The trust", title="Letter", marking="public", published="2026-01-09")
    late = Source(publisher="The trust", title="Annual report", marking="public", published="2026-05-13")
    book = Book()
    book.on("2026-01-10").record(DOORS, sources=[letter])
    book.on("2026-04-02").sweep("2026-04-02")
    book.on("2026-05-14").record(Draft(event=DONE, sources=[late]))
    assert book.told(completion_back_dated, "2026-05-20", public_on="2026-05-20") == [(TEXT, (1, 3))]
    assert book.told(completion_back_dated, "2026-05-20", public_on="2026-05-12") == []


def moved(on: str = "2026-03-20", due: str | None = "2026-06-30") -> ActionDeadlineRevised:
    """Give a decision to move the deadline of the doors."""
    return ActionDeadlineRevised(trust="RHA", on=on, action="doors", due=due, reason="supplier", approved_by="Board")


WITHDRAWN = ActionWithdrawn(trust="RHA", on="2026-03-20", action="doors", reason="supplier")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (moved(), "A decision to move that to 30 June 2026 dated 20 March 2026"),
        (moved(due=None), "A decision to give that date up dated 20 March 2026"),
        (WITHDRAWN, "Its withdrawal dated 20 March 2026"),
    ],
)
def test_a_decision_recorded_after_the_deadline_and_dated_before_it_is_reported(fact: Event, words: str) -> None:
    """A miss that a decision dated back takes away is told, with the pass that the ledger had noted."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-04-02").sweep("2026-04-02")
    book.on("2026-05-14").record(fact)
    (found,) = slip_back_dated.exceptions(book.dossier("2026-05-20"))
    assert found.text == (
        f"“Fit new doors” was due 31 March 2026. {words} was recorded on 14 May 2026; no source cited for it was published "
        "between that date and the deadline. On 2 April 2026 the ledger had noted that the deadline passed."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1, 2, 3), ("action", "doors"), "high")


@pytest.mark.parametrize(
    ("fact", "recorded", "is_found"),
    [
        (moved(), "2026-03-31", False),
        (moved(), "2026-04-01", True),
        (moved("2026-03-31"), "2026-05-14", True),
        (moved("2026-04-01"), "2026-05-14", False),
        (moved("2026-03-20", "2026-03-31"), "2026-05-14", False),
        (ActionProgressReported(trust="RHA", on="2026-03-20", action="doors", text="delayed"), "2026-05-14", False),
    ],
)
def test_a_decision_is_dated_back_only_from_after_the_last_day_to_by_it(fact: Event, recorded: str, is_found: bool) -> None:
    """Through the last day it is recorded in time; one dated later is another matter, and one that moves nothing is none."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on(recorded).record(fact)
    assert bool(book.told(slip_back_dated, "2026-05-20")) is is_found


@pytest.mark.parametrize(
    ("published", "is_found"), [("2026-03-19", True), ("2026-03-20", False), ("2026-03-31", False), ("2026-04-01", True)]
)
def test_a_source_of_the_time_attests_a_decision(published: str, is_found: bool) -> None:
    """What was published between the decision and the deadline told of it in time."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-05-14").record(moved(), sources=[paper(published)])
    assert bool(book.told(slip_back_dated, "2026-05-20")) is is_found


def test_a_decision_on_record_in_time_may_be_corrected_later() -> None:
    """Nothing was dated back where the record said so by the last day, in whatever words."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-25").record(moved())
    book.on("2026-05-14").correct(2, moved("2026-03-21"), reason="misread")
    assert book.told(slip_back_dated, "2026-05-20") == []


def test_an_innocent_entry_corrected_into_a_slip_was_not_on_record_in_time() -> None:
    """What stood in its place by the last day said nothing of the decision."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    book.on("2026-03-22").record(ActionProgressReported(trust="RHA", on="2026-03-20", action="doors", text="delayed"))
    book.on("2026-05-14").correct(2, moved(), reason="misread")
    assert len(book.told(slip_back_dated, "2026-05-20")) == 1


def test_what_was_done_by_then_was_not_missed() -> None:
    """A decision about an action that was completed takes no miss away."""
    book = Book()
    book.on("2026-01-10").record(DOORS, ActionCompleted(trust="RHA", on="2026-03-10", action="doors"))
    book.on("2026-05-14").record(moved())
    assert book.told(slip_back_dated, "2026-05-20") == []
