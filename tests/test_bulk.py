"""Recording much at once: it ends where recording one by one would, and what is kept in memory is what was stored."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
import rfc8785
from eventsourcing.persistence import Notification
from eventsourcing.popo import POPOApplicationRecorder
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Citation, Draft, Entry, Ledger, Source, When
from ledger._codec import decode, encode
from ledger._store import MemoryRecorder, Store
from ledger.errors import CorrectionError, LedgerError
from ledger.events import Corroborated, Rating, RatingStated, Recordable
from ledger.testing import Clock, drafts
from ledger.testing._clock import START
from ledger.testing._events import ANY, made

CQC = Source(publisher="Care Quality Commission", title="Ratings", marking="public", published="2026-06-01")
TRUST = Source(publisher="The trust", title="Annual report", marking="public", published="2026-07-01")
PAPER = Source(publisher="A council", title="Briefing", marking="confidential")


def rated(service: str, trust: str = "RVN") -> RatingStated:
    """Give a statement of a rating."""
    return RatingStated(trust=trust, on="2026-06-01", rating="Good", service=service)


@pytest.fixture
def recorder() -> MemoryRecorder:
    """Give an empty recorder."""
    return MemoryRecorder()


@pytest.fixture
def ledger(recorder: MemoryRecorder) -> Ledger:
    """Give an empty ledger on the recorder."""
    return Ledger(recorder, by="analyst", clock=Clock())


def told(ledger: Ledger, trust: str = "RVN") -> list[tuple[object, ...]]:
    """Give the facts about a trust with their sources."""
    return [(entry.event, *entry.sources) for entry in ledger.at("2027-01-01").standing(trust)]


def test_repeats_within_one_call_are_one_entry_with_the_sources_of_all(ledger: Ledger) -> None:
    """Wherever in the call a fact is repeated, its sources come together in the order given, and every repeat gives its entry."""
    given = [("Wards", CQC), ("Clinics", CQC), ("Wards", TRUST), ("Clinics", CQC), ("Wards", CQC), ("Wards", PAPER)]
    answers = ledger.record(*[Draft(event=rated(service), sources=[source]) for service, source in given])

    assert [entry.number for entry in answers] == [1, 2, 1, 2, 1, 1]
    assert [[citation.source for citation in entry.sources] for entry in ledger.entries] == [[CQC, TRUST, PAPER], [CQC]]


def test_what_is_on_record_gets_the_further_sources_of_one_call(ledger: Ledger) -> None:
    """Repeats of a fact that is in force corroborate it, and each is answered with the entry as it stood before the call."""
    ledger.record(rated("Wards"), sources=[CQC])
    drafts = [Draft(event=rated("Wards"), sources=[source]) for source in (CQC, TRUST, PAPER)]

    assert [(entry.number, len(entry.sources)) for entry in ledger.record(*drafts)] == [(1, 1)] * 3
    assert [entry.event for entry in ledger.entries[1:]] == [Corroborated(trust="RVN", entry=1)] * 2
    assert told(ledger) == [(rated("Wards"), *map(_cited, (CQC, TRUST, PAPER)))]


def _cited(source: Source) -> Citation:
    return Citation(source=source)


def test_recording_everything_again_adds_nothing(ledger: Ledger, recorder: MemoryRecorder) -> None:
    """The second import gives the entries of the first with every source they have, also in a ledger just opened."""
    everything = [Draft(event=rated(f"Service {number}"), sources=[CQC]) for number in range(50)]
    first = ledger.record(*everything)
    corroborated = ledger.corroborate(7, TRUST)

    for again in (ledger, Ledger(recorder, by="analyst")):
        assert again.record(*everything) == (*first[:6], corroborated, *first[7:])
        assert len(again.entries) == 51


def test_a_source_that_was_taken_back_can_be_given_again(ledger: Ledger) -> None:
    """An entry is answered with the sources that stand: a corroboration taken back is on it no longer."""
    ledger.record(rated("Wards"), sources=[CQC])
    ledger.corroborate(1, TRUST)
    ledger.corroborate(1, PAPER)
    ledger.retract(2, reason="the report is about another trust")

    assert [citation.source for citation in ledger.record(rated("Wards"))[0].sources] == [CQC, PAPER]
    ledger.record(rated("Wards"), sources=[TRUST])
    assert [citation.source for citation in ledger.record(rated("Wards"))[0].sources] == [CQC, PAPER, TRUST]


def test_of_two_equal_facts_in_force_the_first_is_recognised(ledger: Ledger) -> None:
    """A correction can make two entries equal; where the first is taken back, the other is the one on record."""
    ledger.record(rated("Wards"), rated("Clinics"))
    ledger.correct(2, rated("Wards"), reason="misread")

    assert ledger.record(rated("Wards"))[0].number == 1
    ledger.retract(1, reason="told twice")
    assert ledger.record(rated("Wards"))[0].number == 3
    ledger.retract(3, reason="wrong")
    assert ledger.record(rated("Wards"))[0].number == 6


def test_a_repeat_of_a_correction_in_one_call_adds_its_sources_to_it(ledger: Ledger) -> None:
    """A fact that the same call puts in the place of another is on record already for what follows in the call."""
    ledger.record(rated("Wards"), sources=[PAPER])
    correction = Draft(event=rated("Clinics"), sources=[PAPER], replaces=1, reason="misread")
    answers = ledger.record(correction, Draft(event=rated("Clinics"), sources=[CQC]))

    assert [entry.number for entry in answers] == [2, 2]
    assert told(ledger) == [(rated("Clinics"), _cited(PAPER), _cited(CQC))]


def test_a_repeat_belongs_to_the_first_of_its_equals_in_one_call(ledger: Ledger) -> None:
    """A correction can say what the same call records anew; a repeat after both adds its sources to the one that came first."""
    ledger.record(rated("Wards"))
    correction = Draft(event=rated("Clinics"), replaces=1, reason="misread")
    new, repeat = (Draft(event=rated("Clinics"), sources=[source]) for source in (CQC, TRUST))

    assert [entry.number for entry in ledger.record(new, correction, repeat)] == [2, 3, 2]
    assert [citation.source for citation in ledger.entries[1].sources] == [CQC, TRUST]


def test_an_entry_is_replaced_once_in_a_call_wherever_the_second_comes(ledger: Ledger) -> None:
    """Two corrections of one entry in one call are refused, with others between them too, and nothing is recorded."""
    ledger.record(rated("Wards"))
    corrections = [Draft(event=rated(service), replaces=1, reason="misread") for service in ("Clinics", "Theatres")]
    with pytest.raises(CorrectionError, match="entry 1 is replaced twice at once"):
        ledger.record(corrections[0], rated("Dentists"), corrections[1])
    assert len(ledger.entries) == 1


def test_entries_are_found_by_number_where_numbers_have_gaps() -> None:
    """A recorder may leave numbers out, as PostgreSQL does after a rollback: none stands for its neighbour."""
    recorder = Gappy()
    ledger = Ledger(recorder, by="analyst", clock=Clock())
    entries = ledger.record(rated("Wards"), rated("Clinics"), rated("Theatres"))

    assert [(entry.number, entry.place) for entry in entries] == [(2, 2), (4, 4), (6, 6)]
    assert ledger.entries == entries == Ledger(recorder).entries
    assert ledger.retract(4, reason="wrong").replaces == 4
    for number in (0, 1, 3, 9):
        with pytest.raises(CorrectionError, match=f"there is no entry {number}: the ledger ends at 8"):
            ledger.retract(number, reason="wrong")


def test_the_stream_of_each_trust_is_numbered_without_gaps(ledger: Ledger, recorder: MemoryRecorder) -> None:
    """Versions go on from where each trust's stream ends, through calls in which trusts take turns."""
    for call in ("a", "b"):
        ledger.record(*[rated(f"{call}{number}", trust) for number in range(2) for trust in ("RVN", "RHA")])
    rows = list(Store(recorder, "here").after(0))
    assert [(row.trust, row.version) for row in rows] == [
        (trust, version) for version in (1, 2, 3, 4) for trust in ("RVN", "RHA")
    ]


@given(st.lists(st.lists(drafts(), max_size=4), max_size=4))
def test_recording_at_once_ends_where_recording_one_by_one_does(calls: list[list[Draft]]) -> None:
    """However drafts are put into calls, the same facts stand in the same order, with the same sources in the same order."""
    at_once, one_by_one = (Ledger(MemoryRecorder(), by="analyst", clock=Clock()) for _ in range(2))
    for call in calls:
        at_once.record(*call)
        for draft in call:
            one_by_one.record(draft)

    assert told(at_once, "RHA") == told(one_by_one, "RHA")


@given(st.lists(st.lists(drafts(), max_size=4), max_size=4))
def test_what_is_kept_is_what_was_stored(calls: list[list[Draft]]) -> None:
    """Who recorded keeps the entries it made; they equal those that are read from the store, and so do its answers."""
    recorder = MemoryRecorder()
    ledger = Ledger(recorder, by="analyst", clock=Clock())
    for call in calls:
        ledger.record(*call)
    if ledger.entries:
        ledger.retract(1, reason="wrong")

    read = Ledger(recorder)
    assert ledger.entries == read.entries
    assert [encode(entry) for entry in ledger.entries] == [row.stored for row in Store(recorder, "here").after(0)]
    assert ledger.at("2026-01-01") == read.at("2026-01-01")


class Word(str):
    """A text that is not quite one."""

    __slots__ = ()


ODD: list[Any] = [
    *(None, True, 0, 1, -1, 10**8, 2**60, 1.0, 1.5, float("nan"), b"x", object()),
    *("", "x", " x", "RVN", "2026", "2026-03-01", "Good", '“a”"\\/\n\u00a0é😀', "x\ud800", "x\u2028", "\x7f"),
    *(Word("x"), Word("2026"), Rating.GOOD, When("2026~"), date(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)),
    *([], ["x"], ("x", "y"), {"x"}, frozenset({Rating.GOOD}), ["RVN"], [1], [None], {"x": 1}, CQC, [CQC], [_cited(CQC)]),
]
"""Values that some field takes and others refuse."""


def _is_read_as_it_was(entry: Entry) -> bool:
    stored = encode(entry)
    read = decode(entry.number, stored)
    is_canonical = rfc8785.dumps(json.loads(stored)) == stored == encode(read)
    return is_canonical and read == entry and hash(read.event) == hash(entry.event)


@pytest.mark.parametrize("kind", ANY, ids=lambda kind: kind.__name__)
@settings(max_examples=2)
@given(st.data())
def test_whatever_a_constructor_lets_through_is_read_as_it_was(kind: type[Recordable], data: st.DataObject) -> None:
    """No event can be made that could be written and not read: what is recorded need not be read back to be sure of it."""
    event = data.draw(made(kind))
    for field in attrs.fields(kind):
        for value in ODD:
            try:
                odd = attrs.evolve(event, **{field.name: value})
            except (LedgerError, TypeError):
                continue
            assert _is_read_as_it_was(Entry(number=7, event=odd, recorded_at=START, recorded_by="analyst", place=7))


CITED = _cited(CQC)
MAKERS: dict[type[attrs.AttrsInstance], Callable[..., Draft]] = {
    Source: lambda **odd: Draft(event=rated("Wards"), sources=[attrs.evolve(CQC, **odd)]),
    Citation: lambda **odd: Draft(event=rated("Wards"), sources=[attrs.evolve(CITED, **odd)]),
    Draft: lambda **odd: attrs.evolve(Draft(event=rated("Wards"), sources=[CQC]), **odd),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_whatever_a_source_or_a_draft_lets_through_is_read_as_it_was(kind: type[attrs.AttrsInstance]) -> None:
    """The same of sources, citations and all else that a draft brings."""
    for field in attrs.fields(kind):
        for value in ODD:
            try:
                draft = MAKERS[kind](**{field.name: value})
            except (LedgerError, TypeError):
                continue
            brought = {name: getattr(draft, name) for name in attrs.fields_dict(Draft)}
            assert _is_read_as_it_was(
                Entry(number=7, recorded_at=START, recorded_by="analyst", place=draft.replaces or 7, **brought)
            )


class Crowded(POPOApplicationRecorder):
    """A recorder that lets others append between what a writer saw and what it appends."""

    def insert_events(self, stored_events: Any, **kwargs: Any) -> Any:
        """Let somebody else record about another trust first, once there is something."""
        if self._stored_events and stored_events[0].originator_id == "RVN":
            Ledger(self, by="somebody else", clock=Clock()).record(rated("Wards", "RHA"))
        return super().insert_events(stored_events, **kwargs)


class Gappy(POPOApplicationRecorder):
    """A recorder that gives even numbers only."""

    def insert_events(self, stored_events: Any, **kwargs: Any) -> Any:
        """Give the numbers that the entries have here."""
        return [2 * number for number in super().insert_events(stored_events, **kwargs) or ()]

    def select_notifications(self, start: int | None, limit: int, *_: Any, **__: Any) -> list[Notification]:
        """Give what follows a number, each under the number that it has here."""
        found = super().select_notifications((start or 0) // 2, limit, inclusive_of_start=False)
        return [dataclasses.replace(one, id=2 * one.id) for one in found]


def test_what_others_appended_in_between_is_read() -> None:
    """On a recorder that does not refuse it, others' entries have the numbers expected; each entry is where the store has it."""
    recorder = Crowded()
    ledger = Ledger(recorder, by="analyst", clock=Clock())
    first = rated("Wards")
    assert ledger.record(first)[0].event is first  # nobody came in between: it is kept, not read back
    (entry,) = ledger.record(rated("Clinics"))

    assert (entry.number, entry.place, entry.event) == (3, 3, rated("Clinics"))
    assert [(e.number, e.recorded_by) for e in ledger.entries] == [(1, "analyst"), (2, "somebody else"), (3, "analyst")]
    assert ledger.entries == Ledger(recorder).entries


def _stored(service: str) -> bytes:
    return encode(
        Entry(
            number=1,
            event=rated(service),
            recorded_at=START,
            recorded_by="analyst",
            place=1,
            sources=(Citation(source=CQC, at=f"row of {service}", public_since="2026-05-01"),),
            inferred=frozenset({"on"}),
        )
    )


def test_what_entries_have_in_common_is_in_memory_once() -> None:
    """Entries that are read share equal sources, dates, instants, sets and texts, and each has its own place in the source."""
    one, other = (decode(number, _stored(service)) for number, service in enumerate(("Wards", "Clinics"), 1))

    assert one.sources[0].source is other.sources[0].source
    assert one.sources[0].public_since is other.sources[0].public_since
    assert one.recorded_at is other.recorded_at
    assert one.inferred is other.inferred
    assert one.event.trust is other.event.trust
    assert [entry.sources[0].at for entry in (one, other)] == ["row of Wards", "row of Clinics"]
    assert Draft(event=rated("Wards"), inferred=["on"]).inferred is Draft(event=rated("Clinics"), inferred={"on"}).inferred
