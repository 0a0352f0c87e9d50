"""The catalogue: every rule that comes with the ledger says what it reports and why, and has a test that finds it."""

import re
from pathlib import Path

import pytest

from ledger.audits import RULES, Rule

TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


def test_no_two_rules_have_one_id() -> None:
    """An id names one rule."""
    ids = [one.id for one in RULES]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_says_what_it_reports_and_why(one: Rule) -> None:
    """The id is lower-case words joined by hyphens; the title and the paragraph after it are sentences."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.id)
    assert one.title.endswith(".")
    assert one.why.endswith(".")


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_the_limits_of_a_rule_are_told_in_its_title(one: Rule) -> None:
    """A rule that goes by a number says by which."""
    assert all("unless told" in one.title or "limit" in one.title for _ in one.limits)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_is_tested(one: Rule) -> None:
    """A test module names each rule: one that nothing asks may find anything."""
    assert re.search(rf"\b{one.id.replace('-', '_')}\b", TESTS)
