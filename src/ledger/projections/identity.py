"""Who the trust is, what it took over from, and what followed it."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import Succession, TrustDeregistered, TrustFormed, TrustRegistered, TrustRenamed, TrustSucceeded
from ._things import Thing

__all__ = ["Identity", "identity"]


@attrs.frozen(kw_only=True)
class Identity(Thing):
    """The trust's name and kind, names it had before, and the organisations that came before and followed it."""

    name: str | None = None
    kind: str | None = None
    description: str | None = None
    since: When | None = None
    former_names: tuple[str, ...] = ()
    successors: frozenset[str] = frozenset()
    succeeded_on: When | None = None
    succeeded_how: Succession | None = None
    predecessors: frozenset[str] = frozenset()
    formed_on: When | None = None
    formed_how: Succession | None = None
    deregistered_on: When | None = None

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
        """Kind, former names, predecessors and successors."""
        return listed(
            [
                self.kind,
                self.description,
                f"formerly {', '.join(self.former_names)}" if self.former_names else None,
                _succession("took over from", self.predecessors, self.formed_how, self.formed_on),
                _succession("followed by", self.successors, self.succeeded_how, self.succeeded_on),
                f"no longer registered since {self.deregistered_on.in_words()}" if self.deregistered_on else None,
            ]
        )

    def rows(self) -> "tuple[Identity, ...]":
        """Give itself, once anything is on record."""
        return (self,) if self.last_heard is not None else ()


def _succession(said: str, others: frozenset[str], how: Succession | None, on: When | None) -> str | None:
    if on is None:
        return None
    manner = f", {how}" if how is not Succession.NOT_STATED else ""
    return f"{said} {', '.join(sorted(others))}{manner}, {on.in_words()}"


Fact: TypeAlias = TrustRegistered | TrustRenamed | TrustSucceeded | TrustFormed | TrustDeregistered


def _named(state: Identity, name: str, fact: Fact) -> Identity:
    if name == state.name:
        return attrs.evolve(state, last_heard=fact.on.latest)
    had = dict.fromkeys((*state.former_names, *([state.name] if state.name else [])))
    former = tuple(one for one in had if one != name)
    return attrs.evolve(state, name=name, since=fact.on, former_names=former, last_heard=fact.on.latest)


def _first_stated(known: Succession | None, how: Succession) -> Succession:
    return how if known is None or known is Succession.NOT_STATED else known


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
            return attrs.evolve(
                state,
                successors=state.successors | by,
                succeeded_on=state.succeeded_on or fact.on,
                succeeded_how=_first_stated(state.succeeded_how, how),
                last_heard=fact.on.latest,
            )
        case TrustFormed(predecessors=predecessors, how=how):
            return attrs.evolve(
                state,
                predecessors=state.predecessors | predecessors,
                formed_on=state.formed_on or fact.on,
                formed_how=_first_stated(state.formed_how, how),
                last_heard=fact.on.latest,
            )
        case TrustDeregistered():
            return attrs.evolve(state, deregistered_on=state.deregistered_on or fact.on, last_heard=fact.on.latest)
        case _:
            assert_never(fact)
