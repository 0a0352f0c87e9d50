"""Meetings held and cancelled."""

from datetime import date

from ledger import When
from ledger.events import MeetingCancelled, MeetingHeld
from ledger.projections.meetings import Meeting, meetings

HELD = MeetingHeld(
    trust="RVN",
    on="2025-06-12",
    meeting="risk-summit",
    bodies=["CQC", "the trust"],
    purpose="To agree the plan",
    outcome="The plan was agreed",
)
CANCELLED = MeetingCancelled(
    trust="RVN",
    on="2025-05",
    meeting="risk-summit",
    bodies=["NHS England"],
    by="NHS England",
    purpose="To look at the plan",
    reason="no papers",
)


def test_a_meeting_held_is_on_record() -> None:
    """Everything that is said of a meeting that was held is kept."""
    assert meetings.fold([HELD])["risk-summit"] == Meeting(
        meeting="risk-summit",
        bodies=frozenset({"CQC", "the trust"}),
        purpose="To agree the plan",
        held_on=When("2025-06-12"),
        outcome="The plan was agreed",
        last_heard=date(2025, 6, 12),
    )


def test_a_meeting_cancelled_is_on_record() -> None:
    """Everything that is said of a meeting that was cancelled is kept."""
    assert meetings.fold([CANCELLED])["risk-summit"] == Meeting(
        meeting="risk-summit",
        bodies=frozenset({"NHS England"}),
        purpose="To look at the plan",
        cancelled_on=When("2025-05"),
        cancelled_by="NHS England",
        reason="no papers",
        last_heard=date(2025, 5, 31),
    )


def test_where_sources_say_both_both_stand() -> None:
    """A meeting told of as cancelled and as held is both; bodies are gathered, and the purpose told first stands."""
    assert meetings.fold([CANCELLED, HELD])["risk-summit"] == Meeting(
        meeting="risk-summit",
        bodies=frozenset({"NHS England", "CQC", "the trust"}),
        purpose="To look at the plan",
        held_on=When("2025-06-12"),
        outcome="The plan was agreed",
        cancelled_on=When("2025-05"),
        cancelled_by="NHS England",
        reason="no papers",
        last_heard=date(2025, 6, 12),
    )


def test_a_purpose_may_be_told_later() -> None:
    """A purpose that the first telling left out comes from the next."""
    first = MeetingCancelled(trust="RVN", on="2025-05-01", meeting="risk-summit")
    assert meetings.fold([first, HELD])["risk-summit"].purpose == "To agree the plan"


def test_a_second_telling_of_a_meeting_held_fills_gaps() -> None:
    """The day told first stands, and so does what came of it, unless the next telling says more; what it leaves out stays."""
    bare = MeetingHeld(trust="RVN", on="2025-06-30", meeting="risk-summit", bodies=["CQC"])
    assert meetings.fold([HELD, bare])["risk-summit"] == Meeting(
        meeting="risk-summit",
        bodies=frozenset({"CQC", "the trust"}),
        purpose="To agree the plan",
        held_on=When("2025-06-12"),
        outcome="The plan was agreed",
        last_heard=date(2025, 6, 30),
    )
    first = MeetingHeld(trust="RVN", on="2025-06-01", meeting="risk-summit", bodies=["CQC"])
    filled = meetings.fold([first, HELD])["risk-summit"]
    assert (filled.held_on, filled.outcome) == (When("2025-06-01"), "The plan was agreed")


def test_a_second_telling_of_a_meeting_cancelled_fills_gaps() -> None:
    """Who cancelled a meeting and why stays where the next telling leaves it out, and comes from it where the first did."""
    bare = MeetingCancelled(trust="RVN", on="2025-05", meeting="risk-summit")
    for given in ([CANCELLED, bare], [bare, CANCELLED]):
        assert meetings.fold(given)["risk-summit"] == Meeting(
            meeting="risk-summit",
            bodies=frozenset({"NHS England"}),
            purpose="To look at the plan",
            cancelled_on=When("2025-05"),
            cancelled_by="NHS England",
            reason="no papers",
            last_heard=date(2025, 5, 31),
        )


def test_a_meeting_held_reads_aloud() -> None:
    """The words of a meeting name the bodies in order, the day, what it was for and what came of it."""
    meeting = meetings.fold([HELD])["risk-summit"]
    assert meeting.about == ("meeting", "risk-summit")
    assert str(meeting) == "CQC and the trust: held 12 June 2025; To agree the plan; outcome: The plan was agreed"


def test_a_meeting_cancelled_reads_aloud() -> None:
    """The words of a cancelled meeting say when it was to be, who cancelled it and why."""
    assert str(meetings.fold([CANCELLED])["risk-summit"]) == (
        "NHS England: cancelled; planned for May 2025; cancelled by NHS England; reason: no papers; To look at the plan"
    )


def test_a_meeting_of_which_little_is_said_goes_by_its_id() -> None:
    """A meeting of nobody named goes by its id and says only that it was cancelled."""
    bare = MeetingCancelled(trust="RVN", on="2025-05-01", meeting="risk-summit")
    assert str(meetings.fold([bare])["risk-summit"]) == "risk-summit: cancelled; planned for 1 May 2025"
