"""What an administrator with a database shell may do to what a ledger has stored: each kind, and what must come of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, TypeAlias

import attrs

from ledger._codec import decode, encode
from ledger._entry import Entry
from ledger._form import CANONICAL
from ledger._rows import Row
from ledger._stub import digest, is_stub, stub_of
from ledger.errors import LedgerError
from ledger.events import RatingPublished, Redacted

from .shell import Shell

__all__ = ["ALONE", "KINDS", "NEVER", "OUTSIDE", "Kind"]

ALONE, OUTSIDE, NEVER = "without a checkpoint", "with a checkpoint that has it", "never"
"""When a kind must be found. What is written anew after the last checkpoint is found by nobody but who has a copy."""

Touched: TypeAlias = set[int]
"""The numbers of the entries that something was done to; none where it was done to the tree alone."""
Texts: TypeAlias = Mapping[int, bytes]
"""What redacted entries said, by number, as somebody may have kept it."""
Act: TypeAlias = Callable[[Shell, Random, Texts], Touched]


@attrs.frozen
class Kind:
    """A kind of tampering: what is done, when it must be found, and whether only a column that takes anything lets it happen."""

    name: str
    act: Act
    due: str
    is_loose: bool = False


# What is put in the place of something


def _flipped(stored: bytes, chance: Random) -> bytes:
    """Flip one bit."""
    damaged = bytearray(stored)
    damaged[chance.randrange(len(stored))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _texts(fields: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each text in what was read from JSON: what it stands in, and its name or place there."""
    for name, value in fields.items() if isinstance(fields, dict) else enumerate(fields):
        if isinstance(value, dict | list):
            yield from _texts(value)
        elif isinstance(value, str) and name not in {"trust", "type", "recorded_at", "kept"}:
            yield fields, name


def _another(text: str, chance: Random) -> str:
    """Give something else that may stand where a text does."""
    try:
        return (date.fromisoformat(text) - timedelta(chance.randrange(1, 400))).isoformat()
    except ValueError:
        return chance.choice([f"{text}-2", "Outstanding", "public", "confidential"])


def _changed(row: Row, chance: Random) -> bytes:
    """Give the bytes of an entry with one field changed to another that is valid, just as the ledger would have written them."""
    while True:
        fields = json.loads(row.stored)
        inside, name = chance.choice(list(_texts(fields)))
        inside[name] = _another(inside[name], chance)
        stored = CANONICAL.encode(fields)
        try:
            decode(row.number, stored)
        except LedgerError:
            continue
        if stored != row.stored:
            return stored


def _evolved(row: Row, **fields: Any) -> bytes:
    return encode(attrs.evolve(decode(row.number, row.stored), **fields))


def _fact(rows: list[Row], chance: Random) -> Row:
    """Choose a fact whose text is there."""
    return chance.choice([row for row in rows if row.kind == RatingPublished.__name__ and not is_stub(row.stored)])


def _left(rows: list[Row], chance: Random) -> Row:
    """Choose what is left of an entry that was redacted."""
    return chance.choice([row for row in rows if is_stub(row.stored)])


def _note(rows: list[Row], about: int) -> Row:
    """Give the row that tells of the redaction of an entry."""
    notes = (row for row in rows if row.kind == Redacted.__name__)
    return next(row for row in notes if getattr(decode(row.number, row.stored).event, "entry", None) == about)


def _further(rows: list[Row], chance: Random) -> Row:
    """Make a row that follows the last, as if something had been recorded."""
    last, like = decode(rows[-1].number, rows[-1].stored), _fact(rows, chance)
    event = RatingPublished(trust=like.trust, on="2025-05-30", service=f"Made up {chance.random()}", rating="Outstanding")
    entry = Entry(
        number=last.number + 1,
        event=event,
        recorded_at=last.recorded_at + timedelta(seconds=1),
        recorded_by="analyst",
        place=last.number + 1,
    )
    return Row(like.trust, 1 + sum(row.trust == like.trust for row in rows), like.kind, encode(entry), entry.number)


def _right(act: Act) -> Act:
    """Do something, then set the frontier and the subtrees right."""

    def acted(shell: Shell, chance: Random, texts: Texts) -> Touched:
        touched = act(shell, chance, texts)
        shell.set_tree_right()
        return touched

    return acted


# Bytes


def flip(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Flip a bit of an entry."""
    row = chance.choice(shell.rows())
    shell.put(row.number, _flipped(row.stored, chance))
    return {row.number}


def change(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Change a field of an entry."""
    row = _fact(shell.rows(), chance)
    shell.put(row.number, _changed(row, chance))
    return {row.number}


def change_two(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Change a field of an entry, and of one among the last."""
    row = _fact(shell.rows()[-30:], chance)
    shell.put(row.number, _changed(row, chance))
    return {row.number} | change(shell, chance, texts)


def empty(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Leave nothing of the bytes of an entry."""
    row = chance.choice(shell.rows())
    shell.put(row.number, b"")
    return {row.number}


def date_back_far(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Say of an entry that it was recorded before those before it."""
    rows = shell.rows()
    row = _fact(rows[100:], chance)
    at = decode(row.number, row.stored).recorded_at - timedelta(chance.randrange(1, 300))
    shell.put(row.number, _evolved(row, recorded_at=at))
    return {row.number}


def date_back(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Say of entries recorded at once that they were recorded earlier, and still after those before them."""
    rows = shell.rows()
    entries = [decode(row.number, row.stored) for row in rows]
    one = decode((row := _fact(rows[100:], chance)).number, row.stored)
    before = max(e.recorded_at for e in entries if e.recorded_at < one.recorded_at)
    at = before + (one.recorded_at - before) / 2
    touched = {e.number for e in entries if e.recorded_at == one.recorded_at and not is_stub(rows[e.number - 1].stored)}
    for number in touched:
        shell.put(number, _evolved(rows[number - 1], recorded_at=at))
    return touched


def blame(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Say that somebody else recorded an entry."""
    row = _fact(shell.rows(), chance)
    shell.put(row.number, _evolved(row, recorded_by="somebody else"))
    return {row.number}


# Rows


def delete(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Delete a row: the first, the last, or one between."""
    rows = shell.rows()
    row = chance.choice([rows[0], rows[-1], chance.choice(rows)])
    shell.delete(row.number)
    return {row.number}


def delete_close(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Delete a row, and have those after it follow those before it."""
    (number,) = touched = delete(shell, chance, texts)
    shell.renumber(number, -1)
    shell.count_versions()
    return touched


def truncate(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Delete the last rows."""
    last = len(shell.rows())
    first = last + 1 - chance.choice([1, 2, 10, 300, last])
    shell.run("DELETE FROM stored_events WHERE number >= ?", first)
    return set(range(first, last + 1))


def swap_bytes(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Swap the bytes of two rows."""
    one, other = chance.sample(shell.rows(), 2)
    shell.put(one.number, other.stored)
    shell.put(other.number, one.stored)
    return {one.number, other.number}


def swap(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Swap two rows."""
    one, other = chance.sample(shell.rows(), 2)
    for row in (one, other):
        shell.delete(row.number)
    shell.insert(one._replace(number=other.number), other._replace(number=one.number))
    shell.count_versions()
    return {one.number, other.number}


def insert(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Insert a row among the others, and have those after it follow it."""
    rows = shell.rows()
    new, number = _further(rows, chance), chance.randrange(2, len(rows))
    at = decode(number - 1, rows[number - 2].stored).recorded_at
    shell.renumber(number, 1)
    shell.insert(new._replace(number=number, stored=_evolved(new, recorded_at=at)))
    shell.count_versions()
    return {number}


def append(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Insert a row after the last."""
    new = _further(shell.rows(), chance)
    shell.insert(new)
    return {new.number}


def hide(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Insert a row under a number below the first, where who reads in order does not begin."""
    rows = shell.rows()
    new, number = _further(rows, chance), -chance.randrange(5)
    wrong = _fact(rows, chance)
    stored = encode(attrs.evolve(decode(new.number, new.stored), replaces=wrong.number, place=wrong.number, reason="misread"))
    shell.insert(new._replace(number=number, stored=stored))
    return set()


def renumber(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Move the numbers from one on."""
    since = chance.randrange(1, len(shell.rows()) + 1)
    shell.renumber(since, chance.choice([1, 5, 10_000]))
    return {since}


def column(name: str, value: object) -> Act:
    """Change what stands beside the bytes of an entry."""

    def act(shell: Shell, chance: Random, _: Texts) -> Touched:
        row = chance.choice(shell.rows())
        shell.run(f"UPDATE stored_events SET {name} = ? WHERE number = ?", value, row.number)  # noqa: S608  # our words
        return {row.number}

    return act


# Redactions


def fake_redaction(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Leave of an entry what a redaction would."""
    row = _fact(shell.rows(), chance)
    shell.put(row.number, stub_of(decode(row.number, row.stored), row.stored, {}))
    return {row.number}


def fake_redaction_told(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Leave of an entry what a redaction would, and add a row that tells of it."""
    (number,) = fake_redaction(shell, chance, texts)
    rows = shell.rows()
    left, new = rows[number - 1], _further(rows, chance)
    told = Redacted(trust=left.trust, entry=number, kept=digest(left.stored))
    version = 1 + sum(row.trust == left.trust for row in rows)
    stored = encode(attrs.evolve(decode(new.number, new.stored), event=told, reason="a request"))
    shell.insert(Row(left.trust, version, Redacted.__name__, stored, new.number))
    return {new.number}


def undo_redaction(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Put back what a redacted entry said."""
    number = chance.choice(sorted(texts))
    shell.put(number, texts[number])
    return {number}


def undo_redaction_untold(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Put back what a redacted entry said, and something else in the place of what tells of it."""
    (number,) = undo_redaction(shell, chance, texts)
    rows = shell.rows()
    note, new = _note(rows, number), _further(rows, chance)
    at = decode(note.number, note.stored).recorded_at
    event = attrs.evolve(decode(new.number, new.stored).event, trust=note.trust)
    stored = encode(attrs.evolve(decode(new.number, new.stored), recorded_at=at, event=event))
    shell.put(note.number, stored)
    shell.run("UPDATE stored_events SET topic = ? WHERE number = ?", new.kind, note.number)
    return {note.number}


def change_left(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Change what is left of an entry that was redacted."""
    row = _left(shell.rows(), chance)
    fields = json.loads(row.stored)
    fields["on"] = _another(fields["on"], chance)
    shell.put(row.number, CANONICAL.encode(fields))
    return {row.number}


def change_left_told(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Change what is left of an entry that was redacted, and what tells of it."""
    (number,) = change_left(shell, chance, texts)
    rows = shell.rows()
    note = _note(rows, number)
    told = Redacted(trust=note.trust, entry=number, kept=digest(rows[number - 1].stored))
    shell.put(note.number, _evolved(note, event=told))
    return {note.number}


# The tree


def change_frontier(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Change a hash of the frontier."""
    ((size, hashes),) = shell.stored()[1]
    shell.set_frontier(size, _flipped(hashes, chance))
    return set()


def move_frontier(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Give the frontier another size, with or without as many hashes as that has."""
    ((size, hashes),) = shell.stored()[1]
    other = size + chance.choice([-1, 1, -300, 300, -size, -size - 1])
    many = chance.choice([hashes, (hashes * 10)[: 32 * max(other, 0).bit_count()]])
    shell.set_frontier(other, many)
    return set()


def distort_frontier(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Put something of another type where the frontier is."""
    ((size, hashes),) = shell.stored()[1]
    values = [("many", hashes), (1.5, hashes), (b"\x01", hashes), (size, "a text"), (size, hashes.hex()), (size, 5)]
    shell.set_frontier(*chance.choice(values))
    return set()


def delete_frontier(shell: Shell, _: Random, __: Texts) -> Touched:
    """Delete the frontier."""
    shell.run("DELETE FROM frontier")
    return set()


def change_subtree(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Change the hash of a subtree."""
    height, position, kept = chance.choice(shell.stored()[2])
    shell.run("UPDATE subtrees SET hash = ? WHERE height = ? AND position = ?", _flipped(kept, chance), height, position)
    return set()


def distort_subtree(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Put something of another type where the hash of a subtree is."""
    shell.run("UPDATE subtrees SET hash = ?", chance.choice([None, "a text", 5, b""]))
    return set()


def delete_subtree(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Delete a subtree."""
    height, position, _kept = chance.choice(shell.stored()[2])
    shell.run("DELETE FROM subtrees WHERE height = ? AND position = ?", height, position)
    return set()


def add_subtree(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Add a subtree that there is not yet."""
    height, position = chance.choice([(8, 1000), (16, 0), (24, 0)])
    shell.run("INSERT INTO subtrees (height, position, hash) VALUES (?, ?, ?)", height, position, chance.randbytes(32))
    return set()


def drop_tree(shell: Shell, _: Random, __: Texts) -> Touched:
    """Drop the tables of the tree: the file is then as an earlier version left it."""
    shell.run("DROP TABLE frontier")
    shell.run("DROP TABLE subtrees")
    return set()


def drop_tree_changed(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Change an entry, and drop the tables of the tree."""
    touched = change(shell, chance, texts)
    drop_tree(shell, chance, texts)
    return touched


def drop_tree_broken(shell: Shell, chance: Random, texts: Texts) -> Touched:
    """Leave no bytes of an entry, not even none, and drop the tables of the tree."""
    touched = column("state", chance.choice([None, "a text", 5, '{"leaf":"']))(shell, chance, texts)
    drop_tree(shell, chance, texts)
    return touched


# The whole


def rewrite(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Export everything, say of all from some entry on that somebody else recorded it, and restore that."""
    rows = shell.rows()
    since = chance.randrange(1, len(rows) + 1)
    lines = [
        row.stored if row.number < since or is_stub(row.stored) else _evolved(row, recorded_by="somebody else") for row in rows
    ]
    changed = {row.number for row, line in zip(rows, lines, strict=True) if row.stored != line}
    shell.make_anew(lines)
    return {min(changed)} if changed else set()


def replace(shell: Shell, chance: Random, _: Texts) -> Touched:
    """Put another ledger in its place, of one entry."""
    shell.make_anew([_evolved(_further(shell.rows(), chance), recorded_by="somebody else")])
    return {1}


TREE_RIGHT = ", the tree set right"


def _kinds(name: str, act: Act, due: str, right: str = "", *, is_loose: bool = False) -> Iterator[Kind]:
    """Give a kind, and the same with the tree set right after it, where it is told when that must be found."""
    yield Kind(name, act, due, is_loose)
    if right:
        yield Kind(f"{name}{TREE_RIGHT}", _right(act), right, is_loose)


KINDS = (
    *_kinds("a bit of an entry flipped", flip, ALONE),
    *_kinds("a field changed, as the ledger would write it", change, ALONE, OUTSIDE),
    *_kinds("two entries changed, one among the last", change_two, ALONE, OUTSIDE),
    *_kinds("nothing left of an entry's bytes", empty, ALONE, ALONE),
    *_kinds("recorded_at moved back before earlier entries", date_back_far, ALONE, ALONE),
    *_kinds("recorded_at moved back, still in order", date_back, ALONE, OUTSIDE),
    *_kinds("recorded_by changed", blame, ALONE, OUTSIDE),
    *_kinds("a row deleted", delete, ALONE),
    *_kinds("a row deleted, those after it moved up", delete_close, ALONE, OUTSIDE),
    *_kinds("the last rows deleted", truncate, ALONE, OUTSIDE),
    *_kinds("two rows' bytes swapped", swap_bytes, ALONE),
    *_kinds("two rows swapped with their columns", swap, ALONE, OUTSIDE),
    *_kinds("a row inserted, those after it moved down", insert, ALONE, OUTSIDE),
    *_kinds("a row inserted at the end", append, ALONE, OUTSIDE),
    *_kinds("a row inserted below the first number", hide, ALONE, ALONE),
    *_kinds("rows renumbered", renumber, ALONE, ALONE),
    *_kinds("a row's trust changed", column("originator_id", "ZZZ"), ALONE, ALONE),
    *_kinds("a row's type changed", column("topic", "TrustRenamed"), ALONE, ALONE),
    *_kinds("a row's version changed", column("originator_version", 100_000), ALONE, ALONE),
    *_kinds("a row's bytes are a text", column("state", "a text"), ALONE, is_loose=True),
    *_kinds("a row's bytes are nothing at all", column("state", None), ALONE, is_loose=True),
    *_kinds("a redaction faked", fake_redaction, ALONE, ALONE),
    *_kinds("a redaction faked and told at the end", fake_redaction_told, ALONE, NEVER),
    *_kinds("a redaction undone", undo_redaction, ALONE, ALONE),
    *_kinds("a redaction undone, and what told of it changed", undo_redaction_untold, ALONE, OUTSIDE),
    *_kinds("what a redaction left changed", change_left, ALONE, ALONE),
    *_kinds("what a redaction left changed, and what told of it", change_left_told, ALONE, OUTSIDE),
    *_kinds("the frontier changed", change_frontier, ALONE),
    *_kinds("the frontier of another size", move_frontier, ALONE),
    *_kinds("the frontier of another type", distort_frontier, ALONE, is_loose=True),
    *_kinds("the frontier deleted", delete_frontier, ALONE),
    *_kinds("a subtree changed", change_subtree, ALONE),
    *_kinds("subtrees of another type", distort_subtree, ALONE, is_loose=True),
    *_kinds("a subtree deleted", delete_subtree, ALONE),
    *_kinds("a subtree added before its time", add_subtree, NEVER),
    *_kinds("the tables of the tree dropped", drop_tree, NEVER, is_loose=True),
    *_kinds("the tables of the tree dropped, and a field changed", drop_tree_changed, OUTSIDE, is_loose=True),
    *_kinds("the tables of the tree dropped, and an entry that is none", drop_tree_broken, ALONE, is_loose=True),
    *_kinds("rewritten through the library from an entry on", rewrite, OUTSIDE),
    *_kinds("another ledger in its place", replace, OUTSIDE),
)
"""Every kind."""
