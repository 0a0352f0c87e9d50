"""Ledger files as they are fuzzed: small ones made of the examples, what is done to them, and what reads them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from unittest.mock import patch

import yaml

from ledger import Entry
from ledger._codec import decode, encode
from ledger.sources import _yaml, read

from .fuzz_reader import RECORDED, Reader, same
from .mutations import ODD, either, in_bytes, in_lines
from .zygote import ROOT

__all__ = ["file_readers"]

YAML = (
    *(
        b"&a [*a]",
        b"*nothing",
        b"<<: *a",
        b"!!python/object/apply:os.system [ls]",
        b"!!binary aGk=",
        b"!!set {a, b}",
        b"!!timestamp x",
    ),
    *(
        b"!<tag:%ff> a",
        b"!!null [a]",
        b"!!int {a: 1}",
        b"? [a, b]\n: c",
        b"? {}",
        b"--- a\n--- b\n...",
        b"%YAML 1.1\n---",
        b"%TAG ! !",
    ),
    *(
        b'"\\U00110000"',
        b'"\\ud800"',
        b'"\\xff\\0"',
        b"|2-\n  a",
        b">+\n\n\n",
        b"'",
        b"- - - - - a",
        b"\t",
        b"\ta: b",
        b"@a",
        b"`",
        b"%",
    ),
    *(
        b"~",
        b"=",
        b"yes",
        b"0o14",
        b"0b11",
        b"1:30",
        b".inf",
        b"1e3",
        b"2025-05-30 12:00:00 +1",
        b"[" * 30 + b"]" * 30,
        b"{a: " * 25,
    ),
    *(
        b"%YAML " + b"1" * 5000 + b".1\n---",
        b"&a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]",
        b"{? a, ? b}",
        b"!<>",
        b"!a!b c",
        b"#",
    ),
)
"""What YAML has beyond JSON, and what only looks like it."""
AFTER_COLON = re.compile(rb"(?<=: )[^\n,}\]]+")


def file_readers(folder: Path) -> dict[str, Reader]:
    """Give what reads ledger files, with libyaml and without; *folder* is where they put them."""
    mutate, path = either(_in_yaml, in_lines, in_bytes, most=2), folder / "RHA.yaml"
    reads = _file_reader(path, _yaml.LOADER)
    files = tuple(filter(reads, _snippets()))
    return {
        "a ledger file": Reader(files, mutate, reads),
        "a ledger file, without libyaml": Reader(files, mutate, _file_reader(path, yaml.SafeLoader), costs=10),
    }


def _snippets() -> Iterator[bytes]:
    """Yield small ledger files: the sources of an example, and one of its events."""
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        text = "\n".join(line for line in path.read_text().splitlines() if line.strip() and not line.lstrip().startswith("#"))
        head, *events = re.split(r"\n(?=  - )", text)
        for event in events[::3]:
            yield f"{head}\n{event}\n".encode()


def _in_yaml(data: bytes, chance: Random) -> bytes:
    """Put something odd in place of a value, or something of YAML anywhere, or move a line by its indent."""
    match chance.randrange(4):
        case 0:
            at = chance.randrange(len(data) + 1)
            return data[:at] + chance.choice(YAML) + data[at:]
        case 1:
            lines = data.splitlines(keepends=True) or [b""]
            at = chance.randrange(len(lines))
            lines[at] = chance.choice((b" " + lines[at], b"\t" + lines[at], lines[at].removeprefix(b"  ")))
            return b"".join(lines)
        case _:
            values = list(AFTER_COLON.finditer(data))
            if not values:
                return data
            found = chance.choice(values)
            return data[: found.start()] + chance.choice(YAML if chance.random() < 1 / 2 else ODD) + data[found.end() :]


def _file_reader(path: Path, loader: object) -> Callable[[bytes], bool]:
    def reads(data: bytes) -> bool:
        path.write_bytes(data)
        with patch.object(_yaml, "LOADER", loader):
            found = read([path])
        for problem in (*found.problems, *found.personal):
            str(problem).encode()  # it can be printed
        for number, item in enumerate(found.items, 1):
            draft = item.draft
            entry = Entry(
                number=number,
                event=draft.event,
                recorded_at=RECORDED,
                recorded_by="analyst",
                place=number,
                sources=draft.sources,
                inferred=draft.inferred,
                key=draft.key,
            )
            same(decode(number, encode(entry)), entry)
        return not found.problems

    return reads
