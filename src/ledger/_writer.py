"""Appending to a log: what is planned against it as it stands, in one transaction, however many write at once."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import attrs

from ._entry import Entry
from ._log import Log
from ._plan import Plan, made, rows
from ._store import ConflictingAppendError, Store
from ._when import day_of
from .errors import ClockError, ConflictError, LedgerError

__all__ = ["Writer"]

ONE_MICROSECOND = timedelta(microseconds=1)
PATIENCE = timedelta(days=1)
TRIES = 100


@attrs.frozen
class Writer:
    """Appends to a log.

    Arguments:
        store: where the rows are.
        log: the log over them.
        by: who records.
        clock: tells the time, in an aware instant.

    """

    store: Store
    log: Log
    by: str
    clock: Callable[[], datetime]

    def append(self, planned: Callable[[Log], Plan], *, watched: str | None = None, by: str | None = None) -> tuple[Entry, ...]:
        """Append what is planned against the log as it stands, in one transaction; after a conflict, plan anew and try again.

        A trust that is watched must not change between: then the conflict is the caller's to resolve. The first plan rests on what was
        last read, as the store refuses what is planned against an old end; it is believed only where it leads to an append.
        """
        length: int | None = None
        plan = Plan((), ())
        for attempt in range(TRIES):
            is_fresh = attempt > 0 or watched is not None or self.log.last == 0
            if is_fresh:
                self.log.refresh()
            if watched is not None:
                length = len(self.log.stream(watched)) if length is None else length
                if len(self.log.stream(watched)) != length:
                    raise ConflictError(
                        f"somebody recorded something about {watched} meanwhile: look again, then decide", watched
                    )
            found = _believed(planned, self.log, is_fresh=is_fresh)
            if found is None:
                continue
            plan = found
            new = made(self.log, plan, plan.at or self.now(), by or self.by) if plan.new else []
            try:
                numbers = self.store.append(rows(self.log, new), after=self.log.last, erased=plan.erased) if new else []
            except ConflictingAppendError:
                time.sleep(random.uniform(0, 0.002 * min(attempt, 25)))  # noqa: S311  # spreads writers out, hides nothing
                continue
            if numbers == [entry.number for entry in new]:
                self.log.absorb(new)  # they are what was stored: nobody's lie between, so none of them is read back
            else:
                self.log.refresh()
                new = [self.log.entry(number) for number in numbers]
            return tuple(new[one] if isinstance(one, int) else one for one in plan.answers)
        codes = sorted({draft.event.trust for draft in plan.new})
        raise ConflictError(
            f"others keep recording at the same moment: nothing was recorded about {', '.join(codes)}; try again", codes[0]
        )

    def now(self) -> datetime:
        """Give the instant to record at: the clock's, or just after the last entry's where that is later."""
        now = self.clock()
        day = day_of(now)
        latest = self.log.latest(self.log.last)
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
