"""Who the trust is, and what followed it."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import TrustRegistered, TrustRenamed, TrustSucceeded
from ._things import Thing

__all__ = ["Identity", "identity"]


@attrs.frozen(kw_only=True)
class Identity(Thing):
    """The trust's name and kind, names it had before, and the organisations that followed it."""

    name: str | None = None
    kind: str | None = None
    description: str | None = None
    since: When | None = None
    former_names: tuple[str, ...] = ()
    successors: frozenset[str] = frozenset()
    succeeded_on: When | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The trust itself."""
        return ("trust",)

    @property
    def heading(self) -> str:
        """The name."""
        return self.name or "name not on record"

    @property
    def summary(self) -> str:
        """Kind, former names and successors."""
        return listed(
            [
                self.kind,
                self.description,
                f"formerly {', '.join(self.former_names)}" if self.former_names else None,
                f"followed by {', '.join(sorted(self.successors))}" if self.successors else None,
            ]
        )

    def rows(self) -> "tuple[Identity, ...]":
        """Give itself, once anything is on record."""
        return (self,) if self.last_heard is not None else ()


Fact: TypeAlias = TrustRegistered | TrustRenamed | TrustSucceeded


def _named(state: Identity, name: str, fact: Fact) -> Identity:
    former = state.former_names if state.name in (None, name) else (*state.former_names, str(state.name))
    return attrs.evolve(state, name=name, since=fact.on, former_names=former, last_heard=fact.on.latest)


@projection(initial=Identity())
def identity(state: Identity, fact: Fact) -> Identity:
    """The latest name stands; a name of before is kept; being followed by others closes nothing."""
    match fact:
        case TrustRegistered(name=name, kind=kind, description=description):
            described = attrs.evolve(state, kind=kind or state.kind, description=description or state.description)
            return _named(described, name, fact)
        case TrustRenamed(name=name, previous=previous):
            before = state if state.name or previous is None else attrs.evolve(state, name=previous)
            return _named(before, name, fact)
        case TrustSucceeded(by=by):
            return attrs.evolve(state, successors=state.successors | by, succeeded_on=fact.on, last_heard=fact.on.latest)
        case _:
            assert_never(fact)
