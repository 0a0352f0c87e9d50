"""How was trust RVN rated for being well-led: in the world, to the public, and on record, from one day to the next?

Run it with the path of a ledger; without one, it asks the example ledger.
"""

import sys
from pathlib import Path

from ledger import Ledger, View
from ledger.sources import ingest


def rating(view: View) -> str:
    """Say how well-led the trust was rated in a view."""
    rated = view.trust("RVN").ratings.of("Well-led")
    return rated.summary if rated else "no rating on record"


def main(place: str | None = None) -> None:
    """Print the rating around the day CQC published it, and as it was known before."""
    with Ledger.open(place or ":memory:", create=place is None) as ledger:
        if place is None:
            ingest(ledger, sorted(Path(__file__).parent.glob("*.yaml")))
        print(f"On 29 May 2025: {rating(ledger.at('2025-05-29'))}")
        print(f"On 30 May 2025: {rating(ledger.at('2025-05-30'))}")
        print(f"On 30 May 2025, as public the day before: {rating(ledger.at('2025-05-30', public_on='2025-05-29'))}")
        print(f"On 30 May 2025, as this ledger knew it that day: {rating(ledger.at('2025-05-30', known_at='2025-05-30'))}")


if __name__ == "__main__":
    main(*sys.argv[1:])
