"""Who the trust is, and what followed it."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import Succession, TrustRegistered, TrustRenamed, TrustSucceeded
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
    succeeded_how: Succession | None = None

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
                self._followed(),
            ]
        )

    def _followed(self) -> str | None:
        if self.succeeded_on is None:
            return None
        how = f", {self.succeeded_how}" if self.succeeded_how is not Succession.NOT_STATED else ""
        return f"followed by {', '.join(sorted(self.successors))}{how}, {self.succeeded_on.in_words()}"

    def rows(self) -> "tuple[Identity, ...]":
        """Give itself, once anything is on record."""
        return (self,) if self.last_heard is not None else ()


Fact: TypeAlias = TrustRegistered | TrustRenamed | TrustSucceeded


def _named(state: Identity, name: str, fact: Fact) -> Identity:
    if name == state.name:
        return attrs.evolve(state, last_heard=fact.on.latest)
    had = dict.fromkeys((*state.former_names, *([state.name] if state.name else [])))
    former = tuple(one for one in had if one != name)
    return attrs.evolve(state, name=name, since=fact.on, former_names=former, last_heard=fact.on.latest)


@projection(initial=Identity())
def identity(state: Identity, fact: Fact) -> Identity:
    """The latest name stands; a name of before is kept; being followed by others closes nothing."""
    match fact:
        case TrustRegistered(name=name, kind=kind, description=description):
            described = attrs.evolve(state, kind=kind or state.kind, description=description or state.description)
            return _named(described, name, fact)
        case TrustRenamed(name=name, previous=previous):
            before = state if state.name else attrs.evolve(state, name=previous)
            return _named(before, name, fact)
        case TrustSucceeded(by=by, how=how):
            known = state.succeeded_how
            return attrs.evolve(
                state,
                successors=state.successors | by,
                succeeded_on=state.succeeded_on or fact.on,
                succeeded_how=how if known in (None, Succession.NOT_STATED) else known,
                last_heard=fact.on.latest,
            )
        case _:
            assert_never(fact)
