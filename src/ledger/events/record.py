"""Notes about entries: what was taken back, what another source confirms, what was erased.

They are about the record, not the world, so they have no `on` and stand in no timeline.
"""

from datetime import date

import attrs

from .._when import When
from ._event import Recordable, count, optional_digest

__all__ = ["Corroborated", "Erased", "Redacted", "Retracted"]


@attrs.frozen(kw_only=True)
class Retracted(Recordable):
    """An entry was taken back as wrong: it is as if it had never been recorded, in every view that knows it."""

    entry: int = attrs.field(validator=count)


@attrs.frozen(kw_only=True)
class Corroborated(Recordable):
    """A further source says what an entry says; the sources of the note are added to the entry's."""

    entry: int = attrs.field(validator=count)


@attrs.frozen(kw_only=True)
class Redacted(Recordable):
    """The text of an entry was erased because the law required it; what stands in the store says so."""

    entry: int = attrs.field(validator=count)
    kept: str | None = attrs.field(default=None, validator=optional_digest)
    """The SHA-256 digest, in hexadecimal, of what is left in the store of the entry."""


@attrs.frozen(kw_only=True)
class Erased(Recordable):
    """What is left of what an entry held: it stands in no timeline, and only `Ledger.redact` makes one."""

    kind: str
    """The name of the type that it was of."""
    on: When | None
    """When the fact took effect; a note about another entry has none."""
    public_since: date | None
    """The first day on which the entry was public; none where it never was."""
