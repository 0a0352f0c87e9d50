"""A way to run the command, for every test of it; a database server; and the real records that some tests read."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from eventsourcing.persistence import ApplicationRecorder

from ledger._store import Store, open_recorder
from ledger.cli import main
from tests.postgres import Server, running

SHARED = Path(__file__).parents[2] / "shared" / "data"


@attrs.frozen
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON."""
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Done]:
    """Give a way to run the command in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUST_LEDGER", raising=False)

    def command(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["trust-ledger", *map(str, arguments)])
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        else:
            code = 0
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return command


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real records, which are no part of this project: without it CI fails, and elsewhere the test says so."""
    if not SHARED.is_dir():
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(f"the real records are not there: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give a PostgreSQL server, started for these tests and stopped after them."""
    with running() as started:
        yield started


@pytest.fixture
def database(server: Server) -> str:
    """Give the address of a database with nothing in it."""
    server.clear()
    return server.url()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def recorder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApplicationRecorder]:
    """Give an empty recorder of each kind."""
    place = {"memory": ":memory:", "sqlite": str(tmp_path / "trusts.db")}.get(request.param)
    made = open_recorder(place or request.getfixturevalue("database"), create=True)
    yield made
    Store(made, "here").close()
