"""Notes about entries: what was taken back, what another source confirms, what was erased.

They are about the record, not the world, so they have no `on` and stand in no timeline.
"""

import attrs

from ._event import Recordable, count

__all__ = ["Corroborated", "Redacted", "Retracted"]


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
