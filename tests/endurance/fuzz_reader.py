"""What is fuzzed, as all of it has it."""

from collections.abc import Callable
from datetime import UTC, datetime

import attrs

from .mutations import Mutate

__all__ = ["RECORDED", "Reader", "same"]

RECORDED = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


@attrs.frozen
class Reader:
    """What reads, whether it accepts it; where a LedgerError is raised it does not, and anything else must not be raised.

    Arguments:
        corpus: valid inputs.
        mutate: what is done to one of them.
        read: reads it, and looks whether what is accepted gives the same again.
        costs: how many times fewer inputs it is given.

    """

    corpus: tuple[bytes, ...]
    mutate: Mutate
    read: Callable[[bytes], bool]
    costs: int = 1


def same(one: object, other: object) -> bool:
    """Whether what was accepted came back as it was: if not, that is a fault of what reads it."""
    if one != other:
        raise AssertionError(f"{other!r} was accepted, and came back as {one!r}")
    return True
