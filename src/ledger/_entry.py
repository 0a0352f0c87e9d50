"""An event as recorded: who recorded it, when, and from which sources."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

import attrs
from attrs import Attribute

from ._when import When
from .errors import EventError
from .events import Event, Recordable
from .events._event import count, maybe_when, names, optional_text, text
from .events._words import Word

__all__ = ["Citation", "Draft", "Entry", "Marking", "Markings", "Source", "as_citations", "strictest"]

MOST_BETWEEN = 100
"""The number of sources that a source may be known through, one through the other."""


class Marking(Word):
    """Who may see a source, most open first."""

    PUBLIC = "public"
    OFFICIAL = "official"
    OFFICIAL_SENSITIVE = "official-sensitive"
    CONFIDENTIAL = "confidential"

    @property
    def strictness(self) -> int:
        """0 for public, up to 3 for confidential."""
        return list(Marking).index(self)


def _is_a(kind: type[Any], what: str) -> Callable[[object, "Attribute[Any]", object], None]:
    """Let through values of one kind; another is told in words, where attrs would show its own."""

    def check(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        del instance
        if not isinstance(value, kind):
            raise EventError(f"{attribute.name}: {value!r} is not {what}", attribute.name, value)

    return check


def _is_source(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    _is_a(Source, "a Source")(instance, attribute, value)


def _is_known_through(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a source that is itself known through a bounded number of others: comparing them takes a call for each."""
    _is_source(instance, attribute, value)
    if isinstance(value, Source) and sum(1 for _ in value.chain()) > MOST_BETWEEN:
        raise EventError(
            f"{attribute.name}: a source is known through at most {MOST_BETWEEN} others: leave out what lies between",
            attribute.name,
            value,
        )


@attrs.frozen(kw_only=True, cache_hash=True)  # the same few are looked up for every entry
class Source:
    """A document, or the like, that states facts.

    Arguments:
        publisher: the body that published it, or wrote it where it was never published.
        title: what it is called; publisher and title together tell one source from another.
        marking: who may see it.
        published: when it was published; without it the source was never public.
        via: the source it is known through, where it was not itself read; at most 100 of them, one through the other.
        url: where it can be read.

    """

    publisher: str = attrs.field(validator=text)
    title: str = attrs.field(validator=text)
    marking: Marking = attrs.field(converter=Marking)
    published: When | None = attrs.field(default=None, converter=maybe_when)
    via: "Source | None" = attrs.field(default=None, validator=attrs.validators.optional(_is_known_through))
    url: str | None = attrs.field(default=None, validator=optional_text)

    @property
    def identity(self) -> tuple[str, str]:
        """What tells one source from another, whatever is said of it: its publisher and title."""
        return self.publisher, self.title

    def chain(self) -> Iterable["Source"]:
        """Give the source and those it is known through."""
        one: Source | None = self
        while one is not None:
            yield one
            one = one.via

    def __str__(self) -> str:
        """Cite the source as a board paper would."""
        when = f"published {self.published.in_words()}" if self.published else "never published"
        through = f", known through {self.via}" if self.via else ""
        return f"{self.publisher}, “{self.title}” ({self.marking}, {when}{through})"


@attrs.frozen(kw_only=True, cache_hash=True)
class Citation:
    """A source, and the place in it that states the fact; `public_since` where the fact was public before the source."""

    source: Source = attrs.field(validator=_is_source)
    at: str | None = attrs.field(default=None, validator=optional_text)
    public_since: When | None = attrs.field(default=None, converter=maybe_when)

    def is_public_by(self, day: date, markings: "Markings") -> bool:
        """Whether the fact was public on *day* by this citation; *markings* are the strictest on record for each source."""
        since = self.public_from(markings)
        return since is not None and since <= day

    def public_from(self, markings: "Markings") -> date | None:
        """Give the day from which the fact is public by this citation; none where it never is."""
        since = self.public_since or self.source.published
        return since.latest if since is not None and self.is_ever_public(markings) else None

    def is_ever_public(self, markings: "Markings") -> bool:
        """Whether the fact is public on some day: its source was published, and every source it is known through is public."""
        chain = self.source.chain()
        return self.source.published is not None and all(
            markings.get(one.identity, one.marking) is Marking.PUBLIC for one in chain
        )

    def __str__(self) -> str:
        """Cite the source and the place in it."""
        since = f"; public since {self.public_since.in_words()} (inferred)" if self.public_since else ""
        return f"{self.source}{f', {self.at}' if self.at else ''}{since}"


Markings: TypeAlias = Mapping[tuple[str, str], Marking]
"""The strictest marking on record of each source, by its identity."""


def strictest(markings: Markings, entries: Iterable["Entry"]) -> Markings:
    """Add the markings that *entries* give their sources to *markings*: of two for one source, the stricter holds."""
    stricter: dict[tuple[str, str], Marking] = {}
    for source in (source for entry in entries for citation in entry.sources for source in citation.source.chain()):
        held = stricter.get(source.identity) or markings.get(source.identity)
        if held is None or (held is not source.marking and held.strictness < source.marking.strictness):
            stricter[source.identity] = source.marking
    return {**markings, **stricter} if stricter else markings


def as_citations(sources: Iterable[Source | Citation]) -> tuple[Citation, ...]:
    """Make citations of sources; a source alone is cited without a place."""
    return tuple(source if isinstance(source, Citation) else Citation(source=source) for source in sources)


_same_set = lru_cache(1024)(frozenset[str])


def _field_names(value: Iterable[str]) -> frozenset[str]:
    """Make a set of names of fields; one for all that are equal, as many entries infer the same."""
    return _same_set(names(value))


def _inferred_are_fields(instance: "Draft | Entry", attribute: object, value: frozenset[str]) -> None:
    del attribute
    unknown = value and value - set(attrs.fields_dict(type(instance.event)))
    if unknown:
        raise EventError(
            f"inferred: {type(instance.event).__name__} has no field {', '.join(sorted(map(repr, unknown)))}", "inferred", value
        )


@attrs.frozen(kw_only=True)
class Draft:
    """An entry not yet recorded: an event, what it was read in, and what it replaces.

    Arguments:
        event: what happened, or a note about another entry.
        sources: sources or citations; may be empty.
        inferred: the names of the event's fields that no source states.
        key: what ties it to its place in a ledger file.
        replaces: the number of the entry that it corrects or retracts.
        reason: why, where it replaces one.

    """

    event: Recordable = attrs.field(validator=_is_a(Recordable, "an event"))
    sources: tuple[Citation, ...] = attrs.field(default=(), converter=as_citations)
    inferred: frozenset[str] = attrs.field(default=frozenset(), converter=_field_names, validator=_inferred_are_fields)
    key: str | None = attrs.field(default=None, validator=optional_text)
    replaces: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    reason: str | None = attrs.field(default=None, validator=optional_text)


@attrs.frozen(kw_only=True)
class Entry:
    """An event as recorded. Entries are made by `Ledger.record` and its like, and never change.

    Attributes:
        number: its position in the ledger, from 1.
        recorded_at: the instant it was recorded, in UTC; set by the ledger, never earlier than an entry before it.
        recorded_by: who recorded it; `None` in a public view.
        place: where it stands among facts of one day: its number, or that of the entry it corrects.
        replaces: the number of the entry it corrects or retracts.

    """

    number: int
    event: Recordable
    recorded_at: datetime
    recorded_by: str | None = attrs.field(validator=optional_text)
    place: int = attrs.field(validator=count)
    sources: tuple[Citation, ...] = ()
    inferred: frozenset[str] = attrs.field(default=frozenset(), validator=_inferred_are_fields)
    key: str | None = attrs.field(default=None, validator=optional_text)
    replaces: int | None = attrs.field(default=None, validator=attrs.validators.optional(count))
    reason: str | None = attrs.field(default=None, validator=optional_text)

    @property
    def fact(self) -> Event:
        """The event in the world that it holds; only for entries that are in a timeline."""
        if not isinstance(self.event, Event):
            raise TypeError(f"entry {self.number} is a note about an entry, not a fact about the world")
        return self.event

    def with_sources(self, further: Iterable[Citation]) -> "Entry":
        """Give the entry with *further* citations added, each once."""
        added = tuple(dict.fromkeys((*self.sources, *further)))
        return self if added == self.sources else attrs.evolve(self, sources=added)

    def public_from(self, markings: Markings) -> date | None:
        """Give the day from which a source of it is public; none where none ever is."""
        return min((since for citation in self.sources if (since := citation.public_from(markings))), default=None)

    def as_public(self, day: date, markings: Markings) -> "Entry | None":
        """Give what the public could know of it on *day*: its public sources only, never a reason or a recorder's name."""
        public = tuple(citation for citation in self.sources if citation.is_public_by(day, markings))
        if not public:
            return None
        return attrs.evolve(self, sources=public, recorded_by=None, reason=None, key=None)
