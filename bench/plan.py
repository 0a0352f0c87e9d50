"""How much is measured, and in what order."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs
import work
from measure import Contestants, Timing, interleaved
from worlds import World

__all__ = ["FULL", "QUICK", "Sizes", "measured"]

OURS = {"ledger": "ours_all"}
FLOOR = {
    "floor, scan": "floor_scan",
    "floor, msgspec": "floor_decode",
    "floor, msgspec, uncollected": "floor_uncollected",
}
EVERY = OURS | {
    "ledger, the whole state": "ours_states",
    "eventsourcing, sorted": "events_all",
    "eventsourcing, repository.get": "events_latest",
    "eventsourcing of bare texts, sorted": "texts_all",
    **FLOOR,
    "SQLite": "sqlite_all",
    "DuckDB": "duckdb_all",
}
ONE = {"ledger": "ours_one", "eventsourcing, sorted": "events_one", "SQLite": "sqlite_one", "DuckDB": "duckdb_one"}
MONTHS = {"ledger": "ours_months", "SQLite": "sqlite_months", "DuckDB": "duckdb_months"}


@attrs.frozen(kw_only=True)
class Sizes:
    """How many entries, and of how many trusts.

    Arguments:
        one: ledgers of one trust, by their entries.
        middle: which of these is compared with what peers keep of it.
        many: ledgers of many trusts: their entries and trusts, the fewest first; the peers keep them all.
        register: a ledger of very many organisations.
        asked: which of `many` is asked what takes long.
        rounds: how often everything is measured.

    """

    one: tuple[int, ...]
    middle: int
    many: tuple[tuple[int, int], ...]
    register: tuple[int, int]
    asked: int = 0
    rounds: int = 5


FULL = Sizes(
    one=(1_000, 10_000, 100_000),
    middle=10_000,
    many=((1_000, 2), (10_000, 22), (100_000, 220)),
    register=(1_000_000, 120_000),
    asked=1,
)
QUICK = Sizes(one=(1_000, 3_000), middle=3_000, many=((1_000, 22), (10_000, 220)), register=(10_000, 1_200), rounds=2)


def measured(sizes: Sizes, folder: Path, *, is_alone: bool) -> Iterator[Timing]:
    """Make the ledgers in a folder and measure everything, one piece of work after the other.

    Arguments:
        sizes: how much.
        folder: an empty one.
        is_alone: whether what is cold is measured in a process of its own.

    """

    def measure(name: str, world: World, contestants: Contestants) -> Iterator[Timing]:
        yield from interleaved(name, world.entries, contestants, sizes.rounds)

    def start(name: str, world: World, names: dict[str, str]) -> Iterator[Timing]:
        yield from measure(name, world, work.cold_work(world, names, is_alone=is_alone))

    many = [World(folder / f"many-{entries}", entries, trusts).make() for entries, trusts in sizes.many]
    for world in many:
        yield from start("cold, every trust", world, EVERY)
        yield from start("cold, one trust", world, ONE)
    yield from start("cold, 120 month ends", many[-1], MONTHS)
    with ExitStack() as stack:
        yield from measure("late entry, then asked", many[-1], work.late(many[-1], stack))
        for name, contestants in work.questions(many[sizes.asked], stack).items():
            yield from measure(name, many[sizes.asked], contestants)
    yield from measure("bulk append", many[-1], work.bulk(many[-1], folder))
    for entries in sizes.one:
        is_middle = entries == sizes.middle
        world = World(folder / f"one-{entries}", entries, 1).make(with_peers=is_middle)
        with ExitStack() as stack:
            yield from measure("warm, random day", world, work.asking(world, stack, with_peers=is_middle))
            yield from measure("one durable append", world, work.appending(world, stack, with_peers=is_middle))
            yield from measure("late entry, then asked, of one trust", world, work.late(world, stack))
    register = World(folder / "register", *sizes.register).make(with_peers=False)
    yield from start("cold, one organisation", register, {"ledger": "ours_one"})
    yield from start("cold, every organisation", register, OURS | FLOOR)
