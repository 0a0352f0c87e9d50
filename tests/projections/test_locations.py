"""Locations: where the trust is registered to provide care, and was."""

from datetime import date
from itertools import permutations

import pytest

from ledger import When
from ledger.events import LocationDeregistered, LocationFormed, LocationRegistered, LocationRenamed, LocationSucceeded
from ledger.projections._links import Link
from ledger.projections.locations import Location, locations

REGISTERED = LocationRegistered(trust="RHA", on="2010-10-01", location="RHAXX", name="Highbury Hospital", kind="Hospital")
CLOSED = LocationDeregistered(trust="RHA", on="2020-04", location="RHAXX", reason="Moved")


def registered(on: str, name: str = "Highbury Hospital") -> LocationRegistered:
    """Give a registration of the location."""
    return LocationRegistered(trust="RHA", on=on, location="RHAXX", name=name)


def test_a_registration_puts_a_location_on_record() -> None:
    """Its name and kind are kept, and since when; it goes by its id, and is called by both."""
    state = locations.fold([REGISTERED])
    assert state["RHAXX"] == Location(
        location="RHAXX",
        name="Highbury Hospital",
        kind="Hospital",
        registered_on=When("2010-10-01"),
        last_heard=date(2010, 10, 1),
    )
    assert state["RHAXX"].about == REGISTERED.about == ("location", "RHAXX")
    assert str(state) == "Highbury Hospital (RHAXX): Hospital; registered 1 October 2010"


def test_locations_are_told_apart_by_id() -> None:
    """Two places of one name are two locations, in order of id."""
    other = LocationRegistered(trust="RHA", on="2012-01-01", location="RHA01", name="Highbury Hospital")
    assert [one.location for one in locations.fold([REGISTERED, other]).rows()] == ["RHA01", "RHAXX"]


def test_a_new_name_stands_and_the_one_before_is_kept() -> None:
    """Names that were left are kept in order, each once; one that is taken again is former no more."""
    given = [
        REGISTERED,
        LocationRenamed(trust="RHA", on="2015-01-01", location="RHAXX", name="Sherwood Unit"),
        LocationRenamed(trust="RHA", on="2016-01-01", location="RHAXX", name="Trent Unit"),
        LocationRenamed(trust="RHA", on="2017-01-01", location="RHAXX", name="Highbury Hospital"),
    ]
    assert [(one.name, one.former_names) for n in (2, 3, 4) for one in locations.fold(given[:n]).rows()] == [
        ("Sherwood Unit", ("Highbury Hospital",)),
        ("Trent Unit", ("Highbury Hospital", "Sherwood Unit")),
        ("Highbury Hospital", ("Sherwood Unit", "Trent Unit")),
    ]


def test_a_renaming_known_first_brings_the_name_before() -> None:
    """A location of which only a renaming is known has the name it says stood before, and no registration."""
    renamed = LocationRenamed(trust="RHA", on="2015-01-01", location="RHAXX", name="New", previous="Old")
    (one,) = locations.fold([renamed]).rows()
    assert str(one) == "New (RHAXX): registration not on record; formerly Old"
    assert locations.fold([REGISTERED, renamed])["RHAXX"].former_names == ("Highbury Hospital",)


def test_a_renaming_of_one_without_a_name_leaves_no_former_name() -> None:
    """What no source says was the name before is not made up."""
    renamed = LocationRenamed(trust="RHA", on="2015-01-01", location="RHAXX", name="New")
    assert locations.fold([renamed])["RHAXX"].former_names == ()


def test_the_end_of_a_registration_is_kept_with_its_beginning() -> None:
    """A location deregistered stays on record; the first day that is stated for it counts."""
    later = LocationDeregistered(trust="RHA", on="2021-01-01", location="RHAXX")
    one = locations.fold([REGISTERED, CLOSED, later])["RHAXX"]
    assert (one.registered_on, one.deregistered_on, one.last_heard) == (When("2010-10-01"), When("2020-04"), date(2021, 1, 1))
    assert one.summary == "Hospital; registered 1 October 2010; deregistered April 2020"


def test_an_end_known_before_its_beginning_is_kept() -> None:
    """Where nothing else is known of a location, it was deregistered, and the rest is not on record."""
    assert str(locations.fold([CLOSED])) == "RHAXX: registration not on record; deregistered April 2020"


@pytest.mark.parametrize(
    ("on", "registered_on", "deregistered_on"),
    [
        ("2020-04-30", "2010-10-01", "2020-04"),
        ("2020-05-01", "2020-05-01", None),
        ("2020-05", "2020-05", None),
        ("2020-04/2020-05", "2010-10-01", "2020-04"),
        ("../2026-11-22", "2010-10-01", "2020-04"),
    ],
)
def test_a_location_registered_again_is_registered(on: str, registered_on: str, deregistered_on: str | None) -> None:
    """Only a registration wholly after the end undoes it; one that may be the known one, such as a bound, does not."""
    one = locations.fold([REGISTERED, CLOSED, registered(on)])["RHAXX"]
    assert one.registered_on == When(registered_on)
    assert one.deregistered_on == (None if deregistered_on is None else When(deregistered_on))


def test_a_bound_is_the_beginning_of_one_that_ended_where_no_other_is_known() -> None:
    """A location known to have ended, and by when it was registered, has both on record."""
    one = locations.fold([CLOSED, registered("../2026-11-22")])["RHAXX"]
    assert one.summary == "registered by 22 November 2026; deregistered April 2020"


def test_a_location_can_end_again() -> None:
    """What was registered again can be deregistered again, on a day of its own."""
    again = LocationDeregistered(trust="RHA", on="2024-01-01", location="RHAXX")
    one = locations.fold([REGISTERED, CLOSED, registered("2021-01-01"), again])["RHAXX"]
    assert one.summary == "Hospital; registered 1 January 2021; deregistered 1 January 2024"


@pytest.mark.parametrize(
    ("on", "registered_on"), [("../2019-03-01", "2010-10-01"), ("2010-09/2019", "2010-10-01"), ("2012-01-01", "2012-01-01")]
)
def test_a_bound_does_not_displace_the_day_it_began(on: str, registered_on: str) -> None:
    """Another source that knows only by when a location was registered leaves the day known; a later day takes its place."""
    assert locations.fold([REGISTERED, registered(on)])["RHAXX"].registered_on == When(registered_on)


def test_a_kind_not_said_again_stays() -> None:
    """A registration without a kind leaves the one known; one that names another changes it."""
    other = LocationRegistered(trust="RHA", on="2012-01-01", location="RHAXX", name="Highbury Hospital", kind="Clinic")
    assert [locations.fold([REGISTERED, one])["RHAXX"].kind for one in (registered("2012-01-01"), other)] == [
        "Hospital",
        "Clinic",
    ]


def test_what_came_before_and_after_is_kept_with_its_day() -> None:
    """Each step has its own day and reason; being followed closes nothing."""
    given = [
        LocationFormed(trust="RHA", on="2010-10-01", location="RHAXX", predecessors=["RX102", "RX101"], reason="New provider"),
        REGISTERED,
        LocationSucceeded(trust="RHA", on="2020-04-01", location="RHAXX", by=["RX901"]),
        LocationSucceeded(trust="RHA", on="2021-04", location="RHAXX", by=["RX902"], reason="Moved"),
    ]
    one = locations.fold(given)["RHAXX"]
    assert one.predecessors == {"RX101", "RX102"}
    assert one.successors == {"RX901", "RX902"}
    assert one.followed_by == (
        Link(other="RX901", on=When("2020-04-01")),
        Link(other="RX902", on=When("2021-04"), reason="Moved"),
    )
    assert one.summary == (
        "Hospital; registered 1 October 2010; took over from RX101, RX102, 1 October 2010 (New provider); "
        "followed by RX901, 1 April 2020, and RX902, April 2021 (Moved)"
    )


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_facts_of_one_day_give_one_state_in_any_order(given: tuple[int, ...]) -> None:
    """A location that began, took over and was followed on one day is the same whichever was recorded first."""
    facts = [
        REGISTERED,
        LocationFormed(trust="RHA", on="2010-10-01", location="RHAXX", predecessors=["RX101"]),
        LocationSucceeded(trust="RHA", on="2010-10-01", location="RHAXX", by=["RX901"]),
    ]
    assert locations.fold([facts[one] for one in given]) == locations.fold(facts)
