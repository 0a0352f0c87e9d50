"""Statutory clocks: the table of rules, working days in England, and due dates to the day."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger import Ledger, When
from ledger.clocks import RULES, Rule, Unit, due, is_working_day, rule
from ledger.errors import LedgerError, RuleError, WhenError
from ledger.events import ActionPlanRequested, ByRule, NoticeIssued, NoticeRequirement
from ledger.sources import read

ONE_DAY = timedelta(days=1)
PAGE = Path(__file__).parents[1] / "docs" / "clocks.md"
IDS = (
    "complaint-acknowledgement, complaints-summary, coroner-response, draft-report-accuracy, governance-report, "
    "proposal-representations, rating-review, ratings-display, statement-of-purpose, tribunal-appeal, warning-notice-representations"
)

starts = st.dates(date(2015, 4, 1), date(2099, 12, 31))
rules = st.sampled_from([one for one in RULES if one.until is None])
in_working_days = rules.filter(lambda one: one.unit is Unit.WORKING_DAYS)
marks = st.sampled_from(["", "?", "~", "%"])


def _due(of: Rule | str, start: When | date | str) -> str:
    return due(of, start)[0].expression


def _last_day(of: Rule, start: date) -> date:
    return date.fromisoformat(_due(of, start))


def _own(days: int, unit: Unit = Unit.CALENDAR_DAYS, *, counts_start: bool = False) -> Rule:
    """Make a rule as a trust may have of its own."""
    return Rule(
        id="own-policy",
        version=1,
        title="The trust answers",
        basis="Policy of the trust",
        days=days,
        unit=unit,
        starts="the letter is received",
        counts_start=counts_start,
        confirmed=True,
    )


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2022-09-16", True),  # a Friday
        ("2022-09-17", False),  # a Saturday
        ("2022-09-18", False),  # a Sunday
        ("2022-09-19", False),  # the State Funeral
        ("2022-09-20", True),
        ("2023-05-05", True),
        ("2023-05-08", False),  # the Coronation
        ("2023-05-09", True),
        ("2026-12-24", True),
        ("2026-12-25", False),  # Christmas Day, a Friday
        ("2026-12-26", False),  # Boxing Day, a Saturday
        ("2026-12-28", False),  # its substitute
        ("2026-12-29", True),
        ("2026-12-31", True),
        ("2027-01-01", False),  # New Year's Day
        ("2027-01-04", True),
        ("2027-03-25", True),
        ("2027-03-26", False),  # Good Friday
        ("2027-03-29", False),  # Easter Monday
        ("2027-03-30", True),
        ("2027-12-27", False),  # for Christmas Day, a Saturday
        ("2027-12-28", False),  # for Boxing Day, a Sunday
        ("2027-12-29", True),
        ("2026-08-03", True),  # a bank holiday in Scotland only
        ("2026-03-17", True),  # in Northern Ireland only
        ("2026-08-31", False),  # the summer bank holiday in England
        ("2028-02-29", True),  # a Tuesday
        ("1978-05-01", False),  # the first early May bank holiday
        ("2100-12-31", True),
    ],
)
def test_working_days_are_those_of_england(day: str, works: bool) -> None:
    """No Saturday, no Sunday and no bank holiday in England is a working day; one-off and substitute holidays count."""
    assert is_working_day(day) is works
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize("day", ["1977-12-31", "2101-01-01"])
def test_days_whose_bank_holidays_are_not_known_are_refused(day: str) -> None:
    """Outside 1978 to 2100 nobody says what the bank holidays are, so nothing is counted, not even a Saturday or a Sunday."""
    with pytest.raises(RuleError) as caught:
        is_working_day(day)

    assert str(caught.value) == (f"the bank holidays of {day[:4]} are not known: working days can be counted from 1978 to 2100")
    assert caught.value.value == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("of", "start", "last"),
    [
        ("complaint-acknowledgement", "2026-12-23", "2026-12-30"),  # 24, 29, 30
        ("complaint-acknowledgement", "2026-12-24", "2026-12-31"),
        ("complaint-acknowledgement", "2026-12-25", "2026-12-31"),  # received on Christmas Day
        ("complaint-acknowledgement", "2026-12-28", "2026-12-31"),
        ("complaint-acknowledgement", "2026-12-29", "2027-01-04"),  # over New Year's Day
        ("complaints-summary", "2015-04-01", "2015-04-29"),  # the first day of the 2014 Regulations
        ("coroner-response", "2026-01-01", "2026-02-26"),
        ("draft-report-accuracy", "2022-09-09", "2022-09-26"),  # over the State Funeral
        ("draft-report-accuracy", "2023-04-28", "2023-05-16"),  # over the early May holiday and the Coronation
        ("draft-report-accuracy", "2026-12-18", "2027-01-06"),
        ("draft-report-accuracy", "2027-03-19", "2027-04-06"),  # over Easter
        ("governance-report", "2015-03-31", "2015-04-28"),  # the last day of the 2010 Regulations
        ("governance-report", "2015-04-01", "2015-04-29"),
        ("governance-report", "2028-02-01", "2028-02-29"),  # a leap day
        ("governance-report", "2028-02-02", "2028-03-01"),
        ("governance-report", "2027-02-01", "2027-03-01"),
        ("proposal-representations", "2026-11-27", "2026-12-25"),  # calendar days don't spare Christmas Day
        ("rating-review", "2027-12-10", "2028-01-05"),
        ("ratings-display", "2025-05-30", "2025-06-20"),
        ("statement-of-purpose", "2026-03-01", "2026-03-29"),
        ("tribunal-appeal", "2026-10-01", "2026-10-29"),
        ("warning-notice-representations", "2026-04-02", "2026-04-20"),  # over Easter
    ],
)
def test_a_due_date_is_to_the_day(of: str, start: str, last: str) -> None:
    """The day of the start doesn't count, the next does, and the due date is the last of the days given."""
    assert _due(of, start) == last


@pytest.mark.parametrize(
    ("of", "last"),
    [
        (_own(1), "2026-12-25"),
        (_own(1, counts_start=True), "2026-12-24"),
        (_own(3, counts_start=True), "2026-12-26"),
        (_own(1, Unit.WORKING_DAYS), "2026-12-29"),
        (_own(1, Unit.WORKING_DAYS, counts_start=True), "2026-12-24"),
        (_own(2, Unit.WORKING_DAYS, counts_start=True), "2026-12-29"),
    ],
)
def test_a_rule_may_count_its_start(of: Rule, last: str) -> None:
    """A period "beginning with" a day has that day for its first."""
    assert _due(of, "2026-12-24") == last


def test_a_first_day_that_is_none_gives_way() -> None:
    """A count of working days that starts on Christmas Day has the next working day for its first."""
    assert _due(_own(1, Unit.WORKING_DAYS, counts_start=True), "2026-12-25") == "2026-12-29"


@given(in_working_days, starts)
@example(rule("draft-report-accuracy"), date(2026, 12, 11))
def test_a_due_date_in_working_days_is_one(of: Rule, start: date) -> None:
    """No due date of a rule in working days falls on a day that is none."""
    assert is_working_day(_last_day(of, start))


@given(in_working_days, starts)
def test_as_many_working_days_are_given_as_the_rule_says(of: Rule, start: date) -> None:
    """From the day after the start to the due date, both inclusive, lie exactly as many working days as the rule gives."""
    last = _last_day(of, start)

    assert sum(is_working_day(start + number * ONE_DAY) for number in range(1, (last - start).days + 1)) == of.days


@given(rules.filter(lambda one: one.unit is Unit.CALENDAR_DAYS), starts)
def test_calendar_days_are_added(of: Rule, start: date) -> None:
    """Calendar days are plain addition, whatever days they are."""
    assert _last_day(of, start) == start + of.days * ONE_DAY


@given(rules, starts, starts)
def test_who_starts_later_is_not_due_earlier(of: Rule, one: date, other: date) -> None:
    """Due dates stand in the order of their starts."""
    earlier, later = sorted([one, other])

    assert _last_day(of, earlier) <= _last_day(of, later)


@given(rules, starts, starts, marks)
def test_an_imprecise_start_is_due_between_the_dues_of_its_ends(of: Rule, one: date, other: date, mark: str) -> None:
    """The due date is as imprecise as the start: from that of its first day to that of its last, with the same doubt marked."""
    first, last = sorted([one, other])

    found, _ = due(of, f"{first}{mark}/{last}{mark}")

    assert (found.earliest, found.latest) == (_last_day(of, first), _last_day(of, last))
    assert found.qualifier == mark


@pytest.mark.parametrize(
    ("of", "start", "expected"),
    [
        ("governance-report", "2026-03", "2026-03-29/2026-04-28"),
        ("governance-report", "2026-03~", "2026-03-29~/2026-04-28~"),
        ("governance-report", "2026-03-02?", "2026-03-30?"),
        ("governance-report", "2026-03~/2026-04?", "2026-03-29%/2026-05-28%"),
        ("governance-report", "2026-03/..", "2026-03-29/.."),
        ("tribunal-appeal", "../2026-03-01", "../2026-03-29"),
        ("tribunal-appeal", "../2026-03-01~", "../2026-03-29~"),
        ("draft-report-accuracy", "2026-12-19/2026-12-20", "2027-01-06"),  # a weekend: whichever day it was
        ("draft-report-accuracy", "2026-12-19/2026-12-21", "2027-01-06/2027-01-07"),
    ],
)
def test_doubt_about_the_start_is_doubt_about_the_due_date(of: str, start: str, expected: str) -> None:
    """An open end stays open and a mark stays marked; where every day it can mean gives one due date, that is certain."""
    assert _due(of, start) == expected


def test_no_start_is_no_due() -> None:
    """Without a start there is nothing to count from."""
    with pytest.raises(WhenError, match=r"^None is not a date"):
        due("governance-report", None)  # type: ignore[arg-type]  # the point of the test


def test_a_due_date_after_all_others_is_refused() -> None:
    """A due date has to be a day that the ledger can speak of."""
    with pytest.raises(WhenError, match=r"^the year in '9999-01-17' is outside 1948 to 9998"):
        due("tribunal-appeal", "9998-12-20")


def test_working_days_are_not_counted_beyond_what_is_known() -> None:
    """A count that would run past 2100 is refused rather than guessed."""
    assert _due("complaint-acknowledgement", "2100-12-28") == "2100-12-31"
    with pytest.raises(RuleError, match=r"^the bank holidays of 2101 are not known"):
        due("complaint-acknowledgement", "2100-12-29")


def test_a_due_date_says_how_it_was_found() -> None:
    """The rule, its version and the start go on record with the due date."""
    assert due("governance-report", "2014-10-06") == (
        When("2014-11-03"),
        ByRule(rule="governance-report", version=1, start="2014-10-06"),
    )
    assert due("governance-report", date(2026, 3, 2))[1] == ByRule(rule="governance-report", version=2, start="2026-03-02")
    assert due("governance-report", "2026-03~")[1].start == When("2026-03~")


@pytest.mark.parametrize(
    ("asked", "version", "regulation"),
    [
        ({}, 2, "17(3)"),
        ({"version": 1}, 1, "10(3)"),
        ({"version": 2}, 2, "17(3)"),
        ({"on": "2010-04-01"}, 1, "10(3)"),
        ({"on": "2015-03-31"}, 1, "10(3)"),
        ({"on": "2015-04-01"}, 2, "17(3)"),
        ({"on": date(2026, 3, 2)}, 2, "17(3)"),
        ({"on": "2010-03/2010-04"}, 1, "10(3)"),  # before it there was no clock to start
        ({"on": "../2010-05"}, 1, "10(3)"),
        ({"on": "2016/.."}, 2, "17(3)"),
        ({"version": 1, "on": "2015-03/2015-04"}, 1, "10(3)"),
        ({"version": 2, "on": "2014/.."}, 2, "17(3)"),
    ],
)
def test_a_rule_is_that_of_its_day(asked: dict[str, object], version: int, regulation: str) -> None:
    """The version asked for, or the one in force on a day, or else the newest; those before a change of law stay."""
    found = rule("governance-report", **asked)  # type: ignore[arg-type]  # a column of keywords

    assert found.version == version
    assert found.basis.endswith(f"regulation {regulation}")


CHANGED = "governance-report may have changed by the start; choose a version with rule()"
PERIODS = "version 1 is from 1 April 2010 to 31 March 2015, version 2 is from 1 April 2015"


@pytest.mark.parametrize(
    ("of", "start", "message"),
    [
        ("governance-report", "2010-03-31", "governance-report was not in force at the start: the start is 31 March 2010"),
        ("governance-report", "../2010-03", "governance-report was not in force at the start: the start is by March 2010"),
        (
            rule("governance-report", version=2),
            "2015-03-31",
            "version 2 of governance-report was not in force at the start: the start is 31 March 2015",
        ),
        (
            rule("governance-report", version=1),
            "2015-04",
            "version 1 of governance-report was not in force at the start: the start is April 2015",
        ),
        (
            "governance-report",
            "2015-03-31/2015-04-01",
            f"{CHANGED}: the start is between 31 March 2015 and 1 April 2015",
        ),
        (
            "governance-report",
            "2015-03/..",
            f"{CHANGED}: the start is from March 2015, no end stated",
        ),
    ],
)
def test_a_rule_that_was_not_in_force_sets_nothing(of: Rule | str, start: str, message: str) -> None:
    """A start outside the period of the rule is refused, with what was in force when; so is one on both sides of a change."""
    with pytest.raises(RuleError) as caught:
        due(of, start)

    assert str(caught.value) == f"{message}; {PERIODS}"
    assert caught.value.value == When(start)


def test_the_version_chosen_is_counted_where_the_start_is_in_doubt() -> None:
    """Who names the version gets a due date from a start that may lie before or after a change."""
    found, by_rule = due(rule("governance-report", version=2), "2015-03-31/2015-04-01")

    assert (found, by_rule.version) == (When("2015-04-28/2015-04-29"), 2)


def test_a_rule_of_ones_own_is_in_force_as_it_says() -> None:
    """A rule that is not in the table is refused outside its period all the same."""
    own = attrs.evolve(_own(5), until=date(2026, 3, 31))

    assert due(own, "2026-03-31") == (When("2026-04-05"), ByRule(rule="own-policy", version=1, start="2026-03-31"))
    with pytest.raises(RuleError) as caught:
        due(own, "2026-04-01")
    assert str(caught.value) == (
        "version 1 of own-policy was not in force at the start: the start is 1 April 2026; "
        "version 1 is from a day not confirmed to 31 March 2026"
    )


@pytest.mark.parametrize(
    ("rule_id", "meant"),
    [
        ("governence-report", "; did you mean 'governance-report'? the rules are "),
        ("17(3)", "; the rules are "),
        ("", "; the rules are "),
        (None, "; the rules are "),
    ],
)
def test_an_unknown_rule_is_refused_and_the_known_are_named(rule_id: str, meant: str) -> None:
    """An id that no rule has is an error of this library that names the nearest, and all there are."""
    for ask in (rule, lambda one: due(one, "2026-03-02")):
        with pytest.raises(RuleError) as caught:
            ask(rule_id)
        assert isinstance(caught.value, LedgerError)
        assert str(caught.value) == f"there is no rule {rule_id!r}{meant}{IDS}"
        assert caught.value.value == rule_id


@pytest.mark.parametrize("version", [0, 3, "2"])
def test_an_unknown_version_is_refused_and_the_known_are_named(version: int) -> None:
    """A version that a rule has not is refused with those it has."""
    with pytest.raises(RuleError) as caught:
        rule("governance-report", version=version)

    assert str(caught.value) == f"governance-report has no version {version!r}: it has 1, 2"
    assert caught.value.value == version


@pytest.mark.parametrize("rule_id", sorted({one.id for one in RULES}))
def test_the_versions_of_a_rule_follow_one_another(rule_id: str) -> None:
    """Versions count from 1, the oldest first, and the period of each ends before that of the next begins."""
    versions = [one for one in RULES if one.id == rule_id]

    assert [one.version for one in versions] == list(range(1, len(versions) + 1))
    assert all(a.until and b.since and a.until < b.since for a, b in pairwise(versions))
    assert versions[-1].until is None


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.version}")
def test_a_rule_says_what_it_rests_on(one: Rule) -> None:
    """Each rule has a basis; one whose wording was not confirmed says what was not."""
    assert one.basis
    assert one.confirmed or one.note


def test_what_was_confirmed_is_written_down() -> None:
    """A rule is told to be confirmed, or not, on purpose: changing that changes this test."""
    assert {one.id for one in RULES if not one.confirmed} == {
        "complaint-acknowledgement",
        "coroner-response",
        "governance-report",
        "warning-notice-representations",
    }


def test_a_rule_can_be_read_aloud() -> None:
    """A rule is one sentence: who does what, in how many days, counted from when."""
    assert str(rule("tribunal-appeal")) == (
        "The trust appeals to the First-tier Tribunal against a decision of CQC: 28 calendar days, "
        "counted from the day after notice of the decision is served"
    )
    assert str(_own(2, Unit.WORKING_DAYS, counts_start=True)) == (
        "The trust answers: 2 working days in England, counted from the day the letter is received"
    )


@pytest.mark.parametrize("days", [0, -1, 1.5, True])
def test_a_rule_gives_a_day_at_least(days: int) -> None:
    """No days at all is no period, and half a day is none either."""
    with pytest.raises(RuleError) as caught:
        _own(days)

    assert str(caught.value) == f"days: {days!r} is not a whole number from 1"
    assert caught.value.value is days


def test_the_page_shows_the_table() -> None:
    """The page on clocks has one row for each rule, in order, and no other."""
    rows = [
        f"| `{one.id}` | {one.version} | {one.title} | {one.days} {one.unit} after {one.starts} | {one.basis} | "
        f"{one.in_force} | {'yes' if one.confirmed else 'no'} | {one.note} |"
        for one in RULES
    ]

    assert [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")] == rows


def test_a_due_date_is_recorded_with_its_rule() -> None:
    """What the clock gives goes into an event as it is, and is read from the ledger again."""
    ledger = Ledger.open(":memory:", by="Governance")
    last_day, by_rule = due("governance-report", "2026-03-02")
    plan = ActionPlanRequested(trust="RHA", on="2026-03-02", plan="quality", due=last_day, by_rule=by_rule)
    until, by_notice_rule = due("warning-notice-representations", "2026-04-02")
    one = NoticeRequirement(requirement="reply", text="Make representations", comply_by=until, by_rule=by_notice_rule)
    notice = NoticeIssued(trust="RHA", on="2026-04-02", notice="s29a", kind="Warning Notice", requirements=[one])

    ledger.record(plan, notice)

    assert [entry.event for entry in ledger.at("2026-06-01").entries("RHA")] == [plan, notice]
    assert plan.due == When("2026-03-30")
    assert plan.by_rule == ByRule(rule="governance-report", version=2, start="2026-03-02")


FILE = """\
trust: RHA
sources:
  request: {publisher: Care Quality Commission, title: Request, marking: official}
events:
  - ActionPlanRequested: {plan: quality, on: 2026-03-02, due: 2026-03-30, by_rule: RULE}
    sources: [{ref: request}]
"""


def test_a_ledger_file_may_say_the_rule(tmp_path: Path) -> None:
    """In a ledger file the rule stands beside the due date, with its version and start, and is recorded as written."""
    file = tmp_path / "RHA.yaml"
    file.write_text(FILE.replace("RULE", "{rule: governance-report, version: 2, start: 2026-03-02}"))

    reading = read([file])

    assert reading.problems == ()
    last_day, by_rule = due("governance-report", "2026-03-02")
    assert [item.draft.event for item in reading.items] == [
        ActionPlanRequested(trust="RHA", on="2026-03-02", plan="quality", due=last_day, by_rule=by_rule)
    ]


def test_a_rule_half_told_in_a_ledger_file_is_a_problem(tmp_path: Path) -> None:
    """Without its version or its start a rule can't be checked, so the file says what is missing."""
    file = tmp_path / "RHA.yaml"
    file.write_text(FILE.replace("RULE", "{rule: governance-report, version: newest}"))

    assert [problem.message for problem in read([file]).problems] == [
        "ByRule needs the field 'start'",
        "'newest' stands where a whole number is due",
    ]


def test_calendar_days_need_no_bank_holidays() -> None:
    """The table of holidays takes time to load, so only rules in working days load it."""
    script = (
        "import sys; from ledger.clocks import due; due('tribunal-appeal', '2026-03-02'); print('holidays' in sys.modules); "
        "due('rating-review', '2026-03-02'); print('holidays' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.split() == ["False", "True"]


def test_a_unit_is_one_of_two() -> None:
    """Written as text it is read; another word would count the wrong days, and is refused."""
    given = {
        "id": "mine",
        "version": 1,
        "title": "Answer",
        "basis": "Policy",
        "days": 5,
        "starts": "it comes",
        "confirmed": True,
    }
    assert due(Rule(**given, unit="calendar days"), "2026-01-02")[0] == When("2026-01-07")  # type: ignore[arg-type]  # text is what a user writes
    with pytest.raises(RuleError, match="unit: 'days' is neither 'calendar days' nor 'working days in England'"):
        Rule(**given, unit="days")  # type: ignore[arg-type]  # the mistake is the point
