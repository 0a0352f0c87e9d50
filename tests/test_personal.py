"""What looks like personal data in a text, what does not, and that the time is in proportion to the text."""

import csv
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger._personal import ADVICE, Finding, bears_title, personal

E_MAIL, PHONE, NHS, NAME = "an e-mail address", "a telephone number", "an NHS number", "the name of a person"


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("Write to jane.smith@example.nhs.uk.", E_MAIL, "j…@example.nhs.uk"),
        ("mailto:j@example.org", E_MAIL, "j…@example.org"),
        ("<J_SMITH+trust@example.co.uk>", E_MAIL, "J…@example.co.uk"),
        ("https://example.org/?to=jane@example.org", E_MAIL, "j…@example.org"),
        ("Call 07700 900123 today", PHONE, "077…"),
        ("07700900123", PHONE, "077…"),
        ("07700 900 123", PHONE, "077…"),
        ("07700-900-123", PHONE, "077…"),
        ("on 07700 900123 12 May", PHONE, "077…"),
        ("020 7946 0958", PHONE, "020…"),
        ("(020) 7946 0958", PHONE, "(02…"),
        ("0161 496 0000", PHONE, "016…"),
        ("01632 960123", PHONE, "016…"),
        ("01632 96 01 23", PHONE, "016…"),
        ("Tel.01632\u00a0960\u00a0123", PHONE, "016…"),
        ("+44 20 7946 0958", PHONE, "+44…"),
        ("+44 (0)20 7946 0958", PHONE, "+44…"),
        ("+447700900123", PHONE, "+44…"),
        ("0044 7700 900123", PHONE, "004…"),
        ("NHS number 943 476 5919", NHS, "943…"),
        ("943-476-5919", NHS, "943…"),
        ("(9434765919)", NHS, "943…"),
        ("patient-9434765919", NHS, "943…"),
        ("Dr Jane Smith said so", NAME, "Dr J…"),
        ("seen by Dr.Smith", NAME, "Dr S…"),
        ("Mr. Smith", NAME, "Mr S…"),
        ("Mrs A. Patel", NAME, "Mrs A…"),
        ("Miss J. R. Smith-Jones", NAME, "Miss J…"),
        ("Ms\u00a0O\u2019Neill", NAME, "Ms O…"),
        ("Mx Smith", NAME, "Mx S…"),
        ("Professor Sir John Smith", NAME, "Professor J…"),
        ("Prof J.R.Smith", NAME, "Prof J…"),
        ("Sir John Smith", NAME, "Sir J…"),
        ("Lord Smith\u2019s report", NAME, "Lord S…"),
        ("Baroness Smith", NAME, "Baroness S…"),
        ("Dame Jane Smith", NAME, "Dame J…"),
        ("Revd Łukasz Żak", NAME, "Revd Ł…"),
        ("Cllr Smith", NAME, "Cllr S…"),
        ("MRS SMITH", NAME, "MRS S…"),
        ("Mr Ward", NAME, "Mr W…"),
        ("Mr and Mrs Smith", NAME, "Mrs S…"),
        ("Dr Jane Smith, Hospital Director", NAME, "Dr J…"),
        ("North Practice  Dr Smith", NAME, "Dr S…"),
    ],
)
def test_what_looks_like_personal_data_is_found_and_masked(text: str, kind: str, masked: str) -> None:
    """The kind, and a hint of the passage."""
    assert personal(text) == (Finding(kind, masked),)


@pytest.mark.parametrize(
    "text",
    [
        "enquiries@example.nhs.uk",
        "trust.pals@example.nhs.uk",
        "info2@example.org",
        "@trust",
        "a@b",
        "5 @ 3.20",
        "0300 123 4567",
        "0800 111 111",
        "08457 909090",
        "RHA",
        "RT2C1",
        "1-101635212",
        "1-9434765919",
        "INS2-9434765919",
        "aebe7a87-61f5-4d51-b048-326812623eeb",
        "422000126280",
        "2026-01-13",
        "13/01/2026",
        "01-02-2026",
        "01 02 2026 10 30",
        "20260113120000",
        "£9434765919",
        "£01632 960123",
        "1,943,476,591",
        "0.9434765919",
        "943,476,5919",
        "9434765919%",
        "9434765918",
        "94347659190",
        "943 4765 919",
        "ISBN 0306406152",
        "ISBN-10: 0306406152",
        "https://example.org/9434765919",
        "https://example.org/call 2026",
        "Regulation 12(2)(a) and 17",
        "Sir Robert Peel Hospital",
        "Lady Sobell Unit",
        "Dr Gray\u2019s Hospital",
        "Dame Agatha House",
        "Dr Smith\u2019s Practice\u2019s",
        "Prince\u2019s ward",
        "the Lord Smith Review",
        "149 Lord Lane",
        "the Lord Mayor",
        "Lady Of Lourdes",
        "Our Lady Immaculate",
        "Near Miss Reporting",
        "a miss",
        "MS Teams",
        "Ms Teams",
        "MS SMITH",
        "DR Site",
        "dr smith",
        "Dr X",
        "Dr A.",
        "the Prof said",
        "the Professor, Jane",
        "Doctor Rota",
        "Cambridge Sirs",
        "the chief executive, Jane Smith",
    ],
)
def test_what_does_not_look_like_personal_data_is_let_through(text: str) -> None:
    """Bodies, ids, dates, sums, places and offices; and what the net has holes for."""
    assert personal(text) == ()


def test_all_that_a_text_holds_is_found_each_once() -> None:
    """In order of kind, then of place; a repeat is told once."""
    text = "Dr Smith and Dr Jones, 07700 900123, and Dr Smith again: smith@example.org"
    assert [str(one) for one in personal(text)] == [
        "an e-mail address (s…@example.org)",
        "a telephone number (077…)",
        "the name of a person (Dr S…)",
        "the name of a person (Dr J…)",
    ]


def test_no_passage_goes_on_in_the_next_line() -> None:
    """So that many texts can be looked through as lines of one."""
    assert personal("Dr\nSmith\njane\n@example.org\n07700\n900123\n943\n4765919\nISBN") == ()
    assert personal("ISBN\n9434765919") == (Finding(NHS, "943…"),)


def checked(nine: str) -> str | None:
    """Add the check digit to nine digits as the NHS Data Dictionary says; none where it would be 10."""
    rest = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if rest == 1 else f"{nine}{(11 - rest) % 11}"


NHS_NUMBERS = st.from_regex(r"[0-9]{9}", fullmatch=True).map(checked).filter(lambda number: number is not None)
LETTERS = st.text(st.characters(whitelist_categories=["Ll"], max_codepoint=0x17F), min_size=1, max_size=9)


@given(NHS_NUMBERS, st.sampled_from(["", " ", "-", "\u00a0"]))
def test_every_valid_nhs_number_is_found_and_not_repeated(number: str, gap: str) -> None:
    """However it is spaced."""
    written = gap.join((number[:3], number[3:6], number[6:]))
    (found,) = personal(f"No. {written}.")
    assert (found.kind, written in str(found)) == (NHS, False)


@given(NHS_NUMBERS, st.integers(1, 9), st.integers(0, 9))
def test_one_wrong_digit_makes_it_no_nhs_number(number: str, added: int, at: int) -> None:
    """The check digit sees every single slip."""
    wrong = number[:at] + str((int(number[at]) + added) % 10) + number[at + 1 :]
    assert personal(wrong) == ()


@given(LETTERS, LETTERS, st.sampled_from(["Mr", "Mrs", "Dr", "Professor", "Sir", "Lady"]))
def test_no_message_repeats_the_datum(first: str, last: str, title: str) -> None:
    """Neither a name nor an address stands whole in what is told of it."""
    name, address = f"{title} {first.capitalize()} {last.capitalize()}", f"{first}.{last}@example.org"
    told = " ".join(map(str, personal(f"{name}, {address}")))
    assert name not in told
    assert address not in told


@pytest.mark.parametrize(
    "piece",
    ["a", "@", "a@", "a.", "a@a.bc ", "0", "0 ", "(0", "+44 ", "07700 900 12 ", "Dr ", "Dr A ", "A.", "https://"],
)
def test_the_time_is_in_proportion_to_the_text(piece: str) -> None:
    """A million letters made to mislead take seconds at the most, where going back and forth would take days."""
    text = (f"Dr {piece}" + piece * (1_000_000 // len(piece)))[:1_000_000]
    began = time.process_time()
    personal(text)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("name", "is_titled"),
    [
        ("Dr Smith & Partners", True),
        ("MRS SMITH", True),
        ("Doctor Smith", True),
        ("MS Centre", False),
        ("Doctor\u2019s House", False),
    ],
)
def test_a_title_in_a_name(name: str, is_titled: bool) -> None:
    """As a word of its own, wherever it stands."""
    assert bears_title(name) is is_titled


def test_the_advice_says_what_to_write() -> None:
    """A message ends with it."""
    assert ADVICE == "name the role or the body instead"


# Real texts


def texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a value of JSON, with the name it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, name)


def test_of_the_bodies_of_cqc_the_names_of_people_are_found_and_nothing_else(shared_data: Path) -> None:
    """Nine names of practices, three of what came before them and one other name; no id, date or hospice is taken for a datum."""
    bodies = [json.loads(path.read_bytes()) for path in sorted((shared_data / "cqc-api").rglob("*.json"))]
    told = [(name, text) for body in bodies for name, text in texts(body) if personal(text)]
    assert Counter(name for name, _ in told) == {
        "name": 8,
        "relatedLocationName": 2,
        "relatedProviderName": 1,
        "alsoKnownAs": 1,
    }
    assert all({"Dr", "Mr", "Mr."} & set(text.split()) for _, text in told)
    assert not [text for _, text in told if "Hospice" in text]


def test_of_the_tables_nothing_is_taken_for_personal_data(shared_data: Path) -> None:
    """Codes, dates, names of trusts and services."""
    tables = sorted(shared_data.rglob("*.csv"))
    cells = {cell for path in tables for row in csv.reader(path.read_text(encoding="utf-8").splitlines()) for cell in row}
    assert len(cells) > 1_000
    assert [cell for cell in cells if personal(cell)] == []


def test_of_the_documents_one_address_and_two_names_are_found(shared_data: Path) -> None:
    """All that is there of the kinds that are looked for."""
    documents = sorted((shared_data.parent / "sources").glob("*.txt"))
    found = [one.kind for path in documents for one in personal(path.read_text(encoding="utf-8"))]
    assert Counter(found) == {E_MAIL: 1, NAME: 2}
