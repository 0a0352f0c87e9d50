"""The clock that tests give to a ledger."""

from datetime import UTC, date, datetime, timedelta

from ledger.testing import Clock

START = datetime(2027, 3, 31, 22, tzinfo=UTC)


def test_it_goes_forward_an_hour_whenever_it_is_read() -> None:
    """No two readings are the same instant."""
    clock = Clock(START)
    assert [clock(), clock()] == [START + timedelta(hours=1), START + timedelta(hours=2)]


def test_it_waits_until_the_morning_of_a_day_but_never_goes_back() -> None:
    """A day ahead begins at nine; of a day that has begun nothing is taken back."""
    clock = Clock(START)
    clock.wait_until(date(2027, 4, 2))
    assert clock() == datetime(2027, 4, 2, 10, tzinfo=UTC)
    clock.wait_until(date(2027, 4, 2))
    clock.wait_until(date(2027, 4, 1))
    assert clock() == datetime(2027, 4, 2, 11, tzinfo=UTC)
