"""What this load tells of the quarters that are over, to be held against what other loads told."""

from datetime import datetime

from alignment.domain.cohort import Cohort
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


def closed_periods(snapshot: Snapshot) -> Load | None:
    """Return what the load tells of its last quarters that are over and that it knows from their first day.

    None for the sample company, for a file that no import wrote, and where no such quarter is known. MQLs are
    those that the CRM recorded, so that another definition restates nothing.
    """
    loaded_at = snapshot.facts.get("loaded_at")
    if snapshot.is_sample or loaded_at is None or snapshot.as_of is None:
        return None
    known = known_days(snapshot)
    if known is None:
        return None
    quarters = [each for each in closed_quarters(clock_of(snapshot).today) if known.start <= each.start]
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
    won, sqls, mqls = (
        _won(snapshot, whole),
        _entered(snapshot, Stage.SQL, whole),
        _entered(snapshot, Stage.MQL, whole),
    )
    found: list[Closed] = []
    for quarter in quarters:
        name = label_of(quarter, Grain.QUARTER)
        amount, count = (None, None) if won is None else won.get(name, (_nothing(snapshot), 0))
        found.append(
            Closed(
                quarter,
                amount,
                count,
                None if sqls is None else sqls.get(name, 0),
                None if mqls is None else mqls.get(name, 0),
            )
        )
    return found


def _nothing(snapshot: Snapshot) -> Money | None:
    return Money(0, snapshot.currency) if snapshot.has("deals", "amount") else None


def _won(snapshot: Snapshot, whole: Period) -> dict[str, tuple[Money | None, int]] | None:
    try:
        found = revenue(snapshot, whole, by=Grain.QUARTER)
    except MissingColumnError:
        return None
    return {str((row.by or {})[Grain.QUARTER]): (row.won_amount, row.won_count) for row in found.rows}


def _entered(snapshot: Snapshot, stage: Stage, whole: Period) -> dict[str, int] | None:
    if not snapshot.has("leads", stage.column.removeprefix("leads.")):
        return None
    query = entered_by(clock_of(snapshot), Cohort(stage, whole), kinds_of(snapshot), Grain.QUARTER)
    return {label(row["bucket"], Grain.QUARTER): row["leads"] for row in snapshot.ask(query).to_pylist()}
