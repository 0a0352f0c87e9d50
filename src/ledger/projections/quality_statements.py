"""How CQC scored the quality statements of its Single Assessment Framework."""

import attrs
from immutables import Map

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import KeyQuestion, QualityStatementScored, ScoreBasis, StatementScore
from ._things import Thing, Things

__all__ = ["QualityStatement", "quality_statements"]

LOWEST_FIRST = (
    StatementScore.REGULATIONS_NOT_MET,
    StatementScore.SIGNIFICANT_SHORTFALLS,
    StatementScore.SOME_SHORTFALLS,
    StatementScore.GOOD,
    StatementScore.EXCEPTIONAL,
    StatementScore.REGULATIONS_MET,  # it says the least: it shows beside a score, never in place of one
)
SAID_OF = {ScoreBasis.ASSESSED: "assessed this time", ScoreBasis.NOT_ASSESSED: "carried over, not assessed this time"}


@attrs.frozen(kw_only=True)
class QualityStatement(Thing):
    """One quality statement of a slot, as last scored.

    Attributes:
        score: the score that stands: the lower, where two were published on one day.
        since: when CQC published it.
        also: other scores published for the statement on the same day.

    """

    location: str | None
    service: str | None
    key_question: KeyQuestion
    quality_statement: str
    score: StatementScore
    since: When
    basis: ScoreBasis | None = None
    inspection: str | None = None
    also: tuple[StatementScore, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The statement, of the slot, as events about it say."""
        return "quality statement", self.location or "", self.service or "", self.key_question, self.quality_statement

    @property
    def heading(self) -> str:
        """The statement and the slot in words."""
        return listed([self.location, self.service, self.key_question, self.quality_statement], ", ")

    @property
    def summary(self) -> str:
        """The score, since when, and whether it was assessed."""
        score = f"score {self.score} of 4" if self.score.isdigit() else str(self.score)
        return listed(
            [
                f"{score}, published {self.since.in_words()}",
                SAID_OF[self.basis] if self.basis else None,
                f"another score bears the same date: {', '.join(self.also)}; the lower is shown" if self.also else None,
            ]
        )


@projection(initial=Things[QualityStatement]())
def quality_statements(state: Things[QualityStatement], fact: QualityStatementScored) -> Things[QualityStatement]:
    """A statement stands as last scored."""
    new = QualityStatement(
        location=fact.location,
        service=fact.service,
        key_question=fact.key_question,
        quality_statement=fact.quality_statement,
        score=fact.score,
        since=fact.on,
        basis=fact.basis,
        inspection=fact.inspection,
        last_heard=fact.on.latest,
    )
    return Things(state.by_id.set("/".join(fact.about[1:]), _next(state.by_id, new)))


def _next(by_id: Map[str, QualityStatement], new: QualityStatement) -> QualityStatement:
    """Give the later of two; of two that bear one date the lower, which names the other, whichever came first.

    What is said of the other score is not borrowed.
    """
    standing = by_id.get("/".join(new.about[1:]))
    if standing is None or standing.since != new.since:
        return new
    lower, other = sorted((standing, new), key=lambda one: LOWEST_FIRST.index(one.score))
    alike = [one for one in (lower, other) if one.score is lower.score]
    return attrs.evolve(
        lower,
        basis=min((one.basis for one in alike if one.basis), default=None),
        inspection=min((one.inspection for one in alike if one.inspection), default=None),
        also=tuple(sorted({standing.score, new.score, *standing.also} - {lower.score})),
    )
