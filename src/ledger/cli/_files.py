"""The commands on ledger files: `ingest` and `check`."""

import sys
import warnings
from typing import Annotated

import typer

from .._ledger import Ledger
from .._personal import ADVICE, personal
from .._show import plain
from .._store import named
from ..errors import LedgerFileError, PersonalDataWarning
from ..sources import ingest, read
from ._shared import DEFAULT, PROBLEMS, AsJson, Files, Place, RefusePersonal, dump, print_problems, show, warn

__all__ = ["check", "ingest_files"]


def ingest_files(
    paths: Files,
    place: Place = DEFAULT,
    correct: Annotated[
        bool, typer.Option("--correct", help="Make a correction of each fact that a file now tells differently.")
    ] = False,
    retract: Annotated[bool, typer.Option("--retract", help="Take back each fact that is in its file no longer.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why, for corrections and retractions.")] = None,
    refuse_personal: RefusePersonal = False,
    by: Annotated[str | None, typer.Option(help="Who records; without it, the operating system's user.")] = None,
) -> None:
    """Record what is new in ledger files. Run it again, and nothing happens."""
    try:
        with Ledger.open(place, by=by, refuse_personal=refuse_personal) as ledger, warnings.catch_warnings():
            warnings.simplefilter("ignore", PersonalDataWarning)  # told below, with the place in the file
            done = ingest(ledger, paths, correct=correct, retract=retract, reason=reason)
    except LedgerFileError as wrong:
        print_problems(wrong.problems)
        print("Nothing was recorded.", file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    for one in (*done.personal, *(f"--reason: this looks like {finding}: {ADVICE}" for finding in personal(reason or ""))):
        warn(one)
    found = done.comparison
    show(found.page(correct=correct, retract=retract))
    print(f"\n{len(done.recorded)} entries added to {named(place)}; {found.unchanged} facts were on record already.")
    if (found.corrections and not correct) or (found.gone and not retract) or found.retracted or found.strict:
        raise typer.Exit(PROBLEMS)


def check(paths: Files, refuse_personal: RefusePersonal = False, as_json: AsJson = False) -> None:
    """Check ledger files without recording anything: every problem at once, with its place."""
    reading = read(paths).without_personal() if refuse_personal else read(paths)
    for one in () if as_json else reading.personal:
        warn(one)
    if as_json:
        dump(
            {
                "facts": len(reading.items),
                "problems": [{**plain(one.place), "message": one.message} for one in reading.problems],
                "warnings": [{**plain(one.place), "message": one.message} for one in reading.personal],
            }
        )
    elif not reading.problems:
        print(f"No problems: {len(reading.items)} facts about {', '.join(sorted(reading.trusts))}.")
    else:
        print_problems(reading.problems)
    if reading.problems:
        raise typer.Exit(PROBLEMS)
