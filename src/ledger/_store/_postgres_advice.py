"""What to do about what PostgreSQL says."""

__all__ = ["advice"]

BY_STATE = {
    "25006": "This server, or this user, may only read: record at the primary server, as a user who may write.",
    "42501": "Ask whoever runs the database for the right: who reads needs SELECT on the tables stored_events, frontier and subtrees of "
    "the schema public, who records INSERT and UPDATE as well, and who makes the ledger CREATE on that schema.",
    "42P01": "The table of the ledger is gone: restore the database from a backup.",
    "53100": "Make room on the server's disk, then do it again.",
}
"""By what the server tells of an error: https://www.postgresql.org/docs/current/errcodes-appendix.html."""
BY_WORD = {
    "password": "Check the user and the password: in the address, in PGPASSWORD or in a password file.",
    "role": "Check the user in the address.",
    "pg_hba.conf": "Ask whoever runs the server to let this user in from here, and whether that needs sslmode=require.",
    "certificate": "Check sslmode and sslrootcert in the address, and that the host is named as in the server's certificate.",
    "ssl": "Check sslmode and sslrootcert in the address.",
    "starting up": "Do it again in a moment.",
    "shutting down": "Do it again in a moment.",
    "too many": "Do it again in a moment.",
    "database": "Check the name of the database, or make it first, with `createdb`.",
    "was closed": "Open the ledger again.",
}
"""By what libpq says where there is no connection, and so no state; the first word that is there counts."""


def advice(wrong: Exception) -> str:
    """Tell what to do about what PostgreSQL says."""
    said = str(wrong).lower()
    by_word = (advised for word, advised in BY_WORD.items() if word in said)
    by_state = BY_STATE.get(getattr(wrong.__cause__, "sqlstate", None) or "")
    return by_state or next(by_word, "Check that the server is running and can be reached, and that its address is right.")
