"""How closely other bodies watch the trust."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import OversightChanged
from ._things import Thing, Things, heard

__all__ = ["Oversight", "oversight"]


@attrs.frozen(kw_only=True)
class Oversight(Thing):
    """The level of oversight by one body or group of bodies; `previous` holds the levels before, oldest first."""

    bodies: frozenset[str]
    level: str
    since: When
    edition: str | None = None
    reason: str | None = None
    previous: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The bodies."""
        return "oversight", ", ".join(sorted(self.bodies))

    @property
    def scaled(self) -> str:
        """The level, and the edition of its scale: the same word means different things by edition."""
        return listed([self.level, f"({self.edition})" if self.edition else None], " ")

    @property
    def summary(self) -> str:
        """The level, the edition of its scale, and since when."""
        return listed(
            [
                self.scaled,
                f"in force by {self.since.in_words().removeprefix('by ')}",
                f"because: {self.reason}" if self.reason else None,
                f"before: {', '.join(self.previous)}" if self.previous else None,
            ]
        )


@projection(initial=Things[Oversight]())
def oversight(state: Things[Oversight], fact: OversightChanged) -> Things[Oversight]:
    """The latest level of each body or group of bodies stands; the same level stated again changes nothing."""
    _, bodies = fact.about
    standing = state.get(bodies)
    if standing is not None and standing.level == fact.level and fact.edition in (None, standing.edition):
        return state.change(bodies, standing, lambda o: heard(o, fact))
    changed = Oversight(
        bodies=fact.bodies,
        level=fact.level,
        since=fact.on,
        edition=fact.edition,
        reason=fact.reason,
        previous=(*standing.previous, standing.scaled) if standing else (),
        last_heard=fact.on.latest,
    )
    return state.change(bodies, changed, lambda _: changed)
