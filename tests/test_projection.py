"""What a projection is: an initial state, a pure function, and the types of event it is asked about."""

from typing import Any

import pytest

from ledger import Projection, projection
from ledger.events import BreachCleared, BreachFound, Event, RatingChanged

FOUND = BreachFound(trust="RHA", on="2025", breach="b", as_described="A breach")
RATED = RatingChanged(trust="RHA", on="2025", rating="Good")


@projection(initial=0)
def found(state: int, fact: BreachFound | BreachCleared) -> int:
    """Count what was found of breaches."""
    return state + isinstance(fact, BreachFound)


def test_what_it_handles_is_read_from_the_annotation() -> None:
    """A union, one type, or every event."""

    @projection(initial=0, name="everything")
    def count(state: int, fact: Event) -> int:
        """Count events."""
        del fact
        return state + 1

    assert (found.name, found.handles) == ("found", (BreachFound, BreachCleared))
    assert (count.name, count.handles, count.fold([FOUND, RATED])) == ("everything", (Event,), 2)


def test_what_it_does_not_handle_leaves_the_state_as_it_is() -> None:
    """A step over another type of event is no step."""
    assert (found.step(3, RATED), found.step(3, FOUND), found.fold([FOUND, RATED, FOUND])) == (3, 4, 2)


def test_a_function_without_event_types_is_refused() -> None:
    """Without an annotation, or with one that is no event, nothing could be asked."""

    def nothing(state: int, fact: Any) -> int:
        """Handle nothing that can be told."""
        del fact
        return state

    def one(state: int) -> int:
        """Take no fact."""
        return state

    make: Any = projection(initial=0)
    for evolve in (nothing, one):
        with pytest.raises(TypeError, match=f"annotate the second parameter of {evolve.__name__} with the event types"):
            make(evolve)
    assert isinstance(found, Projection)
