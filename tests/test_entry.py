"""Sources, citations, drafts and entries: what tells them apart, who may see them, and how they are cited."""

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from ledger import Citation, Draft, Entry, Marking, Source, When
from ledger._codec import decode, encode
from ledger._entry import as_citations, strictest
from ledger.errors import EventError, WhenError, WordError
from ledger.events import RatingChanged, Retracted

CQC = "Care Quality Commission"
REPORT = Source(publisher=CQC, title="Report", marking="public", published="2025-05-30")
PAPER = Source(publisher="Council", title="Paper", marking="public", published="2026-03-04")
MEMO = Source(publisher="Trust", title="Memo", marking="confidential", published="2025-01-01")
EVENT = RatingChanged(trust="RHA", on="2025-05-30", rating="Good")
RECORDED = datetime(2026, 3, 5, 9, tzinfo=UTC)


def _source(**given: Any) -> Source:
    return Source(**{"publisher": CQC, "title": "Report", "marking": "public", **given})


def _entry(*sources: Source | Citation, **given: Any) -> Entry:
    made: dict[str, Any] = {"number": 7, "event": EVENT, "recorded_at": RECORDED, "recorded_by": "Governance", "place": 7}
    return Entry(**{**made, "sources": as_citations(sources), **given})


def test_markings_go_from_public_to_confidential() -> None:
    """The most open marking is the least strict."""
    assert [(str(marking), marking.strictness) for marking in Marking] == [
        ("public", 0),
        ("official", 1),
        ("official-sensitive", 2),
        ("confidential", 3),
    ]


def test_publisher_and_title_tell_one_source_from_another() -> None:
    """Whatever else is said of a source, it is the same one; under another title it is not."""
    again = _source(marking="confidential", published=None, url="https://example.org/report", via=PAPER)

    assert _source().identity == again.identity == (CQC, "Report")
    assert _source(title="Letter").identity != _source().identity
    assert _source(publisher="Council").identity != _source().identity


def test_the_chain_of_a_source_is_it_and_what_it_is_known_through() -> None:
    """A source known through another, known through a third, has all three in its chain, nearest to the fact first."""
    nearer = _source(title="Letter", via=PAPER)
    source = _source(title="Memo", via=nearer)

    assert [one.title for one in source.chain()] == ["Memo", "Letter", "Paper"]
    assert list(PAPER.chain()) == [PAPER]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"publisher": ""}, EventError, "publisher: '' is not a text"),
        ({"title": " Report"}, EventError, "title: ' Report' is not a text"),
        ({"url": ""}, EventError, "url: '' is not a text"),
        ({"marking": "secret"}, WordError, "'secret' is not a marking: use one of public, official"),
        ({"published": "last week"}, WhenError, "can't read the date 'last week'"),
        ({"via": "Letter"}, EventError, "via: 'Letter' is not a Source"),
        ({"via": Citation(source=PAPER)}, EventError, "via: Citation("),
    ],
)
def test_a_source_that_can_not_be_is_refused(given: dict[str, Any], error: type[Exception], message: str) -> None:
    """A source names its publisher, its title and who may see it."""
    with pytest.raises(error) as caught:
        _source(**given)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (REPORT, f"{CQC}, “Report” (public, published 30 May 2025)"),
        (_source(published="2025-10/2026-03"), f"{CQC}, “Report” (public, published between October 2025 and March 2026)"),
        (_source(marking="official-sensitive"), f"{CQC}, “Report” (official-sensitive, never published)"),
        (
            _source(title="Letter", via=PAPER),
            f"{CQC}, “Letter” (public, never published, known through Council, “Paper” (public, published 4 March 2026))",
        ),
    ],
)
def test_a_source_is_cited_as_in_a_board_paper(source: Source, words: str) -> None:
    """A source is said with its publisher, title, marking, publication, and what it is known through."""
    assert str(source) == words


def test_a_citation_adds_the_place_in_the_source() -> None:
    """A citation says where in a source a fact stands, and since when it was public if that is inferred."""
    cited = f"{CQC}, “Report” (public, published 30 May 2025)"

    assert str(Citation(source=REPORT)) == cited
    assert str(Citation(source=REPORT, at="page 3")) == f"{cited}, page 3"
    assert str(Citation(source=REPORT, at="page 3", public_since="2024-06")) == (
        f"{cited}, page 3; public since June 2024 (inferred)"
    )


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"at": ""}, EventError, "at: '' is not a text"),
        ({"public_since": "2025-13"}, WhenError, "there is no such date as '2025-13'"),
        ({"source": "Report"}, EventError, "source: 'Report' is not a Source"),
    ],
)
def test_a_citation_that_can_not_be_is_refused(given: dict[str, Any], error: type[Exception], message: str) -> None:
    """A citation is of a source, at a place that is a text."""
    with pytest.raises(error) as caught:
        Citation(**{"source": REPORT, **given})

    assert message in str(caught.value)


def test_sources_are_cited_without_a_place() -> None:
    """A source alone is as good as a citation of it; a citation stays as it is."""
    cited = Citation(source=PAPER, at="paragraph 4")

    assert as_citations([REPORT, cited]) == (Citation(source=REPORT), cited)
    assert as_citations([]) == ()


MARCH = Citation(source=_source(published="2026-03"))
EARLIER = Citation(source=PAPER, public_since="2025-05-30")
OFFICIAL = Citation(source=_source(marking="official", published="2025-05-30"))
THROUGH_PUBLIC = Citation(source=_source(published="2025-05-30", via=PAPER))
THROUGH_MEMO = Citation(source=_source(published="2025-05-30", via=MEMO))
MEMO_THROUGH_PUBLIC = Citation(source=_source(marking="confidential", published="2025-05-30", via=PAPER))
THROUGH_UNPUBLISHED = Citation(source=_source(published="2025-05-30", via=_source(title="Letter")))
THROUGH_TWO = Citation(source=_source(published="2025-05-30", via=_source(title="Letter", via=MEMO)))


@pytest.mark.parametrize(
    ("citation", "day", "is_public"),
    [
        (Citation(source=REPORT), "2025-05-29", False),
        (Citation(source=REPORT), "2025-05-30", True),
        (Citation(source=REPORT), "2025-05-31", True),
        (MARCH, "2026-03-01", False),
        (MARCH, "2026-03-30", False),
        (MARCH, "2026-03-31", True),
        (MARCH, "2026-04-01", True),
        (Citation(source=_source(published="2025-10/..")), "9998-12-31", False),
        (Citation(source=_source(published="../2025-10")), "2025-10-30", False),
        (Citation(source=_source(published="../2025-10")), "2025-10-31", True),
        (Citation(source=_source()), "9998-12-31", False),
        (EARLIER, "2025-05-29", False),
        (EARLIER, "2025-05-30", True),
        (EARLIER, "2026-03-04", True),
        (OFFICIAL, "9998-12-31", False),
        (Citation(source=MEMO), "9998-12-31", False),
        (Citation(source=MEMO, public_since="2025-01-01"), "9998-12-31", False),
        (THROUGH_PUBLIC, "2025-05-29", False),
        (THROUGH_PUBLIC, "2025-05-30", True),
        (THROUGH_MEMO, "9998-12-31", False),
        (MEMO_THROUGH_PUBLIC, "9998-12-31", False),
        (THROUGH_TWO, "9998-12-31", False),
        (Citation(source=_source(), public_since="2025-01-01"), "9998-12-31", False),
        (Citation(source=_source(via=PAPER)), "9998-12-31", False),
        (Citation(source=_source(via=PAPER), public_since="2025-01-01"), "9998-12-31", False),
        (THROUGH_UNPUBLISHED, "2025-05-29", False),
        (THROUGH_UNPUBLISHED, "2025-05-30", True),
    ],
)
def test_a_fact_is_public_from_the_day_its_source_was_published(citation: Citation, day: str, *, is_public: bool) -> None:
    """The day itself counts, of a month its last day; undated is never public, nor is what is known through what is not."""
    assert citation.is_public_by(date.fromisoformat(day), {}) is is_public


@pytest.mark.parametrize(
    ("citation", "is_public"),
    [
        (Citation(source=REPORT), True),
        (MARCH, True),
        (EARLIER, True),
        (THROUGH_PUBLIC, True),
        (Citation(source=_source()), False),
        (Citation(source=_source(), public_since="2025-01-01"), False),
        (Citation(source=_source(via=PAPER), public_since="2025-01-01"), False),
        (OFFICIAL, False),
        (Citation(source=MEMO, public_since="2025-01-01"), False),
        (THROUGH_MEMO, False),
        (THROUGH_TWO, False),
    ],
)
def test_a_source_never_published_makes_nothing_public(citation: Citation, *, is_public: bool) -> None:
    """A fact is public on some day if its source was published and every source it is known through is public."""
    assert citation.is_ever_public({}) is is_public
    assert _entry(citation).as_public(date(9998, 12, 31), {}) == (_entry(citation, recorded_by=None) if is_public else None)


@pytest.mark.parametrize(
    ("markings", "is_public"),
    [
        ({}, True),
        ({(CQC, "Report"): Marking.PUBLIC}, True),
        ({(CQC, "Report"): Marking.OFFICIAL}, False),
        ({(CQC, "Report"): Marking.CONFIDENTIAL}, False),
        ({("Council", "Paper"): Marking.OFFICIAL_SENSITIVE}, False),
        ({(CQC, "Letter"): Marking.CONFIDENTIAL, ("Trust", "Report"): Marking.CONFIDENTIAL}, True),
    ],
)
def test_the_marking_on_record_gates_a_source(markings: dict[tuple[str, str], Marking], *, is_public: bool) -> None:
    """A source that was marked public is not public where it is marked otherwise on record, nor is what it tells of."""
    assert THROUGH_PUBLIC.is_public_by(date(2026, 4, 1), markings) is is_public


def test_the_strictest_marking_of_a_source_holds() -> None:
    """Of two markings for one source the stricter holds, in whatever order they come; sources in a chain count."""
    official = _source(marking="official", via=_source(title="Letter", marking="official-sensitive"))

    for entries in ([_entry(REPORT), _entry(official), _entry(REPORT, PAPER)], [_entry(official), _entry(REPORT, PAPER)]):
        assert strictest({}, entries) == {
            (CQC, "Report"): Marking.OFFICIAL,
            (CQC, "Letter"): Marking.OFFICIAL_SENSITIVE,
            ("Council", "Paper"): Marking.PUBLIC,
        }


def test_markings_only_get_stricter() -> None:
    """What was known before is kept, unless an entry is stricter; the markings given are not changed."""
    before = {(CQC, "Report"): Marking.CONFIDENTIAL, ("Council", "Paper"): Marking.PUBLIC}

    after = strictest(before, [_entry(REPORT, attrs.evolve(PAPER, marking="official"))])

    assert after == {(CQC, "Report"): Marking.CONFIDENTIAL, ("Council", "Paper"): Marking.OFFICIAL}
    assert before == {(CQC, "Report"): Marking.CONFIDENTIAL, ("Council", "Paper"): Marking.PUBLIC}


def test_the_public_see_no_more_of_an_entry_than_its_public_sources() -> None:
    """Who recorded it, why, its key and the sources that are not public are left out; the rest stays."""
    entry = _entry(
        Citation(source=MEMO, at="page 1"),
        Citation(source=REPORT, at="page 3"),
        inferred=frozenset({"on"}),
        key="RatingChanged/Overall",
        replaces=5,
        place=5,
        reason="The memo says otherwise",
    )

    assert entry.as_public(date(2025, 5, 30), {}) == Entry(
        number=7,
        event=EVENT,
        recorded_at=RECORDED,
        recorded_by=None,
        place=5,
        sources=(Citation(source=REPORT, at="page 3"),),
        inferred=frozenset({"on"}),
        replaces=5,
    )


@pytest.mark.parametrize(
    ("sources", "day", "public"),
    [
        ((REPORT,), "2025-05-29", None),
        ((REPORT,), "2025-05-30", (REPORT,)),
        ((REPORT, PAPER), "2025-05-30", (REPORT,)),
        ((REPORT, PAPER), "2026-03-03", (REPORT,)),
        ((REPORT, PAPER), "2026-03-04", (REPORT, PAPER)),
        ((MEMO,), "9998-12-31", None),
        ((), "9998-12-31", None),
    ],
)
def test_an_entry_is_public_once_one_of_its_sources_is(
    sources: tuple[Source, ...], day: str, public: tuple[Source, ...] | None
) -> None:
    """Only the sources public on the day are shown of it; without one it is not there, and without any source never."""
    seen = _entry(*sources).as_public(date.fromisoformat(day), {})

    assert (seen and seen.sources) == (public and as_citations(public))


def test_a_marking_on_record_hides_an_entry() -> None:
    """An entry whose only source is marked confidential elsewhere on record is not there for the public."""
    assert _entry(REPORT).as_public(date(2026, 4, 1), {REPORT.identity: Marking.CONFIDENTIAL}) is None


def test_further_sources_are_added_once() -> None:
    """A source that an entry has already adds nothing, and then the entry is the same."""
    entry = _entry(REPORT)

    assert entry.with_sources([Citation(source=REPORT)]) is entry
    assert entry.with_sources([]) is entry
    assert entry.with_sources(as_citations([PAPER, REPORT, PAPER])) == _entry(REPORT, PAPER)
    assert entry.with_sources([Citation(source=REPORT, at="page 3")]).sources == (
        Citation(source=REPORT),
        Citation(source=REPORT, at="page 3"),
    )


def test_an_entry_holds_a_fact_or_a_note() -> None:
    """Only a fact about the world stands in a timeline; to take a note for one is a mistake of the program."""
    assert _entry(REPORT).fact is EVENT
    with pytest.raises(TypeError, match=r"^entry 7 is a note about an entry, not a fact about the world$"):
        _ = _entry(event=Retracted(trust="RHA", entry=3)).fact


def test_a_draft_takes_sources_and_names_as_they_come() -> None:
    """A draft is made of an event alone, or with sources, citations and any list of names."""
    draft = Draft(event=EVENT, sources=[REPORT, Citation(source=PAPER, at="page 1")], inferred=["on", "framework"])

    assert draft.sources == (Citation(source=REPORT), Citation(source=PAPER, at="page 1"))
    assert draft.inferred == frozenset({"on", "framework"})
    assert Draft(event=EVENT) == Draft(event=EVENT, sources=(), inferred=frozenset(), key=None, replaces=None, reason=None)


@pytest.mark.parametrize(
    ("inferred", "unknown"),
    [(["firmness"], "'firmness'"), (["on", "firmness"], "'firmness'"), (["on", "firmness", "due"], "'due', 'firmness'")],
)
def test_only_fields_that_an_event_has_are_inferred(inferred: list[str], unknown: str) -> None:
    """What no source states is named by its field; a name of no field is refused, in drafts and in entries."""
    with pytest.raises(EventError) as caught:
        Draft(event=EVENT, inferred=inferred)
    assert str(caught.value) == f"inferred: RatingChanged has no field {unknown}"
    assert caught.value.field == "inferred"
    with pytest.raises(EventError, match=r"^inferred: RatingChanged has no field"):
        _entry(REPORT, inferred=frozenset(inferred))


def test_a_draft_that_can_not_be_is_refused() -> None:
    """A draft holds an event or a note, and names and reasons are texts."""
    with pytest.raises(EventError, match=r"^event: 'RatingChanged' is not an event$"):
        Draft(event="RatingChanged")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(EventError, match=r"^'on' stands where a list is due: put it in brackets$"):
        Draft(event=EVENT, inferred="on")
    with pytest.raises(EventError, match=r"^key: '' is not a text"):
        Draft(event=EVENT, key="")
    with pytest.raises(EventError, match=r"^reason: ' ' is not a text"):
        Draft(event=EVENT, reason=" ")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"key": 5}, "key: 5 is not a text"),
        ({"key": ""}, "key: '' is not a text"),
        ({"reason": ["Wrong due"]}, "reason: ['Wrong due'] is not a text"),
        ({"replaces": "3"}, "replaces: '3' is not a count"),
        ({"replaces": True}, "replaces: True is not a count"),
        ({"replaces": -1}, "replaces: -1 is not a count"),
    ],
)
def test_what_a_draft_or_an_entry_says_of_itself_is_of_its_kind(given: dict[str, Any], message: str) -> None:
    """Keys and reasons are texts, and what is replaced is the number of an entry, in drafts as in entries."""
    for make in (lambda: Draft(event=EVENT, **given), lambda: _entry(REPORT, **given)):
        with pytest.raises(EventError) as caught:
            make()
        assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"place": None}, "place: None is not a count"),
        ({"place": "7"}, "place: '7' is not a count"),
        ({"place": 1.0}, "place: 1.0 is not a count"),
        ({"recorded_by": ""}, "recorded_by: '' is not a text"),
        ({"recorded_by": 5}, "recorded_by: 5 is not a text"),
    ],
)
def test_an_entry_that_can_not_be_is_refused(given: dict[str, Any], message: str) -> None:
    """An entry has a place that is a number, and who recorded it is a text where it is told."""
    with pytest.raises(EventError) as caught:
        _entry(REPORT, **given)

    assert str(caught.value).startswith(message)


def test_sources_and_entries_do_not_change() -> None:
    """Each is a value, made once; a date given as text is read when it is made."""
    assert REPORT.published == When("2025-05-30")
    for value, field in ((REPORT, "title"), (Citation(source=REPORT), "at"), (_entry(REPORT), "reason")):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field, "else")
    assert len({REPORT, attrs.evolve(REPORT), PAPER}) == 2


def test_a_source_is_known_through_a_bounded_number_of_others() -> None:
    """A hundred are told one through the other, written and cited; one more is refused, before comparing them takes too many calls."""
    far = _source()
    for number in range(100):
        far = _source(title=f"Report {number}", via=far)
    assert len(list(far.chain())) == 101
    (cited,) = decode(1, encode(_entry(far, number=1, place=1))).sources
    assert (cited.source, hash(cited.source)) == (far, hash(far))
    with pytest.raises(EventError, match=r"via: a source is known through at most 100 others: leave out what lies between"):
        _source(via=far)
