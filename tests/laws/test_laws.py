"""What is true of every history, for every projection and for one that keeps every event."""

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Citation, Draft, Entry, Ledger, Marking, Projection, projection, with_midnights
from ledger._store import MemoryRecorder
from ledger._timeline import in_order, standing, timeline
from ledger.events import PASSES, Event
from ledger.projections import PROJECTIONS, trust
from ledger.testing import Clock, drafts, events, histories, laws, whens
from ledger.testing._calendar import Calendar
from ledger.testing._cases import Case, cases
from ledger.testing._clock import START
from ledger.testing._events import CLOCKS, DEADLINES
from ledger.testing._picks import LAST, some_day
from ledger.testing._tangles import lives

NOTHING: tuple[Event, ...] = ()


@projection(initial=NOTHING)
def everything(state: tuple[Event, ...], fact: Event) -> tuple[Event, ...]:
    """Keep every event, in the order it took effect."""
    return (*state, fact)


ASKED = [*PROJECTIONS.values(), trust, everything]
examples = settings().max_examples
recorded = histories() | st.lists(drafts(), max_size=7, unique_by=lambda draft: draft.event)


def new_ledger() -> Ledger:
    """Give an empty ledger in memory, with a clock that goes an hour forward at each entry."""
    return Ledger(MemoryRecorder(), by="analyst", clock=Clock())


def answers(ledger: Ledger, day: date) -> list[object]:
    """Give what every projection answers on a day."""
    view = ledger.at(day)
    return [view.of("RHA", answer) for answer in ASKED]


test_all_projections_keep_the_laws = laws(*ASKED)


@pytest.mark.parametrize("answer", ASKED, ids=lambda answer: answer.name)
def test_each_projection_keeps_the_laws_on_the_facts_that_it_is_asked_about(answer: Projection[object]) -> None:
    """A projection keeps the laws also where most facts are its own."""
    settings(max_examples=examples // 10)(laws(answer))()


@given(recorded, some_day, some_day)
def test_nothing_confidential_is_in_a_public_view(history: list[Draft], day: date, seen: date) -> None:
    """A public view answers as a ledger would that only ever held what public sources had said by then."""
    ledger, open_ledger = new_ledger(), new_ledger()
    ledger.record(*history)
    for draft in history:
        told = [c for c in draft.sources if _is_open(c, history) and _is_out(c, seen)]
        if told:
            open_ledger.record(attrs.evolve(draft, sources=told))
    view, expected = ledger.at(day, public_on=seen), open_ledger.at(day)
    assert [view.of("RHA", answer) for answer in ASKED] == [expected.of("RHA", answer) for answer in ASKED]
    assert [e.event for e in view.uncertain("RHA")] == [e.event for e in expected.uncertain("RHA")]
    assert view.trusts() == expected.trusts()
    assert all(c.source.marking is Marking.PUBLIC for e in view.standing("RHA") for c in e.sources)
    assert all((e.recorded_by, e.reason, e.key) == (None, None, None) for e in view.standing("RHA"))


def _is_open(citation: Citation, history: list[Draft]) -> bool:
    """Whether a source, and each that it is known through, is public wherever it is cited."""
    cited = [source for draft in history for c in draft.sources for source in c.source.chain()]
    strictness = [
        one.marking.strictness for source in citation.source.chain() for one in cited if one.identity == source.identity
    ]
    return max(strictness) == 0


def _is_out(citation: Citation, seen: date) -> bool:
    """Whether a source that was published, or what it says was public before, was so by a day."""
    since = citation.public_since or citation.source.published
    return citation.source.published is not None and since is not None and since.is_by(seen)


@given(recorded, some_day)
def test_a_ledger_opened_again_answers_as_before(history: list[Draft], day: date) -> None:
    """What is read back from the store gives the answers that were given when it was written."""
    recorder = MemoryRecorder()
    ledger = Ledger(recorder, by="analyst", clock=Clock())
    ledger.record(*history)
    again = Ledger(recorder, by="somebody else")
    assert again.entries == ledger.entries
    assert answers(again, day) == answers(ledger, day)


@given(recorded)
def test_recording_again_adds_nothing(history: list[Draft]) -> None:
    """Recording what is in force with the same sources gives the entries that exist."""
    ledger = new_ledger()
    first = ledger.record(*history)
    assert ledger.record(*history) == first
    assert ledger.entries == first


@settings(max_examples=2 * examples)
@given(lives([CLOCKS, DEADLINES]), some_day)
def test_the_deadlines_that_pass_are_those_a_naive_calendar_finds(given_facts: list[Event], until: date) -> None:
    """A calendar that goes from day to day, and looks at every thing every midnight, finds the same passes on the same days."""
    ordered = [e.fact for e in timeline(_entries(given_facts), on=until)]
    found = [event for event in with_midnights(ordered, until) if isinstance(event, PASSES)]
    assert found == Calendar().run(ordered, until)


@given(cases([CLOCKS, DEADLINES]))
def test_the_deadlines_that_pass_in_a_ledger_are_those_a_naive_calendar_finds(case: Case) -> None:
    """The same, of a ledger with promises kept, missed, moved and given up, some recorded late, corrected or taken back."""
    until = case.day + timedelta(days=100)
    ordered = [e.fact for e in case.ledger().at(until).entries("RHA")]
    found = [event for event in with_midnights(ordered, until) if isinstance(event, PASSES)]
    assert found == Calendar().run(ordered, until)


def _entry(number: int, event: Event) -> Entry:
    return Entry(number=number, event=event, recorded_at=START, recorded_by="analyst", place=number)


def _entries(given_facts: list[Event]) -> list[Entry]:
    return [_entry(number, event) for number, event in enumerate(given_facts, 1)]


@given(st.lists(events(on=whens()), max_size=8), some_day)
def test_a_timeline_is_the_beginning_of_every_later_one(given_facts: list[Event], day: date) -> None:
    """Time only adds at the end: what is in force by a day begins what is in force by a later one."""
    log = _entries(given_facts)
    early, late = timeline(log, on=day), timeline(log, on=LAST)
    assert late[: len(early)] == early
    assert late == [e for e in in_order(standing(log, markings={})) if e.fact.on.is_by(LAST)]
