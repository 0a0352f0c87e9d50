"""The example ledger, as ingested in November 2026."""

from datetime import UTC, datetime

import pytest

from ledger import Ledger
from ledger._demo import example_files
from ledger.sources import ingest
from ledger.testing import Clock


@pytest.fixture(scope="session")
def example() -> Ledger:
    """Give the example ledger; no test may record to it."""
    ledger = Ledger.open(":memory:", by="analyst", clock=Clock(datetime(2026, 11, 22, 9, tzinfo=UTC)))
    ingest(ledger, example_files())
    return ledger
