"""The words and scores of the Single Assessment Framework, as CQC's API prints them."""

import re
from difflib import get_close_matches

from .. import vocabulary
from ..errors import WordError
from ..events import Rating, ScoreBasis, StatementScore
from ._cqc_parts import WRONG, Maybe, Part, quoted, value_in_words

__all__ = ["HISTORIC", "basis", "percentage", "rating", "statement_score", "status"]

SCORE = re.compile(r"([1-4])(?: - .*)?", re.ASCII | re.DOTALL)
PERCENTAGE = re.compile(r"\d{1,3}(?:\.0+)?", re.ASCII)
MOST_PER_CENT = 100
BASES = {"Assessed": ScoreBasis.ASSESSED, "Not Assessed": ScoreBasis.NOT_ASSESSED, "Not assessed": ScoreBasis.NOT_ASSESSED}
HISTORIC = "Historic"
STATUSES = ("Current", HISTORIC)
NO_RATING = ("No Approved Rating", "Evidence requirements partially / not yet scored")
"""What the API gives in place of a rating or a score that there is none of yet."""


def status(word: str) -> str:
    """Read whether a rating is the current one; another word may mean that it was never published."""
    if word not in STATUSES:
        raise WordError(f"{quoted(word)} is not known as a status of a rating: {' and '.join(STATUSES)} are", word)
    return word


def rating(word: str) -> Rating | None:
    """Read a rating; some words say that there is none."""
    return None if word in NO_RATING else vocabulary.rating(word)


def statement_score(word: str) -> StatementScore | None:
    """Read a score such as `3 - Evidence shows a good standard of care`."""
    if word in NO_RATING:
        return None
    found = SCORE.fullmatch(word)
    return StatementScore(found[1] if found else word)


def basis(word: str) -> ScoreBasis:
    """Read whether a quality statement was assessed this time."""
    if word not in BASES:
        raise WordError(f"{quoted(word)} is not known as a status of a quality statement: Assessed and Not Assessed are", word)
    return BASES[word]


def percentage(part: Part) -> Maybe[int]:
    """Read the score behind a rating. CQC's schema misspells the field's name, so one a letter or two off is read too."""
    names = [name for name in part.fields if get_close_matches("percentageScore", [str(name)], cutoff=0.85)]
    scores = {_whole(part, name) for name in names} - {None}
    if len(scores) > 1 and WRONG not in scores:
        return part.wrong(names[0], f"{' and '.join(names)} differ: get the body from CQC again")
    return scores.pop() if len(scores) == 1 else (WRONG if scores else None)


def _whole(part: Part, name: str) -> Maybe[int]:
    """Read a whole percentage, written as a text or a number."""
    value = part.fields[name]
    if value is None or value == "":
        return None
    written = str(value) if isinstance(value, float) or value in range(MOST_PER_CENT + 1) else value
    if isinstance(written, str) and PERCENTAGE.fullmatch(written) and float(written) <= MOST_PER_CENT:
        return int(float(written))
    return part.wrong(name, f"{value_in_words(value)} stands where a whole percentage from 0 to 100 is due")
