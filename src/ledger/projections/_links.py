"""Who came before and after whom: a graph with dates, of organisations and of locations."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

import attrs

from .._show import listed
from .._when import When
from ..events import Succession

__all__ = ["Link", "in_words", "linked", "others"]


@attrs.frozen(kw_only=True)
class Link:
    """Another that came before or after: its code, when that took effect, and how and why where a source says."""

    other: str
    on: When
    how: Succession = Succession.NOT_STATED
    reason: str | None = None


def linked(
    links: Iterable[Link],
    codes: Iterable[str],
    on: When,
    how: Succession = Succession.NOT_STATED,
    reason: str | None = None,
) -> tuple[Link, ...]:
    """Add links of one date to those there are, in order of date, then of code; one told twice stands once, and fills gaps.

    Where only a bound is known, and an earlier day as well, the bound tells nothing.
    """
    found = {(link.other, link.on): link for link in links}
    for code in codes:
        known = found.get((code, on), Link(other=code, on=on))
        stated = how if known.how is Succession.NOT_STATED else known.how
        found[code, on] = attrs.evolve(known, how=stated, reason=known.reason or reason)
    telling = (link for link in found.values() if not any(_is_only_a_bound(link, other) for other in found.values()))
    return tuple(sorted(telling, key=lambda link: (link.on.latest or date.max, link.other, str(link.on))))


def _is_only_a_bound(link: Link, other: Link) -> bool:
    """Whether a link says no more than another does: that it leads to the same by some day, and not since when."""
    if link is other or link.other != other.other or link.on.earliest is not None:
        return False
    mine, its = link.on.latest or date.max, other.on.latest or date.max
    return (its, other.on.earliest is None, str(other.on)) < (mine, True, str(link.on))


def others(links: Iterable[Link]) -> frozenset[str]:
    """Give the codes that links lead to."""
    return frozenset(link.other for link in links)


def in_words(said: str, links: Iterable[Link]) -> str | None:
    """Say what links tell, those of one date, manner and reason together; nothing where there are none."""
    told = []
    for (on, how, reason), alike in groupby(links, key=lambda link: (link.on, link.how, link.reason)):
        codes = ", ".join(link.other for link in alike)
        manner = None if how is Succession.NOT_STATED else str(how)
        told.append(listed([codes, manner, on.in_words()], ", ") + (f" ({reason})" if reason else ""))
    return f"{said} {', and '.join(told)}" if told else None
