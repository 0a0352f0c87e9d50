"""The words the field uses: CQC's ratings and key questions, the kinds and grades of things.

A word that is not in its vocabulary is an error that names the words that are; it is never guessed.
"""

from difflib import get_close_matches
from enum import EnumType, StrEnum
from typing import Any

from ..errors import WordError

__all__ = [
    "AgreementStage",
    "Called",
    "ConcernStatus",
    "ConditionOutcome",
    "Firmness",
    "Framework",
    "Grade",
    "KeyQuestion",
    "Level",
    "MeasureStage",
    "NoticeKind",
    "NoticeOutcome",
    "Rating",
    "RecheckOutcome",
    "Regulation",
    "RequirementOutcome",
    "Route",
    "ScoreBasis",
    "StatementScore",
    "Succession",
    "Urgency",
    "Word",
]


class _Vocabulary(EnumType):
    """Gives a word that is one already as it is: each event that is made asks for its words again."""

    def __call__(cls, value: Any, *names: Any, **how: Any) -> Any:
        if isinstance(value, cls):
            return value
        return super().__call__(value, *names, **how)


class Word(StrEnum, metaclass=_Vocabulary):
    """A word of a fixed vocabulary; written exactly as its value."""

    @classmethod
    def _missing_(cls, value: object) -> None:
        words = [str(word) for word in cls]
        close = get_close_matches(str(value), words, n=1)
        meant = f"; did you mean {close[0]!r}?" if close else ""
        called = cls._called()
        article = "an" if called[0] in "aeiou" else "a"
        raise WordError(f"{value!r} is not {article} {called}: use one of {', '.join(words)}{meant}", value)

    @classmethod
    def _called(cls) -> str:
        return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()


class Rating(Word):
    """CQC's published ratings; only the first four are ranked."""

    OUTSTANDING = "Outstanding"
    GOOD = "Good"
    REQUIRES_IMPROVEMENT = "Requires improvement"
    INADEQUATE = "Inadequate"
    NOT_RATED = "Inspected but not rated"
    INSUFFICIENT_EVIDENCE = "Insufficient evidence to rate"
    NONE_PUBLISHED = "No published rating"
    REGULATIONS_MET = "Regulations met"
    REGULATIONS_NOT_MET = "Not all regulations met"

    @property
    def rank(self) -> int | None:
        """3 for Outstanding down to 0 for Inadequate; `None` where CQC gives no rank."""
        return {"Outstanding": 3, "Good": 2, "Requires improvement": 1, "Inadequate": 0}.get(self.value)


class KeyQuestion(Word):
    """The five questions CQC asks of every service, and the overall rating."""

    SAFE = "Safe"
    EFFECTIVE = "Effective"
    CARING = "Caring"
    RESPONSIVE = "Responsive"
    WELL_LED = "Well-led"
    OVERALL = "Overall"


class Framework(Word):
    """CQC's assessment frameworks, oldest first."""

    KLOE_2014 = "KLOE 2014"
    NEXT_PHASE_2017 = "Next phase 2017"
    SINGLE_ASSESSMENT_2024 = "Single Assessment Framework 2024"
    SECTOR_2026 = "Sector frameworks 2026"

    def is_older_than(self, other: "Framework") -> bool:
        """Whether CQC used it before *other*."""
        in_order = list(Framework)
        return in_order.index(self) < in_order.index(other)


class StatementScore(Word):
    """What CQC gives a quality statement: 4, an exceptional standard, to 1, significant shortfalls; or words where it gives no score."""

    EXCEPTIONAL = "4"
    GOOD = "3"
    SOME_SHORTFALLS = "2"
    SIGNIFICANT_SHORTFALLS = "1"
    REGULATIONS_MET = "Regulations met"
    REGULATIONS_NOT_MET = "Not all regulations met"


class ScoreBasis(Word):
    """Whether CQC assessed a quality statement this time, or carried its score over from the rating before."""

    ASSESSED = "assessed"
    NOT_ASSESSED = "not assessed"


class Called(Word):
    """What the source calls CQC's visit: the word it printed is kept."""

    INSPECTION = "inspection"
    ASSESSMENT = "assessment"
    REVIEW = "review"


class Grade(Word):
    """How a source presents a finding."""

    CONCERN = "concern"
    STRENGTH = "strength"
    OUTSTANDING_PRACTICE = "outstanding practice"


class Regulation(Word):
    """The Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, by number.

    `2009/...` are the Care Quality Commission (Registration) Regulations 2009.
    """

    REQUIREMENTS_INDIVIDUAL = "4"
    FIT_AND_PROPER_DIRECTORS = "5"
    REQUIREMENT_NOT_PARTNERSHIP = "6"
    REGISTERED_MANAGERS = "7"
    GENERAL = "8"
    PERSON_CENTRED_CARE = "9"
    VISITING_AND_ACCOMPANYING = "9A"
    DIGNITY_AND_RESPECT = "10"
    NEED_FOR_CONSENT = "11"
    SAFE_CARE_AND_TREATMENT = "12"
    SAFEGUARDING = "13"
    NUTRITION_AND_HYDRATION = "14"
    PREMISES_AND_EQUIPMENT = "15"
    COMPLAINTS = "16"
    GOOD_GOVERNANCE = "17"
    STAFFING = "18"
    FIT_AND_PROPER_PERSONS = "19"
    DUTY_OF_CANDOUR = "20"
    DISPLAY_OF_PERFORMANCE_ASSESSMENTS = "20A"
    STATEMENT_OF_PURPOSE = "2009/12"
    FINANCIAL_POSITION = "2009/13"
    NOTICE_OF_ABSENCE = "2009/14"
    NOTICE_OF_CHANGES = "2009/15"
    NOTIFICATION_OF_DEATH = "2009/16"
    NOTIFICATION_OF_DEATH_OF_DETAINED_PERSON = "2009/17"
    NOTIFICATION_OF_OTHER_INCIDENTS = "2009/18"

    @property
    def title(self) -> str:  # type: ignore[override]  # a regulation has a title; nobody wants its number in title case
        """What it is about, in the words of its heading: `good governance`."""
        return TITLES.get(self.value, self.name.lower().replace("_", " "))


TITLES = {
    "4": "requirements where the provider is an individual or partnership",
    "5": "fit and proper persons: directors",
    "6": "requirement where the provider is a body other than a partnership",
    "7": "requirements relating to registered managers",
    "9": "person-centred care",
    "9A": "visiting and accompanying in care homes, hospitals and hospices",
    "13": "safeguarding service users from abuse and improper treatment",
    "14": "meeting nutritional and hydration needs",
    "16": "receiving and acting on complaints",
    "19": "fit and proper persons employed",
    "20A": "requirement as to display of performance assessments",
    "2009/16": "notification of death of service user",
    "2009/17": "notification of death or unauthorised absence of a detained service user",
}
"""The headings that are not the name of the regulation in `Regulation`, shortened where they name an Act."""


class Level(Word):
    """How strong CQC's requirement is."""

    MUST = "must"
    SHOULD = "should"
    NOT_STATED = "not stated"


class Urgency(Word):
    """How soon a regulator wants something done, where it says so without a date."""

    IMMEDIATE = "immediate"


class RequirementOutcome(Word):
    """What a later inspection found of a requirement."""

    MET = "met"
    PARTLY_MET = "partly met"
    NOT_MET = "not met"


class NoticeKind(Word):
    """CQC's notices, and a commissioner's."""

    WARNING_NOTICE = "Warning Notice"
    NOTICE_OF_PROPOSAL = "Notice of Proposal"
    NOTICE_OF_DECISION = "Notice of Decision"
    URGENT_NOTICE_OF_DECISION = "Urgent Notice of Decision"
    FIXED_PENALTY_NOTICE = "Fixed Penalty Notice"
    CONTRACT_PERFORMANCE_NOTICE = "Contract Performance Notice"


class NoticeOutcome(Word):
    """What was determined of a notice or of one of its requirements."""

    COMPLIED = "complied"
    PARTLY_COMPLIED = "partly complied"
    NOT_COMPLIED = "not complied"


class Firmness(Word):
    """How firmly the source puts a commitment."""

    COMMITTED = "committed"
    SCHEDULED = "scheduled"
    TARGETED = "targeted"
    AMBITION = "ambition"


class ConditionOutcome(Word):
    """What became of a condition that an action was subject to."""

    MET = "met"
    REFUSED = "refused"
    LAPSED = "lapsed"
    NO_LONGER_NEEDED = "no longer needed"


class RecheckOutcome(Word):
    """What a later check of a completed action found."""

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not sustained"


class MeasureStage(Word):
    """How far a measure is that nobody promised with a date."""

    IN_PLACE = "in place"
    UNDER_WAY = "under way"


class AgreementStage(Word):
    """How far an intention to give notice has gone; the notice itself is another fact."""

    DECIDED = "decided"
    ANNOUNCED = "announced"
    PROPOSED = "proposed"


class ConcernStatus(Word):
    """What a concern is until somebody has looked into it."""

    ALLEGED = "alleged"
    REPORTED = "reported"


class Route(Word):
    """The way a concern was raised."""

    SPEAK_UP = "speak up"
    WHISTLE_BLOWING = "whistle-blowing"
    COMMISSIONER = "commissioner"
    CONTRACT = "contract"
    MANAGEMENT = "management"
    NOT_STATED = "not stated"


class Succession(Word):
    """How one organisation followed another."""

    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    NOT_STATED = "not stated"
