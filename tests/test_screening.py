"""What a ledger does with what looks like personal data: it warns, or refuses, before anything is recorded."""

import warnings
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from ledger import Citation, Draft, Ledger, Source
from ledger._demo import example_files
from ledger._screening import screen
from ledger.errors import PersonalDataError, PersonalDataWarning
from ledger.events import ActionCommitted, ActionCompleted, BreachFound, ConcernRaised, Event, Evidence, RatingStated
from ledger.sources import Place, ingest, read

PAPER = Source(publisher="The trust", title="Board paper", marking="public", published="2026-01-28")
LETTER = Source(publisher="Dr Smith", title="Letter to jane@example.org", marking="public", published="2026-01-29", via=PAPER)
CLEAN = BreachFound(trust="RHA", breach="staffing", as_described="There were not enough staff", on="2026-01")
NAMED = BreachFound(trust="RHA", breach="records", as_described="Mrs A. Patel altered records", on="2026-01")


@pytest.fixture
def ledger() -> Ledger:
    """Give an empty ledger that warns."""
    return Ledger.open(":memory:", by="analyst")


@pytest.fixture
def careful() -> Ledger:
    """Give an empty ledger that refuses."""
    return Ledger.open(":memory:", by="analyst", refuse_personal=True)


def fields(*drafts: Draft) -> list[str]:
    """Give where something was found, and what."""
    return [str(one) for one in screen(drafts)]


def test_every_text_of_a_draft_is_looked_at() -> None:
    """Of the event, also within its values; of sources and those they are known through; of citations, keys and reasons."""
    evidence = Evidence(kind="report", reference="Prof Smith", seen_by="lead")
    event = ActionCompleted(trust="RHA", action="wards", title="Done, says Ms Jones", on="2026-01", evidence=[evidence])
    cited = Citation(source=attrs.evolve(PAPER, via=LETTER), at="page 3, 07700 900123")
    assert fields(Draft(event=event, sources=[cited], key="Sir John Smith", replaces=1, reason="Asked by Mr Smith")) == [
        "RHA ActionCompleted.title: the name of a person (Ms J…)",
        "RHA ActionCompleted.evidence[0].reference: the name of a person (Prof S…)",
        "RHA sources[0].source.via.publisher: the name of a person (Dr S…)",
        "RHA sources[0].source.via.title: an e-mail address (j…@example.org)",
        "RHA sources[0].at: a telephone number (077…)",
        "RHA key: the name of a person (Sir J…)",
        "RHA reason: the name of a person (Mr S…)",
    ]


def test_each_of_a_set_is_looked_at_and_an_id_too() -> None:
    """An id may hold a number that is somebody's."""
    event = ActionCommitted(
        trust="RHA", action="patient-9434765919", title="Call", on="2026-01", subject_to=["Dr Smith agrees", "Funding is found"]
    )
    assert fields(Draft(event=event, key=event.key)) == [
        "RHA ActionCommitted.action: an NHS number (943…)",
        "RHA ActionCommitted.subject_to: the name of a person (Dr S…)",
    ]


def test_among_many_drafts_the_one_is_found() -> None:
    """Whatever types of event stand before and after it."""
    rated = RatingStated(trust="RVN", on="2026-01", rating="Good", service="Wards")
    assert fields(Draft(event=rated), Draft(event=NAMED, sources=[PAPER]), Draft(event=CLEAN), Draft(event=rated)) == [
        "RHA BreachFound.as_described: the name of a person (Mrs A…)"
    ]
    assert fields(Draft(event=rated), Draft(event=CLEAN, sources=[PAPER])) == fields() == []


def test_an_event_of_ones_own_is_looked_through() -> None:
    """Whatever its fields are said to be."""
    kind = attrs.make_class(
        "_Remarked",
        {"remark": attrs.field(), "weight": attrs.field(type=int)},
        bases=(Event,),
        frozen=True,
        kw_only=True,
    )
    assert fields(Draft(event=kind(trust="RHA", on="2026-01", remark="Dr Smith came", weight=3))) == [
        "RHA _Remarked.remark: the name of a person (Dr S…)"
    ]


def test_a_warning_is_given_once_at_the_line_that_records(ledger: Ledger) -> None:
    """It lists a few of what was found, and what to do; it is recorded all the same."""
    many = [attrs.evolve(NAMED, breach=f"records-{letter.lower()}", as_described=f"Dr {letter}mith") for letter in "ABCDEFG"]
    with pytest.warns(PersonalDataWarning) as given:
        entries = ledger.record(*many)
    (warning,) = given
    assert Path(warning.filename) == Path(__file__)
    assert isinstance(warning.message, PersonalDataWarning)
    assert len(warning.message.findings) == 7
    assert str(warning.message).startswith(
        "this looks like personal data: RHA BreachFound.as_described: the name of a person (Dr A…)"
    )
    assert len(entries) == ledger.last == 7


def test_a_warning_counts_what_it_does_not_list(ledger: Ledger) -> None:
    """Five are listed."""
    text = "jane@a.org, jane@b.org, jane@c.org, jane@d.org, jane@e.org, jane@f.org"
    with pytest.warns(PersonalDataWarning, match=r"e\.org\); and 1 more: name the role or the body instead$"):
        ledger.record(attrs.evolve(NAMED, as_described=text))


def recorded(ledger: Ledger) -> None:
    """Record one clean fact and one that names somebody."""
    ledger.record(attrs.evolve(CLEAN, id="other"), NAMED)


def corrected(ledger: Ledger) -> None:
    """Correct a clean fact by one that names somebody."""
    ledger.correct(1, NAMED, reason="misread")


def corrected_for_a_reason(ledger: Ledger) -> None:
    """Correct a clean fact by another, for a reason that names somebody."""
    ledger.correct(1, attrs.evolve(CLEAN, on="2026-02"), reason="says Mr Smith")


def retracted(ledger: Ledger) -> None:
    """Take a fact back for a reason that names somebody."""
    ledger.retract(1, reason="says Mr Smith")


def corroborated(ledger: Ledger) -> None:
    """Give a fact a source that somebody wrote."""
    ledger.corroborate(1, LETTER)


WAYS = (recorded, corrected, corrected_for_a_reason, retracted, corroborated)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_record_warns_at_the_callers_line(way: Callable[[Ledger], None], ledger: Ledger) -> None:
    """Once, and then records."""
    ledger.record(CLEAN)
    with pytest.warns(PersonalDataWarning) as given:
        way(ledger)
    assert [Path(one.filename) for one in given] == [Path(__file__)]
    assert ledger.last > 1


@pytest.mark.parametrize("way", WAYS)
def test_a_ledger_that_refuses_records_nothing(way: Callable[[Ledger], None], careful: Ledger) -> None:
    """All or nothing; the error tells what was found, masked. So does a copy of it."""
    careful.record(CLEAN)
    for one in (careful, careful.fork()):
        with pytest.raises(PersonalDataError, match="nothing was recorded") as refused:
            way(one)
        assert refused.value.findings
        assert "Patel" not in str(refused.value)
        assert one.last == 1


def test_a_sweep_and_clean_facts_give_no_warning(ledger: Ledger) -> None:
    """Nor does a ledger say that it refuses unless it was told to."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ledger.record(
            CLEAN, ActionCommitted(trust="RHA", action="wards", title="Close", due="2026-02", on="2026-01"), sources=[PAPER]
        )
        ledger.sweep("2026-04-01")
    assert not ledger.refuses_personal


def test_the_example_ledger_holds_nothing_that_looks_like_personal_data(careful: Ledger) -> None:
    """A ledger that refuses takes it in, and its files have no warning."""
    files = example_files()
    assert read(files).personal == ()
    assert len(ingest(careful, files).recorded) > 100


def test_the_warning_of_an_ingest_is_at_the_line_that_called_it(ledger: Ledger, tmp_path: Path) -> None:
    """Not within this package; what was found is given with its place."""
    path = tmp_path / "RHA.yaml"
    path.write_text("trust: RHA\nevents:\n  - ConcernRaised: {concern: letter, on: 2026-01, text: Dr Smith left}\n")
    with pytest.warns(PersonalDataWarning) as given:
        done = ingest(ledger, [path])
    assert [Path(one.filename) for one in given] == [Path(__file__)]
    assert [one.place for one in done.personal] == [Place(str(path), 3, 51)]
    assert isinstance(ledger.entries[0].event, ConcernRaised)
