"""Who the trust is, what it took over from, and what followed it."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from ledger import When
from ledger.events import Event, Succession, TrustDeregistered, TrustFormed, TrustRegistered, TrustRenamed, TrustSucceeded
from ledger.projections._links import Link
from ledger.projections.identity import Identity, identity

REGISTERED = TrustRegistered(
    trust="RHA",
    on="2010-04",
    name="Nottinghamshire Healthcare NHS Trust",
    kind="NHS trust",
    description="mental health services",
)
RENAMED = TrustRenamed(trust="RHA", on="2015-03-01", name="Nottinghamshire Healthcare NHS Foundation Trust")


def test_nothing_on_record_is_nobody() -> None:
    """A trust of which nothing is known has no name and gives no row."""
    assert identity.initial == Identity()
    assert identity.initial.heading == "name not on record"
    assert identity.initial.summary == ""
    assert identity.initial.rows() == ()
    assert identity.initial.about == ("trust",)


def test_a_registration_names_the_trust() -> None:
    """Everything that is said of a registration is kept, and the trust gives one row: itself."""
    state = identity.fold([REGISTERED])
    assert state == Identity(
        name="Nottinghamshire Healthcare NHS Trust",
        kind="NHS trust",
        description="mental health services",
        since=When("2010-04"),
        last_heard=date(2010, 4, 30),
    )
    assert state.rows() == (state,)


def test_the_latest_name_stands_and_the_name_before_is_kept() -> None:
    """A new name takes the place of the one before, which is kept; kind and description stay."""
    assert identity.fold([REGISTERED, RENAMED]) == Identity(
        name="Nottinghamshire Healthcare NHS Foundation Trust",
        kind="NHS trust",
        description="mental health services",
        since=When("2015-03-01"),
        former_names=("Nottinghamshire Healthcare NHS Trust",),
        last_heard=date(2015, 3, 1),
    )


def test_names_before_come_oldest_first() -> None:
    """Each name that was left is kept, in the order they were left."""
    given = [REGISTERED, RENAMED, TrustRenamed(trust="RHA", on="2026-01-01", name="Sherwood Healthcare")]
    assert identity.fold(given).former_names == (
        "Nottinghamshire Healthcare NHS Trust",
        "Nottinghamshire Healthcare NHS Foundation Trust",
    )


def test_the_same_name_again_is_no_new_name() -> None:
    """The name that stands stated again leaves no former name and keeps its day, and fills in what was not known."""
    given = [
        TrustRegistered(trust="RHA", on="2010-04", name="Nottinghamshire Healthcare"),
        TrustRegistered(trust="RHA", on="2020-01-01", name="Nottinghamshire Healthcare", kind="NHS trust", description="care"),
    ]
    assert identity.fold(given) == Identity(
        name="Nottinghamshire Healthcare",
        kind="NHS trust",
        description="care",
        since=When("2010-04"),
        last_heard=date(2020, 1, 1),
    )
    renamed = TrustRenamed(trust="RHA", on="2021-01-01", name="Nottinghamshire Healthcare")
    state = identity.fold([*given, renamed])
    assert (state.since, state.former_names, state.last_heard) == (When("2010-04"), (), date(2021, 1, 1))


def test_a_name_taken_again_is_former_no_more() -> None:
    """A trust that goes back to a name it had has that name, since the day it took it again; each other name is kept once."""
    other = TrustRenamed(trust="RHA", on="2015-03-01", name="Sherwood")
    back = TrustRenamed(trust="RHA", on="2020-03-01", name="Nottinghamshire Healthcare NHS Trust")
    again = TrustRenamed(trust="RHA", on="2022-03-01", name="Sherwood")
    third = TrustRenamed(trust="RHA", on="2024-03-01", name="Trent")
    state = identity.fold([REGISTERED, other, back])
    assert (state.name, state.since, state.former_names) == (
        "Nottinghamshire Healthcare NHS Trust",
        When("2020-03-01"),
        ("Sherwood",),
    )
    state = identity.fold([REGISTERED, other, back, again])
    assert (state.name, state.since, state.former_names) == (
        "Sherwood",
        When("2022-03-01"),
        ("Nottinghamshire Healthcare NHS Trust",),
    )
    state = identity.fold([REGISTERED, other, back, again, third])
    assert (state.name, state.former_names) == ("Trent", ("Nottinghamshire Healthcare NHS Trust", "Sherwood"))


def test_a_kind_not_said_again_stays() -> None:
    """A registration that leaves out the kind and the description leaves those known; one that names others changes them."""
    silent = TrustRegistered(trust="RHA", on="2020-01-01", name="Nottinghamshire Healthcare")
    other = TrustRegistered(trust="RHA", on="2021-01-01", name="N", kind="NHS foundation trust", description="all care")
    stays = identity.fold([REGISTERED, silent])
    assert (stays.kind, stays.description) == ("NHS trust", "mental health services")
    changes = identity.fold([REGISTERED, other])
    assert (changes.kind, changes.description) == ("NHS foundation trust", "all care")


def test_a_renaming_known_first_brings_the_name_before() -> None:
    """A renaming of a trust of which nothing was known keeps the name it says stood before."""
    renamed = TrustRenamed(trust="RHA", on="2015-03-01", name="New", previous="Old")
    assert identity.fold([renamed]) == Identity(
        name="New", since=When("2015-03-01"), former_names=("Old",), last_heard=date(2015, 3, 1)
    )


def test_a_renaming_known_first_without_a_name_before() -> None:
    """A renaming that does not say what stood before leaves no former name."""
    assert identity.fold([RENAMED]).former_names == ()


def test_the_name_on_record_counts_rather_than_the_one_a_renaming_says() -> None:
    """Where a name stands, it is the one that is left, whatever the renaming calls it."""
    renamed = TrustRenamed(trust="RHA", on="2015-03-01", name="New", previous="Old")
    assert identity.fold([REGISTERED, renamed]).former_names == ("Nottinghamshire Healthcare NHS Trust",)


def test_being_followed_closes_nothing() -> None:
    """Organisations that followed are kept, each with its own day and how, and the first day of all; the name stands, since when it did."""
    given = [
        REGISTERED,
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9"]),
        TrustSucceeded(trust="RHA", on="2026-07", by=["RX1"], how="merged"),
    ]
    assert identity.fold(given) == Identity(
        name="Nottinghamshire Healthcare NHS Trust",
        kind="NHS trust",
        description="mental health services",
        since=When("2010-04"),
        followed_by=(
            Link(other="RX9", on=When("2026-04-01")),
            Link(other="RX1", on=When("2026-07"), how=Succession.MERGED),
        ),
        successors=frozenset({"RX1", "RX9"}),
        succeeded_on=When("2026-04-01"),
        succeeded_how=Succession.MERGED,
        last_heard=date(2026, 7, 31),
    )


def test_an_identity_reads_aloud() -> None:
    """The words of an identity say kind, what it provides, its names before, what followed it, how and when."""
    given = [REGISTERED, RENAMED, TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9", "RX1"], how="split")]
    assert str(identity.fold(given)) == (
        "Nottinghamshire Healthcare NHS Foundation Trust: NHS trust; mental health services; "
        "formerly Nottinghamshire Healthcare NHS Trust; followed by RX1, RX9, split, 1 April 2026"
    )


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("merged", "followed by RX9, merged, April 2026"),
        ("renamed", "followed by RX9, renamed, April 2026"),
        ("not stated", "followed by RX9, April 2026"),
    ],
)
def test_how_a_trust_was_followed_is_said_where_it_is_known(how: str, words: str) -> None:
    """The way one organisation followed another is kept; one that no source states is left out of the words."""
    state = identity.fold([TrustSucceeded(trust="RHA", on="2026-04", by=["RX9"], how=how)])
    assert (state.succeeded_how, state.summary) == (Succession(how), words)


def test_taking_over_from_others_is_the_other_side_of_being_followed() -> None:
    """Organisations that a trust took over from are kept, each with its own day, how and why, and the first day of all."""
    given = [
        TrustFormed(trust="RYR", on="2009-04-01", predecessors=["RPR", "RPL"], how="merged"),
        REGISTERED,
        TrustFormed(trust="RYR", on="2021-04-01", predecessors=["RXH"], reason="Acquisition"),
    ]
    assert identity.fold(given) == Identity(
        name="Nottinghamshire Healthcare NHS Trust",
        kind="NHS trust",
        description="mental health services",
        since=When("2010-04"),
        took_over_from=(
            Link(other="RPL", on=When("2009-04-01"), how=Succession.MERGED),
            Link(other="RPR", on=When("2009-04-01"), how=Succession.MERGED),
            Link(other="RXH", on=When("2021-04-01"), reason="Acquisition"),
        ),
        predecessors=frozenset({"RPL", "RPR", "RXH"}),
        formed_on=When("2009-04-01"),
        formed_how=Succession.MERGED,
        last_heard=date(2021, 4, 1),
    )


def test_each_step_of_a_succession_is_said_with_its_day() -> None:
    """Those that came together are named together; another step is told apart by its day, how it was and why."""
    given = [
        TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RW3", "RM2"], how="merged"),
        TrustFormed(trust="R0A", on="2021-10-01", predecessors=["RW6"], how="split", reason="Services moved"),
        TrustSucceeded(trust="R0A", on="2030-04", by=["RX1"]),
        TrustSucceeded(trust="R0A", on="2030-04", by=["RX2"], how="renamed"),
        TrustSucceeded(trust="R0A", on="2031", by=["RX1"]),
    ]
    assert identity.fold(given).summary == (
        "took over from RM2, RW3, merged, 1 October 2017, and RW6, split, 1 October 2021 (Services moved); "
        "followed by RX1, April 2030, and RX2, renamed, April 2030, and RX1, 2031"
    )


def test_how_they_followed_at_first_is_not_said_of_a_later_step() -> None:
    """The fields for the whole hold the first day, and how as stated of the first step that says so; each step has its own."""
    given = [
        TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RW3"]),
        TrustFormed(trust="R0A", on="2021-10-01", predecessors=["RW6"], how="split"),
        TrustFormed(trust="R0A", on="2022-10-01", predecessors=["RW7"], how="merged"),
    ]
    state = identity.fold(given)
    assert (state.formed_on, state.formed_how) == (When("2017-10-01"), Succession.SPLIT)
    assert [link.how for link in state.took_over_from] == [Succession.NOT_STATED, Succession.SPLIT, Succession.MERGED]


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_a_step_told_again_fills_gaps_in_any_order(given: Sequence[int]) -> None:
    """One organisation on one day is one step: what one source leaves out another may say."""
    facts = [
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9"]),
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX1", "RX9"], how="split"),
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9"], reason="Services moved"),
    ]
    assert identity.fold([facts[one] for one in given]).followed_by == (
        Link(other="RX1", on=When("2026-04-01"), how=Succession.SPLIT),
        Link(other="RX9", on=When("2026-04-01"), how=Succession.SPLIT, reason="Services moved"),
    )


def test_what_was_said_first_of_a_step_stays() -> None:
    """Of two ways or reasons told of one step, the one known first stands."""
    given = [
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9"], how="renamed", reason="New name"),
        TrustSucceeded(trust="RHA", on="2026-04-01", by=["RX9"], how="merged", reason="Merger"),
    ]
    assert identity.fold(given).followed_by == (
        Link(other="RX9", on=When("2026-04-01"), how=Succession.RENAMED, reason="New name"),
    )


def test_a_trust_deregistered_keeps_its_name_and_says_since_when() -> None:
    """The end of a registration closes nothing; the first day that is stated counts."""
    ended = TrustDeregistered(trust="RHA", on="2020-04", reason="Merged")
    again = TrustDeregistered(trust="RHA", on="2021-01-01")
    state = identity.fold([REGISTERED, ended, again])
    assert (state.name, state.deregistered_on, state.last_heard) == (REGISTERED.name, When("2020-04"), date(2021, 1, 1))
    assert state.summary == "NHS trust; mental health services; no longer registered since April 2020"


@pytest.mark.parametrize(
    ("on", "is_registered"),
    [
        ("2020-05-01", True),
        ("2020-04-30", False),
        ("2020-04/2020-06", False),
        ("../2026-11", False),
        ("2020-06", True),
    ],
)
def test_a_trust_registered_again_is_registered(on: str, *, is_registered: bool) -> None:
    """A registration wholly after the end of one undoes it; one that may be from before does not, such as a bound."""
    ended = TrustDeregistered(trust="RHA", on="2020-04")
    state = identity.fold([ended, TrustRegistered(trust="RHA", on=on, name="Nottinghamshire Healthcare")])
    assert state.deregistered_on == (None if is_registered else When("2020-04"))
    assert state.name == "Nottinghamshire Healthcare"


@pytest.mark.parametrize(
    "fact",
    [
        TrustDeregistered(trust="RHA", on="2020-04-01"),
        TrustFormed(trust="RHA", on="2020-04-01", predecessors=["RX1"]),
        TrustSucceeded(trust="RHA", on="2020-04-01", by=["RX1"]),
    ],
)
def test_a_trust_that_only_this_is_known_of_is_on_record(fact: Event) -> None:
    """Whatever is heard first of a trust gives it a row, without a name."""
    state = identity.fold([fact])
    assert (state.rows(), state.heading, state.last_heard) == ((state,), "name not on record", date(2020, 4, 1))


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (("../2018", "../2019"), ["../2018"]),
        (("../2018", "../2018-12-31"), ["../2018"]),
        (("2017-04-01", "../2019"), ["2017-04-01"]),
        (("2019-04-01", "../2019-03-31"), ["../2019-03-31", "2019-04-01"]),
        (("2017-04-01", "2018-04-01"), ["2017-04-01", "2018-04-01"]),
        (("2018-12-31", "../2018"), ["2018-12-31"]),
    ],
)
def test_a_bound_tells_nothing_beside_an_earlier_day(told: tuple[str, str], stands: list[str]) -> None:
    """Where a link to one trust is known by some day only, and from an earlier day as well, it stands once, whichever came first."""
    for order in (told, told[::-1]):
        state = identity.fold([TrustSucceeded(trust="RHA", on=on, by=["RX1"]) for on in order])
        assert [str(link.on.expression) for link in state.followed_by] == stands


def test_a_bound_for_one_trust_says_nothing_of_another() -> None:
    """Each trust that followed has its own day."""
    state = identity.fold([TrustSucceeded(trust="RHA", on=on, by=[by]) for on, by in (("2017", "RX1"), ("../2019", "RX2"))])
    assert [(link.other, link.on.expression) for link in state.followed_by] == [("RX1", "2017"), ("RX2", "../2019")]


def test_another_name_known_by_some_day_only_makes_no_former_name() -> None:
    """It may be another spelling of the same name; a registration from a day under another name leaves the one before."""
    spelt = TrustRegistered(trust="RHA", on="../2026", name="Nottinghamshire Healthcare")
    anew = TrustRegistered(trust="RHA", on="2026-01-01", name="Nottinghamshire Healthcare")
    assert identity.fold([REGISTERED, spelt]).former_names == ()
    assert identity.fold([REGISTERED, anew]).former_names == (REGISTERED.name,)
