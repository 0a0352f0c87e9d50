"""The page on audits shows every rule as it is."""

from pathlib import Path

from ledger.audits import RULES

PAGE = Path(__file__).parents[2] / "docs" / "audits.md"


def test_the_page_shows_the_table_of_rules() -> None:
    """One row a rule, in the order in which an audit has them."""
    told = (", ".join(f"{name} {limit}" for name, limit in rule.limits.items()) for rule in RULES)
    rows = [f"| `{rule.id}` | {rule.severity} | {rule.title} | {limits} |" for rule, limits in zip(RULES, told, strict=True)]
    assert [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")] == rows
