"""The example ledger, built and walked through: what the `demo` command shows."""

from datetime import date
from importlib.resources import files
from pathlib import Path

from ._ledger import Ledger
from ._report import in_words, saying
from ._show import Line, Page, Section, listed, spaced
from ._view import View
from ._when import day_in_words
from .errors import NotOnRecordError
from .projections import Thing, actions
from .sources import ingest

__all__ = ["example_files", "walk_through"]

FOLDERS = (Path(str(files("ledger"))) / "_examples", Path(__file__).parents[2] / "examples")
"""Where the files of the example ledger can be: in the wheel, or in a clone."""
DORMITORIES = "dormitory-eradication"


def example_files() -> list[Path]:
    """Give the files of the example ledger: those in the wheel, or in a clone those in `examples/`.

    Raises:
        NotOnRecordError: there are none in this installation.

    """
    for folder in FOLDERS:
        found = sorted(folder.glob("R*.yaml"))
        if found:
            return found
    raise NotOnRecordError("the example ledger is not part of this installation: install trust-ledger again", "examples")


def walk_through(ledger: Ledger, place: str, *, today: date) -> Page:
    """Record the example ledger, and show what it says; *today* is the day by which it is known."""
    added = len(ingest(ledger, example_files()).recorded)

    def view(day: str) -> View:
        return ledger.at(day, known_at=today)

    return Page(
        f"The example ledger is in {place}: {len(ledger.entries)} entries, {added} of them added now",
        ("Five published documents about three NHS trusts. The numbers in brackets are the entries that say so.",),
        (
            Section(
                "1. A downgrade, the day before CQC published it and the day it did",
                tuple(line for day in ("2025-05-29", "2025-05-30") for line in _rated(view(day), "RVN", None)),
            ),
            Section(
                "2. One service's ratings, before CQC's latest report and on the day of it",
                tuple(
                    line
                    for day in ("2026-01-12", "2026-01-13")
                    for line in _rated(view(day), "RT5", "Community-based mental health services for adults of working age")
                ),
            ),
            Section(
                "3. The target to end dormitory accommodation, on its last day and the day after",
                tuple(_dormitories(view(day)) for day in ("2027-03-31", "2027-04-01")),
            ),
            Section("4. Who says so", _who_says_so(view("2027-04-01"))),
            Section("5. Ask it yourself", _next(place)),
        ),
    )


def _line(view: View, code: str, thing: Thing) -> Line:
    """Say what a view says of a thing; a forecast is marked."""
    numbers = tuple(e.number for e in saying(view.entries(code), thing))
    mark = "Forecast:" if view.is_forecast else ""
    return Line(f"{day_in_words(view.on)}, {code}, {thing.heading}", thing.summary, numbers, mark)


def _rated(view: View, code: str, service: str | None) -> list[Line]:
    return [_line(view, code, rated) for rated in view.trust(code).ratings if rated.service == service]


def _dormitories(view: View) -> Line:
    return _line(view, "RHA", view.trust("RHA").actions[DORMITORIES])


def _who_says_so(view: View) -> tuple[Line, ...]:
    steps = [step for step in view.why("RHA", actions) if getattr(step.event, "action", "") == DORMITORIES]
    return tuple(
        Line(
            spaced(type(step.event).__name__),
            listed(
                [in_words(step.event), "derived from the due date" if step.is_derived else listed(map(str, step.entry.sources))]
            ),
            (step.entry.number,),
            "Forecast:" if step.is_derived and view.is_forecast else "",
        )
        for step in steps
    )


def _next(place: str) -> tuple[Line, ...]:
    return tuple(
        Line(f"trust-ledger {command} --ledger {place}", said)
        for command, said in (
            ("at 2025-05-29 RVN --public-on 2025-05-29", "what the public could know that day"),
            ("why RHA 2027-04-01 --about actions", "who says so, recorded when"),
            ("history RT5 --about ratings", "every change, day by day"),
            ("diff 2026-03-31 2026-04-01", "what changed overnight"),
        )
    )
