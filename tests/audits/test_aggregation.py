"""The rule on overall ratings that are not what CQC's principles would normally make of the key questions."""

import pytest

from ledger.audits.aggregation import rating_not_as_expected
from ledger.events import Event, RatingPublished, RatingReaffirmed, RatingsRestored, RatingsSuspended, RatingStated
from tests.audits.book import Book, Told

RI, GOOD, TOP, BAD, SEEN = "Requires improvement", "Good", "Outstanding", "Inadequate", "Inspected but not rated"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")
DAY = "2025-05-30"


def told(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what the rule reports of facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(rating_not_as_expected, day)


def published(question: str, rating: str, on: str = DAY, service: str | None = "Wards") -> RatingPublished:
    """Give one rating as published."""
    return RatingPublished(trust="RHA", on=on, service=service, key_question=question, rating=rating)


def table(*ratings: str, on: str = DAY, service: str | None = "Wards") -> list[Event]:
    """Give ratings as published: of the key questions in CQC's order, and overall."""
    return [published(question, rating, on, service) for question, rating in zip(QUESTIONS, ratings, strict=False)]


ONE_POOR = table(RI, GOOD, GOOD, GOOD, GOOD, RI)


def test_an_overall_rating_that_does_not_follow_is_reported() -> None:
    """All six are cited; the exception says what was published, what the principles give, and which of the two counts."""
    book = Book()
    book.on("2026-01-20").record(*ONE_POOR)
    (found,) = rating_not_as_expected.exceptions(book.dossier("2026-03-01"))
    assert found.text == (
        "“Wards, Overall” was published as Requires improvement on 30 May 2025, with Safe Requires improvement, Effective Good, "
        "Caring Good, Responsive Good, Well-led Good. CQC's published principles would normally make Good of these; CQC also uses "
        "its judgement, and the published rating is what counts."
    )
    assert (found.entries, found.about) == ((1, 2, 3, 4, 5, 6), ("rating", "", "Wards", "Overall"))
    assert str(found.severity) == "low"


def test_each_table_is_read_by_itself() -> None:
    """The trust's own six are a table like a service's, and neither lends the other a rating."""
    facts = (*table(GOOD, GOOD, GOOD, GOOD, GOOD, GOOD), *table(GOOD, GOOD, GOOD, GOOD, GOOD, TOP, service=None))
    ((text, entries),) = told(*facts)
    assert text.startswith("“Whole trust, Overall” was published as Outstanding on 30 May 2025")
    assert entries == (7, 8, 9, 10, 11, 12)


def test_ratings_published_again_on_one_day_are_compared() -> None:
    """What counts is when each was last published: only those entries are cited."""
    before = [published("Overall", RI, "2023-01-10"), published("Safe", RI, "2022-03-04")]
    ((text, entries),) = told(*before, *ONE_POOR)
    assert "on 30 May 2025" in text
    assert entries == (3, 4, 5, 6, 7, 8)


def test_ratings_restored_are_compared() -> None:
    """A suspension that was lifted hides nothing."""
    suspended = RatingsSuspended(trust="RHA", on="2025-06-01")
    restored = RatingsRestored(trust="RHA", on="2025-07-01")
    assert len(told(*ONE_POOR, suspended, restored)) == 1


@pytest.mark.parametrize(
    "facts",
    [
        table(GOOD, GOOD, GOOD, RI, RI, RI),
        ONE_POOR[:-1],
        ONE_POOR[1:],
        [published("Safe", RI, "2024-05-30"), *ONE_POOR[1:]],
        table(RI, GOOD, GOOD, GOOD, SEEN, RI),
        table(GOOD, GOOD, GOOD, GOOD, GOOD, SEEN),
        [*ONE_POOR, RatingsSuspended(trust="RHA", on="2025-06-01")],
        [*ONE_POOR, published("Caring", TOP)],
        [*ONE_POOR, published("Caring", RI, "2025-03/2025-09")],
        [*ONE_POOR, published("Caring", RI, "2025-03/2026-09")],
        table(RI, GOOD, GOOD, GOOD, GOOD, RI, on="2025-05"),
        table(BAD, GOOD, GOOD, GOOD, GOOD, RI),
    ],
    ids=[
        "it follows",
        "no overall rating",
        "a key question without a rating",
        "of another date",
        "a key question not ranked",
        "an overall rating not ranked",
        "suspended",
        "two of one date",
        "another may stand",
        "another may stand by now",
        "of a month, not a day",
        "a single Inadequate",
    ],
)
def test_a_table_that_follows_or_is_not_certain_is_not_reported(facts: list[Event]) -> None:
    """Where the six are not surely of one day and in force, nothing is said to differ."""
    assert told(*facts) == []


def test_two_inadequate_ratings_are_compared() -> None:
    """Only where one Inadequate alone would leave Good is nothing told."""
    assert len(told(*table(BAD, BAD, GOOD, GOOD, GOOD, RI))) == 1


def test_an_inadequate_beside_a_requires_improvement_is_compared() -> None:
    """The two together are enough for Requires improvement, so no single one decides."""
    assert len(told(*table(BAD, RI, GOOD, GOOD, GOOD, GOOD))) == 1


def test_ratings_only_stated_have_no_day() -> None:
    """A source that says what was in force does not say when it was published."""
    stated = [
        RatingStated(trust="RHA", on=one.on, service=one.service, key_question=one.key_question, rating=one.rating)
        for one in ONE_POOR
        if isinstance(one, RatingPublished)
    ]
    assert told(*stated) == []


def test_ratings_reaffirmed_have_a_day() -> None:
    """Reaffirmed on the day on which the others were published, a rating belongs to their table."""
    before = published("Overall", RI, "2023-01-10")
    again = RatingReaffirmed(trust="RHA", on=DAY, service="Wards", key_question="Overall", rating=RI)
    ((_, entries),) = told(before, *ONE_POOR[:-1], again)
    assert entries == (2, 3, 4, 5, 6, 7)


@pytest.mark.parametrize(("day", "is_found"), [("2025-05-29", False), ("2025-05-30", True), ("2025-05-31", True)])
def test_a_table_counts_from_its_day(day: str, is_found: bool) -> None:
    """What is yet to be published is not compared."""
    assert bool(told(*ONE_POOR, day=day)) is is_found
