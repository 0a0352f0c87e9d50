"""Breaches of regulation, found and cleared."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import BreachCleared, BreachFound, Regulation
from ._things import Thing, Things, heard

__all__ = ["Breach", "breaches"]


@attrs.frozen(kw_only=True)
class Breach(Thing):
    """One breach; it stands until an inspection no longer finds it."""

    breach: str
    regulation: Regulation | None = None
    as_described: str | None = None
    count: int | None = None
    inspection: str | None = None
    service: str | None = None
    location: str | None = None
    found_on: When | None = None
    found_again_on: tuple[When, ...] = ()
    cleared_on: When | None = None

    @property
    def is_open(self) -> bool:
        """Whether it stands."""
        return self.cleared_on is None

    @property
    def about(self) -> tuple[str, ...]:
        """The breach."""
        return "breach", self.breach

    @property
    def heading(self) -> str:
        """The regulation."""
        return f"Regulation {self.regulation} ({self.regulation.title})" if self.regulation else "Regulation not stated"

    @property
    def summary(self) -> str:
        """What is said of it, and whether it stands."""
        return listed(
            [
                self.as_described,
                listed([self.service, self.location], ", "),
                f"{self.count} breaches" if self.count not in (None, 1) else None,
                f"found {self.found_on.in_words()}" if self.found_on else "finding not on record",
                f"found again {', '.join(when.in_words() for when in self.found_again_on)}" if self.found_again_on else None,
                f"no longer found {self.cleared_on.in_words()}" if self.cleared_on else "not cleared on record",
            ]
        )


Fact: TypeAlias = BreachFound | BreachCleared


@projection(initial=Things[Breach]())
def breaches(state: Things[Breach], fact: Fact) -> Things[Breach]:
    """A breach stands from the inspection that found it to the one that cleared it; found again later, it stands again."""
    new = Breach(breach=fact.breach)
    match fact:
        case BreachFound():
            return state.change(fact.breach, new, lambda b: heard(_found(b, fact), fact))
        case BreachCleared():
            return state.change(fact.breach, new, lambda b: heard(attrs.evolve(b, cleared_on=fact.on), fact))
        case _:
            assert_never(fact)


def _found(breach: Breach, fact: BreachFound) -> Breach:
    """Take in what was found: found again while it stands, its beginning stays; after a clearing, it begins anew.

    A clearing known before any finding stays: an end known before its beginning closes it.
    """
    again = breach.found_on is not None
    stands = again and breach.cleared_on is None
    return attrs.evolve(
        breach,
        regulation=fact.regulation or breach.regulation,
        as_described=fact.as_described,
        count=fact.count if fact.count is not None else breach.count,
        inspection=breach.inspection if stands else fact.inspection,
        service=fact.service or breach.service,
        location=fact.location or breach.location,
        found_on=breach.found_on if stands else fact.on,
        found_again_on=(*breach.found_again_on, fact.on) if stands else (),
        cleared_on=None if again else breach.cleared_on,
    )
