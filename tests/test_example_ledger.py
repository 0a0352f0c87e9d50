"""The example ledger: what it answers, that it cites everything, and that it copies nothing and names nobody."""

import os
import random
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger import Entry, Ledger, Marking
from ledger._demo import example_files
from ledger._show import plain
from ledger._store import MemoryRecorder
from ledger.errors import NotOnRecordError
from ledger.projections import PROJECTIONS
from ledger.sources import ingest
from ledger.testing import Clock

SHARED = Path(__file__).parents[2] / "shared" / "sources"
SERVICE = "Community-based mental health services for adults of working age"
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Give the example ledger."""
    made = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    ingest(made, example_files())
    return made


def table(ledger: Ledger, day: str) -> list[str | None]:
    """Give the ratings of the Leicestershire service on a day, in CQC's order."""
    ratings = ledger.at(day).trust("RT5").ratings
    found = (ratings.of(question, service=SERVICE) for question in QUESTIONS)
    return [None if rated is None else str(rated.rating) for rated in found]


RI, GOOD = "Requires improvement", "Good"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-04-29", [None] * 6),
        ("2018-04-30", [RI, RI, GOOD, RI, GOOD, RI]),
        ("2026-01-12", [RI, RI, GOOD, RI, GOOD, RI]),
        ("2026-01-13", [GOOD, GOOD, GOOD, RI, RI, RI]),
    ],
)
def test_the_leicestershire_table_changes_when_cqc_publishes(day: str, expected: list[str | None], ledger: Ledger) -> None:
    """A row of the table takes effect when CQC published it, not in the year it is labelled with; the coloured cells mean Good."""
    assert table(ledger, day) == expected


@pytest.mark.parametrize(("day", "rating"), [("2025-05-29", GOOD), ("2025-05-30", RI)])
def test_avon_and_wiltshire_is_downgraded_on_the_day_of_publication(day: str, rating: str, ledger: Ledger) -> None:
    """Well-led was Good until 29 May 2025; also as the public could know it."""
    for view in (ledger.at(day), ledger.at(day, public_on=day)):
        rated = view.trust("RVN").ratings.of("Well-led")
        assert rated is not None
        assert rated.rating == rating


@pytest.mark.parametrize(
    ("day", "submission", "dormitories"),
    [
        ("2026-03-30", None, None),
        ("2026-03-31", "open", "open"),
        ("2026-04-01", "overdue", "open"),
        ("2027-03-31", "overdue", "open"),
        ("2027-04-01", "overdue", "past-target"),
    ],
)
def test_the_dormitory_deadlines_pass_at_midnight(
    day: str, submission: str | None, dormitories: str | None, ledger: Ledger
) -> None:
    """The planning submission of March 2026 and the target of March 2027, each on its last day and the day after."""
    actions = ledger.at(day).trust("RHA").actions
    found = [
        actions[name].status if name in actions else None for name in ("dormitory-planning-submission", "dormitory-eradication")
    ]
    assert found == [submission, dormitories]


def test_nottinghamshire_was_reaffirmed_and_its_inspection_took_months_to_publish(ledger: Ledger) -> None:
    """Rated the same again; from visit to publication there is a range, as neither date is a day."""
    state = ledger.at("2026-03-31").trust("RHA")
    rated = state.ratings.of("Well-led")
    assert rated is not None
    assert (rated.rating, str(rated.reaffirmed_on)) == (RI, "2025-10/2026-03")
    (well_led,) = (one for one in state.inspections.values() if one.key_question == "Well-led")
    assert well_led.days_to_publication == (1, 211)


def test_the_notices_stand_where_they_were_last_heard_of(ledger: Ledger) -> None:
    """One followed up with the outcome awaited, one with no outcome on record."""
    statuses = {
        code: [notice.status for notice in ledger.at("2026-03-31").trust(code).notices.values()] for code in ("RT5", "RVN")
    }
    assert statuses == {"RT5": ["followed up January 2026, outcome awaited"], "RVN": ["no outcome on record"]}


def test_allegations_stay_allegations_and_a_notice_intended_is_not_given(ledger: Ledger) -> None:
    """Of 2012, nothing was substantiated on record, and no agreement ended."""
    state = ledger.at("2026-03-31").trust("RVN")
    assert len(state.concerns) > 20
    assert all(concern.substantiated_on is None for concern in state.concerns.values())
    assert {agreement.notice_given_on for agreement in state.agreements.values()} == {None}
    assert any(agreement.status == "notice intended; none given on record" for agreement in state.agreements.values())


def test_every_entry_cites_a_source_and_a_place(ledger: Ledger) -> None:
    """No fact without its document, and where in it."""
    assert [e.number for e in ledger.entries if not e.sources or not all(citation.at for citation in e.sources)] == []


def of_2012(ledger: Ledger) -> list[Entry]:
    """Give the entries of the confidential paper."""
    return [e for e in ledger.entries if any(citation.source.marking is Marking.CONFIDENTIAL for citation in e.sources)]


def test_nothing_of_the_confidential_paper_is_in_any_public_view(ledger: Ledger) -> None:
    """Its entries are in no public view, whatever the dates, and in no count of one."""
    hidden = {e.number for e in of_2012(ledger)}
    assert len(hidden) > 40
    for day in ("2012-02-29", "2012-12-31", "2026-03-31", "9998-12-31"):
        view = ledger.at(day, public_on="9998-12-31")
        shown = {e.number for code in view.codes() for e in (*view.standing(code), *view.uncertain(code))}
        assert shown & hidden == set()
    report = ledger.at("2026-03-31", public_on="2026-03-31").report("RVN")
    assert (report["concerns"], report["agreements"], report["meetings"]) == ([], [], [])
    assert ledger.at("2012-12-31", public_on="9998-12-31").trusts() == ()


def test_ingesting_twice_adds_nothing_and_the_order_of_files_makes_no_difference(ledger: Ledger) -> None:
    """On a thousand random dates every trust answers alike, whichever way round the files came."""
    assert ingest(ledger, example_files()).recorded == ()
    other = Ledger(MemoryRecorder(), by="analyst", clock=Clock())
    ingest(other, list(reversed(example_files())))
    assert other.entries == ledger.entries
    draw = random.Random(2027)  # noqa: S311  # any thousand days will do, the same ones every time
    days = [date(2009, 1, 1) + timedelta(days=draw.randrange(7000)) for _ in range(1000)]
    for view, again in zip(ledger.over(days), other.over(days), strict=True):
        assert [view.trust(code) for code in ("RHA", "RT5", "RVN")] == [again.trust(code) for code in ("RHA", "RT5", "RVN")]


def test_every_state_of_the_example_ledger_reads_as_text_and_as_json(ledger: Ledger) -> None:
    """On each day on which anything changed, a page and a report of each trust can be made."""
    for code in ("RHA", "RT5", "RVN"):
        for day, _ in ledger.history(code):
            view = ledger.at(day)
            assert str(view.page(code)).startswith(view.trust(code).identity.name or f"({code})")
            assert set(PROJECTIONS) <= view.report(code).keys()


# What only the documents themselves can show


def words(text: str) -> list[str]:
    """Give the words of a text, in small letters, without punctuation."""
    return re.findall(r"[a-z0-9]+", re.sub(r"['\u2019]", "", text.lower()))


def texts(value: Any) -> list[str]:
    """Give every text in a value of JSON."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    return [text for one in value for text in texts(one)] if isinstance(value, list) else []


def told(ledger: Ledger) -> list[str]:
    """Give every text of the example ledger, but for the titles of its sources."""
    places = [citation.at or "" for e in ledger.entries for citation in e.sources]
    return [*places, *(text for e in ledger.entries for text in texts(plain(e.event)))]


@pytest.fixture(scope="module")
def documents() -> list[str]:
    """Give the five documents; in CI they must be there, in a user's clone they need not."""
    found = [path.read_text(encoding="utf-8") for path in sorted(SHARED.glob("*.txt"))]
    if not found and os.environ.get("CI") != "true":
        pytest.skip("the five documents are not beside this clone")
    assert len(found) == 5
    return found


NAMES = (
    "avon and wiltshire mental health partnership nhs trust",
    "community based mental health services for adults of working age",
    "community mental health services for adults of working age",
    "community mental health services for working age adults",
    "cqc inspection update lpt adults community mental health services",
    "secretary of state for health and social care",
)
"""Names of bodies, services and documents, which no one can put in other words."""


def test_no_sentence_is_copied_from_the_documents(documents: list[str], ledger: Ledger) -> None:
    """No text of the example ledger shares a run of eight words with a document, but for names of bodies and services."""
    size = 8
    runs = {tuple(said[n : n + size]) for said in map(words, documents) for n in range(len(said) - size + 1)}
    copied = []
    for text in told(ledger):
        said = words(text)
        shared = [" ".join(said[n : n + size]) for n in range(len(said) - size + 1) if tuple(said[n : n + size]) in runs]
        copied += [run for run in shared if not any(run in name for name in NAMES)]
    assert copied == []


def pairs(text: str) -> set[str]:
    """Give every two words in a row that begin with a capital letter, as names of people do."""
    return {" ".join(pair) for pair in re.findall(r"(?=\b([A-Z][a-z]+) ([A-Z][A-Za-z\u2019'-]+))", text)}


KNOWN = frozenset(
    {
        "Act Committee",
        "Assurance Framework",
        "Big Conversations",
        "Care Provider",
        "Care Quality",
        "Care Race",
        "Care System",
        "Cherry Ward",
        "Corporate Governance",
        "Culture Committee",
        "East Somerset",
        "Equality Framework",
        "Foundation Trust",
        "Health Act",
        "Health Collaborative",
        "Health Overview",
        "Health Partnership",
        "Health Social",
        "Healthcare NHS",
        "In March",
        "Integrated Care",
        "Legislation Operational",
        "Medical Leadership",
        "Mental Health",
        "North East",
        "North Somerset",
        "Nottinghamshire Healthcare",
        "Operational Group",
        "Partnership NHS",
        "Provider Alliance",
        "Quality Commission",
        "Race Equality",
        "Rapid Improvement",
        "Scrutiny Committee",
        "Service Director",
        "Social Care",
        "South Gloucestershire",
        "Speak Up",
        "Valuing Medical",
        "Warning Notice",
        "Wiltshire Council",
        "Wiltshire Mental",
    }
)
"""Bodies, committees, places, roles and programmes, two words at a time."""


def test_nobody_is_named(documents: list[str], ledger: Ledger) -> None:
    """Of what looks like a person's name in a document, only names of bodies, roles and programmes are in the example ledger."""
    shared = set().union(*map(pairs, documents)) & set().union(*map(pairs, told(ledger)))
    assert shared - KNOWN == set()


# The wheel


def test_an_installation_without_the_example_ledger_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the files are missing, the demo says what to do."""
    monkeypatch.setattr("ledger._demo.FOLDERS", (tmp_path,))
    with pytest.raises(NotOnRecordError, match="not part of this installation: install trust-ledger again"):
        example_files()


def test_the_wheel_carries_the_example_ledger_and_its_types(tmp_path: Path) -> None:
    """`demo` needs nothing but the installed wheel; type checkers find `py.typed`."""
    root = Path(__file__).parents[1]
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"ledger/_examples/{code}.yaml" for code in ("RHA", "RT5", "RVN")} <= names
    assert "ledger/py.typed" in names
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment = {**unmeasured, "PYTHONPATH": str(tmp_path / "installed")}
    demo = [sys.executable, "-c", "from ledger.cli import main; main()", "demo"]
    shown = subprocess.run(demo, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "The example ledger is in trust-ledger-demo.db" in shown.stdout
    asked = [*demo[:2], "import ledger; print(ledger.__file__)"]
    where = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert str(tmp_path / "installed") in where.stdout.decode()
