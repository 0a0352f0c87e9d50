"""Moves of a deadline: by decision and by correction of the record; the first due period is never lost."""

from datetime import UTC, datetime

import pytest

from ledger import Deadline, Ledger, Source, When
from ledger._deadline import Due
from ledger._moves import Move, dues, moves
from ledger._store import MemoryRecorder
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ActionProgressReported,
    Event,
    NoticeIssued,
    NoticeRequirement,
    RatingChanged,
    RequirementAssessed,
    RequirementMade,
)

LETTER = Source(publisher="The trust", title="Open letter", marking="public", published="2026-01-15")
REPORT = Source(publisher="The trust", title="Report", marking="public", published="2026-03-01")
BRIEFING = Source(publisher="A council", title="Briefing", marking="confidential")
ABOUT = ("action", "wards")


class Clock:
    """A clock that is set by hand."""

    now = datetime(2026, 2, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time that it was set to."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock at noon of 1 February 2026."""
    return Clock()


@pytest.fixture
def ledger(clock: Clock) -> Ledger:
    """Give an empty ledger."""
    return Ledger(MemoryRecorder(), by="analyst", clock=clock)


def committed(due: str | None = "2027-03", on: str = "2026-01-10") -> ActionCommitted:
    """Give a firm commitment."""
    return ActionCommitted(trust="RHA", on=on, action="wards", title="End dormitory wards", due=due)


def revised(due: str | None, on: str = "2026-11-05") -> ActionDeadlineRevised:
    """Give a revision of it."""
    return ActionDeadlineRevised(trust="RHA", on=on, action="wards", due=due)


def only(ledger: Ledger, day: str = "2026-12-01", **bounds: str) -> Deadline:
    """Give the only deadline there is on a day."""
    (found,) = ledger.at(day, **bounds).deadlines()
    return found


def told(deadline: Deadline) -> list[tuple[str | None, str | None, int, bool]]:
    """Give each move: from, to, which entry says so, and whether that is a correction."""
    return [
        (
            None if one.before is None else str(one.before),
            None if one.after is None else str(one.after),
            one.entry,
            one.is_correction,
        )
        for one in deadline.moves
    ]


# By decision


def test_a_decision_moves_a_deadline(ledger: Ledger) -> None:
    """Each revision in force is a move: from, to, when it was decided, why, who approved it, and the entry that says so."""
    ledger.record(
        committed(),
        ActionDeadlineRevised(
            trust="RHA", on="2026-11-05", action="wards", due="2027-09", reason="capital", approved_by="Board"
        ),
        revised("2027-06", "2026-11-20"),
    )
    assert only(ledger).moves == (
        Move(
            before=When("2027-03"), after=When("2027-09"), on=When("2026-11-05"), reason="capital", approved_by="Board", entry=2
        ),
        Move(before=When("2027-09"), after=When("2027-06"), on=When("2026-11-20"), entry=3),
    )
    assert [one.days for one in only(ledger).moves] == [183, -92]
    assert only(ledger).original_due == When("2027-03")
    assert only(ledger).summary == "committed, due June 2027, last day in 211 days; moved twice; no lead on record"


@pytest.mark.parametrize(("day", "times"), [("2026-11-04", 0), ("2026-11-05", 1), ("2026-11-19", 1), ("2026-11-20", 2)])
def test_a_decision_counts_from_its_day(day: str, times: int, ledger: Ledger) -> None:
    """The day before it was decided, a deadline has not been moved."""
    ledger.record(committed(), revised("2027-09"), revised("2027-06", "2026-11-20"))
    assert len(only(ledger, day).moves) == times
    assert only(ledger, day).row()["times_moved"] == times


def test_moves_come_in_the_order_they_took_effect(ledger: Ledger) -> None:
    """A decision recorded later that was made earlier comes first, and is what the next one moved from."""
    ledger.record(committed(), revised("2027-09", "2026-11-20"))
    ledger.record(revised("2027-06"))
    assert told(only(ledger)) == [("2027-03", "2027-06", 3, False), ("2027-06", "2027-09", 2, False)]


def test_moves_of_one_action_are_not_those_of_another(ledger: Ledger) -> None:
    """Each deadline has its own moves, and what is moved no more is told by `moves` all the same."""
    training = ActionCommitted(trust="RHA", on="2026-01-10", action="training", title="Train staff", due="2027-03")
    ledger.record(training, committed(), revised("2027-09"), revised("2027-12", "2026-11-20"))
    ledger.record(ActionCompleted(trust="RHA", on="2026-11-25", action="wards"))
    assert [(one.about[1], one.moves) for one in ledger.at("2026-12-01").deadlines()] == [("training", ())]
    assert {about: len(found) for about, found in moves(ledger.at("2026-12-01").dossier("RHA")).items()} == {ABOUT: 2}


# By correction


def test_a_correction_of_a_due_counts_as_a_move(ledger: Ledger, clock: Clock) -> None:
    """It is about the record, so its day is the day it was recorded, nobody approved it, and the words say what it was."""
    ledger.record(committed())
    clock.now = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    ledger.correct(1, committed("2027-09"), reason="misread")
    assert only(ledger).moves == (
        Move(
            before=When("2027-03"), after=When("2027-09"), on=When("2026-04-01"), reason="misread", entry=2, is_correction=True
        ),
    )
    assert (only(ledger).original_due, only(ledger).due) == (When("2027-03"), When("2027-09"))
    assert only(ledger).summary == (
        "committed, due September 2027, last day in 303 days; moved once, by correcting the record; no lead on record"
    )
    known = only(ledger, known_at="2026-03-31")
    assert (known.moves, known.original_due, known.due) == ((), When("2027-03"), When("2027-03"))


def test_a_chain_of_corrections_leads_back_to_the_first_due(ledger: Ledger) -> None:
    """However often the record was corrected, what it first said is the original, and each step that moved the due is a move."""
    ledger.record(committed())
    ledger.correct(1, committed("2027-06"), reason="misread")
    ledger.correct(2, committed("2027-06", "2026-01-11"), reason="the day was wrong")
    ledger.correct(3, committed("2027-09", "2026-01-11"), reason="misread again")
    assert told(only(ledger)) == [("2027-03", "2027-06", 2, True), ("2027-06", "2027-09", 4, True)]
    assert only(ledger).original_due == When("2027-03")
    assert "; moved twice, by correcting the record; " in only(ledger).summary


def test_decisions_and_corrections_are_both_counted(ledger: Ledger) -> None:
    """Decisions come first; the commitment's due is the original through a correction of it and of what revised it."""
    ledger.record(committed(), revised("2027-09"), revised("2027-12", "2026-11-20"))
    ledger.correct(2, revised("2027-10"), reason="misread")
    ledger.correct(1, committed("2027-04"), reason="misread")
    assert told(only(ledger)) == [
        ("2027-04", "2027-10", 4, False),
        ("2027-10", "2027-12", 3, False),
        ("2027-09", "2027-10", 4, True),
        ("2027-03", "2027-04", 5, True),
    ]
    assert only(ledger).original_due == When("2027-03")
    assert "; moved 4 times, twice by correcting the record; " in only(ledger).summary
    ledger.retract(3, reason="never decided")
    assert "; moved 3 times, twice by correcting the record; " in only(ledger).summary


def test_one_correction_among_moves_reads_aloud(ledger: Ledger) -> None:
    """One of them is said to be once."""
    ledger.record(committed(), revised("2027-09"))
    ledger.correct(2, revised("2027-10"), reason="misread")
    assert "; moved twice, once by correcting the record; " in only(ledger).summary


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ("2027-03", "2027-03", False),
        ("2027-03", "2027-03-31", False),
        ("2027-03", "2027-03?", True),
        ("2027-03", None, True),
        (None, "2027-03", True),
        (None, None, False),
    ],
)
def test_a_correction_moves_a_due_where_what_it_says_of_it_differs(
    before: str | None, after: str | None, *, moved: bool, ledger: Ledger
) -> None:
    """Another expression, one taken away and one added count; a correction of something else does not."""
    ledger.record(committed(before))
    ledger.correct(1, committed(after, "2026-01-11"), reason="misread")
    found = moves(ledger.at("2026-12-01").dossier("RHA")).get(ABOUT, [])
    assert [(one.before, one.after) for one in found] == ([(before and When(before), after and When(after))] if moved else [])


def test_a_due_that_a_correction_added_or_brought_back_is_told(ledger: Ledger) -> None:
    """Where the record first had none, the first that it had is the original; where it lost one, that is it still."""
    ledger.record(committed(None))
    ledger.correct(1, committed("2027-06"), reason="left out")
    assert (only(ledger).original_due, told(only(ledger))) == (When("2027-06"), [(None, "2027-06", 2, True)])
    ledger.correct(2, committed(None), reason="there was none")
    assert ledger.at("2026-12-01").deadlines() == []
    ledger.correct(3, committed("2027-09"), reason="there was one")
    assert only(ledger).original_due == When("2027-06")
    assert told(only(ledger)) == [(None, "2027-06", 2, True), ("2027-06", None, 3, True), (None, "2027-09", 4, True)]


@pytest.mark.parametrize(("day", "corrections"), [("2026-11-04", 0), ("2026-11-05", 1)])
def test_a_correction_of_what_is_still_to_come_has_moved_nothing_yet(day: str, corrections: int, ledger: Ledger) -> None:
    """A decision of a day to come moves the deadline on that day, and so does a correction of it."""
    ledger.record(committed(), revised("2028-01"))
    ledger.correct(2, revised("2028-03"), reason="misread")
    assert sum(one.is_correction for one in only(ledger, day).moves) == corrections


@pytest.mark.parametrize(
    ("before", "after"), [("2026-01-10", "2026-11-05"), ("2026-11-05", "2026-01-10"), ("2026-01/2026-12", "2027")]
)
def test_a_correction_from_or_to_a_day_gone_by_counts(before: str, after: str, ledger: Ledger) -> None:
    """Where what was corrected, or what it was corrected to, may have taken effect, the record's due was moved."""
    ledger.record(committed())
    ledger.record(revised("2028-01", before))
    ledger.correct(2, revised("2028-03", after), reason="misread")
    assert [one for one in told(only(ledger, "2026-06-01")) if one[3]] == [("2028-01", "2028-03", 3, True)]


def test_notes_and_other_facts_move_nothing(ledger: Ledger) -> None:
    """Retractions, of facts to come too, corroborations taken back and corrections of another type are no moves."""
    progress = ActionProgressReported(trust="RHA", on="2026-02-01", action="wards", text="Going well.")
    ledger.record(committed(), progress, revised("2028-01", "2027-01-01"), sources=[LETTER])
    ledger.corroborate(1, REPORT)
    ledger.retract(4, reason="says something else")
    ledger.retract(3, reason="never decided")
    ledger.correct(2, revised("2027-09", "2026-02-01"), reason="a decision")
    assert told(only(ledger)) == [("2027-03", "2027-09", 7, False)]


# Which due was first


def test_the_first_due_is_the_commitments(ledger: Ledger) -> None:
    """Where a revision counts before the commitment, the commitment's due is the original all the same."""
    ledger.record(revised("2027-09"), committed(on="2026"))
    found = only(ledger, "2027-01-01")
    assert (found.original_due, found.due) == (When("2027-03"), When("2027-09"))
    assert found.original_due == ledger.at("2027-01-01").trust("RHA").actions["wards"].original_due


def test_a_revision_alone_leaves_the_first_due_unknown(ledger: Ledger) -> None:
    """What it was moved from is not on record, nor what was due at first: no move. A commitment without a due has the revision's."""
    ledger.record(revised("2027-09"))
    assert (only(ledger).original_due, told(only(ledger))) == (None, [])
    ledger.correct(1, revised("2027-10"), reason="misread")
    assert only(ledger).original_due is None
    ledger.record(committed(None))
    assert only(ledger).original_due == When("2027-09")


def test_the_first_of_two_commitments_that_differ_is_the_original(ledger: Ledger) -> None:
    """Sources that disagree move nothing."""
    ledger.record(committed(), committed("2027-06", "2026-02-01"))
    assert (only(ledger).original_due, only(ledger).due, only(ledger).moves) == (When("2027-03"), When("2027-03"), ())


def test_the_first_due_of_what_may_be_in_force_is_not_lost(ledger: Ledger) -> None:
    """Of a commitment of imprecise date, what the record first said is the original too, and its correction a move."""
    ledger.record(committed(on="2026-02/2028"))
    ledger.correct(1, committed("2027-09", "2026-02/2028"), reason="misread")
    found = only(ledger)
    assert (found.is_certain, found.due, found.original_due) == (False, When("2027-09"), When("2027-03"))
    assert told(found) == [("2027-03", "2027-09", 2, True)]


def issued(due: str | None, other: str | None = "2027-06") -> NoticeIssued:
    """Give a notice with two requirements."""
    return NoticeIssued(
        trust="RHA",
        on="2026-01-10",
        notice="warning",
        kind="Warning Notice",
        requirements=[
            NoticeRequirement(requirement="staffing", text="Have enough staff", comply_by=due),
            NoticeRequirement(requirement="records", text="Complete records", comply_by=other),
        ],
    )


@pytest.mark.parametrize(
    ("before", "after", "about"),
    [
        (
            ActionPlanRequested(trust="RHA", on="2026-01-10", plan="well-led", due="2027-03"),
            ActionPlanRequested(trust="RHA", on="2026-01-10", plan="well-led", due="2027-04"),
            ("plan", "well-led"),
        ),
        (
            RequirementMade(trust="RHA", on="2026-01-10", requirement="staffing", text="Have enough staff", due="2027-03"),
            RequirementMade(trust="RHA", on="2026-01-10", requirement="staffing", text="Have enough staff", due="2027-04"),
            ("requirement", "staffing"),
        ),
        (issued("2027-03"), issued("2027-04"), ("notice", "warning", "staffing")),
    ],
)
def test_a_correction_moves_the_deadline_of_a_duty(before: Event, after: Event, about: tuple[str, ...], ledger: Ledger) -> None:
    """A plan, a requirement, and one requirement of a notice: the one whose day was corrected was moved, and no other."""
    ledger.record(before)
    ledger.correct(1, after, reason="misread")
    found = {one.about: one for one in ledger.at("2026-12-01").deadlines()}
    assert (found[about].original_due, found[about].due) == (When("2027-03"), When("2027-04"))
    assert {one: len(deadline.moves) for one, deadline in found.items()} == {**dict.fromkeys(found, 0), about: 1}


def test_a_requirement_made_again_after_it_was_assessed_begins_anew(ledger: Ledger) -> None:
    """Its first due is that of the second making: nothing was moved."""
    made = RequirementMade(trust="RHA", on="2026-01-10", requirement="staffing", text="Have enough staff", due="2026-06")
    assessed = RequirementAssessed(trust="RHA", on="2026-07-01", requirement="staffing", outcome="not met")
    again = RequirementMade(trust="RHA", on="2026-08-01", requirement="staffing", text="Have enough staff", due="2027-03")
    ledger.record(made, assessed, again)
    found = only(ledger)
    assert (found.original_due, found.due, found.moves, found.standing) == (When("2027-03"), When("2027-03"), (), Due.UPCOMING)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (committed(), {ABOUT: When("2027-03")}),
        (committed(None), {ABOUT: None}),
        (revised("2027-09"), {ABOUT: When("2027-09")}),
        (ActionPlanRequested(trust="RHA", on="2026-01-10", plan="well-led"), {("plan", "well-led"): None}),
        (
            RequirementMade(trust="RHA", on="2026-01-10", requirement="r", text="Do it", due="2027"),
            {("requirement", "r"): When("2027")},
        ),
        (issued("2027-03", None), {("notice", "warning", "staffing"): When("2027-03"), ("notice", "warning", "records"): None}),
        (RatingChanged(trust="RHA", on="2026-01-10", rating="Good"), {}),
        (None, {}),
    ],
)
def test_the_due_periods_that_an_event_sets(event: object, expected: dict[tuple[str, ...], When | None]) -> None:
    """Each by what it is of; none where an event sets none, also where it has room for one."""
    assert dues(event) == expected


# As the public could know


def test_nothing_of_a_confidential_decision_is_in_a_public_view(ledger: Ledger) -> None:
    """A revision, a completion and an action that only a confidential source tells are in no line and no count."""
    secret = ActionCommitted(trust="RHA", on="2026-01-10", action="secret", title="Secret", due="2027-03", part_of="wards")
    ledger.record(committed(), sources=[LETTER])
    ledger.record(
        secret,
        revised("2027-09"),
        ActionProgressReported(trust="RHA", on="2026-11-10", action="wards", text="Secret."),
        ActionCompleted(trust="RHA", on="2026-11/2027-12", action="wards"),
        sources=[BRIEFING],
    )
    ledger.correct(3, revised("2027-12"), reason="misread")
    assert len(ledger.at("2026-12-01").deadlines()) == 2
    found = only(ledger, public_on="2026-12-01")
    assert found == Deadline(
        trust="RHA",
        about=ABOUT,
        heading="End dormitory wards",
        due=When("2027-03"),
        standing=Due.UPCOMING,
        days=-120,
        original_due=When("2027-03"),
        is_forecast=True,
        firmness=found.firmness,
        last_heard=found.last_heard,
        entries=(1,),
    )
    assert str(found.last_heard) == "2026-01-10"
    dossier = ledger.at("2026-12-01", public_on="2026-12-01").dossier("RHA")
    assert (len(dossier.known), dossier.uncertain, moves(dossier)) == (1, (), {})


def test_what_a_public_correction_replaced_in_confidence_stays_in_confidence(ledger: Ledger) -> None:
    """Where only the corrected fact was ever public, its due is the first that the public knew, and nothing was moved."""
    ledger.record(committed("2027-01"), sources=[BRIEFING])
    ledger.correct(1, committed(), reason="the letter says March", sources=[LETTER])
    inside, public = only(ledger), only(ledger, public_on="2026-12-01")
    assert (inside.original_due, len(inside.moves)) == (When("2027-01"), 1)
    assert (public.original_due, public.moves, public.row()["times_moved"]) == (When("2027-03"), (), 0)


def test_a_public_correction_is_a_move_without_its_reason(ledger: Ledger) -> None:
    """The public could see both due periods, so it is counted; why it was corrected is told inside only."""
    ledger.record(committed(), sources=[LETTER])
    ledger.correct(1, committed("2027-09"), reason="a secret reason")
    public = only(ledger, public_on="2026-12-01")
    assert told(public) == [("2027-03", "2027-09", 2, True)]
    assert (public.moves[0].reason, only(ledger).moves[0].reason) == (None, "a secret reason")
    assert public.original_due == When("2027-03")


@pytest.mark.parametrize(("day", "listed"), [("2026-01-14", 0), ("2026-01-15", 1)])
def test_a_deadline_is_public_from_the_day_of_its_source(day: str, listed: int, ledger: Ledger) -> None:
    """The day before it was published, the public knew of none."""
    ledger.record(committed(), sources=[LETTER])
    assert len(ledger.at("2026-12-01", public_on=day).deadlines()) == listed


def test_what_became_public_by_another_source_keeps_its_first_due(ledger: Ledger) -> None:
    """A fact that a later public source confirms was public, so what it said before it was corrected is not hidden."""
    ledger.record(committed(), sources=[BRIEFING])
    ledger.corroborate(1, LETTER)
    ledger.correct(1, committed("2027-09"), reason="misread")
    public = only(ledger, public_on="2026-12-01")
    assert (public.original_due, told(public)) == (When("2027-03"), [("2027-03", "2027-09", 3, True)])
    assert ledger.at("2026-12-01", public_on="2026-01-14").deadlines() == []
