"""Answers as they changed: what two timelines have in common from their start is worked out once, and never differs from the fold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import projection
from ledger._midnights import with_midnights
from ledger._projection import Projection
from ledger._track import fold, track
from ledger.events import ActionCommitted, ActionDeadlinePassed, Event, RatingStated
from ledger.projections import trust
from ledger.testing import events

LATE = date(2040, 1, 1)


NOTHING: tuple[str, ...] = ()


@projection(initial=NOTHING)
def told(state: tuple[str, ...], fact: Event) -> tuple[str, ...]:
    """Tell everything in order."""
    return (*state, f"{fact.on} {type(fact).__name__}")


class Counting:
    """Counts how often a projection is asked for a step."""

    def __init__(self) -> None:
        self.steps = 0

    def evolve(self, state: int, fact: Event) -> int:
        """Count."""
        del fact
        self.steps += 1
        return state + 1

    @property
    def answer(self) -> Projection[int]:
        """Give the projection."""
        return Projection("counting", 0, self.evolve, (Event,))


def _rated(day: str) -> RatingStated:
    return RatingStated(trust="RHA", on=day, rating="Good")


COMMITTED = ActionCommitted(trust="RHA", on="2024-01-02", action="a", title="Close the ward", due="2024-01-05")
FACTS = (_rated("2024-01-01"), COMMITTED, _rated("2024-01-02"), _rated("2024-01-09"))


def test_the_answer_changes_on_the_days_of_facts_and_of_passes() -> None:
    """A deadline passes at the midnight after its last day, and that is a day of its own."""
    found = track(told, FACTS, LATE)

    assert [day.isoformat() for day in found.days] == ["2024-01-01", "2024-01-02", "2024-01-06", "2024-01-09"]
    assert found.on(date(2023, 12, 31), ()) == ()
    assert found.on(date(2024, 1, 5), ()) == found.states[1]
    assert found.on(date(2024, 1, 6), ())[-1] == "2024-01-06 ActionDeadlinePassed"
    assert len(found) == 4 + 3


@pytest.mark.parametrize(
    ("facts", "steps"),
    [
        (FACTS, 0),  # the same; nothing passes after
        ((*FACTS, _rated("2024-02-01")), 1),
        ((*FACTS, _rated("2024-01-09")), 3),  # the day that differs is worked out anew, and the pass before it
        (FACTS[:3], 1),  # the deadline passes after them
        ((*FACTS[:2], FACTS[3]), 3),  # of the day of the commitment too, and the pass
        ((_rated("2023-12-31"), *FACTS), 6),
    ],
)
def test_what_is_the_same_from_the_start_is_not_worked_out_again(facts: tuple[Event, ...], steps: int) -> None:
    """A track goes on from the last day before the first that differs."""
    counting = Counting()
    answer = counting.answer
    known, plain = track(answer, FACTS, LATE), answer.fold(with_midnights(facts, LATE))
    counting.steps = 0

    assert fold(answer, facts, LATE, known) == plain
    assert counting.steps == steps


def _in_order(facts: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted((one for one in facts if one.on.latest), key=lambda one: one.on.latest or LATE))


FACT_LISTS = st.lists(events(trust="RHA"), max_size=12)


@given(FACT_LISTS, FACT_LISTS, st.integers(0, 12), st.dates(date(2023, 1, 1), date(2031, 1, 1)))
def test_going_along_another_track_gives_the_same_as_the_fold(
    one: list[Event], other: list[Event], shared: int, day: date
) -> None:
    """Whatever two timelines have in common, and whatever of it lies before a day."""
    known = track(trust, _in_order(one), LATE)
    facts = _in_order([*one[:shared], *other])
    by_day = tuple(fact for fact in facts if fact.on.is_by(day))
    plain = trust.fold(with_midnights(by_day, day))

    found = track(trust, facts, LATE, known)
    assert found == track(trust, facts, LATE)
    assert found.on(day, trust.initial) == plain
    assert fold(trust, by_day, day, known) == plain
    assert fold(trust, by_day, day, None) == plain


def test_a_pass_is_derived_the_same_from_where_it_goes_on() -> None:
    """What runs when a track goes on is known: a deadline set before passes after, once."""
    known = track(told, FACTS[:2], LATE)
    found = fold(told, FACTS, LATE, known)

    assert found == told.fold(with_midnights(FACTS, LATE))
    assert [one for one in found if one.endswith(ActionDeadlinePassed.__name__)] == ["2024-01-06 ActionDeadlinePassed"]
