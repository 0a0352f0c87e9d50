"""Who the trust is, what it took over from, and what followed it."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import Succession, TrustDeregistered, TrustFormed, TrustRegistered, TrustRenamed, TrustSucceeded
from ._links import Link, in_words, linked, others
from ._things import Thing, is_wholly_after, succeeded

__all__ = ["Identity", "identity"]


@attrs.frozen(kw_only=True)
class Identity(Thing):
    """The trust's name and kind, names it had before, and the organisations that came before and followed it.

    Attributes:
        since: when the name took effect.
        followed_by: the organisations that followed, each with its date: a trust can be followed in several steps.
        successors: their codes.
        succeeded_on: the date of the first step.
        succeeded_how: how they followed, as stated of the first step that says so.
        took_over_from: the organisations before it, each with its date; `predecessors`, `formed_on` and `formed_how` as above.
        deregistered_on: when its registration ended; none where it was registered again after that.

    """

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
    followed_by: tuple[Link, ...] = ()
    took_over_from: tuple[Link, ...] = ()

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
        """Kind, former names, predecessors and successors by date, and whether it is no longer registered."""
        return listed(
            [
                self.kind,
                self.description,
                f"formerly {', '.join(self.former_names)}" if self.former_names else None,
                in_words("took over from", self.took_over_from),
                in_words("followed by", self.followed_by),
                f"no longer registered since {self.deregistered_on.in_words()}" if self.deregistered_on else None,
            ]
        )

    def rows(self) -> "tuple[Identity, ...]":
        """Give itself, once anything is on record."""
        return (self,) if self.last_heard is not None else ()


Fact: TypeAlias = TrustRegistered | TrustRenamed | TrustSucceeded | TrustFormed | TrustDeregistered


def _named(state: Identity, name: str, fact: Fact, previous: str | None) -> Identity:
    """Note a name, and the one that it took the place of."""
    heard = attrs.evolve(state, former_names=succeeded(state.former_names, previous, name), last_heard=fact.on.latest)
    return heard if name == state.name else attrs.evolve(heard, name=name, since=fact.on)


def _first_stated(links: tuple[Link, ...]) -> Succession:
    return next((link.how for link in links if link.how is not Succession.NOT_STATED), Succession.NOT_STATED)


@projection(initial=Identity())
def identity(state: Identity, fact: Fact) -> Identity:
    """The latest name stands; a name of before is kept; being followed by others closes nothing, nor does the end of registration."""
    match fact:
        case TrustRegistered(name=name, kind=kind, description=description):
            ended = None if is_wholly_after(fact.on, state.deregistered_on) else state.deregistered_on
            described = attrs.evolve(
                state, kind=kind or state.kind, description=description or state.description, deregistered_on=ended
            )
            is_bound = fact.on.earliest is None  # then it may be another spelling of the same name, and no new one
            return _named(described, name, fact, None if is_bound else state.name)
        case TrustRenamed(name=name, previous=previous):
            return _named(state, name, fact, previous if state.name in (None, name) else state.name)
        case TrustSucceeded(by=by, how=how, reason=reason):
            after = linked(state.followed_by, by, fact.on, how, reason)
            return attrs.evolve(
                state,
                followed_by=after,
                successors=others(after),
                succeeded_on=after[0].on,
                succeeded_how=_first_stated(after),
                last_heard=fact.on.latest,
            )
        case TrustFormed(predecessors=predecessors, how=how, reason=reason):
            earlier = linked(state.took_over_from, predecessors, fact.on, how, reason)
            return attrs.evolve(
                state,
                took_over_from=earlier,
                predecessors=others(earlier),
                formed_on=earlier[0].on,
                formed_how=_first_stated(earlier),
                last_heard=fact.on.latest,
            )
        case TrustDeregistered():
            return attrs.evolve(state, deregistered_on=state.deregistered_on or fact.on, last_heard=fact.on.latest)
        case _:
            assert_never(fact)
