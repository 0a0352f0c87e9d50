"""The rule on what is open and of which nothing has been heard."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from .._dossier import Dossier
from .._entry import Entry
from .._when import day_in_words
from ..projections import Thing, TrustState
from ._answers import links, news
from ._read import FEW, awaits_outcome, few, named, numbers, said_of
from ._rule import AuditException, rule

__all__ = ["nothing_heard"]


class _Kind(NamedTuple):
    """A kind of thing that somebody waits to hear of: what to call one, and several, and which of a trust's are open."""

    one: str
    several: str
    of: Callable[[TrustState], Iterable[Thing]]


KINDS = (
    _Kind("open breach", "open breaches", lambda state: (one for one in state.breaches.values() if one.is_open)),
    _Kind(
        "requirement not known to be met",
        "requirements not known to be met",
        lambda state: (one for one in state.requirements.values() if one.is_open),
    ),
    _Kind(
        "notice without an outcome",
        "notices without an outcome",
        lambda state: (one for one in state.notices.values() if awaits_outcome(one)),
    ),
    _Kind("open action", "open actions", lambda state: (one for one in state.actions.values() if one.is_open)),
    _Kind(
        "action plan asked for and not on record as submitted",
        "action plans asked for and not on record as submitted",
        lambda state: (one for one in state.plans.values() if one.requested_on and not one.submitted_on),
    ),
    _Kind(
        "agreement of which notice was given or intended",
        "agreements of which notice was given or intended",
        lambda state: (
            one for one in state.agreements.values() if (one.intentions or one.notice_given_on) and not one.ended_on
        ),
    ),
    _Kind(
        "concern neither found to hold nor closed",
        "concerns neither found to hold nor closed",
        lambda state: (one for one in state.concerns.values() if not (one.substantiated_on or one.closed_on)),
    ),
)
"""What a board waits to hear of; a condition of registration is not among them: it stands, and nothing is awaited."""


@rule("medium")
def nothing_heard(dossier: Dossier, *, days: int = 180) -> Iterator[AuditException]:
    """Something open of which nothing has been on record for more than a limit of days.

    What nobody speaks of any more is easily lost, and it may have been settled without the ledger hearing of it: somebody has
    to ask. Of a thing, of what follows from it and of what answers it nothing is on record since; things of one kind are told
    together. A thing is left out while an entry of imprecise date may be news of it.
    """
    linked = links(dossier.state)
    for kind in KINDS:
        heard = ((thing, news(dossier, thing.about, linked)) for thing in kind.of(dossier.state))
        last = ((thing, told[-1]) for thing, (told, is_uncertain) in heard if told and not is_uncertain)
        silent = [(thing, e) for thing, e in last if (dossier.on - _day(e)).days > days]
        if silent:
            yield _silent(dossier, kind, sorted(silent, key=lambda one: (_day(one[1]), one[0].about)), days)


def _day(e: Entry) -> date:
    """Give the last day that a fact can be of; one in force has one."""
    return e.fact.on.latest or date.max


def _silent(dossier: Dossier, kind: _Kind, silent: list[tuple[Thing, Entry]], days: int) -> AuditException:
    """Report things of one kind, the longest silent first, each with the last entry about it and the last that is news of it."""
    since, names = day_in_words(_day(silent[0][1])), [named(dossier, thing.about) for thing, _ in silent]
    several = f"{len(silent)} {kind.several} have nothing on record about them that is of the last {days} days"
    if len(silent) == 1:
        text = f"1 {kind.one} has nothing on record about it that is later than {since}: {names[0]}."
    elif len(silent) <= FEW:
        text = f"{several}; of the longest silent, named first, the last is of {since}: {few(names)}."
    else:
        text = f"{several}; of the longest silent the last is of {since}: {names[0]}."
    cited = [e for thing, news_of in silent for e in (*said_of(dossier, thing.about)[-1:], news_of)]
    return AuditException(text, entries=numbers(cited), about=silent[0][0].about if len(silent) == 1 else ())
