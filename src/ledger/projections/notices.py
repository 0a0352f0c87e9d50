"""Notices, what they require, and what became of them."""

from collections.abc import Collection
from typing import Any, TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import (
    NoticeDeadlinePassed,
    NoticeDetermined,
    NoticeFollowedUp,
    NoticeIssued,
    NoticeKind,
    NoticeOutcome,
    NoticeRepresentationsMade,
    NoticeWithdrawn,
)
from ._things import Thing, Things, heard, undone

__all__ = ["Notice", "RequiredByNotice", "notices"]


@attrs.frozen(kw_only=True)
class RequiredByNotice:
    """One thing that a notice requires, and what became of it.

    `missed` holds each due period that passed while it was open, `unsure` those that an ending of imprecise date may undo.
    """

    requirement: str
    text: str | None = None
    service: str | None = None
    comply_by: When | None = None
    outcome: NoticeOutcome | None = None
    determined_on: When | None = None
    missed: tuple[When, ...] = ()
    unsure: tuple[When, ...] = ()

    @property
    def has_passed(self) -> bool:
        """Whether the last day to comply by has passed."""
        return self.comply_by is not None and self.comply_by.latest in {due.latest for due in self.missed}


@attrs.frozen(kw_only=True)
class Notice(Thing):
    """One notice and where it stands."""

    notice: str
    kind: NoticeKind | None = None
    statute: str | None = None
    service: str | None = None
    text: str | None = None
    inspection: str | None = None
    issued_on: When | None = None
    representations_on: When | None = None
    followed_up_on: When | None = None
    determined_on: When | None = None
    outcome: NoticeOutcome | None = None
    withdrawn_on: When | None = None
    news: str | None = None
    """What was last said of it, after it was issued."""
    requirements: tuple[RequiredByNotice, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The notice."""
        return "notice", self.notice

    @property
    def status(self) -> str:
        """Where it stands: withdrawn, determined, followed up with the outcome awaited, or issued with no outcome on record."""
        if self.withdrawn_on:
            return f"withdrawn {self.withdrawn_on.in_words()}"
        if self.determined_on:
            return f"{self.outcome}, determined {self.determined_on.in_words()}"
        if self.requirements and all(one.outcome for one in self.requirements):
            return "every requirement determined"
        if self.followed_up_on:
            return f"followed up {self.followed_up_on.in_words()}, outcome awaited"
        return "no outcome on record"

    @property
    def heading(self) -> str:
        """What kind of notice, and of what service."""
        return listed([str(self.kind or "Notice"), self.service], ", ")

    @property
    def summary(self) -> str:
        """When it was issued, what it requires, and where it stands."""
        return listed(
            [
                f"issued {self.issued_on.in_words()}" if self.issued_on else "issue not on record",
                self.text,
                f"statute: {self.statute}" if self.statute else None,
                *(_in_words(one) for one in self.requirements),
                f"representations made {self.representations_on.in_words()}" if self.representations_on else None,
                self.status,
                self.news,
            ]
        )


def _in_words(one: RequiredByNotice) -> str:
    return listed(
        [
            f"requires: {one.text or one.requirement}",
            f"due {one.comply_by.in_words()}" if one.comply_by else None,
            _passed(one),
            f"{one.outcome}, determined {one.determined_on.in_words()}" if one.determined_on else None,
        ],
        ", ",
    )


def _passed(one: RequiredByNotice) -> str | None:
    if not one.missed:
        return None
    return "that day may have passed while it was open" if one.unsure else "that day passed while it was open"


Fact: TypeAlias = (
    NoticeIssued | NoticeRepresentationsMade | NoticeFollowedUp | NoticeDetermined | NoticeWithdrawn | NoticeDeadlinePassed
)


@projection(initial=Things[Notice]())
def notices(state: Things[Notice], fact: Fact) -> Things[Notice]:
    """A notice stands until it is determined or withdrawn; a passed day to comply by closes nothing."""
    new = Notice(notice=fact.notice)
    if isinstance(fact, NoticeDeadlinePassed):  # the passing of a day is nothing that was heard
        return state.change(fact.notice, new, lambda n: _after(n, fact))
    return state.change(fact.notice, new, lambda n: heard(_after(n, fact), fact))


def _after(notice: Notice, fact: Fact) -> Notice:
    match fact:
        case NoticeIssued():
            return _issued(notice, fact)
        case NoticeRepresentationsMade():
            return attrs.evolve(notice, representations_on=fact.on, news=fact.text or notice.news)
        case NoticeFollowedUp():
            return attrs.evolve(notice, followed_up_on=fact.on, news=fact.text or notice.news)
        case NoticeDetermined(outcome=outcome, requirement=requirement):
            told = attrs.evolve(notice, news=fact.text or notice.news)
            if requirement is not None:
                ended = _require(told, requirement, outcome=outcome, determined_on=fact.on)
                return _doubt(ended, fact.on, {requirement})
            return _doubt(attrs.evolve(told, outcome=outcome, determined_on=fact.on), fact.on)
        case NoticeWithdrawn():
            return _doubt(attrs.evolve(notice, withdrawn_on=fact.on, news=fact.text or notice.news), fact.on)
        case NoticeDeadlinePassed(requirement=requirement, due=due):
            missed = next((one.missed for one in notice.requirements if one.requirement == requirement), ())
            return _require(notice, requirement, missed=(*missed, due))
        case _:
            assert_never(fact)


def _issued(notice: Notice, fact: NoticeIssued) -> Notice:
    issued = attrs.evolve(
        notice,
        kind=notice.kind or fact.kind,
        statute=notice.statute or fact.statute,
        service=notice.service or fact.service,
        text=notice.text or fact.text,
        inspection=notice.inspection or fact.inspection,
        issued_on=notice.issued_on or fact.on,
    )
    for one in fact.requirements:
        blank = RequiredByNotice(requirement=one.requirement)
        known = next((known for known in issued.requirements if known.requirement == one.requirement), blank)
        issued = _require(
            issued,
            one.requirement,
            text=known.text or one.text,
            service=known.service or one.service,
            comply_by=known.comply_by or one.comply_by,
        )
    return issued


def _doubt(notice: Notice, on: When, ended: Collection[str] = ()) -> Notice:
    """Mark the misses that an ending of imprecise date may undo: of the requirements that ended, or of all."""
    told = (
        attrs.evolve(one, unsure=tuple(dict.fromkeys((*one.unsure, *undone(one.missed, on)))))
        if not ended or one.requirement in ended
        else one
        for one in notice.requirements
    )
    return attrs.evolve(notice, requirements=tuple(told))


def _require(notice: Notice, requirement: str, **changes: Any) -> Notice:
    """Change one requirement of a notice; one that is not on record is added."""
    known = {one.requirement: one for one in notice.requirements}
    known[requirement] = attrs.evolve(known.get(requirement) or RequiredByNotice(requirement=requirement), **changes)
    return attrs.evolve(notice, requirements=tuple(known.values()))
