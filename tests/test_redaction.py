"""Redaction: what an entry said is gone from every answer and from the store, and all that rests on the entry stays."""

import json
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.popo import POPOApplicationRecorder
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger, Source, View
from ledger._store import SQLiteRecorder
from ledger._store._sqlite import SQLiteRows
from ledger._stub import leaf_of
from ledger._when import to_when
from ledger.errors import CorrectionError, PersonalDataError, PersonalDataWarning, StoreError
from ledger.events import (
    ActionCommitted,
    Corroborated,
    Erased,
    Event,
    RatingChanged,
    Redacted,
    Retracted,
    TrustSucceeded,
)
from ledger.projections import PROJECTIONS
from ledger.proofs import SignedNote, SigningKey
from ledger.testing import Clock, ledgers

SECRET = "Nurse told of a named patient"  # noqa: S105  # of nobody
KEY = SigningKey("example.com/ledger", bytes(32))
CQC = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2025-05-30")
LATER = Source(publisher="The trust", title="Letter", marking="public", published="2025-06-30")
PAPER = Source(publisher="A council", title="Briefing", marking="confidential")
WARDS = ActionCommitted(trust="RVN", on="2025-05-30", action="wards", title=SECRET, due="2025-08")
GOOD = RatingChanged(trust="RVN", on="2025-05-30", rating="Good")
POOR = RatingChanged(trust="RVN", on="2025-05-30", rating="Inadequate")
MERGED = TrustSucceeded(trust="RVN", on="2025-07-01", by=["RHA"], reason=SECRET)


@pytest.fixture
def ledger(recorder: ApplicationRecorder) -> Ledger:
    """Give an empty ledger in each kind of store, whose clock goes an hour forward at each entry."""
    return Ledger(recorder, by="analyst", clock=Clock(), place="here")


def everything(ledger: Ledger, *views: View) -> str:
    """Give all that a ledger can be asked, as one text: now, at moments before, by what was public, of each trust."""
    moments = [None, *(e.recorded_at for e in ledger.entries)]
    asked = [ledger.at("2026-01-01", known_at=known, public_on=public) for known in moments for public in (None, "2026-01-01")]
    told: list[object] = [ledger.entries, ledger.find(WARDS, GOOD, MERGED)]
    for view in [*asked, *views, *ledger.over(["2025-05-29", "2025-12-01"])]:
        told += [str(view), view.deadlines(), view.redacted(), view.notes()]
        for code in ("RVN", "RHA"):
            told += [
                view.trust(code),
                view.why(code),
                view.dossier(code),
                view.standing(code),
                view.known(code),
                view.entries(code),
            ]
            told += [json.dumps(view.report(code), ensure_ascii=False), str(view.page(code)), view.uncertain(code)]
    told += [ledger.history(code, known_at=known) for code in ("RVN", "RHA") for known in moments]
    return "\n".join(map(repr, told))


def test_what_was_redacted_is_gone_from_every_answer(ledger: Ledger) -> None:
    """Also as known before, from views that were asked before, and from forks that are made afterwards."""
    ledger.record(WARDS, sources=[CQC])
    ledger.record(GOOD, sources=[CQC])
    before = ledger.at("2026-01-01")
    public = ledger.at("2026-01-01", public_on="2026-01-01")
    assert SECRET in everything(ledger, before, public)
    note = ledger.redact(1, "A court ordered it")
    assert (note.number, note.event.trust, note.reason, note.recorded_by) == (3, "RVN", "A court ordered it", "analyst")
    assert SECRET not in everything(ledger, before, public)
    assert SECRET not in everything(ledger.fork())
    assert [rated.rating for rated in before.trust("RVN").ratings] == ["Good"]
    assert not before.trust("RVN").actions
    assert ledger.find(WARDS) == (None,)


@pytest.mark.parametrize("public_on", [None, "2026-01-01"])
@pytest.mark.parametrize("is_known_at", [False, True])
def test_an_answer_that_was_kept_is_worked_out_anew(is_known_at: bool, public_on: str | None, ledger: Ledger) -> None:
    """A view that was asked again and again, and knows of no entry since, is not answered from before."""
    (entry,) = ledger.record(WARDS, sources=[CQC])
    view = ledger.at("2026-01-01", known_at=entry.recorded_at if is_known_at else None, public_on=public_on)
    assert [len(view.trust("RVN").actions) for _ in range(3)] == [1, 1, 1]
    ledger.redact(1, "A court ordered it")
    assert len(view.trust("RVN").actions) == 0


def test_a_fork_from_before_is_a_copy_and_its_redactions_are_its_own(ledger: Ledger) -> None:
    """What is tried on a fork, the ledger never hears; and what is redacted here stays in copies that were made before."""
    ledger.record(WARDS)
    fork = ledger.fork()
    fork.redact(1, "To see what is left")
    assert (SECRET in everything(fork), SECRET in everything(ledger)) == (False, True)
    other = ledger.fork()
    ledger.redact(1, "A court ordered it")
    assert SECRET in everything(other)


def test_another_ledger_that_has_read_the_text_tells_it_no_longer(recorder: ApplicationRecorder, ledger: Ledger) -> None:
    """Whoever asks again reads again: also with answers worked out, a view kept, and other trusts known."""
    other = Ledger(recorder, by="somebody", clock=Clock())
    ledger.record(WARDS, GOOD, MERGED, sources=[CQC])
    ledger.record(RatingChanged(trust="RHA", on="2025-05-30", rating="Good"))
    view = other.at("2026-01-01")
    assert SECRET in everything(other, view)
    ledger.redact(1, "A court ordered it")
    ledger.redact(3, "A court ordered it")
    assert SECRET not in everything(other, view)
    assert other.entries == ledger.entries


ASKED = """
import sys
from ledger import Ledger
ledger = Ledger.open(sys.argv[1], create=False)
for _ in sys.stdin:
    print(*(action.title for action in ledger.at("2026-01-01").trust("RVN").actions.values()), flush=True)
"""


def test_another_process_that_has_read_the_text_tells_it_no_longer(tmp_path: Path) -> None:
    """It asks the same question before and after."""
    command = [sys.executable, "-c", ASKED, str(tmp_path / "trusts.db")]
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(WARDS)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as asked:
            assert asked.stdin is not None
            assert asked.stdout is not None
            asked.stdin.write("?\n")
            assert asked.stdout.readline() == f"{SECRET}\n"
            ledger.redact(1, "A court ordered it")
            asked.stdin.write("?\n")
            assert asked.stdout.readline() == "\n"
            asked.stdin.close()


def test_what_is_left_is_number_trust_type_and_dates(ledger: Ledger) -> None:
    """And the place; neither who recorded it nor from which source."""
    (first,) = ledger.record(WARDS, sources=[PAPER, CQC], inferred=["on"])
    ledger.redact(1, "A court ordered it")
    left, note = ledger.entries
    assert left.event == Erased(trust="RVN", kind="ActionCommitted", on=to_when("2025-05-30"), public_since=date(2025, 5, 30))
    assert (left.number, left.recorded_at, left.place) == (1, first.recorded_at, 1)
    assert (left.recorded_by, left.sources, left.inferred, left.reason, left.key) == (None, (), frozenset(), None, None)
    assert isinstance(note.event, Redacted)
    assert (note.event.entry, note.recorded_at > first.recorded_at) == (1, True)


def test_a_reader_is_told_that_something_was_left_out(ledger: Ledger) -> None:
    """In the notes, the page and the report of its trust, and of no other; of the whole, of every trust."""
    ledger.record(WARDS, GOOD, sources=[CQC])
    ledger.record(RatingChanged(trust="RHA", on="2025-05-30", rating="Good"))
    ledger.redact(1, "A court ordered it")
    view = ledger.at("2026-01-01")
    told = "Redacted, and so left out: entry 1."
    assert view.gaps("RVN") == view.gaps() == (told,)
    assert told in str(view.page("RVN")).splitlines()
    assert told in str(view).splitlines()
    assert (view.gaps("RHA"), told in str(view.page("RHA"))) == ((), False)
    assert view.report("RVN")["redacted"] == [
        {"entry": 1, "trust": "RVN", "kind": "ActionCommitted", "on": "2025-05-30", "public_since": "2025-05-30"}
    ]
    ledger.redact(2, "A court ordered it")
    ledger.redact(3, "A court ordered it")
    assert ledger.at("2026-01-01").gaps() == ("Redacted, and so left out: entries 1, 2, 3.",)


def test_the_public_is_told_from_the_day_that_the_entry_was_public(ledger: Ledger) -> None:
    """On the day before, and of what was never public, a public view says nothing."""
    ledger.record(WARDS, sources=[LATER])
    ledger.record(GOOD, sources=[PAPER])
    ledger.corroborate(1, CQC)
    ledger.redact(1, "A court ordered it")
    ledger.redact(2, "A court ordered it")
    told = [ledger.at("2026-01-01", public_on=day).gaps() for day in ("2025-05-29", "2025-05-30")]
    assert told == [(), ("Redacted, and so left out: entry 1.",)]


def test_as_known_before_it_was_recorded_nothing_is_missing(ledger: Ledger) -> None:
    """What is left is known from the moment the entry was."""
    ledger.record(GOOD)
    (entry,) = ledger.record(WARDS)
    ledger.redact(2, "A court ordered it")
    moments = (ledger.entries[0].recorded_at, entry.recorded_at)
    assert [len(ledger.at("2026-01-01", known_at=known).redacted("RVN")) for known in moments] == [0, 1]


# What rests on a redacted entry


def test_what_a_redacted_correction_replaced_stays_replaced(ledger: Ledger) -> None:
    """Neither the wrong entry stands again nor the one that was put in its place."""
    ledger.record(GOOD, sources=[CQC])
    ledger.correct(1, POOR, reason=SECRET)
    ledger.redact(2, "A court ordered it")
    assert ledger.at("2026-01-01").standing("RVN") == []
    assert (ledger.entries[1].replaces, ledger.entries[1].place) == (1, 1)
    with pytest.raises(CorrectionError, match="entry 1 was corrected by entry 2: what is replaced stays replaced"):
        ledger.retract(1, reason="again")
    assert SECRET not in everything(ledger)


def test_a_correction_of_a_redacted_entry_stands(ledger: Ledger) -> None:
    """The text that was wrong goes, and what it should have said stays in its place."""
    ledger.record(WARDS, sources=[CQC])
    ledger.correct(1, ActionCommitted(trust="RVN", on="2025-05-30", action="wards", title="End dormitories"), reason="A slip")
    ledger.redact(1, "A court ordered it")
    assert [(e.number, e.place) for e in ledger.at("2026-01-01").standing("RVN")] == [(2, 1)]
    assert SECRET not in everything(ledger)


def test_a_redacted_retraction_still_takes_back(ledger: Ledger) -> None:
    """Its reason is gone; what it took back does not come again."""
    ledger.record(GOOD)
    ledger.retract(1, reason=SECRET)
    ledger.redact(2, "A court ordered it")
    assert ledger.at("2026-01-01").standing("RVN") == []
    assert ledger.entries[1].event == Erased(trust="RVN", kind="Retracted", on=None, public_since=None)
    assert SECRET not in everything(ledger)


def test_a_redacted_corroboration_takes_its_sources_along(ledger: Ledger) -> None:
    """The fact stands with those that it has otherwise; a public view that rested on them knows it no longer."""
    ledger.record(GOOD, sources=[PAPER])
    ledger.corroborate(1, Source(publisher="The trust", title=SECRET, marking="public", published="2025-06-01"))
    public = ledger.at("2026-01-01", public_on="2026-01-01")
    assert len(public.standing("RVN")) == 1
    ledger.redact(2, "A court ordered it")
    (left,) = ledger.at("2026-01-01").standing("RVN")
    assert [citation.source for citation in left.sources] == [PAPER]
    assert public.standing("RVN") == []
    assert SECRET not in everything(ledger, public)


def test_a_redacted_succession_is_told_of_neither_trust(ledger: Ledger) -> None:
    """The other trust, which heard of it from the same entry, hears of it no longer."""
    ledger.record(MERGED)
    (step,) = ledger.at("2026-01-01").why("RHA")
    assert step.is_derived
    ledger.redact(1, "A court ordered it")
    view = ledger.at("2026-01-01")
    assert [view.standing(code) for code in ("RVN", "RHA")] == [[], []]
    assert (view.gaps("RVN"), view.gaps("RHA")) == (("Redacted, and so left out: entry 1.",), ())
    assert view.codes() == ()


def test_the_same_can_be_recorded_anew(ledger: Ledger) -> None:
    """What was erased is not on record; without what had to go, it may well be recorded again."""
    ledger.record(WARDS)
    ledger.redact(1, "A court ordered it")
    (again,) = ledger.record(WARDS)
    assert again.number == 3


# Proofs


def test_proofs_and_roots_stay_as_they_were(ledger: Ledger) -> None:
    """The leaf hash is kept: old roots and proofs hold, new ones too, and nothing is found wrong."""
    ledger.record(WARDS, sources=[CQC])
    ledger.record(GOOD, sources=[CQC])
    root, signed = ledger.root(), ledger.checkpoint(KEY)
    old = ledger.prove(1, signed)
    assert old.extra is not None
    ledger.redact(1, "A court ordered it")
    assert ledger.root(2) == root
    assert old.verify(leaf_of(old.extra), KEY.verifier).size == 2
    now = ledger.checkpoint(KEY)
    for note in (signed, now):
        new = ledger.prove(1, SignedNote.parse(note.encoded))
        assert new.extra is not None
        assert (leaf_of(new.extra), SECRET.encode() in new.extra) == (leaf_of(old.extra), False)
        assert new.verify(leaf_of(new.extra), KEY.verifier).root == ledger.root(
            new.verify(leaf_of(new.extra), KEY.verifier).size
        )
    found = ledger.verify()
    assert (found.findings, found.root, found.size) == ((), ledger.root(), 3)


@given(ledgers(), st.data())
def test_whatever_is_redacted_all_else_is_as_it_was(ledger: Ledger, data: st.DataObject) -> None:
    """Of any history, entry by entry: the root, the other entries, and what stands of them."""
    numbers = data.draw(st.lists(st.sampled_from([e.number for e in ledger.entries]), min_size=1, max_size=3, unique=True))
    for number in numbers:
        before, size, root = ledger.entries, ledger.last, ledger.root()
        stand = ledger.at("2026-01-01").standing("RHA")
        gone = before[number - 1]
        try:
            ledger.redact(number, "A court ordered it")
        except CorrectionError as refused:
            assert "alone says that" in str(refused)  # noqa: PT017  # either is right, and each is checked
            continue
        left = ledger.entries[number - 1]
        assert (ledger.root(size), ledger.last) == (root, size + 1)
        assert [e for e in ledger.entries[:size] if e.number != number] == [e for e in before if e.number != number]
        same = [(e.number, e.recorded_at, e.event.trust, e.place, e.replaces) for e in (gone, left)]
        assert same[0] == same[1]
        assert isinstance(left.event, Erased)
        assert left.event.kind == type(gone.event).__name__
        assert left.event.on == (gone.event.on if isinstance(gone.event, Event) else None)
        stands = ledger.at("2026-01-01").standing("RHA")
        assert [e.number for e in stands] == [e.number for e in stand if e.number != number]
        if not isinstance(gone.event, Corroborated):
            assert stands == [e for e in stand if e.number != number]
        assert ledger.verify().findings == ()
        view = ledger.at("2026-01-01")
        for answer in PROJECTIONS.values():
            assert view.of("RHA", answer) == ledger.fork().at("2026-01-01").of("RHA", answer)


# The store


def _bytes(folder: Path) -> bytes:
    """Give all that stands in the files of a folder; only once every connection to them is closed."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


@pytest.fixture
def wiping_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have SQLite leave what it removes where it stood, as it does unless it was built otherwise."""
    _connections(monkeypatch, lambda connection: connection.execute("PRAGMA secure_delete = OFF"))


def _connections(monkeypatch: pytest.MonkeyPatch, act: Callable[[sqlite3.Connection], object]) -> None:
    """Do something to every connection to SQLite that is opened from now on."""
    connect = sqlite3.connect

    def connected(*arguments: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **more)
        act(connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connected)


@pytest.mark.usefixtures("wiping_nothing")
@pytest.mark.parametrize("size", [20, 300, 3000, 9000])
def test_the_text_is_nowhere_in_the_file(tmp_path: Path, size: int) -> None:
    """Neither in pages that SQLite once moved entries in, nor in those that it no longer uses, nor in its journal."""

    def text(number: int) -> str:
        return f"secret-{number:03}-" * (size // 11 + 1)

    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        for number in range(1, 21):
            ledger.record(ActionCommitted(trust="RVN", on="2025-05-30", action=f"a{number}", title=text(number)))
    assert b"secret-003-" in _bytes(tmp_path)
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        for number in (7, 3, 20, 1, 2):
            ledger.redact(number, "A court ordered it")
        ledger.record(GOOD)
        assert ledger.verify().findings == ()
    found = _bytes(tmp_path)
    assert [n for n in range(1, 21) if f"secret-{n:03}-".encode() not in found] == [1, 2, 3, 7, 20]


def test_the_text_is_gone_from_the_database(database: str) -> None:
    """No row of a PostgreSQL ledger has it."""
    with Ledger.open(database, by="analyst") as ledger:
        ledger.record(WARDS)
        ledger.redact(1, "A court ordered it")
        assert not any(SECRET.encode() in line for line in ledger.export())


def _impatient(path: Path) -> Ledger:
    """Give a ledger that waits a second for others."""
    Ledger.open(path).close()
    store = SQLiteDatastore(path.as_uri(), lock_timeout=1, originator_id_type="text")
    return Ledger(SQLiteRecorder(store), by="analyst", place="trusts.db")


def test_who_still_reads_what_is_erased_is_named_as_the_reason_why_it_may_be_found(tmp_path: Path) -> None:
    """The text is erased and that is on record; once the reader has gone, it is nowhere."""
    with _impatient(tmp_path / "trusts.db") as ledger:
        ledger.record(WARDS)
        with closing(sqlite3.connect(tmp_path / "trusts.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM stored_events").fetchall()
            with pytest.raises(
                StoreError, match=r"erased from trusts.db, but others are reading it, .* have them close the ledger"
            ):
                ledger.redact(1, "A court ordered it")
        assert SECRET not in everything(ledger)
        with pytest.raises(CorrectionError, match="entry 1 was redacted already"):
            ledger.redact(1, "A court ordered it")
    Ledger.open(tmp_path / "trusts.db").close()
    assert SECRET.encode() not in _bytes(tmp_path)


def test_a_file_that_can_not_be_written_anew_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is erased, and what is to be done about what may be left is said."""
    _connections(monkeypatch, lambda connection: connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0))
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(WARDS)
        with pytest.raises(
            StoreError, match=r"but may still stand in parts of the file .*Once it can, have sqlite3 run VACUUM on it"
        ):
            ledger.redact(1, "A court ordered it")
        assert SECRET not in everything(ledger)


def test_nothing_is_erased_from_a_file_in_which_entries_are_missing(tmp_path: Path) -> None:
    """Numbers that are missing would be given anew where the file is written anew, and what is wrong be hidden."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(GOOD, WARDS, POOR)
        with closing(sqlite3.connect(tmp_path / "trusts.db")) as other:
            other.execute("DELETE FROM stored_events WHERE rowid = 1")
            other.commit()
        with pytest.raises(StoreError, match=r"entries are missing from .* Nothing was recorded"):
            ledger.redact(2, "A court ordered it")
        assert SECRET.encode() in b"".join(ledger.export())


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda left, _: left.replace(b"2025-05-30", b"2025-05-29"), "entry 1: what is left of it is not what entry 2 says"),
        (
            lambda left, _: left.replace(b'"v":1', b'"v":1 '),
            "entry 1 was redacted, and what is left of it can't be read (it is not as",
        ),
        (lambda left, _: left.replace(b'"trust"', b'"truss"'), "entry 1 was redacted, and what is left of it can't be read ("),
        (lambda left, _: left[:20], "entry 1 was redacted, and what is left of it can't be read ("),
        (lambda _, text: text, "entry 2: it says that entry 1 was redacted, whose text is there"),
    ],
)
def test_what_is_left_can_not_be_changed_unnoticed(change: Callable[[bytes, bytes], bytes], found: str, tmp_path: Path) -> None:
    """Dates that are others, bytes that are no stub, or the text put back."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(WARDS, sources=[CQC])
        text = next(ledger.export()).rstrip()
        ledger.redact(1, "A court ordered it")
        left = next(ledger.export()).rstrip()
        with closing(sqlite3.connect(tmp_path / "trusts.db")) as other:
            other.execute("UPDATE stored_events SET state = ? WHERE rowid = 1", (change(left, text),))
            other.commit()
        assert [one.message for one in ledger.verify().findings if one.message.startswith(found)] != []


def test_a_redaction_that_is_on_record_is_not_to_be_removed(tmp_path: Path) -> None:
    """A text that is gone without a word of who did it is found."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(WARDS)
        ledger.redact(1, "A court ordered it")
        with closing(sqlite3.connect(tmp_path / "trusts.db")) as other:
            other.execute("DELETE FROM stored_events WHERE rowid = 2")
            other.commit()
        found = [one.message for one in ledger.verify().findings]
        assert "entry 1: its text is gone, and no entry says who redacted it" in found


# What is refused


@pytest.mark.parametrize(
    ("number", "reason", "said"),
    [
        (9, "A court ordered it", "there is no entry 9: the ledger ends at 4"),
        (0, "A court ordered it", "there is no entry 0: the ledger ends at 4"),
        (-1, "A court ordered it", "there is no entry -1: the ledger ends at 4"),
        (1, "A court ordered it", "entry 1 was redacted already"),
        (4, "A court ordered it", "entry 4 records a redaction, which stays on record"),
        (2, " \n", "say why entry 2 is redacted: the reason is empty"),
    ],
)
def test_what_can_not_be_redacted_is_refused(number: int, reason: str, said: str, ledger: Ledger) -> None:
    """And nothing is recorded."""
    ledger.record(WARDS, GOOD, POOR)
    ledger.redact(1, "A court ordered it")
    with pytest.raises(CorrectionError) as refused:
        ledger.redact(number, reason)
    assert (str(refused.value), refused.value.number, ledger.last) == (said, number, 4)


@pytest.mark.parametrize("act", ["retract", "correct", "corroborate"])
def test_nothing_is_left_to_change(act: str, ledger: Ledger) -> None:
    """A redacted entry can be neither corrected nor taken back nor confirmed."""
    ledger.record(WARDS)
    ledger.redact(1, "A court ordered it")
    acts: dict[str, Callable[[], object]] = {
        "retract": lambda: ledger.retract(1, reason="wrong"),
        "correct": lambda: ledger.correct(1, GOOD, reason="wrong"),
        "corroborate": lambda: ledger.corroborate(1, CQC),
    }
    with pytest.raises(CorrectionError, match="entry 1 was redacted: nothing is left to correct, take back or confirm"):
        acts[act]()


def test_a_source_never_counts_as_more_public_for_a_redaction(ledger: Ledger) -> None:
    """The only entry that marks a source as strictly as it is stays, until another one marks it so."""
    strict = Source(publisher="The trust", title="Letter", marking="confidential")
    open_one = Source(publisher="The trust", title="Letter", marking="public", published="2025-06-01")
    ledger.record(WARDS, sources=[strict])
    ledger.record(GOOD, sources=[open_one])
    with pytest.raises(
        CorrectionError, match=r"entry 1 alone says that “Letter” is confidential: without it, .* then redact this one"
    ):
        ledger.redact(1, "A court ordered it")
    ledger.record(POOR, sources=[strict])
    ledger.redact(1, "A court ordered it")
    assert ledger.at("2026-01-01", public_on="2026-01-01").standing("RVN") == []


def test_a_source_that_nothing_else_cites_may_go(ledger: Ledger) -> None:
    """Nothing becomes more public where the only entry that cites a source is redacted."""
    ledger.record(WARDS, sources=[PAPER])
    ledger.record(GOOD, sources=[CQC])
    assert ledger.redact(1, "A court ordered it").number == 3


def test_a_store_of_another_kind_erases_nothing(tmp_path: Path) -> None:
    """The advice is to move the ledger."""
    theirs = SQLiteApplicationRecorder(SQLiteDatastore((tmp_path / "theirs.db").as_uri(), originator_id_type="text"))
    theirs.create_table()
    for recorder in (POPOApplicationRecorder(), theirs):
        ledger = Ledger(recorder, by="analyst", place="there")
        ledger.record(WARDS)
        with pytest.raises(
            StoreError, match=r"nothing can be erased from there, a (POPO|SQLite)ApplicationRecorder: move the ledger"
        ):
            ledger.redact(1, "A court ordered it")
        assert len(ledger.entries) == 1
        ledger.close()


# Who, and why


def test_who_redacts_may_be_another_than_who_records(ledger: Ledger) -> None:
    """`by` is for this one entry."""
    ledger.record(WARDS, GOOD)
    assert ledger.redact(1, "  A court ordered it ", by="Data protection officer").recorded_by == "Data protection officer"
    assert ledger.entries[-1].reason == "A court ordered it"
    assert ledger.retract(2, reason="wrong").recorded_by == "analyst"


def test_personal_data_in_the_reason_is_warned_of_or_refused(recorder: ApplicationRecorder, ledger: Ledger) -> None:
    """A reason is for everybody who reads the record."""
    ledger.record(WARDS, GOOD)
    strict = Ledger(recorder, by="analyst", refuse_personal=True)
    with pytest.raises(PersonalDataError):
        strict.redact(1, "Asked for by jane.smith@example.org")
    assert ledger.last == 2
    with pytest.warns(PersonalDataWarning, match="j…@example.org"):
        ledger.redact(1, "Asked for by jane.smith@example.org")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        strict.redact(2, "A court ordered it")


def test_others_that_record_meanwhile_are_waited_for(recorder: ApplicationRecorder, ledger: Ledger) -> None:
    """A ledger that has not seen the newest entries redacts all the same, after them."""
    other = Ledger(recorder, by="somebody", clock=Clock())
    ledger.record(WARDS)
    other.record(GOOD)
    taken_back = other.retract(2, reason="wrong")
    assert isinstance(taken_back.event, Retracted)
    assert ledger.redact(1, "A court ordered it").number == 4
    assert other.verify().findings == ()


def test_a_redaction_is_not_taken_back() -> None:
    """The text is gone, whoever wishes it had not been: what says so stays on record."""
    ledger = Ledger.open(":memory:", by="analyst")
    ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
    note = ledger.redact(1, "A court ordered it")
    with pytest.raises(CorrectionError, match=f"entry {note.number} records a redaction, which stays on record"):
        ledger.retract(note.number, reason="a mistake")


def test_a_redaction_that_was_stopped_is_finished_when_it_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the file was written anew, it is refused the second time as done, and the file is written anew."""
    wiped: list[str] = []
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"))
        monkeypatch.setattr(SQLiteRows, "wipe", lambda _: None)
        ledger.redact(1, "A court ordered it")
        monkeypatch.setattr(SQLiteRows, "wipe", lambda rows: wiped.append(rows.place))
        with pytest.raises(CorrectionError, match="entry 1 was redacted already"):
            ledger.redact(1, "A court ordered it")
    assert wiped == [str(tmp_path / "trusts.db")]


def test_a_view_from_before_shows_nothing_that_is_confidential() -> None:
    """What marked the source was redacted, and another entry marks it so since: a public view made before counts that too."""
    paper, secret = (
        Source(publisher="Trust", title="Paper", marking=marking, published="2025-06-01")
        for marking in ("public", "confidential")
    )
    ledger = Ledger.open(":memory:", by="analyst")
    ledger.record(RatingChanged(trust="RVN", on="2025-05-30", rating="Good"), sources=[secret])
    ledger.record(RatingChanged(trust="RHA", on="2025-05-30", rating="Good"), sources=[paper])
    before = ledger.at("2026-01-01", public_on="2026-01-01")
    assert before.entries("RHA") == []
    ledger.record(RatingChanged(trust="RT5", on="2025-05-30", rating="Good"), sources=[secret])
    ledger.redact(1, "A court ordered it")
    assert before.entries("RHA") == []
