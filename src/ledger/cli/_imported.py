"""What became of an import, as the command says it."""

import sys
from typing import Any

import attrs
import typer

from .._entry import Entry, Source
from .._report import in_words
from .._show import Line, Page, Section, counted, plain
from .._store import named
from ..sources import Intake, Problem
from ._shared import PROBLEMS, dump, show

__all__ = ["Imported", "Options", "tell_all"]

SHOWN = 1_000
"""The number of problems above which the rest is left to --json: a column that is wrong throughout has one a row."""


@attrs.frozen
class Options:
    """How to import."""

    place: str
    by: str | None
    dry_run: bool
    keep_going: bool
    as_json: bool
    refuse_personal: bool = False


@attrs.frozen
class Imported:
    """What became of an import, of however many editions."""

    done: tuple[Intake, ...]
    gone: tuple[Entry, ...] = ()
    uncompared: tuple[Source, ...] = ()
    licence: str = ""
    is_refused: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""
        return tuple(problem for one in self.done for problem in one.problems)

    def count(self, name: str) -> int:
        """Give a count over all editions."""
        return sum(getattr(one, name) for one in self.done)


def tell_all(found: Imported, options: Options) -> None:
    """Say what was recorded, or would be, and what has a problem; the exit code tells whether somebody should look."""
    if options.as_json:
        dump(_report(found, options))
    else:
        for problem in found.problems[:SHOWN]:
            print(problem, file=sys.stderr)
        show(_page(found, options))
    if found.problems and not options.as_json:
        kept = "" if options.keep_going else " Nothing was recorded: put them right, or leave them out with --keep-going."
        more = f" The first {SHOWN:,} are shown; --json has all." if len(found.problems) > SHOWN else ""
        print(f"{counted(len(found.problems), 'problem')}.{more}{kept}", file=sys.stderr)
    if found.problems or found.gone:
        raise typer.Exit(PROBLEMS)


def _report(found: Imported, options: Options) -> dict[str, Any]:
    counts = {name: None if found.is_refused else found.count(name) for name in ("recorded", "further", "known")}
    return {
        "facts": found.count("facts"),
        **counts,
        "is_dry_run": options.dry_run,
        "problems": [{**plain(one.place), "message": one.message} for one in found.problems],
        "disappeared": [{"entry": e.number, "trust": e.event.trust, "event": plain(e.event)} for e in found.gone],
        "not_compared": [plain(source.published) for source in found.uncompared],
        "licence": found.licence,
    }


def _page(found: Imported, options: Options) -> Page:
    notes = [f"{counted(found.count('facts'), 'fact')} read: {_became(found, options)}.", found.licence]
    notes += [
        f"The edition published {source.published.in_words()} was not compared with others: a later one is on record, or it has problems."
        for source in found.uncompared
        if source.published
    ]
    lines = tuple(Line(e.event.trust, in_words(e.fact), (e.number,)) for e in found.gone[:SHOWN])
    rest = f" ({len(found.gone):,}; the first {SHOWN:,} are shown, --json has all)" if len(found.gone) > SHOWN else ""
    title = f"In an earlier edition, and in this one no longer; nothing was taken back{rest}"
    return Page(f"Import into {named(options.place)}", tuple(notes), (Section(title, lines),) if lines else ())


def _became(found: Imported, options: Options) -> str:
    if found.is_refused:
        return "nothing was recorded"
    recorded, further, known = (found.count(name) for name in ("recorded", "further", "known"))
    would = "would be recorded" if options.dry_run else "recorded"
    return f"{recorded:,} new, {would}; {further:,} given a further source; {known:,} on record from this source already"
