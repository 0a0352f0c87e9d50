"""An event-sourced compliance ledger of NHS trusts: what was known about any trust, on any date, from which source."""

from . import audits, clocks, errors, events, projections
from ._deadline import Deadline
from ._dossier import Dossier
from ._entry import Citation, Draft, Entry, Marking, Source
from ._ledger import Ledger
from ._midnights import with_midnights
from ._projection import Projection, projection
from ._report import Change
from ._timeline import timeline
from ._view import Step, View
from ._when import When, utc_now
from .errors import LedgerError

__all__ = [
    "Change",
    "Citation",
    "Deadline",
    "Dossier",
    "Draft",
    "Entry",
    "Ledger",
    "LedgerError",
    "Marking",
    "Projection",
    "Source",
    "Step",
    "View",
    "When",
    "audits",
    "clocks",
    "errors",
    "events",
    "projection",
    "projections",
    "timeline",
    "utc_now",
    "with_midnights",
]
