"""Events of every type with their sources, and dates as sources give them.

Ids and texts come from small pools, and days from a few years, so that facts meet.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from .._entry import Citation, Draft, Marking, Source
from .._when import When
from ..events import (
    PASSES,
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionPlanRequested,
    ActionPlanSubmitted,
    ActionReopened,
    ActionWithdrawn,
    Event,
    NoticeDetermined,
    NoticeIssued,
    NoticeWithdrawn,
    Recordable,
    Word,
)
from ..events._event import code, optional_digest, optional_slug, slug, slugs
from ._picks import pick, whens

__all__ = [
    "ANY",
    "CLOCKS",
    "DEADLINES",
    "FACTS",
    "TOPICS",
    "citations",
    "drafts",
    "events",
    "made",
    "pick_value",
    "sources",
    "texts",
]

T = TypeVar("T")

TRUSTS = ("RHA", "RVN", "RT5")
digests = st.sampled_from(["00" * 32, "5e" * 32])
ids = st.sampled_from(["a", "b", "c"])
crowded = st.sampled_from([When("2025-03-31"), When("2025-03"), When("../2025-03-31"), When("2024-02-29")])
"""Dates on which much happens at once: what counts from one day keeps the order in which it was recorded."""
texts = st.sampled_from(["Wards", "Fire doors", "Board assurance", "Überprüfung, §29A"])


def values(hint: Any, field: "attrs.Attribute[Any] | None" = None) -> SearchStrategy[Any]:
    """Give what a field of a type may hold."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return st.none() | values(inner, field)
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2, unique_by=_identity).map(tuple)
    if get_origin(hint) is frozenset:
        return st.frozensets(_strings(field), min_size=1, max_size=2)
    if hint is When:
        return whens() | crowded
    if hint is int:
        return st.integers(0, 50)
    if hint is str:
        return _strings(field)
    if issubclass(hint, Word):
        return st.sampled_from(list(hint))
    return made(hint)


def _identity(value: Any) -> object:
    return getattr(value, "requirement", value)


def _strings(field: "attrs.Attribute[Any] | None") -> SearchStrategy[str]:
    validator = None if field is None else field.validator
    plain = getattr(validator, "validator", validator)  # what `optional` wraps
    if plain is code:
        return st.sampled_from(TRUSTS)
    if plain is optional_digest:
        return digests
    return ids if plain in (slug, slugs, optional_slug) else texts


def _strategies(kind: type[Any]) -> dict[str, SearchStrategy[Any]]:
    hints = get_type_hints(kind)
    return {field.name: values(hints[field.name], field) for field in attrs.fields(kind)}


strategies_of = cast("Callable[[type[Any]], dict[str, SearchStrategy[Any]]]", cache(_strategies))
"""Gives the strategy of each field of an attrs class."""


def pick_value(draw: st.DrawFn, kind: type[T], given: Mapping[str, Any]) -> T:
    """Draw a value of an attrs class: each field that is not given, by its type."""
    drawn = {name: draw(strategy) for name, strategy in strategies_of(kind).items() if name not in given}
    return kind(**drawn, **given)


_made = st.composite(pick_value)


def made(kind: type[T], **given: Any) -> SearchStrategy[T]:
    """Draw values of an attrs class: each field that is not given, by its type."""
    return _made(kind, given)


FACTS: list[type[Event]] = sorted(
    (kind for kind in Recordable.known.values() if issubclass(kind, Event) and not issubclass(kind, PASSES)),
    key=lambda kind: kind.__name__,
)
"""Every type of event that can be recorded, by name."""
TOPICS = [[kind for kind in FACTS if kind.__module__ == module] for module in sorted({kind.__module__ for kind in FACTS})]
"""The same, by topic: facts of one topic meet far more often than facts of any."""
CLOCKS: list[type[Event]] = [
    ActionCommitted,
    ActionDeadlineRevised,
    ActionCompleted,
    ActionWithdrawn,
    ActionReopened,
    ActionPlanRequested,
    ActionPlanSubmitted,
    NoticeIssued,
    NoticeDetermined,
    NoticeWithdrawn,
]
"""The types that set, move or end deadlines."""
DEADLINES = [
    kind
    for kind in FACTS
    if kind.__name__.startswith("Notice")
    or "Plan" in kind.__name__
    or (kind.__name__.startswith("Action") and kind.subject == "action")
]
"""These, and their neighbours."""
ANY = sorted(Recordable.known.values(), key=lambda kind: kind.__name__)
"""Every type that has a name in the store."""


def events(
    trust: str = "RHA", kinds: Sequence[type[Event]] | None = None, on: SearchStrategy[When] | None = None
) -> SearchStrategy[Event]:
    """Draw a fact about one trust: of any type, with any values, about things that need not be on record.

    Arguments:
        trust: the CQC provider id of the trust.
        kinds: the types to draw from; without them, every type that can be recorded.
        on: when it took effect; without it, on any date of 2024, 2025 and a little more.

    """
    return _event(trust, kinds or FACTS, on)


@st.composite
def _event(draw: st.DrawFn, trust: str, kinds: Sequence[type[Event]], on: SearchStrategy[When] | None) -> Event:
    extra = {} if on is None else {"on": draw(on)}
    return pick_value(draw, pick(draw, kinds), {"trust": trust, "id": None, **extra})


_out = st.none() | whens(precise=True)
_publishers = st.sampled_from(["Care Quality Commission", "A council"])
_titles = st.sampled_from(["Report", "Letter", "Paper"])
_markings = st.sampled_from(list(Marking))


@st.composite
def _source(draw: st.DrawFn) -> Source:
    via = draw(_source()) if draw(st.integers(0, 4)) == 4 else None  # noqa: PLR2004  # one in five
    return Source(publisher=draw(_publishers), title=draw(_titles), marking=draw(_markings), published=draw(_out), via=via)


def sources() -> SearchStrategy[Source]:
    """Draw a source, of any marking, published or not, now and then known through another.

    Two of one publisher and title may say different things of themselves.
    """
    return _source()


def citations() -> SearchStrategy[Citation]:
    """Draw a source with the place in it, or a day since which the fact was public before it."""
    return st.builds(Citation, source=sources(), at=st.none() | texts, public_since=st.none() | whens(precise=True))


def drafts(trust: str = "RHA", kinds: Sequence[type[Event]] | None = None) -> SearchStrategy[Draft]:
    """Draw what may be recorded about one trust: a fact as `events` draws them, with up to two citations.

    Arguments:
        trust: the CQC provider id of the trust.
        kinds: the types to draw from; without them, every type that can be recorded.

    """
    return st.builds(Draft, event=events(trust, kinds), sources=st.lists(citations(), max_size=2, unique=True))
