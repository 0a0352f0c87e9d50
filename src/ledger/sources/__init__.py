"""Adapters in: what others wrote, read into drafts of entries and problems; nothing here touches the network."""

from ._ingest import Comparison, Correction, Ingested, compare, ingest
from .files import Item, Place, Problem, Reading, read

__all__ = ["Comparison", "Correction", "Ingested", "Item", "Place", "Problem", "Reading", "compare", "ingest", "read"]
