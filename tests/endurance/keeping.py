"""A ledger with something of everything in it, whose checkpoints somebody else keeps; and copies of it to tamper with."""

import shutil
from pathlib import Path
from typing import Protocol

import attrs

from ledger import Ledger, Marking, Source
from ledger.events import ActionCommitted, RatingPublished, TrustSucceeded
from ledger.proofs import Checkpoint, SigningKey
from ledger.testing import Clock
from tests.postgres import Server

__all__ = ["Copies", "Databases", "Files", "Kept", "make"]

TRUSTS = ("R00", "R01", "R02", "R03", "R04", "R05", "R06", "R07")
ROUNDS = 25
BATCH = 4


@attrs.frozen
class Kept:
    """What is kept elsewhere of a ledger: signed checkpoints; and what some have written down of entries that were redacted."""

    checkpoints: tuple[Checkpoint, ...]
    texts: dict[int, bytes]

    @property
    def signed(self) -> int:
        """The number of the last entry that a checkpoint has."""
        return max(checkpoint.size for checkpoint in self.checkpoints)


def make(place: str, rounds: int = ROUNDS) -> Kept:
    """Make a ledger of some forty entries a round, and give what others keep of it."""
    key = SigningKey.generate("example.org/ledger")
    signed, texts = [], dict[int, bytes]()
    with Ledger.open(place, by="analyst", clock=Clock()) as ledger:
        for turn in range(rounds):
            _record(ledger, turn)
            number = ledger.last - 3 * BATCH
            texts[number] = ledger._log.recorded(number)[1]
            ledger.redact(number, "a request")
            if turn in {rounds // 3, 2 * rounds // 3}:
                signed.append(ledger.checkpoint(key))
    return Kept(tuple(Checkpoint.verify(note, key.verifier) for note in signed), texts)


def _record(ledger: Ledger, turn: int) -> None:
    """Record a round: facts with sources, then one is corrected, one taken back and one confirmed; some deadlines are seen to pass."""
    day = f"2024-{1 + turn % 12:02}-{1 + turn % 28:02}"
    report = Source(publisher="Care Quality Commission", title=f"Report {turn}", marking=Marking.PUBLIC, published=day)
    paper = Source(publisher="A trust", title=f"Paper {turn}", marking=Marking.OFFICIAL)
    if turn % 5 == 0:
        ledger.record(TrustSucceeded(trust=TRUSTS[turn % 8], on=day, by=[f"S{turn:02}"]), sources=[report])
    entries = ledger.record(
        *(
            ActionCommitted(trust=code, on=day, action=f"a-{turn}", title="Staff the ward", due="2024-06")
            for code in TRUSTS[::4]
        ),
        *(
            RatingPublished(trust=code, on=day, service=f"Ward {turn}-{number}", rating="Good")
            for number in range(BATCH)
            for code in TRUSTS
        ),
        sources=[report],
    )
    wrong, worse, right = (entry.number for entry in entries[-9::4])
    ledger.correct(
        wrong, RatingPublished(trust=entries[-9].event.trust, on=day, service=f"Unit {turn}", rating="Good"), reason="misread"
    )
    ledger.retract(worse, reason="recorded in error")
    ledger.corroborate(right, paper)
    if turn % 7 == 3:
        ledger.sweep("2026-01-01")


class Copies(Protocol):
    """A ledger, and copies of it."""

    @property
    def master(self) -> str:
        """The place of the ledger itself."""
        ...

    def fresh(self) -> str:
        """Make a copy in the place of the last one, and give where that is."""
        ...


@attrs.frozen
class Files:
    """Copies of an SQLite file in a folder."""

    folder: Path

    @property
    def master(self) -> str:
        """The place of the ledger itself."""
        return str(self.folder / "master.db")

    def fresh(self) -> str:
        """Make a copy in the place of the last one, and give where that is."""
        place = self.folder / "trusts.db"
        for ending in ("-wal", "-shm"):
            place.with_name(f"{place.name}{ending}").unlink(missing_ok=True)
        shutil.copy(self.master, place)
        return str(place)


@attrs.frozen
class Databases:
    """Copies of a PostgreSQL database on a server."""

    server: Server

    def __attrs_post_init__(self) -> None:
        """Make the database of the ledger itself."""
        self.server.run("DROP DATABASE IF EXISTS master WITH (FORCE)", "CREATE DATABASE master", database="postgres")

    @property
    def master(self) -> str:
        """The place of the ledger itself."""
        return self.server.url(database="master")

    def fresh(self) -> str:
        """Make a copy in the place of the last one, and give where that is."""
        self.server.run(
            "DROP DATABASE IF EXISTS trusts WITH (FORCE)", "CREATE DATABASE trusts TEMPLATE master", database="postgres"
        )
        return self.server.url(database="trusts")
