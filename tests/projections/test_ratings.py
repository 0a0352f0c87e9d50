"""Ratings: what stands in each slot, since when, and what is in doubt."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from immutables import Map

from ledger import When
from ledger.errors import WordError
from ledger.events import (
    Event,
    Framework,
    KeyQuestion,
    Rating,
    RatingChanged,
    RatingPublished,
    RatingReaffirmed,
    RatingsReplaced,
    RatingsRestored,
    RatingsSuspended,
    RatingStated,
    RatingWithdrawn,
)
from ledger.projections.ratings import Rated, Ratings, Slot, ratings

GOOD = RatingChanged(trust="RHA", on="2022-05-10", rating="Good")
POOR = RatingChanged(trust="RHA", on="2024-03-01", rating="Inadequate")


def overall(given: Sequence[Event]) -> Rated:
    """Give the overall rating of the trust after some facts, which is there."""
    rated = ratings.fold(given).of()
    assert rated is not None
    return rated


def test_a_change_is_on_record_in_its_slot() -> None:
    """Everything that is said of a change is kept; the rating stands since CQC published it."""
    changed = RatingChanged(
        trust="RHA",
        on="2022-05-10",
        location="Highbury Hospital",
        service="Acute wards",
        key_question="Safe",
        rating="Requires improvement",
        previous="Good",
        framework="Next phase 2017",
        inspection="acute-2022",
    )
    state = ratings.fold([changed])
    assert state == Ratings(
        Map(
            {
                Slot("Highbury Hospital", "Acute wards", KeyQuestion.SAFE): Rated(
                    location="Highbury Hospital",
                    service="Acute wards",
                    key_question=KeyQuestion.SAFE,
                    rating=Rating.REQUIRES_IMPROVEMENT,
                    since=When("2022-05-10"),
                    framework=Framework.NEXT_PHASE_2017,
                    previous=Rating.GOOD,
                    inspection="acute-2022",
                    last_published=Rating.REQUIRES_IMPROVEMENT,
                    last_heard=date(2022, 5, 10),
                )
            }
        )
    )


def test_a_statement_is_on_record_as_in_force_by_its_day() -> None:
    """A rating that is only stated says that its beginning is not."""
    stated = RatingStated(trust="RHA", on="../2022-05", rating="Good", framework="KLOE 2014", inspection="visit")
    assert overall([stated]) == Rated(
        location=None,
        service=None,
        key_question=KeyQuestion.OVERALL,
        rating=Rating.GOOD,
        since=When("../2022-05"),
        framework=Framework.KLOE_2014,
        inspection="visit",
        last_published=Rating.GOOD,
        is_stated=True,
        last_heard=date(2022, 5, 31),
    )


def test_a_reaffirmation_of_nothing_known_states_its_rating() -> None:
    """A rating first known by its reaffirmation stands as in force by that day, and as reaffirmed on it."""
    assert overall([RatingReaffirmed(trust="RHA", on="2022-05-10", rating="Good")]) == Rated(
        location=None,
        service=None,
        key_question=KeyQuestion.OVERALL,
        rating=Rating.GOOD,
        since=When("2022-05-10"),
        last_published=Rating.GOOD,
        reaffirmed_on=When("2022-05-10"),
        is_stated=True,
        last_heard=date(2022, 5, 10),
    )


def test_absence_is_a_state() -> None:
    """A slot without a rating gives none, whatever stands in the others."""
    state = ratings.fold([GOOD])
    assert state.of("Safe") is None
    assert state.of(service="Acute wards") is None
    assert state.of(location="Highbury Hospital") is None
    assert ratings.initial.of() is None


def test_a_slot_is_asked_for_by_words() -> None:
    """Key question, service and location, each by name, lead to the rating of their slot; a word CQC does not use is an error."""
    state = ratings.fold(
        [
            RatingChanged(trust="RHA", on="2022-05-10", key_question="Safe", rating="Outstanding"),
            RatingChanged(trust="RHA", on="2022-05-10", service="Acute wards", key_question="Safe", rating="Good"),
            RatingChanged(trust="RHA", on="2022-05-10", location="Highbury Hospital", rating="Inadequate"),
        ]
    )
    assert [rated.rating for rated in (state.of("Safe"), state.of("Safe", service="Acute wards")) if rated] == [
        Rating.OUTSTANDING,
        Rating.GOOD,
    ]
    assert state.of(KeyQuestion.OVERALL, location="Highbury Hospital") == state.of(location="Highbury Hospital") is not None
    with pytest.raises(WordError, match="did you mean 'Well-led'"):
        state.of("Well led")


def test_a_newer_rating_displaces_the_one_that_stood() -> None:
    """A change takes the place of what stood, with its own day; what stood is what was before."""
    rated = overall([RatingStated(trust="RHA", on="2021-01-01", rating="Outstanding", inspection="old"), GOOD, POOR])
    assert (rated.rating, rated.since, rated.previous) == (Rating.INADEQUATE, When("2024-03-01"), Rating.GOOD)
    assert (rated.last_published, rated.is_stated, rated.inspection) == (Rating.INADEQUATE, False, None)
    assert rated.last_heard == date(2024, 3, 1)


def test_the_rating_before_is_what_the_source_says_it_was() -> None:
    """A previous rating that the source states counts, even if the record has another."""
    changed = RatingChanged(trust="RHA", on="2024-03-01", rating="Inadequate", previous="Outstanding")
    assert overall([GOOD, changed]).previous is Rating.OUTSTANDING


@pytest.mark.parametrize("framework", list(Framework))
def test_a_newer_rating_displaces_whatever_the_framework(framework: Framework) -> None:
    """The framework is an attribute: a rating under any displaces one under any other."""
    first = RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework="Single Assessment Framework 2024")
    then = RatingChanged(trust="RHA", on="2024-03-01", rating="Inadequate", framework=framework)
    rated = overall([first, then])
    assert (rated.rating, rated.framework) == (Rating.INADEQUATE, framework)


def test_a_change_to_the_same_rating_sets_its_day() -> None:
    """A change that CQC published counts from its day, even where the record has the rating already."""
    again = RatingChanged(trust="RHA", on="2024-03-01", rating="Good")
    assert overall([GOOD, again]).since == When("2024-03-01")


@pytest.mark.parametrize("unranked", ["Inspected but not rated", "Insufficient evidence to rate", "No published rating"])
def test_unranked_never_displaces_ranked(unranked: str) -> None:
    """What CQC publishes without a rank is kept as last published, and the ranked rating stands as it was."""
    rated = overall([GOOD, RatingChanged(trust="RHA", on="2024-03-01", rating=unranked, framework="Sector frameworks 2026")])
    assert (rated.rating, rated.since, rated.framework) == (Rating.GOOD, When("2022-05-10"), None)
    assert (rated.last_published, rated.last_heard) == (Rating(unranked), date(2024, 3, 1))


def test_unranked_does_not_displace_the_lowest_rank() -> None:
    """Inadequate is a rank, the lowest one, and stands against what has none."""
    rated = overall([POOR, RatingChanged(trust="RHA", on="2025-01-01", rating="Inspected but not rated")])
    assert (rated.rating, rated.last_published) == (Rating.INADEQUATE, Rating.NOT_RATED)


def test_ranked_displaces_unranked() -> None:
    """A ranked rating takes the place of what had no rank, and is then what was last published."""
    rated = overall([RatingChanged(trust="RHA", on="2021-01-01", rating="Inspected but not rated"), POOR])
    assert (rated.rating, rated.since) == (Rating.INADEQUATE, When("2024-03-01"))
    assert (rated.previous, rated.last_published) == (Rating.NOT_RATED, Rating.INADEQUATE)


def test_unranked_displaces_unranked() -> None:
    """Where nothing ranked stands, the newer statement does."""
    first = RatingChanged(trust="RHA", on="2021-01-01", rating="Inspected but not rated")
    then = RatingChanged(trust="RHA", on="2022-01-01", rating="Insufficient evidence to rate")
    rated = overall([first, then])
    assert (rated.rating, rated.since) == (Rating.INSUFFICIENT_EVIDENCE, When("2022-01-01"))


@pytest.mark.parametrize(
    ("given", "stands", "also"),
    [
        (["Good", "Inadequate"], Rating.INADEQUATE, (Rating.GOOD,)),
        (["Inadequate", "Good"], Rating.INADEQUATE, (Rating.GOOD,)),
        (["Outstanding", "Good"], Rating.GOOD, (Rating.OUTSTANDING,)),
        (["Requires improvement", "Good"], Rating.REQUIRES_IMPROVEMENT, (Rating.GOOD,)),
        (["Good", "Inadequate", "Outstanding"], Rating.INADEQUATE, (Rating.GOOD, Rating.OUTSTANDING)),
        (["Outstanding", "Good", "Inadequate"], Rating.INADEQUATE, (Rating.GOOD, Rating.OUTSTANDING)),
        (["Inadequate", "Outstanding", "Good"], Rating.INADEQUATE, (Rating.GOOD, Rating.OUTSTANDING)),
        (["Inadequate", "Good", "Good"], Rating.INADEQUATE, (Rating.GOOD,)),
    ],
)
def test_two_ratings_of_one_day_both_stand(given: list[str], stands: Rating, also: tuple[Rating, ...]) -> None:
    """Of different ratings published on one day the lower is shown and the others named, whichever was recorded first."""
    rated = overall([RatingChanged(trust="RHA", on="2022-05-10", rating=rating) for rating in given])
    assert (rated.rating, rated.also, rated.last_published) == (stands, also, stands)
    assert (rated.since, rated.previous) == (When("2022-05-10"), None)


@pytest.mark.parametrize("given", list(permutations(["Outstanding", "Good", "Requires improvement", "Inadequate"])))
@pytest.mark.parametrize("on", ["2022-05-10", "2022-05", "../2022-05"])
def test_ratings_of_one_date_stand_alike_in_any_order(on: str, given: tuple[str, ...]) -> None:
    """However many ratings bear one date, and however precise it is, the lowest stands and the others are named in order."""
    rated = overall([RatingChanged(trust="RHA", on=on, rating=rating) for rating in given])
    assert (rated.rating, rated.since) == (Rating.INADEQUATE, When(on))
    assert rated.also == (Rating.GOOD, Rating.OUTSTANDING, Rating.REQUIRES_IMPROVEMENT)
    assert (rated.in_doubt, rated.last_published) == ((), Rating.INADEQUATE)


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_of_one_date_the_attributes_are_those_of_the_rating_that_stands(given: tuple[int, ...]) -> None:
    """Framework and inspection are what is said of the lowest rating, in whatever order the ratings of a date come."""
    facts = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework="KLOE 2014", inspection="visit-1"),
        RatingStated(trust="RHA", on="2022-05-10", rating="Inadequate", framework="Next phase 2017", inspection="visit-2"),
        RatingChanged(trust="RHA", on="2022-05-10", rating="Outstanding", inspection="visit-3"),
    ]
    assert overall([facts[one] for one in given]) == Rated(
        location=None,
        service=None,
        key_question=KeyQuestion.OVERALL,
        rating=Rating.INADEQUATE,
        since=When("2022-05-10"),
        framework=Framework.NEXT_PHASE_2017,
        inspection="visit-2",
        also=(Rating.GOOD, Rating.OUTSTANDING),
        last_published=Rating.INADEQUATE,
        is_stated=True,
        last_heard=date(2022, 5, 10),
    )


@pytest.mark.parametrize("given", list(permutations(range(2))))
def test_of_one_date_what_is_not_said_of_the_rating_that_stands_is_not_borrowed(given: tuple[int, ...]) -> None:
    """A framework or an inspection named for the higher rating is not taken for that of the lower."""
    facts = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework="KLOE 2014", inspection="visit-1"),
        RatingChanged(trust="RHA", on="2022-05-10", rating="Inadequate"),
    ]
    rated = overall([facts[one] for one in given])
    assert (rated.rating, rated.also) == (Rating.INADEQUATE, (Rating.GOOD,))
    assert (rated.framework, rated.inspection) == (None, None)


@pytest.mark.parametrize("given", list(permutations(range(2))))
def test_of_one_rating_told_twice_each_telling_fills_gaps(given: tuple[int, ...]) -> None:
    """Two sources that tell one rating of one date may name the framework and the inspection between them."""
    facts = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework="KLOE 2014"),
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", inspection="visit-1"),
    ]
    rated = overall([facts[one] for one in given])
    assert (rated.framework, rated.inspection, rated.also) == (Framework.KLOE_2014, "visit-1", ())


@pytest.mark.parametrize("given", [["Good", "Inspected but not rated"], ["Inspected but not rated", "Good"]])
@pytest.mark.parametrize("on", ["2022-05-10", "2022-05"])
def test_of_one_day_ranked_stands_against_unranked(on: str, given: list[str]) -> None:
    """Of a ranked rating and an unranked one of one date the ranked stands, whichever was recorded first; no rank is named."""
    rated = overall([RatingChanged(trust="RHA", on=on, rating=rating) for rating in given])
    assert (rated.rating, rated.since) == (Rating.GOOD, When(on))
    assert (rated.also, rated.in_doubt, rated.last_published) == ((), (), Rating.NOT_RATED)


@pytest.mark.parametrize("given", list(permutations(["Good", "Inspected but not rated", "Inadequate"])))
def test_of_one_day_two_ranked_stand_against_one_unranked(given: tuple[str, ...]) -> None:
    """Among ranked ratings of a date, an unranked one changes neither which stands nor which are named, wherever it comes."""
    rated = overall([RatingChanged(trust="RHA", on="2022-05-10", rating=rating) for rating in given])
    assert (rated.rating, rated.also) == (Rating.INADEQUATE, (Rating.GOOD,))


@pytest.mark.parametrize("given", list(permutations(["Insufficient evidence to rate", "Inspected but not rated"])))
def test_two_unranked_of_one_day_both_stand(given: tuple[str, ...]) -> None:
    """Of two unranked ratings of one day one is shown and the other named, the same whichever was recorded first."""
    rated = overall([RatingChanged(trust="RHA", on="2022-05-10", rating=rating) for rating in given])
    assert (rated.rating, rated.also) == (Rating.NOT_RATED, (Rating.INSUFFICIENT_EVIDENCE,))


def test_ratings_of_days_side_by_side_follow_each_other() -> None:
    """A rating published the day after another takes its place, and nothing is of the same day."""
    rated = overall([POOR, RatingChanged(trust="RHA", on="2024-03-02", rating="Good")])
    assert (rated.rating, rated.also, rated.previous) == (Rating.GOOD, (), Rating.INADEQUATE)


def test_a_later_rating_settles_two_of_one_day() -> None:
    """Once a later rating stands, those of the earlier day are no longer named."""
    given = [GOOD, RatingChanged(trust="RHA", on="2022-05-10", rating="Outstanding"), POOR]
    assert overall(given).also == ()


def test_one_rating_stated_twice_for_one_day_stands_once() -> None:
    """The same rating of the same day, told by two sources, is one rating."""
    rated = overall([GOOD, RatingChanged(trust="RHA", on="2022-05-10", rating="Good")])
    assert (rated.rating, rated.since, rated.also, rated.in_doubt) == (Rating.GOOD, When("2022-05-10"), (), ())


@pytest.mark.parametrize(
    ("on", "stands", "in_doubt"),
    [
        ("2024-02/2024-06", Rating.INADEQUATE, (Rating.GOOD,)),
        ("2024-03-01/2024-06", Rating.INADEQUATE, (Rating.GOOD,)),
        ("2024-03-02/2024-06", Rating.GOOD, ()),
        ("2024", Rating.INADEQUATE, (Rating.GOOD,)),
        ("../2024-06", Rating.INADEQUATE, (Rating.GOOD,)),
        ("2024-03~", Rating.INADEQUATE, (Rating.GOOD,)),
        ("2024-03-01?", Rating.INADEQUATE, (Rating.GOOD,)),
        ("2024-03-02", Rating.GOOD, ()),
    ],
)
def test_a_rating_whose_doubt_contains_the_standing_day_does_not_displace(
    on: str, stands: Rating, in_doubt: tuple[Rating, ...]
) -> None:
    """A rating that may have come before the one that stands is named as in doubt; from the day after, it displaces."""
    rated = overall([POOR, RatingChanged(trust="RHA", on=on, rating="Good")])
    assert (rated.rating, rated.in_doubt) == (stands, in_doubt)
    assert rated.last_heard == When(on).latest


def test_the_standing_day_is_the_latest_that_it_can_mean() -> None:
    """Doubt is measured against the last day that the standing rating's own date can mean."""
    standing = RatingStated(trust="RHA", on="../2024-03", rating="Inadequate")
    assert overall([standing, RatingChanged(trust="RHA", on="2024-03-31/2024-06", rating="Good")]).rating is Rating.INADEQUATE
    assert overall([standing, RatingChanged(trust="RHA", on="2024-04-01/2024-06", rating="Good")]).rating is Rating.GOOD


def test_a_precise_rating_on_the_last_day_of_a_standing_one_displaces() -> None:
    """A rating of one certain day is in no doubt: it takes the place of one that was in force by that day."""
    standing = RatingStated(trust="RHA", on="../2024-03", rating="Inadequate")
    rated = overall([standing, RatingChanged(trust="RHA", on="2024-03-31", rating="Good")])
    assert (rated.rating, rated.since, rated.in_doubt) == (Rating.GOOD, When("2024-03-31"), ())


def test_one_rating_stated_twice_with_one_imprecise_date_is_in_no_doubt() -> None:
    """Two sources that state one rating by one imprecise date agree, and the second may name the framework."""
    first = RatingStated(trust="RHA", on="../2024-03", rating="Good")
    then = RatingStated(trust="RHA", on="../2024-03", rating="Good", framework="KLOE 2014")
    rated = overall([first, then])
    assert (rated.rating, rated.since, rated.framework) == (Rating.GOOD, When("../2024-03"), Framework.KLOE_2014)
    assert (rated.also, rated.in_doubt) == ((), ())


def test_a_standing_rating_with_an_open_end_is_displaced() -> None:
    """Any fact is taken in any state: a rating with no last day has none that another's doubt could contain."""
    standing = RatingStated(trust="RHA", on="2024-03/..", rating="Inadequate")
    rated = overall([standing, RatingChanged(trust="RHA", on="2024-06", rating="Good")])
    assert (rated.rating, rated.last_heard) == (Rating.GOOD, date(2024, 6, 30))


def test_each_rating_in_doubt_is_named_once() -> None:
    """Ratings in doubt are gathered in the order they were heard of; one that stands anyway is in no doubt."""
    given = [
        POOR,
        RatingChanged(trust="RHA", on="2024", rating="Good"),
        RatingStated(trust="RHA", on="../2024", rating="Good"),
        RatingStated(trust="RHA", on="../2025", rating="Outstanding"),
        RatingStated(trust="RHA", on="../2025", rating="Inadequate"),
    ]
    rated = overall(given)
    assert (rated.rating, rated.since) == (Rating.INADEQUATE, When("2024-03-01"))
    assert rated.in_doubt == (Rating.GOOD, Rating.OUTSTANDING)
    assert rated.last_published is Rating.INADEQUATE


def test_a_later_rating_settles_the_doubt() -> None:
    """Once a rating that comes after all doubt stands, nothing is in doubt."""
    given = [POOR, RatingChanged(trust="RHA", on="2024", rating="Good"), RatingChanged(trust="RHA", on="2025", rating="Good")]
    rated = overall(given)
    assert (rated.rating, rated.since, rated.in_doubt) == (Rating.GOOD, When("2025"), ())


@pytest.mark.parametrize("kind", [RatingReaffirmed, RatingStated])
def test_a_later_precise_word_on_what_stands_settles_the_doubt(kind: type[RatingReaffirmed | RatingStated]) -> None:
    """A rating told again after all doubt is in no doubt, and those that bore its date are no longer named."""
    outstanding = RatingChanged(trust="RHA", on="2022-05-10", rating="Outstanding")
    doubtful = RatingChanged(trust="RHA", on="2022", rating="Inadequate")
    before = overall([GOOD, outstanding, doubtful])
    assert (before.rating, before.also, before.in_doubt) == (Rating.GOOD, (Rating.OUTSTANDING,), (Rating.INADEQUATE,))
    rated = overall([GOOD, outstanding, doubtful, kind(trust="RHA", on="2024-03-01", rating="Good", inspection="visit")])
    assert (rated.rating, rated.since, rated.also, rated.in_doubt) == (Rating.GOOD, When("2022-05-10"), (), ())
    assert rated.inspection == "visit"


@pytest.mark.parametrize("on", ["2024-06", "2024", "../2024-06", "2024-06-01~"])
def test_a_reaffirmation_that_may_have_come_before_settles_nothing(on: str) -> None:
    """A reaffirmation whose doubt contains the day of the rating that stands is kept, and leaves every other doubt."""
    standing = RatingChanged(trust="RHA", on="2024-06-01", rating="Good")
    other = RatingChanged(trust="RHA", on="2024-06-01", rating="Outstanding")
    doubtful = RatingChanged(trust="RHA", on="2024-06-01?", rating="Inadequate")
    rated = overall([standing, other, doubtful, RatingReaffirmed(trust="RHA", on=on, rating="Good")])
    assert (rated.since, rated.reaffirmed_on) == (When("2024-06-01"), When(on))
    assert (rated.also, rated.in_doubt) == ((Rating.OUTSTANDING,), (Rating.INADEQUATE,))


def test_only_a_reaffirmation_of_what_stands_reaffirms() -> None:
    """Of imprecise date, a statement of what stands or a reaffirmation of another rating sets no day of reaffirmation."""
    stated = RatingStated(trust="RHA", on="2022", rating="Good")
    other = RatingReaffirmed(trust="RHA", on="2022", rating="Inadequate")
    assert (overall([GOOD, stated]).reaffirmed_on, overall([GOOD, stated]).in_doubt) == (None, ())
    assert (overall([GOOD, other]).reaffirmed_on, overall([GOOD, other]).in_doubt) == (None, (Rating.INADEQUATE,))


def test_a_reaffirmation_of_the_same_rating_leaves_its_day() -> None:
    """A rating reaffirmed stands since it first did; the day it was reaffirmed is kept, and a framework that is now named."""
    again = RatingReaffirmed(trust="RHA", on="2024-03-01", rating="Good", framework="Next phase 2017", inspection="visit")
    rated = overall([RatingChanged(trust="RHA", on="2022-05-10", rating="Good", previous="Inadequate"), again])
    assert (rated.since, rated.reaffirmed_on) == (When("2022-05-10"), When("2024-03-01"))
    assert (rated.previous, rated.is_stated) == (Rating.INADEQUATE, False)
    assert rated.framework is Framework.NEXT_PHASE_2017
    assert rated.last_heard == date(2024, 3, 1)


def test_a_reaffirmation_without_a_framework_leaves_the_one_known() -> None:
    """What a reaffirmation does not say stays, and it makes the rating the last published."""
    given = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework="KLOE 2014"),
        RatingChanged(trust="RHA", on="2023-01-01", rating="Inspected but not rated"),
        RatingReaffirmed(trust="RHA", on="2024-03-01", rating="Good"),
    ]
    rated = overall(given)
    assert (rated.framework, rated.last_published) == (Framework.KLOE_2014, Rating.GOOD)


def test_a_reaffirmation_of_another_rating_sets_it() -> None:
    """A reaffirmation that names another rating than stood puts that on record, as in force by its day."""
    rated = overall([GOOD, RatingReaffirmed(trust="RHA", on="2024-03-01", rating="Inadequate")])
    assert (rated.rating, rated.since, rated.previous) == (Rating.INADEQUATE, When("2024-03-01"), Rating.GOOD)
    assert (rated.reaffirmed_on, rated.is_stated) == (When("2024-03-01"), True)


def test_a_statement_of_what_stands_says_nothing_new() -> None:
    """A rating stated again stands since it first did, and stays as last reaffirmed."""
    given = [
        GOOD,
        RatingReaffirmed(trust="RHA", on="2023-01-01", rating="Good"),
        RatingStated(trust="RHA", on="2024-03-01", rating="Good", framework="Sector frameworks 2026"),
    ]
    rated = overall(given)
    assert (rated.since, rated.reaffirmed_on, rated.is_stated) == (When("2022-05-10"), When("2023-01-01"), False)
    assert (rated.framework, rated.last_heard) == (Framework.SECTOR_2026, date(2024, 3, 1))


def test_a_statement_of_another_rating_displaces() -> None:
    """A rating stated as in force that differs from what stood takes its place."""
    rated = overall([GOOD, RatingStated(trust="RHA", on="2024-03-01", rating="Inadequate")])
    assert (rated.rating, rated.previous, rated.is_stated) == (Rating.INADEQUATE, Rating.GOOD, True)
    assert rated.reaffirmed_on is None


def test_a_rating_withdrawn_leaves_its_slot_empty() -> None:
    """A withdrawal empties one slot and no other; a later rating stands with nothing before it."""
    safe = RatingChanged(trust="RHA", on="2022-05-10", key_question="Safe", rating="Good")
    wards = RatingChanged(trust="RHA", on="2022-05-10", service="Wards", key_question="Safe", rating="Good")
    ward = RatingChanged(trust="RHA", on="2022-05-10", location="Oak", key_question="Safe", rating="Good")
    withdrawn = RatingWithdrawn(trust="RHA", on="2023-01-01", key_question="Safe")
    state = ratings.fold([GOOD, safe, wards, ward, withdrawn])
    assert state.of("Safe") is None
    assert [rated.heading for rated in state] == ["Whole trust, Overall", "Wards, Safe", "Oak, Safe"]
    again = ratings.step(state, RatingChanged(trust="RHA", on="2024-01-01", key_question="Safe", rating="Inadequate"))
    assert [rated.previous for rated in (again.of("Safe"),) if rated] == [None]


@pytest.mark.parametrize(
    ("on", "stands"),
    [
        ("2024-02/2024-06", True),
        ("2024-03-01/2024-06", True),
        ("2024", True),
        ("../2024-06", True),
        ("2024-03-01?", True),
        ("2024-03-02/2024-06", False),
        ("2024-04", False),
        ("2024-03-02", False),
        ("2024-03-01", False),
    ],
)
def test_a_withdrawal_that_may_have_come_before_takes_nothing_away(on: str, *, stands: bool) -> None:
    """A withdrawal whose doubt contains the day of the rating that stands may be of the one before: the rating stays."""
    state = ratings.fold([GOOD, POOR, RatingWithdrawn(trust="RHA", on=on)])
    assert (state.of() is not None) is stands
    assert [(rated.rating, rated.since) for rated in state] == [(Rating.INADEQUATE, When("2024-03-01"))] * stands


def test_each_part_of_a_slot_tells_what_is_withdrawn() -> None:
    """A withdrawal for a service, or for a location, empties that slot and leaves the trust's."""
    given = [
        GOOD,
        RatingChanged(trust="RHA", on="2022-05-10", service="Wards", rating="Good"),
        RatingChanged(trust="RHA", on="2022-05-10", location="Oak", rating="Good"),
    ]
    service = RatingWithdrawn(trust="RHA", on="2023-01-01", service="Wards")
    location = RatingWithdrawn(trust="RHA", on="2023-01-01", location="Oak")
    assert [rated.heading for rated in ratings.fold([*given, service])] == ["Whole trust, Overall", "Oak, Overall"]
    assert [rated.heading for rated in ratings.fold([*given, location])] == ["Whole trust, Overall", "Wards, Overall"]


def test_a_withdrawal_of_nothing_changes_nothing() -> None:
    """Any fact is taken in any state: a withdrawal where no rating stands leaves the others."""
    state = ratings.fold([GOOD])
    assert ratings.step(state, RatingWithdrawn(trust="RHA", on="2023-01-01", key_question="Safe")) == state


REPLACED = RatingsReplaced(trust="RHA", on="2024-02-06", framework="Single Assessment Framework 2024")


@pytest.mark.parametrize(
    ("framework", "stands"),
    [
        (None, False),
        (Framework.KLOE_2014, False),
        (Framework.NEXT_PHASE_2017, False),
        (Framework.SINGLE_ASSESSMENT_2024, True),
        (Framework.SECTOR_2026, True),
    ],
)
def test_a_new_framework_clears_the_trust_level_ratings_of_older_ones(framework: Framework | None, *, stands: bool) -> None:
    """A trust-level rating under an older framework, or under none stated, goes; one under the same or a newer stays."""
    state = ratings.fold([RatingChanged(trust="RHA", on="2022-05-10", rating="Good", framework=framework), REPLACED])
    assert (state.of() is not None) is stands
    assert state.cleared_by is Framework.SINGLE_ASSESSMENT_2024


def test_a_new_framework_clears_every_key_question_of_the_trust_and_no_other_slot() -> None:
    """Ratings of a service or a location stand, under whatever framework."""
    given = [
        RatingChanged(trust="RHA", on="2022-05-10", key_question="Safe", rating="Good", framework="KLOE 2014"),
        RatingChanged(trust="RHA", on="2022-05-10", service="Wards", rating="Good", framework="KLOE 2014"),
        RatingChanged(trust="RHA", on="2022-05-10", location="Oak", rating="Good"),
        REPLACED,
    ]
    assert [rated.heading for rated in ratings.fold(given)] == ["Wards, Overall", "Oak, Overall"]


@pytest.mark.parametrize(
    ("framework", "stands"),
    [
        (None, True),
        (Framework.KLOE_2014, False),
        (Framework.NEXT_PHASE_2017, False),
        (Framework.SINGLE_ASSESSMENT_2024, True),
        (Framework.SECTOR_2026, True),
    ],
)
def test_a_rating_of_an_older_framework_that_arrives_later_stays_cleared(framework: Framework | None, *, stands: bool) -> None:
    """A trust-level rating known to be under a framework that was replaced does not stand, though it counts from later."""
    late = RatingStated(trust="RHA", on="../2024-06", rating="Good", framework=framework)
    assert (ratings.fold([REPLACED, late]).of() is not None) is stands


def test_a_late_rating_of_an_older_framework_leaves_what_stands() -> None:
    """What was cleared neither displaces the rating under the new framework nor puts it in doubt."""
    new = RatingChanged(
        trust="RHA", on="2024-05-30", key_question="Well-led", rating="Good", framework="Single Assessment Framework 2024"
    )
    old = RatingStated(trust="RHA", on="2024-06-30", key_question="Well-led", rating="Inadequate", framework="KLOE 2014")
    state = ratings.fold([REPLACED, new])
    assert ratings.step(state, old) == state


def test_a_late_rating_of_a_service_stands_under_any_framework() -> None:
    """Only trust-level ratings are cleared, also among those that arrive later."""
    late = RatingStated(trust="RHA", on="2024-06-30", service="Wards", rating="Good", framework="KLOE 2014")
    rated = ratings.fold([REPLACED, late]).of(service="Wards")
    assert rated is not None


def test_a_later_framework_clears_again() -> None:
    """Each new framework clears what the one before it left or brought."""
    given = [
        REPLACED,
        RatingChanged(trust="RHA", on="2024-05-30", rating="Good", framework="Single Assessment Framework 2024"),
        RatingsReplaced(trust="RHA", on="2026-09-01", framework="Sector frameworks 2026"),
    ]
    state = ratings.fold(given)
    assert (len(state), state.cleared_by) == (0, Framework.SECTOR_2026)


@pytest.mark.parametrize(
    ("first", "then", "cleared_by"),
    [
        ("Sector frameworks 2026", "Single Assessment Framework 2024", Framework.SECTOR_2026),
        ("Single Assessment Framework 2024", "Sector frameworks 2026", Framework.SECTOR_2026),
        ("Single Assessment Framework 2024", "Single Assessment Framework 2024", Framework.SINGLE_ASSESSMENT_2024),
        ("Next phase 2017", "KLOE 2014", Framework.NEXT_PHASE_2017),
    ],
)
def test_what_cleared_older_ratings_never_moves_back(first: str, then: str, cleared_by: Framework) -> None:
    """Of two new frameworks the newer is what cleared the ratings of older ones, whichever counts first."""
    given = [
        RatingsReplaced(trust="RHA", on="2026-02-06", framework=first),
        RatingsReplaced(trust="RHA", on="2026-03-06", framework=then),
    ]
    assert ratings.fold(given).cleared_by is cleared_by


def test_an_older_framework_that_counts_later_brings_nothing_back() -> None:
    """A rating of a framework that was replaced stays cleared when a still older framework's turn is known later."""
    given = [
        RatingsReplaced(trust="RHA", on="2026-02-06", framework="Sector frameworks 2026"),
        RatingsReplaced(trust="RHA", on="2026-03-06", framework="Single Assessment Framework 2024"),
        RatingStated(trust="RHA", on="2026-04-01", rating="Good", framework="Single Assessment Framework 2024"),
    ]
    assert ratings.fold(given).of() is None


def test_a_rating_that_comes_during_a_suspension_is_suspended() -> None:
    """A suspension marks also what comes while it lasts, in slots that were empty; what comes after it is not marked."""
    safe = RatingChanged(trust="RHA", on="2023-03-01", key_question="Safe", rating="Good")
    caring = RatingChanged(trust="RHA", on="2023-06-01", key_question="Caring", rating="Good")
    suspended = RatingsSuspended(trust="RHA", on="2023-02-01")
    restored = RatingsRestored(trust="RHA", on="2023-05-01")
    during = ratings.fold([suspended, safe])
    assert (during.is_suspended, [rated.is_suspended for rated in during]) == (True, [True])
    after = ratings.fold([suspended, safe, restored, caring])
    assert after.is_suspended is False
    assert [(rated.key_question, rated.is_suspended) for rated in after] == [
        (KeyQuestion.SAFE, False),
        (KeyQuestion.CARING, False),
    ]
    again = RatingsSuspended(trust="RHA", on="2023-07-01")
    assert [rated.is_suspended for rated in ratings.fold([suspended, safe, restored, caring, again])] == [True, True]


def test_a_suspension_outlasts_a_withdrawal_and_a_new_framework() -> None:
    """What empties slots lifts no suspension: the next rating is suspended."""
    suspended = RatingsSuspended(trust="RHA", on="2024-01-01")
    new = RatingChanged(trust="RHA", on="2024-05-30", rating="Good", framework="Single Assessment Framework 2024")
    gone = RatingWithdrawn(trust="RHA", on="2024-02-01")
    assert overall([GOOD, suspended, gone, new]).is_suspended
    assert overall([GOOD, suspended, REPLACED, new]).is_suspended


def test_ratings_are_suspended_and_restored() -> None:
    """A suspension marks every rating and takes none away; a restoration lifts the mark; both are heard of each."""
    safe = RatingChanged(trust="RHA", on="2022-05-10", service="Wards", key_question="Safe", rating="Good")
    state = ratings.fold([GOOD, safe, RatingsSuspended(trust="RHA", on="2023-02-01")])
    assert [(rated.rating, rated.is_suspended, rated.last_heard) for rated in state] == [
        (Rating.GOOD, True, date(2023, 2, 1)),
        (Rating.GOOD, True, date(2023, 2, 1)),
    ]
    state = ratings.step(state, RatingsRestored(trust="RHA", on="2023-04"))
    assert [(rated.rating, rated.is_suspended, rated.last_heard) for rated in state] == [
        (Rating.GOOD, False, date(2023, 4, 30)),
        (Rating.GOOD, False, date(2023, 4, 30)),
    ]


def test_a_suspension_leaves_what_cleared_older_ratings() -> None:
    """Suspending and restoring keep the framework that replaced older ratings."""
    state = ratings.fold([REPLACED, RatingsSuspended(trust="RHA", on="2024-03-01")])
    assert state.cleared_by is Framework.SINGLE_ASSESSMENT_2024


def test_what_is_published_of_a_suspended_rating_does_not_restore_it() -> None:
    """A change, a reaffirmation or an unranked statement leaves a suspension in force: only a restoration lifts it."""
    given = [GOOD, RatingsSuspended(trust="RHA", on="2023-02-01")]
    assert overall([*given, POOR]).is_suspended
    assert overall([*given, RatingReaffirmed(trust="RHA", on="2024-03-01", rating="Good")]).is_suspended
    assert overall([*given, RatingChanged(trust="RHA", on="2024-03-01", rating="No published rating")]).is_suspended


def test_a_withdrawal_and_a_rating_leave_what_cleared_older_ratings() -> None:
    """The framework that replaced older ratings is kept by whatever follows."""
    new = RatingChanged(trust="RHA", on="2024-05-30", rating="Good", framework="Sector frameworks 2026")
    gone = RatingWithdrawn(trust="RHA", on="2024-06-30")
    assert ratings.fold([REPLACED, new]).cleared_by is Framework.SINGLE_ASSESSMENT_2024
    assert ratings.fold([REPLACED, new, gone]) == Ratings(Map(), Framework.SINGLE_ASSESSMENT_2024)


def test_ratings_come_in_cqcs_order() -> None:
    """The trust's ratings come first, then services, then locations; key questions in CQC's order, overall last."""
    slots: list[tuple[str | None, str | None, KeyQuestion]] = [
        ("Oak", None, KeyQuestion.OVERALL),
        (None, "Wards", KeyQuestion.SAFE),
        (None, None, KeyQuestion.OVERALL),
        ("Oak", "Wards", KeyQuestion.CARING),
        (None, None, KeyQuestion.WELL_LED),
        (None, "Beds", KeyQuestion.SAFE),
        (None, None, KeyQuestion.CARING),
        (None, None, KeyQuestion.EFFECTIVE),
        (None, None, KeyQuestion.RESPONSIVE),
        (None, None, KeyQuestion.SAFE),
    ]
    given = [
        RatingChanged(trust="RHA", on="2022-05-10", location=location, service=service, key_question=question, rating="Good")
        for location, service, question in slots
    ]
    state = ratings.fold(given)
    assert [rated.heading for rated in state.rows()] == [
        "Whole trust, Safe",
        "Whole trust, Effective",
        "Whole trust, Caring",
        "Whole trust, Responsive",
        "Whole trust, Well-led",
        "Whole trust, Overall",
        "Beds, Safe",
        "Wards, Safe",
        "Oak, Overall",
        "Oak, Wards, Caring",
    ]
    assert tuple(state) == state.rows()
    assert len(state) == 10


@pytest.mark.parametrize(
    ("location", "service", "about"),
    [
        (None, None, ("rating", "", "", "Safe")),
        (None, "Wards", ("rating", "", "Wards", "Safe")),
        ("Oak", None, ("rating", "Oak", "", "Safe")),
        ("Oak", "Wards", ("rating", "Oak", "Wards", "Safe")),
    ],
)
def test_a_rating_is_about_what_its_facts_are_about(location: str | None, service: str | None, about: tuple[str, ...]) -> None:
    """A rating and the facts about its slot name the slot alike."""
    changed = RatingChanged(
        trust="RHA", on="2022-05-10", location=location, service=service, key_question="Safe", rating="Good"
    )
    (rated,) = ratings.fold([changed])
    assert rated.about == changed.about == about


@pytest.mark.parametrize(
    ("slot", "is_trust_level"),
    [(Slot(), True), (Slot(None, None, KeyQuestion.SAFE), True), (Slot("Oak"), False), (Slot(None, "Wards"), False)],
)
def test_a_slot_of_the_whole_trust_names_neither_location_nor_service(slot: Slot, *, is_trust_level: bool) -> None:
    """Every key question of the whole trust is at trust level; a location or a service makes a slot of something smaller."""
    assert slot.is_trust_level is is_trust_level


def test_a_slot_takes_a_key_question_by_its_word() -> None:
    """A slot named with a word of CQC's has that key question; another word is an error."""
    assert Slot(None, None, "Safe").key_question is KeyQuestion.SAFE
    with pytest.raises(WordError, match="'Safety' is not a key question"):
        Slot(None, None, "Safety")


def test_ratings_read_aloud() -> None:
    """The words of a rating say since when, what was before, the framework; each rating on a line of its own."""
    given = [
        GOOD,
        RatingChanged(trust="RHA", on="2024-03-01", rating="Inadequate", framework="Single Assessment Framework 2024"),
        RatingStated(trust="RHA", on="../2024-05", service="Wards", key_question="Safe", rating="Good"),
    ]
    assert str(ratings.fold(given)) == (
        "Whole trust, Overall: Inadequate, since 1 March 2024; before that Good; framework: Single Assessment Framework 2024\n"
        "Wards, Safe: Good, in force by May 2024"
    )
    assert str(ratings.initial) == "no rating on record"


@pytest.mark.parametrize(
    ("given", "summary"),
    [
        ([GOOD], "Good, since 10 May 2022"),
        ([RatingStated(trust="RHA", on="2022-05-10", rating="Good")], "Good, in force by 10 May 2022"),
        ([RatingChanged(trust="RHA", on="2022-05-10", rating="Good", previous="Good")], "Good, since 10 May 2022"),
        (
            [GOOD, RatingReaffirmed(trust="RHA", on="2024-03-01", rating="Good")],
            "Good, since 10 May 2022; reaffirmed 1 March 2024",
        ),
        (
            [GOOD, RatingChanged(trust="RHA", on="2022-05-10", rating="Outstanding")],
            "Good, since 10 May 2022; another rating bears the same date: Outstanding; the lower is shown",
        ),
        (
            [GOOD, RatingChanged(trust="RHA", on="2022", rating="Inadequate")],
            "Good, since 10 May 2022; another rating of uncertain date is on record: Inadequate",
        ),
        (
            [GOOD, RatingChanged(trust="RHA", on="2024-03-01", rating="No published rating")],
            "Good, since 10 May 2022; last published: No published rating",
        ),
        ([GOOD, RatingsSuspended(trust="RHA", on="2024-03-01")], "Good, since 10 May 2022; suspended"),
    ],
)
def test_what_qualifies_a_rating_reads_aloud(given: list[Event], summary: str) -> None:
    """The words of a rating name each thing that qualifies it, and nothing else."""
    assert overall(given).summary == summary


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_three_facts_of_one_date_give_one_state_in_any_order(given: tuple[int, ...]) -> None:
    """What was before, what is in doubt and what was last published do not depend on the order of recording."""
    before = [
        RatingChanged(trust="RHA", on="2020-01-01", rating="Outstanding"),
        RatingStated(trust="RHA", on="2022-05-10", rating="Requires improvement"),
    ]
    of_one_date = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", previous="Outstanding"),
        RatingChanged(trust="RHA", on="2022-05-10", rating="Inspected but not rated"),
        RatingChanged(trust="RHA", on="2022-05-10", rating="Inadequate"),
    ]
    rated = overall([*before, *(of_one_date[one] for one in given)])
    assert (rated.rating, rated.previous, rated.last_published) == (Rating.INADEQUATE, Rating.OUTSTANDING, Rating.NOT_RATED)
    assert (rated.also, rated.is_stated) == ((Rating.GOOD, Rating.REQUIRES_IMPROVEMENT), False)


@pytest.mark.parametrize("given", list(permutations(range(2))))
def test_the_same_rating_told_twice_of_one_date_is_told_once(given: tuple[int, ...]) -> None:
    """A change and a reaffirmation of one date and rating: that it changed, from what, and that it was reaffirmed all stay."""
    facts = [
        RatingChanged(trust="RHA", on="2022-05-10", rating="Good", previous="Inadequate"),
        RatingReaffirmed(trust="RHA", on="2022-05-10", rating="Good", framework="KLOE 2014", inspection="visit-1"),
    ]
    rated = overall([facts[one] for one in given])
    assert (rated.previous, rated.is_stated, str(rated.reaffirmed_on)) == (Rating.INADEQUATE, False, "2022-05-10")
    assert (rated.framework, rated.inspection, rated.also) == (Framework.KLOE_2014, "visit-1", ())


# What CQC's data says: that a report gave a rating, and not whether it changed one


def published(rating: str, on: str = "2022-05-10", **more: Any) -> RatingPublished:
    """Give a rating that a report gave."""
    return RatingPublished(trust="RHA", on=on, rating=rating, **more)


def test_a_published_rating_stands_since_its_report() -> None:
    """Everything that is said of it is kept; it took effect on the day of the report, so it is never only in force by then."""
    rated = overall(
        [published("Good", framework="Single Assessment Framework 2024", inspection="visit-1", inherited_from="RXH", score=71)]
    )
    assert rated == Rated(
        location=None,
        service=None,
        key_question=KeyQuestion.OVERALL,
        rating=Rating.GOOD,
        since=When("2022-05-10"),
        framework=Framework.SINGLE_ASSESSMENT_2024,
        inspection="visit-1",
        inherited_from="RXH",
        score=71,
        last_published=Rating.GOOD,
        last_heard=date(2022, 5, 10),
    )


def test_the_same_rating_published_again_keeps_since_and_is_reaffirmed() -> None:
    """A report that gives what stood says it again: since when it stands does not move, the latest report is named."""
    rated = overall([published("Good"), published("Good", "2023-01-01"), published("Good", "2024-02-01")])
    assert (rated.since, rated.reaffirmed_on, rated.previous) == (When("2022-05-10"), When("2024-02-01"), None)
    assert rated.summary == "Good, since 10 May 2022; reaffirmed 1 February 2024"


def test_another_rating_published_displaces_and_names_the_one_before() -> None:
    """The rating before is the one on record; what was said of that one is not borrowed."""
    rated = overall([published("Good", framework="KLOE 2014", score=70), published("Inadequate", "2024-02-01")])
    assert (rated.since, rated.previous, rated.reaffirmed_on) == (When("2024-02-01"), Rating.GOOD, None)
    assert (rated.framework, rated.score) == (None, None)
    assert rated.summary == "Inadequate, since 1 February 2024; before that Good"


def test_a_published_rating_gives_a_statement_the_day_it_lacked() -> None:
    """A rating stated as in force by the day of a report that gave it stands since that day."""
    stated = RatingStated(trust="RHA", on="2022-05-10", rating="Good")
    for given in permutations([stated, published("Good")]):
        assert overall(given).summary == "Good, since 10 May 2022"


def test_a_report_on_a_rating_stated_before_does_not_say_since_when() -> None:
    """A rating in force by a day, published again later, was reaffirmed then; when it began is still not known."""
    rated = overall([RatingStated(trust="RHA", on="../2020-01-01", rating="Good"), published("Good")])
    assert rated.summary == "Good, in force by 1 January 2020; reaffirmed 10 May 2022"


def test_a_statement_after_a_report_says_nothing_new() -> None:
    """A rating whose report is on record, stated later as in force, stands since the report."""
    rated = overall([published("Good"), RatingStated(trust="RHA", on="2024-01-01", rating="Good")])
    assert (rated.summary, rated.reaffirmed_on) == ("Good, since 10 May 2022", None)


def test_a_change_told_of_the_same_report_says_what_was_before() -> None:
    """A change and a published rating of one day are one: that it changed, and from what, stays in either order."""
    changed = RatingChanged(trust="RHA", on="2022-05-10", rating="Good", previous="Inadequate")
    for given in permutations([changed, published("Good", score=65)]):
        assert overall(given).summary == "Good, since 10 May 2022; before that Inadequate; score 65%"


@pytest.mark.parametrize(
    ("given", "inherited_from", "score"),
    [
        ([published("Good", inherited_from="RXH", score=70)], "RXH", 70),
        ([published("Good", inherited_from="RXH", score=70), published("Good", "2023-01-01")], None, None),
        ([published("Good"), published("Good", "2023-01-01", inherited_from="RXH", score=0)], "RXH", 0),
        (
            [
                published("Good", inherited_from="RXH", score=70),
                RatingReaffirmed(trust="RHA", on="2023-01-01", rating="Good"),
                RatingStated(trust="RHA", on="2023-02-01", rating="Good"),
            ],
            "RXH",
            70,
        ),
        ([published("Good", inherited_from="RXH"), published("Inspected but not rated", "2023-01-01")], "RXH", None),
    ],
)
def test_inheritance_and_score_are_those_of_the_latest_report(
    given: list[Event], inherited_from: str | None, score: int | None
) -> None:
    """A report gives both anew, also where it gives neither; what is no report of a rating leaves them."""
    rated = overall(given)
    assert (rated.inherited_from, rated.score) == (inherited_from, score)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"inherited_from": "RXH"}, "Good, since 10 May 2022; inherited from RXH"),
        ({"inherited_from": "not stated"}, "Good, since 10 May 2022; inherited from another organisation"),
        ({"score": 0}, "Good, since 10 May 2022; score 0%"),
        ({"score": 100}, "Good, since 10 May 2022; score 100%"),
    ],
)
def test_inheritance_and_score_read_aloud(more: dict[str, Any], words: str) -> None:
    """From whom a rating was inherited is said where it is known, and the score as a percentage, also none of a hundred."""
    assert overall([published("Good", **more)]).summary == words


@pytest.mark.parametrize("given", list(permutations(range(4))))
def test_of_one_report_told_more_than_once_each_telling_fills_gaps(given: tuple[int, ...]) -> None:
    """A source that names the organisation says more than one that tells only of inheritance; of two scores the lower is shown."""
    facts = [
        published("Good", inherited_from="not stated"),
        published("Good", inherited_from="RXH"),
        published("Good", score=70, inspection="visit-1"),
        published("Good", score=66),
    ]
    rated = overall([facts[one] for one in given])
    assert (rated.inherited_from, rated.score, rated.inspection, rated.also) == ("RXH", 66, "visit-1", ())


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_two_published_ratings_of_one_date_stand_alike_in_any_order(given: tuple[int, ...]) -> None:
    """The lower stands with what is said of it, and names the other; inheritance and score of the other are not borrowed."""
    facts = [
        published("Good", inherited_from="RXH", score=70),
        published("Inadequate"),
        published("Inspected but not rated", inherited_from="RXH", score=1),
    ]
    rated = overall([facts[one] for one in given])
    assert (rated.rating, rated.also, rated.last_published) == (Rating.INADEQUATE, (Rating.GOOD,), Rating.NOT_RATED)
    assert (rated.inherited_from, rated.score, rated.is_stated) == (None, None, False)


@pytest.mark.parametrize("before", ["Good", "Inadequate", "Outstanding"])
@pytest.mark.parametrize("given", list(permutations(["Good", "Inadequate", "Inspected but not rated"])))
def test_two_ratings_of_one_date_both_stand_also_where_one_stood_before(before: str, given: tuple[str, ...]) -> None:
    """Whichever is recorded first: that one of the two says again what stood makes no difference."""
    rated = overall([published(before, "2020-01-01"), *map(published, given)])
    assert (rated.rating, rated.also, rated.since) == (Rating.INADEQUATE, (Rating.GOOD,), When("2022-05-10"))
    assert (rated.previous, rated.reaffirmed_on, rated.last_published) == (Rating(before), None, Rating.NOT_RATED)


@pytest.mark.parametrize("given", list(permutations(["Good", "Inadequate"])))
def test_two_ratings_of_one_report_stand_since_it_also_where_one_was_stated_before(given: tuple[str, ...]) -> None:
    """A rating only stated before, and published with another of its date, is no longer one of which the day is not known."""
    rated = overall([RatingStated(trust="RHA", on="../2020-01-01", rating="Inadequate"), *map(published, given)])
    assert (rated.since, rated.is_stated) == (When("2022-05-10"), False)
    assert rated.summary == "Inadequate, since 10 May 2022; another rating bears the same date: Good; the lower is shown"


@pytest.mark.parametrize("given", list(permutations(["Good", "Inspected but not rated"])))
def test_of_one_date_what_is_unranked_is_last_published_in_any_order(given: tuple[str, ...]) -> None:
    """A rating said again, and something unranked of the same day: the rating stands, and what was published last is named."""
    rated = overall([published("Good", "2020-01-01"), *map(published, given)])
    assert (rated.since, rated.reaffirmed_on) == (When("2020-01-01"), When("2022-05-10"))
    assert rated.last_published == Rating.NOT_RATED


def test_what_was_unranked_on_another_day_is_not_last_published() -> None:
    """A rating of a later day is the last that was published."""
    rated = overall(
        [published("Good", "2020-01-01"), published("Inspected but not rated", "2021-01-01"), published("Inadequate")]
    )
    assert rated.last_published == Rating.INADEQUATE
    rated = overall([published("Good", "2020-01-01"), published("Inspected but not rated", "2021-01-01"), published("Good")])
    assert rated.last_published == Rating.GOOD
