"""Rows that can't be loaded: found, named with their reason, kept, and given back to be mended."""

import re
from dataclasses import dataclass, replace

from alignment.domain.contract import Table
from alignment.metrics.query import literal
from alignment.store.intake.plan import Plan, Planned
from alignment.store.intake.staged import PART, PART_BITS, PROBLEM, ROW, SPILT, Staged, cells_of
from alignment.store.intake.workbench import Workbench

SET_ASIDE_TABLE = "set_aside"
"""(table_name, file, row_number, column_name, value, category, reason, cells JSON), one row a row aside."""

_LONGEST_VALUE = 80
_PLAIN_NUMBER = re.compile(r"[-+]?\d+([.,]\d+)*")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sorting:
    """What became of a file's rows: those set aside by category, and exact repeats; `relation` lists both."""

    relation: str
    set_aside: dict[str, int]
    repeats: int

    @property
    def loads_all(self) -> bool:
        """Tell whether every row is loaded."""
        return not self.set_aside and not self.repeats


def create_set_aside(bench: Workbench) -> None:
    """Create the table in the database being built."""
    bench.run(
        f"create table target.{SET_ASIDE_TABLE} (table_name varchar, file varchar, row_number bigint, "
        "column_name varchar, value varchar, category varchar, reason varchar, cells varchar)"
    )


def sort_rows(
    bench: Workbench, staged: Staged, table: Table, plan: Plan, link: Planned | None = None
) -> Sorting:
    """Sort out the rows that can't be loaded and keep them in the built database; return the counts.

    Rows of one key that differ in the `link` alone are repeats: the record is one, its links are several.
    """
    relation = f"scratch.{table.name}_sorted"
    bench.run(
        f"create table {relation} "
        "(row_number bigint, column_name varchar, value varchar, category varchar, reason varchar)"
    )
    required = [column for name in _required(table) if (column := plan.column(name))]
    _sort_out_unreadable(bench, staged, relation, required, plan)
    if table.key:
        superseded = _sort_out_superseded(bench, staged, relation, table, plan)
        key = [column for name in table.key if (column := plan.column(name))]
        _sort_out_doubles(bench, _present(staged, superseded), relation, key, link)
    counts = dict(bench.run(f"select category, count(*) from {relation} group by 1 order by 2 desc, 1"))
    repeats = counts.pop("repeat", 0)
    if counts:
        _keep(bench, staged, table, relation)
    return Sorting(relation, counts, repeats)


def _required(table: Table) -> tuple[str, ...]:
    """Return the columns that a row can't be without: the key, and in tables of events each need."""
    if table.keeps_other_columns:
        return table.key
    return tuple(group[0] for group in table.needs if len(group) == 1)


def _sort_out_unreadable(
    bench: Workbench, staged: Staged, relation: str, required: list[Planned], plan: Plan
) -> None:
    """Sort out rows that don't fit the header, lack what they need or hold a value that can't be read."""
    category = f"split_part({PROBLEM}, ': ', 1)"
    reason = f"substr({PROBLEM}, length({category}) + 3)"
    branches = [(f"{PROBLEM} is not null", "null", SPILT, category, reason)]
    for column in required:
        missing = f"{column.value} is null" if column.value else "false"
        words = literal(f"no {column.name}")
        branches.append(
            (missing, literal(column.origin), "null", words, literal(f"{column.origin} is empty"))
        )
    bad = [column for column in plan.columns if column.wrong]
    sentences = ", ".join(f"case when {column.is_bad} then {_sentence(column)} end" for column in bad)
    branches += [
        (
            column.is_bad,
            literal(column.origin),
            column.value,
            literal(f"{column.wrong} in {column.name}"),
            f"concat_ws('; ', {sentences})",
        )
        for column in bad
    ]
    column_name, value, category, reason = (
        "case " + " ".join(f"when {branch[0]} then {branch[part]}" for branch in branches) + " end"
        for part in (1, 2, 3, 4)
    )
    bench.run(
        f"insert into {relation} select {ROW}, {column_name}, {value}, {category}, {reason} "
        f"from {staged.relation} where {' or '.join(branch[0] for branch in branches)}",
        "Checking the values",
    )


def _sentence(column: Planned) -> str:
    before, after = literal(f"{column.origin} “"), literal(f"” is {column.wrong}")
    return f"concat({before}, left({column.value}, {_LONGEST_VALUE}), {after})"


def _sort_out_superseded(bench: Workbench, staged: Staged, relation: str, table: Table, plan: Plan) -> str:
    """Sort out the rows in whose place a mended one of their key stands; return the relation of all those.

    A mended row that can't be read takes no place.
    """
    places = [place for place, part in enumerate(staged.parts) if part.is_mended]
    key = [column for name in table.key if (column := plan.column(name))]
    if not places:
        return ""
    superseded = f"{relation}_superseded"
    from_mended = f"({ROW} >> {PART_BITS}) in ({', '.join(map(str, places))})"
    hashed = f"md5(concat_ws(chr(31), {', '.join(column.expression for column in key)}))"
    bench.run(
        f"create table {superseded} as select {ROW} from {staged.relation} where {PROBLEM} is null "
        f"and not {from_mended} and {hashed} in (select {hashed} from {staged.relation} "
        f"where {PROBLEM} is null and {from_mended} and {ROW} not in (select {ROW} from {relation}))"
    )
    name = literal(key[0].origin)
    bench.run(
        f"insert into {relation} select {ROW}, {name}, {key[0].expression}, 'a mended row', "
        f"'a mended row took its place' from {staged.relation} semi join {superseded} using ({ROW}) "
        f"anti join {relation} using ({ROW})"
    )
    return superseded


def _present(staged: Staged, superseded: str) -> Staged:
    """Return the staged rows without those that a mended one has replaced."""
    if not superseded:
        return staged
    return replace(staged, relation=f"(from {staged.relation} anti join {superseded} using ({ROW}))")


def _sort_out_doubles(
    bench: Workbench, staged: Staged, relation: str, key: list[Planned], link: Planned | None
) -> None:
    """Sort out exact repeats after the first, and every row of a key that has different rows."""
    doubles = f"{relation}_doubles"
    if not _has_doubles(bench, staged, key):
        return
    expressions = ", ".join(column.expression for column in key)
    known = " and ".join(f"{column.expression} is not null" for column in key)
    apart = staged.cell(link.origin) if link and link.value else ""
    cells = ", ".join(cell for cell in cells_of(staged.headers) if cell != apart)
    bench.run(
        f"""
        create table {doubles} as
        with repeated as (
            select md5(concat_ws(chr(31), {expressions})) as key_hash
            from {staged.relation} where {PROBLEM} is null and {known}
            group by all having count(*) > 1
        ), keyed as (
            select {ROW}, md5(concat_ws(chr(31), {expressions})) as key_hash, row({cells}) as whole,
                   concat_ws(', ', {expressions}) as key_text
            from {staged.relation} where {PROBLEM} is null and {known}
        )
        select {ROW}, key_hash, key_text, whole from keyed semi join repeated using (key_hash)
        """,
        "Looking for doubles",
    )
    origins = literal(", ".join(column.origin for column in key))
    names = literal(f"different rows of one {' and '.join(column.name for column in key)}")
    bench.run(
        f"""
        insert into {relation}
        with judged as (
            select key_hash, count(distinct whole) as variants, min({ROW}) as first_row,
                   string_agg({staged.row_words}, ', ' order by {ROW}) as all_rows
            from {doubles} group by 1
        )
        select {ROW}, {origins}, key_text, case when variants > 1 then {names} else 'repeat' end,
               concat('the rows ', left(all_rows, {_LONGEST_VALUE}), ' have one key and are different')
        from {doubles} join judged using (key_hash)
        where (variants > 1 or {ROW} <> first_row) and {ROW} not in (select {ROW} from {relation})
        """
    )


def _has_doubles(bench: Workbench, staged: Staged, key: list[Planned]) -> bool:
    """Tell whether a key may stand in two rows: hashes are few bytes; two keys of one hash do no harm."""
    expressions = ", ".join(column.expression for column in key)
    known = " and ".join(f"{column.expression} is not null" for column in key)
    rows, different = bench.one(
        f"select count(*), count(distinct hash({expressions})) from {staged.relation} "
        f"where {PROBLEM} is null and {known}",
        "Looking for doubles",
    )
    return bool(rows != different)


def _keep(bench: Workbench, staged: Staged, table: Table, relation: str) -> None:
    cells = ", ".join(f"{literal(name)}, c{place}" for place, name in enumerate(staged.headers.names))
    bench.run(
        f"""
        insert into target.{SET_ASIDE_TABLE}
        select {literal(table.name)}, {staged.part_file}, {ROW} & {PART - 1}, column_name, left(value, 2000),
               category, reason, cast(json_object({cells}) as varchar)
        from {relation} join {staged.relation} using ({ROW})
        where category <> 'repeat' order by {ROW}
        """
    )


def formula_safe(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula; plain numbers stay as they are."""
    is_formula = text.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
