"""What is done to valid input to make of it what nobody meant: to its bytes, its lines, and its structure where it is JSON."""

import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, TypeAlias

__all__ = ["ODD", "Mutate", "either", "in_bytes", "in_json", "in_lines", "in_words"]

Mutate: TypeAlias = Callable[[bytes, Random], bytes]

MARK = "what is put here once the rest is written"
LONG = 20_000
DEEP = 3000
CONTROL = tuple(
    sign.encode() for sign in ("\0", "\t", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\xa0")
)
BROKEN = (
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xe2\x80",
    rb"\ud800",
    rb"\udc00\ud800",
    rb"\u0000",
    rb"\x",
)
NUMBERS = (
    b"0 1 2 00 01 -0 -1 +1 0o17 0x1f 1_000 1.0 1e400 NaN Infinity 2147483648 18446744073709551615 18446744073709551616".split()
)
HUGE = (b"9" * 30, b"9" * 5000, "\u0661\u06f2".encode(), "\xb2".encode())
DATES = (
    b"1947-12-31 1948 9998-12-31 9999-12-31 0000-00-00 2025-02-30 2025-33 ../2025 2025/.. ../.. 2025-05-30T12:00:00Z".split()
)
ODD = (
    *(b"null", b"true", b"false", b'""', b'" "', b"[]", b"{}", b"[null]", b"[[]]", b'{"a":1,"a":2}', b'{"":{}}', b'["a","a"]'),
    *NUMBERS,
    *HUGE,
    *(b'"%s"' % one for one in (*CONTROL, *BROKEN, *DATES, *NUMBERS[:4], b"x" * LONG)),
    *(b"[" * DEEP, b'{"a":' * DEEP, b"[" * 500 + b"]" * 500, b'{"via":' * 90 + b"{}" + b"}" * 90),
)
"""Values that no entry has, or none in that place, as JSON writes them, or can't."""
PIECES = (
    *CONTROL,
    *BROKEN,
    *NUMBERS,
    *HUGE,
    b"x" * LONG,
    b"\n\n",
    b"\r\n",
    b" ",
    b'"',
    b"\\",
    b"{",
    b"]",
    b":",
    b",",
    b"+",
    b"=",
)


def either(*ways: Mutate, most: int = 3) -> Mutate:
    """Give what mutates in one of some ways, chosen anew each time, and some times over."""

    def mutate(data: bytes, chance: Random) -> bytes:
        for _ in range(chance.randint(1, most)):
            data = chance.choice(ways)(data, chance)
        return data

    return mutate


def in_bytes(data: bytes, chance: Random) -> bytes:
    """Flip a bit, cut out, repeat or cut off bytes, put something odd among them, or take something else altogether."""
    begin = chance.randrange(len(data) + 1)
    end = min(len(data), begin + chance.randrange(1, 30))
    before, among, after = data[:begin], data[begin:end], data[end:]
    match chance.randrange(14):
        case 0:
            return before
        case 1 | 2 | 3:
            return before + after
        case 4 | 5:
            return before + among * 2 + after
        case 6 | 7 | 8:
            return before + chance.choice(PIECES) + (among + after if chance.random() < 1 / 2 else after)
        case 9:
            return chance.randbytes(chance.randrange(200))
        case _:
            return before + bytes(byte ^ 1 << chance.randrange(8) for byte in among[:1]) + among[1:] + after


def in_lines(data: bytes, chance: Random) -> bytes:
    """Leave out a line, repeat it, or swap it with another."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    _in_sequence(lines, chance)
    return b"".join(lines)


def in_words(odd: Sequence[bytes]) -> Mutate:
    """Give what replaces a word, between spaces, with something odd, or does to it what is done to lines."""

    def mutate(data: bytes, chance: Random) -> bytes:
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        words = lines[at].split(b" ")
        if chance.random() < 2 / 3:
            words[chance.randrange(len(words))] = chance.choice(odd)
        else:
            _in_sequence(words, chance)
        lines[at] = b" ".join(words)
        return b"\n".join(lines)

    return mutate


def _in_sequence(items: list[Any], chance: Random) -> None:
    at, other = chance.randrange(len(items)), chance.randrange(len(items))
    match chance.randrange(3):
        case 0:
            del items[at]
        case 1:
            items.insert(other, items[at])
        case _:
            items[at], items[other] = items[other], items[at]


def in_json(data: bytes, chance: Random) -> bytes:
    """Change the structure of one of some lines of JSON, and write it as RFC 8785 asks; what is no JSON any more is left as it is."""
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        tree = json.loads(lines[at])
    except (ValueError, RecursionError):
        return data
    holders = list(_holders(tree))
    if holders:
        _in_holder(chance.choice(holders), chance.choice(holders), chance)
    written = json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    lines[at] = written.replace(f'"{MARK}"'.encode(), chance.choice(ODD))
    return b"\n".join(lines)


def _holders(tree: Any) -> Iterator[dict[str, Any] | list[Any]]:
    """Yield every mapping and list that holds something."""
    if isinstance(tree, dict | list) and tree:
        yield tree
        for one in list(tree.values() if isinstance(tree, dict) else tree):
            yield from _holders(one)


def _in_holder(holder: Any, other: Any, chance: Random) -> None:
    """Replace, swap, rename or take away what a mapping or a list holds, or copy it from another; lists do what they can."""
    keys, others = (list(one) if isinstance(one, dict) else list(range(len(one))) for one in (holder, other))
    key, another, there = chance.choice(keys), chance.choice(keys), chance.choice(others)
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key], holder[another] = holder[another], holder[key]
        case 2 if isinstance(holder, dict):
            holder[chance.choice((str(there), MARK, "", "id", "version", "replaces", "place"))] = holder.pop(key)
        case 3 if isinstance(holder, dict):
            holder[str(there)] = json.loads(json.dumps(other[there]))
        case _:
            holder[key] = MARK
