"""What is said of a trust: as JSON and in words, with the entries and sources that say so."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from ._entry import Entry
from ._show import Line, Section, listed, plain, spaced
from ._when import When, day_in_words
from .events import Event
from .projections import Thing, TrustState

__all__ = ["Change", "changes", "in_words", "overview_line", "rows", "sections", "uncertain_row"]


ASIDES = frozenset({"followed_by", "is_stated", "last_published", "took_over_from"})
"""Fields that change along with others, and are not said beside them."""
EMPTY: tuple[object, ...] = (None, (), frozenset())


@attrs.frozen
class Change:
    """What differs about one thing between two views; `before` or `after` is none where the thing is not on record."""

    trust: str
    projection: str
    before: Thing | None
    after: Thing | None

    @property
    def thing(self) -> Thing:
        """The thing, as it is after, or as it was where it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is of something")
        return found

    @property
    def fields(self) -> dict[str, tuple[object, object]]:
        """What differs, as JSON has it: by field, before and after."""
        before, after = (row(thing) if thing else {} for thing in (self.before, self.after))
        names = (name for name in after or before if name not in {"last_heard", "summary"})
        return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}

    def line(self) -> Line:
        """Give the change as a statement."""
        what = f"{self.trust}, {self.projection}: {self.thing.heading}"
        if self.before is None:
            return Line(what, listed(["new", self.thing.summary], ": "))
        if self.after is None:
            return Line(what, "no longer on record")
        names = [name for name in self.fields if name not in ASIDES] or list(self.fields)
        values = ((name, getattr(self.before, name, None), getattr(self.after, name, None)) for name in names)
        return Line(what, listed(f"{name.replace('_', ' ')} was {said(old)}, now {said(new)}" for name, old, new in values))

    def __str__(self) -> str:
        """Give the change on one line."""
        return str(self.line())


def changes(code: str, before: TrustState, after: TrustState) -> list[Change]:
    """Give what differs between two states of a trust, in the order that its projections are shown in."""
    was, now = before.rows(), after.rows()
    found = []
    for name in was:
        old, new = ({thing.about: thing for thing in things} for things in (was[name], now[name]))
        found += [Change(code, name, old.get(about), new.get(about)) for about in {**old, **new}]
    return [change for change in found if change.fields]


def said(value: object) -> str:
    """Say a value as a board paper would: dates in words, lists with commas."""
    match value:
        case _ if value in EMPTY or value == "":
            return "nothing"
        case When():
            return value.in_words()
        case date():
            return day_in_words(value)
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(map(said, value))
        case frozenset():
            return ", ".join(sorted(map(said, value)))
        case _ if attrs.has(kind := type(value)):
            fields = ((field.name, getattr(value, field.name)) for field in attrs.fields(kind))
            return listed((f"{name.replace('_', ' ')} {said(one)}" for name, one in fields if one not in EMPTY), ", ")
        case _:
            return str(value)


def row(thing: Thing) -> dict[str, Any]:
    """Give a thing as JSON has it: its fields, where it stands, and what is said of it in words."""
    fields = plain(thing)
    status = {"status": str(thing.status)} if hasattr(thing, "status") else {}
    return {**fields, **status, "summary": thing.summary}


def _concerns(said: tuple[str, ...], about: tuple[str, ...]) -> bool:
    """Whether a fact says something of a thing: it is about it, about a part of it, or about all of its kind."""
    shared = min(len(said), len(about))
    return said[:shared] == about[:shared]


def rows(state: TrustState, entries: Sequence[Entry]) -> dict[str, list[dict[str, Any]]]:
    """Give each projection's things as JSON has them, each with the entries that say something of it and what they infer."""
    return {
        name: [{**row(thing), **_provenance(saying(entries, thing))} for thing in things]
        for name, things in state.rows().items()
    }


def saying(entries: Iterable[Entry], thing: Thing) -> list[Entry]:
    """Give the entries that say something of a thing."""
    return [e for e in entries if _concerns(e.fact.about, thing.about)]


def sections(state: TrustState, entries: Sequence[Entry], maybe: Sequence[Entry], on: date, mark: str) -> tuple[Section, ...]:
    """Give everything about a trust as sections: a statement a thing, what may already be in force, and the sources."""
    said = (
        (name, tuple(_statement(thing, saying(entries, thing), mark) for thing in things))
        for name, things in state.rows().items()
    )
    found = [Section(name.replace("_", " ").capitalize(), lines) for name, lines in said if lines]
    if maybe:
        found.append(Section("May already be in force", tuple(_in_doubt(e, on, mark) for e in maybe)))
    cited = {e.number: e for e in (*maybe, *entries)}
    return *found, *_sources([cited[number] for number in sorted(cited)])


def _statement(thing: Thing, said: Sequence[Entry], mark: str) -> Line:
    inferred = sorted({field for e in said for field in e.inferred})
    summary = listed([thing.summary, f"(inferred: {', '.join(inferred)})" if inferred else None], " ")
    return Line(thing.heading, summary, tuple(e.number for e in said), mark)


def _provenance(entries: Sequence[Entry]) -> dict[str, Any]:
    citations = dict.fromkeys(citation for e in entries for citation in e.sources)
    return {
        "inferred": sorted({field for e in entries for field in e.inferred}),
        "entries": [e.number for e in entries],
        "sources": [plain(citation) for citation in citations],
    }


def uncertain_row(entry: Entry, on: date) -> dict[str, Any]:
    """Give an entry that may already be in force as JSON has it; `counts` tells whether it is counted all the same."""
    fact = entry.fact
    return {
        "entry": entry.number,
        "type": type(fact).__name__,
        "on": plain(fact.on),
        "earliest": plain(fact.on.earliest),
        "latest": plain(fact.on.latest),
        "counts": fact.on.is_by(on),
        "event": {name: value for name, value in plain(fact).items() if value not in (None, [])},
        "inferred": sorted(entry.inferred),
        "sources": [plain(citation) for citation in entry.sources],
    }


def in_words(fact: Event) -> str:
    """Say what a fact says, field by field, as a board paper would."""
    fields = ((field.name, getattr(fact, field.name)) for field in attrs.fields(type(fact)))
    told = ((name, value) for name, value in fields if name not in {"trust", "on", "id"} and value not in EMPTY)
    return listed([fact.on.in_words(), *(f"{name.replace('_', ' ')}: {said(value)}" for name, value in told)])


def _in_doubt(entry: Entry, on: date, mark: str) -> Line:
    counted = " (counted above, but its date is marked as in doubt)" if entry.fact.on.is_by(on) else ""
    return Line(spaced(type(entry.event).__name__), in_words(entry.fact) + counted, (entry.number,), mark)


def _sources(entries: Sequence[Entry]) -> list[Section]:
    """Give the sources of entries, each with the places in it by number of entry."""
    places: dict[str, list[str]] = {}
    for entry in entries:
        for citation in entry.sources:
            since = f", public since {citation.public_since.in_words()} (inferred)" if citation.public_since else ""
            places.setdefault(str(citation.source), []).append(f"[{entry.number}] {citation.at or 'no place given'}{since}")
        if not entry.sources:
            places.setdefault("No source given", []).append(f"[{entry.number}]")
    lines = tuple(Line(source, listed(cited)) for source, cited in places.items())
    return [Section("Sources", lines)] if lines else []


def overview_line(code: str, state: TrustState, mark: str) -> Line:
    """Give one line on a trust: its trust-level ratings and what is open."""
    rated = (f"{one.key_question} {one.rating}" for one in state.ratings if one.service is None and one.location is None)
    is_open = [action for action in state.actions.values() if action.is_open]
    past = sum(action.has_passed for action in is_open)
    return Line(
        listed([code, state.identity.name], " "),
        listed(
            [
                listed(rated, ", ") or "no trust-level rating on record",
                f"breaches not cleared on record: {sum(breach.is_open for breach in state.breaches.values())}",
                f"actions open: {len(is_open)}",
                f"of them past their date: {past}" if past else None,
            ]
        ),
        (),
        mark,
    )
