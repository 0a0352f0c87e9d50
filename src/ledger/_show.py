"""How values look: as JSON, as plain text, on a terminal, in a notebook. Text in, text out; nothing here knows a projection."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

import attrs
from rich.console import Group
from rich.table import Table
from rich.text import Text

from ._when import When

__all__ = ["Line", "Page", "Section", "counted", "listed", "plain", "spaced", "times"]


def plain(value: object) -> Any:
    """Give a value as JSON has it: dates and words as text, sets sorted, attrs classes as objects."""
    match value:
        case When():
            return value.expression
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case str():
            return str(value)
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case frozenset():
            return sorted(plain(one) for one in value)
        case tuple() | list():
            return [plain(one) for one in value]
        case _ if attrs.has(kind := type(value)):
            return {field.name: plain(getattr(value, field.name)) for field in attrs.fields(kind)}
        case _:
            return value


def listed(parts: Iterable[str | None], separator: str = "; ") -> str:
    """Join the parts that say something; a full stop before a separator is dropped."""
    *some, last = [part for part in parts if part] or [""]
    return separator.join([*(part.removesuffix(".") for part in some), last])


def counted(number: int, what: str) -> str:
    """Say how many there are of something: `1 day`, `2 days`."""
    return f"{number} {what}" if number == 1 else f"{number:,} {what}s"


def times(number: int) -> str:
    """Say how often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def spaced(name: str) -> str:
    """Give the name of a class as words: `RatingChanged` as `Rating changed`."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return words[:1].upper() + words[1:]


@attrs.frozen
class Line:
    """One statement: what it is about, what is said of it, and the numbers of the entries that say so."""

    heading: str
    summary: str
    entries: tuple[int, ...] = ()
    mark: str = ""

    @property
    def cited(self) -> str:
        """The entry numbers in brackets."""
        return f"[{', '.join(map(str, self.entries))}]" if self.entries else ""

    def __str__(self) -> str:
        """Give the statement on one line."""
        return listed([self.mark, listed([self.heading, self.summary], ": "), self.cited], " ")


@attrs.frozen
class Section:
    """Statements under a title."""

    title: str
    lines: tuple[Line, ...]


@attrs.frozen
class Page:
    """What is shown of a view or a state: a title, notes under it, and sections; readable aloud in every form."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        """Give the page as plain text."""
        blocks = ["\n".join((self.title, *self.notes))]
        blocks += ["\n".join((section.title, *(f"  {line}" for line in section.lines))) for section in self.sections]
        return "\n\n".join(blocks)

    def __rich__(self) -> Group:
        """Give the page as tables for a terminal."""
        head = [Text(self.title, style="bold"), *(Text(note, style="dim") for note in self.notes)]
        return Group(*head, *(self._table(section) for section in self.sections))

    @staticmethod
    def _table(section: Section) -> Table:
        table = Table(title=section.title, title_justify="left", title_style="bold", expand=True, show_header=False)
        for ratio in (2, 5):
            table.add_column(ratio=ratio)
        table.add_column(justify="right")
        for line in section.lines:
            table.add_row(Text(line.heading), Text(listed([line.mark, line.summary], " ")), Text(line.cited))
        return table

    def _repr_html_(self) -> str:
        """Give the page as tables for a notebook."""
        parts = [f"<h3>{escape(self.title)}</h3>", *(f"<p>{escape(note)}</p>" for note in self.notes)]
        for section in self.sections:
            cells = [(line.heading, listed([line.mark, line.summary], " "), line.cited) for line in section.lines]
            rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
            parts.append(f"<table><caption>{escape(section.title)}</caption><tbody>{rows}</tbody></table>")
        return "".join(parts)
