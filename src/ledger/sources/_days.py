"""The days that data can speak of: none before CQC began where it is CQC's, none after the data was published."""

from datetime import date

from .._when import When, day_in_words
from ..errors import WhenError

__all__ = ["last_day", "possible"]

CQC_BEGAN = date(2009, 4, 1)
"""The day CQC took over from the commissions before it; it published nothing earlier."""


def last_day(published: When) -> date:
    """Give the last day that data may speak of, inclusive: the last on which it can have been published.

    Raises:
        WhenError: there is none, so that no date could be told to lie in the future.

    """
    if published.latest is None:
        raise WhenError(f"{published} has no last day: say by when the data was published, such as ../2025-06-30", published)
    return published.latest


def possible(day: date, last: date) -> When:
    """Give a day that CQC's data speaks of.

    Arguments:
        day: the day.
        last: the last day that is possible, inclusive.

    Raises:
        WhenError: it lies before 1 April 2009, when CQC began, or after *last*.

    """
    if day < CQC_BEGAN:
        raise WhenError(f"{day_in_words(day)} is before {day_in_words(CQC_BEGAN)}, when CQC began: check the date", day)
    if day > last:
        raise WhenError(
            f"{day_in_words(day)} is after {day_in_words(last)}, by when this was published: "
            "check the date, or say that it was published later",
            day,
        )
    return When(day.isoformat())
