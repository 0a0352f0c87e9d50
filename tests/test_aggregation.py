"""The overall rating that CQC's published principles would make, and how often CQC published another."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.aggregation import expected_overall
from ledger.errors import WordError
from ledger.events import Rating
from ledger.vocabulary import rating

LETTERS = {"O": "Outstanding", "G": "Good", "R": "Requires improvement", "I": "Inadequate", "-": "Inspected but not rated"}
SCORES = {"3": "Outstanding", "2": "Good", "1": "Requires improvement", "0": "Inadequate"}
RANKED = [one for one in Rating if one.rank is not None]
UNRANKED = [one for one in Rating if one.rank is None]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ("O", "O"),
        ("G", "G"),
        ("R", "R"),
        ("I", "I"),
        ("OGG", "O"),
        ("RGG", "R"),
        ("IGG", "I"),
        ("OGR", "R"),
        ("OOI", "I"),
        ("OGGG", "G"),
        ("OOGG", "O"),
        ("RGGG", "G"),
        ("RRGG", "R"),
        ("IGGG", "G"),
        ("IRGG", "R"),
        ("IIGG", "I"),
        ("OOGGGGGG", "O"),
        ("OOOOORGG", "G"),
        ("OGGGGGGG", "G"),
        ("RRGGGGGG", "R"),
        ("IIGGGGGG", "I"),
        ("RGGGGGGG", "G"),
        ("OOGGGGGGG", "G"),
        ("OOOGGGGGG", "O"),
        ("OOOOOOOOR", "G"),
        ("RRGGGGGGG", "G"),
        ("RRRGGGGGG", "R"),
        ("IIGGGGGGG", "G"),
        ("IIRGGGGGG", "R"),
        ("IIIGGGGGG", "I"),
    ],
)
def test_how_many_of_a_rating_decide(ratings: str, expected: str) -> None:
    """One among 1 to 3, two among 4 to 8, three among 9 or more; Outstanding only beside Good, Inadequate toward what is poor."""
    assert expected_overall(LETTERS[one] for one in ratings) is Rating(LETTERS[expected])


@pytest.mark.parametrize(("ratings", "expected"), [("OOGG-", "O"), ("OGG--", "O"), ("RGGG-", "G"), ("RGG-", "R")])
def test_what_is_not_ranked_does_not_count(ratings: str, expected: str) -> None:
    """Three ranked ratings of five are three."""
    assert expected_overall(LETTERS[one] for one in ratings) is Rating(LETTERS[expected])


@pytest.mark.parametrize("ratings", [[], UNRANKED])
def test_nothing_ranked_comes_to_no_rating(ratings: list[Rating]) -> None:
    """Absence is an answer."""
    assert expected_overall(ratings) is None


def test_a_word_that_is_no_rating_is_refused() -> None:
    """It is not passed over as if it did not count."""
    with pytest.raises(WordError, match="'Amber' is not a rating"):
        expected_overall(["Good", "Amber"])


some = st.lists(st.sampled_from(list(Rating)), max_size=12)


@given(some.flatmap(lambda ratings: st.tuples(st.just(ratings), st.permutations(ratings))))
def test_the_order_does_not_matter(ratings: tuple[list[Rating], list[Rating]]) -> None:
    """All ratings are of equal weight."""
    assert expected_overall(ratings[0]) is expected_overall(ratings[1])


@given(some, st.lists(st.sampled_from(UNRANKED)))
def test_more_of_what_is_not_ranked_changes_nothing(ratings: list[Rating], unranked: list[Rating]) -> None:
    """However many there are."""
    assert expected_overall([*ratings, *unranked]) is expected_overall(ratings)


def rank(one: Rating | None) -> int:
    """Give the rank of a ranked rating."""
    assert one is not None
    assert one.rank is not None
    return one.rank


@given(st.lists(st.sampled_from(RANKED), min_size=1, max_size=12))
def test_it_is_no_better_than_the_best_and_no_worse_than_the_worst(ratings: list[Rating]) -> None:
    """What is made of ratings lies among them."""
    ranks = [rank(one) for one in ratings]
    assert min(ranks) <= rank(expected_overall(ratings)) <= max(ranks)


@given(st.lists(st.sampled_from(RANKED), min_size=1, max_size=12), st.data())
def test_a_better_rating_never_makes_it_worse(ratings: list[Rating], data: st.DataObject) -> None:
    """Raising one rating, all others alike, raises the overall rating or leaves it."""
    place = data.draw(st.integers(0, len(ratings) - 1))
    better = data.draw(st.sampled_from([one for one in RANKED if rank(one) >= rank(ratings[place])]))
    raised = [*ratings[:place], better, *ratings[place + 1 :]]
    assert rank(expected_overall(raised)) >= rank(expected_overall(ratings))


Table = dict[str, str]


@pytest.fixture(scope="module")
def tables(shared_data: Path) -> dict[tuple[str, str], Table]:
    """Give the ratings CQC had published by March 2019: by provider and service, or `Overall`, and then by key question."""
    found: dict[tuple[str, str], Table] = defaultdict(dict)
    with (shared_data / "cqc-latest-ratings-2019" / "provider_ratings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["ORG_CODE"], row["POPULATION"]][row["QUESTION"]] = SCORES[row["RATING_SCORE"]]
    return found


def differing(tables: dict[tuple[str, str], Table]) -> dict[tuple[str, str], tuple[str, str]]:
    """Give the published and the expected overall rating of each table where they differ."""
    pairs = {
        name: (table["Overall"], str(expected_overall(one for question, one in table.items() if question != "Overall")))
        for name, table in tables.items()
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def test_the_services_of_2019_are_rated_as_expected(tables: dict[tuple[str, str], Table]) -> None:
    """All but one of 558 services; that one's six ratings bear different dates."""
    services = {name: table for name, table in tables.items() if name[1] != "Overall"}
    assert len(services) == 558
    wards = "Acute wards for adults of working age and psychiatric intensive care units"
    assert differing(services) == {("RYK", wards): ("Requires improvement", "Good")}


def test_the_providers_of_2019_are_rated_as_expected(tables: dict[tuple[str, str], Table]) -> None:
    """All but three of 118: CQC rated them otherwise than the principles, and what it published counts."""
    providers = {name: table for name, table in tables.items() if name[1] == "Overall"}
    assert len(providers) == 118
    assert differing(providers) == {
        ("RHM", "Overall"): ("Good", "Requires improvement"),
        ("RHW", "Overall"): ("Good", "Outstanding"),
        ("RP6", "Overall"): ("Good", "Requires improvement"),
    }


def test_every_table_of_the_api_is_as_expected(shared_data: Path) -> None:
    """All 218 tables of five ranked key questions, now and before, of locations and services."""
    records = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared_data / "cqc-api").glob("*/*.json")))
    found = [pair for record in records for pair in _pairs(record)]
    assert len(found) == 218
    assert [pair for pair in found if pair[0] is not pair[1]] == []


def _pairs(record: dict[str, Any]) -> Iterator[tuple[Rating, Rating | None]]:
    """Yield the published and the expected overall rating of each complete table of a location."""
    for block in (record.get("currentRatings") or {}, *record.get("historicRatings", [])):
        for table in (block.get("overall", {}), *block.get("serviceRatings", [])):
            ranked = [
                one for one in (rating(row["rating"]) for row in table.get("keyQuestionRatings", [])) if one.rank is not None
            ]
            if len(ranked) == 5 and rating(table["rating"]).rank is not None:
                yield rating(table["rating"]), expected_overall(ranked)
