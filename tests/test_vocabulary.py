"""The vocabulary: each of CQC's words stands once, every word of the real records is known, and nothing else is."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ledger._demo import example_files
from ledger.errors import WordError
from ledger.events import KeyQuestion, Rating
from ledger.vocabulary import TABLE, key_question, rating, service, service_of_area

Words = list[tuple[Any, tuple[str, ...]]]

RATINGS: Words = [(term.name, term.words) for term in TABLE if isinstance(term.name, Rating)]
QUESTIONS: Words = [(term.name, term.words) for term in TABLE if isinstance(term.name, KeyQuestion)]
SERVICES: Words = [(term.name, term.words) for term in TABLE if not isinstance(term.name, Rating | KeyQuestion)]
AREAS: Words = [(term.name, term.areas) for term in TABLE]


@pytest.mark.parametrize("words", [RATINGS, QUESTIONS, SERVICES, AREAS], ids=["ratings", "questions", "services", "areas"])
def test_no_word_stands_twice(words: Words) -> None:
    """One spelling means one thing, and the table says so once."""
    count = Counter(word for _, spellings in words for word in spellings)
    assert [word for word, times in count.items() if times > 1] == []


@pytest.mark.parametrize(
    ("known", "words"),
    [(rating, RATINGS), (key_question, QUESTIONS), (service, SERVICES), (service_of_area, AREAS)],
    ids=["ratings", "questions", "services", "areas"],
)
def test_every_spelling_gives_the_one_name(known: Callable[[str], str], words: Words) -> None:
    """Each way of printing a word is looked up as the name in its line of the table."""
    assert [(known(word), name) for name, spellings in words for word in spellings if known(word) is not name] == []


def test_every_rating_and_key_question_is_in_the_table() -> None:
    """What an event can hold, a source can say."""
    assert [name for name, _ in RATINGS] == list(Rating)
    assert [name for name, _ in QUESTIONS] == list(KeyQuestion)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Requires Improvement", "Requires improvement"),
        ("Amber", "Requires improvement"),
        ("Green star", "Outstanding"),
        ("Not rated", "No published rating"),
        ("Regulations met", "Regulations met"),
    ],
)
def test_a_rating_is_known_by_other_words_and_by_its_colour(printed: str, meant: str) -> None:
    """Case and colour are CQC's own ways of printing a rating."""
    assert rating(printed) is Rating(meant)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Forensic inpatient/secure wards", "Forensic inpatient or secure wards"),
        ("Services for children & young people", "Services for children and young people"),
        ("Community health (sexual health services)", "Community health sexual health services"),
    ],
)
def test_a_service_is_known_by_its_old_names(printed: str, meant: str) -> None:
    """A stroke, an ampersand or brackets make no other service."""
    assert service(printed) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("End of life care", "Community end of life care"),
        ("Outpatients", "Outpatients and diagnostic imaging"),
        ("Diagnostic imaging", "Outpatients and diagnostic imaging"),
        ("Maternity", "Maternity and gynaecology"),
        ("Older people", "Wards for older people with mental health problems"),
        ("Substance misuse services", "Substance misuse/detoxification"),
    ],
)
def test_services_of_different_scope_stay_apart(one: str, other: str) -> None:
    """A rating of the one is no rating of the other."""
    assert service(one) != service(other)


@pytest.mark.parametrize(
    ("known", "word", "text"),
    [
        (rating, "Requires Improvment", "is not known as a rating of CQC's; did you mean 'Requires Improvement'?"),
        (rating, "3", "is not known as a rating of CQC's."),
        (rating, "Grey", "is not known as a rating of CQC's; did you mean 'Green'?"),
        (rating, " Good", "is not known as a rating of CQC's; did you mean 'Good'?"),
        (rating, "GOOD", "is not known as a rating of CQC's."),
        (key_question, "Well–led", "is not known as a key question of CQC's; did you mean 'Well-led'?"),  # noqa: RUF001  # a dash
        (service, "Surgery ", "is not known as a service CQC rates; did you mean 'Surgery'?"),
        (service, "", "is not known as a service CQC rates."),
        (service_of_area, "mhcrises", "is not known as an inspection area of CQC's; did you mean 'mhcrisis'?"),
    ],
)
def test_an_unknown_word_is_never_guessed(known: Callable[[str], str], word: str, text: str) -> None:
    """The error names the word, what it is not, the nearest known one where there is one, and where it would have to stand."""
    with pytest.raises(WordError) as raised:
        known(word)
    assert str(raised.value) == f"{word!r} {text} If it is one, add it to the table in ledger.vocabulary"
    assert raised.value.value == word


def test_every_word_of_the_ratings_of_2019_is_known(shared_data: Path) -> None:
    """The services and key questions of CQC's workbook of ratings; `Overall` there is no service."""
    with (shared_data / "cqc-latest-ratings-2019" / "provider_ratings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    services = {row["POPULATION"] for row in rows} - {"Overall"}
    assert len(services) == 42
    assert len({service(name) for name in services}) == 42
    assert {key_question(row["QUESTION"]) for row in rows} == set(KeyQuestion)


def records(shared_data: Path) -> list[Any]:
    """Give every provider and location that CQC's API gave."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((shared_data / "cqc-api").glob("*/*.json"))]


def values(record: object, *fields: str) -> Iterator[str]:
    """Yield the texts that stand under some fields, at any depth."""
    if isinstance(record, dict):
        yield from (text for field, text in record.items() if field in fields and isinstance(text, str))
    children = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    for child in children:
        yield from values(child, *fields)


def test_every_rating_of_the_api_is_known(shared_data: Path) -> None:
    """Ratings now and before, of locations, services and assessments; a service that is not rated has an empty one."""
    found = {text for record in records(shared_data) for text in values(record, "rating")} - {""}
    assert {rating(text) for text in found} == set(Rating) - {Rating.REGULATIONS_NOT_MET}


def test_every_key_question_of_the_api_is_known(shared_data: Path) -> None:
    """The names in each table of key questions."""
    tables = [table for record in records(shared_data) for table in _tables(record)]
    assert {key_question(row["name"]) for table in tables for row in table} == set(KeyQuestion) - {KeyQuestion.OVERALL}


def _tables(record: object) -> Iterator[list[Any]]:
    """Yield each table of key questions, at any depth."""
    if isinstance(record, dict):
        yield from (table for field, table in record.items() if field == "keyQuestionRatings")
    children = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    for child in children:
        yield from _tables(child)


def test_every_inspection_area_of_the_api_is_known_by_its_id_and_by_its_name(shared_data: Path) -> None:
    """Where the API gives both, they are one service."""
    found = records(shared_data)
    areas = {
        (one["inspectionAreaId"], one["inspectionAreaName"]) for record in found for one in record.get("inspectionAreas", [])
    }
    assert len(areas) == 22
    assert {(service_of_area(area), service(name)) for area, name in areas if service_of_area(area) != service(name)} == set()


def test_every_other_service_of_the_api_is_known(shared_data: Path) -> None:
    """Ids without a name, what superseded them, and the service groups of assessments."""
    found = records(shared_data)
    rated = {one["name"] for record in found for one in (record.get("currentRatings") or {}).get("serviceRatings", [])}
    named = {area for record in found for area in values(record, "inspectionAreaId")} | rated
    later = {
        area
        for record in found
        for one in record.get("inspectionAreas", [])
        for area in one.get("latestGloballySupersededBy", [])
    }
    assert later == {"npimaternity", "npioutpatients"}
    assert all(service_of_area(area) for area in named | later)
    assert {service(name) for record in found for name in values(record, "assessmentServiceName")} == {"Care Homes", "Dental"}


AS_PRINTED = {
    "Acute and psychiatric intensive care units",
    "Children's community health services",
    "Community mental health services for working-age adults",
    "Inpatient services",
}
"""What a letter and a release in the example ledger call services: whether they mean a core service they don't say."""


def test_the_services_of_the_example_ledger_are_the_names_of_the_table() -> None:
    """Other than what a source calls by words of its own, which the example keeps."""
    texts = [path.read_text(encoding="utf-8") for path in example_files()]
    services = {name for text in texts for name in values(yaml.safe_load(text), "service")}
    assert services >= AS_PRINTED
    assert {name for name in services - AS_PRINTED if service(name) != name} == set()
