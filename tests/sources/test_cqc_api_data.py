"""What CQC's API gave of one local authority goes in, and what comes out, on any date, is what CQC's own records say."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ledger import Ledger, View, When, vocabulary
from ledger.events import KeyQuestion, LocationRegistered, Rating
from ledger.projections import quality_statements, ratings
from ledger.projections.ratings import Rated, Ratings
from ledger.sources import Found, Problem, cqc_api, take_in
from ledger.sources._bodies import bodies

PUBLISHED = When("../2025-04-30")
LAST = "2025-04-30"
Body: TypeAlias = dict[str, Any]
Slot: TypeAlias = tuple[str, str | None, str | None]
"""A key question, a service and a location."""


@pytest.fixture(scope="module")
def data(shared_data: Path) -> Path:
    """Give the folder of the bodies."""
    return shared_data / "cqc-api"


@pytest.fixture(scope="module")
def parsed(data: Path) -> list[Body]:
    """Give the bodies, parsed by nothing that is tested here."""
    return [json.loads(path.read_bytes()) for path in sorted(data.rglob("*.json"))]


@pytest.fixture(scope="module")
def found(data: Path) -> list[Found]:
    """Give the facts in all the bodies; there is no problem with any."""
    told = list(cqc_api.read_all(bodies([data]), published=PUBLISHED))
    assert [one for one in told if isinstance(one, Problem)] == []
    return [one for one in told if isinstance(one, Found)]


@pytest.fixture(scope="module")
def ledger(found: list[Found]) -> Iterator[Ledger]:
    """Give a ledger that holds them."""
    with Ledger.open(":memory:", by="analyst") as made:
        made.record(*(one.draft for one in found))
        yield made


def test_every_body_is_read_and_every_fact_recorded(parsed: list[Body], found: list[Found], ledger: Ledger) -> None:
    """Of 243 bodies every one tells something, and each fact is one entry."""
    assert len(parsed) == 243
    assert {one.spot.file.rpartition("/")[2] for one in found} == {f"{id_of(body)}.json" for body in parsed}
    assert ledger.last == len(found) == 3380


def test_the_names_of_nine_locations_are_withheld(found: list[Found]) -> None:
    """They bear a title; one of the nine is a hospice that is named after somebody."""
    names = {one.fact.location: one.fact.name for one in found if isinstance(one.fact, LocationRegistered)}
    withheld = [name for name in names.values() if name.startswith("Name withheld")]
    assert Counter(withheld) == {
        "Name withheld (Primary Medical Services)": 6,
        "Name withheld (Primary Dental Care)": 2,
        "Name withheld (Independent Healthcare Org)": 1,
    }
    assert not [name for name in names.values() if {"Dr", "Mr"} & set(name.split())]


def id_of(body: Body) -> str:
    """Give the id of a body."""
    return str(body.get("locationId") or body["providerId"])


def stated(body: Body, block: Body) -> Iterator[tuple[Slot, Body]]:
    """Yield the slots that a block of ratings speaks of, and what it says of each, as the test itself reads it."""
    areas = {area["inspectionAreaId"]: area["inspectionAreaName"] for area in body["inspectionAreas"]}
    location = body.get("locationId")
    overall = block["overall"]
    yield ("Overall", None, location), overall
    for one in overall.get("keyQuestionRatings", []):
        yield (one["name"], None, location), one
    for service in block.get("serviceRatings", []):
        area = service["name"]
        name = vocabulary.service(areas[area]) if area in areas else vocabulary.service_of_area(area)
        yield ("Overall", name, location), service
        for one in service.get("keyQuestionRatings", []):
            yield (one["name"], name, location), one


def agrees(answer: Rated | None, word: str) -> bool:
    """Whether an answer is what CQC's record says: it stands, or bears the same date, or was the last published, unranked."""
    rating = vocabulary.rating(word)
    if answer is None:
        return False
    return rating in {answer.rating, *answer.also} or (rating.rank is None and answer.last_published is rating)


def answered(view: View, body: Body, slot: Slot) -> Rated | None:
    """Ask a view for the rating of a slot."""
    question, service, location = slot
    state: Ratings = view.of(body["providerId"], ratings)
    return state.of(KeyQuestion(question), service=service, location=location)


def test_on_the_latest_date_stands_what_cqc_gives_as_current(parsed: list[Body], ledger: Ledger) -> None:
    """Overall, key questions, services and theirs: every one of 1,205 is matched."""
    view = ledger.at(LAST)
    compared, mismatches = 0, []
    for body in parsed:
        if "currentRatings" not in body:
            continue
        for slot, one in stated(body, body["currentRatings"]):
            answer, compared = answered(view, body, slot), compared + 1
            if one["rating"] == Rating.NONE_PUBLISHED and not one.get("reportDate"):
                agreed = answer is None
            else:
                agreed = agrees(answer, one["rating"])
            if not agreed:
                mismatches.append((id_of(body), slot, one, answer))
    assert mismatches == []
    assert compared == 1205


def test_on_the_date_of_each_historic_report_stands_what_it_gave(parsed: list[Body], ledger: Ledger) -> None:
    """Every historic rating is found at the day of its report: every one of 1,105 is matched."""
    views: dict[str, View] = {}
    compared, mismatches = 0, []
    for body in parsed:
        for entry in body.get("historicRatings", []):
            day = entry["reportDate"]
            view = views.setdefault(day, ledger.at(day))
            for slot, one in stated(body, entry):
                answer, compared = answered(view, body, slot), compared + 1
                if not agrees(answer, one["rating"]):
                    mismatches.append((id_of(body), day, slot, one, answer))
    assert mismatches == []
    assert compared == 1105


def test_the_two_assessments_stand_with_their_scores_and_statements(parsed: list[Body], ledger: Ledger) -> None:
    """Each rating of the Single Assessment Framework, with its score where it is ranked, and all 66 statements."""
    view, compared = ledger.at(LAST), 0
    for body in parsed:
        for group in (one for given in body.get("assessment", []) for one in given["ratings"]["asgRatings"]):
            for one in group["keyQuestionRatings"]:
                answer, compared = answered(view, body, (one["name"], group["name"], body["locationId"])), compared + 1
                assert answer is not None
                assert answer.rating == one["rating"]
                assert answer.score == (int(one["percentageScore"]) or None)
                topics = {(topic["name"], topic["qualityStatementscore"][:1]) for topic in one["topicareas"]}
                statements = [
                    told for told in view.of(body["providerId"], quality_statements).rows() if told.key_question == one["name"]
                ]
                assert {(told.quality_statement, told.score[:1]) for told in statements} == topics
                compared += len(topics)
    assert compared == 10 + 66


def test_importing_everything_twice_adds_nothing(found: list[Found]) -> None:
    """The second time every fact is known, also when it is got on a later day."""
    with Ledger.open(":memory:", by="analyst") as ledger:
        assert take_in(ledger, found).recorded == len(found)
        again = take_in(ledger, found)
        assert (again.recorded, again.further, again.known) == (0, 0, len(found))


def test_the_order_of_files_makes_no_difference(data: Path, ledger: Ledger) -> None:
    """Read in any order and recorded by an import, the bodies answer alike on every date."""
    shuffled = [one for one in bodies([data]) if not isinstance(one, Problem)]
    random.Random(4).shuffle(shuffled)  # noqa: S311  # an order, not a secret
    with Ledger.open(":memory:", by="analyst") as other:
        take_in(other, cqc_api.read_all(shuffled, published=PUBLISHED))
        for day in ("2013-06-30", "2017-12-31", "2021-04-07", LAST):
            view, same = ledger.at(day), other.at(day)
            assert [unnumbered(view, code) for code in view.trusts()] == [unnumbered(same, code) for code in same.trusts()]


def unnumbered(view: View, code: str) -> Any:
    """Give the report of a trust without the numbers of its entries."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: without(one) for name, one in value.items() if name not in {"entries", "entry", "number"}}
        return [without(one) for one in value] if isinstance(value, list) else value

    return without(view.report(code))
