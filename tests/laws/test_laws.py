"""What is true of every history, for every projection and for one that keeps every event."""

from datetime import date
from functools import reduce

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Citation, Draft, Entry, Ledger, Marking, Projection, projection, with_midnights
from ledger._store import MemoryRecorder
from ledger._timeline import in_order, standing, timeline
from ledger.events import PASSES, Event
from ledger.projections import PROJECTIONS, trust
from tests.laws.calendar import Calendar
from tests.strategies import DEADLINES, LAST, START, Clock, days, drafts, facts, histories, lives, whens

NOTHING: tuple[Event, ...] = ()


@projection(initial=NOTHING)
def everything(state: tuple[Event, ...], fact: Event) -> tuple[Event, ...]:
    """Keep every event, in the order it took effect."""
    return (*state, fact)


ASKED = [*PROJECTIONS.values(), trust, everything]
asked = pytest.mark.parametrize("answer", ASKED, ids=lambda answer: answer.name)


def new_ledger() -> Ledger:
    """Give an empty ledger in memory, with a clock that goes an hour forward at each entry."""
    return Ledger(MemoryRecorder(), by="analyst", clock=Clock())


def answers(ledger: Ledger, day: date) -> list[object]:
    """Give what every projection answers on a day."""
    view = ledger.at(day)
    return [view.of("RHA", answer) for answer in ASKED]


def change(ledger: Ledger, draft: Draft, how: int) -> None:
    """Record a draft, or correct or take back what stands with it."""
    stand = ledger.at(LAST).standing("RHA")
    if how == 0 or not stand:
        ledger.record(draft)
        return
    wrong = stand[how % len(stand)]
    if how % 2 or not isinstance(draft.event, Event):
        ledger.retract(wrong.number, reason="recorded in error")
    else:
        cited = (*wrong.sources, *draft.sources)
        ledger.correct(wrong.number, draft.event, reason="misread", sources=cited, inferred=())


@given(st.lists(st.tuples(drafts(), st.integers(0, 5)), min_size=1, max_size=8), days)
def test_the_past_as_known_never_changes(changes: list[tuple[Draft, int]], day: date) -> None:
    """What a ledger answered at a moment it answers for that moment ever after, whatever is recorded later."""
    ledger = new_ledger()
    told = []
    for draft, how in changes:
        change(ledger, draft, how)
        told.append((ledger.entries[-1].recorded_at, answers(ledger, day)))
    for moment, answered in told:
        view = ledger.at(day, known_at=moment)
        assert [view.of("RHA", answer) for answer in ASKED] == answered


@given(st.data())
def test_learning_late_ends_where_learning_on_time_would(data: st.DataObject) -> None:
    """Facts of different days give the same answers in whatever order they were recorded."""
    given_facts = data.draw(lives(size=7, unique_by=lambda fact: fact.on.latest))
    day = data.draw(days)
    in_time, late = new_ledger(), new_ledger()
    in_time.record(*given_facts)
    for fact in data.draw(st.permutations(given_facts)):
        late.record(fact)
    assert answers(in_time, day) == answers(late, day)


@given(histories(), drafts(), days)
def test_retracted_is_as_if_never_recorded(history: list[Draft], wrong: Draft, day: date) -> None:
    """A fact that was taken back leaves no trace in any answer."""
    others = [draft for draft in history if draft.event != wrong.event]
    with_it, without = new_ledger(), new_ledger()
    (entry,) = with_it.record(wrong)
    with_it.record(*others)
    with_it.retract(entry.number, reason="recorded in error")
    without.record(*others)
    assert answers(with_it, day) == answers(without, day)


@given(histories(), days, st.data())
def test_an_entry_corrected_to_itself_changes_nothing(history: list[Draft], day: date, data: st.DataObject) -> None:
    """A correction stands in the place of what it corrects, so one that says the same leaves every answer as it was."""
    ledger = new_ledger()
    entries = ledger.record(*history)
    before = answers(ledger, day)
    for entry in entries:
        if data.draw(st.booleans()):
            assert isinstance(entry.event, Event)
            ledger.correct(entry.number, entry.event, reason="typed again")
    assert answers(ledger, day) == before


@asked
@given(lives(size=10), st.integers(0, 10))
def test_folding_goes_on_from_where_it_stopped(answer: Projection[object], given_facts: list[Event], place: int) -> None:
    """A fold of everything is a fold of the first part, taken further by the rest."""
    stopped = answer.fold(given_facts[:place])
    assert reduce(answer.step, given_facts[place:], stopped) == answer.fold(given_facts)


@given(lives([DEADLINES]), days, days)
def test_swept_or_not_every_view_answers_alike(given_facts: list[Event], swept_on: date, day: date) -> None:
    """Passes on record are testimony: with them or without, every view answers alike."""
    log = _entries(given_facts)
    passes = [event for event in with_midnights(_facts(log, swept_on), swept_on) if isinstance(event, PASSES)]
    swept = [*log, *(_entry(len(log) + n, event) for n, event in enumerate(passes, 1))]
    for answer in ASKED:
        plain = answer.fold(with_midnights(_facts(log, day), day))
        assert answer.fold(with_midnights(_facts(swept, day), day)) == plain


@given(histories(), days)
def test_a_history_says_of_a_day_what_the_view_of_the_day_does(history: list[Draft], day: date) -> None:
    """The last change by a day in a history, and the view that `over` gives for it, are what `at` answers."""
    ledger = new_ledger()
    ledger.record(*history)
    (over,) = ledger.over([day])
    for answer in ASKED:
        told = [state for on, state in ledger.history("RHA", answer) if on <= day]
        at = ledger.at(day).of("RHA", answer)
        assert (told[-1] if told else answer.initial) == at
        assert over.of("RHA", answer) == at
        assert [state for _, state in ledger.history("RHA", answer, until=day)] == told


@given(histories(), days, days)
def test_nothing_confidential_is_in_a_public_view(history: list[Draft], day: date, seen: date) -> None:
    """A public view answers as a ledger would that only ever held what public sources had said by then."""
    ledger, open_ledger = new_ledger(), new_ledger()
    ledger.record(*history)
    markings = {c.source.identity: max(_markings(history, c.source.identity)) for draft in history for c in draft.sources}
    for draft in history:
        told = [c for c in draft.sources if markings[c.source.identity] == 0 and _is_out(c, seen)]
        if told:
            open_ledger.record(attrs.evolve(draft, sources=told))
    view, expected = ledger.at(day, public_on=seen), open_ledger.at(day)
    assert [view.of("RHA", answer) for answer in ASKED] == [expected.of("RHA", answer) for answer in ASKED]
    assert [e.event for e in view.uncertain("RHA")] == [e.event for e in expected.uncertain("RHA")]
    assert view.trusts() == expected.trusts()
    assert all(c.source.marking is Marking.PUBLIC for e in view.standing("RHA") for c in e.sources)
    assert all((e.recorded_by, e.reason, e.key) == (None, None, None) for e in view.standing("RHA"))


def _markings(history: list[Draft], identity: tuple[str, str]) -> list[int]:
    return [c.source.marking.strictness for draft in history for c in draft.sources if c.source.identity == identity]


def _is_out(citation: Citation, seen: date) -> bool:
    """Whether a source that was published, or what it says was public before, was so by a day."""
    since = citation.public_since or citation.source.published
    return citation.source.published is not None and since is not None and since.is_by(seen)


@given(histories(), days)
def test_a_ledger_opened_again_answers_as_before(history: list[Draft], day: date) -> None:
    """What is read back from the store gives the answers that were given when it was written."""
    recorder = MemoryRecorder()
    ledger = Ledger(recorder, by="analyst", clock=Clock())
    ledger.record(*history)
    again = Ledger(recorder, by="somebody else")
    assert again.entries == ledger.entries
    assert answers(again, day) == answers(ledger, day)


@given(histories())
def test_recording_again_adds_nothing(history: list[Draft]) -> None:
    """Recording what is in force with the same sources gives the entries that exist."""
    ledger = new_ledger()
    first = ledger.record(*history)
    assert ledger.record(*history) == first
    assert ledger.entries == first


@given(lives([DEADLINES]), days)
def test_the_deadlines_that_pass_are_those_a_naive_calendar_finds(given_facts: list[Event], until: date) -> None:
    """A calendar that goes from day to day, and looks at every thing every midnight, finds the same passes on the same days."""
    ordered = _facts(_entries(given_facts), until)
    found = [event for event in with_midnights(ordered, until) if isinstance(event, PASSES)]
    assert found == Calendar().run(ordered, until)


def _entry(number: int, event: Event) -> Entry:
    return Entry(number=number, event=event, recorded_at=START, recorded_by="analyst", place=number)


def _entries(given_facts: list[Event]) -> list[Entry]:
    return [_entry(number, event) for number, event in enumerate(given_facts, 1)]


def _facts(entries: list[Entry], on: date) -> list[Event]:
    return [e.fact for e in timeline(entries, on=on)]


@given(st.lists(facts(on=whens()), max_size=8), days)
def test_a_timeline_is_the_beginning_of_every_later_one(given_facts: list[Event], day: date) -> None:
    """Time only adds at the end: what is in force by a day begins what is in force by a later one."""
    log = _entries(given_facts)
    early, late = timeline(log, on=day), timeline(log, on=LAST)
    assert late[: len(early)] == early
    assert late == [e for e in in_order(standing(log, markings={})) if e.fact.on.is_by(LAST)]
