"""Entries are read trust by trust, as they are asked for, and kept for as long as there is room: the answers are the same."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Draft, Ledger, Source, timeline, with_midnights
from ledger._rows import Index
from ledger._store import MemoryRecorder, Recorder, Store, open_recorder
from ledger._store._searchable import Searchable, Stored
from ledger.errors import CorrectionError, StoredEntryError, StoreError
from ledger.events import RatingStated, TrustFormed, TrustSucceeded
from ledger.projections import trust
from ledger.testing import drafts

GOOD = RatingStated(trust="RHA", on="2024-01-01", rating="Good")
POOR = RatingStated(trust="RHA", on="2025-01-01", rating="Inadequate")
OTHER = RatingStated(trust="RVN", on="2024-01-01", rating="Good")
MERGED = TrustSucceeded(trust="RVN", on="2025-04-01", by=["RT5"])
FORMED = TrustFormed(trust="RA9", on="2025-04-01", predecessors=["RT5", "RHA"])


class Clock:
    """Tells a later moment each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Give the next moment."""
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a ledger file with five entries about three trusts."""
    _record_five(tmp_path / "trusts.db")
    return tmp_path / "trusts.db"


@pytest.fixture(params=["sqlite", "postgres"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a place of each kind where a ledger can be made."""
    return str(tmp_path / "trusts.db" if request.param == "sqlite" else request.getfixturevalue("database"))


@pytest.fixture
def place(new: str) -> str:
    """Give a place of each kind with a ledger of five entries about three trusts."""
    _record_five(new)
    return new


def _record_five(place: str | Path) -> None:
    with Ledger.open(place, by="analyst", clock=Clock()) as ledger:
        for event in (GOOD, OTHER, MERGED, POOR, FORMED):
            ledger.record(event)


def test_a_database_and_an_index_in_memory_answer_alike(place: str) -> None:
    """Whatever the store, the same rows are found by trust, by number, by what they name and by kind."""
    recorder = open_recorder(place, create=False)
    asked = _searched(recorder)
    index = Index(Store(recorder, "here").after)
    assert index.last() == asked.last() == 5

    for rows in (asked, index):
        assert sorted(rows.trusts()) == ["RA9", "RHA", "RVN"]
        assert [row.number for row in rows.of_trust("RHA", 5)] == [1, 4]
        assert rows.of_trust("RHA", 5) == list(index.of_trust("RHA", 5))
        assert [row.number for row in rows.of_trust("RHA", 4)] == [1, 4]
        assert [row.number for row in rows.of_trust("RHA", 3)] == [1]
        assert rows.of_trust("RX0", 5) == []
        assert [row.trust if (row := rows.numbered(number)) else None for number in (0, 2, 5, 6)] == [None, "RVN", "RA9", None]
        assert sorted(rows.naming("RT5", 5)) == ["RA9", "RVN"]
        assert list(rows.naming("RT5", 4)) == ["RVN"]
        assert list(rows.naming("RT", 5)) == []
        assert [row.number for row in rows.successions(5)] == [3, 5]
        assert [row.number for row in rows.successions(4)] == [3]
        latest = [rows.last_but(but, until) for but, until in (((), 5), (("TrustFormed",), 5), (("RatingStated",), 2))]
        assert [row and row.number for row in latest] == [5, 4, None]
    Store(recorder, "here").close()


def _searched(recorder: Recorder) -> Stored:
    """Give what looks rows up in a database."""
    assert isinstance(recorder, Searchable)
    return recorder.rows("here")


def test_an_empty_store_has_nothing(new: str) -> None:
    """No rows, no trusts, and the last number is 0."""
    recorder = open_recorder(new, create=True)
    for rows in (_searched(recorder), Index(Store(recorder, "here").after)):
        assert (rows.last(), list(rows.trusts()), rows.last_but((), 9), rows.numbered(1)) == (0, [], None, None)
    Store(recorder, "here").close()


def test_only_the_trust_asked_for_is_read(file: Path) -> None:
    """Damage to an entry of one trust is told when that trust is asked for, by its number; others answer."""
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE stored_events SET state = x'7b7d' WHERE rowid = 2")
    connection.close()
    with Ledger.open(file) as ledger:
        assert ledger.at("2026-01-01").trust("RHA").ratings.of() is not None
        with pytest.raises(StoredEntryError, match="entry 2 can't be read"):
            ledger.at("2026-01-01").trust("RVN")
        with pytest.raises(StoredEntryError, match="entry 2 can't be read"):
            _ = ledger.entries


def test_a_store_that_can_not_be_read_is_told(file: Path) -> None:
    """A table that is gone is an error that names the file."""
    with Ledger.open(file) as ledger, sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE stored_events")
        with pytest.raises(StoreError, match=r"can't read .*trusts\.db: no such table"):
            ledger.at("2026-01-01")


def test_a_file_without_the_index_of_successions_is_given_it(file: Path) -> None:
    """Files of the first version lack it; what they answer is the same, and they are as they were but for it."""

    def indexed() -> bool:
        with sqlite3.connect(file) as connection:
            return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'successions'").fetchall())

    with sqlite3.connect(file) as connection:
        connection.execute("DROP INDEX successions")
    assert not indexed()
    with Ledger.open(file) as ledger:
        assert ledger.at("2026-01-01").trust("RT5").identity.predecessors == {"RVN"}
        assert ledger.at("2026-01-01").trust("RT5").identity.successors == {"RA9"}
    assert indexed()


@pytest.mark.parametrize("keep", [0, 1, 2, 3, 1_000])
def test_however_few_entries_are_kept_every_answer_is_the_same(place: str, keep: int) -> None:
    """What was let go of is read again; no more is kept than there is room for, but for the trust asked for last."""
    with Ledger.open(place, keep=keep) as ledger, Ledger.open(place) as roomy:
        view = ledger.at("2026-01-01")
        for code in ("RHA", "RVN", "RT5", "RA9", "RHA"):
            assert view.trust(code) == roomy.at("2026-01-01").trust(code)
            assert ledger._log._kept <= max(keep, 2)
        assert (view.codes(), view.trusts()) == (("RA9", "RHA", "RT5", "RVN"), ("RA9", "RHA", "RT5", "RVN"))
        assert [e.number for e in ledger.entries] == [1, 2, 3, 4, 5]
        assert ledger.find(POOR, OTHER) == roomy.find(POOR, OTHER)


@pytest.mark.parametrize("keep", [1, 1_000])
def test_what_others_record_is_seen_and_a_view_stays_as_it_was(place: str, keep: int) -> None:
    """Nothing is answered from what is stale: not a trust that was read before, nor one that was not, nor what names another."""
    with Ledger.open(place, keep=keep) as ledger, Ledger.open(place, by="other") as other:
        before = ledger.at("2026-01-01")
        assert [view.trust("RX0").identity.predecessors for view in (before,)] == [frozenset()]
        assert len(before.codes()) == 4
        other.retract(4, reason="wrong")
        other.record(TrustSucceeded(trust="RHA", on="2025-06-01", by=["RX0"]))
        now = ledger.at("2026-01-01")

        ratings = [str(view.trust("RHA").ratings).split(", ")[1] for view in (before, now)]
        assert ratings == ["Overall: Inadequate", "Overall: Good"]
        assert [view.trust("RX0").identity.predecessors for view in (before, now)] == [frozenset(), {"RHA"}]
        assert [len(view.codes()) for view in (before, now)] == [4, 5]
        assert [view.markings for view in (before._recorded, now._recorded)] == [{}, {}]


def test_what_is_recorded_makes_room_as_what_is_read_does(tmp_path: Path) -> None:
    """However much is recorded about trusts that are kept, no more is kept than there is room for, but for the last."""
    with Ledger.open(tmp_path / "new.db", keep=4) as ledger:
        for day in range(1, 6):
            for code in ("RHA", "RVN", "RT5"):
                ledger.record(RatingStated(trust=code, on=f"2024-01-0{day}", rating="Good"))
                assert ledger._log._kept <= max(4, len(ledger._log.stream(code)))
        assert [len(ledger.at("2026-01-01").entries(code)) for code in ("RHA", "RVN", "RT5")] == [5, 5, 5]


def test_what_is_recorded_without_looking_first_is_there(new: str) -> None:
    """A trust that was let go of, or never read, is read up to what was just recorded."""
    for place in (":memory:", new):
        with Ledger.open(place, keep=2) as ledger:
            for day in range(1, 4):
                for code in ("RHA", "RVN", "RT5"):
                    ledger.record(RatingStated(trust=code, on=f"2024-01-0{day}", rating="Good"))
            assert [len(ledger.at("2026-01-01").entries(code)) for code in ("RHA", "RVN", "RT5")] == [3, 3, 3]


def test_what_is_on_record_already_is_looked_up_before_it_is_believed(place: str) -> None:
    """Another took it back meanwhile: it is recorded anew, though what was last read still has it in force."""
    with Ledger.open(place) as ledger, Ledger.open(place, by="other") as other:
        assert ledger.record(POOR)[0].number == 4
        other.retract(4, reason="wrong")
        assert ledger.record(POOR)[0].number == 7


def test_what_another_recorded_meanwhile_can_be_corrected(place: str) -> None:
    """A number that was not there when the ledger was last read is not refused before looking."""
    with Ledger.open(place) as ledger, Ledger.open(place, by="other") as other:
        assert ledger.last == 5
        other.record(RatingStated(trust="RHA", on="2025-02-01", rating="Good"))
        event = RatingStated(trust="RHA", on="2025-02-02", rating="Good")
        (entry,) = ledger.record(Draft(event=event, replaces=6, reason="misread"))
        assert (entry.number, entry.replaces) == (7, 6)


@pytest.mark.parametrize("is_all_asked", [False, True])
@pytest.mark.parametrize("keep", [1, 1_000])
def test_a_trust_that_is_named_later_is_told_of_it(place: str, keep: int, is_all_asked: bool) -> None:
    """What was looked up of who names a trust is not kept too long, whoever records and whatever trust it is about."""

    def predecessors(ledger: Ledger) -> frozenset[str]:
        return ledger.at("2026-01-01").trust("RX0").identity.predecessors

    with Ledger.open(place, keep=keep) as ledger, Ledger.open(place, by="other") as other:
        assert predecessors(ledger) == frozenset()
        if is_all_asked:
            assert len(ledger.at("2026-01-01").codes()) == 4
        other.record(TrustSucceeded(trust="RX5", on="2025-06-01", by=["RX0"]))
        assert predecessors(ledger) == {"RX5"}
        ledger.record(TrustSucceeded(trust="RX6", on="2025-06-01", by=["RX0"]))
        assert predecessors(ledger) == {"RX5", "RX6"}


def test_a_source_that_is_marked_more_strictly_changes_what_is_public_of_every_trust_that_cites_it(place: str) -> None:
    """An answer that was kept is not given again, though nothing was recorded about its trust; a view of before stays as it was."""
    paper = Source(publisher="CQC", title="Paper", marking="public", published="2024-06-01")
    secret = Source(publisher="CQC", title="Paper", marking="confidential")
    with Ledger.open(place) as ledger:
        ledger.record(RatingStated(trust="RX0", on="2024-01-01", rating="Good"), sources=[paper])
        before = ledger.at("2026-01-01", public_on="2026-01-01")
        told = [len(ledger.at("2026-01-01", public_on="2026-01-01").trust("RX0").ratings) for _ in range(3)]
        ledger.record(RatingStated(trust="RX1", on="2024-01-01", rating="Good"), sources=[secret])
        after = ledger.at("2026-01-01", public_on="2026-01-01")

        assert (told, len(after.trust("RX0").ratings)) == ([1, 1, 1], 0)
        assert (len(after.entries("RX0")), len(before.entries("RX0"))) == (0, 1)


def test_an_entry_that_replaces_one_of_another_trust_is_told(file: Path) -> None:
    """The ledger never records that; a file that has it is damaged."""
    with sqlite3.connect(file) as connection:
        (stored,) = connection.execute("SELECT state FROM stored_events WHERE rowid = 4").fetchone()
        wrong = (
            stored.decode()
            .replace('"recorded_at"', '"place":2,"reason":"wrong","recorded_at"')
            .replace('"type"', '"replaces":2,"type"')
        )
        connection.execute("UPDATE stored_events SET state = ? WHERE rowid = 4", (wrong.encode(),))
    with (
        Ledger.open(file) as ledger,
        pytest.raises(CorrectionError, match="there is no entry 2 about this trust: the ledger is damaged"),
    ):
        ledger.at("2026-01-01").trust("RHA")


def test_numbers_that_are_not_there_are_refused(place: str) -> None:
    """A number beyond the end, 0, and one of another sign."""
    with Ledger.open(place) as ledger:
        ledger.at("2026-01-01")
        for number in (0, -1, 6):
            with pytest.raises(CorrectionError, match=f"there is no entry {number}: the ledger ends at 5"):
                ledger.retract(number, reason="wrong")


def test_views_of_equal_entries_are_equal(place: str) -> None:
    """A view is a value: of two ledgers with the same entries, and of one that has gone on, it compares what it holds."""
    with Ledger.open(place) as ledger, Ledger.open(place) as again:
        before = ledger.at("2026-01-01")
        assert before == again.at("2026-01-01")
        assert before != again.at("2026-01-02")
        ledger.record(RatingStated(trust="RX0", on="2024-01-01", rating="Good"))
        assert before != ledger.at("2026-01-01")
        assert before._recorded.__eq__("a snapshot") is NotImplemented


@given(
    st.lists(
        st.tuples(st.sampled_from(["here", "there", "retract", "ask", "ask by another"]), drafts(), st.integers(1, 12)),
        max_size=14,
    ),
    st.integers(0, 6),
)
def test_the_answer_from_what_is_kept_is_that_of_the_plain_fold(steps: list[tuple[str, Draft, int]], keep: int) -> None:
    """Whatever two ledgers on one store record, take back and ask in between, with however little room."""
    recorder = MemoryRecorder()
    clock = Clock()
    here, there = (Ledger(recorder, by=by, clock=clock, keep=keep) for by in ("here", "there"))
    for what, draft, number in steps:
        ledger = there if what in ("there", "ask by another") else here
        if what in ("here", "there"):
            ledger.record(draft)
        elif what == "retract":
            _retract(ledger, number)
        else:
            _ask(ledger, Ledger(recorder, by="reader"), draft.event.trust)
            _ask_by_times(ledger, draft.event.trust, clock.now - timedelta(minutes=number % 4))
    for ledger in (here, there):
        for code in ("RHA", "RVN", "RT5"):
            _ask(ledger, Ledger(recorder, by="reader"), code)
            for minutes in (0, 3):
                _ask_by_times(ledger, code, clock.now - timedelta(minutes=minutes))


def _retract(ledger: Ledger, number: int) -> None:
    try:
        ledger.retract(number, reason="wrong")
    except CorrectionError:
        return


def _ask(ledger: Ledger, reader: Ledger, code: str) -> None:
    """Compare what is answered with a fold over all entries as they are stored."""
    entries = [e for e in reader.entries if e.event.trust == code]
    others = {e.event.trust for e in reader.entries if isinstance(e.event, TrustSucceeded | TrustFormed)} - {code}
    for day in ("2024-06-30", "2025-06-30", "2030-01-01"):
        view = ledger.at(day)
        assert view.trust(code) == reader.at(day).trust(code)
        assert [e.number for e in view.known(code) if e.event.trust == code] == [e.number for e in entries]
        if not others:
            facts = [e.fact for e in timeline(entries, on=view.on)]
            assert view.trust(code) == trust.fold(with_midnights(facts, view.on))


def _ask_by_times(ledger: Ledger, code: str, moment: datetime) -> None:
    """Compare what is answered of a moment, of what was public, and of both, with a fold over the entries of the view."""
    for day, public_on in (("2025-06-30", "2025-06-30"), ("2030-01-01", "2024-06-30"), ("2024-12-31", "2030-01-01")):
        for view in (
            ledger.at(day, known_at=moment),
            ledger.at(day, public_on=public_on),
            ledger.at(day, known_at=moment, public_on=public_on),
        ):
            assert view.trust(code) == trust.fold(with_midnights([e.fact for e in view.entries(code)], view.on))
