"""Answers that were worked out once, kept by the day from which each holds, for as long as there is room."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

import attrs

from ._projection import Projection

__all__ = ["Answers", "Grounds"]

Grounds: TypeAlias = tuple[object, ...]
"""What an answer rests on: which entries, and how many; another answer rests on others."""


@attrs.frozen
class _Kept:
    """The answers about one trust: the days on which they changed, and what they were from then on; none where it was only asked for."""

    answer: Projection[Any]
    grounds: Grounds
    days: tuple[date, ...] = ()
    states: tuple[Any, ...] = ()
    is_known: bool = False


class Answers:
    """Histories of answers by what was asked; those asked for longest ago make room.

    A history is worked out when a question is asked a second time: who asks once, about however many trusts, fills no room.

    Arguments:
        keep: the number of answers to keep; the history asked for last is kept whole, however long it is.

    """

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._kept: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
        self._size = 0

    def on(
        self,
        day: date,
        asked: tuple[object, ...],
        answer: Projection[Any],
        grounds: Grounds,
        history: Callable[[], Iterable[tuple[date, Any]]],
        *,
        at_once: bool,
    ) -> tuple[Any] | None:
        """Give the answer on a day, in a tuple of one; nothing where the question is asked for the first time, unless *at_once*.

        Arguments:
            day: the day, inclusive.
            asked: what tells this question from others, with *answer*.
            answer: the projection.
            grounds: what the answer rests on; of one that rests on other grounds, nothing is used.
            history: works out the answers, in order of the days on which they changed.
            at_once: work out the history even if this is the first time.

        """
        key = (*asked, id(answer))
        kept = self._kept.get(key)
        if kept is None or kept.grounds != grounds or kept.answer is not answer:
            kept = self._put(key, _Kept(answer, grounds))
            if not at_once:
                return None
        if not kept.is_known:
            told = list(history())
            days, states = tuple(on for on, _ in told), tuple(state for _, state in told)
            kept = self._put(key, _Kept(answer, grounds, days, states, is_known=True))
        self._kept.move_to_end(key)
        place = bisect_right(kept.days, day)
        return (kept.states[place - 1] if place else answer.initial,)

    def _put(self, key: tuple[object, ...], kept: _Kept) -> _Kept:
        """Keep something in the place of what there was; what was asked for longest ago makes room."""
        before = self._kept.pop(key, None)
        self._size += _room(kept) - (_room(before) if before else 0)
        self._kept[key] = kept
        while self._size > self._keep and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _room(oldest)
        return kept


def _room(kept: _Kept) -> int:
    return 1 + len(kept.states)
