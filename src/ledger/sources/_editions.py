"""A publication that comes out in editions, each a snapshot: what the last one had and this one has no longer."""

from collections.abc import Iterator

from .._entry import Entry, Source
from .._ledger import Ledger
from .._view import View
from .._when import LAST_DAY
from ..events import RatingPublished
from ._intake import Intake

__all__ = ["disappeared"]


def disappeared(ledger: Ledger, intake: Intake, source: Source) -> tuple[Entry, ...] | None:
    """Give the ratings that an earlier edition of a source had and this one has no longer. It is told, never taken back.

    The latest rating of each slot counts, at the levels that the edition tells of (trusts, locations), where it is no younger than
    the youngest in the edition. What has gone is told of each later edition again.

    Returns:
        Nothing, not even that there are none, where it can't be told: a later edition is on record, or this one has problems, so that
        what is missing may only not have been read.

    Arguments:
        ledger: where the edition was recorded.
        intake: what became of the edition.
        source: the source with the date of the edition.

    """
    if intake.problems:
        return None
    view = ledger.at(LAST_DAY)
    latest = [(e, fact) for code in view.codes() for e, fact in _latest(view, code, source)]
    if any(_is_older(source, e) for e, _ in latest):
        return None
    here = [(e, fact) for e, fact in latest if e.number in intake.numbers]
    levels = {fact.location is None for _, fact in here}
    youngest = max((fact.on.latest for _, fact in here if fact.on.latest), default=LAST_DAY)
    return tuple(
        e
        for e, fact in latest
        if e.number not in intake.numbers and fact.on.is_by(youngest) and (fact.location is None) in levels
    )


def _latest(view: View, code: str, source: Source) -> Iterator[tuple[Entry, RatingPublished]]:
    """Yield the latest ratings of each slot that a source gave: two, where two bear one date."""
    slots: dict[tuple[str, ...], list[tuple[Entry, RatingPublished]]] = {}
    for e in view.entries(code):
        if isinstance(e.event, RatingPublished) and any(one.source.identity == source.identity for one in e.sources):
            slots.setdefault(e.event.about, []).append((e, e.event))
    for told in slots.values():
        yield from (one for one in told if one[1].on == told[-1][1].on)


def _is_older(source: Source, entry: Entry) -> bool:
    """Whether an edition is older than the one that an entry was first read in."""
    own = source.published.latest if source.published else None
    editions = (one.source.published for one in entry.sources if one.source.identity == source.identity)
    return own is not None and any(
        edition is not None and edition.latest is not None and edition.latest > own for edition in editions
    )
