"""How notes and keys are written: text without control characters, key names, and base64 in its one canonical form."""

import re
from base64 import b64decode, b64encode

from ..errors import ProofError

__all__ = ["check_text", "is_key_name", "of_base64", "to_base64"]

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def check_text(text: str) -> None:
    """Let through a text that a note can hold (c2sp.org/signed-note, Format): lines, all ended, without control characters.

    Raises:
        ProofError: it is another; the message gives the number of the line, from 1.

    """
    if found := CONTROL.search(text):
        number, sign = text.count("\n", 0, found.start()) + 1, ord(found[0])
        raise ProofError(f"line {number} has the control character U+{sign:04X}: a note has none but the newline", text)
    try:
        text.encode()
    except UnicodeEncodeError as wrong:
        number = text.count("\n", 0, wrong.start) + 1
        raise ProofError(f"line {number} can't be written in UTF-8 ({wrong.reason}): check how it was read", text) from wrong
    if not text.endswith("\n"):
        number = text.count("\n") + 1
        raise ProofError(f"line {number} is the last and doesn't end in a newline: it must", text)


def is_key_name(name: object) -> bool:
    """Whether it can name a key (c2sp.org/signed-note, Format): not empty, without spaces or a plus."""
    return (
        isinstance(name, str)
        and name != ""
        and not any(sign == "+" or sign.isspace() or CONTROL.match(sign) or "\ud800" <= sign <= "\udfff" for sign in name)
    )


def of_base64(text: str) -> bytes | None:
    """Read standard base64 with padding (RFC 4648, section 4); none if it is another form, or not the only one of its bytes."""
    if not BASE64.fullmatch(text):
        return None
    found = b64decode(text)
    return found if to_base64(found) == text else None  # the bits left over at the end must be 0


def to_base64(data: bytes) -> str:
    """Write standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(data).decode()
