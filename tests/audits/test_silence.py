"""The rule on what is open and of which nothing has been heard."""

import pytest

from ledger import Source
from ledger.audits.silence import nothing_heard
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionProgressReported,
    ActionWithdrawn,
    AgreementEnded,
    AgreementMade,
    AgreementNoticeGiven,
    AgreementNoticeIntended,
    BreachCleared,
    BreachFound,
    ConcernClosed,
    ConcernRaised,
    ConcernSubstantiated,
    ConditionImposed,
    Event,
    MeasureReported,
    NoticeDetermined,
    NoticeIssued,
    RequirementAssessed,
    RequirementMade,
)
from tests.audits.book import Book, Told


def told(*facts: Event, day: str = "2026-06-30") -> Told:
    """Give what is reported of facts recorded at once, in the order given."""
    book = Book()
    book.on("2026-01-20").record(*facts)
    return book.told(nothing_heard, day)


def action(name: str = "a", on: str = "2026-01-01", *answers: str) -> ActionCommitted:
    """Give an action that was committed to."""
    return ActionCommitted(trust="RHA", on=on, action=name, title=f"Mend {name}", answers=answers)


@pytest.mark.parametrize(("day", "is_found"), [("2026-06-29", False), ("2026-06-30", False), ("2026-07-01", True)])
def test_a_thing_is_given_the_limit_of_days(day: str, is_found: bool) -> None:
    """Nothing for 180 days is not yet reported; on the day after that it is."""
    text = "1 open action has nothing on record about it that is later than 1 January 2026: “Mend a”."
    assert told(action(), day=day) == ([(text, (1,))] if is_found else [])


def test_another_limit_can_be_given() -> None:
    """The limit is a parameter of the rule."""
    book = Book()
    book.on("2026-01-20").record(action("a"), action("b"))
    assert book.told(nothing_heard.limited(days=30), "2026-01-31") == []
    ((text, _),) = book.told(nothing_heard.limited(days=30), "2026-02-01")
    assert text.startswith("2 open actions have nothing on record about them that is of the last 30 days; ")


def test_an_imprecise_date_counts_from_its_last_day() -> None:
    """Something of January may have been heard on the 31st."""
    assert told(action(on="2026-01"), day="2026-07-30") == []
    assert len(told(action(on="2026-01"), day="2026-07-31")) == 1


NOTICE = NoticeIssued(trust="RHA", on="2026-01-01", notice="x", kind="Warning Notice")
BREACH = BreachFound(trust="RHA", on="2026-01-01", breach="x", as_described="Risks", regulation="17")
MADE = RequirementMade(trust="RHA", on="2026-01-01", requirement="x", text="Oversee risks")
PLAN = ActionPlanRequested(trust="RHA", on="2026-01-01", plan="x", text="Oversight")
RAISED = ConcernRaised(trust="RHA", on="2026-01-01", concern="x", text="Nobody is told.")
AGREED = AgreementMade(trust="RHA", on="2026-01-01", agreement="x", title="Secondment")
INTENDED = AgreementNoticeIntended(trust="RHA", on="2026-01-01", agreement="x", stage="announced")
GIVEN = AgreementNoticeGiven(trust="RHA", on="2026-01-01", agreement="x")
SILENT = "has nothing on record about it that is later than 1 January 2026"


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ([BREACH], f"1 open breach {SILENT}: “Regulation 17 (good governance): Risks”."),
        ([MADE], f"1 requirement not known to be met {SILENT}: “Oversee risks”."),
        ([NOTICE], f"1 notice without an outcome {SILENT}: “Warning Notice”."),
        ([PLAN], f"1 action plan asked for and not on record as submitted {SILENT}: “Oversight”."),
        ([AGREED, INTENDED], f"1 agreement of which notice was given or intended {SILENT}: “Secondment”."),
        ([AGREED, GIVEN], f"1 agreement of which notice was given or intended {SILENT}: “Secondment”."),
        ([RAISED], f"1 concern neither found to hold nor closed {SILENT}: “Allegation: Nobody is told.”."),
    ],
)
def test_whatever_is_open_is_waited_for(facts: list[Event], text: str) -> None:
    """Of each kind, what it is called and since when; the last entry about it is cited."""
    assert told(*facts, day="2026-12-01") == [(text, (len(facts),))]


@pytest.mark.parametrize(
    "facts",
    [
        [BREACH, BreachCleared(trust="RHA", on="2026-01-02", breach="x")],
        [MADE, RequirementAssessed(trust="RHA", on="2026-01-02", requirement="x", outcome="met")],
        [NOTICE, NoticeDetermined(trust="RHA", on="2026-01-02", notice="x", outcome="complied")],
        [PLAN, ActionPlanSubmitted(trust="RHA", on="2026-01-02", plan="x")],
        [ActionPlanSubmitted(trust="RHA", on="2026-01-02", plan="x")],
        [AGREED],
        [AGREED, GIVEN, AgreementEnded(trust="RHA", on="2026-01-02", agreement="x")],
        [RAISED, ConcernClosed(trust="RHA", on="2026-01-02", concern="x")],
        [RAISED, ConcernSubstantiated(trust="RHA", on="2026-01-02", concern="x", by="an inquiry")],
        [action(), ActionCompleted(trust="RHA", on="2026-01-02", action="a")],
        [action(), ActionWithdrawn(trust="RHA", on="2026-01-02", action="a")],
        [ConditionImposed(trust="RHA", on="2026-01-01", condition="x", text="No admissions.")],
    ],
)
def test_what_is_settled_or_simply_stands_is_not_waited_for(facts: list[Event]) -> None:
    """An outcome ends the waiting; an agreement nobody means to end and a condition of registration await nothing."""
    assert told(*facts, day="2026-12-01") == []


def test_progress_is_news() -> None:
    """Whatever is said of a thing begins the count anew."""
    news = ActionProgressReported(trust="RHA", on="2026-06-01", action="a", text="Half of it is done.")
    assert told(action(), news, day="2026-11-28") == []
    assert told(action(), news, day="2026-11-29") == [
        ("1 open action has nothing on record about it that is later than 1 June 2026: “Mend a”.", (2,))
    ]


@pytest.mark.parametrize(
    "news",
    [
        MeasureReported(trust="RHA", on="2026-06-01", measure="m", text="Reviews", stage="in place", answers=["x"]),
        RequirementMade(trust="RHA", on="2026-06-01", requirement="r", text="Oversee risks", answers=["x"]),
        ActionPlanRequested(trust="RHA", on="2026-06-01", plan="p", answers=["x"]),
    ],
)
def test_news_of_an_answer_is_news_of_what_it_answers(news: Event) -> None:
    """A breach of which an answer, or what follows from it, was heard is not silent."""
    silent = [text for text, _ in told(BREACH, news, day="2026-11-28")]
    assert silent == []
    ((text, entries), *_) = told(BREACH, news, day="2026-11-29")
    assert text.startswith("1 open breach has nothing on record about it that is later than 1 June 2026")
    assert entries == (1, 2)


@pytest.mark.parametrize(
    "maybe",
    [
        ActionProgressReported(trust="RHA", on="2026-06/2027-06", action="a", text="Half of it is done."),
        MeasureReported(trust="RHA", on="2026-06/2027-06", measure="m", text="Reviews", stage="in place", answers=["a"]),
    ],
)
def test_a_thing_of_which_something_may_have_been_heard_is_left_out(maybe: Event) -> None:
    """An entry of imprecise date may already be news."""
    assert told(action(), maybe, day="2026-12-01") == []


def test_things_of_one_kind_are_told_together_the_longest_silent_first() -> None:
    """Five are named; of more only the longest silent is."""
    several = [action(f"a{number}", f"2026-01-0{9 - number}") for number in range(1, 6)]
    five = (
        "5 open actions have nothing on record about them that is of the last 180 days; of the longest silent, named first, "
        "the last is of 4 January 2026: “Mend a5”; “Mend a4”; “Mend a3”; “Mend a2”; “Mend a1”."
    )
    assert told(*several, day="2026-12-01") == [(five, (5, 4, 3, 2, 1))]
    six = (
        "6 open actions have nothing on record about them that is of the last 180 days; of the longest silent the last is of "
        "3 January 2026: “Mend a6”."
    )
    assert told(*several, action("a6", "2026-01-03"), day="2026-12-01") == [(six, (6, 5, 4, 3, 2, 1))]


def test_a_group_is_about_nothing_in_particular() -> None:
    """One thing is what the exception is about; several are not."""
    book = Book()
    book.on("2026-01-20").record(action("a"), BREACH, action("b"))
    found = nothing_heard.exceptions(book.dossier("2026-12-01"))
    assert [(str(one.severity), one.about) for one in found] == [("medium", ("breach", "x")), ("medium", ())]


def test_a_public_view_hears_only_what_is_public() -> None:
    """A concern that is confidential is not among those waited for."""
    book = Book()
    book.on("2026-01-20").record(RAISED, sources=[Source(publisher="A council", title="Briefing", marking="confidential")])
    assert book.told(nothing_heard, "2026-12-01", public_on="2026-12-01") == []
    assert len(book.told(nothing_heard, "2026-12-01")) == 1
