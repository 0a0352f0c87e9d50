"""What tests draw: dates as sources give them, events of every type, and histories of them.

Ids come from small pools, and days from a few years, so that facts meet.
"""

from datetime import UTC, date, datetime, timedelta
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ledger import Citation, Draft, Marking, Source, When
from ledger.events import PASSES, Event, Recordable, Word
from ledger.events._event import code, slug

TRUSTS = ("RHA", "RVN", "RT5")
FIRST = date(2023, 12, 30)
LAST = date(2026, 3, 2)  # a leap year's February, and the year after, lie between
START = datetime(2026, 1, 1, 9, tzinfo=UTC)

days = st.dates(FIRST, LAST)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is drawn
slugs = st.sampled_from(["a", "b", "c"])
texts = st.sampled_from(["x", "y", "Board assurance", "Überprüfung, §29A"])
markings = st.sampled_from(list(Marking))


@st.composite
def whens(draw: st.DrawFn, *, precise: bool | None = None) -> When:
    """Draw a date as sources give them; precise in two of three, unless told."""
    first, second = sorted([draw(days), draw(days)])
    if precise or (precise is None and draw(st.integers(0, 2))):
        return When(first.isoformat())
    month, year = f"{first:%Y-%m}", f"{first:%Y}"
    quarter = f"{year}-{33 + (first.month - 1) // 3}"
    mark = draw(st.sampled_from(["", "", "?", "~", "%"]))
    start = draw(st.sampled_from([first.isoformat(), month, ".."]))
    end = second.isoformat() if start == ".." else draw(st.sampled_from([second.isoformat(), f"{second:%Y-%m}", ".."]))
    return When(draw(st.sampled_from([month + mark, year + mark, quarter, first.isoformat() + mark, f"{start}/{end}"])))


def values(hint: Any, field: "attrs.Attribute[Any] | None" = None) -> SearchStrategy[Any]:
    """Give what a field of a type may hold."""
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        return st.none() | values(inner, field)
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2, unique_by=_identity).map(tuple)
    if get_origin(hint) is frozenset:
        return st.frozensets(slugs, min_size=1, max_size=2)
    if hint is When:
        return whens()
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
    return slugs if plain is slug else texts


def made(kind: type[Any], **given: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Draw values of an attrs class, each field by its type."""
    hints = get_type_hints(kind)
    fields = {field.name: given.get(field.name, values(hints[field.name], field)) for field in attrs.fields(kind)}
    return st.builds(kind, **fields)


FACTS = sorted(
    (kind for kind in Recordable.known.values() if issubclass(kind, Event) and not issubclass(kind, PASSES)),
    key=lambda kind: kind.__name__,
)
"""Every type of event that can be recorded, by name."""
TOPICS = [[kind for kind in FACTS if kind.__module__ == module] for module in sorted({kind.__module__ for kind in FACTS})]
"""The same, by topic: facts of one topic meet far more often than facts of any."""
DEADLINES = [
    kind
    for kind in FACTS
    if kind.__name__.startswith("Notice")
    or "Plan" in kind.__name__
    or (kind.__name__.startswith("Action") and kind.subject == "action")
]
"""The types that set, move or end deadlines, and their neighbours."""
ANY = sorted(Recordable.known.values(), key=lambda kind: kind.__name__)
"""Every type that has a name in the store."""


def facts(
    trust: str = "RHA", kinds: "list[type[Event]] | None" = None, on: SearchStrategy[When] | None = None
) -> SearchStrategy[Event]:
    """Draw facts about one trust, of any type or of some."""
    extra = {"on": on} if on is not None else {}
    return st.sampled_from(kinds or FACTS).flatmap(lambda kind: made(kind, trust=st.just(trust), id=st.none(), **extra))


def lives(kinds: "list[list[type[Event]]] | None" = None, size: int = 8, **how: Any) -> SearchStrategy[list[Event]]:
    """Draw what happened to one trust: facts of any topic, or of one."""
    return st.sampled_from(kinds or [FACTS, *TOPICS]).flatmap(lambda some: st.lists(facts(kinds=some), max_size=size, **how))


sources = st.builds(
    Source,
    publisher=st.sampled_from(["Care Quality Commission", "A council"]),
    title=st.sampled_from(["Report", "Letter", "Paper"]),
    marking=markings,
    published=st.none() | whens(precise=True),
)
citations = st.builds(Citation, source=sources, at=st.none() | texts, public_since=st.none() | whens(precise=True))


def drafts(trust: str = "RHA", kinds: "list[type[Event]] | None" = None) -> SearchStrategy[Draft]:
    """Draw drafts of entries about one trust."""
    return st.builds(Draft, event=facts(trust, kinds), sources=st.lists(citations, max_size=2))


def _cited(given: list[Event]) -> SearchStrategy[list[Draft]]:
    return st.tuples(*(st.builds(Draft, event=st.just(fact), sources=st.lists(citations, max_size=2)) for fact in given)).map(
        list
    )


def histories(size: int = 7) -> SearchStrategy[list[Draft]]:
    """Draw what is to be recorded about one trust, each fact once."""
    return lives(size=size, unique=True).flatmap(_cited)


class Clock:
    """A clock that goes forward an hour whenever it is read, so that instants can be told apart."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """Tell the time, an hour after it was last told."""
        self.now += timedelta(hours=1)
        return self.now
