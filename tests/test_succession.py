"""Successions, which are recorded about one trust and told of each that they name."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Citation, Entry, Ledger, Source, View
from ledger._store import MemoryRecorder
from ledger.audits import audit
from ledger.events import (
    ActionCommitted,
    Event,
    RatingChanged,
    Retracted,
    TrustFormed,
    TrustRegistered,
    TrustSucceeded,
)
from ledger.projections import identity
from ledger.projections.identity import Identity
from ledger.sources import compare, read
from ledger.testing import Clock

ODS = Source(publisher="NHS Organisation Data Service", title="Successors", marking="public", published="2017-11-15")
BOARD = Source(publisher="The trust", title="Board paper", marking="confidential", published="2017-10-01")
MERGED = TrustSucceeded(trust="RM2", on="2017-10-01", by=["R0A"], how="merged", reason="Merger")
FORMED = TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RW3"], how="merged")


@pytest.fixture
def clock() -> Clock:
    """Give a clock that can be set on."""
    return Clock()


@pytest.fixture
def ledger(clock: Clock) -> Ledger:
    """Give an empty ledger."""
    return Ledger(MemoryRecorder(), by="analyst", clock=clock)


def who(view: View, code: str) -> Identity:
    """Give who a trust is."""
    return view.trust(code).identity


def numbers(entries: list[Entry]) -> list[int]:
    """Give the numbers of entries."""
    return [e.number for e in entries]


@pytest.mark.parametrize(("day", "known"), [("2017-09-30", False), ("2017-10-01", True), ("2017-10-02", True)])
def test_what_followed_a_trust_tells_what_it_took_over_from(day: str, *, known: bool, ledger: Ledger) -> None:
    """A succession recorded about the old trust is one of the new trust too, from the day it took effect."""
    ledger.record(MERGED)
    state = who(ledger.at(day), "R0A")
    assert state.predecessors == ({"RM2"} if known else set())
    assert state.summary == ("took over from RM2, merged, 1 October 2017 (Merger)" if known else "")


@pytest.mark.parametrize(("day", "known"), [("2017-09-30", False), ("2017-10-01", True), ("2017-10-02", True)])
def test_what_a_trust_took_over_from_tells_what_followed_it(day: str, *, known: bool, ledger: Ledger) -> None:
    """A formation recorded about the new trust is a succession of each trust that it names."""
    ledger.record(TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RM2", "RW3"], how="merged"))
    view = ledger.at(day)
    for code in ("RM2", "RW3"):
        assert who(view, code).successors == ({"R0A"} if known else set())
        assert [e.fact for e in view.entries(code)] == (
            [TrustSucceeded(trust=code, on="2017-10-01", by=["R0A"], how="merged")] if known else []
        )


def test_nothing_is_recorded_for_the_other_side(ledger: Ledger) -> None:
    """One fact is one entry: what it tells of the other trust is derived, and the entry is as recorded wherever it is shown."""
    ledger.record(MERGED)
    (seen,) = ledger.at("2018-01-01").entries("R0A")
    assert (len(ledger.entries), seen.number, seen.event) == (1, 1, MERGED)
    assert seen.fact == TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RM2"], how="merged", reason="Merger")


def test_a_split_is_told_of_each_part(ledger: Ledger) -> None:
    """Each trust that took over a part is told of the one it came from, not of the other parts."""
    ledger.record(TrustSucceeded(trust="RW6", on="2021-10-01", by=["RM3", "R0A"], how="split"))
    view = ledger.at("2021-10-01")
    for code in ("RM3", "R0A"):
        assert who(view, code).summary == "took over from RW6, split, 1 October 2021"
    assert who(view, "RW6").summary == "followed by R0A, RM3, split, 1 October 2021"


def test_a_chain_is_told_link_by_link(ledger: Ledger) -> None:
    """A trust is told of those next to it in a chain; the rest can be asked of them."""
    ledger.record(
        TrustSucceeded(trust="RX1", on="2002-04-01", by=["RX2"]), TrustSucceeded(trust="RX2", on="2012-04-01", by=["RX3"])
    )
    assert [who(ledger.at("2012-03-31"), code).successors for code in ("RX1", "RX2")] == [{"RX2"}, set()]
    view = ledger.at("2012-04-01")
    assert who(view, "RX2").summary == "took over from RX1, 1 April 2002; followed by RX3, 1 April 2012"
    assert who(view, "RX1").successors == who(view, "RX3").predecessors == {"RX2"}


def test_two_that_follow_each_other_in_turn_are_both_told(ledger: Ledger) -> None:
    """Trusts can part again: of each it is told what came before and what followed, with the dates."""
    ledger.record(
        TrustSucceeded(trust="RX1", on="2002-04-01", by=["RX2"]), TrustSucceeded(trust="RX2", on="2012-04-01", by=["RX1"])
    )
    assert who(ledger.at("2012-04-01"), "RX1").summary == "took over from RX2, 1 April 2012; followed by RX2, 1 April 2002"


def test_both_sides_on_record_are_told_once_and_both_cited(ledger: Ledger) -> None:
    """Where the fact is on record about each of the two trusts, each is told once, by both entries."""
    ledger.record(MERGED, sources=[ODS])
    ledger.record(TrustFormed(trust="R0A", on="2017-10-01", predecessors=["RM2"], how="merged"), sources=[BOARD])
    view = ledger.at("2018-01-01")
    for code, said in (("R0A", "took over from RM2"), ("RM2", "followed by R0A")):
        (row,) = view.report(code)["identity"]
        assert row["summary"] == f"{said}, merged, 1 October 2017 (Merger)"
        assert (row["entries"], len(row["sources"])) == ([1, 2], 2)


def test_two_sides_of_different_dates_are_both_told(ledger: Ledger) -> None:
    """Where the two entries disagree on the day, neither is taken for right."""
    ledger.record(MERGED, TrustFormed(trust="R0A", on="2017-11-01", predecessors=["RM2"]))
    assert who(ledger.at("2018-01-01"), "R0A").summary == (
        "took over from RM2, merged, 1 October 2017 (Merger), and RM2, 1 November 2017"
    )


@pytest.mark.parametrize("event", [TrustSucceeded(trust="RM2", on="2017-10-01", by=["RM2"]),
                                   TrustFormed(trust="RM2", on="2017-10-01", predecessors=["RM2"])])  # fmt: skip
def test_a_trust_that_names_itself_is_told_nothing_twice(event: Event, ledger: Ledger) -> None:
    """What names the trust it is recorded about has no other side."""
    ledger.record(event)
    assert [e.fact for e in ledger.at("2018-01-01").entries("RM2")] == [event]


def test_what_is_named_by_no_code_is_not_looked_up(ledger: Ledger) -> None:
    """An organisation can be named in words: then there is no other trust to tell it of."""
    ledger.record(TrustSucceeded(trust="RM2", on="2017-10-01", by=["the new trust", "R0A"]))
    view = ledger.at("2018-01-01")
    assert view.codes() == ("R0A", "RM2")
    assert view.entries("the new trust") == []


# Which trusts there are


def test_a_trust_known_only_as_a_successor_is_among_the_trusts(ledger: Ledger) -> None:
    """Something is in force about it from the day of the succession, and stands about it before."""
    ledger.record(MERGED)
    assert (ledger.at("2017-09-30").codes(), ledger.at("2017-09-30").trusts()) == (("R0A", "RM2"), ())
    assert ledger.at("2017-10-01").trusts() == ("R0A", "RM2")
    assert "R0A: no trust-level rating on record" in str(ledger.at("2017-10-01").overview())


def test_a_trust_named_no_longer_is_not_among_the_trusts(ledger: Ledger) -> None:
    """Once the one entry that named it is corrected, nothing stands about it."""
    (entry,) = ledger.record(MERGED)
    ledger.correct(entry.number, TrustSucceeded(trust="RM2", on="2017-10-01", by=["R0B"]), reason="misread")
    assert ledger.at("2018-01-01").codes() == ("R0B", "RM2")


# Who says so


def test_a_reader_is_told_which_entry_says_so(ledger: Ledger) -> None:
    """The step of the other side is derived, and cites the entry with its sources; the step of the entry's own is not."""
    ledger.record(MERGED, sources=[Citation(source=ODS, at="row 5")], inferred=["how"])
    view = ledger.at("2018-01-01")
    (derived,), (own,) = view.why("R0A", identity), view.why("RM2", identity)
    assert (derived.is_derived, own.is_derived) == (True, False)
    assert (derived.entry.number, derived.entry.event, derived.answer) == (1, MERGED, who(view, "R0A"))
    assert str(derived.line(ahead=False)) == (
        "Trust formed: 1 October 2017; predecessors: RM2; how: merged; reason: Merger — derived: the other side of what is on record "
        "about RM2; recorded 1 January 2026 by analyst; NHS Organisation Data Service, “Successors” (public, published 15 November 2017), "
        "row 5; inferred: how [1]"
    )
    row = derived.row()
    assert (row["type"], row["is_derived"], row["entry"], row["inferred"]) == ("TrustFormed", True, 1, ["how"])
    assert row["event"]["predecessors"] == ["RM2"]


def test_a_row_and_a_page_cite_the_entry_and_its_sources(ledger: Ledger) -> None:
    """What is derived is cited like anything else: by the number of the entry, with its sources and what it infers."""
    ledger.record(MERGED, sources=[ODS], inferred=["how"])
    view = ledger.at("2018-01-01")
    (row,) = view.report("R0A")["identity"]
    assert (row["entries"], row["inferred"]) == ([1], ["how"])
    assert [cited["source"]["title"] for cited in row["sources"]] == ["Successors"]
    assert view.dossier("R0A").citing(who(view, "R0A")) == (1,)
    assert "“Successors” (public, published 15 November 2017): [1]" in str(view.page("R0A"))


def test_a_further_source_is_one_of_both_sides(ledger: Ledger) -> None:
    """What confirms an entry confirms what it tells of the other trust."""
    (entry,) = ledger.record(MERGED, sources=[ODS])
    ledger.corroborate(entry.number, BOARD)
    (seen,) = ledger.at("2018-01-01").entries("R0A")
    assert [cited.source for cited in seen.sources] == [ODS, BOARD]


# When it is known


def test_a_correction_holds_on_both_sides_once_it_is_known(ledger: Ledger, clock: Clock) -> None:
    """What the entry said is told as known before its correction; after it, what the correction says, in the entry's place."""
    (entry,) = ledger.record(MERGED)
    clock.wait_until(date(2026, 2, 1))
    ledger.correct(entry.number, TrustSucceeded(trust="RM2", on="2017-10-02", by=["R0B"]), reason="misread")
    before, after = ledger.at("2018-01-01", known_at="2026-01-31"), ledger.at("2018-01-01", known_at="2026-02-01")
    assert [who(before, code).predecessors for code in ("R0A", "R0B")] == [{"RM2"}, set()]
    assert [who(after, code).predecessors for code in ("R0A", "R0B")] == [set(), {"RM2"}]
    assert [e.place for e in after.entries("R0B")] == [1]


def test_what_was_taken_back_is_taken_back_on_both_sides(ledger: Ledger, clock: Clock) -> None:
    """A retracted entry tells nothing of either trust, in every view that knows of it."""
    (entry,) = ledger.record(MERGED)
    clock.wait_until(date(2026, 2, 1))
    ledger.retract(entry.number, reason="recorded in error")
    assert ledger.at("2018-01-01", known_at="2026-01-31").trusts() == ("R0A", "RM2")
    assert ledger.at("2018-01-01").trusts() == ()


def test_what_became_of_an_entry_is_known_of_both(ledger: Ledger) -> None:
    """Among what is known of a trust are entries about others that told of it, what took their place, and notes about them."""
    (wrong,) = ledger.record(MERGED)
    ledger.record(
        RatingChanged(trust="R0A", on="2017-01-01", rating="Good"), RatingChanged(trust="RM2", on="2017-01-01", rating="Good")
    )
    right = ledger.correct(wrong.number, TrustSucceeded(trust="RM2", on="2017-10-01", by=["R0B"]), reason="misread")
    ledger.corroborate(right.number, ODS)
    ledger.retract(right.number, reason="recorded in error")
    known = ledger.at("2018-01-01").known("R0A")
    assert numbers(known) == [1, 2, 4, 5, 6]
    assert (known[0].fact.trust, known[2].event) == ("R0A", right.event)
    assert known[4].event == Retracted(trust="RM2", entry=4)
    assert numbers(ledger.at("2018-01-01").known("R0B")) == [4, 5, 6]
    assert ledger.at("2018-01-01", public_on="2018-01-01").known("R0A") == []


# What the public knows


@pytest.mark.parametrize(("day", "known"), [("2017-11-14", False), ("2017-11-15", True), ("2017-11-16", True)])
def test_the_other_side_is_public_when_the_entry_is(day: str, *, known: bool, ledger: Ledger) -> None:
    """A public view tells it from the day that a public source had published it, without the recorder or what is not public."""
    ledger.record(MERGED, sources=[ODS, BOARD])
    view = ledger.at("2018-01-01", public_on=day)
    assert view.trusts() == (("R0A", "RM2") if known else ())
    assert [(e.recorded_by, [cited.source for cited in e.sources]) for e in view.entries("R0A")] == (
        [(None, [ODS])] if known else []
    )


def test_what_is_confidential_is_so_on_both_sides(ledger: Ledger) -> None:
    """No public view tells a confidential succession of either trust, nor lets its entry move the horizon."""
    ledger.record(TrustSucceeded(trust="RM2", on="2017-10-01", by=["R0A"]), sources=[BOARD])
    view = ledger.at("2018-01-01", public_on="2026-06-01")
    assert (view.codes(), view.standing("R0A"), view.known("R0A"), view.uncertain("R0A")) == ((), [], [], [])
    assert view.horizon is None


def test_a_stricter_marking_counts_on_both_sides(ledger: Ledger) -> None:
    """Marked more strictly once, in an entry about whatever trust, a source makes nothing public any more."""
    ledger.record(MERGED, sources=[ODS])
    strict = Source(publisher=ODS.publisher, title=ODS.title, marking="official", published="2017-11-15")
    ledger.record(RatingChanged(trust="RX9", on="2017-01-01", rating="Good"), sources=[strict])
    assert ledger.at("2018-01-01", public_on="2018-01-01").trusts() == ()


# Dates


@pytest.mark.parametrize(
    ("day", "uncertain", "counts"),
    [("2017-08-31", 0, 0), ("2017-09-01", 1, 0), ("2017-09-29", 1, 0), ("2017-09-30", 0, 1), ("2017-10-01", 0, 1)],
)
def test_an_imprecise_succession_is_as_uncertain_on_both_sides(day: str, uncertain: int, counts: int, ledger: Ledger) -> None:
    """It counts from the latest day it can mean, and may be in force before; a report says what, from the trust's own side."""
    ledger.record(TrustSucceeded(trust="RM2", on="2017-09", by=["R0A"]))
    view = ledger.at(day)
    assert (len(view.uncertain("R0A")), len(view.entries("R0A"))) == (uncertain, counts)
    told = view.report("R0A")["uncertain"]
    assert [(row["entry"], row["type"], row["event"]["predecessors"]) for row in told] == [
        (1, "TrustFormed", ["RM2"])
    ] * uncertain


def test_a_succession_without_an_end_never_counts(ledger: Ledger) -> None:
    """One that may happen at some time is uncertain of the new trust for ever."""
    ledger.record(TrustSucceeded(trust="RM2", on="2017-10/..", by=["R0A"]))
    view = ledger.at("2040-01-01")
    assert (view.trusts(), numbers(view.uncertain("R0A")), numbers(view.standing("R0A"))) == ((), [1], [1])


def test_facts_of_one_day_stand_in_the_order_they_were_recorded_whomever_they_are_about(ledger: Ledger) -> None:
    """Of one day an entry about another trust keeps its own place among those about this one."""
    ledger.record(
        TrustRegistered(trust="R0A", on="2017-10-01", name="Manchester"),
        MERGED,
        RatingChanged(trust="R0A", on="2017-10-01", rating="Good"),
        TrustFormed(trust="RX9", on="2017-09-30", predecessors=["R0A"]),
    )
    assert numbers(ledger.at("2018-01-01").entries("R0A")) == [4, 1, 2, 3]


def test_a_succession_to_come_is_a_forecast_of_both(ledger: Ledger) -> None:
    """What will follow is shown ahead as a forecast, on either side, and is the last that was heard then."""
    ledger.record(TrustSucceeded(trust="RM2", on="2027-04-01", by=["R0A"]))
    view = ledger.at("2027-04-01")
    assert (view.is_forecast, view.horizon) == (True, date(2026, 1, 1))
    assert view.trust("R0A").last_heard == date(2027, 4, 1)
    assert "Forecast: name not on record: took over from RM2, 1 April 2027 [1]" in str(view.page("R0A"))


def test_a_history_and_a_difference_tell_of_the_other_side(ledger: Ledger) -> None:
    """The new trust's history has the day, and so has what differs from a view of the day before."""
    ledger.record(TrustRegistered(trust="R0A", on="2017-01-01", name="Manchester"), MERGED)
    assert [(str(day), state.predecessors) for day, state in ledger.history("R0A", identity)] == [
        ("2017-01-01", set()),
        ("2017-10-01", {"RM2"}),
    ]
    changes = ledger.at("2017-10-01").diff(ledger.at("2017-09-30"))
    assert [(one.trust, one.fields["predecessors" if one.trust == "R0A" else "successors"]) for one in changes] == [
        ("R0A", ([], ["RM2"])),
        ("RM2", (None, ["R0A"])),
    ]


# What goes over all trusts


def test_audits_deadlines_and_sweeps_bear_a_trust_known_only_as_a_successor(ledger: Ledger) -> None:
    """Every rule can be run on it; what is said of the record of the fact is said of both, citing the one entry."""
    ledger.record(MERGED, ActionCommitted(trust="RM2", on="2017-01-01", action="a", title="Wards", due="2017-06"))
    view = ledger.at("2018-01-01")
    found = audit(view)
    assert found.failures == ()
    assert [(one.trust, one.entries) for one in found.by_rule("no-source")] == [("R0A", (1,)), ("RM2", (2, 1))]
    assert [one.trust for one in view.deadlines()] == ["RM2"]
    assert [e.event.trust for e in ledger.sweep("2018-01-01")] == ["RM2"]
    assert ledger.at("2018-01-01").trust("R0A") == view.trust("R0A")


def test_a_fork_and_a_ledger_opened_anew_tell_the_same(ledger: Ledger, tmp_path: Path) -> None:
    """A copy knows both sides, also of what it is told itself; so does a ledger that is read from its file."""
    fork = ledger.fork()
    fork.record(MERGED)
    assert (fork.at("2018-01-01").trusts(), ledger.at("2018-01-01").trusts()) == (("R0A", "RM2"), ())
    assert fork.fork().at("2018-01-01") == fork.at("2018-01-01")
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as kept:
        kept.record(MERGED)
    with Ledger.open(tmp_path / "trusts.db") as again:
        assert who(again.at("2018-01-01"), "R0A").predecessors == {"RM2"}


def test_a_view_keeps_what_it_told(ledger: Ledger) -> None:
    """What is recorded later about another trust changes no view that was taken before."""
    view = ledger.at("2018-01-01")
    ledger.record(MERGED)
    assert (view.trusts(), view == ledger.at("2018-01-01")) == ((), False)


FILE = """
trust: {trust}
sources:
  ods: {{title: Successors, publisher: NHS Organisation Data Service, published: 2017-11-15, marking: public}}
events:
"""
OLD = FILE.format(trust="RM2") + "  - TrustSucceeded: {on: 2017-10-01, by: [R0A]}\n    sources: [{ref: ods}]\n"
NEW = FILE.format(trust="R0A") + "  - TrustRegistered: {on: 2017-10-01, name: Manchester}\n    sources: [{ref: ods}]\n"


def test_a_file_about_the_new_trust_need_not_tell_what_one_about_the_old_does(ledger: Ledger, tmp_path: Path) -> None:
    """An entry from another trust's file has not gone from this one, and is changed by nothing in it."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    ledger.record(*(item.draft for item in read([old, new]).items))
    for paths, unchanged in (([new], 1), ([old], 1), ([old, new], 2), ([new, old], 2)):
        found = compare(ledger, read(paths))
        assert (found.new, found.corrections, found.gone, found.unchanged) == ((), (), (), unchanged)


# The law

_codes = st.sampled_from(["RX1", "RX2", "RX3"])
_days = st.sampled_from(["2020-01-01", "2020-01", "../2020-01-31", "2020-01-15/..", "2021-06-30"])
_events = st.builds(
    lambda is_succeeded, trust, others, on: (
        TrustSucceeded(trust=trust, on=on, by=others) if is_succeeded else TrustFormed(trust=trust, on=on, predecessors=others)
    ),
    st.booleans(),
    _codes,
    st.frozensets(_codes, min_size=1, max_size=2),
    _days,
)
_sources = st.sampled_from([[], [ODS], [BOARD], [ODS, BOARD]])
_steps = st.lists(st.tuples(_events, _sources, st.sampled_from(["record", "correct", "retract"])), min_size=1, max_size=6)


def links(view: View, **of: Any) -> set[tuple[str, str, str]]:
    """Give who followed whom and when, as told of every trust on the side asked for; a trust that names itself aside."""
    told = set()
    for code in view.codes():
        state = who(view, code)
        if of["after"]:
            told |= {(code, link.other, str(link.on)) for link in state.followed_by}
        else:
            told |= {(link.other, code, str(link.on)) for link in state.took_over_from}
    return {(old, new, on) for old, new, on in told if old != new}


@given(_steps)
def test_both_sides_of_every_succession_are_told_alike(steps: list[tuple[Event, list[Source], str]]) -> None:
    """Whatever was recorded, corrected and taken back: in every view the trusts that followed one say that they did, and no others."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    for event, sources, act in steps:
        stand = [e for e in ledger.at("2030-01-01").standing(event.trust) if e.event.trust == event.trust]
        if act == "record" or not stand:
            ledger.record(event, sources=sources)
        elif act == "correct" and not any(cited.source == ODS for cited in stand[0].sources):
            ledger.correct(stand[0].number, event, reason="misread")
        else:
            ledger.retract(stand[-1].number, reason="recorded in error")
    moments = [None, *(e.recorded_at for e in ledger.entries)]
    for day, public, moment in product(("2020-01-15", "2020-01-31", "2022-01-01"), (None, "2018-01-01"), moments):
        view = ledger.at(day, known_at=moment, public_on=public)
        assert links(view, after=True) == links(view, after=False)
        for code in view.codes():
            assert {e.number for e in view.standing(code)} <= {e.number for e in view.known(code)}
            assert ([state for on, state in ledger.history(code, identity, known_at=moment, public_on=public) if on <= view.on]
                    or [identity.initial])[-1] == who(view, code)  # fmt: skip
