"""From a rule and the day that started the clock to the due date."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, islice

from .._when import Day, When, to_day, to_when
from ..errors import RuleError
from ..events import ByRule, Event
from ._rule import Rule, Unit
from ._table import governing, versions

__all__ = ["due", "is_working_day", "stated"]

ONE_DAY = timedelta(days=1)
SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1978, 2100
"""The years whose bank holidays are known, both inclusive: from the first with the early May holiday to the last that `holidays` has."""


def is_working_day(day: Day) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a bank holiday in England, Christmas Day and Good Friday among them.

    That is how section 93(2A) of the Health and Social Care Act 2008 defines one. Bank holidays that are still to be proclaimed
    are not known: a day far ahead may yet become one.

    Raises:
        RuleError: the day lies outside 1978 to 2100.
        WhenError: it is not a day.

    """
    known = to_day(day)
    if not FIRST_YEAR <= known.year <= LAST_YEAR:
        raise RuleError(
            f"the bank holidays of {known.year} are not known: working days can be counted from {FIRST_YEAR} to {LAST_YEAR}",
            known,
        )
    return known.weekday() < SATURDAY and known not in _bank_holidays(known.year)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415  # it takes 60 ms to import, and only working days need it

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def due(of: Rule | str, start: When | Day) -> tuple[When, ByRule]:
    """Give the due date that a rule sets, and which rule that was, to be recorded together.

    Arguments:
        of: the id of a rule, which means the version in force at the start; or a rule in one version, from `rule`.
        start: the day that started the clock, such as the day a notice was served; when that is in law is for the caller to
            say. Where it is imprecise, so is the due date: from that of the first day it can mean to that of the last.

    Returns:
        The last day for doing it, inclusive, and the rule with its version and the start.

    Raises:
        RuleError: there is no such rule; it was not in force at the start; the start is imprecise, may lie before or after a change of
            the rule, and an id is given; or working days are to be counted outside 1978 to 2100.
        WhenError: the start can't be read, or the due date lies after 9998.

    """
    started = to_when(start)
    chosen = governing([of] if isinstance(of, Rule) else versions(of), started)
    first, last = (
        f"{_last_day(chosen, day)}{started.qualifier}" if day else ".." for day in (started.earliest, started.latest)
    )
    by_rule = ByRule(rule=chosen.id, version=chosen.version, start=started)
    return When(first if first == last else f"{first}/{last}"), by_rule


def stated(event: Event) -> Iterator[tuple[When | None, ByRule]]:
    """Give each due date that an event says was worked out by a rule, and the rule; also those of what a notice requires."""
    for part in (event, *getattr(event, "requirements", ())):
        by_rule: ByRule | None = getattr(part, "by_rule", None)
        if by_rule is not None:
            yield getattr(part, "due", None) or getattr(part, "comply_by", None), by_rule


def _last_day(rule: Rule, start: date) -> date:
    first = start if rule.counts_start else start + ONE_DAY
    if rule.unit is Unit.CALENDAR_DAYS:
        return first + (rule.days - 1) * ONE_DAY
    return next(islice(filter(is_working_day, _days(first)), rule.days - 1, None))


def _days(first: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in count())
