"""What a database in a file refuses, as an error of ours that says what to do."""

from ..errors import StoreError

__all__ = ["advice", "missing_entries", "no_ledger", "unreadable"]


def unreadable(place: str, wrong: Exception, advised: str) -> StoreError:
    return StoreError(f"can't read {place}: {wrong}. {advised}", place)


def no_ledger(place: object) -> StoreError:
    return StoreError(f"there is no ledger at {place}: make one with `trust-ledger ingest` or `trust-ledger demo`", place)


def missing_entries(place: str, last: int) -> StoreError:
    return StoreError(
        f"entries are missing from {place}: it ends at entry {last}, and has had more. Nothing was recorded; "
        "run `trust-ledger verify`, and restore a backup",
        place,
    )


def advice(wrong: Exception) -> str:
    """Tell what to do about what a database says."""
    said = str(wrong).lower()
    if "full" in said or "disk i/o" in said:
        return "Make room on the disk, then do it again."
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return "Give this user leave to write to the file and its folder, or choose another with --ledger."
    if "malformed" in said or "not a database" in said:
        return "The file is damaged or not a ledger: restore it from a backup."
    return "Check that the file and its folder are there and can be used."
