"""How values look in a failing example: Hypothesis would print every field of an attrs class, also those that its repr leaves out."""

from typing import Any

from hypothesis.vendor.pretty import RepresentationPrinter, for_type_by_name

__all__ = ["show_by_repr"]


def _print(value: Any, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by place
    del cycle
    printer.text(repr(value))


def show_by_repr(kind: type[Any]) -> None:
    """Let values of a class be printed as their own repr has it."""
    for_type_by_name(kind.__module__, kind.__qualname__, _print)
