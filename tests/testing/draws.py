"""Looking for what a strategy can draw, and for the shortest example of what breaks a property."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy

MANY = settings(max_examples=4000, phases=[Phase.generate], database=None, derandomize=True, deadline=None)
SHORTEST = settings(
    max_examples=1000,
    phases=[Phase.generate, Phase.shrink],
    database=None,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
)


def draws(strategy: SearchStrategy[Any], condition: Callable[[Any], object]) -> bool:
    """Whether a strategy draws something that a condition holds of, in a few thousand attempts at most."""
    try:
        find(strategy, lambda drawn: bool(condition(drawn)), settings=MANY)
    except NoSuchExample:
        return False
    return True


def undrawn(strategy: SearchStrategy[Any], wanted: Mapping[str, Callable[[Any], object]]) -> list[str]:
    """Give the names of what a strategy does not draw, of all that is wanted of it."""
    left = dict(wanted)

    def are_all_drawn(drawn: object) -> bool:
        for name in [name for name, condition in left.items() if condition(drawn)]:
            del left[name]
        return not left

    draws(strategy, are_all_drawn)
    return list(left)


def broken(test: Callable[[], None]) -> tuple[str, list[str]]:
    """Run a property that does not hold, and give what the failure says and the lines of the shortest example."""
    with pytest.raises(AssertionError) as caught:
        SHORTEST(test)()
    return str(caught.value), "\n".join(caught.value.__notes__).splitlines()
