"""What can go wrong, each with the offending value as an attribute.

Every error this library raises on purpose is a `LedgerError`. The message says what was wrong, where, and what to do.
Beside them stands the one warning it gives.
"""

__all__ = [
    "AuditError",
    "ClockError",
    "ConflictError",
    "CorrectionError",
    "CqcAnswerError",
    "CqcError",
    "EventError",
    "FileError",
    "LedgerError",
    "LedgerFileError",
    "MissingExtraError",
    "NewerLedgerError",
    "NotOnRecordError",
    "PersonalDataError",
    "PersonalDataWarning",
    "ProofError",
    "RuleError",
    "StoreError",
    "StoredEntryError",
    "SweepError",
    "SyncError",
    "WhenError",
    "WordError",
]


class LedgerError(Exception):
    """The base of every error raised by this library."""


class WhenError(LedgerError, ValueError):
    """A date, a period or an instant can't be read; `value` is what was given."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class WordError(LedgerError, ValueError):
    """A word is not in the vocabulary it was used from; `value` is the word."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class EventError(LedgerError, ValueError):
    """A field of an event, a source or an entry can't be what was given; `field` names it, `value` is what was given."""

    def __init__(self, message: str, field: str, value: object) -> None:
        super().__init__(message)
        self.field = field
        self.value = value


class NotOnRecordError(LedgerError, KeyError):
    """What was asked for is not on record in this view; `value` is its name."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value

    def __str__(self) -> str:
        """Give the message itself: `KeyError` would show it in quotation marks."""
        return str(self.args[0])


class PersonalDataError(LedgerError, ValueError):
    """What was to be recorded looks like personal data, and the ledger refuses it; `findings` says what and where, masked."""

    def __init__(self, message: str, findings: tuple[object, ...]) -> None:
        super().__init__(message)
        self.findings = findings


class PersonalDataWarning(UserWarning):
    """What is being recorded looks like personal data; `findings` says what and where, masked."""

    def __init__(self, message: str, findings: tuple[object, ...]) -> None:
        super().__init__(message)
        self.findings = findings


class RuleError(LedgerError, ValueError):
    """A rule that sets due dates is not known, was not in force, or can't be counted; `value` is what was asked for."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class ProofError(LedgerError, ValueError):
    """There is no such proof, or a signed note, a checkpoint or a key can't be what was given; `value` is what was given.

    Of a signing key `value` says only that it was one: no error shows a secret.
    """

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class StoreError(LedgerError):
    """The place the ledger is kept in can't be opened, read or written; `place` says which."""

    def __init__(self, message: str, place: object) -> None:
        super().__init__(message)
        self.place = place


class FileError(LedgerError):
    """A file can't be read or written; `path` says which."""

    def __init__(self, message: str, path: object) -> None:
        super().__init__(message)
        self.path = path


class NewerLedgerError(StoreError):
    """The ledger was written by a newer version of this library."""


class StoredEntryError(LedgerError):
    """A stored entry can't be read; `stored` is its text."""

    def __init__(self, message: str, stored: bytes) -> None:
        super().__init__(message)
        self.stored = stored


class ClockError(LedgerError):
    """The clock is more than a day behind the last entry; `now` is what it said."""

    def __init__(self, message: str, now: object) -> None:
        super().__init__(message)
        self.now = now


class ConflictError(LedgerError):
    """Somebody else recorded something about the same trust meanwhile; `trust` says which."""

    def __init__(self, message: str, trust: str) -> None:
        super().__init__(message)
        self.trust = trust


class AuditError(LedgerError, ValueError):
    """A rule of an audit can't be what was given, or rules can't be used together; `value` is the rule's id."""

    def __init__(self, message: str, value: str) -> None:
        super().__init__(message)
        self.value = value


class SweepError(LedgerError, ValueError):
    """A sweep can't be done as of the day asked for; `value` is the day."""

    def __init__(self, message: str, value: object) -> None:
        super().__init__(message)
        self.value = value


class CorrectionError(LedgerError):
    """An entry can't be corrected, retracted or corroborated as asked; `number` is the entry's."""

    def __init__(self, message: str, number: int) -> None:
        super().__init__(message)
        self.number = number


class LedgerFileError(LedgerError):
    """A ledger file has problems; `problems` holds them all, in order of place."""

    def __init__(self, problems: tuple[object, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class MissingExtraError(LedgerError, ImportError):
    """What was asked for needs a package that an extra brings, and it isn't installed; `extra` names the extra."""

    def __init__(self, message: str, extra: str) -> None:
        super().__init__(message)
        self.extra = extra


class CqcError(LedgerError):
    """CQC's live API can't be asked, or doesn't answer; `asked` is what it was asked for."""

    def __init__(self, message: str, asked: str) -> None:
        super().__init__(message)
        self.asked = asked


class CqcAnswerError(CqcError):
    """CQC's live API answered, but not with what it was asked for; other answers may be right."""


class SyncError(LedgerError):
    """The folder that holds what CQC answered can't be read or written; `place` says which file or folder."""

    def __init__(self, message: str, place: object) -> None:
        super().__init__(message)
        self.place = place
