"""What every event is, and what its fields may hold."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, TypeAlias, TypeVar

import attrs
from attrs import Attribute

from .._when import When, to_when
from ..errors import EventError

__all__ = [
    "CODE",
    "Event",
    "Recordable",
    "Upcast",
    "code",
    "count",
    "every",
    "maybe_when",
    "names",
    "optional_digest",
    "optional_slug",
    "optional_text",
    "per_cent",
    "required_names",
    "slug",
    "slugs",
    "text",
    "texts",
    "tuple_of",
]

T = TypeVar("T")
Upcast: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""Makes of the fields of an event as JSON has them in one version of its type those of the next version."""

CODE = re.compile(r"[A-Z0-9]{3,10}|1-[0-9]{3,15}")
DIGEST = re.compile(r"[0-9a-f]{64}")
SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
MOST_PER_CENT = 100
REFERENCES = frozenset(
    {"action", "agreement", "breach", "concern", "condition", "finding", "inspection", "meeting", "notice", "plan", "programme"}
    | {"requirement", "review"}
)
"""The fields that hold the id of a thing of that name."""
REFERENCES_TO_ANY = ("answers", "of", "part_of")
"""The fields that refer to things of any kind."""


def code(instance: object, attribute: "Attribute[str]", value: object) -> None:
    """Let through a CQC provider id: an ODS code such as `RHA`, or CQC's own such as `1-101639687`."""
    del instance
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise EventError(
            f"{attribute.name}: {value!r} is not a CQC provider id, such as RHA or 1-101639687", attribute.name, value
        )


def slug(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through the id of a thing: lower-case words joined by hyphens or full stops."""
    del instance
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise EventError(
            f"{attribute.name}: {value!r} is not an id: use lower-case letters and digits joined by hyphens, such as dormitory-eradication",
            attribute.name,
            value,
        )


def text(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through one line or more of text that says something, with no space around it."""
    del instance
    if not (isinstance(value, str) and value and value == value.strip() and (value.isprintable() or _is_printable(value))):
        raise EventError(
            f"{attribute.name}: {value!r} is not a text: it must not be empty, start or end with a space, or hold control characters",
            attribute.name,
            value,
        )


def _is_printable(value: str) -> bool:
    return all(letter.isprintable() or letter in "\n\u00a0" for letter in value)


def optional_text(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a text, or none."""
    if value is not None:
        text(instance, attribute, value)


def optional_digest(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a SHA-256 digest in hexadecimal, or none."""
    del instance
    if value is not None and not (isinstance(value, str) and DIGEST.fullmatch(value)):
        raise EventError(f"{attribute.name}: {value!r} is not a SHA-256 digest in hexadecimal", attribute.name, value)


def optional_slug(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through the id of a thing, or none."""
    if value is not None:
        slug(instance, attribute, value)


def count(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a whole number from 0."""
    del instance
    if type(value) is not int or not 0 <= value < 10**9:
        raise EventError(f"{attribute.name}: {value!r} is not a count: give a whole number from 0", attribute.name, value)


def per_cent(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Let through a whole number from 0 to 100."""
    count(instance, attribute, value)
    if not isinstance(value, int) or value > MOST_PER_CENT:
        raise EventError(
            f"{attribute.name}: {value!r} is not a percentage: give a whole number from 0 to 100", attribute.name, value
        )


def _listed(value: Iterable[T]) -> list[T]:
    """Make a list of what can be gone through; one string would fall apart into letters, so it is refused."""
    try:
        if not isinstance(value, str):
            return list(value)
    except TypeError:
        pass
    raise EventError(f"{value!r} stands where a list is due: put it in brackets", "", value)


def names(value: Iterable[str]) -> frozenset[str]:
    """Make a set of ids or names."""
    items = value if isinstance(value, frozenset) else _listed(value)
    for item in items:
        if not isinstance(item, str):
            raise EventError(f"{item!r} stands where a text is due", "", value)
    return frozenset(items)


def texts(instance: object, attribute: "Attribute[Any]", value: frozenset[str]) -> None:
    """Let through a set of texts, each as `text` does."""
    for one in sorted(value):
        text(instance, attribute, one)


def slugs(instance: object, attribute: "Attribute[Any]", value: frozenset[str]) -> None:
    """Let through a set of ids, each as `slug` does."""
    for one in sorted(value):
        slug(instance, attribute, one)


def required_names(instance: object, attribute: "Attribute[Any]", value: frozenset[str]) -> None:
    """Let through a set of at least one text."""
    if not value:
        raise EventError(f"{attribute.name}: name at least one", attribute.name, value)
    texts(instance, attribute, value)


def tuple_of(value: Iterable[T]) -> tuple[T, ...]:
    """Make a tuple of values."""
    return tuple(_listed(value))


def every(kind: type[Any]) -> Callable[[object, "Attribute[Any]", Any], None]:
    """Let through a tuple of values of one kind."""

    def check(instance: object, attribute: "Attribute[Any]", value: tuple[object, ...]) -> None:
        del instance
        wrong = [one for one in value if not isinstance(one, kind)]
        if wrong:
            raise EventError(f"{attribute.name}: {wrong[0]!r} is no {kind.__name__}", attribute.name, wrong[0])

    return check


def maybe_when(value: "When | str | None") -> When | None:
    """Read a `When`, where there is one."""
    return None if value is None else to_when(value)


@attrs.frozen(kw_only=True)
class Recordable:
    """What an entry can hold: an event in the world, or a note about another entry."""

    known: ClassVar[dict[str, type["Recordable"]]] = {}
    """Every type that can be recorded, by the name it has in the store."""
    upcasts: ClassVar[tuple[Upcast, ...]] = ()
    """One for each earlier version of the type, in order: an entry of an old version is read through all that follow. What is stored
    is never rewritten."""

    trust: str = attrs.field(validator=code)
    """The CQC provider id; for an NHS trust its ODS code."""

    @classmethod
    def version(cls) -> int:
        """Give the version of the type that this library writes, and the newest that it reads; the first is 1."""
        return len(cls.upcasts) + 1

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        """Register a type under its own name, which is its name in the store; `Event` and what has an underscore are bases.

        What is left of an erased entry has a form of its own in the store.
        """
        if cls.__name__ in {"Event", "Erased"} or cls.__name__.startswith("_"):
            return
        if Recordable.known.setdefault(cls.__name__, cls) is not cls:
            raise TypeError(f"two event types are named {cls.__name__}")


@attrs.frozen(kw_only=True)
class Event(Recordable):
    """A fact about one trust, as a source tells it; each subclass is one kind of fact."""

    subject: ClassVar[str] = ""
    """The field that holds the id of what the event is about; empty where it is about the trust itself."""
    introduces: ClassVar[bool] = True
    """Whether the event may be the first to name its subject."""

    on: When = attrs.field(converter=to_when)
    """When the fact took effect in the world."""
    id: str | None = attrs.field(default=None, validator=optional_slug)
    """Tells apart two records of one kind of fact about one thing."""

    @property
    def about(self) -> tuple[str, ...]:
        """What the event is about: the kind of thing and its id. Types that are about something else say so themselves."""
        return self.subject, str(getattr(self, self.subject))

    @property
    def key(self) -> str:
        """What the event is called in a ledger file: its own `id`, else its type and what it is about."""
        return self.id or "/".join((type(self).__name__, *filter(None, self.about[1:])))

    def defines(self) -> Iterator[tuple[str, str]]:
        """Give the kind and id of each thing that the event puts on record."""
        if self.subject and (self.introduces or getattr(self, "title", None)):
            yield self.about[0], self.about[1]

    def refers(self) -> Iterator[tuple[str, str, str]]:
        """Give the field, the kind (empty: any) and the id of each thing that the event needs to be on record."""
        defined = {kind for kind, _ in self.defines()}
        for field in attrs.fields(type(self)):
            value = getattr(self, field.name)
            if field.name in REFERENCES - defined and value is not None:
                yield field.name, field.name, value
            elif field.name in REFERENCES_TO_ANY and value is not None:
                for thing in [value] if isinstance(value, str) else sorted(value):
                    yield field.name, "", thing
