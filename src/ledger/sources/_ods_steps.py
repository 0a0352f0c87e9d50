"""What the rows of a table of successions tell together: who followed, how, and what can't be true."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter

import attrs

from ..events import Succession

__all__ = ["Step", "circles", "grouped"]


@attrs.frozen
class Step:
    """One row of a table of successions: its number, the code of the organisation, the one that followed it, and the day."""

    number: int
    old: str
    new: str
    on: date


def circles(steps: Iterable[Step]) -> Iterator[tuple[Step, str]]:
    """Yield the steps that can't all be true: those of one day by which organisations follow each other in a circle."""
    by_day: dict[date, list[Step]] = defaultdict(list)
    for step in steps:
        by_day[step.on].append(step)
    for of_day in by_day.values():
        while circle := _circle(of_day):
            around = set(zip(circle[1:], circle, strict=False))
            for step in [one for one in of_day if (one.old, one.new) in around]:
                of_day.remove(step)
                yield (
                    step,
                    f"{', '.join(circle[:-1])} are said to follow each other in a circle on one day: correct the wrong row",
                )


def _circle(steps: Iterable[Step]) -> list[str]:
    """Give organisations that follow each other in a circle, the first of them again at the end; none where there are none."""
    after: dict[str, set[str]] = defaultdict(set)
    for step in steps:
        after[step.old].add(step.new)
    try:
        TopologicalSorter(after).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def grouped(steps: list[Step]) -> Iterator[tuple[Step, frozenset[str], Succession]]:
    """Yield the first step of each organisation on each day, who followed, and how as far as that can be told."""
    after: dict[tuple[str, date], set[str]] = defaultdict(set)
    before: dict[tuple[str, date], set[str]] = defaultdict(set)
    first: dict[tuple[str, date], Step] = {}
    for step in steps:
        after[step.old, step.on].add(step.new)
        before[step.new, step.on].add(step.old)
        first.setdefault((step.old, step.on), step)
    for step in first.values():
        by = after[step.old, step.on]
        is_split, is_merger = len(by) > 1, any(len(before[new, step.on]) > 1 for new in by)
        how = Succession.NOT_STATED
        if is_split != is_merger:
            how = Succession.SPLIT if is_split else Succession.MERGED
        yield step, frozenset(by), how
