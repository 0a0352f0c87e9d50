"""The front door: recording, correcting, and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger import Citation, Draft, Entry, Ledger, Source
from ledger._rows import Row
from ledger._store import ConflictingAppendError, MemoryRecorder, Store
from ledger.errors import ClockError, ConflictError, CorrectionError, EventError, WhenError
from ledger.events import (
    ActionCommitted,
    ActionDeadlinePassed,
    Corroborated,
    Event,
    RatingChanged,
    RatingStated,
    Recordable,
    Retracted,
)
from ledger.testing import Clock
from ledger.testing._clock import START

CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
LATER = Source(publisher="The trust", title="Letter", marking="public", published="2025-06-30")
PAPER = Source(publisher="A council", title="Briefing", marking="confidential")


def rated(rating: str = "Good", on: str = "2025-05-30", trust: str = "RVN") -> RatingChanged:
    """Give a change of rating."""
    return RatingChanged(trust=trust, on=on, rating=rating)


@pytest.fixture
def ledger() -> Ledger:
    """Give an empty ledger whose clock goes an hour forward at each entry."""
    return Ledger(MemoryRecorder(), by="analyst", clock=Clock())


def test_what_is_recorded_says_who_when_and_from_what(ledger: Ledger) -> None:
    """An entry carries its number, the instant, the recorder, the sources and what is inferred."""
    (entry,) = ledger.record(rated(), sources=[CQC], inferred=["framework"])
    assert entry == Entry(
        number=1,
        event=rated(),
        recorded_at=START + timedelta(hours=1),
        recorded_by="analyst",
        place=1,
        sources=(Citation(source=CQC),),
        inferred=frozenset({"framework"}),
    )


def test_many_events_are_one_transaction(ledger: Ledger) -> None:
    """Entries of one `record` share the instant, and the number breaks the tie."""
    entries = ledger.record(rated(), rated("Inadequate"))
    assert [(e.number, e.recorded_at) for e in entries] == [(1, START + timedelta(hours=1)), (2, START + timedelta(hours=1))]


def test_the_recorder_is_the_user_of_the_system_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `by`, the operating system's user is the recorder."""
    monkeypatch.setenv("LOGNAME", "governance")
    (entry,) = Ledger(MemoryRecorder()).record(rated())
    assert entry.recorded_by == "governance"


def test_recording_the_same_again_gives_the_entry_that_exists(ledger: Ledger) -> None:
    """An equal event with the same sources adds nothing, also within one call."""
    (entry,) = ledger.record(rated(), sources=[CQC])
    assert ledger.record(rated(), rated(), sources=[CQC]) == (entry, entry)
    assert ledger.record(rated()) == (entry,)
    assert len(ledger.entries) == 1


def test_two_equal_events_in_one_call_are_one_entry_with_all_sources(ledger: Ledger) -> None:
    """What one call says twice, from two sources, is one fact with both."""
    drafts = [Draft(event=rated(), sources=[CQC]), Draft(event=rated(), sources=[CQC, LATER])]
    first, second = ledger.record(*drafts)
    assert first == second
    assert [citation.source for citation in first.sources] == [CQC, LATER]


def test_a_further_source_is_recorded_as_a_corroboration(ledger: Ledger) -> None:
    """The entry that exists is given; the note is an entry of its own."""
    (entry,) = ledger.record(rated(), sources=[CQC])
    (again,) = ledger.record(rated(), sources=[CQC, LATER])
    assert again.number == entry.number
    assert ledger.entries[1].event == Corroborated(trust="RVN", entry=1)
    assert [citation.source for citation in ledger.entries[1].sources] == [LATER]
    assert ledger.record(rated(), sources=[LATER])[0].number == 1
    assert len(ledger.entries) == 2


def test_what_was_taken_back_can_be_recorded_anew(ledger: Ledger) -> None:
    """Only what is in force is recognised."""
    ledger.record(rated())
    ledger.retract(1, reason="wrong trust")
    (again,) = ledger.record(rated())
    assert again.number == 3


def test_corroborating_adds_sources_and_nothing_twice(ledger: Ledger) -> None:
    """`corroborate` gives the entry with all its sources."""
    ledger.record(rated(), sources=[CQC])
    entry = ledger.corroborate(1, LATER, CQC)
    assert [citation.source for citation in entry.sources] == [CQC, LATER]
    ledger.corroborate(1, LATER)
    assert len(ledger.entries) == 2


def test_a_correction_keeps_sources_key_and_place(ledger: Ledger) -> None:
    """Without others given, a correction has every source the wrong entry had been given, and what it inferred."""
    ledger.record(Draft(event=rated(), sources=[CQC], inferred=["on"], key="rating"))
    ledger.record(rated("Inadequate", "2025-06-01"))
    ledger.corroborate(1, LATER)
    entry = ledger.correct(1, rated("Outstanding"), reason="misread")
    assert [citation.source for citation in entry.sources] == [CQC, LATER]
    assert (entry.key, entry.place, entry.replaces, entry.reason) == ("rating", 1, 1, "misread")
    assert entry.inferred == {"on"}


def test_a_correction_of_another_type_keeps_only_the_inferred_fields_it_has(ledger: Ledger) -> None:
    """A change that was only a statement: the field `previous` is there no longer."""
    ledger.record(rated(), inferred=["previous", "on"])
    stated = RatingStated(trust="RVN", on="2025-05-30", rating="Good")
    assert ledger.correct(1, stated, reason="no change was published").inferred == {"on"}
    assert ledger.correct(2, stated, reason="the date is stated", inferred=[]).inferred == frozenset()


def test_a_correction_of_a_correction_stands_in_the_first_place(ledger: Ledger) -> None:
    """A chain of corrections keeps the place of the entry that began it."""
    ledger.record(rated())
    ledger.correct(1, rated("Inadequate"), reason="misread")
    assert ledger.correct(2, rated("Outstanding"), reason="misread again").place == 1


def _replaced(ledger: Ledger) -> Entry:
    return ledger.correct(1, rated("Outstanding"), reason="misread")


REFUSED: list[tuple[Callable[[Ledger], object], str]] = [
    (lambda ledger: ledger.correct(9, rated(), reason="x"), "there is no entry 9: the ledger ends at 1"),
    (
        lambda ledger: ledger.correct(1, rated(trust="RHA"), reason="x"),
        "entry 1 is about RVN, not RHA: a correction can't",
    ),
    (lambda ledger: ledger.correct(1, rated(), reason=" "), "say why entry 1 is replaced"),
    (lambda ledger: ledger.correct(1, rated("Inadequate"), reason="x", sources=[]), "entry 1 is public: a correction without"),
    (
        lambda ledger: ledger.correct(1, rated("Inadequate"), reason="x", sources=[PAPER]),
        "entry 1 is public: a correction without",
    ),
    (
        lambda ledger: (_replaced(ledger), ledger.correct(1, rated(), reason="x")),
        "entry 1 was corrected by entry 2: what is",
    ),
    (lambda ledger: (_replaced(ledger), ledger.retract(1, reason="x")), "entry 1 was corrected by entry 2"),
    (lambda ledger: (_replaced(ledger), ledger.corroborate(1, LATER)), "entry 1 was corrected by entry 2"),
    (lambda ledger: (ledger.retract(1, reason="x"), ledger.retract(1, reason="x")), "entry 1 was taken back by entry 2"),
    (lambda ledger: (ledger.retract(1, reason="x"), ledger.retract(2, reason="x")), "entry 2 is itself a retraction"),
    (
        lambda ledger: (ledger.corroborate(1, LATER), ledger.correct(2, rated(), reason="x")),
        "entry 2 is a note about another entry",
    ),
    (
        lambda ledger: ledger.record(*[Draft(event=rated("Good", "2024"), sources=[CQC], replaces=1, reason="x")] * 2),
        "entry 1 is replaced twice",
    ),
    (lambda ledger: ledger.record(Draft(event=rated("Inadequate"), sources=[CQC], replaces=1)), "say why entry 1 is replaced"),
    (
        lambda ledger: ledger.record(Draft(event=Corroborated(trust="RVN", entry=1), sources=[CQC], replaces=1, reason="x")),
        "entry 1 can only be corrected by a fact",
    ),
]


@pytest.mark.parametrize(("act", "message"), REFUSED)
def test_what_would_hide_or_confuse_is_refused(act: Callable[[Ledger], object], message: str, ledger: Ledger) -> None:
    """A refused correction says which entry is in the way and records nothing."""
    ledger.record(rated(), sources=[CQC])
    with pytest.raises(CorrectionError) as refused:
        act(ledger)
    assert str(refused.value).startswith(message)
    assert len(ledger.entries) <= 2


def test_a_public_entry_may_be_taken_back_and_a_confidential_one_corrected(ledger: Ledger) -> None:
    """Only a correction could hide a public fact; a retraction says that it is gone."""
    ledger.record(rated(), sources=[CQC])
    ledger.record(rated("Inadequate"), sources=[PAPER])
    ledger.retract(1, reason="wrong trust")
    assert ledger.correct(2, rated("Outstanding"), reason="misread", sources=[]).sources == ()


def test_a_corroboration_can_be_taken_back(ledger: Ledger) -> None:
    """A source that turns out to say something else leaves the entry again."""
    ledger.record(rated(), sources=[CQC])
    ledger.corroborate(1, LATER)
    ledger.retract(2, reason="the letter is about another trust")
    assert [citation.source for citation in ledger.at("2026-01-01").standing("RVN")[0].sources] == [CQC]


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="wards", due="2027-03"),
            "the passing of a deadline is derived",
        ),
    ],
)
def test_what_only_the_ledger_may_say_is_refused(event: Recordable, message: str, ledger: Ledger) -> None:
    """A pass can't be recorded by hand, nor anything that comes with it."""
    with pytest.raises(EventError) as refused:
        ledger.record(rated(), event)
    assert str(refused.value).startswith(message)
    assert ledger.entries == ()


@pytest.mark.parametrize("note", [Retracted(trust="RVN", entry=1), Corroborated(trust="RVN", entry=1)])
def test_notes_about_entries_are_made_by_their_own_verbs(note: Recordable, ledger: Ledger) -> None:
    """`record` takes facts; taking back and corroborating have verbs that check what they do."""
    ledger.record(rated())
    with pytest.raises(EventError, match=r"use ledger.retract\(\) or ledger.corroborate\(\)"):
        ledger.record(note)
    assert len(ledger.entries) == 1


def test_a_base_of_events_is_refused_also_as_a_correction(ledger: Ledger) -> None:
    """What could not be read again is never written, by whatever way it comes."""
    ledger.record(rated())
    base = Event(trust="RVN", on="2025")
    for act in (lambda: ledger.record(base), lambda: ledger.correct(1, base, reason="x")):
        with pytest.raises(EventError, match=r"Event is no type that can be recorded: use one of ledger.events"):
            act()
    assert len(ledger.entries) == 1


def test_corroborating_with_nothing_is_refused(ledger: Ledger) -> None:
    """A corroboration needs a source."""
    ledger.record(rated())
    with pytest.raises(EventError, match="give at least one source"):
        ledger.corroborate(1)


def test_an_inferred_field_the_event_does_not_have_is_refused(ledger: Ledger) -> None:
    """A misspelt field name is an error, not a silent mark."""
    with pytest.raises(EventError, match="inferred: RatingChanged has no field 'regulation'"):
        ledger.record(rated(), inferred=["regulation"])


# Time


def test_instants_increase_from_one_record_to_the_next() -> None:
    """A clock that stands still, or goes back an hour, still gives increasing instants: one microsecond later."""
    now = [START, START, START - timedelta(hours=1)]
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=iter(now).__next__)
    entries = [ledger.record(rated(on=f"2025-05-{day}"))[0] for day in (28, 29, 30)]
    assert [e.recorded_at - START for e in entries] == [timedelta(), timedelta(microseconds=1), timedelta(microseconds=2)]


@pytest.mark.parametrize(("behind", "refused"), [(timedelta(days=1), False), (timedelta(days=1, microseconds=1), True)])
def test_a_clock_more_than_a_day_behind_is_refused(behind: timedelta, refused: bool) -> None:
    """A day behind the last entry is put up with; a microsecond more is not, and nothing is recorded."""
    times = iter([START, START - behind])
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: next(times))
    ledger.record(rated())
    if refused:
        with pytest.raises(
            ClockError, match=r"the clock says 2025-12-31, more than a day before the last entry \(2026-01-01\)"
        ):
            ledger.record(rated("Inadequate"))
    else:
        ledger.record(rated("Inadequate"))
    assert len(ledger.entries) == 1 + (not refused)


def test_a_clock_without_a_time_zone_is_refused() -> None:
    """An instant must be aware."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: START.replace(tzinfo=None))
    with pytest.raises(WhenError, match="has no time zone"):
        ledger.record(rated())


def test_equal_instants_are_stored_alike() -> None:
    """A clock in another zone gives the same bytes for the same instant."""
    stored = []
    for zone in (UTC, datetime.now().astimezone().tzinfo):
        recorder = MemoryRecorder()
        Ledger(recorder, by="analyst", clock=lambda zone=zone: START.astimezone(zone)).record(rated())  # type: ignore[misc]  # bound now
        stored += [row.stored for row in Store(recorder, "here").after(0)]
    assert stored[0] == stored[1]


# Others at work


class Busy(MemoryRecorder):
    """A recorder on which somebody else always records first, a given number of times."""

    def __init__(self, times: int, trust: str) -> None:
        super().__init__()
        self.times = times
        self.trust = trust

    def insert_events(self, stored_events: Any, **kwargs: Any) -> Any:
        """Let somebody else append before each of the first attempts."""
        if self.times and self._stored_events:
            self.times -= 1
            other = Ledger.__new__(Ledger)
            other.__init__(_Unhindered(self), by="somebody else")  # type: ignore[misc]  # a second door to the same log
            other.record(rated(on=f"2024-01-{self.times + 1:02}", trust=self.trust))
        return super().insert_events(stored_events, **kwargs)


class _Unhindered(MemoryRecorder):
    def __init__(self, busy: Busy) -> None:
        self.__dict__.update(busy.__dict__)


def test_a_conflict_is_settled_against_the_new_state() -> None:
    """Recording goes on from where others left the log; nothing is lost."""
    recorder = Busy(3, "RVN")
    ledger = Ledger(recorder, by="analyst")
    ledger.record(rated())
    (entry,) = ledger.record(rated("Inadequate"))
    assert (entry.number, len(ledger.entries)) == (5, 5)


@pytest.mark.parametrize(
    "act", [lambda ledger: ledger.correct(1, rated("Inadequate"), reason="x"), lambda ledger: ledger.retract(1, reason="x")]
)
def test_a_correction_is_refused_where_somebody_recorded_about_the_trust_meanwhile(act: Callable[[Ledger], object]) -> None:
    """Who corrects decides on what they saw: if the trust has moved on, they are asked to look again."""
    ledger = Ledger(Busy(1, "RVN"), by="analyst")
    ledger.record(rated())
    with pytest.raises(ConflictError, match="somebody recorded something about RVN meanwhile"):
        act(ledger)
    assert len(ledger.entries) == 2


def test_a_correction_goes_on_where_somebody_recorded_about_another_trust() -> None:
    """Another trust's news is no reason to refuse."""
    ledger = Ledger(Busy(1, "RHA"), by="analyst")
    ledger.record(rated())
    assert ledger.retract(1, reason="wrong").number == 3


def test_a_log_that_never_rests_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """After many tries the ledger says that it is busy, and has recorded nothing."""
    ledger = Ledger(MemoryRecorder(), by="analyst")

    def never(*_: object, **__: object) -> list[int]:
        raise ConflictingAppendError

    monkeypatch.setattr(Store, "append", never)
    monkeypatch.setattr("ledger._writer.TRIES", 3)
    with pytest.raises(ConflictError, match="nothing was recorded about RVN; try again"):
        ledger.record(rated())


def test_a_damaged_row_is_named(ledger: Ledger) -> None:
    """Bytes that are no entry are an error that names the number."""
    recorder = MemoryRecorder()
    Store(recorder, "here").append([Row("RVN", 1, "RatingChanged", b"{not json")], after=0)
    with pytest.raises(Exception, match="entry 1 can't be read"):
        Ledger(recorder).at("2025-01-01").trust("RVN")
    assert ledger.entries == ()


def test_recording_nothing_is_nothing(ledger: Ledger) -> None:
    """No events, no entries."""
    assert ledger.record() == ()
    assert ledger.entries == ()


def test_strings_are_accepted_and_validated_at_once() -> None:
    """A date or a word in text is read when the event is made; a bad one never gets as far as the ledger."""
    event = ActionCommitted(trust="RHA", on="2026-03", action="wards", title="End wards", firmness="targeted", due="2027-03")
    assert event.due is not None
    with pytest.raises(WhenError, match="no such date as '2027-02-29'"):
        ActionCommitted(trust="RHA", on="2027-02-29", action="wards", title="End wards")
