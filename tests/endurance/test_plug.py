"""A process that is killed while it records loses nothing it acknowledged, and the figures would tell if it did."""

import random
from pathlib import Path

import attrs
import pytest

from ledger import Ledger
from ledger.events import RatingPublished
from tests.endurance.plug import KINDS, Figures, run, seen
from tests.endurance.side import Line
from tests.endurance.sound import digest, rows_after
from tests.endurance.zygote import Zygote
from tests.postgres import Server

RATED = RatingPublished(trust="RVN", on="2025-05-30", rating="Good")


def test_nothing_acknowledged_is_lost_when_the_plug_is_pulled(forks: Zygote, tmp_path: Path) -> None:
    """Each kind of work is killed twice, most often inside a call that records; each time in a ledger of its own."""
    rounds = 2 * len(KINDS)
    figures = run(forks, lambda name: str(tmp_path / f"{name}.db"), tmp_path, rounds, random.Random(7))
    assert figures.rounds == rounds
    assert set(figures.wrong().values()) == {0}, str(figures)
    assert figures.acknowledged > 0
    assert figures.in_call > 0


def test_the_same_ledger_is_gone_on_with_after_each_kill(forks: Zygote, tmp_path: Path) -> None:
    """Round after round in one ledger, as in one at an address: what earlier rounds left stays as it was."""
    figures = run(forks, lambda _: str(tmp_path / "trusts.db"), tmp_path, 3, random.Random(8))
    assert figures.rounds == 3
    assert set(figures.wrong().values()) == {0}, str(figures)


def test_what_a_killed_process_acknowledged_is_on_the_server(forks: Zygote, tmp_path: Path, server: Server) -> None:
    """The same in PostgreSQL, where a transaction that its client did not end is taken back."""
    server.clear()
    figures = run(forks, lambda _: server.url(), tmp_path, 4, random.Random(9))
    assert figures.rounds == 4
    assert set(figures.wrong().values()) == {0}, str(figures)


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Give a ledger of two entries."""
    with Ledger.open(tmp_path / "trusts.db", by="analyst") as ledger:
        ledger.record(RATED, attrs.evolve(RATED, service="Wards"))
    return str(tmp_path / "trusts.db")


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        ([["append", "a", "b"], ["appended", 1, 2]], Figures(1, acknowledged=2, in_call=1)),
        ([["append", "a", "b"], ["appended", 1, 2], ["answered"]], Figures(1, acknowledged=2)),
        ([["append", "a", "b"]], Figures(1, in_call=1, in_append=1, landed=1)),
        (
            [["append", "a", "b"], ["appended", 1, 2], ["append", "c"]],
            Figures(1, acknowledged=2, in_call=1, in_append=1),
        ),
        ([["append", "a", "b", "c"]], Figures(1, in_call=1, in_append=1, half=1)),
        ([["append", "a"], ["appended", 1], ["answered"]], Figures(1, acknowledged=1, not_asked_for=1)),
        (
            [["append", "a", "b", "c"], ["appended", 1, 2, 3], ["answered"]],
            Figures(1, acknowledged=3, lost=1),
        ),
        ([["append", "b", "a"], ["appended", 1, 2], ["answered"]], Figures(1, acknowledged=2, lost=2)),
    ],
)
def test_what_a_kill_did_is_counted(noted: list[Line], expected: Figures, place: str) -> None:
    """Acknowledged or not, whole, half, lost, exchanged, or there unasked: *a* and *b* are there, *c* is not."""
    with Ledger.open(place) as ledger:
        names = dict(zip("ab", (digest(row.stored) for row in rows_after(ledger)), strict=True))
    told = [[names.get(str(word), word) for word in line] for line in noted]
    assert seen(place, "round", told, []) == expected


def test_a_ledger_that_can_not_be_opened_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figure rises, and the error is printed."""
    (tmp_path / "trusts.db").write_text("no ledger")
    assert seen(str(tmp_path / "trusts.db"), "round", [], []) == Figures(1, unopened=1)
    assert "is not a ledger" in capsys.readouterr().err
