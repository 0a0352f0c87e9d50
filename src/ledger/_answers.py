"""What was worked out once, kept for as long as it rests on the same and there is room."""

from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress
from typing import Any, TypeAlias

import attrs

__all__ = ["Answers", "Grounds", "Question"]

Grounds: TypeAlias = tuple[object, ...]
"""What an answer rests on: which entries, and how many; another answer rests on others."""


@attrs.frozen
class Question:
    """What is asked: about what, of whom (told apart by identity), and what the answer rests on."""

    asked: tuple[Hashable, ...]
    whom: object
    grounds: Grounds

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What tells it from other questions, whatever its answer rests on."""
        return (*self.asked, id(self.whom))


@attrs.frozen
class _Kept:
    question: Question
    answer: Any
    room: int


class Answers:
    """Answers by question; those asked for longest ago make room.

    Arguments:
        keep: how much to keep; the answer asked for last is kept whole, however much room it takes.

    """

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._kept: OrderedDict[tuple[Hashable, ...], _Kept] = OrderedDict()
        self._size = 0

    def to(self, question: Question) -> Any:
        """Give the answer to a question, or nothing where it is not kept or rests on something else by now."""
        kept = self._kept.get(question.key)
        if kept is None or kept.question.whom is not question.whom or kept.question.grounds != question.grounds:
            return None
        with suppress(KeyError):  # another thread made room meanwhile
            self._kept.move_to_end(question.key)
        return kept.answer

    def before(self, question: Question) -> Any:
        """Give the last answer that was kept, whatever it rests on."""
        kept = self._kept.get(question.key)
        return kept.answer if kept is not None and kept.question.whom is question.whom else None

    def keep(self, question: Question, answer: Any, room: int) -> None:
        """Keep an answer in the place of what there was; what was asked for longest ago makes room."""
        before = self._kept.pop(question.key, None)
        self._size += room - (before.room if before else 0)
        self._kept[question.key] = _Kept(question, answer, room)
        while self._size > self._keep and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.room
