"""Papers put to bodies, what they asked for and what was resolved."""

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import PaperPresented
from ._things import Thing, Things

__all__ = ["Paper", "papers"]


@attrs.frozen(kw_only=True)
class Paper(Thing):
    """One paper, as last told."""

    paper: str
    title: str
    body: str
    presented_on: When
    by: str | None = None
    asked: str | None = None
    resolved: str | None = None
    meeting: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The paper."""
        return "paper", self.paper

    @property
    def heading(self) -> str:
        """Its title."""
        return self.title

    @property
    def summary(self) -> str:
        """Who it was put to, what it asked for, and what was resolved."""
        return listed(
            [
                f"to {self.body}, {self.presented_on.in_words()}",
                f"by {self.by}" if self.by else None,
                f"asked: {self.asked}" if self.asked else None,
                f"resolved: {self.resolved}" if self.resolved else "no resolution on record",
            ]
        )


@projection(initial=Things[Paper]())
def papers(state: Things[Paper], fact: PaperPresented) -> Things[Paper]:
    """A paper stands as last told."""
    paper = Paper(
        paper=fact.paper,
        title=fact.title,
        body=fact.body,
        presented_on=fact.on,
        by=fact.by,
        asked=fact.asked,
        resolved=fact.resolved,
        meeting=fact.meeting,
        last_heard=fact.on.latest,
    )
    return state.change(fact.paper, paper, lambda _: paper)
