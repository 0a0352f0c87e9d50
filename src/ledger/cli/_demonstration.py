"""The command that builds the example ledger and walks through it."""

from typing import Annotated

import typer

from .._demo import walk_through
from .._ledger import Ledger
from .._store import named
from ._shared import show, today

__all__ = ["demo"]

DEMO = "trust-ledger-demo.db"


def demo(place: Annotated[str, typer.Option("--ledger", help="Where to build the example ledger.")] = DEMO) -> None:
    """Build the example ledger and walk through it."""
    with Ledger.open(place) as ledger:
        show(walk_through(ledger, named(place), today=today()))
