"""Statutory clocks: which rules set a due date, and what day that is from the day that started the clock.

>>> from ledger.clocks import due
>>> last_day, by_rule = due("draft-report-accuracy", "2026-12-18")
>>> last_day.in_words()
'6 January 2027'
>>> by_rule
ByRule(rule='draft-report-accuracy', version=1, start=When(expression='2026-12-18'))
"""

from ._due import due, is_working_day, stated
from ._rule import Rule, Unit
from ._table import RULES, rule

__all__ = ["RULES", "Rule", "Unit", "due", "is_working_day", "rule", "stated"]
