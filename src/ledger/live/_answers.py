"""What an answer of CQC's API means: wait, give up, or a JSON object."""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import attrs

from ..errors import CqcAnswerError, CqcError

__all__ = ["PORTAL", "Later", "object_of", "page_of", "refusal", "retry_after"]

PORTAL = "https://api-portal.service.cqc.org.uk"
"""Where CQC gives keys."""


@attrs.frozen
class Later:
    """No answer yet: why, and the seconds that CQC asks to wait, 0 where it doesn't say."""

    why: str
    seconds: float = 0.0


def retry_after(headers: Mapping[str, str]) -> float:
    """Give the seconds that an answer asks to wait (RFC 9110, section 10.2.3), 0 if it doesn't say or can't be read.

    A date is counted from the answer's own, so that no clock but CQC's matters.
    """
    asked = headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def refusal(status: int, path: str) -> CqcError:
    """Say what an answer means that asking again would not change."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return CqcError(
            f"CQC's API refused the key ({status}): it is wrong, its subscription is not active, or its quota is used up; "
            f"a key is had from {PORTAL}",
            path,
        )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return CqcError(
            f"CQC's API sent the request for {path} to another address ({status}): it was not followed, so that the key "
            "goes nowhere else; check the address",
            path,
        )
    return CqcError(f"CQC's API answered {status} when asked for {path}: it may have changed", path)


def object_of(body: bytes, path: str) -> dict[str, Any]:
    """Read a JSON object.

    Raises:
        CqcAnswerError: it is not JSON, or not an object.

    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise CqcAnswerError(f"CQC's answer to {path} is not JSON", path) from wrong
    if not isinstance(found, dict):
        raise CqcAnswerError(f"CQC's answer to {path} is JSON, but not an object", path)
    return found


def page_of(body: bytes, path: str, page: int, field: str, name: str | None) -> tuple[list[str], int]:
    """Read one page of a list: its ids, and the number of pages.

    Arguments:
        body: the answer.
        path: what was asked for.
        page: the number of the page asked for, from 1.
        field: the field that holds the rows.
        name: the field of a row that holds the id, where a row is an object.

    Raises:
        CqcAnswerError: it is not that page, or has something in it that is not an id.

    """
    answer = object_of(body, path)
    rows, total = answer.get(field), answer.get("totalPages")
    if type(total) is not int or answer.get("page") != page or not isinstance(rows, list):
        raise CqcAnswerError(f"CQC was asked for page {page} of {path} and answered with something else", path)
    found = [row.get(name) if isinstance(row, dict) else row for row in rows]
    ids = [one for one in found if isinstance(one, str)]
    if len(ids) < len(found):
        raise CqcAnswerError(f"page {page} of CQC's {path} has something that is not an id", path)
    return ids, total
