"""What the commands share: their options, and how answers are printed.

The only module that reads the clock for a question's sake.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from .._ledger import Ledger
from .._show import Page, counted
from .._view import View
from .._when import LAST_DAY, day_of, utc_now
from ..errors import NotOnRecordError
from ..projections import PROJECTIONS

__all__ = [
    "DEFAULT",
    "PROBLEMS",
    "USAGE",
    "About",
    "AsJson",
    "Code",
    "Files",
    "KnownAt",
    "MaybeCode",
    "Place",
    "PublicOn",
    "RefusePersonal",
    "dump",
    "entries",
    "print_problems",
    "refuse_unknown",
    "show",
    "today",
    "view_of",
    "warn",
]

DEFAULT = "trust-ledger.db"
PROBLEMS = 1
USAGE = 2
FEW = 10_000
"""The number of entries up to which a refusal lists the trusts there are: of more, that would take long to find out."""

Place = Annotated[
    str,
    typer.Option("--ledger", envvar="TRUST_LEDGER", help="The ledger: the path of an SQLite file, or a postgresql:// address."),
]
KnownAt = Annotated[str | None, typer.Option(help="Only what was recorded by then: a day or an instant. Without it, today.")]
PublicOn = Annotated[str | None, typer.Option(help="Only what a public source had published by the end of that day.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Files = Annotated[list[Path], typer.Argument(help="Ledger files (YAML), one a trust.")]
Code = Annotated[str, typer.Argument(help="The trust's CQC provider id, for an NHS trust its ODS code, such as RHA.")]
MaybeCode = Annotated[str | None, typer.Argument(metavar="TRUST", help="A trust's code; without it, all.")]
About = Annotated[str | None, typer.Option(help=f"One question only: {', '.join(PROJECTIONS)}.")]


RefusePersonal = Annotated[
    bool, typer.Option("--refuse-personal", help="Make a problem of what looks like personal data; without it, warn of it.")
]


def today() -> date:
    """Give the day that it is in London."""
    return day_of(utc_now())


def show(page: Page) -> None:
    """Print tables on a terminal, plain text elsewhere."""
    if sys.stdout.isatty():
        Console().print(page)
    else:
        print(page)


def dump(value: object) -> None:
    """Print JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def warn(message: object) -> None:
    """Say on standard error what somebody should look at, though it is done."""
    print(f"trust-ledger: warning: {message}", file=sys.stderr)


def print_problems(problems: tuple[object, ...]) -> None:
    """Say on standard error what is wrong with a file, a line each, and how much that is."""
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{counted(len(problems), 'problem')}.", file=sys.stderr)


def entries(number: int) -> str:
    """Say how many entries there are."""
    return "1 entry" if number == 1 else f"{number:,} entries"


def view_of(ledger: Ledger, on: str | None, known_at: str | None, public_on: str | None) -> View:
    """Give a view as the command asks for it: of today and known by today, unless told otherwise."""
    return ledger.at(on or today(), known_at=known_at or today(), public_on=public_on)


def refuse_unknown(ledger: Ledger, code: str, public_on: str | None) -> None:
    """Refuse a trust that the ledger has nothing about, and say which there are; of a public view, a refusal would tell."""
    view = ledger.at(LAST_DAY)
    if public_on is None and not view.standing(code):
        meant = f"; did you mean {code.upper()}?" if view.standing(code.upper()) else ""
        codes = f"; trusts on record: {', '.join(view.codes()) or 'none'}" if ledger.last <= FEW else ""
        raise NotOnRecordError(f"nothing is on record about {code!r}{meant}{codes}", code)
