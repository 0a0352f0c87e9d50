"""Dates as sources give them: how each form is read, said and refused; days in London and instants in UTC."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import edtf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger._when import FIRST_DAY, LAST_DAY, Moment, When, day_in_words, day_of, to_day, to_instant, to_when, utc_now
from ledger.errors import LedgerError, WhenError

FORMS = [
    ("2027-03-31", "2027-03-31", "2027-03-31", "", "31 March 2027"),
    ("2027-03-01", "2027-03-01", "2027-03-01", "", "1 March 2027"),
    ("2027-03", "2027-03-01", "2027-03-31", "", "March 2027"),
    ("2026-04", "2026-04-01", "2026-04-30", "", "April 2026"),
    ("2027", "2027-01-01", "2027-12-31", "", "2027"),
    ("2026-33", "2026-01-01", "2026-03-31", "", "January to March 2026"),
    ("2026-34", "2026-04-01", "2026-06-30", "", "April to June 2026"),
    ("2026-35", "2026-07-01", "2026-09-30", "", "July to September 2026"),
    ("2026-36", "2026-10-01", "2026-12-31", "", "October to December 2026"),
    ("2024-07~", "2024-07-01", "2024-07-31", "~", "about July 2024"),
    ("2024-07-09~", "2024-07-09", "2024-07-09", "~", "about 9 July 2024"),
    ("2024?", "2024-01-01", "2024-12-31", "?", "possibly 2024"),
    ("2024-07-09?", "2024-07-09", "2024-07-09", "?", "possibly 9 July 2024"),
    ("2024-07%", "2024-07-01", "2024-07-31", "%", "possibly about July 2024"),
    ("2026-33~", "2026-01-01", "2026-03-31", "~", "about January to March 2026"),
    ("2025-05/2025-08", "2025-05-01", "2025-08-31", "", "between May 2025 and August 2025"),
    ("2025-05-06/2025-05-08", "2025-05-06", "2025-05-08", "", "between 6 May 2025 and 8 May 2025"),
    ("2025-05-06/2025-05", "2025-05-06", "2025-05-31", "", "between 6 May 2025 and May 2025"),
    ("2024/2025-33", "2024-01-01", "2025-03-31", "", "between 2024 and January to March 2025"),
    ("2025-05-06/2025-05-06", "2025-05-06", "2025-05-06", "", "between 6 May 2025 and 6 May 2025"),
    ("2024~/2025-08", "2024-01-01", "2025-08-31", "~", "between about 2024 and August 2025"),
    ("2024/2025-08?", "2024-01-01", "2025-08-31", "?", "between 2024 and possibly August 2025"),
    ("2024~/2025~", "2024-01-01", "2025-12-31", "~", "between about 2024 and about 2025"),
    ("2024~/2025?", "2024-01-01", "2025-12-31", "%", "between about 2024 and possibly 2025"),
    ("2024%/2025?", "2024-01-01", "2025-12-31", "%", "between possibly about 2024 and possibly 2025"),
    ("../2026-03", None, "2026-03-31", "", "by March 2026"),
    ("../2026-03-04~", None, "2026-03-04", "~", "by about 4 March 2026"),
    ("2025-10/..", "2025-10-01", None, "", "from October 2025, no end stated"),
    ("2025-10?/..", "2025-10-01", None, "?", "from possibly October 2025, no end stated"),
    ("1948", "1948-01-01", "1948-12-31", "", "1948"),
    ("1948-01-01", "1948-01-01", "1948-01-01", "", "1 January 1948"),
    ("9998-12-31", "9998-12-31", "9998-12-31", "", "31 December 9998"),
    ("9998-36", "9998-10-01", "9998-12-31", "", "October to December 9998"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "", "29 February 2024"),
    ("2024-02", "2024-02-01", "2024-02-29", "", "February 2024"),
    ("2025-02", "2025-02-01", "2025-02-28", "", "February 2025"),
    ("2000-02", "2000-02-01", "2000-02-29", "", "February 2000"),
    ("2100-02", "2100-02-01", "2100-02-28", "", "February 2100"),
]


@pytest.mark.parametrize(("expression", "earliest", "latest", "qualifier", "words"), FORMS)
def test_every_form_is_read_and_said(
    expression: str, earliest: str | None, latest: str | None, qualifier: str, words: str
) -> None:
    """Each form has its first and last day, its qualifier, and words a board paper would use."""
    when = When(expression)

    assert when.earliest == (None if earliest is None else date.fromisoformat(earliest))
    assert when.latest == (None if latest is None else date.fromisoformat(latest))
    assert when.qualifier == qualifier
    assert when.in_words() == words
    assert str(when) == expression


UNREADABLE = [
    *["", " ", "soon", "31/03/2027", "31 March 2027", "27-03-31", "2027-3-31", "2027-03-31 ", " 2027", "2027\n", "-2027"],
    *["2027-03-31T09:00:00Z", "20270331", "2027-W13", "2027-03-3X", "202X", "2027~?", "~2027", "2027-~03", "Y12027", "02027"],
    *["2025/", "/2025", "..", "../", "/..", "2025//2026", "2024/2025/2026", "[2025..2026]", "2025-01..2025-03"],
    *["२०२७-03-31", "2027-०३-31", "2027-03-3१"],
]


@pytest.mark.parametrize("expression", UNREADABLE)
def test_what_is_no_expression_is_refused_with_advice(expression: str) -> None:
    """What can't be read is refused, whole, with the forms that can; digits are ASCII digits."""
    with pytest.raises(
        WhenError, match="^" + re.escape(f"can't read the date {expression!r}: write 2027-03-31 (a day)")
    ) as caught:
        When(expression)

    assert caught.value.value == expression


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("1947-12-31", "the year in '1947-12-31' is outside 1948 to 9998: check the date"),
        ("1947", "the year in '1947' is outside 1948 to 9998: check the date"),
        ("9999-01-01", "the year in '9999-01-01' is outside 1948 to 9998: check the date"),
        ("0000", "the year in '0000' is outside 1948 to 9998: check the date"),
        ("2025/9999", "the year in '2025/9999' is outside 1948 to 9998: check the date"),
        ("../1947", "the year in '../1947' is outside 1948 to 9998: check the date"),
        ("2025-08/2025-05", "the interval '2025-08/2025-05' runs backwards: write the earlier date first"),
        ("2025-05-02/2025-05-01", "the interval '2025-05-02/2025-05-01' runs backwards: write the earlier date first"),
        ("2026/2025-12", "the interval '2026/2025-12' runs backwards: write the earlier date first"),
    ],
)
def test_years_out_of_range_and_backwards_intervals_are_refused(expression: str, message: str) -> None:
    """Years run from 1948 to 9998, and an interval's first day is not after its last."""
    with pytest.raises(WhenError) as caught:
        When(expression)

    assert str(caught.value) == message
    assert caught.value.value == expression


@pytest.mark.parametrize(
    "expression",
    [
        *["2026-02-29", "2026-02-30", "2100-02-29", "2026-04-31", "2026-01-32", "2026-01-00", "2026-00", "2026-13"],
        *["2026-21", "2026-32", "2026-37", "2026-99", "2026-33-01", "2026-02-29~", "2025/2026-02-29", "2026-02-29/.."],
    ],
)
def test_days_that_do_not_exist_are_refused(expression: str) -> None:
    """A day or a month that no calendar has is refused, on either side of an interval; so are the seasons of EDTF."""
    with pytest.raises(WhenError, match="^" + re.escape(f"there is no such date as {expression!r}: write 2027-03-31 (a day)")):
        When(expression)


def test_an_interval_open_at_both_ends_is_refused() -> None:
    """An expression that says nothing is no date."""
    with pytest.raises(WhenError, match=re.escape("'../..' says nothing about when: write 2027-03-31 (a day)")):
        When("../..")


@pytest.mark.parametrize("value", [None, 2027, date(2027, 3, 31), b"2027", ["2027"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    """Only text is an expression; `to_when` is there for days."""
    with pytest.raises(WhenError, match=re.escape(f"{value!r} is not a date: write 2027-03-31")) as caught:
        When(value)  # type: ignore[arg-type]  # the point of the test

    assert isinstance(caught.value, LedgerError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.value == value


@pytest.mark.parametrize(
    ("expression", "is_precise"),
    [
        ("2027-03-31", True),
        ("2027-03-31/2027-03-31", True),
        ("2027-03-31~", False),
        ("2027-03-31?", False),
        ("2027-03", False),
        ("2027-03-30/2027-03-31", False),
        ("../2027-03-31", False),
        ("2027-03-31/..", False),
    ],
)
def test_only_one_undoubted_day_is_precise(expression: str, *, is_precise: bool) -> None:
    """A date is precise when it means one day and its source marks no doubt."""
    assert When(expression).is_precise is is_precise


@pytest.mark.parametrize(
    ("expression", "day", "may_be", "is_by"),
    [
        ("2026-03", "2026-02-28", False, False),
        ("2026-03", "2026-03-01", True, False),
        ("2026-03", "2026-03-30", True, False),
        ("2026-03", "2026-03-31", True, True),
        ("2026-03", "2026-04-01", True, True),
        ("2026-03-31", "2026-03-30", False, False),
        ("2026-03-31", "2026-03-31", True, True),
        ("../2026-03", "1948-01-01", True, False),
        ("../2026-03", "2026-03-30", True, False),
        ("../2026-03", "2026-03-31", True, True),
        ("2025-10/..", "2025-09-30", False, False),
        ("2025-10/..", "2025-10-01", True, False),
        ("2025-10/..", "9998-12-31", True, False),
    ],
)
def test_both_bounds_are_inclusive(expression: str, day: str, *, may_be: bool, is_by: bool) -> None:
    """It may be by its first day and is by its last; an open start may always be, an open end never is."""
    when = When(expression)

    assert when.may_be_by(date.fromisoformat(day)) is may_be
    assert when.is_by(date.fromisoformat(day)) is is_by


def test_dates_are_equal_as_their_sources_wrote_them() -> None:
    """A month and the interval of its days mean the same days, but are two expressions."""
    assert When("2026-03") == When("2026-03")
    assert hash(When("2026-03")) == hash(When("2026-03"))
    assert When("2026-03") != When("2026-03-01/2026-03-31")
    assert repr(When("2026-03")) == "When(expression='2026-03')"


def test_a_date_does_not_change() -> None:
    """A date is a value."""
    when = When("2026-03")

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        when.expression = "2026-04"  # type: ignore[misc]  # the point of the test


def test_a_day_is_said_without_a_leading_nought() -> None:
    """Days are said as in a board paper."""
    assert day_in_words(date(2027, 3, 1)) == "1 March 2027"
    assert day_in_words(LAST_DAY) == "31 December 9998"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2027-04-01", date(2027, 4, 1)),
        (date(2027, 4, 1), date(2027, 4, 1)),
        ("1948-01-01", FIRST_DAY),
        (date(9998, 12, 31), LAST_DAY),
        (datetime(2026, 7, 1, 22, 59, 59, 999999, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_a_day_is_read(value: date | str, day: date) -> None:
    """A day is a date, its ISO text, or the day in London of an aware instant; never an instant itself."""
    read = to_day(value)

    assert read == day
    assert type(read) is date


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2027-04", "'2027-04' is not a day: write it as 2027-04-01"),
        ("2027-04-01~", "'2027-04-01~' is not a day: write it as 2027-04-01"),
        ("20270401", "'20270401' is not a day: write it as 2027-04-01"),
        ("2027-04-01T09:00:00Z", "'2027-04-01T09:00:00Z' is not a day: write it as 2027-04-01"),
        ("२०२७-04-01", "'२०२७-04-01' is not a day: write it as 2027-04-01"),
        (None, "None is not a day: write it as 2027-04-01"),
        (20270401, "20270401 is not a day: write it as 2027-04-01"),
        (date(1947, 12, 31), "the year in '1947-12-31' is outside 1948 to 9998: check the date"),
        (date(9999, 1, 1), "the year in '9999-01-01' is outside 1948 to 9998: check the date"),
        (datetime(2026, 7, 1, 9, 0), "2026-07-01T09:00:00 has no time zone: add one, such as Z for UTC"),  # noqa: DTZ001
    ],
)
def test_what_is_not_one_day_is_refused(value: object, message: str) -> None:
    """A month, an instant as text, a day outside the range and an instant without a time zone are no days."""
    with pytest.raises(WhenError) as caught:
        to_day(value)  # type: ignore[arg-type]  # some of them are of no allowed type

    assert str(caught.value) == message


def test_the_day_before_a_leap_day_exists_and_its_twin_does_not() -> None:
    """A day that is none is refused as a day too."""
    assert to_day("2024-02-29") == date(2024, 2, 29)
    with pytest.raises(WhenError, match="there is no such date as '2026-02-29'"):
        to_day("2026-02-29")


INDIA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        ("2026-01-01", "2026-01-01T23:59:59.999999+00:00"),
        ("2026-07-01", "2026-07-01T22:59:59.999999+00:00"),
        (date(2026, 7, 1), "2026-07-01T22:59:59.999999+00:00"),
        ("2026-03-28", "2026-03-28T23:59:59.999999+00:00"),
        ("2026-03-29", "2026-03-29T22:59:59.999999+00:00"),
        ("2026-10-24", "2026-10-24T22:59:59.999999+00:00"),
        ("2026-10-25", "2026-10-25T23:59:59.999999+00:00"),
        ("1970-01-01", "1970-01-01T22:59:59.999999+00:00"),
        ("9998-12-31", "9998-12-31T23:59:59.999999+00:00"),
        ("2027-04-01T09:30:00Z", "2027-04-01T09:30:00+00:00"),
        ("2027-04-01T09:30:00+01:00", "2027-04-01T08:30:00+00:00"),
        (datetime(2027, 4, 1, 9, 30, tzinfo=UTC), "2027-04-01T09:30:00+00:00"),
        (datetime(2027, 4, 1, 9, 30, tzinfo=INDIA), "2027-04-01T04:00:00+00:00"),
    ],
)
def test_a_day_is_all_of_it_in_london(value: Moment, instant: str) -> None:
    """A day is known through its last microsecond in London, in winter, in summer and when the clocks change."""
    read = to_instant(value)

    assert read.isoformat() == instant
    assert read.tzinfo is UTC


@given(st.dates(FIRST_DAY, LAST_DAY))
@example(date(2026, 3, 29))
@example(date(2026, 10, 25))
def test_the_last_instant_of_a_day_is_of_that_day(day: date) -> None:
    """The moment of a day is the last one that falls on it in London: a microsecond later it is tomorrow."""
    last = to_instant(day)

    assert day_of(last) == day
    assert day_of(last + timedelta(microseconds=1)) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2027-04-01T09:30:00", "2027-04-01T09:30:00 has no time zone: add one, such as Z for UTC"),
        (datetime(2027, 4, 1, 9, 30), "2027-04-01T09:30:00 has no time zone: add one, such as Z for UTC"),  # noqa: DTZ001
        ("2027-04", "'2027-04' is neither a day (2027-04-01) nor an instant (2027-04-01T09:30:00Z)"),
        ("yesterday", "'yesterday' is neither a day (2027-04-01) nor an instant (2027-04-01T09:30:00Z)"),
        ("२०२७-04-01", "'२०२७-04-01' is neither a day (2027-04-01) nor an instant (2027-04-01T09:30:00Z)"),
        ("9999-01-01", "the year in '9999-01-01' is outside 1948 to 9998: check the date"),
        (None, "None is not a day: write it as 2027-04-01"),
    ],
)
def test_what_is_no_moment_is_refused(value: object, message: str) -> None:
    """An instant needs a time zone, and a month is no moment."""
    with pytest.raises(WhenError) as caught:
        to_instant(value)  # type: ignore[arg-type]  # some of them are of no allowed type

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-01-01T23:59:59.999999+00:00", "2026-01-01"),
        ("2026-01-02T00:00:00+00:00", "2026-01-02"),
        ("2026-03-28T23:59:59.999999+00:00", "2026-03-28"),
        ("2026-03-29T00:59:59.999999+00:00", "2026-03-29"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29"),
        ("2026-03-29T22:59:59.999999+00:00", "2026-03-29"),
        ("2026-03-29T23:00:00+00:00", "2026-03-30"),
        ("2026-10-24T22:59:59.999999+00:00", "2026-10-24"),
        ("2026-10-24T23:00:00+00:00", "2026-10-25"),
        ("2026-10-25T00:30:00+00:00", "2026-10-25"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25"),
        ("2026-10-25T23:59:59.999999+00:00", "2026-10-25"),
        ("2026-10-26T00:00:00+00:00", "2026-10-26"),
        ("2026-01-01T00:30:00+05:30", "2025-12-31"),
        ("2026-06-30T18:00:00-05:00", "2026-07-01"),
    ],
)
def test_the_day_of_an_instant_is_the_one_in_london(instant: str, day: str) -> None:
    """Midnight is London's: an hour before UTC's in summer, from one change of the clocks to the other."""
    assert day_of(datetime.fromisoformat(instant)) == date.fromisoformat(day)


def test_an_instant_without_a_time_zone_has_no_day() -> None:
    """The day of an instant can't be told without its time zone."""
    naive = datetime(2026, 7, 1, 9, 0)  # noqa: DTZ001  # the point of the test

    with pytest.raises(WhenError, match="2026-07-01T09:00:00 has no time zone") as caught:
        day_of(naive)

    assert caught.value.value == naive


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        (When("2027-03~"), "2027-03~"),
        ("2027-03~", "2027-03~"),
        (date(2027, 3, 31), "2027-03-31"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "2026-07-02"),
    ],
)
def test_a_when_is_read(value: When | date | str, expression: str) -> None:
    """A `When` is taken as it is, a day becomes one, an instant becomes its day in London."""
    assert to_when(value) == When(expression)


@pytest.mark.parametrize("value", [None, 2027, "soon", date(1947, 12, 31), datetime(2026, 7, 1)])  # noqa: DTZ001
def test_what_is_no_when_is_refused(value: object) -> None:
    """Nothing but a `When`, a day or an expression is a `When`."""
    with pytest.raises(WhenError):
        to_when(value)  # type: ignore[arg-type]  # the point of the test


def test_the_clock_tells_the_time_in_utc() -> None:
    """The clock that stamps entries is aware, and of this moment."""
    before = datetime.now(UTC)

    now = utc_now()

    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


# The oracle: what the `edtf` package reads of the same expressions. Where the two are known to differ, nothing is compared:
# it accepts 29 February in any year and intervals that run backwards; it reads no quarter that is marked or within an
# interval; seasons (21 to 32) are dates to it; and open ends are infinite floats to it, which are made `None` here.

MARKS = {"": "", "?": "?", "~": "~", "%": "?~"}


def _bound(of: object) -> date | None:
    return None if isinstance(of, float) else date(*tuple(of)[:3])  # type: ignore[arg-type]  # a time tuple


def _marks(read: object) -> str:
    both = getattr(read, "is_uncertain_and_approximate", False)
    return ("?" if read.is_uncertain or both else "") + ("~" if read.is_approximate or both else "")  # type: ignore[attr-defined]


def _part(day: date, form: str, mark: str) -> str:
    return f"{day:{form}}{mark}"


def _interval(days: list[date], forms: list[str], marks: list[str], open_end: int | None) -> str:
    start, end = (_part(*ends) for ends in zip(sorted(days), forms, marks, strict=True))
    return f"{'..' if open_end == 0 else start}/{'..' if open_end == 1 else end}"


DAYS = st.dates(FIRST_DAY, LAST_DAY)
SHAPES = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])
SINGLE = st.builds(_part, DAYS, SHAPES, st.sampled_from(list(MARKS)))
QUARTER = st.builds(lambda day, quarter: f"{day:%Y}-{quarter}", DAYS, st.integers(33, 36))
INTERVAL = st.builds(
    _interval,
    st.lists(DAYS, min_size=2, max_size=2),
    st.tuples(SHAPES, SHAPES).map(list),
    st.lists(st.sampled_from(["", "?", "~"]), min_size=2, max_size=2),
    st.sampled_from([None, 0, 1]),
)


@settings(max_examples=60)
@given(SINGLE | QUARTER | INTERVAL)
@example("2024-02-29/2024-02")
@example("../2026-03~")
def test_an_independent_reader_reads_the_same_days(expression: str) -> None:
    """What both read has the same first and last day and the same marks of doubt."""
    other = edtf.parse_edtf(expression)

    when = When(expression)

    assert (when.earliest, when.latest) == (_bound(other.lower_strict()), _bound(other.upper_strict()))
    assert MARKS[when.qualifier] == _marks(other)
