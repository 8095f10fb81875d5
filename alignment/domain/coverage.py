"""Coverage: how many times the open pipeline due in a period holds what is still missing of its goal."""

from dataclasses import dataclass

from alignment.domain.cohort import Passport
from alignment.domain.goal import Goal
from alignment.domain.money import Money


@dataclass(frozen=True)
class Coverage:
    """The open pipeline due to close in the goal's period, beside what is still to be won.

    `win_rate_by_value` is that of the year up to the as-of, None where it is undefined; `undefined` says why.
    `unknown` says why there is no coverage although a part of the goal is still to be won.
    """

    goal: Goal
    won: Money
    due: Money
    due_count: int
    win_rate_by_value: float | None
    undefined: str
    passport: Passport
    unknown: str = ""

    @property
    def remaining(self) -> Money:
        """Return what is still to be won; zero once the goal is met."""
        return Money(max(0, self.goal.amount.cents - self.won.cents), self.won.currency)

    @property
    def is_met(self) -> bool:
        """Tell whether nothing remains."""
        return self.remaining.cents == 0

    @property
    def value(self) -> float | None:
        """Return pipeline due ÷ what remains, None once the goal is met or where nobody can know."""
        return None if self.is_met or self.unknown else self.due.cents / self.remaining.cents

    @property
    def needed(self) -> float | None:
        """Return the coverage that past deals needed: 1 ÷ the win rate by value."""
        return 1 / self.win_rate_by_value if self.win_rate_by_value else None
