"""Bodies of CQC's API, read into facts: `GET /public/v1/providers/{id}` and `/locations/{id}`.

A rating takes effect, and was public, on the day of its report. What CQC leaves out is absent: nothing is made of it.

Contacts, managers and other people are never read. A name is withheld of a provider that is a person or a partnership, and of a
location where a title stands in it as a word (“Dr A Person”, “The Practice - Mr A Person”). What else is a name of somebody can't be
recognised, and is recorded: a surname in that of a practice or a company, or a person's without a title.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePath

import attrs

from .._when import When
from ._cqc_assessments import assessments
from ._cqc_facts import SOURCE_TITLE, Owner, once, source
from ._cqc_parts import Part, Wrong, code, value_in_words
from ._cqc_ratings import ratings
from ._cqc_register import register, reports
from ._days import last_day
from ._place import Found, Problem, Spot

__all__ = ["SOURCE_TITLE", "read", "read_all", "source"]

PAGES = ("providers", "locations", "changes")
"""What the lists in CQC's API are called."""
DUE = "the body of one provider or location is due, as CQC gives it at /providers/{id} or /locations/{id}"
NAMED = re.compile(r"1-[0-9]{3,15}|[A-Z][A-Z0-9]{2,9}", re.ASCII)
"""A file's name that is an id."""


def read(body: object, *, file: str, published: When) -> Iterator[Found | Problem]:
    """Give the facts in one body, each once, in the order of the body, and then what is wrong with it.

    A fact with a problem does not come, nor does any that depends on what is wrong; the others do.

    Arguments:
        body: the body of a provider or a location, parsed.
        file: what to call it in problems.
        published: when it was got from CQC; a date after the last day that can mean is a problem.

    Raises:
        WhenError: *published* has no last day.

    """
    whole = _whole(file, body, published)
    yield from [whole] if isinstance(whole, Problem) else _told(whole, published)


def _whole(file: str, body: object, published: When) -> Part | Problem:
    """Give a body as one that can be read field by field."""
    last = last_day(published)
    if isinstance(body, dict):
        return Part(body, Spot(file), [], last)
    return Problem(Spot(file), f"{value_in_words(body)} stands where {DUE}")


def _told(body: Part, published: When) -> Iterator[Found | Problem]:
    owner = _owner(body, published)
    if owner is not None:
        by = When(f"../{body.latest}")
        told = (register(body, owner, by), ratings(body, owner), reports(body, owner), assessments(body, owner))
        yield from once(chain.from_iterable(told))
    yield from dict.fromkeys(body.problems)


def _owner(body: Part, published: When) -> Owner | None:
    """Read whose body it is; without that it tells nothing."""
    trust, location = body.take("providerId", code), body.take("locationId", code)
    is_location = "locationId" in body.fields or body.fields.get("organisationType") == "Location"
    page = next((name for name in PAGES if isinstance(body.fields.get(name), list)), None)
    if trust is None and not is_location:
        called = f"a page of CQC's list of {page}" if page else "neither a provider nor a location"
        body.problems.append(Problem(body.spot, f"this is {called}: {DUE}"))
    elif trust is None:
        body.wrong("providerId", "the id of the provider is missing: get the body from CQC again")
    if location is None and is_location:
        location = body.wrong("locationId", "the id of the location is missing: get the body from CQC again")
    if trust is None or isinstance(trust, Wrong) or isinstance(location, Wrong):
        return None
    return Owner(trust, location, source(published))


def read_all(bodies: Iterable[tuple[str, object] | Problem], *, published: When) -> Iterator[Found | Problem]:
    """Give the facts in many bodies, one body after the other, and what is wrong with them; problems among them are handed on.

    Bodies that contradict each other are problems: an id that stands twice, one that is not its file's name, and a location that
    a provider's body lists and whose own body names another provider. Of two, the one that comes second is the problem, and tells
    nothing that depends on it: put providers first. Only ids are kept, so memory is small however many bodies there are.

    Arguments:
        bodies: what each is called in problems, and the body, parsed.
        published: as `read` has it.

    Raises:
        WhenError: as `read` does.

    """
    known = _Known()
    for one in bodies:
        body = one if isinstance(one, Problem) else _whole(*one, published)
        if isinstance(body, Problem):
            yield body
            continue
        faults = list(known.faults(body))
        yield from faults
        yield from known.mismatches(body)
        yield from (told for told in _told(body, published) if not faults or isinstance(told, Problem))


@attrs.frozen
class _Known:
    """The ids that bodies have told so far, and where."""

    files: dict[tuple[str, str], str] = attrs.field(factory=dict)
    providers: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    """The provider of each location, and the file that says so."""

    def faults(self, body: Part) -> Iterator[Problem]:
        """Yield why a body can't be taken for what it says it is."""
        kind = "location" if "locationId" in body.fields else "provider"
        own, provider = body.fields.get(f"{kind}Id"), body.fields.get("providerId")
        if not isinstance(own, str):
            return
        file, spot = body.spot.file, body.at(f"{kind}Id")
        stem = PurePath(file).stem
        if NAMED.fullmatch(stem) and stem != own:
            yield Problem(
                spot, f"the {kind} {own} stands in a file named {stem}: name the file by what is in it, or get it again"
            )
        if (kind, own) in self.files:
            yield Problem(spot, f"the {kind} {own} stands in {self.files[kind, own]} too: leave one of the two out")
        else:
            self.files[kind, own] = file
        if kind == "location" and isinstance(provider, str):
            yield from self._mismatch(body.at("providerId"), own, provider)

    def mismatches(self, body: Part) -> Iterator[Problem]:
        """Yield the locations that a provider's body lists and another body gives another provider."""
        provider, listed = body.fields.get("providerId"), body.fields.get("locationIds")
        if "locationId" in body.fields or not isinstance(provider, str) or not isinstance(listed, list):
            return
        for n, location in enumerate(listed):
            if isinstance(location, str):
                yield from self._mismatch(body.at(f"locationIds[{n}]"), location, provider)

    def _mismatch(self, spot: Spot, location: str, provider: str) -> Iterator[Problem]:
        other, file = self.providers.setdefault(location, (provider, spot.file))
        if other != provider:
            yield Problem(
                spot, f"the provider of location {location} is {provider} here, and {other} in {file}: get both from CQC again"
            )
