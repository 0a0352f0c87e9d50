"""Trouble with the place: a disk that is full, a file that goes while it is open. It is told in a sentence, and nothing is lost.

`python -m tests.endurance.trouble` prints what came of each; as root also of a disk that is full indeed. It is about SQLite files only.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import attrs

from ledger import Entry, Ledger
from ledger.errors import StoreError
from ledger.events import RatingPublished

from .sound import digest, gaps, rows_after, undecoded
from .zygote import ROOT

__all__ = ["KINDS", "Told", "full_disk", "limited_file", "main"]

MANY = 2_000
ROOM = 256 * 1024


@attrs.frozen
class Told:
    """What came of trouble.

    Attributes:
        recording: what was told when something was to be recorded.
        asking: what was told when something was asked; empty where it was answered.
        lost: the number of acknowledged entries that are not there once the trouble is over.

    """

    recording: str
    asking: str
    lost: int


def facts(name: str, count: int = 1) -> list[RatingPublished]:
    """Give facts to record."""
    return [RatingPublished(trust="RVN", on="2025-05-30", service=f"{name} {number}", rating="Good") for number in range(count)]


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except StoreError as wrong:
        return str(wrong)
    return ""


def _lost(place: Path, acknowledged: tuple[Entry, ...]) -> int:
    """Tell how many entries are not there when the ledger is opened, and check that what is there is whole."""
    with Ledger.open(place, by="later", create=False) as ledger:
        rows = rows_after(ledger)
    assert (gaps(rows), undecoded(rows)) == (0, 0)
    there = {(row.number, digest(row.stored)) for row in rows}
    return sum((entry.number, digest(entry)) not in there for entry in acknowledged)


def _while_open(place: Path, disturb: Callable[[], object], mend: Callable[[], object]) -> Told:
    """Record, disturb the place, try to record and to ask, mend it, and look what is there; the ledger stays open meanwhile."""
    with Ledger.open(place, by="analyst") as ledger:
        acknowledged = ledger.record(*facts("before", 3))
        disturb()
        recording = _refused(lambda: ledger.record(*facts("meanwhile")))
        asking = _refused(lambda: ledger.at("2030-01-01").trust("RVN"))
        mend()
        acknowledged += ledger.record(*facts("after"))
    return Told(recording, asking, _lost(place, acknowledged))


def _aside(place: Path) -> Path:
    return place.with_name("aside.db")


def _moved(place: Path) -> Told:
    """The file is moved, and put back."""
    return _while_open(place, lambda: place.rename(_aside(place)), lambda: _aside(place).rename(place))


def _folder_moved(place: Path) -> Told:
    """The folder is moved, and put back."""
    folder, aside = place.parent, place.parent.with_name("aside")
    return _while_open(place, lambda: folder.rename(aside), lambda: aside.rename(folder))


def _deleted(place: Path) -> Told:
    """The file is deleted, and restored from a backup that was made once it was closed."""
    with Ledger.open(place, by="analyst") as ledger:
        acknowledged = ledger.record(*facts("before", 3))
    shutil.copy(place, _aside(place))
    with Ledger.open(place, by="analyst") as ledger:
        place.unlink()
        recording = _refused(lambda: ledger.record(*facts("meanwhile")))
        asking = _refused(lambda: ledger.at("2030-01-01").trust("RVN"))
    return Told(recording, asking, _lost(_aside(place), acknowledged))


def _replaced(place: Path) -> Told:
    """Another ledger is put in its place, and is not recorded in by who has the first open."""
    with Ledger.open(_aside(place), by="another") as other:
        acknowledged = other.record(*facts("other", 2))
    with Ledger.open(place, by="analyst") as ledger:
        ledger.record(*facts("before", 3))
    with Ledger.open(place, by="analyst") as ledger:
        _aside(place).replace(place)
        recording = _refused(lambda: ledger.record(*facts("meanwhile")))
        asking = _refused(lambda: ledger.at("2030-01-01").trust("RVN"))
    with Ledger.open(place, create=False) as ledger:
        assert len(ledger.entries) == len(acknowledged)
    return Told(recording, asking, _lost(place, acknowledged))


KINDS: dict[str, Callable[[Path], Told]] = {
    "the file is moved": _moved,
    "the folder is moved": _folder_moved,
    "the file is deleted": _deleted,
    "the file is replaced by another ledger": _replaced,
}
"""What happens to a ledger while it is open, in a folder of its own."""


def limited_file(place: Path) -> None:
    """Print what is told where files may grow no further, in a process of its own: it limits itself."""
    with Ledger.open(place, by="analyst") as ledger:
        acknowledged = ledger.record(*facts("before", 3))
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (place.stat().st_size + ROOM, most))
        recording = _refused(lambda: ledger.record(*facts("too much", MANY)))
        asking = _refused(lambda: ledger.at("2030-01-01").trust("RVN"))
        assert len(ledger.entries) == len(acknowledged)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        acknowledged += ledger.record(*facts("room again", MANY))
    print(Told(recording, asking, _lost(place, acknowledged)))


def full_disk(folder: Path) -> Told:
    """Fill a small disk of memory, which only root may mount, and make room again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=True)
    place, rest = folder / "trusts.db", folder / "rest"
    try:
        with Ledger.open(place, by="analyst") as ledger:
            acknowledged = ledger.record(*facts("before", 3))
            with suppress(OSError), rest.open("wb", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass
            recording = _refused(lambda: ledger.record(*facts("too much", MANY)))
            asking = _refused(lambda: ledger.at("2030-01-01").trust("RVN"))
            assert len(ledger.entries) == len(acknowledged)
            rest.unlink()
            acknowledged += ledger.record(*facts("room again", 100))
        return Told(recording, asking, _lost(place, acknowledged))
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def main() -> None:
    """Make each trouble, and print what came of it."""
    if sys.argv[1:]:
        limited_file(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        for number, (kind, act) in enumerate(KINDS.items()):
            folder = Path(name) / str(number) / "kept"
            folder.mkdir(parents=True)
            print(f"{kind}: {act(folder / 'trusts.db')}")
        command = [sys.executable, "-m", "tests.endurance.trouble", str(Path(name) / "limited.db")]
        print(
            "a file may grow no further:", subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        if os.geteuid() == 0:
            (Path(name) / "disk").mkdir()
            print(f"the disk is full: {full_disk(Path(name) / 'disk')}")


if __name__ == "__main__":
    main()
