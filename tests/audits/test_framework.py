"""Rules and audits themselves: how a rule is made, what an exception needs, and how an audit is told."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from ledger import Dossier, Ledger
from ledger.audits import RULES, AuditException, Rule, Severity, audit, chosen, rule, rules_of
from ledger.errors import AuditError, LedgerError, WhenError, WordError
from ledger.events import ActionCommitted
from tests.audits.book import Book

DOORS = ActionCommitted(trust="RHA", on="2026-01-05", action="doors", title="Fit new doors", due="2026-03-31")


@rule("medium")
def undated(dossier: Dossier, *, least: int = 1) -> Iterator[AuditException]:
    """So many open actions or more, each of which is told.

    What is many is for the user to say.
    """
    found = [action for action in dossier.state.actions.values() if action.is_open]
    for action in found if len(found) >= least else []:
        yield AuditException(f"“{action.title}” is open.", dossier.citing(action), action.about)


@pytest.fixture
def ledger() -> Ledger:
    """Give a ledger with one commitment."""
    book = Book()
    book.on("2026-01-10").record(DOORS)
    return book.on("2026-01-11")


def test_a_rule_is_read_from_its_function() -> None:
    """The name gives the id, the docstring the title and why it matters, the keywords the limits."""
    assert (undated.id, undated.severity, undated.limits) == ("undated", Severity.MEDIUM, {"least": 1})
    assert undated.title == "So many open actions or more, each of which is told."
    assert undated.why == "What is many is for the user to say."
    named: Rule = rule("high", id="my-rule")(undated.find)
    assert (named.id, named.severity) == ("my-rule", Severity.HIGH)


def no_words(dossier: Dossier) -> list[AuditException]:  # noqa: D103  # that it has no docstring is the point
    del dossier
    return []


def no_why(dossier: Dossier) -> list[AuditException]:
    """A title alone."""
    return no_words(dossier)


def no_default(dossier: Dossier, *, days: int) -> list[AuditException]:
    """A limit without a default.

    Nobody could say what it is.
    """
    del days
    return no_words(dossier)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: rule("low")(no_words), "the rule no_words needs a docstring"),
        (lambda: rule("low")(no_why), "the rule no_why needs a docstring"),
        (lambda: rule("low")(no_default), "the rule no_default needs a whole number as the default of its limit days"),
        (lambda: undated.limited(most=3), "the rule undated has no limit most; its limits: least"),
        (lambda: AuditException(" ", (1,)), "an exception needs a text and the number of at least one entry"),
        (lambda: AuditException("Something.", ()), "an exception needs a text and the number of at least one entry"),
        (lambda: AuditException("Something.", "12"), "'12' stands where the numbers of entries are due"),  # type: ignore[arg-type]  # the mistake is the point
    ],
)
def test_what_can_be_no_rule_or_exception_is_refused(make: Callable[[], object], said: str) -> None:
    """A rule says what it reports and why; an exception says something and can be followed up."""
    with pytest.raises(AuditError, match=re.escape(said)):
        make()


def test_a_severity_is_one_of_three() -> None:
    """Another word is an error that names them."""
    with pytest.raises(WordError, match="use one of low, medium, high"):
        rule("grave")(undated.find)


def test_an_audit_says_which_rule_found_what_of_whom(ledger: Ledger) -> None:
    """Each exception has its rule, severity and trust, and the numbers of entries once."""
    done = audit(ledger.at("2026-01-10"), [undated])
    (found,) = done.exceptions
    assert (found.rule, found.severity, found.trust, found.entries, found.is_forecast) == (
        "undated",
        "medium",
        "RHA",
        (1,),
        False,
    )
    assert str(found) == "RHA, medium: “Fit new doors” is open [1]"
    assert AuditException("Twice.", (2, 1, 2)).entries == (2, 1)
    assert done.by_rule("undated") == done.exceptions
    assert [len(done.at_least(severity)) for severity in ("low", "medium", "high")] == [1, 1, 0]


@pytest.mark.parametrize(("least", "found"), [(1, 1), (2, 0)])
def test_a_limit_can_be_changed(least: int, found: int, ledger: Ledger) -> None:
    """The rule goes by the new limit, and says so."""
    limited = undated.limited(least=least)
    assert (limited.limits, len(audit(ledger.at("2026-01-10"), [limited]).exceptions)) == ({"least": least}, found)


def test_an_audit_of_a_day_to_come_is_a_forecast(ledger: Ledger) -> None:
    """Every line of it says so."""
    done = audit(ledger.at("2027-01-01"), [undated])
    assert [str(one) for one in done.exceptions] == ["Forecast: RHA, medium: “Fit new doors” is open [1]"]
    assert "  Forecast: RHA, medium: “Fit new doors” is open [1]" in str(done)


def test_a_rule_that_fails_is_named_and_the_others_still_run(ledger: Ledger) -> None:
    """Also where it would end the program, gives nothing to go through, or cites what is not on record."""

    @rule("low")
    def ends(dossier: Dossier) -> Iterator[AuditException]:
        """End the program.

        No rule may.
        """
        raise SystemExit(len(dossier.known))

    @rule("low")
    def invents(dossier: Dossier) -> Iterator[AuditException]:
        """Cite what is not there.

        No rule may.
        """
        yield AuditException("Something.", (len(dossier.known) + 98,))

    done = audit(ledger.at("2026-01-10"), [ends, invents, undated])
    assert [one.rule for one in done.exceptions] == ["undated"]
    assert [str(one) for one in done.failures] == [
        "the rule ends could not be run on RHA: SystemExit: 1",
        "the rule invents could not be run on RHA: AuditError: it cites entry 99, which is not on record about RHA in this view",
    ]
    assert "Rules that could not be run" in str(done)


def test_an_audit_takes_a_view_and_rules_only(ledger: Ledger) -> None:
    """A ledger without a day, a bare function, and two rules of one id are told apart by a sentence each."""
    view = ledger.at("2026-01-10")
    for given, said in (
        ((ledger, [undated]), "an audit is of a view: audit(ledger.at(day))"),
        ((view, [no_why]), "is no rule: decorate the function with ledger.audits.rule"),
        ((view, [undated, undated]), "two rules are called undated: give one of them another id"),
    ):
        with pytest.raises(AuditError, match=re.escape(said)):
            audit(*given)


def test_an_audit_reads_as_text_on_a_terminal_and_in_a_notebook(ledger: Ledger) -> None:
    """The gravest rule comes first, each with why it matters; without exceptions there is the title alone."""
    done = audit(ledger.at("2026-01-10"), [undated])
    console = Console(width=200, record=True)
    console.print(done)
    for text in (str(done), console.export_text(), done._repr_html_()):
        assert "Audit as of 10 January 2026: 1 exception, from 1 of 1 rule" in text
        assert "What is many is for the user to say" in text
    nothing = audit(ledger.at("2026-01-10"), [undated.limited(least=2)])
    assert str(nothing).splitlines()[0] == "Audit as of 10 January 2026: 0 exceptions, from 0 of 1 rule"


def test_rules_are_chosen_by_id_and_the_later_takes_the_place_of_the_earlier() -> None:
    """So a rule of one's own can change a limit of one that comes with the ledger."""
    mine = RULES[0].limited()
    assert chosen([*RULES, mine], [RULES[0].id]) == [mine]
    assert chosen([undated], None) == [undated]
    with pytest.raises(WordError, match="there is no rule 'other'; there are undated"):
        chosen([undated], ["other"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("mine = 1", "makes no rule: decorate a function with ledger.audits.rule"),
    ],
)
def test_a_file_that_makes_no_rules_is_told(text: str, said: str, tmp_path: Path) -> None:
    """Whatever is wrong with it, it is a sentence that names the file."""
    path = tmp_path / "mine.py"
    path.write_text(text)
    with pytest.raises(AuditError, match=re.escape(said)):
        rules_of(path)


def test_looking_ahead_takes_no_fewer_than_no_days(ledger: Ledger) -> None:
    """A negative number of days is a mistake."""
    with pytest.raises(WhenError, match="-1 is not a number of days to look ahead: give 0 or more"):
        ledger.at("2026-01-10").deadlines(within=-1)
    assert issubclass(AuditError, LedgerError)
