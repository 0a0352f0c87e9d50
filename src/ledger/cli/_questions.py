"""The commands that ask about a trust: `at`, `history`, `why` and `diff`."""

from datetime import date
from typing import Annotated, Any

import typer

from .._ledger import Ledger
from .._projection import Projection
from .._report import Change, changes, row
from .._show import Line, Page, Section, plain
from .._when import day_in_words, to_day
from ..errors import WordError
from ..projections import PROJECTIONS, TrustState, trust
from ._shared import (
    DEFAULT,
    About,
    AsJson,
    Code,
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

__all__ = ["at", "diff", "history", "why"]


def _asked(about: str | None) -> Projection[Any]:
    if about is None:
        return trust
    if about not in PROJECTIONS:
        raise WordError(f"there is no question {about!r}: ask about {', '.join(PROJECTIONS)}", about)
    return PROJECTIONS[about]


def at(
    on: Annotated[str, typer.Argument(metavar="DATE", help="The day in the world, such as 2027-04-01.")],
    code: Annotated[str | None, typer.Argument(metavar="TRUST", help="A trust's code; without it, one line a trust.")] = None,
    place: Place = DEFAULT,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show a trust, or all, on a date, with the source of every statement."""
    with Ledger.open(place, create=False) as ledger:
        view = view_of(ledger, on, known_at, public_on)
        if code is None:
            dump([view.report(one) for one in view.trusts()]) if as_json else show(view.overview())
        else:
            refuse_unknown(ledger, code, public_on)
            dump(view.report(code)) if as_json else show(view.page(code))


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
        known = known_at or today()
        view = view_of(ledger, until or "9998-12-31", known_at, public_on)
        refuse_unknown(ledger, code, public_on)
        told = ledger.history(code, until=until, known_at=known, public_on=public_on)
        notes = (*view.notes(code=code)[:1], *view.gaps(code))
    days: list[tuple[date, bool, list[Change]]] = []
    before = TrustState()
    for day, state in told:
        changed = [one for one in changes(code, before, state) if about in (None, one.projection)]
        before = state
        if changed:
            days.append((day, view.horizon is not None and day > view.horizon, changed))
    if as_json:
        dump(
            [
                {"on": plain(day), "is_forecast": ahead, "changes": [_changed(one) for one in changed]}
                for day, ahead, changed in days
            ]
        )
        return
    sections = tuple(
        Section(day_in_words(day), tuple(_marked(one.line(), ahead=ahead) for one in changed)) for day, ahead, changed in days
    )
    show(Page(f"{code}, day by day", notes, sections))


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


def why(
    code: Code,
    on: Annotated[str | None, typer.Argument(metavar="DATE", help="The day in the world; without it, today.")] = None,
    place: Place = DEFAULT,
    about: About = None,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what led to a trust's state: each fact, who recorded it when, and the sources that say so."""
    asked = _asked(about)
    with Ledger.open(place, create=False) as ledger:
        view = view_of(ledger, on, known_at, public_on)
        refuse_unknown(ledger, code, public_on)
        steps, notes = view.why(code, asked), view.notes(code=code)
    if as_json:
        dump([step.row() for step in steps])
        return
    lines = tuple(step.line(ahead=view.is_ahead(step.event.on)) for step in steps)
    title = f"Why {code} stands as it does on {day_in_words(view.on)}"
    show(Page(title, notes, (Section("In the order it took effect", lines),) if lines else ()))


def diff(
    before: Annotated[str, typer.Argument(metavar="DATE", help="The earlier day.")],
    after: Annotated[str, typer.Argument(metavar="DATE", help="The later day.")],
    code: MaybeCode = None,
    place: Place = DEFAULT,
    known_at: KnownAt = None,
    public_on: PublicOn = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two dates."""
    with Ledger.open(place, create=False) as ledger:
        first, second = (view_of(ledger, on, known_at, public_on) for on in (before, after))
        if code is not None:
            refuse_unknown(ledger, code, public_on)
        changed, notes = [one for one in second.diff(first) if code in (None, one.trust)], second.notes(code=code)
    if as_json:
        dump([_changed(one) for one in changed])
        return
    lines = tuple(_marked(one.line(), ahead=second.is_forecast) for one in changed)
    title = f"From {day_in_words(to_day(before))} to {day_in_words(to_day(after))}"
    show(Page(title, notes, (Section("Changes", lines),) if lines else (Section("No changes", ()),)))
