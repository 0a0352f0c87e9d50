"""The words CQC prints for its ratings, its key questions and the services it rates, and every other way it has printed them.

One thing, one name: what comes from a report, a workbook or CQC's API is looked up here. Only what stands in `TABLE` is known:
nothing is stripped, folded or guessed, so a word read wrongly can't pass for another. A source's unknown word is a problem with
its place; if it is one of CQC's, it gets a line here.

Two names stand in one `Term` only where they differ in punctuation, case, `&` for `and`, or number, or where CQC itself uses
both for one service. Services of different scope stay apart, however alike they sound: `End of life care` is a hospital's and
`Community end of life care` is not; `Maternity` followed `Maternity and gynaecology` without the gynaecology.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Generic, TypeVar

import attrs

from .errors import WordError
from .events import KeyQuestion, Rating

__all__ = ["TABLE", "Term", "key_question", "rating", "service", "service_of_area"]

T = TypeVar("T", bound=str)


@attrs.frozen
class Term(Generic[T]):
    """One of CQC's words: the name used here, the other ways it is printed, and the ids of CQC's API where it is an inspection area."""

    name: T
    also: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every way it is printed, the name used here first."""
        return (str(self.name), *self.also)


RATINGS: tuple[Term[Rating], ...] = (
    # Lower case in the running text of CQC's guidance. The colours are those of CQC's marks: a green star, then three discs.
    Term(Rating.OUTSTANDING, ("outstanding", "Green star", "green star")),
    Term(Rating.GOOD, ("good", "Green", "green")),
    Term(Rating.REQUIRES_IMPROVEMENT, ("Requires Improvement", "requires improvement", "Amber", "amber")),
    Term(Rating.INADEQUATE, ("inadequate", "Red", "red")),
    # A grey mark has no line: it stands for no rating, a suspended one and one under appeal alike.
    Term(Rating.NOT_RATED, ("Inspected But Not Rated", "inspected but not rated")),
    Term(Rating.INSUFFICIENT_EVIDENCE, ("Insufficient Evidence To Rate", "insufficient evidence to rate")),
    # CQC's pages explain “Not rated” as an area it has not rated yet: no claim that it was inspected. Readers of the monthly
    # workbooks pass over “Not Rated” and “Not applicable”, and of the API over “No Approved Rating”: none is published.
    Term(
        Rating.NONE_PUBLISHED,
        ("No Published Rating", "no published rating", "Not rated", "Not Rated", "Not applicable", "No Approved Rating"),
    ),
    Term(Rating.REGULATIONS_MET, ("regulations met",)),
    Term(Rating.REGULATIONS_NOT_MET, ("not all regulations met",)),
)

KEY_QUESTIONS: tuple[Term[KeyQuestion], ...] = (
    # The questions head the chapters of reports: of services in health care, of the service in adult social care.
    Term(KeyQuestion.SAFE, ("safe", "Are services safe?", "Is the service safe?")),
    Term(KeyQuestion.EFFECTIVE, ("effective", "Are services effective?", "Is the service effective?")),
    Term(KeyQuestion.CARING, ("caring", "Are services caring?", "Is the service caring?")),
    Term(
        KeyQuestion.RESPONSIVE,
        (
            "responsive",
            "responsive to people's needs",
            "responsive to people’s needs",  # noqa: RUF001  # CQC prints both apostrophes
            "Are services responsive?",
            "Are services responsive to people's needs?",
            "Are services responsive to people’s needs?",  # noqa: RUF001  # CQC prints both apostrophes
            "Is the service responsive?",
        ),
    ),
    Term(
        KeyQuestion.WELL_LED,
        ("well-led", "Well led", "well led", "Well-Led", "Are services well-led?", "Is the service well-led?"),
    ),
    Term(KeyQuestion.OVERALL, ("overall",)),
)

ACUTE: tuple[Term[str], ...] = (
    Term("Urgent and emergency services", ("Urgent & emergency services",), ("urgent",)),
    Term(
        "Medical care (including older people's care)",
        ("Medical care (including older people’s care)",),  # noqa: RUF001  # CQC prints both apostrophes
        ("care",),
    ),
    Term("Surgery", (), ("surgery",)),
    Term("Critical care", (), ("critical",)),
    Term("Maternity", (), ("npimaternity",)),  # the next phase of inspections, from 2017, without the gynaecology
    Term("Maternity and gynaecology", ("Maternity & gynaecology",), ("maternity",)),
    Term("Gynaecology"),
    Term("Services for children and young people", ("Services for children & young people",), ("childrens",)),
    Term("End of life care", (), ("life",)),
    Term("Outpatients", (), ("npioutpatients",)),  # the next phase of inspections, from 2017, without the imaging
    Term("Outpatients and diagnostic imaging", ("Outpatients & diagnostic imaging",), ("outpatients",)),
    Term("Diagnostic imaging", (), ("diagnostic",)),
    Term("Dialysis services", (), ("dialysis",)),
    Term("Surgery - satellite sites"),
    Term("Outpatient and diagnostic imaging services - satellite sites"),
    Term("Neuropsychiatry services"),
    Term("Dentistry"),
)

COMMUNITY: tuple[Term[str], ...] = (
    Term("Community health services for adults", (), ("chsadults",)),
    Term("Community health services for children, young people and families", (), ("chschildren",)),
    Term("Community health inpatient services", (), ("chsinpatient",)),
    Term("Community end of life care", (), ("chslife",)),
    Term("Community dental services"),
    # In brackets in the workbook of ratings, without them in the API.
    Term("Community health sexual health services", ("Community health (sexual health services)",), ("communitysexual",)),
    Term("Urgent care services"),
)

MENTAL_HEALTH: tuple[Term[str], ...] = (
    Term(
        "Acute wards for adults of working age and psychiatric intensive care units",
        ("Acute wards for adults of working age and psychiatric intensive care units (PICUs)",),
        ("mhpsychintensive",),
    ),
    # A stroke in the workbook of 2019 and in reports of its time, `or` in the API; a report of 2023 hyphenates “long-stay”.
    Term(
        "Long stay or rehabilitation mental health wards for working age adults",
        (
            "Long stay/rehabilitation mental health wards for working age adults",
            "Long-stay or rehabilitation mental health wards for working age adults",
        ),
        ("mhlongstay",),
    ),
    Term("Forensic inpatient or secure wards", ("Forensic inpatient/secure wards",), ("mhforensic",)),
    Term("High secure services"),
    Term("Child and adolescent mental health wards"),
    # The API gives the id without a name: it is what the report of 9 December 2016 on RT2 rates at the hospital RT203.
    Term("Wards for older people with mental health problems", (), ("mholderpeople",)),
    Term("Wards for people with learning disabilities or autism", ("Wards for people with a learning disability or autism",)),
    Term("Community-based mental health services for adults of working age"),
    # “Older adults” in a report of 2023, in a list of CQC's core services that has no other for them.
    Term(
        "Community-based mental health services for older people",
        ("Community-based mental health services for older adults",),
    ),
    Term("Mental health crisis services and health-based places of safety", (), ("mhcrisis",)),
    Term("Specialist community mental health services for children and young people"),
    Term(
        "Community mental health services for people with learning disabilities or autism",
        ("Community mental health services for people with a learning disability or autism",),
    ),
    Term("Substance misuse services", ("Substance Misuse", "Substance misuse")),  # the short form is the workbook's
    Term("Substance misuse/detoxification"),  # an independent provider's
    Term("Specialist eating disorders services", ("Specialist eating disorder services",)),
    Term("Specialist psychological therapy services"),
    Term("Perinatal services"),
    Term("Rapid response liaison psychiatry"),
    Term("Community forensic mental health team"),
    Term("Other specialist services"),
    # In the workbook of 2019 for RHA only. That they are core services by a shorter name is nowhere said.
    Term("Acute admission wards"),
    Term("Psychiatric intensive care units and health-based places of safety"),
    Term("Adult community-based services"),
    Term("Community-based crisis services"),
    Term("Child and adolescent mental health services"),
    Term("Services for older people"),
    Term("Services for people with learning disabilities or autism"),
)

AMBULANCE: tuple[Term[str], ...] = (
    Term("Emergency and urgent care"),
    Term("Emergency operations centre", ("Emergency operations centre (EOC)",)),
    Term("Patient transport services", ("Patient Transport Services (PTS)",), ("transport",)),
    Term("Resilience"),
)

POPULATION_GROUPS: tuple[Term[str], ...] = (
    # The groups of people CQC rated general practices for, until October 2021.
    Term("Older people", (), ("old",)),
    Term("People with long term conditions", ("People with long-term conditions",), ("conditions",)),
    Term("Families, children and young people", (), ("mothers",)),
    Term("Working age people (including those recently retired and students)", (), ("population",)),
    Term("People whose circumstances may make them vulnerable", (), ("vulnerable",)),
    Term("People experiencing poor mental health (including people with dementia)", (), ("problems",)),
)

SERVICE_GROUPS: tuple[Term[str], ...] = (
    # The Single Assessment Framework's, as its API writes them.
    Term("Care Homes", ("Care homes",)),
    Term("Dental"),
)

SERVICES = ACUTE + COMMUNITY + MENTAL_HEALTH + AMBULANCE + POPULATION_GROUPS + SERVICE_GROUPS

TABLE: tuple[Term[Rating] | Term[KeyQuestion] | Term[str], ...] = (*RATINGS, *KEY_QUESTIONS, *SERVICES)
"""Every word this library knows of CQC's, and every way it is printed."""


def rating(word: str) -> Rating:
    """Give the rating that a word or a colour of CQC's stands for.

    Raises:
        WordError: If it does not stand in the table.
    """
    return _known(word, _RATINGS, "a rating of CQC's")


def key_question(word: str) -> KeyQuestion:
    """Give the key question that a word of CQC's stands for; `Overall` is one.

    Raises:
        WordError: If it does not stand in the table.
    """
    return _known(word, _KEY_QUESTIONS, "a key question of CQC's")


def service(word: str) -> str:
    """Give the one name of a core service, a population group or a service group that CQC prints in several ways.

    Raises:
        WordError: If it does not stand in the table.
    """
    return _known(word, _SERVICES, "a service CQC rates")


def service_of_area(area: str) -> str:
    """Give the name of the service that an `inspectionAreaId` of CQC's API stands for, such as `mhcrisis` or `npimaternity`.

    Raises:
        WordError: If it does not stand in the table.
    """
    return _known(area, _AREAS, "an inspection area of CQC's")


def _spellings(terms: Iterable[Term[T]]) -> dict[str, T]:
    return {word: term.name for term in terms for word in term.words}


_RATINGS = _spellings(RATINGS)
_KEY_QUESTIONS = _spellings(KEY_QUESTIONS)
_SERVICES = _spellings(SERVICES)
_AREAS = {area: term.name for term in SERVICES for area in term.areas}


def _known(word: str, words: Mapping[str, T], called: str) -> T:
    if word in words:
        return words[word]
    close = get_close_matches(word, words, n=1)
    meant = f"; did you mean {close[0]!r}?" if close else "."
    raise WordError(f"{word!r} is not known as {called}{meant} If it is one, add it to the table in ledger.vocabulary", word)
