"""The front door: a ledger that is only ever added to, and the views it gives."""

import getpass
import os
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import attrs

from ._answers import Answers
from ._entry import Citation, Draft, Entry, Marking, Source, as_citations
from ._kept import KeptLog
from ._log import KEEP, Log, Snapshot, uncollected
from ._plan import Plan, planned, redaction, settle
from ._projection import Projection
from ._screening import notice
from ._store import MemoryRecorder, Recorder, Store, named, open_recorder
from ._sweep import check_today, unswept
from ._view import View, history
from ._when import LAST_DAY, Day, Moment, day_of, to_day, to_instant, utc_now
from ._writer import Writer
from .errors import CorrectionError, EventError
from .events import Erased, Event, Recordable, Redacted, Retracted
from .projections import trust as everything

__all__ = ["Ledger"]


class Ledger(KeptLog):
    """An append-only ledger of what happened to NHS trusts under regulation. Threads need one each; they may share a file.

    Arguments:
        recorder: where it is kept: any `eventsourcing` application recorder with text ids.
        by: who records; without it, the operating system's user.
        clock: tells the time, in an aware instant, when an entry is recorded; nothing else reads it.
        place: what to call the ledger in messages.
        keep: the number of entries to keep in memory once they were read, about 1 kB each, and as many answers, facts to choose from
            and places to go on from once they were worked out; a trust is kept whole, however many entries it has.
        refuse_personal: refuse to record what looks like an e-mail address, a telephone number, an NHS number or the name of a
            person; without it, that is recorded with a `PersonalDataWarning`.

    """

    def __init__(  # noqa: PLR0913  # each but the first has a default
        self,
        recorder: Recorder,
        *,
        by: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        place: str = "the ledger",
        keep: int = KEEP,
        refuse_personal: bool = False,
    ) -> None:
        store = Store(recorder, place)
        super().__init__(store, Log(store, keep))
        self._writer = Writer(store, self._log, by or getpass.getuser(), clock)
        self._refuse_personal = refuse_personal
        self._answers = Answers(keep)

    @classmethod
    def open(  # noqa: PLR0913  # the same
        cls,
        place: str | os.PathLike[str],
        *,
        by: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        create: bool = True,
        keep: int = KEEP,
        refuse_personal: bool = False,
    ) -> "Ledger":
        """Open the ledger at a place, or make one there.

        Arguments:
            place: the path of an SQLite file, the address of a PostgreSQL database (`postgresql://user@host/dbname`, with the options
                of libpq; the extra `postgres`), or `:memory:`. A password in it is never shown.
            by: who records; without it, the operating system's user.
            clock: tells the time, in an aware instant, when an entry is recorded.
            create: make a new ledger where there is none; else that is an error.
            keep: the number of entries to keep in memory once they were read, and of answers and the like once they were worked out.
            refuse_personal: refuse to record what looks like personal data; without it, that is recorded with a warning.

        Raises:
            StoreError: there is no ledger, it can't be opened, or the file or database is something else.
            NewerLedgerError: a newer version of this library wrote it.
            MissingExtraError: it is in PostgreSQL, and the extra `postgres` is not installed.

        """
        recorder = open_recorder(place, create=create)
        return cls(recorder, by=by, clock=clock, place=named(place), keep=keep, refuse_personal=refuse_personal)

    # Reading

    def at(self, on: Day, *, known_at: Moment | None = None, public_on: Day | None = None) -> View:
        """Give the ledger as at a choice of times; all three bounds are inclusive.

        Arguments:
            on: the day in the world.
            known_at: only what was recorded by then; a day means all of it in London.
            public_on: only what a public source had published by the end of that day.

        Raises:
            WhenError: a date or an instant can't be read.

        """
        self._refresh()
        return View(
            on=to_day(on),
            known_at=None if known_at is None else to_instant(known_at),
            public_on=None if public_on is None else to_day(public_on),
            recorded=Snapshot(self._log, self._log.last),
            answers=self._answers,
        )

    def over(self, days: Iterable[Day], *, known_at: Moment | None = None, public_on: Day | None = None) -> list[View]:
        """Give views for many days, in the order of the days; each question is folded once for all of them.

        Raises:
            WhenError: a date or an instant can't be read.

        """
        at_all = self.at(LAST_DAY, known_at=known_at, public_on=public_on)
        return [attrs.evolve(at_all, on=to_day(day), is_one_of_many=True) for day in days]

    def history(
        self,
        code: str,
        answer: Projection[Any] = everything,
        *,
        until: Day | None = None,
        known_at: Moment | None = None,
        public_on: Day | None = None,
    ) -> list[tuple[date, Any]]:
        """Give the answers about a trust as they changed: the day, and the state from then on.

        Arguments:
            code: the trust.
            answer: the projection to ask; without one, the trust's whole state.
            until: the last day, inclusive; without it, through the last entry and the last deadline that passes.
            known_at: only what was recorded by then.
            public_on: only what a public source had published by the end of that day.

        Raises:
            WhenError: a date or an instant can't be read.

        """
        last = LAST_DAY if until is None else to_day(until)
        view = self.at(last, known_at=known_at, public_on=public_on)
        return list(history([e.fact for e in view.entries(code)], answer, last))

    def marking(self, source: Source) -> Marking:
        """Give the marking that counts for a source: the strictest on record, or its own where none is."""
        self._refresh()
        return self._log.markings(self._log.last).get(source.identity, source.marking)

    def find(self, *events: Event) -> tuple[Entry | None, ...]:
        """Give for each event the entry in force that holds an equal one, with every source it has been given; or none."""
        self._refresh()
        return tuple(self._log.equal(event) for event in events)

    # Writing

    @property
    def refuses_personal(self) -> bool:
        """Whether it refuses to record what looks like personal data."""
        return self._refuse_personal

    def record(
        self, *events: Recordable | Draft, sources: Iterable[Source | Citation] = (), inferred: Iterable[str] = ()
    ) -> tuple[Entry, ...]:
        """Record events in one transaction, all or nothing, and give their entries in the same order.

        An event that is in force with the same sources adds nothing; with a source not yet on it, a corroboration is recorded;
        either way the entry that exists is given.

        Arguments:
            events: what happened; or drafts, which bring their own sources, fields inferred and entries replaced.
            sources: the sources of every event that is not a draft.
            inferred: the names of the fields that no source states, of every event that is not a draft.

        Raises:
            EventError: an event can't be recorded this way.
            PersonalDataError: something looks like personal data, and the ledger refuses that; else it is a `PersonalDataWarning`.
            CorrectionError: a draft replaces an entry that can't be replaced.
            ClockError: the clock is more than a day behind the last entry.
            ConflictError: others kept recording at the same moment.
            StoreError: the store can't be written to.

        """
        cited, fields = as_citations(sources), frozenset(inferred)
        drafts = [one if isinstance(one, Draft) else Draft(event=one, sources=cited, inferred=fields) for one in events]
        with uncollected():
            notice(drafts, refuse=self._refuse_personal)
            return self._writer.append(lambda log: settle(log, drafts))

    def correct(
        self,
        number: int,
        event: Event,
        *,
        reason: str,
        sources: Iterable[Source | Citation] | None = None,
        inferred: Iterable[str] | None = None,
    ) -> Entry:
        """Put an event in the place of an entry that is wrong. News about the world is a new event, never a correction.

        Arguments:
            number: the entry that is wrong.
            event: what it should have said; of the same trust.
            reason: why, for those who read the record.
            sources: its sources; without them, those of the entry it corrects.
            inferred: the names of the fields that no source states; without them, those of the entry it corrects.

        Raises:
            CorrectionError: there is no such entry, it was replaced already, the trust differs, or a public entry would lose its
                last public source.
            PersonalDataError: something looks like personal data, and the ledger refuses that; else it is a `PersonalDataWarning`.
            ConflictError: somebody recorded something about the same trust meanwhile.

        """
        self._refresh()
        wrong = self._log.fact(number)
        kept = wrong.inferred & set(attrs.fields_dict(type(event))) if inferred is None else frozenset(inferred)
        draft = Draft(
            event=event,
            sources=wrong.sources if sources is None else as_citations(sources),
            inferred=kept,
            key=wrong.key,
            replaces=number,
            reason=_given(reason, number),
        )
        notice([draft], refuse=self._refuse_personal)
        (entry,) = self._writer.append(lambda log: settle(log, [draft]), watched=event.trust)
        return entry

    def retract(self, number: int, *, reason: str) -> Entry:
        """Take an entry back as wrong: it is as if never recorded, in every view that knows of this.

        Raises:
            CorrectionError: there is no such entry, or it was replaced already.
            PersonalDataError: something looks like personal data, and the ledger refuses that; else it is a `PersonalDataWarning`.
            ConflictError: somebody recorded something about the same trust meanwhile.

        """
        self._refresh()
        wrong = self._log.entry(number)
        note = Retracted(trust=wrong.event.trust, entry=number)
        draft = Draft(event=note, replaces=number, reason=_given(reason, number))
        notice([draft], refuse=self._refuse_personal)
        (entry,) = self._writer.append(lambda log: settle(log, [draft]), watched=note.trust)
        return entry

    def corroborate(self, number: int, *sources: Source | Citation) -> Entry:
        """Add sources to an entry that is in force; those it has already add nothing. Gives the entry with all its sources.

        Raises:
            CorrectionError: there is no such entry, or it was replaced.
            EventError: no source was given.
            PersonalDataError: something looks like personal data, and the ledger refuses that; else it is a `PersonalDataWarning`.

        """
        if not sources:
            raise EventError("give at least one source to corroborate an entry with", "sources", ())
        self._refresh()
        told = self._log.fact(number)
        draft = Draft(event=told.event, sources=as_citations(sources), inferred=told.inferred)
        notice([draft], refuse=self._refuse_personal)
        self._writer.append(lambda log: settle(log, [draft]))
        return self._log.fact(number)

    def redact(self, number: int, reason: str, *, by: str | None = None) -> Entry:
        """Erase what an entry says, because the law requires it, and put on record who did so, when and why.

        Its number, trust, type and dates stay, what it replaced stays replaced, and every proof about it stays valid, as its leaf hash
        is kept. Views leave it out and say that something was redacted. This is the only thing that ever changes what is stored, and it
        can't be undone. Copies elsewhere, such as backups and exports, are not reached, and neither are other entries that say the same.

        Arguments:
            number: the entry.
            reason: why, for those who read the record; it must not repeat what is erased.
            by: who does it; without it, who records here.

        Returns:
            The entry that records the redaction.

        Raises:
            CorrectionError: there is no such entry, it was redacted already or records a redaction itself, no reason was given, or a source
                would count as more public without it.
            ConflictError: others kept recording at the same moment.
            StoreError: the store can't be written to, or nothing can be erased from it; or the text was erased, and the file can't be
                written anew yet, so that traces may be left in it. Asked again, it writes the file anew, and refuses to redact twice.

        """
        self._refresh()
        why = _given(reason, number, "redacted")
        event = self._log.recorded(number)[0].event
        if isinstance(event, Erased):
            self._store.wipe()  # who erased it may have been stopped before that was done
        notice([Draft(event=Redacted(trust=event.trust, entry=number), reason=why)], refuse=self._refuse_personal)
        (note,) = self._writer.append(lambda log: redaction(log, number, why), by=by)
        return note

    def sweep(self, today: Day) -> tuple[Entry, ...]:
        """Put on record that the deadlines which passed by *today* were seen to pass, once each, and give the new entries.

        It is testimony: every view answers the same with it and without. Nothing else can record a pass.

        Arguments:
            today: the day that it is; a deadline passes at the midnight after its last day, so one of yesterday has passed.

        Raises:
            WhenError: the day can't be read.
            SweepError: a deadline was seen to pass on a day after *today*.
            ClockError: the clock is more than a day behind the last entry.
            ConflictError: others kept recording at the same moment.
            StoreError: the store can't be written to.

        """
        day = to_day(today)

        def passes(log: Log) -> Plan:
            streams = [log.stream(code).until(log.last) for code in log.codes()]
            check_today([e for entries in streams for e in entries], day)
            now = self._writer.now()
            return planned((event for entries in streams for event in unswept(entries, day, day_of(now))), now)

        return self._writer.append(passes)

    def fork(self, *, by: str | None = None, clock: Callable[[], datetime] | None = None) -> "Ledger":
        """Give a copy in memory, to try on it what might be recorded next: what it is told, this ledger never hears.

        Arguments:
            by: who records in the copy; without it, who records here.
            clock: tells the time in the copy; without it, this ledger's.

        """
        self._refresh()
        writer = self._writer
        other = Ledger(MemoryRecorder(), by=by or writer.by, clock=clock or writer.clock, refuse_personal=self._refuse_personal)
        other._store.append(list(self._store.after(0)), after=0)
        other._log = self._log.copy(other._store)
        other._writer = attrs.evolve(other._writer, log=other._log)
        return other


def _given(reason: str, number: int, what: str = "replaced") -> str:
    if not reason.strip():
        raise CorrectionError(f"say why entry {number} is {what}: the reason is empty", number)
    return reason.strip()
