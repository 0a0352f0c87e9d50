"""Actions: commitments, their deadlines, and what became of them."""

from datetime import date

import pytest

from ledger import When, with_midnights
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionProgressReported,
    ActionReassigned,
    ActionRechecked,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    ConditionOutcome,
    Event,
    Evidence,
    Firmness,
    RecheckOutcome,
)
from ledger.projections.actions import Action, ActionCondition, Revision, Status, actions

COMMITTED = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End dormitory wards", due="2027-03")
REVISED = ActionDeadlineRevised(
    trust="RHA", on="2026-11-05", action="dormitories", due="2027-09", reason="capital", approved_by="Board"
)
COMPLETED = ActionCompleted(trust="RHA", on="2027-02-01", action="dormitories")
VERIFIED = ActionVerified(trust="RHA", on="2027-02-20", action="dormitories", verified_by="Internal Audit")
REOPENED = ActionReopened(trust="RHA", on="2027-03-10", action="dormitories")
WITHDRAWN = ActionWithdrawn(trust="RHA", on="2027-02-01", action="dormitories")


def at(until: str, *given: Event) -> Action:
    """Give the action on a day, after some facts and the deadlines that passed between them."""
    return actions.fold(with_midnights(given, date.fromisoformat(until)))["dormitories"]


def test_a_commitment_is_on_record_as_made() -> None:
    """Everything that a commitment says is kept, and the action is open."""
    committed = ActionCommitted(
        trust="RHA",
        on="2025-10/2026-03",
        action="dormitories",
        title="End dormitory wards",
        firmness="targeted",
        due="2027-03",
        subject_to=["planning consent", "national capital approval"],
        answers=["dignity", "premises"],
        part_of="estates-plan",
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
    )
    action = actions.fold([committed])["dormitories"]
    assert action == Action(
        action="dormitories",
        title="End dormitory wards",
        firmness=Firmness.TARGETED,
        due=When("2027-03"),
        original_due=When("2027-03"),
        conditions=(ActionCondition(condition="national capital approval"), ActionCondition(condition="planning consent")),
        committed_on=When("2025-10/2026-03"),
        part_of="estates-plan",
        answers=frozenset({"dignity", "premises"}),
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
        last_heard=date(2026, 3, 31),
    )
    assert action.is_open
    assert action.status is Status.OPEN


def test_a_second_commitment_moves_nothing_and_gathers_what_it_adds() -> None:
    """What was committed to first stands; a due period that differs is kept beside it, further conditions and answers are added."""
    first = ActionCommitted(
        trust="RHA",
        on="2026-01-10",
        action="dormitories",
        title="End dormitory wards",
        firmness="targeted",
        due="2027-03",
        subject_to=["planning consent"],
        answers=["dignity"],
        part_of="estates-plan",
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
    )
    second = ActionCommitted(
        trust="RHA",
        on="2026-02-10",
        action="dormitories",
        title="Dormitories closed",
        firmness="committed",
        due="2027-06",
        subject_to=["planning consent", "capital"],
        answers=["premises"],
        part_of="other-plan",
        owner_body="the council",
        lead="Chief Nurse",
        committee="Board",
        service="All wards",
        place="Elm ward",
    )
    assert actions.fold([first, second])["dormitories"] == Action(
        action="dormitories",
        title="End dormitory wards",
        firmness=Firmness.TARGETED,
        due=When("2027-03"),
        original_due=When("2027-03"),
        other_dues=(When("2027-06"),),
        conditions=(ActionCondition(condition="planning consent"), ActionCondition(condition="capital")),
        committed_on=When("2026-01-10"),
        part_of="estates-plan",
        answers=frozenset({"dignity", "premises"}),
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
        last_heard=date(2026, 2, 10),
    )


def test_a_second_commitment_fills_gaps() -> None:
    """What the first commitment left out comes from the second; sources that leave something out do not disagree."""
    bare = ActionCommitted(trust="RHA", on="2026-01-05", action="dormitories", title="End dormitory wards")
    full = ActionCommitted(
        trust="RHA",
        on="2026-01-10",
        action="dormitories",
        title="Dormitories",
        due="2027-03",
        part_of="estates-plan",
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
    )
    filled = actions.fold([bare, full])["dormitories"]
    assert (filled.due, filled.original_due, filled.other_dues) == (When("2027-03"), When("2027-03"), ())
    assert (filled.part_of, filled.owner_body, filled.lead) == ("estates-plan", "the trust", "Chief Operating Officer")
    assert (filled.committee, filled.service, filled.place) == ("Quality Committee", "Acute wards", "Oak ward")
    assert actions.fold([full, bare])["dormitories"].other_dues == ()


def test_each_due_period_that_differs_is_kept_once() -> None:
    """A due period that is in force, was the first, or is kept beside already is not kept again."""
    dues = ["2027-06", "2027-03", "2027-06", "2027-09", "2027-12"]
    again = [ActionCommitted(trust="RHA", on="2026-12-01", action="dormitories", title="Again", due=due) for due in dues]
    action = actions.fold([COMMITTED, REVISED, *again])["dormitories"]
    assert action.other_dues == (When("2027-06"), When("2027-12"))
    assert (action.due, action.original_due) == (When("2027-09"), When("2027-03"))


def test_a_condition_once_resolved_stays_so_when_stated_again() -> None:
    """A second commitment that repeats a condition does not undo its outcome."""
    first = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End", subject_to=["capital"])
    met = ActionConditionResolved(trust="RHA", on="2026-02-01", action="dormitories", condition_text="capital", outcome="met")
    again = ActionCommitted(trust="RHA", on="2026-03-01", action="dormitories", title="End", subject_to=["capital"])
    action = actions.fold([first, met, again])["dormitories"]
    assert action.conditions == (
        ActionCondition(condition="capital", outcome=ConditionOutcome.MET, resolved_on=When("2026-02-01")),
    )


@pytest.mark.parametrize("outcome", list(ConditionOutcome))
def test_a_condition_is_resolved(outcome: ConditionOutcome) -> None:
    """Any outcome resolves one condition, and says when; the others stay unresolved."""
    given = [
        ActionCommitted(
            trust="RHA", on="2026-01-10", action="dormitories", title="End", subject_to=["capital", "planning consent"]
        ),
        ActionConditionResolved(trust="RHA", on="2026-02", action="dormitories", condition_text="capital", outcome=outcome),
    ]
    action = actions.fold(given)["dormitories"]
    assert set(action.conditions) == {
        ActionCondition(condition="planning consent"),
        ActionCondition(condition="capital", outcome=outcome, resolved_on=When("2026-02")),
    }
    assert action.unresolved == (ActionCondition(condition="planning consent"),)
    assert action.last_heard == date(2026, 2, 28)


def test_the_latest_outcome_of_a_condition_stands() -> None:
    """A condition refused and later met is met, on the later day, and is named once."""
    given = [
        ActionConditionResolved(
            trust="RHA", on="2026-02-01", action="dormitories", condition_text="capital", outcome="refused"
        ),
        ActionConditionResolved(trust="RHA", on="2026-03-01", action="dormitories", condition_text="capital", outcome="met"),
    ]
    assert actions.fold(given)["dormitories"].conditions == (
        ActionCondition(condition="capital", outcome=ConditionOutcome.MET, resolved_on=When("2026-03-01")),
    )


def test_a_revision_moves_the_due_period_and_loses_nothing() -> None:
    """A revision keeps from, to, when, why and who approved; the first due period is never lost."""
    back = ActionDeadlineRevised(trust="RHA", on="2026-12", action="dormitories", due="2027-06")
    assert actions.fold([COMMITTED, REVISED, back])["dormitories"] == Action(
        action="dormitories",
        title="End dormitory wards",
        firmness=Firmness.COMMITTED,
        due=When("2027-06"),
        original_due=When("2027-03"),
        revisions=(
            Revision(
                before=When("2027-03"),
                after=When("2027-09"),
                on=When("2026-11-05"),
                reason="capital",
                approved_by="Board",
            ),
            Revision(before=When("2027-09"), after=When("2027-06"), on=When("2026-12")),
        ),
        committed_on=When("2026-01-10"),
        last_heard=date(2026, 12, 31),
    )


def test_a_deadline_given_up_leaves_no_date() -> None:
    """A revision to no date leaves the action open without one; the first is kept, and nothing passes."""
    given_up = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due=None)
    action = at("2030-01-01", COMMITTED, given_up)
    assert (action.due, action.original_due, action.missed, action.status) == (None, When("2027-03"), (), Status.OPEN)
    assert action.revisions == (Revision(before=When("2027-03"), after=None, on=When("2026-11-05")),)


@pytest.mark.parametrize(("due", "others"), [("2027-03", ()), ("2028-01", (When("2028-01"),)), (None, ())])
def test_a_deadline_given_up_is_not_brought_back(due: str | None, others: tuple[When, ...]) -> None:
    """A second commitment moves no due period, so it brings none back that was given up; one that differs is kept beside."""
    given_up = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due=None)
    second = ActionCommitted(trust="RHA", on="2026-12-01", action="dormitories", title="End dormitory wards", due=due)
    action = at("2030-01-01", COMMITTED, given_up, second)
    assert (action.due, action.original_due, action.other_dues) == (None, When("2027-03"), others)
    assert (action.missed, action.status) == ((), Status.OPEN)


@pytest.mark.parametrize(("until", "status"), [("2027-09-30", Status.OPEN), ("2027-10-01", Status.OVERDUE)])
def test_the_original_due_is_that_of_the_commitment(until: str, status: Status) -> None:
    """Where a revision counts before the commitment, the due it set is in force and the commitment's is the original."""
    committed = ActionCommitted(trust="RHA", on="2026", action="dormitories", title="End dormitory wards", due="2027-03")
    action = at(until, REVISED, committed)
    assert (action.due, action.original_due, action.other_dues) == (When("2027-09"), When("2027-03"), ())
    assert (action.status, [one.after for one in action.revisions]) == (status, [When("2027-09")])
    assert actions.fold([COMMITTED, REVISED])["dormitories"].original_due == When("2027-03")


def test_a_revision_alone_gives_no_original_due() -> None:
    """The due period that a revision sets is not the first: without a commitment, that is not on record."""
    action = actions.fold([REVISED])["dormitories"]
    assert (action.due, action.original_due) == (When("2027-09"), None)


def test_a_deadline_given_where_none_was_is_the_first() -> None:
    """The first due period on record is the original one, also where it came by a revision."""
    bare = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End dormitory wards")
    action = actions.fold([bare, REVISED])["dormitories"]
    assert (action.due, action.original_due) == (When("2027-09"), When("2027-09"))
    assert [one.before for one in action.revisions] == [None]


def test_an_action_is_reassigned() -> None:
    """What a reassignment names changes; what it leaves out stays."""
    given = [
        ActionReassigned(
            trust="RHA", on="2026-02-01", action="dormitories", owner_body="the trust", lead="Chief Nurse", committee="Board"
        ),
        ActionReassigned(trust="RHA", on="2026-03", action="dormitories", owner_body="the council"),
        ActionReassigned(trust="RHA", on="2026-04-01", action="dormitories", lead="Chief Operating Officer"),
        ActionReassigned(trust="RHA", on="2026-05-01", action="dormitories", committee="Quality Committee"),
        ActionReassigned(trust="RHA", on="2026-06-01", action="dormitories", owner_body="both bodies"),
    ]
    assert [actions.fold(given[:many])["dormitories"].owner_body for many in (4, 5)] == ["the council", "both bodies"]
    assert actions.fold(given)["dormitories"] == Action(
        action="dormitories",
        owner_body="both bodies",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        last_heard=date(2026, 6, 1),
    )


def test_progress_stands_as_last_reported() -> None:
    """The latest report stands, in the body's own words; a colour that it leaves out is not carried over."""
    given = [
        ActionProgressReported(trust="RHA", on="2026-02-01", action="dormitories", text="Two wards done.", rag="Amber"),
        ActionProgressReported(trust="RHA", on="2026-03", action="dormitories", text="Four wards done."),
    ]
    first = actions.fold(given[:1])["dormitories"]
    assert (first.progress, first.progress_on, first.rag) == ("Two wards done.", When("2026-02-01"), "Amber")
    assert actions.fold(given)["dormitories"] == Action(
        action="dormitories", progress="Four wards done.", progress_on=When("2026-03"), last_heard=date(2026, 3, 31)
    )


def test_a_completion_is_a_claim_with_evidence() -> None:
    """A completion without a commitment is possible: everything that it says is kept, and it is late for nothing."""
    evidence = Evidence(kind="photograph", reference="annex 2", dated="2027-01", seen_by="Estates Director")
    completed = ActionCompleted(
        trust="RHA",
        on="2027-02",
        action="dormitories",
        title="Dormitories closed",
        claimed_by="Chief Operating Officer",
        evidence=[evidence],
        answers=["dignity"],
    )
    action = actions.fold([completed])["dormitories"]
    assert action == Action(
        action="dormitories",
        title="Dormitories closed",
        completed_on=When("2027-02"),
        claimed_by="Chief Operating Officer",
        evidence=(evidence,),
        answers=frozenset({"dignity"}),
        last_heard=date(2027, 2, 28),
    )
    assert not action.is_open
    assert action.status is Status.COMPLETED


def test_a_second_completion_adds_what_it_says_and_moves_nothing() -> None:
    """The first day of completion stands; evidence and answers are gathered, and the claim told last names who claims."""
    given = [
        COMMITTED,
        ActionCompleted(
            trust="RHA",
            on="2027-02-01",
            action="dormitories",
            claimed_by="Chief Nurse",
            evidence=[Evidence(kind="report")],
            answers=["dignity"],
        ),
        ActionCompleted(
            trust="RHA",
            on="2027-05-01",
            action="dormitories",
            title="Dormitories closed",
            claimed_by="Board",
            evidence=[Evidence(kind="photograph")],
            answers=["premises"],
        ),
        ActionCompleted(trust="RHA", on="2027-06-01", action="dormitories"),
    ]
    action = at("2027-07-01", *given)
    assert (action.title, action.completed_on) == ("End dormitory wards", When("2027-02-01"))
    assert (action.claimed_by, action.answers) == ("Board", frozenset({"dignity", "premises"}))
    assert action.evidence == (Evidence(kind="report"), Evidence(kind="photograph"))
    assert (action.is_late, action.status) == (False, Status.COMPLETED)


def test_verification_is_somebody_elses_word() -> None:
    """Verifying a completed action keeps who did and when, and leaves the day of completion; evidence is gathered."""
    completed = ActionCompleted(trust="RHA", on="2027-02-01", action="dormitories", evidence=[Evidence(kind="report")])
    verified = ActionVerified(
        trust="RHA",
        on="2027-02",
        action="dormitories",
        verified_by="Internal Audit",
        evidence=[Evidence(kind="visit")],
    )
    action = actions.fold([completed, verified])["dormitories"]
    assert (action.completed_on, action.verified_on) == (When("2027-02-01"), When("2027-02"))
    assert (action.verified_by, action.status) == ("Internal Audit", Status.VERIFIED)
    assert action.evidence == (Evidence(kind="report"), Evidence(kind="visit"))
    assert action.last_heard == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("on", "is_late"),
    [("2027-03-30", False), ("2027-03-31", False), ("2027-04-01", True)],
)
def test_verified_without_completed_completes(on: str, *, is_late: bool) -> None:
    """An action that was verified and never said to be completed is completed by that day, and late if the due had passed."""
    verified = ActionVerified(trust="RHA", on=on, action="dormitories", verified_by="Internal Audit")
    action = at("2027-05-01", COMMITTED, verified)
    assert (action.completed_on, action.verified_on, action.is_late) == (When(on), When(on), is_late)
    assert (action.status, action.is_open) == (Status.VERIFIED, False)


@pytest.mark.parametrize(("on", "is_late"), [("2027-03-31", False), ("2027-04-01", True)])
def test_verification_leaves_lateness_as_it_was(on: str, *, is_late: bool) -> None:
    """Whether a completion was late is settled by its own day, however long its verification took."""
    completed = ActionCompleted(trust="RHA", on=on, action="dormitories")
    verified = ActionVerified(trust="RHA", on="2027-06-01", action="dormitories", verified_by="Internal Audit")
    assert at("2027-07-01", COMMITTED, completed, verified).is_late is is_late


@pytest.mark.parametrize("outcome", list(RecheckOutcome))
def test_a_recheck_is_noted_and_reopens_nothing(outcome: RecheckOutcome) -> None:
    """What a later check found, and who looked, is kept; only a reopening reopens."""
    rechecked = ActionRechecked(trust="RHA", on="2027-03", action="dormitories", outcome=outcome, by="Internal Audit")
    action = actions.fold([COMMITTED, COMPLETED, rechecked])["dormitories"]
    assert (action.rechecked_on, action.recheck, action.rechecked_by) == (When("2027-03"), outcome, "Internal Audit")
    assert (action.status, action.last_heard) == (Status.COMPLETED, date(2027, 3, 31))


@pytest.mark.parametrize("end", [COMPLETED, VERIFIED, WITHDRAWN])
def test_reopening_undoes_what_had_closed_it(end: Event) -> None:
    """Completed, verified or withdrawn, a reopened action is open, and the day it was reopened is kept."""
    assert not actions.fold([COMMITTED, end])["dormitories"].is_open
    action = actions.fold([COMMITTED, end, REOPENED])["dormitories"]
    assert action.is_open
    assert (action.completed_on, action.verified_on, action.verified_by, action.withdrawn_on) == (None, None, None, None)
    assert (action.is_late, action.claimed_by, action.evidence) == (False, None, ())
    assert (action.reopened_on, action.last_heard) == ((When("2027-03-10"),), date(2027, 3, 10))
    assert (action.due, action.original_due, action.title) == (When("2027-03"), When("2027-03"), "End dormitory wards")


def test_reopening_takes_back_the_claim_and_its_evidence() -> None:
    """Who claimed it and on what evidence goes with the completion; why it was reopened is kept, and a new claim stands alone."""
    claimed = ActionCompleted(
        trust="RHA",
        on="2027-02-01",
        action="dormitories",
        claimed_by="Chief Nurse",
        evidence=[Evidence(kind="report")],
        answers=["dignity"],
    )
    verified = ActionVerified(
        trust="RHA", on="2027-02-20", action="dormitories", verified_by="Internal Audit", evidence=[Evidence(kind="visit")]
    )
    reopened = ActionReopened(trust="RHA", on="2027-03-10", action="dormitories", reason="a ward was left out")
    action = actions.fold([COMMITTED, claimed, verified, reopened])["dormitories"]
    assert action == Action(
        action="dormitories",
        title="End dormitory wards",
        firmness=Firmness.COMMITTED,
        due=When("2027-03"),
        original_due=When("2027-03"),
        committed_on=When("2026-01-10"),
        reopened_on=(When("2027-03-10"),),
        because="a ward was left out",
        answers=frozenset({"dignity"}),
        last_heard=date(2027, 3, 10),
    )
    again = ActionCompleted(
        trust="RHA", on="2027-03-20", action="dormitories", claimed_by="Board", evidence=[Evidence(kind="photograph")]
    )
    done = actions.fold([COMMITTED, claimed, verified, reopened, again])["dormitories"]
    assert (done.claimed_by, done.evidence) == ("Board", (Evidence(kind="photograph"),))
    assert (done.status, done.verified_on, done.because) == (Status.COMPLETED, None, "a ward was left out")


def test_the_latest_reason_stands() -> None:
    """Why an action was withdrawn gives way to why it was taken up again, also where no reason is told."""
    withdrawn = ActionWithdrawn(trust="RHA", on="2027-02-01", action="dormitories", reason="no capital")
    reopened = ActionReopened(trust="RHA", on="2027-03-10", action="dormitories", reason="capital was found")
    assert actions.fold([COMMITTED, withdrawn])["dormitories"].because == "no capital"
    assert actions.fold([COMMITTED, withdrawn, reopened])["dormitories"].because == "capital was found"
    assert actions.fold([COMMITTED, withdrawn, REOPENED])["dormitories"].because is None
    assert actions.fold([COMMITTED, reopened, withdrawn])["dormitories"].because == "no capital"


def test_each_reopening_is_kept() -> None:
    """An action that was reopened twice says so, in order."""
    again = ActionReopened(trust="RHA", on="2027-05", action="dormitories")
    later = ActionCompleted(trust="RHA", on="2027-04-01", action="dormitories")
    action = actions.fold([COMMITTED, COMPLETED, REOPENED, later, again])["dormitories"]
    assert action.reopened_on == (When("2027-03-10"), When("2027-05"))


def test_an_action_is_withdrawn() -> None:
    """An action that its owner gave up is closed on that day."""
    action = actions.fold([COMMITTED, WITHDRAWN])["dormitories"]
    assert (action.withdrawn_on, action.status, action.is_open) == (When("2027-02-01"), Status.WITHDRAWN, False)


def test_a_completion_after_a_withdrawal_completes() -> None:
    """An action that was given up and done all the same is done; given up after it was done, it is given up."""
    completed = ActionCompleted(trust="RHA", on="2027-02-10", action="dormitories")
    action = at("2027-06-01", COMMITTED, WITHDRAWN, completed)
    assert (action.status, action.completed_on, action.withdrawn_on) == (Status.COMPLETED, When("2027-02-10"), None)
    assert not action.is_open
    gone = ActionWithdrawn(trust="RHA", on="2027-02-20", action="dormitories")
    action = at("2027-06-01", COMMITTED, completed, gone)
    assert (action.status, action.completed_on, action.withdrawn_on) == (
        Status.WITHDRAWN,
        When("2027-02-10"),
        When("2027-02-20"),
    )


@pytest.mark.parametrize(
    ("end", "status"),
    [(COMPLETED, Status.COMPLETED), (VERIFIED, Status.VERIFIED), (WITHDRAWN, Status.WITHDRAWN)],
)
def test_an_end_known_before_its_beginning_closes_it(end: Event, status: Status) -> None:
    """An end that counts before a commitment of imprecise date is kept and closes the action; its due never passes."""
    committed = ActionCommitted(trust="RHA", on="2025/2027", action="dormitories", title="End dormitory wards", due="2028-03")
    action = at("2029-01-01", end, committed)
    assert (action.status, action.missed, action.is_open) == (status, (), False)
    assert (action.title, action.due, action.committed_on) == ("End dormitory wards", When("2028-03"), When("2025/2027"))


@pytest.mark.parametrize(
    ("until", "status", "missed"),
    [
        ("2027-03-30", Status.OPEN, ()),
        ("2027-03-31", Status.OPEN, ()),
        ("2027-04-01", Status.OVERDUE, (When("2027-03"),)),
    ],
)
def test_a_month_is_due_all_through_its_last_day(until: str, status: Status, missed: tuple[When, ...]) -> None:
    """Due in March, an action is open all through the thirty-first and overdue on the first of April; a miss closes nothing."""
    action = at(until, COMMITTED)
    assert (action.status, action.missed, action.has_passed) == (status, missed, bool(missed))
    assert action.is_open
    assert action.last_heard == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("due", "until", "status"),
    [
        ("2027-03-15", "2027-03-15", Status.OPEN),
        ("2027-03-15", "2027-03-16", Status.OVERDUE),
        ("2027", "2027-12-31", Status.OPEN),
        ("2027", "2028-01-01", Status.OVERDUE),
        ("2027-33", "2027-03-31", Status.OPEN),
        ("2027-33", "2027-04-01", Status.OVERDUE),
        ("../2027-03", "2027-03-31", Status.OPEN),
        ("../2027-03", "2027-04-01", Status.OVERDUE),
        ("2027-03/..", "9998-12-31", Status.OPEN),
        (None, "9998-12-31", Status.OPEN),
    ],
)
def test_a_due_period_passes_after_its_last_day(due: str | None, until: str, status: Status) -> None:
    """A day, a month, a quarter or a year passes at the midnight after its last day; an open end and no date never pass."""
    committed = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End", due=due)
    assert at(until, committed).status is status


@pytest.mark.parametrize(
    ("firmness", "status"),
    [
        ("committed", Status.OVERDUE),
        ("scheduled", Status.OVERDUE),
        ("targeted", Status.PAST_TARGET),
        ("ambition", Status.PAST_TARGET),
    ],
)
def test_only_a_firm_deadline_is_overdue(firmness: str, status: Status) -> None:
    """Past a date that was committed or scheduled an action is overdue; past a target or an ambition, past its target."""
    committed = ActionCommitted(
        trust="RHA", on="2026-01-10", action="dormitories", title="End", due="2027-03", firmness=firmness
    )
    assert at("2027-03-31", committed).status is Status.OPEN
    assert at("2027-04-01", committed).status is status


def test_an_unresolved_condition_makes_a_deadline_a_target() -> None:
    """A conditional deadline passes like any other; until every condition is resolved it is past its target, then overdue."""
    committed = ActionCommitted(
        trust="RHA", on="2026-01-10", action="dormitories", title="End", due="2027-03", subject_to=["capital", "planning"]
    )
    capital = ActionConditionResolved(
        trust="RHA", on="2026-06-01", action="dormitories", condition_text="capital", outcome="met"
    )
    planning = ActionConditionResolved(
        trust="RHA", on="2027-04-02", action="dormitories", condition_text="planning", outcome="refused"
    )
    assert at("2027-03-31", committed, capital).status is Status.OPEN
    assert at("2027-04-01", committed, capital).status is Status.PAST_TARGET
    assert at("2027-04-02", committed, capital, planning).status is Status.OVERDUE


def test_an_action_known_first_by_something_else_has_a_firm_deadline() -> None:
    """A due period without a commitment, so of no stated firmness, is overdue once it has passed."""
    assert at("2027-10-01", REVISED).status is Status.OVERDUE


@pytest.mark.parametrize(
    ("on", "is_late", "status", "missed"),
    [
        ("2027-03-30", False, Status.COMPLETED, ()),
        ("2027-03-31", False, Status.COMPLETED, ()),
        ("2027-04-01", True, Status.COMPLETED_LATE, (When("2027-03"),)),
    ],
)
def test_late_is_after_the_last_day(on: str, status: Status, missed: tuple[When, ...], *, is_late: bool) -> None:
    """Completed on the last day an action is in time; on the day after it is late, and the miss is kept."""
    action = at("2027-06-01", COMMITTED, ActionCompleted(trust="RHA", on=on, action="dormitories"))
    assert (action.is_late, action.status, action.missed) == (is_late, status, missed)


@pytest.mark.parametrize(("on", "is_late"), [("2027-09-30", False), ("2027-10-01", True)])
def test_late_is_measured_by_the_due_then_in_force(on: str, *, is_late: bool) -> None:
    """A deadline moved on in time makes the new one count."""
    action = at("2028-01-01", COMMITTED, REVISED, ActionCompleted(trust="RHA", on=on, action="dormitories"))
    assert action.is_late is is_late


def test_a_later_revision_does_not_undo_lateness() -> None:
    """An action that was completed late stays so when its deadline is moved afterwards."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-06")
    action = at("2027-07-01", COMMITTED, late, moved)
    assert (action.is_late, action.status) == (True, Status.COMPLETED_LATE)
    assert (action.due, action.missed) == (When("2027-06"), (When("2027-03"),))
    assert "completed 20 April 2027, 20 days late against March 2027" in action.summary


def test_a_later_completion_does_not_undo_lateness() -> None:
    """An action that was completed late stays so when its deadline is moved and it is completed again."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-09")
    again = ActionCompleted(trust="RHA", on="2027-05-02", action="dormitories")
    assert at("2027-07-01", COMMITTED, late, moved, again).is_late


@pytest.mark.parametrize(
    ("until", "status", "missed"),
    [
        ("2027-05-01", Status.OPEN, (When("2027-03"),)),
        ("2027-06-30", Status.OPEN, (When("2027-03"),)),
        ("2027-07-01", Status.OVERDUE, (When("2027-03"), When("2027-06"))),
    ],
)
def test_a_deadline_revised_onward_can_be_missed_again(until: str, status: Status, missed: tuple[When, ...]) -> None:
    """Moved on after its miss an action is open again, the miss is kept, and the new deadline passes like the first."""
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-06")
    action = at(until, COMMITTED, moved)
    assert (action.status, action.missed) == (status, missed)


def test_a_deadline_revised_back_to_one_that_passed_is_overdue_at_once() -> None:
    """A deadline moved back to one that passed is overdue on the day of the revision, and the miss is counted once."""
    onward = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-09")
    back = ActionDeadlineRevised(trust="RHA", on="2027-05-10", action="dormitories", due="2027-03")
    action = at("2027-05-10", COMMITTED, onward, back)
    assert (action.status, action.missed) == (Status.OVERDUE, (When("2027-03"),))


@pytest.mark.parametrize("due", ["2027-03-31", "2027-33", "../2027-03", "2027-03~", "2027-02/2027-03"])
def test_a_deadline_put_in_other_words_is_overdue_at_once(due: str) -> None:
    """A deadline that was missed and is revised to another expression of the same last day is overdue on that day."""
    same = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due=due)
    for until in ("2027-05-01", "2027-05-02"):
        action = at(until, COMMITTED, same)
        assert (action.due, action.has_passed, action.status) == (When(due), True, Status.OVERDUE)
        assert action.missed == (When("2027-03"),)
    completed = ActionCompleted(trust="RHA", on="2027-05-01", action="dormitories")
    assert at("2027-06-01", COMMITTED, same, completed).is_late


def test_a_deadline_put_in_other_words_in_time_passes_as_they_say() -> None:
    """Revised before it passed, a deadline passes once, under the expression then in force."""
    same = ActionDeadlineRevised(trust="RHA", on="2027-03-01", action="dormitories", due="2027-03-31")
    assert at("2027-03-31", COMMITTED, same).status is Status.OPEN
    assert at("2027-12-31", COMMITTED, same).missed == (When("2027-03-31"),)


def test_a_deadline_brought_forward_into_the_past_is_overdue_the_day_after() -> None:
    """A deadline moved to a day gone by that never passed before passes at the next midnight."""
    back = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due="2026-10")
    assert at("2026-11-05", COMMITTED, back).status is Status.OPEN
    assert at("2026-11-06", COMMITTED, back).status is Status.OVERDUE


def test_reopened_to_a_due_that_had_passed_before_is_overdue_at_once() -> None:
    """An action completed late and reopened is overdue on that day, and late no more."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    reopened = ActionReopened(trust="RHA", on="2027-06-01", action="dormitories")
    action = at("2027-06-01", COMMITTED, late, reopened)
    assert (action.status, action.is_late, action.missed) == (Status.OVERDUE, False, (When("2027-03"),))


def test_reopened_after_a_due_it_was_closed_through_is_overdue_the_day_after() -> None:
    """An action completed in time and reopened after its due period misses it at the next midnight."""
    reopened = ActionReopened(trust="RHA", on="2027-06-01", action="dormitories")
    assert at("2027-06-01", COMMITTED, COMPLETED, reopened).status is Status.OPEN
    assert at("2027-06-02", COMMITTED, COMPLETED, reopened).status is Status.OVERDUE


def test_completed_again_after_a_reopening_is_late_by_the_due_then_in_force() -> None:
    """Lateness is settled anew: an action completed in time, reopened and completed after the due period is late."""
    again = ActionCompleted(trust="RHA", on="2027-04-02", action="dormitories")
    action = at("2027-05-01", COMMITTED, COMPLETED, REOPENED, again)
    assert (action.completed_on, action.status) == (When("2027-04-02"), Status.COMPLETED_LATE)


def test_the_passing_of_a_day_alone_is_kept() -> None:
    """Any fact is taken in any state: a passed day of an action not on record begins one that nothing was heard of."""
    passed = ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="dormitories", due="2027-03")
    action = actions.fold([passed])["dormitories"]
    assert action == Action(action="dormitories", missed=(When("2027-03"),))
    assert action.status is Status.OPEN


@pytest.mark.parametrize(
    ("on", "unsure"),
    [
        ("2027-03/2027-05", (When("2027-03"),)),
        ("2027-03-31/2027-05", (When("2027-03"),)),
        ("2027-04-01/2027-05", ()),
        ("2027", (When("2027-03"),)),
        ("../2027-05", (When("2027-03"),)),
        ("2027-03-31?", ()),
        ("2027-04-01", ()),
        ("2027-04", ()),
        ("2027-04~", (When("2027-03"),)),
        ("2027-04-01?", (When("2027-03"),)),
        ("2027-04-01%", (When("2027-03"),)),
        ("2027-04~/2027-05", (When("2027-03"),)),
    ],
)
@pytest.mark.parametrize("kind", ["completed", "verified", "withdrawn", "revised"])
def test_a_miss_that_an_imprecise_date_may_undo_is_unsure(kind: str, on: str, unsure: tuple[When, ...]) -> None:
    """An end or a revision that may fall on or before the last day, or is about or possibly then, leaves the miss unsure."""
    fact = {
        "completed": ActionCompleted(trust="RHA", on=on, action="dormitories"),
        "verified": ActionVerified(trust="RHA", on=on, action="dormitories", verified_by="Internal Audit"),
        "withdrawn": ActionWithdrawn(trust="RHA", on=on, action="dormitories"),
        "revised": ActionDeadlineRevised(trust="RHA", on=on, action="dormitories", due="2028-03"),
    }[kind]
    assert at("2027-12-31", COMMITTED, fact).unsure == unsure


def test_facts_of_other_kinds_leave_a_miss_sure() -> None:
    """Progress of imprecise date undoes no miss."""
    progress = ActionProgressReported(trust="RHA", on="2027", action="dormitories", text="Going well.")
    action = at("2027-12-31", COMMITTED, progress)
    assert (action.missed, action.unsure) == ((When("2027-03"),), ())


def test_only_the_misses_that_may_be_undone_are_unsure_and_each_once() -> None:
    """Of two misses, one before the period of doubt stays sure; a second imprecise fact does not name a miss again."""
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-06")
    completed = ActionCompleted(trust="RHA", on="2027-06/2027-09", action="dormitories")
    verified = ActionVerified(trust="RHA", on="2027-06/2027-10", action="dormitories", verified_by="Internal Audit")
    action = at("2027-12-31", COMMITTED, moved, completed, verified)
    assert action.missed == (When("2027-03"), When("2027-06"))
    assert action.unsure == (When("2027-06"),)
    withdrawn = ActionWithdrawn(trust="RHA", on="2027/2028", action="dormitories")
    assert at("2028-12-31", COMMITTED, moved, completed, withdrawn).unsure == (When("2027-06"), When("2027-03"))


def test_a_recorded_pass_with_an_open_end_is_never_unsure() -> None:
    """Any fact is taken in any state: a pass of a due period without a last day has nothing that a date could undo."""
    passed = ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="dormitories", due="2027-03/..")
    completed = ActionCompleted(trust="RHA", on="2027", action="dormitories")
    assert actions.fold([passed, completed])["dormitories"].unsure == ()


@pytest.mark.parametrize(
    ("ends", "status"),
    [
        ([COMPLETED, VERIFIED], Status.VERIFIED),
        ([COMPLETED, VERIFIED, WITHDRAWN], Status.WITHDRAWN),
        ([VERIFIED, COMPLETED], Status.VERIFIED),
    ],
)
def test_the_strongest_end_is_the_status(ends: list[Event], status: Status) -> None:
    """Withdrawn outranks verified, and verified completed."""
    assert actions.fold([COMMITTED, *ends])["dormitories"].status is status


def test_verification_outranks_lateness() -> None:
    """An action verified after a late completion is verified; that it was late is kept."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    verified = ActionVerified(trust="RHA", on="2027-05-20", action="dormitories", verified_by="Internal Audit")
    action = at("2027-06-01", COMMITTED, late, verified)
    assert (action.status, action.is_late) == (Status.VERIFIED, True)


def test_actions_are_told_apart_by_id() -> None:
    """A pass, or an end, of one action leaves the others."""
    other = ActionCommitted(trust="RHA", on="2026-01-10", action="training", title="Train staff", due="2027-06")
    state = actions.fold(with_midnights([COMMITTED, other], date(2027, 4, 1)))
    assert [(action.action, action.status) for action in state.rows()] == [
        ("dormitories", Status.OVERDUE),
        ("training", Status.OPEN),
    ]


def test_an_open_action_reads_aloud() -> None:
    """The words of an action say where it stands, how firmly it is due, its conditions, its progress, and whose it is, where."""
    committed = ActionCommitted(
        trust="RHA",
        on="2026-01-10",
        action="dormitories",
        title="End dormitory wards",
        firmness="targeted",
        due="2027-03",
        subject_to=["national capital approval", "planning consent"],
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
        service="Acute wards",
        place="Oak ward",
    )
    met = ActionConditionResolved(
        trust="RHA", on="2026-02-01", action="dormitories", condition_text="planning consent", outcome="met"
    )
    progress = ActionProgressReported(
        trust="RHA", on="2026-03-01", action="dormitories", text="Two of four wards done.", rag="Amber"
    )
    action = at("2026-04-01", committed, met, progress)
    assert action.about == ("action", "dormitories")
    assert str(action) == (
        "End dormitory wards: open; targeted, due March 2027; "
        "condition: national capital approval, not resolved on record; condition: planning consent, met 1 February 2026; "
        "progress: Two of four wards done, Amber; owner: the trust; lead: Chief Operating Officer; "
        "committee: Quality Committee; Acute wards, Oak ward"
    )


def test_a_moved_deadline_reads_aloud() -> None:
    """The words of an action name the first deadline, how often it moved, what other sources say and what passed."""
    moved = ActionDeadlineRevised(trust="RHA", on="2027-10-05", action="dormitories", due="2027-12")
    other = ActionCommitted(trust="RHA", on="2027-10-06", action="dormitories", title="Again", due="2028-01")
    another = ActionCommitted(trust="RHA", on="2027-10-07", action="dormitories", title="Again", due="2028-02")
    assert at("2028-01-01", COMMITTED, REVISED, moved, other, another).summary == (
        "overdue; committed, due December 2027; first due March 2027, moved twice, to 275 days later in all; "
        "another source says January 2028, February 2028; "
        "September 2027 passed while open; December 2027 passed while open; nothing on record since 7 October 2027"
    )


def test_an_ended_action_reads_aloud() -> None:
    """The words of an ended action say when it was completed, who claims it, who verified it, and what a recheck found."""
    given = [
        COMMITTED,
        COMPLETED,
        ActionReopened(trust="RHA", on="2027-03-10", action="dormitories", reason="a ward was left out"),
        ActionCompleted(trust="RHA", on="2027-03-20", action="dormitories", claimed_by="Chief Nurse"),
        ActionVerified(trust="RHA", on="2027-03-25", action="dormitories", verified_by="Internal Audit"),
        ActionRechecked(trust="RHA", on="2027-06-01", action="dormitories", outcome="sustained"),
    ]
    assert at("2027-07-01", *given).summary == (
        "verified; committed, due March 2027; completed 20 March 2027; claimed by Chief Nurse; "
        "verified 25 March 2027 by Internal Audit; rechecked 1 June 2027: sustained; reopened 10 March 2027; "
        "because: a ward was left out"
    )


def test_a_withdrawn_action_reads_aloud() -> None:
    """The words of an action that was given up say so, when and why; each reopening is named."""
    again = ActionReopened(trust="RHA", on="2027-04-10", action="dormitories")
    gone = ActionWithdrawn(trust="RHA", on="2027-05-01", action="dormitories", reason="no capital")
    assert at("2027-03-20", COMMITTED, WITHDRAWN).summary == "withdrawn; committed, due March 2027; withdrawn 1 February 2027"
    bare = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End")
    assert at("2027-06-01", bare, REOPENED, again, gone).summary == (
        "withdrawn; committed, no date stated; reopened 10 March 2027, 10 April 2027; withdrawn 1 May 2027; because: no capital"
    )


def test_an_unsure_miss_reads_as_one() -> None:
    """A miss that a later fact of imprecise date may undo is marked, and no other is."""
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-06")
    completed = ActionCompleted(trust="RHA", on="2027-06/2027-09", action="dormitories")
    assert at("2027-12-31", COMMITTED, moved, completed).summary == (
        "completed late; committed, due June 2027; first due March 2027, moved once, to 91 days later; "
        "March 2027 passed while open; June 2027 passed while open (not certain); "
        "completed between June 2027 and September 2027, 0 to 92 days late"
    )


def test_an_action_of_which_nothing_is_committed_goes_by_its_id() -> None:
    """An action known by its progress alone goes by its id, and says that no date is stated."""
    progress = ActionProgressReported(trust="RHA", on="2026-03-01", action="dormitories", text="Two wards done.")
    assert str(at("2026-04-01", progress)) == "dormitories: open; no date stated; progress: Two wards done."


def test_a_due_without_a_firmness_reads_as_due() -> None:
    """A due period of which nobody has said how firm it is reads as due; one before it is not on record."""
    assert at("2027-01-01", REVISED).summary == "open; due September 2027; first due date not on record"


def test_a_deadline_given_up_reads_as_such() -> None:
    """An action whose date was given up says so, and which it was; one that never had a date says that none is stated."""
    given_up = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due=None)
    assert at("2027-06-01", COMMITTED, given_up).summary == ("open; committed, date given up; first due March 2027, moved once")
    bare = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End", firmness="ambition")
    assert at("2027-06-01", bare).summary == "open; ambition, no date stated"


def test_a_late_completion_reads_aloud() -> None:
    """Where an action stands is said in words, without a hyphen."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    assert at("2027-06-01", COMMITTED, late).summary == (
        "completed late; committed, due March 2027; March 2027 passed while open; completed 20 April 2027, 20 days late"
    )
    target = ActionCommitted(
        trust="RHA", on="2026-01-10", action="dormitories", title="End", due="2027-03", firmness="targeted"
    )
    assert at("2027-04-01", target).summary == (
        "past target; targeted, due March 2027; March 2027 passed while open; nothing on record since 10 January 2026"
    )


@pytest.mark.parametrize(
    ("given", "until", "is_silent"),
    [
        ([COMMITTED], "2027-03-31", False),
        ([COMMITTED], "2027-04-01", True),
        ([COMMITTED, REVISED], "2027-04-01", False),
        ([COMMITTED, COMPLETED], "2027-04-01", False),
        ([COMMITTED, WITHDRAWN], "2027-04-01", False),
        ([COMMITTED, COMPLETED, REOPENED], "2027-04-01", True),
    ],
)
def test_only_an_open_action_past_its_date_is_said_to_be_silent(given: list[Event], until: str, *, is_silent: bool) -> None:
    """Of an open action whose due period in force has passed, the words say since when nothing is on record."""
    assert ("nothing on record since " in at(until, *given).summary) is is_silent


def test_the_day_of_the_latest_news_reads_aloud() -> None:
    """The day since when nothing is on record is that of the latest fact, not of the deadline that passed since."""
    progress = ActionProgressReported(trust="RHA", on="2027-04", action="dormitories", text="Two of four wards done.")
    assert at("2027-06-01", COMMITTED, progress).summary == (
        "overdue; committed, due March 2027; March 2027 passed while open; "
        "progress: Two of four wards done; nothing on record since 30 April 2027"
    )


def test_two_revisions_before_the_commitment_do_not_hide_the_original_due() -> None:
    """Where the commitment takes effect last, its due is still the first one, and no other source disagrees."""
    action = actions.fold(
        [
            ActionDeadlineRevised(trust="RHA", on="2026-01-01", action="wards", due="2027-06"),
            ActionDeadlineRevised(trust="RHA", on="2026-02-01", action="wards", due="2027-09"),
            ActionCommitted(trust="RHA", on="2026-03-01", action="wards", title="End wards", due="2027-03"),
        ]
    )["wards"]
    assert (str(action.original_due), str(action.due), action.other_dues) == ("2027-03", "2027-09", ())


@pytest.mark.parametrize(
    "done",
    [
        ActionCompleted(trust="RHA", on="2026-06-01", action="wards"),
        ActionVerified(trust="RHA", on="2026-06-01", action="wards", verified_by="internal audit"),
    ],
)
def test_what_is_done_after_it_was_given_up_is_done(done: ActionCompleted | ActionVerified) -> None:
    """A completion, or somebody else's word for one, undoes a withdrawal and its reason; the reason of a reopening stays."""
    committed = ActionCommitted(trust="RHA", on="2026-01-01", action="wards", title="End wards", due="2027-03")
    withdrawn = ActionWithdrawn(trust="RHA", on="2026-02-01", action="wards", reason="no money")
    action = actions.fold([committed, withdrawn, done])["wards"]
    assert (action.withdrawn_on, action.because, str(action.completed_on)) == (None, None, "2026-06-01")
    reopened = ActionReopened(trust="RHA", on="2026-03-01", action="wards", reason="money found")
    assert actions.fold([committed, withdrawn, reopened, done])["wards"].because == "money found"


@pytest.mark.parametrize(
    ("on", "days_late"),
    [
        ("2027-03-30", None),
        ("2027-03-31", None),
        ("2027-04-01", (1, 1)),
        ("2027-04-02", (2, 2)),
        ("2027-04-30", (30, 30)),
        ("2028-03-31", (366, 366)),
        ("2027-03-31/2027-04-01", (0, 1)),
        ("2027-04-01/2027-04-02", (1, 2)),
        ("2027-03/2027-04", (0, 30)),
        ("2027-04", (1, 30)),
        ("2027-05", (31, 61)),
        ("2027", (0, 275)),
        ("../2027-04", (0, 30)),
        ("2027-04~", (0, 30)),
        ("2027-04-01?", (0, 1)),
        ("2027-04-01%", (0, 1)),
        ("2027-03~", None),
    ],
)
@pytest.mark.parametrize("kind", ["completed", "verified"])
def test_how_late_is_counted_from_the_last_day(kind: str, on: str, days_late: tuple[int, int] | None) -> None:
    """The day after the last day is 1 day late; of an imprecise date the fewest and the most, and none where it may be in time."""
    fact = {
        "completed": ActionCompleted(trust="RHA", on=on, action="dormitories"),
        "verified": ActionVerified(trust="RHA", on=on, action="dormitories", verified_by="Internal Audit"),
    }[kind]
    action = at("2028-12-31", COMMITTED, fact)
    assert (action.days_late, action.is_late) == (days_late, days_late is not None)
    assert action.completed_against == When("2027-03")


def test_an_open_action_is_not_late_by_any_days() -> None:
    """However long its day has passed, what is not completed has no days late, and nothing it was completed against."""
    for until in ("2027-03-31", "2027-04-01", "2028-04-01"):
        action = at(until, COMMITTED)
        assert (action.days_late, action.completed_against) == (None, None)


def test_what_was_never_due_is_never_late() -> None:
    """A completion without a commitment, of one without a date, or of a date given up, is late for nothing."""
    bare = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End dormitory wards")
    given_up = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due=None)
    late = ActionCompleted(trust="RHA", on="2029-01-01", action="dormitories")
    for given in ([late], [bare, late], [COMMITTED, given_up, late]):
        action = at("2030-01-01", *given)
        assert (action.completed_against, action.days_late, action.status) == (None, None, Status.COMPLETED)


def test_how_late_stays_as_it_was_when_the_deadline_is_moved_afterwards() -> None:
    """A later revision, a second completion and a verification leave how late it was, and against which due period."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-09")
    again = ActionCompleted(trust="RHA", on="2027-05-02", action="dormitories")
    verified = ActionVerified(trust="RHA", on="2027-12-01", action="dormitories", verified_by="Internal Audit")
    for more in ([], [moved], [moved, again], [moved, again, verified]):
        action = at("2028-01-01", COMMITTED, late, *more)
        assert (action.days_late, action.completed_against) == ((20, 20), When("2027-03"))
        assert "completed 20 April 2027, 20 days late" in action.summary


def test_how_late_is_counted_from_the_due_then_in_force() -> None:
    """A deadline moved on before the completion makes the new one count, also where both were missed."""
    missed_twice = ActionCompleted(trust="RHA", on="2027-10-10", action="dormitories")
    action = at("2028-01-01", COMMITTED, REVISED, missed_twice)
    assert (action.days_late, action.completed_against) == ((10, 10), When("2027-09"))
    onward = ActionDeadlineRevised(trust="RHA", on="2027-05-01", action="dormitories", due="2027-09")
    action = at("2028-01-01", COMMITTED, onward, missed_twice)
    assert (action.days_late, action.missed) == ((10, 10), (When("2027-03"), When("2027-09")))


def test_a_reopening_resets_how_late_it_was() -> None:
    """Reopened, a late action is late by no days; completed again, by those since the due then in force."""
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="dormitories")
    reopened = ActionReopened(trust="RHA", on="2027-05-01", action="dormitories")
    action = at("2027-06-01", COMMITTED, late, reopened)
    assert (action.days_late, action.completed_against, action.is_late) == (None, None, False)
    again = ActionCompleted(trust="RHA", on="2027-05-10", action="dormitories")
    action = at("2027-06-01", COMMITTED, late, reopened, again)
    assert (action.days_late, action.completed_against) == ((40, 40), When("2027-03"))
    moved = ActionDeadlineRevised(trust="RHA", on="2027-05-02", action="dormitories", due="2027-05-09")
    action = at("2027-06-01", COMMITTED, late, reopened, moved, again)
    assert (action.days_late, action.completed_against) == ((1, 1), When("2027-05-09"))


def test_without_a_last_day_nothing_is_late() -> None:
    """Any fact is taken in any state: a completion, or a due period, with an open end is late by nothing that can be counted."""
    passed = ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="dormitories", due="2027-03")
    completed = ActionCompleted(trust="RHA", on="2027-04/..", action="dormitories")
    action = actions.fold([COMMITTED, passed, completed])["dormitories"]
    assert (action.is_late, action.days_late, action.completed_against) == (False, None, When("2027-03"))
    endless = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End", due="2027-03/..")
    action = at("2028-01-01", endless, ActionCompleted(trust="RHA", on="2027-05-01", action="dormitories"))
    assert (action.is_late, action.days_late, action.completed_against) == (False, None, When("2027-03/.."))


@pytest.mark.parametrize(("on", "days_late"), [("2027-03-31", None), ("2027-04-01", (1, 1)), ("2027-04-05", (5, 5))])
@pytest.mark.parametrize("kind", ["completed", "verified"])
def test_late_is_told_by_the_day_whether_or_not_it_was_open_overnight(
    kind: str, on: str, days_late: tuple[int, int] | None
) -> None:
    """Promised, or reopened, and completed on one day after its last day, an action is late though it never missed a midnight."""
    promised = ActionCommitted(trust="RHA", on=on, action="dormitories", title="End dormitory wards", due="2027-03")
    reopened = ActionReopened(trust="RHA", on=on, action="dormitories")
    fact = {
        "completed": ActionCompleted(trust="RHA", on=on, action="dormitories"),
        "verified": ActionVerified(trust="RHA", on=on, action="dormitories", verified_by="Internal Audit"),
    }[kind]
    for given in ([promised, fact], [COMMITTED, COMPLETED, reopened, fact]):
        action = at("2027-12-31", *given)
        assert (action.days_late, action.is_late, action.missed) == (days_late, days_late is not None, ())


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2027-03-31", "completed 31 March 2027"),
        ("2027-04-01", "completed 1 April 2027, 1 day late"),
        ("2027-04-02", "completed 2 April 2027, 2 days late"),
        ("2027-03-31/2027-04-01", "completed between 31 March 2027 and 1 April 2027, 0 to 1 day late"),
        ("2027-04~", "completed about April 2027, 0 to 30 days late"),
        ("../2027-04", "completed by April 2027, 0 to 30 days late"),
    ],
)
def test_how_late_reads_aloud(on: str, words: str) -> None:
    """How late an action was is said after the day it was completed; in time, nothing is said."""
    action = at("2027-12-31", COMMITTED, ActionCompleted(trust="RHA", on=on, action="dormitories"))
    assert action.summary.endswith(f"; {words}")


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        ("2027-03-31", "2027-04-01", 1),
        ("2027-03-31", "2027-03-30", -1),
        ("2027-03-31", "2027-03-31", 0),
        ("2027-03", "2027-03-31", 0),
        ("2027-03", "2027-33", 0),
        ("2027-03", "2027-09", 183),
        ("2027-09", "2027-03", -183),
        ("../2027-03", "2027-04-01/2027-04-30", 30),
        ("2027-03", None, None),
        (None, "2027-03", None),
        (None, None, None),
        ("2027-03", "2027-04/..", None),
        ("2027-03/..", "2027-04", None),
    ],
)
def test_a_revision_counts_days_from_last_day_to_last_day(before: str | None, after: str | None, days: int | None) -> None:
    """Later is positive, earlier negative, other words for the same last day zero; without a last day there is nothing to count."""
    revision = Revision(
        before=None if before is None else When(before), after=None if after is None else When(after), on=When("2026-11-05")
    )
    assert revision.days == days


@pytest.mark.parametrize(
    ("dues", "words"),
    [
        (["2027-04-01"], "first due March 2027, moved once, to 1 day later; "),
        (["2027-03-30"], "first due March 2027, moved once, to 1 day earlier; "),
        (["2027-02", "2027-01"], "first due March 2027, moved twice, to 59 days earlier in all; "),
        (["2027-09", "2027-12", "2028-03"], "first due March 2027, moved 3 times, to 366 days later in all; "),
        (["2027-09", "2027-03"], "first due March 2027, moved twice; "),
        (["2027-03-31"], "first due March 2027; "),
        (["2027-04/.."], "first due March 2027, moved once; "),
    ],
)
def test_how_far_a_deadline_was_moved_reads_aloud(dues: list[str], words: str) -> None:
    """How often it was moved is said, and how far in all; back where it began, or without a last day, how far is not.

    The same last day said otherwise is no move.
    """
    revised = [ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="dormitories", due=due) for due in dues]
    assert words in f"{at('2026-12-01', COMMITTED, *revised).summary}; "


@pytest.mark.parametrize(
    ("outcome", "resolved_on", "words"),
    [
        (None, None, "condition: capital, not resolved on record"),
        (ConditionOutcome.MET, When("2026-02-01"), "condition: capital, met 1 February 2026"),
        (ConditionOutcome.REFUSED, When("2026-02"), "condition: capital, refused February 2026"),
        (ConditionOutcome.LAPSED, When("../2026-03"), "condition: capital, lapsed by March 2026"),
        (ConditionOutcome.NO_LONGER_NEEDED, When("2026-02~"), "condition: capital, no longer needed about February 2026"),
        (ConditionOutcome.MET, None, "condition: capital, met"),
    ],
)
def test_a_condition_reads_aloud(outcome: ConditionOutcome | None, resolved_on: When | None, words: str) -> None:
    """What became of a condition is said with its date; without an outcome, that none is on record."""
    assert ActionCondition(condition="capital", outcome=outcome, resolved_on=resolved_on).in_words() == words
