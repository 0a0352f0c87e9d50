"""Rules on ratings that do not follow from what was on record before them."""

import pytest

from ledger.audits import Rule
from ledger.audits.ratings import rating_chain_broken, reaffirmed_otherwise
from ledger.events import (
    Event,
    RatingChanged,
    RatingReaffirmed,
    RatingsReplaced,
    RatingStated,
    RatingWithdrawn,
)
from tests.audits.book import Book, Told

RI, GOOD, BAD = "Requires improvement", "Good", "Inadequate"
NEW = "Single Assessment Framework 2024"


def told(rule: Rule, *facts: Event, day: str = "2026-03-01") -> Told:
    """Give what a rule reports of facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(rule, day)


def changed(previous: str | None, rating: str = RI, on: str = "2025-05-30", service: str | None = None) -> RatingChanged:
    """Give a change of the rating for well-led."""
    return RatingChanged(trust="RHA", on=on, key_question="Well-led", rating=rating, previous=previous, service=service)


def stated(rating: str, on: str = "../2025-05-29") -> RatingStated:
    """Give a rating for well-led that was in force."""
    return RatingStated(trust="RHA", on=on, key_question="Well-led", rating=rating)


def reaffirmed(rating: str, on: str = "2025-09-01") -> RatingReaffirmed:
    """Give a rating for well-led that was reaffirmed."""
    return RatingReaffirmed(trust="RHA", on=on, key_question="Well-led", rating=rating)


WITHDRAWN = RatingWithdrawn(trust="RHA", on="2025-01-01", key_question="Well-led")


def test_a_change_from_what_was_never_on_record_is_reported() -> None:
    """The exception says that a link is missing, not that anything is wrong."""
    book = Book()
    book.on("2026-01-20").record(changed(GOOD))
    (found,) = rating_chain_broken.exceptions(book.dossier("2026-03-01"))
    assert found.text == (
        "1 change of rating: “Whole trust, Well-led” from Good to Requires improvement on 30 May 2025. No earlier rating of it is "
        "on record: a link is missing."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1,), ("rating", "", "", "Well-led"), "low")


def test_changes_without_a_link_are_told_together() -> None:
    """Six of them make one exception that lists five."""
    book = Book()
    book.on("2026-01-20").record(*(changed(GOOD, service=f"Service {number}") for number in range(6)))
    (found,) = rating_chain_broken.exceptions(book.dossier("2026-03-01"))
    assert found.text.startswith(
        "6 changes of rating: “Service 0, Well-led” from Good to Requires improvement on 30 May 2025; "
    )
    assert found.text.endswith("on 30 May 2025; and 1 more. No earlier rating of them is on record: a link is missing.")
    assert (found.entries, found.about) == ((1, 2, 3, 4, 5, 6), ())


def test_a_change_from_another_rating_than_the_one_on_record_is_reported() -> None:
    """Both are named and cited."""
    text = (
        "“Whole trust, Well-led” is recorded as changed from Good to Requires improvement on 30 May 2025, and the rating on record "
        "before that is Inadequate: a link between them is missing."
    )
    assert told(rating_chain_broken, stated(BAD, "2023"), changed(GOOD)) == [(text, (1, 2))]


@pytest.mark.parametrize(
    "facts",
    [
        [stated(GOOD), changed(GOOD)],
        [changed(GOOD), stated(GOOD, "../2025-05-30")],
        [stated(BAD, "2023"), changed(GOOD), stated(GOOD, "../2025-05-30")],
        [stated(GOOD), changed(None)],
        [stated(GOOD, "2024"), WITHDRAWN, changed("No published rating")],
        [stated(GOOD, "2024"), WITHDRAWN, changed(GOOD)],
        [changed("No published rating")],
        [stated(GOOD), RatingsReplaced(trust="RHA", on="2025-05-30", framework=NEW), changed(GOOD)],
        [stated(BAD, "2024-05-01"), stated(GOOD, "2024-05-01"), changed(GOOD)],
        [stated(BAD, "2024-05-01"), stated(GOOD, "../2025-01"), changed(GOOD)],
        [stated(GOOD), stated("Inspected but not rated", "2025-05-29"), changed("Inspected but not rated")],
    ],
    ids=[
        "it stood",
        "of the same day, recorded after",
        "of the same day, recorded after, another stood",
        "none is stated",
        "none stood",
        "it was withdrawn",
        "there was none",
        "it was replaced by a framework",
        "one of two of a day",
        "of uncertain date",
        "the last published",
    ],
)
def test_a_change_from_what_was_on_record_is_linked(facts: list[Event]) -> None:
    """What stood, what was published with it, what was cleared since: each is a link."""
    assert told(rating_chain_broken, *facts) == []


@pytest.mark.parametrize(
    "facts", [[stated(GOOD, "2022"), stated(BAD, "2023")], [stated(GOOD, "2022"), stated(BAD, "2023"), WITHDRAWN]]
)
def test_a_rating_displaced_since_is_no_link(facts: list[Event]) -> None:
    """The last on record before the change is the one told, also where it was withdrawn since."""
    ((text, entries),) = told(rating_chain_broken, *facts, changed(GOOD))
    assert "the rating on record before that is Inadequate" in text
    assert entries == (1, 2, len(facts) + 1)


def test_a_rating_of_another_slot_is_no_link() -> None:
    """The trust's own rating says nothing of a service's."""
    ((_, entries),) = told(rating_chain_broken, stated(GOOD), changed(GOOD, service="Wards"))
    assert entries == (2,)


@pytest.mark.parametrize(("day", "is_found"), [("2025-05-29", False), ("2025-05-30", True), ("2025-05-31", True)])
def test_a_change_counts_from_its_day(day: str, is_found: bool) -> None:
    """What is yet to come is not reported."""
    assert bool(told(rating_chain_broken, changed(GOOD), day=day)) is is_found


def test_a_rating_reaffirmed_as_another_is_reported() -> None:
    """The exception says what stood."""
    book = Book()
    book.on("2026-01-20").record(stated(GOOD), reaffirmed(RI))
    (found,) = reaffirmed_otherwise.exceptions(book.dossier("2026-03-01"))
    assert found.text == (
        "“Whole trust, Well-led” is recorded as reaffirmed as Requires improvement on 1 September 2025, and what stood on record "
        "was Good."
    )
    assert (found.entries, found.about, str(found.severity)) == ((1, 2), ("rating", "", "", "Well-led"), "medium")


@pytest.mark.parametrize(
    "facts",
    [
        [stated(RI), reaffirmed(RI)],
        [reaffirmed(RI)],
        [stated(GOOD, "2024"), WITHDRAWN, reaffirmed(RI)],
        [changed(None, GOOD), reaffirmed(RI, "2025-03/2025-09")],
        [stated(GOOD), reaffirmed("Inspected but not rated")],
    ],
    ids=["the same", "nothing stood", "it was withdrawn", "which came first is uncertain", "not a rating that is ranked"],
)
def test_a_rating_reaffirmed_as_it_stood_is_not_reported(facts: list[Event]) -> None:
    """Nor is one where nothing stood, or where nobody can tell what stood at the time."""
    assert told(reaffirmed_otherwise, *facts) == []


def test_a_rating_reaffirmed_on_the_day_of_another_is_reported() -> None:
    """Of two of one day the lower stands; that they differ is told all the same."""
    assert len(told(reaffirmed_otherwise, changed(None, RI), reaffirmed(GOOD, "2025-05-30"))) == 1
