"""Quality statements: how CQC last scored each."""

from datetime import date
from itertools import permutations

import pytest

from ledger import When
from ledger.events import KeyQuestion, QualityStatementScored, ScoreBasis, StatementScore
from ledger.projections.quality_statements import QualityStatement, quality_statements


def scored(score: str, on: str = "2024-05-10", **more: str) -> QualityStatementScored:
    """Give a score of one statement of a location."""
    return QualityStatementScored(
        trust="RHA",
        on=on,
        location=more.pop("location", "1-123456789"),
        key_question=more.pop("key_question", "Safe"),
        quality_statement=more.pop("quality_statement", "Safe environments"),
        score=score,
        **more,
    )


def one(*given: QualityStatementScored) -> QualityStatement:
    """Give the one statement that is on record."""
    (found,) = quality_statements.fold(given).rows()
    return found


def test_a_score_is_on_record_with_what_it_is_of() -> None:
    """The slot, the statement, the score, its day, its basis and the inspection are kept."""
    fact = scored("3", service="Acute wards", basis="assessed", inspection="visit-1")
    found = one(fact)
    assert found == QualityStatement(
        location="1-123456789",
        service="Acute wards",
        key_question=KeyQuestion.SAFE,
        quality_statement="Safe environments",
        score=StatementScore.GOOD,
        since=When("2024-05-10"),
        basis=ScoreBasis.ASSESSED,
        inspection="visit-1",
        last_heard=date(2024, 5, 10),
    )
    assert found.about == fact.about


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (scored("3"), "1-123456789, Safe, Safe environments: score 3 of 4, published 10 May 2024"),
        (
            scored("1", service="Wards", basis="assessed"),
            "1-123456789, Wards, Safe, Safe environments: score 1 of 4, published 10 May 2024; assessed this time",
        ),
        (
            scored("2", basis="not assessed"),
            "1-123456789, Safe, Safe environments: score 2 of 4, published 10 May 2024; carried over, not assessed this time",
        ),
        (scored("Regulations met"), "1-123456789, Safe, Safe environments: Regulations met, published 10 May 2024"),
    ],
)
def test_a_score_reads_aloud(fact: QualityStatementScored, words: str) -> None:
    """What is scored, the score out of 4 or CQC's words in place of one, when, and whether it was assessed this time."""
    assert str(one(fact)) == words


@pytest.mark.parametrize(
    "other",
    [{"location": "1-987654321"}, {"key_question": "Caring"}, {"quality_statement": "Safe systems"}, {"service": "Wards"}],
)
def test_each_part_of_the_slot_and_the_statement_tell_scores_apart(other: dict[str, str]) -> None:
    """A score of another location, service, key question or statement leaves this one as it is."""
    rows = quality_statements.fold([scored("3"), scored("2", **other)]).rows()
    assert sorted(row.score for row in rows) == ["2", "3"]


@pytest.mark.parametrize("score", ["4", "3", "Regulations met"])
def test_the_later_score_stands_with_what_is_said_of_it(score: str) -> None:
    """A later score displaces an earlier one, lower or higher, and nothing of the earlier is borrowed."""
    found = one(scored("3", basis="assessed", inspection="visit-1"), scored(score, "2025-05-10"))
    assert (found.score, found.since, found.basis, found.inspection, found.also) == (score, When("2025-05-10"), None, None, ())
    assert found.last_heard == date(2025, 5, 10)


@pytest.mark.parametrize("given", list(permutations(["4", "2", "3"])))
def test_of_one_date_the_lowest_stands_and_names_the_others(given: tuple[str, ...]) -> None:
    """However many scores bear one date, whichever was recorded first."""
    found = one(*(scored(score) for score in given))
    assert (found.score, found.also) == ("2", ("3", "4"))
    assert found.summary == "score 2 of 4, published 10 May 2024; another score bears the same date: 3, 4; the lower is shown"


@pytest.mark.parametrize(
    ("given", "stands"),
    [
        (("Not all regulations met", "1"), "Not all regulations met"),
        (("1", "Regulations met"), "1"),
        (("4", "Regulations met"), "4"),
        (("Not all regulations met", "Regulations met"), "Not all regulations met"),
    ],
)
def test_of_one_date_words_never_hide_a_lower_score(given: tuple[str, str], stands: str) -> None:
    """That regulations are met hides no score; that they are not is the lowest of all."""
    assert [one(*(scored(score) for score in order)).score for order in (given, given[::-1])] == [stands, stands]


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_of_one_date_what_is_said_of_another_score_is_not_borrowed(given: tuple[int, ...]) -> None:
    """Basis and inspection are those of the score that stands, of which each telling may fill gaps."""
    facts = [scored("3", basis="assessed", inspection="visit-1"), scored("2"), scored("2", basis="not assessed")]
    found = one(*(facts[place] for place in given))
    assert (found.score, found.basis, found.inspection, found.also) == ("2", ScoreBasis.NOT_ASSESSED, None, ("3",))


@pytest.mark.parametrize("given", list(permutations(range(3))))
def test_one_score_told_more_than_once_stands_once(given: tuple[int, ...]) -> None:
    """What different sources say of one score of one date is put together, in whatever order."""
    facts = [scored("3", basis="assessed"), scored("3", inspection="visit-1"), scored("3", inspection="visit-2")]
    found = one(*(facts[place] for place in given))
    assert (found.basis, found.inspection, found.also) == (ScoreBasis.ASSESSED, "visit-1", ())
