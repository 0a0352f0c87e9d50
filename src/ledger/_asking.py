"""How a question about a trust is answered: from what is kept, by going on from what is kept, or by a plain fold."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Generic, TypeVar, cast

import attrs

from ._answers import Answers, Question
from ._course import Course, by_public, by_record
from ._entry import Entry
from ._log import Snapshot, uncollected
from ._midnights import MOVES
from ._projection import Projection
from ._succession import told_of
from ._timeline import in_order, standing
from ._track import Track, fold, track
from ._when import LAST_DAY
from .events import Event

__all__ = ["Asking", "Times"]

S = TypeVar("S")

ASKED_ONCE = object()
"""Kept in the place of an answer that was asked for once: who asks once, about however many trusts, fills no room."""


@attrs.frozen
class Times:
    """What a view knows of a ledger: what was recorded by a moment, and public by a day; both inclusive, `None` for everything."""

    recorded: Snapshot
    known_at: datetime | None
    public_on: date | None

    def own(self, code: str, choose: Callable[..., list[Entry]]) -> list[Entry]:
        """Give those of the entries recorded about a trust itself that are chosen in some way."""
        markings = self.recorded.markings if self.public_on is not None else {}
        return choose(self.recorded.of(code), markings=markings, known_at=self.known_at, public_on=self.public_on)

    def all(self, code: str, choose: Callable[..., list[Entry]]) -> list[Entry]:
        """Give the same, and what the entries about other trusts tell of it."""
        others = self.recorded.log.naming(code)
        return [*self.own(code, choose), *(e for other in others for e in told_of(code, self.own(other, choose)))]


@attrs.frozen
class Asking(Generic[S]):
    """A question about a trust.

    Arguments:
        code: the trust.
        answer: the projection that is asked.
        times: what is known.
        answers: what was worked out before.

    """

    code: str
    answer: Projection[S]
    times: Times
    answers: Answers

    def on(self, day: date, *, at_once: bool) -> S:
        """Give the answer on a day.

        The answers on all days are worked out when the question is asked a second time, or *at_once*, and then looked up.
        """
        question = self.question("track", self.times.known_at, self.times.public_on)
        kept = self.answers.to(question)
        if isinstance(kept, Track):
            return cast("S", kept.on(day, self.answer.initial))
        with uncollected():
            if at_once or kept is not None or isinstance(self.answers.before(question), Track):
                return self.track().on(day, self.answer.initial)
            self.answers.keep(question, ASKED_ONCE, 1)
            return fold(self.answer, self.facts(day), day, self.alike())

    def track(self) -> Track[S]:
        """Work out the answers on all days, going along those of before or those to a question like it, and keep them."""
        question = self.question("track", self.times.known_at, self.times.public_on)
        before = self.answers.before(question)
        known = before if isinstance(before, Track) else self.alike()
        found = track(self.answer, self.facts(LAST_DAY), LAST_DAY, known)
        self.answers.keep(question, found, len(found) + 1)
        return found

    def alike(self) -> Track[S] | None:
        """Give the answers to the same question whatever was known or public when; they are worked out the second time."""
        if self.is_whole:
            return None
        times = attrs.evolve(self.times, known_at=None, public_on=None if self.times.public_on is None else LAST_DAY)
        whole = attrs.evolve(self, times=times)
        question = whole.question("track", times.known_at, times.public_on)
        kept = self.answers.before(question)
        if kept is None:
            self.answers.keep(question, ASKED_ONCE, 1)
            return None
        return kept if isinstance(kept, Track) else whole.track()

    @property
    def is_whole(self) -> bool:
        """Whether it regards everything recorded, or everything that was ever public."""
        return self.times.known_at is None and self.times.public_on in (None, LAST_DAY)

    def facts(self, on: date) -> tuple[Event, ...]:
        """Give the facts that count by a day, of those that regard the answer or move deadlines, in the order they take effect."""
        if self.is_whole or (self.times.known_at is not None and self.times.public_on is not None):
            wanted = self.wanted
            stand = self.times.all(self.code, standing)
            return tuple(e.fact for e in in_order(e for e in stand if isinstance(e.fact, wanted) and e.fact.on.is_by(on)))
        if self.times.public_on is not None:
            return self.course(self.public).facts(self.times.public_on, on=on)
        return self.course(self.recorded).facts(self.times.known_at, on=on)

    @property
    def wanted(self) -> tuple[type[Event], ...]:
        """The types of event that regard the answer, or move deadlines."""
        return (*self.answer.handles, *MOVES)

    def public(self) -> Course:
        """Give the facts by the day on which they were public."""
        stand = attrs.evolve(self.times, public_on=None).all(self.code, standing)
        return by_public(stand, self.times.recorded.markings, self.wanted)

    def recorded(self) -> Course:
        """Give the facts by when they were recorded and replaced."""
        return by_record(self.code, self.times.all(self.code, _everything), self.wanted)

    def course(self, make: Callable[[], Course]) -> Course:
        """Give what facts can be chosen from, made once."""
        question = self.question("course", self.times.public_on is None)
        kept = self.answers.to(question)
        if kept is None:
            kept = make()
            self.answers.keep(question, kept, len(kept.days) + 1)
        return cast("Course", kept)

    def question(self, *asked: object) -> Question:
        """Put a question about the trust; of what is public, an answer rests on markings from anywhere."""
        recorded = self.times.recorded
        grounds = recorded.grounds(self.code) if self.times.public_on is None else (recorded.log.redacted, recorded.last)
        return Question((self.code, *asked), self.answer, grounds)


def _everything(entries: Sequence[Entry], **_: object) -> list[Entry]:
    """Choose every entry, whatever the times."""
    return list(entries)
