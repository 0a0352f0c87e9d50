"""Two processes keep one ledger open, write and ask in turn: what either answers is the plain fold of what is in the store.

HYPOTHESIS_PROFILE=exhaustive asks 20,000 histories.
"""

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Draft, Ledger, with_midnights
from ledger._store import Store, open_recorder
from ledger.events import TrustRenamed
from ledger.projections import TrustState, trust
from ledger.testing import drafts
from tests.laws.other_process import Ask, Open, Record, Retract, done
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
CODES = ("RHA", "RVN", "RT5")
DAYS = ("2024-06-30", "2025-06-30", "2030-01-01")
RENAMED = TrustRenamed(trust="RHA", on="2024-01-01", name="Example Trust")
Step: TypeAlias = tuple[bool, Record | Retract | Ask]

RECORDED = drafts().map(Record)
ASKED = st.builds(
    Ask,
    st.sampled_from(CODES),
    st.sampled_from(DAYS),
    st.sampled_from([None, None, "2024-06-30", "2098-01-01"]),
    st.sampled_from([None, None, *DAYS]),
)
STEPS = st.lists(st.tuples(st.booleans(), RECORDED | st.builds(Retract, st.integers(1, 6)) | ASKED | ASKED), max_size=12)


class Other:
    """The other process."""

    def __init__(self) -> None:
        program = "from tests.laws.other_process import main; main()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def tell(self, order: object) -> Any:
        """Tell it to do something, and wait until it has."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(order, self._process.stdin)
        self._process.stdin.flush()
        return pickle.load(self._process.stdout)  # noqa: S301  # from the process that this test started

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()
        assert self._process.returncode == 0


@pytest.fixture(scope="module")
def other() -> Iterator[Other]:
    """Start the other process, once."""
    started = Other()
    yield started
    started.close()


def _plain(reader: Ledger, ask: Ask) -> TrustState:
    """Fold what is in the store, read anew."""
    view = reader.at(ask.on, known_at=ask.known_at, public_on=ask.public_on)
    return trust.fold(with_midnights([e.fact for e in view.entries(ask.code)], view.on))


def _compare(other: Other, place: str, steps: list[Step], keep: int, keep_there: int) -> None:
    """Take the steps here and there, and compare every answer; at the end all trusts are asked for twice by both."""
    with Ledger.open(place, by="here", keep=keep) as ledger, closing(Store(open_recorder(place, create=False), place)) as store:
        other.tell(Open(place, keep_there))
        last = [(is_here, Ask(code, DAYS[-1])) for code in CODES for is_here in (True, False, True, False)]
        for is_here, order in (*steps, *last):
            answer = done(ledger, order) if is_here else other.tell(order)
            if isinstance(order, Ask):
                assert answer == _plain(Ledger(store.recorder, by="reader"), order)


@given(STEPS, st.integers(0, 6), st.integers(0, 6))
def test_what_another_process_records_is_seen(other: Other, steps: list[Step], keep: int, keep_there: int) -> None:
    """Whoever records or takes back, and however little is kept."""
    with tempfile.TemporaryDirectory() as folder:
        _compare(other, str(Path(folder) / "trusts.db"), steps, keep, keep_there)


@settings(max_examples=settings().max_examples // 3)
@given(STEPS, st.integers(0, 6), st.integers(0, 6))
def test_what_another_process_records_in_a_database_is_seen(
    other: Other, server: Server, steps: list[Step], keep: int, keep_there: int
) -> None:
    """The same, in PostgreSQL."""
    server.clear()
    _compare(other, server.url(), steps, keep, keep_there)


def test_the_other_process_is_another_one(other: Other, tmp_path: Path, database: str) -> None:
    """It answers from the store, and what it records stands there."""
    for place in (str(tmp_path / "trusts.db"), database):
        other.tell(Open(place, 10))
        other.tell(Record(Draft(event=RENAMED)))
        with Ledger.open(place, create=False) as ledger:
            assert [(e.recorded_by, e.event) for e in ledger.entries] == [("there", RENAMED)]
            assert other.tell(Ask("RHA", "2030-01-01")) == ledger.at("2030-01-01").trust("RHA")
