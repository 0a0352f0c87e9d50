"""What the fields of events may hold, what they make of it, and how they refuse the rest."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger import When
from ledger.errors import EventError, WhenError, WordError
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanAgreed,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionVerified,
    ActionWithdrawn,
    AgreementMade,
    AgreementNoticeIntended,
    BreachFound,
    ByRule,
    Event,
    Evidence,
    Firmness,
    Framework,
    InspectionCarriedOut,
    KeyQuestion,
    LocationDeregistered,
    LocationFormed,
    LocationRegistered,
    LocationSucceeded,
    MeasureReported,
    MeetingCancelled,
    MeetingHeld,
    NoticeIssued,
    NoticeRequirement,
    Outcome,
    OversightChanged,
    ProgrammeReported,
    QualityStatementScored,
    Rating,
    RatingChanged,
    RatingPublished,
    RatingsSuspended,
    Regulation,
    RequirementMade,
    Retracted,
    ScoreBasis,
    StatementScore,
    Succession,
    TrustDeregistered,
    TrustFormed,
    TrustRegistered,
    TrustSucceeded,
)

A: dict[str, Any] = {"trust": "RHA", "on": "2026-03"}  # what every event needs


@pytest.mark.parametrize("trust", ["RHA", "RT5", "000", "A1B2C3D4E5", "1-101639687", "1-123", "1-123456789012345"])
def test_a_trust_is_a_provider_id(trust: str) -> None:
    """An ODS code and CQC's own provider id both name a trust."""
    assert RatingsSuspended(trust=trust, on="2026").trust == trust


@pytest.mark.parametrize(
    "trust",
    ["", "rha", "RH", "A1B2C3D4E5F", "RHA ", "RHA\n", "R-A", "1-12", "1-1234567890123456", "2-123", "RHÄ", "RH४", None, 5],
)
def test_what_is_no_provider_id_is_refused(trust: Any) -> None:
    """A code is three to ten capital letters and digits, all ASCII, or CQC's own."""
    with pytest.raises(EventError) as caught:
        RatingsSuspended(trust=trust, on="2026")

    assert str(caught.value) == f"trust: {trust!r} is not a CQC provider id, such as RHA or 1-101639687"
    assert (caught.value.field, caught.value.value) == ("trust", trust)


@pytest.mark.parametrize("action", ["a", "7", "dormitory-eradication", "section-29a", "2024.1", "a-b.c-4"])
def test_an_id_is_words_joined(action: str) -> None:
    """Lower-case letters and digits joined by hyphens or full stops make an id."""
    assert ActionWithdrawn(**A, action=action).action == action


@pytest.mark.parametrize(
    "action", ["", "A", "-a", "a-", "a--b", "a-.b", "a b", "a_b", "a/b", ".", "ä", "a\n", "a४", None, 7, ["a"]]
)
def test_what_is_no_id_is_refused(action: Any) -> None:
    """An id says what it may be made of when it is not."""
    with pytest.raises(EventError) as caught:
        ActionWithdrawn(**A, action=action)

    assert str(caught.value) == (
        f"action: {action!r} is not an id: use lower-case letters and digits joined by hyphens, such as dormitory-eradication"
    )
    assert (caught.value.field, caught.value.value) == ("action", action)


@pytest.mark.parametrize("field", ["id", "part_of"])
def test_an_id_that_may_be_missing_is_an_id_where_it_stands(field: str) -> None:
    """Nothing is fine, a text that is no id is not."""
    given: dict[str, Any] = {**A, "action": "a", "title": "End dormitories"}

    assert getattr(ActionCommitted(**given), field) is None
    assert getattr(ActionCommitted(**{**given, field: "b"}), field) == "b"
    with pytest.raises(EventError, match=f"^{field}: 'B' is not an id"):
        ActionCommitted(**{**given, field: "B"})


@pytest.mark.parametrize("name", ["x", "Überprüfung nach §29A", "two\nlines", "“quoted”", "1\u00a0April", "片", "0"])
def test_a_text_says_something(name: str) -> None:
    """A text is one line or more of what can be printed."""
    assert TrustRegistered(**A, name=name).name == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        " x",
        "x ",
        "x\n",
        "\u00a0x",
        "tab\there",
        "bell\a",
        "return\r\n!",
        "nought\0",
        "zero\u200bwidth",
        "half\ud800",
        None,
        5,
        b"x",
    ],
)
def test_what_is_no_text_is_refused(name: Any) -> None:
    """A text is not empty, has no space around it, and holds no letters that can't be seen."""
    with pytest.raises(EventError) as caught:
        TrustRegistered(**A, name=name)

    assert str(caught.value) == (
        f"name: {name!r} is not a text: it must not be empty, start or end with a space, or hold control characters"
    )
    assert (caught.value.field, caught.value.value) == ("name", name)


def test_a_text_that_may_be_missing_is_not_empty_where_it_stands() -> None:
    """Nothing is `None`, and never an empty text."""
    assert TrustRegistered(**A, name="x").kind is None
    with pytest.raises(EventError, match=r"^kind: '' is not a text"):
        TrustRegistered(**A, name="x", kind="")


@pytest.mark.parametrize("entry", [0, 1, 999_999_999])
def test_a_count_is_a_whole_number(entry: int) -> None:
    """Counts go from 0 to below a thousand million."""
    assert Retracted(trust="RHA", entry=entry).entry == entry


@pytest.mark.parametrize("entry", [-1, 10**9, True, 1.0, "1", None])
def test_what_is_no_count_is_refused(entry: Any) -> None:
    """A truth, a fraction and a text are no counts."""
    with pytest.raises(EventError) as caught:
        Retracted(trust="RHA", entry=entry)

    assert str(caught.value) == f"entry: {entry!r} is not a count: give a whole number from 0"
    assert (caught.value.field, caught.value.value) == ("entry", entry)


def test_a_count_that_may_be_missing_is_a_count_where_it_stands() -> None:
    """A source that counts none differs from one that doesn't count."""
    assert BreachFound(**A, breach="b", as_described="Staffing").count is None
    assert BreachFound(**A, breach="b", as_described="Staffing", count=0).count == 0
    with pytest.raises(EventError, match=r"^assessments: -1 is not a count"):
        ProgrammeReported(**A, programme="p", title="Inspections", assessments=-1)


@pytest.mark.parametrize("score", [0, 1, 99, 100])
def test_a_percentage_is_a_whole_number_of_a_hundred(score: int) -> None:
    """Percentages go from 0 to 100; where a source gives none, there is none."""
    assert RatingPublished(**A, rating="Good", score=score).score == score
    assert RatingPublished(**A, rating="Good").score is None


@pytest.mark.parametrize("score", [-1, 101, True, 62.5, "62", "62%"])
def test_what_is_no_percentage_is_refused(score: Any) -> None:
    """A fraction, a text and what lies beyond a hundred are no percentages that CQC gives."""
    with pytest.raises(EventError, match=r"^score: .* is not a (count|percentage): give a whole number from 0") as caught:
        RatingPublished(**A, rating="Good", score=score)

    assert (caught.value.field, caught.value.value) == ("score", score)


@pytest.mark.parametrize("parties", [["Council", "ICB"], ("ICB", "Council"), {"ICB", "Council"}, ["ICB", "Council", "ICB"]])
def test_names_are_a_set(parties: Any) -> None:
    """The order of names says nothing, nor how often one stands."""
    assert AgreementMade(**A, agreement="a", title="Section 75", parties=parties).parties == frozenset({"Council", "ICB"})


def test_one_text_is_no_list_of_names() -> None:
    """One text alone would fall apart into letters, so it is refused."""
    with pytest.raises(EventError) as caught:
        AgreementMade(**A, agreement="a", title="Section 75", parties="Council")

    assert str(caught.value) == "'Council' stands where a list is due: put it in brackets"
    assert caught.value.value == "Council"


@pytest.mark.parametrize("value", [5, None, True, 1.5, object])
def test_what_can_not_be_gone_through_is_no_list(value: Any) -> None:
    """A number, a truth or nothing at all stands where a list is due; it is refused with the value."""
    for make in (
        lambda: AgreementMade(**A, agreement="a", title="Section 75", parties=value),
        lambda: ActionCompleted(**A, action="a", evidence=value),
    ):
        with pytest.raises(EventError) as caught:
            make()
        assert str(caught.value) == f"{value!r} stands where a list is due: put it in brackets"
        assert caught.value.value is value


@pytest.mark.parametrize("member", [5, None, b"ICB", ["ICB"], {"name": "ICB"}])
def test_a_list_of_names_holds_texts(member: Any) -> None:
    """A name that is no text is refused, and told from the others."""
    with pytest.raises(EventError) as caught:
        AgreementMade(**A, agreement="a", title="Section 75", parties=["Council", member])

    assert str(caught.value) == f"{member!r} stands where a text is due"
    assert caught.value.value == ["Council", member]


@pytest.mark.parametrize("member", ["", " ICB", "ICB ", "I\0CB"])
@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("parties", lambda names: AgreementMade(**A, agreement="a", title="Section 75", parties=names)),
        ("subject_to", lambda names: AgreementNoticeIntended(**A, agreement="a", stage="decided", subject_to=names)),
        ("subject_to", lambda names: ActionCommitted(**A, action="a", title="End dormitories", subject_to=names)),
        ("bodies", lambda names: ActionPlanAgreed(**A, plan="p", bodies=names)),
        ("bodies", lambda names: MeetingHeld(**A, meeting="m", bodies=names)),
        ("bodies", lambda names: MeetingCancelled(**A, meeting="m", bodies=names)),
        ("bodies", lambda names: OversightChanged(**A, bodies=names, level="Segment 4")),
    ],
)
def test_each_name_in_a_list_is_a_text(field: str, make: Callable[[list[str]], Event], member: str) -> None:
    """A name in a list is a text like any other: not empty, with no space around it, and nothing that can't be seen."""
    assert getattr(make(["Council", "ICB"]), field) == frozenset({"Council", "ICB"})
    with pytest.raises(EventError) as caught:
        make(["Council", member])

    assert str(caught.value) == (
        f"{field}: {member!r} is not a text: it must not be empty, start or end with a space, or hold control characters"
    )
    assert (caught.value.field, caught.value.value) == (field, member)


@pytest.mark.parametrize("member", ["", "B", "a b"])
@pytest.mark.parametrize(
    "make",
    [
        lambda ids: ActionCommitted(**A, action="a", title="End dormitories", answers=ids),
        lambda ids: ActionCompleted(**A, action="a", answers=ids),
        lambda ids: ActionPlanRequested(**A, plan="p", answers=ids),
        lambda ids: ActionPlanSubmitted(**A, plan="p", answers=ids),
        lambda ids: ActionPlanAgreed(**A, plan="p", bodies=["ICB"], answers=ids),
        lambda ids: MeasureReported(**A, measure="m", text="Rounds", stage="in place", answers=ids),
        lambda ids: RequirementMade(**A, requirement="r", text="Improve", answers=ids),
    ],
)
def test_each_thing_answered_is_an_id(make: Callable[[list[str]], Any], member: str) -> None:
    """What an event answers is named by ids, so that it can be found on record."""
    assert make(["c", "b"]).answers == frozenset({"b", "c"})
    with pytest.raises(EventError) as caught:
        make(["b", member])

    assert str(caught.value) == (
        f"answers: {member!r} is not an id: use lower-case letters and digits joined by hyphens, such as dormitory-eradication"
    )
    assert (caught.value.field, caught.value.value) == ("answers", member)


@pytest.mark.parametrize("member", ["r", None, {"text": "Improve"}, NoticeRequirement])
@pytest.mark.parametrize(
    ("field", "kind", "make"),
    [
        ("evidence", "Evidence", lambda values: ActionCompleted(**A, action="a", evidence=values)),
        ("evidence", "Evidence", lambda values: ActionVerified(**A, action="a", verified_by="Audit", evidence=values)),
        (
            "requirements",
            "NoticeRequirement",
            lambda values: NoticeIssued(**A, notice="n", kind="Warning Notice", requirements=values),
        ),
        ("outcomes", "Outcome", lambda values: ProgrammeReported(**A, programme="p", title="Inspections", outcomes=values)),
    ],
)
def test_each_value_in_a_list_is_of_its_kind(field: str, kind: str, make: Callable[[list[Any]], Event], member: object) -> None:
    """Evidence is a list of evidence, and so on; another value in the list is refused and told."""
    right = {
        "Evidence": Evidence(kind="Photograph"),
        "NoticeRequirement": NoticeRequirement(requirement="s", text="Fire"),
        "Outcome": Outcome(text="Good"),
    }
    assert getattr(make([right[kind]]), field) == (right[kind],)
    for wrong in (member, *(one for name, one in right.items() if name != kind)):
        with pytest.raises(EventError) as caught:
            make([right[kind], wrong])
        assert str(caught.value) == f"{field}: {wrong!r} is no {kind}"
        assert (caught.value.field, caught.value.value) == (field, wrong)


def test_a_mapping_is_no_list_of_values() -> None:
    """A mapping falls apart into its names, and none of them is evidence."""
    with pytest.raises(EventError, match=r"^evidence: 'kind' is no Evidence$"):
        ActionCompleted(**A, action="a", evidence={"kind": "Photograph"})  # type: ignore[dict-item]  # the point of the test


def test_names_that_are_needed_are_at_least_one() -> None:
    """A level of oversight is somebody's."""
    with pytest.raises(EventError, match=r"^bodies: name at least one$") as caught:
        OversightChanged(**A, bodies=[], level="Segment 4")

    assert caught.value.field == "bodies"


@pytest.mark.parametrize(
    ("field", "make"),
    [
        ("by", lambda names: TrustSucceeded(**A, by=names)),
        ("predecessors", lambda names: TrustFormed(**A, predecessors=names)),
        ("by", lambda names: LocationSucceeded(**A, location="RHAXX", by=names)),
        ("predecessors", lambda names: LocationFormed(**A, location="RHAXX", predecessors=names)),
    ],
)
def test_a_succession_names_the_others(field: str, make: Callable[[list[str]], Any]) -> None:
    """One that names nobody says nothing; an organisation without a code can be named in words."""
    assert getattr(make(["RX1", "a new trust", "RX1"]), field) == {"RX1", "a new trust"}
    with pytest.raises(EventError, match=rf"^{field}: name at least one$"):
        make([])


def test_names_that_are_needed_are_texts() -> None:
    """A name of a body is a text like any other."""
    with pytest.raises(EventError, match=r"^bodies: '' is not a text"):
        OversightChanged(**A, bodies=["NHS England", ""], level="Segment 4")


@pytest.mark.parametrize(
    ("on", "expression"),
    [
        ("2025-05-30", "2025-05-30"),
        ("2025-10/2026-03", "2025-10/2026-03"),
        (date(2025, 5, 30), "2025-05-30"),
        (When("2025-05~"), "2025-05~"),
        (datetime(2025, 5, 30, 23, 30, tzinfo=UTC), "2025-05-31"),
    ],
)
def test_a_date_is_read_where_it_is_given(on: Any, expression: str) -> None:
    """A day, an instant's day in London and an expression all become a `When` at once."""
    assert RatingsSuspended(trust="RHA", on=on).on == When(expression)


def test_a_date_that_can_not_be_read_is_refused_at_once() -> None:
    """An event with a date that is none is never made."""
    with pytest.raises(WhenError, match=r"there is no such date as '2025-02-29'"):
        RatingsSuspended(trust="RHA", on="2025-02-29")
    with pytest.raises(WhenError, match=r"^None is not a date"):
        RatingsSuspended(trust="RHA", on=None)  # type: ignore[arg-type]  # the point of the test


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (datetime(1947, 12, 31, 12, tzinfo=UTC), "1947-12-31T12:00:00+00:00"),
        (datetime(9999, 1, 1, tzinfo=UTC), "9999-01-01T00:00:00+00:00"),
        (date(1947, 12, 31), "'1947-12-31'"),
        ("9999", "'9999'"),
    ],
)
def test_a_date_before_or_after_all_others_is_refused(on: Any, told: str) -> None:
    """A fact can take effect from 1948 to 9998, however its date is given."""
    with pytest.raises(WhenError) as caught:
        RatingsSuspended(trust="RHA", on=on)

    assert str(caught.value) == f"the year in {told} is outside 1948 to 9998: check the date"
    assert RatingsSuspended(trust="RHA", on=datetime(1948, 1, 1, tzinfo=UTC)).on == When("1948-01-01")
    assert RatingsSuspended(trust="RHA", on=datetime(9998, 12, 31, tzinfo=UTC)).on == When("9998-12-31")


def test_a_date_that_may_be_missing_is_a_date_where_it_stands() -> None:
    """A due that nobody stated is `None`; a revision must say which."""
    assert ActionDeadlineRevised(**A, action="a", due=None).due is None
    assert ActionDeadlineRevised(**A, action="a", due="2027-03").due == When("2027-03")
    with pytest.raises(TypeError, match="due"):
        ActionDeadlineRevised(**A, action="a")


BY_RULE = ByRule(rule="governance-report", version=2, start="2026-03-02")
DUE_BY_RULE: dict[str, Callable[[Any], Any]] = {
    "ActionCommitted": lambda by: ActionCommitted(**A, action="a", title="Report", due="2026-03-30", by_rule=by),
    "ActionDeadlineRevised": lambda by: ActionDeadlineRevised(**A, action="a", due="2026-03-30", by_rule=by),
    "ActionPlanRequested": lambda by: ActionPlanRequested(**A, plan="p", due="2026-03-30", by_rule=by),
    "RequirementMade": lambda by: RequirementMade(**A, requirement="r", text="Report", due="2026-03-30", by_rule=by),
    "NoticeRequirement": lambda by: NoticeRequirement(requirement="r", text="Report", comply_by="2026-03-30", by_rule=by),
}
"""What has a due date that a rule can set."""


@pytest.mark.parametrize("make", DUE_BY_RULE.values(), ids=DUE_BY_RULE)
def test_a_due_date_may_say_its_rule(make: Callable[[Any], Any]) -> None:
    """Beside a due date stands the rule that set it, or nothing; anything else is refused."""
    assert make(BY_RULE).by_rule == BY_RULE
    assert make(None).by_rule is None
    for wrong in ("governance-report", {"rule": "governance-report", "version": 2, "start": "2026-03-02"}):
        with pytest.raises(EventError) as caught:
            make(wrong)
        assert str(caught.value) == f"by_rule: {wrong!r} is no ByRule: give the rule, its version and the start"
        assert (caught.value.field, caught.value.value) == ("by_rule", wrong)


def test_a_rule_on_record_has_the_form_of_one() -> None:
    """A rule is an id, its version a whole number and its start a date; whether there is such a rule is not asked."""
    assert ByRule(rule="repealed-long-ago", version=7, start="2026-03~").start == When("2026-03~")
    with pytest.raises(EventError, match=r"^rule: 'Regulation 17' is not an id"):
        ByRule(rule="Regulation 17", version=2, start="2026-03-02")
    with pytest.raises(EventError, match=r"^version: '2' is not a count"):
        ByRule(rule="governance-report", version="2", start="2026-03-02")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(WhenError, match=r"^None is not a date"):
        ByRule(rule="governance-report", version=2, start=None)  # type: ignore[arg-type]  # the point of the test


def test_words_are_read_where_they_are_given() -> None:
    """A text that is a word of the vocabulary becomes that word."""
    event = RatingChanged(
        **A, rating="Good", previous="Inadequate", key_question="Well-led", framework="Single Assessment Framework 2024"
    )

    assert (event.rating, event.previous) == (Rating.GOOD, Rating.INADEQUATE)
    assert event.key_question is KeyQuestion.WELL_LED
    assert event.framework is Framework.SINGLE_ASSESSMENT_2024
    assert BreachFound(**A, breach="b", as_described="Staffing", regulation="18").regulation is Regulation.STAFFING
    assert ActionCommitted(**A, action="a", title="End dormitories").firmness is Firmness.COMMITTED


def test_words_of_successions_and_scores_are_read_where_they_are_given() -> None:
    """How one followed another is not stated unless it is; a score is one of CQC's, written as it writes it."""
    assert TrustFormed(**A, predecessors=["RX1"]).how is Succession.NOT_STATED
    assert TrustFormed(**A, predecessors=["RX1"], how="merged").how is Succession.MERGED
    scored = QualityStatementScored(**A, quality_statement="Safe environments", score="3", basis="not assessed")
    assert (scored.score, scored.basis) == (StatementScore.GOOD, ScoreBasis.NOT_ASSESSED)
    for score in ("5", "0", "three", "3 of 4"):
        with pytest.raises(WordError):
            QualityStatementScored(**A, quality_statement="Safe environments", score=score)


@pytest.mark.parametrize(
    "make",
    [
        lambda text: LocationRegistered(**A, location=text, name="Highbury"),
        lambda text: LocationRegistered(**A, location="RHAXX", name=text),
        lambda text: LocationDeregistered(**A, location="RHAXX", reason=text),
        lambda text: TrustDeregistered(**A, reason=text),
        lambda text: RatingPublished(**A, rating="Good", inherited_from=text),
        lambda text: QualityStatementScored(**A, quality_statement=text, score="3"),
    ],
)
def test_what_is_published_is_told_in_texts(make: Callable[[str], Any]) -> None:
    """Ids of locations, names, statements and reasons say something where they stand."""
    assert make("1-123456789").trust == "RHA"
    for blank in ("", " "):
        with pytest.raises(EventError, match="is not a text"):
            make(blank)


def test_words_that_may_be_missing_stay_missing() -> None:
    """What the source doesn't say is `None`, and never a word that means nothing."""
    assert RatingChanged(**A, rating="Good").previous is None
    assert InspectionCarriedOut(**A, inspection="i", title="Well-led inspection").key_question is None
    assert RequirementMade(**A, requirement="r", text="Improve").urgency is None


def test_a_word_that_is_none_is_refused_at_once() -> None:
    """An event with a word that is not in its vocabulary is never made."""
    with pytest.raises(WordError, match=r"did you mean 'Inadequate'\?$"):
        RatingChanged(**A, rating="inadequate")


def test_lists_become_tuples() -> None:
    """What a list held when the event was made stays, whatever becomes of the list."""
    evidence = [Evidence(kind="Photograph", dated="2026-02")]

    event = ActionCompleted(**A, action="a", evidence=evidence)
    evidence.clear()

    assert event.evidence == (Evidence(kind="Photograph", dated="2026-02"),)
    assert isinstance(event.evidence, tuple)


def test_the_requirements_of_a_notice_are_told_apart() -> None:
    """Two requirements of a notice under one id could not be determined one by one."""
    with pytest.raises(EventError) as caught:
        NoticeIssued(
            **A,
            notice="n",
            kind="Warning Notice",
            requirements=[NoticeRequirement(requirement=one, text="Improve") for one in ("r", "s", "r")],
        )

    assert str(caught.value) == "requirements: 'r' stands twice: give each requirement its own id"
    assert (caught.value.field, caught.value.value) == ("requirements", "r")


def test_a_field_that_a_fact_needs_is_not_left_out() -> None:
    """An event without its date, or with a field that it hasn't, is never made."""
    with pytest.raises(TypeError, match="on"):
        RatingsSuspended(trust="RHA")  # type: ignore[call-arg]  # the point of the test
    with pytest.raises(TypeError, match="rating"):
        RatingsSuspended(**A, rating="Good")  # type: ignore[call-arg]  # the point of the test
