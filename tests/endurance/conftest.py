"""The process that all others are forked from."""

from collections.abc import Iterator

import pytest

from tests.endurance.zygote import Zygote, zygote


@pytest.fixture(scope="session")
def forks() -> Iterator[Zygote]:
    """Give where processes come from."""
    with zygote() as started:
        yield started
