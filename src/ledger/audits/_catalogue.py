"""Every rule that comes with the ledger, the order in which an audit shows them."""

from ._rule import Rule
from .aggregation import rating_not_as_expected
from .answers import breach_without_action, requirement_unanswered
from .back_dating import completion_back_dated, slip_back_dated
from .completion import action_reopened, completion_not_verified, completion_without_evidence, verified_by_claimant
from .corrections import correction_moved_date
from .notices import notice_undetermined, plan_not_received, published_late, requirement_past_due
from .overdue import action_past_due, urgent_requirement_open
from .ratings import rating_chain_broken, reaffirmed_otherwise
from .record_keeping import entry_redacted, no_source, recorded_late, sources_disagree
from .repeats import breach_found_again, requirement_open_at_next_inspection
from .replacing import replaced_near_deadline
from .silence import nothing_heard
from .slips import (
    condition_unresolved,
    deadline_moved_after_passing,
    deadline_moved_repeatedly,
    deadline_moved_without_reason,
    part_due_after_whole,
)
from .statutory import due_not_by_rule
from .testimony import pass_contradicted, pass_recorded_ahead

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    # Deadlines, and what is said to be done by them.
    action_past_due,
    completion_back_dated,
    completion_without_evidence,
    completion_not_verified,
    verified_by_claimant,
    action_reopened,
    deadline_moved_after_passing,
    slip_back_dated,
    deadline_moved_repeatedly,
    deadline_moved_without_reason,
    replaced_near_deadline,
    correction_moved_date,
    condition_unresolved,
    part_due_after_whole,
    pass_contradicted,
    pass_recorded_ahead,
    due_not_by_rule,
    # What the regulator found and asked for.
    breach_without_action,
    breach_found_again,
    requirement_unanswered,
    requirement_open_at_next_inspection,
    requirement_past_due,
    urgent_requirement_open,
    plan_not_received,
    notice_undetermined,
    published_late,
    # The record itself.
    rating_chain_broken,
    reaffirmed_otherwise,
    rating_not_as_expected,
    sources_disagree,
    recorded_late,
    no_source,
    entry_redacted,
    nothing_heard,
)
"""Every rule that comes with the ledger."""
