"""Formal reviews: commissioned and published."""

from datetime import date

from ledger import When
from ledger.events import ReviewCommissioned, ReviewPublished
from ledger.projections.reviews import Review, reviews

COMMISSIONED = ReviewCommissioned(
    trust="RHA",
    on="2024-01-30",
    review="section-48-review",
    title="Section 48 review",
    commissioned_by="Secretary of State for Health and Social Care",
    carried_out_by="Care Quality Commission",
    statute="section 48",
    reason="The attack of June 2023",
)
PUBLISHED = ReviewPublished(
    trust="RHA", on="2024-08", review="section-48-review", title="Report of the review", text="In two parts."
)


def test_a_review_is_on_record_as_commissioned() -> None:
    """Everything that is said of a commissioning is kept."""
    assert reviews.fold([COMMISSIONED])["section-48-review"] == Review(
        review="section-48-review",
        title="Section 48 review",
        commissioned_on=When("2024-01-30"),
        commissioned_by="Secretary of State for Health and Social Care",
        carried_out_by="Care Quality Commission",
        statute="section 48",
        reason="The attack of June 2023",
        last_heard=date(2024, 1, 30),
    )


def test_a_review_is_published() -> None:
    """Publication adds its day and its text, and leaves the title it was commissioned under."""
    review = reviews.fold([COMMISSIONED, PUBLISHED])["section-48-review"]
    assert (review.title, review.published_on, review.text) == ("Section 48 review", When("2024-08"), "In two parts.")
    assert (review.commissioned_on, review.last_heard) == (When("2024-01-30"), date(2024, 8, 31))


def test_a_review_published_before_it_is_known_to_be_commissioned() -> None:
    """A publication known first is kept, and so is its title when the commissioning is known."""
    first = reviews.fold([PUBLISHED])
    assert first["section-48-review"] == Review(
        review="section-48-review",
        title="Report of the review",
        published_on=When("2024-08"),
        text="In two parts.",
        last_heard=date(2024, 8, 31),
    )
    both = reviews.step(first, COMMISSIONED)["section-48-review"]
    assert (both.title, both.published_on, both.commissioned_on) == (
        "Report of the review",
        When("2024-08"),
        When("2024-01-30"),
    )


def test_the_first_day_of_each_stands() -> None:
    """A second commissioning or publication does not move the day of the first."""
    given = [
        COMMISSIONED,
        ReviewCommissioned(trust="RHA", on="2024-02-10", review="section-48-review", title="Section 48 review"),
        PUBLISHED,
        ReviewPublished(trust="RHA", on="2024-09-01", review="section-48-review"),
    ]
    review = reviews.fold(given)["section-48-review"]
    assert (review.commissioned_on, review.published_on) == (When("2024-01-30"), When("2024-08"))
    assert review.last_heard == date(2024, 9, 1)


def test_a_second_statement_of_a_review_fills_gaps() -> None:
    """What was said first of a commissioning stands; what it left out comes from the next, in either order."""
    other = ReviewCommissioned(
        trust="RHA",
        on="2024-02-10",
        review="section-48-review",
        title="Special review",
        commissioned_by="NHS England",
        carried_out_by="A panel",
        statute="section 50",
        reason="Concerns",
    )
    assert reviews.fold([COMMISSIONED, other])["section-48-review"] == Review(
        review="section-48-review",
        title="Section 48 review",
        commissioned_on=When("2024-01-30"),
        commissioned_by="Secretary of State for Health and Social Care",
        carried_out_by="Care Quality Commission",
        statute="section 48",
        reason="The attack of June 2023",
        last_heard=date(2024, 2, 10),
    )
    bare = ReviewCommissioned(trust="RHA", on="2024-01-20", review="section-48-review", title="Special review")
    assert reviews.fold([bare, COMMISSIONED])["section-48-review"] == Review(
        review="section-48-review",
        title="Special review",
        commissioned_on=When("2024-01-20"),
        commissioned_by="Secretary of State for Health and Social Care",
        carried_out_by="Care Quality Commission",
        statute="section 48",
        reason="The attack of June 2023",
        last_heard=date(2024, 1, 30),
    )


def test_a_second_publication_leaves_what_it_does_not_say() -> None:
    """A publication without a text keeps that of the one before; one with a text is the latest said."""
    silent = ReviewPublished(trust="RHA", on="2024-09-01", review="section-48-review")
    other = ReviewPublished(trust="RHA", on="2024-09-01", review="section-48-review", text="In three parts.")
    assert reviews.fold([PUBLISHED, silent])["section-48-review"].text == "In two parts."
    assert reviews.fold([silent, PUBLISHED])["section-48-review"].text == "In two parts."
    assert reviews.fold([PUBLISHED, other])["section-48-review"].text == "In three parts."


def test_a_published_review_reads_aloud() -> None:
    """The words of a review say who asked, who did it, under which power, why, and when it was published."""
    review = reviews.fold([COMMISSIONED, PUBLISHED])["section-48-review"]
    assert review.about == ("review", "section-48-review")
    assert str(review) == (
        "Section 48 review: commissioned 30 January 2024; by Secretary of State for Health and Social Care; "
        "carried out by Care Quality Commission; power: section 48; because: The attack of June 2023; "
        "published August 2024; In two parts."
    )


def test_a_review_not_published_says_so() -> None:
    """A review whose publication nobody has recorded says that, and no more."""
    bare = ReviewCommissioned(trust="RHA", on="2024-01-30", review="culture", title="Culture review")
    assert str(reviews.fold([bare])["culture"]) == ("Culture review: commissioned 30 January 2024; publication not on record")


def test_a_review_known_only_by_its_publication_says_so() -> None:
    """A publication without a commissioning or a title goes by the review's id."""
    published = ReviewPublished(trust="RHA", on="2024-08-13", review="culture")
    assert str(reviews.fold([published])["culture"]) == "culture: commissioning not on record; published 13 August 2024"
