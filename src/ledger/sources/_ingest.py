"""Ledger files against a ledger: what is new, what was changed, what has gone."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from .._entry import Draft, Entry
from .._ledger import Ledger
from .._report import in_words, said
from .._show import Line, Page, Section, counted, listed
from .._when import LAST_DAY
from ..errors import LedgerFileError
from ..events import Retracted
from ._place import Problem
from .files import Item, Reading, read

__all__ = ["Comparison", "Correction", "Ingested", "compare", "ingest"]


@attrs.frozen
class Correction:
    """An entry that the file now tells differently."""

    entry: Entry
    item: Item

    def differences(self) -> Iterator[tuple[str, object, object]]:
        """Give the fields that differ: name, before and after."""
        before, after = self.entry.fact, self.item.event
        names = dict.fromkeys(field.name for event in (before, after) for field in attrs.fields(type(event)))
        for name in names:
            old, new = getattr(before, name, None), getattr(after, name, None)
            if old != new:
                yield name, old, new
        if self.entry.inferred != self.item.inferred:
            yield "inferred", self.entry.inferred, self.item.inferred

    def line(self) -> Line:
        """Give the correction as a statement: where, of what, and what differs."""
        moves = (f"{name.replace('_', ' ')} was {said(old)}, now {said(new)}" for name, old, new in self.differences())
        return Line(f"{self.item.place}, {self.item.key}", listed(moves), (self.entry.number,))


@attrs.frozen
class Comparison:
    """What files say against what a ledger holds.

    Attributes:
        new: facts that the ledger does not hold.
        further: facts it holds, for which the files give sources it does not.
        corrections: entries that the files now tell differently.
        gone: entries that came from a file and are in it no longer.
        retracted: facts that were taken back in the ledger, and are in a file still.
        unchanged: the number of facts that are as on record.
        strict: sources that a file marks more openly than the ledger holds them; the strictest marking counts.

    """

    new: tuple[Item, ...]
    further: tuple[Item, ...]
    corrections: tuple[Correction, ...]
    gone: tuple[Entry, ...]
    retracted: tuple[tuple[Item, Entry], ...]
    unchanged: int
    strict: tuple[str, ...]

    def page(self, *, correct: bool, retract: bool) -> Page:
        """Say what is not simply new, and what was done, or can be done, about it."""
        corrections = tuple(one.line() for one in self.corrections)
        gone = tuple(Line(entry.event.trust, in_words(entry.fact), (entry.number,)) for entry in self.gone)
        retracted = tuple(Line(str(item.place), item.key, (entry.number,)) for item, entry in self.retracted)
        sections = (
            Section("Corrected" if correct else "Changed in the file; use --correct to correct the ledger", corrections),
            Section("Retracted" if retract else "No longer in the file; use --retract to take back", gone),
            Section(
                "Taken back in the ledger, so not recorded again; remove from the file, or give an `id` to record anew",
                retracted,
            ),
            Section("Further sources recorded", tuple(Line(str(item.place), item.key) for item in self.further)),
            Section(
                "Marked more openly than on record; the strictest marking counts", tuple(Line(one, "") for one in self.strict)
            ),
        )
        shown = tuple(section for section in sections if section.lines)
        return Page("Ledger files against the ledger", (f"{counted(len(self.new), 'new fact')}.",), shown)


@attrs.frozen
class Ingested:
    """What an ingest found and what it recorded; `personal` is what looks like personal data in the files, with its place."""

    comparison: Comparison
    recorded: tuple[Entry, ...]
    personal: tuple[Problem, ...] = ()


def _on_record(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    """Give what facts may refer to: the kinds and ids of things that the ledger has on record, by trust."""
    view = ledger.at(LAST_DAY)
    return {code: [thing for e in view.standing(code) for thing in e.fact.defines()] for code in view.codes()}


def compare(ledger: Ledger, reading: Reading) -> Comparison:
    """Find what is new, changed, gone and taken back. An equal event in force is matched first, then the key."""
    view = ledger.at(LAST_DAY)
    stand = [e for code in sorted(reading.trusts) for e in view.standing(code)]
    by_event = {e.event: e for e in stand}
    equal = {item: by_event[item.event] for item in reading.items if item.event in by_event}
    matched = {e.number for e in equal.values()}
    by_key = {(e.event.trust, e.key): e for e in stand if e.key is not None and e.number not in matched}
    taken_back = _taken_back(ledger)
    new, further, corrections, retracted = [], [], [], []
    for item in reading.items:
        name = (item.event.trust, item.key)
        entry = equal.get(item) or by_key.pop(name, None)
        if entry is None and taken_back.get(name) is not None and taken_back[name].event == item.event:
            retracted.append((item, taken_back[name]))
        elif entry is None:
            new.append(item)
        elif entry.event != item.event or entry.inferred != item.inferred:
            corrections.append(Correction(entry, item))
        elif set(item.sources) - set(entry.sources):
            further.append(item)
    unchanged = len(reading.items) - len(new) - len(further) - len(corrections) - len(retracted)
    strict = sorted(
        {
            f"{source} is marked {ledger.marking(source)} on record"
            for item in reading.items
            for citation in item.sources
            for source in citation.source.chain()
            if ledger.marking(source).strictness > source.marking.strictness
        }
    )
    gone = tuple(by_key.values())
    return Comparison(tuple(new), tuple(further), tuple(corrections), gone, tuple(retracted), unchanged, tuple(strict))


def _taken_back(ledger: Ledger) -> dict[tuple[str, str], Entry]:
    """Give the entries of files that were taken back, by trust and key."""
    entries = {entry.number: entry for entry in ledger.entries}
    notes = (entry for entry in entries.values() if isinstance(entry.event, Retracted))
    wrong = (entries[note.replaces] for note in notes if note.replaces is not None)
    return {(entry.event.trust, entry.key): entry for entry in wrong if entry.key is not None}


def ingest(
    ledger: Ledger, paths: Iterable[Path], *, correct: bool = False, retract: bool = False, reason: str | None = None
) -> Ingested:
    """Record what is new in ledger files, in one transaction; what they hold already adds nothing.

    Arguments:
        ledger: where to record.
        paths: the files.
        correct: make a correction of each entry that the files now tell differently; else it is only reported.
        retract: take back each entry that came from a file and is in it no longer; else it is only reported.
        reason: why, for the corrections and retractions; without it, that the file was changed.

    Raises:
        LedgerFileError: the files have problems, among them what looks like personal data where the ledger refuses that; nothing was
            recorded.
        PersonalDataError: the reason looks like personal data, and the ledger refuses that; nothing was recorded.
        CorrectionError: a correction is refused; nothing was recorded.

    """
    reading = read(paths, _on_record(ledger))
    if ledger.refuses_personal:
        reading = reading.without_personal()
    if reading.problems:
        raise LedgerFileError(reading.problems)
    found = compare(ledger, reading)
    drafts = [item.draft for item in (*found.new, *found.further)]
    if correct:
        why = reason or "the ledger file was changed"
        drafts += [attrs.evolve(one.item.draft, replaces=one.entry.number, reason=why) for one in found.corrections]
    if retract:
        why = reason or "no longer in the ledger file"
        drafts += [_retraction(entry, why) for entry in found.gone]
    before = len(ledger.entries)
    ledger.record(*drafts)
    return Ingested(found, ledger.entries[before:], reading.personal)


def _retraction(entry: Entry, reason: str) -> Draft:
    return Draft(event=Retracted(trust=entry.event.trust, entry=entry.number), replaces=entry.number, reason=reason)
