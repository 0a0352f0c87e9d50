"""Every fact the ledger can hold, one module a topic.

A type is listed once, in the `__all__` of its own module; its name is its name in the store and in ledger files.
"""

from ._event import Event as Event
from ._event import Recordable as Recordable
from ._event import Upcast as Upcast
from ._rule import *
from ._words import *
from .actions import *
from .actions import ActionDeadlinePassed, ActionPlanDeadlinePassed
from .agreements import *
from .breaches import *
from .concerns import *
from .inspections import *
from .locations import *
from .meetings import *
from .notices import *
from .notices import NoticeDeadlinePassed
from .oversight import *
from .ratings import *
from .record import *
from .requirements import *
from .reviews import *
from .trusts import *

PASSES = (ActionDeadlinePassed, ActionPlanDeadlinePassed, NoticeDeadlinePassed)
"""The passing of a deadline: always derived; one on record is testimony that somebody noticed, not a fact."""
