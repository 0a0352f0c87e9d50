"""Drafts looked through for personal data before they are recorded: roles and bodies belong on record, people do not."""

import inspect
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType
from typing import Any, get_args

import attrs

from ._entry import Draft
from ._personal import ADVICE, Finding, personal
from ._when import When
from .errors import PersonalDataError, PersonalDataWarning
from .events import Event, Recordable
from .events._words import Word

__all__ = ["Screened", "notice", "screen"]

FEW = 5
"""The number of findings that a message lists; it counts the rest."""
TEXTLESS = (When, Word, int)
"""What a field holds that can't be anybody's data: a date, a word of a fixed vocabulary, a number."""
NOTES = attrgetter("key", "reason")
PACKAGE = __name__.partition(".")[0]


@attrs.frozen
class Screened:
    """What looks like personal data in a draft, and where: the trust, and the type of event with the path to the field."""

    trust: str
    field: str
    finding: Finding

    def __str__(self) -> str:
        """Say what it looks like, and where it stands."""
        return f"{self.trust} {self.field}: {self.finding}"


def notice(drafts: Iterable[Draft], *, refuse: bool) -> None:
    """Warn of what looks like personal data in drafts, once for all, at the line outside this package that had them recorded.

    Arguments:
        drafts: what is to be recorded.
        refuse: raise an error instead.

    Raises:
        PersonalDataError: there is such a thing, and it is to be refused.

    """
    found = screen(drafts)
    if not found:
        return
    listed = "; ".join(map(str, found[:FEW]))
    more = f"; and {len(found) - FEW:,} more" if len(found) > FEW else ""
    message = f"this looks like personal data: {listed}{more}: {ADVICE}"
    if refuse:
        raise PersonalDataError(f"{message}; nothing was recorded", found)
    warnings.warn(PersonalDataWarning(message, found), stacklevel=_levels())


def screen(drafts: Iterable[Draft]) -> tuple[Screened, ...]:
    """Find what looks like personal data in drafts: in events, sources, citations, keys and reasons, each once.

    All texts are looked through at once, which takes a fraction of the time that it takes one by one.
    """
    drafts = list(drafts)
    texts = _texts(drafts)
    if not personal("\n".join(texts)):
        return ()
    told = {text for text in texts if personal(text)}
    suspects = (draft for draft in drafts if not told.isdisjoint(_texts([draft])))
    return tuple(dict.fromkeys(found for draft in suspects for found in _screened(draft)))


def _texts(drafts: Sequence[Draft]) -> list[str]:
    """Give every text in drafts, most of them once; it is written for speed, as every recording goes through it."""
    values: set[Any] = set(chain.from_iterable(map(NOTES, drafts)))
    alike: defaultdict[Any, list[Recordable]] = defaultdict(list)
    for draft in drafts:
        alike[type(draft.event)].append(draft.event)
    for kind, events in alike.items():
        values.update(chain.from_iterable(map(_values(kind), events)))
    citations = {id(one): one for one in chain.from_iterable(draft.sources for draft in drafts)}.values()
    values.update(citation.at for citation in citations)
    sources = set({id(citation.source): citation.source for citation in citations}.values())
    nested = [value for value in (*values, *sources) if value and not isinstance(value, str)]
    return [
        *(value for value in values if isinstance(value, str)),
        *(text for value in nested for _, text in _within("", value)),
    ]


@cache
def _values(kind: Any) -> "attrgetter[tuple[Any, ...]]":
    """Give what takes the values of the fields of a type of event that may hold text; the trust, a code, is among them."""
    fields = [field.name for field in attrs.fields(kind) if _may_hold_text(field.type)]
    return attrgetter("trust", *fields)  # twice the trust: of one name alone, it would give no tuple


def _may_hold_text(annotation: Any) -> bool:
    kinds = [kind for kind in get_args(annotation) or (annotation,) if kind is not NoneType]
    return not all(isinstance(kind, type) and issubclass(kind, TEXTLESS) for kind in kinds)


def _within(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield every text in a value, with the path to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, frozenset):
        for one in sorted(value, key=repr):
            yield from _within(path, one)
    elif isinstance(value, tuple):
        for position, one in enumerate(value):
            yield from _within(f"{path}[{position}]", one)
    elif attrs.has(kind := type(value)) and not isinstance(value, When):
        for name in attrs.fields_dict(kind):
            yield from _within(f"{path}.{name}", getattr(value, name))


def _screened(draft: Draft) -> Iterator[Screened]:
    event = draft.event
    is_own_key = draft.key is not None and isinstance(event, Event) and draft.key == event.key  # found in the event
    parts = {
        type(event).__name__: event,
        "sources": draft.sources,
        "key": None if is_own_key else draft.key,
        "reason": draft.reason,
    }
    for name, part in parts.items():
        for path, text in _within(name, part):
            for finding in personal(text):
                yield Screened(event.trust, path, finding)


def _levels() -> int:
    """Count the calls from `notice` out of this package, as `warnings.warn` counts them."""
    frame = inspect.currentframe()
    levels = 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == PACKAGE:
        frame = frame.f_back
        levels += 1
    return levels
