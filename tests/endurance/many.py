"""Many processes that write, follow and ask at once: nothing is lost, doubled, passed over or answered from what was.

`python -m tests.endurance.many --writers 8 --entries 500` prints the figures; `--postgres` has them in a database.
"""

import argparse
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs

from ledger import Entry, Ledger
from ledger._codec import canonical
from ledger.errors import ConflictError
from ledger.events import RatingPublished
from tests.postgres import running

from .side import Side, read
from .sound import digest, disorder, gaps, rows_after
from .zygote import Zygote, zygote

__all__ = ["Figures", "Size", "ask", "follow", "main", "run", "write"]

TRUSTS = 20
TWINS = 2
"""The number of writers that run the same import."""
WHOLE_CALL = 5
ONE_IN = 10
GIVE_UP = 50
WORSE = "Inadequate"


@attrs.frozen
class Size:
    """How much is done: by how many writers, of how many entries each, before how many followers."""

    writers: int = 8
    entries: int = 500
    followers: int = 2


@attrs.frozen
class Figures:
    """What came of it; but for the first seven, each must be 0."""

    entries: int
    expected: int
    acknowledged: int
    questions: int
    refused: int
    seconds: float
    slowest: float
    lost: int
    twice: int
    passed_over: int
    disorder: int
    gaps: int
    stale: int

    def wrong(self) -> dict[str, int]:
        """Give what must be 0."""
        names = ("lost", "twice", "passed_over", "disorder", "gaps", "stale")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        """Tell it in plain words."""
        wrong = "\n".join(f"{number:6,} {name.replace('_', ' ')}" for name, number in self.wrong().items())
        return (
            f"{self.entries:,} entries of {self.expected:,} that had to be there, {self.acknowledged:,} acknowledgements, "
            f"in {self.seconds:.1f} seconds: {self.entries / self.seconds:,.0f} entries a second.\n"
            f"The slowest call took {self.slowest:.2f} seconds; {self.refused:,} calls were refused and done again; "
            f"{self.questions:,} questions asked meanwhile.\n{wrong}"
        )


def _facts(name: str, count: int) -> list[RatingPublished]:
    """Give the facts that a writer has to record: of each trust in turn, and each of a service of its own."""
    return [
        RatingPublished(trust=f"R{number % TRUSTS:02}", on="2025-05-30", service=f"{name} {number}", rating="Good")
        for number in range(count)
    ]


def write(place: str, name: str, book: str, count: int, folder: Path) -> None:
    """Record facts, one to five at a time, and note what is acknowledged; now and then one's own last entry is corrected.

    Arguments:
        place: the ledger.
        name: who records.
        book: what the facts are named after: two with the same book record the same, and correct nothing.
        count: the number of entries.
        folder: where to note what was acknowledged.

    """
    side, chance = Side(folder / f"{name}.written"), random.Random(name)
    facts = _facts(book, count)
    with Ledger.open(place, by=name) as ledger:
        done = 0
        while done < count:
            some = facts[done : done + chance.randint(1, WHOLE_CALL)]
            entries = _recorded(ledger, some, side)
            done += len(entries)
            if name == book and done < count and chance.randrange(ONE_IN) == 0:
                done += len(_corrected(ledger, entries[-1], side))


def _recorded(ledger: Ledger, facts: list[RatingPublished], side: Side) -> tuple[Entry, ...]:
    """Record facts, as often as it is refused, and note what was acknowledged."""
    for _ in range(GIVE_UP):
        began = time.monotonic()
        try:
            entries = ledger.record(*facts)
        except ConflictError:
            side.write(["refused"])
            continue
        side.write(*(_acknowledged(entry, began) for entry in entries))
        return entries
    raise AssertionError("refused again and again")


def _corrected(ledger: Ledger, entry: Entry, side: Side) -> tuple[Entry, ...]:
    """Correct an entry, as often as somebody was faster, and note what was acknowledged."""
    assert isinstance(entry.event, RatingPublished)
    for _ in range(GIVE_UP):
        began = time.monotonic()
        try:
            corrected = ledger.correct(entry.number, attrs.evolve(entry.event, rating=WORSE), reason="misread")
        except ConflictError:
            continue
        side.write(_acknowledged(corrected, began))
        return (corrected,)
    return ()


def _acknowledged(entry: Entry, began: float) -> list[object]:
    assert isinstance(entry.event, RatingPublished)
    event = entry.event
    return ["written", entry.number, digest(entry), event.trust, event.service, str(event.rating), time.monotonic() - began]


def follow(place: str, name: str, folder: Path) -> None:
    """Follow until all writers have ended, taking it up again after every lull, and note every entry seen."""
    side, number = Side(folder / f"{name}.followed"), 0
    with Ledger.open(place, by=name) as ledger:
        for _ in _until_over(folder):
            for entry in ledger.follow(number, idle=0.05):
                side.write([entry.number, digest(entry)])
                number = entry.number


def ask(place: str, name: str, folder: Path) -> None:
    """Ask one open ledger about trusts until all writers have ended: whatever was acknowledged before the question is in the answer."""
    expected: dict[str, dict[str, str]] = defaultdict(dict)
    seen: Counter[str] = Counter()
    questions = stale = 0
    with Ledger.open(place, by=name) as ledger:
        for _ in _until_over(folder):
            fresh = set()
            for path in folder.glob("*.written"):
                lines = read(path)
                for _, _, _, code, service, rating, _ in (line for line in lines[seen[path.name] :] if line[0] == "written"):
                    expected[str(code)][str(service)] = str(rating)
                    fresh.add(str(code))
                seen[path.name] = len(lines)
            view = ledger.at("2030-01-01")
            for code in sorted(fresh) or list(expected)[:1]:
                ratings = view.trust(code).ratings
                answers = {service: ratings.of(service=service) for service in expected[code]}
                # Acknowledged as corrected, it is corrected; acknowledged as it was, it may have been corrected since.
                stale += sum(one is None or one.rating not in {expected[code][name], WORSE} for name, one in answers.items())
                questions += 1
    Side(folder / f"{name}.asked").write([questions, stale])


def _until_over(folder: Path) -> Iterator[None]:
    """Go round until all writers have ended, and then once more."""
    is_over = False
    while not is_over:
        is_over = (folder / "over").exists()
        yield
        time.sleep(0.002)


def run(forks: Zygote, place: str, folder: Path, size: Size) -> Figures:
    """Let processes write, follow and ask at once, and count what came of it.

    Arguments:
        forks: where processes come from.
        place: where there is no ledger yet, or an empty one: all open it at once, and the first makes it.
        folder: an empty folder for what the processes note.
        size: how much is done.

    """
    readers = [forks.start(follow, place, f"follower{number}", folder) for number in range(size.followers)]
    readers.append(forks.start(ask, place, "asker", folder))
    began = time.monotonic()
    books = ["import" if number < TWINS else f"writer{number}" for number in range(size.writers)]
    names = [f"import{number}" if book == "import" else book for number, book in enumerate(books)]
    writers = [forks.start(write, place, name, book, size.entries, folder) for name, book in zip(names, books, strict=True)]
    assert [forks.wait(pid, 600) for pid in writers] == [0] * size.writers
    seconds = time.monotonic() - began
    (folder / "over").touch()
    assert [forks.wait(pid) for pid in readers] == [0] * len(readers)
    return _counted(place, folder, size, seconds)


def _counted(place: str, folder: Path, size: Size, seconds: float) -> Figures:
    lines = [line for path in folder.glob("*.written") for line in read(path)]
    written = [line for line in lines if line[0] == "written"]
    with Ledger.open(place, create=False) as ledger:
        rows, entries = rows_after(ledger), ledger.entries
    there: list[list[str | int | float]] = [[row.number, digest(row.stored)] for row in rows]
    by_number = {one[0]: one for one in there}
    followed = [read(path) for path in folder.glob("*.followed")]
    ((questions, stale),) = (line for path in folder.glob("*.asked") for line in read(path))
    events = Counter(canonical(entry.event) for entry in entries)
    return Figures(
        entries=len(rows),
        expected=(size.writers - min(size.writers, TWINS) + 1) * size.entries,
        acknowledged=len(written),
        questions=int(questions),
        refused=len(lines) - len(written),
        seconds=seconds,
        slowest=max(float(line[-1]) for line in written),
        lost=sum(by_number.get(line[1]) != line[1:3] for line in written),
        twice=sum(events.values()) - len(events),
        passed_over=sum(seen != there for seen in followed),
        disorder=disorder(entries),
        gaps=gaps(rows),
        stale=int(stale),
    )


def main() -> None:
    """Run it at full size, or as told, and print the figures."""
    told = argparse.ArgumentParser(description=__doc__)
    for field in attrs.fields(Size):
        told.add_argument(f"--{field.name}", type=int, default=field.default)
    told.add_argument("--postgres", action="store_true", help="in a PostgreSQL database; without it, in an SQLite file")
    given = told.parse_args()
    with tempfile.TemporaryDirectory() as name, zygote() as forks, ExitStack() as stack:
        folder = Path(name)
        place = stack.enter_context(running()).url() if given.postgres else str(folder / "trusts.db")
        print(run(forks, place, folder, Size(given.writers, given.entries, given.followers)))


if __name__ == "__main__":
    main()
