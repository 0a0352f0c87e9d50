"""What is wrong with bodies of CQC's API is told with its place, all of it; what doesn't depend on it comes all the same."""

import copy
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import When
from ledger.events import InspectionCarriedOut, LocationRegistered, RatingPublished
from ledger.sources import Found, Place, Problem, Spot, cqc_api

Body: TypeAlias = dict[str, Any]

PUBLISHED = When("../2025-06-30")
LINK = "0a0a0a0a-1111-2222-3333-444444444444"
PROVIDER: Body = {
    "providerId": "RW6",
    "locationIds": ["RW603", "1-222"],
    "name": "A trust",
    "type": "NHS Healthcare Organisation",
    "ownershipType": "NHS Body",
    "registrationStatus": "Deregistered",
    "registrationDate": "2010-04-01",
    "relationships": [{"relatedProviderId": "1-111", "type": "HSCA Predecessor", "reason": "Legal Entity Change"}],
}
LOCATION: Body = {
    "providerId": "RW6",
    "locationId": "RW603",
    "name": "A hospital",
    "type": "NHS Healthcare Organisation",
    "registrationDate": "2010-04-01",
    "deregistrationDate": "2021-10-01",
    "relationships": [{"relatedLocationId": "1-222", "type": "HSCA Successor", "reason": "New Provider"}],
    "inspectionAreas": [
        {
            "inspectionAreaId": "maternity",
            "inspectionAreaName": "Maternity and gynaecology",
            "latestGloballySupersededBy": ["npimaternity"],
        }
    ],
    "currentRatings": {
        "overall": {
            "rating": "Good",
            "reportDate": "2020-02-13",
            "reportLinkId": LINK,
            "keyQuestionRatings": [{"name": "Safe", "rating": "Inadequate", "reportDate": "2016-08-12"}],
        },
        "serviceRatings": [
            {
                "name": "maternity",
                "rating": "Good",
                "organisationId": "1-333",
                "reportDate": "2020-02-13",
                "keyQuestionRatings": [{"name": "Caring", "rating": "Outstanding"}],
            }
        ],
    },
    "historicRatings": [
        {
            "reportDate": "2016-08-12",
            "reportLinkId": LINK,
            "overall": {"rating": "Inadequate", "keyQuestionRatings": [{"name": "Safe", "rating": "Inadequate"}]},
        }
    ],
    "reports": [{"linkId": LINK, "reportDate": "2020-02-13", "firstVisitDate": "2019-11-05"}],
    "assessment": [
        {
            "assessmentPlanPublishedDateTime": "2024-11-18 14:40:14",
            "ratings": {
                "overall": [{"rating": "Good", "status": "Current"}],
                "asgRatings": [
                    {
                        "name": "Dental",
                        "status": "Current",
                        "rating": "Good",
                        "assessmentPlanId": "AP1",
                        "assessmentDate": "2024-07-15",
                        "keyQuestionRatings": [
                            {
                                "name": "Safe",
                                "rating": "Good",
                                "percentageScore": "75",
                                "topicareas": [
                                    {"name": "Learning culture", "qualityStatementscore": "3 - Good", "status": "Assessed"}
                                ],
                            }
                        ],
                    }
                ],
            },
        }
    ],
}


def read(body: object) -> tuple[list[Found], list[Problem]]:
    """Read a body: the facts and the problems."""
    told = list(cqc_api.read(body, file="body.json", published=PUBLISHED))
    return [one for one in told if isinstance(one, Found)], [one for one in told if isinstance(one, Problem)]


def changed(path: str, value: object) -> Body:
    """Give the location with something else at a place, such as `currentRatings.overall.keyQuestionRatings[0].rating`."""
    body = copy.deepcopy(LOCATION)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.replace("[", ".").replace("]", "").split(".")]
    at: Any = body
    for step in steps:
        at = at[step]
    at[last] = value
    return body


def test_the_bodies_that_are_changed_here_have_no_problem() -> None:
    """What is found wrong below is what was changed."""
    assert [len(one) for one in read(LOCATION)] == [16, 0]
    assert [len(one) for one in read(PROVIDER)] == [3, 0]


AREAS = "inspectionAreas[0]"
OVERALL = "currentRatings.overall"
SAFE = "currentRatings.overall.keyQuestionRatings[0]"
SERVICE = "currentRatings.serviceRatings[0]"
ASSESSMENT = "assessment[0]"
GROUP = "assessment[0].ratings.asgRatings[0]"
TOPIC = "assessment[0].ratings.asgRatings[0].keyQuestionRatings[0].topicareas[0]"
AGAIN = "get the body from CQC again"


@pytest.mark.parametrize(
    ("path", "value", "lost", "message"),
    [
        ("name", "\u200b", 1, f"'\\u200b' is no text that can be printed: {AGAIN}"),
        ("name", ["A"], 1, f"a list stands where a text is due: {AGAIN}"),
        ("type", True, 1, f"true or false stands where a text is due: {AGAIN}"),
        ("registrationDate", "2009-03-31", 1, "31 March 2009 is before 1 April 2009, when CQC began: check the date"),
        (
            "registrationDate",
            "2025-07-01",
            1,
            "1 July 2025 is after 30 June 2025, by when this was published: check the date, or say",
        ),
        ("registrationDate", "1900-01-01", 1, "1 January 1900 is before 1 April 2009, when CQC began: check the date"),
        ("registrationDate", "1/4/2010", 1, f"'1/4/2010' is no date as CQC writes it, such as 2019-02-27: {AGAIN}"),
        ("registrationDate", "20100401", 1, f"'20100401' is no date as CQC writes it, such as 2019-02-27: {AGAIN}"),
        ("registrationDate", "2010-02-29", 1, f"there is no such day as '2010-02-29': {AGAIN}"),
        ("deregistrationDate", 20211001, 2, f"a number stands where a text is due: {AGAIN}"),
        ("relationships", {}, 1, f"an object stands where a list is due: {AGAIN}"),
        ("relationships[0]", "1-222", 1, f"the text '1-222' stands where an object is due: {AGAIN}"),
        ("relationships[0]", None, 1, f"nothing stands where an object is due: {AGAIN}"),
        (
            "relationships[0].type",
            "Landlord",
            1,
            "'Landlord' is not known as a relationship: HSCA Predecessor and HSCA Successor are",
        ),
        (
            "relationships[0].type",
            None,
            1,
            f"it is missing, so what followed what is not told: {AGAIN}",
        ),
        ("relationships[0].relatedLocationId", "RW603", 1, f"RW603 is said to come before or after itself: {AGAIN}"),
        (
            "relationships[0].relatedLocationId",
            "somewhere",
            1,
            f"'somewhere' is not an id of CQC's, such as RW603 or 1-101639687: {AGAIN}",
        ),
        (
            "relationships[0].relatedLocationId",
            "",
            1,
            f"it is missing, so what followed what is not told: {AGAIN}",
        ),
        ("currentRatings", [], 3, f"a list stands where an object is due: {AGAIN}"),
        (OVERALL, [], 1, f"a list stands where an object is due: {AGAIN}"),
        (f"{OVERALL}.reportDate", 5, 1, f"a number stands where a text is due: {AGAIN}"),
        (f"{OVERALL}.reportDate", None, 1, "the day of the report is missing: a rating counts from the day CQC published it"),
        (f"{OVERALL}.reportLinkId", "a b", 0, "'a b' is not an id: letters and digits joined by hyphens are due"),
        (f"{SAFE}.reportDate", None, 0, "the day of the report is missing: a rating counts from the day CQC published it"),
        (f"{SAFE}.rating", "Splendid", 0, "'Splendid' is not known as a rating of CQC's"),
        (f"{SAFE}.name", "Sound", 0, "'Sound' is not known as a key question of CQC's"),
        (f"{SAFE}.name", None, 0, f"the key question is missing: {AGAIN}"),
        (f"{SERVICE}.name", "magic", 2, "'magic' is not known as an inspection area of CQC's"),
        (f"{SERVICE}.name", None, 2, f"the id of the inspection area is missing: {AGAIN}"),
        (f"{AREAS}.latestGloballySupersededBy[0]", "magic", 0, "'magic' is not known as an inspection area of CQC's"),
        (f"{AREAS}.latestGloballySupersededBy[0]", 5, 0, f"a number stands where an id is due: {AGAIN}"),
        ("historicRatings[0].reportDate", "2016-02-30", 1, f"there is no such day as '2016-02-30': {AGAIN}"),
        ("historicRatings[0].organisationId", "?", 1, f"'?' is not an id of CQC's, such as RW603 or 1-101639687: {AGAIN}"),
        ("reports[0].linkId", None, 2, f"the id of the report is missing: {AGAIN}"),
        ("reports[0].firstVisitDate", "2019", 1, f"'2019' is no date as CQC writes it, such as 2019-02-27: {AGAIN}"),
        ("reports[0].reportDate", "soon", 1, f"'soon' is no date as CQC writes it, such as 2019-02-27: {AGAIN}"),
        (
            f"{ASSESSMENT}.assessmentPlanPublishedDateTime",
            "soon",
            5,
            f"'soon' is no moment as CQC writes it, such as 2024-11-18 14:40:14: {AGAIN}",
        ),
        (f"{GROUP}.name", "Space travel", 3, "'Space travel' is not known as a service CQC rates"),
        (f"{GROUP}.name", None, 3, f"the name of the service group is missing: {AGAIN}"),
        (f"{GROUP}.status", "Draft", 5, "'Draft' is not known as a status of a rating: Current and Historic are"),
        (
            f"{GROUP}.keyQuestionRatings[0].percentageScore",
            "101",
            1,
            "the text '101' stands where a whole percentage from 0 to 100 is due",
        ),
        (
            f"{GROUP}.keyQuestionRatings[0].percentageScore",
            10**30,
            1,
            "a number stands where a whole percentage from 0 to 100 is due",
        ),
        (
            f"{GROUP}.keyQuestionRatings[0].percentageScore",
            True,
            1,
            "true or false stands where a whole percentage from 0 to 100 is due",
        ),
        (f"{TOPIC}.qualityStatementscore", "5 - Marvellous", 1, "'5 - Marvellous' is not a statement score: use one of"),
        (f"{TOPIC}.name", None, 1, f"the name of the quality statement is missing: {AGAIN}"),
        (
            f"{TOPIC}.status",
            "Guessed",
            1,
            "'Guessed' is not known as a status of a quality statement: Assessed and Not Assessed are",
        ),
    ],
)
def test_one_thing_wrong_is_one_problem_with_its_place(path: str, value: object, lost: int, message: str) -> None:
    """Only what depends on it doesn't come; a rating that stands elsewhere in the body too still does."""
    found, (problem,) = read(changed(path, value))
    assert problem.place == Spot("body.json", path)
    assert problem.message.startswith(message)
    assert 16 - len(found) == lost


@pytest.mark.parametrize(
    ("day", "is_possible"),
    [("2009-03-31", False), ("2009-04-01", True), ("2025-06-30", True), ("2025-07-01", False)],
)
def test_a_day_lies_between_the_beginning_of_cqc_and_that_of_the_body(day: str, is_possible: bool) -> None:
    """Both days are possible themselves."""
    _, problems = read({**PROVIDER, "registrationDate": day})
    assert (problems == []) == is_possible


def test_no_provider_comes_before_itself() -> None:
    """The relationship tells nothing; the rest of the body does."""
    found, (problem,) = read(
        {**PROVIDER, "relationships": [{"relatedProviderId": "RW6", "type": "HSCA Predecessor", "reason": "Other"}]}
    )
    assert str(problem) == f"body.json: relationships[0].relatedProviderId: RW6 is said to come before or after itself: {AGAIN}"
    assert len(found) == 2


def test_a_rating_of_an_assessment_without_a_day_is_a_problem() -> None:
    """It can't count from any day; that the assessment was carried out is told all the same."""
    found, problems = read(changed("assessment[0].assessmentPlanPublishedDateTime", None))
    group = "assessment[0].ratings.asgRatings[0]"
    places = ["assessment[0].ratings.overall[0]", group, f"{group}.keyQuestionRatings[0]", TOPIC]
    assert [problem.place for problem in problems] == [Spot("body.json", f"{place}.rating") for place in places]
    assert len(found) == 16 - 5


def test_an_assessment_without_a_day_and_without_ratings_is_a_visit_only() -> None:
    """Nothing counts from a day that isn't there, so nothing is wrong."""
    groups = [{"name": "Dental", "assessmentPlanId": "AP1", "assessmentDate": "2024-07-15"}]
    groups.append({"name": "Dental", "assessmentPlanId": "AP2"})
    body = {"providerId": "RW6", "locationId": "RW603", "assessment": [{"ratings": {"asgRatings": groups}}]}
    body["reports"] = [{"linkId": LINK, "firstVisitDate": "2019-11-05"}]
    found, problems = read(body)
    assert problems == []
    assert [(type(one.fact), str(one.fact.on)) for one in found] == [
        (InspectionCarriedOut, "2019-11-05"),
        (InspectionCarriedOut, "2024-07-15"),
    ]


def test_two_scores_that_differ_are_a_problem() -> None:
    """The name as it should be and as it is misspelt must not say different things."""
    found, (problem,) = read(changed("assessment[0].ratings.asgRatings[0].keyQuestionRatings[0].percentageScrore", "50"))
    assert problem.message == f"percentageScore and percentageScrore differ: {AGAIN}"
    assert len(found) == 15


def test_every_problem_of_a_body_is_told() -> None:
    """Two faults of one rating, and one in an entry whose day is wrong."""
    body = changed("currentRatings.overall.rating", "Splendid")
    body["currentRatings"]["overall"]["reportDate"] = 5
    body["historicRatings"][0] |= {"reportDate": 6, "overall": {"rating": "Marvellous"}}
    _, problems = read(body)
    assert [str(problem.place) for problem in problems] == [
        "body.json: currentRatings.overall.reportDate",
        "body.json: currentRatings.overall.rating",
        "body.json: historicRatings[0].reportDate",
        "body.json: historicRatings[0].overall.rating",
    ]


DUE = "the body of one provider or location is due, as CQC gives it at /providers/{id} or /locations/{id}"


@pytest.mark.parametrize(
    ("body", "at", "message"),
    [
        ([PROVIDER], "", f"a list stands where {DUE}"),
        ("RW6", "", f"the text 'RW6' stands where {DUE}"),
        (None, "", f"nothing stands where {DUE}"),
        ({"total": 2, "providers": [{"providerId": "RW6"}]}, "", f"this is a page of CQC's list of providers: {DUE}"),
        ({"changes": ["RW6"], "page": 1}, "", f"this is a page of CQC's list of changes: {DUE}"),
        ({"statusCode": 404, "message": "no"}, "", f"this is neither a provider nor a location: {DUE}"),
        ({"locationId": "RW603"}, "providerId", f"the id of the provider is missing: {AGAIN}"),
        ({**LOCATION, "locationId": ""}, "locationId", f"the id of the location is missing: {AGAIN}"),
        ({"providerId": "RW6", "organisationType": "Location"}, "locationId", f"the id of the location is missing: {AGAIN}"),
        ({"providerId": 6}, "providerId", f"a number stands where a text is due: {AGAIN}"),
        (
            {"providerId": "RW6", "locationId": "rw603"},
            "locationId",
            f"'rw603' is not an id of CQC's, such as RW603 or 1-101639687: {AGAIN}",
        ),
    ],
)
def test_what_is_no_body_is_named_for_what_it_is(body: object, at: str, message: str) -> None:
    """It tells no facts, and one problem that says what is due."""
    assert read(body) == ([], [Problem(Spot("body.json", at), message)])


def test_a_long_text_is_quoted_in_part() -> None:
    """A message is read by people."""
    for length in (1000, 1001):
        _, (problem,) = read({"providerId": "x" * length})
        assert len(problem.message) < 200
        assert ("1,000 characters" in problem.message) == (length > 1000)


def read_all(*bodies: tuple[str, object] | Problem) -> tuple[set[str], list[str]]:
    """Read many bodies: the files that told facts, and the problems."""
    told = list(cqc_api.read_all(bodies, published=PUBLISHED))
    problems = [str(one) for one in told if isinstance(one, Problem)]
    return {one.spot.file for one in told if isinstance(one, Found)}, problems


def test_bodies_that_agree_have_no_problem_and_problems_are_handed_on() -> None:
    """A location may be listed by its provider, or by none that was read; a file's name may be an id or not."""
    bodies = [("p.json", PROVIDER), ("RW603.json", LOCATION), ("x", {**LOCATION, "locationId": "RW604", "providerId": "RW7"})]
    assert read_all(*bodies) == ({"p.json", "RW603.json", "x"}, [])
    problems = ["y.json:1:1: not JSON", f"z.json: a list stands where {DUE}"]
    assert read_all(Problem(Place("y.json"), "not JSON"), ("z.json", []), bodies[0]) == ({"p.json"}, problems)


def test_an_id_that_stands_twice_is_a_problem_that_names_the_other_file() -> None:
    """The first counts; a provider and a location are not mixed up."""
    files, problems = read_all(("a.json", LOCATION), ("b.json", LOCATION), ("c.json", PROVIDER), ("d.json", PROVIDER))
    assert files == {"a.json", "c.json"}
    assert problems == [
        "b.json: locationId: the location RW603 stands in a.json too: leave one of the two out",
        "d.json: providerId: the provider RW6 stands in c.json too: leave one of the two out",
    ]


@pytest.mark.parametrize("name", ["RW999.json", "1-101639687.json", "bodies.zip/locations/RW999.json"])
def test_an_id_that_is_not_its_files_name_is_a_problem(name: str) -> None:
    """Nobody can tell whether the file or what is in it was mixed up; what else is wrong is told too."""
    stem = name.rpartition("/")[2].removesuffix(".json")
    files, problems = read_all((name, {**LOCATION, "name": 5}))
    assert files == set()
    assert problems == [
        f"{name}: locationId: the location RW603 stands in a file named {stem}: name the file by what is in it, or get it again",
        f"{name}: name: a number stands where a text is due: {AGAIN}",
    ]


@pytest.mark.parametrize("name", ["body.json", "001.json", "rw999.json", "RW603.json"])
def test_a_files_name_that_is_no_id_is_no_problem(name: str) -> None:
    """Files may be named as one likes."""
    assert read_all((name, LOCATION)) == ({name}, [])


def test_a_location_whose_provider_is_another_than_the_one_that_lists_it_is_a_problem_whichever_comes_first() -> None:
    """The location's facts don't come if it is known by then; the provider's don't depend on it."""
    moved = {**LOCATION, "providerId": "RW7"}
    assert read_all(("p.json", PROVIDER), ("l.json", moved)) == (
        {"p.json"},
        ["l.json: providerId: the provider of location RW603 is RW7 here, and RW6 in p.json: get both from CQC again"],
    )
    assert read_all(("l.json", moved), ("p.json", PROVIDER)) == (
        {"p.json", "l.json"},
        ["p.json: locationIds[0]: the provider of location RW603 is RW6 here, and RW7 in l.json: get both from CQC again"],
    )


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["Good", "Safe", "RW6", "2020-02-13", "2020-02-13 10:00:00", "Current", "Historic", "maternity", LINK]),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["name", "rating", "status"]), inside, max_size=3)
    ),
    max_leaves=4,
)


def places(value: object) -> list[tuple[Any, Any]]:
    """Give every object and list in a body with each of its keys and indexes."""
    if isinstance(value, dict):
        return [(value, key) for key in value] + [place for one in value.values() for place in places(one)]
    if isinstance(value, list):
        return [(value, n) for n in range(len(value))] + [place for one in value for place in places(one)]
    return []


@given(st.data())
def test_no_body_whatever_raises_anything(data: st.DataObject) -> None:
    """Bodies like CQC's, with anything in place of anything, give facts and problems; read twice they give the same."""
    body = copy.deepcopy(data.draw(st.sampled_from([PROVIDER, LOCATION])))
    for _ in range(data.draw(st.integers(1, 4))):
        if within := places(body):
            holder, key = data.draw(st.sampled_from(range(len(within))).map(within.__getitem__))
            holder[key] = data.draw(values)
    told = list(cqc_api.read_all([("RW603.json", body)], published=PUBLISHED))
    assert all(isinstance(one, Found | Problem) for one in told)
    assert told == list(cqc_api.read_all([("RW603.json", body)], published=PUBLISHED))
    for one in told:
        if isinstance(one, Found):
            latest = one.fact.on.latest
            assert latest is not None
            assert latest.isoformat() <= "2025-06-30"


@given(values)
def test_no_value_whatever_raises_anything(body: object) -> None:
    """What is no body is a problem."""
    found, problems = read(body)
    assert found == []
    assert problems


def test_the_facts_of_this_test_are_of_the_kinds_meant() -> None:
    """The fuzzed bodies tell ratings and registrations."""
    kinds = {type(one.fact) for one in read(LOCATION)[0]}
    assert {RatingPublished, LocationRegistered} <= kinds
