"""Many processes at once lose nothing, and the figures would tell if they did."""

import sqlite3
from pathlib import Path
from threading import Timer

import attrs
import pytest
from eventsourcing.sqlite import SQLiteDatastore

from ledger import Entry, Ledger
from ledger._store import SQLiteRecorder
from ledger.errors import StoreError
from ledger.events import RatingPublished
from tests.endurance.many import Size, ask, run
from tests.endurance.side import Side, read
from tests.endurance.sound import digest, disorder, gaps, rows_after, undecoded
from tests.endurance.zygote import Zygote
from tests.postgres import Server

RATED = RatingPublished(trust="RVN", on="2025-05-30", rating="Good")


def test_many_processes_at_once_lose_and_double_nothing(forks: Zygote, tmp_path: Path) -> None:
    """Four writers, two of them of the same facts; two that follow, and one that asks."""
    size = Size(writers=4, entries=60, followers=2)
    figures = run(forks, str(tmp_path / "trusts.db"), tmp_path, size)
    assert set(figures.wrong().values()) == {0}, str(figures)
    assert (figures.entries, figures.expected) == (180, 180)
    assert figures.acknowledged == 240
    assert figures.questions > 0


def test_many_processes_on_a_server_lose_and_double_nothing(forks: Zygote, tmp_path: Path, server: Server) -> None:
    """The same in PostgreSQL."""
    server.clear()
    figures = run(forks, server.url(), tmp_path, Size(writers=4, entries=40, followers=2))
    assert set(figures.wrong().values()) == {0}, str(figures)
    assert (figures.entries, figures.expected, figures.acknowledged) == (120, 120, 160)


def test_who_asks_notices_an_answer_from_before(tmp_path: Path) -> None:
    """What was noted as acknowledged and is not in the answer, or not as corrected, counts as stale."""
    place = str(tmp_path / "trusts.db")
    Side(tmp_path / "other.written").write(
        ["refused"],
        ["written", 1, "", "R00", "there", "Good", 0.1],
        ["written", 2, "", "R00", "nowhere", "Good", 0.1],
        ["written", 3, "", "R01", "corrected", "Inadequate", 0.1],
    )
    (tmp_path / "over").touch()
    with Ledger.open(place, by="analyst") as ledger:
        ledger.record(
            RatingPublished(trust="R00", on="2025-05-30", service="there", rating="Good"),
            RatingPublished(trust="R01", on="2025-05-30", service="corrected", rating="Good"),
        )
    ask(place, "asker", tmp_path)
    assert read(tmp_path / "asker.asked") == [[2, 2]]


def test_what_is_not_sound_is_counted() -> None:
    """Gaps in numbers and versions, instants that run backwards, and bytes that are no entry."""
    with Ledger.open(":memory:", by="analyst") as ledger:
        ledger.record(RATED)
        ledger.record(attrs.evolve(RATED, trust="RHA"), attrs.evolve(RATED, service="Wards"))
        rows, (first, second, third) = rows_after(ledger), ledger.entries
    assert (gaps(rows), gaps(rows[1:], rows[:1]), gaps(rows[1:]), gaps(rows[:1] + rows[2:])) == (0, 0, 2, 1)
    assert gaps([rows[0], rows[1], rows[2]._replace(version=3)]) == 1
    others = attrs.evolve(third, recorded_by="somebody")
    assert [disorder(one) for one in ([first, second, third], [second, first], [second, others])] == [0, 1, 1]
    damaged = [rows[0], rows[1]._replace(stored=b"{}"), rows[2]._replace(trust="RHA")]
    assert [undecoded(rows), undecoded(damaged)] == [0, 2]
    assert digest(rows[0].stored) == digest(first)


@pytest.fixture
def impatient(tmp_path: Path) -> Ledger:
    """Give a ledger of one entry that waits a second for others."""
    Ledger.open(tmp_path / "trusts.db").close()
    store = SQLiteDatastore((tmp_path / "trusts.db").as_uri(), lock_timeout=1, originator_id_type="text")
    ledger = Ledger(SQLiteRecorder(store), by="analyst", place="trusts.db")
    ledger.record(RATED)
    return ledger


def _recorded_while_locked(ledger: Ledger, path: Path, seconds: float) -> tuple[Entry, ...]:
    """Record while another connection holds the right to write for some seconds."""
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = Timer(seconds, holder.close)
    release.start()
    try:
        return ledger.record(attrs.evolve(RATED, service="Wards"))
    finally:
        release.join()


def test_a_busy_ledger_is_waited_for(impatient: Ledger, tmp_path: Path) -> None:
    """Who comes while somebody else writes waits, and is then served."""
    (entry,) = _recorded_while_locked(impatient, tmp_path / "trusts.db", 0.3)
    assert entry.number == 2


def test_a_ledger_busy_for_too_long_says_so(impatient: Ledger, tmp_path: Path) -> None:
    """Nothing was recorded, and the message says what to do."""
    with pytest.raises(StoreError) as refused:
        _recorded_while_locked(impatient, tmp_path / "trusts.db", 1.3)
    assert str(refused.value) == (
        "can't write to trusts.db: database is locked; nothing was recorded. "
        "Another program has been writing to it all the while: do it again once that has ended."
    )
    assert len(impatient.entries) == 1


def test_those_who_make_a_ledger_at_the_same_moment_wait_for_each_other(forks: Zygote, tmp_path: Path) -> None:
    """Six at once where there is no ledger yet: one makes it, all record in it."""
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        figures = run(forks, str(folder / "trusts.db"), folder, Size(writers=6, entries=2, followers=0))
        assert set(figures.wrong().values()) == {0}, str(figures)
