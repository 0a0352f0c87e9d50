"""A process of its own that keeps a ledger open, records what it is told and answers what it is asked, over its standard streams."""

import pickle
import sys
from typing import Any

import attrs

from ledger import Draft, Ledger
from ledger.errors import CorrectionError
from ledger.projections import TrustState

__all__ = ["Ask", "Open", "Record", "Retract", "done", "main"]


@attrs.frozen
class Open:
    """Open another ledger."""

    place: str
    keep: int


@attrs.frozen
class Record:
    """Record something."""

    draft: Draft


@attrs.frozen
class Retract:
    """Take an entry back, if there is one of that number in force."""

    number: int


@attrs.frozen
class Ask:
    """Ask for the state of a trust, by the three dates."""

    code: str
    on: str
    known_at: str | None = None
    public_on: str | None = None


def done(ledger: Ledger, order: Record | Retract | Ask) -> TrustState | None:
    """Do what is ordered, and give the answer where something was asked."""
    match order:
        case Record(draft):
            ledger.record(draft)
        case Retract(number):
            try:
                ledger.retract(number, reason="wrong")
            except CorrectionError:
                return None
        case Ask(code, on, known_at, public_on):
            return ledger.at(on, known_at=known_at, public_on=public_on).trust(code)
    return None


def main() -> None:
    """Do what is ordered until there are no orders."""
    ledger: Ledger | None = None
    while True:
        try:
            order: Any = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the test that started this
        except EOFError:
            return
        if isinstance(order, Open):
            if ledger is not None:
                ledger.close()
            ledger, answer = Ledger.open(order.place, by="there", keep=order.keep), None
        else:
            assert ledger is not None
            answer = done(ledger, order)
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
