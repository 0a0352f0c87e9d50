"""What is true of every projection, whatever happened and however it was recorded."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date
from functools import reduce
from typing import Any, TypeAlias

import attrs
from hypothesis import given

from .._ledger import Ledger
from .._midnights import with_midnights
from .._projection import Projection
from .._when import LAST_DAY
from ..errors import EventError
from ..events import Event
from ._cases import TRUST, Case, cases, kinds_of
from ._picks import FIRST
from ._steps import new_ledger

__all__ = ["laws"]

Asked: TypeAlias = Sequence[Projection[Any]]


def laws(*projections: Projection[Any]) -> Callable[[], None]:
    """Give a test of what must be true of a projection: assign it to a name that starts with `test_`, and pytest runs it.

    Over histories in sense and in nonsense, and over days near every boundary that they have:

    - it takes every fact that it handles, in any state, and changes neither its initial state nor one it has given;
    - the past as known never changes;
    - learning late ends where learning on time would, of facts that count from different days;
    - what was taken back is as if never recorded;
    - an entry corrected to itself changes nothing;
    - folding goes on from where it stopped;
    - swept or not, every view answers alike;
    - a history says of a day what the view of that day does.

    States are compared with `==`. How many examples are tried is for Hypothesis's settings to say.

    Arguments:
        projections: one, or several to be tried on the same examples.

    Raises:
        EventError: there is none.

    """
    if not projections:
        raise EventError("name the projection whose laws are to be tried: laws(my_projection)", "projections", projections)

    @given(cases(kinds_of(projections)))
    def test(case: Case) -> None:
        """Every law holds of every projection."""
        afresh = [attrs.evolve(answer, initial=deepcopy(answer.initial)) for answer in projections]
        for law in LAWS:
            law(case, afresh)

    return test


def answers(ledger: Ledger, day: date, asked: Asked) -> list[object]:
    """Give what every projection answers on a day."""
    view = ledger.at(day)
    return [view.of(TRUST, answer) for answer in asked]


def agree(law: str, asked: Asked, told: Sequence[object], expected: Sequence[object], where: object) -> None:
    """Say which law is broken, by which projection and where, unless what is told is what is expected."""
    for answer, one, other in zip(asked, told, expected, strict=True):
        if one != other:
            raise AssertionError(f"{law}; {answer.name} breaks this law ({where}): it gives\n  {one}\nand not\n  {other}")


def it_bears_every_fact(case: Case, asked: Asked) -> None:
    """Fold what was recorded in the order of recording, then in the order it took effect, with the deadlines that passed."""
    recorded = [step.event for step in case.recorded]
    in_order = [e.fact for e in case.ledger().at(LAST_DAY).entries(TRUST)]
    for answer in asked:
        for facts in (recorded, with_midnights(in_order, LAST_DAY)):
            state = answer.initial
            for fact in facts:
                state = _step(answer, state, fact)


def _step(answer: Projection[Any], state: object, fact: Event) -> object:
    before = deepcopy(state)
    agree("A state equals a copy of itself", [answer], [state], [before], fact)
    try:
        after = answer.step(state, fact)
    except Exception as wrong:
        raise AssertionError(
            f"A projection takes any fact that it handles, in any state; {answer.name} breaks this law: it raises {wrong!r}\n"
            f"in the state\n  {state}\non\n  {fact}"
        ) from wrong
    agree("A state never changes, facts give others", [answer], [state], [before], fact)
    return after


def the_past_as_known_never_changes(case: Case, asked: Asked) -> None:
    """What a ledger answered at a moment it answers for that moment ever after, whatever is recorded later."""
    told = []
    for ledger in case.ledgers(is_swept=True):
        told += [(e.recorded_at, answers(ledger, case.day, asked)) for e in ledger.entries[-1:]]
    for moment, answered in told:
        view = ledger.at(case.day, known_at=moment)
        again = [view.of(TRUST, answer) for answer in asked]
        agree("The past as known never changes", asked, again, answered, f"on {case.day}, as known at {moment}")


def learning_late_ends_where_learning_on_time_would(case: Case, asked: Asked) -> None:
    """Facts of different days give the same answers in whatever order they were recorded."""
    in_time, late = new_ledger(FIRST)[0], new_ledger(FIRST)[0]
    in_time.record(*(step.draft for step in sorted(case.order, key=lambda step: step.day)))
    for step in case.order:
        late.record(step.draft)
    law = "Learning late ends where learning on time would, of facts of different days"
    agree(law, asked, answers(late, case.day, asked), answers(in_time, case.day, asked), f"on {case.day}")


def retracted_is_as_if_never_recorded(case: Case, asked: Asked) -> None:
    """A fact that was taken back leaves no trace in any answer."""
    with_it, without = new_ledger(FIRST)[0], new_ledger(FIRST)[0]
    others = [step.draft for step in case.recorded if step.event != case.wrong]
    (entry,) = with_it.record(case.wrong)
    for ledger in (with_it, without):
        ledger.record(*others)
    with_it.retract(entry.number, reason="recorded in error")
    where = f"on {case.day}, of {case.wrong}"
    law = "What was taken back is as if never recorded"
    agree(law, asked, answers(with_it, case.day, asked), answers(without, case.day, asked), where)


def an_entry_corrected_to_itself_changes_nothing(case: Case, asked: Asked) -> None:
    """A correction stands in the place of what it corrects, so one that says the same leaves every answer as it was."""
    ledger = new_ledger(FIRST)[0]
    entries = ledger.record(*(step.draft for step in case.recorded))
    before = answers(ledger, case.day, asked)
    for entry in reversed(entries[: case.cut]):
        ledger.correct(entry.number, entry.fact, reason="typed again")
    law = "An entry corrected to itself changes nothing"
    agree(law, asked, answers(ledger, case.day, asked), before, f"on {case.day}, corrected from entry {case.cut} back")


def folding_goes_on_from_where_it_stopped(case: Case, asked: Asked) -> None:
    """A fold of everything is a fold of the first part, taken further by the rest."""
    facts = [step.event for step in case.recorded]
    stopped = [answer.fold(facts[: case.cut]) for answer in asked]
    on = [reduce(answer.step, facts[case.cut :], state) for answer, state in zip(asked, stopped, strict=True)]
    agree(
        "Folding goes on from where it stopped", asked, on, [answer.fold(facts) for answer in asked], f"after {case.cut} facts"
    )


def swept_or_not_every_view_answers_alike(case: Case, asked: Asked) -> None:
    """Passes on record are testimony: with them or without, every view answers alike."""
    plain = case.ledger()
    for swept in case.views:
        view = plain.at(swept.on, known_at=swept.known_at, public_on=swept.public_on)
        told, expected = ([one.of(TRUST, answer) for answer in asked] for one in (swept, view))
        where = f"on {view.on}, known at {view.known_at}, public on {view.public_on}"
        agree("Swept or not, every view answers alike", asked, told, expected, where)


def a_history_says_of_a_day_what_the_view_of_the_day_does(case: Case, asked: Asked) -> None:
    """The last change by a day in a history, and the view that `over` gives for it, are what `at` answers."""
    ledger = case.ledger()
    (over,) = ledger.over([case.day])
    at = answers(ledger, case.day, asked)
    whole = [[state for on, state in ledger.history(TRUST, answer) if on <= case.day] for answer in asked]
    until = [[state for _, state in ledger.history(TRUST, answer, until=case.day)] for answer in asked]
    last = [(states or [answer.initial])[-1] for answer, states in zip(asked, whole, strict=True)]
    law = "A history says of a day what the view of that day does"
    agree(law, asked, last, at, f"on {case.day}")
    agree(law, asked, [over.of(TRUST, answer) for answer in asked], at, f"on {case.day}, by ledger.over")
    agree(law, asked, until, whole, f"until {case.day}")


LAWS: tuple[Callable[[Case, Asked], None], ...] = (
    it_bears_every_fact,
    the_past_as_known_never_changes,
    learning_late_ends_where_learning_on_time_would,
    retracted_is_as_if_never_recorded,
    an_entry_corrected_to_itself_changes_nothing,
    folding_goes_on_from_where_it_stopped,
    swept_or_not_every_view_answers_alike,
    a_history_says_of_a_day_what_the_view_of_the_day_does,
)
