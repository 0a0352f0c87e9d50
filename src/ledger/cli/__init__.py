"""The command: arguments in, text out."""

import os
import sys
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import typer

from ..errors import AuditError, LedgerError, PersonalDataWarning, SweepError, WhenError, WordError
from ._deadlines import audit_ledger, deadlines, sweep
from ._demonstration import demo
from ._files import check, ingest_files
from ._imports import imports
from ._keeping import backup, export, redact, restore
from ._proving import checkpoint, key, prove, verify, verify_proof
from ._questions import at, diff, history, why
from ._shared import PROBLEMS, USAGE, warn

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="An event-sourced compliance ledger of NHS trusts: what was known about any trust, on any date, from which source.",
)
COMMANDS: dict[str, Callable[..., None]] = {
    "ingest": ingest_files,
    "check": check,
    "at": at,
    "history": history,
    "why": why,
    "diff": diff,
    "deadlines": deadlines,
    "sweep": sweep,
    "audit": audit_ledger,
    "redact": redact,
    "key": key,
    "checkpoint": checkpoint,
    "prove": prove,
    "verify-proof": verify_proof,
    "verify": verify,
    "export": export,
    "restore": restore,
    "backup": backup,
    "demo": demo,
}
for name, command in COMMANDS.items():
    app.command(name=name)(command)
app.add_typer(imports, name="import")


def _show_warning(otherwise: Callable[..., None], message: Warning | str, *told: Any, **where: Any) -> None:
    """Say a warning of ours as a sentence; leave others as they are."""
    if isinstance(message, PersonalDataWarning):
        warn(message)
    else:
        otherwise(message, *told, **where)


def main() -> None:
    """Run the command; an error of ours is a sentence on standard error and an exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a terminal that can't show a letter shows a question mark
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", PersonalDataWarning)
            warnings.showwarning = partial(_show_warning, warnings.showwarning)
            app()
    except LedgerError as wrong:
        print(f"trust-ledger: {wrong}", file=sys.stderr)
        sys.exit(USAGE if isinstance(wrong, AuditError | SweepError | WhenError | WordError) else PROBLEMS)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)
