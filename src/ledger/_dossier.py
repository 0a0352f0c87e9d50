"""Everything that one view knows about one trust, for questions that the state alone does not answer."""

from datetime import date

import attrs

from ._entry import Entry, Markings
from ._report import saying
from .projections import Thing, TrustState

__all__ = ["Dossier"]


@attrs.frozen(kw_only=True)
class Dossier:
    """Everything that a view knows about one trust. Made by `View.dossier`.

    Attributes:
        trust: the trust's code.
        on: the day of the view.
        state: the trust's state on that day.
        in_force: the entries in force, in the order they took effect.
        uncertain: the entries that may already be in force.
        known: every entry known, in order of number: also those replaced or yet to take effect, notes, and passes put on record.
        markings: the strictest marking on record of each source, whatever trust it was cited for.

    """

    trust: str
    on: date
    state: TrustState
    in_force: tuple[Entry, ...] = attrs.field(repr=False)
    uncertain: tuple[Entry, ...] = attrs.field(repr=False)
    known: tuple[Entry, ...] = attrs.field(repr=False)
    markings: Markings = attrs.field(factory=dict, repr=False)

    def citing(self, thing: Thing) -> tuple[int, ...]:
        """Give the numbers of the entries in force that say something of a thing, in the order they took effect."""
        return tuple(e.number for e in saying(self.in_force, thing))
