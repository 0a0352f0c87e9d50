"""Whether a ledger is what was recorded: nothing is found in one that is, and what was changed is named."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger import Citation, Draft, Entry, Ledger
from ledger._codec import encode
from ledger._reading import Finding, Reading
from ledger._rows import Row
from ledger._store import MemoryRecorder, Store
from ledger._stub import stub_of
from ledger._verify import _kept, verify
from ledger.errors import LedgerError, ProofError, StoreError
from ledger.events import Corroborated, Event, RatingPublished, Recordable, Redacted, Retracted
from ledger.proofs import Checkpoint, SigningKey
from ledger.testing import Clock, citations, drafts
from tests.endurance.keeping import Kept, make

Step: TypeAlias = tuple[str, int, Draft, Citation]
ACTS = ("record", "record", "record", "correct", "retract", "corroborate", "redact", "sweep")
TRUSTS = ("RHA", "RHA", "RVN")
MOST = 12
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, MOST), st.sampled_from(TRUSTS).flatmap(drafts), citations()),
    max_size=MOST,
)


def rated(service: str, trust: str = "RVN") -> RatingPublished:
    """Give a fact."""
    return RatingPublished(trust=trust, on="2025-05-30", service=service, rating="Good")


def do(ledger: Ledger, step: Step) -> None:
    """Do one thing to a ledger; what it refuses is as if not done."""
    act, chosen, draft, citation = step
    number = 1 + chosen % max(ledger.last, 1)
    with suppress(LedgerError):
        match act:
            case "record":
                ledger.record(draft)
            case "correct" if isinstance(draft.event, Event):
                ledger.correct(number, draft.event, reason="misread")
            case "retract":
                ledger.retract(number, reason="recorded in error")
            case "corroborate":
                ledger.corroborate(number, citation)
            case "redact":
                ledger.redact(number, "a request")
            case _:
                ledger.sweep("2027-01-01")


@contextmanager
def shell(path: Path) -> Iterator[Callable[..., Any]]:
    """Give a way to run a statement in the file of a ledger, past the ledger."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield lambda statement, *values: connection.execute(statement, values).fetchall()


def found(path: Path, *checkpoints: Checkpoint) -> tuple[Finding, ...]:
    """Verify a ledger in a file."""
    with Ledger.open(path, by="auditor", create=False) as ledger:
        return ledger.verify(*checkpoints).findings


def named(findings: tuple[Finding, ...], number: int) -> bool:
    """Whether a finding is about an entry."""
    return any(one.first <= number <= one.last for one in findings)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Kept]:
    """Give a ledger of more than 256 entries, and the checkpoints and texts kept of it elsewhere."""
    path = tmp_path_factory.mktemp("kept") / "trusts.db"
    return path, make(str(path), 9)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a ledger of five entries, of which the second was redacted by the fifth."""
    place = tmp_path / "trusts.db"
    with Ledger.open(place, by="analyst", clock=Clock()) as ledger:
        for number in range(4):
            ledger.record(rated(f"Ward {number}"))
        ledger.redact(2, "a request")
    return place


# Laws


@given(steps)
def test_nothing_is_found_in_a_ledger_made_by_the_front_door(made: list[Step]) -> None:
    """Whatever was recorded, corrected, taken back, confirmed, redacted and swept: all is well, and every checkpoint agrees later."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "trusts.db", by="analyst", clock=Clock()) as ledger:
        checkpoints = {0: Checkpoint("kept elsewhere", 0, ledger.root())}
        for step in made:
            do(ledger, step)
            checkpoints[ledger.last] = Checkpoint("kept elsewhere", ledger.last, ledger.root())
        told = ledger.verify(*checkpoints.values())
        assert (told.findings, told.size, told.root) == ((), ledger.last, ledger.root())
        assert told.checkpoints == tuple(checkpoints.values())


@given(st.data())
def test_whatever_bytes_stand_where_an_entry_did_it_is_named(kept: tuple[Path, Kept], data: st.DataObject) -> None:
    """Bytes changed, cut off, made up or taken from another entry: of a single row, each is found without a checkpoint."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "trusts.db"
        shutil.copy(kept[0], place)
        with shell(place) as run:
            rows = [stored for (stored,) in run("SELECT state FROM stored_events ORDER BY rowid")]
            number = data.draw(st.integers(1, len(rows)))
            before = rows[number - 1]
            edited = st.builds(
                lambda at, new, over: before[:at] + new + before[at + over :],
                st.integers(0, len(before)),
                st.binary(max_size=3),
                st.integers(0, 3),
            )
            after = data.draw(
                st.one_of(edited, st.sampled_from(rows), st.binary(), st.sampled_from(sorted(kept[1].texts.values())))
            )
            assume(after != before)
            run("UPDATE stored_events SET state = ? WHERE rowid = ?", after, number)
        assert named(found(place), number)


# What is found


def _below(run: Callable[..., Any]) -> None:
    run("INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (-3, 'RVN', 9, 'X', x'')")


def _two(run: Callable[..., Any]) -> None:
    run("UPDATE stored_events SET state = x'00' WHERE rowid IN (1, 5)")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("DELETE FROM stored_events WHERE rowid = 5", [("missing", 5, 5), ("redaction", 2, 2)]),
        ("DELETE FROM stored_events WHERE rowid = 3", [("number", 3, 4), ("version", 4, 4), ("missing", 1, 5), ("tree", 1, 4)]),
        ("UPDATE stored_events SET state = x'00' WHERE rowid = 1", [("bytes", 1, 1), ("tree", 1, 4)]),
        ("UPDATE stored_events SET state = NULL WHERE rowid = 4", [("store", 4, 4)]),
        (_two, [("bytes", 1, 1), ("bytes", 5, 5), ("redaction", 2, 2), ("tree", 1, 5)]),
        (_below, [("store", 0, 0)]),
        ("DELETE FROM frontier", [("tree", 1, 5)]),
        ("UPDATE frontier SET size = 7", [("tree", 0, 0)]),
        ("UPDATE frontier SET hashes = 'a text'", [("tree", 0, 0)]),
        ("UPDATE frontier SET hashes = zeroblob(64)", [("tree", 1, 5)]),
        ("UPDATE frontier SET size = 4, hashes = substr(hashes, 1, 32)", [("tree", 5, 5)]),
    ],
)
def test_what_was_changed_is_named(change: str | Callable[..., Any], expected: list[tuple[str, int, int]], path: Path) -> None:
    """Each finding is of a kind, and about the entries from one to another."""
    with shell(path) as run:
        run(change) if isinstance(change, str) else change(run)
    assert sorted((one.what, one.first, one.last) for one in found(path)) == sorted(expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE subtrees SET hash = zeroblob(32)", [(1, 256)]),
        ("UPDATE subtrees SET hash = NULL", [(1, 256)]),
        ("DELETE FROM subtrees", [(1, 256)]),
        ("UPDATE stored_events SET state = x'00' WHERE rowid = 7", [(1, 256)]),
        ("UPDATE stored_events SET state = x'00' WHERE rowid = 300", [(257, 320)]),
    ],
)
def test_a_change_is_placed_by_the_tree(
    change: str, expected: list[tuple[int, int]], kept: tuple[Path, Kept], tmp_path: Path
) -> None:
    """Complete subtrees tell among which 256 it is, and the frontier among which of those after them."""
    shutil.copy(kept[0], tmp_path / "trusts.db")
    with shell(tmp_path / "trusts.db") as run:
        run(change)
    assert [(one.first, one.last) for one in found(tmp_path / "trusts.db") if one.what == "tree"] == expected


def test_a_hash_that_is_none_is_no_matter_to_the_root(kept: tuple[Path, Kept], tmp_path: Path) -> None:
    """What was not kept of the tree is worked out from the entries."""
    shutil.copy(kept[0], tmp_path / "trusts.db")
    with Ledger.open(tmp_path / "trusts.db", create=False) as ledger:
        root = ledger.root(300)
        with shell(tmp_path / "trusts.db") as run:
            run("UPDATE subtrees SET hash = 'a text'")
        assert ledger.root(300) == root


def test_after_what_can_not_be_read_checkpoints_count_as_far_as_that(path: Path) -> None:
    """A checkpoint over entries that were read agrees or not; one over more is not judged."""
    with Ledger.open(path, create=False) as ledger:
        few, all_of_them = (Checkpoint("kept elsewhere", size, ledger.root(size)) for size in (3, 5))
    with shell(path) as run:
        run("UPDATE stored_events SET state = 5 WHERE rowid = 4")
    with Ledger.open(path, create=False) as ledger:
        told = ledger.verify(few, all_of_them)
    assert (told.size, told.checkpoints, len(told.findings)) == (3, (few,), 1)
    assert str(told.findings[0]).startswith("after entry 3 nothing can be read: can't read")


# What entries say of each other


def _entry(number: int, event: Recordable, **fields: Any) -> Entry:
    """Give an entry such as nobody can record by the front door."""
    made = {"place": number, "recorded_at": datetime(2026, 1, number, tzinfo=UTC), "recorded_by": "analyst", **fields}
    return Entry(number=number, event=event, **made)


def _corrected(number: int, wrong: int, place: int) -> Entry:
    return _entry(number, rated("Corrected"), replaces=wrong, place=place, reason="misread")


FIRST = _entry(1, rated("First"))
TAKEN_BACK = _entry(2, Retracted(trust="RVN", entry=1), replaces=1, place=1, reason="wrong")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([FIRST, TAKEN_BACK], ""),
        ([FIRST, _corrected(2, 2, 2)], "entry 2: it is about entry 2, which is not before it"),
        ([FIRST, _entry(2, Corroborated(trust="RHA", entry=1))], "entry 2: it is about RHA, and entry 1 about RVN"),
        ([FIRST, TAKEN_BACK, _entry(3, Corroborated(trust="RVN", entry=2))], "entry 3: it confirms entry 2, which is no fact"),
        ([FIRST, _entry(2, Retracted(trust="RVN", entry=1))], "entry 2: it takes back entry 1, and replaces None"),
        ([FIRST, TAKEN_BACK, _corrected(3, 1, 1)], "entry 3: it replaces entry 1, which was replaced before"),
        ([FIRST, _corrected(2, 1, 2)], "entry 2: it has the place 2, and what it replaces has 1"),
        ([FIRST, _entry(2, Redacted(trust="RVN", entry=1))], "entry 2: it says that entry 1 was redacted, whose text is there"),
        (
            [FIRST, _entry(2, rated("Early"), recorded_at=datetime(2025, 1, 1, tzinfo=UTC))],
            "entry 2: it says it was recorded at 2025-01-01 00:00:00+00:00, before the one before it",
        ),
    ],
)
def test_what_entries_say_of_each_other_must_be_so(entries: list[Entry], told: str) -> None:
    """What the front door would have refused is told, whoever wrote it and however well."""
    store = Store(MemoryRecorder(), "here")
    versions = {one.number: sum(e.event.trust == one.event.trust for e in entries[: one.number]) for one in entries}
    rows = [Row(one.event.trust, versions[one.number], type(one.event).__name__, encode(one)) for one in entries]
    store.append(rows, after=0)
    assert [str(one) for one in verify(store).findings] == [told][: bool(told)]


# Others record meanwhile


@pytest.mark.parametrize(
    "act",
    [
        lambda ledger: ledger.record(rated("Another")),
        lambda ledger: ledger.redact(3, "a request"),
        lambda ledger: (ledger.record(rated("Another")), ledger.redact(3, "a request")),
    ],
)
def test_what_others_record_meanwhile_is_not_wrong(
    act: Callable[[Ledger], object], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came once it had begun is left out, and a text erased meanwhile is told of by an entry that came then."""
    with Ledger.open(path, by="another", clock=Clock()) as other:

        def busy(*given: Any) -> Any:
            before = _kept(*given)
            act(other)
            return before

        monkeypatch.setattr("ledger._verify._kept", busy)
        with Ledger.open(path, by="auditor") as ledger:
            told = ledger.verify()
    assert (told.findings, told.size) == ((), 5)


def test_a_text_erased_that_nobody_tells_of_is_found_whatever_others_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That others redact something else, whose text was read already, neither excuses it nor is wrong."""
    read = Reading.read
    with Ledger.open(path, by="another", clock=Clock()) as other, shell(path) as run:
        run("UPDATE stored_events SET state = (SELECT state FROM stored_events WHERE rowid = 2) WHERE rowid = 3")

        def busy(reading: Reading, row: Row) -> bytes:
            if row.number == 1:
                other.redact(4, "a request")
            return read(reading, row)

        monkeypatch.setattr(Reading, "read", busy)
        findings = found(path)
    assert [(one.first, one.last) for one in findings if one.what == "redaction"] == [(3, 3)]


# Earlier versions


def _as_before(path: Path) -> None:
    with shell(path) as run:
        run("DROP TABLE frontier")
        run("DROP TABLE subtrees")


def test_a_ledger_of_an_earlier_version_is_completed(kept: tuple[Path, Kept], tmp_path: Path) -> None:
    """Without the tables of the tree it opens, gets them, and is what it was."""
    shutil.copy(kept[0], tmp_path / "trusts.db")
    _as_before(tmp_path / "trusts.db")
    with Ledger.open(tmp_path / "trusts.db", create=False) as ledger:
        told = ledger.verify(*kept[1].checkpoints)
    assert (told.findings, told.checkpoints) == ((), kept[1].checkpoints)
    with shell(kept[0]) as run, shell(tmp_path / "trusts.db") as other:
        for statement in ("SELECT * FROM frontier", "SELECT * FROM subtrees"):
            assert run(statement) == other(statement) != []


def test_a_ledger_of_an_earlier_version_that_is_damaged_can_be_verified_and_not_added_to(path: Path) -> None:
    """What can't be hashed is named, and the file stays as it was."""
    _as_before(path)
    with shell(path) as run:
        run("UPDATE stored_events SET state = 'a text' WHERE rowid = 4")
    with Ledger.open(path, by="analyst") as ledger:
        assert named(ledger.verify().findings, 4)
        with pytest.raises(StoreError, match=r"can't write .* nothing was recorded"):
            ledger.record(rated("Another", "RHA"))
    with shell(path) as run:
        assert run("SELECT count(*) FROM sqlite_master WHERE name = 'frontier'") == [(0,)]


def test_what_told_of_a_redaction_is_never_erased(path: Path) -> None:
    """Who erases the note of a redaction, and says so, could slip another stub in: that is found."""
    with Ledger.open(path, by="analyst", clock=Clock()) as ledger:
        note = ledger.redact(1, "A court ordered it")
        stored = ledger._store.rows.numbered(note.number)
        assert stored is not None
        left = stub_of(note, stored.stored, {})
    with shell(path) as run:
        run("UPDATE stored_events SET state = ? WHERE rowid = ?", left, note.number)
    with Ledger.open(path, by="analyst") as ledger:
        told = [str(one) for one in ledger.verify().findings]
    assert f"entry {note.number}: it told of a redaction, and what does is never erased" in told


def test_an_entry_is_redacted_once(path: Path) -> None:
    """A second note about the same redaction is found."""
    with Ledger.open(path, by="analyst", clock=Clock()) as ledger:
        note = ledger.redact(1, "A court ordered it")
        again = attrs.evolve(note, number=note.number + 1, place=note.number + 1)
        row = ledger._store.rows.numbered(note.number)
        assert row is not None
        ledger._store.append([row._replace(version=row.version + 1, stored=encode(again))], after=note.number)
        told = [str(one) for one in ledger.verify().findings]
    assert told == [f"entry {again.number}: it says that entry 1 was redacted, and entry {note.number} says so already"]


def test_no_proof_is_given_of_an_entry_that_was_changed(path: Path) -> None:
    """Whoever it were given to would find that it does not hold."""
    key = SigningKey.generate("ledger.example")
    with Ledger.open(path, by="analyst") as ledger:
        signed = ledger.checkpoint(key)
        with shell(path) as run:
            run("UPDATE stored_events SET state = CAST(replace(state, 'Good', 'Inadequate') AS BLOB) WHERE rowid = 1")
        with pytest.raises(ProofError, match="entry 1 is not what was recorded: run `trust-ledger verify` with the checkpoint"):
            ledger.prove(1, signed)
