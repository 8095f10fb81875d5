"""What a plan backwards rests on: the factors that it divides by, the days between, and what came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.stage import Stage

AMOUNT, DAYS = "amount", "days"
SLACK = 1e-9


class Kind(StrEnum):
    """What a factor is counted in."""

    AMOUNT = "amount"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True)
class Factor:
    """One number that a plan divides by, as the data has it; a share lies between 0 and 1.

    `value` is None where the data can't tell, `unknown` says why. `seen` holds its least and largest value in
    a quarter of the last two years; None where no quarter has enough to tell.
    """

    name: str
    label: str
    kind: Kind
    value: float | None = None
    interval: tuple[float, float] | None = None
    counted: str = ""
    seen: tuple[float, float] | None = None
    unknown: str = ""

    def is_unseen(self, value: float) -> bool:
        """Tell whether no quarter of the last two years came up to, or down to, such a value."""
        if self.seen is None:
            return True
        return not self.seen[0] * (1 - SLACK) <= value <= self.seen[1] * (1 + SLACK)


@dataclass(frozen=True)
class Lag:
    """Days from a stage to the win, of those that won: the median, and what 1 in 10 stayed under."""

    median: float
    tenth: float
    wins: int


@dataclass(frozen=True)
class Basis:
    """What the data says of the way from lead to won: all that a plan rests on, whatever its goal.

    `chain` holds the stages that the data knows, the one next to won first; `missing` says of the others
    what they need. `came` counts by day: those who entered a stage, and under `Stage.WON` the deals won.
    """

    today: date
    currency: str
    factors: tuple[Factor, ...]
    chain: tuple[Stage, ...]
    missing: Mapping[Stage, str]
    lags: Mapping[Stage, Lag]
    came: Mapping[Stage, Mapping[date, int]]
    passport: Passport

    def factor(self, name: str) -> Factor | None:
        """Return a factor by its name; None for one that this data doesn't have."""
        return next((each for each in self.factors if each.name == name), None)

    @property
    def cycle_stage(self) -> Stage | None:
        """Return the stage from which the days to the win are counted: MQL, else the next one known."""
        return Stage.MQL if Stage.MQL in self.chain else next(iter(self.chain), None)


def step_name(stage: Stage, chain: tuple[Stage, ...]) -> str:
    """Return the name of the step from a stage to the next known one: `mql_sql`, `sql_won`."""
    place = chain.index(stage)
    return f"{stage}_{chain[place - 1] if place else Stage.WON}"
