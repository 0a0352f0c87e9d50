"""Papers put to bodies, what they asked for and what was resolved."""

from datetime import date

from ledger import When
from ledger.events import PaperPresented
from ledger.projections.papers import Paper, papers

PRESENTED = PaperPresented(
    trust="RT5",
    on="2026-03-04",
    paper="inspection-update",
    title="CQC inspection update",
    body="Health Overview and Scrutiny Committee",
    by="Chief Nurse",
    asked="to note the report",
    resolved="that the report be noted",
    meeting="scrutiny-march",
)


def test_a_paper_is_on_record_as_presented() -> None:
    """Everything that is said of a paper is kept."""
    assert papers.fold([PRESENTED])["inspection-update"] == Paper(
        paper="inspection-update",
        title="CQC inspection update",
        body="Health Overview and Scrutiny Committee",
        presented_on=When("2026-03-04"),
        by="Chief Nurse",
        asked="to note the report",
        resolved="that the report be noted",
        meeting="scrutiny-march",
        last_heard=date(2026, 3, 4),
    )


def test_a_paper_stands_as_last_told() -> None:
    """A paper told of again is as told then; other papers stay."""
    given = [
        PRESENTED,
        PaperPresented(trust="RT5", on="2026-03-05", paper="risk-register", title="Risk register", body="Board"),
        PaperPresented(trust="RT5", on="2026-04", paper="inspection-update", title="Update", body="Board"),
    ]
    assert papers.fold(given).rows() == (
        Paper(
            paper="inspection-update", title="Update", body="Board", presented_on=When("2026-04"), last_heard=date(2026, 4, 30)
        ),
        Paper(
            paper="risk-register",
            title="Risk register",
            body="Board",
            presented_on=When("2026-03-05"),
            last_heard=date(2026, 3, 5),
        ),
    )


def test_a_paper_reads_aloud() -> None:
    """The words of a paper say to whom it was put, when, by whom, what it asked for and what was resolved."""
    paper = papers.fold([PRESENTED])["inspection-update"]
    assert paper.about == ("paper", "inspection-update")
    assert str(paper) == (
        "CQC inspection update: to Health Overview and Scrutiny Committee, 4 March 2026; by Chief Nurse; "
        "asked: to note the report; resolved: that the report be noted"
    )


def test_a_paper_without_a_resolution_says_so() -> None:
    """A paper of which no resolution is known says that none is on record."""
    bare = PaperPresented(trust="RT5", on="2026-03-04", paper="update", title="Update", body="Board")
    assert str(papers.fold([bare])["update"]) == "Update: to Board, 4 March 2026; no resolution on record"
