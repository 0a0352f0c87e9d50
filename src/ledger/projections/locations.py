"""Where the trust is registered to provide care, and was."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import LocationDeregistered, LocationFormed, LocationRegistered, LocationRenamed, LocationSucceeded
from ._things import Thing, Things, heard

__all__ = ["Location", "locations"]


@attrs.frozen(kw_only=True)
class Location(Thing):
    """One location: its names, when it was registered and deregistered, and the locations before and after it."""

    location: str
    name: str | None = None
    kind: str | None = None
    former_names: tuple[str, ...] = ()
    registered_on: When | None = None
    deregistered_on: When | None = None
    predecessors: frozenset[str] = frozenset()
    successors: frozenset[str] = frozenset()

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
                f"took over from {', '.join(sorted(self.predecessors))}" if self.predecessors else None,
                f"followed by {', '.join(sorted(self.successors))}" if self.successors else None,
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
            named = _named(known, name)
            return attrs.evolve(named, kind=kind or known.kind, registered_on=fact.on, deregistered_on=None)
        case LocationRenamed(name=name, previous=previous):
            return _named(known if known.name else attrs.evolve(known, name=previous), name)
        case LocationDeregistered():
            return attrs.evolve(known, deregistered_on=known.deregistered_on or fact.on)
        case LocationSucceeded(by=by):
            return attrs.evolve(known, successors=known.successors | by)
        case LocationFormed(predecessors=predecessors):
            return attrs.evolve(known, predecessors=known.predecessors | predecessors)
        case _:
            assert_never(fact)


def _named(known: Location, name: str) -> Location:
    had = dict.fromkeys((*known.former_names, *([known.name] if known.name else [])))
    return attrs.evolve(known, name=name, former_names=tuple(one for one in had if one != name))
