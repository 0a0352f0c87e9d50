"""What happens to a trust that is made up: inspections without end, what they find, and what the trust does about it."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import attrs

from ledger import Source
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionDeadlineRevised,
    ActionProgressReported,
    ActionVerified,
    ActionWithdrawn,
    BreachCleared,
    BreachFound,
    Event,
    FindingReported,
    InspectionCarriedOut,
    InspectionPublished,
    NoticeDetermined,
    NoticeIssued,
    NoticeRequirement,
    RatingPublished,
    RequirementAssessed,
    RequirementMade,
    TrustRegistered,
)

__all__ = ["FIRST", "LAST", "Teller"]

FIRST, LAST = date(2015, 1, 1), date(2026, 10, 31)
LATE, IMPRECISE = 0.1, 0.2
QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")
RATINGS = ("Good",) * 14 + ("Requires improvement",) * 6 + ("Outstanding", "Inadequate", "Inspected but not rated")
SERVICES = ("Acute wards for adults of working age", "Wards for older people", "Community-based mental health services")
REGULATIONS = ("9", "10", "12", "13", "17", "18")


@attrs.define
class Teller:
    """Tells what happens by the day on which it is recorded."""

    random: random.Random
    today: date = FIRST

    def when(self) -> str:
        """Say when something took effect that is recorded today."""
        lag = self.random.randint(180, 900) if self.random.random() < LATE else self.random.randint(0, 40)
        day = max(self.today - timedelta(days=lag), FIRST)
        if self.random.random() >= IMPRECISE:
            return day.isoformat()
        month, quarter = f"{day:%Y-%m}", f"{day.year}-{33 + (day.month - 1) // 3}"
        until = f"{day + timedelta(days=70):%Y-%m}"
        return self.random.choice((month, month, month, f"{day}~", quarter, f"{month}/{until}", f"../{month}", f"{month}/.."))

    def due(self) -> str:
        """Give a day in the months to come, or a month."""
        day = self.today + timedelta(days=self.random.randint(20, 400))
        return f"{day:%Y-%m}" if self.random.random() < IMPRECISE else day.isoformat()

    def often(self, share: float) -> bool:
        """Tell whether something happens that does in a share of the cases."""
        return self.random.random() < share

    def life(self, code: str) -> Iterator[tuple[Event, Source]]:
        """Tell what happens to a trust, without end."""
        register = Source(publisher="Care Quality Commission", title="Register of providers", marking="public", published=FIRST)
        yield TrustRegistered(trust=code, on=self.when(), name=f"Example Trust {code}"), register
        for number in count(1):
            yield from self._inspection(code, number)
            yield from self._answer(code, number)

    def _inspection(self, code: str, number: int) -> Iterator[tuple[Event, Source]]:
        inspection, location = f"inspection-{number}", f"Location {number % 4 + 1}"
        told = {"trust": code, "inspection": inspection, "location": location, "service": self.random.choice(SERVICES)}
        report = Source(
            publisher="Care Quality Commission",
            title=f"Report of inspection {number} of {code}",
            marking="public",
            published=self.today - timedelta(days=self.random.randint(0, 20)),
        )
        yield InspectionCarriedOut(**told, on=self.when(), title=f"Inspection {number} of {location}"), report
        for one in range(3):
            text = f"Staff did not always record observations on ward {one + 1} after incidents."
            finding = {"finding": f"finding-{number}-{one}", "text": text, "grade": self.random.choice(("concern", "strength"))}
            yield FindingReported(**told, **finding, on=self.when(), key_question=QUESTIONS[one]), report
        for question in self.random.sample(QUESTIONS, 5):
            rating = self.random.choice(RATINGS)
            yield RatingPublished(**told, on=self.when(), key_question=question, rating=rating), report
        breach = {"breach": f"breach-{number}", "regulation": self.random.choice(REGULATIONS)}
        yield (
            BreachFound(**told, **breach, on=self.when(), as_described="Governance was not effective at this location"),
            report,
        )
        made = {"requirement": f"requirement-{number}", "text": "The trust must act on what audits of the wards find."}
        yield RequirementMade(trust=code, **made, on=self.when(), level="must", due=self.due(), of=inspection), report
        yield InspectionPublished(trust=code, inspection=inspection, on=self.when(), form="full report"), report
        if number % 4 == 1:
            asked = [
                NoticeRequirement(requirement=f"ask-{number}-{one}", text="Review every risk", comply_by=self.due())
                for one in (1, 2)
            ]
            notice = {"notice": f"notice-{number}", "inspection": inspection, "requirements": asked, "kind": "Warning Notice"}
            yield NoticeIssued(trust=code, on=self.when(), **notice), report

    def _answer(self, code: str, number: int) -> Iterator[tuple[Event, Source]]:
        def paper() -> Source:
            title = f"Board papers, {self.today:%B %Y}, {code}"
            if self.often(0.7):
                return Source(publisher=f"Trust {code}", title=title, marking="public", published=self.today)
            return Source(publisher=f"Trust {code}", title=f"{title} (private)", marking="official")

        actions = [f"action-{number}-{one}" for one in (1, 2)]
        for action in actions:
            told = {"trust": code, "action": action, "answers": [f"breach-{number}"], "lead": "Chief nurse"}
            yield ActionCommitted(**told, on=self.when(), title="Audit the wards every month", due=self.due()), paper()
        text = "Audits have begun on most wards"
        yield ActionProgressReported(trust=code, action=actions[0], on=self.when(), text=text, rag="amber"), paper()
        if self.often(0.4):
            moved = {"due": self.due(), "reason": "Staff were not in post", "approved_by": "Quality committee"}
            yield ActionDeadlineRevised(trust=code, action=actions[0], on=self.when(), **moved), paper()
        for action in actions:
            if self.often(0.93):
                yield ActionCompleted(trust=code, action=action, on=self.when(), claimed_by="Chief nurse"), paper()
            elif self.often(0.7):
                yield ActionWithdrawn(trust=code, action=action, on=self.when(), reason="Another action does this"), paper()
        if self.often(0.3):
            yield ActionVerified(trust=code, action=actions[1], on=self.when(), verified_by="Internal audit"), paper()
        if number % 4 == 1:
            yield NoticeDetermined(trust=code, notice=f"notice-{number}", on=self.when(), outcome="complied"), paper()
        if self.often(0.8):
            yield BreachCleared(trust=code, breach=f"breach-{number}", on=self.when()), paper()
        met = {"requirement": f"requirement-{number}", "outcome": "met"}
        yield RequirementAssessed(trust=code, on=self.when(), **met), paper()
