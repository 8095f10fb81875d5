"""What a side promises the other for a period: marketing the sales value of MQLs, sales answers in time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, TypeAlias

from alignment.domain.agreement import Person, Side
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

MOST_UNITS = 10**12
"""More than any MQLs are worth; a promise beyond it is a slip of the finger."""
WHOLE = 100
USUAL_DAYS, MOST_DAYS = 14, 365
"""The days within which a hand-off is decided on."""


@dataclass(frozen=True)
class ValuePromise:
    """Marketing's: the expected value of the leads that become MQL, as money, never as heads.

    `worth` keeps what one MQL of each source was expected to bring when the promise was made, in cents; None
    stands for a missing source.
    """

    amount: Money
    worth: Mapping[str | None, int] = field(default_factory=dict)

    side: ClassVar[Side] = Side.MARKETING

    def __post_init__(self) -> None:
        """Refuse a promise of nothing, and one that nobody can mean."""
        if self.amount.cents <= 0:
            message = f"A promise must be over 0, got {self.amount.amount:g} {self.amount.currency}."
            raise Refusal(message)
        if self.amount.cents > MOST_UNITS * CENTS:
            given = f"{self.amount.amount:,.0f} {self.amount.currency}"
            message = (
                f"A promise can't be over {MOST_UNITS:,}, got {given}. Please check the number of digits."
            )
            raise Refusal(message)


@dataclass(frozen=True)
class AnswerPromise:
    """Sales': the share of hand-offs, in whole percent, answered in time.

    Answered: first touch within the SLA, and within `days` of the hand-off accepted or sent back with a
    reason.
    """

    percent: int
    days: int = USUAL_DAYS

    side: ClassVar[Side] = Side.SALES

    def __post_init__(self) -> None:
        """Refuse a share that is none, and days that nobody can mean."""
        if not 0 < self.percent <= WHOLE:
            raise Refusal(f"A promise of answers must be from 1 to 100 percent, got {self.percent}.")
        if not 0 <= self.days <= MOST_DAYS:
            message = f"Hand-offs can be decided on within 0 to {MOST_DAYS} days, got {self.days}."
            raise Refusal(message)


Promised: TypeAlias = ValuePromise | AnswerPromise


@dataclass(frozen=True)
class Promise:
    """What one person promised for their side and a period, at one moment (naive UTC), and why it changed."""

    period: Period
    promised: Promised
    who: Person
    at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a promise that somebody makes for the other side."""
        if self.who.side is not self.promised.side:
            message = (
                f"{self.who.name} speaks for {self.who.side} and can't promise for {self.promised.side}:"
                f" {self.promised.side} makes its own promise."
            )
            raise Refusal(message)

    @property
    def side(self) -> Side:
        """Return whose promise it is."""
        return self.promised.side


def newest(promises: Iterable[Promise], side: Side, period: Period) -> Promise | None:
    """Return the promise that holds: the last one of the side for exactly this period; None without one.

    Promises are given oldest first.
    """
    found = None
    for promise in promises:
        if promise.side is side and promise.period == period:
            found = promise
    return found
