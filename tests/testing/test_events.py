"""Events, sources and dates of any kind."""

from datetime import date
from functools import partial
from operator import eq

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Draft, Marking, When
from ledger.events import PASSES, ActionCommitted, Corroborated, Event, RatingChanged, Recordable, Redacted, Retracted
from ledger.testing import citations, drafts, events, sources, whens
from ledger.testing._events import FACTS
from tests.testing.draws import draws, undrawn

FIRST, LAST = date(2027, 2, 27), date(2027, 4, 2)


@given(whens(FIRST, LAST, precise=True))
def test_a_precise_date_lies_between_its_bounds(when: When) -> None:
    """It is a day, and both bounds are inclusive."""
    assert when.is_precise
    assert when.latest is not None
    assert FIRST <= when.latest <= LAST


@pytest.mark.parametrize("bound", [FIRST, LAST])
def test_both_bounds_can_be_drawn(bound: date) -> None:
    """The first day and the last are days like any other."""
    assert draws(whens(FIRST, LAST, precise=True), lambda when: when.latest == bound)


EXPRESSIONS = ("2027-03", "2027", "2027-33", "2027-03~", "2027-03?", "2027-03%", "../2027-04-01", "2027-03/..", "2027-03-01")


def test_dates_are_as_imprecise_as_sources_are() -> None:
    """Months, years, quarters, intervals open and closed, marked as doubtful or approximate, and days."""
    assert undrawn(whens(FIRST, LAST), {one: partial(eq, When(one)) for one in EXPRESSIONS}) == []


@given(whens(precise=False))
def test_what_is_not_precise_is_more_than_a_day_or_in_doubt(when: When) -> None:
    """Without days, every date leaves a choice, or is written as if it might."""
    assert not when.is_precise or "/" in str(when) or str(when).count("-") == 2


def test_every_type_that_can_be_recorded_is_drawn() -> None:
    """No type is left out but notes about entries, and passes, which only a sweep records."""
    assert {*FACTS, *PASSES, Corroborated, Redacted, Retracted} == set(Recordable.known.values())
    assert draws(events(), lambda event: type(event) is FACTS[0])
    assert draws(events(), lambda event: type(event) is FACTS[-1])


@given(events("RVN", [RatingChanged], on=st.just(When("2027-03"))))
def test_the_trust_the_types_and_the_date_can_be_chosen(event: Event) -> None:
    """What is asked for is what is drawn."""
    assert (type(event), event.trust, event.on) == (RatingChanged, "RVN", When("2027-03"))


@given(drafts("RVN", [ActionCommitted]))
def test_a_draft_is_of_such_an_event_with_up_to_two_citations(draft: Draft) -> None:
    """A draft can be recorded as it is."""
    assert (type(draft.event), draft.event.trust) == (ActionCommitted, "RVN")
    assert len(set(draft.sources)) == len(draft.sources) <= 2


def test_sources_are_of_every_marking_published_or_not_read_or_known_through_another() -> None:
    """What governs a public view is drawn in every way."""
    assert draws(sources(), lambda source: source.marking is Marking.PUBLIC and source.published is None)
    assert draws(sources(), lambda source: source.marking is Marking.CONFIDENTIAL and source.via)
    assert draws(citations(), lambda citation: citation.public_since and citation.at)


def test_a_due_date_may_say_which_rule_it_was_worked_out_by() -> None:
    """Events are drawn with every field that they have."""
    assert draws(events(kinds=[ActionCommitted]), lambda event: event.due and event.by_rule)
