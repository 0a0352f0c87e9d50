"""Bodies of CQC's API on disk, in files, folders and zips: the edge, so that what reads them needs no files."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ._cqc_json import LARGEST, parse
from ._cqc_zip import is_body, members, reading_order
from ._place import Problem, Spot

__all__ = ["bodies"]


def bodies(paths: Iterable[Path]) -> Iterator[tuple[str, object] | Problem]:
    """Yield what each body is called in problems, and the body, parsed; what can't be read is a problem.

    They come in the order of their paths, whatever the order given; those in a folder named `providers` come first.

    Arguments:
        paths: files, each one body; zips of such files; folders, of which every `.json` file is read, also those in folders inside.

    """
    problems: list[Problem] = []
    files = [file for path in paths for file in _files(Path(path), problems)]
    yield from problems
    seen: dict[str, Path] = {}
    for file in sorted(files, key=lambda file: reading_order(file.as_posix())):
        first = seen.setdefault(os.path.realpath(file), file)
        if first is not file:
            called = "" if first == file else f", also as {first}"
            yield Problem(Spot(str(file)), f"this file was given twice{called}: leave one of the two out")
        else:
            yield from _read(file)


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    """Give the file, or the bodies in the folder; what can't be gone through is noted."""
    if not os.path.isdir(path):  # noqa: PTH112  # unlike `Path.is_dir`, it raises nothing
        return [path]
    walk = os.walk(path, onerror=lambda wrong: problems.append(_refused(Path(wrong.filename), wrong)))
    found = [Path(folder, name) for folder, _, names in walk for name in names if is_body(name)]
    if not found:
        problems.append(Problem(Spot(str(path)), "no .json file is in this folder: give the one with the bodies"))
    return found


def _read(path: Path) -> Iterator[tuple[str, object] | Problem]:
    """Yield the body in a file, or those in a zip."""
    try:
        if not path.is_file():
            said = "this is not a file" if path.exists() else "there is no such file"
            yield Problem(Spot(str(path)), f"{said}: give the path of a body, a folder or a zip")
        elif path.suffix.lower() == ".zip":
            yield from _zipped(path)
        else:
            with path.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            yield _parsed(str(path), data)
    except OSError as wrong:
        yield _refused(path, wrong)


def _refused(path: Path, wrong: OSError) -> Problem:
    return Problem(Spot(str(path)), f"this can't be read ({wrong.strerror}): see to it, or leave it out")


def _zipped(path: Path) -> Iterator[tuple[str, object] | Problem]:
    is_empty = True
    for member in members(path):
        is_empty = False
        yield member if isinstance(member, Problem) else _parsed(*member)
    if is_empty:
        yield Problem(Spot(str(path)), "no .json file is in this zip: give the one with the bodies")


def _parsed(file: str, data: bytes) -> tuple[str, object] | Problem:
    value = parse(data, file)
    return value if isinstance(value, Problem) else (file, *value)
