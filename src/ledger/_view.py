"""A view: the ledger as at one choice of times. A value: what is recorded later does not change it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import attrs

from ._answers import Answers
from ._asking import Asking, Times
from ._deadline import Deadline
from ._deadlines import deadlines
from ._dossier import Dossier
from ._entry import Entry
from ._log import Snapshot
from ._midnights import with_causes
from ._projection import Projection
from ._report import Change, changes, in_words, overview_line, rows, sections, uncertain_row
from ._show import Line, Page, Section, listed, plain, spaced
from ._timeline import in_force, uncertain
from ._timeline import known as all_known
from ._timeline import redacted as all_redacted
from ._timeline import standing as all_standing
from ._track import track
from ._when import When, day_in_words, day_of
from .errors import WhenError
from .events import PASSES, Event
from .projections import TrustState
from .projections import trust as everything

__all__ = ["Step", "View", "history"]

S = TypeVar("S")


class Step(NamedTuple):
    """One step of an answer: what happened, the entry that says so, and the answer from then on.

    What is derived has an `event` that is not the entry's own: for a deadline's passing, `entry` is the one that set the due period;
    for a succession put on record about the other trust, it is that one.
    """

    event: Event
    entry: Entry
    answer: Any

    @property
    def is_derived(self) -> bool:
        """Whether no entry says so itself: a deadline passed, or an entry about another trust tells it from its own side."""
        return self.event is not self.entry.event

    def row(self) -> dict[str, Any]:
        """Give what happened and who says so as JSON has it."""
        return {
            "type": type(self.event).__name__,
            "on": plain(self.event.on),
            "event": {name: value for name, value in plain(self.event).items() if value not in (None, [])},
            "is_derived": self.is_derived,
            "entry": self.entry.number,
            "recorded_at": plain(self.entry.recorded_at),
            "recorded_by": self.entry.recorded_by,
            "inferred": sorted(self.entry.inferred),
            "sources": [plain(citation) for citation in self.entry.sources],
        }

    def line(self, *, ahead: bool) -> Line:
        """Give what happened and who says so as a statement; *ahead* marks it as a forecast."""
        heading = spaced(type(self.event).__name__)
        return Line(heading, f"{in_words(self.event)} — {self._grounds()}", (self.entry.number,), "Forecast:" if ahead else "")

    def _grounds(self) -> str:
        if self.entry.event.trust != self.event.trust:
            return f"derived: the other side of what is on record about {self.entry.event.trust}; {self._record()}"
        return "derived: the deadline that this entry set has passed" if self.is_derived else self._record()

    def _record(self) -> str:
        by = f" by {self.entry.recorded_by}" if self.entry.recorded_by else ""
        cited = listed(map(str, self.entry.sources)) or "no source given"
        inferred = f"; inferred: {', '.join(sorted(self.entry.inferred))}" if self.entry.inferred else ""
        return f"recorded {day_in_words(day_of(self.entry.recorded_at))}{by}; {cited}{inferred}"


PASS_NAMES = tuple(kind.__name__ for kind in PASSES)


def history(facts: Iterable[Event], answer: Projection[S], until: date) -> Iterator[tuple[date, S]]:
    """Yield one state for each day on which the answer changed, through *until* inclusive."""
    before = answer.initial
    told = track(answer, tuple(facts), until)
    for day, state in zip(told.days, told.states, strict=True):
        if state != before:
            yield day, state
        before = state


@attrs.frozen(kw_only=True)
class View:
    """The ledger on a day, as known at a moment and as public on a day. Made by `Ledger.at`.

    Attributes:
        on: the day in the world, inclusive.
        known_at: the moment by which entries were recorded, inclusive; `None`: all of them.
        public_on: the day by which a public source had published, inclusive; `None`: whatever the source.

    """

    on: date
    known_at: datetime | None = None
    public_on: date | None = None
    _recorded: Snapshot = attrs.field(repr=False)
    _answers: Answers = attrs.field(eq=False, repr=False)
    _is_one_of_many: bool = attrs.field(default=False, eq=False, repr=False)

    def standing(self, code: str) -> list[Entry]:
        """Give the entries about a trust that stand in this view, on whatever day they took effect or will.

        Those about other trusts that name it as their successor or predecessor are among them, seen from its side.
        """
        return self._times.all(code, all_standing)

    def known(self, code: str) -> list[Entry]:
        """Give every entry known about a trust, in order of number: also those replaced, notes, and passes put on record.

        A public view knows only of facts that were public by its day, replaced or not.
        """
        return sorted(self._times.all(code, all_known), key=lambda e: e.number)

    def entries(self, code: str) -> list[Entry]:
        """Give the entries in force about a trust, in the order they took effect."""
        return in_force(self.standing(code), self.on)

    def uncertain(self, code: str) -> list[Entry]:
        """Give the entries about a trust that may already be in force: their date is imprecise, and the day lies within it."""
        return uncertain(self.standing(code), self.on)

    def redacted(self, code: str | None = None) -> list[Entry]:
        """Give what is left of the entries about a trust, or about any, that were redacted: number, type and dates; in order of number.

        What they said is gone from every view, also of moments before. A public view knows of those that were public by its day. One about
        another trust, which told of this one too (a succession), is that trust's.
        """
        codes = self._recorded.log.codes() if code is None else (code,)
        return sorted((e for one in codes for e in self._times.own(one, all_redacted)), key=lambda e: e.number)

    @property
    def _times(self) -> Times:
        return Times(self._recorded, self.known_at, self.public_on)

    def codes(self) -> tuple[str, ...]:
        """Give the codes of the trusts that anything stands about in this view, on whatever day, in order."""
        return tuple(code for code in self._recorded.log.codes() if self.standing(code))

    def trusts(self) -> tuple[str, ...]:
        """Give the codes of the trusts that something is in force about, in order."""
        return tuple(code for code in self._recorded.log.codes() if self.entries(code))

    @cached_property
    def horizon(self) -> date | None:
        """The last day that the view knows of: the day of `known_at`, else of the last entry it may show; later is forecast.

        A pass put on record moves it no further: with a sweep or without, a view is the same.
        """
        if self.known_at is not None:
            return day_of(self.known_at)
        last = self._recorded.latest(PASS_NAMES) if self.public_on is None else self._latest_public()
        return None if last is None else day_of(last.recorded_at)

    def _latest_public(self) -> Entry | None:
        shown = (e for code in self._recorded.log.codes() for e in self._times.own(code, all_standing))
        return max(shown, key=lambda e: e.number, default=None)

    @property
    def is_forecast(self) -> bool:
        """Whether the day lies after the horizon: the view then says what will be, if nothing else is recorded."""
        return self.horizon is not None and self.on > self.horizon

    def is_ahead(self, on: When) -> bool:
        """Whether a date lies wholly after the horizon."""
        return self.horizon is not None and on.earliest is not None and on.earliest > self.horizon

    def trust(self, code: str) -> TrustState:
        """Give the state of a trust; of one that nothing is on record about, the empty state."""
        return self.of(code, everything)

    def of(self, code: str, answer: Projection[S]) -> S:
        """Give the answer of any projection about a trust."""
        return Asking(code, answer, self._times, self._answers).on(self.on, at_once=self._is_one_of_many)

    def why(self, code: str, answer: Projection[Any] = everything) -> list[Step]:
        """Give the steps that led to an answer: each fact the projection handles, its entry, and the answer from then on."""
        entries = {id(e.fact): e for e in self.entries(code)}
        steps, state = [], answer.initial
        for event, cause in with_causes((e.fact for e in entries.values()), self.on):
            if isinstance(event, answer.handles):
                state = answer.step(state, event)
                steps.append(Step(event, entries[id(cause)], state))
        return steps

    def dossier(self, code: str) -> Dossier:
        """Give everything this view knows about a trust, for questions that its state alone does not answer."""
        return Dossier(
            trust=code,
            on=self.on,
            state=self.trust(code),
            in_force=tuple(self.entries(code)),
            uncertain=tuple(self.uncertain(code)),
            known=tuple(self.known(code)),
            markings=self._recorded.markings,
        )

    def deadlines(self, code: str | None = None, *, within: int | None = None) -> list[Deadline]:
        """Give what is open and has a due period, by last day: past, due now, and upcoming.

        Arguments:
            code: one trust; without it, all.
            within: leave out what is upcoming and due only after so many days, inclusive; without it, nothing.

        Raises:
            WhenError: `within` is less than 0.

        """
        if within is not None and within < 0:
            raise WhenError(f"{within} is not a number of days to look ahead: give 0 or more", within)
        codes = self.codes() if code is None else (code,)
        found = [deadline for one in codes for deadline in deadlines(self.dossier(one))]
        near = (
            attrs.evolve(one, is_forecast=self.is_forecast)
            for one in found
            if within is None or one.comes_within(within, after=self.on)
        )
        return sorted(near, key=lambda one: (one.due.latest or date.max, one.trust, one.about))

    def diff(self, since: "View") -> list[Change]:
        """Give what differs from another view: *since* is before, this one after."""
        codes = sorted({*self.trusts(), *since.trusts()})
        return [change for code in codes for change in changes(code, since.trust(code), self.trust(code))]

    def report(self, code: str) -> dict[str, Any]:
        """Give everything about a trust as JSON has it: the times, what is uncertain, then each projection's rows.

        Each row has the fields of the thing, `summary` (the row in words), `inferred` (the fields of its entries that no source
        states), `entries` (their numbers) and `sources`.
        """
        state = self.trust(code)
        return {
            "trust": code,
            "on": plain(self.on),
            "known_at": plain(self.known_at),
            "public_on": plain(self.public_on),
            "is_forecast": self.is_forecast,
            "last_heard": plain(state.last_heard),
            "uncertain": [uncertain_row(e, self.on) for e in self.uncertain(code)],
            "redacted": [{"entry": e.number, **plain(e.event)} for e in self.redacted(code)],
            **rows(state, self.entries(code)),
        }

    def page(self, code: str) -> Page:
        """Give everything about a trust as sections of statements, each with the numbers of its entries, and the sources."""
        state = self.trust(code)
        title = listed([state.identity.name, f"({code}), {day_in_words(self.on)}"], " ")
        return Page(
            title, self.notes(state, code), sections(state, self.entries(code), self.uncertain(code), self.on, self._mark)
        )

    @property
    def _mark(self) -> str:
        return "Forecast:" if self.is_forecast else ""

    def notes(self, state: TrustState | None = None, code: str | None = None) -> tuple[str, ...]:
        """Give what a reader must know of the view: its times, whether it is a forecast, when something was last heard, what is gone."""
        known = f"As recorded by {day_in_words(day_of(self.known_at))}." if self.known_at else "As recorded to date."
        public = f"As public on {day_in_words(self.public_on)}: the public story, not the truth." if self.public_on else None
        forecast = "A forecast: what will stand if nothing else is recorded." if self.is_forecast else None
        heard = None
        if state is not None:
            on = state.last_heard
            heard = f"The latest fact on record is of {day_in_words(on)}." if on else "Nothing is on record by this day."
        return (*(note for note in (known, public, forecast, heard) if note), *self.gaps(code))

    def gaps(self, code: str | None = None) -> tuple[str, ...]:
        """Give what a reader must know to be missing: the entries about a trust, or about any, that were redacted."""
        gone = self.redacted(code)
        numbers = ", ".join(str(e.number) for e in gone)
        return (f"Redacted, and so left out: {'entry' if len(gone) == 1 else 'entries'} {numbers}.",) if gone else ()

    def __str__(self) -> str:
        """Give the view as plain text: one line a trust."""
        return str(self.overview())

    def overview(self) -> Page:
        """Give one line a trust: its ratings of the whole trust and what is open."""
        lines = tuple(overview_line(code, self.trust(code), self._mark) for code in self.trusts())
        return Page(f"The ledger on {day_in_words(self.on)}", self.notes(), (Section("Trusts", lines),) if lines else ())

    def __rich__(self) -> object:
        """Give the view as a table for a terminal."""
        return self.overview().__rich__()

    def _repr_html_(self) -> str:
        return self.overview()._repr_html_()
