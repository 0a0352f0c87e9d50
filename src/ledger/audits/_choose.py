"""Which rules to audit by: some of those there are, and those of a file of the user's own."""

import runpy
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..errors import AuditError, WordError
from ._rule import Rule

__all__ = ["chosen", "rules_of"]


def chosen(rules: Iterable[Rule], ids: Sequence[str] | None) -> list[Rule]:
    """Give the rules of some ids, in the order of the rules; without ids, all of them. Of two that have one id, the later counts.

    Raises:
        WordError: there is no rule of such an id.

    """
    there = {one.id: one for one in rules}
    for wanted in ids or ():
        if wanted not in there:
            raise WordError(f"there is no rule {wanted!r}; there are {', '.join(there)}", wanted)
    return [one for one in there.values() if not ids or one.id in ids]


def rules_of(path: Path) -> list[Rule]:
    """Run a Python file, and give the rules that it makes, in the order in which it names them.

    Raises:
        AuditError: there is no such file, it can't be run, or it makes no rule.

    """
    try:
        made = runpy.run_path(str(path))
    except (Exception, SystemExit) as wrong:
        raise AuditError(f"can't read rules from {path}: {type(wrong).__name__}: {wrong}", str(path)) from wrong
    found = [value for value in made.values() if isinstance(value, Rule)]
    if not found:
        raise AuditError(f"{path} makes no rule: decorate a function with ledger.audits.rule", str(path))
    return found
