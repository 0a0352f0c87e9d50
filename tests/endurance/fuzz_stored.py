"""What is stored, as it is fuzzed: entries alone, exports and databases."""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

from ledger import Ledger, Source
from ledger._codec import decode, encode, outline
from ledger._stub import is_stub, leaf_of
from ledger.errors import LedgerFileError
from ledger.events import ActionCommitted, RatingChanged, RatingPublished, TrustSucceeded

from .fuzz_reader import RECORDED, Reader, same
from .mutations import Mutate, either, in_bytes, in_json, in_lines

__all__ = ["make", "stored_readers"]

MANY = 260
"""The number of entries of a ledger of which a complete subtree is kept."""


def make(place: Path) -> Ledger:
    """Make a ledger with something of each kind: corrected, retracted, corroborated, redacted, succeeded, swept."""
    instants = iter(range(10**6))
    ledger = Ledger.open(place, by="analyst", clock=lambda: RECORDED.replace(microsecond=next(instants)))
    letter = Source(publisher="Trust", title="Letter", marking="public", published="2026-03")
    report = Source(publisher="CQC", title="“Report”", marking="official", url="https://example.org", via=letter)
    action = ActionCommitted(trust="RHA", on="2026-01", action="a", title="Überprüfung", subject_to=["ä", "b"], due="2026-02")
    ledger.record(action, sources=[letter], inferred=["on"])
    ledger.record(RatingPublished(trust="RHA", on="2025-05-30", service="Wards", rating="Good"), sources=[report])
    ledger.record(RatingChanged(trust="RVN", on="2025", service="Wards", rating="Inadequate"))
    ledger.record(TrustSucceeded(trust="RVN", on="2025-01-01", by=["RHA"]))
    ledger.corroborate(1, report)
    ledger.correct(2, RatingPublished(trust="RHA", on="2025-05-29", service="Wards", rating="Outstanding"), reason="misread")
    ledger.retract(3, reason="not this trust")
    ledger.redact(1, "a person is named")
    ledger.record(RatingPublished(trust="RT5", on="2025-05-30", service="Wards", rating="Good"))
    return ledger


def stored_readers(folder: Path, ledger: Ledger) -> dict[str, Reader]:
    """Give what reads what is stored: of a ledger in a file, which gets longer by it; *folder* is where they put databases."""
    lines = tuple(ledger.export())
    entries = tuple(line.removesuffix(b"\n") for line in lines)
    few = _copied(ledger, folder / "few.db")
    ledger.record(*(RatingPublished(trust="RX1", on="2025-05-30", service=f"Ward {n}", rating="Good") for n in range(MANY)))
    many = _copied(ledger, folder / "many.db")
    mutate = either(in_json, in_json, in_json, in_bytes)
    return {
        "an entry": Reader(entries, mutate, _reads_entry),
        "the outline of an entry": Reader(entries, mutate, _reads_outline),
        "an export": Reader((b"".join(lines),), either(in_lines, mutate), _restores),
        "a database": Reader(
            (few, few, few, few, many), _in_database(folder / "mutated.db"), _opener(folder / "opened.db"), costs=20
        ),
    }


def _copied(ledger: Ledger, path: Path) -> bytes:
    ledger.backup(path)
    return path.read_bytes()


def _reads_entry(data: bytes) -> bool:
    entry = decode(1, data)
    str(entry), hash(entry)
    return is_stub(data) or same(encode(entry), data)


def _reads_outline(data: bytes) -> bool:
    leaf_of(data)
    return all(isinstance(one, str) for one in outline(1, data))


def _restores(data: bytes) -> bool:
    """Restore it; what is refused leaves nothing behind, and what is accepted is a ledger like any other."""
    with Ledger.open(":memory:", by="analyst") as ledger:
        try:
            ledger.restore(io.BytesIO(data))
        except LedgerFileError as wrong:
            str(wrong).encode()
            return not same(ledger.last, 0)
        same(b"".join(ledger.export()), data if data.endswith(b"\n") or not data else data + b"\n")
        same(ledger.verify().findings, ())
        view = ledger.at("2030-01-01", public_on="2030-01-01")
        for code in view.codes():
            view.trust(code)
    return True


def _in_database(place: Path) -> Mutate:
    """Give what damages a database: its bytes, or what stands in a cell of it."""
    cells = [("stored_events", name) for name in ("originator_id", "originator_version", "topic", "state", "rowid")]
    cells += [("frontier", "size"), ("frontier", "hashes"), ("subtrees", "hash")]
    odd = (
        *("NULL", "''", "'x'", "x'00'", "x'ff'", "-1", "0", "1.5", "9223372036854775807", "1e300", "zeroblob(32)"),
        "CAST(x'ff' AS TEXT)",
    )

    def mutate(data: bytes, chance: Random) -> bytes:
        if chance.random() < 1 / 2:
            for _ in range(chance.randint(1, 8)):
                data = in_bytes(data, chance) if chance.random() < 1 / 10 else _flipped(data, chance)
            return data
        place.write_bytes(data)
        table, column = chance.choice(cells)
        with closing(sqlite3.connect(place, isolation_level=None)) as database:
            try:
                row = f"rowid = {chance.randrange(1, 10)}" if table == "stored_events" else "true"
                database.execute(f"UPDATE {table} SET {column} = {chance.choice(odd)} WHERE {row}")  # noqa: S608  # our words
            except sqlite3.Error:  # it takes no such value there, or the table is gone already
                database.execute(f"DROP TABLE IF EXISTS {table}")
        return place.read_bytes()

    return mutate


def _flipped(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(len(data[at : at + 1])) + data[at + 1 :]


def _opener(place: Path) -> Callable[[bytes], bool]:
    def opens(data: bytes) -> bool:
        for ending in ("", "-wal", "-shm"):
            place.with_name(f"{place.name}{ending}").unlink(missing_ok=True)
        place.write_bytes(data)
        with Ledger.open(place, by="analyst", create=False) as ledger:
            found = ledger.verify()
            str(found.findings).encode()
            ledger.root(ledger.last - 1)
            view = ledger.at("2030-01-01")
            for code in view.codes():
                view.trust(code)
            ledger.record(RatingPublished(trust="RT5", on="2025-06-30", service="New", rating="Good"))
        return not found.findings

    return opens
