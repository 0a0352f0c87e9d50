"""Audits: rules that read a ledger and report exceptions, each citing the entries that show it. Register your own with `rule`."""

from ._catalogue import RULES as RULES
from ._choose import chosen as chosen
from ._choose import rules_of as rules_of
from ._rule import AuditException as AuditException
from ._rule import Rule as Rule
from ._rule import Severity as Severity
from ._rule import rule as rule
from ._run import Audit as Audit
from ._run import Failure as Failure
from ._run import audit as audit
