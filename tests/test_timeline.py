"""Which entries count: both bounds of each of the three dates, the day before, the day and the day after."""

from datetime import date, datetime
from typing import Any

import pytest

from ledger import Citation, Entry, Marking, Source, timeline, with_midnights
from ledger._midnights import with_causes
from ledger._timeline import standing, uncertain
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Corroborated,
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    RatingChanged,
    Recordable,
    Retracted,
)

RECORDED = datetime.fromisoformat("2026-06-01T09:00:00Z")
CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
PAPER = Source(publisher="A council", title="Briefing", marking="confidential")


def rated(on: str, rating: str = "Good") -> RatingChanged:
    """Give a change of rating."""
    return RatingChanged(trust="RVN", on=on, rating=rating)


def entry(number: int, event: Recordable, *sources: Source, at: str = "2026-06-01T09:00:00Z", **more: Any) -> Entry:
    """Give an entry recorded in June 2026."""
    cited = tuple(Citation(source=source) for source in sources)
    fields = {"place": number, **more}
    recorded_at = datetime.fromisoformat(at)
    return Entry(number=number, event=event, recorded_at=recorded_at, recorded_by="analyst", sources=cited, **fields)


def numbers(entries: list[Entry]) -> list[int]:
    """Give the numbers of entries, in their order."""
    return [e.number for e in entries]


@pytest.mark.parametrize(
    ("on", "day", "counts"),
    [
        ("2025-05-30", "2025-05-29", False),
        ("2025-05-30", "2025-05-30", True),
        ("2025-05-30", "2025-05-31", True),
        ("2025-10/2026-03", "2026-03-30", False),
        ("2025-10/2026-03", "2026-03-31", True),
        ("2024-02", "2024-02-28", False),
        ("2024-02", "2024-02-29", True),
        ("../2026-03", "2026-03-30", False),
        ("../2026-03", "2026-03-31", True),
        ("2025-10/..", "9998-12-31", False),
    ],
)
def test_a_fact_counts_from_the_latest_day_it_can_mean(on: str, day: str, counts: bool) -> None:
    """The bound `on` is inclusive: a fact counts on its latest day and not the day before; an open end never does."""
    assert numbers(timeline([entry(1, rated(on))], on=date.fromisoformat(day))) == [1] * counts


@pytest.mark.parametrize(
    ("on", "day", "maybe"),
    [
        ("2025-05-30", "2025-05-30", False),
        ("2025-10/2026-03", "2025-09-30", False),
        ("2025-10/2026-03", "2025-10-01", True),
        ("2025-10/2026-03", "2026-03-30", True),
        ("2025-10/2026-03", "2026-03-31", False),
        ("../2026-03", "1948-01-01", True),
        ("2025-10/..", "2025-09-30", False),
        ("2025-10/..", "9998-12-31", True),
        ("2024-07~", "2024-06-30", False),
        ("2024-07~", "2024-07-01", True),
        ("2024-07?", "2030-01-01", True),
    ],
)
def test_a_fact_may_be_in_force_from_its_earliest_day_until_it_counts(on: str, day: str, maybe: bool) -> None:
    """Uncertain is from the earliest day to the day before the latest; for ever where the end is open or the bounds in doubt."""
    stand = standing([entry(1, rated(on))], markings={})
    assert numbers(uncertain(stand, date.fromisoformat(day))) == [1] * maybe


@pytest.mark.parametrize(
    ("known_at", "known"),
    [("2026-06-01T08:59:59.999999Z", False), ("2026-06-01T09:00:00Z", True), ("2026-06-01T09:00:00.000001Z", True)],
)
def test_an_entry_is_known_at_the_instant_it_was_recorded(known_at: str, known: bool) -> None:
    """The bound `known_at` is inclusive, to the microsecond."""
    found = timeline([entry(1, rated("2025"))], on=date(2026, 1, 1), known_at=datetime.fromisoformat(known_at))
    assert numbers(found) == [1] * known


@pytest.mark.parametrize(
    ("published", "public_on", "public"),
    [
        ("2025-05-30", "2025-05-29", False),
        ("2025-05-30", "2025-05-30", True),
        ("2025-05-30", "2025-05-31", True),
        ("2025-10/2026-03", "2026-03-30", False),
        ("2025-10/2026-03", "2026-03-31", True),
        ("2025-10/..", "9998-12-31", False),
        (None, "9998-12-31", False),
    ],
)
def test_an_entry_is_public_from_the_latest_day_its_source_can_mean(
    published: str | None, public_on: str, public: bool
) -> None:
    """The bound `public_on` is inclusive; what has no date of publication never becomes public."""
    source = Source(publisher="CQC", title="Report", marking="public", published=published)
    found = timeline([entry(1, rated("2024"), source)], on=date(2025, 1, 1), public_on=date.fromisoformat(public_on))
    assert numbers(found) == [1] * public


@pytest.mark.parametrize("marking", [marking for marking in Marking if marking is not Marking.PUBLIC])
def test_only_what_is_marked_public_is_public(marking: Marking) -> None:
    """A source marked in any other way makes nothing public."""
    source = Source(publisher="CQC", title="Report", marking=marking, published="2025")
    assert timeline([entry(1, rated("2024"), source)], on=date(2026, 1, 1), public_on=date(2026, 1, 1)) == []


def test_the_strictest_marking_on_record_gates_every_view() -> None:
    """A source that was once marked confidential is so in every public view, also for the entries recorded before."""
    log = [entry(1, rated("2024"), CQC)]
    marked = {CQC.identity: Marking.CONFIDENTIAL}
    assert timeline(log, on=date(2026, 1, 1), public_on=date(2026, 1, 1), markings=marked) == []


def test_what_is_known_only_through_a_confidential_source_is_not_public() -> None:
    """A public document known through a confidential one stays out of public views."""
    letter = Source(publisher="CQC", title="Letter", marking="public", published="2024", via=PAPER)
    assert timeline([entry(1, rated("2024"), letter)], on=date(2026, 1, 1), public_on=date(2026, 1, 1)) == []


def test_facts_of_one_day_stand_in_order_of_recording() -> None:
    """The order is the latest day, then the place: never the earliest day, never the type."""
    log = [
        entry(1, rated("2025-03")),
        entry(2, rated("2025-03-30")),
        entry(3, rated("2025-01/2025-03")),
        entry(4, rated("2025-03-31")),
    ]
    assert numbers(timeline(log, on=date(2025, 12, 31))) == [2, 1, 3, 4]


def test_a_correction_stands_in_the_place_of_what_it_corrects() -> None:
    """Among facts of one day a correction comes where the wrong entry was."""
    log = [
        entry(1, rated("2025")),
        entry(2, rated("2025", "Inadequate")),
        entry(3, rated("2025", "Outstanding"), replaces=1, place=1),
    ]
    assert numbers(timeline(log, on=date(2026, 1, 1))) == [3, 2]


def test_a_correction_not_yet_known_corrects_nothing() -> None:
    """Known comes first, then replaced: the day before the correction was recorded the wrong entry stands."""
    log = [entry(1, rated("2024")), entry(2, rated("2025"), at="2026-06-02T09:00:00Z", replaces=1, place=1)]
    assert numbers(timeline(log, on=date(2026, 1, 1), known_at=RECORDED)) == [1]
    assert numbers(timeline(log, on=date(2026, 1, 1))) == [2]


def test_what_is_replaced_stays_replaced() -> None:
    """A replacement that is replaced in turn brings nothing back."""
    log = [
        entry(1, rated("2024")),
        entry(2, rated("2025"), replaces=1, place=1),
        entry(3, Retracted(trust="RVN", entry=2), replaces=2),
    ]
    assert timeline(log, on=date(2026, 1, 1)) == []


def test_a_corroboration_adds_its_sources_once_it_is_known() -> None:
    """A further public source makes a fact public from its own publication, in views that know of it."""
    note = Corroborated(trust="RVN", entry=1)
    log = [entry(1, rated("2024"), PAPER), entry(2, note, CQC, at="2026-06-02T09:00:00Z")]
    public: dict[str, Any] = {"on": date(2026, 1, 1), "public_on": date(2026, 1, 1)}
    assert timeline(log, **public, known_at=RECORDED) == []
    (told,) = timeline(log, **public)
    assert [citation.source for citation in told.sources] == [CQC]
    taken_back = entry(3, Retracted(trust="RVN", entry=2), at="2026-06-03T09:00:00Z", replaces=2)
    assert timeline([*log, taken_back], **public) == []


def test_every_corroboration_adds_its_sources() -> None:
    """A second one does not take the place of the first."""
    note = Corroborated(trust="RVN", entry=1)
    log = [entry(1, rated("2024")), entry(2, note, CQC), entry(3, note, PAPER)]
    (told,) = timeline(log, on=date(2026, 1, 1))
    assert [citation.source for citation in told.sources] == [CQC, PAPER]


# Deadlines


def committed(due: str | None, on: str = "2025-01-01", **more: Any) -> ActionCommitted:
    """Give a commitment."""
    return ActionCommitted(trust="RHA", on=on, action="wards", title="End dormitory wards", due=due, **more)


def wards(kind: type[Any], on: str, **more: Any) -> Event:
    """Give another fact about the same action."""
    event = kind(trust="RHA", on=on, action="wards", **more)
    assert isinstance(event, Event)
    return event


def passed(facts: list[Event], until: str) -> list[tuple[str, str]]:
    """Give the passes up to a day: the day of each, and the due period."""
    found = with_midnights(facts, date.fromisoformat(until))
    return [(str(event.on), str(event.due)) for event in found if isinstance(event, ActionDeadlinePassed)]


@pytest.mark.parametrize(
    ("due", "until", "expected"),
    [
        ("2027-03", "2027-03-30", []),
        ("2027-03", "2027-03-31", []),
        ("2027-03", "2027-04-01", [("2027-04-01", "2027-03")]),
        ("2027-03", "2027-04-02", [("2027-04-01", "2027-03")]),
        ("2028-02", "2028-02-29", []),
        ("2028-02", "2028-03-01", [("2028-03-01", "2028-02")]),
        ("2025-01-01", "2025-01-01", []),
        ("2025-01-01", "2025-01-02", [("2025-01-02", "2025-01-01")]),
        ("2024-06", "2025-01-01", []),
        ("2024-06", "2025-01-02", [("2025-01-02", "2024-06")]),
        ("2025-03/..", "9998-12-31", []),
        (None, "9998-12-31", []),
    ],
)
def test_a_deadline_passes_at_the_midnight_after_its_last_day(
    due: str | None, until: str, expected: list[tuple[str, str]]
) -> None:
    """March 2027 is open all through 31 March and past on 1 April; a due day before the commitment passes the day after it."""
    assert passed([committed(due)], until) == expected


@pytest.mark.parametrize("ending", [ActionCompleted, ActionWithdrawn])
@pytest.mark.parametrize(("on", "passes"), [("2025-03-30", 0), ("2025-03-31", 0), ("2025-04-01", 1)])
def test_what_ends_by_its_last_day_never_misses_it(ending: type[Event], on: str, passes: int) -> None:
    """An ending on the last day is in time; on the day after, the deadline has passed before it."""
    assert len(passed([committed("2025-03"), wards(ending, on)], "2026-01-01")) == passes


def test_a_verification_ends_as_a_completion_does() -> None:
    """Somebody else's word that it was done closes the action."""
    facts = [committed("2025-03"), wards(ActionVerified, "2025-03-31", verified_by="internal audit")]
    assert passed(facts, "2026-01-01") == []


def test_a_pass_comes_before_everything_of_its_day() -> None:
    """A completion on the day after the last comes after the pass."""
    facts = [committed("2025-03"), wards(ActionCompleted, "2025-04-01")]
    assert [type(event) for event in with_midnights(facts, date(2025, 4, 1))] == [
        ActionCommitted,
        ActionDeadlinePassed,
        ActionCompleted,
    ]


def test_reopened_after_its_day_it_passes_at_the_next_midnight() -> None:
    """Completed in time and taken up again later, it is overdue from the day after."""
    facts = [committed("2025-03"), wards(ActionCompleted, "2025-03-01"), wards(ActionReopened, "2025-06-10")]
    assert passed(facts, "2025-06-10") == []
    assert passed(facts, "2025-06-11") == [("2025-06-11", "2025-03")]


def test_each_due_period_passes_once() -> None:
    """Missed, revised onward and back again, the first period does not pass a second time; the second does once."""
    moved = [
        committed("2025-03"),
        wards(ActionDeadlineRevised, "2025-05-01", due="2025-06"),
        wards(ActionDeadlineRevised, "2025-05-10", due="2025-03"),
        wards(ActionDeadlineRevised, "2025-05-20", due="2025-07"),
    ]
    assert passed(moved, "2026-01-01") == [("2025-04-01", "2025-03"), ("2025-08-01", "2025-07")]


def test_a_second_commitment_does_not_move_a_deadline() -> None:
    """The period first on record is the one that passes."""
    again = ActionCommitted(trust="RHA", on="2025-02-01", action="wards", title="End them", due="2025-09")
    assert passed([committed("2025-03"), again], "2026-01-01") == [("2025-04-01", "2025-03")]


def test_a_commitment_heard_of_after_the_end_stays_closed() -> None:
    """An end known before its beginning closes it."""
    assert passed([wards(ActionCompleted, "2025-01-01"), committed("2025-03", on="2025-02-01")], "2026-01-01") == []


def test_a_pass_on_record_is_left_out() -> None:
    """What a sweep noticed is testimony: the fold derives the passes itself."""
    recorded = ActionDeadlinePassed(trust="RHA", on="2025-04-02", action="wards", due="2025-03")
    assert passed([committed("2025-03"), recorded], "2026-01-01") == [("2025-04-01", "2025-03")]


def test_a_pass_has_the_fact_that_set_the_due_period_as_its_cause() -> None:
    """After a revision, the cause of the pass is the revision."""
    revised = wards(ActionDeadlineRevised, "2025-02-01", due="2025-06")
    causes = [cause for event, cause in with_causes([committed("2025-03"), revised], date(2026, 1, 1)) if event is not cause]
    assert causes == [revised]


def test_things_that_pass_at_one_midnight_come_in_order_of_id() -> None:
    """The order of passes of one midnight does not depend on the order of facts."""
    facts = [
        ActionCommitted(trust="RHA", on="2025-01-01", action="b", title="B", due="2025-03"),
        ActionPlanRequested(trust="RHA", on="2025-01-01", plan="a", due="2025-03"),
        ActionCommitted(trust="RHA", on="2025-01-01", action="a", title="A", due="2025-03"),
        ActionCommitted(trust="RHA", on="2025-01-01", action="c", title="C", due="2025-02"),
    ]
    found = [event for event in with_midnights(facts, date(2025, 4, 1)) if "Passed" in type(event).__name__]
    assert [event.about[1] for event in found] == ["c", "a", "b", "a"]
    assert isinstance(found[-1], ActionPlanDeadlinePassed)


def test_a_requested_plan_passes_until_it_is_sent() -> None:
    """The last day to send a plan by passes as an action's does; a plan sent in time misses nothing."""
    asked = ActionPlanRequested(trust="RHA", on="2025-01-01", plan="governance", due="2025-01-28")
    sent = ActionPlanSubmitted(trust="RHA", on="2025-01-28", plan="governance")
    passes = [event for event in with_midnights([asked], date(2025, 1, 29)) if isinstance(event, ActionPlanDeadlinePassed)]
    assert [(str(event.on), event.plan, str(event.due)) for event in passes] == [("2025-01-29", "governance", "2025-01-28")]
    assert list(with_midnights([asked, sent], date(2026, 1, 1))) == [asked, sent]


def issued(**by: str) -> NoticeIssued:
    """Give a notice that requires something by each day."""
    required = [NoticeRequirement(requirement=name, text=f"Do {name}", comply_by=day) for name, day in by.items()]
    return NoticeIssued(trust="RT5", on="2025-06-01", notice="waits", kind="Warning Notice", requirements=required)


def of_notice(facts: list[Event], until: str = "2026-01-01") -> list[tuple[str, str]]:
    """Give the passes of a notice's requirements: the day, and the requirement."""
    found = with_midnights(facts, date.fromisoformat(until))
    return [(str(event.on), event.requirement) for event in found if isinstance(event, NoticeDeadlinePassed)]


def test_each_requirement_of_a_notice_has_its_own_day() -> None:
    """A requirement passes on its own day; one that was determined by then does not."""
    determined = NoticeDetermined(trust="RT5", on="2025-09-30", notice="waits", outcome="complied", requirement="a")
    assert of_notice([issued(a="2025-09-30", b="2025-10")]) == [("2025-10-01", "a"), ("2025-11-01", "b")]
    assert of_notice([issued(a="2025-09-30", b="2025-10"), determined]) == [("2025-11-01", "b")]


def test_a_notice_told_again_moves_no_day_and_opens_nothing() -> None:
    """The day first stated stands, and what was determined stays so."""
    determined = NoticeDetermined(trust="RT5", on="2025-07-01", notice="waits", outcome="complied", requirement="a")
    again = issued(a="2025-11", b="2025-12")
    assert of_notice([issued(a="2025-09-30", b="2025-10"), determined, again]) == [("2025-11-01", "b")]


@pytest.mark.parametrize(
    "ending",
    [
        NoticeDetermined(trust="RT5", on="2025-09-30", notice="waits", outcome="not complied"),
        NoticeWithdrawn(trust="RT5", on="2025-09-30", notice="waits"),
    ],
)
def test_the_end_of_a_notice_ends_every_deadline_of_it(ending: Event) -> None:
    """A determination of the whole, or a withdrawal, closes every requirement; also where the notice is heard of later."""
    late = NoticeIssued(
        trust="RT5", on="2025-10-01", notice="waits", kind="Warning Notice", requirements=issued(c="2025-12").requirements
    )
    other = NoticeIssued(
        trust="RT5", on="2025-10-01", notice="beds", kind="Warning Notice", requirements=issued(d="2025-12").requirements
    )
    assert of_notice([issued(a="2025-09-30", b="2025-10"), ending, late, other]) == [("2026-01-01", "d")]
