"""What this load tells of the quarters that are over, to be held against what other loads told."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from alignment.domain.cohort import Cohort
from alignment.domain.fiscal import JANUARY, FiscalCalendar
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period, label_of
from alignment.domain.period import bucket_label as label
from alignment.domain.restated import Closed, Load, closed_quarters
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics.entered import entered_by
from alignment.report.answer import clock_of
from alignment.report.extent import known_days
from alignment.report.judged import kinds_of
from alignment.report.revenue import revenue
from alignment.store.snapshot import Snapshot

Told = TypeVar("Told")


def closed_periods(snapshot: Snapshot, calendar: FiscalCalendar = JANUARY) -> Load | None:
    """Return what the load tells of its last fiscal quarters that are over and that it knows from day one.

    None for the sample company, for a file that no import wrote, and where no such quarter is known. MQLs are
    those that the CRM recorded, so that another definition restates nothing.
    """
    loaded_at = snapshot.facts.get("loaded_at")
    if snapshot.is_sample or loaded_at is None or snapshot.as_of is None:
        return None
    known = known_days(snapshot)
    if known is None:
        return None
    over = closed_quarters(clock_of(snapshot).today, calendar)
    quarters = [each for each in over if known.start <= each.start]
    if not quarters:
        return None
    return Load(
        datetime.fromisoformat(loaded_at),
        snapshot.as_of,
        snapshot.company,
        snapshot.currency,
        snapshot.zone.key,
        tuple(_closed(snapshot, quarters)),
    )


def _closed(snapshot: Snapshot, quarters: list[Period]) -> list[Closed]:
    whole = Period(quarters[-1].start, quarters[0].end)
    won = _won(snapshot, whole)
    sqls, mqls = (_entered(snapshot, stage, whole) for stage in (Stage.SQL, Stage.MQL))
    return [
        Closed(
            quarter,
            None if won is None else _sum(snapshot, (amount for amount, _ in _of(won, quarter))),
            None if won is None else sum(count for _, count in _of(won, quarter)),
            None if sqls is None else sum(_of(sqls, quarter)),
            None if mqls is None else sum(_of(mqls, quarter)),
        )
        for quarter in quarters
    ]


def _of(by_month: dict[str, Told], quarter: Period) -> list[Told]:
    """Return what the months of a quarter told: a fiscal quarter has whole months, whenever it begins."""
    months = (label_of(month, Grain.MONTH) for month in quarter.buckets(Grain.MONTH))
    return [by_month[month] for month in months if month in by_month]


def _sum(snapshot: Snapshot, amounts: Iterable[Money | None]) -> Money | None:
    """Return the sum of a quarter's months; None where no amount of its deals is known."""
    told = list(amounts)
    known = [amount for amount in told if amount is not None]
    if not snapshot.has("deals", "amount") or (told and not known):
        return None
    return Money(sum(amount.cents for amount in known), snapshot.currency)


def _won(snapshot: Snapshot, whole: Period) -> dict[str, tuple[Money | None, int]] | None:
    try:
        found = revenue(snapshot, whole, by=Grain.MONTH)
    except MissingColumnError:
        return None
    return {str((row.by or {})[Grain.MONTH]): (row.won_amount, row.won_count) for row in found.rows}


def _entered(snapshot: Snapshot, stage: Stage, whole: Period) -> dict[str, int] | None:
    if not snapshot.has("leads", stage.column.removeprefix("leads.")):
        return None
    query = entered_by(clock_of(snapshot), Cohort(stage, whole), kinds_of(snapshot), Grain.MONTH)
    return {label(row["bucket"], Grain.MONTH): row["leads"] for row in snapshot.ask(query).to_pylist()}
