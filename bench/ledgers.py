"""Ledgers made up to be measured: the same numbers give the same ledger, entry for entry.

Of the entries 5 % correct an earlier one or take it back, 10 % are recorded half a year to two and a half years late, 20 % of the
dates are imprecise.
"""

import random
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import attrs
from story import FIRST, LAST, Teller

from ledger import Draft, Ledger
from ledger.events import Retracted

__all__ = ["FIRST", "LAST", "batches", "code", "codes", "write"]

BATCHES = 4000
CORRECTED, RETRACTED = 0.05, 0.12
RECENT = 500


def codes(trusts: int) -> list[str]:
    """Give the codes of the trusts of a ledger: as CQC gives them to organisations."""
    return [code(one) for one in range(trusts)]


def code(number: int) -> str:
    """Give the code of one of them, without making them all."""
    return f"1-{100_000_000 + number}"


def batches(entries: int, trusts: int, seed: int = 5) -> Iterator[tuple[datetime, list[Draft]]]:
    """Give what is recorded, by the instant at which it is: *entries* drafts in all, about *trusts* trusts."""
    teller = Teller(random.Random(seed))  # noqa: S311  # the same ledger every time
    lives = [teller.life(code) for code in codes(trusts)]
    size = max(5, -(-entries // BATCHES))
    starts = range(0, entries, size)
    recent: deque[tuple[int, Draft]] = deque(maxlen=RECENT)
    for at, start in enumerate(starts):
        teller.today = FIRST + (LAST - FIRST) * at // len(starts)
        drafts: list[Draft] = []
        for _ in range(min(size, entries - start)):
            if teller.often(CORRECTED) and recent:
                drafts.append(_correction(teller, *_taken(teller, recent)))
            else:
                event, source = next(teller.random.choice(lives))
                drafts.append(Draft(event=event, sources=[source]))
        recent += [(start + n, draft) for n, draft in enumerate(drafts, 1) if draft.replaces is None]
        yield datetime.combine(teller.today, time(9), UTC) + timedelta(seconds=at), drafts


def _taken(teller: Teller, recent: deque[tuple[int, Draft]]) -> tuple[int, Draft]:
    """Take one of what was recorded lately, so that it is replaced once at most."""
    place = teller.random.randrange(len(recent))
    taken = recent[place]
    del recent[place]
    return taken


def _correction(teller: Teller, number: int, wrong: Draft) -> Draft:
    """Take an entry back, or say anew when it took effect."""
    if teller.often(RETRACTED):
        return Draft(event=Retracted(trust=wrong.event.trust, entry=number), replaces=number, reason="It was of another trust")
    event = attrs.evolve(wrong.event, on=teller.when())
    return Draft(event=event, sources=wrong.sources, replaces=number, reason="The date was misread")


def write(path: Path, entries: int, trusts: int) -> None:
    """Write a ledger into a file, recorded over ten years by a clock that is set."""
    now = datetime(2015, 1, 1, tzinfo=UTC)
    with Ledger.open(path, by="Governance team", clock=lambda: now) as ledger:
        for now, drafts in batches(entries, trusts):  # noqa: B007  # the clock reads it
            ledger.record(*drafts)
        if ledger.last != entries:
            raise SystemExit(f"{ledger.last} entries were recorded, not {entries}: two facts that were made up are equal")
