"""What each field of a body of CQC's API becomes, and how it is cited; what CQC leaves out becomes nothing."""

from typing import Any, TypeAlias

import pytest

from ledger import Draft, When
from ledger.errors import WhenError
from ledger.events import (
    Event,
    InspectionCarriedOut,
    InspectionPublished,
    LocationDeregistered,
    LocationFormed,
    LocationRegistered,
    LocationSucceeded,
    QualityStatementScored,
    RatingPublished,
    TrustDeregistered,
    TrustFormed,
    TrustRegistered,
    TrustSucceeded,
)
from ledger.sources import Found, Problem, Spot, cqc_api

Body: TypeAlias = dict[str, Any]

PUBLISHED = When("../2025-06-30")
PROVIDER: Body = {"providerId": "RW6"}
LOCATION: Body = {"providerId": "RW6", "locationId": "RW603"}
OLD, NEW = "0a0a0a0a-1111-2222-3333-444444444444", "0b0b0b0b-1111-2222-3333-444444444444"
SAF = "Single Assessment Framework 2024"


def told(body: Body) -> list[Found | Problem]:
    """Read a body."""
    return list(cqc_api.read(body, file="body.json", published=PUBLISHED))


def drafts(body: Body) -> list[Draft]:
    """Give the drafts of a body that has no problem."""
    found = told(body)
    assert [one for one in found if isinstance(one, Problem)] == []
    return [one.draft for one in found if isinstance(one, Found)]


def events(body: Body) -> list[object]:
    """Give the events of a body that has no problem."""
    return [draft.event for draft in drafts(body)]


def rated(rating: str, on: str, question: str = "Overall", **slot: Any) -> RatingPublished:
    """Give a rating of the location."""
    return RatingPublished(trust="RW6", location="RW603", rating=rating, on=on, key_question=question, **slot)


def test_a_provider_is_registered_and_deregistered() -> None:
    """The name is today's, so on the day of registration it is inferred; the end is stated."""
    body = {
        **PROVIDER,
        "name": "Pennine Acute  Hospitals NHS Trust",
        "type": "NHS Healthcare Organisation",
        "ownershipType": "NHS Body",
        "registrationDate": "2010-04-01",
        "deregistrationDate": "2021-10-01",
    }
    name = "Pennine Acute Hospitals NHS Trust"
    registered, deregistered = drafts(body)
    assert registered.event == TrustRegistered(trust="RW6", on="2010-04-01", name=name, kind="NHS Healthcare Organisation")
    assert registered.inferred == {"name"}
    assert deregistered.event == TrustDeregistered(trust="RW6", on="2021-10-01")
    assert deregistered.inferred == frozenset()


def test_a_location_is_registered_and_deregistered_and_says_nothing_of_its_provider() -> None:
    """A location's body knows its provider's id only."""
    body = {**LOCATION, "name": "Royal Oldham Hospital", "registrationDate": "2010-04-01", "deregistrationDate": "2021-10-01"}
    assert events(body) == [
        LocationRegistered(trust="RW6", on="2010-04-01", location="RW603", name="Royal Oldham Hospital"),
        LocationDeregistered(trust="RW6", on="2021-10-01", location="RW603"),
    ]


def test_what_has_no_day_was_so_when_the_body_was_got() -> None:
    """A name without a registration date, and an end without a day: the day is inferred, and bounded by that of the body."""
    for body in ({**PROVIDER, "name": "A trust"}, {**LOCATION, "name": "A hospital"}):
        registered, deregistered = drafts({**body, "registrationStatus": "Deregistered"})
        for draft in (registered, deregistered):
            assert isinstance(draft.event, Event)
            assert draft.event.on == When("../2025-06-30")
            assert draft.inferred == {"on"}
    assert isinstance(drafts({**PROVIDER, "registrationStatus": "Deregistered"})[0].event, TrustDeregistered)


@pytest.mark.parametrize(
    ("ownership", "name"),
    [
        ("Individual", "Name withheld (individual provider)"),
        ("Partnership", "Name withheld (partnership)"),
        ("Organisation", "A. Person Limited"),
        (None, "A. Person Limited"),
    ],
)
def test_the_name_of_a_person_is_never_recorded(ownership: str | None, name: str) -> None:
    """A provider that is a person, or a partnership of persons, goes by its id."""
    body = {**PROVIDER, "name": "A. Person Limited", "ownershipType": ownership, "registrationDate": "2011-01-01"}
    assert events(body) == [TrustRegistered(trust="RW6", on="2011-01-01", name=name, kind=ownership)]


@pytest.mark.parametrize(
    "name",
    [
        *("Dr A Person", "DR PERSON", "Dr.Person", "dr person", "Dr Person's Practice", "Drs Person and Other"),
        *("Mr A Person - High Street", "High Street (Mrs Person)", "Mr & Mrs Person", "Miss Person", "Ms Person", "Mx Person"),
        *("Doctor Person", "Prof Person", "Professor Person", "Rev. Person"),
    ],
)
def test_the_name_of_a_location_with_a_title_is_never_recorded(name: str) -> None:
    """Wherever the title stands, somebody's name goes with it; the location goes by its id, and what kind it is."""
    body = {**LOCATION, "name": name, "registrationDate": "2011-01-01"}
    for kind, said in (("Primary Dental Care", "Primary Dental Care"), (None, "location")):
        (draft,) = drafts({**body, "type": kind})
        withheld = f"Name withheld ({said})"
        assert draft.event == LocationRegistered(trust="RW6", on="2011-01-01", location="RW603", name=withheld, kind=kind)
        assert draft.inferred == {"name"}


@pytest.mark.parametrize(
    "name",
    [
        *("St Saviour's Nursing Home", "Drake House", "Mister Tooth", "The Missing Link", "Profile Care", "The Doctors' House"),
        *(
            "The Doctor\u2019s House",
            "The MS Centre",
            "The Revival",
            "Sirona",
            "Sir Person Hospital",
            "Person & Other Dental Care",
        ),
    ],
)
def test_the_name_of_a_location_without_a_title_is_recorded(name: str) -> None:
    """A title is a word of its own; a surname without one can't be told from any other word."""
    body = {**LOCATION, "name": name, "registrationDate": "2011-01-01"}
    assert events(body) == [LocationRegistered(trust="RW6", on="2011-01-01", location="RW603", name=name)]


def related(kind: str, other: str, what: str) -> Body:
    """Give a relationship, with a name that must not be read."""
    return {
        f"related{what}Id": other,
        f"related{what}Name": "Mr. A Person",
        "type": f"HSCA {kind}",
        "reason": "Legal Entity Change",
    }


def test_relationships_of_a_provider_are_told_by_id_and_reason() -> None:
    """What came before goes with the registration, what came after with its end: neither day is stated."""
    relationships = [related("Predecessor", "1-111", "Provider"), related("Successor", "1-222", "Provider")]
    body = {**PROVIDER, "relationships": relationships}
    dated = {**body, "registrationDate": "2012-01-01", "deregistrationDate": "2020-01-01"}
    reason = "Legal Entity Change"
    for given, began, ended in ((body, "../2025-06-30", "../2025-06-30"), (dated, "2012-01-01", "2020-01-01")):
        formed, succeeded = [draft for draft in drafts(given) if "on" in draft.inferred]
        assert formed.event == TrustFormed(trust="RW6", on=began, predecessors=["1-111"], reason=reason)
        assert succeeded.event == TrustSucceeded(trust="RW6", on=ended, by=["1-222"], reason=reason)
        assert "Person" not in f"{formed} {succeeded}"


def test_relationships_of_a_location_are_told_by_id_and_reason() -> None:
    """The same of a location, whose name is not read either."""
    body = {
        **LOCATION,
        "registrationDate": "2012-01-01",
        "relationships": [related("Predecessor", "1-111", "Location"), related("Successor", "1-222", "Location")],
    }
    reason = "Legal Entity Change"
    assert events(body) == [
        LocationFormed(trust="RW6", on="2012-01-01", location="RW603", predecessors=["1-111"], reason=reason),
        LocationSucceeded(trust="RW6", on="../2025-06-30", location="RW603", by=["1-222"], reason=reason),
    ]


def test_current_ratings_each_bear_the_day_of_their_own_report() -> None:
    """A key question may be older than the overall rating, and inherited from another organisation."""
    safe = {
        "name": "Safe",
        "rating": "Inadequate",
        "reportDate": "2016-08-12",
        "reportLinkId": OLD.upper(),
        "organisationId": "1-999",
    }
    overall = {"rating": "Good", "reportDate": "2020-02-13", "reportLinkId": NEW, "keyQuestionRatings": [safe]}
    good, inadequate = drafts({**LOCATION, "currentRatings": {"overall": overall, "reportDate": "2020-02-13"}})
    assert good.event == rated("Good", "2020-02-13")
    assert inadequate.event == rated("Inadequate", "2016-08-12", "Safe", inherited_from="1-999")
    assert [(one.at, one.public_since) for one in good.sources] == [(f"report {NEW}", When("2020-02-13"))]
    assert [(one.at, one.public_since) for one in inadequate.sources] == [(f"report {OLD}", When("2016-08-12"))]


def test_an_organisation_named_for_the_overall_rating_holds_for_its_key_questions_and_the_day_does_not() -> None:
    """Whose report it was is said once for all; unless a key question says otherwise."""
    questions = [
        {"name": "Safe", "rating": "Good", "reportDate": "2016-08-12"},
        {"name": "Caring", "rating": "Good", "reportDate": "2016-08-12", "organisationId": "1-888"},
    ]
    overall = {"rating": "Good", "reportDate": "2020-02-13", "organisationId": "1-999", "keyQuestionRatings": questions}
    assert events({**LOCATION, "currentRatings": {"overall": overall}}) == [
        rated("Good", "2020-02-13", inherited_from="1-999"),
        rated("Good", "2016-08-12", "Safe", inherited_from="1-999"),
        rated("Good", "2016-08-12", "Caring", inherited_from="1-888"),
    ]


def test_the_source_is_one_whatever_the_day() -> None:
    """What was got on two days is one source; who published it and where it is are told."""
    (draft,) = drafts({**PROVIDER, "name": "A trust"})
    (citation,) = draft.sources
    assert citation.source == cqc_api.source(PUBLISHED)
    assert citation.source.identity == cqc_api.source(When("2026-01-01")).identity
    assert str(citation) == "Care Quality Commission, “Syndication API” (public, published by 30 June 2025), provider RW6"


def test_no_published_rating_without_a_day_is_no_rating() -> None:
    """It is how the API says that there is none; with a day, CQC published that there is none."""
    safe = {"name": "Safe", "rating": "No published rating"}
    body = {**LOCATION, "currentRatings": {"overall": {"rating": "No published rating", "keyQuestionRatings": [safe]}}}
    assert events(body) == []
    safe["reportDate"] = "2020-02-13"
    assert events(body) == [rated("No published rating", "2020-02-13", "Safe")]


def test_services_go_by_the_names_of_their_areas_and_their_key_questions_by_their_days() -> None:
    """A body's own name for an area comes first; an area that it doesn't name is known by its id."""
    services = [
        {
            "name": "maternity",
            "rating": "Good",
            "reportDate": "2016-08-12",
            "reportLinkId": OLD,
            "organisationId": "1-999",
            "keyQuestionRatings": [{"name": "Caring", "rating": "Outstanding"}],
        },
        {"name": "npimaternity", "rating": "Inadequate", "reportDate": "2020-02-13"},
    ]
    areas = [
        {
            "inspectionAreaId": "maternity",
            "inspectionAreaName": "Maternity & gynaecology",
            "latestGloballySupersededBy": ["npimaternity"],
        },
        {"inspectionAreaId": "mholderpeople"},
    ]
    found = drafts({**LOCATION, "inspectionAreas": areas, "currentRatings": {"serviceRatings": services}})
    old = {"service": "Maternity and gynaecology", "inherited_from": "1-999"}
    assert [one.event for one in found] == [
        rated("Good", "2016-08-12", **old),
        rated("Outstanding", "2016-08-12", "Caring", **old),
        rated("Inadequate", "2020-02-13", service="Maternity"),
    ]
    note = f"report {OLD}; CQC has since put Maternity in the place of this service"
    assert [one.sources[0].at for one in found] == [note, note, "location RW603"]


def test_a_historic_entry_gives_its_day_to_everything_in_it() -> None:
    """It may lack an overall rating, hold any number of key questions, and come in any order."""
    history = [
        {
            "reportDate": "2015-04-30",
            "reportLinkId": OLD,
            "organisationId": "1-999",
            "overall": {"keyQuestionRatings": [{"name": "Well-led", "rating": "Requires improvement"}]},
            "serviceRatings": [
                {"name": "surgery", "rating": "Good", "keyQuestionRatings": [{"name": "Safe", "rating": "Good"}]}
            ],
        },
        {"reportDate": "2014-01-05", "overall": {"rating": "Inspected but not rated"}},
        {"reportDate": "2013-01-05"},
    ]
    assert events({**LOCATION, "historicRatings": history}) == [
        rated("Requires improvement", "2015-04-30", "Well-led", inherited_from="1-999"),
        rated("Good", "2015-04-30", service="Surgery", inherited_from="1-999"),
        rated("Good", "2015-04-30", "Safe", service="Surgery", inherited_from="1-999"),
        rated("Inspected but not rated", "2014-01-05"),
    ]


def test_a_fact_that_stands_twice_comes_once_with_both_places() -> None:
    """The current rating stands among the historic ones too, or two reports of one day give the same."""
    body = {
        **LOCATION,
        "currentRatings": {"overall": {"rating": "Good", "reportDate": "2020-02-13", "reportLinkId": NEW}},
        "historicRatings": [
            {"reportDate": "2020-02-13", "reportLinkId": NEW, "overall": {"rating": "Good"}},
            {"reportDate": "2020-02-13", "reportLinkId": OLD, "overall": {"rating": "Good"}},
            {"reportDate": "2020-02-13", "reportLinkId": OLD, "overall": {"rating": "Inadequate"}},
        ],
    }
    good, inadequate = told(body)
    assert isinstance(good, Found)
    assert isinstance(inadequate, Found)
    assert good.fact == rated("Good", "2020-02-13")
    assert [one.at for one in good.draft.sources] == [f"report {NEW}", f"report {OLD}"]
    assert good.spot == Spot("body.json", "currentRatings.overall")
    assert (inadequate.fact, inadequate.spot.at) == (rated("Inadequate", "2020-02-13"), "historicRatings[2].overall")


def test_ratings_of_a_provider_are_of_no_location() -> None:
    """A trust's own ratings are told by its provider's body in the same way."""
    current = {
        "overall": {"rating": "Good", "reportDate": "2020-02-13"},
        "serviceRatings": [{"name": "surgery", "rating": "Good", "reportDate": "2020-02-13"}],
    }
    assert events({**PROVIDER, "currentRatings": current}) == [
        RatingPublished(trust="RW6", on="2020-02-13", rating="Good"),
        RatingPublished(trust="RW6", on="2020-02-13", rating="Good", service="Surgery"),
    ]


def test_a_report_is_an_inspection_and_its_publication() -> None:
    """The visit is told where the report says when it was; the title is one that CQC can't change."""
    reports = [
        {"linkId": NEW.upper(), "reportDate": "2020-02-13", "firstVisitDate": "2019-11-05", "reportType": "Location"},
        {"linkId": OLD, "reportDate": "2014-03-05"},
    ]
    found = drafts({**LOCATION, "reports": reports, "lastInspection": {"date": "2019-11-07"}})
    title = "Inspection of location RW603"
    assert [one.event for one in found] == [
        InspectionCarriedOut(trust="RW6", on="2019-11-05", inspection=NEW, title=title, location="RW603"),
        InspectionPublished(trust="RW6", on="2020-02-13", inspection=NEW, title=title),
        InspectionPublished(trust="RW6", on="2014-03-05", inspection=OLD, title=title),
    ]
    assert [one.sources[0].public_since for one in found] == [When("2020-02-13"), When("2020-02-13"), When("2014-03-05")]
    (published,) = events({**PROVIDER, "reports": reports[1:]})
    assert published == InspectionPublished(trust="RW6", on="2014-03-05", inspection=OLD, title="Inspection of provider RW6")


def assessed(group: Body, at: str = "2024-11-18 14:40:14", **more: Any) -> Body:
    """Give a location with one assessment."""
    return {**LOCATION, "assessment": [{"assessmentPlanPublishedDateTime": at, "ratings": {"asgRatings": [group], **more}}]}


GROUP: Body = {"name": "Care Homes", "status": "Current", "assessmentPlanId": "AP5373", "assessmentDate": "2024-07-15"}
CARE_HOMES: Body = {"service": "Care Homes", "framework": SAF}


def test_an_assessment_is_carried_out_published_and_rated_by_question_with_its_score() -> None:
    """Everything counts from the day the assessment was published, under the Single Assessment Framework."""
    safe = {"name": "Safe", "rating": "Requires Improvement", "percentageScore": "62", "status": "Assessed"}
    found = drafts(assessed({**GROUP, "rating": "Good", "keyQuestionRatings": [safe]}))
    title = "Assessment of location RW603"
    assert [one.event for one in found] == [
        InspectionCarriedOut(
            trust="RW6", on="2024-07-15", inspection="ap5373", title=title, called="assessment", location="RW603"
        ),
        InspectionPublished(trust="RW6", on="2024-11-18", inspection="ap5373", title=title),
        rated("Good", "2024-11-18", **CARE_HOMES),
        rated("Requires improvement", "2024-11-18", "Safe", score=62, **CARE_HOMES),
    ]
    assert {(one.sources[0].at, one.sources[0].public_since) for one in found} == {("assessment AP5373", When("2024-11-18"))}


@pytest.mark.parametrize(
    ("field", "value", "score"),
    [
        ("percentageScore", "75", 75),
        ("percentageScore", 75, 75),
        ("percentageScore", 75.0, 75),
        ("percentageScore", "75.0", 75),
        ("percentageScore", "0", 0),
        ("percentageScore", "100", 100),
        ("percentageScrore", "75", 75),
        ("precentageScore", "75", 75),
        ("percentageSocre", "75", 75),
        ("percentageScore", "", None),
        ("score", "75", None),
    ],
)
def test_a_score_is_a_whole_percentage_under_a_name_that_may_be_misspelt(field: str, value: object, score: int | None) -> None:
    """The schema misspells the name; a text and a number are alike."""
    safe = {"name": "Safe", "rating": "Good", field: value}
    group = {"name": "Care Homes", "keyQuestionRatings": [safe]}
    assert events(assessed(group)) == [rated("Good", "2024-11-18", "Safe", score=score, **CARE_HOMES)]


def test_a_nought_beside_regulations_met_scores_nothing() -> None:
    """Only a ranked rating is worked out from a score; an empty overall rating is none."""
    safe = {"name": "Safe", "rating": "Regulations met", "percentageScore": "0"}
    found = events(assessed({"name": "Dental", "status": "Current", "rating": "", "keyQuestionRatings": [safe]}))
    assert found == [rated("Regulations met", "2024-11-18", "Safe", service="Dental", framework=SAF)]


@pytest.mark.parametrize(
    ("words", "score"),
    [
        ("4 - Evidence shows an exceptional standard of care", "4"),
        ("3 - Evidence shows a good standard of care", "3"),
        ("1", "1"),
        ("Regulations met", "Regulations met"),
        ("Evidence requirements partially / not yet scored", None),
        ("", None),
    ],
)
def test_a_quality_statement_is_scored_and_whether_it_was_assessed(words: str, score: str | None) -> None:
    """The number before the words is the score; where there is none yet, nothing is told."""
    statement = {"name": "Assessing needs", "qualityStatementscore": words, "status": "Not Assessed"}
    question = {"name": "Effective", "rating": "No Approved Rating", "topicareas": [statement]}
    expected = (
        []
        if score is None
        else [
            QualityStatementScored(
                trust="RW6",
                on="2024-11-18",
                location="RW603",
                service="Care Homes",
                key_question="Effective",
                quality_statement="Assessing needs",
                score=score,
                basis="not assessed",
            )
        ]
    )
    assert events(assessed({"name": "Care Homes", "keyQuestionRatings": [question]})) == expected


def test_an_assessment_may_rate_the_location_itself() -> None:
    """`overall` is of no service; it names no plan, so it is cited by the location."""
    body = assessed({}, overall=[{"rating": "Good", "status": "Current"}])
    body["assessment"][0]["ratings"].pop("asgRatings")
    (draft,) = drafts(body)
    assert (draft.event, draft.sources[0].at) == (rated("Good", "2024-11-18", framework=SAF), "location RW603")


def test_a_historic_rating_counts_from_its_assessment_unless_one_beside_it_took_its_place() -> None:
    """Of two of one service in one assessment the day is that of the current one; that of the other isn't stated."""
    old, new = {"name": "Care Homes", "rating": "Inadequate", "status": "Historic"}, {**GROUP, "rating": "Good"}
    del new["assessmentPlanId"]
    assert events(assessed(old)) == [rated("Inadequate", "2024-11-18", **CARE_HOMES)]
    body = assessed(old)
    body["assessment"][0]["ratings"]["asgRatings"].append(new)
    assert events(body) == [rated("Good", "2024-11-18", **CARE_HOMES)]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-07-18 23:30:00", "2024-07-18"),
        ("2024-07-18T23:30:00Z", "2024-07-19"),
        ("2024-12-18T23:30:00Z", "2024-12-18"),
        ("2024-07-18", "2024-07-18"),
    ],
)
def test_a_moment_counts_as_the_day_in_london(moment: str, day: str) -> None:
    """Without a time zone it is London's already."""
    assert events(assessed({"name": "Dental", "rating": "Good"}, moment)) == [
        rated("Good", day, service="Dental", framework=SAF)
    ]


@pytest.mark.parametrize(
    "absent",
    [
        {"providerInspectionAreas": [{"inspectionAreaId": "mhcrisis", "reports": [{"reportLinkId": OLD}]}]},
        {"lastInspection": {"date": "2019-11-07"}, "lastReport": {"publicationDate": "2020-02-13"}},
        {"currentRatings": {"overall": {"useOfResources": {"useOfResourcesRating": "Good"}}}},
        {"dormancy": "Y", "dormancyStartDate": "2022-06-23", "numberOfBeds": 32, "alsoKnownAs": "Dr A Person"},
        {"contacts": [{"personFamilyName": "Person"}], "regulatedActivities": [{"nominatedIndividual": {}}]},
        {"name": None, "currentRatings": None, "historicRatings": None, "reports": [], "relationships": []},
    ],
)
def test_what_tells_no_fact_of_its_own_is_passed_over(absent: Body) -> None:
    """Links and days that name no inspection, people, and what is empty."""
    assert told({**LOCATION, **absent}) == []


def test_a_publication_without_a_last_day_is_refused() -> None:
    """Then no date could be told to lie in the future."""
    with pytest.raises(WhenError, match=r"^2025-06-30/\.\. has no last day: say by when the data was published, such as"):
        list(cqc_api.read(PROVIDER, file="body.json", published=When("2025-06-30/..")))
