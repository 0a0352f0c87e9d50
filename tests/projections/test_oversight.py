"""How closely other bodies watch the trust."""

from datetime import date

import pytest

from ledger import When
from ledger.events import OversightChanged
from ledger.projections.oversight import Oversight, oversight

FIRST = OversightChanged(
    trust="RHA",
    on="../2024-03",
    bodies=["NHS England"],
    level="segment 3",
    edition="NHS Oversight Framework 2021",
    reason="leadership",
)


def test_oversight_is_on_record_as_stated() -> None:
    """Everything that is said of a level of oversight is kept, by the bodies that watch."""
    assert oversight.fold([FIRST])["NHS England"] == Oversight(
        bodies=frozenset({"NHS England"}),
        level="segment 3",
        since=When("../2024-03"),
        edition="NHS Oversight Framework 2021",
        reason="leadership",
        last_heard=date(2024, 3, 31),
    )


def test_the_latest_level_stands_and_those_before_are_kept() -> None:
    """Levels before are kept with the edition of their scale, oldest first; what a later level leaves out is not carried over."""
    given = [
        FIRST,
        OversightChanged(trust="RHA", on="2024-06-01", bodies=["NHS England"], level="segment 4"),
        OversightChanged(trust="RHA", on="2025-06-01", bodies=["NHS England"], level="segment 2"),
    ]
    assert oversight.fold(given).rows() == (
        Oversight(
            bodies=frozenset({"NHS England"}),
            level="segment 2",
            since=When("2025-06-01"),
            previous=("segment 3 (NHS Oversight Framework 2021)", "segment 4"),
            last_heard=date(2025, 6, 1),
        ),
    )


def test_the_same_level_stated_again_changes_nothing() -> None:
    """A level of one edition stands since it was first stated, for the reason then told; only the day it was heard of moves."""
    again = OversightChanged(
        trust="RHA",
        on="2024-06-01",
        bodies=["NHS England"],
        level="segment 3",
        edition="NHS Oversight Framework 2021",
        reason="finances",
    )
    assert oversight.fold([FIRST, again])["NHS England"] == Oversight(
        bodies=frozenset({"NHS England"}),
        level="segment 3",
        since=When("../2024-03"),
        edition="NHS Oversight Framework 2021",
        reason="leadership",
        last_heard=date(2024, 6, 1),
    )


def test_the_same_word_of_another_edition_is_another_level() -> None:
    """Segment 3 of a new edition is a level of its own, and that of the old one is kept as before; so is the way back."""
    other = OversightChanged(
        trust="RHA", on="2025-06-01", bodies=["NHS England"], level="segment 3", edition="NHS Oversight Framework 2025"
    )
    back = OversightChanged(
        trust="RHA", on="2026-06-01", bodies=["NHS England"], level="segment 3", edition="NHS Oversight Framework 2021"
    )
    changed = oversight.fold([FIRST, other])["NHS England"]
    assert (changed.edition, changed.since) == ("NHS Oversight Framework 2025", When("2025-06-01"))
    assert changed.previous == ("segment 3 (NHS Oversight Framework 2021)",)
    assert oversight.fold([FIRST, other, back])["NHS England"].previous == (
        "segment 3 (NHS Oversight Framework 2021)",
        "segment 3 (NHS Oversight Framework 2025)",
    )


def test_each_body_or_group_of_bodies_has_a_level_of_its_own() -> None:
    """A level set by a group of bodies does not touch that of one of them; the order of naming makes no difference."""
    given = [
        FIRST,
        OversightChanged(trust="RHA", on="2024-06-01", bodies=["NHS England", "CQC"], level="enhanced"),
        OversightChanged(trust="RHA", on="2024-07-01", bodies=["CQC", "NHS England"], level="intensive"),
    ]
    state = oversight.fold(given)
    assert list(state) == ["CQC, NHS England", "NHS England"]
    assert state["CQC, NHS England"].previous == ("enhanced",)
    assert state["NHS England"].level == "segment 3"


def test_oversight_reads_aloud() -> None:
    """The words of oversight name the bodies, the level with the edition of its scale, since when, why, and what was before."""
    later = OversightChanged(
        trust="RHA", on="2024-06-01", bodies=["NHS England"], level="segment 4", edition="Edition of 2024", reason="finances"
    )
    standing = oversight.fold([FIRST, later])["NHS England"]
    assert standing.about == ("oversight", "NHS England")
    assert str(standing) == (
        "NHS England: segment 4 (Edition of 2024); in force by 1 June 2024; because: finances; "
        "before: segment 3 (NHS Oversight Framework 2021)"
    )


@pytest.mark.parametrize(
    ("on", "words"), [("../2024-03", "in force by March 2024"), ("2024-03-05", "in force by 5 March 2024")]
)
def test_a_level_is_in_force_by_a_day(on: str, words: str) -> None:
    """A source that says only by when a level was in force says "by" once."""
    stated = OversightChanged(trust="RHA", on=on, bodies=["CQC", "NHS England"], level="segment 3")
    assert str(oversight.fold([stated])["CQC, NHS England"]) == f"CQC, NHS England: segment 3; {words}"
