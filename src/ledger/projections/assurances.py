"""How assured bodies say they are."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import AssuranceGiven
from ._things import Thing, Things

__all__ = ["Assurance", "assurances"]


@attrs.frozen(kw_only=True)
class Assurance(Thing):
    """One statement of assurance, as last given."""

    assurance: str
    by: str
    regarding: str
    given_on: When
    level: str | None = None
    to: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The assurance."""
        return "assurance", self.assurance

    @property
    def heading(self) -> str:
        """Who gave it, to whom."""
        return listed([self.by, f"to {self.to}" if self.to else None], " ")

    @property
    def summary(self) -> str:
        """What it is about, its level, and when it was given."""
        return listed(
            [self.regarding, f"level: {self.level}" if self.level else "level not stated", f"given {self.given_on.in_words()}"]
        )


@projection(initial=Things[Assurance]())
def assurances(state: Things[Assurance], fact: AssuranceGiven) -> Things[Assurance]:
    """Assurance stands as last given."""
    assurance = Assurance(
        assurance=fact.assurance,
        by=fact.by,
        regarding=fact.regarding,
        given_on=fact.on,
        level=fact.level,
        to=fact.to,
        last_heard=fact.on.latest,
    )
    return state.change(fact.assurance, assurance, lambda _: assurance)
