"""What a loaded column holds: how many different values, from which to which, how many could not be read."""

from dataclasses import replace

from alignment.metrics.query import quoted
from alignment.store.intake.receipt import ColumnReceipt
from alignment.store.intake.workbench import Workbench

_COLUMNS_AT_ONCE = 50
_LONGEST = 60


def with_facts(
    bench: Workbench, table: str, columns: tuple[ColumnReceipt, ...], sorted_rows: str
) -> tuple[ColumnReceipt, ...]:
    """Return the columns with their facts; `sorted_rows` are the rows of the file that were not loaded."""
    unread = dict(
        bench.run(
            f"select column_name, count(*) from {sorted_rows} "
            "where value is not null and (category like 'no %' or category like 'neither %') group by 1"
        )
    )
    found: list[ColumnReceipt] = []
    for first in range(0, len(columns), _COLUMNS_AT_ONCE):
        some = columns[first : first + _COLUMNS_AT_ONCE]
        asked = ", ".join(_asked(quoted(column.name)) for column in some)
        values = iter(bench.one(f"select {asked} from target.{table}", "Counting the values"))
        found += [_known(column, next(values), next(values), next(values), unread) for column in some]
    return tuple(found)


def _asked(name: str) -> str:
    ends = ", ".join(f"left(cast({end}({name}) as varchar), {_LONGEST})" for end in ("min", "max"))
    return f"approx_count_distinct({name}), {ends}"


def _known(
    column: ColumnReceipt, distinct: int, least: str | None, greatest: str | None, unread: dict[str, int]
) -> ColumnReceipt:
    return replace(
        column,
        distinct=distinct,
        least=least or "",
        greatest=greatest or "",
        unread=unread.get(column.origin, 0) if column.rule == "columns" else 0,
    )
