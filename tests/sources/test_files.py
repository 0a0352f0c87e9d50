"""Ledger files: what is read, and what is wrong with what can't be; every problem with its place, all at once."""

from pathlib import Path

import pytest
import yaml

from ledger.events import ActionCommitted, RatingChanged
from ledger.sources import Reading, _yaml, read

GOOD = """\
trust: RHA
sources:
  letter: {title: Open letter, publisher: The trust, published: 2025-10/2026-03, marking: public}
events:
  - ActionCommitted:
      action: wards
      on: 2025-10/2026-03
      title: End dormitory wards
      due: 2027-03
      firmness: targeted
      subject_to: [national capital approval]
    sources: [{ref: letter, at: "bullet on dormitories"}]
    inferred: [on]
"""


def reading(tmp_path: Path, text: str | bytes, name: str = "RHA.yaml") -> Reading:
    """Read one file of a text."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read([path])


def problems(tmp_path: Path, text: str | bytes) -> list[str]:
    """Give the problems of a text, as `line:column: message`."""
    found = reading(tmp_path, text)
    assert found.items == ()
    return [str(problem).removeprefix(f"{tmp_path / 'RHA.yaml'}:") for problem in found.problems]


def test_a_file_gives_drafts_with_their_sources_keys_and_places(tmp_path: Path) -> None:
    """Dates and codes are read as text and typed by the event; the key is the type and what it is about."""
    found = reading(tmp_path, GOOD)
    (item,) = found.items
    assert found.problems == ()
    assert found.trusts == {"RHA"}
    assert item.event == ActionCommitted(
        trust="RHA",
        on="2025-10/2026-03",
        action="wards",
        title="End dormitory wards",
        due="2027-03",
        firmness="targeted",
        subject_to=["national capital approval"],
    )
    assert (item.key, item.draft.key, sorted(item.draft.inferred)) == ("ActionCommitted/wards", "ActionCommitted/wards", ["on"])
    (cited,) = item.draft.sources
    assert (cited.source.title, cited.at, str(cited.source.published)) == (
        "Open letter",
        "bullet on dormitories",
        "2025-10/2026-03",
    )
    assert str(item.place) == f"{tmp_path / 'RHA.yaml'}:5:5"


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Files saved by common editors with a mark at the front are read."""
    assert reading(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()).problems == ()


def test_a_source_may_be_known_through_another(tmp_path: Path) -> None:
    """`via` names another source of the file, in whatever order they stand."""
    paper = "paper: {title: Paper, publisher: Council, marking: confidential}"
    text = GOOD.replace("marking: public}", f"marking: public, via: paper}}\n  {paper}")
    (item,) = reading(tmp_path, text).items
    via = item.draft.sources[0].source.via
    assert via is not None
    assert via.title == "Paper"


def event(body: str) -> str:
    """Give a file with one event."""
    return f"trust: RHA\nevents:\n  - {body}\n"


RATED = "RatingChanged: {on: 2025-05-30, rating: Good}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1: the file is empty: begin with `trust:`"]),
        ("# nothing but a comment\n", ["1:1: the file is empty: begin with `trust:`"]),
        ("trust: [RHA\n", ["2:1: not YAML: did not find expected ',' or ']'"]),
        ("trust: RHA\n---\ntrust: RVN\n", ["2:1: not YAML: but found another document"]),
        (b"trust: RHA\nevents: [\xff]\n", ["2:10: not UTF-8: save the file as UTF-8 text"]),
        ("trust: R\x07A\n", ["1:1: not YAML: unacceptable character #x0007: control characters are not allowed"]),
        ("trust: rha\nevents: []\n", ["1:1: 'rha' is not a CQC provider id, such as RHA or 1-101639687"]),
        ("trust: [RHA]\nevents: []\n", ["1:1: ['RHA'] is not a CQC provider id, such as RHA or 1-101639687"]),
        ("just words", ["1:1: a ledger file is a mapping with trust, sources and events"]),
        ("trust: RHA\n", ["1:1: the field 'events' is missing"]),
        ("events: []\n", ["1:1: the field 'trust' is missing"]),
        ("trust: RHA\nevents: []\nevent: []\n", ["3:1: a ledger file has no field 'event': it has trust, sources, events"]),
        ("trust: RHA\nevents: {}\n", ["2:1: a list of events is due here"]),
        ("trust: RHA\nsources: []\nevents: []\n", ["2:1: a mapping of names to sources is due here"]),
        ("trust: RHA\ntrust: RVN\nevents: []\n", ["2:1: 'trust' stands twice in one mapping: keep one"]),
        ("trust: RHA\n? [a]\n: b\nevents: []\n", ["2:3: a list or a mapping stands where a field's name is due"]),
        (
            "trust: RHA\nevents:\n  - !!python/name:x y\n",
            ["3:5: the tag tag:yaml.org,2002:python/name:x is not used in ledger files: write plain text"],
        ),
    ],
)
def test_what_is_no_ledger_file_is_told_with_its_place(text: str | bytes, expected: list[str], tmp_path: Path) -> None:
    """Broken YAML, other encodings, empty files and other shapes: the place and what to do."""
    found = problems(tmp_path, text)
    assert [problem for problem in found if problem in expected] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("RatingChangd: {}", "3:5: there is no event type 'RatingChangd'; did you mean 'RatingChanged'?"),
        (
            "RatingChanged: {on: 2025, rating: Good, ratng: x}",
            "3:45: RatingChanged has no field 'ratng'; did you mean 'rating'?",
        ),
        ("RatingChanged: {on: 2025}", "3:5: RatingChanged needs the field 'rating'"),
        ("RatingChanged: {on: 2025, rating: [Good]}", "3:31: a list stands where a text is due"),
        ("RatingChanged: {on: {y: 2025}, rating: Good}", "3:21: a mapping stands where a text is due"),
        ("RatingChanged: {on: , rating: Good}", "3:21: nothing stands where a text is due"),
        ("RatingChanged: x", "3:5: a mapping with the fields of RatingChanged is due here"),
        ("RatingChanged: {on: 2026-13-40, rating: Good}", "3:21: there is no such date as '2026-13-40'"),
        ("RatingChanged: {on: 2027-02-29, rating: Good}", "3:21: there is no such date as '2027-02-29'"),
        ("RatingChanged: {on: 2026-03/2025-10, rating: Good}", "3:21: the interval '2026-03/2025-10' runs backwards"),
        ("RatingChanged: {on: 1947-12-31, rating: Good}", "3:21: the year in '1947-12-31' is outside 1948 to 9998"),
        ("RatingChanged: {on: 9999-01-01, rating: Good}", "3:21: the year in '9999-01-01' is outside 1948 to 9998"),
        ("ActionCommitted: {on: 2025, action: a, title: A, due: soon}", "3:54: can't read the date 'soon'"),
        (
            "BreachFound: {on: 2025, breach: b, as_described: x, regulation: 99}",
            "3:57: '99' is not a regulation: use one of 4, 5",
        ),
        ("BreachFound: {on: 2025, breach: b, as_described: x, count: two}", "3:57: 'two' stands where a whole number is due"),
        (
            "RatingChanged: {on: 2025, rating: Good, key_question: Safety}",
            "3:45: 'Safety' is not a key question: use one of Safe, Effective",
        ),
        ("RatingChanged: {on: 2025, rating: Fine}", "3:31: 'Fine' is not a rating: use one of Outstanding, Good"),
        ("BreachFound: {on: 2025, breach: Not A Slug, as_described: x}", "3:29: breach: 'Not A Slug' is not an id"),
        (
            "NoticeIssued: {on: 2025, notice: n, kind: Warning Notice, requirements: [{text: x}]}",
            "3:78: NoticeRequirement needs the field 'requirement'",
        ),
        ("RatingChanged: {trust: RVN, on: 2025, rating: Good}", "3:21: the trust stands once, at the top of the file"),
        ("Retracted: {entry: 1}", "3:5: Retracted is a note about an entry"),
        (
            "ActionDeadlinePassed: {on: 2025, action: a, due: 2024}",
            "3:5: ActionDeadlinePassed is derived, never written by hand",
        ),
        ("words", "3:5: a mapping with one event, its sources and what is inferred is due here"),
        (
            f"{{{RATED}, RatingWithdrawn: {{on: 2025}}}}",
            "3:5: one event is due here, with its sources and what is inferred; found RatingC",
        ),
        (f"{RATED}\n    sources: x", "4:5: a list of sources, each as {ref: name, at: place} is due here"),
        (f"{RATED}\n    sources: [letter]", "4:15: 'letter' stands where a mapping is due"),
        (f"{RATED}\n    sources: [{{ref: letter}}]", "4:16: there is no source 'letter' in this file: it has none"),
        (f"{RATED}\n    sources: [{{at: x}}]", "4:15: Cited needs the field 'ref'"),
        (f"{RATED}\n    inferred: on", "4:5: a list of field names is due here"),
        (f"{RATED}\n    inferred: [{{a: b}}]", "4:16: RatingChanged has no field {'a': 'b'} to infer: it has trust, on"),
        ("Event: {on: 2026}", "3:5: there is no event type 'Event'"),
        (f"{RATED}\n    inferred: [regulation]", "4:16: RatingChanged has no field 'regulation' to infer: it has trust, on"),
        (
            "ActionCompleted: {on: 2025, action: wards}",
            "3:5: action: no action 'wards' is on record in these files or the ledger",
        ),
        (
            "NoticeFollowedUp: {on: 2025, notice: waits}",
            "3:5: notice: no notice 'waits' is on record in these files or the ledger",
        ),
        ("InspectionPublished: {on: 2025, inspection: well-led}", "3:5: inspection: no inspection 'well-led' is on record"),
        ("ActionCommitted: {on: 2025, action: a, title: A, answers: [x]}", "3:5: answers: no thing 'x' is on record"),
        (
            "ActionPlanRequested: {on: 2025, plan: p, due: 2026, by_rule: {rule: governence-report, version: 2, start: 2025}}",
            "3:5: there is no rule 'governence-report'; did you mean 'governance-report'?",
        ),
        (
            (
                "NoticeIssued: {on: 2025, notice: n, kind: Warning Notice, requirements: [{requirement: r, text: x, comply_by: 2026, "
                "by_rule: {rule: governance-report, version: 7, start: 2025}}]}"
            ),
            "3:5: governance-report has no version 7: it has 1, 2",
        ),
    ],
)
def test_what_is_wrong_with_an_event_is_told_with_its_place(body: str, expected: str, tmp_path: Path) -> None:
    """Each mistake gives one problem, at its own line and column, that says what to do."""
    (problem,) = problems(tmp_path, event(body))
    assert problem.startswith(expected)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ("{a: x}", "2:11: a mapping with title, publisher, marking and published is due here"),
        ("{a: {title: A, publisher: B}}", "2:11: Source needs the field 'marking'"),
        ("{a: {title: A, publisher: B, marking: secret}}", "2:39: 'secret' is not a marking: use one of public, official"),
        ("{a: {title: A, publisher: B, marking: public, via: b}}", "2:56: there is no source 'b' in this file: it has a"),
        (
            "{a: {title: A, publisher: B, marking: public, via: a}}",
            "2:56: the sources are known through each other in a circle",
        ),
    ],
)
def test_what_is_wrong_with_a_source_is_told_with_its_place(sources: str, expected: str, tmp_path: Path) -> None:
    """A source that can't be read is one problem, however many events cite it."""
    text = f"trust: RHA\nsources: {sources}\nevents:\n  - {RATED}\n    sources: [{{ref: a}}]\n"
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(expected)


def test_sources_known_through_a_circle_are_problems_and_not_those_that_lead_there(tmp_path: Path) -> None:
    """Every source of the circle has the problem once; what is known through one of them could be right."""
    given = "title: A, publisher: B, marking: public, via"
    sources = "".join(f"  {name}: {{{given}: {via}}}\n" for name, via in ("ab", "bc", "cb", "da"))
    told = problems(tmp_path, f"trust: RHA\nsources:\n{sources}events:\n  - {RATED}\n")
    assert told == [
        "4:48: the sources are known through each other in a circle",
        "5:48: the sources are known through each other in a circle",
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_thousands_of_sources_known_through_each_other_are_refused_in_time(order: int, tmp_path: Path) -> None:
    """A source is known through at most a hundred others, in whatever order they stand; each is looked at once."""
    sources = [f"  s{n}: {{title: T{n}, publisher: B, marking: public, via: s{n + 1}}}\n" for n in range(2000)]
    sources.append("  s2000: {title: T, publisher: B, marking: public}\n")
    told = problems(tmp_path, f"trust: RHA\nsources:\n{''.join(sources[::order])}events:\n  - {RATED}\n")
    assert {one.partition(": ")[2] for one in told} == {
        "via: a source is known through at most 100 others: leave out what lies between"
    }


def test_a_message_names_a_few_of_many_sources(tmp_path: Path) -> None:
    """However many sources a file has, and however many others are cited, what is told stays in proportion to the file."""
    sources = "".join(f"  s{n}: {{title: T{n}, publisher: B, marking: public}}\n" for n in range(1025))
    (told,) = problems(tmp_path, f"trust: RHA\nsources:\n{sources}events:\n  - {RATED}\n    sources: [{{ref: x}}]\n")
    assert told.endswith(f"there is no source 'x' in this file: it has {', '.join(f's{n}' for n in range(20))} and 1,005 more")


def test_every_field_that_can_not_be_inferred_is_told_in_its_place(tmp_path: Path) -> None:
    """Also where one name stands there twice."""
    told = problems(tmp_path, f"trust: RHA\nevents:\n  - {RATED}\n    inferred: [on, x, x]\n")
    assert [one.partition(" to infer")[0] for one in told] == [
        "4:20: RatingChanged has no field 'x'",
        "4:23: RatingChanged has no field 'x'",
    ]


@pytest.mark.parametrize("text", ['trust: "\\U00110000"', 'trust: "\\UFFFFFFFF"', f"%YAML {'1' * 5000}.1\n---"])
def test_without_libyaml_what_is_no_letter_or_version_is_told(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML has to do it alone, it raises what Python does of a code point or a number that is none."""
    monkeypatch.setattr(_yaml, "LOADER", yaml.SafeLoader)
    (told,) = problems(tmp_path, text)
    assert told.startswith("1:1: not YAML: ")


def test_every_problem_is_told_at_once_in_order_of_place(tmp_path: Path) -> None:
    """Five mistakes in three events give five problems; the good event beside them is not recorded either."""
    text = """\
trust: RHA
events:
  - RatingChanged: {on: 2025-02-30, rating: Fine}
  - RatingChanged: {on: 2025-05-30, rating: Good}
  - BreachFound: {on: 2025, breach: B, as_described: ""}
  - Nothing: {}
"""
    assert [problem.split(":")[0] for problem in problems(tmp_path, text)] == ["3", "3", "5", "5", "6"]


def test_one_id_for_two_things_is_a_problem(tmp_path: Path) -> None:
    """An id stands for one thing of a trust, whatever its kind."""
    text = """\
trust: RHA
events:
  - BreachFound: {on: 2025, breach: wards, as_described: x}
  - ActionCommitted: {on: 2025, action: wards, title: A}
"""
    (problem,) = problems(tmp_path, text)
    assert problem.startswith("4:5: the id 'wards' is used for a action here and for a breach in ")


def test_two_facts_that_nothing_tells_apart_ask_for_an_id(tmp_path: Path) -> None:
    """Two changes of one rating need an `id`; with one they are read."""
    text = (
        "trust: RHA\nevents:\n  - RatingChanged: {on: 2025, rating: Good}\n  - RatingChanged: {on: 2026, rating: Inadequate}\n"
    )
    (problem,) = problems(tmp_path, text)
    assert problem.startswith("4:5: the same kind of fact about the same thing stands at ")
    assert problem.endswith("RHA.yaml:3:5 too (RatingChanged/Overall): give one an `id`")
    assert len(reading(tmp_path, text.replace("on: 2026", "id: again, on: 2026")).items) == 2


def test_a_completion_with_a_title_may_be_of_something_never_promised(tmp_path: Path) -> None:
    """A source that reports something done may be the first to name it."""
    found = reading(tmp_path, event("ActionCompleted: {on: 2025, action: wards, title: Dormitory wards closed}"))
    assert found.problems == ()


def test_what_a_notice_requires_can_be_referred_to(tmp_path: Path) -> None:
    """A requirement inside a notice is on record as a thing of its own."""
    text = """\
trust: RHA
events:
  - NoticeIssued: {on: 2025, notice: n, kind: Warning Notice, requirements: [{requirement: waits, text: Cut waits}]}
  - NoticeDetermined: {on: 2026, notice: n, requirement: waits, outcome: complied}
  - ActionCommitted: {on: 2025, action: a, title: A, answers: [waits, n]}
"""
    assert reading(tmp_path, text).problems == ()


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    """What can't be read is a problem like any other."""
    found = read([tmp_path / "missing.yaml", tmp_path])
    assert sorted(problem.message for problem in found.problems) == [
        "can't read the file: No such file or directory",
        "this is a folder: name the files in it",
    ]


def test_a_file_over_the_stated_size_is_refused_unread(tmp_path: Path) -> None:
    """Five million bytes are the limit, inclusive."""
    filler = "# " + "x" * 97 + "\n"
    room = 5_000_000 - len(GOOD)
    at_limit = GOOD + filler * (room // 100) + "#" * (room % 100)
    assert len(at_limit) == 5_000_000
    assert reading(tmp_path, at_limit).problems == ()
    assert problems(tmp_path, at_limit + "#") == ["1:1: the file has 5,000,001 bytes, more than 5,000,000: split it by trust"]


def test_aliases_are_bounded(tmp_path: Path) -> None:
    """A billion laughs, written in ten lines, is refused; a few aliases are fine."""
    lines = ["trust: RHA", "sources:", "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (problem,) = problems(tmp_path, "\n".join([*lines, "events: []\n"]))
    assert problem.endswith("more than 200,000 values, aliases written out: split the file, or use fewer aliases")
    text = GOOD.replace("on: 2025-10/2026-03", "on: &then 2025-10/2026-03").replace("due: 2027-03", "due: *then")
    (item,) = reading(tmp_path, text).items
    assert isinstance(item.event, ActionCommitted)
    assert str(item.event.due) == "2025-10/2026-03"


@pytest.mark.parametrize("text", ["trust: &a [*a]\nevents: []\n", "trust: " + "[" * 25 + "]" * 25 + "\nevents: []\n"])
def test_depth_is_bounded(text: str, tmp_path: Path) -> None:
    """An alias of itself, or lists within lists, are refused."""
    (problem,) = problems(tmp_path, text)
    assert problem.endswith("more than 20 levels deep: a ledger file needs six")


def test_very_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    """A hundred thousand brackets are a problem, not the end of the process."""
    assert problems(tmp_path, "trust: " + "[" * 100_000) == ["1:27: more than 20 levels deep: a ledger file needs six"]


def test_the_order_is_by_day_then_as_the_file_has_it(tmp_path: Path) -> None:
    """Items come in the order they are to be recorded: whatever the order of files, the same."""
    first = tmp_path / "RHA.yaml"
    second = tmp_path / "RVN.yaml"
    first.write_text(
        "trust: RHA\nevents:\n"
        "  - RatingChanged: {on: 2025-12-31, rating: Good}\n"
        "  - RatingChanged: {id: second, on: 2025, rating: Inadequate}\n"
        "  - RatingChanged: {id: never, on: 2025/.., rating: Good}\n"
    )
    second.write_text("trust: RVN\nevents:\n  - RatingChanged: {on: 2024, rating: Good}\n")
    there, back = read([first, second]), read([second, first])
    assert [item.key for item in there.items] == ["RatingChanged/Overall", "RatingChanged/Overall", "second", "never"]
    assert there.items == back.items
    assert isinstance(there.items[0].event, RatingChanged)
    assert there.items[0].event.trust == "RVN"
