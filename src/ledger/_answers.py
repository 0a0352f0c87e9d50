"""Answers that were worked out once, kept by the day from which each holds, for as long as there is room."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

import attrs

from ._projection import Projection

__all__ = ["Answers", "Grounds", "Question"]

Grounds: TypeAlias = tuple[object, ...]
"""What an answer rests on: which entries, and how many; another answer rests on others."""


@attrs.frozen
class Question:
    """What is asked: of which trust and by which times, by which projection, and what the answer rests on."""

    asked: tuple[object, ...]
    answer: Projection[Any]
    grounds: Grounds

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from other questions, whatever its answer rests on."""
        return (*self.asked, id(self.answer))


@attrs.frozen
class _Kept:
    """The days on which an answer changed, and what it was from then on; nothing yet where it was asked for once."""

    question: Question
    days: tuple[date, ...] = ()
    states: tuple[Any, ...] = ()
    is_known: bool = False

    def holds(self, question: Question) -> bool:
        """Whether it was asked by the same projection, and still rests on the same."""
        return self.question.answer is question.answer and self.question.grounds == question.grounds


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
        self, day: date, question: Question, history: Callable[[], Iterable[tuple[date, Any]]], *, at_once: bool
    ) -> tuple[Any] | None:
        """Give the answer on a day, in a tuple of one; nothing where the question is asked for the first time, unless *at_once*.

        Arguments:
            day: the day, inclusive.
            question: what is asked.
            history: works out the answers, in order of the days on which they changed.
            at_once: work out the history even if this is the first time.

        """
        kept = self._kept.get(question.key)
        if kept is None or not kept.holds(question):
            kept = self._put(_Kept(question))
            if not at_once:
                return None
        if not kept.is_known:
            told = list(history())
            kept = self._put(_Kept(question, tuple(on for on, _ in told), tuple(state for _, state in told), is_known=True))
        self._kept.move_to_end(question.key)
        place = bisect_right(kept.days, day)
        return (kept.states[place - 1] if place else question.answer.initial,)

    def _put(self, kept: _Kept) -> _Kept:
        """Keep something in the place of what there was; what was asked for longest ago makes room."""
        before = self._kept.pop(kept.question.key, None)
        self._size += _room(kept) - (_room(before) if before else 0)
        self._kept[kept.question.key] = kept
        while self._size > self._keep and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _room(oldest)
        return kept


def _room(kept: _Kept) -> int:
    return 1 + len(kept.states)
