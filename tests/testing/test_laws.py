"""The laws: each is broken by a projection that a user might well write, and the failure says which, in a sentence."""

from typing import Any

import attrs
import pytest
from hypothesis import given

from ledger import Projection, projection
from ledger.errors import EventError
from ledger.events import ActionCommitted, ActionDeadlinePassed, Event, RatingChanged
from ledger.projections import actions
from ledger.testing import laws
from ledger.testing._cases import Case, cases, kinds_of
from ledger.testing._events import CLOCKS, DEADLINES, FACTS
from ledger.testing._laws import agree, swept_or_not_every_view_answers_alike
from ledger.testing._steps import Swept
from tests.testing.draws import broken, draws


@projection(initial=0)
def missed(state: int, fact: ActionDeadlinePassed) -> int:
    """Count the deadlines of actions that passed."""
    return state + (fact.due.latest is not None)


test_a_projection_that_keeps_the_laws_passes = laws(missed)


def test_the_test_has_no_arguments_and_says_what_it_does() -> None:
    """Pytest collects it under whatever name it is given, and Hypothesis's settings apply to it."""
    test: Any = laws(missed)
    assert test.__doc__ == "Every law holds of every projection."
    assert test.is_hypothesis_test


EMPTY: dict[str, int] = {}


@projection(initial=EMPTY)
def remembers(state: dict[str, int], fact: ActionCommitted) -> dict[str, int]:
    """Change the state that it is given."""
    state[fact.action] = 1
    return state


@projection(initial="")
def fragile(state: str, fact: RatingChanged) -> str:
    """Take it that a change always says what the rating was."""
    if fact.previous is None:
        raise ValueError("no rating before")
    return state or str(fact.previous)


class Nameless:
    """A state that equals nothing but itself."""


@projection(initial=Nameless())
def vague(state: Nameless, fact: ActionCommitted) -> Nameless:
    """Give a new state each time, that can't be compared."""
    del state, fact
    return Nameless()


SEEN: list[Event] = []


@projection(initial=0)
def secretive(state: int, fact: ActionCommitted) -> int:
    """Remember outside the state."""
    SEEN.append(fact)
    return state + len(SEEN)


BORNE = "A projection takes any fact that it handles, in any state; fragile breaks this law: it raises ValueError('no rating before')"


@pytest.mark.parametrize(
    ("answer", "sentence", "kind"),
    [
        (fragile, BORNE, "RatingChanged"),
        (remembers, "A state never changes, facts give others; remembers breaks this law", "ActionCommitted"),
        (vague, "A state equals a copy of itself; vague breaks this law", "Action"),
        (secretive, "The past as known never changes; secretive breaks this law", "ActionCommitted"),
    ],
    ids=["not borne", "changed", "not comparable", "remembered elsewhere"],
)
def test_what_breaks_a_law_is_told_with_the_shortest_history_that_does(
    answer: Projection[Any], sentence: str, kind: str
) -> None:
    """The failure says which law, by which projection; what was done to the ledger is told line by line before it."""
    said, lines = broken(laws(answer))
    assert said.startswith(sentence)
    assert f": {kind}" in lines[0]
    assert " on 20" not in lines[1]  # a history of one fact


def test_agreeing_says_nothing_and_differing_says_what_differs() -> None:
    """The law, the projection, where, and both answers."""
    agree("Two is two", [missed, missed], [1, 2], [1, 2], "here")
    with pytest.raises(AssertionError) as caught:
        agree("Two is two", [missed, actions], [1, 2], [1, 3], "here")
    assert str(caught.value) == "Two is two; actions breaks this law (here): it gives\n  2\nand not\n  3"


def test_laws_are_of_something() -> None:
    """Without a projection there is nothing to try; the error says what to do."""
    with pytest.raises(EventError) as refused:
        laws()
    assert str(refused.value) == "name the projection whose laws are to be tried: laws(my_projection)"


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        (missed, [DEADLINES, FACTS]),
        (fragile, [[RatingChanged], FACTS]),
        (actions, [list(actions.handles[:-1]), DEADLINES, FACTS]),
    ],
    ids=["passes only", "one type", "types and passes"],
)
def test_examples_are_of_what_a_projection_is_asked_about(answer: Projection[Any], kinds: list[list[type[Event]]]) -> None:
    """Its own types, those that set and end deadlines where it is asked about passes, and all."""
    assert [sorted(some, key=str) for some in kinds_of([answer])] == [sorted(some, key=str) for some in kinds]


@given(cases([DEADLINES]))
def test_a_ledger_swept_is_told_the_same_at_the_same_instants(case: Case) -> None:
    """But for the sweeps, the two ledgers of a case have the same entries, recorded at the same instants."""
    plain, swept = case.ledger(), case.ledger(is_swept=True)
    told = {(e.event, e.recorded_at) for e in plain.entries if isinstance(e.event, Event)}
    assert told <= {(e.event, e.recorded_at) for e in swept.entries}
    assert len(swept.entries) == len(plain.entries) or any(isinstance(step, Swept) for step in case.steps)


def test_cases_are_swept_before_what_is_recorded_late() -> None:
    """A pass is put on record that a later entry contradicts: what was done before the day is recorded after it."""

    def is_contradicted(case: Case) -> bool:
        swept = case.ledger(is_swept=True)
        noticed = [e.event for e in swept.entries if isinstance(e.event, ActionDeadlinePassed)]
        standing = swept.at("9998-12-31").of("RHA", everything)
        return any(event not in standing for event in noticed)

    assert draws(cases([CLOCKS]), is_contradicted)


NOTHING: tuple[Event, ...] = ()


@projection(initial=NOTHING)
def everything(state: tuple[Event, ...], fact: Event) -> tuple[Event, ...]:
    """Keep every event."""
    return (*state, fact)


def test_a_view_that_told_of_sweeps_would_be_found_out() -> None:
    """The law of the sweep compares what each ledger answers: one that answered otherwise breaks it."""

    @given(cases([DEADLINES]))
    def of_another_ledger(case: Case) -> None:
        looks = tuple(attrs.evolve(view, recorded=attrs.evolve(view._recorded, last=0)) for view in case.views)
        swept_or_not_every_view_answers_alike(attrs.evolve(case, views=looks), [everything])

    said, _ = broken(of_another_ledger)
    assert said.startswith("Swept or not, every view answers alike; everything breaks this law (on ")
