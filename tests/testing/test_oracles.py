"""The naive calendar and the naive ledger, by hand: an oracle that is wrong would be believed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ledger import Citation, Draft, Source
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    Corroborated,
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    RatingStated,
    Retracted,
)
from ledger.testing._calendar import Calendar
from ledger.testing._model import Model

UNTIL = date(2026, 12, 31)
AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
LETTER = Citation(source=Source(publisher="The trust", title="Letter", marking="public", published="2026-01-01"))
PAPER = Citation(source=Source(publisher="The trust", title="Paper", marking="official"))


def promised(due: str | None = "2026-03", on: str = "2026-01-10") -> ActionCommitted:
    """Give a promise to end dormitory wards."""
    return ActionCommitted(trust="RHA", on=on, action="wards", title="End dormitory wards", due=due)


def revised(due: str | None, on: str = "2026-02-01") -> ActionDeadlineRevised:
    """Give a revision of it."""
    return ActionDeadlineRevised(trust="RHA", on=on, action="wards", due=due)


def missed(on: str, due: str) -> ActionDeadlinePassed:
    """Give the passing of its deadline."""
    return ActionDeadlinePassed(trust="RHA", on=on, action="wards", due=due)


DONE = ActionCompleted(trust="RHA", on="2026-03-31", action="wards")
REOPENED = ActionReopened(trust="RHA", on="2026-06-01", action="wards")
ASKED = ActionPlanRequested(trust="RHA", on="2026-01-10", plan="plan", due="2026-03-31")
ASKED_AGAIN = ActionPlanRequested(trust="RHA", on="2026-02-10", plan="plan", due="2026-05-31")
SENT = ActionPlanSubmitted(trust="RHA", on="2026-03-31", plan="plan")
NOTICE = NoticeIssued(
    trust="RHA",
    on="2026-01-10",
    notice="n",
    kind="Warning Notice",
    requirements=[
        NoticeRequirement(requirement="r", text="Staffing", comply_by="2026-03"),
        NoticeRequirement(requirement="s", text="Records"),
    ],
)
COMPLIED = NoticeDetermined(trust="RHA", on="2026-02-10", notice="n", outcome="complied", requirement="r")
DETERMINED = NoticeDetermined(trust="RHA", on="2026-02-10", notice="n", outcome="complied")
GONE = NoticeWithdrawn(trust="RHA", on="2026-01-05", notice="n")
RATED = RatingStated(trust="RHA", on="2026-01-10", rating="Good")


@pytest.mark.parametrize(
    ("facts", "passes"),
    [
        ([], []),
        ([RATED], []),
        ([promised()], [missed("2026-04-01", "2026-03")]),
        ([promised(None)], []),
        ([promised("2026-03/..")], []),
        ([promised(), promised("2026-05", "2026-01-11")], [missed("2026-04-01", "2026-03")]),
        ([promised(), revised("2026-05")], [missed("2026-06-01", "2026-05")]),
        ([promised(), revised(None), promised(on="2026-02-02")], []),
        ([promised(), DONE], []),
        ([promised(), DONE, REOPENED], [missed("2026-06-02", "2026-03")]),
        (
            [promised(), revised("2026-05", "2026-04-10"), revised("2026-03", "2026-04-20")],
            [missed("2026-04-01", "2026-03")],
        ),
        ([ASKED, ASKED_AGAIN], [ActionPlanDeadlinePassed(trust="RHA", on="2026-04-01", plan="plan", due="2026-03-31")]),
        ([ASKED, SENT], []),
        ([NOTICE], [NoticeDeadlinePassed(trust="RHA", on="2026-04-01", notice="n", requirement="r", due="2026-03")]),
        ([NOTICE, COMPLIED], []),
        ([NOTICE, DETERMINED], []),
        ([GONE, NOTICE], []),
    ],
    ids=lambda one: "-".join(type(event).__name__ for event in one) or "none",
)
def test_the_calendar_finds_the_passes_that_anyone_would(facts: list[Event], passes: list[Event]) -> None:
    """A deadline passes once, at the midnight after its last day, or after what reopened the thing."""
    assert Calendar().run(facts, UNTIL) == passes


@pytest.mark.parametrize(("until", "count"), [("2026-03-31", 0), ("2026-04-01", 1)])
def test_the_calendar_goes_as_far_as_the_start_of_a_day(until: str, count: int) -> None:
    """A pass at the midnight that begins the day is in; the day before it is not."""
    assert len(Calendar("RHA").run([promised()], date.fromisoformat(until))) == count


def test_the_model_tells_at_any_moment_what_stands_and_where() -> None:
    """A correction takes the place of what it corrects, once it is known; what is replaced is gone."""
    model = Model()
    late = AT + timedelta(hours=1)
    model.record([Draft(event=promised()), Draft(event=RATED)], AT)
    model.correct(model.rows[0], promised("2026-05"), late)
    assert [row.number for row in model.timeline("RHA", UNTIL, AT)] == [1, 2]
    assert [row.number for row in model.timeline("RHA", UNTIL)] == [3, 2]
    assert [row.number for row in model.timeline("RHA", date(2026, 1, 9))] == []
    assert model.timeline("RVN", UNTIL) == []
    model.retract(model.rows[2], late)
    assert [row.number for row in model.timeline("RHA", UNTIL)] == [2]
    assert model.rows[3].event == Retracted(trust="RHA", entry=3)


def test_the_model_records_a_fact_once_and_a_further_source_beside_it() -> None:
    """Told again in one call, the sources come together; told again later, what is new of them is a note."""
    model = Model()
    model.record([Draft(event=RATED), Draft(event=RATED, sources=[LETTER])], AT)
    assert [row.sources for row in model.rows] == [(LETTER,)]
    model.record([Draft(event=RATED, sources=[LETTER])], AT)
    model.record([Draft(event=RATED, sources=[LETTER, PAPER])], AT + timedelta(hours=1))
    assert [row.event for row in model.rows] == [RATED, Corroborated(trust="RHA", entry=1)]
    assert model.sources(model.rows[0], AT) == (LETTER,)
    assert model.sources(model.rows[0]) == (LETTER, PAPER)


def test_the_model_sweeps_each_pass_once() -> None:
    """A pass is put on record when its day has come, and again only where it was taken back; it is no fact."""
    model = Model()
    model.record([Draft(event=promised())], AT)
    assert model.swept_through() == date.min
    swept = datetime(2026, 4, 1, 9, tzinfo=UTC)
    for today in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        model.sweep(["RHA"], today, swept)
    assert [row.event for row in model.rows] == [promised(), missed("2026-04-01", "2026-03")]
    assert model.swept_through() == date(2026, 4, 1)
    assert [row.number for row in model.timeline("RHA", UNTIL)] == [1]
    model.retract(model.rows[1], swept)
    model.sweep(["RHA"], date(2026, 4, 1), swept)
    assert [row.number for row in model.rows if row.is_pass] == [2, 4]
