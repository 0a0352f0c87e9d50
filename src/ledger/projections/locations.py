"""Where the trust is registered to provide care, and was."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import LocationDeregistered, LocationFormed, LocationRegistered, LocationRenamed, LocationSucceeded
from ._links import Link, in_words, linked, others
from ._things import Thing, Things, heard, is_wholly_after, succeeded

__all__ = ["Location", "locations"]


@attrs.frozen(kw_only=True)
class Location(Thing):
    """One location: its names, when it was registered and deregistered, and the locations before and after it.

    Attributes:
        registered_on: when the registration that stands, or the last one, began.
        deregistered_on: when it ended; none where the location was registered again after that.
        took_over_from: the locations before it, each with its date; `predecessors` are their ids.
        followed_by: the locations after it, each with its date; `successors` are their ids.

    """

    location: str
    name: str | None = None
    kind: str | None = None
    former_names: tuple[str, ...] = ()
    registered_on: When | None = None
    deregistered_on: When | None = None
    predecessors: frozenset[str] = frozenset()
    successors: frozenset[str] = frozenset()
    took_over_from: tuple[Link, ...] = ()
    followed_by: tuple[Link, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The location."""
        return "location", self.location

    @property
    def heading(self) -> str:
        """The name, and CQC's id."""
        return f"{self.name} ({self.location})" if self.name else self.location

    @property
    def summary(self) -> str:
        """Kind, registration, former names, and the locations before and after it."""
        return listed(
            [
                self.kind,
                f"registered {self.registered_on.in_words()}" if self.registered_on else "registration not on record",
                f"deregistered {self.deregistered_on.in_words()}" if self.deregistered_on else None,
                f"formerly {', '.join(self.former_names)}" if self.former_names else None,
                in_words("took over from", self.took_over_from),
                in_words("followed by", self.followed_by),
            ]
        )


Fact: TypeAlias = LocationRegistered | LocationRenamed | LocationDeregistered | LocationSucceeded | LocationFormed


@projection(initial=Things[Location]())
def locations(state: Things[Location], fact: Fact) -> Things[Location]:
    """A location is registered until it is deregistered; registered again, it is registered; being followed by others closes nothing."""
    return state.change(fact.location, Location(location=fact.location), lambda known: heard(_next(known, fact), fact))


def _next(known: Location, fact: Fact) -> Location:
    match fact:
        case LocationRegistered(name=name, kind=kind):
            return _registered(attrs.evolve(_named(known, name, known.name), kind=kind or known.kind), fact.on)
        case LocationRenamed(name=name, previous=previous):
            return _named(known, name, previous if known.name in (None, name) else known.name)
        case LocationDeregistered():
            return attrs.evolve(known, deregistered_on=known.deregistered_on or fact.on)
        case LocationSucceeded(by=by, reason=reason):
            after = linked(known.followed_by, by, fact.on, reason=reason)
            return attrs.evolve(known, followed_by=after, successors=others(after))
        case LocationFormed(predecessors=predecessors, reason=reason):
            before = linked(known.took_over_from, predecessors, fact.on, reason=reason)
            return attrs.evolve(known, took_over_from=before, predecessors=others(before))
        case _:
            assert_never(fact)


def _registered(known: Location, on: When) -> Location:
    """Note a registration: one that may be the one known already tells neither of another beginning nor that an end was undone."""
    if is_wholly_after(on, known.deregistered_on or known.registered_on):
        return attrs.evolve(known, registered_on=on, deregistered_on=None)
    return attrs.evolve(known, registered_on=known.registered_on or on)


def _named(known: Location, name: str, previous: str | None) -> Location:
    return attrs.evolve(known, name=name, former_names=succeeded(known.former_names, previous, name))
