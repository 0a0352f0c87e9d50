"""Rules on what nothing answers: breaches and requirements without an action, a plan or a measure."""

import pytest

from ledger import Source
from ledger.audits.answers import breach_without_action, requirement_unanswered
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionPlanAgreed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionWithdrawn,
    BreachCleared,
    BreachFound,
    Event,
    InspectionCarriedOut,
    MeasureReported,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    RequirementAssessed,
    RequirementMade,
)
from tests.audits.book import Book, Told

BREACH = BreachFound(
    trust="RHA", on="2026-01-05", breach="b", regulation="17", as_described="Risks not overseen.", inspection="visit"
)
NONE = "no action, plan or measure in force is recorded as an answer to it."
BARE = f"“Regulation 17 (good governance): Risks not overseen.”, found on 5 January 2026, is not cleared on record, and {NONE}"
MADE = RequirementMade(trust="RHA", on="2026-01-05", requirement="r", text="Oversee risks", of="visit")
UNMET = f"“Oversee risks”, required on 5 January 2026, is not known to be met, and {NONE}"
VISIT = InspectionCarriedOut(trust="RHA", on="2026-01-05", inspection="visit", title="Well-led inspection")
DOUBT = " An entry of imprecise date may already have changed this."


def action(*answers: str, on: str = "2026-01-10") -> ActionCommitted:
    """Give an action that answers things."""
    return ActionCommitted(trust="RHA", on=on, action="a", title="Set up a committee", answers=answers)


def plan(answers: list[str]) -> ActionPlanRequested:
    """Give a request for an action plan about things."""
    return ActionPlanRequested(trust="RHA", on="2026-01-10", plan="p", answers=answers)


def told(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what is reported of breaches among facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(breach_without_action, day)


def unanswered(*facts: Event, day: str = "2026-03-01") -> Told:
    """Give what is reported of requirements."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(requirement_unanswered, day)


def test_a_breach_that_nothing_answers_is_reported() -> None:
    """The exception names the breach, says when it was found, and is about it."""
    book = Book()
    book.on("2026-01-20").record(VISIT, BREACH)
    (found,) = breach_without_action.exceptions(book.dossier("2026-03-01"))
    assert (found.text, found.entries, found.about, str(found.severity)) == (BARE, (2,), ("breach", "b"), "high")


def test_a_number_that_no_source_states_is_told_as_inferred() -> None:
    """The regulation's number is marked where it was inferred."""
    book = Book()
    book.on("2026-01-20").record(BREACH, inferred=["regulation"])
    ((text, _),) = book.told(breach_without_action, "2026-03-01")
    assert text.startswith("“Regulation 17 (good governance) (inferred): Risks not overseen.”, found on 5 January 2026")


@pytest.mark.parametrize(
    "answer",
    [
        action("b"),
        ActionCompleted(trust="RHA", on="2026-01-10", action="a", title="Set up a committee", answers=["b"]),
        ActionPlanSubmitted(trust="RHA", on="2026-01-10", plan="p", answers=["b"]),
        ActionPlanAgreed(trust="RHA", on="2026-01-10", plan="p", answers=["b"], bodies=["the trust", "a council"]),
        MeasureReported(trust="RHA", on="2026-01-10", measure="m", text="Risks are reviewed.", stage="in place", answers=["b"]),
        action("visit"),
        BreachCleared(trust="RHA", on="2026-01-10", breach="b"),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_an_action_a_plan_or_a_measure_answers_a_breach(answer: Event) -> None:
    """Whatever names the breach, or the inspection that found it, answers it; a breach that was cleared needs no answer."""
    assert told(VISIT, BREACH, answer) == []


@pytest.mark.parametrize(
    "between",
    [
        [RequirementMade(trust="RHA", on="2026-01-06", requirement="r", text="Oversee risks", answers=["b"])],
        [RequirementMade(trust="RHA", on="2026-01-06", requirement="r", text="Oversee risks", of="b")],
        [
            RequirementMade(trust="RHA", on="2026-01-06", requirement="q", text="Oversee", answers=["b"]),
            RequirementMade(trust="RHA", on="2026-01-06", requirement="r", text="Oversee risks", of="q"),
        ],
    ],
)
def test_an_answer_to_what_follows_from_a_breach_answers_it(between: list[Event]) -> None:
    """Requirements that answer or come of the breach pass their answers on, however many lie between."""
    assert told(VISIT, BREACH, *between, action("r")) == []


def test_an_answer_to_something_else_of_the_inspection_answers_no_breach() -> None:
    """A requirement of the same inspection is not linked to the breach."""
    assert told(VISIT, BREACH, MADE, action("r")) == [(BARE, (2,))]


def test_an_answer_to_anything_else_answers_no_breach() -> None:
    """Neither one in force nor one of imprecise date, whether action, plan or measure."""
    other = [
        action("elsewhere"),
        plan(["elsewhere"]),
        MeasureReported(trust="RHA", on="2026-01-10", measure="m", text="Reviews.", stage="in place", answers=["elsewhere"]),
        ActionCommitted(trust="RHA", on="2026-02/2026-04", action="c", title="Train staff", answers=["elsewhere"]),
    ]
    assert told(BreachFound(trust="RHA", on="2025", breach="elsewhere", as_described="Other"), BREACH, *other) == [(BARE, (2,))]


def test_a_plan_asked_for_and_not_sent_is_no_answer() -> None:
    """The exception says that it was asked for, and cites the request."""
    asked = " An action plan was asked for on 10 January 2026; no submission of it is on record."
    assert told(BREACH, plan(["b"])) == [(BARE + asked, (1, 2))]
    assert told(BREACH, plan(["b"]), ActionPlanSubmitted(trust="RHA", on="2026-02-01", plan="p")) == []


def test_an_action_that_was_withdrawn_is_no_answer() -> None:
    """The exception says when it was withdrawn, and cites it."""
    gone = " An action that answered it, “Set up a committee”, was withdrawn on 1 February 2026."
    withdrawn = ActionWithdrawn(trust="RHA", on="2026-02-01", action="a")
    assert told(BREACH, action("b"), withdrawn) == [(BARE + gone, (1, 2, 3))]
    assert told(BREACH, action("b"), withdrawn, day="2026-01-31") == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-01-31", (BARE, (1,))),
        (
            "2026-02-01",
            (
                BARE.replace(
                    NONE,
                    "no action, plan or measure that answers it is certain to be in force; one of imprecise date may already be.",
                ),
                (1, 2),
            ),
        ),
        ("2026-02-28", None),
    ],
)
def test_an_answer_of_imprecise_date_may_already_be_in_force(day: str, found: tuple[str, tuple[int, ...]] | None) -> None:
    """Before its first day there is none; through it, one may be; from its last day on it is."""
    assert told(BREACH, action("b", on="2026-02"), day=day) == ([found] if found else [])


def test_a_plan_that_may_have_been_sent_may_already_answer() -> None:
    """A submission of imprecise date is said to be possible, also where only the request names the breach."""
    sent = ActionPlanSubmitted(trust="RHA", on="2026-02/2026-04", plan="p")
    ((text, entries),) = told(BREACH, plan(["b"]), sent)
    assert "one of imprecise date may already be." in text
    assert entries == (1, 2, 3)


def test_a_breach_that_may_have_been_cleared_is_told_as_that() -> None:
    """A clearing of imprecise date is cited as a doubt."""
    assert told(BREACH, BreachCleared(trust="RHA", on="2026-02/2026-04", breach="b")) == [(BARE + DOUBT, (1, 2))]


def test_an_answer_that_is_not_public_is_none_in_a_public_view() -> None:
    """The public story goes by public sources only."""
    book = Book()
    cqc = Source(publisher="Care Quality Commission", title="Report", marking="public", published="2026-01-15")
    secret = Source(publisher="The trust", title="Board paper", marking="confidential")
    book.on("2026-01-20").record(BREACH, sources=[cqc])
    book.on("2026-01-21").record(action("b"), sources=[secret])
    assert book.told(breach_without_action, "2026-03-01", public_on="2026-03-01") == [(BARE, (1,))]
    assert book.told(breach_without_action, "2026-03-01") == []


@pytest.mark.parametrize(("day", "is_found"), [("2026-02-01", False), ("2026-02-02", False), ("2026-02-03", True)])
def test_a_requirement_is_given_the_limit_of_days(day: str, is_found: bool) -> None:
    """28 days after it was made it is not yet reported; on the day after that it is."""
    assert unanswered(MADE, day=day) == ([(UNMET, (1,))] if is_found else [])


@pytest.mark.parametrize(("day", "is_found"), [("2026-01-14", False), ("2026-01-15", False), ("2026-01-16", True)])
def test_another_limit_can_be_given(day: str, is_found: bool) -> None:
    """The limit is a parameter of the rule."""
    book = Book()
    book.on("2026-01-20").record(MADE)
    assert bool(book.told(requirement_unanswered.limited(days=10), day)) is is_found


def test_an_imprecise_requirement_counts_from_its_last_day() -> None:
    """One made in January was made for certain by the 31st."""
    made = RequirementMade(trust="RHA", on="2026-01", requirement="r", text="Oversee risks")
    assert unanswered(made, day="2026-02-28") == []
    assert [entries for _, entries in unanswered(made, day="2026-03-01")] == [(1,)]


@pytest.mark.parametrize(
    "settled",
    [
        [action("r")],
        [action("visit")],
        [
            BREACH,
            RequirementMade(trust="RHA", on="2026-01-05", requirement="r", text="Oversee risks", answers=["b"]),
            action("b"),
        ],
        [RequirementAssessed(trust="RHA", on="2026-02-01", requirement="r", outcome="met")],
    ],
)
def test_a_requirement_that_is_answered_or_met_is_not_reported(settled: list[Event]) -> None:
    """An answer may name the requirement, the inspection, or the breach that the requirement answers."""
    assert unanswered(VISIT, MADE, *settled) == []


@pytest.mark.parametrize("outcome", ["partly met", "not met"])
def test_a_requirement_found_not_met_still_needs_an_answer(outcome: str) -> None:
    """Only one found met is closed."""
    assessed = RequirementAssessed(trust="RHA", on="2026-02-01", requirement="r", outcome=outcome)
    assert unanswered(MADE, assessed) == [(UNMET, (1, 2))]


@pytest.mark.parametrize(("outcome", "doubt", "cited"), [("met", DOUBT, (1, 2)), ("not met", "", (1,))])
def test_an_assessment_of_imprecise_date_is_a_doubt_where_it_finds_it_met(
    outcome: str, doubt: str, cited: tuple[int, ...]
) -> None:
    """One that may already have found it not met changes nothing."""
    assessed = RequirementAssessed(trust="RHA", on="2026-02/2026-04", requirement="r", outcome=outcome)
    assert unanswered(MADE, assessed) == [(UNMET + doubt, cited)]


def test_requirements_of_one_inspection_are_told_together() -> None:
    """Those of one origin and date are one exception; one of another origin is its own."""
    of_visit = [
        RequirementMade(trust="RHA", on="2026-01-05", requirement=one, text=f"Mend {one}", of="visit") for one in ("r1", "r2")
    ]
    other = RequirementMade(trust="RHA", on="2026-01-05", requirement="r3", text="Mend r3", answers=["b"])
    book = Book()
    book.on("2026-01-20").record(VISIT, BREACH, *of_visit, other, plan(["b"]))
    many, one = requirement_unanswered.exceptions(book.dossier("2026-03-01"))
    assert many.text == (
        "2 requirements, made on 5 January 2026, are not known to be met, and no action, plan or measure in force is recorded as "
        "an answer to them: “Mend r1”; “Mend r2”."
    )
    assert (many.entries, many.about) == ((3, 4), ())
    assert one.text == (
        f"“Mend r3”, required on 5 January 2026, is not known to be met, and {NONE} "
        "An action plan was asked for on 10 January 2026; no submission of it is on record."
    )
    assert (one.entries, one.about) == ((5, 6), ("requirement", "r3"))


NOTICE = NoticeIssued(
    trust="RHA",
    on="2026-01-05",
    notice="n",
    kind="Warning Notice",
    requirements=[NoticeRequirement(requirement="waits", text="Shorten waits")],
)


def test_what_a_notice_requires_needs_an_answer_too() -> None:
    """It is named with its notice."""
    text = f"“Warning Notice: Shorten waits”, required on 5 January 2026, is not known to be met, and {NONE}"
    assert unanswered(NOTICE) == [(text, (1,))]


@pytest.mark.parametrize(
    "settled",
    [
        action("n"),
        action("waits"),
        NoticeDetermined(trust="RHA", on="2026-02-01", notice="n", outcome="complied"),
        NoticeDetermined(trust="RHA", on="2026-02-01", notice="n", requirement="waits", outcome="complied"),
        NoticeWithdrawn(trust="RHA", on="2026-02-01", notice="n"),
    ],
)
def test_what_a_notice_requires_is_answered_with_the_notice(settled: Event) -> None:
    """An answer to the notice or to the requirement will do, and so will compliance or its withdrawal."""
    assert unanswered(NOTICE, settled) == []
