"""Rules on what is said to be done: the evidence, who confirmed it, and whether it was taken up again."""

import pytest

from ledger import Source
from ledger.audits.completion import (
    action_reopened,
    completion_not_verified,
    completion_without_evidence,
    verified_by_claimant,
)
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    ActionReopened,
    ActionVerified,
    ActionWithdrawn,
    Evidence,
)
from tests.audits.book import Book

DOORS = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-03-31")
MINUTE = Evidence(kind="minute", reference="Board, item 7")


def done(on: str = "2026-03-01", *evidence: Evidence, claimed_by: str | None = None) -> ActionCompleted:
    """Give a claim that the doors were fitted."""
    return ActionCompleted(trust="RHA", on=on, action="doors", evidence=evidence, claimed_by=claimed_by)


def verified(on: str = "2026-03-20", *evidence: Evidence, by: str = "Internal Audit") -> ActionVerified:
    """Give somebody's word that they were."""
    return ActionVerified(trust="RHA", on=on, action="doors", evidence=evidence, verified_by=by)


def reopened(on: str = "2026-04-01", reason: str | None = None) -> ActionReopened:
    """Give the news that the doors are to be done again."""
    return ActionReopened(trust="RHA", on=on, action="doors", reason=reason)


def test_a_completion_without_evidence_is_reported() -> None:
    """The exception names who claims it, and cites the claim."""
    book = Book()
    book.on("2026-03-02").record(DOORS, done(claimed_by="Director of Estates"))
    (found,) = completion_without_evidence.exceptions(book.dossier("2026-03-02"))
    assert found.text == (
        "“Fit new doors” is on record as completed on 1 March 2026, claimed by Director of Estates. "
        "No evidence of it is on record."
    )
    assert (found.entries, found.about) == ((2,), ("action", "doors"))


def test_a_verification_without_evidence_is_named_beside() -> None:
    """That somebody verified it is said, and is no evidence that others can see."""
    book = Book()
    book.on("2026-03-20").record(DOORS, done("2026-03"), verified("2026-03-31"))
    assert book.told(completion_without_evidence, "2026-03-31") == [
        (
            "“Fit new doors” is on record as completed in March 2026, verified by Internal Audit. No evidence of it is on record.",
            (2, 3),
        )
    ]


@pytest.mark.parametrize(
    "facts",
    [
        [DOORS],
        [DOORS, done("2026-03-01", MINUTE)],
        [DOORS, done(), verified("2026-03-20", MINUTE)],
        [DOORS, done(), reopened("2026-03-02")],
        [DOORS, done(), ActionWithdrawn(trust="RHA", on="2026-03-02", action="doors")],
        [DOORS, done("2026-03/2026-06")],
    ],
)
def test_evidence_or_no_completion_is_no_exception(facts: list[ActionCommitted | ActionCompleted]) -> None:
    """Evidence with the claim or the verification settles it; what is open, undone, given up or only may be done claims nothing."""
    book = Book()
    book.on("2026-04-20").record(*facts)
    assert book.told(completion_without_evidence, "2026-04-20") == []


def test_evidence_from_before_a_reopening_is_none_for_what_came_after() -> None:
    """Done anew is a new claim, and needs its own evidence; the first claim is not cited."""
    book = Book()
    book.on("2026-04-20").record(DOORS, done("2026-03-01", MINUTE), reopened(), done("2026-04-10"))
    ((_, entries),) = book.told(completion_without_evidence, "2026-04-20")
    assert entries == (4,)


def test_evidence_that_may_be_there_already_is_said_to_be_in_doubt() -> None:
    """A verification of imprecise date may already have brought evidence: the exception says so, and cites it."""
    book = Book()
    book.on("2026-03-20").record(DOORS, done(), verified("2026-03/2026-06", MINUTE))
    ((text, entries),) = book.told(completion_without_evidence, "2026-04-20")
    assert text.endswith("No evidence of it is on record. An entry of imprecise date may already have changed this.")
    assert entries == (2, 3)


@pytest.mark.parametrize(("on", "is_found"), [("2026-05-29", False), ("2026-05-30", False), ("2026-05-31", True)])
def test_a_completion_is_unverified_after_more_than_90_days(on: str, is_found: bool) -> None:
    """90 days after the completion of 1 March is 30 May: it is not reported then, and is the day after."""
    book = Book()
    book.on("2026-03-02").record(DOORS, done())
    assert bool(book.told(completion_not_verified, on)) is is_found


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-03-01", "on 1 March 2026; 92 days later"),
        ("2026-03", "in March 2026; at least 62 days later"),
        ("2026-03-01~", "about 1 March 2026; about 92 days later"),
    ],
)
def test_how_long_a_completion_is_unverified_is_said_as_precisely_as_its_date(on: str, words: str) -> None:
    """An imprecise date counts from its last day, so it is at least so long; a doubtful one is about so long."""
    book = Book()
    book.on("2026-03-02").record(DOORS, done(on))
    assert book.told(completion_not_verified.limited(days=60), "2026-06-01") == [
        (f"“Fit new doors” is on record as completed {words} no verification of it is on record.", (2,))
    ]


@pytest.mark.parametrize(
    "facts",
    [
        [done(), verified()],
        [done(), reopened()],
        [verified()],
        [done(), ActionWithdrawn(trust="RHA", on="2026-04-02", action="doors")],
    ],
)
def test_verified_or_not_completed_is_no_exception(facts: list[ActionCompleted]) -> None:
    """A verification settles it, and so does that it counts as completed no longer."""
    book = Book()
    book.on("2026-05-02").record(DOORS, *facts)
    assert book.told(completion_not_verified, "2026-12-31") == []


def test_a_verification_that_may_be_there_already_is_in_doubt() -> None:
    """A verification of imprecise date is cited as one that may already have changed it."""
    book = Book()
    book.on("2026-05-02").record(DOORS, done(), verified("2026-04/2026-12"))
    ((text, entries),) = book.told(completion_not_verified, "2026-06-30")
    assert text.endswith("An entry of imprecise date may already have changed this.")
    assert entries == (2, 3)


@pytest.mark.parametrize("by", ["Director of Estates", "director of estates", "Director  of Estates", "DirectorOfEstates"])
def test_who_claims_can_not_verify(by: str) -> None:
    """Names are compared without capitals and spaces."""
    book = Book()
    book.on("2026-04-02").record(DOORS, done(claimed_by="Director of Estates"), verified(by=by))
    text = f"The completion of “Fit new doors” was claimed and verified by {by}; nobody else's verification is on record."
    assert book.told(verified_by_claimant, "2026-04-02") == [(text, (2, 3))]


@pytest.mark.parametrize(
    "facts",
    [
        [done(claimed_by="Estates"), verified(by="Internal Audit")],
        [done(), verified(by="Estates")],
        [done(claimed_by="Estates")],
        [done(claimed_by="Estates"), verified("2026-03-10", by="Internal Audit"), verified(by="Estates")],
        [done(claimed_by="Estates"), verified(by="Estates"), verified("2026-03-25", by="Internal Audit")],
        [done(claimed_by="Estates"), verified(by="Estates"), reopened()],
        [
            done(claimed_by="Estates"),
            reopened(),
            done("2026-04-02", claimed_by="Nursing"),
            verified("2026-04-02", by="Estates"),
        ],
    ],
)
def test_somebody_elses_word_is_a_verification(facts: list[ActionCompleted]) -> None:
    """One other verifier settles it, in whatever order; who claimed nothing, or only what was undone, is another."""
    book = Book()
    book.on("2026-04-02").record(DOORS, *facts)
    assert book.told(verified_by_claimant, "2026-04-02") == []


def test_an_action_taken_up_again_after_completion_is_reported() -> None:
    """The exception says when it was done, when it was reopened and why, and cites the claims that were undone."""
    book = Book()
    book.on("2026-04-02").record(DOORS, done(), verified(), reopened(reason="Two doors failed."))
    (found,) = action_reopened.exceptions(book.dossier("2026-04-02"))
    assert found.text == (
        "“Fit new doors”, on record as completed on 1 March 2026, was reopened on 1 April 2026. "
        "The reason on record: Two doors failed."
    )
    assert (found.entries, found.about) == ((2, 3, 4), ("action", "doors"))


def test_each_reopening_is_reported_with_what_it_undid() -> None:
    """Withdrawn and taken up again, done and taken up again, and taken up with nothing known before, are told apart."""
    book = Book()
    withdrawn = ActionWithdrawn(trust="RHA", on="2026-02-01", action="doors")
    book.on("2026-05-02").record(DOORS, reopened("2026-01-20"), withdrawn, reopened("2026-02-10"), done(), reopened())
    assert book.told(action_reopened, "2026-05-02") == [
        (
            "“Fit new doors”, of which no completion or withdrawal was on record, was reopened on 20 January 2026. No reason is on record.",
            (2,),
        ),
        (
            "“Fit new doors”, on record as withdrawn on 1 February 2026, was reopened on 10 February 2026. No reason is on record.",
            (3, 4),
        ),
        (
            "“Fit new doors”, on record as completed on 1 March 2026, was reopened on 1 April 2026. No reason is on record.",
            (5, 6),
        ),
    ]


@pytest.mark.parametrize(("on", "is_found"), [("2026-03-31", False), ("2026-04-01", True), ("2026-04-02", True)])
def test_a_reopening_counts_from_its_day(on: str, is_found: bool) -> None:
    """What is reopened tomorrow is not reopened today."""
    book = Book()
    book.on("2026-05-02").record(DOORS, done(), reopened())
    assert bool(book.told(action_reopened, on)) is is_found


def test_a_public_view_tells_what_is_public() -> None:
    """A claim without a public source is absent from a public view, and from its exceptions."""
    letter = Source(publisher="The trust", title="Letter", marking="public", published="2026-03-05")
    book = Book()
    book.on("2026-03-06").record(DOORS)
    book.on("2026-03-06").record(done(), sources=[letter])
    book.on("2026-03-06").record(ActionCompleted(trust="RHA", on="2026-03-02", action="beds", title="New beds"))
    assert book.told(completion_without_evidence, "2026-03-06", public_on="2026-03-06") == [
        ("“doors” is on record as completed on 1 March 2026. No evidence of it is on record.", (2,))
    ]
