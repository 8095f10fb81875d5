"""How many MQLs and SQLs of a month both sides plan with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from alignment.domain.agreement import Person
from alignment.domain.period import months_later
from alignment.domain.refusal import Refusal

MOST_PLANNED = 10**9
"""More leads than any business has in a month; a plan beyond it is a slip of the finger."""
MOST_MONTHS = 12
"""So many months are planned at once, at most: nobody means more."""


@dataclass(frozen=True)
class Plan:
    """MQLs of a month (its first day) and SQLs among them, as one person set it at one moment (naive UTC)."""

    month: date
    mqls: int
    sqls: int
    who: Person
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a plan that can't be kept, and one that nobody can mean."""
        if self.month.day != 1:
            raise Refusal(f"A plan is for a whole month, got one from {self.month}.")
        if self.mqls < 1 or self.sqls < 0:
            raise Refusal(f"A plan needs 1 MQL or more and 0 SQLs or more, got {self.mqls} and {self.sqls}.")
        if self.mqls > MOST_PLANNED:
            most = f"{MOST_PLANNED:,}"
            raise Refusal(
                f"A plan can't be over {most} MQLs, got {self.mqls:,}. Please check the number of digits."
            )
        if self.sqls > self.mqls:
            raise Refusal(
                f"SQLs of a month are some of its MQLs: {self.sqls:,} of {self.mqls:,} can't be planned."
            )

    @property
    def is_afterwards(self) -> bool:
        """Tell whether it was set when the month was over: such a plan already knew what came."""
        return self.at.date() >= months_later(self.month, 1)

    def is_same(self, other: "Plan") -> bool:
        """Tell whether both plan the same numbers for the same month."""
        return (self.month, self.mqls, self.sqls) == (other.month, other.mqls, other.sqls)


def in_force(plans: Iterable[Plan]) -> Mapping[date, Plan]:
    """Return the plan of each month that was set last; `plans` are given oldest first."""
    return {plan.month: plan for plan in plans}


def months_of(first: date, months: int) -> tuple[date, ...]:
    """Return so many months from the first on; raise Refusal for none or too many."""
    if not 1 <= months <= MOST_MONTHS:
        raise Refusal(f"A plan is set for 1 to {MOST_MONTHS} months at once, got {months}.")
    return tuple(months_later(first, later) for later in range(months))
