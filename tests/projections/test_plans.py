"""Action plans: asked for, sent, agreed, and past the day they were to be sent by."""

from datetime import date

import pytest

from ledger import When, with_midnights
from ledger.events import ActionPlanAgreed, ActionPlanDeadlinePassed, ActionPlanRequested, ActionPlanSubmitted
from ledger.projections.plans import Plan, plans

REQUESTED = ActionPlanRequested(
    trust="RHA",
    on="2026-01-10",
    plan="well-led-plan",
    text="Plan on the breach of regulation 17",
    answers=["governance"],
    by="CQC",
    due="2026-02-07",
)
SUBMITTED = ActionPlanSubmitted(trust="RHA", on="2026-02-05", plan="well-led-plan", to="CQC")


def test_a_request_puts_a_plan_on_record() -> None:
    """A plan that was asked for keeps who asked, when, about what, and by when it is due."""
    assert plans.fold([REQUESTED])["well-led-plan"] == Plan(
        plan="well-led-plan",
        text="Plan on the breach of regulation 17",
        answers=frozenset({"governance"}),
        requested_on=When("2026-01-10"),
        requested_by="CQC",
        due=When("2026-02-07"),
        last_heard=date(2026, 1, 10),
    )


def test_a_plan_is_sent() -> None:
    """Sending a plan keeps when and to whom, and leaves what was asked for."""
    plan = plans.fold([REQUESTED, SUBMITTED])["well-led-plan"]
    assert (plan.submitted_on, plan.submitted_to, plan.last_heard) == (When("2026-02-05"), "CQC", date(2026, 2, 5))
    assert (plan.requested_on, plan.due) == (When("2026-01-10"), When("2026-02-07"))


def test_a_plan_is_agreed_between_bodies() -> None:
    """An agreement keeps its first day and every body named to have agreed."""
    given = [
        ActionPlanAgreed(trust="RHA", on="2026-03-01", plan="well-led-plan", bodies=["the trust"], text="Agreed plan"),
        ActionPlanAgreed(trust="RHA", on="2026-04-01", plan="well-led-plan", bodies=["NHS England"], answers=["governance"]),
    ]
    assert plans.fold(given)["well-led-plan"] == Plan(
        plan="well-led-plan",
        text="Agreed plan",
        answers=frozenset({"governance"}),
        agreed_on=When("2026-03-01"),
        agreed_between=frozenset({"the trust", "NHS England"}),
        last_heard=date(2026, 4, 1),
    )


def test_a_plan_sent_before_it_is_known_to_be_asked_for() -> None:
    """A plan whose sending is known before its request is kept, and the request does not undo it."""
    assert plans.fold([SUBMITTED, REQUESTED])["well-led-plan"] == Plan(
        plan="well-led-plan",
        text="Plan on the breach of regulation 17",
        answers=frozenset({"governance"}),
        requested_on=When("2026-01-10"),
        requested_by="CQC",
        due=When("2026-02-07"),
        submitted_on=When("2026-02-05"),
        submitted_to="CQC",
        last_heard=date(2026, 1, 10),
    )


def test_a_second_request_fills_gaps_and_moves_nothing() -> None:
    """A second request adds what the first left out; it never moves the day, the asker, the due period or the text."""
    second = ActionPlanRequested(
        trust="RHA",
        on="2026-01-20",
        plan="well-led-plan",
        text="Another text",
        answers=["staffing"],
        by="NHS England",
        due="2026-03-31",
    )
    plan = plans.fold([REQUESTED, second])["well-led-plan"]
    assert plan == Plan(
        plan="well-led-plan",
        text="Plan on the breach of regulation 17",
        answers=frozenset({"governance", "staffing"}),
        requested_on=When("2026-01-10"),
        requested_by="CQC",
        due=When("2026-02-07"),
        last_heard=date(2026, 1, 20),
    )


def test_a_second_request_gives_what_the_first_left_out() -> None:
    """A request without an asker, a text or a due period takes them from a later one."""
    bare = ActionPlanRequested(trust="RHA", on="2026-01-05", plan="well-led-plan")
    plan = plans.fold([bare, REQUESTED])["well-led-plan"]
    assert (plan.requested_on, plan.requested_by, plan.due) == (When("2026-01-05"), "CQC", When("2026-02-07"))
    assert plan.text == "Plan on the breach of regulation 17"


def test_a_plan_sent_twice_was_sent_the_first_time() -> None:
    """The first sending stands, and to whom."""
    again = ActionPlanSubmitted(trust="RHA", on="2026-02-20", plan="well-led-plan", to="NHS England")
    plan = plans.fold([REQUESTED, SUBMITTED, again])["well-led-plan"]
    assert (plan.submitted_on, plan.submitted_to, plan.last_heard) == (When("2026-02-05"), "CQC", date(2026, 2, 20))


@pytest.mark.parametrize(
    ("until", "missed"),
    [("2026-02-06", ()), ("2026-02-07", ()), ("2026-02-08", (When("2026-02-07"),))],
)
def test_a_requested_plan_is_past_its_day_on_the_day_after(until: str, missed: tuple[When, ...]) -> None:
    """A plan may be sent all through its last day; the midnight after, the day has passed."""
    plan = plans.fold(with_midnights([REQUESTED], date.fromisoformat(until)))["well-led-plan"]
    assert plan.missed == missed


@pytest.mark.parametrize(
    ("sent", "missed"),
    [("2026-02-06", ()), ("2026-02-07", ()), ("2026-02-08", (When("2026-02-07"),))],
)
def test_a_plan_sent_by_its_last_day_misses_nothing(sent: str, missed: tuple[When, ...]) -> None:
    """Sent on its last day a plan is in time; sent the day after, the miss is kept."""
    given = [REQUESTED, ActionPlanSubmitted(trust="RHA", on=sent, plan="well-led-plan")]
    assert plans.fold(with_midnights(given, date(2026, 4, 1)))["well-led-plan"].missed == missed


@pytest.mark.parametrize(
    ("sent", "missed", "unsure", "words"),
    [
        ("2026-02", (When("2026-02-07"),), (When("2026-02-07"),), "that day may have passed before it was sent"),
        ("2026-02-07/2026-03", (When("2026-02-07"),), (When("2026-02-07"),), "that day may have passed before it was sent"),
        ("../2026-03", (When("2026-02-07"),), (When("2026-02-07"),), "that day may have passed before it was sent"),
        ("2026-03~", (When("2026-02-07"),), (When("2026-02-07"),), "that day may have passed before it was sent"),
        ("2026-02-08?", (When("2026-02-07"),), (When("2026-02-07"),), "that day may have passed before it was sent"),
        ("2026-02-08/2026-03", (When("2026-02-07"),), (), "that day passed before it was sent"),
        ("2026-02-08", (When("2026-02-07"),), (), "that day passed before it was sent"),
        ("2026-02-07", (), (), None),
    ],
)
def test_a_miss_that_an_imprecise_sending_may_undo_is_unsure(
    sent: str, missed: tuple[When, ...], unsure: tuple[When, ...], words: str | None
) -> None:
    """A plan that may have been sent by its last day, or about or possibly then, may have been in time; the miss is kept."""
    given = [REQUESTED, ActionPlanSubmitted(trust="RHA", on=sent, plan="well-led-plan")]
    plan = plans.fold(with_midnights(given, date(2026, 6, 1)))["well-led-plan"]
    assert (plan.missed, plan.unsure) == (missed, unsure)
    assert plan.summary.split("; ")[3] == (words or "submitted 7 February 2026")


def test_a_second_sending_makes_no_miss_unsure() -> None:
    """Doubt is that of the sending that stands: the first, which was late for certain or was not."""
    late = ActionPlanSubmitted(trust="RHA", on="2026-02-08", plan="well-led-plan")
    doubtful = ActionPlanSubmitted(trust="RHA", on="2026-02", plan="well-led-plan")
    assert plans.fold(with_midnights([REQUESTED, late, doubtful], date(2026, 6, 1)))["well-led-plan"].unsure == ()
    precise = ActionPlanSubmitted(trust="RHA", on="2026-03-01", plan="well-led-plan")
    plan = plans.fold(with_midnights([REQUESTED, doubtful, precise], date(2026, 6, 1)))["well-led-plan"]
    assert plan.unsure == (When("2026-02-07"),)


def test_the_passing_of_a_day_is_nothing_that_was_heard() -> None:
    """A passed day is noted after those before it and leaves the day of the latest news alone."""
    given = [
        REQUESTED,
        ActionPlanDeadlinePassed(trust="RHA", on="2026-02-08", plan="well-led-plan", due="2026-02-07"),
        ActionPlanDeadlinePassed(trust="RHA", on="2026-04-01", plan="well-led-plan", due="2026-03"),
    ]
    plan = plans.fold(given)["well-led-plan"]
    assert plan.missed == (When("2026-02-07"), When("2026-03"))
    assert plan.last_heard == date(2026, 1, 10)


def test_the_passing_of_a_day_alone_is_kept() -> None:
    """Any fact is taken in any state: a passed day of a plan not on record begins one that nothing was heard of."""
    given = [ActionPlanDeadlinePassed(trust="RHA", on="2026-02-08", plan="well-led-plan", due="2026-02-07")]
    assert plans.fold(given)["well-led-plan"] == Plan(plan="well-led-plan", missed=(When("2026-02-07"),))


def test_a_plan_on_record_reads_aloud() -> None:
    """The words of a plan say what it is about, who asked, by when, that the day passed, when it was sent and agreed."""
    agreed = ActionPlanAgreed(trust="RHA", on="2026-03-01", plan="well-led-plan", bodies=["the trust", "NHS England"])
    late = ActionPlanSubmitted(trust="RHA", on="2026-02-20", plan="well-led-plan", to="CQC")
    plan = plans.fold(with_midnights([REQUESTED, late, agreed], date(2026, 3, 1)))["well-led-plan"]
    assert plan.about == ("plan", "well-led-plan")
    assert str(plan) == (
        "Action plan: Plan on the breach of regulation 17; requested 10 January 2026 by CQC; due 7 February 2026; "
        "that day passed before it was sent; submitted 20 February 2026; agreed 1 March 2026 between NHS England and the trust"
    )


def test_a_plan_without_a_request_says_so() -> None:
    """A plan of which only the existence is known says what is not on record, and claims nothing else."""
    assert Plan(plan="well-led-plan").summary == "well-led-plan; no request on record; no submission on record"
    asked = plans.fold([ActionPlanRequested(trust="RHA", on="2026-01-05", plan="well-led-plan")])["well-led-plan"]
    assert asked.summary == "well-led-plan; requested 5 January 2026; no submission on record"


@pytest.mark.parametrize(
    ("due", "until", "has_passed"),
    [
        ("2026-02-07", "2026-02-06", False),
        ("2026-02-07", "2026-02-07", False),
        ("2026-02-07", "2026-02-08", True),
        ("2026-02", "2026-02-28", False),
        ("2026-02", "2026-03-01", True),
        ("2026-02/..", "9998-12-31", False),
        (None, "9998-12-31", False),
    ],
)
def test_whether_the_day_to_send_a_plan_by_has_passed(due: str | None, until: str, *, has_passed: bool) -> None:
    """It has on the day after the last day; without a last day it never does."""
    asked = ActionPlanRequested(trust="RHA", on="2026-01-10", plan="well-led-plan", due=due)
    assert plans.fold(with_midnights([asked], date.fromisoformat(until)))["well-led-plan"].has_passed is has_passed


def test_another_day_that_passed_is_not_the_day_to_send_it_by() -> None:
    """Any fact is taken in any state: only the last day of the due period on record makes it past."""
    other = ActionPlanDeadlinePassed(trust="RHA", on="2026-02-01", plan="well-led-plan", due="2026-01")
    assert not plans.fold([REQUESTED, other])["well-led-plan"].has_passed
    same = ActionPlanDeadlinePassed(trust="RHA", on="2026-02-08", plan="well-led-plan", due="2026-02-01/2026-02-07")
    assert plans.fold([REQUESTED, same])["well-led-plan"].has_passed
