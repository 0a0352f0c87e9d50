"""Days and views near every boundary of a ledger."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from operator import eq

import pytest
from hypothesis import given

from ledger import Ledger, Source, View
from ledger.events import ActionCommitted, NoticeIssued, NoticeRequirement
from ledger.testing import Clock, days, views
from tests.testing.draws import broken, draws, undrawn

LETTER = Source(publisher="The trust", title="Open letter", marking="public", published="2026-05-20")
WARDS = ActionCommitted(trust="RHA", on="2025-10/2026-03", action="wards", title="End dormitory wards", due="2027-03")
NOTICE = NoticeIssued(
    trust="RVN",
    on="2026-06-10",
    notice="warning",
    kind="Warning Notice",
    requirements=[NoticeRequirement(requirement="staffing", text="Enough staff", comply_by="2026-09-15")],
)
RECORDED = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Give a ledger of two facts, recorded an hour apart on 22 November 2026."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock(RECORDED - timedelta(hours=1)))
    ledger.record(WARDS, sources=[LETTER])
    ledger.record(NOTICE)
    return ledger


BOUNDARIES = {
    "first day of a fact": "2025-10-01",
    "last day of a fact": "2026-03-31",
    "day of a fact": "2026-06-10",
    "first day of a deadline": "2027-03-01",
    "last day of a deadline": "2027-03-31",
    "last day to comply by": "2026-09-15",
    "publication": "2026-05-20",
    "recording": "2026-11-22",
    "month end": "2026-07-31",
    "leap day": "2028-02-29",
}


def test_days_are_drawn_at_each_boundary_the_day_before_and_the_day_after(ledger: Ledger) -> None:
    """Whatever changes or should not, it is looked at from both sides."""
    wanted: dict[str, Callable[[date], bool]] = {
        f"{name} {aside:+}": partial(eq, date.fromisoformat(boundary) + timedelta(aside))
        for name, boundary in BOUNDARIES.items()
        for aside in (-1, 0, 1)
    }
    wanted["any other day"] = lambda day: not any(condition(day) for name, condition in wanted.items() if name[-2] in "+-")
    assert undrawn(days(ledger), wanted) == []


@given(days(Ledger.open(":memory:", by="analyst")))
def test_an_empty_ledger_has_days_all_the_same(day: date) -> None:
    """There is nothing to be near but time itself."""
    assert date(2020, 2, 28) <= day <= date(2026, 1, 1)


def test_days_stay_within_what_a_ledger_can_speak_of() -> None:
    """From 1948 to 9998, also near the ends."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock())
    ledger.record(ActionCommitted(trust="RHA", on="1948-01-01", action="wards", title="End dormitory wards", due="9998-12-31"))
    assert draws(days(ledger), lambda day: ledger.at(day).on == date(1948, 1, 1))
    assert draws(days(ledger), lambda day: ledger.at(day).on == date(9998, 12, 31))


MOMENTS = {
    "whenever": None,
    "first entry": RECORDED,
    "just before it": RECORDED - timedelta(microseconds=1),
    "just before the second": RECORDED + timedelta(hours=1, microseconds=-1),
    "last day of the deadline": datetime(2027, 3, 31, 22, 59, 59, 999999, tzinfo=UTC),
}


def test_views_are_drawn_of_every_choice_of_the_times(ledger: Ledger) -> None:
    """Known whenever, at an instant, just before it, or by the end of a day; public on a day, the day before, or not only public."""
    wanted: dict[str, Callable[[View], bool]] = {
        name: lambda view, moment=moment: view.known_at == moment  # type: ignore[misc]  # bound now
        for name, moment in MOMENTS.items()
    }
    for day in (None, date(2026, 5, 19), date(2026, 5, 20)):
        wanted[f"public on {day}"] = lambda view, day=day: view.public_on == day  # type: ignore[misc]  # bound now
    assert undrawn(views(ledger), wanted) == []


def test_a_view_shrinks_to_a_day_that_can_be_told(ledger: Ledger) -> None:
    """The simplest view of all is of the day after the next deadline, as known to date; it is shown without its entries."""

    @given(views(ledger))
    def never(view: View) -> None:
        raise AssertionError(view.on)

    said, lines = broken(never)
    assert said == "2027-04-01"
    assert lines[1] == "    view=View(on=datetime.date(2027, 4, 1), known_at=None, public_on=None),"
