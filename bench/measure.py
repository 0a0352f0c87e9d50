"""How things are measured: in rounds, contestants taking turns; what is cold in a process of its own, which also tells its memory."""

import gc
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TypeAlias, TypeVar

import attrs
import cold
from worlds import World

__all__ = ["Contestants", "Sample", "Timing", "alone", "each", "interleaved", "once"]

T = TypeVar("T")
BUDGET = 0.25
"""For how many seconds a contestant is asked in a round, if it was asked once at least."""


@attrs.frozen
class Sample:
    """One measurement: seconds for one operation; where known, bytes of memory at the peak, and instructions."""

    seconds: float
    peak: int | None = None
    instructions: int | None = None


Contestants: TypeAlias = dict[str, Callable[[], Sample]]


@attrs.frozen
class Timing:
    """What one contestant took for one piece of work on so many entries, in each round."""

    work: str
    who: str
    entries: int
    samples: tuple[Sample, ...]

    @property
    def seconds(self) -> float:
        """The median."""
        return statistics.median(one.seconds for one in self.samples)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(one.seconds for one in self.samples), max(one.seconds for one in self.samples)

    @property
    def bytes_an_entry(self) -> float | None:
        """The memory at the peak, of what it took beyond starting, for each entry; none where it was not measured."""
        peaks = [one.peak for one in self.samples if one.peak is not None]
        return statistics.median(peaks) / self.entries if peaks else None

    @property
    def instructions(self) -> float | None:
        """The median of the instructions, where the machine counts them."""
        counted = [one.instructions for one in self.samples if one.instructions is not None]
        return statistics.median(counted) if counted else None


def interleaved(work: str, entries: int, contestants: Contestants, rounds: int) -> list[Timing]:
    """Measure contestants one after the other, round after round, each round starting with another."""
    samples: dict[str, list[Sample]] = {who: [] for who in contestants}
    names = list(contestants)
    for start in range(rounds):
        for who in (*names[start % len(names) :], *names[: start % len(names)]):
            gc.collect()
            samples[who].append(contestants[who]())
    return [Timing(work, who, entries, tuple(found)) for who, found in samples.items()]


def once(do: Callable[[], object]) -> Sample:
    """Measure what is done once."""
    start = perf_counter()
    do()
    return Sample(perf_counter() - start)


def each(ask: Callable[[T], object], questions: Iterable[T]) -> Sample:
    """Measure one question by asking one after the other until the time is up."""
    asked, start = 0, perf_counter()
    for asked, question in enumerate(questions, 1):  # noqa: B007  # how many, at the end
        ask(question)
        if perf_counter() - start > BUDGET:
            break
    return Sample((perf_counter() - start) / asked)


def alone(what: str, world: World) -> Sample:
    """Measure something cold, in a new process."""
    with tempfile.NamedTemporaryFile() as counts:
        counting = ["perf", "stat", "-x,", "-e", "instructions:u", "-o", counts.name] if _counts_instructions() else []
        command = [sys.executable, cold.__file__, what, str(world.folder), str(world.entries), str(world.trusts)]
        done = subprocess.run([*counting, *command], stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(done.stdout)
        instructions = _counted(Path(counts.name).read_text()) if counting else None
    return Sample(found["seconds"], found["peak"], instructions)


@cache
def _counts_instructions() -> bool:
    """Whether the machine counts instructions, and lets this user read them."""
    if platform.system() != "Linux" or not shutil.which("perf"):
        return False
    tried = subprocess.run(
        ["perf", "stat", "-x,", "-e", "instructions:u", "true"],  # noqa: S607  # wherever it is
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return _counted(tried.stderr) is not None


def _counted(said: str) -> int | None:
    """Read how many instructions `perf stat` counted; of the whole process, so with what starting takes."""
    for line in said.splitlines():
        number, *_ = line.split(",")
        if "instructions" in line and number.isdigit():
            return int(number)
    return None
