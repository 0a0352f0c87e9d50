"""What the ledger is to reach, as ratios of what was measured in the same run."""

from collections.abc import Callable
from typing import TypeAlias

import attrs
from measure import Timing
from plan import Sizes

__all__ = ["Target", "targets"]

Find: TypeAlias = Callable[[str, str, int], Timing]


@attrs.frozen
class Target:
    """A target: what it is of, what was measured, in which unit, and the bound that it must not pass."""

    text: str
    measured: float
    unit: str
    bound: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether it is met."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def __str__(self) -> str:
        """Give it on one line."""
        way = "at least" if self.at_least else "at most"
        return f"{'met    ' if self.is_met else 'NOT MET'}  {self.text}: {self.measured:.3g} {self.unit} ({way} {self.bound:g})"


def targets(timings: list[Timing], sizes: Sizes) -> list[Target]:
    """Give the targets with what was measured of them."""
    found = {(one.work, one.who, one.entries): one for one in timings}

    def took(work: str, who: str, entries: int) -> float:
        return found[work, who, entries].seconds

    def ratio(work: str, who: str, other: str, entries: int) -> float:
        return took(work, who, entries) / took(work, other, entries)

    many, (least, middle, most) = sizes.many[-1][0], (sizes.one[0], sizes.middle, sizes.one[-1])
    all_, one, append, bulk = "cold, every trust", "warm, random day", "one durable append", "bulk append"
    months, organisation = (
        took("cold, 120 month ends", "ledger", many),
        took("cold, one organisation", "ledger", sizes.register[0]),
    )
    kept = found["cold, every organisation", "ledger", sizes.register[0]].bytes_an_entry
    return [
        Target(
            f"{all_}, {many:,}: plain eventsourcing to ours",
            ratio(all_, "eventsourcing, sorted", "ledger", many),
            "times",
            6,
            at_least=True,
        ),
        Target(f"{all_}, {many:,}: ours to the floor", ratio(all_, "ledger", "floor, msgspec", many), "times", 2.5),
        Target(f"{one}, {middle:,}: ours", took(one, "ledger", middle) * 1e6, "microseconds", 50),
        Target(f"{one}, {least:,} to {most:,}: growth", took(one, "ledger", most) / took(one, "ledger", least), "times", 1.5),
        *(
            Target(f"{one}, {middle:,}: {sql} to ours", ratio(one, sql, "ledger", middle), "times", 1, at_least=True)
            for sql in ("SQLite", "DuckDB")
        ),
        *(
            Target(f"{one}, {middle:,}: with {bound} to without", ratio(one, f"ledger, {bound}", "ledger", middle), "times", 20)
            for bound in ("known_at", "public_on")
        ),
        Target(f"cold, one trust out of {sizes.register[1]:,}, {sizes.register[0]:,}", organisation * 1e3, "milliseconds", 20),
        Target(f"120 month ends of every trust, {many:,}, to one replay", months / took(all_, "ledger", many), "times", 1.3),
        Target(
            f"{bulk}, {many:,}: plain eventsourcing to ours",
            ratio(bulk, "eventsourcing", "ledger", many),
            "times",
            3,
            at_least=True,
        ),
        Target(f"{bulk}, {many:,}: ours to executemany", ratio(bulk, "ledger", "executemany", many), "times", 3),
        Target(f"{append}, {middle:,}: ours to a bare insert", ratio(append, "ledger", "bare insert", middle), "times", 2),
        Target(
            f"{append}, {least:,} to {most:,}: growth",
            took(append, "ledger", most) / took(append, "ledger", least),
            "times",
            1.5,
        ),
        Target(
            f"late entry, then the answer, {many:,}", took("late entry, then asked", "ledger", many) * 1e3, "milliseconds", 5
        ),
        *(
            [Target(f"memory an entry, {sizes.register[0]:,}, everything replayed", kept, "bytes", 1500)]
            if kept is not None
            else []
        ),
    ]
