"""Strategies and laws for property-based tests of a ledger, of audits of it, and of projections."""

try:
    import hypothesis as _hypothesis  # noqa: F401  # asked for here, so that what is missing is told with what to do
except ImportError as missing:
    raise ImportError(
        "ledger.testing needs Hypothesis: run pip install 'trust-ledger[testing]'", name="hypothesis"
    ) from missing

from ._clock import Clock
from ._events import citations, drafts, events, sources
from ._futures import futures
from ._histories import histories, ledgers
from ._laws import laws
from ._machine import LedgerMachine
from ._near import days, views
from ._picks import whens

__all__ = [
    "Clock",
    "LedgerMachine",
    "citations",
    "days",
    "drafts",
    "events",
    "futures",
    "histories",
    "laws",
    "ledgers",
    "sources",
    "views",
    "whens",
]
