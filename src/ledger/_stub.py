"""What is left of an entry whose text was erased: bytes that say so, and keep what proofs and other entries rest on.

A stub begins with the leaf hash of the bytes that stood there, which no other entry does, so every proof about it stays valid. What
else it keeps is its trust, its type, its dates and what it replaced; the entry that records the redaction holds a digest of it.
"""

from hashlib import sha256
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ._entry import Entry, Markings
from ._form import CANONICAL, Strict, instant, instant_as_text
from ._when import to_day, to_when
from .errors import StoredEntryError
from .events import Erased, Event
from .proofs import leaf_hash

__all__ = ["digest", "erased", "is_stub", "leaf_of", "stub_of"]

MARK = b'{"leaf":"'


class _Stub(Strict, frozen=True):
    """A stub; its fields are those of the entry it is left of, as far as they are kept."""

    v: Literal[1]
    leaf: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    trust: str
    type: str
    recorded_at: str
    on: str | None = None
    public_since: str | None = None
    replaces: int | None = None
    place: int | None = None


STUB = msgspec.json.Decoder(_Stub)


def is_stub(stored: bytes) -> bool:
    """Whether bytes are what is left of an entry."""
    return stored.startswith(MARK)


def leaf_of(stored: bytes) -> bytes:
    """Give the leaf hash of a stored entry; of a stub, that of what it is left of (RFC 6962, section 2.1)."""
    if not is_stub(stored):
        return leaf_hash(stored)
    try:
        return bytes.fromhex(STUB.decode(stored).leaf)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise StoredEntryError(
            f"what is left of a redacted entry can't be read ({wrong}): the ledger is damaged", stored
        ) from wrong


def digest(stored: bytes) -> str:
    """Give the digest of a stub that the entry about its redaction holds."""
    return sha256(stored).hexdigest()


def stub_of(entry: Entry, stored: bytes, markings: Markings) -> bytes:
    """Give what is to be left of an entry."""
    is_fact = isinstance(entry.event, Event)
    public = entry.public_from(markings) if is_fact else None
    kept = _Stub(
        v=1,
        leaf=leaf_hash(stored).hex(),
        trust=entry.event.trust,
        type=type(entry.event).__name__,
        recorded_at=instant_as_text(entry.recorded_at),
        on=entry.fact.on.expression if is_fact else None,
        public_since=None if public is None else public.isoformat(),
        replaces=entry.replaces,
        place=entry.place if entry.replaces is not None else None,
    )
    return CANONICAL.encode(kept)


def erased(number: int, stored: bytes) -> Entry:
    """Give the entry that a stub is.

    Raises:
        StoredEntryError: it is not as this version writes it.

    """
    try:
        kept = STUB.decode(stored)
        if CANONICAL.encode(kept) != stored or (kept.place is None) is not (kept.replaces is None):
            raise ValueError("it is not as this version writes it")  # noqa: TRY301  # told below like all else
        event = Erased(
            trust=kept.trust,
            kind=kept.type,
            on=None if kept.on is None else to_when(kept.on),
            public_since=None if kept.public_since is None else to_day(kept.public_since),
        )
        return Entry(
            number=number,
            event=event,
            recorded_at=instant(kept.recorded_at),
            recorded_by=None,
            place=number if kept.place is None else kept.place,
            replaces=kept.replaces,
        )
    except Exception as wrong:
        raise StoredEntryError(
            f"entry {number} was redacted, and what is left of it can't be read ({wrong}): the ledger is damaged", stored
        ) from wrong
