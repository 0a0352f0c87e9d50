"""What holds for every type that can be recorded, and what each special case says of itself."""

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Entry, Ledger, events
from ledger._codec import decode, encode
from ledger._store import MemoryRecorder
from ledger.errors import EventError
from ledger.events import (
    PASSES,
    ActionCommitted,
    ActionCompleted,
    ActionConditionResolved,
    ActionDeadlinePassed,
    ActionPlanRequested,
    ActionWithdrawn,
    AgreementNoticeIntended,
    BreachCleared,
    BreachFound,
    ConcernEscalated,
    Event,
    InspectionPublished,
    LocationFormed,
    LocationRegistered,
    LocationRenamed,
    MeetingHeld,
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    NoticeWithdrawn,
    OversightChanged,
    PaperPresented,
    ProgrammeReported,
    QualityStatementScored,
    RatingChanged,
    RatingPublished,
    RatingsReplaced,
    RatingsSuspended,
    RatingWithdrawn,
    Recordable,
    RequirementAssessed,
    RequirementMade,
    ReviewPublished,
    TrustDeregistered,
    TrustFormed,
    TrustRenamed,
    TrustSucceeded,
)
from ledger.projections import PROJECTIONS
from ledger.testing._clock import START
from ledger.testing._events import ANY, made

KINDS = ANY
EXCUSED = {
    "Corroborated": "it adds sources to an entry, and says nothing of the trust",
    "Redacted": "it tells that the text of an entry was erased, and says nothing of the trust",
    "Retracted": "it takes an entry out of every timeline, and stands in none itself",
}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
few = settings(max_examples=8)


@every_kind
def test_each_type_is_described_in_its_own_words(kind: type[Recordable]) -> None:
    """A type has a docstring of its own that starts with a sentence; an event's says what `on` means for it."""
    described = vars(kind)["__doc__"] or ""

    assert described[:1].isupper()
    assert ". " in described or described.split("\n")[0].endswith(".")
    assert "`on` is" in described or not issubclass(kind, Event)


@every_kind
def test_each_type_is_exported_under_its_name(kind: type[Recordable]) -> None:
    """A type is found in `ledger.events` under the name it has in the store."""
    assert getattr(events, kind.__name__) is kind
    assert Recordable.known[kind.__name__] is kind


@every_kind
def test_each_type_is_frozen_slotted_and_takes_names_only(kind: type[Recordable]) -> None:
    """A type is made by names alone, can't be changed, and has no room for what it doesn't declare."""
    built = attrs.inspect(kind)

    assert built.is_frozen
    assert built.is_slotted
    assert all(field.kw_only for field in attrs.fields(kind))
    assert not any("__dict__" in vars(base) for base in kind.__mro__)


def _is_immutable(value: object) -> bool:
    kind: Any = type(value)
    if attrs.has(kind):
        return attrs.inspect(kind).is_frozen and all(_is_immutable(getattr(value, field.name)) for field in attrs.fields(kind))
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_immutable, value))
    return isinstance(value, (str, int, date, type(None)))


@every_kind
@few
@given(st.data())
def test_each_is_immutable_all_the_way_down(kind: type[Recordable], data: st.DataObject) -> None:
    """An event holds texts, numbers, dates, and tuples, sets and values of them; so it can be hashed."""
    event = data.draw(made(kind))

    assert _is_immutable(event)
    assert hash(event) == hash(attrs.evolve(event))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.trust = "RVN"  # type: ignore[misc]  # that it is refused is the point


def _entry(event: Recordable) -> Entry:
    return Entry(number=7, event=event, recorded_at=START, recorded_by="Recorder", place=7)


@every_kind
@few
@given(st.data())
def test_each_comes_back_from_its_bytes_as_it_was(kind: type[Recordable], data: st.DataObject) -> None:
    """What is read equals what was written, and equal events have equal bytes."""
    entry = _entry(data.draw(made(kind)))

    read = decode(7, encode(entry))

    assert read == entry
    assert type(read.event) is kind
    assert encode(read) == encode(entry)


def test_each_type_is_asked_about_or_excused() -> None:
    """A type that no projection handles would be recorded for nothing; a type that one handles needs no excuse."""
    handled = {kind.__name__ for one in PROJECTIONS.values() for kind in one.handles}

    assert handled | EXCUSED.keys() == {kind.__name__ for kind in KINDS}
    assert not handled & EXCUSED.keys()


def test_the_passes_are_those_of_deadlines() -> None:
    """A pass is of a thing that has a due, and is an event like any other."""
    assert {kind.__name__ for kind in PASSES} == {
        "ActionDeadlinePassed",
        "ActionPlanDeadlinePassed",
        "NoticeDeadlinePassed",
    }
    assert {kind.__name__ for kind in KINDS if kind.__name__.endswith("DeadlinePassed")} == {kind.__name__ for kind in PASSES}


def test_two_types_of_one_name_are_refused() -> None:
    """A name in the store means one type; the first keeps it."""
    with pytest.raises(TypeError, match=r"^two event types are named RatingChanged$"):
        attrs.make_class("RatingChanged", {}, bases=(Event,), frozen=True, kw_only=True)

    assert Recordable.known["RatingChanged"] is RatingChanged


def test_a_shared_base_is_no_type() -> None:
    """A name that starts with an underscore is a base, and can't be recorded."""
    attrs.make_class("_OfSomething", {}, bases=(Event,), frozen=True, kw_only=True)

    assert not any(name.startswith("_") for name in Recordable.known)


def test_what_every_event_is_made_of_is_no_type() -> None:
    """The bases of all types have no name in the store, and each type there is its own."""
    assert not {"Event", "Recordable"} & Recordable.known.keys()
    assert {name: kind.__name__ for name, kind in Recordable.known.items()} == {name: name for name in Recordable.known}


def test_an_event_of_no_type_is_not_recorded() -> None:
    """A base is refused at the door, as it could be written and never read; nothing of what came with it is recorded."""
    base = attrs.make_class("_OfNothing", {}, bases=(Event,), frozen=True, kw_only=True)
    ledger = Ledger(MemoryRecorder(), by="Governance")
    for event in (Event(trust="RHA", on="2026-03"), base(trust="RHA", on="2026-03")):
        with pytest.raises(EventError) as caught:
            ledger.record(RatingsSuspended(trust="RHA", on="2026-03"), event)
        assert str(caught.value) == f"{type(event).__name__} is no type that can be recorded: use one of ledger.events"
        assert caught.value.field == "event"
    assert ledger.entries == ()


A: dict[str, Any] = {"trust": "RHA", "on": "2026-03"}  # what every event needs
NOTICE = NoticeIssued(
    **A,
    notice="n",
    kind="Warning Notice",
    inspection="i",
    requirements=[NoticeRequirement(requirement="r", text="Ligature points"), NoticeRequirement(requirement="s", text="Fire")],
)


@pytest.mark.parametrize(
    ("event", "about", "key"),
    [
        (TrustRenamed(**A, name="New name"), ("trust",), "TrustRenamed"),
        (TrustDeregistered(**A), ("trust",), "TrustDeregistered"),
        (TrustFormed(**A, predecessors=["RX1"]), ("trust",), "TrustFormed"),
        (
            LocationRegistered(**A, location="1-123456789", name="Highbury"),
            ("location", "1-123456789"),
            "LocationRegistered/1-123456789",
        ),
        (LocationFormed(**A, location="RHAXX", predecessors=["RX101"]), ("location", "RHAXX"), "LocationFormed/RHAXX"),
        (BreachFound(**A, breach="b", as_described="Staffing"), ("breach", "b"), "BreachFound/b"),
        (BreachFound(**A, breach="b", as_described="Staffing", id="b-2"), ("breach", "b"), "b-2"),
        (RatingChanged(**A, rating="Good"), ("rating", "", "", "Overall"), "RatingChanged/Overall"),
        (
            RatingPublished(**A, rating="Good", location="RHAXX", key_question="Safe"),
            ("rating", "RHAXX", "", "Safe"),
            "RatingPublished/RHAXX/Safe",
        ),
        (
            QualityStatementScored(
                **A, location="RHAXX", key_question="Safe", quality_statement="Safe environments", score="3"
            ),
            ("quality statement", "RHAXX", "", "Safe", "Safe environments"),
            "QualityStatementScored/RHAXX/Safe/Safe environments",
        ),
        (
            RatingChanged(**A, rating="Good", service="Wards", key_question="Safe"),
            ("rating", "", "Wards", "Safe"),
            "RatingChanged/Wards/Safe",
        ),
        (
            RatingWithdrawn(**A, location="Highbury", service="Wards", key_question="Safe"),
            ("rating", "Highbury", "Wards", "Safe"),
            "RatingWithdrawn/Highbury/Wards/Safe",
        ),
        (RatingsReplaced(**A, framework="Sector frameworks 2026"), ("rating", "", ""), "RatingsReplaced"),
        (RatingsSuspended(**A), ("rating",), "RatingsSuspended"),
        (NOTICE, ("notice", "n"), "NoticeIssued/n"),
        (NoticeDetermined(**A, notice="n", outcome="complied"), ("notice", "n"), "NoticeDetermined/n"),
        (
            NoticeDetermined(**A, notice="n", outcome="complied", requirement="r"),
            ("notice", "n", "r"),
            "NoticeDetermined/n/r",
        ),
        (
            ActionConditionResolved(**A, action="a", condition_text="Capital is approved", outcome="met"),
            ("action", "a", "Capital is approved"),
            "ActionConditionResolved/a/Capital is approved",
        ),
        (
            AgreementNoticeIntended(**A, agreement="g", stage="announced"),
            ("agreement", "g", "announced"),
            "AgreementNoticeIntended/g/announced",
        ),
        (
            ConcernEscalated(**A, concern="c", to="NHS England"),
            ("concern", "c", "NHS England"),
            "ConcernEscalated/c/NHS England",
        ),
        (
            OversightChanged(**A, bodies=["NHS England", "Council"], level="Segment 4"),
            ("oversight", "Council, NHS England"),
            "OversightChanged/Council, NHS England",
        ),
    ],
)
def test_an_event_says_what_it_is_about_and_what_it_is_called(event: Event, about: tuple[str, ...], key: str) -> None:
    """An event is called by its own `id`, else by its type and what it is about, as plain texts."""
    assert event.about == about
    assert event.key == key


@pytest.mark.parametrize(
    ("event", "defines", "refers"),
    [
        (TrustSucceeded(**A, by=["RVN"]), [], []),
        (TrustFormed(**A, predecessors=["RVN"]), [], []),
        (LocationRegistered(**A, location="RHAXX", name="Highbury"), [], []),
        (LocationRenamed(**A, location="RHAXX", name="Highbury"), [], []),
        (RatingsSuspended(**A), [], []),
        (RatingChanged(**A, rating="Good"), [], []),
        (RatingPublished(**A, rating="Good", location="RHAXX", inspection="i"), [], [("inspection", "inspection", "i")]),
        (RatingChanged(**A, rating="Good", inspection="i"), [], [("inspection", "inspection", "i")]),
        (
            BreachFound(**A, breach="b", as_described="Staffing", inspection="i"),
            [("breach", "b")],
            [("inspection", "inspection", "i")],
        ),
        (BreachCleared(**A, breach="b"), [], [("breach", "breach", "b")]),
        (InspectionPublished(**A, inspection="i"), [], [("inspection", "inspection", "i")]),
        (InspectionPublished(**A, inspection="i", title="Well-led inspection"), [("inspection", "i")], []),
        (ReviewPublished(**A, review="v"), [], [("review", "review", "v")]),
        (ReviewPublished(**A, review="v", title="Section 48 review"), [("review", "v")], []),
        (
            ProgrammeReported(**A, programme="p", title="39 assessments", review="v"),
            [("programme", "p")],
            [("review", "review", "v")],
        ),
        (
            RequirementMade(**A, requirement="r", text="Improve", of="i", answers=["b", "a"]),
            [("requirement", "r")],
            [("of", "", "i"), ("answers", "", "a"), ("answers", "", "b")],
        ),
        (
            RequirementAssessed(**A, requirement="r", outcome="met", inspection="i"),
            [],
            [("requirement", "requirement", "r"), ("inspection", "inspection", "i")],
        ),
        (NOTICE, [("notice", "n"), ("requirement", "r"), ("requirement", "s")], [("inspection", "inspection", "i")]),
        (NoticeWithdrawn(**A, notice="n"), [], [("notice", "notice", "n")]),
        (NoticeDetermined(**A, notice="n", outcome="complied"), [], [("notice", "notice", "n")]),
        (
            NoticeDetermined(**A, notice="n", outcome="complied", requirement="r"),
            [],
            [("notice", "notice", "n"), ("requirement", "requirement", "r")],
        ),
        (
            NoticeDeadlinePassed(**A, notice="n", requirement="r", due="2026-02"),
            [],
            [("notice", "notice", "n"), ("requirement", "requirement", "r")],
        ),
        (ActionPlanRequested(**A, plan="p", answers=["n"]), [("plan", "p")], [("answers", "", "n")]),
        (
            ActionCommitted(**A, action="a", title="End dormitories", answers=["f"], part_of="b"),
            [("action", "a")],
            [("answers", "", "f"), ("part_of", "", "b")],
        ),
        (ActionWithdrawn(**A, action="a"), [], [("action", "action", "a")]),
        (ActionDeadlinePassed(**A, action="a", due="2026-02"), [], [("action", "action", "a")]),
        (ActionCompleted(**A, action="a", answers=["f"]), [], [("action", "action", "a"), ("answers", "", "f")]),
        (ActionCompleted(**A, action="a", title="Never promised", answers=["f"]), [("action", "a")], [("answers", "", "f")]),
        (MeetingHeld(**A, meeting="m", bodies=["Board"]), [("meeting", "m")], []),
        (
            PaperPresented(**A, paper="p", title="Update", body="Board", meeting="m"),
            [("paper", "p")],
            [("meeting", "meeting", "m")],
        ),
    ],
)
def test_an_event_says_what_it_puts_on_record_and_what_it_needs_there(
    event: Event, defines: list[tuple[str, str]], refers: list[tuple[str, str, str]]
) -> None:
    """An event that may be the first to name a thing defines it; any other thing it names must be on record."""
    assert list(event.defines()) == defines
    assert sorted(event.refers()) == sorted(refers)


@few
@given(st.sampled_from([kind for kind in KINDS if issubclass(kind, Event)]).flatmap(made))
def test_no_event_needs_what_it_puts_on_record(event: Event) -> None:
    """A thing that an event defines is not one that it waits for, though it may answer one of any kind."""
    assert not set(event.defines()) & {(kind, thing) for _, kind, thing in event.refers()}
    assert event.key
    assert event.about[0]
