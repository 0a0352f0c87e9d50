"""Views: what they answer, and how they say it."""

from datetime import date, timedelta

import pytest

from ledger import Citation, Ledger, Source, When, projection
from ledger._store import MemoryRecorder
from ledger.errors import NotOnRecordError, WhenError
from ledger.events import (
    ActionCommitted,
    ActionDeadlinePassed,
    ActionDeadlineRevised,
    BreachFound,
    RatingChanged,
    RatingStated,
    TrustRegistered,
)
from ledger.projections import PROJECTIONS, actions, ratings
from ledger.testing import Clock
from ledger.testing._clock import START

CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
PAPER = Source(publisher="A council", title="Secret briefing", marking="confidential")


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger of two trusts: a downgrade, a conditional target, a confidential breach."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    stated = RatingStated(trust="RVN", on="../2025-05-29", rating="Good", key_question="Well-led")
    cited = Citation(source=CQC, at="paragraph 6", public_since="../2025-05-29")
    ledger.record(stated, sources=[cited], inferred=["on"])
    ledger.record(
        RatingChanged(trust="RVN", on="2025-05-30", rating="Requires improvement", previous="Good", key_question="Well-led"),
        sources=[Citation(source=CQC, at="paragraph 1")],
    )
    ledger.record(TrustRegistered(trust="RHA", on="../2026-03", name="Nottinghamshire Healthcare"), inferred=["on"])
    ledger.record(
        ActionCommitted(
            trust="RHA",
            on="2025-10/2026-03",
            action="wards",
            title="End dormitory wards",
            due="2027-03",
            firmness="targeted",
            subject_to=["national capital approval"],
        ),
        inferred=["on"],
    )
    ledger.record(BreachFound(trust="RVN", on="2012-02", breach="records", as_described="Records altered"), sources=[PAPER])
    return ledger


@pytest.mark.parametrize(
    ("day", "rating", "since"),
    [
        ("2025-05-28", None, None),
        ("2025-05-29", "Good", "../2025-05-29"),
        ("2025-05-30", "Requires improvement", "2025-05-30"),
        ("2025-05-31", "Requires improvement", "2025-05-30"),
    ],
)
def test_a_downgrade_is_seen_on_the_day_it_was_published(
    day: str, rating: str | None, since: str | None, ledger: Ledger
) -> None:
    """The day before, the day and the day after a publication."""
    rated = ledger.at(day).trust("RVN").ratings.of("Well-led")
    assert (rated and rated.rating, rated and str(rated.since)) == (rating, since)


def test_a_day_may_be_a_date_or_its_text(ledger: Ledger) -> None:
    """A view on a date and on its ISO text are equal values."""
    assert ledger.at(date(2025, 5, 30)) == ledger.at("2025-05-30")
    with pytest.raises(WhenError, match="'2025-05' is not a day: write it as 2027-04-01"):
        ledger.at("2025-05")


def test_known_at_a_day_means_all_of_it_in_london(ledger: Ledger) -> None:
    """Entries recorded at ten in the morning are known on that day and not the day before."""
    assert ledger.at("2026-06-01", known_at="2026-01-01").trusts() == ("RHA", "RVN")
    assert ledger.at("2026-06-01", known_at="2025-12-31").trusts() == ()


def test_a_view_is_a_value(ledger: Ledger) -> None:
    """What is recorded later does not change a view that was taken before."""
    view = ledger.at("2025-06-01")
    ledger.record(RatingChanged(trust="RVN", on="2025-05-31", rating="Inadequate", key_question="Well-led"))
    rated = view.trust("RVN").ratings.of("Well-led")
    assert rated is not None
    assert rated.rating == "Requires improvement"
    assert view != ledger.at("2025-06-01")


def test_trusts_are_those_that_something_is_in_force_about(ledger: Ledger) -> None:
    """A trust whose every fact lies ahead is in `codes`, not yet in `trusts`."""
    assert ledger.at("2026-03-30").trusts() == ("RVN",)
    assert ledger.at("2026-03-30").codes() == ("RHA", "RVN")
    assert ledger.at("2026-03-31").trusts() == ("RHA", "RVN")


def test_a_trust_nobody_spoke_of_has_the_empty_state(ledger: Ledger) -> None:
    """Nothing on record is a state, not an error."""
    state = ledger.at("2026-06-01").trust("RXX")
    assert (state.last_heard, len(state.actions), state.identity.name) == (None, 0, None)


def test_a_thing_that_is_not_on_record_is_named_with_those_that_are(ledger: Ledger) -> None:
    """A wrong id is an error that names the ids there are."""
    with pytest.raises(NotOnRecordError, match="'ward' is not on record in this view; on record: wards"):
        _ = ledger.at("2026-06-01").trust("RHA").actions["ward"]


@pytest.mark.parametrize(("day", "status", "missed"), [("2027-03-31", "open", ()), ("2027-04-01", "past-target", ("2027-03",))])
def test_a_target_is_past_on_the_day_after_its_last(day: str, status: str, missed: tuple[str, ...], ledger: Ledger) -> None:
    """March 2027 is open all through 31 March and past on 1 April."""
    wards = ledger.at(day).trust("RHA").actions["wards"]
    assert (wards.status, tuple(map(str, wards.missed))) == (status, missed)


# Forecasts


@pytest.mark.parametrize(("on", "forecast"), [("2026-01-01", False), ("2026-01-02", True)])
def test_a_day_after_the_last_entry_recorded_is_a_forecast(on: str, forecast: bool, ledger: Ledger) -> None:
    """The horizon is the London day of the last entry recorded; the day itself is no forecast."""
    view = ledger.at(on)
    assert (view.horizon, view.is_forecast) == (date(2026, 1, 1), forecast)


@pytest.mark.parametrize(("on", "forecast"), [("2026-11-22", False), ("2026-11-23", True)])
def test_a_day_after_what_is_known_is_a_forecast(on: str, forecast: bool, ledger: Ledger) -> None:
    """Where a moment of knowledge is given, its day is the horizon."""
    assert ledger.at(on, known_at="2026-11-22").is_forecast is forecast


def test_a_fact_is_ahead_from_the_day_after_the_horizon(ledger: Ledger) -> None:
    """A fact of the last day that is known of is none of the future; one that may be of that day is not wholly so."""
    view = ledger.at("2030-01-01", known_at="2026-11-22")
    ahead = [view.is_ahead(When(on)) for on in ("2026-11-22", "2026-11-23", "2026-11", "2026-12", "../2027")]
    assert ahead == [False, True, False, True, False]


def test_an_empty_ledger_forecasts_nothing() -> None:
    """Without an entry there is no horizon."""
    view = Ledger(MemoryRecorder()).at("2100-01-01")
    assert (view.horizon, view.is_forecast) == (None, False)


def test_every_line_of_a_forecast_is_marked(ledger: Ledger) -> None:
    """A statement read alone still says that it is a forecast."""
    text = str(ledger.at("2027-04-01").page("RHA"))
    body = text[text.index("Actions") : text.index("Sources")]
    lines = [line for line in body.splitlines() if line.startswith("  ")]
    assert len(lines) == 1
    assert all(line.startswith("  Forecast: ") for line in lines)


# Uncertain


def test_what_may_already_be_in_force_is_told_apart(ledger: Ledger) -> None:
    """Between its earliest and its latest day a fact is uncertain, and shown as that."""
    view = ledger.at("2025-12-25")
    assert [e.number for e in view.uncertain("RHA")] == [3, 4]
    assert len(view.trust("RHA").actions) == 0
    assert (
        "May already be in force\n"
        "  Trust registered: by March 2026; name: Nottinghamshire Healthcare [3]\n"
        "  Action committed: between October 2025 and March 2026; action: wards; title: End dormitory wards; firmness: targeted; "
        "due: March 2027; subject to: national capital approval [4]"
    ) in str(view.page("RHA"))
    assert ledger.at("2026-03-31").uncertain("RHA") == []


def test_what_counts_though_its_date_is_in_doubt_says_so(ledger: Ledger) -> None:
    """A fact of about July 2024 counts from the end of July, and stays marked as in doubt."""
    ledger.record(BreachFound(trust="RHA", on="2024-07~", breach="b", as_described="A breach"))
    page = str(ledger.at("2024-08-01").page("RHA"))
    assert (
        "Breach found: about July 2024; breach: b; as described: A breach (counted above, but its date is marked as in doubt) [6]"
        in page
    )
    assert [row["counts"] for row in ledger.at("2024-08-01").report("RHA")["uncertain"]] == [False, True]


# Public views


def test_a_public_view_holds_public_sources_only(ledger: Ledger) -> None:
    """No confidential fact, recorder or count is in any form of a public view."""
    view = ledger.at("2025-06-01", public_on="2025-06-01")
    shown = str(view) + str(view.page("RVN")) + str(view.report("RVN")) + view._repr_html_() + view.page("RVN")._repr_html_()
    assert "Records" not in shown
    assert "Secret" not in shown
    assert "analyst" not in shown
    assert (view.report("RVN")["breaches"], view.report("RVN")["uncertain"]) == ([], [])
    assert "the public story, not the truth" in shown


def test_a_rating_in_force_was_public_before_the_source_that_tells_of_it(ledger: Ledger) -> None:
    """What must be displayed by law is public from then, shown as inferred."""
    view = ledger.at("2025-05-29", public_on="2025-05-29")
    rated = view.trust("RVN").ratings.of("Well-led")
    assert rated is not None
    assert rated.rating == "Good"
    assert "public since by 29 May 2025 (inferred)" in str(view.page("RVN"))


def test_the_horizon_of_a_public_view_is_of_public_entries(ledger: Ledger) -> None:
    """A confidential entry recorded later does not move what a public view counts as forecast."""
    clock = Clock(START + timedelta(days=30))
    later = Ledger(ledger._store.recorder, by="analyst", clock=clock)
    later.record(BreachFound(trust="RVN", on="2012", breach="more", as_described="More"), sources=[PAPER])
    assert later.at("2026-01-15").is_forecast is False
    assert later.at("2026-01-15", public_on="2026-01-15").is_forecast is True


# Why, history, over, diff


def test_why_gives_each_step_with_its_entry_and_the_answer_from_then_on(ledger: Ledger) -> None:
    """The steps of one question: what happened, which entry says so, what the answer was then."""
    steps = ledger.at("2025-06-01").why("RVN", ratings)
    assert [(step.entry.number, step.is_derived) for step in steps] == [(1, False), (2, False)]
    assert [str(one) for _, _, answer in steps for one in answer] == [
        "Whole trust, Well-led: Good, in force by 29 May 2025",
        "Whole trust, Well-led: Requires improvement, since 30 May 2025; before that Good",
    ]


def test_a_derived_pass_cites_what_set_its_due(ledger: Ledger) -> None:
    """A deadline's passing is in no entry: its step has the entry that set the due period, here the revision."""
    ledger.record(ActionDeadlineRevised(trust="RHA", on="2026-06-01", action="wards", due="2027-06"))
    *_, last = ledger.at("2027-07-01").why("RHA", actions)
    assert isinstance(last.event, ActionDeadlinePassed)
    assert (str(last.event.on), last.entry.number, last.is_derived) == ("2027-07-01", 6, True)


def test_history_gives_one_state_a_day_it_changed(ledger: Ledger) -> None:
    """Through the last deadline that passes, or to a day."""
    told = ledger.history("RHA", actions)
    assert [(day.isoformat(), str(state["wards"].status)) for day, state in told] == [
        ("2026-03-31", "open"),
        ("2027-04-01", "past-target"),
    ]
    assert [day.isoformat() for day, _ in ledger.history("RHA", actions, until="2027-03-31")] == ["2026-03-31"]
    assert [day.isoformat() for day, _ in ledger.history("RHA", actions, until="2027-04-01")] == ["2026-03-31", "2027-04-01"]
    assert ledger.history("RHA", actions, public_on="2030-01-01") == []
    assert len(ledger.history("RHA")) == 2


def test_over_gives_the_views_of_many_days_in_their_order(ledger: Ledger) -> None:
    """Each answers as `at` does, whatever the order of the days."""
    days = ["2027-04-01", "2025-05-29", "2025-05-30", "2027-03-31"]
    views = ledger.over(days)
    assert [view.on.isoformat() for view in views] == days
    assert [view.trust("RVN") for view in views] == [ledger.at(day).trust("RVN") for day in days]
    assert [view.trust("RHA") for view in views] == [ledger.at(day).trust("RHA") for day in days]


def test_diff_says_what_is_new_what_changed_and_what_has_gone(ledger: Ledger) -> None:
    """From one view to another: things by trust and question, with the fields that differ."""
    before, after = ledger.at("2026-03-30"), ledger.at("2026-03-31")
    assert [str(change) for change in after.diff(before)] == [
        "RHA, identity: Nottinghamshire Healthcare: new",
        (
            "RHA, actions: End dormitory wards: new: open; targeted, due March 2027; "
            "condition: national capital approval, not resolved on record"
        ),
    ]
    assert [str(change) for change in before.diff(after)] == [
        "RHA, identity: Nottinghamshire Healthcare: no longer on record",
        "RHA, actions: End dormitory wards: no longer on record",
    ]
    (change,) = ledger.at("2027-04-01").diff(ledger.at("2027-03-31"))
    assert change.fields == {"missed": ([], ["2027-03"]), "status": ("open", "past-target")}
    assert (
        str(change) == "RHA, actions: End dormitory wards: missed was nothing, now March 2027; status was open, now past-target"
    )
    assert ledger.at("2027-04-02").diff(ledger.at("2027-04-01")) == []


def test_a_view_answers_questions_of_the_users_own(ledger: Ledger) -> None:
    """A projection defined anywhere can be asked of any view."""

    @projection(initial=0)
    def downgrades(state: int, fact: RatingChanged) -> int:
        """Count the changes for the worse."""
        worse = fact.previous is not None and (fact.previous.rank or 0) > (fact.rating.rank or 0)
        return state + worse

    assert ledger.at("2025-05-29").of("RVN", downgrades) == 0
    assert ledger.at("2025-05-30").of("RVN", downgrades) == 1


# Reports


def test_the_report_of_a_trust_is_json_with_a_list_for_every_question(ledger: Ledger) -> None:
    """One object: the times, what is uncertain, then each projection, empty where there is nothing."""
    report = ledger.at("2025-05-30", known_at="2026-01-02").report("RVN")
    assert list(report) == [
        "trust",
        "on",
        "known_at",
        "public_on",
        "is_forecast",
        "last_heard",
        "uncertain",
        "redacted",
        *PROJECTIONS,
    ]
    assert (report["trust"], report["on"], report["known_at"]) == ("RVN", "2025-05-30", "2026-01-02T23:59:59.999999Z")
    assert (report["public_on"], report["is_forecast"], report["last_heard"]) == (None, False, "2025-05-30")
    (rated,) = report["ratings"]
    assert {
        name: rated[name]
        for name in ("location", "service", "key_question", "rating", "since", "framework", "inferred", "entries")
    } == {
        "location": None,
        "service": None,
        "key_question": "Well-led",
        "rating": "Requires improvement",
        "since": "2025-05-30",
        "framework": None,
        "inferred": ["on"],
        "entries": [1, 2],
    }
    assert [source["at"] for source in rated["sources"]] == ["paragraph 6", "paragraph 1"]
    assert report["actions"] == []


def test_an_action_in_the_report_says_where_it_stands(ledger: Ledger) -> None:
    """Status, due and original due, conditions, what was missed and when last heard of."""
    (wards,) = ledger.at("2027-04-01").report("RHA")["actions"]
    expected = {
        "action": "wards",
        "title": "End dormitory wards",
        "status": "past-target",
        "firmness": "targeted",
        "due": "2027-03",
        "original_due": "2027-03",
        "conditions": [{"condition": "national capital approval", "outcome": None, "resolved_on": None}],
        "completed_on": None,
        "missed": ["2027-03"],
        "last_heard": "2026-03-31",
        "inferred": ["on"],
    }
    assert {name: wards[name] for name in expected} == expected


def test_a_page_reads_aloud_and_cites_every_statement(ledger: Ledger) -> None:
    """Plain text: title, what the view is, statements with entry numbers, sources with places."""
    assert str(ledger.at("2025-05-30", known_at="2026-01-02").page("RVN")) == (
        "(RVN), 30 May 2025\n"
        "As recorded by 2 January 2026.\n"
        "The latest fact on record is of 30 May 2025.\n"
        "\n"
        "Ratings\n"
        "  Whole trust, Well-led: Requires improvement, since 30 May 2025; before that Good (inferred: on) [1, 2]\n"
        "\n"
        "Breaches\n"
        "  Regulation not stated: Records altered; found February 2012; not cleared on record [5]\n"
        "\n"
        "Sources\n"
        "  Care Quality Commission, “Report” (public, published 30 May 2025): [1] paragraph 6, public since by 29 May 2025 (inferred); "
        "[2] paragraph 1\n"
        "  A council, “Secret briefing” (confidential, never published): [5] no place given"
    )


def test_what_has_no_source_says_so(ledger: Ledger) -> None:
    """An entry may have no source; the page does not hide it."""
    assert "No source given: [3]; [4]" in str(ledger.at("2026-03-31").page("RHA"))


def test_a_view_shows_one_line_a_trust(ledger: Ledger) -> None:
    """The overview: trust-level ratings, breaches, open actions; the same as text, on a terminal and in a notebook."""
    view = ledger.at("2027-04-01")
    line = (
        "Forecast: RHA Nottinghamshire Healthcare: no trust-level rating on record; "
        "breaches not cleared on record: 0; actions open: 1; of them past their date: 1"
    )
    assert line in str(view)
    assert "<td>RHA Nottinghamshire Healthcare</td>" in view._repr_html_()
    assert view.__rich__() is not None


def test_html_is_escaped() -> None:
    """What a source says can't become markup."""
    ledger = Ledger(MemoryRecorder(), by="analyst")
    ledger.record(BreachFound(trust="RVN", on="2025", breach="b", as_described="<script>alert(1)</script>"))
    html = ledger.at("2026-01-01").page("RVN")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
