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


RECORDS_NOT = NoticeDetermined(trust="RVN", on="2025-05-07", notice="warning", outcome="not complied", requirement="records")
BARE = NoticeIssued(trust="RVN", on="2025-01-20", notice="warning", kind="Warning Notice")


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
    """What was said first of a notice stands, and the first day to comply by; one that was not stated is filled in."""
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
    assert (notice.issued_on, notice.kind) == (When("2025-01-20"), NoticeKind.WARNING_NOTICE)
    assert (notice.statute, notice.service, notice.inspection) == ("section 29A", "Acute wards", "acute-2024")
    assert notice.text == "Significant improvement is required."
    assert notice.requirements == (
        RequiredByNotice(requirement="staffing", text="Enough staff", service="Acute wards", comply_by=When("2025-04-30")),
        RequiredByNotice(requirement="records", text="Complete records", service="All wards", comply_by=When("2025-06")),
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
    assert [(one.requirement, one.outcome, one.determined_on) for one in notice.requirements] == [
        ("staffing", NoticeOutcome.COMPLIED, When("2025-06-01")),
        ("records", None, None),
    ]
    assert (notice.outcome, notice.determined_on) == (None, None)
    assert notice.last_heard == date(2025, 6, 1)


def test_a_second_issue_fills_gaps() -> None:
    """What the first telling of a notice left out comes from the next."""
    bare = NoticeIssued(trust="RVN", on="2025-01-10", notice="warning", kind="Notice of Proposal")
    notice = notices.fold([bare, ISSUED])["warning"]
    assert (notice.issued_on, notice.kind) == (When("2025-01-10"), NoticeKind.NOTICE_OF_PROPOSAL)
    assert (notice.statute, notice.service, notice.inspection) == ("section 29A", "Acute wards", "acute-2024")
    assert notice.text == "Significant improvement is required."
    assert [one.requirement for one in notice.requirements] == ["staffing", "records"]


@pytest.mark.parametrize(
    "told",
    [
        NoticeRepresentationsMade(trust="RVN", on="2025-05-01", notice="warning", text="The trust disagrees."),
        NoticeFollowedUp(trust="RVN", on="2025-05-01", notice="warning", text="The trust disagrees."),
        NoticeDetermined(trust="RVN", on="2025-05-01", notice="warning", outcome="not complied", text="The trust disagrees."),
        NoticeDetermined(
            trust="RVN",
            on="2025-05-01",
            notice="warning",
            outcome="not complied",
            requirement="staffing",
            text="The trust disagrees.",
        ),
        NoticeWithdrawn(trust="RVN", on="2025-05-01", notice="warning", text="The trust disagrees."),
    ],
)
@pytest.mark.parametrize(
    "silent",
    [
        NoticeRepresentationsMade(trust="RVN", on="2025-08-01", notice="warning"),
        NoticeFollowedUp(trust="RVN", on="2025-08-01", notice="warning"),
        NoticeDetermined(trust="RVN", on="2025-08-01", notice="warning", outcome="complied"),
        NoticeDetermined(trust="RVN", on="2025-08-01", notice="warning", outcome="complied", requirement="records"),
        NoticeWithdrawn(trust="RVN", on="2025-08-01", notice="warning"),
    ],
)
def test_the_latest_news_of_a_notice_is_kept(
    told: NoticeRepresentationsMade | NoticeFollowedUp | NoticeDetermined | NoticeWithdrawn,
    silent: NoticeRepresentationsMade | NoticeFollowedUp | NoticeDetermined | NoticeWithdrawn,
) -> None:
    """What a source says of what happened since is the news, told last in the words; a fact without a text leaves it."""
    first = NoticeFollowedUp(trust="RVN", on="2025-04-01", notice="warning", text="CQC came back.")
    assert notices.fold([ISSUED, told])["warning"].news == "The trust disagrees."
    assert notices.fold([ISSUED, told, silent])["warning"].news == "The trust disagrees."
    assert notices.fold([ISSUED, silent, told])["warning"].news == "The trust disagrees."
    assert notices.fold([ISSUED, first, told])["warning"].news == "The trust disagrees."
    assert notices.fold([ISSUED, told])["warning"].summary.endswith("; The trust disagrees.")
    assert notices.fold([ISSUED, silent])["warning"].news is None
    assert notices.fold([ISSUED, told])["warning"].text == "Significant improvement is required."


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
                determined_on=When("2025-06-01"),
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
        ([BARE], "no outcome on record"),
        ([BARE, FOLLOWED_UP], "followed up 6 May 2025, outcome awaited"),
        ([ISSUED, FOLLOWED_UP], "followed up 6 May 2025, outcome awaited"),
        ([ISSUED, FOLLOWED_UP, COMPLIED], "complied, determined 2 June 2025"),
        ([ISSUED, COMPLIED, WITHDRAWN], "withdrawn 1 July 2025"),
        ([WITHDRAWN, ISSUED], "withdrawn 1 July 2025"),
        ([ISSUED, STAFFING_MET], "no outcome on record"),
        ([ISSUED, FOLLOWED_UP, STAFFING_MET], "followed up 6 May 2025, outcome awaited"),
        ([ISSUED, STAFFING_MET, RECORDS_NOT], "every requirement determined"),
        ([ISSUED, RECORDS_NOT, STAFFING_MET], "every requirement determined"),
        ([ISSUED, STAFFING_MET, RECORDS_NOT, FOLLOWED_UP], "every requirement determined"),
        ([ISSUED, STAFFING_MET, RECORDS_NOT, COMPLIED], "complied, determined 2 June 2025"),
        ([ISSUED, STAFFING_MET, RECORDS_NOT, WITHDRAWN], "withdrawn 1 July 2025"),
    ],
)
def test_where_a_notice_stands(
    given: list[NoticeIssued | NoticeFollowedUp | NoticeDetermined | NoticeWithdrawn], status: str
) -> None:
    """A withdrawal outranks a determination, that of the whole one of each requirement, and that a visit with its outcome awaited."""
    assert notices.fold(given)["warning"].status == status


def test_a_notice_reads_aloud() -> None:
    """The words of a notice say when it was issued, what it requires by when, that a day has passed, and where it stands."""
    made = NoticeRepresentationsMade(trust="RVN", on="2025-02-03", notice="warning")
    notice = notices.fold(with_midnights([ISSUED, made, FOLLOWED_UP, RECORDS_NOT], date(2025, 5, 7)))["warning"]
    assert notice.about == ("notice", "warning")
    assert str(notice) == (
        "Warning Notice, Acute wards: issued 20 January 2025; Significant improvement is required; statute: section 29A; "
        "requires: Enough staff, due 30 April 2025, that day passed while it was open; "
        "requires: Complete records, not complied, determined 7 May 2025; representations made 3 February 2025; "
        "followed up 6 May 2025, outcome awaited"
    )


def test_a_notice_known_only_by_its_end_says_so() -> None:
    """A notice whose issue is not on record says so, and a requirement without a text goes by its id."""
    assert str(notices.fold([WITHDRAWN])["warning"]) == "Notice: issue not on record; withdrawn 1 July 2025"
    assert notices.fold([STAFFING_MET, WITHDRAWN])["warning"].summary == (
        "issue not on record; requires: staffing, complied, determined 1 June 2025; withdrawn 1 July 2025"
    )


@pytest.mark.parametrize(
    ("on", "unsure"),
    [
        ("2025-05-01", ()),
        ("2025-05", ()),
        ("2025-05-01/2025-06", ()),
        ("2025-04-30/2025-06", (When("2025-04-30"),)),
        ("2025-04/2025-06", (When("2025-04-30"),)),
        ("../2025-06", (When("2025-04-30"),)),
        ("2025", (When("2025-04-30"),)),
        ("2025-05~", (When("2025-04-30"),)),
        ("2025-05-01?", (When("2025-04-30"),)),
        ("2025-05-01%", (When("2025-04-30"),)),
    ],
)
@pytest.mark.parametrize("kind", ["determined", "requirement determined", "withdrawn"])
def test_a_missed_day_that_an_imprecise_end_may_undo_is_unsure(kind: str, on: str, unsure: tuple[When, ...]) -> None:
    """An end that may fall on or before the last day, or is about or possibly then, leaves it unsure whether the day was missed."""
    end = {
        "determined": NoticeDetermined(trust="RVN", on=on, notice="warning", outcome="complied"),
        "requirement determined": NoticeDetermined(
            trust="RVN", on=on, notice="warning", outcome="complied", requirement="staffing"
        ),
        "withdrawn": NoticeWithdrawn(trust="RVN", on=on, notice="warning"),
    }[kind]
    notice = notices.fold(with_midnights([ISSUED, end], date(2025, 12, 31)))["warning"]
    assert [(one.missed, one.unsure) for one in notice.requirements] == [((When("2025-04-30"),), unsure), ((), ())]
    words = "that day may have passed while it was open" if unsure else "that day passed while it was open"
    assert f"requires: Enough staff, due 30 April 2025, {words}" in notice.summary


def test_the_end_of_one_requirement_leaves_the_misses_of_others_sure() -> None:
    """A determination of imprecise date undoes the misses of its own requirement alone; that of the notice, each of them once."""
    issued = NoticeIssued(
        trust="RVN",
        on="2025-01-20",
        notice="warning",
        kind="Warning Notice",
        requirements=[
            NoticeRequirement(requirement="staffing", text="Enough staff", comply_by="2025-04-30"),
            NoticeRequirement(requirement="records", text="Complete records", comply_by="2025-04-15"),
        ],
    )
    staffing = NoticeDetermined(trust="RVN", on="2025-04/2025-06", notice="warning", outcome="complied", requirement="staffing")
    whole = NoticeDetermined(trust="RVN", on="2025-03/2025-07", notice="warning", outcome="complied")
    notice = notices.fold(with_midnights([issued, staffing], date(2025, 12, 31)))["warning"]
    assert [one.unsure for one in notice.requirements] == [(When("2025-04-30"),), ()]
    notice = notices.fold(with_midnights([issued, staffing, whole], date(2025, 12, 31)))["warning"]
    assert [one.unsure for one in notice.requirements] == [(When("2025-04-30"),), (When("2025-04-15"),)]


@pytest.mark.parametrize(
    ("comply_by", "until", "has_passed"),
    [
        ("2025-04-30", "2025-04-29", False),
        ("2025-04-30", "2025-04-30", False),
        ("2025-04-30", "2025-05-01", True),
        ("2025-04", "2025-04-30", False),
        ("2025-04", "2025-05-01", True),
        ("2025-04/..", "9998-12-31", False),
        (None, "9998-12-31", False),
    ],
)
def test_whether_the_day_to_comply_by_has_passed(comply_by: str | None, until: str, *, has_passed: bool) -> None:
    """It has on the day after the last day; without a last day it never does."""
    required = NoticeRequirement(requirement="staffing", text="Enough staff", comply_by=comply_by)
    issued = NoticeIssued(trust="RVN", on="2025-01-20", notice="warning", kind="Warning Notice", requirements=[required])
    (one,) = notices.fold(with_midnights([issued], date.fromisoformat(until)))["warning"].requirements
    assert one.has_passed is has_passed
