"""Concerns that were raised, and what became of them."""

from datetime import date

import pytest

from ledger import When
from ledger.events import (
    ConcernClosed,
    ConcernEscalated,
    ConcernRaised,
    ConcernStatus,
    ConcernSubstantiated,
    Route,
)
from ledger.projections.concerns import Concern, Escalation, concerns

RAISED = ConcernRaised(
    trust="RT5",
    on="2012-02",
    concern="altered-records",
    text="Records were altered.",
    status="alleged",
    route="whistle-blowing",
    by_role="a nurse",
    to="the line manager",
    detriment="moved to another ward",
    period="2010/2011",
)
SUBSTANTIATED = ConcernSubstantiated(
    trust="RT5", on="2012-09-01", concern="altered-records", by="an investigator", text="Records were changed."
)
ESCALATED = ConcernEscalated(
    trust="RT5", on="2012-05-01", concern="altered-records", to="CQC", by="the nurse", text="No answer had come."
)
CLOSED = ConcernClosed(trust="RT5", on="2012-12-01", concern="altered-records", outcome="policy changed")


def test_a_concern_is_on_record_as_raised() -> None:
    """Everything that is said of a concern is kept; it is what it was raised as."""
    assert concerns.fold([RAISED])["altered-records"] == Concern(
        concern="altered-records",
        text="Records were altered.",
        status=ConcernStatus.ALLEGED,
        route=Route.WHISTLE_BLOWING,
        by_role="a nurse",
        to="the line manager",
        detriment="moved to another ward",
        period=When("2010/2011"),
        raised_on=When("2012-02"),
        last_heard=date(2012, 2, 29),
    )


def test_what_became_of_a_concern_is_added() -> None:
    """Finding it to hold, taking it further and closing it each add facts, and leave what was raised."""
    concern = concerns.fold([RAISED, ESCALATED, SUBSTANTIATED, CLOSED])["altered-records"]
    assert concern == Concern(
        concern="altered-records",
        text="Records were altered.",
        status=ConcernStatus.ALLEGED,
        route=Route.WHISTLE_BLOWING,
        by_role="a nurse",
        to="the line manager",
        detriment="moved to another ward",
        period=When("2010/2011"),
        raised_on=When("2012-02"),
        escalations=(Escalation(to="CQC", on=When("2012-05-01"), by="the nurse", text="No answer had come."),),
        substantiated_on=When("2012-09-01"),
        substantiated_by="an investigator",
        found="Records were changed.",
        closed_on=When("2012-12-01"),
        outcome="policy changed",
        last_heard=date(2012, 12, 1),
    )


def test_each_time_a_concern_is_taken_further_is_kept() -> None:
    """Escalations come in the order they were made."""
    again = ConcernEscalated(trust="RT5", on="2012-06", concern="altered-records", to="the minister")
    assert concerns.fold([RAISED, ESCALATED, again])["altered-records"].escalations == (
        Escalation(to="CQC", on=When("2012-05-01"), by="the nurse", text="No answer had come."),
        Escalation(to="the minister", on=When("2012-06")),
    )


def test_a_closing_known_before_the_raising_closes_it() -> None:
    """A concern whose closing counts before its raising, because that date is imprecise, is closed."""
    raised = ConcernRaised(trust="RT5", on="2012", concern="altered-records", text="Records were altered.")
    concern = concerns.fold([CLOSED, raised])["altered-records"]
    assert (concern.raised_on, concern.closed_on, concern.outcome) == (When("2012"), When("2012-12-01"), "policy changed")
    assert concern.last_heard == date(2012, 12, 31)


def test_a_concern_raised_twice_was_raised_the_first_time() -> None:
    """What was first said of a concern stands; a second statement fills gaps."""
    again = ConcernRaised(trust="RT5", on="2012-06-01", concern="altered-records", text="Again.", status="reported")
    concern = concerns.fold([RAISED, again])["altered-records"]
    assert (concern.raised_on, concern.text, concern.status) == (
        When("2012-02"),
        RAISED.text,
        RAISED.status,
    )


@pytest.mark.parametrize(("status", "heading"), [("alleged", "Allegation"), ("reported", "Concern")])
def test_a_concern_is_headed_by_what_it_is(status: str, heading: str) -> None:
    """An allegation is called one, and a concern that was reported is called a concern."""
    raised = ConcernRaised(trust="RT5", on="2012-02", concern="altered-records", text="Altered.", status=status)
    assert concerns.fold([raised])["altered-records"].heading == heading


def test_a_concern_found_to_hold_is_called_substantiated() -> None:
    """Only somebody's finding makes an allegation a substantiated concern; closing it does not."""
    assert concerns.fold([RAISED, SUBSTANTIATED])["altered-records"].heading == "Substantiated concern"
    assert concerns.fold([RAISED, ESCALATED, CLOSED])["altered-records"].heading == "Allegation"


def test_a_concern_reads_aloud() -> None:
    """The words of a concern say what was alleged, by and to whom, how, at what cost, and what became of it."""
    concern = concerns.fold([RAISED, ESCALATED, SUBSTANTIATED, CLOSED])["altered-records"]
    assert concern.about == ("concern", "altered-records")
    assert str(concern) == (
        "Substantiated concern: Records were altered; raised February 2012; by a nurse; to the line manager; "
        "route: whistle-blowing; alleged detriment: moved to another ward; "
        "taken to CQC by the nurse 1 May 2012: No answer had come; "
        "found to hold 1 September 2012 by an investigator: Records were changed; closed 1 December 2012: policy changed"
    )


def test_a_concern_of_which_little_is_said_says_little() -> None:
    """A route that is not stated is left out, and so is what became of it."""
    raised = ConcernRaised(trust="RT5", on="2012-02-01", concern="altered-records", text="Altered.")
    assert str(concerns.fold([raised])["altered-records"]) == "Allegation: Altered; raised 1 February 2012"


def test_a_concern_known_only_by_its_closing_says_so() -> None:
    """A closing without a raising is kept, goes by the concern's id, and claims no route."""
    closed = ConcernClosed(trust="RT5", on="2012-12-01", concern="altered-records")
    concern = concerns.fold([closed])["altered-records"]
    assert (concern.status, concern.route) == (None, None)
    assert str(concern) == "Concern: altered-records; raising not on record; closed 1 December 2012"


def test_what_was_found_of_a_concern_may_be_left_out() -> None:
    """Who found a concern to hold is said without what was found, where no source says that; so is who it was taken to."""
    found = ConcernSubstantiated(trust="RT5", on="2012-09-01", concern="altered-records", by="an investigator")
    taken = ConcernEscalated(trust="RT5", on="2012-05-01", concern="altered-records", to="CQC")
    raised = ConcernRaised(trust="RT5", on="2012-02-01", concern="altered-records", text="Altered.")
    concern = concerns.fold([raised, taken, found])["altered-records"]
    assert concern.found is None
    assert str(concern) == (
        "Substantiated concern: Altered; raised 1 February 2012; taken to CQC 1 May 2012; "
        "found to hold 1 September 2012 by an investigator"
    )
