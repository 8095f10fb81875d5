"""`report compass`: MQLs and SQLs by month against the plan, signal apart from noise."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.judging import LedgerUrl, judged_by, plans_set
from alignment.commands.options import AsOf, Json, Judging, WarehousePath, tables_at
from alignment.commands.words import Row, day_of, say, window_of
from alignment.domain.cohort import Cohort
from alignment.domain.compass import CompassMonth
from alignment.domain.swing import Reading
from alignment.domain.traits import Trait
from alignment.store.snapshot import Snapshot

Within = Annotated[str | None, typer.Option(help="days given to an MQL; else what is usual")]


def compass(
    warehouse: WarehousePath = None,
    within: Within = None,
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print MQLs and SQLs of each whole month: fewer, as expected or more than planned, else than usual."""
    tables = tables_at(warehouse)
    snapshot = tables.snapshot()
    cohort = Cohort(as_of=day_of(as_of, "--as-of"), judged=judged_by(judged, tables, snapshot, ledger))
    window = window_of(within)
    found = report.compass(snapshot, cohort, plans_set(tables, snapshot, ledger), window)
    rows = [_row(snapshot, cohort, month, found.window_days) for month in found.months]
    say(rows if as_json else [_short(row) for row in rows], as_json=as_json)


def _row(snapshot: Snapshot, cohort: Cohort, month: CompassMonth, window: int) -> Row:
    return {
        "month": f"{month.month:%Y-%m}",
        **_reading("mqls", month.mqls),
        **_reading("sqls", month.sqls, is_judged=month.is_mature),
        "against": "plan" if month.plan else "usual",
        "conversion": month.counted.rate.value,
        "conversion_before": month.before.value,
        "conversion_is": month.conversion.words if month.is_mature else None,
        "judged_on": month.judged_on.isoformat(),
        "window_days": window,
        "traits": [_trait(trait) for trait in _traits(snapshot, cohort, month, window)],
    }


def _reading(name: str, reading: Reading, *, is_judged: bool = True) -> Row:
    usual = reading.usual
    return {
        name: reading.actual,
        f"{name}_planned": reading.plan,
        f"{name}_usual": usual.centre if usual else None,
        f"{name}_low": usual.low if usual else None,
        f"{name}_high": usual.high if usual else None,
        f"{name}_swing": usual.swing if usual else None,
        f"{name}_in_a_row": reading.run if is_judged else None,
        f"{name}_are": _standing(reading) if is_judged else "too young to judge",
    }


def _standing(reading: Reading) -> str:
    return str(reading.standing) if reading.standing else "too few months before"


def _traits(snapshot: Snapshot, cohort: Cohort, month: CompassMonth, window: int) -> tuple[Trait, ...]:
    if not month.has_more_sqls:
        return ()
    return report.traits(snapshot, cohort, month.month, month.months_before, window).found


def _trait(trait: Trait) -> Row:
    counts = trait.counts
    return {
        "attribute": counts.attribute,
        "value": counts.value,
        "found": counts.found,
        "of": counts.leads,
        "found_before": counts.found_before,
        "of_before": counts.leads_before,
        "chance": trait.chance,
        "is": trait.words,
    }


def _short(row: Row) -> Row:
    """Return what fits a line: the traits in words, limits left to the JSON."""
    kept = ("month", "mqls", "mqls_planned", "mqls_usual", "mqls_are", "sqls", "sqls_planned", "sqls_usual")
    traits = "; ".join(f"{each['attribute']}={each['value']}" for each in row["traits"])
    return {
        **{name: row[name] for name in kept},
        "sqls_are": row["sqls_are"],
        "conversion": row["conversion"],
        "judged_on": row["judged_on"],
        "traits": traits or None,
    }
