"""The front door: a ledger that is only ever added to, and the views it gives."""

import getpass
import os
import random
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import attrs

from ._answers import Answers
from ._codec import decode
from ._entry import Citation, Draft, Entry, Marking, Source, as_citations
from ._lines import exported, restored
from ._log import KEEP, Log, Snapshot, uncollected
from ._plan import Plan, made, planned, redaction, rows, settle
from ._projection import Projection
from ._screening import notice
from ._store import ConflictingAppendError, MemoryRecorder, Recorder, Store, named, open_recorder
from ._sweep import check_today, unswept
from ._tree import Tree
from ._verify import Verification, verify
from ._view import View, history
from ._when import LAST_DAY, Day, Moment, day_of, to_day, to_instant, utc_now
from .errors import ClockError, ConflictError, CorrectionError, EventError, LedgerError, ProofError, StoreError
from .events import Event, Recordable, Redacted, Retracted
from .projections import trust as everything
from .proofs import Checkpoint, LogProof, SignedNote, SigningKey

__all__ = ["Ledger"]

ONE_MICROSECOND = timedelta(microseconds=1)
PATIENCE = timedelta(days=1)
TRIES = 100
FOLLOWING = 10.0
"""The seconds after which a follower looks anyway, whether it was told of an entry or not."""


class Ledger:
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
        self._store = Store(recorder, place)
        self._by = by or getpass.getuser()
        self._clock = clock
        self._refuse_personal = refuse_personal
        self._log = Log(self._store, keep)
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

    def close(self) -> None:
        """Let go of files and connections."""
        self._store.close()

    def __repr__(self) -> str:
        """Say where it is kept, and the number of its last entry when it was last read."""
        return f"<Ledger {self._store.place!r}, last entry {self._log.last}>"

    def __enter__(self) -> Self:
        """Use the ledger in a `with` block, which closes it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the ledger."""
        self.close()

    # Reading

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in order of number, also those that others replaced."""
        self._refresh()
        return self._log.entries()

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

    @property
    def last(self) -> int:
        """The number of the last entry; 0 where there is none."""
        self._refresh()
        return self._log.last

    def find(self, *events: Event) -> tuple[Entry | None, ...]:
        """Give for each event the entry in force that holds an equal one, with every source it has been given; or none."""
        self._refresh()
        return tuple(self._log.equal(event) for event in events)

    def follow(self, after: int = 0, *, idle: float | None = None) -> Generator[Entry, None, None]:
        """Yield the entries after a number, each once and in order, and go on with those that are recorded from then on, by whoever.

        Who keeps the number of the last entry that was dealt with goes on after it another time. A `Redacted` tells that what an earlier
        entry said is erased here, and is to be erased wherever it was taken to. Its `close` lets go of what it listens on.

        Arguments:
            after: the number of the last entry that is known already; 0 for none.
            idle: end once nothing came for so many seconds; without it, never.

        Raises:
            StoreError: the store can't be read.
            StoredEntryError: an entry can't be read.

        """
        with self._store.listening() as wait:
            heard = time.monotonic()
            while True:
                for row in self._store.after(after):
                    yield decode(row.number, row.stored)
                    after, heard = row.number, time.monotonic()
                rest = FOLLOWING if idle is None else heard + idle - time.monotonic()
                if rest <= 0:
                    return
                wait(min(rest, FOLLOWING))

    # Proving

    def root(self, size: int | None = None) -> bytes:
        """Give the root of the Merkle tree whose leaves are the entries as they are stored (RFC 6962, section 2.1).

        Arguments:
            size: how many entries, from the first; without it, all.

        Raises:
            ProofError: there are not so many.

        """
        return self._tree.root(self._size(size))

    def checkpoint(self, key: SigningKey, size: int | None = None) -> SignedNote:
        """Sign how many entries there are and the root over them: who keeps it elsewhere can later tell that nothing of it was changed.

        Arguments:
            key: the ledger's key; its name is the checkpoint's origin.
            size: how many entries, from the first; without it, all.

        Raises:
            ProofError: there are not so many.
            MissingExtraError: cryptography is not installed.

        """
        many = self._size(size)
        return Checkpoint(key.name, many, self._tree.root(many)).sign(key)

    def prove(self, number: int, checkpoint: SignedNote) -> LogProof:
        """Give what shows, with a key alone, that an entry is in the ledger that a checkpoint was signed of.

        Arguments:
            number: the entry.
            checkpoint: a signed checkpoint that has it.

        Raises:
            CorrectionError: there is no such entry.
            ProofError: what was signed is no checkpoint, has no such entry, or is not of this ledger.

        """
        self._refresh()
        _, stored = self._log.recorded(number)
        signed = Checkpoint.parse(checkpoint.text)
        if signed.size < number:
            raise ProofError(
                f"the checkpoint is over {signed.size:,} entries, without entry {number}: sign a newer one", number
            )
        if signed.size > self._log.last or self.root(signed.size) != signed.root:
            raise ProofError(
                f"the checkpoint of {signed.origin} over {signed.size:,} entries is not of this ledger, or the ledger was changed: "
                "run `trust-ledger verify` with it",
                signed,
            )
        return LogProof(number - 1, self._tree.inclusion(number - 1, signed.size), checkpoint, stored)

    def verify(self, *checkpoints: Checkpoint) -> Verification:
        """Read every entry again, and find what is wrong; also with the tree that was kept as they were recorded.

        Arguments:
            checkpoints: those to compare the ledger with; `Checkpoint.verify` reads one that was signed.

        """
        return verify(self._store, checkpoints)

    # Moving house

    def export(self) -> Iterator[bytes]:
        """Give every entry as it is stored, a line each in order of number: JSON Lines, from which `restore` makes the same ledger.

        Raises:
            StoreError: the store can't be read, or an entry was redacted meanwhile.

        """
        self._refresh()
        return exported(self._store, self._log.last)

    def restore(self, lines: Iterable[bytes], *, place: str = "the lines") -> int:
        """Fill this ledger, which must be empty, with what was exported of another, byte for byte; give how many entries that is.

        Arguments:
            lines: what `export` gave, as a file opened for reading bytes gives it back.
            place: what to call them in messages.

        Raises:
            LedgerFileError: a line is not an entry, or the lines are no ledger; every problem, with its line. Nothing is recorded.
            StoreError: this ledger has entries already, or can't be written to.

        """
        with uncollected():
            return restored(self._store, lines, place)

    def backup(self, path: str | os.PathLike[str]) -> Verification:
        """Copy an SQLite ledger to a new file while others go on writing to it, and verify the copy.

        Arguments:
            path: the file to make; there must be none yet.

        Raises:
            StoreError: the ledger is not an SQLite file, the copy can't be made, or it is not what it is a copy of.

        """
        target = Path(path)
        with self._store.copied(target) as copy:
            told = verify(copy)
            if told.findings or told.root != self.root(told.size):
                wrong = "; ".join(map(str, told.findings)) or "it has other entries"
                raise StoreError(
                    f"the copy of {self._store.place} was not kept, as something is wrong with it: {wrong}", target
                )
        return told

    @property
    def _tree(self) -> Tree:
        return Tree(self._store)

    def _size(self, size: int | None) -> int:
        self._refresh()
        if size is not None and not 0 <= size <= self._log.last:
            raise ProofError(f"there are {self._log.last:,} entries, not {size:,}", size)
        return self._log.last if size is None else size

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
            return self._append(lambda log: settle(log, drafts))

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
        (entry,) = self._append(lambda log: settle(log, [draft]), watched=event.trust)
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
        (entry,) = self._append(lambda log: settle(log, [draft]), watched=note.trust)
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
        self._append(lambda log: settle(log, [draft]))
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
            StoreError: the store can't be written to, or nothing can be erased from it; or it was erased, and may still be found in the
                SQLite file or beside it, as somebody reads from it or it can't be written anew.

        """
        self._refresh()
        why = _given(reason, number, "redacted")
        trust = self._log.recorded(number)[0].event.trust
        notice([Draft(event=Redacted(trust=trust, entry=number), reason=why)], refuse=self._refuse_personal)
        (note,) = self._append(lambda log: redaction(log, number, why), by=by)
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
            now = self._now()
            return planned((event for entries in streams for event in unswept(entries, day, day_of(now))), now)

        return self._append(passes)

    def fork(self, *, by: str | None = None, clock: Callable[[], datetime] | None = None) -> "Ledger":
        """Give a copy in memory, to try on it what might be recorded next: what it is told, this ledger never hears.

        Arguments:
            by: who records in the copy; without it, who records here.
            clock: tells the time in the copy; without it, this ledger's.

        """
        self._refresh()
        other = Ledger(MemoryRecorder(), by=by or self._by, clock=clock or self._clock, refuse_personal=self._refuse_personal)
        other._store.append(list(self._store.after(0)), after=0)
        other._log = self._log.copy(other._store)
        return other

    # Behind the door

    def _refresh(self) -> None:
        """Read what was recorded since, by whoever."""
        self._log.refresh()

    def _append(
        self, planned: Callable[[Log], Plan], *, watched: str | None = None, by: str | None = None
    ) -> tuple[Entry, ...]:
        """Append what is planned against the log as it stands, in one transaction; after a conflict, plan anew and try again.

        A trust that is watched must not change between: then the conflict is the caller's to resolve. The first plan rests on what was
        last read, as the store refuses what is planned against an old end; it is believed only where it leads to an append.
        """
        length: int | None = None
        plan = Plan((), ())
        for attempt in range(TRIES):
            is_fresh = attempt > 0 or watched is not None or self._log.last == 0
            if is_fresh:
                self._refresh()
            if watched is not None:
                length = len(self._log.stream(watched)) if length is None else length
                if len(self._log.stream(watched)) != length:
                    raise ConflictError(
                        f"somebody recorded something about {watched} meanwhile: look again, then decide", watched
                    )
            found = _believed(planned, self._log, is_fresh=is_fresh)
            if found is None:
                continue
            plan = found
            new = made(self._log, plan, plan.at or self._now(), by or self._by) if plan.new else []
            try:
                numbers = self._store.append(rows(self._log, new), after=self._log.last, erased=plan.erased) if new else []
            except ConflictingAppendError:
                time.sleep(random.uniform(0, 0.002 * min(attempt, 25)))  # noqa: S311  # spreads writers out, hides nothing
                continue
            if numbers == [entry.number for entry in new]:
                self._log.absorb(new)  # they are what was stored: nobody's lie between, so none of them is read back
            else:
                self._refresh()
                new = [self._log.entry(number) for number in numbers]
            return tuple(new[one] if isinstance(one, int) else one for one in plan.answers)
        codes = sorted({draft.event.trust for draft in plan.new})
        raise ConflictError(
            f"others keep recording at the same moment: nothing was recorded about {', '.join(codes)}; try again", codes[0]
        )

    def _now(self) -> datetime:
        """Give the instant to record at: the clock's, or just after the last entry's where that is later."""
        now = self._clock()
        day = day_of(now)
        latest = self._log.latest(self._log.last)
        if latest is None:
            return now.astimezone(UTC)
        last = latest.recorded_at
        if now < last - PATIENCE:
            raise ClockError(f"the clock says {day}, more than a day before the last entry ({day_of(last)}): set it right", now)
        return max(now.astimezone(UTC), last + ONE_MICROSECOND)


def _believed(planned: Callable[[Log], Plan], log: Log, *, is_fresh: bool) -> Plan | None:
    """Plan against a log; what it refuses, or finds on record already, is believed only of a log that was just read."""
    try:
        plan = planned(log)
    except LedgerError:
        if is_fresh:
            raise
        return None
    return plan if plan.new or is_fresh else None


def _given(reason: str, number: int, what: str = "replaced") -> str:
    if not reason.strip():
        raise CorrectionError(f"say why entry {number} is {what}: the reason is empty", number)
    return reason.strip()
