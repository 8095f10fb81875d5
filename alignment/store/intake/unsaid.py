"""What may stand for no value, by how often it stands in whole columns: proposed, never taken for it."""

from alignment.domain.contract import Kind
from alignment.domain.mapping import Rule
from alignment.domain.no_value import Lookalike, lookalikes
from alignment.metrics.query import quoted
from alignment.store.intake.plan import Plan, Planned
from alignment.store.intake.receipt import ColumnReceipt
from alignment.store.intake.staged import Staged
from alignment.store.intake.workbench import Workbench

_MOST_VALUES = 1_000
_LARGE_SHARE = 0.1
_FAR_DAYS = 365


def unsaid(
    bench: Workbench,
    staged: Staged,
    table: str,
    plan: Plan,
    columns: tuple[ColumnReceipt, ...],
    known: tuple[str, ...],
) -> tuple[Lookalike, ...]:
    """Return the texts of a loaded table that may stand for no value, by the file's columns."""
    counts = {column.origin: _texts(bench, table, column.name) for column in columns if _is_category(column)}
    days = [
        found
        for column in columns
        if column.kind in {Kind.INSTANT, Kind.DAY} and (planned := plan.column(column.name))
        if (found := _lonely_day(bench, staged, table, planned))
    ]
    return (*lookalikes(counts, known), *days)


def _is_category(column: ColumnReceipt) -> bool:
    return (
        column.kind == Kind.TEXT
        and column.rule == Rule.COLUMN
        and column.origin != ""
        and 1 < (column.distinct or 0) <= _MOST_VALUES
    )


def _texts(bench: Workbench, table: str, name: str) -> dict[str, int]:
    rows = bench.run(
        f"select {quoted(name)}, count(*) from target.{table} where {quoted(name)} is not null "
        f"group by 1 order by 2 desc limit {_MOST_VALUES}"
    )
    return dict(rows)


def _lonely_day(bench: Workbench, staged: Staged, table: str, column: Planned) -> Lookalike | None:
    """Return the day on which a tenth of the rows lie, a year and more before or after all others."""
    if column.rule is not Rule.COLUMN:
        return None
    name = quoted(column.name)
    days = bench.run(
        f"select cast({name} as date) as day, count(*) from target.{table} where {name} is not null "
        "group by 1 order by 1"
    )
    total = sum(rows for _day, rows in days)
    for (day, rows), (other, _rows) in ((days[0], days[1]), (days[-1], days[-2])) if len(days) > 2 else ():  # noqa: PLR2004
        if rows >= _LARGE_SHARE * total and abs((day - other).days) >= _FAR_DAYS:
            (written,) = bench.one(
                f"select min({column.value or staged.cell(column.origin)}) from {staged.relation} "
                f"where cast({column.expression} as date) = date '{day}'"
            )
            return Lookalike(written, ((column.origin, rows),)) if written else None
    return None
