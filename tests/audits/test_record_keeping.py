"""Rules on the record itself: statements that disagree, facts that came late, facts without a source."""

import pytest

from ledger import Citation, Source
from ledger.audits.record_keeping import entry_redacted, no_source, recorded_late, sources_disagree
from ledger.events import (
    ActionCommitted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    Event,
    MeetingHeld,
    NoticeIssued,
    NoticeRequirement,
    RatingChanged,
    RatingStated,
    RequirementAssessed,
    RequirementMade,
)
from tests.audits.book import Book, Told


def disagree(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what is reported as disagreeing of facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(sources_disagree, day)


def committed(due: str | None, id: str | None = None) -> ActionCommitted:  # noqa: A002  # it is what an event calls it
    """Give a commitment to fit doors."""
    return ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due=due, id=id)


def test_two_commitments_with_different_dates_disagree() -> None:
    """The exception names both dates, the first first, and cites both."""
    book = Book()
    book.on("2026-01-20").record(committed("2026-06"), committed("2026-03", "again"))
    (found,) = sources_disagree.exceptions(book.dossier("2026-03-01"))
    assert found.text == "“Fit new doors” has different due dates on record: June 2026, March 2026."
    assert (found.entries, found.about, str(found.severity)) == ((1, 2), ("action", "doors"), "medium")


@pytest.mark.parametrize(
    "facts",
    [
        [committed("2026-03"), committed("2026-03-31", "again")],
        [committed("2026-03"), committed(None, "again")],
        [
            committed("2026-03"),
            ActionDeadlineRevised(trust="RHA", on="2026-01-06", action="doors", due="2026-06"),
            ActionCommitted(trust="RHA", on="2026-01-07", action="doors", title="Fit new doors", due="2026-06"),
        ],
    ],
    ids=["one last day", "none is stated", "it was moved"],
)
def test_dates_that_end_on_one_day_or_were_moved_agree(facts: list[Event]) -> None:
    """March 2026 ends on 31 March 2026; and a date that a decision set contradicts none."""
    assert disagree(*facts) == []


def plan(due: str, id: str | None = None) -> ActionPlanRequested:  # noqa: A002  # it is what an event calls it
    """Give a request for an action plan."""
    return ActionPlanRequested(trust="RHA", on="2026-01-05", plan="p", text="Oversight", due=due, id=id)


def notice(due: str | None, id: str | None = None) -> NoticeIssued:  # noqa: A002  # it is what an event calls it
    """Give a Warning Notice."""
    required = [NoticeRequirement(requirement="waits", text="Shorten waits", comply_by=due)]
    return NoticeIssued(trust="RHA", on="2026-01-05", notice="n", kind="Warning Notice", requirements=required, id=id)


def made(due: str, on: str = "2026-01-05", id: str | None = None) -> RequirementMade:  # noqa: A002  # it is what an event calls it
    """Give a requirement."""
    return RequirementMade(trust="RHA", on=on, requirement="r", text="Mend it", due=due, id=id)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (
            [plan("2026-03-01"), plan("2026-03-02", "again")],
            "“Oversight” has different due dates on record: 1 March 2026, 2 March 2026.",
        ),
        (
            [notice("2026-04"), notice("2026-05", "again")],
            "“Warning Notice: Shorten waits” has different due dates on record: April 2026, May 2026.",
        ),
        ([made("2026-04"), made("2026-05", id="again")], "“Mend it” has different due dates on record: April 2026, May 2026."),
    ],
)
def test_what_a_regulator_set_may_disagree_too(facts: list[Event], text: str) -> None:
    """A second statement of a due date never moves the first; that it differs is told."""
    assert disagree(*facts) == [(text, (1, 2))]


@pytest.mark.parametrize(
    "facts",
    [
        [plan("2026-03-01"), plan("2026-03-01", "again")],
        [notice("2026-04"), notice(None, "again")],
        [
            made("2026-01-10"),
            RequirementAssessed(trust="RHA", on="2026-02-01", requirement="r", outcome="not met"),
            made("2026-05", on="2026-02-10"),
        ],
    ],
    ids=["the same", "none is stated", "made anew"],
)
def test_what_a_regulator_set_anew_agrees(facts: list[Event]) -> None:
    """A requirement made again once it was assessed has a due date of its own."""
    assert disagree(*facts) == []


def test_two_ratings_of_one_day_disagree() -> None:
    """The lower is taken to stand, and the other is named; older ratings are not cited."""
    rated = [RatingChanged(trust="RHA", on="2026-01-05", rating=rating) for rating in ("Good", "Requires improvement")]
    older = RatingStated(trust="RHA", on="../2025", rating="Outstanding")
    text = (
        "“Whole trust, Overall”: Requires improvement is taken to stand (5 January 2026); another rating bears that date: Good."
    )
    assert disagree(older, *rated) == [(text, (2, 3))]


def test_a_rating_of_uncertain_date_disagrees_with_the_one_that_stands() -> None:
    """Which of the two is the later nobody can tell."""
    stands = RatingChanged(trust="RHA", on="2026-01-05", rating="Good")
    other = RatingStated(trust="RHA", on="2025/2026-02", rating="Inadequate")
    text = "“Whole trust, Overall”: Good is taken to stand (5 January 2026); another is on record that may be earlier or later: Inadequate."
    assert disagree(stands, other) == [(text, (1, 2))]


def test_a_rating_that_a_later_one_displaced_does_not_disagree() -> None:
    """Ratings of different days follow one another."""
    assert (
        disagree(
            *(RatingChanged(trust="RHA", on=f"2026-01-0{day}", rating=one) for day, one in ((5, "Good"), (6, "Inadequate")))
        )
        == []
    )


def source(published: str | None = "2026-01-01", title: str = "Report", marking: str = "public") -> Source:
    """Give a source."""
    return Source(publisher="Care Quality Commission", title=title, marking=marking, published=published)


def held(on: str = "2025-12-01", meeting: str = "m") -> MeetingHeld:
    """Give a meeting that was held."""
    return MeetingHeld(trust="RHA", on=on, meeting=meeting, bodies=["the board"])


FACT = held()


def late(recorded: str, *sources: Source | Citation) -> Told:
    """Give what is reported of a fact recorded on a day."""
    book = Book()
    book.on(recorded).record(FACT, sources=sources)
    return book.told(recorded_late, "2026-12-01")


@pytest.mark.parametrize(("recorded", "is_found"), [("2026-01-30", False), ("2026-01-31", False), ("2026-02-01", True)])
def test_a_fact_is_given_the_limit_of_days(recorded: str, is_found: bool) -> None:
    """Recorded 30 days after it was published it is not late; a day later it is."""
    text = (
        "Care Quality Commission, “Report”: 1 fact was first recorded here on 1 February 2026, 31 days after it became public."
    )
    assert late(recorded, source()) == ([(text, (1,))] if is_found else [])


@pytest.mark.parametrize(
    "sources",
    [
        [],
        [source(None)],
        [source(marking="official")],
        [source("2025/..")],
        [source("2026-05-01"), source("2026-08-01", "Letter")],
    ],
    ids=["no source", "never published", "not public", "no last day", "published since"],
)
def test_a_fact_that_was_not_public_before_is_not_late(sources: list[Source]) -> None:
    """Nobody could have recorded it from a public source."""
    assert late("2026-05-15", *sources) == []


def test_a_fact_counts_from_its_first_publication() -> None:
    """Of several sources the first, and of a citation the day since when the fact was public."""
    since = Citation(source=source("2026-05-01", "Letter"), public_since="../2026-03-01")
    ((text, _),) = late("2026-05-15", source("2026-04-01"), since)
    assert text == (
        "Care Quality Commission, “Letter”: 1 fact was first recorded here on 15 May 2026, at least 75 days after it became public."
    )


def test_facts_of_one_source_are_told_together() -> None:
    """Their count, the days on which they were recorded, and the fewest and most days are told once a source."""
    book = Book()
    facts = [held("2025-12-01", f"m{number}") for number in range(3)]
    book.on("2026-03-01").record(facts[0], sources=[source()])
    book.on("2026-03-02").record(facts[1], sources=[source()])
    book.on("2026-03-02").record(facts[2], sources=[source(title="Letter")])
    report = (
        "Care Quality Commission, “Report”: 2 facts were first recorded here between 1 March 2026 and 2 March 2026, 59 to 60 days "
        "after they became public."
    )
    assert book.told(recorded_late, "2026-12-01") == [
        (report, (1, 2)),
        (
            "Care Quality Commission, “Letter”: 1 fact was first recorded here on 2 March 2026, 60 days after it became public.",
            (3,),
        ),
    ]


def test_a_corrected_fact_counts_from_when_it_was_first_recorded() -> None:
    """A correction made much later was not recorded late."""
    book = Book()
    book.on("2026-01-10").record(FACT, sources=[source()])
    book.on("2026-06-10").correct(1, held("2025-12-02"), reason="the day was misread")
    assert book.told(recorded_late, "2026-12-01") == []


def test_what_a_public_view_does_not_know_of_is_not_told_in_it() -> None:
    """A correction that made a fact public: when it was first recorded is not public, so nothing is said of it."""
    book = Book()
    book.on("2026-01-10").record(FACT, sources=[source(None, "Note", "confidential")])
    book.on("2026-06-10").correct(1, held("2025-12-02"), reason="the day was misread", sources=[source()])
    assert book.told(recorded_late, "2026-12-01", public_on="2026-12-01") == []


def test_a_source_added_later_may_show_that_a_fact_was_late() -> None:
    """What another source had published long before could have been recorded then."""
    book = Book()
    book.on("2026-01-10").record(FACT, sources=[source()])
    book.on("2026-06-10").corroborate(1, source("2025-12-05", "Letter"))
    ((text, entries),) = book.told(recorded_late, "2026-12-01")
    assert text.endswith("“Letter”: 1 fact was first recorded here on 10 January 2026, 36 days after it became public.")
    assert entries == (1,)


def test_a_fact_that_cites_no_source_is_reported() -> None:
    """All of a trust are told together, the first five by what they are and their date."""
    book = Book()
    book.on("2026-01-10").record(FACT, sources=[source()])
    book.on("2026-01-10").record(RatingChanged(trust="RHA", on="2025-05-30", rating="Good"))
    assert book.told(no_source, "2026-03-01") == [("1 fact in force cites no source: Rating changed, 30 May 2025.", (2,))]
    more = [held("2025-12", f"m{number}") for number in range(5)]
    book.on("2026-01-11").record(*more)
    ((text, entries),) = book.told(no_source, "2026-03-01")
    assert text.startswith("6 facts in force cite no source: Rating changed, 30 May 2025; Meeting held, December 2025; ")
    assert text.endswith("; and 1 more.")
    assert entries == (2, 3, 4, 5, 6, 7)


def test_what_is_sourced_since_taken_back_or_yet_to_come_needs_none() -> None:
    """Only what is in force is reported, with the sources that were added."""
    book = Book()
    book.on("2026-01-10").record(FACT, held("2026-05-01", "m2"), held("2025-12-01", "m3"))
    book.on("2026-01-11").corroborate(1, source())
    book.on("2026-01-11").retract(3, reason="it was another trust's")
    assert book.told(no_source, "2026-04-30") == []
    assert [entries for _, entries in book.told(no_source, "2026-05-01")] == [(2,)]


def test_what_was_redacted_is_reported_with_who_and_why() -> None:
    """Each redaction is told of once, with the entry that is left and the one about it."""
    book = Book()
    book.on("2026-01-20").record(committed("2026-03"))
    assert book.told(entry_redacted, "2026-03-01") == []
    book.on("2026-02-02").redact(1, "Order of a court", by="Information governance")
    text = "Entry 1 (“Action committed”, 5 January 2026) was redacted, on 2 February 2026 by Information governance. "
    assert book.told(entry_redacted, "2026-03-01") == [(f"{text}The reason on record: Order of a court.", (1, 2))]


def test_a_redaction_is_told_of_before_it_was_known() -> None:
    """Asked of a moment before, the text is gone all the same; who did it was not known yet."""
    book = Book()
    ledger = book.on("2026-01-20")
    ledger.record(committed("2026-03"))
    ledger.retract(1, reason="in error")
    book.on("2026-02-02").redact(2, "Order of a court")
    (found,) = entry_redacted.exceptions(ledger.at("2026-03-01", known_at="2026-01-21").dossier("RHA"))
    assert (found.text, found.entries) == ("Entry 2 (“Retracted”) was redacted; by whom and why was not known yet.", (2,))
