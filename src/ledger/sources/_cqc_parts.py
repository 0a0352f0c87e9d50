"""An object in a body of CQC's API, read field by field; what is wrong is noted with its place, and never raised."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias, TypeVar

import attrs

from .._when import When, day_of
from ..errors import LedgerError, WhenError, WordError
from ..events._event import CODE, SLUG
from ._days import possible
from ._place import Problem, Spot

__all__ = ["WRONG", "Maybe", "Part", "Wrong", "code", "line", "quoted", "slug", "value_in_words"]

T = TypeVar("T")

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST_TEXT = 1_000
LONGEST_QUOTE = 60
NAMES = {type(None): "nothing", bool: "true or false", dict: "an object", list: "a list", int: "a number", float: "a number"}


class Wrong(Enum):
    """What a field gives that can't be read: the problem is noted, and nothing that depends on it may be told."""

    WRONG = "wrong"


WRONG = Wrong.WRONG
Maybe: TypeAlias = T | Wrong | None
"""What a field gives: `None` where it is absent, null or empty, because CQC leaves out what it has nothing for."""


@attrs.frozen
class Part:
    """One object in a body: its fields, where it stands, and the problems of the whole body.

    Attributes:
        fields: the fields by name; none where the object is absent or something else stands in its place.
        spot: where it stands.
        problems: what was found wrong in the body so far.
        latest: the last day that anything in the body can have been published, inclusive.

    """

    fields: Mapping[str, object]
    spot: Spot
    problems: list[Problem]
    latest: date

    def take(self, name: str, read: Callable[[str], T]) -> Maybe[T]:
        """Read a field that holds a text; *read* raises a `LedgerError` where it can't."""
        value = self.fields.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return self.wrong(name, _misplaced(value, "a text"))
        if len(value) > LONGEST_TEXT:
            return self.wrong(name, _misplaced(value, f"a text of at most {LONGEST_TEXT:,} characters"))
        try:
            return read(value)
        except LedgerError as wrong:
            return self.wrong(name, str(wrong))

    def wrong(self, name: str, message: str) -> Wrong:
        """Note what is wrong with a field."""
        self.problems.append(Problem(self.at(name), message))
        return WRONG

    def day(self, name: str) -> Maybe[When]:
        """Read a day, from when CQC began to the last one possible."""
        return self.take(name, lambda text: possible(_day(text), self.latest))

    def day_of_moment(self, name: str) -> Maybe[When]:
        """Read the day of a moment such as `2024-11-18 14:40:14`; without a time zone it is London's."""
        return self.take(name, lambda text: possible(_day_of_moment(text), self.latest))

    def part(self, name: str) -> "Part":
        """Give the object in a field."""
        value = self.fields.get(name)
        if isinstance(value, dict):
            return Part(value, self.at(name), self.problems, self.latest)
        if value is not None:
            self.wrong(name, _misplaced(value, "an object"))
        return Part({}, self.at(name), self.problems, self.latest)

    def parts(self, name: str) -> list["Part"]:
        """Give the objects in a list."""
        items = self._items(name, dict, "an object")
        return [Part(item, self.at(place), self.problems, self.latest) for place, item in items]

    def ids(self, name: str) -> list[str]:
        """Give the texts in a list."""
        return [item for _, item in self._items(name, str, "an id")]

    def _items(self, name: str, kind: type[T], due: str) -> Iterator[tuple[str, T]]:
        """Yield the items of one kind in a list, with their places; others are problems."""
        value = self.fields.get(name)
        if value is not None and not isinstance(value, list):
            self.wrong(name, _misplaced(value, "a list"))
        for n, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, kind):
                yield f"{name}[{n}]", item
            else:
                self.wrong(f"{name}[{n}]", _misplaced(item, due))

    def at(self, name: str) -> Spot:
        """Give the place of a field."""
        return Spot(self.spot.file, f"{self.spot.at}.{name}" if self.spot.at else name)


def code(text: str) -> str:
    """Read the id of a provider or a location: `RW6`, `RW603` or `1-101639687`."""
    if not CODE.fullmatch(text):
        raise WordError(
            f"{quoted(text)} is not an id of CQC's, such as RW603 or 1-101639687: get the body from CQC again", text
        )
    return text


def slug(text: str) -> str:
    """Read the id of a report or an assessment, in lower case."""
    if not SLUG.fullmatch(text.lower()):
        raise WordError(f"{quoted(text)} is not an id: letters and digits joined by hyphens are due", text)
    return text.lower()


def line(text: str) -> str:
    """Read a text as one line, with one space between words."""
    joined = " ".join(text.split())
    if not joined or not joined.isprintable():
        raise WordError(f"{quoted(text)} is no text that can be printed: get the body from CQC again", text)
    return joined


def quoted(text: str) -> str:
    """Quote a text, no longer than a line."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


def value_in_words(value: object) -> str:
    """Say what kind of value stands somewhere."""
    return f"the text {quoted(value)}" if isinstance(value, str) else NAMES.get(type(value), f"a {type(value).__name__}")


def _misplaced(value: object, due: str) -> str:
    return f"{value_in_words(value)} stands where {due} is due: get the body from CQC again"


def _day(text: str) -> date:
    if not DAY.fullmatch(text):  # Python reads weeks and days without hyphens too
        raise WhenError(f"{quoted(text)} is no date as CQC writes it, such as 2019-02-27: get the body from CQC again", text)
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise WhenError(f"there is no such day as {quoted(text)}: get the body from CQC again", text) from wrong


def _day_of_moment(text: str) -> date:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise WhenError(
            f"{quoted(text)} is no moment as CQC writes it, such as 2024-11-18 14:40:14: get the body from CQC again", text
        ) from wrong
    return day_of(moment) if moment.tzinfo else moment.date()
