"""What changed between two board meetings, as far as it was public on the day of each, and what is past its date.

Run it with the two days and the path of a ledger; without them, it takes the spring of 2026 in the example ledger.
"""

import sys
from pathlib import Path

from ledger import Ledger
from ledger.sources import ingest

ABOUT = ("ratings", "requirements", "actions")


def main(before: str = "2026-01-29", after: str = "2026-04-30", place: str | None = None) -> None:
    """Print what changed in ratings, requirements and actions, then the actions that are past their date."""
    with Ledger.open(place or ":memory:", create=place is None) as ledger:
        if place is None:
            ingest(ledger, sorted(Path(__file__).parent.glob("*.yaml")))
        then, now = (ledger.at(day, public_on=day) for day in (before, after))
        print(f"Changed since the meeting of {before}, at the meeting of {after}:")
        for change in now.diff(then):
            if change.projection in ABOUT:
                print(f"- {change}")
        print("Past their date:")
        for code in now.trusts():
            for action in now.trust(code).actions.values():
                if action.is_open and action.has_passed:
                    print(f"- {code}, {action}")


if __name__ == "__main__":
    main(*sys.argv[1:])
