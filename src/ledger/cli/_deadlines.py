"""The commands on deadlines: `deadlines`, `sweep` and `audit`."""

from pathlib import Path
from typing import Annotated

import typer

from .._deadline import page
from .._ledger import Ledger
from .._report import in_words
from .._show import Line, Page, Section, counted, plain, spaced
from .._when import DAY, day_in_words, to_day
from ..audits import RULES, Severity, audit, chosen, rules_of
from ..errors import WhenError
from ..events._event import CODE
from ._shared import (
    DEFAULT,
    PROBLEMS,
    AsJson,
    KnownAt,
    MaybeCode,
    Place,
    PublicOn,
    dump,
    refuse_unknown,
    show,
    today,
    view_of,
)

__all__ = ["audit_ledger", "deadlines", "sweep"]


def deadlines(
    on: Annotated[str | None, typer.Argument(metavar="DATE", help="The day in the world; without it, today.")] = None,
    code: MaybeCode = None,
    place: Place = DEFAULT,
    within: Annotated[
        int | None, typer.Option(min=0, help="Of what is upcoming, only what is due within so many days.")
    ] = None,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what is overdue, due in this period, and upcoming: how long ago, how often moved, who leads."""
    if code is None and on is not None and CODE.fullmatch(on):
        raise WhenError(f"{on!r} is a trust, and the date stands before it: deadlines {today()} {on}", on)
    with Ledger.open(place, create=False) as ledger:
        view = view_of(ledger, on, known_at, public_on)
        if code is not None:
            refuse_unknown(ledger, code, public_on)
        found, notes = view.deadlines(code, within=within), view.notes(code=code)
    if as_json:
        times = {name: plain(getattr(view, name)) for name in ("on", "known_at", "public_on", "is_forecast")}
        dump({**times, "deadlines": [one.row() for one in found]})
        return
    show(page(found, f"Deadlines on {day_in_words(view.on)}", notes))


def sweep(
    place: Place = DEFAULT,
    as_of: Annotated[str | None, typer.Option("--today", help="The day that it is; without it, the computer's.")] = None,
    by: Annotated[str | None, typer.Option(help="Who records; without it, the operating system's user.")] = None,
) -> None:
    """Put on record, once each, that the deadlines which have passed were seen to pass. It changes no answer."""
    day = to_day(as_of or today())
    with Ledger.open(place, by=by, create=False) as ledger:
        added = ledger.sweep(day)
    lines = tuple(
        Line(
            f"{e.event.trust}, {spaced(type(e.event).__name__)}",
            in_words(e.fact),
            (e.number,),
            "Forecast:" if not e.fact.on.is_by(today()) else "",
        )
        for e in added
    )
    title = f"Swept as of {day_in_words(day)}: {counted(len(added), 'passed deadline')} put on record"
    ahead = (
        ("This day is still to come: what is marked as a forecast is on record before it happened.",) if day > today() else ()
    )
    show(Page(title, ahead, (Section("Deadlines that passed", lines),) if lines else ()))


def audit_ledger(
    code: MaybeCode = None,
    place: Place = DEFAULT,
    as_of: Annotated[
        str | None, typer.Option("--as", metavar="DATE", help="The ledger as on that day; without it, today.")
    ] = None,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    only: Annotated[list[str] | None, typer.Option("--rule", help="One rule only, by its id; may be given again.")] = None,
    own: Annotated[
        list[Path] | None, typer.Option("--rules", help="A Python file with rules of your own; may be given again.")
    ] = None,
    fail_at: Annotated[Severity, typer.Option(help="The least severity that makes the exit code 1.")] = Severity.LOW,
    as_json: AsJson = False,
) -> None:
    """Audit a trust, or all, by rules: what each reports, why it matters, and the entries that show it."""
    if code is not None and DAY.fullmatch(code):
        raise WhenError(f"{code!r} is a day: say --as {code}", code)
    rules = chosen([*RULES, *(one for path in own or () for one in rules_of(path))], only)
    with Ledger.open(place, create=False) as ledger:
        view = view_of(ledger, as_of, known_at, public_on)
        if code is not None:
            refuse_unknown(ledger, code, public_on)
        found = audit(view, rules, code=code)
        dump(found.report()) if as_json else show(found.page())
    if found.at_least(fail_at) or found.failures:
        raise typer.Exit(PROBLEMS)
