"""What CQC's published principles make of several ratings: the five key questions of a service, or one question of many services.

What CQC publishes is what counts, and is never replaced by what is worked out here. CQC applies its principles “normally”, with
professional judgement, and limits some ratings by others (enforcement, the trust's own well-led rating, use of resources).

Sources: Care Quality Commission, *Ratings principles: NHS trusts*, last updated 12 May 2022
(https://www.cqc.org.uk/guidance-providers/nhs-trusts/ratings-principles-nhs-trusts), which has the number of Outstanding ratings
needed among 1 to 3, 4 to 8, and 9 or more; and *How we aggregate ratings using the rating principles: adult social care services*,
last updated 12 May 2022, which has two Outstanding, Requires improvement or Inadequate among five key questions. The numbers of
Requires improvement and Inadequate among 1 to 3 and among 9 or more are taken to be those of Outstanding.
"""

from collections.abc import Iterable

from .events import Rating

__all__ = ["expected_overall"]

FEW, SEVERAL = 3, 8
"""Among how many ratings, at most, 1 of a kind decides, and among how many 2."""


def expected_overall(ratings: Iterable[Rating | str]) -> Rating | None:
    """Give the overall rating that CQC's published principles would normally make of ratings of equal weight.

    Only ranked ratings count: Outstanding, Good, Requires improvement and Inadequate. What is needed of a rating is 1 among 1 to
    3 that count, 2 among 4 to 8, and 3 among 9 or more. Then the first of these that holds is the overall rating:

    1. Inadequate, where as many as needed are Inadequate;
    2. Requires improvement, where as many as needed are Requires improvement or worse;
    3. Outstanding, where as many as needed are Outstanding and all the others are Good;
    4. Good.

    So a single Requires improvement among five blocks Outstanding and leaves Good. That Inadequate counts toward Requires
    improvement is how this library reads the principles, and so is that one Inadequate beside Goods leaves Good where 2 or 3 are
    needed: for adult social care CQC says that Good normally has no Inadequate key question.

    Arguments:
        ratings: of equal weight, in any order; a rating or its word exactly as `Rating` has it.

    Returns:
        The overall rating; `None` where none of the ratings is ranked.

    Raises:
        WordError: A word is not a rating.

    """
    ranked = [one for one in map(Rating, ratings) if one.rank is not None]
    if not ranked:
        return None
    needed = 1 if len(ranked) <= FEW else 2 if len(ranked) <= SEVERAL else 3
    inadequate, outstanding = ranked.count(Rating.INADEQUATE), ranked.count(Rating.OUTSTANDING)
    poor = ranked.count(Rating.REQUIRES_IMPROVEMENT) + inadequate
    if inadequate >= needed:
        return Rating.INADEQUATE
    if poor >= needed:
        return Rating.REQUIRES_IMPROVEMENT
    return Rating.OUTSTANDING if outstanding >= needed and not poor else Rating.GOOD
