"""Rules on what a regulator asked for by a day, and on how long its own answers took."""

import attrs
import pytest

from ledger.audits import Rule
from ledger.audits.notices import notice_undetermined, plan_not_received, published_late, requirement_past_due
from ledger.events import (
    ActionPlanAgreed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    Event,
    InspectionCarriedOut,
    InspectionPublished,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    RequirementAssessed,
    RequirementMade,
)
from tests.audits.book import Book, Told

DOUBT = " An entry of imprecise date may already have changed this."


def told(rule: Rule, *facts: Event, day: str = "2026-06-30") -> Told:
    """Give what a rule reports of facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(rule, day)


def notice(on: str = "2026-01-01", **requirements: str | None) -> NoticeIssued:
    """Give a Warning Notice, with requirements and the days to comply by."""
    required = [NoticeRequirement(requirement=one, text=f"Mend {one}", comply_by=due) for one, due in requirements.items()]
    return NoticeIssued(trust="RHA", on=on, notice="n", kind="Warning Notice", requirements=required)


def determined(on: str, requirement: str | None = None, outcome: str = "not complied") -> NoticeDetermined:
    """Give what was determined of the notice, or of one of its requirements."""
    return NoticeDetermined(trust="RHA", on=on, notice="n", outcome=outcome, requirement=requirement)


@pytest.mark.parametrize(("day", "days"), [("2026-06-29", None), ("2026-06-30", None), ("2026-07-01", 181)])
def test_a_notice_is_given_the_limit_of_days(day: str, days: int | None) -> None:
    """180 days after it was given it is not yet reported; on the day after that it is."""
    text = f"“Warning Notice” was given on 1 January 2026; {days} days later no outcome of it is on record."
    assert told(notice_undetermined, notice(), day=day) == ([(text, (1,))] if days else [])


@pytest.mark.parametrize(
    ("on", "day", "words"),
    [
        ("2025-12", "2026-06-29", None),
        ("2025-12", "2026-06-30", "in December 2025; at least 181 days later"),
        ("2025-12-31~", "2026-06-30", "about 31 December 2025; about 181 days later"),
        ("../2025-12-31", "2026-06-30", "by 31 December 2025; at least 181 days later"),
        ("2025-12/..", "2026-06-30", None),
    ],
)
def test_a_notice_of_imprecise_date_counts_from_the_last_day(on: str, day: str, words: str | None) -> None:
    """It is said to be so many days at least, or about so many; one that may not have been given is not reported."""
    found = [text for text, _ in told(notice_undetermined, notice(on), day=day)]
    assert found == ([f"“Warning Notice” was given {words} no outcome of it is on record."] if words else [])


def test_another_limit_can_be_given() -> None:
    """The limit is a parameter of the rule."""
    assert told(notice_undetermined.limited(days=30), notice(), day="2026-01-31") == []
    assert len(told(notice_undetermined.limited(days=30), notice(), day="2026-02-01")) == 1


@pytest.mark.parametrize(
    "settled",
    [
        [determined("2026-03-01")],
        [determined("2026-03-01", outcome="complied")],
        [NoticeWithdrawn(trust="RHA", on="2026-03-01", notice="n")],
        [determined("2026-03-01", "doors"), determined("2026-03-01", "waits")],
    ],
)
def test_a_notice_with_an_outcome_is_not_reported(settled: list[Event]) -> None:
    """Whatever was determined is an outcome; so is its withdrawal, and the outcome of each of its requirements."""
    assert told(notice_undetermined, notice(doors=None, waits=None), *settled, day="2026-12-01") == []


def test_a_notice_followed_up_awaits_its_outcome() -> None:
    """That the regulator returned is told; it is no outcome."""
    returned = NoticeFollowedUp(trust="RHA", on="2026-05", notice="n")
    text = (
        "“Warning Notice” was given on 1 January 2026; 334 days later no outcome of it is on record. It was followed up in May 2026; "
        "no outcome since is on record."
    )
    assert told(notice_undetermined, notice(), returned, day="2026-12-01") == [(text, (1, 2))]


def test_a_notice_determined_in_part_is_told_as_that() -> None:
    """The exception says how many of its requirements have no outcome."""
    issued = notice(doors=None, waits=None, plans=None)
    ((text, entries),) = told(notice_undetermined, issued, determined("2026-03-01", "doors"), day="2026-12-01")
    assert text.endswith("334 days later no outcome of 2 of its 3 requirements is on record.")
    assert entries == (1, 2)


def test_a_determination_of_imprecise_date_is_a_doubt() -> None:
    """It may already have been made."""
    ((text, entries),) = told(notice_undetermined, notice(), determined("2026-06/2026-12"), day="2026-12-01")
    assert text.endswith("no outcome of it is on record." + DOUBT)
    assert entries == (1, 2)


def test_a_notice_without_its_issue_has_no_start() -> None:
    """Where the day it was given is not on record, nobody can count from it."""
    assert told(notice_undetermined, NoticeFollowedUp(trust="RHA", on="2026-01-01", notice="n"), day="2028-01-01") == []


def visit(on: str = "2026-01-01") -> InspectionCarriedOut:
    """Give the visit of an inspection."""
    return InspectionCarriedOut(trust="RHA", on=on, inspection="i", title="Well-led inspection")


def published(on: str, late_because: str | None = None) -> InspectionPublished:
    """Give the publication of an inspection."""
    return InspectionPublished(trust="RHA", on=on, inspection="i", late_because=late_because)


@pytest.mark.parametrize(("on", "is_found"), [("2026-03-31", False), ("2026-04-01", False), ("2026-04-02", True)])
def test_an_inspection_is_given_the_limit_of_days(on: str, is_found: bool) -> None:
    """Published 90 days after the visit is not late; a day later is."""
    assert bool(told(published_late, visit(), published(on))) is is_found


def test_an_inspection_published_late_is_reported() -> None:
    """The exception says when it was carried out and published, and how long that took."""
    text = "“Well-led inspection”, carried out on 1 January 2026, was published on 2 April 2026, 91 days later."
    assert told(published_late, visit(), published("2026-04-02")) == [(text, (1, 2))]
    ((text, _),) = told(published_late, visit(), published("2026-04-02", "a new system."))
    assert text.endswith("91 days later. CQC gave a reason for the delay.")
    ((text, _),) = told(published_late, visit(), attrs.evolve(published("2026-04-02"), form="a press release"))
    assert "was published on 2 April 2026 (a press release), 91 days later." in text


@pytest.mark.parametrize(
    ("seen", "told_on", "words"),
    [
        ("2026-01", "2026-05-01", None),
        ("2026-01", "2026-05-02", "carried out in January 2026, was published on 2 May 2026, 91 to 121 days later."),
        ("2026-01-01~", "2026-06-01", None),
        ("2026-01-01", "2026-06?", None),
        ("../2026-01-01", "2026-06-01", None),
    ],
)
def test_late_is_certainly_late(seen: str, told_on: str, words: str | None) -> None:
    """Of imprecise dates the fewest days count; where a date is open or marked as doubtful, nothing is certain."""
    found = [text for text, _ in told(published_late, visit(seen), published(told_on), day="2026-12-01")]
    assert found == ([f"“Well-led inspection”, {words}"] if words else [])


def test_a_publication_that_is_inferred_is_told_as_that() -> None:
    """Which inspection a report is of, or when it was, may be a reading."""
    book = Book()
    book.on("2026-01-20").record(visit())
    book.on("2026-01-20").record(published("2026-05-01"), inferred=["inspection"])
    ((text, _),) = book.told(published_late, "2026-06-30")
    assert text.endswith("120 days later. Part of this is inferred.")


REQUESTED = ActionPlanRequested(
    trust="RHA", on="2026-01-01", plan="p", by="CQC", text="How risks will be overseen", due="2026-01-29"
)
ASKED = "The action plan “How risks will be overseen”, requested on 1 January 2026 by CQC and due 29 January 2026,"


def sent(on: str) -> ActionPlanSubmitted:
    """Give the submission of the plan."""
    return ActionPlanSubmitted(trust="RHA", on=on, plan="p")


@pytest.mark.parametrize(("day", "is_found"), [("2026-01-28", False), ("2026-01-29", False), ("2026-01-30", True)])
def test_a_plan_is_awaited_through_its_last_day(day: str, is_found: bool) -> None:
    """On the day after it is reported."""
    text = f"{ASKED} is not on record as submitted, and that day has passed."
    assert told(plan_not_received, REQUESTED, day=day) == ([(text, (1,))] if is_found else [])


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-01-28", None),
        ("2026-01-29", None),
        ("2026-01-30", "was submitted on 30 January 2026, after that day."),
        ("2026-01", "was submitted in January 2026, which may have been after that day."),
        ("2026-02", "was submitted in February 2026, after that day."),
    ],
)
def test_a_plan_sent_after_its_last_day_is_reported(on: str, words: str | None) -> None:
    """In time on the last day; a date that may be in time is told as that."""
    assert told(plan_not_received, REQUESTED, sent(on)) == ([(f"{ASKED} {words}", (1, 2))] if words else [])


def test_a_plan_that_may_have_been_sent_is_in_doubt() -> None:
    """A submission of imprecise date that does not count yet is cited."""
    ((text, entries),) = told(plan_not_received, REQUESTED, sent("2026-01/2026-12"))
    assert text == f"{ASKED} is not on record as submitted, and that day has passed.{DOUBT}"
    assert entries == (1, 2)


@pytest.mark.parametrize(
    "facts",
    [
        [ActionPlanRequested(trust="RHA", on="2026-01-01", plan="p")],
        [ActionPlanAgreed(trust="RHA", on="2026-01-01", plan="p", bodies=["the trust", "a council"])],
    ],
)
def test_a_plan_without_a_last_day_is_not_late(facts: list[Event]) -> None:
    """Where no day was set, none has passed."""
    assert told(plan_not_received, *facts) == []


MADE = RequirementMade(trust="RHA", on="2026-01-01", requirement="r", text="Oversee risks", due="2026-03-31")


@pytest.mark.parametrize(("day", "is_found"), [("2026-03-30", False), ("2026-03-31", False), ("2026-04-01", True)])
def test_a_requirement_is_open_through_its_last_day(day: str, is_found: bool) -> None:
    """On the day after it is reported, by itself or of a notice."""
    text = "“Oversee risks” was due 31 March 2026, 1 day ago, and no outcome of it is on record."
    assert told(requirement_past_due, MADE, day=day) == ([(text, (1,))] if is_found else [])
    text = "“Warning Notice: Mend waits” was due 31 March 2026, 1 day ago, and no outcome of it is on record."
    assert told(requirement_past_due, notice(waits="2026-03-31"), day=day) == ([(text, (1,))] if is_found else [])


@pytest.mark.parametrize(
    "facts",
    [
        [MADE, RequirementAssessed(trust="RHA", on="2026-04-10", requirement="r", outcome="met")],
        [notice(waits="2026-03-31"), determined("2026-04-10")],
        [notice(waits="2026-03-31"), determined("2026-04-10", "waits")],
        [notice(waits="2026-03-31"), NoticeWithdrawn(trust="RHA", on="2026-04-10", notice="n")],
        [notice(waits=None)],
        [RequirementMade(trust="RHA", on="2026-01-01", requirement="r", text="Oversee risks")],
        [RequirementMade(trust="RHA", on="2026-01/2026-12", requirement="r", text="Oversee risks", due="2026-03-31")],
    ],
)
def test_a_requirement_with_an_outcome_or_without_a_day_is_not_reported(facts: list[Event]) -> None:
    """Nor is one that is not certain to be in force."""
    assert told(requirement_past_due, *facts) == []


def test_a_requirement_found_not_met_is_past_its_day_all_the_same() -> None:
    """The exception says what was found last."""
    found = RequirementAssessed(trust="RHA", on="2026-02", requirement="r", outcome="partly met")
    text = "“Oversee risks” was due 31 March 2026, 91 days ago, and was last found partly met, in February 2026."
    assert told(requirement_past_due, MADE, found) == [(text, (1, 2))]


def test_an_outcome_of_imprecise_date_is_a_doubt() -> None:
    """It may already be known to be met."""
    found = RequirementAssessed(trust="RHA", on="2026-04/2026-12", requirement="r", outcome="met")
    text = f"“Oversee risks” was due 31 March 2026, 91 days ago, and no outcome of it is on record.{DOUBT}"
    assert told(requirement_past_due, MADE, found) == [(text, (1, 2))]


def test_each_exception_is_about_its_thing() -> None:
    """A notice's requirement is told with its notice."""
    book = Book()
    book.on("2026-01-20").record(notice(waits="2026-03-31"), MADE, REQUESTED, visit(), published("2026-06-01"))
    dossier = book.dossier("2026-07-31")
    rules = (requirement_past_due, plan_not_received, notice_undetermined, published_late)
    assert [(str(one.severity), one.about) for rule in rules for one in rule.exceptions(dossier)] == [
        ("high", ("notice", "n", "waits")),
        ("high", ("requirement", "r")),
        ("high", ("plan", "p")),
        ("medium", ("notice", "n")),
        ("low", ("inspection", "i")),
    ]
