"""The commands that read what CQC and the NHS Organisation Data Service publish: `import cqc-api`, `cqc-ratings` and `ods`."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias

import attrs
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from .._entry import Entry, Source
from .._ledger import Ledger
from .._personal import ADVICE
from .._screening import screen
from .._when import When, utc_now
from ..live import ADDRESS, Client, sync
from ..sources import Found, Intake, Problem, cqc_api, cqc_ratings, disappeared, ods, take_in
from ..sources import check as check_through
from ..sources._bodies import bodies
from ..sources._sheets import sheets
from ._imported import Imported, Options, tell_all
from ._shared import DEFAULT, PROBLEMS, AsJson, Place, RefusePersonal, today

__all__ = ["imports"]

imports = typer.Typer(no_args_is_help=True, help="Record what CQC and the NHS Organisation Data Service publish.")

CQC_LICENCE = "Contains CQC information licensed under the Open Government Licence v3.0."
ODS_LICENCE = "Contains NHS Organisation Data Service information licensed under the Open Government Licence v3.0."
FOLDER = Path("cqc-api")

Paths = Annotated[list[Path], typer.Argument(metavar="FILE...", help="The files.")]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="When the data was published, as precisely as you know. Without it: by today."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Record what has no problem, though something else has.")]
By = Annotated[str | None, typer.Option(help="Who records; without it, the operating system's user.")]
Read: TypeAlias = Callable[[], Iterable[Found | Problem]]
ReadSheets: TypeAlias = Callable[..., Iterator[Found | Problem]]


@attrs.frozen
class Edition:
    """One thing to import: how it is read, and its source where it is a snapshot of all there is."""

    read: Read
    source: Source | None = None


@imports.command("cqc-api")
def import_cqc_api(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Bodies of CQC's API: JSON files, folders, or zips of them.")
    ] = None,
    live: Annotated[
        bool, typer.Option("--live", help=f"First bring the folder PATH (without it, {FOLDER}) up to date with CQC's live API.")
    ] = False,
    key: Annotated[
        str | None, typer.Option(envvar="CQC_API_KEY", show_envvar=True, help="With --live: the key CQC gave you.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="With --live: this provider and its locations only; may be given again."),
    ] = None,
    address: Annotated[str, typer.Option(help="With --live: where the API is.")] = ADDRESS,
    published: Published = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    refuse_personal: RefusePersonal = False,
    as_json: AsJson = False,
    place: Place = DEFAULT,
    by: By = None,
) -> None:
    """Record what CQC's API says of providers and locations: ratings and their history, reports, registration."""
    folders = paths or [FOLDER]
    if not live and not paths:
        raise typer.BadParameter("give files, folders or zips of the API's bodies; or --live, to ask CQC", param_hint="PATH")
    if only and not live:
        raise typer.BadParameter("--only is about what to ask CQC for: say --live as well", param_hint="--only")
    if live and len(folders) > 1:
        raise typer.BadParameter("with --live give one folder, the one to keep the bodies in", param_hint="PATH")
    is_whole = not live or _fetch(folders[0], key, only or [], address)
    read = partial(_cqc_api, folders, _published(published))
    _import([Edition(read)], CQC_LICENCE, Options(place, by, dry_run, keep_going, as_json, refuse_personal))
    if not is_whole:
        raise typer.Exit(PROBLEMS)


@imports.command("cqc-ratings")
def import_cqc_ratings(
    paths: Paths,
    published: Published = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    refuse_personal: RefusePersonal = False,
    as_json: AsJson = False,
    place: Place = DEFAULT,
    by: By = None,
) -> None:
    """Record what CQC's monthly workbook of latest ratings says (.ods, .xlsx or .csv); tell what the last one had and it has not."""
    _refuse_twice(paths)
    dated = [(path, _edition(path, published)) for path in paths]
    in_order = sorted(dated, key=lambda one: one[1].latest or date.max)
    editions = [Edition(partial(_of_sheets, cqc_ratings.read, path, when), cqc_ratings.source(when)) for path, when in in_order]
    _import(editions, CQC_LICENCE, Options(place, by, dry_run, keep_going, as_json, refuse_personal))


@imports.command("ods")
def import_ods(
    paths: Paths,
    published: Published = None,
    dry_run: DryRun = False,
    keep_going: KeepGoing = False,
    refuse_personal: RefusePersonal = False,
    as_json: AsJson = False,
    place: Place = DEFAULT,
    by: By = None,
) -> None:
    """Record names of trusts, and which organisation followed which, from the NHS Organisation Data Service (.csv)."""
    _refuse_twice(paths)
    when = _published(published)
    editions = [Edition(partial(_of_sheets, ods.read, path, when)) for path in paths]
    _import(editions, ODS_LICENCE, Options(place, by, dry_run, keep_going, as_json, refuse_personal))


def _refuse_twice(paths: list[Path]) -> None:
    twice = [str(path) for place, path in enumerate(paths) if path.resolve() in [one.resolve() for one in paths[:place]]]
    if twice:
        raise typer.BadParameter(f"{', '.join(twice)} was given twice: leave one of the two out", param_hint="FILE")


def _edition(path: Path, published: str | None) -> When:
    """Give when an edition was published: as the user says, else as its name does, else by today."""
    return _published(published) if published else cqc_ratings.published_in(path.name) or _published(None)


def _published(given: str | None) -> When:
    """Read when data was published; by today is what is known where nobody says."""
    return When(given or f"../{today()}")


def _cqc_api(paths: Iterable[Path], published: When) -> Iterator[Found | Problem]:
    return cqc_api.read_all(bodies(paths), published=published)


def _of_sheets(read: ReadSheets, path: Path, published: When) -> Iterator[Found | Problem]:
    return read(sheets(path, file=str(path)), file=str(path), published=published)


def _fetch(folder: Path, key: str | None, only: Iterable[str], address: str) -> bool:
    """Bring a folder up to date with CQC's live API, say what came of it, and give whether CQC answered all that was asked."""
    if not key:
        raise typer.BadParameter(
            "--live needs the key that CQC gave you: give it as --key, or in CQC_API_KEY", param_hint="--key"
        )
    with Client(key, address=address) as client, _progress() as bar:
        task = bar.add_task("Asking CQC what changed", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, description="Fetching", completed=done, total=total)

        synced = sync(client, folder, now=utc_now(), only=list(only), progress=tell)
    for _, why in synced.skipped:
        print(why, file=sys.stderr)
    gone = f"; CQC has no record of {len(synced.gone):,}" if synced.gone else ""
    fetched = "1 body" if len(synced.fetched) == 1 else f"{len(synced.fetched):,} bodies"
    print(f"{fetched} fetched from CQC, kept in {folder}{gone}.", file=sys.stderr)
    return not synced.skipped


def _import(editions: list[Edition], licence: str, options: Options) -> None:
    """Import one edition after the other; without --keep-going, only if nothing in any has a problem."""
    if options.refuse_personal:
        editions = [attrs.evolve(one, read=partial(_refusing, one.read)) for one in editions]
    done: list[Intake] = []
    gone: list[Entry] = []
    uncompared: list[Source] = []
    try:
        with _ledger(options) as ledger, _progress() as bar:
            tell = partial(_tell, bar, bar.add_task("Reading", total=None))
            checked = [] if options.keep_going else [check_through(one.read(), progress=tell) for one in editions]
            if any(one.problems for one in checked):
                refused = Imported(tuple(checked), licence=licence, is_refused=True)
            else:
                refused = None
                for edition in editions:
                    done.append(take_in(ledger, edition.read(), progress=tell))
                    found = disappeared(ledger, done[-1], edition.source) if edition.source else ()
                    gone += found or ()
                    uncompared += [edition.source] if edition.source and found is None else []
    except KeyboardInterrupt:
        print("Stopped. What was recorded so far stays; run it again, and it goes on from there.", file=sys.stderr)
        raise typer.Exit(PROBLEMS) from None
    tell_all(refused or Imported(tuple(done), tuple(gone), tuple(uncompared), licence), options)


def _refusing(read: Read) -> Iterator[Found | Problem]:
    """Read, and make a problem of each fact that looks to hold personal data."""
    for one in read():
        if isinstance(one, Found) and (found := screen([one.draft])):
            yield from (Problem(one.spot, f"{each.field}: this looks like {each.finding}: {ADVICE}") for each in found)
        else:
            yield one


@contextmanager
def _ledger(options: Options) -> Iterator[Ledger]:
    """Open the ledger; for a dry run, a copy of it in memory."""
    if not options.dry_run:
        with Ledger.open(options.place, by=options.by) as ledger:
            yield ledger
    elif Path(options.place).exists() or "://" in options.place:
        with Ledger.open(options.place, by=options.by, create=False) as ledger, ledger.fork() as copy:
            yield copy
    else:
        with Ledger.open(":memory:", by=options.by) as empty:
            yield empty


def _progress() -> Progress:
    """Show how far it is, on a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _tell(bar: Progress, task: TaskID, facts: int) -> None:
    bar.update(task, completed=facts)
