"""Notices, what they require, and what became of them."""

from datetime import date

import pytest

from ledger import When, with_midnights
from ledger.events import (
    Event,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeIssued,
    NoticeKind,
    NoticeOutcome,
    NoticeRepresentationsMade,
    NoticeRequirement,
    NoticeWithdrawn,
)
from ledger.projections.notices import Notice, RequiredByNotice, notices

ISSUED = NoticeIssued(
    trust="RVN",
    on="2025-01-20",
    notice="warning",
    kind="Warning Notice",
    statute="section 29A",
    requirements=[
        NoticeRequirement(requirement="staffing", text="Enough staff", service="Acute wards", comply_by="2025-04-30"),
        NoticeRequirement(requirement="records", text="Complete records"),
    ],
    inspection="acute-2024",
    service="Acute wards",
    text="Significant improvement is required.",
)
FOLLOWED_UP = NoticeFollowedUp(trust="RVN", on="2025-05-06", notice="warning")
COMPLIED = NoticeDetermined(trust="RVN", on="2025-06-02", notice="warning", outcome="complied")
WITHDRAWN = NoticeWithdrawn(trust="RVN", on="2025-07-01", notice="warning")
STAFFING_MET = NoticeDetermined(trust="RVN", on="2025-06-01", notice="warning", outcome="complied", requirement="staffing")


def test_a_notice_is_on_record_as_issued() -> None:
    """Everything that a notice says is kept, and everything it requires, in its own order."""
    assert notices.fold([ISSUED])["warning"] == Notice(
        notice="warning",
        kind=NoticeKind.WARNING_NOTICE,
        statute="section 29A",
        service="Acute wards",
        text="Significant improvement is required.",
        inspection="acute-2024",
        issued_on=When("2025-01-20"),
        requirements=(
            RequiredByNotice(requirement="staffing", text="Enough staff", service="Acute wards", comply_by=When("2025-04-30")),
            RequiredByNotice(requirement="records", text="Complete records"),
        ),
        last_heard=date(2025, 1, 20),
    )


def test_a_notice_issued_again_moves_no_day() -> None:
    """The first day of issue stands, and the first day to comply by; one that was not stated is filled in."""
    again = NoticeIssued(
        trust="RVN",
        on="2025-02-01",
        notice="warning",
        kind="Notice of Proposal",
        requirements=[
            NoticeRequirement(requirement="staffing", text="Staff", comply_by="2025-05-31"),
            NoticeRequirement(requirement="records", text="Records", service="All wards", comply_by="2025-06"),
        ],
    )
    notice = notices.fold([ISSUED, again])["warning"]
    assert (notice.issued_on, notice.kind) == (When("2025-01-20"), NoticeKind.NOTICE_OF_PROPOSAL)
    assert notice.requirements == (
        RequiredByNotice(requirement="staffing", text="Staff", comply_by=When("2025-04-30")),
        RequiredByNotice(requirement="records", text="Records", service="All wards", comply_by=When("2025-06")),
    )


def test_what_happened_since_is_added() -> None:
    """Representations, a return visit, the determination and a withdrawal each add their day and leave the notice as it was."""
    made = NoticeRepresentationsMade(trust="RVN", on="2025-02", notice="warning")
    notice = notices.fold([ISSUED, made, FOLLOWED_UP, COMPLIED, WITHDRAWN])["warning"]
    assert (notice.representations_on, notice.followed_up_on) == (When("2025-02"), When("2025-05-06"))
    assert (notice.determined_on, notice.outcome) == (When("2025-06-02"), NoticeOutcome.COMPLIED)
    assert (notice.withdrawn_on, notice.issued_on) == (When("2025-07-01"), When("2025-01-20"))
    assert notice.last_heard == date(2025, 7, 1)


def test_one_requirement_is_determined() -> None:
    """A determination of one requirement is its outcome alone: the others and the notice stay open."""
    notice = notices.fold([ISSUED, STAFFING_MET])["warning"]
    assert [(one.requirement, one.outcome) for one in notice.requirements] == [
        ("staffing", NoticeOutcome.COMPLIED),
        ("records", None),
    ]
    assert (notice.outcome, notice.determined_on) == (None, None)
    assert notice.last_heard == date(2025, 6, 1)


def test_ends_known_before_the_issue_stand() -> None:
    """A determination, of the notice and of a requirement, that counts before the issue is kept when the notice is issued."""
    issued = NoticeIssued(
        trust="RVN",
        on="2025",
        notice="warning",
        kind="Warning Notice",
        requirements=[NoticeRequirement(requirement="staffing", text="Enough staff", comply_by="2025-04-30")],
    )
    assert notices.fold([STAFFING_MET, COMPLIED, issued])["warning"] == Notice(
        notice="warning",
        kind=NoticeKind.WARNING_NOTICE,
        issued_on=When("2025"),
        determined_on=When("2025-06-02"),
        outcome=NoticeOutcome.COMPLIED,
        requirements=(
            RequiredByNotice(
                requirement="staffing",
                text="Enough staff",
                comply_by=When("2025-04-30"),
                outcome=NoticeOutcome.COMPLIED,
            ),
        ),
        last_heard=date(2025, 12, 31),
    )


@pytest.mark.parametrize(
    ("until", "missed"),
    [("2025-04-29", ()), ("2025-04-30", ()), ("2025-05-01", (When("2025-04-30"),))],
)
def test_a_day_to_comply_by_has_passed_on_the_day_after(until: str, missed: tuple[When, ...]) -> None:
    """The trust may comply all through the last day; a requirement without a day never passes."""
    notice = notices.fold(with_midnights([ISSUED], date.fromisoformat(until)))["warning"]
    assert [one.missed for one in notice.requirements] == [missed, ()]


@pytest.mark.parametrize(
    ("end", "missed"),
    [
        (NoticeDetermined(trust="RVN", on="2025-04-30", notice="warning", outcome="complied"), ()),
        (NoticeDetermined(trust="RVN", on="2025-04-30", notice="warning", outcome="complied", requirement="staffing"), ()),
        (NoticeWithdrawn(trust="RVN", on="2025-04-30", notice="warning"), ()),
        (NoticeDetermined(trust="RVN", on="2025-05-01", notice="warning", outcome="complied"), (When("2025-04-30"),)),
        (NoticeWithdrawn(trust="RVN", on="2025-05-01", notice="warning"), (When("2025-04-30"),)),
        (NoticeFollowedUp(trust="RVN", on="2025-04-30", notice="warning"), (When("2025-04-30"),)),
        (
            NoticeDetermined(trust="RVN", on="2025-04-30", notice="warning", outcome="complied", requirement="records"),
            (When("2025-04-30"),),
        ),
    ],
)
def test_only_a_determination_or_a_withdrawal_stops_the_day(end: Event, missed: tuple[When, ...]) -> None:
    """A requirement determined, or a notice determined or withdrawn, by the last day misses nothing; a return visit stops nothing."""
    notice = notices.fold(with_midnights([ISSUED, end], date(2025, 12, 1)))["warning"]
    assert notice.requirements[0].missed == missed


def test_the_passing_of_a_day_is_nothing_that_was_heard() -> None:
    """A passed day is noted at its requirement, after those before it, and leaves the day of the latest news alone."""
    given = [
        ISSUED,
        NoticeDeadlinePassed(trust="RVN", on="2025-05-01", notice="warning", requirement="staffing", due="2025-04-30"),
        NoticeDeadlinePassed(trust="RVN", on="2025-06-01", notice="warning", requirement="staffing", due="2025-05"),
    ]
    notice = notices.fold(given)["warning"]
    assert [one.missed for one in notice.requirements] == [(When("2025-04-30"), When("2025-05")), ()]
    assert (notice.last_heard, notice.outcome) == (date(2025, 1, 20), None)


def test_the_passing_of_a_day_alone_is_kept() -> None:
    """Any fact is taken in any state: a passed day of a notice not on record begins one that nothing was heard of."""
    passed = NoticeDeadlinePassed(trust="RVN", on="2025-05-01", notice="warning", requirement="staffing", due="2025-04-30")
    assert notices.fold([passed])["warning"] == Notice(
        notice="warning", requirements=(RequiredByNotice(requirement="staffing", missed=(When("2025-04-30"),)),)
    )


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([ISSUED], "no outcome on record"),
        ([ISSUED, FOLLOWED_UP], "followed up 6 May 2025, outcome awaited"),
        ([ISSUED, FOLLOWED_UP, COMPLIED], "complied, determined 2 June 2025"),
        ([ISSUED, COMPLIED, WITHDRAWN], "withdrawn 1 July 2025"),
        ([WITHDRAWN, ISSUED], "withdrawn 1 July 2025"),
    ],
)
def test_where_a_notice_stands(
    given: list[NoticeIssued | NoticeFollowedUp | NoticeDetermined | NoticeWithdrawn], status: str
) -> None:
    """A withdrawal outranks a determination, and a determination a return visit whose outcome is awaited."""
    assert notices.fold(given)["warning"].status == status


def test_a_notice_reads_aloud() -> None:
    """The words of a notice say when it was issued, what it requires by when, that a day has passed, and where it stands."""
    made = NoticeRepresentationsMade(trust="RVN", on="2025-02-03", notice="warning")
    records = NoticeDetermined(trust="RVN", on="2025-05-07", notice="warning", outcome="not complied", requirement="records")
    notice = notices.fold(with_midnights([ISSUED, made, FOLLOWED_UP, records], date(2025, 5, 7)))["warning"]
    assert notice.about == ("notice", "warning")
    assert str(notice) == (
        "Warning Notice, Acute wards: issued 20 January 2025; Significant improvement is required; statute: section 29A; "
        "requires: Enough staff, to comply by 30 April 2025, that day has passed; "
        "requires: Complete records, not complied; representations made 3 February 2025; "
        "followed up 6 May 2025, outcome awaited"
    )


def test_a_notice_known_only_by_its_end_says_so() -> None:
    """A notice whose issue is not on record says so, and a requirement without a text goes by its id."""
    assert str(notices.fold([WITHDRAWN])["warning"]) == "Notice: issue not on record; withdrawn 1 July 2025"
    assert notices.fold([STAFFING_MET, WITHDRAWN])["warning"].summary == (
        "issue not on record; requires: staffing, complied; withdrawn 1 July 2025"
    )
