"""Rules on what is past its time: actions past their deadline, and what was to be done at once and is not known to be done."""

import pytest

from ledger.audits.overdue import action_past_due, urgent_requirement_open
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionPlanRequested,
    ActionReopened,
    ActionWithdrawn,
    Event,
    NoticeIssued,
    NoticeRequirement,
    RequirementAssessed,
    RequirementMade,
)
from tests.audits.book import Book


def committed(**how: object) -> ActionCommitted:
    """Give a commitment to fit doors by the end of March 2026."""
    given: dict[str, object] = {
        "trust": "RHA",
        "on": "2026-01-05",
        "action": "doors",
        "title": "Fit new doors",
        "due": "2026-03",
    }
    return ActionCommitted(**{**given, **how})  # type: ignore[arg-type]  # a test gives what it varies


TEXT = (
    "The deadline of “Fit new doors”, March 2026, passed 1 day ago, and it is not on record as done. "
    "The latest fact on record about it is of 5 January 2026."
)


@pytest.mark.parametrize(("day", "told"), [("2026-03-31", []), ("2026-04-01", [(TEXT, (1,))])])
def test_an_action_is_past_due_from_the_day_after_its_last(day: str, told: list[tuple[str, tuple[int, ...]]]) -> None:
    """A month is due through its last day; from the next the exception says how long ago it passed, and what was last heard."""
    book = Book()
    book.on("2026-01-10").record(committed())
    assert book.told(action_past_due, day) == told


@pytest.mark.parametrize("how", [{"firmness": "targeted"}, {"firmness": "ambition"}, {"subject_to": ["approval"]}])
def test_a_target_is_told_as_a_target(how: dict[str, object]) -> None:
    """What was aimed at, or depends on what is not resolved, had a target date and no deadline."""
    book = Book()
    book.on("2026-01-10").record(committed(**how))
    ((text, _),) = book.told(action_past_due, "2026-04-02")
    assert text.startswith(
        "The target date of “Fit new doors”, March 2026, passed 2 days ago, and it is not on record as done."
    )


@pytest.mark.parametrize(
    "ending",
    [
        ActionCompleted(trust="RHA", on="2026-04-10", action="doors"),
        ActionWithdrawn(trust="RHA", on="2026-04-10", action="doors"),
    ],
)
def test_what_is_over_is_not_past_due(ending: Event) -> None:
    """Done late or given up, an action is no longer awaited; taken up again, it is."""
    book = Book()
    book.on("2026-05-01").record(committed(), ending)
    assert book.told(action_past_due, "2026-05-02") == []
    book.on("2026-05-03").record(ActionReopened(trust="RHA", on="2026-05-03", action="doors"))
    assert len(book.told(action_past_due, "2026-05-04")) == 1


def test_a_completion_that_may_have_been_leaves_doubt() -> None:
    """An entry of imprecise date may already have changed it, and is cited."""
    book = Book()
    book.on("2026-06-01").record(committed(), ActionCompleted(trust="RHA", on="2026-03/2026-05", action="doors"))
    assert book.told(action_past_due, "2026-04-01") == [
        (f"{TEXT} An entry of imprecise date may already have changed this.", (1, 2))
    ]


def test_plans_requirements_and_what_may_be_in_force_are_not_told_here() -> None:
    """Each of the first two has a rule of its own; the last is not certain to be a commitment yet."""
    required = [NoticeRequirement(requirement="beds", text="Replace the beds", comply_by="2026-02")]
    book = Book()
    book.on("2026-06-01").record(
        ActionPlanRequested(trust="RHA", on="2026-01-05", plan="plan", due="2026-02"),
        NoticeIssued(trust="RHA", on="2026-01-05", notice="notice", kind="Warning Notice", requirements=required),
        committed(on="2026-01/2026-12"),
    )
    assert book.told(action_past_due, "2026-05-01") == []


def urgent(**how: object) -> RequirementMade:
    """Give a requirement to make the doors safe at once."""
    given: dict[str, object] = {"trust": "RHA", "on": "2026-01-05", "requirement": "safe", "text": "Make the doors safe"}
    return RequirementMade(**{"urgency": "immediate", **given, **how})  # type: ignore[arg-type]  # a test gives what it varies


@pytest.mark.parametrize(("day", "is_found"), [("2026-02-01", False), ("2026-02-02", False), ("2026-02-03", True)])
def test_what_was_to_be_done_at_once_is_open_after_the_limit(day: str, is_found: bool) -> None:
    """28 days after it was made are still within the limit, one more is not."""
    book = Book()
    book.on("2026-01-10").record(urgent())
    told = [("“Make the doors safe”, required on 5 January 2026 as immediate, is not known to be met.", (1,))]
    assert book.told(urgent_requirement_open, day) == (told if is_found else [])


def test_another_limit_can_be_given_for_what_is_urgent() -> None:
    """A trust that must act within a week can be held to that."""
    book = Book()
    book.on("2026-01-10").record(urgent())
    assert len(book.told(urgent_requirement_open.limited(days=7), "2026-01-13")) == 1


def test_answers_that_are_due_later_are_told() -> None:
    """A promise for later is no action at once; the exception says what is promised, and cites it."""
    book = Book()
    book.on("2026-01-10").record(urgent(), committed(answers=["safe"], due="2027-03"), committed(action="other", title="Paint"))
    assert book.told(urgent_requirement_open, "2026-06-01") == [
        (
            (
                "“Make the doors safe”, required on 5 January 2026 as immediate, is not known to be met. "
                "Recorded as an answer to it and still open: “Fit new doors”, due March 2027."
            ),
            (1, 2),
        )
    ]


@pytest.mark.parametrize(
    ("assessed", "words"),
    [
        ("not met", "was last found not met, on 1 May 2026."),
        ("partly met", "was last found partly met, on 1 May 2026."),
        ("met", None),
    ],
)
def test_what_was_found_of_it_is_told(assessed: str, words: str | None) -> None:
    """An inspection may have looked; what it found met is settled."""
    book = Book()
    book.on("2026-05-05").record(
        urgent(), RequirementAssessed(trust="RHA", on="2026-05-01", requirement="safe", outcome=assessed)
    )
    told = book.told(urgent_requirement_open, "2026-06-01")
    assert [text.partition("immediate, ")[2] for text, _ in told] == ([words] if words else [])


def test_what_may_be_settled_leaves_doubt() -> None:
    """An assessment of imprecise date may already have found it met."""
    book = Book()
    met = RequirementAssessed(trust="RHA", on="2026-02/2026-12", requirement="safe", outcome="met")
    book.on("2026-05-05").record(urgent(), met)
    ((text, entries),) = book.told(urgent_requirement_open, "2026-06-01")
    assert (text.endswith("An entry of imprecise date may already have changed this."), entries) == (True, (1, 2))


@pytest.mark.parametrize("how", [{"urgency": None}, {"on": "2026-01/.."}, {"on": "2027-01-01"}])
def test_what_is_not_urgent_or_not_yet_made_is_not_told(how: dict[str, object]) -> None:
    """Without urgency on record, or before it is certain to have been made, nothing was to be done at once."""
    book = Book()
    book.on("2026-05-05").record(urgent(**how))
    assert book.told(urgent_requirement_open, "2026-06-01") == []
