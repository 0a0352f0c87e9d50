"""Forks: a copy in memory to try things on, which the ledger it was made from never hears of."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger import Ledger, Marking, Source
from ledger._store import MemoryRecorder
from ledger.errors import ClockError, CorrectionError
from ledger.events import ActionCommitted, ActionCompleted, RatingChanged

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LETTER = Source(publisher="The trust", title="Open letter", marking="public", published="2026-01-15")
PAPER = Source(publisher="A council", title="Briefing", marking="public", published="2026-02-01")

WARDS = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2027-03")
LATER = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2027-09")
DONE = ActionCompleted(trust="RHA", on="2026-05-01", action="wards")
RATED = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
LOWERED = RatingChanged(trust="RVN", on="2026-05-30", rating="Inadequate")


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger of two facts."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: NOON)
    ledger.record(WARDS, RATED, sources=[LETTER])
    return ledger


def due(ledger: Ledger) -> str:
    """Give when the wards are due."""
    return str(ledger.at("2026-06-01").trust("RHA").actions["wards"].due)


def test_a_fork_has_what_is_on_record(ledger: Ledger) -> None:
    """Every entry, with its number, instant, recorder and sources, and every answer."""
    fork = ledger.fork()
    assert fork.entries == ledger.entries
    assert fork.at("2026-06-01") == ledger.at("2026-06-01")
    assert fork.at("2026-06-01").report("RHA") == ledger.at("2026-06-01").report("RHA")


def test_what_a_fork_is_told_the_ledger_never_hears_nor_the_other_way_round(ledger: Ledger) -> None:
    """Each goes on from the same entries on its own, and in both the numbers go on."""
    fork = ledger.fork()
    (tried,) = fork.record(DONE)
    (real,) = ledger.record(LOWERED)
    assert (tried.number, real.number) == (3, 3)
    assert ([e.event for e in fork.entries], [e.event for e in ledger.entries]) == (
        [WARDS, RATED, DONE],
        [WARDS, RATED, LOWERED],
    )
    assert fork.at("2026-06-01").trust("RHA").actions["wards"].status == "completed"
    assert ledger.at("2026-06-01").trust("RHA").actions["wards"].status == "open"
    assert [len(one.at("2026-06-01").entries("RVN")) for one in (fork, ledger)] == [1, 2]


def test_entries_of_one_number_are_told_apart(ledger: Ledger) -> None:
    """What is entry 3 in a fork is what the fork was told, whatever the ledger has recorded as its own entry 3."""
    fork = ledger.fork()
    fork.record(DONE)
    ledger.record(LOWERED)
    assert [one.retract(3, reason="tried").event.trust for one in (fork, ledger)] == ["RHA", "RVN"]
    assert [[e.event for e in one.at("2026-06-01").entries("RVN")] for one in (fork, ledger)] == [[RATED], [RATED]]


def test_a_view_made_before_a_fork_was_told_something_stays(ledger: Ledger) -> None:
    """Views are values, of a fork too."""
    fork = ledger.fork()
    view = fork.at("2026-06-01")
    fork.record(DONE)
    assert view.trust("RHA").actions["wards"].status == "open"


def test_forks_of_forks_go_their_own_ways(ledger: Ledger) -> None:
    """A fork of a fork has what the fork had been told by then; neither hears of the other, and the ledger of none."""
    fork = ledger.fork()
    fork.record(DONE)
    second, third = fork.fork(), fork.fork()
    second.record(LOWERED)
    assert [len(one.entries) for one in (ledger, fork, second, third)] == [2, 3, 4, 3]
    assert third.record(LOWERED)[0].number == second.entries[-1].number == 4
    assert fork.record(RatingChanged(trust="RVN", on="2026-05-31", rating="Good"))[0].number == 4


def test_old_entries_can_be_corrected_in_a_fork(ledger: Ledger) -> None:
    """A correction in a fork keeps place and sources, and holds there alone; what is replaced there is not replaced here."""
    fork = ledger.fork()
    corrected = fork.correct(1, LATER, reason="misread")
    assert (corrected.number, corrected.place, corrected.replaces) == (3, 1, 1)
    assert [citation.source for citation in corrected.sources] == [LETTER]
    assert (due(fork), due(ledger)) == ("2027-09", "2027-03")
    with pytest.raises(CorrectionError, match="entry 1 was corrected by entry 3"):
        fork.retract(1, reason="wrong")
    assert ledger.retract(1, reason="wrong").number == 3
    assert (due(fork), "wards" in ledger.at("2026-06-01").trust("RHA").actions) == ("2027-09", False)


def test_a_correction_made_before_the_fork_holds_in_it(ledger: Ledger) -> None:
    """What was replaced stays replaced, in the fork as well."""
    ledger.correct(1, LATER, reason="misread")
    fork = ledger.fork()
    assert due(fork) == "2027-09"
    with pytest.raises(CorrectionError, match="entry 1 was corrected by entry 3"):
        fork.correct(1, WARDS, reason="was right")
    assert fork.correct(3, WARDS, reason="was right").place == 1
    assert (due(fork), due(ledger)) == ("2027-03", "2027-09")


def test_a_fork_knows_what_is_in_force(ledger: Ledger) -> None:
    """Recording the same again adds nothing in either; a further source is a corroboration where it was given."""
    fork = ledger.fork()
    assert fork.record(WARDS, sources=[LETTER])[0].number == 1
    fork.corroborate(1, PAPER)
    assert [len(one.entries) for one in (ledger, fork)] == [2, 3]
    assert [len(one.at("2026-06-01").entries("RHA")[0].sources) for one in (ledger, fork)] == [1, 2]
    fork.record(DONE)
    assert ledger.record(DONE)[0].number == 3


def test_a_stricter_marking_in_a_fork_is_of_the_fork_alone(ledger: Ledger) -> None:
    """A source that a fork is told to be confidential is public here, and the facts it tells with it."""
    fork = ledger.fork()
    fork.record(DONE, sources=[Source(publisher="The trust", title="Open letter", marking="confidential")])
    assert [one.marking(LETTER) for one in (ledger, fork)] == [Marking.PUBLIC, Marking.CONFIDENTIAL]
    assert [one.at("2026-06-01", public_on="2026-06-01").trusts() for one in (ledger, fork)] == [("RHA", "RVN"), ()]


def test_a_fork_can_be_swept(ledger: Ledger) -> None:
    """A pass on record in a fork is not on record in the ledger, which can record it itself."""
    fork = ledger.fork()
    assert [len(one.sweep("2027-04-01")) for one in (fork, fork, ledger)] == [1, 0, 1]


def test_a_fork_of_an_empty_ledger_begins_at_one() -> None:
    """There is nothing to copy, and the first entry of the fork has number 1."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: NOON)
    fork = ledger.fork()
    assert fork.record(WARDS)[0].number == 1
    assert ledger.entries == ()


def test_a_fork_of_a_file_lives_in_memory(tmp_path: Path) -> None:
    """It has what others recorded in the file by then, writes nothing to it, and outlives it."""
    place = tmp_path / "trusts.db"

    def at_noon(by: str) -> Ledger:
        return Ledger.open(place, by=by, clock=lambda: NOON)

    with at_noon("analyst") as ledger, at_noon("another") as another:
        ledger.record(WARDS)
        another.record(RATED)
        fork = ledger.fork()
        another.record(LOWERED)
        assert [e.event for e in fork.entries] == [WARDS, RATED]
        assert fork.record(DONE)[0].number == 3
    assert (repr(ledger), repr(fork)) == (f"<Ledger {str(place)!r}, last entry 2>", "<Ledger 'the ledger', last entry 3>")
    assert fork.correct(1, LATER, reason="misread").number == 4
    with at_noon("analyst") as again:
        assert [e.event for e in again.entries] == [WARDS, RATED, LOWERED]


def test_who_records_in_a_fork_and_when(ledger: Ledger) -> None:
    """Who records here, by the clock here, unless others are given; what was recorded before keeps its own."""
    same = ledger.fork().record(DONE)[0]
    assert (same.recorded_by, same.recorded_at) == ("analyst", NOON + timedelta(microseconds=1))
    fork = ledger.fork(by="board", clock=lambda: NOON + DAY)
    other = fork.record(DONE)[0]
    assert (other.recorded_by, other.recorded_at) == ("board", NOON + DAY)
    assert {(e.recorded_by, e.recorded_at) for e in fork.entries[:2]} == {("analyst", NOON)}
    inherited = fork.fork().record(LOWERED)[0]
    assert (inherited.recorded_by, inherited.recorded_at) == ("board", NOON + DAY + timedelta(microseconds=1))


@pytest.mark.parametrize(("behind", "refused"), [(DAY, False), (DAY + timedelta(microseconds=1), True)])
def test_the_clock_of_a_fork_is_held_to_the_last_entry(behind: timedelta, *, refused: bool, ledger: Ledger) -> None:
    """A clock more than a day behind what was recorded before the fork is refused, as it is anywhere."""
    fork = ledger.fork(clock=lambda: NOON - behind)
    if refused:
        with pytest.raises(ClockError):
            fork.record(DONE)
    else:
        assert fork.record(DONE)[0].recorded_at == NOON + timedelta(microseconds=1)
