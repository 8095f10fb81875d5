"""Why there are more or fewer MQLs than in another period: demand, definition, data; they sum exactly."""

from dataclasses import dataclass
from datetime import date, timedelta

from alignment.domain.cohort import Passport
from alignment.domain.period import MONTHS_A_YEAR, Period, months_later


@dataclass(frozen=True)
class Counted:
    """The MQLs of one period, counted three ways.

    `recorded`: by the CRM. `as_was`: judged by the version in force on each day. `by_former`: judged by the
    version that was in force on the last day of the earlier period.
    """

    period: Period
    recorded: int
    as_was: int
    by_former: int


@dataclass(frozen=True)
class Bridge:
    """The way from the MQLs of one period to those of another.

    `former` names the version in force at the end of the first period, `changed_to` the others in force
    during the two. Without records (`has_records`) both ends are judged by the version in force on each day.
    """

    before: Counted
    now: Counted
    former: str
    changed_to: tuple[str, ...]
    has_records: bool
    passport: Passport

    @property
    def change(self) -> int:
        """Return how many more MQLs there are: demand + definition + data, always."""
        return self.now.recorded - self.before.recorded

    @property
    def demand(self) -> int:
        """Return what more or fewer leads come to, all judged by the former version."""
        return self.now.by_former - self.before.by_former

    @property
    def definition(self) -> int:
        """Return what the versions in force come to beyond the former one; 0 where that alone was."""
        return (self.now.as_was - self.now.by_former) - (self.before.as_was - self.before.by_former)

    @property
    def data(self) -> int:
        """Return what the CRM recorded otherwise than the versions in force judge; 0 without records."""
        return (self.now.recorded - self.now.as_was) - (self.before.recorded - self.before.as_was)

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Return the three parts by name, in their order."""
        return ("demand", self.demand), ("definition", self.definition), ("data", self.data)

    def share(self, count: int) -> float | None:
        """Return a count as a share of the MQLs before, None where there were none."""
        return count / self.before.recorded if self.before.recorded else None

    @property
    def is_empty(self) -> bool:
        """Tell whether neither period has an MQL in any way of counting."""
        return not any(
            count
            for each in (self.before, self.now)
            for count in (each.recorded, each.as_was, each.by_former)
        )


def a_year_before(period: Period) -> Period:
    """Return the same days of the year before: whole months where the period has such, else as many days."""
    start = months_later(period.start, -MONTHS_A_YEAR) + timedelta(days=period.start.day - 1)
    if period.start.day == 1 and period.end.day == 1:
        return Period(start, months_later(period.end, -MONTHS_A_YEAR))
    return Period(start, start + timedelta(days=period.days))


def comparable(chosen: Period, today: date) -> tuple[Period, Period]:
    """Return the period before and the chosen one; of one under way, as many days of each as have passed."""
    passed = (min(chosen.end, today + timedelta(days=1)) - chosen.start).days
    former = chosen.previous()
    if not 0 < passed < chosen.days:
        return former, chosen
    until = chosen.start + timedelta(days=passed)
    return Period(former.start, min(former.start + timedelta(days=passed), former.end)), Period(
        chosen.start, until
    )
