"""What an audit is made of: a rule, and the exceptions that it reports."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from inspect import Parameter, cleandoc, signature
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from .._dossier import Dossier
from .._show import Line
from ..errors import AuditError
from ..events import Word

__all__ = ["AuditException", "Find", "Rule", "Severity", "rule"]


class Severity(Word):
    """How much an exception matters, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, up to 2 for high."""
        return list(Severity).index(self)


def _each_once(numbers: Iterable[int]) -> tuple[int, ...]:
    found = tuple(dict.fromkeys(numbers))
    if not all(isinstance(number, int) for number in found):
        raise AuditError(f"{numbers!r} stands where the numbers of entries are due", "")
    return found


def _read_only(limits: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(limits))


@attrs.frozen
class AuditException:
    """Something that an audit reports; an exception as auditors use the word, not Python's.

    Arguments:
        text: what is so, in a sentence that a board can read aloud; no more than the record says.
        entries: the numbers of the entries that show it, at least one.
        about: what it is about, as events say: `("action", id)`, `("breach", id)`, ...; may be empty.
        rule: the id of the rule; filled in by `audit`, like those that follow.
        severity: how much it matters.
        trust: the code of the trust.
        is_forecast: whether it is of a day after what the view knows of.

    Raises:
        AuditError: it has no text or cites no entry.

    """

    text: str
    entries: tuple[int, ...] = attrs.field(converter=_each_once)
    about: tuple[str, ...] = ()
    rule: str = ""
    severity: Severity = Severity.LOW
    trust: str = ""
    is_forecast: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be followed up."""
        if not self.text.strip() or not self.entries:
            raise AuditError(f"an exception needs a text and the number of at least one entry: {self!r}", self.rule)

    def line(self) -> Line:
        """Give it as a statement; a forecast is marked."""
        return Line(f"{self.trust}, {self.severity}", self.text, self.entries, "Forecast:" if self.is_forecast else "")

    def __str__(self) -> str:
        """Give it on one line."""
        return str(self.line())


Find: TypeAlias = Callable[..., Iterable[AuditException]]
"""Finds the exceptions about one trust: takes its `Dossier`, and limits as keyword arguments."""


@attrs.frozen(kw_only=True)
class Rule:
    """A rule that a ledger is audited by.

    Attributes:
        id: what it is called, such as `deadline-moved-repeatedly`.
        severity: how much its exceptions matter.
        title: what it reports, in a line.
        why: why that matters, in a paragraph.
        find: gives the exceptions about one trust.
        limits: the numbers it goes by, such as `{"days": 90}`; change them with `limited`.

    """

    id: str
    severity: Severity
    title: str
    why: str
    find: Find = attrs.field(repr=False)
    limits: Mapping[str, int] = attrs.field(factory=dict, converter=_read_only)

    def limited(self, **limits: int) -> "Rule":
        """Give the same rule with other limits.

        Raises:
            AuditError: the rule has no such limit.

        """
        unknown = ", ".join(sorted(set(limits) - set(self.limits)))
        if unknown:
            there = ", ".join(self.limits) or "none"
            raise AuditError(f"the rule {self.id} has no limit {unknown}; its limits: {there}", self.id)
        return attrs.evolve(self, limits={**self.limits, **limits}, find=partial(self.find, **limits))

    def exceptions(self, dossier: Dossier) -> list[AuditException]:
        """Give the exceptions about one trust, each saying by which rule, how much it matters, and of which trust.

        Raises:
            AuditError: an exception cites an entry that the dossier does not know.

        """
        known = {e.number for e in dossier.known}
        found = list(self.find(dossier))
        unknown = [number for one in found for number in one.entries if number not in known]
        if unknown:
            raise AuditError(f"it cites entry {unknown[0]}, which is not on record about {dossier.trust} in this view", self.id)
        return [attrs.evolve(one, rule=self.id, severity=self.severity, trust=dossier.trust) for one in found]


def rule(severity: Severity | str, *, id: str | None = None) -> Callable[[Find], Rule]:  # noqa: A002  # it is what a rule's id is called
    """Make a rule of a function that takes a `Dossier` and gives exceptions.

    The first line of its docstring is the rule's title, the rest why it matters; its keyword-only parameters are limits.

    Arguments:
        severity: `low`, `medium` or `high`.
        id: what to call it; without one, the name of the function with hyphens.

    Raises:
        AuditError: the function has no docstring that says what the rule reports, and in a paragraph of its own why that matters.

    """

    def decorate(find: Find) -> Rule:
        name: Any = getattr(find, "__name__", "rule")
        title, _, why = cleandoc(find.__doc__ or "").partition("\n\n")
        if not title or not why:
            raise AuditError(
                f"the rule {name} needs a docstring: a line that says what it reports, an empty line, and why that matters",
                str(name),
            )
        limits = {
            parameter.name: parameter.default
            for parameter in signature(find).parameters.values()
            if parameter.kind is Parameter.KEYWORD_ONLY
        }
        unset = [name for name, limit in limits.items() if not isinstance(limit, int)]
        if unset:
            raise AuditError(f"the rule {name} needs a whole number as the default of its limit {unset[0]}", str(name))
        return Rule(
            id=id or str(name).replace("_", "-"),
            severity=Severity(severity),
            title=" ".join(title.split()),
            why=" ".join(why.split()),
            find=find,
            limits=limits,
        )

    return decorate
