"""Adapters in: what others wrote, read into drafts of entries and problems; nothing here touches the network."""

from . import cqc_api, cqc_ratings, ods
from ._editions import disappeared
from ._ingest import Comparison, Correction, Ingested, compare, ingest
from ._intake import Intake, check, take_in
from ._place import Found, Place, Problem, Spot
from .files import Item, Reading, read

__all__ = [
    "Comparison",
    "Correction",
    "Found",
    "Ingested",
    "Intake",
    "Item",
    "Place",
    "Problem",
    "Reading",
    "Spot",
    "check",
    "compare",
    "cqc_api",
    "cqc_ratings",
    "disappeared",
    "ingest",
    "ods",
    "read",
    "take_in",
]
