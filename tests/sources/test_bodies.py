"""Bodies on disk, in files, folders and zips, come in one order, and what can't be read is told with its place."""

import json
import os
import random
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.sources import Problem
from ledger.sources import _cqc_zip as zips
from ledger.sources._bodies import bodies
from ledger.sources._cqc_json import LARGEST, parse


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with two bodies, and be in the one above it."""
    monkeypatch.chdir(tmp_path)
    for name in ("locations/1-222.json", "providers/1-111.json"):
        path = tmp_path / "bodies" / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"id": path.stem}))
    return Path("bodies")


def read(*paths: Path | str) -> list[object]:
    """Read: bodies as they come, problems as they are told."""
    return [str(one) if isinstance(one, Problem) else one for one in bodies(map(Path, paths))]


PROVIDER = ("bodies/providers/1-111.json", {"id": "1-111"})
LOCATION = ("bodies/locations/1-222.json", {"id": "1-222"})


@pytest.mark.usefixtures("folder")
def test_files_and_folders_are_read_in_one_order() -> None:
    """Providers come first, then by path, whatever the order given."""
    assert read("bodies") == [PROVIDER, LOCATION]
    assert read(LOCATION[0], PROVIDER[0]) == read(PROVIDER[0], LOCATION[0]) == [PROVIDER, LOCATION]
    assert read("bodies/locations", "bodies/providers") == [PROVIDER, LOCATION]


def test_only_bodies_are_read_of_a_folder(folder: Path) -> None:
    """The state of the live client, hidden files and those that aren't JSON stand there too."""
    for name in ("sync.json", ".1-222.json.5.new", "._1-222.json", "README.txt"):
        (folder / name).write_text("not a body")
    (folder / "1-333.JSON").write_text("{}")
    assert read(folder) == [PROVIDER, ("bodies/1-333.JSON", {}), LOCATION]


def test_what_is_not_there_or_can_not_be_read_is_a_problem(folder: Path) -> None:
    """A missing path, an empty folder, a link to nothing, what is no file: the rest is read."""
    (folder / "none").mkdir()
    (folder / "lost.json").symlink_to("nowhere")
    (folder / "loop.json").symlink_to("loop.json")
    os.mkfifo(folder / "pipe.json")
    assert read(folder, "bodies/none", "missing.json", "missing.zip") == [
        "bodies/none: no .json file is in this folder: give the one with the bodies",
        PROVIDER,
        LOCATION,
        "bodies/loop.json: there is no such file: give the path of a body, a folder or a zip",
        "bodies/lost.json: there is no such file: give the path of a body, a folder or a zip",
        "bodies/pipe.json: this is not a file: give the path of a body, a folder or a zip",
        "missing.json: there is no such file: give the path of a body, a folder or a zip",
        "missing.zip: there is no such file: give the path of a body, a folder or a zip",
    ]


LONG = "d" * 250


def test_what_the_system_refuses_is_a_problem(folder: Path) -> None:
    """A file and a folder that the system can't open are named, with what it said; the rest is read."""
    top = Path.cwd()
    os.chdir(folder)
    for _ in range(17):  # deeper than a path may be long
        Path(LONG).mkdir()
        os.chdir(LONG)
    os.chdir(top)
    too_deep, *rest = read(folder, f"{LONG}{LONG}.json", f"{LONG}{LONG}.zip")
    shutil.rmtree(folder / LONG)
    refused = "this can't be read (File name too long): see to it, or leave it out"
    assert str(too_deep).endswith(f"/{LONG}: {refused}")
    assert rest == [PROVIDER, LOCATION, f"{LONG}{LONG}.json: {refused}", f"{LONG}{LONG}.zip: {refused}"]


def test_a_file_given_twice_is_read_once_and_told(folder: Path) -> None:
    """By its own path, within its folder, or by a link: one is to be left out."""
    (folder / "z.json").symlink_to(Path("locations/1-222.json"))
    assert read(folder, PROVIDER[0]) == [
        PROVIDER,
        f"{PROVIDER[0]}: this file was given twice: leave one of the two out",
        LOCATION,
        f"bodies/z.json: this file was given twice, also as {LOCATION[0]}: leave one of the two out",
    ]


AGAIN = "get it from CQC again"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", f"x:1:1: this is empty: {AGAIN}"),
        (b" \n", f"x:2:1: this is empty: {AGAIN}"),
        (b'{"a":\n {"b": "c', f"x:2:8: this is not JSON, or cut short (Unterminated string starting at): {AGAIN}"),
        (b"<html>", f"x:1:1: this is not JSON, or cut short (Expecting value): {AGAIN}"),
        (b"{}{}", f"x:1:3: this is not JSON, or cut short (Extra data): {AGAIN}"),
        (b'{"a": 1}\n{"b": "\xff"}', f"x:2:1: this is not UTF-8, as JSON is due to be: {AGAIN}"),
        ("{}".encode("utf-16"), f"x:1:1: this is not UTF-8, as JSON is due to be: {AGAIN}"),
        (
            b"\xef\xbb\xbf{}",
            "x: this starts with a byte order mark, so another program has changed it: save it as UTF-8 without one",
        ),
        (b'{"a": {"b": 1, "b": 1}}', f"x: the field 'b' stands twice in one object: {AGAIN}"),
        (b'{"a": NaN}', f"x: NaN is no number in JSON: {AGAIN}"),
        (b'{"a": -Infinity}', f"x: -Infinity is no number in JSON: {AGAIN}"),
        (b"[" * 100_000, f"x: objects and lists stand too deep in each other, as in no body of CQC's: {AGAIN}"),
        (b" " * LARGEST + b"1", f"x: this is larger than 20 MiB, as no body of CQC's is: {AGAIN}"),
    ],
)
def test_bytes_that_are_no_json_are_a_problem_with_line_and_column(data: bytes, said: str) -> None:
    """A body is cut short, or another program has been at it."""
    assert str(parse(data, "x")) == said


def test_a_number_too_long_to_read_is_a_problem() -> None:
    """It would cost time without end."""
    told = parse(b"1" * 5000, "x")
    assert isinstance(told, Problem)
    assert told.message.endswith(AGAIN)


def test_any_value_of_json_is_read() -> None:
    """Whether it is a body is for others to say; the largest size is still read."""
    assert parse(b"null", "x") == (None,)
    assert parse(b" " * (LARGEST - 1) + b"1", "x") == (1,)


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_no_bytes_whatever_raise_anything(data: bytes) -> None:
    """They are a value or a problem."""
    assert isinstance(parse(data, "x"), Problem | tuple)


def pack(path: Path, members: dict[str, bytes], compression: int = ZIP_DEFLATED) -> Path:
    """Make a zip."""
    with ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def unpacked(path: Path, limits: zips.Limits | None = None) -> list[object]:
    """Give the members of a zip by name, and its problems as they are told, without the folder it is in."""
    told = zips.members(path, limits) if limits else zips.members(path)
    return [(str(one) if isinstance(one, Problem) else one[0]).replace(f"{path.parent}/", "") for one in told]


def test_a_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    """Providers first, no other files, and the path inside the zip named."""
    names = ["sync.json", "README.txt", "locations/1-222.json", "providers/1-111.json", "__MACOSX/1.json", "a/._1-222.json"]
    path = pack(tmp_path / "a.zip", dict.fromkeys(names, b"{}"))
    assert list(bodies([path])) == [(f"{path}/providers/1-111.json", {}), (f"{path}/locations/1-222.json", {})]
    (broken,) = bodies([pack(tmp_path / "b.zip", {"1-222.json": b"{"})])
    assert str(broken).startswith(f"{tmp_path}/b.zip/1-222.json:1:2: this is not JSON, or cut short")


@pytest.mark.parametrize("members", [{}, {"README.txt": b""}, {"folder/": b""}])
def test_a_zip_without_bodies_is_a_problem(tmp_path: Path, members: dict[str, bytes]) -> None:
    """Somebody gave the wrong one."""
    (problem,) = bodies([pack(tmp_path / "a.zip", members)])
    assert str(problem) == f"{tmp_path}/a.zip: no .json file is in this zip: give the one with the bodies"


@pytest.mark.parametrize("name", ["../1-1.json", "a/../../1-1.json", "/etc/1-1.json", "..\\1-1.json", "C:/1-1.json"])
def test_a_path_that_climbs_out_of_a_zip_is_a_problem(tmp_path: Path, name: str) -> None:
    """It isn't read; nothing is ever unpacked to disk, and the rest is read."""
    path = pack(tmp_path / "a.zip", {name: b"{}", "z/1-2.json": b"{}"})
    problem = f"a.zip/{name}: this path leads out of the zip, as a trap does: pack the bodies again"
    assert sorted(map(str, unpacked(path))) == sorted([problem, "a.zip/z/1-2.json"])
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_zip_in_a_zip_and_a_name_that_stands_twice_are_problems(tmp_path: Path) -> None:
    """Neither is opened; the first of one name counts."""
    path = pack(tmp_path / "a.zip", {"1.json": b"{}", "inner.zip": b""})
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("1.json", b"[]")
    assert unpacked(path) == [
        "a.zip/1.json",
        "a.zip/1.json: a file of this name stands in the zip twice: leave one of the two out",
        "a.zip/inner.zip: this is a zip in a zip, which is not opened: unpack the outer one",
    ]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (zips.Limits(members=2, total=20, single=10, times=1), None),
        (zips.Limits(members=1), "a.zip: this zip holds 2 files, more than 1: divide it"),
        (zips.Limits(total=19), "a.zip: this zip would unpack to 20 bytes, more than 19: divide it"),
        (
            zips.Limits(single=9),
            "a.zip/1.json: this would unpack to 10 bytes, more than 9, as no body of CQC's does",
        ),
    ],
)
def test_what_a_zip_may_hold_is_bounded(tmp_path: Path, limits: zips.Limits, said: str | None) -> None:
    """At the bound it is read; beyond it, it is not."""
    path = pack(tmp_path / "a.zip", {"1.json": b" " * 10, "2.json": b" " * 10}, ZIP_STORED)
    assert unpacked(path, limits)[0] == (said or "a.zip/1.json")


def test_a_zip_that_unpacks_to_many_times_its_size_is_a_trap(tmp_path: Path) -> None:
    """A megabyte of spaces packs to a thousandth; CQC's bodies to about a tenth."""
    path = pack(tmp_path / "a.zip", {"1.json": b" " * 2**20})
    (said,) = unpacked(path)
    assert str(said).endswith("times its size, as a trap does: pack the bodies again")


def test_a_zip_that_lies_about_a_size_is_not_believed(tmp_path: Path) -> None:
    """No more is read of a file than the zip says it has, and then its checksum is wrong."""
    data = pack(tmp_path / "a.zip", {"1.json": b" " * 2**20}).read_bytes()
    (tmp_path / "b.zip").write_bytes(data.replace(struct.pack("<I", 2**20), struct.pack("<I", 10)))
    (said,) = unpacked(tmp_path / "b.zip")
    assert str(said).startswith("b.zip/1.json: this can't be unpacked, because the zip is damaged (Bad CRC-32")


def test_what_is_encrypted_or_packed_in_an_unusual_way_is_a_problem(tmp_path: Path) -> None:
    """There is no password to ask for, and other ways of packing can't be undone bit by bit."""
    path = pack(tmp_path / "a.zip", {"1.json": b"{}"}, ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "b.zip").write_bytes(data)
    assert unpacked(tmp_path / "b.zip") == ["b.zip/1.json: this needs a password: pack the bodies again without one"]
    assert unpacked(pack(tmp_path / "c.zip", {"1.json": b"{}"}, ZIP_BZIP2)) == [
        "c.zip/1.json: this is compressed in a way that is not read: pack the bodies again, the usual way"
    ]


def test_what_is_no_zip_is_a_problem(tmp_path: Path) -> None:
    """A renamed file, or one cut short."""
    path = pack(tmp_path / "a.zip", {"1.json": b"{}"})
    path.write_bytes(path.read_bytes()[:-30])
    (said,) = unpacked(path)
    assert said == "a.zip: this is not a zip, or a damaged one (File is not a zip file): make or get it again"


def damaged() -> Iterator[bytes]:
    """Yield zips with some bytes changed."""
    chance = random.Random(4)  # noqa: S311  # a draw, not a secret
    for _ in range(300):
        yield bytes(chance.randrange(256) if chance.random() < 0.03 else byte for byte in ZIPPED)


ZIPPED = bytes.fromhex(
    "504b03041400000008000000210043bfa6a3040000000200000006000000312e6a736f6eabae0500"
    "504b010214031400000008000000210043bfa6a3040000000200000006000000000000000000000080010000"
    "0000312e6a736f6e504b05060000000001000100340000002800000000000000"
)


def test_no_damage_to_a_zip_raises_anything(tmp_path: Path) -> None:
    """Whatever bytes are changed, there are members and problems."""
    path = tmp_path / "a.zip"
    path.write_bytes(ZIPPED)
    assert list(zips.members(path)) == [(f"{path}/1.json", b"{}")]
    for data in damaged():
        path.write_bytes(data)
        assert all(isinstance(one, Problem | tuple) for one in bodies([path]))
