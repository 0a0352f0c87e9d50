"""The bytes of a body, read as JSON (RFC 8259); what can't be read is a problem with its place."""

import codecs
import json
from collections.abc import Iterable
from typing import NoReturn

from ..errors import LedgerError
from ._place import Place, Problem, Spot

__all__ = ["LARGEST", "parse"]

LARGEST = 20 * 2**20
"""The most bytes a body may have; CQC's largest have well under one million."""
AGAIN = "get it from CQC again"


class _UnclearError(LedgerError):
    """JSON that may be read in more than one way, or in none."""


def parse(data: bytes, file: str) -> tuple[object] | Problem:
    """Give the value in a body, alone in a tuple, because it may be anything, or what is wrong with it.

    Arguments:
        data: the bytes; more than `LARGEST` are a problem, so that nobody need read more than one too many.
        file: what to call the body in the problem.

    """
    if len(data) > LARGEST:
        return Problem(Spot(file), f"this is larger than {LARGEST // 2**20} MiB, as no body of CQC's is: {AGAIN}")
    if data.startswith(codecs.BOM_UTF8):
        return Problem(
            Spot(file), "this starts with a byte order mark, so another program has changed it: save it as UTF-8 without one"
        )
    try:
        return (json.loads(data.decode(), object_pairs_hook=_object, parse_constant=_refuse),)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        return Problem(Place(file, line), f"this is not UTF-8, as JSON is due to be: {AGAIN}")
    except json.JSONDecodeError as wrong:
        said = "this is empty" if not data.strip() else f"this is not JSON, or cut short ({wrong.msg})"
        return Problem(Place(file, wrong.lineno, wrong.colno), f"{said}: {AGAIN}")
    except RecursionError:
        return Problem(Spot(file), f"objects and lists stand too deep in each other, as in no body of CQC's: {AGAIN}")
    except (_UnclearError, ValueError) as wrong:  # a number of thousands of digits is a ValueError
        return Problem(Spot(file), f"{wrong}: {AGAIN}")


def _object(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Make an object; JSON doesn't say which of two fields of one name counts."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise _UnclearError(f"the field {name!r} stands twice in one object")
        fields[name] = value
    return fields


def _refuse(constant: str) -> NoReturn:
    raise _UnclearError(f"{constant} is no number in JSON")
