"""A ledger for tests of rules: what it holds was recorded on the days that a test says."""

from datetime import datetime

from ledger import Ledger
from ledger._dossier import Dossier
from ledger._store import MemoryRecorder
from ledger.audits import Rule

Told = list[tuple[str, tuple[int, ...]]]
"""What a rule reports: each text, and the entries it cites."""


class Book:
    """An empty ledger, and a clock that stands at noon of the day it was last set to."""

    def __init__(self) -> None:
        self._now = datetime.fromisoformat("2026-01-01T12:00+00:00")
        self._ledger = Ledger(MemoryRecorder(), by="analyst", clock=lambda: self._now)

    def on(self, day: str) -> Ledger:
        """Give the ledger to record in on a day."""
        self._now = datetime.fromisoformat(f"{day}T12:00+00:00")
        return self._ledger

    def dossier(self, day: str, *, public_on: str | None = None) -> Dossier:
        """Give everything on record about Nottinghamshire Healthcare on a day."""
        return self._ledger.at(day, public_on=public_on).dossier("RHA")

    def told(self, rule: Rule, day: str, *, public_on: str | None = None) -> Told:
        """Give what a rule reports on a day."""
        return [(one.text, one.entries) for one in rule.exceptions(self.dossier(day, public_on=public_on))]
