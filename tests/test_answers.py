"""Answers that are kept: a question that is asked again is looked up, as long as what its answer rests on is the same."""

from collections.abc import Iterator
from datetime import date

import pytest

from ledger import projection
from ledger._answers import Answers, Question
from ledger.events import Event

DAYS = [(date(2024, 1, 2), "first"), (date(2024, 1, 4), "second")]


@projection(initial="nothing")
def told(state: str, fact: Event) -> str:
    """Give what was told last."""
    return state + str(fact.on)


@projection(initial="nothing either")
def other(state: str, fact: Event) -> str:
    """Give the same."""
    return state + str(fact.on)


class Asked:
    """Counts how often a history was worked out."""

    def __init__(self, keep: int = 100) -> None:
        self.answers = Answers(keep)
        self.times = 0

    def history(self) -> Iterator[tuple[date, str]]:
        """Work out the history."""
        self.times += 1
        yield from DAYS

    def on(self, day: int, about: str = "RHA", *, grounds: int = 1, at_once: bool = True) -> str | None:
        """Ask for the answer on a day of January 2024."""
        question = Question((about,), told, (grounds,))
        found = self.answers.on(date(2024, 1, day), question, self.history, at_once=at_once)
        return found[0] if found else None


@pytest.mark.parametrize(("day", "answer"), [(1, "nothing"), (2, "first"), (3, "first"), (4, "second"), (5, "second")])
def test_the_answer_holds_from_its_day_on(day: int, answer: str) -> None:
    """Before the first change it is the initial one; the day of a change is inclusive."""
    assert Asked().on(day) == answer


def test_a_history_is_worked_out_when_it_is_asked_for_again() -> None:
    """The first time nothing is given, so that who asks once fills no room; the second time it is worked out, once for all days."""
    asked = Asked()

    assert (asked.on(3, at_once=False), asked.times) == (None, 0)
    assert ([asked.on(day, at_once=False) for day in (3, 1, 4)], asked.times) == (["first", "nothing", "second"], 1)


def test_an_answer_on_other_grounds_is_worked_out_anew() -> None:
    """What rests on other entries is not used, and is asked for the first time again."""
    asked = Asked()
    asked.on(3)

    assert asked.on(3, grounds=2, at_once=False) is None
    assert (asked.on(3, grounds=2), asked.times) == ("first", 2)


def test_questions_are_told_apart_by_what_is_asked_and_by_whom() -> None:
    """Another trust, and another projection, have histories of their own."""
    asked = Asked()
    asked.on(3)

    assert asked.on(3, "RVN", at_once=False) is None
    question = Question(("RHA",), other, (1,))
    assert asked.answers.on(date(2024, 1, 1), question, asked.history, at_once=True) == ("nothing either",)
    assert asked.times == 2


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    """Each history takes as much room as it has answers, and a place; the one asked for last is kept, however long it is."""
    asked = Asked(keep=6)
    for about in ("RHA", "RVN", "RHA", "RT5"):
        asked.on(3, about)
    assert asked.times == 3

    asked.on(3, "RHA")
    assert asked.times == 3
    asked.on(3, "RVN")
    assert asked.times == 4
    small = Asked(keep=0)
    assert ([small.on(day) for day in (1, 2, 4)], small.times) == (["nothing", "first", "second"], 1)
