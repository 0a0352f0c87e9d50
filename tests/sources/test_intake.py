"""What importers read is recorded batch by batch; read again, it adds nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Draft, Ledger, Source
from ledger.events import (
    Event,
    LocationRegistered,
    LocationRenamed,
    RatingPublished,
    Retracted,
    TrustRegistered,
    TrustRenamed,
    TrustSucceeded,
)
from ledger.sources import Found, Problem, Spot, check, disappeared, take_in
from ledger.sources import _intake as intake

MARCH, APRIL, MAY = "2026-03-01", "2026-04-01", "2026-05-01"


def source(published: str, title: str = "Latest ratings") -> Source:
    """Give an edition of a publication."""
    return Source(publisher="Care Quality Commission", title=title, marking="public", published=published)


def found(event: Event, published: str = MARCH, *, title: str = "Latest ratings", inferred: tuple[str, ...] = ()) -> Found:
    """Give a fact as an importer finds it."""
    draft = Draft(event=event, sources=[source(published, title)], inferred=inferred)
    return Found(draft, Spot("file.json", "overall"))


def rated(
    rating: str, on: str = "2019-02-27", *, location: str | None = "RHA01", service: str | None = None
) -> RatingPublished:
    """Give a rating of a location of RHA."""
    return RatingPublished(trust="RHA", location=location, service=service, on=on, rating=rating)


PROBLEM = Problem(Spot("other.json"), "not JSON")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Give a ledger in memory."""
    with Ledger.open(":memory:", by="analyst") as made:
        yield made


def counts(done: intake.Intake) -> tuple[int, int, int, int]:
    """Give what an import counted: read, new, further sources, known."""
    return done.facts, done.recorded, done.further, done.known


def test_what_is_read_again_adds_nothing(ledger: Ledger) -> None:
    """The second time, every fact is known, also from a later edition of the same publication."""
    facts = [found(rated("Good")), found(rated("Inadequate", "2021-01-05"))]

    assert counts(take_in(ledger, facts)) == (2, 2, 0, 0)
    assert counts(take_in(ledger, facts)) == (2, 0, 0, 2)
    assert counts(take_in(ledger, [found(rated("Good"), APRIL)])) == (1, 0, 0, 1)
    assert len(ledger.entries) == 2


def test_the_same_fact_from_another_publication_is_a_further_source(ledger: Ledger) -> None:
    """One fact, two sources: both stand on its entry."""
    take_in(ledger, [found(rated("Good"))])

    assert counts(take_in(ledger, [found(rated("Good"), title="Public API")])) == (1, 0, 1, 0)
    (entry,) = ledger.find(rated("Good"))
    assert entry is not None
    assert [citation.source.title for citation in entry.sources] == ["Latest ratings", "Public API"]


def test_a_fact_that_stands_twice_in_what_is_read_is_recorded_once(ledger: Ledger) -> None:
    """A repeat within one batch adds nothing."""
    assert counts(take_in(ledger, [found(rated("Good")), found(rated("Good"))])) == (2, 1, 0, 1)


def test_it_is_recorded_in_order_of_day_and_bytes_whatever_the_order_read(ledger: Ledger) -> None:
    """The order in which files are read makes no difference to what is recorded."""
    events = [rated("Good", "2021-01-05"), rated("Good", "2019-02-27"), rated("Inadequate", "2019-02-27")]
    take_in(ledger, map(found, events))
    with Ledger.open(":memory:", by="analyst") as other:
        take_in(other, map(found, reversed(events)))

        assert [e.event for e in ledger.entries] == [e.event for e in other.entries] == [events[1], events[2], events[0]]


def test_a_problem_is_told_and_the_rest_recorded(ledger: Ledger) -> None:
    """What has a problem is left out; `check` finds it and records nothing."""
    read: list[Found | Problem] = [found(rated("Good")), PROBLEM]

    assert check(read) == intake.Intake(facts=1, problems=(PROBLEM,))
    assert ledger.entries == ()
    assert take_in(ledger, read).problems == (PROBLEM,)
    assert len(ledger.entries) == 1


def test_each_batch_is_a_transaction_so_it_can_be_stopped_and_run_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was recorded before a stop stays, and the next run adds only the rest."""
    monkeypatch.setattr(intake, "BATCH", 2)
    events = [rated("Good", f"2019-01-0{day}") for day in range(1, 6)]
    told: list[int] = []

    def stop(facts: int) -> None:
        told.append(facts)
        if facts == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(ledger, map(found, events), progress=stop)
    assert (told, len(ledger.entries)) == ([2, 4], 4)
    assert counts(take_in(ledger, map(found, events))) == (5, 1, 0, 4)
    assert len({e.recorded_at for e in ledger.entries}) == 3
    assert check(map(found, events), progress=told.append).facts == 5
    assert told == [2, 4, 2, 4, 5]


def test_a_fact_whose_day_no_source_states_is_no_news_with_a_later_bound(ledger: Ledger) -> None:
    """Of an undated fact the earliest bound is kept: a later edition adds nothing, an earlier one does."""

    def succeeded(by_day: str) -> Found:
        return found(TrustSucceeded(trust="RHA", on=f"../{by_day}", by={"RVN"}), by_day, inferred=("on",))

    assert counts(take_in(ledger, [succeeded(APRIL)])) == (1, 1, 0, 0)
    assert counts(take_in(ledger, [succeeded(MAY)])) == (1, 0, 0, 1)
    assert counts(take_in(ledger, [succeeded(MARCH)])) == (1, 1, 0, 0)


def test_a_dated_fact_with_another_date_is_another_fact(ledger: Ledger) -> None:
    """Only where the day is inferred may a bound stand for another."""
    take_in(ledger, [found(rated("Good", "2019-02-27"))])

    assert counts(take_in(ledger, [found(rated("Good", "2021-01-05"))])) == (1, 1, 0, 0)


def named(name: str, published: str, *, on: str = "2010-10-01") -> Found:
    """Give a provider's registration under the name that an edition gives it."""
    return found(TrustRegistered(trust="RHA", on=on, name=name), published, inferred=("name",))


def test_another_name_in_a_later_edition_is_a_renaming_between_the_two(ledger: Ledger) -> None:
    """The source doesn't say since when: between the two editions, inferred; read again, nothing is added."""
    take_in(ledger, [named("Old Trust", MARCH)])
    take_in(ledger, [named("New Trust", MAY)])

    renaming = ledger.entries[-1]
    assert renaming.event == TrustRenamed(trust="RHA", on=f"{MARCH}/{MAY}", name="New Trust", previous="Old Trust")
    assert renaming.inferred == {"on"}
    assert ledger.at("2026-04-30").trust("RHA").identity.name == "Old Trust"
    assert ledger.at("2026-05-01").trust("RHA").identity.name == "New Trust"
    for edition in (MARCH, MAY):
        name = "Old Trust" if edition == MARCH else "New Trust"
        assert take_in(ledger, [named(name, edition)]).recorded == 0


def test_another_name_in_an_older_edition_is_the_name_before(ledger: Ledger) -> None:
    """Editions read in the wrong order: the renaming is told the same way round."""
    take_in(ledger, [named("New Trust", MAY)])
    take_in(ledger, [named("Old Trust", MARCH)])

    assert ledger.entries[-1].event == TrustRenamed(trust="RHA", on=f"{MARCH}/{MAY}", name="New Trust", previous="Old Trust")
    assert ledger.at("2026-05-01").trust("RHA").identity.name == "New Trust"


def test_two_names_of_one_day_are_a_renaming_by_that_day(ledger: Ledger) -> None:
    """Without a day between, only a bound is known."""
    take_in(ledger, [named("Old Trust", MARCH)])
    take_in(ledger, [named("New Trust", MARCH)])

    assert ledger.entries[-1].event == TrustRenamed(trust="RHA", on=f"../{MARCH}", name="New Trust", previous="Old Trust")
    assert [take_in(ledger, [named(name, MARCH)]).recorded for name in ("Old Trust", "New Trust", "Old Trust")] == [0, 0, 0]


def test_a_name_taken_back_is_a_renaming_again(ledger: Ledger) -> None:
    """What counts is the last name that the source gave."""
    take_in(ledger, [named("Old Trust", MARCH)])
    take_in(ledger, [named("New Trust", APRIL)])
    take_in(ledger, [named("Old Trust", MAY)])

    assert ledger.entries[-1].event == TrustRenamed(trust="RHA", on=f"{APRIL}/{MAY}", name="Old Trust", previous="New Trust")
    assert ledger.at(MAY).trust("RHA").identity.name == "Old Trust"


def test_a_registration_that_differs_in_more_than_its_name_is_recorded(ledger: Ledger) -> None:
    """A registration date that was changed is not lost because the name is known."""
    take_in(ledger, [named("Old Trust", MARCH)])

    assert take_in(ledger, [named("Old Trust", APRIL, on="2011-01-01")]).recorded == 1


def test_a_registration_that_differs_in_its_name_and_more_tells_of_both(ledger: Ledger) -> None:
    """Neither the renaming nor the other date is lost, and read again, nothing is added."""
    take_in(ledger, [named("Old Trust", MARCH)])

    assert counts(take_in(ledger, [named("New Trust", APRIL, on="2011-01-01")])) == (1, 2, 0, 0)
    assert counts(take_in(ledger, [named("New Trust", APRIL, on="2011-01-01")])) == (1, 0, 0, 1)


def edition(name: str, published: str, *, is_undated: bool) -> Found:
    """Give what an edition says of a trust's name, with the day of registration or without."""
    on, inferred = (f"../{published}", ("on",)) if is_undated else ("2010-10-01", ("name",))
    return found(TrustRegistered(trust="RHA", on=on, name=name), published, inferred=inferred)


names = st.sampled_from(["A", "B", "C"])


@given(st.lists(st.tuples(names, st.sampled_from([MARCH, APRIL, MAY])), max_size=6), st.booleans())
def test_an_edition_that_is_read_twice_in_a_row_tells_nothing_new(read: list[tuple[str, str]], is_undated: bool) -> None:
    """Whatever was read before, in whatever order."""
    with Ledger.open(":memory:", by="analyst") as made:
        for name, published in read:
            take_in(made, [edition(name, published, is_undated=is_undated)])
            assert take_in(made, [edition(name, published, is_undated=is_undated)]).recorded == 0


@given(st.lists(names, min_size=3, max_size=3), st.booleans())
def test_all_editions_read_again_in_their_order_tell_nothing_new(called: list[str], is_undated: bool) -> None:
    """Also where a name comes back after another."""
    read = [edition(name, day, is_undated=is_undated) for name, day in zip(called, (MARCH, APRIL, MAY), strict=True)]
    with Ledger.open(":memory:", by="analyst") as made:
        for one in read:
            take_in(made, [one])
        assert [take_in(made, [one]).recorded for one in read] == [0, 0, 0]


@given(st.permutations(["A", "B", "C"]), st.permutations([0, 1, 2]))
def test_the_name_is_that_of_the_latest_edition_in_whatever_order_they_are_read(called: list[str], order: list[int]) -> None:
    """Of three editions that each give another name, the last says what the trust is called now."""
    with Ledger.open(":memory:", by="analyst") as made:
        for place in order:
            take_in(made, [named(called[place], [MARCH, APRIL, MAY][place])])
        assert made.at("2026-12-31").trust("RHA").identity.name == called[2]


def test_a_location_is_renamed_in_the_same_way(ledger: Ledger) -> None:
    """A location's name is told apart from those of other locations of the trust."""

    def at(location: str, name: str, published: str) -> Found:
        return found(
            LocationRegistered(trust="RHA", location=location, on="2011-01-01", name=name), published, inferred=("name",)
        )

    take_in(ledger, [at("RHA01", "Ward A", MARCH), at("RHA02", "Ward B", MARCH)])
    take_in(ledger, [at("RHA01", "Ward C", MAY), at("RHA02", "Ward B", MAY)])

    assert [e.event for e in ledger.entries[2:]] == [
        LocationRenamed(trust="RHA", location="RHA01", on=f"{MARCH}/{MAY}", name="Ward C", previous="Ward A")
    ]


def gone(ledger: Ledger, events: list[Event], published: str, *problems: Problem) -> list[Event] | None:
    """Record an edition, and give what an earlier one had and it has not."""
    done = take_in(ledger, [*problems, *(found(event, published) for event in events)])
    told = disappeared(ledger, done, source(published))
    return None if told is None else [e.fact for e in told]


def test_what_the_last_edition_had_and_this_one_has_not_is_told_and_kept(ledger: Ledger) -> None:
    """It is an exception, not a deletion; a slot that has a newer rating has not disappeared."""
    wards, roof = rated("Good", service="Wards"), rated("Good", "2020-01-01", service="Roof")
    newer = rated("Inadequate", "2021-01-05", service="Roof")

    assert gone(ledger, [wards, roof], MARCH) == []
    assert gone(ledger, [newer], APRIL) == [wards]
    assert gone(ledger, [newer], APRIL) == [wards]
    assert ledger.at(APRIL).trust("RHA").ratings.of(location="RHA01", service="Wards") is not None


def test_an_older_edition_tells_of_nothing_that_disappeared(ledger: Ledger) -> None:
    """What is on record from a later edition may be younger than this one."""
    take_in(ledger, [found(rated("Good", service="Wards"), MAY)])

    assert gone(ledger, [rated("Good", "2020-01-01", service="Roof")], MARCH) is None


def test_an_edition_with_problems_tells_of_nothing_that_disappeared(ledger: Ledger) -> None:
    """What is missing may only not have been read."""
    take_in(ledger, [found(rated("Good", service="Wards"), MARCH)])

    assert gone(ledger, [rated("Good", "2020-01-01", service="Roof")], APRIL, PROBLEM) is None


def test_what_is_younger_than_the_edition_has_not_disappeared(ledger: Ledger) -> None:
    """Without dates of editions, the youngest rating in a file says how old it is."""
    take_in(ledger, [found(rated("Good", "2021-01-05", service="Wards"), MAY)])

    assert gone(ledger, [rated("Good", "2020-01-01", service="Roof")], MAY) == []


def test_an_edition_of_locations_says_nothing_of_trusts(ledger: Ledger) -> None:
    """Only the level that a file tells of is compared, and an empty file tells of none."""
    take_in(ledger, [found(rated("Good", location=None), MARCH)])

    assert gone(ledger, [rated("Good")], APRIL) == []
    assert gone(ledger, [], APRIL) == []


def test_both_ratings_of_one_day_are_told_where_they_disappear(ledger: Ledger) -> None:
    """Two ratings of one slot on one day both stand."""
    both = [rated("Good", service="Wards"), rated("Inadequate", service="Wards")]
    take_in(ledger, [found(event, MARCH) for event in both])

    assert gone(ledger, [rated("Good", "2020-01-01", service="Roof")], APRIL) == both


def test_what_another_source_says_has_not_disappeared(ledger: Ledger) -> None:
    """An edition is compared with its own publication only."""
    take_in(ledger, [found(rated("Good", service="Wards"), MARCH, title="Public API")])

    assert gone(ledger, [rated("Good", "2020-01-01", service="Roof")], APRIL) == []


def test_a_further_source_for_a_retracted_fact_records_it_anew(ledger: Ledger) -> None:
    """What was taken back is on record no longer, so what CQC says still is recorded again."""
    take_in(ledger, [found(rated("Good"))])
    ledger.retract(1, reason="wrong trust")

    assert counts(take_in(ledger, [found(rated("Good"))])) == (1, 1, 0, 0)


def test_a_note_about_an_entry_is_nothing_an_importer_finds() -> None:
    """What was found is a fact about the world."""
    with pytest.raises(TypeError, match=r"file\.json: overall was read as a note about an entry"):
        _ = Found(Draft(event=Retracted(trust="RHA", entry=1)), Spot("file.json", "overall")).fact
