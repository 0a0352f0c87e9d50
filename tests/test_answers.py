"""Answers that are kept: a question that is asked again is looked up, as long as what its answer rests on is the same."""

from ledger._answers import Answers, Question

WHOM, OTHER = [1], [1]  # equal, and not the same


def _question(about: str = "RHA", *, grounds: int = 1, whom: object = WHOM) -> Question:
    return Question((about,), whom, (grounds,))


def test_an_answer_is_given_as_long_as_it_rests_on_the_same() -> None:
    """On other grounds it is not the answer, but the one of before, which may be gone on from."""
    answers = Answers(keep=100)
    assert (answers.to(_question()), answers.before(_question())) == (None, None)
    answers.keep(_question(), "Good", 1)

    assert (answers.to(_question()), answers.before(_question())) == ("Good", "Good")
    assert (answers.to(_question(grounds=2)), answers.before(_question(grounds=2))) == (None, "Good")
    answers.keep(_question(grounds=2), "Inadequate", 1)
    assert (answers.to(_question()), answers.to(_question(grounds=2))) == (None, "Inadequate")


def test_questions_are_told_apart_by_what_is_asked_and_of_whom() -> None:
    """Another trust, and another projection, have answers of their own, even if the projections are equal."""
    answers = Answers(keep=100)
    answers.keep(_question(), "Good", 1)

    assert (answers.to(_question("RVN")), answers.before(_question("RVN"))) == (None, None)
    assert (answers.to(_question(whom=OTHER)), answers.before(_question(whom=OTHER))) == (None, None)


def test_a_projection_that_is_gone_does_not_answer_for_one_that_takes_its_place_in_memory() -> None:
    """The same place in memory is not enough: it must be the same projection."""
    answers = Answers(keep=100)
    answers.keep(_question(), "Good", 1)
    (kept,) = answers._kept.values()
    answers._kept[_question(whom=OTHER).key] = kept

    assert (answers.to(_question(whom=OTHER)), answers.before(_question(whom=OTHER))) == (None, None)


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    """Each answer takes the room that it is said to; the one kept last stays, however much it takes."""
    answers = Answers(keep=6)
    for about in ("RHA", "RVN"):
        answers.keep(_question(about), about, 3)
    assert answers.to(_question("RHA")) == "RHA"
    answers.keep(_question("RT5"), "RT5", 3)

    assert [answers.to(_question(about)) for about in ("RHA", "RVN", "RT5")] == ["RHA", None, "RT5"]
    answers.keep(_question("RHA"), "less", 1)
    answers.keep(_question("RVN"), "RVN", 2)
    assert [answers.to(_question(about)) for about in ("RHA", "RVN", "RT5")] == ["less", "RVN", "RT5"]
    answers.keep(_question("RX0"), "RX0", 100)
    assert [answers.to(_question(about)) for about in ("RHA", "RVN", "RT5", "RX0")] == [None, None, None, "RX0"]
    assert answers._size == 100
