"""What every fact in a body of CQC's API has in common: whose it is, and how its source is cited."""

from collections.abc import Callable, Iterable, Iterator

import attrs

from .._entry import Citation, Draft, Source
from .._when import When
from ..events import Event, Recordable
from ._cqc_parts import WRONG, Maybe, Wrong
from ._place import Found, Spot

__all__ = ["SOURCE_TITLE", "Owner", "Told", "at_report", "once", "source"]

SOURCE_TITLE = "Syndication API"
"""What CQC calls its API; it bears no date, because what it gives from day to day is one source."""
URL = "https://api.service.cqc.org.uk/public/v1"


def source(published: When) -> Source:
    """Give the API as a source; what was got on two days differs only in when that was published."""
    return Source(publisher="Care Quality Commission", title=SOURCE_TITLE, marking="public", published=published, url=URL)


@attrs.frozen
class Told:
    """How a body tells a fact.

    Attributes:
        at: the place in the source, as a citation has it; without it, what the body is about.
        since: when CQC made it public, where that was before the body was got.
        inferred: the names of the fields that the body doesn't state.

    """

    at: str | None = None
    since: Maybe[When] = None
    inferred: frozenset[str] = frozenset()


@attrs.frozen
class Owner:
    """The provider, or a location of its, that a body is about, and the source that the body is of."""

    trust: str
    location: str | None
    source: Source

    @property
    def name(self) -> str:
        """What it is called in citations and titles: nothing that CQC may change."""
        return f"location {self.location}" if self.location else f"provider {self.trust}"

    @property
    def place(self) -> dict[str, str]:
        """The field that tells an event of a location whose it is; a provider's events need none."""
        return {"location": self.location} if self.location else {}

    def fact(self, spot: Spot, event: Callable[..., Event], told: Told, /, **fields: object) -> Iterator[Found]:
        """Yield a fact, from its type and its fields but the trust; none where anything that it depends on can't be read."""
        if WRONG in fields.values():
            return
        since = None if isinstance(told.since, Wrong) else told.since
        cited = Citation(source=self.source, at=told.at or self.name, public_since=since)
        yield Found(Draft(event=event(trust=self.trust, **fields), sources=(cited,), inferred=told.inferred), spot)


def at_report(report: Maybe[str]) -> str | None:
    """Give the place of what a report says; none where the report is not named."""
    return f"report {report}" if isinstance(report, str) else None


def once(found: Iterable[Found]) -> list[Found]:
    """Give each fact once, where it stands first, with every place that it is told in."""
    facts: dict[Recordable, Found] = {}
    for one in found:
        first = facts.setdefault(one.draft.event, one)
        if first is not one:
            sources = tuple(dict.fromkeys((*first.draft.sources, *one.draft.sources)))
            facts[one.draft.event] = Found(attrs.evolve(first.draft, sources=sources), first.spot)
    return list(facts.values())
