"""Meetings held and cancelled."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import MeetingCancelled, MeetingHeld
from ._things import Thing, Things, heard

__all__ = ["Meeting", "meetings"]


@attrs.frozen(kw_only=True)
class Meeting(Thing):
    """One meeting."""

    meeting: str
    bodies: frozenset[str] = frozenset()
    purpose: str | None = None
    held_on: When | None = None
    outcome: str | None = None
    cancelled_on: When | None = None
    cancelled_by: str | None = None
    reason: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The meeting."""
        return "meeting", self.meeting

    @property
    def heading(self) -> str:
        """Who met, or was to meet."""
        return " and ".join(sorted(self.bodies)) or self.meeting

    @property
    def summary(self) -> str:
        """When it was held or cancelled, and what came of it."""
        return listed(
            [
                f"held {self.held_on.in_words()}" if self.held_on else None,
                f"cancelled; planned for {self.cancelled_on.in_words()}" if self.cancelled_on else None,
                f"cancelled by {self.cancelled_by}" if self.cancelled_by else None,
                f"reason: {self.reason}" if self.reason else None,
                self.purpose,
                f"outcome: {self.outcome}" if self.outcome else None,
            ]
        )


Fact: TypeAlias = MeetingHeld | MeetingCancelled


@projection(initial=Things[Meeting]())
def meetings(state: Things[Meeting], fact: Fact) -> Things[Meeting]:
    """A meeting is held or cancelled; where sources say both, both stand."""
    return state.change(fact.meeting, Meeting(meeting=fact.meeting), lambda m: heard(_after(m, fact), fact))


def _after(meeting: Meeting, fact: Fact) -> Meeting:
    known = attrs.evolve(meeting, bodies=meeting.bodies | fact.bodies, purpose=meeting.purpose or fact.purpose)
    match fact:
        case MeetingHeld(outcome=outcome):
            return attrs.evolve(known, held_on=known.held_on or fact.on, outcome=outcome or known.outcome)
        case MeetingCancelled(by=by, reason=reason):
            return attrs.evolve(
                known,
                cancelled_on=known.cancelled_on or fact.on,
                cancelled_by=by or known.cancelled_by,
                reason=reason or known.reason,
            )
        case _:
            assert_never(fact)
