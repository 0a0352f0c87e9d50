"""The commands on deadlines: `deadlines`, `sweep` and `audit`, and what a careless user gets."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ledger import Ledger
from tests.conftest import Done

FILE = """\
trust: RHA
sources:
  letter: {title: Open letter, publisher: The trust, published: 2026-01-31, marking: public}
  memo: {title: Memo, publisher: The trust, marking: confidential}
events:
  - ActionCommitted: {action: wards, on: 2026-01-31, title: End dormitory wards, due: 2027-03, firmness: targeted, subject_to: [approval]}
    sources: [{ref: letter, at: paragraph 2}]
  - ActionCommitted: {action: plans, on: 2026-01-31, title: Submit the plans, due: 2026-03, lead: Director of estates}
    sources: [{ref: letter, at: paragraph 3}]
  - ActionCommitted: {action: roof, on: 2026-01-31, title: Mend the roof, due: 2026-05-15}
    sources: [{ref: memo, at: line 1}]
  - ActionCompleted: {action: roof, on: 2026-05-01}
    sources: [{ref: memo, at: line 2}]
"""


@pytest.fixture
def kept(run: Callable[..., Done], tmp_path: Path) -> Callable[..., Done]:
    """Give a way to run the command beside a ledger with four facts in it."""
    (tmp_path / "RHA.yaml").write_text(FILE)
    assert run("ingest", "RHA.yaml", "--by", "analyst").code == 0
    return run


WARDS = "RHA, End dormitory wards: targeted, due March 2027"
PLANS = "RHA, Submit the plans: "
DUE = "committed, due March 2026"
PASSED = "open on record after March 2026"
HEARD = "nothing on record since 31 January 2026"


@pytest.mark.parametrize(
    ("day", "title", "expected"),
    [
        (
            "2026-03-31",
            "Deadlines on 31 March 2026",
            [
                "Due in this period",
                f"  {PLANS}{DUE}, last day today; lead: Director of estates [2]",
                "Upcoming",
                f"  {WARDS}, last day in 365 days; condition not resolved on record: approval; no lead on record [1]",
            ],
        ),
        (
            "2026-04-01",
            "Deadlines on 1 April 2026",
            [
                "Past",
                f"  {PLANS}overdue; {DUE}, 1 day ago; {PASSED}; lead: Director of estates; {HEARD} [2]",
                "Upcoming",
                f"  {WARDS}, last day in 364 days; condition not resolved on record: approval; no lead on record [1]",
            ],
        ),
    ],
)
def test_deadlines_are_past_due_or_upcoming(day: str, title: str, expected: list[str], kept: Callable[..., Done]) -> None:
    """A month is due through its last day, and past on the day after; what was completed is not listed."""
    done = kept("deadlines", day, "RHA", "--within", 365)
    lines = [line for line in done.out.splitlines() if line and "roof" not in line]
    assert (done.code, lines[0], lines[2:]) == (0, title, expected)


def test_every_line_of_a_forecast_is_marked(kept: Callable[..., Done]) -> None:
    """Asked of a day to come, each deadline says that it is a forecast."""
    lines = kept("deadlines", "9000-01-01").out.splitlines()
    told = [line for line in lines if line.startswith("  ")]
    assert len(told) == 2
    assert all(line.startswith("  Forecast: RHA, ") for line in told)


def test_deadlines_as_json(kept: Callable[..., Done]) -> None:
    """The times of the view, and one object a deadline."""
    told = kept("deadlines", "2026-04-01", "--json").json
    assert (told["on"], told["public_on"], told["is_forecast"]) == ("2026-04-01", None, False)
    assert [(one["trust"], one["about"], one["standing"], one["days"], one["times_moved"]) for one in told["deadlines"]] == [
        ("RHA", ["action", "plans"], "overdue", 1, 0),
        ("RHA", ["action", "roof"], "upcoming", -44, 0),
        ("RHA", ["action", "wards"], "upcoming", -364, 0),
    ]


def test_deadlines_of_a_public_view_hide_what_was_never_published(kept: Callable[..., Done]) -> None:
    """The roof stands in a memo that nobody published, so the public list is without it."""
    told = kept("deadlines", "2026-04-01", "--public-on", "2026-04-01", "--json").json
    assert [one["about"][1] for one in told["deadlines"]] == ["plans", "wards"]


def test_without_a_date_deadlines_are_todays(kept: Callable[..., Done]) -> None:
    """The command reads the clock, and says of which day it speaks."""
    told = kept("deadlines", "--json").json
    assert told["on"] == told["known_at"][:10]


def test_nothing_due_says_so(run: Callable[..., Done]) -> None:
    """An empty ledger has no deadlines, which is no error."""
    Ledger.open("trust-ledger.db", by="analyst").close()
    done = run("deadlines", "2026-04-01")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Nothing open has a due date")


def test_sweep_puts_each_pass_on_record_once(kept: Callable[..., Done]) -> None:
    """The second sweep finds nothing new; the roof was done in time."""
    first, second = (kept("sweep", "--today", "2026-06-01", "--by", "night job") for _ in range(2))
    assert (first.code, first.out.splitlines()) == (
        0,
        [
            "Swept as of 1 June 2026: 1 passed deadline put on record",
            "",
            "Deadlines that passed",
            "  RHA, Action deadline passed: 1 April 2026; action: plans; due: March 2026 [5]",
        ],
    )
    assert (second.code, second.out) == (0, "Swept as of 1 June 2026: 0 passed deadlines put on record\n")
    with Ledger.open("trust-ledger.db") as ledger:
        assert [entry.recorded_by for entry in ledger.entries][-2:] == ["analyst", "night job"]


def test_a_sweep_of_a_day_to_come_says_that_it_is_a_forecast(kept: Callable[..., Done]) -> None:
    """What is on record before it happened is marked."""
    told = kept("sweep", "--today", "9000-01-01").out
    assert "This day is still to come: what is marked as a forecast is on record before it happened." in told
    assert "  Forecast: RHA, Action deadline passed" in told


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sweep", "--today", "2026-03-31"], 2, "the ledger was swept through 1 April 2026 already"),
        (["sweep", "--today", "yesterday"], 2, "'yesterday' is not a day: write it as 2027-04-01"),
        (["sweep", "--ledger", "none.db"], 1, "there is no ledger at none.db"),
        (["deadlines", "RHA"], 2, "'RHA' is a trust, and the date stands before it: deadlines "),
        (["deadlines", "soon"], 2, "'soon' is not a day: write it as 2027-04-01"),
        (["deadlines", "2026-04-01", "rha"], 1, "nothing is on record about 'rha'; did you mean RHA?"),
        (["audit", "2027-04-01"], 2, "'2027-04-01' is a day: say --as 2027-04-01"),
        (["deadlines", "2026-04-01", "RXX"], 1, "nothing is on record about 'RXX'; trusts on record: RHA"),
        (["deadlines", "--within", "-1"], 2, "greater than or equal to 0"),
        (["audit", "RXX"], 1, "nothing is on record about 'RXX'; trusts on record: RHA"),
        (["audit", "--as", "2027-13"], 2, "'2027-13' is not a day"),
        (["audit", "--rule", "no-such-rule"], 2, "there is no rule 'no-such-rule'; there are "),
        (["audit", "--rules", "none.py"], 2, "can't read rules from none.py: FileNotFoundError"),
        (["audit", "--rules", "RHA.yaml"], 2, "can't read rules from RHA.yaml"),
        (["audit", "--fail-at", "grave"], 2, "grave"),
    ],
)
def test_a_careless_user_gets_a_sentence(arguments: list[str], code: int, said: str, kept: Callable[..., Done]) -> None:
    """What was wrong and what to do, an exit code, and never a traceback."""
    kept("sweep", "--today", "2026-06-01")
    done = kept(*arguments)
    assert done.code == code
    assert said in done.err
    assert "Traceback" not in done.err


RULES = '''\
from ledger.audits import AuditException, rule


@rule("low")
def no_lead(dossier):
    """An open action with a due date and no lead on record.

    What everybody owns, nobody does: a board needs a role to ask.
    """
    for action in dossier.state.actions.values():
        if action.is_open and action.due and not action.lead:
            yield AuditException(f"“{action.title}” has no lead on record.", dossier.citing(action), action.about)


@rule("high")
def broken(dossier):
    """A rule with a mistake in it.

    It is named, and the others still run.
    """
    raise ZeroDivisionError("division by nothing")
'''


def test_an_audit_by_rules_of_ones_own(kept: Callable[..., Done], tmp_path: Path) -> None:
    """A rule of a file is run beside those that come with the ledger; one that raises is named, and the others still run."""
    (tmp_path / "rules.py").write_text(RULES)
    done = kept("audit", "RHA", "--as", "2026-06-01", "--rules", "rules.py", "--rule", "no-lead", "--rule", "broken")
    assert done.code == 1
    assert done.out.splitlines() == [
        "Audit as of 1 June 2026: 1 exception, from 1 of 2 rules",
        f"As recorded by {_today()}.",
        "",
        "An open action with a due date and no lead on record (low, no-lead)",
        "  Why: What everybody owns, nobody does: a board needs a role to ask.",
        "  RHA, low: “End dormitory wards” has no lead on record [1]",
        "",
        "Rules that could not be run",
        "  the rule broken could not be run on RHA: ZeroDivisionError: division by nothing",
    ]


def _today() -> str:
    with Ledger.open("trust-ledger.db") as ledger:
        recorded: datetime = ledger.entries[-1].recorded_at
    return f"{recorded.day} {recorded:%B %Y}"


def test_the_exit_code_of_an_audit_goes_by_severity(kept: Callable[..., Done], tmp_path: Path) -> None:
    """Exceptions below the least severity that counts leave it at 0."""
    (tmp_path / "rules.py").write_text(RULES.partition('@rule("high")')[0])
    own = ("audit", "--as", "2026-06-01", "--rules", "rules.py", "--rule", "no-lead")
    assert [kept(*own, "--fail-at", severity).code for severity in ("low", "medium", "high")] == [1, 0, 0]


def test_an_audit_as_json(kept: Callable[..., Done], tmp_path: Path) -> None:
    """The times of the view, the exceptions with their entries, and the rules with their limits."""
    (tmp_path / "rules.py").write_text(RULES)
    told = kept("audit", "--as", "2026-06-01", "--rules", "rules.py", "--rule", "no-lead", "--json").json
    assert told["exceptions"] == [
        {
            "text": "“End dormitory wards” has no lead on record.",
            "entries": [1],
            "about": ["action", "wards"],
            "rule": "no-lead",
            "severity": "low",
            "trust": "RHA",
            "is_forecast": False,
        }
    ]
    assert [(one["id"], one["limits"]) for one in told["rules"]] == [("no-lead", {})]
    assert (told["on"], told["failures"]) == ("2026-06-01", [])
