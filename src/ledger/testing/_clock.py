"""A clock for tests: it tells the time that it is told."""

from datetime import UTC, date, datetime, time, timedelta

__all__ = ["START", "Clock"]

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NINE = time(9, tzinfo=UTC)


class Clock:
    """A clock that goes forward an hour whenever it is read, so that instants can be told apart.

    Arguments:
        start: an aware instant, an hour before the first that it tells.

    """

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """Tell the time, an hour after it was last told."""
        self.now += HOUR
        return self.now

    def wait_until(self, day: date) -> None:
        """Let time pass until nine in the morning of a day, UTC, where that still lies ahead."""
        self.now = max(self.now, datetime.combine(day, NINE))
