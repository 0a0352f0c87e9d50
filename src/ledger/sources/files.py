"""Ledger files: facts as people write them, in YAML, one file a trust."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from .. import clocks
from .._entry import Citation, Draft, Source
from .._personal import ADVICE, personal
from .._structure import FaultyDataError, event_type, structure
from .._when import When
from ..errors import EventError, RuleError
from ..events import PASSES, Event
from ..events._event import CODE, optional_text
from ._place import Place, Problem
from ._yaml import Document, load

__all__ = ["Item", "Place", "Problem", "Reading", "read"]

FIELDS = ("trust", "sources", "events")
MOST_NAMED = 20
"""How many of the sources of a file a message names."""


@attrs.frozen
class Item:
    """A fact as a file gives it, with its sources, what is inferred, and where it stands."""

    event: Event
    sources: tuple[Citation, ...]
    inferred: frozenset[str]
    place: Place

    @property
    def key(self) -> str:
        """What ties the fact to its place in the file."""
        return self.event.key

    @property
    def draft(self) -> Draft:
        """The draft of its entry."""
        return Draft(event=self.event, sources=self.sources, inferred=self.inferred, key=self.key)


@attrs.frozen
class Reading:
    """What ledger files say: items in the order they are to be recorded, the trusts they are about, and problems.

    `personal` is what looks like personal data, wherever it stands in the files; it is no problem unless somebody makes it one.
    """

    items: tuple[Item, ...]
    trusts: frozenset[str]
    problems: tuple[Problem, ...]
    personal: tuple[Problem, ...] = ()

    def without_personal(self) -> "Reading":
        """Give the same with what looks like personal data among the problems; if there is any, there are no items."""
        problems = tuple(sorted((*self.problems, *self.personal)))
        return Reading(() if problems else self.items, self.trusts, problems)


@attrs.frozen(kw_only=True)
class Cited:
    """A citation as a file gives it: the name of a source of the file, and the place in it."""

    ref: str
    at: str | None = attrs.field(default=None, validator=optional_text)
    public_since: When | None = None


def read(paths: Iterable[Path], on_record: Mapping[str, Iterable[tuple[str, str]]] | None = None) -> Reading:
    """Read ledger files. Every problem is found at once, and nothing is guessed; files with problems give no items.

    Arguments:
        paths: the files; those of one trust are read together.
        on_record: what facts may refer to besides what the files put on record: kinds and ids of things, by trust.

    """
    documents = [load(path) for path in paths]
    items = [item for document in documents for item in _items(document)]
    problems = [problem for document in documents for problem in document.problems]
    problems += _key_problems(items)
    problems += _reference_problems(items, on_record or {})
    problems += _rule_problems(items)
    trusts = frozenset(document.data["trust"] for document in documents if not document.problems)
    ordered = sorted(items, key=_recording_order) if not problems else []
    told = {one for document in documents for one in _personal(document)}
    return Reading(tuple(ordered), trusts, tuple(sorted(problems)), tuple(sorted(told)))


def _personal(document: Document) -> Iterator[Problem]:
    """Yield what looks like personal data in a file, read or not: a file with problems may be kept, too."""
    for steps, text in document.texts():
        for finding in personal(text):
            name = next(step for step in (*reversed(steps), "the file") if isinstance(step, str))
            about = name if name != text else "a name"
            yield Problem(document.place(steps), f"{about}: this looks like {finding}: {ADVICE}")


def _recording_order(item: Item) -> tuple[str, str, int, int, str]:
    """Order by day, then as the file has it, so that the order in which files are given makes no difference."""
    latest = item.event.on.latest
    return (latest.isoformat() if latest else "9999", item.event.trust, item.place.line, item.place.column, repr(item.event))


def _items(document: Document) -> list[Item]:
    """Give the facts of one file; what is wrong is noted in the document."""
    data = document.data
    if data is None:
        return []
    if not isinstance(data, dict):
        document.problem((), "a ledger file is a mapping with trust, sources and events")
        return []
    for name in data.keys() - set(FIELDS):
        document.problem((name,), f"a ledger file has no field {name!r}: it has {', '.join(FIELDS)}")
    for name in ("trust", "events"):
        if name not in data:
            document.problem((), f"the field {name!r} is missing")
    if not {"trust", "events"} <= data.keys() or not _is_code(document, data["trust"]):
        return []
    sources = _sources(
        document, _of_kind(document, ("sources",), data.get("sources", {}), dict, "a mapping of names to sources")
    )
    events = _of_kind(document, ("events",), data["events"], list, "a list of events")
    found = (_item(document, ("events", position), item, sources) for position, item in enumerate(events or []))
    return [item for item in found if item is not None]


def _is_code(document: Document, trust: object) -> bool:
    """Whether the trust of a file is a code; if not, that is a problem, once for all its events."""
    if isinstance(trust, str) and CODE.fullmatch(trust):
        return True
    document.problem(("trust",), f"{trust!r} is not a CQC provider id, such as RHA or 1-101639687")
    return False


def _of_kind(document: Document, steps: tuple[str | int, ...], data: Any, kind: type[Any], due: str) -> Any:
    """Give data that is of a kind; of another it is a problem, and there is none."""
    if isinstance(data, kind):
        return data
    document.problem(steps, f"{due} is due here")
    return None


def _sources(document: Document, given: Mapping[str, Any] | None) -> dict[str, Source]:
    """Give the sources of a file by name; `via` names another of them."""
    known = given or {}
    made: dict[str, Source | None] = {}
    for first in known:
        way = list(_way(first, known, made))
        back = _via(known[way[-1]]) if way else None
        circle = way.index(back) if back in way else len(way)
        for position, name in reversed(list(enumerate(way))):
            if position >= circle:
                document.problem(("sources", name, "via"), "the sources are known through each other in a circle")
            made[name] = None if position >= circle else _source(document, ("sources", name), known[name], made, known)
    return {name: source for name, source in made.items() if source is not None}


def _way(first: str, known: Mapping[str, Any], made: Mapping[str, object]) -> dict[str, None]:
    """Give a source that is not made yet, the one that it is known through, and so on: each once, in this order."""
    way: dict[str, None] = {}
    name: str | None = first
    while name is not None and name in known and name not in made and name not in way:
        way[name] = None
        name = _via(known[name])
    return way


def _via(data: object) -> str | None:
    """Give the name of the source that another is known through, where it is one."""
    via = data.get("via") if isinstance(data, dict) else None
    return via if isinstance(via, str) else None


def _source(
    document: Document,
    steps: tuple[str, ...],
    data: Any,
    made: Mapping[str, Source | None],
    given: Mapping[str, Any],
) -> Source | None:
    fields = _of_kind(document, steps, data, dict, "a mapping with title, publisher, marking and published")
    if fields is None:
        return None
    via = fields.get("via")
    if via is not None and (not isinstance(via, str) or via not in given):
        document.problem((*steps, "via"), _no_source(via, given))
        return None
    source: Source | None = _structure(
        document, steps, Source, {name: value for name, value in fields.items() if name != "via"}
    )
    if source is None or via is None:
        return source
    try:
        return attrs.evolve(source, via=made[via])
    except EventError as wrong:
        document.problem((*steps, "via"), str(wrong))
        return None


def _no_source(name: object, given: Mapping[str, Any]) -> str:
    more = f" and {len(given) - MOST_NAMED:,} more" if len(given) > MOST_NAMED else ""
    return f"there is no source {name!r} in this file: it has {', '.join(islice(given, MOST_NAMED)) or 'none'}{more}"


def _structure(document: Document, steps: tuple[str | int, ...], kind: type[Any], data: Any) -> Any:
    try:
        return structure(kind, data)
    except FaultyDataError as wrong:
        for fault in wrong.faults:
            document.problem((*steps, *fault.path), fault.message)
        return None


def _item(document: Document, steps: tuple[str | int, ...], data: Any, sources: Mapping[str, Source]) -> Item | None:
    """Give one fact of a file."""
    fields = _of_kind(document, steps, data, dict, "a mapping with one event, its sources and what is inferred")
    if fields is None:
        return None
    names = [name for name in fields if name not in ("sources", "inferred")]
    if len(names) != 1:
        document.problem(
            steps, f"one event is due here, with its sources and what is inferred; found {', '.join(names) or 'none'}"
        )
        return None
    (name,) = names
    before = len(document.problems)
    event = _event(document, (*steps, name), name, fields[name])
    cited = _citations(document, (*steps, "sources"), fields.get("sources", []), sources)
    inferred = _of_kind(document, (*steps, "inferred"), fields.get("inferred", []), list, "a list of field names")
    if event is None or len(document.problems) > before:
        return None
    known = list(attrs.fields_dict(type(event)))
    for position, field in enumerate(inferred):
        if field not in known:
            document.problem(
                (*steps, "inferred", position), f"{name} has no field {field!r} to infer: it has {', '.join(known)}"
            )
    if len(document.problems) > before:
        return None
    return Item(event, cited, frozenset(inferred), document.place((*steps, name)))


def _event(document: Document, steps: tuple[str | int, ...], name: str, data: Any) -> Event | None:
    try:
        kind = event_type(name)
    except EventError as wrong:
        document.problem(steps, str(wrong))
        return None
    if not issubclass(kind, Event):
        document.problem(steps, f"{name} is a note about an entry: it is made by retracting or corroborating, not in a file")
        return None
    if issubclass(kind, PASSES):
        document.problem(
            steps, f"{name} is derived, never written by hand: give the action, notice or plan its due date instead"
        )
        return None
    fields = _of_kind(document, steps, data, dict, f"a mapping with the fields of {name}")
    if fields is None:
        return None
    if "trust" in fields:
        document.problem((*steps, "trust"), "the trust stands once, at the top of the file: leave it out here")
        return None
    made = _structure(document, steps, kind, {"trust": document.data["trust"], **fields})
    return made if isinstance(made, Event) else None


def _citations(
    document: Document,
    steps: tuple[str | int, ...],
    data: Any,
    sources: Mapping[str, Source],
) -> tuple[Citation, ...]:
    cited = []
    given = _of_kind(document, steps, data, list, "a list of sources, each as {ref: name, at: place}")
    for position, one in enumerate(given or []):
        here = (*steps, position)
        citation = _structure(document, here, Cited, one)
        if citation is None:
            continue
        if citation.ref not in sources:
            if citation.ref not in (document.data.get("sources") or {}):  # a faulty source is a problem already noted
                document.problem((*here, "ref"), _no_source(citation.ref, sources))
            continue
        cited.append(Citation(source=sources[citation.ref], at=citation.at, public_since=citation.public_since))
    return tuple(cited)


def _key_problems(items: Sequence[Item]) -> list[Problem]:
    """Find facts that nothing tells apart."""
    first: dict[tuple[str, str], Item] = {}
    problems = []
    for item in items:
        other = first.setdefault((item.event.trust, item.key), item)
        if other is not item:
            problems.append(
                Problem(
                    item.place,
                    f"the same kind of fact about the same thing stands at {other.place} too ({item.key}): give one an `id`",
                )
            )
    return problems


def _reference_problems(items: Sequence[Item], on_record: Mapping[str, Iterable[tuple[str, str]]]) -> list[Problem]:
    """Find ids used for two things, and references to things that nothing puts on record."""
    problems = []
    kinds: dict[tuple[str, str], tuple[str, str]] = {
        (code, thing): (kind, "the ledger") for code, things in on_record.items() for kind, thing in things
    }
    for item in items:
        for kind, thing in item.event.defines():
            known, where = kinds.setdefault((item.event.trust, thing), (kind, str(item.place)))
            if known != kind:
                problems.append(
                    Problem(item.place, f"the id {thing!r} is used for a {kind} here and for a {known} in {where}: rename one")
                )
    for item in items:
        for field, kind, thing in item.event.refers():
            known, _ = kinds.get((item.event.trust, thing), ("", ""))
            if not known or kind not in ("", known):
                problems.append(
                    Problem(item.place, f"{field}: no {kind or 'thing'} {thing!r} is on record in these files or the ledger")
                )
    return problems


def _rule_problems(items: Sequence[Item]) -> list[Problem]:
    """Find due dates that are said to come of a rule there is not."""
    problems = []
    for item in items:
        for _, by_rule in clocks.stated(item.event):
            try:
                clocks.rule(by_rule.rule, version=by_rule.version)
            except RuleError as wrong:
                problems.append(Problem(item.place, str(wrong)))
    return problems
