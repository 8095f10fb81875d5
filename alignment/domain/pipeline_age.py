"""The open pipeline by stage and age: what has lain for how long."""

from collections.abc import Iterable
from dataclasses import dataclass

from alignment.domain.black_hole import BANDS, LAST_BAND, band_of
from alignment.domain.cohort import Passport
from alignment.domain.money import Money

AGE_UNKNOWN = "age not known"
AGES = (*(name for _, name in BANDS), LAST_BAND, AGE_UNKNOWN)


@dataclass(frozen=True)
class OpenDeals:
    """The open deals of one stage and age; `amount` is None where none of them has one."""

    stage: str | None
    age: str
    count: int
    amount: Money | None
    unvalued: int


@dataclass(frozen=True)
class PipelineAge:
    """Open deals by stage and age, the stage with the largest amount first, its ages youngest first."""

    rows: tuple[OpenDeals, ...]
    passport: Passport

    @property
    def stages(self) -> tuple[str | None, ...]:
        """Return the stages in their order."""
        return tuple(dict.fromkeys(row.stage for row in self.rows))

    @property
    def ages(self) -> tuple[str, ...]:
        """Return the ages that there are, youngest first."""
        there = {row.age for row in self.rows}
        return tuple(age for age in AGES if age in there)

    @property
    def has_amounts(self) -> bool:
        """Tell whether any open deal has an amount: else all alike are counted."""
        return any(row.amount is not None and row.unvalued < row.count for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Tell whether no deal is open."""
        return not self.rows

    def of(self, *, stage: str | None = None, age: str | None = None) -> tuple[OpenDeals, ...]:
        """Return the rows of one stage, or of one age."""
        return tuple(row for row in self.rows if (row.age == age if age else row.stage == stage))


def age_of(days: int | None) -> str:
    """Return the band that holds an age in days."""
    return AGE_UNKNOWN if days is None else band_of(days)


def total(rows: Iterable[OpenDeals], currency: str) -> Money:
    """Return what the rows are worth together."""
    return Money(sum(row.amount.cents for row in rows if row.amount), currency)
