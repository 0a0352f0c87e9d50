"""A projection: a question about one trust, answered from what happened to it."""

from collections.abc import Callable, Iterable
from functools import reduce
from inspect import get_annotations
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import attrs

from .events import Event

__all__ = ["Projection", "projection"]

S = TypeVar("S")
E = TypeVar("E", bound=Event)


@attrs.frozen
class Projection(Generic[S]):
    """A question about one trust: an initial state and a pure function from a state and a fact to the next state.

    Arguments:
        name: what the question is called.
        initial: the state before anything is known.
        evolve: gives the state after a fact; total, so it takes any fact it handles in any state.
        handles: the types of event that it is asked about; others leave the state as it is.

    """

    name: str
    initial: S
    evolve: Callable[[S, Any], S]
    handles: tuple[type[Event], ...]

    def step(self, state: S, event: Event) -> S:
        """Give the state after *event*."""
        return self.evolve(state, event) if isinstance(event, self.handles) else state

    def fold(self, events: Iterable[Event]) -> S:
        """Give the state after *events*, which come in the order they took effect."""
        return reduce(self.step, events, self.initial)


def projection(*, initial: S, name: str | None = None) -> Callable[[Callable[[S, E], S]], Projection[S]]:
    """Make a projection of a function `evolve(state, fact)`; what it handles is read from the annotation of `fact`.

    Arguments:
        initial: the state before anything is known.
        name: what to call it; without one, the name of the function.

    Raises:
        TypeError: the second parameter is not annotated with an event type or a union of them.

    """

    def decorate(evolve: Callable[[S, E], S]) -> Projection[S]:
        annotations = [kind for parameter, kind in get_annotations(evolve, eval_str=True).items() if parameter != "return"]
        fact = annotations[1] if len(annotations) > 1 else None
        handles = get_args(fact) if get_origin(fact) in (Union, UnionType) else (fact,)
        if not all(isinstance(kind, type) and issubclass(kind, Event) for kind in handles):
            raise TypeError(f"annotate the second parameter of {evolve.__name__} with the event types it handles")
        return Projection(name or evolve.__name__, initial, evolve, handles)

    return decorate
