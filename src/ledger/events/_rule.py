"""How an event says which rule a due date was worked out by."""

from typing import Any

import attrs
from attrs import Attribute

from .._when import When, to_when
from ..errors import EventError
from ._event import count, slug

__all__ = ["ByRule"]


@attrs.frozen(kw_only=True)
class ByRule:
    """Which rule a due date was worked out by, and from which start; `ledger.clocks.due` gives one with each due date.

    Only its form is checked, never the sum: an entry reads for ever, whatever later tables of rules and bank holidays say.

    Arguments:
        rule: the id of a rule, such as `governance-report`.
        version: its version, a whole number.
        start: the day that started the clock, as precisely as a source says.

    Raises:
        EventError: `rule` is no id, or `version` no whole number.
        WhenError: `start` can't be read.

    """

    rule: str = attrs.field(validator=slug)
    version: int = attrs.field(validator=count)
    start: When = attrs.field(converter=to_when)


def _rule(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a rule and its start."""
    del instance
    if not isinstance(value, ByRule):
        raise EventError(
            f"{attribute.name}: {value!r} is no ByRule: give the rule, its version and the start", attribute.name, value
        )


optional_rule = attrs.validators.optional(_rule)
