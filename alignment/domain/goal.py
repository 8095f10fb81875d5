"""The one goal that both sides share for a period."""

from dataclasses import dataclass
from datetime import datetime

from alignment.domain.agreement import Person
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

MOST_UNITS = 10**12
"""More than any business wins; a goal beyond it is a slip of the finger."""


@dataclass(frozen=True)
class Goal:
    """The won revenue aimed at in a period, as one person set it at one moment (naive UTC), and why."""

    period: Period
    amount: Money
    who: Person
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a goal of nothing, and one that nobody can mean."""
        if self.amount.cents <= 0:
            message = f"A goal must be over 0, got {self.amount.amount:g} {self.amount.currency}."
            raise Refusal(message)
        if self.amount.cents > MOST_UNITS * CENTS:
            given, most = f"{self.amount.amount:,.0f} {self.amount.currency}", f"{MOST_UNITS:,}"
            message = f"A goal can't be over {most}, got {given}. Please check the number of digits."
            raise Refusal(message)


def refuse_other_currency(goal: Goal, currency: str) -> None:
    """Raise Refusal for a goal that can't be compared with amounts in this currency."""
    if goal.amount.currency != currency:
        message = (
            f"The goal is in {goal.amount.currency}, this data counts in {currency}."
            f" Set the goal again in {currency}."
        )
        raise Refusal(message)
