"""Processes forked from one that has everything imported: each is there in milliseconds, and starts from a single thread."""

import importlib
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["Zygote", "main", "zygote"]

ROOT = Path(__file__).parents[2]


class Zygote:
    """The process that others are forked from; a function is told by the name of its module, which is imported there once."""

    def __init__(self) -> None:
        unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.endurance.zygote"],
            cwd=ROOT,
            env=unmeasured,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def start(self, act: Callable[..., None], *arguments: object) -> int:
        """Start a process that calls a function of a module, and give its id."""
        spec = sys.modules[act.__module__].__spec__  # a module that is run as a script is not called by its name
        assert spec is not None
        return int(self._tell("start", spec.name, act.__name__, arguments))

    def wait(self, pid: int, seconds: float = 120) -> int | None:
        """Wait until a process has ended, and give its exit code: negative for the signal that ended it, none where it still runs."""
        code: int | None = self._tell("wait", pid, seconds)
        return code

    def _tell(self, *order: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(order, self._process.stdin)
        self._process.stdin.flush()
        return pickle.load(self._process.stdout)  # noqa: S301  # from the process that was started here

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()
        assert self._process.returncode == 0


@contextmanager
def zygote() -> Iterator[Zygote]:
    """Give a process to fork from, which ends with the block."""
    started = Zygote()
    try:
        yield started
    finally:
        started.close()


def _start(module: str, function: str, arguments: tuple[object, ...]) -> int:
    """Fork a process that calls a function; what it prints goes nowhere, what goes wrong to standard error."""
    act = getattr(importlib.import_module(module), function)
    pid = os.fork()
    if pid:
        return pid
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdout = os.fdopen(1, "w")
    try:
        act(*arguments)
    except BaseException:  # noqa: BLE001  # whatever it is, a forked process must not go on as the one it was forked from
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _wait(pid: int, seconds: float) -> int | None:
    end = time.monotonic() + seconds
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            return None
        time.sleep(0.001)


def main() -> None:
    """Start processes, and wait for them, until there are no orders."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    while True:
        try:
            order: Any = pickle.load(orders)  # noqa: S301  # from the process that started this
        except EOFError:
            return
        answer = _start(*order[1:]) if order[0] == "start" else _wait(*order[1:])
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    main()
