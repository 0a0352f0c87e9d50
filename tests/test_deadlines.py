"""Deadlines: what is open and due on a date, how far off, and what is in doubt about it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs
import pytest

from ledger import Deadline, Ledger, When
from ledger._deadline import Due, page
from ledger._demo import example_files
from ledger._store import MemoryRecorder
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
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
    Firmness,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    RatingChanged,
    RequirementAssessed,
    RequirementMade,
)
from ledger.sources import ingest


def action(due: str | None = "2027-03", on: str = "2026-01-10") -> ActionCommitted:
    """Give a firm commitment."""
    return ActionCommitted(trust="RHA", on=on, action="wards", title="End dormitory wards", due=due)


def plan(due: str | None = "2027-03", on: str = "2026-01-10") -> ActionPlanRequested:
    """Give a request for an action plan."""
    return ActionPlanRequested(trust="RHA", on=on, plan="well-led", text="Plan on governance", due=due)


def requirement(due: str | None = "2027-03", on: str = "2026-01-10") -> RequirementMade:
    """Give a requirement."""
    return RequirementMade(trust="RHA", on=on, requirement="staffing", text="Have enough staff", due=due)


def notice(due: str | None = "2027-03", on: str = "2026-01-10") -> NoticeIssued:
    """Give a notice with two requirements, of which one has a last day to comply by."""
    return NoticeIssued(
        trust="RHA",
        on=on,
        notice="warning",
        kind="Warning Notice",
        requirements=[
            NoticeRequirement(requirement="records", text="Complete records"),
            NoticeRequirement(requirement="staffing", text="Have enough staff", comply_by=due),
        ],
    )


Kind = Callable[..., Event]
KINDS: list[Kind] = [action, plan, requirement, notice]

PASSED = "open on record after"


def ledger_of(*events: Event) -> Ledger:
    """Give a ledger of events."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC))
    ledger.record(*events)
    return ledger


def on(day: str, *events: Event) -> list[Deadline]:
    """Give the deadlines of a day, as known long after it, so that nothing is a forecast."""
    return ledger_of(*events).at(day, known_at="2099-01-01").deadlines()


# Where a deadline stands


@pytest.mark.parametrize(
    ("due", "day", "standing", "days"),
    [
        ("2027-03-31", "2027-03-30", Due.UPCOMING, -1),
        ("2027-03-31", "2027-03-31", Due.DUE, 0),
        ("2027-03-31", "2027-04-01", Due.OVERDUE, 1),
        ("2027-03-31", "2027-04-02", Due.OVERDUE, 2),
        ("2027-03", "2027-02-28", Due.UPCOMING, -31),
        ("2027-03", "2027-03-01", Due.DUE, -30),
        ("2027-03", "2027-03-31", Due.DUE, 0),
        ("2027-03", "2027-04-01", Due.OVERDUE, 1),
        ("2027-33", "2026-12-31", Due.UPCOMING, -90),
        ("2027-33", "2027-01-01", Due.DUE, -89),
        ("2027-33", "2027-03-31", Due.DUE, 0),
        ("2027-33", "2027-04-01", Due.OVERDUE, 1),
        ("2027-02/2027-03", "2027-01-31", Due.UPCOMING, -59),
        ("2027-02/2027-03", "2027-02-01", Due.DUE, -58),
        ("2027-02/2027-03", "2027-04-01", Due.OVERDUE, 1),
        ("../2027-03", "2027-03-30", Due.UPCOMING, -1),
        ("../2027-03", "2027-03-31", Due.DUE, 0),
        ("../2027-03", "2027-04-01", Due.OVERDUE, 1),
        ("2027-03/..", "2027-02-28", Due.UPCOMING, None),
        ("2027-03/..", "2027-03-01", Due.DUE, None),
        ("2027-03/..", "9998-12-31", Due.DUE, None),
        ("2027-03~", "2027-03-31", Due.DUE, 0),
        ("2027-03~", "2027-04-01", Due.OVERDUE, 1),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_where_a_deadline_stands(kind: Kind, due: str, day: str, standing: Due, days: int | None) -> None:
    """Due on each day of its period, overdue on the day after; an open end is due from its first day and never past."""
    (found,) = on(day, kind(due))
    assert (str(found.due), found.standing, found.days) == (due, standing, days)
    assert found.is_past is (standing is Due.OVERDUE)


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_no_due_date_is_not_listed(kind: Kind) -> None:
    """Only what is due by some time is a deadline."""
    assert on("2027-04-01", kind(None)) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("day", "listed"), [("2026-01-09", 0), ("2026-01-10", 1)])
def test_a_deadline_is_listed_from_the_day_it_was_set(kind: Kind, day: str, listed: int) -> None:
    """The day before it was set there is nothing."""
    assert len(on(day, kind())) == listed


@pytest.mark.parametrize("day", ["2027-02-01", "2027-03-31", "2027-04-01"])
@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (action, ActionCompleted(trust="RHA", on="2027-02-01", action="wards")),
        (action, ActionVerified(trust="RHA", on="2027-02-01", action="wards", verified_by="Internal Audit")),
        (action, ActionWithdrawn(trust="RHA", on="2027-02-01", action="wards")),
        (action, ActionDeadlineRevised(trust="RHA", on="2027-02-01", action="wards", due=None)),
        (plan, ActionPlanSubmitted(trust="RHA", on="2027-02-01", plan="well-led")),
        (requirement, RequirementAssessed(trust="RHA", on="2027-02-01", requirement="staffing", outcome="met")),
        (notice, NoticeDetermined(trust="RHA", on="2027-02-01", notice="warning", outcome="complied")),
        (notice, NoticeDetermined(trust="RHA", on="2027-02-01", notice="warning", outcome="not complied")),
        (
            notice,
            NoticeDetermined(trust="RHA", on="2027-02-01", notice="warning", outcome="complied", requirement="staffing"),
        ),
        (notice, NoticeWithdrawn(trust="RHA", on="2027-02-01", notice="warning")),
    ],
)
def test_what_is_ended_is_not_listed(kind: Kind, end: Event, day: str) -> None:
    """Completed, given up, sent, met, determined or withdrawn: from that day it is no deadline; the day before it is."""
    assert on(day, kind(), end) == []
    assert len(on("2027-01-31", kind(), end)) == 1


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        (action, ActionProgressReported(trust="RHA", on="2027-02-01", action="wards", text="Going well.")),
        (action, ActionReassigned(trust="RHA", on="2027-02-01", action="wards", lead="Chief Nurse")),
        (plan, ActionPlanAgreed(trust="RHA", on="2027-02-01", plan="well-led", bodies=["the trust"])),
        (requirement, RequirementAssessed(trust="RHA", on="2027-02-01", requirement="staffing", outcome="not met")),
        (requirement, RequirementAssessed(trust="RHA", on="2027-02-01", requirement="staffing", outcome="partly met")),
        (
            notice,
            NoticeDetermined(trust="RHA", on="2027-02-01", notice="warning", outcome="complied", requirement="records"),
        ),
        (notice, NoticeFollowedUp(trust="RHA", on="2027-02-01", notice="warning")),
    ],
)
def test_what_is_not_ended_is_listed(kind: Kind, fact: Event) -> None:
    """News of it, a requirement not met or met in part, and the end of another requirement end nothing; a deadline passes."""
    (found,) = on("2027-04-01", kind(), fact)
    assert (found.standing, found.last_heard) == (Due.OVERDUE, date(2027, 2, 1))


def test_what_is_reopened_is_listed_again() -> None:
    """Taken up again after it was completed, an action is due as before, and overdue at once where its day has passed."""
    done = ActionCompleted(trust="RHA", on="2027-02-01", action="wards")
    again = ActionReopened(trust="RHA", on="2027-02-10", action="wards")
    assert [one.standing for one in on("2027-03-31", action(), done, again)] == [Due.DUE]
    late = ActionCompleted(trust="RHA", on="2027-04-20", action="wards")
    reopened = ActionReopened(trust="RHA", on="2027-06-01", action="wards")
    assert on("2027-05-31", action(), late, reopened) == []
    assert [(one.standing, one.days) for one in on("2027-06-01", action(), late, reopened)] == [(Due.OVERDUE, 62)]


@pytest.mark.parametrize(
    ("firmness", "subject_to", "resolved", "standing"),
    [
        ("committed", [], None, Due.OVERDUE),
        ("scheduled", [], None, Due.OVERDUE),
        ("targeted", [], None, Due.PAST_TARGET),
        ("ambition", [], None, Due.PAST_TARGET),
        ("committed", ["capital"], None, Due.PAST_TARGET),
        ("committed", ["capital"], "met", Due.OVERDUE),
        ("committed", ["capital"], "refused", Due.OVERDUE),
        ("committed", ["capital", "consent"], "met", Due.PAST_TARGET),
    ],
)
def test_a_target_passes_as_a_target(firmness: str, subject_to: list[str], resolved: str | None, standing: Due) -> None:
    """A target, an ambition or a date under an unresolved condition is past its target; before that it is due like any other."""
    committed = ActionCommitted(
        trust="RHA", on="2026-01-10", action="wards", title="End", due="2027-03", firmness=firmness, subject_to=subject_to
    )
    more = (
        [ActionConditionResolved(trust="RHA", on="2026-02-01", action="wards", condition_text="capital", outcome=resolved)]
        if resolved
        else []
    )
    standings = [on(day, committed, *more)[0].standing for day in ("2027-02-28", "2027-03-01", "2027-03-31", "2027-04-01")]
    assert standings == [Due.UPCOMING, Due.DUE, Due.DUE, standing]
    assert on("2027-04-01", committed, *more)[0].is_past


def test_a_condition_is_listed_by_what_became_of_it() -> None:
    """Unresolved conditions, and those refused or lapsed, are told apart; those met or no longer needed are not mentioned."""
    conditions = ["capital", "consent", "land", "staff", "vote"]
    committed = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End", due="2027-03", subject_to=conditions)
    outcomes = {"consent": "refused", "land": "lapsed", "staff": "met", "vote": "no longer needed"}
    resolved = [
        ActionConditionResolved(trust="RHA", on="2026-02-01", action="wards", condition_text=one, outcome=outcome)
        for one, outcome in outcomes.items()
    ]
    (found,) = on("2027-03-31", committed, *resolved)
    assert (found.unresolved, found.refused, found.entries) == (("capital",), ("consent", "land"), (1, 2, 3, 4, 5))
    assert found.summary == (
        "committed, due March 2027, last day today; condition not resolved on record: capital; condition not met: consent; "
        "condition not met: land; no lead on record"
    )


def test_a_date_brought_forward_into_the_past_reads_as_days_ago() -> None:
    """It is overdue at once, though no midnight has come since: its last day is over."""
    moved = ActionDeadlineRevised(trust="RHA", on="2026-11-05", action="wards", due="2026-10")
    told = [
        (one.standing, one.days, one.summary.partition("; moved once")[0])
        for day in ("2026-11-05", "2026-11-06")
        for one in on(day, action(), moved)
    ]
    assert told == [
        (Due.OVERDUE, 5, "overdue; committed, due October 2026, 5 days ago"),
        (Due.OVERDUE, 6, "overdue; committed, due October 2026, 6 days ago"),
    ]


# What is told of it


def test_everything_on_record_about_a_deadline_is_told() -> None:
    """An action's firmness, conditions, owner, lead and committee, the action it is part of, and the entries that say so."""
    whole = ActionCommitted(trust="RHA", on="2026-01-10", action="estates", title="Mend the estate")
    committed = ActionCommitted(
        trust="RHA",
        on="2026-01-10",
        action="wards",
        title="End dormitory wards",
        firmness="targeted",
        due="2027-03",
        subject_to=["capital"],
        part_of="estates",
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
    )
    progress = ActionProgressReported(trust="RHA", on="2026-03-01", action="wards", text="Two of four wards done.")
    other = RatingChanged(trust="RHA", on="2026-03-01", rating="Good")
    assert on("2027-04-01", whole, committed, other, progress) == [
        Deadline(
            trust="RHA",
            about=("action", "wards"),
            heading="End dormitory wards",
            due=When("2027-03"),
            standing=Due.PAST_TARGET,
            days=1,
            original_due=When("2027-03"),
            missed=(When("2027-03"),),
            firmness=Firmness.TARGETED,
            unresolved=("capital",),
            owner_body="the trust",
            lead="Chief Operating Officer",
            committee="Quality Committee",
            part_of="estates",
            whole="Mend the estate",
            last_heard=date(2026, 3, 1),
            entries=(2, 4),
        )
    ]


@pytest.mark.parametrize(
    ("kind", "about", "heading"),
    [
        (plan, ("plan", "well-led"), "Plan on governance"),
        (requirement, ("requirement", "staffing"), "Have enough staff"),
        (notice, ("notice", "warning", "staffing"), "Warning Notice: Have enough staff"),
    ],
)
def test_a_duty_is_told_by_what_it_is_of(kind: Kind, about: tuple[str, ...], heading: str) -> None:
    """A plan, a requirement and a requirement of a notice: what it is of, since when nothing was heard, and which entry says so."""
    assert on("2027-03-31", kind()) == [
        Deadline(
            trust="RHA",
            about=about,
            heading=heading,
            due=When("2027-03"),
            standing=Due.DUE,
            days=0,
            original_due=When("2027-03"),
            last_heard=date(2026, 1, 10),
            entries=(1,),
        )
    ]


@pytest.mark.parametrize(("day", "missed"), [("2027-03-31", ()), ("2027-04-01", (When("2027-03"),))])
@pytest.mark.parametrize("kind", [action, plan, notice])
def test_a_miss_is_counted_from_the_day_after(kind: Kind, day: str, missed: tuple[When, ...]) -> None:
    """A due period that passed while it was open is missed, and the words say that nothing was on record of its being done."""
    (found,) = on(day, kind())
    assert found.missed == missed
    assert (f"; {PASSED} March 2027; " in found.summary) is bool(missed)


def test_each_due_period_that_passed_is_a_miss() -> None:
    """Moved onward after a miss and missed again, both are told; of each, whether an imprecise date leaves doubt of it."""
    onward = ActionDeadlineRevised(trust="RHA", on="2027-04-10", action="wards", due="2027-06")
    (found,) = on("2027-07-01", action(), onward)
    assert (found.missed, found.unsure) == ((When("2027-03"), When("2027-06")), ())
    assert found.summary == (
        f"overdue; committed, due June 2027, 1 day ago; moved once; {PASSED} March 2027; {PASSED} June 2027; "
        "no lead on record; nothing on record since 10 April 2027"
    )
    perhaps = ActionDeadlineRevised(trust="RHA", on="2027-03/2027-04", action="wards", due="2027-06")
    (found,) = on("2027-06-30", action(), perhaps)
    assert (found.missed, found.unsure) == ((When("2027-03"),), (When("2027-03"),))
    assert found.summary == (
        f"committed, due June 2027, last day today; moved once; {PASSED} March 2027 (not certain); no lead on record"
    )
    (found,) = on("2027-07-01", action(), perhaps)
    assert (found.missed, found.unsure) == ((When("2027-03"), When("2027-06")), (When("2027-03"),))
    assert f"; {PASSED} March 2027 (not certain); {PASSED} June 2027; " in found.summary


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-03-29", "committed, due March 2027, last day in 2 days"),
        ("2027-03-30", "committed, due March 2027, last day in 1 day"),
        ("2027-03-31", "committed, due March 2027, last day today"),
        ("2027-04-01", "overdue; committed, due March 2027, 1 day ago"),
        ("2027-04-02", "overdue; committed, due March 2027, 2 days ago"),
    ],
)
def test_how_far_off_it_is_reads_aloud(day: str, words: str) -> None:
    """Days to come and days gone are counted from the last day; what is past says so first."""
    (found,) = on(day, action())
    assert found.summary.startswith(f"{words}; ")


def test_a_deadline_reads_aloud() -> None:
    """One line: the trust, what is due, how firmly and by when, how it went, whose it is, and the entries that say so."""
    committed = ActionCommitted(
        trust="RHA",
        on="2026-01-10",
        action="wards",
        title="End dormitory wards",
        due="2027-03",
        part_of="estates",
        owner_body="the trust",
        lead="Chief Operating Officer",
        committee="Quality Committee",
    )
    (found,) = on("2027-04-01", committed)
    assert str(found) == (
        f"RHA, End dormitory wards: overdue; committed, due March 2027, 1 day ago; {PASSED} March 2027; owner: the trust; "
        "lead: Chief Operating Officer; committee: Quality Committee; part of: estates; "
        "nothing on record since 10 January 2026 [1]"
    )
    assert str(attrs.evolve(found, is_forecast=True)) == f"Forecast: {found}"
    (endless,) = on("2027-04-01", action("2027-03/.."))
    assert str(endless) == "RHA, End dormitory wards: committed, due from March 2027, no end stated; no lead on record [1]"


def test_a_deadline_as_json() -> None:
    """Every field as text, numbers or lists, each move with its days, how often it was moved, and what is said of it."""
    moved = ActionDeadlineRevised(
        trust="RHA", on="2026-11-05", action="wards", due="2027-09", reason="capital", approved_by="Board"
    )
    done = ActionCompleted(trust="RHA", on="2027-09/2027-12", action="wards")
    (found,) = on("2027-10-01", action(), moved, done)
    assert found.row() == {
        "trust": "RHA",
        "about": ["action", "wards"],
        "heading": "End dormitory wards",
        "due": "2027-09",
        "standing": "overdue",
        "days": 1,
        "original_due": "2027-03",
        "moves": [
            {
                "before": "2027-03",
                "after": "2027-09",
                "on": "2026-11-05",
                "reason": "capital",
                "approved_by": "Board",
                "entry": 2,
                "is_correction": False,
                "days": 183,
            }
        ],
        "missed": ["2027-09"],
        "unsure": [],
        "firmness": "committed",
        "unresolved": [],
        "refused": [],
        "owner_body": None,
        "lead": None,
        "committee": None,
        "part_of": None,
        "whole": None,
        "last_heard": "2026-11-05",
        "is_certain": True,
        "in_doubt": [3],
        "entries": [1, 2],
        "inferred": [],
        "is_forecast": False,
        "times_moved": 1,
        "summary": (
            f"overdue; committed, due September 2027, 1 day ago; moved once; {PASSED} September 2027; no lead on record; "
            "nothing on record since 5 November 2026; in doubt: [3] may already have changed this"
        ),
    }


def test_what_no_source_states_is_named() -> None:
    """The fields that no source states of the entries about the deadline, each once; of no other thing and no later day."""
    ledger = ledger_of()
    ledger.record(action(), inferred=["due"])
    ledger.record(ActionProgressReported(trust="RHA", on="2026-03-01", action="wards", text="Begun."), inferred=["on", "text"])
    ledger.record(ActionReassigned(trust="RHA", on="2026-04-01", action="wards", lead="Chief Nurse"), inferred=["on", "lead"])
    later = ActionReassigned(trust="RHA", on="2026-07-01", action="wards", committee="Quality Committee")
    ledger.record(later, inferred=["committee"])
    ledger.record(notice(), inferred=["kind"])
    other = NoticeDetermined(trust="RHA", on="2026-04-01", notice="warning", outcome="complied", requirement="records")
    ledger.record(other, inferred=["outcome"])
    ledger.record(plan())
    ledger.record(attrs.evolve(action(), trust="RVN"), inferred=["title"])
    view = ledger.at("2026-06-01")
    assert [(one.about[0], one.inferred, one.row()["inferred"]) for one in view.deadlines("RHA")] == [
        ("action", ("due", "lead", "on", "text"), ["due", "lead", "on", "text"]),
        ("notice", ("kind",), ["kind"]),
        ("plan", (), []),
    ]
    assert [one.summary.endswith(" (inferred: due, lead, on, text)") for one in view.deadlines("RHA")] == [True, False, False]
    assert ["inferred" in one.summary for one in view.deadlines("RHA")] == [True, True, False]


# What is in doubt


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-01-31", None),
        ("2026-02-01", Due.UPCOMING),
        ("2027-02-28", Due.UPCOMING),
        ("2027-03-01", Due.DUE),
        ("2027-03-31", Due.DUE),
        ("2027-04-01", Due.OVERDUE),
    ],
)
@pytest.mark.parametrize("began", ["2026-02/2028", "2026-02/.."])
@pytest.mark.parametrize("kind", KINDS)
def test_what_may_already_be_in_force_is_listed(kind: Kind, began: str, day: str, standing: Due | None) -> None:
    """A duty of imprecise date is listed from the first day it can be in force, and says that it may be; it stands by its dates."""
    found = on(day, kind("2027-03", began))
    assert [(one.standing, one.is_certain, one.missed, one.last_heard) for one in found] == (
        [] if standing is None else [(standing, False, (), None)]
    )
    assert all(one.summary.startswith("may already be in force; ") and one.entries == (1,) for one in found)


@pytest.mark.parametrize(("day", "is_certain"), [("2026-05-31", False), ("2026-06-29", False), ("2026-06-30", True)])
@pytest.mark.parametrize("kind", KINDS)
def test_from_its_latest_day_it_is_in_force(kind: Kind, day: str, *, is_certain: bool) -> None:
    """Once the last day that its date can mean has come, it counts, and is listed once."""
    (found,) = on(day, kind("2027-03", "2026-05/2026-06"))
    assert found.is_certain is is_certain


@pytest.mark.parametrize(
    ("firmness", "standing", "words"),
    [("committed", Due.OVERDUE, "overdue"), ("targeted", Due.PAST_TARGET, "past its target")],
)
def test_what_may_be_in_force_is_told_in_full(firmness: str, standing: Due, words: str) -> None:
    """Whose it is, how firm and under what conditions is told of what may be in force as well; a target stays one."""
    committed = ActionCommitted(
        trust="RHA",
        on="2026-02/..",
        action="wards",
        title="End dormitory wards",
        due="2027-03",
        firmness=firmness,
        lead="Chair",
    )
    (found,) = on("2027-04-01", committed)
    assert (found.standing, found.original_due, found.days) == (standing, When("2027-03"), 1)
    assert found.summary == f"may already be in force; {words}; {firmness}, due March 2027, 1 day ago; lead: Chair"
    conditional = ActionCommitted(
        trust="RHA", on="2026-02/..", action="wards", title="End", due="2027-03", subject_to=["capital"]
    )
    (found,) = on("2027-04-01", conditional)
    assert (found.standing, found.unresolved) == (Due.PAST_TARGET, ("capital",))


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (action, ActionCompleted(trust="RHA", on="2026-03-01", action="wards")),
        (action, ActionWithdrawn(trust="RHA", on="2026-03-01", action="wards")),
        (plan, ActionPlanSubmitted(trust="RHA", on="2026-03-01", plan="well-led")),
        (requirement, RequirementAssessed(trust="RHA", on="2026-03-01", requirement="staffing", outcome="met")),
        (notice, NoticeDetermined(trust="RHA", on="2026-03-01", notice="warning", outcome="complied")),
        (notice, NoticeWithdrawn(trust="RHA", on="2026-03-01", notice="warning")),
    ],
)
@pytest.mark.parametrize("began", ["2026-02/2028", "2026-02~"])
def test_what_was_ended_is_not_listed_again_because_its_beginning_is_in_doubt(kind: Kind, began: str, end: Event) -> None:
    """An end known before a beginning of imprecise date, or after one that is only about then, leaves nothing due."""
    assert on("2027-04-01", kind("2027-03", began), end) == []


def test_a_due_that_may_have_been_set_is_listed_of_what_has_none() -> None:
    """An action without a date to which one may have been given is listed with it; one with a date has the entry in doubt."""
    perhaps = ActionDeadlineRevised(trust="RHA", on="2026-05/2026-12", action="wards", due="2027-09")
    (found,) = on("2026-06-01", action(None), perhaps)
    assert (found.heading, found.due, found.is_certain, found.entries) == ("End dormitory wards", When("2027-09"), False, (2,))
    (found,) = on("2026-06-01", action(), perhaps)
    assert (found.due, found.is_certain, found.in_doubt, found.entries) == (When("2027-03"), True, (2,), (1,))
    given_up = ActionDeadlineRevised(trust="RHA", on="2026-04-01", action="wards", due=None)
    again = ActionCommitted(trust="RHA", on="2026-05/2026-12", action="wards", title="End dormitory wards", due="2027-06")
    assert on("2026-06-01", action(), given_up, again) == []


@pytest.mark.parametrize(("day", "in_doubt"), [("2027-01-31", ()), ("2027-02-01", (2,)), ("2027-06-29", (2,))])
def test_what_may_have_changed_a_deadline_is_named(day: str, in_doubt: tuple[int, ...]) -> None:
    """A completion of imprecise date is in doubt from its first day until its last, on which it counts."""
    done = ActionCompleted(trust="RHA", on="2027-02/2027-06", action="wards")
    (found,) = on(day, action(), done)
    assert found.in_doubt == in_doubt
    assert ("in doubt: [2] may already have changed this" in found.summary) is bool(in_doubt)
    assert on("2027-06-30", action(), done) == []


def test_only_what_is_about_the_deadline_is_named() -> None:
    """Of a notice, what is about another requirement is no ground and no doubt; what is about the whole notice is both."""
    issued = notice()
    records = NoticeDetermined(
        trust="RHA", on="2027-01-15", notice="warning", outcome="complied", requirement="records", id="records"
    )
    staffing = NoticeDetermined(
        trust="RHA", on="2027-01/2027-12", notice="warning", outcome="complied", requirement="staffing", id="staffing"
    )
    other = NoticeDetermined(
        trust="RHA", on="2027-01/2027-11", notice="warning", outcome="complied", requirement="records", id="again"
    )
    whole = NoticeDetermined(trust="RHA", on="2027-01/2027-10", notice="warning", outcome="complied", id="whole")
    visit = NoticeFollowedUp(trust="RHA", on="2027-01-20", notice="warning")
    elsewhere = RequirementAssessed(trust="RHA", on="2027-01/2027-10", requirement="staffing", outcome="met")
    (found,) = on("2027-02-01", issued, records, staffing, other, whole, visit, elsewhere)
    assert (found.entries, found.in_doubt) == ((1, 6), (3, 5))


# Many


UPCOMING = [
    ActionCommitted(trust="RHA", on="2026-01-10", action="far", title="Far", due="2027-06"),
    ActionCommitted(trust="RHA", on="2026-01-10", action="endless", title="Endless", due="2027-01/.."),
    ActionCommitted(trust="RHA", on="2026-01-10", action="near-b", title="Near", due="2027-03-31"),
    ActionCommitted(trust="RHA", on="2026-01-10", action="near-a", title="Near", due="2027-03"),
    ActionCommitted(trust="RVN", on="2026-01-10", action="past", title="Past", due="2026-02"),
    ActionCommitted(trust="RT5", on="2026-01-10", action="near-a", title="Near", due="2027-03"),
    ActionPlanRequested(trust="RHA", on="2026-01-10", plan="near-a", due="2027-03"),
]


def test_deadlines_come_by_last_day_then_by_trust_then_by_thing() -> None:
    """What has no last day comes after all others."""
    assert [(one.trust, *one.about) for one in on("2026-12-01", *UPCOMING)] == [
        ("RVN", "action", "past"),
        ("RHA", "action", "near-a"),
        ("RHA", "action", "near-b"),
        ("RHA", "plan", "near-a"),
        ("RT5", "action", "near-a"),
        ("RHA", "action", "far"),
        ("RHA", "action", "endless"),
    ]


@pytest.mark.parametrize(
    ("code", "found"), [("RHA", ["near-a", "near-b", "near-a", "far", "endless"]), ("RT5", ["near-a"]), ("RX1", []), ("", [])]
)
def test_deadlines_of_one_trust(code: str, found: list[str]) -> None:
    """Those of the trust alone, in the same order; of one that nothing is on record about, none."""
    assert [one.about[1] for one in ledger_of(*UPCOMING).at("2026-12-01").deadlines(code)] == found


@pytest.mark.parametrize(
    ("due", "within", "listed"),
    [
        ("2027-03-31", 29, False),
        ("2027-03-31", 30, True),
        ("2027-03-31", 31, True),
        ("2027-04", 30, False),
        ("2027-04", 31, True),
        ("2027-34", 30, False),
        ("2027-34", 31, True),
        ("../2027-03", 29, False),
        ("../2027-03", 30, True),
        ("2027-04/..", 30, False),
        ("2027-04/..", 31, True),
        ("2027-03-01", 0, True),
        ("2027-03", 0, True),
        ("2027-03-02", 0, False),
        ("2027-02", 0, True),
        ("2027-02/..", 0, True),
        ("9998-12-31", 10**9, True),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_within_so_many_days(kind: Kind, due: str, within: int, *, listed: bool) -> None:
    """Asked on 1 March 2027: upcoming by the first day of its due period, that day included; past and due are always listed."""
    found = ledger_of(kind(due)).at("2027-03-01").deadlines(within=within)
    assert len(found) == listed


@pytest.mark.parametrize("day", ["2026-01-31", "2026-06-01", "2027-03-31", "2027-04-01"])
def test_views_of_many_days_have_the_same_deadlines(day: str) -> None:
    """A view that `over` gives has the deadlines of the view of its day."""
    moved = ActionDeadlineRevised(trust="RHA", on="2026-05/2026-08", action="far", due="2027-12")
    ledger = ledger_of(*UPCOMING, moved, requirement(), notice(on="2026-05/2026-08"))
    (view,) = ledger.over([day])
    assert view.deadlines() == ledger.at(day).deadlines()


def test_deadlines_as_a_page() -> None:
    """What is past, what is due in this period and what is upcoming, each under its title; nothing at all says so."""
    soft = ActionCommitted(trust="RHA", on="2026-01-10", action="soft", title="Soft", due="2026-01", firmness="ambition")
    found = on("2027-03-01", *UPCOMING[3:5], UPCOMING[0], soft)
    assert str(page(found, "Deadlines", ("As recorded to date.",))) == (
        "Deadlines\nAs recorded to date.\n\n"
        "Past\n"
        f"  RHA, Soft: past its target; ambition, due January 2026, 394 days ago; {PASSED} January 2026; no lead on record; "
        "nothing on record since 10 January 2026 [4]\n"
        f"  RVN, Past: overdue; committed, due February 2026, 366 days ago; {PASSED} February 2026; no lead on record; "
        "nothing on record since 10 January 2026 [2]\n\n"
        "Due in this period\n"
        "  RHA, Near: committed, due March 2027, last day in 30 days; no lead on record [1]\n\n"
        "Upcoming\n"
        "  RHA, Far: committed, due June 2027, last day in 121 days; no lead on record [3]"
    )
    assert str(page([], "Deadlines", ())) == "Deadlines\n\nNothing open has a due date"


# The example ledger


WORKERS = "RVN, Meet one to one with any social worker who had raised concerns: overdue; scheduled, due 22 February 2012"
COUNCIL = (
    f"{PASSED} 22 February 2012; owner: Wiltshire Council; lead: Head of Service for mental health; "
    "nothing on record since 17 February 2012 (inferred: on)"
)
SUBMIT = "RHA, Make the full planning submission for ending dormitory accommodation: "
SCHEDULED = "scheduled, due March 2026"
PART = "no lead on record; part of: End dormitory accommodation"
UNSTATED = "(inferred: answers, on)"
LATE = f"{PASSED} March 2026; {PART}; nothing on record since 31 March 2026 {UNSTATED}"
END = "RHA, End dormitory accommodation: "
TARGETED = "targeted, due March 2027"
CAPITAL = "condition not resolved on record: national capital approval; lead: lead director for capital delivery"
UNSTATED_OF_END = "(inferred: answers, lead, on)"
PAST = f"{PASSED} March 2027; {CAPITAL}; nothing on record since 31 March 2026 {UNSTATED_OF_END}"
CARBON = "RVN, Be carbon neutral by 2030: ambition, due 2030"
NOBODY = "no lead on record (inferred: due, on)"


@pytest.fixture(scope="module")
def example() -> Ledger:
    """Give the example ledger."""
    ledger = ledger_of()
    ingest(ledger, example_files())
    return ledger


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (
            "2026-03-31",
            [
                f"{WORKERS}, 5,151 days ago; {COUNCIL}",
                f"{SUBMIT}{SCHEDULED}, last day today; {PART} {UNSTATED}",
                f"{END}{TARGETED}, last day in 365 days; {CAPITAL} {UNSTATED_OF_END}",
                f"{CARBON}, last day in 1,736 days; {NOBODY}",
            ],
        ),
        (
            "2026-04-01",
            [
                f"{WORKERS}, 5,152 days ago; {COUNCIL}",
                f"{SUBMIT}overdue; {SCHEDULED}, 1 day ago; {LATE}",
                f"{END}{TARGETED}, last day in 364 days; {CAPITAL} {UNSTATED_OF_END}",
                f"{CARBON}, last day in 1,735 days; {NOBODY}",
            ],
        ),
        (
            "2027-03-31",
            [
                f"{WORKERS}, 5,516 days ago; {COUNCIL}",
                f"{SUBMIT}overdue; {SCHEDULED}, 365 days ago; {LATE}",
                f"{END}{TARGETED}, last day today; {CAPITAL} {UNSTATED_OF_END}",
                f"{CARBON}, last day in 1,371 days; {NOBODY}",
            ],
        ),
        (
            "2027-04-01",
            [
                f"{WORKERS}, 5,517 days ago; {COUNCIL}",
                f"{SUBMIT}overdue; {SCHEDULED}, 366 days ago; {LATE}",
                f"{END}past its target; {TARGETED}, 1 day ago; {PAST}",
                f"{CARBON}, last day in 1,370 days; {NOBODY}",
            ],
        ),
    ],
)
def test_the_deadlines_of_the_example_ledger(day: str, lines: list[str], example: Ledger) -> None:
    """The planning submission passes on 1 April 2026, and the target to end dormitory wards on 1 April 2027."""
    found = example.at(day, known_at="2099-01-01").deadlines()
    assert [str(one).rpartition(" [")[0] for one in found] == lines
    assert [one.is_forecast for one in example.at(day).deadlines()] == [day > "2026-06-01"] * len(found)
    assert all(one.entries for one in found)


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        ("2026-02-28", [Due.OVERDUE, Due.UPCOMING, Due.UPCOMING, Due.UPCOMING]),
        ("2026-03-31", [Due.OVERDUE, Due.DUE, Due.UPCOMING, Due.UPCOMING]),
        ("2026-04-01", [Due.OVERDUE, Due.OVERDUE, Due.UPCOMING, Due.UPCOMING]),
        ("2027-03-31", [Due.OVERDUE, Due.OVERDUE, Due.DUE, Due.UPCOMING]),
        ("2027-04-01", [Due.OVERDUE, Due.OVERDUE, Due.PAST_TARGET, Due.UPCOMING]),
    ],
)
def test_where_the_deadlines_of_the_example_ledger_stand(day: str, standings: list[Due], example: Ledger) -> None:
    """Scheduled, the submission becomes overdue; targeted and conditional, the dormitories are past their target."""
    assert [one.standing for one in example.at(day).deadlines()] == standings


def test_before_the_letter_was_out_its_deadlines_may_be_in_force(example: Ledger) -> None:
    """Written between October 2025 and March 2026, what the letter sets may be in force, and goes by its id, until its last day."""
    assert [str(one).rpartition(" [")[0] for one in example.at("2026-03-30").deadlines("RHA")] == [
        (
            f"{SUBMIT}may already be in force; {SCHEDULED}, last day in 1 day; no lead on record; "
            f"part of: dormitory-eradication {UNSTATED}"
        ),
        f"{END}may already be in force; {TARGETED}, last day in 366 days; {CAPITAL} {UNSTATED_OF_END}",
    ]
    assert example.at("2025-09-30").deadlines("RHA") == []


def test_the_public_deadlines_of_the_example_ledger_leave_the_confidential_paper_out(example: Ledger) -> None:
    """What only the paper of 2012 tells is in no public list."""
    public = example.at("2027-04-01", known_at="2099-01-01", public_on="2026-04-01").deadlines()
    assert [str(one).rpartition(" [")[0] for one in public][:2] == [
        f"{SUBMIT}overdue; {SCHEDULED}, 366 days ago; {LATE}",
        f"{END}past its target; {TARGETED}, 1 day ago; {PAST}",
    ]
    assert all("social worker" not in str(one) for one in public)
