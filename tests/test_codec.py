"""Entries to bytes and back, what is refused on the way, and every fault of data from files at once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger import Citation, Draft, Entry, Source
from ledger._codec import FORMAT, decode, encode, outline
from ledger._structure import Fault, FaultyDataError, event_type, structure
from ledger._stub import leaf_of
from ledger.errors import EventError, LedgerError, StoredEntryError
from ledger.events import (
    ActionCommitted,
    ActionCompleted,
    BreachFound,
    Evidence,
    NoticeIssued,
    NoticeRequirement,
    RatingChanged,
    RatingsSuspended,
    Recordable,
    Retracted,
)
from ledger.testing import drafts

RECORDED = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
A: dict[str, Any] = {"trust": "RHA", "on": "2026-03"}  # what every event needs
SUSPENDED = RatingsSuspended(**A)


def _entry(event: Recordable = SUSPENDED, **given: Any) -> Entry:
    return Entry(**{"number": 7, "place": 7, "event": event, "recorded_at": RECORDED, "recorded_by": "Governance", **given})


def test_the_least_an_entry_is_stored_as() -> None:
    """What is at its default is not written; names are in order, and no space is wasted."""
    assert encode(_entry()) == (
        b'{"event":{"on":"2026-03","trust":"RHA"},"recorded_at":"2026-03-05T09:30:00.000000Z",'
        b'"recorded_by":"Governance","type":"RatingsSuspended","v":1}'
    )


def test_the_most_an_entry_is_stored_as() -> None:
    """Sources with what they are known through, inferred fields, and what it replaces and why are written; its number is not."""
    letter = Source(publisher="Trust", title="Letter", marking="public", published="2026-03")
    report = Source(publisher="CQC", title="“Report”", marking="official", url="https://example.org", via=letter)
    event = ActionCommitted(
        **A, action="a", title="Überprüfung", subject_to=["z", "ä", "b"], due="2027-03", firmness="targeted"
    )

    stored = encode(
        _entry(
            event,
            sources=(Citation(source=report, at="page 3", public_since="2025"), Citation(source=letter)),
            inferred=frozenset({"on", "due"}),
            key="ActionCommitted/a",
            replaces=3,
            place=2,
            reason="Wrong due",
        )
    )

    assert json.loads(stored) == {
        "v": 1,
        "type": "ActionCommitted",
        "event": {
            "trust": "RHA",
            "on": "2026-03",
            "action": "a",
            "title": "Überprüfung",
            "firmness": "targeted",
            "due": "2027-03",
            "subject_to": ["b", "z", "ä"],
        },
        "recorded_at": "2026-03-05T09:30:00.000000Z",
        "recorded_by": "Governance",
        "sources": [
            {
                "source": {
                    "publisher": "CQC",
                    "title": "“Report”",
                    "marking": "official",
                    "url": "https://example.org",
                    "via": {"publisher": "Trust", "title": "Letter", "marking": "public", "published": "2026-03"},
                },
                "at": "page 3",
                "public_since": "2025",
            },
            {"source": {"publisher": "Trust", "title": "Letter", "marking": "public", "published": "2026-03"}},
        ],
        "inferred": ["due", "on"],
        "key": "ActionCommitted/a",
        "replaces": 3,
        "place": 2,
        "reason": "Wrong due",
    }


INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is drawn
REPLACED = st.none() | st.integers(1, 6)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Draw entries of every kind of draft, recorded at any instant, replacing one or none."""
    draft: Draft = draw(drafts())
    replaces = draw(REPLACED)
    return _entry(
        draft.event,
        recorded_at=draw(INSTANTS),
        sources=draft.sources,
        inferred=draw(st.frozensets(st.sampled_from(["on", "trust"]))),
        key=draw(st.none() | st.just("RatingChanged/Overall")),
        replaces=replaces,
        place=replaces or 7,
        reason=draw(st.none() | st.just("It was wrong")) if replaces else None,
    )


@given(entries())
def test_an_entry_comes_back_from_its_bytes(entry: Entry) -> None:
    """What is read equals what was written, and is written the same again."""
    stored = encode(entry)

    assert decode(7, stored) == entry
    assert encode(decode(7, stored)) == stored


@given(entries())
def test_the_bytes_are_canonical(entry: Entry) -> None:
    """The bytes are those that RFC 8785 gives for what they say."""
    stored = encode(entry)

    assert rfc8785.dumps(json.loads(stored)) == stored


@given(entries(), st.integers(-14 * 60, 14 * 60))
def test_equal_instants_have_equal_bytes(entry: Entry, minutes: int) -> None:
    """The zone that an instant is told in leaves no trace."""
    elsewhere = entry.recorded_at.astimezone(timezone(timedelta(minutes=minutes)))
    told = attrs.evolve(entry, recorded_at=elsewhere)

    assert encode(told) == encode(entry)
    assert decode(7, encode(told)).recorded_at.tzinfo is UTC


def test_the_order_in_which_names_were_given_leaves_no_trace() -> None:
    """Sets are written in order, so that equal events have equal bytes."""
    one = ActionCommitted(**A, action="a", title="t", answers=["a", "b", "c"], subject_to=["x", "y"])
    other = ActionCommitted(**A, action="a", title="t", answers=["c", "a", "b"], subject_to=["y", "x", "y"])

    assert encode(_entry(one)) == encode(_entry(other))


def _stored(**changes: Any) -> bytes:
    """Give the bytes of an entry with some of its fields changed; `...` leaves one out."""
    fields = {**json.loads(encode(_entry())), **changes}
    kept = {name: value for name, value in fields.items() if value is not ...}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()  # so 3.0 stays 3.0


EVENT = {"trust": "RHA", "on": "2026-03"}
CITED = {"source": {"publisher": "CQC", "title": "Report", "marking": "public"}}


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (_stored(type="RatingSuspended"), "there is no event type 'RatingSuspended'"),
        (_stored(type="Word"), "there is no event type 'Word'"),
        (_stored(type="Event"), "there is no event type 'Event'"),
        (_stored(type="Recordable"), "there is no event type 'Recordable'"),
        (_stored(type="_OfAllRatings"), "there is no event type '_OfAllRatings'"),
        (_stored(type=["RatingsSuspended"]), "Expected `str`, got `array` - at `$.type`"),
        (_stored(type=...), "there is no event type ''"),
        (_stored(event={**EVENT, "rating": "Good"}), "rating"),
        (_stored(event={"trust": "RHA"}), "Object missing required field `on` - at `$.event`"),
        (_stored(event={**EVENT, "trust": "rha"}), "trust: 'rha' is not a CQC provider id"),
        (_stored(event={**EVENT, "on": "2026-02-30"}), "there is no such date as '2026-02-30'"),
        (_stored(event={**EVENT, "on": 2026}), "Expected `str`, got `int` - at `$.event.on`"),
        (_stored(event={**EVENT, "id": 7}), "Expected `str | null`, got `int` - at `$.event.id`"),
        (_stored(event=[]), "Expected `object`, got `array` - at `$.event`"),
        (_stored(event=None), "Expected `object`, got `null` - at `$.event`"),
        (_stored(event=...), "Object missing required field `event`"),
        (_stored(type="RatingChanged", event={**EVENT, "rating": "good"}), "Invalid enum value 'good' - at `$.event.rating`"),
        (
            _stored(type="RatingChanged", event={**EVENT, "rating": ["Good"]}),
            "Expected `str`, got `array` - at `$.event.rating`",
        ),
        (_stored(type="Retracted", event={"trust": "RHA", "entry": "3"}), "Expected `int`, got `str` - at `$.event.entry`"),
        (
            _stored(type="BreachFound", event={**EVENT, "breach": "b", "as_described": "x", "count": "007"}),
            "Expected `int | null`, got `str` - at `$.event.count`",
        ),
        (
            _stored(type="ActionCompleted", event={**EVENT, "action": "a", "evidence": {"kind": "Photograph"}}),
            "Expected `array | null`, got `object` - at `$.event.evidence`",
        ),
        (
            _stored(type="ActionCompleted", event={**EVENT, "action": "a", "evidence": "Photograph"}),
            "Expected `array | null`, got `str` - at `$.event.evidence`",
        ),
        (
            _stored(type="ActionCompleted", event={**EVENT, "action": "a", "evidence": ["Photograph"]}),
            "Expected `object`, got `str` - at `$.event.evidence[0]`",
        ),
        (_stored(type="Retracted", event={"trust": "RHA", "entry": 3.0}), "Expected `int`, got `float` - at `$.event.entry`"),
        (_stored(type="Retracted", event={"trust": "RHA", "entry": True}), "Expected `int`, got `bool` - at `$.event.entry`"),
        (_stored(type="Retracted", event={"trust": "RHA", "entry": None}), "Expected `int`, got `null` - at `$.event.entry`"),
        (_stored(type="Retracted", event={"trust": "RHA", "entry": -1}), "entry: -1 is not a count"),
        (
            _stored(type="MeetingHeld", event={**EVENT, "meeting": "m", "bodies": "Board"}),
            "got `str` - at `$.event.bodies`",
        ),
        (
            _stored(type="MeetingHeld", event={**EVENT, "meeting": "m", "bodies": [1]}),
            "Expected `str`, got `int` - at `$.event.bodies[0]`",
        ),
        (_stored(type="MeetingHeld", event={**EVENT, "meeting": "m", "bodies": []}), "bodies: name at least one"),
        (_stored(sources=[{**CITED, "page": "3"}]), "page"),
        (_stored(sources=[{"at": "page 3"}]), "sources: Object missing required field `source` - at `$[0]`"),
        (
            _stored(sources=[{"source": {**CITED["source"], "marking": "secret"}}]),
            "sources: Invalid enum value 'secret'",
        ),
        (
            _stored(sources=[{"source": {**CITED["source"], "via": {"title": "Letter"}}}]),
            "required field `publisher` - at `$[0].source.via`",
        ),
        (_stored(sources="Report"), "sources: Expected `array`, got `str`"),
        (_stored(sources={}), "sources: Expected `array`, got `object`"),
        (_stored(sources=CITED), "sources: Expected `array`, got `object`"),
        (_stored(sources=None), "sources: Expected `array`, got `null`"),
        (_stored(sources=[{**CITED, "at": 3}]), "sources: Expected `str | null`, got `int` - at `$[0].at`"),
        (_stored(sources=[{**CITED, "at": ""}]), "at: '' is not a text"),
        (_stored(inferred="on"), "Expected `array | null`, got `str` - at `$.inferred`"),
        (_stored(inferred=["rating"]), "inferred: RatingsSuspended has no field 'rating'"),
        (_stored(recorded_by=...), "Object missing required field `recorded_by`"),
        (_stored(recorded_by=None), "Expected `str`, got `null` - at `$.recorded_by`"),
        (_stored(recorded_at=...), "Object missing required field `recorded_at`"),
        (_stored(recorded_at="yesterday"), "'yesterday'"),
        (_stored(recorded_at=0), "Expected `str`, got `int` - at `$.recorded_at`"),
        (_stored(recorded_at="2026-03-05"), "'2026-03-05' is not an instant in UTC, to the microsecond"),
        (_stored(recorded_at="2026-03-05T09:30:00Z"), "'2026-03-05T09:30:00Z' is not an instant"),
        (_stored(recorded_at="2026-03-05T09:30:00.000Z"), "'2026-03-05T09:30:00.000Z' is not an instant"),
        (_stored(recorded_at="2026-03-05T09:30:00.000000"), "'2026-03-05T09:30:00.000000' is not an instant"),
        (_stored(recorded_at="2026-03-05T09:30:00.000000+00:00"), "'2026-03-05T09:30:00.000000+00:00' is not an instant"),
        (_stored(recorded_at="2026-03-05T10:30:00.000000+01:00"), "'2026-03-05T10:30:00.000000+01:00' is not an instant"),
        (_stored(recorded_at="2026-03-05 09:30:00.000000Z"), "'2026-03-05 09:30:00.000000Z' is not an instant"),
        (_stored(recorded_at="2026-03-05t09:30:00.000000z"), "'2026-03-05t09:30:00.000000z' is not an instant"),
        (_stored(recorded_at="2026-03-05T09:30:00.000000Z\n"), "is not an instant"),
        (_stored(recorded_at="२०२६-03-05T09:30:00.000000Z"), "is not an instant"),
        (_stored(recorded_at="2026-02-30T09:30:00.000000Z"), "day"),
        (_stored(recorded_at="2026-03-05T24:30:00.000000Z"), "hour"),
        (_stored(key=5), "Expected `str | null`, got `int` - at `$.key`"),
        (_stored(key=""), "key: '' is not a text"),
        (_stored(key=["RatingsSuspended"]), "Expected `str | null`, got `array` - at `$.key`"),
        (_stored(reason=5), "Expected `str | null`, got `int` - at `$.reason`"),
        (_stored(reason={}), "Expected `str | null`, got `object` - at `$.reason`"),
        (_stored(replaces="3"), "Expected `int | null`, got `str` - at `$.replaces`"),
        (_stored(replaces=True), "Expected `int | null`, got `bool` - at `$.replaces`"),
        (_stored(replaces=3.0), "Expected `int | null`, got `float` - at `$.replaces`"),
        (_stored(replaces=-1), "replaces: -1 is not a count"),
        (_stored(place="3"), "Expected `int | null`, got `str` - at `$.place`"),
        (_stored(place=[3]), "Expected `int | null`, got `array` - at `$.place`"),
        (_stored(recorded_by=5), "Expected `str`, got `int` - at `$.recorded_by`"),
        (_stored(recorded_by=""), "recorded_by: '' is not a text"),
        (_stored(v=...), "Object missing required field `v`"),
        (_stored(v="1"), "Expected `int`, got `str` - at `$.v`"),
        (_stored(v=None), "Expected `int`, got `null` - at `$.v`"),
        (_stored(v=0), "Invalid enum value 0 - at `$.v`"),
        (_stored(v=-1), "Invalid enum value -1 - at `$.v`"),
        (_stored(v=True), "Expected `int`, got `bool` - at `$.v`"),
        (_stored(v=1.0), "Expected `int`, got `float` - at `$.v`"),
        (_stored(v=[1]), "Expected `int`, got `array` - at `$.v`"),
        (b"", "Input data was truncated"),
        (b"\xff", "JSON is malformed: invalid character (byte 0)"),
        (b"null", "Expected `object`, got `null`"),
        (b"[]", "Expected `object`, got `array`"),
        (b"{}", "Object missing required field `v`"),
        (_stored()[:-1], "Input data was truncated"),
        (_stored() + b"\n{}", "JSON is malformed: trailing characters (byte 145)"),
    ],
)
def test_what_this_version_could_not_have_written_is_refused(stored: bytes, what: str) -> None:
    """A stored entry is as valid as a new one: it is made by the same constructors, and what is wrong is said."""
    with pytest.raises(StoredEntryError) as caught:
        decode(7, stored)

    assert str(caught.value).startswith("entry 7 can't be read (")
    assert what in str(caught.value)
    assert str(caught.value).endswith("): if a newer version of trust-ledger wrote it, upgrade; else the ledger is damaged")
    assert caught.value.stored == stored


@pytest.mark.parametrize(
    ("read", "stored"),
    [
        (lambda stored: outline(3, stored), b'{"type":"\x80"'),
        (lambda stored: outline(3, stored), b'{"":' + b"[" * 3000),
        (leaf_of, b'{"leaf":"\xb4"'),
        (leaf_of, b'{"leaf":"'),
        (lambda stored: decode(3, stored), b'{"leaf":"\xb4"'),
    ],
)
def test_what_is_no_text_is_no_entry(read: Callable[[bytes], object], stored: bytes) -> None:
    """Bytes that are not UTF-8, and what is nested without end, are told as damage, whatever is asked of them."""
    with pytest.raises(StoredEntryError, match=r"can't be read \(.*\): the ledger is damaged"):
        read(stored)


def test_a_newer_format_is_refused() -> None:
    """An entry of a newer format is not guessed at, whatever else it holds."""
    assert FORMAT == 1
    for stored in (_stored(v=2), b'{"v":2,"kind":"something new"}'):
        with pytest.raises(StoredEntryError) as caught:
            decode(7, stored)

        assert str(caught.value) == (
            "entry 7 was written by a newer version of trust-ledger (format 2, this one reads 1): upgrade"
        )
        assert caught.value.stored == stored


def test_a_field_that_no_entry_has_is_refused() -> None:
    """A field that this version doesn't know is named, and may be of a newer one."""
    with pytest.raises(StoredEntryError) as caught:
        decode(7, _stored(signed_by="x"))

    assert str(caught.value) == (
        "entry 7 can't be read (Object contains unknown field `signed_by`): "
        "if a newer version of trust-ledger wrote it, upgrade; else the ledger is damaged"
    )


def test_an_entry_that_replaces_none_stands_in_its_own_place() -> None:
    """The number is not stored: it is the place in the store, and the place in a timeline unless one is stored."""
    assert (decode(3, _stored()).number, decode(3, _stored()).place) == (3, 3)
    assert decode(9, _stored(replaces=3, place=2, reason="misread")).place == 2


def test_a_type_is_found_by_its_name() -> None:
    """A name that is nearly one is not taken for it, but named."""
    assert event_type("RatingChanged") is RatingChanged
    with pytest.raises(EventError) as caught:
        event_type("RatingChange")
    assert str(caught.value) == "there is no event type 'RatingChange'; did you mean 'RatingChanged'?"
    assert (caught.value.field, caught.value.value) == ("type", "RatingChange")
    with pytest.raises(EventError, match=r"^there is no event type 'xyz'$"):
        event_type("xyz")


def test_data_of_files_becomes_values() -> None:
    """Mappings, lists and texts become events with all that they hold; a whole number may stand as a text."""
    notice = structure(
        NoticeIssued,
        {
            **A,
            "notice": "n",
            "kind": "Warning Notice",
            "requirements": [{"requirement": "r", "text": "Improve", "comply_by": "2026-06"}],
        },
    )
    completed = structure(ActionCompleted, {**A, "action": "a", "answers": ["n"], "evidence": [{"kind": "Photograph"}]})

    assert notice == NoticeIssued(
        **A,
        notice="n",
        kind="Warning Notice",
        requirements=[NoticeRequirement(requirement="r", text="Improve", comply_by="2026-06")],
    )
    assert completed == ActionCompleted(**A, action="a", answers=["n"], evidence=[Evidence(kind="Photograph")])
    assert structure(BreachFound, {**A, "breach": "b", "as_described": "Staffing", "count": "007"}).count == 7
    assert structure(BreachFound, {**A, "breach": "b", "as_described": "Staffing", "count": 7}).count == 7


FIELDS = "it has trust, on, id, location, service, key_question, rating, framework, inspection, previous"


@pytest.mark.parametrize(
    ("kind", "data", "faults"),
    [
        (
            RatingChanged,
            {},
            [
                ((), "RatingChanged needs the field 'trust'"),
                ((), "RatingChanged needs the field 'on'"),
                ((), "RatingChanged needs the field 'rating'"),
            ],
        ),
        (RatingChanged, ["x"], [((), "a list stands where a mapping is due")]),
        (RatingChanged, None, [((), "nothing stands where a mapping is due")]),
        (RatingChanged, "Good", [((), "'Good' stands where a mapping is due")]),
        (
            RatingChanged,
            {"trust": "rha", "on": "2026-02-30", "ratings": "Good"},
            [
                ((), "RatingChanged needs the field 'rating'"),
                (("on",), "there is no such date as '2026-02-30'"),
                (("ratings",), f"RatingChanged has no field 'ratings'; did you mean 'rating'?; {FIELDS}"),
                (("trust",), "trust: 'rha' is not a CQC provider id"),
            ],
        ),
        (
            RatingChanged,
            {**A, "rating": "Good", "xyz": "", "service": "", "location": None, "framework": ["x"], "previous": "Bad"},
            [
                (("framework",), "a list stands where a text is due"),
                (("location",), "nothing stands where a text is due"),
                (("previous",), "'Bad' is not a rating"),
                (("service",), "service: '' is not a text"),
                (("xyz",), f"RatingChanged has no field 'xyz'; {FIELDS}"),
            ],
        ),
        (
            NoticeIssued,
            {
                **A,
                "notice": "N",
                "kind": "Warning",
                "requirements": [{"requirement": "r", "text": "x"}, {"requirement": "R", "txt": "x"}, "r"],
            },
            [
                (("kind",), "'Warning' is not a notice kind"),
                (("notice",), "notice: 'N' is not an id"),
                (("requirements", 1), "NoticeRequirement needs the field 'text'"),
                (("requirements", 1, "requirement"), "requirement: 'R' is not an id"),
                (
                    ("requirements", 1, "txt"),
                    "NoticeRequirement has no field 'txt'; did you mean 'text'?; it has requirement, text, service, comply_by",
                ),
                (("requirements", 2), "'r' stands where a mapping is due"),
            ],
        ),
        (
            NoticeIssued,
            {
                **A,
                "notice": "n",
                "kind": "Warning Notice",
                "requirements": [{"requirement": "r", "text": "x"}, {"requirement": "r", "text": "y"}],
            },
            [(("requirements",), "requirements: 'r' stands twice: give each requirement its own id")],
        ),
        (
            ActionCompleted,
            {**A, "action": "a", "answers": "n", "evidence": {"kind": "Photograph"}},
            [(("answers",), "'n' stands where a list is due"), (("evidence",), "a mapping stands where a list is due")],
        ),
        (
            ActionCompleted,
            {**A, "action": "a", "answers": ["n", "n"], "evidence": [{"kind": "Photograph", "dated": "2026-13"}]},
            [
                (("answers",), "something stands twice in the list"),
                (("evidence", 0, "dated"), "there is no such date as '2026-13'"),
            ],
        ),
        (
            BreachFound,
            {**A, "breach": "b", "as_described": "x", "count": "many"},
            [(("count",), "'many' stands where a whole number is due")],
        ),
        (
            BreachFound,
            {**A, "breach": "b", "as_described": "x", "count": "-1"},
            [(("count",), "'-1' stands where a whole number is due")],
        ),
        (
            BreachFound,
            {**A, "breach": "b", "as_described": "x", "count": "७"},
            [(("count",), "'७' stands where a whole number is due")],
        ),
        (
            BreachFound,
            {**A, "breach": "b", "as_described": "x", "count": 1.5},
            [(("count",), "1.5 stands where a whole number is due")],
        ),
        (
            BreachFound,
            {**A, "breach": "b", "as_described": "x", "count": "9999999999"},
            [(("count",), "count: 9999999999 is not a count")],
        ),
        (Retracted, {"trust": "RHA", "entry": {}}, [(("entry",), "a mapping stands where a whole number is due")]),
    ],
)
def test_everything_that_is_wrong_with_data_is_told_at_once(
    kind: type[object], data: object, faults: list[tuple[tuple[str | int, ...], str]]
) -> None:
    """Every fault is told with the path to it: fields that are missing, unknown, of another kind, or not valid."""
    with pytest.raises(FaultyDataError) as caught:
        structure(kind, data)

    found = caught.value.faults
    assert sorted(_path(fault) for fault in found) == sorted(".".join(map(str, path)) for path, _ in faults)
    for path, message in faults:
        assert any(fault.path == path and fault.message.startswith(message) for fault in found)


def _path(fault: Fault) -> str:
    return ".".join(map(str, fault.path))


def test_the_message_of_faulty_data_tells_the_path() -> None:
    """The error says where and what, for whoever sees only its text."""
    with pytest.raises(FaultyDataError) as caught:
        structure(ActionCompleted, {**A, "action": "a", "evidence": [{"kind": ""}]})

    assert isinstance(caught.value, LedgerError)
    assert str(caught.value) == (
        "evidence.0.kind: kind: '' is not a text: it must not be empty, start or end with a space, or hold control characters"
    )


MET: dict[str, Any] = {"type": "MeetingHeld", "event": {**EVENT, "meeting": "m", "bodies": ["A", "B"]}}


@pytest.mark.parametrize(
    "stored",
    [
        *(_stored(**more) for more in ({"key": None}, {"place": None}, {"place": 2}, {"replaces": None})),
        _stored(replaces=3, reason="misread"),
        _stored(inferred=["trust", "on"]),
        _stored(inferred=["on", "on"]),
        _stored(**MET | {"event": {**MET["event"], "bodies": ["B", "A"]}}),
        _stored(**MET | {"event": {**MET["event"], "bodies": ["A", "A", "B"]}}),
        _stored(**MET | {"event": {**MET["event"], "id": None}}),
        b" " + _stored(),
        _stored() + b"\n",
        _stored().replace(b'"v"', b' "v"'),
        _stored().replace(b'"on":"2026-03","trust":"RHA"', b'"trust":"RHA","on":"2026-03"'),
        _stored().replace(b"Governance", b"\\u0047overnance"),
        _stored().replace(b'"on":"2026-03"', b'"on":"2026-03","on":"2026-03"'),
    ],
)
def test_what_this_version_would_not_have_written_is_refused(stored: bytes) -> None:
    """What says nothing, stands in another order or is written otherwise is never in the store."""
    with pytest.raises(StoredEntryError, match=r"entry 3 is not as this version writes it"):
        decode(3, stored)


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (_stored(inferred=[]), "Expected `array` of length >= 1 - at `$.inferred`"),
        (_stored(sources=[]), "sources: they are not as this version writes them"),
        (_stored(sources=[{**CITED, "at": None}]), "sources: they are not as this version writes them"),
        (_stored(sources=[CITED]).replace(b'"marking"', b' "marking"'), "sources: they are not as this version writes them"),
        (
            _stored(type="RatingStated", event={**EVENT, "rating": "Good", "key_question": "Overall"}),
            "key_question: Overall stands",
        ),
        (
            _stored(type="ActionCompleted", event={**EVENT, "action": "a", "answers": []}),
            "answers: frozenset() stands",
        ),
        (
            _stored(type="ActionCompleted", event={**EVENT, "action": "a", "evidence": []}),
            "evidence: () stands",
        ),
    ],
)
def test_what_is_written_at_its_default_is_refused(stored: bytes, what: str) -> None:
    """What is at its default is left out, so that equal entries have equal bytes."""
    with pytest.raises(StoredEntryError) as caught:
        decode(3, stored)
    assert f"entry 3 can't be read ({what}" in str(caught.value)
