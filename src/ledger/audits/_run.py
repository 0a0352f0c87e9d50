"""A ledger audited by rules: what they report, and which of them could not be run."""

from collections.abc import Iterable
from typing import Any

import attrs

from .._show import Line, Page, Section, counted, plain
from .._view import View
from .._when import day_in_words
from ..errors import AuditError
from ._catalogue import RULES
from ._rule import AuditException, Rule, Severity

__all__ = ["Audit", "Failure", "audit"]


@attrs.frozen
class Failure:
    """A rule that raised: its id, the trust it was asked about, and what was raised. The other rules still ran."""

    rule: str
    trust: str
    error: str

    def __str__(self) -> str:
        """Give it on one line."""
        return f"the rule {self.rule} could not be run on {self.trust}: {self.error}"


@attrs.frozen(kw_only=True)
class Audit:
    """What an audit found: its exceptions, the gravest first, and the rules that could not be run; `code` is the trust, if of one."""

    view: View = attrs.field(repr=False)
    code: str | None = None
    rules: tuple[Rule, ...]
    exceptions: tuple[AuditException, ...]
    failures: tuple[Failure, ...] = ()

    def at_least(self, severity: Severity | str) -> tuple[AuditException, ...]:
        """Give the exceptions of a severity or a graver one."""
        least = Severity(severity).rank
        return tuple(one for one in self.exceptions if one.severity.rank >= least)

    def by_rule(self, rule: str) -> tuple[AuditException, ...]:
        """Give the exceptions that one rule reports."""
        return tuple(one for one in self.exceptions if one.rule == rule)

    def page(self) -> Page:
        """Give the exceptions as statements, a section a rule with why it matters, the gravest first."""
        reporting = len({one.rule for one in self.exceptions})
        found = f"{counted(len(self.exceptions), 'exception')}, from {reporting} of {counted(len(self.rules), 'rule')}"
        gravest_first = sorted(self.rules, key=lambda one: -one.severity.rank)
        told = ((one, self.by_rule(one.id)) for one in gravest_first)
        sections = [
            Section(
                f"{one.title.removesuffix('.')} ({one.severity}, {one.id})",
                (Line("Why", one.why), *(said.line() for said in reported)),
            )
            for one, reported in told
            if reported
        ]
        if self.failures:
            sections.append(Section("Rules that could not be run", tuple(Line("", str(one)) for one in self.failures)))
        return Page(f"Audit as of {day_in_words(self.view.on)}: {found}", self.view.notes(code=self.code), tuple(sections))

    def report(self) -> dict[str, Any]:
        """Give the audit as JSON has it."""
        return {
            "on": plain(self.view.on),
            "known_at": plain(self.view.known_at),
            "public_on": plain(self.view.public_on),
            "is_forecast": self.view.is_forecast,
            "exceptions": [plain(one) for one in self.exceptions],
            "failures": [plain(one) for one in self.failures],
            "rules": [
                {"id": one.id, "severity": str(one.severity), "title": one.title, "why": one.why, "limits": dict(one.limits)}
                for one in self.rules
            ],
        }

    def __str__(self) -> str:
        """Give the audit as plain text."""
        return str(self.page())

    def __rich__(self) -> object:
        """Give the audit as tables for a terminal."""
        return self.page().__rich__()

    def _repr_html_(self) -> str:
        return self.page()._repr_html_()


def audit(view: View, rules: Iterable[Rule] = RULES, *, code: str | None = None) -> Audit:
    """Audit a ledger, as at a choice of times, by rules. A rule that raises is named, and the others still run.

    Arguments:
        view: the ledger as at a choice of times; a public view is audited on what the public could know.
        rules: the rules, without them all that come with the ledger; two of one id are refused.
        code: one trust; without it, all.

    Raises:
        AuditError: two rules have one id, something is no rule, or what is to be audited is no view.

    """
    if not isinstance(view, View):
        raise AuditError("an audit is of a view: audit(ledger.at(day))", "")
    by_id: dict[str, Rule] = {}
    for one in rules:
        if not isinstance(one, Rule):
            raise AuditError(f"{one!r} is no rule: decorate the function with ledger.audits.rule", "")
        if one.id in by_id:
            raise AuditError(f"two rules are called {one.id}: give one of them another id", one.id)
        by_id[one.id] = one
    found: list[AuditException] = []
    failures: list[Failure] = []
    for trust in view.codes() if code is None else (code,):
        dossier = view.dossier(trust)
        for one in by_id.values():
            try:
                found += [attrs.evolve(told, is_forecast=view.is_forecast) for told in one.exceptions(dossier)]
            except (Exception, SystemExit) as wrong:  # noqa: BLE001  # a rule is anybody's code: it is named, and the others still run
                failures.append(Failure(one.id, trust, f"{type(wrong).__name__}: {wrong}"))
    order = list(by_id)
    found.sort(key=lambda one: (-one.severity.rank, order.index(one.rule), one.trust))
    return Audit(view=view, code=code, rules=tuple(by_id.values()), exceptions=tuple(found), failures=tuple(failures))
