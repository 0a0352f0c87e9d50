"""Following a ledger: each entry once and in order, from a number on, whoever records it."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from ledger import Ledger
from ledger.errors import StoredEntryError
from ledger.events import RatingChanged, Redacted
from tests.postgres import Server


def rated(number: int) -> RatingChanged:
    """Give one of many facts."""
    return RatingChanged(trust=f"R{number % 7:02}", on="2025-05-30", rating="Good", service=f"Service {number}")


@pytest.fixture
def ledger(recorder: ApplicationRecorder) -> Ledger:
    """Give an empty ledger in each kind of store."""
    return Ledger(recorder, by="analyst", place="here")


def test_each_entry_comes_once_and_in_order(ledger: Ledger) -> None:
    """Over more than a page of them; with `idle` at 0 a follower ends with what there is."""
    ledger.record(*map(rated, range(1100)))
    assert list(ledger.follow(idle=0)) == list(ledger.entries)


@pytest.mark.parametrize(("after", "numbers"), [(0, [1, 2, 3]), (1, [2, 3]), (2, [3]), (3, []), (9, [])])
def test_a_follower_goes_on_after_a_number(after: int, numbers: list[int], ledger: Ledger) -> None:
    """The number of the last entry that is known already; one that is not there yet is waited for."""
    ledger.record(*map(rated, range(3)))
    assert [e.number for e in ledger.follow(after, idle=0)] == numbers


@pytest.mark.parametrize("idle", [0, 0.05, 0.3])
def test_a_follower_ends_once_nothing_came_for_a_while(idle: float, ledger: Ledger) -> None:
    """No earlier, and not much later."""
    ledger.record(rated(1))
    start = time.monotonic()
    assert len(list(ledger.follow(idle=idle))) == 1
    assert idle <= time.monotonic() - start < idle + 30


def test_what_comes_begins_the_wait_anew(ledger: Ledger) -> None:
    """A follower that handles each entry slowly is not idle meanwhile."""
    ledger.record(rated(1))
    heard = []
    for entry in ledger.follow(idle=0.2):
        heard.append(entry.number)
        if len(heard) < 4:
            time.sleep(0.15)
            ledger.record(rated(len(heard) + 1))
    assert heard == [1, 2, 3, 4]


def test_a_follower_is_told_of_what_others_record_meanwhile(recorder: ApplicationRecorder, ledger: Ledger) -> None:
    """From another thread, with a ledger of its own."""
    begun = threading.Event()

    def write() -> None:
        other = Ledger(recorder, by="somebody")
        begun.wait(10)
        for number in range(20):
            other.record(rated(number))

    writer = threading.Thread(target=write)
    writer.start()
    heard = []
    with closing(ledger.follow(idle=10)) as following:
        begun.set()
        heard = [entry.number for entry in islice(following, 20)]
    writer.join()
    assert heard == list(range(1, 21))


WRITER = """
import sys, time
from ledger import Ledger
from ledger.events import RatingChanged
with Ledger.open(sys.argv[1], by="somebody") as ledger:
    for line in sys.stdin:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good", service=f"Service {line.strip()}"))
"""


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give where several processes can share a ledger."""
    return str(tmp_path / "trusts.db") if request.param == "sqlite" else str(request.getfixturevalue("database"))


@pytest.fixture
def writer(place: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that records an entry for each line that it is given."""
    command = [sys.executable, "-c", WRITER, place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, bufsize=1) as process:
        yield process


def _have_recorded(writer: subprocess.Popen[str], number: int) -> None:
    assert writer.stdin is not None
    writer.stdin.write(f"{number}\n")


def test_a_follower_is_told_of_what_another_process_records(
    place: str, writer: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Soon: by a server at once, where looking again would have taken ten minutes; of a file, as it looks again and again."""
    monkeypatch.setattr("ledger._kept.FOLLOWING", 600)
    with Ledger.open(place, by="analyst") as ledger, closing(ledger.follow()) as following:
        _have_recorded(writer, 0)
        assert next(following).number == 1  # both processes are there, and nobody waits for either to start
        for number in range(2, 7):
            start = time.monotonic()
            _have_recorded(writer, number)
            entry = next(following)
            assert (entry.number, entry.recorded_by) == (number, "somebody")
            assert time.monotonic() - start < 60


def test_a_follower_that_was_interrupted_goes_on_where_it_was(place: str, writer: subprocess.Popen[str]) -> None:
    """Whatever was recorded meanwhile comes once, after the number that was kept."""
    heard: list[int] = []
    for turn in range(3):
        for number in range(4):
            _have_recorded(writer, 4 * turn + number)
        with Ledger.open(place, by="analyst") as ledger:
            following = ledger.follow(heard[-1] if heard else 0)
            heard += [entry.number for entry in islice(following, 3)]
            following.close()
    with Ledger.open(place, by="analyst") as ledger:
        heard += [entry.number for entry in islice(ledger.follow(heard[-1]), 3)]
    assert heard == list(range(1, 13))


def test_a_redaction_is_heard_of_and_the_text_is_not(ledger: Ledger) -> None:
    """Who follows is told to erase what it took; who follows from the beginning never had it."""
    ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good", service="A secret service"))
    with closing(ledger.follow()) as following:
        assert "secret" in repr(next(following))
        ledger.redact(1, "A court ordered it")
        entry = next(following)
        assert isinstance(entry.event, Redacted)
        assert (entry.event.entry, entry.reason) == (1, "A court ordered it")
    anew = list(ledger.follow(idle=0))
    assert ([e.number for e in anew], "secret" in repr(anew)) == ([1, 2], False)


def test_a_server_that_was_started_again_is_listened_to_again(server: Server, database: str) -> None:
    """The connection goes while the follower waits; nothing is missed."""
    with Ledger.open(database, by="analyst") as ledger, closing(ledger.follow(idle=10)) as following:
        ledger.record(rated(1))
        assert next(following).number == 1
        server.hang_up()
        ledger.record(rated(2))
        assert next(following).number == 2


def test_connections_go_with_the_follower(server: Server, database: str) -> None:
    """A follower has one of its own to listen on; who stops following lets go of it."""
    with Ledger.open(database, by="analyst") as ledger:
        ledger.record(rated(1))
        before = server.sessions
        with closing(ledger.follow()) as following:
            next(following)
            assert server.sessions == before + 1
        assert server.sessions == before


def test_any_recorder_can_be_followed() -> None:
    """Also one that can't tell of what was appended."""
    ledger = Ledger(POPOApplicationRecorder(), by="analyst")
    ledger.record(rated(1))
    assert [e.number for e in ledger.follow(idle=0.05)] == [1]


def test_what_can_not_be_read_ends_a_follower(recorder: ApplicationRecorder, ledger: Ledger) -> None:
    """What came before it was heard; an entry that is damaged is an error."""
    ledger.record(rated(0))
    recorder.insert_events([StoredEvent("RVN", 1, "RatingChanged", b"{}")])
    with closing(ledger.follow()) as following:
        assert next(following).number == 1
        with pytest.raises(StoredEntryError, match="entry 2 "):
            next(following)
