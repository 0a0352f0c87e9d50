"""A folder follows CQC's register: everything once, then what changed, and no body twice because something broke."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger.errors import CqcError, SyncError, WhenError
from ledger.live import Client, Synced, sync
from ledger.live import _sync as module

from .conftest import Ask
from .register import Register, hang_up, says, status

FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 12, tzinfo=UTC)
WINDOW = "startTimestamp=2026-03-05T12%3A00%3A00Z&endTimestamp=2026-03-09T12%3A00%3A00Z&page=1&perPage=500"


def kept(folder: Path) -> list[str]:
    """Give every file in the folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def small(register: Register) -> Register:
    """Give a register of two trusts and three locations."""
    register.add("providers/RHA", locationIds=["RHA01", "1-7"])
    register.add("providers/RT5")
    for place in ("locations/RHA01", "locations/1-7", "locations/RT501"):
        register.add(place)
    return register


ALL = ("providers/RHA", "providers/RT5", "locations/RHA01", "locations/1-7", "locations/RT501")


def test_the_first_sync_fetches_all_that_cqc_lists(
    register: Register, client: Client, real: dict[str, bytes], tmp_path: Path
) -> None:
    """Every real body comes to the folder byte for byte, over many pages, each asked for once."""
    for place, body in real.items():
        register.add(place, body)
    register.per_page = 100
    done = sync(client, tmp_path, now=FRIDAY)
    assert {place: (tmp_path / f"{place}.json").read_bytes() for place in real} == real
    assert kept(tmp_path) == sorted([*(f"{place}.json" for place in real), "sync.json"])
    assert sorted(done.fetched) == sorted(real) == sorted(register.bodies_asked())
    assert (done.gone, done.skipped, done.until) == ((), (), FRIDAY)


def test_a_later_sync_fetches_what_changed(small: Register, client: Client, tmp_path: Path) -> None:
    """Only ids that CQC lists as changed are asked for, in a window that reaches back a day into the one before."""
    sync(client, tmp_path, now=FRIDAY)
    small.asked.clear()
    small.bodies["locations/1-7"] = b'{"locationId": "1-7", "name": "Renamed"}'
    small.changes = [
        ("2026-03-05T11:59:59Z", "provider", "RHA"),
        ("2026-03-05T12:00:00Z", "provider", "RT5"),
        ("2026-03-09T11:59:59Z", "location", "1-7"),
        ("2026-03-09T12:00:00Z", "location", "RHA01"),
    ]
    done = sync(client, tmp_path, now=MONDAY)
    assert done == Synced(("providers/RT5", "locations/1-7"), (), (), MONDAY)
    assert small.asked == [f"changes/provider?{WINDOW}", f"changes/location?{WINDOW}", "providers/RT5", "locations/1-7"]
    assert json.loads((tmp_path / "locations" / "1-7.json").read_bytes())["name"] == "Renamed"


@pytest.mark.parametrize("now", [FRIDAY, FRIDAY + timedelta(microseconds=999_999), FRIDAY - timedelta(days=9)])
def test_a_sync_of_no_new_time_asks_nothing(now: datetime, small: Register, client: Client, tmp_path: Path) -> None:
    """A window that ends no later than the last, to the second, has nothing in it; the state stays as it is."""
    sync(client, tmp_path, now=FRIDAY)
    small.asked.clear()
    assert sync(client, tmp_path, now=now) == Synced((), (), (), FRIDAY)
    assert small.asked == []


def test_now_needs_a_time_zone(register: Register, client: Client, tmp_path: Path) -> None:
    """An instant without a time zone is refused before anything is asked or written."""
    with pytest.raises(WhenError, match="has no time zone"):
        sync(client, tmp_path, now=datetime(2026, 3, 6, 12))  # noqa: DTZ001  # the point
    assert (register.asked, kept(tmp_path)) == ([], [])


def test_what_cqc_has_no_record_of_is_gone(small: Register, client: Client, tmp_path: Path) -> None:
    """A changed id that answers 404 is reported, and what CQC once said of it is kept; it can come back."""
    sync(client, tmp_path, now=FRIDAY)
    once = small.bodies.pop("locations/1-7")
    small.changes = [("2026-03-09T00:00:00Z", "location", "1-7")]
    assert sync(client, tmp_path, now=MONDAY) == Synced((), ("locations/1-7",), (), MONDAY)
    assert (tmp_path / "locations" / "1-7.json").read_bytes() == once
    assert json.loads((tmp_path / "sync.json").read_bytes())["gone"] == {"provider": [], "location": ["1-7"]}
    small.bodies["locations/1-7"] = once
    assert sync(client, tmp_path, now=MONDAY + timedelta(hours=1)).fetched == ("locations/1-7",)
    assert json.loads((tmp_path / "sync.json").read_bytes())["gone"] == {"provider": [], "location": []}


@pytest.mark.parametrize("point", [1, 2, 3, 4, 5])
def test_an_interrupted_sync_goes_on_where_it_stopped(point: int, small: Register, client: Client, tmp_path: Path) -> None:
    """Whoever stops a sync, wherever, loses nothing: no list and no body is asked for twice."""

    def stop(done: int, total: int) -> None:
        assert total == 5
        if done == point:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(client, tmp_path, now=FRIDAY, progress=stop)
    assert kept(tmp_path) == sorted([*(f"{place}.json" for place in ALL[:point]), "sync.json"])
    assert sync(client, tmp_path, now=FRIDAY).fetched == ALL[point:]
    assert small.bodies_asked() == list(ALL)
    assert len(small.asked) == 7


def test_what_was_left_and_what_changed_since_are_fetched_together(small: Register, client: Client, tmp_path: Path) -> None:
    """A sync that goes on days later also asks what changed meanwhile, and fetches each body once."""
    small.tricks["locations/RHA01"].append(status(401))
    with pytest.raises(CqcError):
        sync(client, tmp_path, now=FRIDAY)
    small.changes = [("2026-03-08T00:00:00Z", "provider", "RHA"), ("2026-03-08T00:00:00Z", "location", "RHA01")]
    done = sync(client, tmp_path, now=MONDAY)
    assert done == Synced(("locations/1-7", "locations/RT501", "locations/RHA01", "providers/RHA"), (), (), MONDAY)


def test_a_server_that_dies_leaves_what_was_fetched(small: Register, client: Client, tmp_path: Path) -> None:
    """The error says what was fetched and that running it again goes on; what couldn't be had is asked for last."""
    small.tricks["locations/RHA01"].extend([hang_up] * 6)
    with pytest.raises(
        CqcError, match=r"did not answer .* 6 times over.*; 2 fetched before that, kept in .*: run it again to go on"
    ):
        sync(client, tmp_path, now=FRIDAY)
    assert json.loads((tmp_path / "sync.json").read_bytes()) == {
        "version": 1,
        "until": "2026-03-06T12:00:00+00:00",
        "pending": {"provider": [], "location": ["1-7", "RT501", "RHA01"]},
        "gone": {"provider": [], "location": []},
    }
    done = sync(client, tmp_path, now=FRIDAY)
    assert done.fetched == ("locations/1-7", "locations/RT501", "locations/RHA01")
    assert sorted(set(small.bodies_asked())) == sorted(ALL)
    assert len(small.bodies_asked()) == len(ALL) + 6


def test_a_list_that_breaks_off_counts_for_nothing(small: Register, client: Client, tmp_path: Path) -> None:
    """Unless all of a window is listed, its end isn't taken down, and the next sync lists it anew."""
    small.tricks["locations"].append(status(403))
    with pytest.raises(CqcError, match=r"refused the key \(403\).*; 0 fetched before that"):
        sync(client, tmp_path, now=FRIDAY)
    assert kept(tmp_path) == ["sync.json"]
    assert json.loads((tmp_path / "sync.json").read_bytes())["until"] is None
    assert sync(client, tmp_path, now=MONDAY).fetched == ALL
    sync(client, tmp_path, now=MONDAY + timedelta(days=1))
    small.tricks["changes/location"].append(says(b"<html>"))
    before = (tmp_path / "sync.json").read_bytes()
    with pytest.raises(CqcError, match="changes/location is not JSON"):
        sync(client, tmp_path, now=MONDAY + timedelta(days=2))
    assert (tmp_path / "sync.json").read_bytes() == before


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b'{"providerId": "RT5"}',
        b'{"providerId": "RHA", "locationIds": "RHA01"}',
        b'{"providerId": "RHA", "locationIds": [1]}',
    ],
)
def test_a_body_that_can_not_be_right_is_left_out_and_asked_for_again(
    body: bytes, small: Register, client: Client, tmp_path: Path
) -> None:
    """One bad answer stops nothing else, is never written, and is asked for at every sync until it is right."""
    small.tricks["providers/RHA"].extend([says(body), says(body)])
    for _ in range(2):
        done = sync(client, tmp_path, now=FRIDAY)
        assert [place for place, _ in done.skipped] == ["providers/RHA"]
        assert "providers/RHA" in done.skipped[0][1]
        assert not (tmp_path / "providers" / "RHA.json").exists()
    assert sync(client, tmp_path, now=FRIDAY) == Synced(("providers/RHA",), (), (), FRIDAY)


def test_an_id_that_would_leave_the_folder_is_left_out(register: Register, client: Client, tmp_path: Path) -> None:
    """What CQC lists is not trusted to be a file name."""
    register.listed["providers"] = ["../../RHA", "RT5"]
    register.bodies["providers/RT5"] = b'{"providerId": "RT5"}'
    done = sync(client, tmp_path / "cqc", now=FRIDAY)
    assert done.fetched == ("providers/RT5",)
    assert [place for place, _ in done.skipped] == ["providers/../../RHA"]
    assert kept(tmp_path) == ["cqc/providers/RT5.json", "cqc/sync.json"]


def test_some_trusts_can_be_fetched_alone(small: Register, client: Client, tmp_path: Path) -> None:
    """A trust asked for comes with its locations, anew each time; the window and what is pending stay where they are."""
    for _ in range(2):
        done = sync(client, tmp_path, now=FRIDAY, only=["RHA"])
        assert done == Synced(("providers/RHA", "locations/RHA01", "locations/1-7"), (), (), None)
    assert len(small.asked) == 6
    assert sync(client, tmp_path, now=FRIDAY).fetched == ALL


def test_a_trust_asked_for_alone_needs_no_second_fetch(small: Register, client: Client, tmp_path: Path) -> None:
    """What was pending and is fetched because somebody asked for it is pending no longer."""
    small.tricks["providers/RHA"].append(status(401))
    with pytest.raises(CqcError):
        sync(client, tmp_path, now=FRIDAY)
    assert sync(client, tmp_path, now=FRIDAY, only=["RHA", "RX9"]).gone == ("providers/RX9",)
    assert sync(client, tmp_path, now=FRIDAY).fetched == ("providers/RT5", "locations/RT501")


def test_a_trust_asked_for_alone_that_fails_is_not_pending(small: Register, client: Client, tmp_path: Path) -> None:
    """What somebody asked for once is not asked for by later syncs."""
    small.tricks["providers/RHA"].append(status(401))
    with pytest.raises(CqcError, match="0 fetched"):
        sync(client, tmp_path, now=FRIDAY, only=["RHA"])
    assert json.loads((tmp_path / "sync.json").read_bytes())["pending"] == {"provider": [], "location": []}


def test_a_process_that_is_killed_repeats_little(
    small: Register, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state is saved now and then, not only at the end: what is pending can be read while a sync goes on."""
    monkeypatch.setattr(module, "SAVE_EVERY", 2)
    pending = []

    def look(_done: int, _total: int) -> None:
        stored = json.loads((tmp_path / "sync.json").read_bytes())["pending"]
        pending.append(len(stored["provider"]) + len(stored["location"]))

    sync(client, tmp_path, now=FRIDAY, progress=look)
    assert pending == [5, 3, 3, 1, 1]
    assert small.bodies_asked() == list(ALL)


@pytest.mark.parametrize(
    ("stored", "message"),
    [
        (b"", "is not the state of a sync"),
        (b"[]", "is not the state of a sync"),
        (b'{"version": 2}', "was written by another version"),
        (b'{"version": 1}', "is not the state of a sync"),
        (b'{"version": 1, "until": "yesterday", "pending": {}, "gone": {}}', "is not the state of a sync"),
        (b'{"version": 1, "until": 3, "pending": {}, "gone": {}}', "is not the state of a sync"),
        (b'{"version": 1, "until": null, "pending": {"provider": []}, "gone": {}}', "is not the state of a sync"),
        (
            b'{"version": 1, "until": null, "pending": {"provider": [1], "location": []}, "gone": {}}',
            "is not the state of a sync",
        ),
    ],
)
def test_a_state_that_can_not_be_read_is_not_begun_anew(
    stored: bytes, message: str, register: Register, client: Client, tmp_path: Path
) -> None:
    """A broken state is reported, not overwritten: beginning anew takes hours, and is for the user to choose."""
    (tmp_path / "sync.json").write_bytes(stored)
    with pytest.raises(SyncError, match=message) as raised:
        sync(client, tmp_path, now=FRIDAY)
    assert raised.value.place == tmp_path / "sync.json"
    assert (tmp_path / "sync.json").read_bytes() == stored
    assert register.asked == []


def test_a_folder_that_can_not_be_used_is_reported(small: Register, client: Client, tmp_path: Path) -> None:
    """A state that is a folder, or a folder that is a file, is said with its name; what went well before is kept."""
    (tmp_path / "one" / "sync.json").mkdir(parents=True)
    with pytest.raises(SyncError, match=r"can't read .*sync\.json: Is a directory"):
        sync(client, tmp_path / "one", now=FRIDAY)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "locations").write_text("a file")
    with pytest.raises(SyncError, match=r"can't write .*RHA01\.json: File exists"):
        sync(client, tmp_path / "two", now=FRIDAY)
    assert small.bodies_asked() == ["providers/RHA", "providers/RT5", "locations/RHA01"]


@pytest.mark.parametrize("only", [[], ["RHA"]])
def test_a_folder_that_can_not_be_written_shows_before_cqc_is_asked(
    only: list[str], small: Register, client: Client, tmp_path: Path
) -> None:
    """What the lists and the first bodies cost is not spent for nothing: here the folder is a link to a disk that is not there."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SyncError, match=r"can't write .*sync\.json: File exists"):
        sync(client, tmp_path / "link", now=FRIDAY, only=only)
    assert small.asked == []


def test_a_file_is_never_half_written(small: Register, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the body that was there stays whole."""
    sync(client, tmp_path, now=FRIDAY)
    before = {name: (tmp_path / name).read_bytes() for name in kept(tmp_path)}
    small.changes = [("2026-03-08T00:00:00Z", "location", "1-7")]
    small.bodies["locations/1-7"] = b'{"locationId": "1-7", "name": "Renamed"}'

    def full(path: Path, body: bytes) -> int:
        with path.open("wb") as file:
            file.write(body[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(SyncError, match="No space left on device"):
        sync(client, tmp_path, now=MONDAY)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_the_key_is_in_no_file(small: Register, ask: Ask, tmp_path: Path) -> None:
    """The folder can be handed on: nothing in it tells the key."""
    client = ask()
    sync(client, tmp_path, now=FRIDAY)
    assert len(small.asked) == 7
    assert not [name for name in kept(tmp_path) if client.key.encode() in (tmp_path / name).read_bytes()]


def test_ids_may_be_given_one_by_one(small: Register, client: Client, tmp_path: Path) -> None:
    """Ids to fetch can come from anything that gives them."""

    def ids() -> Iterator[str]:
        yield "RT5"

    assert sync(client, tmp_path, now=FRIDAY, only=ids()).fetched == ("providers/RT5",)
    assert small.asked == ["providers/RT5"]
