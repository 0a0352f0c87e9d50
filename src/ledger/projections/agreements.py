"""Agreements with other bodies: in force, varied, and how far an ending has gone."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import (
    AgreementEnded,
    AgreementMade,
    AgreementNoticeGiven,
    AgreementNoticeIntended,
    AgreementStage,
    AgreementVaried,
)
from ._things import Thing, Things, heard

__all__ = ["Agreement", "Intention", "Variation", "agreements"]


@attrs.frozen(kw_only=True)
class Variation:
    """A change of what an agreement covers."""

    scope: str
    on: When
    reason: str | None = None
    until: When | None = None
    period: str | None = None


@attrs.frozen(kw_only=True)
class Intention:
    """An intention to end an agreement: no notice is given by it."""

    stage: AgreementStage
    on: When
    by: str | None = None
    subject_to: frozenset[str] = frozenset()
    text: str | None = None


@attrs.frozen(kw_only=True)
class Agreement(Thing):
    """One agreement."""

    agreement: str
    title: str | None = None
    parties: frozenset[str] = frozenset()
    form: str | None = None
    scope: str | None = None
    made_on: When | None = None
    until: When | None = None
    variations: tuple[Variation, ...] = ()
    intentions: tuple[Intention, ...] = ()
    notice_given_on: When | None = None
    notice_given_by: str | None = None
    ends: When | None = None
    ended_on: When | None = None
    because: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The agreement."""
        return "agreement", self.agreement

    @property
    def status(self) -> str:
        """Ended, under notice, with notice intended but not given, or with no ending on record."""
        if self.ended_on:
            return f"ended {self.ended_on.in_words()}"
        if self.notice_given_on:
            by = f" by {self.notice_given_by}" if self.notice_given_by else ""
            ends = f", to end {self.ends.in_words()}" if self.ends else ""
            return f"notice given {self.notice_given_on.in_words()}{by}{ends}"
        if self.intentions:
            return "notice intended; none given on record"
        return "no ending on record"

    @property
    def heading(self) -> str:
        """Its title."""
        return self.title or self.agreement

    @property
    def summary(self) -> str:
        """What it covers, how it changed, and where its ending stands."""
        return listed(
            [
                self.status,
                f"because: {self.because}" if self.because else None,
                f"made {self.made_on.in_words()}" if self.made_on else "making not on record",
                f"between {' and '.join(sorted(self.parties))}" if self.parties else None,
                self.form,
                self.scope,
                f"until {self.until.in_words()}" if self.until else None,
                *(_varied(one) for one in self.variations),
                *(_intended(one) for one in self.intentions),
            ]
        )


def _varied(one: Variation) -> str:
    lasting = f"until {one.until.in_words()}" if one.until else one.period
    return listed(
        [f"changed {one.on.in_words()}: {one.scope}", lasting, f"because: {one.reason}" if one.reason else None], ", "
    )


def _intended(one: Intention) -> str:
    return listed(
        [
            f"notice {one.stage} {one.on.in_words()}",
            f"by {one.by}" if one.by else None,
            f"subject to {', '.join(sorted(one.subject_to))}" if one.subject_to else None,
            one.text,
        ],
        ", ",
    )


Fact: TypeAlias = AgreementMade | AgreementVaried | AgreementNoticeIntended | AgreementNoticeGiven | AgreementEnded


@projection(initial=Things[Agreement]())
def agreements(state: Things[Agreement], fact: Fact) -> Things[Agreement]:
    """An agreement is in force until it has ended; an intention to give notice ends nothing."""
    return state.change(fact.agreement, Agreement(agreement=fact.agreement), lambda a: heard(_after(a, fact), fact))


def _after(agreement: Agreement, fact: Fact) -> Agreement:
    match fact:
        case AgreementMade():
            return attrs.evolve(
                agreement,
                title=agreement.title or fact.title,
                parties=agreement.parties | fact.parties,
                form=agreement.form or fact.form,
                scope=agreement.scope or fact.scope,
                until=agreement.until or fact.until,
                made_on=agreement.made_on or fact.on,
            )
        case AgreementVaried(scope=scope, reason=reason, until=until, period=period):
            varied = Variation(scope=scope, on=fact.on, reason=reason, until=until, period=period)
            return attrs.evolve(agreement, variations=(*agreement.variations, varied))
        case AgreementNoticeIntended(stage=stage, by=by, subject_to=subject_to, text=text):
            intended = Intention(stage=stage, on=fact.on, by=by, subject_to=subject_to, text=text)
            return attrs.evolve(agreement, intentions=(*agreement.intentions, intended))
        case AgreementNoticeGiven(by=by, ends=ends):
            given_on, given_by = agreement.notice_given_on or fact.on, agreement.notice_given_by or by
            return attrs.evolve(agreement, notice_given_on=given_on, notice_given_by=given_by, ends=agreement.ends or ends)
        case AgreementEnded(reason=reason):
            return attrs.evolve(agreement, ended_on=agreement.ended_on or fact.on, because=agreement.because or reason)
        case _:
            assert_never(fact)
