"""Worlds to measure in: a ledger of so many entries about so many trusts, and the same entries as each peer keeps them."""

import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import aggregates
import attrs
import floor
import intervals
import ledgers
from answer import Row, answer, bare, plain, row, standing

from ledger import Ledger

__all__ = ["World", "month_ends"]

DAYS = (ledgers.LAST - ledgers.FIRST).days
CHECKS = 40


@attrs.frozen
class World:
    """A folder with a ledger, and what its peers keep of the same entries."""

    folder: Path
    entries: int
    trusts: int

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger.db"

    @property
    def aggregates(self) -> Path:
        """The file of plain `eventsourcing`."""
        return self.folder / "aggregates.db"

    @property
    def texts(self) -> Path:
        """The same, with events that hold bare texts."""
        return self.folder / "texts.db"

    @property
    def codes(self) -> list[str]:
        """The trusts."""
        return ledgers.codes(self.trusts)

    @property
    def middle(self) -> str:
        """One of the trusts; to find it must take no time, as what is cold is timed with it."""
        return ledgers.code(self.trusts // 2)

    def make(self, *, with_peers: bool = True) -> "World":
        """Write the ledger and, from its entries, what the peers keep; then see that all answer alike."""
        self.folder.mkdir(parents=True)
        ledgers.write(self.ledger, self.entries, self.trusts)
        if with_peers:
            rows = self.rows()
            aggregates.record_all(self.aggregates, rows)
            aggregates.record_all(self.texts, map(bare, rows))
            intervals.write(self.folder, rows)
            self._check(rows)
        return self

    def rows(self) -> list[Row]:
        """Give the entries as the peers keep them."""
        with Ledger.open(self.ledger, create=False) as ledger:
            return [row(entry) for entry in ledger.entries]

    def days(self, seed: int = 7) -> Iterator[date]:
        """Give days at random, without end."""
        chosen = random.Random(seed)  # noqa: S311  # the same every time
        while True:
            yield ledgers.FIRST + timedelta(days=chosen.randrange(DAYS))

    def _check(self, rows: list[Row]) -> None:
        """Refuse to measure anything unless every peer gives the ledger's own answer, also as known at a moment."""
        held, decoded = [plain(row.event) for row in rows], [floor.plain(kept.event) for kept in floor.decoded(self.ledger)]
        if json.dumps(held, sort_keys=True) != json.dumps(decoded, sort_keys=True):
            raise SystemExit("the structs of the floor do not hold what the entries do")
        with ExitStack() as stack:
            ledger = stack.enter_context(Ledger.open(self.ledger, create=False))
            app, texts = (stack.enter_context(aggregates.opened(path)) for path in (self.aggregates, self.texts))
            lite, duck = intervals.sqlite_at(self.folder), stack.enter_context(intervals.duckdb_at(self.folder))
            stack.callback(lite.close)
            chosen = random.Random(11)  # noqa: S311  # made-up questions, the same every time
            for day, _ in zip(self.days(), range(CHECKS), strict=False):
                code, known_at = chosen.choice(self.codes), chosen.choice((None, chosen.choice(rows).recorded_at))
                ours = answer(ledger.at(day, known_at=known_at).of(code, standing))
                theirs = {
                    "eventsourcing": answer(aggregates.on(app, code, day.isoformat(), known_at)),
                    "eventsourcing of bare texts": answer(aggregates.on(texts, code, day.isoformat(), known_at)),
                    "SQLite": intervals.on(lite, code, day, known_at),
                    "DuckDB": intervals.on(duck, code, day, known_at),
                }
                for who, told in theirs.items():
                    if told != ours:
                        raise SystemExit(f"{who} differs on {day}, known at {known_at}, about {code}: {told} for {ours}")


def month_ends(months: int) -> list[date]:
    """Give the last day of each of so many months, the latest last."""
    firsts = (divmod(ledgers.LAST.year * 12 + ledgers.LAST.month - back, 12) for back in range(months))
    return sorted(date(year, month + 1, 1) - timedelta(days=1) for year, month in firsts)
