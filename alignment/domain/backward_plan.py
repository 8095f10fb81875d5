"""The plan backwards: from the goal to the wins, SQLs, MQLs and leads that it needs, and until when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil, exp, log, sqrt

from alignment.domain.backward_plan_basis import AMOUNT, DAYS, SLACK, Basis, Factor, Kind, step_name
from alignment.domain.goal import Goal, refuse_other_currency
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.stage import Stage

LEAST_CAME = 5
"""Fewer that came tell no pace."""


@dataclass(frozen=True)
class Need:
    """How many of a stage a goal needs, in which days, and how many came in these days so far.

    `number` is None where a factor on the way is not known. `until` is the last day on which half of those
    that win would still win in time, `last_call` the last one on which 1 in 10 of them would.
    """

    stage: Stage
    number: float | None = None
    interval: tuple[float, float] | None = None
    days: Period | None = None
    came: int | None = None
    elapsed: float = 0.0
    until: date | None = None
    last_call: date | None = None
    missing: str = ""

    @property
    def count(self) -> int | None:
        """Return how many are needed, in whole ones."""
        return None if self.number is None else _whole(self.number)

    @property
    def counts(self) -> tuple[int, int] | None:
        """Return the range of how many are needed, in whole ones."""
        return (_whole(self.interval[0]), _whole(self.interval[1])) if self.interval else None

    @property
    def at_pace(self) -> float | None:
        """Return how many there would be at the end of the days, if they went on as they began."""
        if self.came is None or self.came < LEAST_CAME or not self.elapsed:
            return None
        return self.came / self.elapsed


@dataclass(frozen=True)
class Lever:
    """What one factor alone would have to be for the goal; `value` is None where no value of it is enough."""

    factor: Factor
    now: float
    value: float | None

    @property
    def is_unseen(self) -> bool:
        """Tell whether the data has not seen such a value in two years."""
        return self.value is None or self.factor.is_unseen(self.value)


@dataclass(frozen=True)
class BackwardPlan:
    """A goal divided by what each step brings; `assumed` values stand in for those of the data."""

    goal: Goal
    basis: Basis
    assumed: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a goal in another currency than the data counts in."""
        refuse_other_currency(self.goal, self.basis.currency)

    def used(self, name: str) -> float | None:
        """Return the value that the plan uses of a factor: assumed, else the data's own."""
        known = self.basis.factor(name)
        return self.assumed.get(name, known.value if known else None)

    def with_assumed(self, values: Mapping[str, float]) -> "BackwardPlan":
        """Return the plan with these values assumed, too."""
        return replace(self, assumed={**self.assumed, **values})

    @property
    def changed(self) -> tuple[Factor, ...]:
        """Return the factors that are assumed to be other than the data has them."""
        return tuple(each for each in self.basis.factors if each.name in self.assumed)

    @property
    def wins(self) -> Need:
        """Return how many deals the goal needs."""
        return self._need(Stage.WON, (AMOUNT,))

    @property
    def needs(self) -> tuple[Need, ...]:
        """Return wins, and the stages before them up to leads; one that the data lacks says what it needs."""
        return tuple(self._needs())

    def need(self, stage: Stage) -> Need:
        """Return how many of one stage the goal needs."""
        return next(each for each in self.needs if each.stage is stage)

    def _needs(self) -> Iterator[Need]:
        yield self.wins
        names = [AMOUNT]
        for stage in (Stage.SQL, Stage.MQL, Stage.LEAD):
            if stage not in self.basis.chain:
                yield Need(stage, missing=self.basis.missing.get(stage, ""))
                continue
            names.append(step_name(stage, self.basis.chain))
            yield self._need(stage, names)

    def _need(self, stage: Stage, names: Iterable[str]) -> Need:
        number, interval = self._divided(tuple(names))
        days, lag = self.days_of(stage), self.basis.lags.get(stage)
        stretch = self._stretch
        last = self.goal.period.last
        is_dated = stage is not Stage.WON and lag is not None and stretch is not None
        return Need(
            stage,
            number,
            interval,
            days,
            self._came(stage, days) if days else None,
            _elapsed(days, self.basis.today) if days else 0.0,
            last - timedelta(round(lag.median * stretch)) if is_dated and lag and stretch else None,
            last - timedelta(round(lag.tenth * stretch)) if is_dated and lag and stretch else None,
        )

    def _divided(self, names: tuple[str, ...]) -> tuple[float | None, tuple[float, float] | None]:
        """Return goal ÷ the factors, and its range: their errors combined (MOVER, Zou and Donner, 2008).

        What is assumed is taken as given: it adds nothing to the range.
        """
        number, below, above = self.goal.amount.amount, 0.0, 0.0
        for name in names:
            value, known = self.used(name), self.basis.factor(name)
            if not value or known is None:
                return None, None
            number /= value
            if name in self.assumed or known.interval is None:
                continue
            low, high = known.interval
            below += log(high / value) ** 2
            above += log(value / low) ** 2
        return number, (number * exp(-sqrt(below)), number * exp(sqrt(above)))

    @property
    def _stretch(self) -> float | None:
        """Return by how much the assumed days to the win are longer than the data's: all steps alike."""
        known = self.basis.factor(DAYS)
        used = self.used(DAYS)
        if known is None or used is None:
            return None
        return used / known.value if known.value else 1.0

    def days_of(self, stage: Stage) -> Period | None:
        """Return the days in which those come in who win in the goal's period: the median lag earlier."""
        if stage is Stage.WON:
            return self.goal.period
        lag, stretch = self.basis.lags.get(stage), self._stretch
        if lag is None or stretch is None:
            return None
        earlier = timedelta(round(lag.median * stretch))
        return Period(self.goal.period.start - earlier, self.goal.period.end - earlier)

    def _came(self, stage: Stage, days: Period) -> int | None:
        came = self.basis.came.get(stage)
        if came is None or days.start > self.basis.today:
            return None
        return sum(count for day, count in came.items() if days.contains(day))

    def value_of(self, stage: Stage) -> Money | None:
        """Return what one of the stage is worth by this plan: the goal ÷ how many it needs."""
        number = self.need(stage).number
        return None if not number else Money(round(self.goal.amount.cents / number), self.basis.currency)

    def levers(self, stage: Stage) -> tuple[Lever, ...]:
        """Return what each factor alone would have to be for the goal, if as many came as their pace says.

        Empty while nothing tells a pace, and where enough would come.
        """
        need = self.need(stage)
        if need.number is None or need.at_pace is None or need.at_pace >= need.number:
            return ()
        factor = need.number / need.at_pace
        names = [AMOUNT, *(step_name(each, self.basis.chain) for each in _up_to(stage, self.basis.chain))]
        return tuple(lever for name in names if (lever := self._lever(name, factor)))

    def _lever(self, name: str, times: float) -> Lever | None:
        known, now = self.basis.factor(name), self.used(name)
        if known is None or now is None:
            return None
        wanted = now * times
        return Lever(known, now, None if known.kind is Kind.SHARE and wanted > 1 else wanted)


def _up_to(stage: Stage, chain: tuple[Stage, ...]) -> tuple[Stage, ...]:
    return chain[: chain.index(stage) + 1] if stage in chain else ()


def _whole(number: float) -> int:
    return ceil(number - SLACK * max(1.0, number))


def _elapsed(days: Period, today: date) -> float:
    passed = (min(today + timedelta(1), days.end) - days.start).days
    return max(0.0, passed / days.days)
