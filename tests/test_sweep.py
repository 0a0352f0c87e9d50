"""Sweeping: the passing of a deadline is put on record once, as testimony, and changes no answer."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ledger import Citation, Draft, Entry, Ledger, Source, When
from ledger._store import MemoryRecorder
from ledger._sweep import once
from ledger.errors import CorrectionError, EventError, SweepError, WhenError
from ledger.events import (
    PASSES,
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    RatingChanged,
    Retracted,
)
from ledger.sources import compare, ingest, read

LETTER = Source(publisher="The trust", title="Open letter", marking="public", published="2026-01-15")
BRIEFING = Source(publisher="A council", title="Briefing", marking="confidential")

WARDS = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2027-03")
WARDS_PASSED = ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="wards", due="2027-03")
PLAN = ActionPlanRequested(trust="RT5", on="2026-01-10", plan="well-led", due="2026-02-07")
PLAN_PASSED = ActionPlanDeadlinePassed(trust="RT5", on="2026-02-08", plan="well-led", due="2026-02-07")
NOTICE = NoticeIssued(
    trust="RVN",
    on="2025-01-20",
    notice="warning",
    kind="Warning Notice",
    requirements=[
        NoticeRequirement(requirement="staffing", text="Enough staff", comply_by="2025-06-30"),
        NoticeRequirement(requirement="records", text="Complete records", comply_by="2025-04"),
        NoticeRequirement(requirement="governance", text="Better governance"),
    ],
)
STAFFING_PASSED = NoticeDeadlinePassed(trust="RVN", on="2025-07-01", notice="warning", requirement="staffing", due="2025-06-30")
RECORDS_PASSED = NoticeDeadlinePassed(trust="RVN", on="2025-05-01", notice="warning", requirement="records", due="2025-04")


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: str) -> None:
        self.set(now)

    def __call__(self) -> datetime:
        """Tell the time that it was set to."""
        return self.now

    def set(self, now: str) -> None:
        """Set it to noon of a day, UTC, or to an instant."""
        self.now = datetime.fromisoformat(now if "T" in now else f"{now}T12:00+00:00")


@pytest.fixture
def clock() -> Clock:
    """Give a clock at noon of 2 April 2027."""
    return Clock("2027-04-02")


@pytest.fixture
def ledger(clock: Clock) -> Ledger:
    """Give an empty ledger."""
    return Ledger(MemoryRecorder(), by="analyst", clock=clock)


def events(entries: tuple[Entry, ...]) -> list[object]:
    """Give what entries hold."""
    return [entry.event for entry in entries]


# What is put on record


def test_a_pass_is_on_record_as_the_ledger_noticed_it(ledger: Ledger, clock: Clock) -> None:
    """The entry says which due period of what passed, and who had it noticed when; it has no source, as no source says it."""
    ledger.record(WARDS, sources=[LETTER])
    (entry,) = ledger.sweep("2027-04-02")
    assert entry == Entry(
        number=2,
        event=WARDS_PASSED,
        recorded_at=clock.now + timedelta(microseconds=1),
        recorded_by="analyst",
        place=2,
    )
    assert ledger.entries[1:] == (entry,)


def test_a_second_sweep_adds_nothing(ledger: Ledger) -> None:
    """Each pass is put on record once, however often and by whomever it is swept."""
    recorder = MemoryRecorder()
    mine, yours = Ledger(recorder, by="me"), Ledger(recorder, by="you")
    mine.record(WARDS, PLAN, NOTICE)
    assert len(mine.sweep("2027-04-01")) == 4
    assert [mine.sweep("2027-04-01"), yours.sweep("2027-04-01"), yours.sweep("2030-01-01")] == [(), (), ()]
    assert len(yours.entries) == 7
    assert ledger.sweep("2027-04-01") == ()


@pytest.mark.parametrize(
    ("due", "today", "passed"),
    [
        ("2027-03-31", "2027-03-30", False),
        ("2027-03-31", "2027-03-31", False),
        ("2027-03-31", "2027-04-01", True),
        ("2027-03-31", "2027-04-02", True),
        ("2027-03", "2027-03-31", False),
        ("2027-03", "2027-04-01", True),
        ("2027-33", "2027-03-31", False),
        ("2027-33", "2027-04-01", True),
        ("../2027-03", "2027-03-31", False),
        ("../2027-03", "2027-04-01", True),
        ("2027", "2027-12-31", False),
        ("2027", "2028-01-01", True),
        ("2027-03/..", "9998-12-31", False),
        (None, "9998-12-31", False),
    ],
)
def test_a_deadline_is_swept_from_the_day_after_its_last_day(
    due: str | None, today: str, *, passed: bool, ledger: Ledger
) -> None:
    """On the last day there is nothing to record; on the day after there is; an open end and no date never pass."""
    ledger.record(ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due=due))
    assert len(ledger.sweep(today)) == passed


@pytest.mark.parametrize("today", [date(2027, 4, 1), datetime(2027, 3, 31, 23, tzinfo=UTC), "2027-04-01"])
def test_today_is_a_day_in_london(today: date | str, ledger: Ledger) -> None:
    """A date, its text, or an instant: an hour before midnight UTC the first of April has begun in London."""
    ledger.record(WARDS)
    assert events(ledger.sweep(today)) == [WARDS_PASSED]


def test_every_kind_of_deadline_is_swept_trust_by_trust_in_the_order_they_passed(ledger: Ledger) -> None:
    """Actions, plans and the requirements of notices: by trust, then by the day they passed; in one transaction."""
    ledger.record(PLAN, NOTICE, WARDS)
    swept = ledger.sweep("2027-04-01")
    assert events(swept) == [WARDS_PASSED, PLAN_PASSED, RECORDS_PASSED, STAFFING_PASSED]
    assert [entry.number for entry in swept] == [4, 5, 6, 7]
    assert len({entry.recorded_at for entry in swept}) == 1


def test_deadlines_of_one_day_are_swept_thing_by_thing(ledger: Ledger) -> None:
    """Two actions of one trust that passed on one day, and one of another trust of the same name, are each on record."""
    training = ActionCommitted(trust="RHA", on="2026-01-10", action="training", title="Train staff", due="2027-03-31")
    elsewhere = ActionCommitted(trust="RVN", on="2026-01-10", action="wards", title="End dormitory wards", due="2027-03")
    ledger.record(elsewhere, WARDS, training)
    assert [(e.event.trust, e.fact.about) for e in ledger.sweep("2027-04-01")] == [
        ("RHA", ("action", "training")),
        ("RHA", ("action", "wards")),
        ("RVN", ("action", "wards")),
    ]


def test_only_what_passed_by_the_day_is_swept(ledger: Ledger) -> None:
    """Sweeps as of earlier days record the earlier passes, each as it comes."""
    ledger.record(PLAN, NOTICE, WARDS)
    swept = [events(ledger.sweep(today)) for today in ("2025-04-30", "2025-05-01", "2026-02-08", "2027-04-01")]
    assert swept == [[], [RECORDS_PASSED], [PLAN_PASSED, STAFFING_PASSED], [WARDS_PASSED]]


@pytest.mark.parametrize(
    "end",
    [
        ActionCompleted(trust="RHA", on="2027-03-31", action="wards"),
        ActionDeadlineRevised(trust="RHA", on="2027-03-31", action="wards", due="2027-09"),
        ActionDeadlineRevised(trust="RHA", on="2027-03-31", action="wards", due=None),
    ],
)
def test_what_was_done_or_moved_in_time_is_not_swept(end: Event, ledger: Ledger) -> None:
    """A deadline that did not pass is not put on record."""
    ledger.record(WARDS, end)
    assert ledger.sweep("2027-04-01") == ()


def test_a_fact_still_to_come_does_not_stop_a_pass(ledger: Ledger) -> None:
    """What takes effect after today counts for nothing today."""
    ledger.record(WARDS, ActionCompleted(trust="RHA", on="2027-03/2027-05", action="wards"))
    assert events(ledger.sweep("2027-04-01")) == [WARDS_PASSED]


@pytest.mark.parametrize("on", ["2027-04-01", "2027-04-02", "2028-01-01"])
def test_a_fact_still_to_come_brings_no_pass_forward(on: str, ledger: Ledger) -> None:
    """Where something is on record of a day to come, what passes before that day has still not passed today."""
    ledger.record(WARDS, RatingChanged(trust="RHA", on=on, rating="Good"))
    assert ledger.sweep("2027-03-31") == ()
    assert events(ledger.sweep("2027-04-01")) == [WARDS_PASSED]


def test_an_empty_ledger_has_nothing_to_sweep(ledger: Ledger) -> None:
    """Nothing on record, nothing passed."""
    assert ledger.sweep("2027-04-01") == ()
    assert ledger.entries == ()


# What comes later


def test_a_completion_recorded_late_leaves_the_pass_as_testimony(ledger: Ledger, clock: Clock) -> None:
    """The pass stays on record as what the ledger noticed then; no view that knows of the completion says overdue or missed."""
    ledger.record(WARDS)
    (seen,) = ledger.sweep("2027-04-02")
    clock.set("2027-04-20")
    ledger.record(ActionCompleted(trust="RHA", on="2027-03-20", action="wards"))
    view = ledger.at("2027-04-20")
    action = view.trust("RHA").actions["wards"]
    assert (action.status, action.missed, action.is_late) == ("completed", (), False)
    assert "overdue" not in f"{view.page('RHA')} {view} {view.deadlines()}"
    assert (seen in ledger.entries, seen in view.known("RHA"), seen in view.entries("RHA")) == (True, True, False)
    assert ledger.at("2027-04-20", known_at="2027-04-19").trust("RHA").actions["wards"].status == "overdue"
    assert ledger.sweep("2027-04-20") == ()


def test_a_deadline_revised_onward_and_missed_again_is_swept_again(ledger: Ledger) -> None:
    """Each due period that passed is on record: the first, and the one it was moved to, from the day after that."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-01")
    ledger.record(ActionDeadlineRevised(trust="RHA", on="2027-04-15", action="wards", due="2027-06"))
    assert ledger.sweep("2027-06-30") == ()
    again = ActionDeadlinePassed(trust="RHA", on="2027-07-01", action="wards", due="2027-06")
    assert events(ledger.sweep("2027-07-01")) == [again]
    assert ledger.sweep("2027-07-02") == ()


@pytest.mark.parametrize("due", ["2027-03", "2027-03-31", "2027-33", "../2027-03", "2027-03~"])
def test_a_deadline_put_in_other_words_is_swept_once(due: str, ledger: Ledger) -> None:
    """A due period is told by its last day: in other words, or moved away and back, it is on record already."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-01")
    away = ActionDeadlineRevised(trust="RHA", on="2027-04-15", action="wards", due="2027-12")
    ledger.record(away, ActionDeadlineRevised(trust="RHA", on="2027-04-16", action="wards", due=due))
    assert ledger.sweep("2027-05-01") == ()


def test_a_deadline_that_was_in_other_words_in_time_is_swept_once(ledger: Ledger) -> None:
    """A revision recorded late that only restates the last day changes the words of the pass, which is on record already."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-01")
    ledger.record(ActionDeadlineRevised(trust="RHA", on="2027-03-01", action="wards", due="2027-03-31"))
    assert ledger.at("2027-04-02").trust("RHA").actions["wards"].missed == (When("2027-03-31"),)
    assert ledger.sweep("2027-04-02") == ()


def test_a_deadline_that_passes_a_second_time_is_not_swept_again(ledger: Ledger) -> None:
    """Completed late and reopened, an action misses the same due period no second time."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-01")
    ledger.record(ActionCompleted(trust="RHA", on="2027-04-10", action="wards"))
    ledger.record(ActionReopened(trust="RHA", on="2027-04-20", action="wards"))
    assert ledger.sweep("2027-05-01") == ()


def test_a_pass_that_was_taken_back_can_be_swept_again(ledger: Ledger) -> None:
    """A sweep gone wrong can be taken back like any entry, and done again; neither changes a view."""
    ledger.record(WARDS)
    (wrong,) = ledger.sweep("2027-04-01")
    before = ledger.at("2027-04-01").report("RHA")
    ledger.retract(wrong.number, reason="swept by mistake")
    assert ledger.at("2027-04-01").report("RHA") == before
    (again,) = ledger.sweep("2027-04-01")
    assert (again.number, again.event) == (4, WARDS_PASSED)
    assert ledger.at("2027-04-01").report("RHA") == before
    with pytest.raises(CorrectionError, match="entry 2 was taken back by entry 3"):
        ledger.retract(wrong.number, reason="swept by mistake")


def test_requirements_of_one_notice_with_one_last_day_are_told_apart(ledger: Ledger) -> None:
    """Of two that passed on one day, the one whose pass was taken back is swept again, and the other is not."""
    wanted = [NoticeRequirement(requirement=one, text="Do it", comply_by="2025-04") for one in ("records", "staffing")]
    ledger.record(NoticeIssued(trust="RVN", on="2025-01-20", notice="warning", kind="Warning Notice", requirements=wanted))
    records, staffing = ledger.sweep("2025-05-01")
    ledger.retract(staffing.number, reason="swept by mistake")
    assert events(ledger.sweep("2025-05-01")) == [staffing.event]
    assert records.event == RECORDS_PASSED


# What is refused


SENTENCE = "entry 2 says that a deadline was seen to pass: it can only be taken back; correct what set the deadline"


@pytest.mark.parametrize(
    "act",
    [
        lambda ledger: ledger.correct(2, WARDS, reason="not so"),
        lambda ledger: ledger.correct(2, WARDS_PASSED, reason="not so"),
        lambda ledger: ledger.corroborate(2, LETTER),
        lambda ledger: ledger.record(Draft(event=WARDS, replaces=2, reason="not so")),
    ],
)
def test_a_recorded_pass_can_be_neither_corrected_nor_corroborated(act: Callable[[Ledger], object], ledger: Ledger) -> None:
    """Nobody can say of a pass that it was otherwise or that a source says so too: it follows from what set the deadline."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-01")
    with pytest.raises(CorrectionError) as refused:
        act(ledger)
    assert (str(refused.value), refused.value.number) == (SENTENCE, 2)
    assert len(ledger.entries) == 2


@pytest.mark.parametrize("passed", [WARDS_PASSED, PLAN_PASSED, STAFFING_PASSED])
def test_a_pass_by_hand_is_refused(passed: Event, ledger: Ledger) -> None:
    """Nothing but a sweep puts a pass on record: not recording, not a draft, not a correction, also where it did pass."""
    ledger.record(WARDS, PLAN, NOTICE)
    for by_hand in (passed, Draft(event=passed, sources=[LETTER])):
        with pytest.raises(EventError) as refused:
            ledger.record(by_hand)
        assert str(refused.value) == (
            "the passing of a deadline is derived, never recorded by hand: record the deadline itself; "
            "ledger.sweep() puts on record that it was noticed"
        )
    number = next(e.number for e in ledger.entries if e.event.trust == passed.trust)
    with pytest.raises(CorrectionError, match=f"entry {number} can only be corrected by a fact about the world"):
        ledger.correct(number, passed, reason="it passed")
    assert len(ledger.entries) == 3
    assert len(ledger.sweep("2027-04-01")) == 4
    with pytest.raises(EventError, match="never recorded by hand"):
        ledger.record(passed)
    assert len(ledger.entries) == 7


@pytest.mark.parametrize(
    ("today", "refused"), [("2027-03-31", True), ("2027-04-01", False), ("2027-04-02", False), ("1990-01-01", True)]
)
def test_a_day_before_the_last_pass_on_record_is_refused(today: str, *, refused: bool, ledger: Ledger) -> None:
    """A sweep never goes back: as of the day that the last one reached, or later, and nothing is recorded of any trust."""
    ledger.record(WARDS)
    ledger.sweep("2027-04-02")
    ledger.record(NOTICE)
    if refused:
        with pytest.raises(SweepError) as wrong:
            ledger.sweep(today)
        assert str(wrong.value) == ("the ledger was swept through 1 April 2027 already: sweep as of that day or a later one")
        assert wrong.value.value == date.fromisoformat(today)
    else:
        assert events(ledger.sweep(today)) == [RECORDS_PASSED, STAFFING_PASSED]
    assert len(ledger.entries) == (3 if refused else 5)


def test_a_pass_that_was_taken_back_holds_no_sweep_up(ledger: Ledger) -> None:
    """A sweep as of a wrong day, once taken back, leaves earlier days open."""
    ledger.record(WARDS, PLAN)
    swept = ledger.sweep("2027-04-01")
    with pytest.raises(SweepError):
        ledger.sweep("2026-02-08")
    for entry in swept:
        ledger.retract(entry.number, reason="wrong day")
    assert events(ledger.sweep("2026-02-08")) == [PLAN_PASSED]


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        ("2026-06-01T12:00+00:00", False),
        ("2027-03-31T22:59:59+00:00", False),
        ("2027-03-31T23:00+00:00", True),
        ("2027-04-01T12:00+00:00", True),
    ],
)
def test_a_sweep_ahead_of_its_day_does_not_block(now: str, *, refused: bool, ledger: Ledger, clock: Clock) -> None:
    """A pass recorded before its day came, in London, says nothing of how far sweeps have got; from midnight it does."""
    clock.set(now)
    ledger.record(WARDS)
    assert events(ledger.sweep("2027-04-01")) == [WARDS_PASSED]
    ledger.record(PLAN)
    if refused:
        with pytest.raises(SweepError):
            ledger.sweep("2027-03-31")
    else:
        assert events(ledger.sweep("2027-03-31")) == [PLAN_PASSED]


@pytest.mark.parametrize("today", ["2027-02-29", "2027-13-01", "2027-04", "tomorrow", "", "0001-01-01", datetime(2027, 4, 1)])  # noqa: DTZ001  # without a time zone is what is refused
def test_an_impossible_day_is_refused(today: date | str, ledger: Ledger) -> None:
    """What is no day is told as such, and nothing is recorded."""
    ledger.record(WARDS)
    with pytest.raises(WhenError):
        ledger.sweep(today)
    assert len(ledger.entries) == 1


def test_what_is_no_pass_is_no_testimony() -> None:
    """Only the passing of a deadline can be told once by its due period."""
    with pytest.raises(TypeError, match="ActionCommitted is not the passing of a deadline"):
        once(WARDS)


# With a sweep or without


MISREAD = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2027-02")
STEPS: list[tuple[str, Callable[[Ledger], object]]] = [
    (
        "2026-01-20",
        lambda ledger: ledger.record(
            Draft(event=WARDS, sources=[LETTER], inferred=["on"], key="wards"),
            Draft(event=NOTICE, sources=[Citation(source=LETTER, at="page 2")]),
            Draft(event=PLAN, sources=[BRIEFING]),
        ),
    ),
    ("2026-03-10", lambda ledger: ledger.record(ActionPlanSubmitted(trust="RT5", on="2026-02", plan="well-led"))),
    (
        "2026-04-01",
        lambda ledger: ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"), sources=[LETTER]),
    ),
    (
        "2027-04-15",
        lambda ledger: ledger.record(
            ActionDeadlineRevised(trust="RHA", on="2027-04/2027-08", action="wards", due="2027-06"),
            NoticeDetermined(trust="RVN", on="2025-06/2025-07", notice="warning", outcome="complied", requirement="staffing"),
            sources=[LETTER],
        ),
    ),
    ("2027-05-01", lambda ledger: ledger.correct(1, MISREAD, reason="misread")),
    ("2027-07-10", lambda ledger: ledger.corroborate(number_of(ledger, PLAN), LETTER)),
    ("2027-09-10", lambda ledger: ledger.retract(number_of(ledger, MISREAD), reason="of another trust")),
    ("2027-10-01", lambda ledger: ledger.record(WARDS, sources=[LETTER, BRIEFING])),
]
"""A history in which every kind of deadline passes, some before what undoes it is known."""
CODES = ("RHA", "RT5", "RVN", "RX1")


def number_of(ledger: Ledger, event: Event) -> int:
    """Give the number of an entry by what it holds."""
    return next(e.number for e in ledger.entries if e.event == event)


def built(*, swept: bool) -> Ledger:
    """Give the ledger of the history, swept after each of its days or never."""
    clock = Clock("2026-01-01")
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=clock)
    for day, act in STEPS:
        clock.set(day)
        act(ledger)
        if swept:
            ledger.sweep(day)
    return ledger


@pytest.fixture(scope="module")
def both() -> tuple[Ledger, Ledger]:
    """Give the history with its passes on record, and without."""
    return built(swept=True), built(swept=False)


def told(ledger: Ledger, day: str, bounds: dict[str, str]) -> list[str]:
    """Give everything that a view says, with its entries numbered as if no pass were on record."""
    facts = [e.number for e in ledger.entries if not isinstance(e.event, PASSES)]
    renumbered = {str(old): str(new) for new, old in enumerate(facts, 1)}
    view = ledger.at(day, **bounds)
    stand = [e for code in CODES for found in (view.entries(code), view.uncertain(code), view.standing(code)) for e in found]
    said: list[object] = [
        [view.trusts(), view.codes(), str(view.horizon), view.is_forecast, str(view)],
        *(str(view.page(code)) for code in CODES),
        *(view.report(code) for code in CODES),
        *([step.row() for step in view.why(code)] for code in CODES),
        *([one.row(), str(one)] for one in view.deadlines()),
        [str(change) for change in view.diff(ledger.at("2026-01-31", **bounds))],
        [[[e.number], str(e.event), str(e.sources), sorted(e.inferred), str(e.recorded_at), e.recorded_by] for e in stand],
    ]
    numbers = re.compile(r"(?<=\[)\d+(?:, \d+)*(?=\])|(?<=\"entry\": )\d+")
    return [
        numbers.sub(lambda found: ", ".join(renumbered[one] for one in found[0].split(", ")), json.dumps(one)) for one in said
    ]


@pytest.mark.parametrize(
    "day", ["2025-04-30", "2025-05-01", "2025-07-15", "2026-02-08", "2026-03-31", "2027-04-01", "2027-07-01", "2028-01-01"]
)
@pytest.mark.parametrize(
    "bounds",
    [
        {},
        {"known_at": "2026-03-09"},
        {"known_at": "2027-05-01"},
        {"known_at": "2027-09-30"},
        {"public_on": "2026-01-14"},
        {"public_on": "2027-06-01"},
        {"public_on": "2027-06-01", "known_at": "2027-04-15"},
    ],
    ids=str,
)
def test_with_a_sweep_or_without_every_view_is_the_same(day: str, bounds: dict[str, str], both: tuple[Ledger, Ledger]) -> None:
    """Entries, report, page, reasons, deadlines, differences, uncertain, trusts, horizon and forecast: alike but for numbers."""
    swept, plain = both
    assert len(swept.entries) - len(plain.entries) == 6
    assert told(swept, day, bounds) == told(plain, day, bounds)


@pytest.mark.parametrize("day", ["2025-07-15", "2026-03-31", "2027-04-01", "2027-07-01"])
@pytest.mark.parametrize("public_on", [None, "2027-06-01"])
def test_a_sweep_leaves_every_view_as_it_was(day: str, public_on: str | None, both: tuple[Ledger, Ledger]) -> None:
    """A sweep at the end changes nothing, numbers and all; also in histories and in views of many days."""
    plain = both[1]
    swept = plain.fork(clock=Clock("2030-06-01"))
    assert len(swept.sweep("2030-06-01")) == 5
    one, other = swept.at(day, public_on=public_on), plain.at(day, public_on=public_on)
    assert (one.is_forecast, one.horizon, str(one)) == (other.is_forecast, other.horizon, str(other))
    for code in CODES:
        assert one.report(code) == other.report(code)
        assert str(one.page(code)) == str(other.page(code))
        assert one.entries(code) == other.entries(code)
        assert swept.history(code, public_on=public_on) == plain.history(code, public_on=public_on)
        assert swept.over([day])[0].trust(code) == plain.over([day])[0].trust(code)


FILE = """\
trust: RHA
sources:
  letter: {title: Open letter, publisher: The trust, published: 2026-01-15, marking: public}
events:
  - ActionCommitted: {action: wards, on: 2026-01-10, title: End dormitory wards, due: 2027-03}
    sources: [{ref: letter}]
"""


def test_files_compared_after_a_sweep_report_nothing_gone(ledger: Ledger, tmp_path: Path) -> None:
    """A pass on record came from no file, so none misses it: nothing is new, changed, gone or taken back, and nothing recorded."""
    file = tmp_path / "RHA.yaml"
    file.write_text(FILE)
    ingest(ledger, [file])
    (swept,) = ledger.sweep("2027-04-02")
    ledger.retract(swept.number, reason="swept by mistake")
    ledger.sweep("2027-04-02")
    found = compare(ledger, read([file]))
    assert (found.new, found.further, found.corrections, found.gone, found.retracted, found.unchanged) == (
        (),
        (),
        (),
        (),
        (),
        1,
    )
    assert ingest(ledger, [file], correct=True, retract=True).recorded == ()
    assert [type(e.event) for e in ledger.entries] == [ActionCommitted, ActionDeadlinePassed, Retracted, ActionDeadlinePassed]


# Others at work


def test_a_sweep_that_was_beaten_to_it_adds_nothing() -> None:
    """Where another sweep got in between looking and appending, this one looks again and finds everything on record."""
    recorder = MemoryRecorder()
    theirs = Ledger(recorder, by="they", clock=lambda: datetime(2027, 4, 2, 12, tzinfo=UTC))
    theirs.record(WARDS, PLAN)

    def while_they_sweep() -> datetime:
        theirs.sweep("2027-04-02")
        return datetime(2027, 4, 2, 12, tzinfo=UTC)

    assert Ledger(recorder, by="me", clock=while_they_sweep).sweep("2027-04-02") == ()
    assert [(e.event, e.recorded_by) for e in theirs.entries[2:]] == [(WARDS_PASSED, "they"), (PLAN_PASSED, "they")]


SWEEPER = """
import sys
from ledger import Ledger
for place in sys.stdin:
    with Ledger.open(place.strip(), by=sys.argv[1], create=False) as ledger:
        len(ledger.entries)
        print("ready", flush=True)
        sys.stdin.readline()
        print(len(ledger.sweep("2027-04-02")), flush=True)
"""
"""Opens the ledger it is told of, waits to be let go, sweeps it, and tells how many passes it recorded; and again."""


def test_two_processes_that_sweep_one_file_at_once_record_each_pass_once(tmp_path: Path) -> None:
    """Let go at the same moment, two processes put each pass on record once between them, round after round."""
    commands = ([sys.executable, "-c", SWEEPER, name] for name in ("one", "other"))
    both = [subprocess.Popen(one, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for one in commands]

    def say(line: object) -> None:
        for process in both:
            assert process.stdin is not None
            process.stdin.write(f"{line}\n")

    def answers() -> list[str]:
        return [process.stdout.readline().strip() for process in both if process.stdout is not None]

    for place in (tmp_path / f"{n}.db" for n in range(4)):
        with Ledger.open(place, by="analyst") as ledger:
            ledger.record(NOTICE, *(committed(f"{code}-{n}", code) for code in ("RHA", "RT5", "RVN") for n in range(20)))
            say(place)
            assert answers() == ["ready", "ready"]
            say("go")
            recorded = answers()
            passes = [e.fact for e in ledger.entries if isinstance(e.event, PASSES)]
        assert sum(map(int, recorded)) == len(passes) == len(set(passes)) == 62
    for process in both:
        process.communicate(timeout=30)
    assert [process.returncode for process in both] == [0, 0]


def committed(action: str, trust: str) -> ActionCommitted:
    """Give a commitment that was due by 31 March 2027."""
    return ActionCommitted(trust=trust, on="2026-01-10", action=action.lower(), title="Do it", due="2027-03-31")
