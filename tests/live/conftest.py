"""A server on this machine, a client of it that never sleeps, and the real bodies."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from ledger.live import Client

from .register import KEY, Register

REAL = Path(__file__).parents[3] / "shared" / "data" / "cqc-api"

Ask: TypeAlias = Callable[..., Client]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Give an empty register."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Register() as made:
        yield made


@pytest.fixture
def slept() -> list[float]:
    """Give the seconds that a client would have slept."""
    return []


@pytest.fixture
def ask(register: Register, slept: list[float]) -> Iterator[Ask]:
    """Give a way to make clients of the register."""
    clients = []

    def client(key: str = KEY, **options: Any) -> Client:
        chosen = {"address": register.address, "pause": 0.0, "timeout": 5.0, "sleep": slept.append, **options}
        clients.append(Client(key, **chosen))
        return clients[-1]

    yield client
    for one in clients:
        one.close()


@pytest.fixture
def client(ask: Ask) -> Client:
    """Give a client of the register."""
    return ask()


@pytest.fixture(scope="session")
def real() -> dict[str, bytes]:
    """Give CQC's real bodies by place: `providers/1-101611810`."""
    found = {f"{path.parent.name}/{path.stem}": path.read_bytes() for path in sorted(REAL.glob("*/*.json"))}
    if not found and os.environ.get("CI") != "true":
        pytest.skip("CQC's bodies are not beside this clone")
    assert len(found) == 243
    return found
