"""Ledger files against a ledger: what is new, changed, gone and taken back, and what is recorded of it."""

from datetime import date, datetime
from pathlib import Path

import pytest

from ledger import Citation, Ledger, Marking, Source
from ledger._store import MemoryRecorder
from ledger.errors import CorrectionError, LedgerFileError
from ledger.events import ActionCommitted, Event, Retracted
from ledger.sources import ingest
from ledger.testing import Clock

FILE = """\
trust: RHA
sources:
  letter: {title: Open letter, publisher: The trust, published: 2026-03-01, marking: public}
events:
  - TrustRegistered: {on: ../2026-03, name: A trust}
    sources: [{ref: letter}]
  - ActionCommitted: {action: wards, on: 2026-03, title: End dormitory wards, due: 2027-03}
    sources: [{ref: letter, at: first bullet}]
    inferred: [on]
"""


@pytest.fixture
def ledger() -> Ledger:
    """Give an empty ledger."""
    return Ledger(MemoryRecorder(), by="analyst", clock=Clock())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a ledger file of two facts."""
    path = tmp_path / "RHA.yaml"
    path.write_text(FILE)
    return path


def rewrite(file: Path, before: str, after: str) -> None:
    """Change a file."""
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


def due(ledger: Ledger, **when: datetime) -> str:
    """Give the due period of the action, as known at a moment."""
    return str(ledger.at("2026-12-31", known_at=when.get("known_at")).trust("RHA").actions["wards"].due)


def test_what_is_new_is_recorded_with_sources_inferred_and_key(ledger: Ledger, file: Path) -> None:
    """The first ingest records every fact, in one transaction."""
    done = ingest(ledger, [file])
    assert [entry.number for entry in done.recorded] == [1, 2]
    assert len({entry.recorded_at for entry in done.recorded}) == 1
    committed = done.recorded[1]
    assert (committed.key, sorted(committed.inferred), committed.recorded_by) == ("ActionCommitted/wards", ["on"], "analyst")
    assert [str(citation.at) for citation in committed.sources] == ["first bullet"]


def test_the_second_time_nothing_happens(ledger: Ledger, file: Path) -> None:
    """A file that is as on record adds nothing."""
    ingest(ledger, [file])
    done = ingest(ledger, [file])
    assert done.recorded == ()
    assert done.comparison.unchanged == 2


def test_a_changed_due_date_is_shown_and_only_corrected_when_asked(ledger: Ledger, file: Path) -> None:
    """Without `correct` the change is reported; with it, it is made, and views known before it answer as before."""
    before = ingest(ledger, [file]).recorded[-1].recorded_at
    rewrite(file, "due: 2027-03", "due: 2027-06")
    shown = ingest(ledger, [file])
    assert shown.recorded == ()
    (correction,) = shown.comparison.corrections
    assert [(name, str(old), str(new)) for name, old, new in correction.differences()] == [("due", "2027-03", "2027-06")]
    assert due(ledger) == "2027-03"
    made = ingest(ledger, [file], correct=True, reason="the letter says June").recorded
    assert [(entry.replaces, entry.reason, entry.key, entry.place) for entry in made] == [
        (2, "the letter says June", "ActionCommitted/wards", 2)
    ]
    assert due(ledger) == "2027-06"
    assert due(ledger, known_at=before) == "2027-03"
    assert ingest(ledger, [file]).comparison.unchanged == 2


def test_a_field_no_longer_inferred_is_a_correction(ledger: Ledger, file: Path) -> None:
    """What is marked inferred is part of what an entry says."""
    ingest(ledger, [file])
    rewrite(file, "    inferred: [on]\n", "")
    (correction,) = ingest(ledger, [file], correct=True).comparison.corrections
    assert list(correction.differences()) == [("inferred", {"on"}, frozenset())]
    assert [sorted(e.inferred) for e in ledger.at("2027-01-01").standing("RHA")] == [[], []]
    assert ledger.entries[-1].reason == "the ledger file was changed"


def test_what_has_gone_is_reported_and_only_taken_back_when_asked(ledger: Ledger, file: Path) -> None:
    """A fact that is in its file no longer stays, unless `retract` is asked for."""
    ingest(ledger, [file])
    file.write_text(FILE[: FILE.index("  - ActionCommitted")])
    assert [entry.number for entry in ingest(ledger, [file]).comparison.gone] == [2]
    assert "wards" in ledger.at("2026-12-31").trust("RHA").actions
    (note,) = ingest(ledger, [file], retract=True).recorded
    assert (note.event, note.replaces, note.reason) == (Retracted(trust="RHA", entry=2), 2, "no longer in the ledger file")
    assert len(ledger.at("2026-12-31").trust("RHA").actions) == 0
    assert ingest(ledger, [file]).comparison.gone == ()


def test_what_was_recorded_by_hand_is_not_gone(ledger: Ledger, file: Path) -> None:
    """Entries that never came from a file are none of its business."""
    ledger.record(ActionCommitted(trust="RHA", on="2026", action="other", title="Other"))
    assert ingest(ledger, [file]).comparison.gone == ()


def test_what_was_taken_back_in_the_ledger_is_reported_and_not_recorded_again(ledger: Ledger, file: Path) -> None:
    """A retraction outside the file stands; the file is told of it."""
    ingest(ledger, [file])
    ledger.retract(2, reason="never promised")
    done = ingest(ledger, [file])
    assert done.recorded == ()
    assert [(item.key, entry.number) for item, entry in done.comparison.retracted] == [("ActionCommitted/wards", 2)]


def test_a_further_source_is_a_corroboration(ledger: Ledger, file: Path) -> None:
    """A source added in the file is added to the entry that stands; the one on record stays."""
    ingest(ledger, [file])
    rewrite(file, "[{ref: letter, at: first bullet}]", "[{ref: letter, at: first bullet}, {ref: letter, at: last page}]")
    done = ingest(ledger, [file])
    assert ([item.key for item in done.comparison.further], len(done.recorded)) == (["ActionCommitted/wards"], 1)
    (entry,) = (e for e in ledger.at("2027-01-01").standing("RHA") if e.number == 2)
    assert [citation.at for citation in entry.sources] == ["first bullet", "last page"]
    assert ingest(ledger, [file]).recorded == ()


def test_a_stricter_marking_counts_at_once_and_a_laxer_one_never(ledger: Ledger, file: Path) -> None:
    """Marked confidential, a source leaves every public view; marked public again, it is reported and stays out."""
    ingest(ledger, [file])
    assert ledger.at("2026-12-31", public_on="2026-12-31").trusts() == ("RHA",)
    rewrite(file, "marking: public", "marking: confidential")
    ingest(ledger, [file])
    assert ledger.at("2026-12-31", public_on="2026-12-31").trusts() == ()
    assert ledger.marking(Source(title="Open letter", publisher="The trust", marking="public")) is Marking.CONFIDENTIAL
    rewrite(file, "marking: confidential", "marking: public")
    strict = ingest(ledger, [file]).comparison.strict
    assert strict == ("The trust, “Open letter” (public, published 1 March 2026) is marked confidential on record",)
    assert ledger.at("2026-12-31", public_on="2026-12-31").trusts() == ()


def test_an_equal_fact_recorded_by_hand_is_matched_first(ledger: Ledger, file: Path) -> None:
    """A fact on record without a key is recognised by what it says, and gets the file's source."""
    ledger.record(
        ActionCommitted(trust="RHA", on="2026-03", action="wards", title="End dormitory wards", due="2027-03"), inferred=["on"]
    )
    done = ingest(ledger, [file])
    assert [item.key for item in done.comparison.new] == ["TrustRegistered"]
    assert [item.key for item in done.comparison.further] == ["ActionCommitted/wards"]


def test_a_file_may_refer_to_what_the_ledger_has_on_record(ledger: Ledger, file: Path, tmp_path: Path) -> None:
    """A reference is looked for in the files first, then in the ledger."""
    ingest(ledger, [file])
    more = tmp_path / "more.yaml"
    more.write_text("trust: RHA\nevents:\n  - ActionReopened: {on: 2026-06, action: wards}\n")
    assert len(ingest(ledger, [more]).recorded) == 1


def test_files_with_a_problem_record_nothing(ledger: Ledger, file: Path, tmp_path: Path) -> None:
    """One bad file among good ones: nothing is recorded, and every problem is told."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("trust: RVN\nevents:\n  - Nothing: {}\n")
    with pytest.raises(LedgerFileError, match=r"bad.yaml:3:5: there is no event type 'Nothing'") as refused:
        ingest(ledger, [file, bad])
    assert len(refused.value.problems) == 1
    assert ledger.entries == ()


def test_a_refused_correction_records_nothing(ledger: Ledger, file: Path) -> None:
    """A correction that would leave a public entry without a public source is refused, with all that came along."""
    ingest(ledger, [file])
    rewrite(file, "due: 2027-03}\n    sources: [{ref: letter, at: first bullet}]", "due: 2027-04}")
    rewrite(file, "events:\n", "events:\n  - RatingChanged: {on: 2026, rating: Good}\n")
    with pytest.raises(CorrectionError, match="entry 2 is public"):
        ingest(ledger, [file], correct=True)
    assert len(ledger.entries) == 2


def test_the_order_of_files_makes_no_difference(tmp_path: Path, ledger: Ledger) -> None:
    """Two files, either way round: the same entries with the same numbers."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(
        "trust: RHA\nevents:\n  - RatingChanged: {on: 2026, rating: Good}\n  - RatingChanged: {id: b, on: 2025, rating: Good}\n"
    )
    two.write_text("trust: RVN\nevents:\n  - RatingChanged: {on: 2025-06, rating: Good}\n")
    other = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    ingest(ledger, [one, two])
    ingest(other, [two, one])
    assert ledger.entries == other.entries
    assert [e.event.trust for e in ledger.entries] == ["RVN", "RHA", "RHA"]
    assert all(isinstance(e.event, Event) and e.event.on.is_by(date(2026, 12, 31)) for e in ledger.entries)
    assert all(isinstance(citation, Citation) for e in ledger.entries for citation in e.sources)
