"""The rules, one table: those before a change of law and those after it."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from .._when import Day, When, to_when
from ..errors import RuleError
from ._rule import Rule, Unit

__all__ = ["RULES", "governing", "rule", "versions"]

REGULATIONS_2014 = "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014 (SI 2014/2936)"
ACT_2008 = "Health and Social Care Act 2008"

RULES = (
    Rule(
        id="complaint-acknowledgement",
        version=1,
        title="The trust acknowledges a complaint",
        basis="Local Authority Social Services and NHS Complaints (England) Regulations 2009 (SI 2009/309), regulation 13",
        days=3,
        unit=Unit.WORKING_DAYS,
        starts="the complaint is received",
        since=date(2009, 4, 1),
        confirmed=False,
        note="Three working days of receipt are stated by NHS bodies; the wording of the regulation was not read.",
    ),
    Rule(
        id="complaints-summary",
        version=1,
        title="The trust sends CQC a summary of complaints when asked",
        basis=f"{REGULATIONS_2014}, regulation 16(3)",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="CQC's request is received",
        since=date(2015, 4, 1),
        confirmed=True,
    ),
    Rule(
        id="coroner-response",
        version=1,
        title="The trust responds to a coroner's report to prevent future deaths",
        basis="Coroners (Investigations) Regulations 2013 (SI 2013/1629), regulation 29",
        days=56,
        unit=Unit.CALENDAR_DAYS,
        starts="the coroner sends the report",
        since=date(2013, 7, 25),
        confirmed=False,
        note="56 days are stated by coroners and NHS bodies; from which day they count was not confirmed. A coroner may give longer.",
    ),
    Rule(
        id="draft-report-accuracy",
        version=1,
        title="The trust comments on the factual accuracy of CQC's draft report",
        basis="CQC policy: factual accuracy check",
        days=10,
        unit=Unit.WORKING_DAYS,
        starts="CQC's email with the draft report is dated",
        confirmed=True,
        note="CQC does not say there what a working day is.",
    ),
    Rule(
        id="governance-report",
        version=1,
        title="The trust sends CQC a report on the quality of its services when asked",
        basis="Health and Social Care Act 2008 (Regulated Activities) Regulations 2010 (SI 2010/781), regulation 10(3)",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="CQC's request is received",
        since=date(2010, 4, 1),
        until=date(2015, 3, 31),
        confirmed=False,
        note="That these Regulations gave 28 days, and from the first, was not confirmed; the dates are those of the Regulations.",
    ),
    Rule(
        id="governance-report",
        version=2,
        title="The trust sends CQC a report on its governance when asked",
        basis=f"{REGULATIONS_2014}, regulation 17(3)",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="CQC's request is received",
        since=date(2015, 4, 1),
        confirmed=False,
        note="Read in a commentary, which counts from the day after the request; that it is its receipt is taken from regulation 16(3).",
    ),
    Rule(
        id="proposal-representations",
        version=1,
        title="The trust makes written representations to CQC about a notice of proposal",
        basis=f"{ACT_2008}, section 27",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="the notice is served",
        confirmed=True,
        note="Read in the Act's explanatory notes and CQC's guidance.",
    ),
    Rule(
        id="rating-review",
        version=1,
        title="The trust asks CQC to review how a rating was reached",
        basis="CQC policy: rating review",
        days=15,
        unit=Unit.WORKING_DAYS,
        starts="CQC publishes the rating",
        confirmed=True,
        note="CQC does not say there what a working day is.",
    ),
    Rule(
        id="ratings-display",
        version=1,
        title="The trust displays its new ratings at its premises and on its website",
        basis=f"{REGULATIONS_2014}, regulation 20A, and CQC's guidance on it",
        days=21,
        unit=Unit.CALENDAR_DAYS,
        starts="CQC publishes the ratings on its website",
        since=date(2015, 4, 1),
        confirmed=True,
        note="The 21 days are in the guidance, read as of 2017 and 2022; the date is that of the regulation.",
    ),
    Rule(
        id="statement-of-purpose",
        version=1,
        title="The trust gives CQC details of a revision of its statement of purpose",
        basis="Care Quality Commission (Registration) Regulations 2009 (SI 2009/3112), regulation 12(3)",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="the statement is revised",
        since=date(2010, 4, 1),
        confirmed=True,
    ),
    Rule(
        id="tribunal-appeal",
        version=1,
        title="The trust appeals to the First-tier Tribunal against a decision of CQC",
        basis=f"{ACT_2008}, section 32(2)",
        days=28,
        unit=Unit.CALENDAR_DAYS,
        starts="notice of the decision is served",
        confirmed=True,
    ),
    Rule(
        id="warning-notice-representations",
        version=1,
        title="The trust makes representations to CQC about a Warning Notice",
        basis="CQC policy: representations",
        days=10,
        unit=Unit.WORKING_DAYS,
        starts="the notice is served",
        confirmed=False,
        note="CQC says so of Warning Notices at large; that it holds for section 29A, which is for trusts, was not confirmed.",
    ),
)
"""Every rule in each of its versions, by id, the oldest version first."""


def rule(rule_id: str, *, version: int | None = None, on: When | Day | None = None) -> Rule:
    """Give a rule: the version asked for, or the one in force on a day, or the newest.

    Arguments:
        rule_id: what the rule is called in every version.
        version: the version.
        on: the day that started the clock, as precisely as it is known.

    Raises:
        RuleError: there is no such rule or version; or it was not in force on that day; or the day is imprecise, the rule
            may have changed before it or not, and no version is given.
        WhenError: the day can't be read.

    """
    found = versions(rule_id, version)
    return found[-1] if on is None else governing(found, to_when(on))


def versions(rule_id: str, version: int | None = None) -> list[Rule]:
    """Give the versions of a rule, or the one of them that is asked for; raises RuleError where there is none."""
    known = sorted({one.id for one in RULES})
    if rule_id not in known:
        close = get_close_matches(str(rule_id), known, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else ";"
        raise RuleError(f"there is no rule {rule_id!r}{meant} the rules are {', '.join(known)}", rule_id)
    every = [one for one in RULES if one.id == rule_id]
    found = [one for one in every if version in (None, one.version)]
    if not found:
        raise RuleError(f"{rule_id} has no version {version!r}: it has {', '.join(str(one.version) for one in every)}", version)
    return found


def governing(rules: Sequence[Rule], start: When) -> Rule:
    """Give the one of some versions of a rule that was in force at a start; raises RuleError where that is none, or not one alone."""
    found = [one for one in rules if one.may_be_in_force(start)]
    if len(found) == 1:
        return found[0]
    named = f"version {rules[0].version} of {rules[0].id}" if len(rules) == 1 else rules[0].id
    wrong = "may have changed by the start; choose a version with rule()" if found else "was not in force at the start"
    raise RuleError(f"{named} {wrong}: the start is {start.in_words()}; {_periods(rules)}", start)


def _periods(rules: Sequence[Rule]) -> str:
    known = [one for one in RULES if one.id == rules[0].id] or rules
    return ", ".join(f"version {one.version} is {one.in_force}" for one in known)
