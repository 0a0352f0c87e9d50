"""A client of CQC's API asks politely, waits patiently, and believes nothing that can't be so."""

import gzip
import json
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from ledger.errors import CqcAnswerError, CqcError, MissingExtraError, WhenError
from ledger.live import ADDRESS, Client
from ledger.live import _client as module

from .conftest import Ask
from .register import KEY, Register, Trick, hang, hang_up, says, status, trickle, truncate

FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 12, tzinfo=UTC)
TEA = b'{"providerId": "RHA", "name": "Tea & Co"}'


def test_a_real_body_comes_byte_for_byte(register: Register, client: Client, real: dict[str, bytes]) -> None:
    """What CQC says is given as it came, not read and written anew."""
    register.bodies |= real
    assert client.body("provider", "1-101611810") == real["providers/1-101611810"]
    assert client.body("location", "RW603") == real["locations/RW603"]


def test_a_compressed_body_is_unpacked(register: Register, client: Client) -> None:
    """A body that the server packed for the way is given unpacked."""
    register.tricks["providers/RHA"].append(says(gzip.compress(TEA), Content_Encoding="gzip"))
    assert client.body("provider", "RHA") == TEA


@pytest.mark.parametrize("number", [404, 410])
def test_no_such_record_is_none(number: int, register: Register, client: Client) -> None:
    """CQC says that it has no such record, at once and without an error."""
    register.tricks["providers/RHA"].append(status(number))
    assert client.body("provider", "RHA") is None


def test_cqc_is_told_who_asks(register: Register, client: Client) -> None:
    """CQC's gateway refuses a client that doesn't say what it is."""
    client.body("provider", "RHA")
    assert register.agents == {"trust-ledger"}


def test_a_list_is_read_page_by_page(register: Register, client: Client) -> None:
    """Every page is asked for once, and the ids come in CQC's order."""
    register.listed["locations"] = ["1-3", "1-1", "RT203", "1-2", "1-5"]
    register.per_page = 2
    assert client.ids("location") == ("1-3", "1-1", "RT203", "1-2", "1-5")
    assert register.asked == [f"locations?page={page}&perPage=500" for page in (1, 2, 3)]


def test_an_id_on_two_pages_comes_once(register: Register, client: Client) -> None:
    """A list that moved while it was read names an id twice."""
    register.listed["providers"] = ["RHA", "RT5", "RT5", "RVN"]
    register.per_page = 2
    assert client.ids("provider") == ("RHA", "RT5", "RVN")


def test_a_list_can_be_empty(register: Register, client: Client) -> None:
    """CQC says that an empty list has no pages; the first is asked for to know it."""
    assert client.ids("provider") == ()
    assert len(register.asked) == 1


def test_a_list_that_grows_for_ever_is_read_as_far_as_it_first_said(register: Register, client: Client) -> None:
    """What is added to a list while it is read is for the next sync."""
    for page in (1, 2, 3):
        more = {"page": page, "totalPages": page + 1, "providers": [{"providerId": f"R{page}"}]}
        register.tricks["providers"].append(says(json.dumps(more).encode()))
    assert client.ids("provider") == ("R1", "R2")


@pytest.mark.parametrize(
    "page",
    [
        {"page": 1, "totalPages": 10_001, "providers": []},
        {"page": 2, "totalPages": 2, "providers": []},
        {"totalPages": 1, "providers": []},
        {"page": 1, "providers": []},
        {"page": 1, "totalPages": True, "providers": []},
        {"page": 1, "totalPages": "1", "providers": []},
        {"page": 1, "totalPages": 1},
        {"page": 1, "totalPages": 1, "providers": "RHA"},
        {"page": 1, "totalPages": 1, "providers": [{"providerName": "Tea & Co"}]},
        {"page": 1, "totalPages": 1, "providers": [None]},
        ["RHA"],
    ],
)
def test_what_is_not_the_page_asked_for_is_refused(page: object, register: Register, client: Client) -> None:
    """A list that is wrong in any part is not believed in another: ids would be missed unseen."""
    register.tricks["providers"].append(says(json.dumps(page).encode()))
    with pytest.raises(CqcAnswerError, match="providers") as raised:
        client.ids("provider")
    assert raised.value.asked == "providers"


def test_the_longest_list_is_read(register: Register, client: Client) -> None:
    """The bound on pages is inclusive."""
    register.tricks["providers"].append(says(b'{"page": 1, "totalPages": 10000, "providers": []}'))
    register.tricks["providers"].append(status(400))
    with pytest.raises(CqcError, match="answered 400 when asked for providers"):
        client.ids("provider")
    assert len(register.asked) == 2


def test_a_list_that_is_not_there_is_refused(register: Register, client: Client) -> None:
    """No list at all is not an empty list."""
    register.tricks["providers"].append(status(404))
    with pytest.raises(CqcAnswerError, match="providers is not JSON"):
        client.ids("provider")


def test_changes_are_asked_for_in_utc_to_the_second(register: Register, client: Client) -> None:
    """The window is in the form CQC's documents use, whatever the time zone it was given in."""
    register.changes = [("2026-03-06T12:00:00Z", "location", "RT203"), ("2026-03-07T12:00:00Z", "location", "RT204")]
    late = SATURDAY.astimezone(timezone(timedelta(hours=5))).replace(microsecond=999)
    assert client.changes("location", FRIDAY, late) == ("RT203",)
    assert client.changes("provider", FRIDAY, late) == ()
    window = "startTimestamp=2026-03-06T12%3A00%3A00Z&endTimestamp=2026-03-07T12%3A00%3A00Z"
    assert register.asked == [f"changes/{kind}?{window}&page=1&perPage=500" for kind in ("location", "provider")]


def test_a_window_needs_a_time_zone(client: Client) -> None:
    """An instant without a time zone is refused before anything is asked."""
    with pytest.raises(WhenError, match="has no time zone"):
        client.changes("location", FRIDAY, SATURDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    "bad", ["", "..", "../RHA", "RHA/..", "rha", "RHA ", "RHA\n", "-RHA", "R--A", "RHÄ", "1-٣", "R" * 31, "RHA?x"]
)
def test_what_is_not_an_id_is_never_asked_for(bad: str, register: Register, client: Client) -> None:
    """An id becomes part of an address and the name of a file: nothing else may."""
    with pytest.raises(CqcAnswerError, match="is not an id of CQC's"):
        client.body("location", bad)
    assert register.asked == []


@pytest.mark.parametrize("good", ["RHA", "RT203", "RM3Y3", "1-101632217", "1-1-1", "R" * 30])
def test_ids_of_every_form_are_asked_for(good: str, client: Client) -> None:
    """CQC's own numbers and the codes of the NHS are ids."""
    assert client.body("location", good) is None


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"<html>Down for maintenance</html>", "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"providerId": "RHA"', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["RHA"]', "not an object"),
        (b'{"providerId": "RT5"}', "asked for providers/RHA and answered with providerId 'RT5'"),
        (b'{"locationId": "RHA"}', "answered with providerId 'None'"),
    ],
)
def test_what_is_not_the_body_asked_for_is_refused(body: bytes, message: str, register: Register, client: Client) -> None:
    """An answer is believed only if it is the JSON object of the id asked for; asking again is left to the next sync."""
    register.tricks["providers/RHA"].append(says(body))
    with pytest.raises(CqcAnswerError, match=message):
        client.body("provider", "RHA")
    assert len(register.asked) == 1


@pytest.mark.parametrize(("size", "fits"), [(len(TEA), True), (len(TEA) - 1, False)])
def test_too_large_a_body_is_refused(
    size: int, fits: bool, register: Register, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound on the size of an answer is inclusive."""
    monkeypatch.setattr(module, "MAX_BYTES", size)
    register.bodies["providers/RHA"] = TEA
    if fits:
        assert client.body("provider", "RHA") == TEA
    else:
        with pytest.raises(CqcAnswerError, match=f"more than {size} bytes"):
            client.body("provider", "RHA")


@pytest.mark.parametrize("trick", [status(429), status(500), status(503), hang_up, truncate])
def test_a_passing_trouble_is_waited_out(trick: Trick, register: Register, client: Client, slept: list[float]) -> None:
    """A busy, failing or vanishing server is asked again, each time later, with some chance in it."""
    register.bodies["providers/RHA"] = TEA
    register.tricks["providers/RHA"].extend([trick] * 3)
    assert client.body("provider", "RHA") == TEA
    assert len(register.asked) == 4
    assert len(slept) == 3
    assert all(most / 2 <= waited <= most for waited, most in zip(slept, (2, 4, 8), strict=True))


NOON = "Fri, 06 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("trick", "least", "most"),
    [
        (status(429, Retry_After="120"), 120, 120),
        (status(503, Retry_After="120"), 120, 120),
        (status(429, Retry_After="300"), 300, 300),
        (status(429, Retry_After="Fri, 06 Mar 2026 12:02:00 GMT", Date=NOON), 120, 120),
        (status(429, Retry_After="Fri, 06 Mar 2026 11:00:00 GMT", Date=NOON), 1, 2),
        (status(429, Retry_After="Fri, 06 Mar 2026 12:02:00", Date=NOON), 1, 2),
        (status(429, Retry_After="Fri, 06 Mar 2026 12:02:00 GMT"), 1, 2),
        (status(429, Retry_After="0"), 1, 2),
        (status(429, Retry_After="soon"), 1, 2),
        (status(429, Retry_After="-5"), 1, 2),
        (status(429, Retry_After="²"), 1, 2),
    ],
)
def test_cqc_says_how_long_to_wait(trick: Trick, least: float, most: float, register: Register, ask: Ask) -> None:
    """The wait that CQC asks for is kept, in seconds or as a date by its own clock; without a sensible one, it is ours."""
    slept: list[float] = []
    register.tricks["providers/RHA"].append(trick)
    assert ask(sleep=slept.append).body("provider", "RHA") is None
    assert len(slept) == 1
    assert least <= slept[0] <= most


@pytest.mark.parametrize("asked", ["301", "3600", "9" * 400])
def test_a_long_wait_is_left_to_the_user(asked: str, register: Register, client: Client, slept: list[float]) -> None:
    """A client that CQC asks to stay away for more than five minutes stops and says so."""
    register.tricks["providers/RHA"].append(status(429, Retry_After=asked))
    with pytest.raises(CqcError, match=r"answered 429 and asks to wait .* seconds: try again then"):
        client.body("provider", "RHA")
    assert slept == []


def test_a_server_that_never_recovers_is_given_up(register: Register, ask: Ask, slept: list[float]) -> None:
    """After as many tries as were allowed, the client says what it was answered and how often it asked."""
    register.tricks["providers/RHA"].extend([status(500)] * 20)
    with pytest.raises(CqcError, match="answered 500 when asked for providers/RHA, 12 times over: try again later"):
        ask(tries=12).body("provider", "RHA")
    assert len(register.asked) == 12
    assert max(slept) <= 300


def test_a_server_that_is_not_there_is_given_up(slept: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is refused is tried again like any other trouble."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Register() as closed:
        address = closed.address
    with (
        Client(KEY, address=address, tries=3, pause=0, sleep=slept.append) as client,
        pytest.raises(CqcError, match=r"did not answer .* when asked for providers, 3 times over"),
    ):
        client.ids("provider")
    assert len(slept) == 2


@pytest.mark.parametrize(("trick", "why"), [(hang, "timed out"), (trickle, r"not finished within 0\.15 seconds")])
def test_a_server_that_hangs_is_given_up(trick: Trick, why: str, register: Register, ask: Ask) -> None:
    """An answer has to begin in time, and to end in time, even if a byte comes now and then."""
    register.tricks["providers/RHA"].extend([trick, trick])
    with pytest.raises(CqcError, match=rf"did not answer \({why}\) when asked for providers/RHA, twice over"):
        ask(timeout=0.15, tries=2).body("provider", "RHA")


@pytest.mark.parametrize("number", [401, 403])
def test_a_refused_key_is_said_at_once(number: int, register: Register, client: Client, slept: list[float]) -> None:
    """A key that is refused is not tried again; the message says where one is had, and never the key."""
    register.tricks["providers"].append(status(number))
    with pytest.raises(CqcError, match=rf"refused the key \({number}\).*https://api-portal\.service\.cqc\.org\.uk") as raised:
        client.ids("provider")
    assert len(register.asked) == 1
    assert slept == []
    assert KEY not in str(raised.value)


def test_a_wrong_key_is_refused_by_the_server(ask: Ask) -> None:
    """The key goes in the header that CQC's gateway reads."""
    with pytest.raises(CqcError, match=r"refused the key \(401\)"):
        ask("another").ids("provider")


@pytest.mark.parametrize("key", ["", " ", "secret\n", "sec ret", "sécret"])
def test_what_can_not_be_a_key_is_not_sent(key: str) -> None:
    """A key copied badly is refused before anything is asked, and not repeated in the message."""
    with pytest.raises(CqcError, match="the key for CQC's API is empty or has") as raised:
        Client(key)
    assert "cret" not in str(raised.value)


def test_a_client_does_not_show_its_key(client: Client) -> None:
    """A client can be printed, in a log or a traceback."""
    assert repr(client).startswith("Client(address='http://127.0.0.1:")
    assert KEY not in repr(client)


@pytest.mark.parametrize("number", [301, 302, 307, 308])
def test_the_key_goes_nowhere_else(number: int, register: Register, client: Client) -> None:
    """A redirect is not followed, so that another host never sees the key."""
    with Register() as elsewhere:
        register.tricks["providers/RHA"].append(status(number, Location=f"{elsewhere.address}providers/RHA"))
        with pytest.raises(CqcError, match=rf"to another address \({number}\).*check the address"):
            client.body("provider", "RHA")
        assert elsewhere.asked == []


@pytest.mark.parametrize("number", [204, 304, 400, 405, 499])
def test_another_answer_is_not_tried_again(number: int, register: Register, client: Client) -> None:
    """An answer that asking again would not change is reported at once."""
    register.tricks["providers/RHA"].append(status(number))
    with pytest.raises(CqcError, match=f"{number}"):
        client.body("provider", "RHA")
    assert len(register.asked) == 1


def test_requests_keep_their_distance(ask: Ask) -> None:
    """From the start of one request to the start of the next there is at least the pause; time spent otherwise counts."""
    clock, waits = [100.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    client = ask(pause=0.5, sleep=sleep, clock=lambda: clock[0])
    client.body("provider", "RHA")
    assert waits == []
    client.body("provider", "RHA")
    assert waits == [0.5]
    clock[0] += 0.375
    client.body("provider", "RHA")
    assert waits == [0.5, 0.125]
    clock[0] += 0.5
    client.body("provider", "RHA")
    assert waits == [0.5, 0.125]


def test_cqc_is_asked_at_most_600_times_a_minute() -> None:
    """The defaults are polite, and name CQC's own address."""
    with Client(KEY) as client:
        assert client.pause == 0.1
        assert client.address == ADDRESS == "https://api.service.cqc.org.uk/public/v1"


def test_without_httpx_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks the extra is told its name; nothing else of the library needs it."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'trust-ledger\[cqc\]'") as raised:
        Client(KEY)
    assert raised.value.extra == "cqc"


@pytest.mark.parametrize(
    "address",
    [
        *("", "not an address", "api.service.cqc.org.uk", "localhost:8000", "//host/v1"),
        *("ftp://host", "file:///v1", "http://", "https:///v1", "https://?key", "http://:80"),
        *("https://a host/v1", "http://[", "http://host:key:80", "http://host:65536"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """Where nothing can answer, nothing is asked, let alone six times; the message gives an address that could be one."""
    with pytest.raises(CqcError) as raised:
        Client(KEY, address=address)
    assert str(raised.value) == f"{address!r} is not the address of an API, such as {ADDRESS}: check it"
    assert raised.value.asked == address


@pytest.mark.parametrize("address", ["http://host", "HTTPS://Host/v1/", "http://127.0.0.1:65535/v1", "http://[::1]:8000"])
def test_an_address_that_may_be_one_is_taken(address: str) -> None:
    """Whether anything answers there is not asked."""
    with Client(KEY, address=address) as client:
        assert client.address == address
