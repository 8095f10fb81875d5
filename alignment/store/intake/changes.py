"""What a load changes: the records of the load before, held against those that take their place."""

from dataclasses import replace
from pathlib import Path

import duckdb

from alignment.domain.contract import META_TABLE, TABLES
from alignment.metrics.query import literal, quoted
from alignment.store.intake.receipt import Changes, TableReceipt
from alignment.store.intake.workbench import Workbench

_FIGURES = {
    "leads": (("MQLs", "mql_at", "count(mql_at)"), ("SQLs", "sql_at", "count(sql_at)")),
    "deals": (
        ("deals won", "is_won", "count_if(is_won)"),
        ("amount of the deals won", "amount", "coalesce(sum(amount) filter (is_won), 0)"),
    ),
}


def read_before(target: Path) -> tuple[Path, ...]:
    """Return the files that must be readable for the load before to be compared with."""
    return target, target.with_name(f"{target.name}.wal")


def with_changes(bench: Workbench, before: Path, tables: list[TableReceipt]) -> list[TableReceipt]:
    """Return the receipts with what changed since the load in that file; unchanged where there was none."""
    if not before.exists():
        return tables
    try:
        bench.run(f"attach {literal(str(before))} as load_before (read_only)")
    except duckdb.Error:  # not a database, or one that somebody writes
        return tables
    try:
        return [_changed(bench, table) for table in tables] if _is_own(bench) else tables
    finally:
        bench.run("detach load_before")


def _is_own(bench: Workbench) -> bool:
    """Tell whether an import wrote the file: the sample company is no load to be compared with."""
    if not bench.columns("load_before", META_TABLE):
        return False
    facts = dict(bench.run(f"select name, value from load_before.{META_TABLE}"))
    return facts.get("is_sample") == "false"


def _changed(bench: Workbench, table: TableReceipt) -> TableReceipt:
    key, old = TABLES[table.table].key, bench.columns("load_before", table.table)
    new = bench.columns("target", table.table)
    if not key or not set(key) <= set(old) & set(new):
        return table
    by = ", ".join(key)
    common = ", ".join(f"cast({quoted(name)} as varchar)" for name in new if name in old and name not in key)
    row = f"hash({common})" if common else "0"
    counts = bench.one(
        f"with old as (select {by}, {row} as whole from load_before.{table.table}), "
        f"present as (select {by}, {row} as whole from target.{table.table}) "
        "select count(*) filter (old.whole is null), count(*) filter (old.whole <> present.whole), "
        "count(*) filter (present.whole is null), count(*) filter (old.whole = present.whole) "
        f"from present full join old using ({by})",
        "Comparing with the load before",
    )
    figures = tuple(
        (
            name,
            _figure(bench, "load_before", table.table, query),
            _figure(bench, "target", table.table, query),
        )
        for name, column, query in _FIGURES.get(table.table, ())
        if {column, *(("is_won",) if table.table == "deals" else ())} <= set(old) & set(new)
        and (column != "amount" or "currency" not in {*old, *new})
    )
    came = tuple(name for name in new if name not in old)
    went = tuple(name for name in old if name not in new)
    return replace(table, changes=Changes(*counts, figures=figures, columns_new=came, columns_gone=went))


def _figure(bench: Workbench, place: str, table: str, query: str) -> float:
    return float(bench.one(f"select {query} from {place}.{table}")[0])
