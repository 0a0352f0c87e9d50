"""Everything on record about one trust: all projections in one state."""

from datetime import date

import attrs
import pytest
from rich.console import Console

from ledger import When, with_midnights
from ledger.events import (
    ActionCommitted,
    ActionDeadlinePassed,
    ActionPlanDeadlinePassed,
    ActionPlanRequested,
    AgreementMade,
    AssuranceGiven,
    BreachFound,
    ConcernRaised,
    ConditionImposed,
    Event,
    FindingReported,
    InspectionCarriedOut,
    MeasureReported,
    MeetingHeld,
    NoticeDeadlinePassed,
    NoticeIssued,
    OversightChanged,
    PaperPresented,
    ProgrammeReported,
    RatingChanged,
    RequirementMade,
    ReviewCommissioned,
    TrustRegistered,
)
from ledger.projections import PROJECTIONS, TrustState, trust
from ledger.projections.identity import Identity

NAMES = [
    "identity",
    "ratings",
    "quality_statements",
    "locations",
    "inspections",
    "breaches",
    "requirements",
    "notices",
    "conditions",
    "actions",
    "plans",
    "measures",
    "findings",
    "reviews",
    "programmes",
    "oversight",
    "agreements",
    "concerns",
    "meetings",
    "papers",
    "assurances",
]
REGISTERED = TrustRegistered(trust="RHA", on="2010-04-01", name="Nottinghamshire Healthcare")
COMMITTED = ActionCommitted(trust="RHA", on="2026-01-10", action="dormitories", title="End dormitory wards", due="2027-03")
FOUND = BreachFound(trust="RHA", on="2025-09-10", breach="governance", as_described="Risk <not> shown.", regulation="17")


def test_every_projection_stands_in_the_order_a_state_is_shown_in() -> None:
    """The state of a trust has one answer for each projection, under the projection's own name."""
    assert list(PROJECTIONS) == NAMES
    assert [projection.name for projection in PROJECTIONS.values()] == NAMES
    assert [field.name for field in attrs.fields(TrustState)] == ["last_heard", *NAMES]


def test_nothing_on_record() -> None:
    """A trust of which nothing is known has the initial answer of every projection, and was never heard of."""
    state = trust.fold([])
    assert state == TrustState()
    assert state.last_heard is None
    assert {name: getattr(state, name) for name in NAMES} == {name: one.initial for name, one in PROJECTIONS.items()}
    assert set(state.rows().values()) == {()}
    assert str(state) == "name not on record\nnothing on record"


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("identity", REGISTERED),
        ("ratings", RatingChanged(trust="RHA", on="2026-01-02", rating="Good")),
        ("inspections", InspectionCarriedOut(trust="RHA", on="2026-01-02", inspection="visit", title="Visit")),
        ("breaches", FOUND),
        ("requirements", RequirementMade(trust="RHA", on="2026-01-02", requirement="plan", text="Plan.")),
        ("notices", NoticeIssued(trust="RHA", on="2026-01-02", notice="warning", kind="Warning Notice")),
        ("conditions", ConditionImposed(trust="RHA", on="2026-01-02", condition="limit", text="Limit.")),
        ("actions", COMMITTED),
        ("plans", ActionPlanRequested(trust="RHA", on="2026-01-02", plan="plan")),
        ("measures", MeasureReported(trust="RHA", on="2026-01-02", measure="tool", text="Tool.", stage="in place")),
        ("findings", FindingReported(trust="RHA", on="2026-01-02", finding="culture", grade="strength", text="Good.")),
        ("reviews", ReviewCommissioned(trust="RHA", on="2026-01-02", review="review", title="Review")),
        ("programmes", ProgrammeReported(trust="RHA", on="2026-01-02", programme="programme", title="Programme")),
        ("oversight", OversightChanged(trust="RHA", on="2026-01-02", bodies=["NHS England"], level="segment 3")),
        ("agreements", AgreementMade(trust="RHA", on="2026-01-02", agreement="care", title="Care")),
        ("concerns", ConcernRaised(trust="RHA", on="2026-01-02", concern="records", text="Records.")),
        ("meetings", MeetingHeld(trust="RHA", on="2026-01-02", meeting="summit", bodies=["Board"])),
        ("papers", PaperPresented(trust="RHA", on="2026-01-02", paper="paper", title="Paper", body="Board")),
        ("assurances", AssuranceGiven(trust="RHA", on="2026-01-02", assurance="plan", by="Board", regarding="Plan")),
    ],
)
def test_each_fact_goes_to_the_projection_that_handles_it(name: str, fact: Event) -> None:
    """A fact changes the answer of its own projection, as that alone would, and of no other."""
    state = trust.fold([fact])
    assert getattr(state, name) == PROJECTIONS[name].fold([fact]) != PROJECTIONS[name].initial
    assert [other for other, rows in state.rows().items() if rows] == [name]
    assert state.last_heard == fact.on.latest


def test_the_answers_of_facts_before_stand() -> None:
    """A fact of one projection leaves what was answered before in the others."""
    state = trust.fold([REGISTERED, FOUND, COMMITTED])
    assert state.identity == Identity(name="Nottinghamshire Healthcare", since=When("2010-04-01"), last_heard=date(2010, 4, 1))
    assert list(state.breaches) == ["governance"]
    assert list(state.actions) == ["dormitories"]
    assert state.last_heard == date(2026, 1, 10)


@pytest.mark.parametrize(
    "passed",
    [
        ActionDeadlinePassed(trust="RHA", on="2027-04-01", action="dormitories", due="2027-03"),
        ActionPlanDeadlinePassed(trust="RHA", on="2027-04-01", plan="plan", due="2027-03"),
        NoticeDeadlinePassed(trust="RHA", on="2027-04-01", notice="warning", requirement="staffing", due="2027-03"),
    ],
)
def test_the_passing_of_a_day_is_nothing_that_was_heard_of_the_trust(passed: Event) -> None:
    """A passed deadline is in the state of its thing, and leaves the day of the latest news alone."""
    assert trust.fold([passed]).last_heard is None
    assert trust.fold([COMMITTED, passed]).last_heard == date(2026, 1, 10)


def test_rows_give_the_things_of_each_projection() -> None:
    """The rows of a state are those of its answers, by name, in the order shown."""
    state = trust.fold([REGISTERED, COMMITTED])
    assert list(state.rows()) == NAMES
    assert state.rows()["identity"] == (state.identity,)
    assert state.rows()["actions"] == (state.actions["dormitories"],)
    assert state.rows()["breaches"] == ()


def test_a_state_reads_aloud() -> None:
    """The text of a state names the trust and the day it was last heard of, then each projection with something to say."""
    state = trust.fold(with_midnights([REGISTERED, FOUND, COMMITTED], date(2026, 2, 1)))
    assert str(state) == (
        "Nottinghamshire Healthcare\n"
        "last heard 2026-01-10\n"
        "\n"
        "Identity\n"
        "  Nottinghamshire Healthcare\n"
        "\n"
        "Breaches\n"
        "  Regulation 17 (good governance): Risk <not> shown; found 10 September 2025; not cleared on record\n"
        "\n"
        "Actions\n"
        "  End dormitory wards: open; committed, due March 2027"
    )


def test_a_state_shows_as_tables_on_a_terminal() -> None:
    """Rich shows the name, the section and the statement."""
    console = Console(width=160)
    with console.capture() as shown:
        console.print(trust.fold([REGISTERED, FOUND]))
    lines = [line.strip() for line in shown.get().splitlines()]
    assert lines[:3] == ["Nottinghamshire Healthcare", "last heard 2025-09-10", "Identity"]
    assert "Breaches" in lines
    assert "Regulation 17 (good governance)" in shown.get()


def test_a_state_shows_as_tables_in_a_notebook() -> None:
    """A notebook gets escaped HTML with a table for each section."""
    html = trust.fold([REGISTERED, FOUND])._repr_html_()
    assert html.startswith("<h3>Nottinghamshire Healthcare</h3><p>last heard 2025-09-10</p><table><caption>Identity</caption>")
    assert "Risk &lt;not&gt; shown" in html
    assert "<caption>Breaches</caption>" in html
    assert html.count("<tr>") == 2
