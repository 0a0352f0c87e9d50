"""The package itself: what it offers, and what it asks for."""

import subprocess
import sys

from hypothesis.strategies import SearchStrategy

from ledger import Ledger, testing

WITHOUT = """
import sys
sys.modules["hypothesis"] = None
try:
    import ledger.testing
except ImportError as missing:
    print(missing.name, "|", missing)
"""


def test_without_hypothesis_the_import_says_what_to_install() -> None:
    """The extra is named in the error, and the rest of the library needs no Hypothesis."""
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout == "hypothesis | ledger.testing needs Hypothesis: run pip install 'trust-ledger[testing]'\n"


def test_strategies_are_functions_that_give_one(example: Ledger) -> None:
    """As with Hypothesis's own, a strategy is called; the names are those that are documented."""
    drawn_from_nothing = ("citations", "drafts", "events", "histories", "ledgers", "sources", "whens")
    drawn_from_a_ledger = ("days", "futures", "views")
    assert all(isinstance(getattr(testing, name)(), SearchStrategy) for name in drawn_from_nothing)
    assert all(isinstance(getattr(testing, name)(example), SearchStrategy) for name in drawn_from_a_ledger)
    assert {*drawn_from_nothing, *drawn_from_a_ledger, "Clock", "LedgerMachine", "laws"} == set(testing.__all__)
