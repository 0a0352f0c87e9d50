"""The address of a PostgreSQL database: what to connect with, and how it is shown."""

import os
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

import attrs
import psycopg
from psycopg.conninfo import conninfo_to_dict

from ..errors import StoreError

__all__ = ["Address"]

DEFAULTS = {
    "connect_timeout": 10,
    # A connection that a firewall has dropped without a word is given up after half a minute, not after hours.
    "keepalives_idle": 60,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "fallback_application_name": "trust-ledger",
}
"""What holds where the address and the environment say nothing else; times in seconds, but for `tcp_user_timeout` in milliseconds."""


@attrs.frozen
class Address:
    """The address of a database.

    Arguments:
        conninfo: all of it, for libpq; with the password, if it has one.
        defaults: what to connect with besides.
        shown: the same as `postgresql://user@host:port/dbname`, for messages: never with a password.

    """

    conninfo: str = attrs.field(repr=False)
    defaults: dict[str, Any] = attrs.field(repr=False)
    shown: str

    @classmethod
    def read(cls, text: str) -> "Address":
        """Read a URL as libpq does: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS.

        Raises:
            StoreError: it can't be read, or where its password ends can't be told for sure.

        """
        authority, _, path = text.partition("://")[2].partition("?")[0].partition("/")
        try:
            given = conninfo_to_dict(text)
        except psycopg.Error:
            raise _unclear() from None  # libpq's own message repeats a part of the address: it might be the password
        ports = str(given.get("port") or "").split(",")
        # libpq would take what follows a sign that should have been encoded for a host, a port or a database.
        if authority.count("@") > 1 or "@" in path or not all(port.isdecimal() for port in ports if port):
            raise _unclear()
        defaults = {name: value for name, value in DEFAULTS.items() if name not in given}
        if "PGCONNECT_TIMEOUT" in os.environ:
            defaults.pop("connect_timeout", None)
        return cls(text, defaults, _shown(given, ports))


def _shown(given: dict[str, Any], ports: list[str]) -> str:
    user, database = (quote(str(given.get(name) or "")) for name in ("user", "dbname"))
    names = str(given.get("host") or given.get("hostaddr") or "").split(",")
    hosts = [f"[{name}]" if ":" in name else quote(name, safe="") for name in names]
    places = [f"{host}:{port}" if port else host for host, port in zip_longest(hosts, ports[: len(hosts)], fillvalue=ports[0])]
    return f"postgresql://{user}{'@' if user else ''}{','.join(places)}/{database}"


def _unclear() -> StoreError:
    return StoreError(
        "can't read the address of the database: write it as postgresql://user@host:5432/name, with options that libpq knows "
        "(?sslmode=verify-full), and signs in a password such as @, : and / as %40, %3A and %2F",
        "postgresql",
    )
