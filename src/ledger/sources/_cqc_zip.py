"""The bodies in a zip, read in memory; nothing is unpacked to disk, and nothing beyond what a body can be."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import attrs

from ..errors import LedgerError
from ._cqc_json import LARGEST
from ._place import Problem, Spot
from ._zips import DAMAGED, leads_out

__all__ = ["members"]

IS_ENCRYPTED = 0x1
"""The flag of a member that needs a password: APPNOTE.TXT of the format, section 4.4.4."""


@attrs.frozen
class Limits:
    """The most that a zip may hold.

    Attributes:
        members: its files; the whole register has some 120,000 providers and locations.
        total: bytes when unpacked, all together.
        single: bytes of one file when unpacked.
        times: how many times its own size it may unpack to; bodies unpack to about 10 times.

    """

    members: int = 1_000_000
    total: int = 8 * 2**30
    single: int = LARGEST
    times: int = 200


class _RefusedError(LedgerError):
    """A zip, or a file in one, that is not read."""


def members(path: Path, limits: Limits = Limits()) -> Iterator[tuple[str, bytes] | Problem]:
    """Yield the JSON files in a zip by name, and their bytes; what can't be read, and what another zip holds, is a problem.

    Arguments:
        path: the zip.
        limits: the most it may hold; of a zip that holds more, nothing is read.

    """
    try:
        with ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_size(infos, path.stat().st_size, limits)
            yield from _read(archive, path, infos, limits)
    except _RefusedError as wrong:
        yield Problem(Spot(str(path)), str(wrong))
    except DAMAGED as wrong:
        yield Problem(Spot(str(path)), f"this is not a zip, or a damaged one ({wrong}): make or get it again")


def _check_size(infos: list[ZipInfo], size: int, limits: Limits) -> None:
    """Refuse what would fill the memory, by what the zip itself says; no file is read beyond what it says of it."""
    total = sum(info.file_size for info in infos)
    if len(infos) > limits.members:
        raise _RefusedError(f"this zip holds {len(infos):,} files, more than {limits.members:,}: divide it")
    if total > limits.total:
        raise _RefusedError(f"this zip would unpack to {total:,} bytes, more than {limits.total:,}: divide it")
    if total > limits.times * size:
        raise _RefusedError(f"this zip would unpack to {total // size:,} times its size, as a trap does: pack the bodies again")


def _read(archive: ZipFile, path: Path, infos: list[ZipInfo], limits: Limits) -> Iterator[tuple[str, bytes] | Problem]:
    seen: set[str] = set()
    for info in sorted(infos, key=lambda info: reading_order(info.filename)):
        name = f"{path}/{info.filename}"
        try:
            if _is_wanted(info, seen):
                yield name, _unpacked(archive, info, limits)
        except _RefusedError as wrong:
            yield Problem(Spot(name), str(wrong))
        except DAMAGED as wrong:
            yield Problem(Spot(name), f"this can't be unpacked, because the zip is damaged ({wrong}): make or get it again")


def reading_order(name: str) -> tuple[bool, str]:
    """Order files by name; providers come first where they have a folder, because they list the locations they have."""
    return PurePosixPath(name.replace("\\", "/")).parent.name != "providers", name


def is_body(name: str) -> bool:
    """Whether a file may be a body by its name: JSON, not hidden, and not the state of the live client, which stands beside them."""
    path = PurePosixPath(name)
    return path.suffix.lower() == ".json" and path.name != "sync.json" and not path.name.startswith(".")


def _is_wanted(info: ZipInfo, seen: set[str]) -> bool:
    """Whether a file is a body; a path that climbs out, one seen before and a zip in the zip are refused, others passed over."""
    path = PurePosixPath(info.filename)
    if leads_out(info):
        raise _RefusedError("this path leads out of the zip, as a trap does: pack the bodies again")
    if path.suffix.lower() == ".zip":
        raise _RefusedError("this is a zip in a zip, which is not opened: unpack the outer one")
    if info.filename in seen:
        raise _RefusedError("a file of this name stands in the zip twice: leave one of the two out")
    seen.add(info.filename)
    return is_body(info.filename) and path.parts[0] != "__MACOSX"


def _unpacked(archive: ZipFile, info: ZipInfo, limits: Limits) -> bytes:
    if info.flag_bits & IS_ENCRYPTED:
        raise _RefusedError("this needs a password: pack the bodies again without one")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # what else there is can't be unpacked bit by bit
        raise _RefusedError("this is compressed in a way that is not read: pack the bodies again, the usual way")
    if info.file_size > limits.single:
        raise _RefusedError(
            f"this would unpack to {info.file_size:,} bytes, more than {limits.single:,}, as no body of CQC's does"
        )
    with archive.open(info) as packed:
        return packed.read(limits.single + 1)
