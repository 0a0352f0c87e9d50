"""Dossiers: everything that one view knows about one trust, also what was replaced, noted or seen to pass."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger, Source
from ledger._store import MemoryRecorder
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlinePassed,
    Corroborated,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    RatingChanged,
    Retracted,
)

LETTER = Source(publisher="The trust", title="Open letter", marking="public", published="2026-01-15")
REPORT = Source(publisher="The trust", title="Report", marking="public", published="2026-03-01")
BRIEFING = Source(publisher="A council", title="Briefing", marking="confidential")

WARDS = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2026-03")
LATER = ActionCommitted(trust="RHA", on="2026-01-10", action="wards", title="End dormitory wards", due="2026-02")
DONE = ActionCompleted(trust="RHA", on="2026-05/2026-08", action="wards")
RATED = RatingChanged(trust="RHA", on="2026-09-01", rating="Good")
PASSED = ActionDeadlinePassed(trust="RHA", on="2026-04-01", action="wards", due="2026-03")


class Clock:
    """A clock that goes forward a day whenever it is read."""

    def __init__(self) -> None:
        self.day = 0

    def __call__(self) -> datetime:
        """Tell the time: noon, of 1 April 2026 the first time."""
        self.day += 1
        return datetime(2026, 4, self.day, 12, tzinfo=UTC)


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger with an entry of every kind: facts, a pass, a correction, a corroboration, a retraction."""
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    ledger.record(WARDS, sources=[LETTER])
    ledger.sweep("2026-04-02")
    ledger.record(DONE, RATED, sources=[BRIEFING])
    ledger.correct(1, LATER, reason="misread")
    ledger.corroborate(3, REPORT)
    ledger.retract(4, reason="of another trust")
    return ledger


def test_what_is_known_is_every_entry(ledger: Ledger) -> None:
    """In order of number: also what was replaced or is yet to take effect, notes about entries, and passes on record."""
    view = ledger.at("2026-06-01")
    assert view.known("RHA") == list(ledger.entries)
    assert [e.event for e in view.known("RHA")] == [
        WARDS,
        PASSED,
        DONE,
        RATED,
        LATER,
        Corroborated(trust="RHA", entry=3),
        Retracted(trust="RHA", entry=4),
    ]
    assert view.known("RVN") == []


@pytest.mark.parametrize(
    ("known_at", "count"),
    [
        ("2026-03-31", 0),
        ("2026-04-01", 1),
        ("2026-04-02T11:59:59.999999Z", 1),
        ("2026-04-02T12:00:00Z", 2),
        ("2026-04-03", 4),
        ("2026-04-06", 7),
    ],
)
def test_what_is_known_by_a_moment(known_at: str, count: int, ledger: Ledger) -> None:
    """What was recorded by then, that instant included."""
    assert len(ledger.at("2026-06-01", known_at=known_at).known("RHA")) == count


@pytest.mark.parametrize(
    ("public_on", "known"),
    [
        ("2026-01-14", []),
        ("2026-01-15", [WARDS, LATER]),
        ("2026-02-28", [WARDS, LATER]),
        ("2026-03-01", [WARDS, DONE, LATER]),
    ],
)
def test_the_public_knows_of_facts_only(public_on: str, known: list[object], ledger: Ledger) -> None:
    """What was public by a day, replaced or not, also by a source added later; no notes, no passes, no names, no reasons."""
    view = ledger.at("2026-06-01", public_on=public_on)
    assert [e.event for e in view.known("RHA")] == known
    assert {(e.recorded_by, e.reason) for e in view.known("RHA")} <= {(None, None)}
    assert all(citation.source.marking == "public" for e in view.known("RHA") for citation in e.sources)


def test_a_source_that_was_taken_back_makes_nothing_public(ledger: Ledger) -> None:
    """Without the corroboration, the public never knew of the completion."""
    ledger.retract(6, reason="says something else")
    assert [e.event for e in ledger.at("2026-06-01", public_on="2026-06-01").known("RHA")] == [WARDS, LATER]


def test_a_dossier_is_what_the_view_knows(ledger: Ledger) -> None:
    """The trust, the day, its state, what is in force, what may be, and everything known."""
    for bounds in ({}, {"known_at": "2026-04-02"}, {"public_on": "2026-02-28"}):
        view = ledger.at("2026-06-01", **bounds)
        dossier = view.dossier("RHA")
        assert (dossier.trust, dossier.on, dossier.state) == ("RHA", date(2026, 6, 1), view.trust("RHA"))
        assert dossier.in_force == tuple(view.entries("RHA"))
        assert dossier.uncertain == tuple(view.uncertain("RHA"))
        assert dossier.known == tuple(view.known("RHA"))
    whole = ledger.at("2026-06-01").dossier("RHA")
    assert [[e.event for e in found] for found in (whole.in_force, whole.uncertain)] == [[LATER], [DONE]]


def test_a_dossier_of_a_trust_not_on_record_is_empty(ledger: Ledger) -> None:
    """Nothing in force, nothing in doubt, nothing known."""
    dossier = ledger.at("2026-06-01").dossier("RX1")
    assert (dossier.in_force, dossier.uncertain, dossier.known, dossier.state.last_heard) == ((), (), (), None)


def test_a_dossier_cites_what_is_in_force_about_a_thing() -> None:
    """The entries about it and about its parts, in the order they took effect; not those about another, nor yet to come."""
    required = [NoticeRequirement(requirement="staffing", text="Have enough staff")]
    issued = NoticeIssued(trust="RHA", on="2026-02-01", notice="warning", kind="Warning Notice", requirements=required)
    part = NoticeDetermined(trust="RHA", on="2026-01-31", notice="warning", outcome="complied", requirement="staffing")
    whole = NoticeDetermined(trust="RHA", on="2026-08-01", notice="warning", outcome="complied")
    other = NoticeIssued(trust="RHA", on="2026-02-01", notice="another", kind="Warning Notice")
    ledger = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    ledger.record(issued, part, whole, other, WARDS)
    dossier = ledger.at("2026-06-01").dossier("RHA")
    assert dossier.citing(dossier.state.notices["warning"]) == (2, 1)
    assert dossier.citing(dossier.state.actions["wards"]) == (5,)
