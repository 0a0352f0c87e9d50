"""Futures: every way in which what is open can go on, told as a story."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Entry, Ledger, errors
from ledger.errors import NotOnRecordError
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanAgreed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionProgressReported,
    ActionReassigned,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Event,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeIssued,
    NoticeRepresentationsMade,
    NoticeRequirement,
    NoticeWithdrawn,
    RatingStated,
    Retracted,
)
from ledger.projections import actions, plans
from ledger.projections.actions import Action, Status
from ledger.projections.plans import Plan
from ledger.testing import Clock, days, futures, ledgers
from tests.testing.draws import broken, draws, undrawn

DORMITORIES = "dormitory-eradication"
LAST_DAY = date(2027, 3, 31)
HORIZON = datetime(2026, 11, 22, 10, tzinfo=UTC)


def news(ledger: Ledger) -> list[Entry]:
    """Give what was recorded after the example ledger was."""
    return [e for e in ledger.entries if e.recorded_at > HORIZON]


def wards(ledger: Ledger, day: str = "2040-01-01") -> Action:
    """Give the target to end dormitory wards, long after."""
    return ledger.at(day).of("RHA", actions)[DORMITORIES]


def told(ledger: Ledger, kind: type[Event]) -> list[tuple[Event, int]]:
    """Give the new facts of a type about the target, each with the number of days after which it was recorded."""
    found = [
        (e.event, e.recorded_at.date()) for e in news(ledger) if isinstance(e.event, kind) and e.event.about[1] == DORMITORIES
    ]
    return [(fact, (day - fact.on.latest).days) for fact, day in found if fact.on.latest]


def done(ledger: Ledger, first: int, last: int) -> list[tuple[Event, int]]:
    """Give the completions on a day counted from the last day of the due period, both bounds inclusive."""
    days = [(fact, late) for fact, late in told(ledger, ActionCompleted) if fact.on.latest]
    return [(fact, late) for fact, late in days if fact.on.latest and first <= (fact.on.latest - LAST_DAY).days <= last]


def claims(ledger: Ledger) -> list[ActionCompleted]:
    """Give the completions as they were recorded."""
    return [fact for fact, _ in told(ledger, ActionCompleted) if isinstance(fact, ActionCompleted)]


def corrected(ledger: Ledger, kind: type[Event], field: str) -> bool:
    """Whether a correction of an entry of a type moved a field."""
    by_number = {e.number: e.event for e in ledger.entries}
    pairs = [(by_number[e.replaces], e.event) for e in news(ledger) if e.replaces]
    return any(isinstance(new, kind) and getattr(old, field) != getattr(new, field) for old, new in pairs)


def kinds(ledger: Ledger) -> list[object]:
    """Give the types of what was recorded, in order."""
    return [type(e.event) for e in news(ledger)]


@pytest.fixture(scope="module")
def target(example: Ledger) -> Ledger:
    """Give a ledger of the target alone, as the example ledger has it."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock(HORIZON - timedelta(hours=2)))
    ledger.record(*(e.fact for e in example.at("2040-01-01").standing("RHA") if DORMITORIES in e.fact.about))
    return ledger


STORIES: dict[str, Callable[[Ledger], object]] = {
    "nothing at all": lambda ledger: not news(ledger),
    "progress reported": lambda ledger: told(ledger, ActionProgressReported),
    "reassigned": lambda ledger: told(ledger, ActionReassigned),
    "condition met": lambda ledger: [one for one in wards(ledger).conditions if one.outcome == "met"],
    "condition refused": lambda ledger: [one for one in wards(ledger).conditions if one.outcome == "refused"],
    "condition lapsed": lambda ledger: [one for one in wards(ledger).conditions if one.outcome == "lapsed"],
    "done in time": lambda ledger: done(ledger, -90, -1),
    "done on the last day": lambda ledger: done(ledger, 0, 0),
    "done the day after": lambda ledger: done(ledger, 1, 1),
    "done late": lambda ledger: done(ledger, 2, 400) and wards(ledger).status is Status.COMPLETED_LATE,
    "done in time, recorded late": lambda ledger: [late for _, late in done(ledger, -90, 0) if late > 30],
    "done some time in a month": lambda ledger: [fact for fact in claims(ledger) if not fact.on.is_precise],
    "done, with evidence": lambda ledger: [fact for fact in claims(ledger) if fact.evidence],
    "done, without evidence": lambda ledger: [fact for fact in claims(ledger) if not fact.evidence],
    "verified by another": lambda ledger: claims(ledger) and wards(ledger).verified_by == "Internal audit",
    "verified by the claimant": lambda ledger: wards(ledger).verified_by == wards(ledger).claimed_by == "The trust",
    "verified though nobody claimed it": lambda ledger: kinds(ledger) == [ActionVerified],
    "rechecked and not sustained": lambda ledger: wards(ledger).recheck == "not sustained",
    "reopened": lambda ledger: kinds(ledger) == [ActionCompleted, ActionReopened],
    "reopened and done again": lambda ledger: kinds(ledger) == [ActionCompleted, ActionReopened, ActionCompleted],
    "slipped before the date": lambda ledger: wards(ledger).revisions and not wards(ledger, "2027-04-01").missed,
    "slipped after the date": lambda ledger: wards(ledger).revisions and wards(ledger, "2027-04-01").has_passed,
    "slipped without a reason": lambda ledger: [one for one in wards(ledger).revisions if one.reason is None],
    "slipped for a reason": lambda ledger: [
        one for one in wards(ledger).revisions if one.reason and one.approved_by == "Board"
    ],
    "slipped again": lambda ledger: len(wards(ledger).revisions) > 1,
    "date given up": lambda ledger: wards(ledger).revisions and wards(ledger).due is None,
    "withdrawn": lambda ledger: kinds(ledger) == [ActionWithdrawn],
    "withdrawn and promised anew": lambda ledger: kinds(ledger) == [ActionWithdrawn, ActionCommitted],
    "withdrawn and reopened": lambda ledger: kinds(ledger) == [ActionWithdrawn, ActionReopened],
    "due date corrected": lambda ledger: corrected(ledger, ActionCommitted, "due"),
    "revised date corrected": lambda ledger: corrected(ledger, ActionDeadlineRevised, "due"),
    "completion corrected": lambda ledger: corrected(ledger, ActionCompleted, "on"),
    "retracted": lambda ledger: kinds(ledger) == [ActionCompleted, Retracted],
}


def test_every_kind_of_story_is_told_of_the_target(target: Ledger) -> None:
    """Whatever can become of a promise becomes of this one."""
    assert undrawn(futures(target, actions=[DORMITORIES]), STORIES) == []


def test_stories_are_told_of_whatever_is_open(example: Ledger) -> None:
    """Without names, of a few actions and plans of any trust, and not of what is done."""
    assert draws(futures(example), lambda ledger: {e.event.trust for e in news(ledger)} == {"RHA", "RVN"})
    assert draws(futures(example), lambda ledger: ActionPlanSubmitted in kinds(ledger))


@pytest.fixture(scope="module")
def asked() -> Ledger:
    """Give a ledger of a plan and of what a notice requires, one thing by a day and one without."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock(HORIZON - timedelta(hours=2)))
    required = [
        NoticeRequirement(requirement="staffing", text="Enough staff", comply_by="2026-12-31"),
        NoticeRequirement(requirement="records", text="Complete records"),
    ]
    ledger.record(
        ActionPlanRequested(trust="RVN", on="2026-11-01", plan="well-led", due="2026-11-29"),
        NoticeIssued(trust="RVN", on="2026-11-01", notice="warning", kind="Warning Notice", requirements=required),
    )
    return ledger


def plan(ledger: Ledger) -> Plan:
    """Give the plan, long after."""
    return ledger.at("2040-01-01").of("RVN", plans)["well-led"]


OF_PLANS_AND_NOTICES: dict[str, Callable[[Ledger], object]] = {
    "nothing at all": lambda ledger: not news(ledger),
    "plan sent": lambda ledger: kinds(ledger) == [ActionPlanSubmitted],
    "plan sent late": lambda ledger: kinds(ledger) == [ActionPlanSubmitted] and plan(ledger).missed,
    "plan agreed": lambda ledger: ActionPlanAgreed in kinds(ledger),
    "plan's day corrected": lambda ledger: corrected(ledger, ActionPlanRequested, "due"),
    "request taken back": lambda ledger: not ledger.at("2027-12-31").trust("RVN").plans,
    "complied": lambda ledger: [e for e in news(ledger) if getattr(e.event, "outcome", "") == "complied"],
    "not complied": lambda ledger: [e for e in news(ledger) if getattr(e.event, "outcome", "") == "not complied"],
    "determination taken back": lambda ledger: kinds(ledger) == [NoticeDetermined, Retracted],
    "determination corrected": lambda ledger: corrected(ledger, NoticeDetermined, "on"),
    "representations, then followed up": lambda ledger: kinds(ledger) == [NoticeRepresentationsMade, NoticeFollowedUp],
    "notice withdrawn": lambda ledger: kinds(ledger) == [NoticeWithdrawn],
    "day to comply by corrected": lambda ledger: corrected(ledger, NoticeIssued, "requirements"),
}


def test_stories_are_told_of_plans_and_notices(asked: Ledger) -> None:
    """What was asked for is sent or not, what a notice requires is complied with or not, and the record is put right."""
    assert undrawn(futures(asked), OF_PLANS_AND_NOTICES) == []


@given(st.data())
def test_a_future_goes_on_from_the_past_and_leaves_it_alone(example: Ledger, data: st.DataObject) -> None:
    """What was on record stays as it was; what follows is later, sourced, and recorded no earlier than it happened."""
    before = example.entries
    ledger = data.draw(futures(example))
    assert example.entries == before == ledger.entries[: len(before)]
    for e in ledger.entries[len(before) :]:
        assert e.recorded_at > HORIZON
        assert e.sources or isinstance(e.event, Retracted)
        assert not isinstance(e.event, Event) or (e.event.on.latest and e.event.on.latest <= e.recorded_at.date())


@given(st.data())
def test_a_future_of_named_actions_is_of_those_alone(example: Ledger, data: st.DataObject) -> None:
    """Other actions hear nothing more, but for one promised anew under another name."""
    ledger = data.draw(futures(example, actions=[DORMITORIES, "dormitory-planning-submission"]))
    named = {e.event.about[1].removesuffix("-anew") for e in news(ledger) if isinstance(e.event, Event)}
    assert named <= {DORMITORIES, "dormitory-planning-submission"}


@given(ledgers().flatmap(futures))
def test_any_ledger_that_is_not_empty_has_futures(ledger: Ledger) -> None:
    """Where nothing is open, nothing more is recorded; however far ahead a date lies, there is a future."""
    assert ledger.entries


def test_a_date_in_thousands_of_years_has_a_future_too() -> None:
    """A due date at the end of the calendar leaves room for stories."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock())
    ledger.record(ActionCommitted(trust="RHA", on="2025-10", action="wards", title="End dormitory wards", due="9998-12-31"))
    assert draws(futures(ledger), lambda future: len(future.entries) > 4)


def test_an_empty_ledger_has_no_future() -> None:
    """The error says so when `futures` is called, and what to do."""
    with pytest.raises(NotOnRecordError) as refused:
        futures(Ledger.open(":memory:", by="analyst"))
    assert isinstance(refused.value, errors.LedgerError)
    assert str(refused.value) == (
        "an empty ledger has no futures: record something first, or draw one with ledger.testing.ledgers()"
    )


@pytest.mark.parametrize(
    ("event", "on_record"),
    [
        (ActionCommitted(trust="RHA", on="2026", action="wards", title="End dormitory wards"), "wards"),
        (RatingStated(trust="RHA", on="2026", rating="Good"), "none"),
    ],
)
def test_an_action_that_is_not_on_record_has_no_future(event: Event, on_record: str) -> None:
    """The error names those that have."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock())
    ledger.record(event)
    with pytest.raises(NotOnRecordError) as refused:
        futures(ledger, actions=["ward"])
    assert str(refused.value) == f"no action 'ward' is on record, so it has no futures; actions on record: {on_record}"


# What a board would read


def test_a_target_that_is_missed_is_shown_as_nothing_but_time_passing(target: Ledger) -> None:
    """The shortest example of a missed date is silence, and the day after the last."""

    @given(st.data())
    def never_past_its_date(data: st.DataObject) -> None:
        ledger = data.draw(futures(target, actions=[DORMITORIES]))
        day = data.draw(days(ledger))
        assert day <= LAST_DAY or not wards(ledger, str(day)).has_passed

    _, lines = broken(never_past_its_date)
    assert "After 2026-11-22: nothing more is recorded" in lines
    assert "Draw 2: datetime.date(2027, 4, 1)" in lines


def test_a_slip_is_shown_as_one_line(target: Ledger) -> None:
    """The shortest example of a moved deadline is the revision, or the correction, that moved it."""

    @given(futures(target, actions=[DORMITORIES]))
    def never_moved(ledger: Ledger) -> None:
        assert not wards(ledger).revisions

    _, lines = broken(never_moved)
    assert lines[0] == f"2027-03-01: ActionDeadlineRevised {DORMITORIES} on 2027-03-01, due 2027-05"
    assert lines[1].endswith("test case: never_moved(")


def test_a_back_dated_completion_is_shown_as_one_line_that_says_how_late(target: Ledger) -> None:
    """The line tells when it was recorded, what was, on which day it is said to have happened, and how long after."""

    @given(futures(target, actions=[DORMITORIES]))
    def recorded_within_four_weeks(ledger: Ledger) -> None:
        assert all(late <= 28 for _, late in done(ledger, -400, 0))

    _, lines = broken(recorded_within_four_weeks)
    claim = f"ActionCompleted {DORMITORIES} on 2027-03-31, evidence kind sign-off, dated 31 March 2027, recorded 6 weeks later"
    assert lines[0] == f"2027-05-12: {claim}"
    assert lines[1].endswith("test case: recorded_within_four_weeks(")


def test_a_story_of_two_turns_is_shown_as_two_lines(target: Ledger) -> None:
    """Each step is a line, in order of recording."""

    @given(futures(target, actions=[DORMITORIES]))
    def never_undone(ledger: Ledger) -> None:
        assert not wards(ledger).reopened_on or ActionCompleted not in kinds(ledger)

    _, lines = broken(never_undone)
    assert [line[:70] for line in lines[:2]] == [
        f"2027-03-31: ActionCompleted {DORMITORIES} on 2027-03-31, evidence k"[:70],
        f"2027-03-31: ActionReopened {DORMITORIES} on 2027-03-31"[:70],
    ]
