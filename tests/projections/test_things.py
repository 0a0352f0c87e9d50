"""Things on record by id: a mapping that never changes, and what every thing can say of itself."""

from datetime import date

import attrs
import pytest
from immutables import Map

from ledger import When
from ledger.errors import NotOnRecordError
from ledger.events import MeetingHeld
from ledger.projections import Thing, Things
from ledger.projections._things import heard
from ledger.projections.meetings import Meeting

BOARD = Meeting(meeting="board", purpose="To take the report")
AUDIT = Meeting(meeting="audit", bodies=frozenset({"Audit Committee"}), held_on=When("2026-02-01"))
BOTH = Things(Map({"board": BOARD, "audit": AUDIT}))


def test_a_thing_has_not_been_heard_of_at_first() -> None:
    """A thing that no fact has touched has no day on which it was last heard of."""
    assert Thing().last_heard is None


def test_a_kind_of_thing_says_what_it_is_about_and_in_which_words() -> None:
    """What a thing is about, and its summary, are left to each kind of thing."""
    with pytest.raises(NotImplementedError):
        _ = Thing().about
    with pytest.raises(NotImplementedError):
        _ = Thing().summary


def test_a_thing_is_called_by_its_id_unless_it_has_a_better_name() -> None:
    """Without a heading of its own a thing goes by the last part of what it is about."""

    @attrs.frozen(kw_only=True)
    class Ward(Thing):
        @property
        def about(self) -> tuple[str, ...]:
            return "ward", "site", "oak-ward"

    assert Ward().heading == "oak-ward"


def test_a_thing_reads_as_its_heading_and_its_summary() -> None:
    """The text of a thing is its heading, a colon and its summary."""
    assert str(AUDIT) == "Audit Committee: held 1 February 2026"


def test_a_fact_heard_about_a_thing_sets_the_day_and_nothing_else() -> None:
    """Hearing of a thing notes the latest day that the fact can mean."""
    fact = MeetingHeld(trust="RHA", on="2026-03", meeting="board", bodies=["Board"])
    assert heard(BOARD, fact) == Meeting(meeting="board", purpose="To take the report", last_heard=date(2026, 3, 31))


def test_things_come_in_order_of_id() -> None:
    """Iteration, keys and rows follow the ids, whatever order things were added in."""
    assert list(BOTH) == ["audit", "board"]
    assert list(BOTH.keys()) == ["audit", "board"]
    assert BOTH.rows() == (AUDIT, BOARD)


def test_things_are_a_mapping() -> None:
    """Things can be counted, looked up, and asked for with a fallback."""
    assert len(BOTH) == 2
    assert BOTH["board"] == BOARD
    assert "audit" in BOTH
    assert "council" not in BOTH
    assert BOTH.get("council") is None
    assert not Things()


def test_things_with_equal_content_are_equal() -> None:
    """Things are values: equal content is equal and hashes alike, whatever order it came in."""
    again = Things(Map({"audit": AUDIT, "board": BOARD}))
    assert again == BOTH
    assert hash(again) == hash(BOTH)
    assert Things(Map({"audit": AUDIT})) != BOTH


def test_a_thing_not_on_record_is_an_error_that_names_those_that_are() -> None:
    """Asking for a thing that is not on record names what was asked for and what is there, in order."""
    with pytest.raises(NotOnRecordError) as wrong:
        _ = BOTH["council"]
    assert str(wrong.value) == "'council' is not on record in this view; on record: audit, board"
    assert wrong.value.value == "council"


def test_a_thing_not_on_record_where_there_is_nothing_at_all() -> None:
    """An empty record says that nothing is there."""
    with pytest.raises(NotOnRecordError, match="'council' is not on record in this view; on record: nothing"):
        _ = Things[Meeting]()["council"]


def test_changing_a_thing_leaves_the_others_and_the_things_before_as_they_were() -> None:
    """A change gives new things; those it was made from stay the same."""
    changed = BOTH.change("board", Meeting(meeting="board"), lambda m: attrs.evolve(m, outcome="Accepted"))
    assert changed == Things(Map({"audit": AUDIT, "board": attrs.evolve(BOARD, outcome="Accepted")}))
    assert BOTH["board"] == BOARD


def test_changing_a_thing_not_on_record_begins_it() -> None:
    """A thing not yet on record begins as the new one, changed."""
    begun = Things[Meeting]().change("board", BOARD, lambda m: attrs.evolve(m, outcome="Accepted"))
    assert begun.rows() == (attrs.evolve(BOARD, outcome="Accepted"),)


def test_things_read_as_one_line_each() -> None:
    """The text of things is one line a thing in order of id; of none, that nothing is on record."""
    assert str(BOTH) == "Audit Committee: held 1 February 2026\nboard: To take the report"
    assert str(Things()) == "nothing on record"
