"""A folder brought up to date with CQC's register: what changed since is fetched, nothing else."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias, get_args

import attrs

from .._when import to_instant
from ..errors import CqcAnswerError, CqcError
from ._answers import object_of
from ._client import Client, Kind
from ._folder import Item, State, read_state, save_state, write

__all__ = ["Synced", "sync"]

OVERLAP = timedelta(days=1)
"""How far a window reaches back into the one before it.

CQC says that the end of one window may be the start of the next. A day more makes up for a clock that is wrong, for an hour
of summer time (in which time CQC reckons is not known), and for a change that shows up only after a nightly load.
"""
SAVE_EVERY = 500
"""The number of bodies after which the state is saved, so that a process that is killed repeats no more than these."""

Progress: TypeAlias = Callable[[int, int], object]


@attrs.frozen
class Synced:
    """What a sync did.

    Attributes:
        fetched: what was fetched, as it is named in the folder: `providers/RHA`, `locations/RT203`.
        gone: what CQC had no record of (404); a body that was fetched earlier is kept.
        skipped: what CQC didn't answer properly, and why; the next whole sync asks again for what CQC listed.
        until: the instant up to which CQC has listed what changed; `None` before the first whole sync.
            It is about CQC's copy, not about when anything happened.

    """

    fetched: tuple[str, ...]
    gone: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]
    until: datetime | None


def sync(
    client: Client, folder: Path, *, now: datetime, only: Iterable[str] = (), progress: Progress = lambda _done, _total: None
) -> Synced:
    """Bring a folder up to date with CQC's register: `providers/ID.json` and `locations/ID.json`, each as CQC gave it.

    The first sync fetches all that CQC lists, which takes hours; a later one what CQC lists as changed since. One that was
    interrupted goes on where it stopped: `sync.json` in the folder says where that is.

    Arguments:
        client: whom to ask.
        folder: where the bodies are kept; made if need be.
        now: the end of the window, an aware instant, cut to the second; what CQC changes later is for the next sync.
        only: provider ids; these and their locations are fetched anew and nothing else, and the window stays where it is.
        progress: told after each body how many were asked for, and of how many.

    Raises:
        WhenError: `now` has no time zone.
        CqcError: CQC can't be asked; what was fetched is kept.
        SyncError: the folder can't be read or written.

    """
    until = to_instant(now).replace(microsecond=0)
    run = _Run(client, folder, progress, read_state(folder))
    save_state(folder, run.state)  # a folder that can't be written must show before CQC is asked for hours
    try:
        if chosen := [Item("provider", one) for one in only]:
            run.fetch(chosen)
            run.fetch(list(run.locations))
        else:
            run.list_until(until)
            run.fetch(list(run.state.pending))
    except CqcError as wrong:
        kept = f"{len(run.fetched):,} fetched before that, kept in {folder}: run it again to go on"
        raise CqcError(f"{wrong}; {kept}", wrong.asked) from wrong
    return Synced(tuple(map(str, run.fetched)), tuple(map(str, run.gone)), tuple(run.skipped), run.state.until)


@attrs.define
class _Run:
    """A sync under way."""

    client: Client
    folder: Path
    progress: Progress
    state: State
    fetched: list[Item] = attrs.field(factory=list)
    gone: list[Item] = attrs.field(factory=list)
    skipped: list[tuple[str, str]] = attrs.field(factory=list)
    locations: dict[Item, None] = attrs.field(factory=dict)

    def list_until(self, now: datetime) -> None:
        """Add what CQC lists to what is pending; the window counts as listed once all of it is."""
        since = self.state.until
        if since is not None and now <= since:
            return
        for kind in get_args(Kind):
            ids = self.client.ids(kind) if since is None else self.client.changes(kind, since - OVERLAP, now)
            self.state.pending |= {Item(kind, one): None for one in ids}
        self.state.until = now
        save_state(self.folder, self.state)

    def fetch(self, items: list[Item]) -> None:
        """Fetch and keep; whatever interrupts, the state is saved."""
        try:
            for done, item in enumerate(items, 1):
                self.fetch_one(item)
                if done % SAVE_EVERY == 0:
                    save_state(self.folder, self.state)
                self.progress(done, len(items))
        finally:
            save_state(self.folder, self.state)

    def fetch_one(self, item: Item) -> None:
        """Fetch and keep one body, or note why not."""
        try:
            body = self.client.body(item.kind, item.id)
            self.locations |= _locations(item, body)
        except CqcAnswerError as wrong:
            self.skipped.append((str(item), str(wrong)))
            return
        except CqcError:
            if item in self.state.pending:  # it goes last, so that it holds up no other if it alone is the trouble
                self.state.pending[item] = self.state.pending.pop(item)
            raise
        if body is None:
            self.gone.append(item)
            self.state.gone[item] = None
        else:
            write(self.folder / f"{item}.json", body)
            self.fetched.append(item)
            self.state.gone.pop(item, None)
        self.state.pending.pop(item, None)


def _locations(item: Item, body: bytes | None) -> dict[Item, None]:
    """Give the locations that the body of a provider names; without any, CQC leaves the field out."""
    if item.kind == "location" or body is None:
        return {}
    ids = object_of(body, str(item)).get("locationIds", [])
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise CqcAnswerError(f"CQC's answer to {item} has locationIds that are not a list of ids", str(item))
    return {Item("location", one): None for one in ids}
