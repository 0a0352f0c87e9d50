"""How closely other bodies watch a trust."""

import attrs

from ._event import Event, names, optional_text, required_names, text

__all__ = ["OversightChanged"]


@attrs.frozen(kw_only=True)
class OversightChanged(Event):
    """Bodies put the trust at a level of oversight; `on` is a day by which that was in force.

    `edition` names the edition of the scale: segment 4 means different things by edition.
    """

    bodies: frozenset[str] = attrs.field(converter=names, validator=required_names)
    level: str = attrs.field(validator=text)
    edition: str | None = attrs.field(default=None, validator=optional_text)
    reason: str | None = attrs.field(default=None, validator=optional_text)

    @property
    def about(self) -> tuple[str, ...]:
        """The bodies that watch."""
        return ("oversight", ", ".join(sorted(self.bodies)))
