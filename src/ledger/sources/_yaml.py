"""YAML as text with positions: no implicit types, nothing executed, everything bounded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import yaml

from ._place import Place, Problem

__all__ = ["MAX_BYTES", "Document", "load"]

MAX_BYTES = 5_000_000
"""The size of a file above which it is refused unread."""
MAX_NODES = 200_000
"""The number of values, with aliases written out, above which a file is refused."""
MAX_DEPTH = 20
"""The number of levels, one within the other, above which a file is refused."""
TOO_DEEP = f"more than {MAX_DEPTH} levels deep: a ledger file needs six"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAIN = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)

Steps: TypeAlias = tuple[str | int, ...]


class _Refused(Exception):  # noqa: N818  # it says why, and goes no further than this module
    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(place, message)


@attrs.define
class Document:
    """The values of a file, texts, lists and mappings, and where each stands."""

    file: str
    data: Any = None
    problems: list[Problem] = attrs.field(factory=list)
    _places: dict[Steps, Place] = attrs.field(factory=dict)
    _nodes: int = 0

    def place(self, steps: Steps) -> Place:
        """Give the place of a value, or that of the nearest value around it."""
        while steps not in self._places and steps:
            steps = steps[:-1]
        return self._places.get(steps, Place(self.file))

    def problem(self, steps: Steps, message: str) -> None:
        """Note a problem with a value."""
        self.problems.append(Problem(self.place(steps), message))

    def texts(self) -> Iterator[tuple[Steps, str]]:
        """Yield every text of the file with the way to it: values, and the names that they stand under."""
        yield from _texts(self.data, ())

    def read(self, node: yaml.Node, steps: Steps = ()) -> Any:
        """Give the value of a node, and remember where it stands."""
        place = Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        self._places.setdefault(steps, place)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Refused(place, f"more than {MAX_NODES:,} values, aliases written out: split the file, or use fewer aliases")
        if len(steps) > MAX_DEPTH:
            raise _Refused(place, TOO_DEEP)
        if node.tag not in PLAIN:
            self.problem(steps, f"the tag {node.tag} is not used in ledger files: write plain text")
        match node:
            case yaml.MappingNode():
                return self._mapping(node, steps)
            case yaml.SequenceNode():
                return [self.read(item, (*steps, position)) for position, item in enumerate(node.value)]
            case _ if node.tag == "tag:yaml.org,2002:null":
                return None
            case _:
                return node.value

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            place = Place(self.file, key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused(place, "a list or a mapping stands where a field's name is due")
            name = str(key.value)
            if name in found:
                self.problems.append(Problem(place, f"{name!r} stands twice in one mapping: keep one"))
                continue
            self._places[*steps, name] = place
            found[name] = self.read(value, (*steps, name))
        return found


def _texts(value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    match value:
        case str():
            yield steps, value
        case dict():
            for name, one in value.items():
                yield (*steps, name), name
                yield from _texts(one, (*steps, name))
        case list():
            for position, one in enumerate(value):
                yield from _texts(one, (*steps, position))
        case _:
            pass


def load(path: Path) -> Document:
    """Read a file; what is wrong with it as YAML is among the document's problems, and its data is then none."""
    document = Document(str(path))
    try:
        text = _text(path)
        _check_depth(text, document.file)
        node = yaml.compose(text, Loader=LOADER)
        if node is None:
            document.problem((), "the file is empty: begin with `trust:`")
        else:
            document.data = document.read(node)
    except _Refused as refused:
        document.problems.append(refused.problem)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        place = Place(document.file, mark.line + 1, mark.column + 1) if mark else Place(document.file)
        document.problems.append(Problem(place, f"not YAML: {wrong.problem or wrong.context}"))
    except (yaml.YAMLError, ValueError, OverflowError) as wrong:  # without libyaml, of a code point or a version that is none
        document.problems.append(Problem(Place(document.file), f"not YAML: {str(wrong).splitlines()[0]}"))
    return document


def _check_depth(text: str, file: str) -> None:
    """Refuse deep nesting before the tree is made: making it takes a call a level, which can end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            mark = event.start_mark
            raise _Refused(Place(file, mark.line + 1, mark.column + 1) if mark else Place(file), TOO_DEEP)


def _text(path: Path) -> str:
    file = str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _Refused(Place(file), f"the file has {size:,} bytes, more than {MAX_BYTES:,}: split it by trust")
        stored = path.read_bytes()
    except IsADirectoryError as wrong:
        raise _Refused(Place(file), "this is a folder: name the files in it") from wrong
    except OSError as wrong:
        raise _Refused(Place(file), f"can't read the file: {wrong.strerror or wrong}") from wrong
    try:
        return stored.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = stored[: wrong.start]
        line, column = before.count(b"\n") + 1, wrong.start - before.rfind(b"\n")
        raise _Refused(Place(file, line, column), "not UTF-8: save the file as UTF-8 text") from wrong
