"""A client of CQC's syndication API that is patient, polite and bounded."""

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from types import ModuleType, TracebackType
from typing import Any, Literal, Self, TypeAlias

import attrs

from .._show import times
from .._when import to_instant
from ..errors import CqcAnswerError, CqcError, MissingExtraError
from ._answers import PORTAL, Later, object_of, page_of, refusal, retry_after

__all__ = ["ADDRESS", "Client", "Kind"]

ADDRESS = "https://api.service.cqc.org.uk/public/v1"
"""Where CQC's API is."""
PER_PAGE = 500
MAX_PAGES = 10_000
"""The number of pages above which a list is refused: forty times what all of CQC's locations take."""
MAX_BYTES = 20_000_000
"""The size of an answer above which it is refused."""
MAX_WAIT = 300.0
"""The seconds above which a wait that CQC asks for is left to the user."""
MOST_PORTS = 2**16
KEY = re.compile(r"[!-~]+")
ID = re.compile(r"(?=.{1,30}\Z)[A-Z0-9]+(?:-[A-Z0-9]+)*")
"""An id that can safely be part of an address and the name of a file: `RHA`, `RT203`, `1-101632217`."""

Kind: TypeAlias = Literal["provider", "location"]
"""What CQC registers: who provides care, and where."""


def _httpx() -> ModuleType:
    try:
        import httpx  # noqa: PLC0415  # an extra: only who asks CQC needs it
    except ImportError as missing:
        raise MissingExtraError("CQC's live API needs the extra `cqc`: pip install 'trust-ledger[cqc]'", "cqc") from missing
    return httpx


def _url(httpx: ModuleType, address: str) -> Any:
    """Read the address of an API, so that one that nothing can answer at is refused before anything is asked there."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL()
    # httpx itself takes a space or a bracket in the host, percent-encoded, and any port
    if url.scheme not in {"http", "https"} or not url.host or "%" in url.host or (url.port or 0) >= MOST_PORTS:
        raise CqcError(f"{address!r} is not the address of an API, such as {ADDRESS}: check it", address)
    return url


def _check_key(_client: object, _field: object, key: str) -> None:
    if not KEY.fullmatch(key):  # the key itself must never be shown, and httpx would show one it can't send
        raise CqcError(f"the key for CQC's API is empty or has a space or a sign no key has: copy it anew from {PORTAL}", "key")


@attrs.define(eq=False)
class Client:
    """CQC's live API, with a key; use it in a `with` block, or close it.

    Redirects are never followed, so the key goes nowhere but to `address`.

    Arguments:
        key: the subscription key that CQC's developer portal gives; never shown.
        address: where the API is, with its version.
        pause: the least seconds from one request to the next. The default makes at most 600 requests a minute;
            2,000 is what CQC is said to allow.
        timeout: the seconds within which CQC must accept a connection, then begin to answer, then finish.
        tries: how often one thing is asked for while CQC is busy (429), fails (5xx) or can't be reached.
        sleep: waits some seconds.
        clock: tells seconds from some beginning.

    Raises:
        MissingExtraError: httpx is not installed.
        CqcError: the key can't be one, or the address.

    """

    key: str = attrs.field(repr=False, validator=_check_key)
    address: str = attrs.field(default=ADDRESS, kw_only=True)
    pause: float = attrs.field(default=0.1, kw_only=True)
    timeout: float = attrs.field(default=30.0, kw_only=True)
    tries: int = attrs.field(default=6, kw_only=True)
    sleep: Callable[[float], object] = attrs.field(default=time.sleep, kw_only=True, repr=False)
    clock: Callable[[], float] = attrs.field(default=time.monotonic, kw_only=True, repr=False)
    _http: Any = attrs.field(init=False, repr=False)
    _failures: tuple[type[Exception], ...] = attrs.field(init=False, repr=False)
    _turn: float | None = attrs.field(init=False, repr=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Make ready to ask; nothing is sent yet."""
        httpx = _httpx()
        # CQC's gateway refuses who doesn't say what they are, and the refusal looks like that of a key.
        headers = {"Ocp-Apim-Subscription-Key": self.key, "User-Agent": "trust-ledger"}
        base = _url(httpx, self.address)
        self._http = httpx.Client(base_url=base, headers=headers, timeout=self.timeout, follow_redirects=False)
        self._failures = (httpx.RequestError, TimeoutError)

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """Give the id of everything of a kind that CQC lists, registered or not, each once, in CQC's order.

        Raises:
            CqcError: CQC can't be asked, or its list can't be read.

        """
        return tuple(dict.fromkeys(self._listed(f"{kind}s", f"{kind}s", f"{kind}Id")))

    def changes(self, kind: Kind, since: datetime, until: datetime) -> tuple[str, ...]:
        """Give the ids of what changed in CQC's copy, each once.

        CQC tells ids only. The time is when its copy changed, never when the fact happened.

        Arguments:
            kind: of what.
            since: an aware instant, cut to the second; inclusive, as CQC is understood.
            until: the same; whether CQC includes it is not known.

        Raises:
            WhenError: an instant has no time zone.
            CqcError: CQC can't be asked, or its list can't be read.

        """
        window = {"startTimestamp": _stamp(since), "endTimestamp": _stamp(until)}
        return tuple(dict.fromkeys(self._listed(f"changes/{kind}", "changes", None, **window)))

    def body(self, kind: Kind, id: str) -> bytes | None:  # noqa: A002  # CQC's own word
        """Give what CQC says of one provider or location, byte for byte; `None` if it has no such record (404).

        Raises:
            CqcAnswerError: the id can't be one, or the answer is not the JSON object of that id.
            CqcError: CQC can't be asked.

        """
        path = f"{kind}s/{id}"
        if not ID.fullmatch(id):
            raise CqcAnswerError(f"{id[:50]!r} is not an id of CQC's: an id has capitals, digits and single hyphens", path)
        body = self._get(path, {})
        if body is not None and (found := object_of(body, path).get(f"{kind}Id")) != id:
            raise CqcAnswerError(f"CQC was asked for {path} and answered with {kind}Id {str(found)[:50]!r}", path)
        return body

    def _listed(self, path: str, field: str, name: str | None, **query: str) -> Iterator[str]:
        """Give the ids on every page that the first page announces: what is added meanwhile, the next sync asks for."""
        page = pages = 1
        while page <= pages:
            body = self._get(path, {**query, "page": page, "perPage": PER_PAGE})
            ids, total = page_of(body or b"", path, page, field, name)
            if total > MAX_PAGES:
                raise CqcAnswerError(f"CQC's {path} says it has {total:,} pages, more than {MAX_PAGES:,}", path)
            yield from ids
            pages = total if page == 1 else pages
            page += 1

    def _get(self, path: str, query: Mapping[str, str | int]) -> bytes | None:
        """Ask until there is an answer, waiting longer each time, or as long as CQC asks; `None` is a 404."""
        attempt = 1
        while isinstance(answer := self._ask(path, query), Later):
            if answer.seconds > MAX_WAIT:
                raise CqcError(f"CQC's API {answer.why} and asks to wait {answer.seconds:,.0f} seconds: try again then", path)
            if attempt >= self.tries:
                raise CqcError(f"CQC's API {answer.why} when asked for {path}, {times(attempt)} over: try again later", path)
            waited = min(2.0**attempt, MAX_WAIT) * random.uniform(0.5, 1)  # noqa: S311  # it spreads load and guards nothing
            self.sleep(max(answer.seconds, waited))
            attempt += 1
        return answer

    def _ask(self, path: str, query: Mapping[str, str | int]) -> bytes | Later | None:
        self._take_turn()
        try:
            with self._http.stream("GET", path, params=query) as answer:
                match answer.status_code:
                    case 200:
                        return self._whole(answer, path)
                    case 404 | 410:
                        return None
                    case status if status == HTTPStatus.TOO_MANY_REQUESTS or answer.is_server_error:
                        return Later(f"answered {status}", retry_after(answer.headers))
                    case status:
                        raise refusal(status, path)
        except self._failures as wrong:
            return Later(f"did not answer ({str(wrong) or type(wrong).__name__})")

    def _take_turn(self) -> None:
        if self._turn is not None and (wait := self._turn - self.clock()) > 0:
            self.sleep(wait)
        self._turn = self.clock() + self.pause

    def _whole(self, answer: Any, path: str) -> bytes:
        """Read an answer to its end; the time and the size of the whole are bounded, not only those of a piece."""
        end, body = self.clock() + self.timeout, bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > MAX_BYTES:
                raise CqcAnswerError(f"CQC's answer to {path} has more than {MAX_BYTES:,} bytes", path)
            if self.clock() > end:
                raise TimeoutError(f"not finished within {self.timeout:g} seconds")
        return bytes(body)


def _stamp(instant: datetime) -> str:
    return f"{to_instant(instant):%Y-%m-%dT%H:%M:%SZ}"
