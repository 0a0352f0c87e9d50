"""A trust's ratings as tables: one for the trust and each service, with a column for each day on which a rating changed.

Run it with a trust's code and the path of a ledger; without them, it shows RT5 of the example ledger.
"""

import sys
from pathlib import Path

from ledger import Ledger
from ledger.events import KeyQuestion
from ledger.projections import ratings
from ledger.sources import ingest


def main(code: str = "RT5", place: str | None = None) -> None:
    """Print the tables."""
    with Ledger.open(place or ":memory:", create=place is None) as ledger:
        if place is None:
            ingest(ledger, sorted(Path(__file__).parent.glob("*.yaml")))
        told = ledger.history(code, ratings)
    subjects = sorted({(rated.location or "", rated.service or "") for _, state in told for rated in state})
    for location, service in subjects:
        print(f"{code}, {', '.join(filter(None, (location, service))) or 'whole trust'}")
        print(" " * 11 + "  ".join(f"{day.isoformat():20}" for day, _ in told).rstrip())
        for question in KeyQuestion:
            rated = (state.of(question, service=service or None, location=location or None) for _, state in told)
            print(f"{question:11}" + "  ".join(f"{one.rating if one else '-':20}" for one in rated).rstrip())


if __name__ == "__main__":
    main(*sys.argv[1:])
