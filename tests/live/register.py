"""A register on this machine that answers as CQC's API does, and misbehaves where it is told to."""

import json
from collections import defaultdict, deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self, TypeAlias
from urllib.parse import parse_qs, urlsplit

KEY = "0123456789abcdef"
PREFIX = "/public/v1/"


class Answering(BaseHTTPRequestHandler):
    """One request answered."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    register: "Register"

    def do_GET(self) -> None:
        """Do the next trick for this path, or answer as CQC does."""
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(PREFIX)
        self.register.asked.append(self.path.removeprefix(PREFIX))
        self.register.agents.add(self.headers["User-Agent"])
        tricks = self.register.tricks[path]
        if self.headers["Ocp-Apim-Subscription-Key"] != KEY:
            self.answer(401, b'{"statusCode": 401, "message": "Access denied due to invalid subscription key."}')
        elif tricks:
            tricks.popleft()(self)
        else:
            self.answer(*self.register.answer(path, {name: values[0] for name, values in parse_qs(parts.query).items()}))

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer whole; the headers are named with low lines."""
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server whose clients may hang up on it."""

    def handle_error(self, *_: object) -> None:
        """Say nothing: what a client makes of it is what the tests are about."""


Trick: TypeAlias = Callable[[Answering], None]


class Register:
    """What the server holds, and what it was asked; use it in a `with` block."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        """What it answers, by place: `providers/RHA`."""
        self.listed: dict[str, list[str]] = {"providers": [], "locations": []}
        """The ids that it lists."""
        self.changes: list[tuple[str, str, str]] = []
        """When its copy changed, of which kind, which id."""
        self.per_page = 1000
        """The most ids that a page has, whatever is asked for."""
        self.tricks: defaultdict[str, deque[Trick]] = defaultdict(deque)
        """What to do instead of answering, by path, once each."""
        self.asked: list[str] = []
        """What it was asked for, in order."""
        self.agents: set[str] = set()
        """Who the clients said they are."""
        self.closing = Event()
        handler = type("Handler", (Answering,), {"register": self})
        self.server = Server(("127.0.0.1", 0), handler)
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        """Begin to answer."""
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, also what hangs."""
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server.server_port}{PREFIX}"

    def add(self, place: str, body: bytes | None = None, **fields: Any) -> None:
        """List a provider or location, and answer with a body, or with one made of its id and some fields."""
        kind, _, id_ = place.partition("s/")
        self.listed[f"{kind}s"].append(id_)
        self.bodies[place] = json.dumps({f"{kind}Id": id_, **fields}).encode() if body is None else body

    def bodies_asked(self) -> list[str]:
        """Give the bodies it was asked for, in order; pages of lists left out."""
        return [asked for asked in self.asked if "?" not in asked]

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, bytes]:
        """Answer as CQC does."""
        if path in self.listed:
            kind = path.removesuffix("s")
            rows: list[Any] = [{f"{kind}Id": one, f"{kind}Name": "A name"} for one in self.listed[path]]
            return 200, self.page(path, rows, query)
        if path.startswith("changes/"):
            since, until = query["startTimestamp"], query["endTimestamp"]
            rows = [one for at, kind, one in self.changes if f"changes/{kind}" == path and since <= at < until]
            return 200, self.page("changes", rows, query)
        if path in self.bodies:
            return 200, self.bodies[path]
        return 404, b'{"statusCode": 404, "message": "No such record"}'

    def page(self, field: str, rows: list[Any], query: dict[str, str]) -> bytes:
        """Give one page of a list."""
        page, size = int(query["page"]), min(int(query["perPage"]), self.per_page)
        pages = -(-len(rows) // size)
        more = f"/{field}?page={page + 1}&perPage={size}" if page < pages else None
        head = {"total": len(rows), "page": page, "perPage": size, "totalPages": pages, "nextPageUri": more}
        return json.dumps({**head, field: rows[(page - 1) * size : page * size]}).encode()


def status(number: int, **headers: str) -> Trick:
    """Give a trick: answer with a status and no body."""
    return lambda answering: answering.answer(number, b"", **headers)


def says(body: bytes, **headers: str) -> Trick:
    """Give a trick: answer 200 with a body."""
    return lambda answering: answering.answer(200, body, **headers)


def hang(answering: Answering) -> None:
    """Do a trick: say nothing for three seconds, or until the server closes."""
    answering.register.closing.wait(3)
    answering.close_connection = True


def trickle(answering: Answering) -> None:
    """Do a trick: a byte every hundredth of a second, for three seconds or as long as anybody listens."""
    answering.send_response(200)
    answering.send_header("Content-Length", "1000000")
    answering.end_headers()
    answering.close_connection = True
    try:
        for _ in range(300):
            answering.register.closing.wait(0.01)
            answering.wfile.write(b" ")
    except OSError:  # nobody listens any more
        return


def truncate(answering: Answering) -> None:
    """Do a trick: promise more than comes."""
    answering.send_response(200)
    answering.send_header("Content-Length", "1000")
    answering.end_headers()
    answering.wfile.write(b'{"providerId": "RHA"')
    answering.close_connection = True


def hang_up(answering: Answering) -> None:
    """Do a trick: close the connection without a word."""
    answering.close_connection = True
