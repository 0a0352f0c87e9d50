"""What a rule is that sets a due date."""

from datetime import date
from enum import StrEnum

import attrs
from attrs import Attribute

from .._when import When, day_in_words
from ..errors import RuleError
from ..events._event import slug

__all__ = ["Rule", "Unit"]


class Unit(StrEnum):
    """What days a rule counts."""

    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days in England"


def _from_one(instance: object, attribute: "Attribute[int]", value: object) -> None:
    del instance
    if type(value) is not int or value < 1:
        raise RuleError(f"{attribute.name}: {value!r} is not a whole number from 1", value)


def _unit(value: str) -> Unit:
    try:
        return Unit(value)
    except ValueError:
        raise RuleError(f"unit: {value!r} is neither {' nor '.join(repr(str(unit)) for unit in Unit)}", value) from None


@attrs.frozen(kw_only=True)
class Rule:
    """A rule that sets a due date, in one version of its wording.

    Arguments:
        id: what the rule is called in every version: lower-case words joined by hyphens.
        version: 1 for the first wording in the table, then 2 and so on.
        title: who has to do what.
        basis: the statute or the policy that says so.
        days: how many days it gives, from 1; the due date is the last of them.
        unit: which days those are.
        starts: what starts the clock, as the end of the sentence "counted from the day after ...".
        counts_start: whether the day of the start is itself the first day; else the day after it is.
        since: the first day that this version was in force, inclusive; none where that is not confirmed.
        until: the last day, inclusive; none where it is in force.
        confirmed: whether the number of days, the unit and the start were read in the words of the law or of the body.
        note: what was not confirmed, or what else to know.

    Raises:
        EventError: `id` is no id.
        RuleError: `version` or `days` is no whole number from 1.

    """

    id: str = attrs.field(validator=slug)
    version: int = attrs.field(validator=_from_one)
    title: str
    basis: str
    days: int = attrs.field(validator=_from_one)
    unit: Unit = attrs.field(converter=_unit)
    starts: str
    counts_start: bool = False
    since: date | None = None
    until: date | None = None
    confirmed: bool
    note: str = ""

    def may_be_in_force(self, on: When) -> bool:
        """Whether this version was in force on a day that *on* can mean."""
        began = self.since is None or on.latest is None or self.since <= on.latest
        ended = self.until is not None and on.earliest is not None and self.until < on.earliest
        return began and not ended

    @property
    def in_force(self) -> str:
        """Say when this version was in force: `from 1 April 2010 to 31 March 2015`."""
        since = f"from {day_in_words(self.since)}" if self.since else "from a day not confirmed"
        return f"{since} to {day_in_words(self.until)}" if self.until else since

    def __str__(self) -> str:
        """Say the rule in one sentence."""
        first = "the day" if self.counts_start else "the day after"
        return f"{self.title}: {self.days} {self.unit}, counted from {first} {self.starts}"
