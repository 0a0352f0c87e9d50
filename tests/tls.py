"""TLS before a PostgreSQL server, as a gateway has it: not every build of the server can do it itself."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

__all__ = ["Certificate", "certificate", "encrypted"]

REQUEST = 8
"""The length of the request for TLS: https://www.postgresql.org/docs/current/protocol-message-formats.html."""


@attrs.frozen
class Certificate:
    """A certificate that is its own root, and its key."""

    certificate: Path
    key: Path


def certificate(folder: Path, host: str) -> Certificate:
    """Make a certificate for a host."""
    folder.mkdir()
    made = Certificate(folder / "server.crt", folder / "server.key")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={host}"]
    names = ["-addext", f"subjectAltName=DNS:{host}", "-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run([*command, *names], check=True, capture_output=True)
    return made


@contextmanager
def encrypted(own: Certificate, port: int) -> Iterator[int]:
    """Take TLS off what comes in, pass it on to a port of this machine, and give the port to come to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.certificate, own.key)
    with socket.create_server(("127.0.0.1", 0)) as front:
        threading.Thread(target=_accept, args=(front, context, port), daemon=True).start()
        yield front.getsockname()[1]


def _accept(front: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):  # it was closed
        while True:
            outside, _ = front.accept()
            threading.Thread(target=_pass_on, args=(outside, context, port), daemon=True).start()


def _pass_on(outside: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError), outside:
        outside.recv(REQUEST)
        outside.sendall(b"S")
        with context.wrap_socket(outside, server_side=True) as inside, socket.create_connection(("127.0.0.1", port)) as server:
            threading.Thread(target=_pump, args=(server, inside), daemon=True).start()
            _pump(inside, server)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_RDWR)
