"""Make the ledger of a release: `python -m tests.golden.make 0.2.0`, before it is released; what was released never changes.

It records what the first release stored, then a fact of each type that has come since, then does to the ledger all that can be done to
one: corrects, takes back, corroborates, sweeps, redacts. The clock is set, so that the same version makes the same lines again.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from ledger import Citation, Draft, Ledger, Source
from ledger._codec import decode
from ledger.events import (
    PASSES,
    ActionCommitted,
    ActionPlanRequested,
    Event,
    LocationDeregistered,
    LocationFormed,
    LocationRegistered,
    LocationRenamed,
    LocationSucceeded,
    NoticeIssued,
    NoticeRequirement,
    QualityStatementScored,
    RatingChanged,
    RatingPublished,
    TrustDeregistered,
    TrustFormed,
)
from ledger.testing import Clock

FOLDER = Path(__file__).parent
FIRST = FOLDER / "0.1.0.jsonl"
REGISTER = Source(publisher="Care Quality Commission", title="Directory", marking="public", published="2026-06-01")
LETTER = Source(publisher="Exampleshire ICB", title="Letter", marking="official-sensitive", published="2026-06-15")
LATER: tuple[Event, ...] = (
    LocationRegistered(trust="RX0", on="2011-04-01", location="1-100000001", name="Example House", kind="Hospital"),
    LocationRenamed(trust="RX0", on="2015-03-01", location="1-100000001", name="Example House Hospital"),
    LocationFormed(trust="RX0", on="2016-01-01", location="1-100000002", predecessors=["1-100000003"]),
    LocationSucceeded(trust="RX0", on="2017-01-01", location="1-100000002", by=["1-100000001"]),
    LocationDeregistered(trust="RX0", on="2017-01-02", location="1-100000002"),
    QualityStatementScored(trust="RX0", on="2026-05-01", quality_statement="Learning culture", key_question="Safe", score="2"),
    RatingPublished(trust="RX0", on="2026-05-02", key_question="Caring", rating="Good"),
    RatingChanged(trust="RX0", on="2026-05-03", rating="Good", previous="Requires improvement"),
    TrustFormed(trust="RX0", on="2011-04-01", predecessors=["RX8", "RX9"], how="merged"),
    TrustDeregistered(trust="RX8", on="2011-04-02"),
    ActionCommitted(trust="RX1", on="2026-04", action="ligatures", title="Remove ligature points", due="2026-06"),
    ActionPlanRequested(trust="RX1", on="2026-05-01", plan="ligatures-plan", by="Care Quality Commission", due="2026-05-29"),
    NoticeIssued(
        trust="RX1",
        on="2026-05-01",
        notice="wards",
        kind="Warning Notice",
        requirements=[NoticeRequirement(requirement="anchors", text="Remove the anchors", comply_by="2026-06-12")],
    ),
)


def told(place: str | Path) -> Ledger:
    """Tell a new ledger everything, and give it."""
    ledger = Ledger.open(place, by="Governance team", clock=Clock(datetime(2026, 7, 1, 8, 30, 0, 250_000, tzinfo=UTC)))
    for number, line in enumerate(FIRST.read_bytes().splitlines(), 1):
        entry = decode(number, line)
        if isinstance(entry.event, Event) and not isinstance(entry.event, PASSES):
            ledger.record(Draft(event=entry.event, sources=entry.sources, inferred=entry.inferred, key=entry.key))
    for event in LATER:
        ledger.record(event, sources=[Citation(source=REGISTER, at=f"row “{event.trust}”")], inferred=["on"])
    ledger.sweep("2026-07-10")
    (rated,) = (e.number for e in ledger.entries if e.event == LATER[7])
    ledger.corroborate(rated, LETTER)
    confirmed = ledger.last
    ledger.corroborate(rated, Source(publisher="The council", title="Minutes", marking="public", published="2026-06-20"))
    misread = RatingChanged(trust="RX0", on="2026-05-03", rating="Inadequate")
    corrected = ledger.correct(rated, misread, reason="The table was misread").number
    ledger.correct(2, ledger.entries[1].fact, reason="It stood in another place", sources=[REGISTER])
    ledger.retract(9, reason="The letter speaks of another trust")
    for number in (3, confirmed, corrected):  # a fact, a note, and a correction
        ledger.redact(number, "An order of the court", by="Data protection officer")
    return ledger


if __name__ == "__main__":
    (release,) = sys.argv[1:]
    made, lines = FOLDER / f"{release}.db", FOLDER / f"{release}.jsonl"
    if made.exists() or lines.exists():
        sys.exit(f"the ledger of {release} is there: remove its two files first, if it was never released")
    with told(made) as whole:
        lines.write_bytes(b"".join(whole.export()))
        sys.stdout.write(f"{whole.last} entries; root {whole.root().hex()}\n")
