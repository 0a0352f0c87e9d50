"""The vocabularies: what is in them, how they are ordered, and what is said of a word that is not."""

import pytest

from ledger.errors import LedgerError, WordError
from ledger.events import (
    Called,
    ConcernStatus,
    Firmness,
    Framework,
    Grade,
    KeyQuestion,
    Level,
    NoticeOutcome,
    Rating,
    Regulation,
    RequirementOutcome,
    Word,
)


@pytest.mark.parametrize(
    ("rating", "rank"),
    [
        ("Outstanding", 3),
        ("Good", 2),
        ("Requires improvement", 1),
        ("Inadequate", 0),
        ("Inspected but not rated", None),
        ("Insufficient evidence to rate", None),
        ("No published rating", None),
    ],
)
def test_only_four_ratings_are_ranked(rating: str, rank: int | None) -> None:
    """Outstanding is the best and Inadequate the worst; what is no judgement has no rank."""
    assert Rating(rating).rank == rank


def test_every_rating_has_its_rank_told() -> None:
    """There are nine ratings, and no two ranked ones are equal."""
    ranks = [rating.rank for rating in Rating]

    assert ranks == [3, 2, 1, 0, None, None, None, None, None]


def test_frameworks_are_ordered_by_age() -> None:
    """A framework is older than those that CQC used after it, and not older than itself."""
    older = [(one.value, other.value) for one in Framework for other in Framework if one.is_older_than(other)]

    assert older == [
        ("KLOE 2014", "Next phase 2017"),
        ("KLOE 2014", "Single Assessment Framework 2024"),
        ("KLOE 2014", "Sector frameworks 2026"),
        ("Next phase 2017", "Single Assessment Framework 2024"),
        ("Next phase 2017", "Sector frameworks 2026"),
        ("Single Assessment Framework 2024", "Sector frameworks 2026"),
    ]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("4", "requirements where the provider is an individual or partnership"),
        ("5", "fit and proper persons: directors"),
        ("6", "requirement where the provider is a body other than a partnership"),
        ("7", "requirements relating to registered managers"),
        ("8", "general"),
        ("9", "person-centred care"),
        ("9A", "visiting and accompanying in care homes, hospitals and hospices"),
        ("10", "dignity and respect"),
        ("11", "need for consent"),
        ("12", "safe care and treatment"),
        ("13", "safeguarding service users from abuse and improper treatment"),
        ("14", "meeting nutritional and hydration needs"),
        ("15", "premises and equipment"),
        ("16", "receiving and acting on complaints"),
        ("17", "good governance"),
        ("18", "staffing"),
        ("19", "fit and proper persons employed"),
        ("20", "duty of candour"),
        ("20A", "requirement as to display of performance assessments"),
        ("2009/12", "statement of purpose"),
        ("2009/13", "financial position"),
        ("2009/14", "notice of absence"),
        ("2009/15", "notice of changes"),
        ("2009/16", "notification of death of service user"),
        ("2009/17", "notification of death or unauthorised absence of a detained service user"),
        ("2009/18", "notification of other incidents"),
    ],
)
def test_a_regulation_has_a_title_in_words(number: str, title: str) -> None:
    """A regulation is written by its number and said by what it is about."""
    regulation = Regulation(number)

    assert regulation.title == title
    assert str(regulation) == number


def test_no_two_regulations_have_one_title() -> None:
    """A title tells a regulation from every other, of both sets."""
    assert len({regulation.title for regulation in Regulation}) == len(Regulation) == 26


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [
        (KeyQuestion, ["Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall"]),
        (Called, ["inspection", "assessment", "review"]),
        (Grade, ["concern", "strength", "outstanding practice"]),
        (Level, ["must", "should", "not stated"]),
        (RequirementOutcome, ["met", "partly met", "not met"]),
        (NoticeOutcome, ["complied", "partly complied", "not complied"]),
        (Firmness, ["committed", "scheduled", "targeted", "ambition"]),
    ],
)
def test_words_are_those_of_the_field(vocabulary: type[Word], words: list[str]) -> None:
    """The words of regulators and the NHS are kept as they write them, and read back as themselves."""
    assert [str(word) for word in vocabulary] == words
    assert [vocabulary(word) for word in words] == list(vocabulary)


@pytest.mark.parametrize(
    ("vocabulary", "word", "message"),
    [
        (
            Firmness,
            "commited",
            "'commited' is not a firmness: use one of committed, scheduled, targeted, ambition; did you mean 'committed'?",
        ),
        (Grade, "bad", "'bad' is not a grade: use one of concern, strength, outstanding practice"),
        (Level, "Must", "'Must' is not a level: use one of must, should, not stated; did you mean 'must'?"),
        (
            KeyQuestion,
            "Well led",
            "'Well led' is not a key question: use one of Safe, Effective, Caring, Responsive, Well-led, Overall; did you mean 'Well-led'?",
        ),
        (RequirementOutcome, "done", "'done' is not a requirement outcome: use one of met, partly met, not met"),
        (ConcernStatus, "", "'' is not a concern status: use one of alleged, reported"),
        (NoticeOutcome, None, "None is not a notice outcome: use one of complied, partly complied, not complied"),
        (NoticeOutcome, 1, "1 is not a notice outcome: use one of complied, partly complied, not complied"),
    ],
)
def test_a_word_that_is_not_in_a_vocabulary_is_refused(vocabulary: type[Word], word: object, message: str) -> None:
    """A word is never guessed: the error names the words there are and the nearest, if one is near."""
    with pytest.raises(WordError) as caught:
        vocabulary(word)  # type: ignore[arg-type]  # some of them are no texts

    assert str(caught.value) == message
    assert caught.value.value == word
    assert isinstance(caught.value, LedgerError)
    assert isinstance(caught.value, ValueError)
