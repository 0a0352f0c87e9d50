"""A ledger tampered with behind its back: whether `verify` finds it, alone or with checkpoints kept elsewhere, and names the place.

`python -m tests.endurance.tampering --trials 1000` prints a table of each kind of tampering; with `--postgres` in a database there.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from random import Random

import attrs

from ledger import Ledger
from ledger._verify import Finding
from ledger.errors import LedgerError
from ledger.events import RatingPublished
from ledger.proofs import Checkpoint
from tests.postgres import running

from .keeping import Copies, Databases, Files, Kept, make
from .shell import shell
from .tampered import ALONE, KINDS, OUTSIDE, Kind

__all__ = ["Outcome", "faults", "kinds_for", "main", "run", "table", "tamper"]


ASKED: tuple[Callable[[Ledger], object], ...] = (
    lambda ledger: ledger.entries,
    lambda ledger: ledger.at("2026-01-01").trust("R00"),
    lambda ledger: ledger.at("2026-01-01").codes(),
    lambda ledger: (ledger.root(), ledger.root(ledger.last // 2)),
    lambda ledger: list(ledger.export()),
    lambda ledger: ledger.redact(ledger.last, "a request"),
    lambda ledger: ledger.record(RatingPublished(trust="R00", on="2025-05-30", rating="Good")),
)
"""What is asked of a ledger, and done to it, that was tampered with."""


@attrs.frozen
class Outcome:
    """What came of one tampering.

    Attributes:
        kind: which.
        seed: what its draws began from.
        alone: whether it was found without a checkpoint.
        outside: whether it was found with the checkpoints kept elsewhere.
        is_due: whether it must be found: alone, or with a checkpoint that has what was changed.
        is_named: whether the findings name every entry that was changed and must be found.
        wrong: exceptions that are not our own.

    """

    kind: Kind
    seed: int
    alone: bool
    outside: bool
    is_due: bool
    is_named: bool
    wrong: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What must never be."""
        missed = self.is_due and not (self.alone if self.kind.due is ALONE else self.outside)
        astray = (self.alone or self.outside) and not self.is_named
        told = [text for text, is_so in (("not found", missed), ("the place is not named", astray)) if is_so]
        return tuple(f"{self.kind.name}, seed {self.seed}: {one}" for one in (*told, *self.wrong))


def tamper(copies: Copies, kept: Kept, kind: Kind, seed: int) -> Outcome:
    """Tamper with a fresh copy of a ledger, and tell what is found; what changed nothing is done again otherwise."""
    place, chance = copies.fresh(), Random(seed)
    with shell(place) as admin:
        before = admin.stored()
        touched = kind.act(admin, chance, kept.texts)
        while admin.stored() == before:
            touched = kind.act(admin, chance, kept.texts)
    wrong: list[str] = []
    alone = _told(lambda: _found(place, ()), wrong)
    outside = _told(lambda: _found(place, kept.checkpoints), wrong)
    _told(lambda: _asked(place), wrong)
    due = touched if kind.due is ALONE else {number for number in touched if kind.due is OUTSIDE and number <= kept.signed}
    found = alone if kind.due is ALONE else outside
    is_named = all(any(one.first <= number <= one.last for one in found) for number in due)
    is_due = kind.due is ALONE or bool(due)
    return Outcome(kind, seed, bool(alone), bool(outside), is_due, is_named, tuple(wrong))


def _found(place: str, checkpoints: Sequence[Checkpoint]) -> Sequence[Finding]:
    with Ledger.open(place, by="auditor", create=False) as ledger:
        return ledger.verify(*checkpoints).findings


def _asked(place: str) -> Sequence[Finding]:
    """Ask for all there is, and record something: each of these may be refused, and none may fail."""
    with Ledger.open(place, by="analyst", create=False) as ledger:
        for act in ASKED:
            with suppress(LedgerError):
                act(ledger)
    return ()


def _told(act: Callable[[], Sequence[Finding]], wrong: list[str]) -> Sequence[Finding]:
    """Give what is found; that a ledger can't be opened is one thing that is, about all of it."""
    try:
        return act()
    except LedgerError as refused:
        return (Finding("store", str(refused), 1, sys.maxsize),)
    except Exception as raised:  # noqa: BLE001  # whatever it is, it is noted
        wrong.append(f"{type(raised).__name__}: {raised}")
        return ()


def faults(outcomes: Iterable[Outcome]) -> list[str]:
    """Give what must never be, of all."""
    return [fault for outcome in outcomes for fault in outcome.faults]


def table(outcomes: Sequence[Outcome]) -> str:
    """Give the figures of each kind, a line each."""
    of = {kind.name: [one for one in outcomes if one.kind is kind] for kind in KINDS}
    lines = [f"{'':<72}{'trials':>8}{'found alone':>13}{'with checkpoints':>18}{'place named':>13}{'not found':>11}"]
    for name, some in (*of.items(), ("all", outcomes)):
        found = [one for one in some if one.alone or one.outside]
        alone, outside, named = (sum(map(attrgetter(one), found)) for one in ("alone", "outside", "is_named"))
        lines.append(f"{name:<72}{len(some):>8}{alone:>13}{outside:>18}{named:>13}{len(some) - len(found):>11}")
    return "\n".join(lines)


def kinds_for(copies: Copies) -> list[Kind]:
    """Give the kinds of tampering that there can be in a database."""
    return [kind for kind in KINDS if not kind.is_loose or isinstance(copies, Files)]


def run(copies: Copies, trials: int, seed: int) -> list[Outcome]:
    """Try kinds chosen at random, each on a fresh copy."""
    kept, kinds, chance = make(copies.master), kinds_for(copies), Random(seed)
    return [tamper(copies, kept, chance.choice(kinds), chance.randrange(2**32)) for _ in range(trials)]


def main() -> None:
    """Run it at full size, or as told, and print the figures."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--trials", type=int, default=1000, help="how many times something is done")
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--postgres", action="store_true", help="in a PostgreSQL database, on a server of its own")
    given = told.parse_args()
    if given.postgres:
        with running() as server:
            outcomes = run(Databases(server), given.trials, given.seed)
    else:
        with tempfile.TemporaryDirectory() as name:
            outcomes = run(Files(Path(name)), given.trials, given.seed)
    found = faults(outcomes)
    print(table(outcomes), *(f"must never be: {fault}" for fault in found), sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
