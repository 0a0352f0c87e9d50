"""The commands that keep a ledger, move it and erase from it: `export`, `restore`, `backup` and `redact`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from .._ledger import Ledger
from .._store import named
from .._when import LAST_DAY
from ..errors import FileError, LedgerFileError
from ..events import Erased
from ._paths import write_new
from ._shared import DEFAULT, PROBLEMS, Place, entries, print_problems

__all__ = ["backup", "export", "redact", "restore"]


def export(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The new file to write: JSON Lines, an entry a line.")],
    place: Place = DEFAULT,
) -> None:
    """Write every entry as it is stored, a line each: `restore` makes the same ledger of it, in any kind of store."""
    with Ledger.open(place, create=False) as ledger:
        size = write_new(to, ledger.export())
        print(f"{entries(size)} written to {to}; root {ledger.root(size).hex()}")


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What `export` wrote.")],
    place: Place = DEFAULT,
) -> None:
    """Make a ledger of what was exported, byte for byte; there must be none yet, or an empty one."""
    try:
        with path.open("rb") as file, Ledger.open(place) as ledger:
            restored = ledger.restore(file, place=str(path))
            root = ledger.root(restored)
    except OSError as wrong:
        raise FileError(f"can't read {path}: {wrong.strerror}", path) from wrong
    except LedgerFileError as wrong:
        print_problems(wrong.problems)
        print("Nothing was restored.", file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    print(f"{entries(restored)} restored to {named(place)}; root {root.hex()}")


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The new file to copy to.")],
    place: Place = DEFAULT,
) -> None:
    """Copy a ledger that is an SQLite file, while others go on writing to it, and verify the copy."""
    with Ledger.open(place, create=False) as ledger:
        told = ledger.backup(to)
    print(f"{entries(told.size)} copied to {to}, and verified; root {told.root.hex()}")


def redact(
    number: Annotated[int, typer.Argument(min=1, help="The entry.")],
    reason: Annotated[str, typer.Option(help="Why, for those who read the record; it must not repeat what is erased.")],
    place: Place = DEFAULT,
    by: Annotated[str | None, typer.Option(help="Who does it; without it, the operating system's user.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask first.")] = False,
) -> None:
    """Erase what an entry says, because the law requires it. It can't be undone; that it was done, by whom and why stays on record."""
    with Ledger.open(place, by=by, create=False) as ledger:
        if not (yes or _agreed(f"Erase what entry {number} says, for good?")):
            print("Nothing was erased.", file=sys.stderr)
            raise typer.Exit(PROBLEMS)
        note = ledger.redact(number, reason, by=by)
        known = ledger.at(LAST_DAY).known(note.event.trust)
    (erased,) = (e for e in known if e.number == number)
    same = [str(e.number) for e in known if e.place == erased.place and not isinstance(e.event, Erased)]
    print(f"What entry {number} said is erased; entry {note.number} says by whom and why.")
    if same:
        print(f"About the same fact, and so perhaps of the same text: {', '.join(same)}.")
    print("Not reached: backups, exports and proofs made before, and the file that it was read from.")


def _agreed(question: str) -> bool:
    """Ask on standard error, so that it is not among the answers; whatever is no plain yes is a no."""
    print(f"{question} [y/N]: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
