"""Breaches of regulation: found, cleared, found again."""

from datetime import date

from ledger import When
from ledger.events import BreachCleared, BreachFound, Regulation
from ledger.projections.breaches import Breach, breaches

FOUND = BreachFound(
    trust="RHA",
    on="2025-09",
    breach="governance",
    as_described="Systems did not show risk.",
    regulation="17",
    count=3,
    inspection="well-led-2025",
    service="Acute wards",
    location="Highbury Hospital",
)
CLEARED = BreachCleared(trust="RHA", on="2026-05-12", breach="governance", inspection="well-led-2026")


def test_a_breach_is_on_record_as_found() -> None:
    """Everything that is said of a breach is kept, and it stands."""
    breach = breaches.fold([FOUND])["governance"]
    assert breach == Breach(
        breach="governance",
        regulation=Regulation.GOOD_GOVERNANCE,
        as_described="Systems did not show risk.",
        count=3,
        inspection="well-led-2025",
        service="Acute wards",
        location="Highbury Hospital",
        found_on=When("2025-09"),
        cleared_on=None,
        last_heard=date(2025, 9, 30),
    )
    assert breach.is_open


def test_a_breach_no_longer_found_is_closed() -> None:
    """A breach stands until an inspection no longer finds it; what was said of it stays."""
    breach = breaches.fold([FOUND, CLEARED])["governance"]
    assert not breach.is_open
    assert (breach.cleared_on, breach.last_heard) == (When("2026-05-12"), date(2026, 5, 12))
    assert (breach.found_on, breach.as_described) == (When("2025-09"), "Systems did not show risk.")


def test_a_breach_found_again_after_it_was_cleared_stands_again() -> None:
    """A finding after a clearing opens the breach again from its own day, as described now; what it leaves out stays."""
    again = BreachFound(trust="RHA", on="2027-02-03", breach="governance", as_described="Risk is not shown.")
    breach = breaches.fold([FOUND, CLEARED, again])["governance"]
    assert breach == Breach(
        breach="governance",
        regulation=Regulation.GOOD_GOVERNANCE,
        as_described="Risk is not shown.",
        count=3,
        service="Acute wards",
        location="Highbury Hospital",
        found_on=When("2027-02-03"),
        found_again_on=(),
        last_heard=date(2027, 2, 3),
    )
    assert breach.is_open


def test_a_breach_found_again_while_it_stands_keeps_its_beginning() -> None:
    """A second finding of a breach that stands moves neither its day nor its inspection, and is kept beside them."""
    again = BreachFound(
        trust="RHA",
        on="2026-02-03",
        breach="governance",
        as_described="Risk is still not shown.",
        count=0,
        inspection="well-led-2026",
        service="All wards",
        location="Wells Road",
    )
    third = BreachFound(trust="RHA", on="2026-04", breach="governance", as_described="Risk is not shown.")
    assert breaches.fold([FOUND, again])["governance"] == Breach(
        breach="governance",
        regulation=Regulation.GOOD_GOVERNANCE,
        as_described="Risk is still not shown.",
        count=0,
        inspection="well-led-2025",
        service="All wards",
        location="Wells Road",
        found_on=When("2025-09"),
        found_again_on=(When("2026-02-03"),),
        last_heard=date(2026, 2, 3),
    )
    assert breaches.fold([FOUND, again, third])["governance"] == Breach(
        breach="governance",
        regulation=Regulation.GOOD_GOVERNANCE,
        as_described="Risk is not shown.",
        count=0,
        inspection="well-led-2025",
        service="All wards",
        location="Wells Road",
        found_on=When("2025-09"),
        found_again_on=(When("2026-02-03"), When("2026-04")),
        last_heard=date(2026, 4, 30),
    )


def test_a_breach_found_again_and_cleared_is_closed() -> None:
    """A clearing closes a breach however often it was found before; the days it was found stay."""
    again = BreachFound(trust="RHA", on="2026-02-03", breach="governance", as_described="Risk is still not shown.")
    breach = breaches.fold([FOUND, again, CLEARED])["governance"]
    assert not breach.is_open
    assert (breach.found_on, breach.found_again_on) == (When("2025-09"), (When("2026-02-03"),))


def test_a_breach_cleared_before_it_was_found_is_opened_by_the_next_finding() -> None:
    """A clearing that counts before a finding of imprecise date closes it; a finding after both is a new one."""
    found = BreachFound(trust="RHA", on="2025/2026", breach="governance", as_described="Systems did not show risk.")
    again = BreachFound(
        trust="RHA", on="2027-02-03", breach="governance", as_described="Risk is not shown.", inspection="well-led-2027"
    )
    closed = breaches.fold([CLEARED, found])["governance"]
    assert (closed.is_open, closed.found_again_on) == (False, ())
    breach = breaches.fold([CLEARED, found, again])["governance"]
    assert (breach.is_open, breach.cleared_on, breach.found_on) == (True, None, When("2027-02-03"))
    assert breach.inspection == "well-led-2027"


def test_a_clearing_known_before_the_finding_closes_it() -> None:
    """A breach whose clearing counts before its finding, because the finding's date is imprecise, is closed."""
    found = BreachFound(trust="RHA", on="2025/2026", breach="governance", as_described="Systems did not show risk.")
    breach = breaches.fold([CLEARED, found])["governance"]
    assert not breach.is_open
    assert (breach.found_on, breach.cleared_on) == (When("2025/2026"), When("2026-05-12"))
    assert breach.last_heard == date(2026, 12, 31)


def test_a_later_finding_may_name_another_regulation() -> None:
    """The regulation named last stands."""
    again = BreachFound(trust="RHA", on="2027-02-03", breach="governance", as_described="Too few staff.", regulation="18")
    assert breaches.fold([FOUND, again])["governance"].regulation is Regulation.STAFFING


def test_breaches_are_told_apart_by_id() -> None:
    """Clearing one breach leaves the others standing."""
    other = BreachFound(trust="RHA", on="2025-09", breach="staffing", as_described="Too few staff.", regulation="18")
    state = breaches.fold([FOUND, other, CLEARED])
    assert [(breach.breach, breach.is_open) for breach in state.rows()] == [("governance", False), ("staffing", True)]


def test_a_breach_reads_aloud() -> None:
    """The words of a breach name the regulation, what is said of it, where, how many, and that it stands."""
    breach = breaches.fold([FOUND])["governance"]
    assert breach.about == ("breach", "governance")
    assert str(breach) == (
        "Regulation 17 (good governance): Systems did not show risk; Acute wards, Highbury Hospital; 3 breaches; "
        "found September 2025; not cleared on record"
    )


def test_a_breach_found_again_reads_aloud() -> None:
    """The words of a breach that stands name the day it was first found and each day it was found again."""
    given = [
        BreachFound(trust="RHA", on="2025-09-01", breach="governance", as_described="Risk."),
        BreachFound(trust="RHA", on="2026-02-03", breach="governance", as_described="Risk."),
        BreachFound(trust="RHA", on="2026-04", breach="governance", as_described="Risk."),
    ]
    assert breaches.fold(given)["governance"].summary == (
        "Risk; found 1 September 2025; found again 3 February 2026, April 2026; not cleared on record"
    )


def test_a_cleared_breach_reads_aloud() -> None:
    """A breach without a number of the regulation says so; one breach is not counted; the day it was cleared is named."""
    one = BreachFound(trust="RHA", on="2025-09-01", breach="governance", as_described="Risk.", count=1)
    assert str(breaches.fold([one, CLEARED])["governance"]) == (
        "Regulation not stated: Risk; found 1 September 2025; no longer found 12 May 2026"
    )


def test_a_breach_known_only_by_its_clearing_says_so() -> None:
    """A clearing without a finding is kept and says what is not on record."""
    assert str(breaches.fold([CLEARED])["governance"]) == (
        "Regulation not stated: finding not on record; no longer found 12 May 2026"
    )
