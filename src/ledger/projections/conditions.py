"""The conditions a regulator set on the trust's registration."""

from typing import TypeAlias, assert_never

import attrs

from .._projection import projection
from .._show import listed
from .._when import When
from ..events import ConditionImposed, ConditionRemoved, ConditionVaried
from ._things import Thing, Things, heard

__all__ = ["Condition", "conditions"]


@attrs.frozen(kw_only=True)
class Condition(Thing):
    """A condition of registration."""

    condition: str
    text: str | None = None
    location: str | None = None
    service: str | None = None
    imposed_on: When | None = None
    varied_on: When | None = None
    removed_on: When | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The condition."""
        return "condition", self.condition

    @property
    def heading(self) -> str:
        """What it is."""
        return "Condition of registration"

    @property
    def summary(self) -> str:
        """What it says and whether it stands."""
        return listed(
            [
                self.text or self.condition,
                listed([self.location, self.service], ", "),
                f"imposed {self.imposed_on.in_words()}" if self.imposed_on else "imposition not on record",
                f"varied {self.varied_on.in_words()}" if self.varied_on else None,
                f"removed {self.removed_on.in_words()}" if self.removed_on else "not removed on record",
            ]
        )


Fact: TypeAlias = ConditionImposed | ConditionVaried | ConditionRemoved


@projection(initial=Things[Condition]())
def conditions(state: Things[Condition], fact: Fact) -> Things[Condition]:
    """A condition stands until it is removed; the text it was last given stands."""
    return state.change(fact.condition, Condition(condition=fact.condition), lambda c: heard(_after(c, fact), fact))


def _after(condition: Condition, fact: Fact) -> Condition:
    match fact:
        case ConditionImposed(text=text, location=location, service=service):
            again = condition.imposed_on is not None and condition.removed_on is not None
            before = (
                Condition(condition=condition.condition, text=text, location=location, service=service) if again else condition
            )
            return attrs.evolve(
                before,
                text=before.text or text,
                location=before.location or location or condition.location,
                service=before.service or service or condition.service,
                imposed_on=before.imposed_on or fact.on,
            )
        case ConditionVaried(text=text):
            return attrs.evolve(condition, text=text, varied_on=fact.on)
        case ConditionRemoved():
            return attrs.evolve(condition, removed_on=fact.on)
        case _:
            assert_never(fact)
