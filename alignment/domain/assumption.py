"""What somebody assumes of one factor of a backward plan, in place of what the data has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from alignment.domain.agreement import Person
from alignment.domain.backward_plan_basis import AMOUNT, DAYS
from alignment.domain.goal import MOST_UNITS
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

LONGEST_DAYS = 3650


@dataclass(frozen=True)
class Assumption:
    """A factor that somebody set for the goal of a period at one moment (naive UTC).

    A `value` of None takes it back: the plan is as the data has it again.
    """

    period: Period
    factor: str
    value: float | None
    who: Person
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a value that can't be divided by, and one that nobody can mean."""
        if self.value is not None:
            typed(self.factor, self.value)


def typed(factor: str, value: float) -> float:
    """Return the value of a factor; raise Refusal for one that nobody can mean."""
    if not isfinite(value) or value <= 0:
        raise Refusal(f"A plan can't divide by {value:g}: please take a value over 0.")
    most = {AMOUNT: MOST_UNITS, DAYS: LONGEST_DAYS}.get(factor, 1)
    if value > most:
        said = "1, that is 100 %" if most == 1 else f"{most:,}"
        raise Refusal(f"This can't be over {said}, got {value:g}. Please check the number of digits.")
    return value


def assumed_for(period: Period, moves: Iterable[Assumption]) -> Mapping[str, Assumption]:
    """Return what is assumed for a period by now, by factor; `moves` are given oldest first."""
    newest = {move.factor: move for move in moves if move.period == period}
    return {name: move for name, move in newest.items() if move.value is not None}


def values_of(assumed: Mapping[str, Assumption]) -> Mapping[str, float]:
    """Return the values alone."""
    return {name: move.value for name, move in assumed.items() if move.value is not None}
