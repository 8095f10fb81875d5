"""Several leads of one deal, several deals of one lead: in one cell, or in rows alike in all else."""

from dataclasses import replace

from alignment.domain.contract import DEALS, LEADS, TABLES, Table
from alignment.metrics.query import literal
from alignment.store.intake.plan import Plan, Planned
from alignment.store.intake.receipt import TableReceipt
from alignment.store.intake.staged import ROW, Staged
from alignment.store.intake.workbench import Workbench

PAIRS = "memory.more_pairs"
"""(deal_id, lead_id): what the tables' own columns, one key a row, have no room for."""

LINKS = {DEALS.name: "lead_id", LEADS.name: "converted_deal_id"}
"""By table, the column that names a record of the other one."""

_OTHERS = {DEALS.name: (LEADS.name, "lead_id"), LEADS.name: (DEALS.name, "deal_id")}
_MARKS = "[;,|]"
_SHORT, _LONG = 15, 18
_LISTED = r"[^;,|]*[^;,|\s][^;,|]*(?:[;,|][^;,|]*[^;,|\s][^;,|]*)+[;,|]?\s*"


def create_pairs(bench: Workbench) -> None:
    """Create the table of the pairs, beside the scratch database."""
    bench.run(f"create table {PAIRS} (deal_id varchar, lead_id varchar)")


def with_listed(bench: Workbench, staged: Staged, table: Table, plan: Plan) -> Plan:
    """Return the plan with the first key of each list in the link's column; the others become pairs."""
    link = linked(table, plan)
    if link is None or not link.value or _has_such_keys(bench, table):
        return plan
    (count,) = bench.one(
        f"select count(*) from {staged.relation} where problem is null "
        f"and regexp_full_match({link.value}, {literal(_LISTED)})"
    )
    if not count:
        return plan
    other = _OTHERS[table.name][0]
    note = f"{count:,} values list several {other}; each of them is joined"
    first = f"trim(split_part(regexp_replace({link.value}, {literal(_MARKS)}, ';', 'g'), ';', 1))"
    split = replace(
        link,
        expression=f"nullif({first}, '')",
        listed=True,
        note="; ".join(part for part in (link.note, note) if part),
    )
    return replace(plan, columns=tuple(split if column is link else column for column in plan.columns))


def linked(table: Table, plan: Plan) -> Planned | None:
    """Return the plan of the column that names a record of the other table, None without one."""
    name = LINKS.get(table.name)
    return plan.column(name) if name else None


def keep_pairs(bench: Workbench, staged: Staged, table: Table, plan: Plan, sorted_rows: str) -> int:
    """Keep the pairs that lists and repeats of a record name besides; return how many rows repeat for one."""
    link = linked(table, plan)
    key = plan.column(table.key[0]) if link else None
    if link is None or key is None or not link.value:
        return 0
    names = f"{table.key[0]}, {_OTHERS[table.name][1]}"
    if link.listed:
        every = f"unnest(string_split_regex({link.value}, {literal(_MARKS)}))"
        bench.run(
            f"insert into {PAIRS} ({names}) select key, other from (select {key.expression} as key, "
            f"trim({every}) as other from {staged.relation} anti join {sorted_rows} using ({ROW}) "
            f"where regexp_full_match({link.value}, {literal(_LISTED)})) where other <> ''"
        )
    repeated = (
        f"select {key.expression} as key, {link.expression} as other from {staged.relation} "
        f"join {sorted_rows} using ({ROW}) where category = 'repeat' and {link.expression} is not null"
    )
    loaded = f"select {table.key[0]}, {link.name} from target.{table.name}"
    bench.run(f"insert into {PAIRS} ({names}) {repeated}")
    (more,) = bench.one(f"select count(*) from ({repeated}) where (key, other) not in ({loaded})")
    return int(more)


def told(table: Table, rows: int) -> tuple[str, ...]:
    """Say how many rows repeat a record for another one of the other table."""
    if not rows:
        return ()
    other = _OTHERS[table.name][0]
    return (f"{rows:,} rows repeat one of the {table.name} for another of the {other}; each pair is joined",)


def _has_such_keys(bench: Workbench, table: Table) -> bool:
    """Tell whether keys of the other table, as loaded, hold such marks themselves: then nothing is a list."""
    other, key = _OTHERS[table.name]
    return bool(bench.columns("target", other)) and bool(
        bench.run(f"select 1 from target.{other} where regexp_matches({key}, '{_MARKS}') limit 1")
    )


def pair_short_keys(bench: Workbench, tables: list[TableReceipt]) -> list[TableReceipt]:
    """Keep the pairs of records whose keys Salesforce wrote once with 15 and once with 18 letters.

    The last three only spell out which of the others are capitals. Returns the receipts, with what was said.
    """
    if not {LEADS.name, DEALS.name} <= {table.table for table in tables}:
        return tables
    return [_with_short_keys(bench, table) for table in tables]


def _with_short_keys(bench: Workbench, table: TableReceipt) -> TableReceipt:
    link = LINKS.get(table.table, "")
    if link not in {column.name for column in table.columns}:
        return table
    other, key = _OTHERS[table.table]
    ours, theirs = _length(bench, table.table, link), _length(bench, other, key)
    if {ours, theirs} != {_SHORT, _LONG}:
        return table
    pairs = (
        f"select one.{TABLES[table.table].key[0]}, other.{key} from target.{table.table} as one "
        f"join target.{other} as other on left(one.{link}, {_SHORT}) = left(other.{key}, {_SHORT})"
    )
    (count,) = bench.one(f"select count(*) from ({pairs})")
    if not count:
        return table
    bench.run(f"insert into {PAIRS} ({TABLES[table.table].key[0]}, {key}) {pairs}")
    note = f"{link}: {count:,} keys of {ours} letters were joined with {other} of {theirs}"
    note += ", as Salesforce writes both"
    return replace(table, notes=(*table.notes, note))


def _length(bench: Workbench, table: str, column: str) -> int | None:
    """Return how many letters every key of a column has, None where they differ."""
    least, most = bench.one(f"select min(length({column})), max(length({column})) from target.{table}")
    return least if least == most else None
