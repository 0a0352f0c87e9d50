"""How values look."""

from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from ledger import Change, When
from ledger._report import said
from ledger._show import Line, Page, Section, counted, listed, plain, spaced
from ledger.events import Evidence, Rating


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (When("2027-03"), "2027-03"),
        (date(2027, 3, 31), "2027-03-31"),
        (datetime(2027, 3, 31, 9, tzinfo=UTC), "2027-03-31T09:00:00Z"),
        (Rating.GOOD, "Good"),
        (frozenset({"b", "a"}), ["a", "b"]),
        (("b", "a"), ["b", "a"]),
        ({"a": When("2027")}, {"a": "2027"}),
        (Evidence(kind="minutes"), {"kind": "minutes", "reference": None, "dated": None, "seen_by": None}),
        (None, None),
        (3, 3),
        (True, True),
    ],
)
def test_values_as_json_has_them(value: object, expected: object) -> None:
    """Dates and words as text, sets sorted, objects by field."""
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "nothing"),
        ((), "nothing"),
        (frozenset(), "nothing"),
        ("", "nothing"),
        (When("2027-03"), "March 2027"),
        (date(2027, 3, 31), "31 March 2027"),
        (True, "yes"),
        (False, "no"),
        (frozenset({"b", "a"}), "a, b"),
        ((When("2027"), When("2028")), "2027, 2028"),
        (Evidence(kind="minutes", seen_by="internal audit"), "kind minutes, seen by internal audit"),
        (39, "39"),
    ],
)
def test_values_in_words(value: object, expected: str) -> None:
    """As a board paper would say them."""
    assert said(value) == expected


def test_parts_are_joined_without_doubled_stops() -> None:
    """What says nothing is left out; a full stop goes where a separator follows, and stays at the end."""
    assert listed(["One.", None, "", "Two."]) == "One; Two."
    assert listed([], ", ") == ""


def test_one_is_not_many() -> None:
    """One day, two days, no days."""
    assert [counted(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_the_name_of_a_class_is_spaced() -> None:
    """As words, with one capital."""
    assert (spaced("ActionDeadlinePassed"), spaced("X")) == ("Action deadline passed", "X")


PAGE = Page("Title", ("A note.",), (Section("Part", (Line("What", "is said", (1, 2), "Forecast:"), Line("More", ""))),))


def test_a_page_is_the_same_as_text_on_a_terminal_and_in_a_notebook() -> None:
    """Title, notes, sections, statements with marks and numbers."""
    assert str(PAGE) == "Title\nA note.\n\nPart\n  Forecast: What: is said [1, 2]\n  More"
    console = Console(width=80, record=True, force_terminal=False)
    with console.capture() as shown:
        console.print(PAGE)
    for words in ("Title", "A note.", "Part", "What", "Forecast: is said", "[1, 2]"):
        assert words in shown.get()
    assert PAGE._repr_html_() == (
        "<h3>Title</h3><p>A note.</p><table><caption>Part</caption><tbody>"
        "<tr><td>What</td><td>Forecast: is said</td><td>[1, 2]</td></tr>"
        "<tr><td>More</td><td></td><td></td></tr></tbody></table>"
    )


def test_a_change_is_of_something() -> None:
    """A change with neither side is nothing."""
    with pytest.raises(ValueError, match="a change is of something"):
        _ = Change("RHA", "actions", None, None).thing
