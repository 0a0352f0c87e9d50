"""The command: arguments in, text out. The only module that reads the clock for a question's sake."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from ._demo import walk_through
from ._ledger import Ledger
from ._projection import Projection
from ._report import Change, changes, row
from ._show import Line, Page, Section, plain
from ._view import View
from ._when import LAST_DAY, day_in_words, day_of, to_day, utc_now
from .errors import LedgerError, LedgerFileError, NotOnRecordError, WhenError, WordError
from .projections import PROJECTIONS, TrustState, trust
from .sources import ingest, read

__all__ = ["app", "main"]

DEFAULT = "trust-ledger.db"
DEMO = "trust-ledger-demo.db"
PROBLEMS = 1
USAGE = 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="An event-sourced compliance ledger of NHS trusts: what was known about any trust, on any date, from which source.",
)

Place = Annotated[str, typer.Option("--ledger", envvar="TRUST_LEDGER", help="The ledger: the path of an SQLite file.")]
KnownAt = Annotated[str | None, typer.Option(help="Only what was recorded by then: a day or an instant. Without it, today.")]
PublicOn = Annotated[str | None, typer.Option(help="Only what a public source had published by the end of that day.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Files = Annotated[list[Path], typer.Argument(help="Ledger files (YAML), one a trust.")]
Code = Annotated[str, typer.Argument(help="The trust's CQC provider id, for an NHS trust its ODS code, such as RHA.")]
About = Annotated[str | None, typer.Option(help=f"One question only: {', '.join(PROJECTIONS)}.")]


def main() -> None:
    """Run the command; an error of ours is a sentence on standard error and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a terminal that can't show a letter shows a question mark
    try:
        app()
    except LedgerError as wrong:
        print(f"trust-ledger: {wrong}", file=sys.stderr)
        sys.exit(USAGE if isinstance(wrong, WhenError | WordError) else PROBLEMS)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)


def _show(page: Page) -> None:
    """Print tables on a terminal, plain text elsewhere."""
    if sys.stdout.isatty():
        Console().print(page)
    else:
        print(page)


def _dump(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _view(ledger: Ledger, on: str, known_at: str | None, public_on: str | None) -> View:
    """Give a view as the command asks for it: known by today, unless told otherwise."""
    return ledger.at(on, known_at=known_at or day_of(utc_now()), public_on=public_on)


def _known(ledger: Ledger, code: str, public_on: str | None) -> None:
    """Refuse a trust that the ledger has nothing about, and say which there are; of a public view, a refusal would tell."""
    codes = ledger.at(LAST_DAY).codes()
    if code not in codes and public_on is None:
        raise NotOnRecordError(f"nothing is on record about {code!r}; trusts on record: {', '.join(codes) or 'none'}", code)


def _asked(about: str | None) -> Projection[Any]:
    if about is None:
        return trust
    if about not in PROJECTIONS:
        raise WordError(f"there is no question {about!r}: ask about {', '.join(PROJECTIONS)}", about)
    return PROJECTIONS[about]


@app.command(name="ingest")
def ingest_files(
    paths: Files,
    place: Place = DEFAULT,
    correct: Annotated[
        bool, typer.Option("--correct", help="Make a correction of each fact that a file now tells differently.")
    ] = False,
    retract: Annotated[bool, typer.Option("--retract", help="Take back each fact that is in its file no longer.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why, for corrections and retractions.")] = None,
    by: Annotated[str | None, typer.Option(help="Who records; without it, the operating system's user.")] = None,
) -> None:
    """Record what is new in ledger files. Run it again, and nothing happens."""
    try:
        with Ledger.open(place, by=by) as ledger:
            done = ingest(ledger, paths, correct=correct, retract=retract, reason=reason)
    except LedgerFileError as wrong:
        _print_problems(wrong.problems)
        print("Nothing was recorded.", file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    found = done.comparison
    _show(found.page(correct=correct, retract=retract))
    print(f"\n{len(done.recorded)} entries added to {place}; {found.unchanged} facts were on record already.")
    if (found.corrections and not correct) or (found.gone and not retract) or found.retracted or found.strict:
        raise typer.Exit(PROBLEMS)


@app.command()
def check(paths: Files, as_json: AsJson = False) -> None:
    """Check ledger files without recording anything: every problem at once, with its place."""
    reading = read(paths)
    if as_json:
        _dump(
            {
                "facts": len(reading.items),
                "problems": [{**plain(one.place), "message": one.message} for one in reading.problems],
            }
        )
    elif not reading.problems:
        print(f"No problems: {len(reading.items)} facts about {', '.join(sorted(reading.trusts))}.")
    else:
        _print_problems(reading.problems)
    if reading.problems:
        raise typer.Exit(PROBLEMS)


def _print_problems(problems: tuple[object, ...]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.", file=sys.stderr)


@app.command()
def at(
    on: Annotated[str, typer.Argument(metavar="DATE", help="The day in the world, such as 2027-04-01.")],
    code: Annotated[str | None, typer.Argument(metavar="[TRUST]", help="A trust's code; without it, one line a trust.")] = None,
    place: Place = DEFAULT,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show a trust, or all, on a date, with the source of every statement."""
    with Ledger.open(place, create=False) as ledger:
        view = _view(ledger, on, known_at, public_on)
        if code is None:
            _dump([view.report(one) for one in view.trusts()]) if as_json else _show(view.overview())
        else:
            _known(ledger, code, public_on)
            _dump(view.report(code)) if as_json else _show(view.page(code))


@app.command()
def history(
    code: Code,
    place: Place = DEFAULT,
    about: About = None,
    until: Annotated[str | None, typer.Option(help="The last day, inclusive.")] = None,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show how a trust's state changed, day by day."""
    _asked(about)
    with Ledger.open(place, create=False) as ledger:
        known = known_at or day_of(utc_now())
        view = _view(ledger, until or "9998-12-31", known_at, public_on)
        _known(ledger, code, public_on)
        told = ledger.history(code, until=until, known_at=known, public_on=public_on)
    days: list[tuple[date, bool, list[Change]]] = []
    before = TrustState()
    for day, state in told:
        changed = [one for one in changes(code, before, state) if about in (None, one.projection)]
        before = state
        if changed:
            days.append((day, view.horizon is not None and day > view.horizon, changed))
    if as_json:
        _dump(
            [
                {"on": plain(day), "is_forecast": ahead, "changes": [_changed(one) for one in changed]}
                for day, ahead, changed in days
            ]
        )
        return
    sections = tuple(
        Section(day_in_words(day), tuple(_marked(one.line(), ahead=ahead) for one in changed)) for day, ahead, changed in days
    )
    _show(Page(f"{code}, day by day", view.notes()[:1], sections))


def _marked(line: Line, *, ahead: bool) -> Line:
    return Line(line.heading, line.summary, line.entries, "Forecast:") if ahead else line


def _changed(change: Change) -> dict[str, Any]:
    return {
        "trust": change.trust,
        "projection": change.projection,
        "heading": change.thing.heading,
        "before": row(change.before) if change.before else None,
        "after": row(change.after) if change.after else None,
        "fields": {name: {"before": old, "after": new} for name, (old, new) in change.fields.items()},
    }


@app.command()
def why(
    code: Code,
    on: Annotated[str | None, typer.Argument(metavar="[DATE]", help="The day in the world; without it, today.")] = None,
    place: Place = DEFAULT,
    about: About = None,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what led to a trust's state: each fact, who recorded it when, and the sources that say so."""
    asked = _asked(about)
    with Ledger.open(place, create=False) as ledger:
        view = _view(ledger, on or day_of(utc_now()).isoformat(), known_at, public_on)
        _known(ledger, code, public_on)
        steps = view.why(code, asked)
    if as_json:
        _dump([step.row() for step in steps])
        return
    lines = tuple(step.line(ahead=view.is_ahead(step.event.on)) for step in steps)
    title = f"Why {code} stands as it does on {day_in_words(view.on)}"
    _show(Page(title, view.notes(), (Section("In the order it took effect", lines),) if lines else ()))


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="DATE", help="The earlier day.")],
    after: Annotated[str, typer.Argument(metavar="DATE", help="The later day.")],
    code: Annotated[str | None, typer.Argument(metavar="[TRUST]", help="A trust's code; without it, all.")] = None,
    place: Place = DEFAULT,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two dates."""
    with Ledger.open(place, create=False) as ledger:
        first, second = (_view(ledger, on, known_at, public_on) for on in (before, after))
        if code is not None:
            _known(ledger, code, public_on)
        changed = [one for one in second.diff(first) if code in (None, one.trust)]
    if as_json:
        _dump([_changed(one) for one in changed])
        return
    lines = tuple(_marked(one.line(), ahead=second.is_forecast) for one in changed)
    title = f"From {day_in_words(to_day(before))} to {day_in_words(to_day(after))}"
    _show(Page(title, second.notes(), (Section("Changes", lines),) if lines else (Section("No changes", ()),)))


@app.command()
def demo(place: Annotated[str, typer.Option("--ledger", help="Where to build the example ledger.")] = DEMO) -> None:
    """Build the example ledger and walk through it."""
    with Ledger.open(place) as ledger:
        _show(walk_through(ledger, place, today=day_of(utc_now())))
