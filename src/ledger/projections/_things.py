"""What the states of all projections share: things on record, by id, read-only."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Generic, TypeVar

import attrs
from immutables import Map

from .._show import Line
from .._when import When
from ..errors import NotOnRecordError
from ..events import Event

__all__ = ["Thing", "Things", "heard", "is_wholly_after", "succeeded", "undone"]


@attrs.frozen(kw_only=True)
class Thing:
    """One thing on record; `last_heard` is the day of the latest fact about it."""

    last_heard: date | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The kind of thing and its id, as events about it say."""
        raise NotImplementedError

    @property
    def heading(self) -> str:
        """What to call it."""
        return self.about[-1]

    @property
    def summary(self) -> str:
        """What the record says of it, in words."""
        raise NotImplementedError

    def __str__(self) -> str:
        """Give heading and summary on one line."""
        return str(Line(self.heading, self.summary))


def undone(missed: tuple[When, ...], on: When) -> tuple[When, ...]:
    """Give those of *missed* that a fact of imprecise date may undo: it may fall on or before their last day."""
    return tuple(due for due in missed if on.qualifier or (due.latest is not None and on.may_be_by(due.latest)))


def is_wholly_after(on: When, other: When | None) -> bool:
    """Whether a date can only mean days after another, or there is no other; one without a stated beginning is not known to."""
    if other is None:
        return True
    return on.earliest is not None and other.latest is not None and on.earliest > other.latest


def succeeded(former: tuple[str, ...], previous: str | None, name: str) -> tuple[str, ...]:
    """Give the names of before once another has taken the place of one: each once, and never the one that stands."""
    had = dict.fromkeys((*former, *([previous] if previous else [])))
    return tuple(one for one in had if one != name)


T = TypeVar("T", bound=Thing)


def heard(thing: T, fact: Event) -> T:
    """Note that a fact was heard about a thing."""
    return attrs.evolve(thing, last_heard=fact.on.latest)


@attrs.frozen
class Things(Mapping[str, T], Generic[T]):
    """Things on record by id, in order of id: a mapping that never changes."""

    by_id: Map[str, T] = attrs.field(factory=Map)

    def __getitem__(self, thing: str) -> T:
        """Give a thing by its id; `NotOnRecordError` names those there are."""
        try:
            return self.by_id[thing]
        except KeyError:
            there = ", ".join(self) or "nothing"
            raise NotOnRecordError(f"{thing!r} is not on record in this view; on record: {there}", thing) from None

    def __iter__(self) -> Iterator[str]:
        """Give the ids in order."""
        return iter(sorted(self.by_id))

    def __len__(self) -> int:
        """Tell how many there are."""
        return len(self.by_id)

    def rows(self) -> tuple[T, ...]:
        """Give the things in order of id."""
        return tuple(self[thing] for thing in self)

    def change(self, thing: str, new: T, change: Callable[[T], T]) -> "Things[T]":
        """Give the things with one changed; one not on record begins as *new*, so an end known before its beginning is kept."""
        return Things(self.by_id.set(thing, change(self.by_id.get(thing, new))))

    def __str__(self) -> str:
        """Give one line a thing."""
        return "\n".join(map(str, self.rows())) or "nothing on record"
