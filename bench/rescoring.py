"""The same figures by scoring every lead anew, in DuckDB and in pandas: what the cube is measured against.

Every lead lies ready in memory with its attributes, month, fate and cents; scoring and grouping is measured.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from alignment.domain.definition import HIGHEST_SCORE, Comparison, Criterion, Definition, Group
from alignment.metrics.query import Query, literal, quoted
from alignment.store.snapshot import Snapshot
from alignment.whatif.cube import UNSCORED

RUNS = 3
BY = ["score", "month", "fate"]
FATE = """case when coalesce(l.mql_at, l.created_at) < timestamp '2026-10-01' then 1 else 0 end
    + case when l.first_touch_at is not null or l.sql_at is not null then 2 else 0 end
    + case when l.sql_at <= coalesce(l.mql_at, l.created_at) + interval 28 days then 4 else 0 end
    + case when d.is_won then 16 else 0 end"""


def leads(snapshot: Snapshot, definition: Definition) -> pa.Table:
    """Return a row a lead with what the definition looks at."""
    attributes = ", ".join(f"l.{quoted(name)}" for name in _attributes(definition))
    return snapshot.ask(
        Query(
            f"""select {attributes},
       cast(extract(year from l.created_at) * 12 + extract(month from l.created_at) - 1 as integer) as month,
       cast({FATE} as tinyint) as fate, coalesce(d.cents, 0) as cents
from leads l
left join (select lead_id, bool_or(is_won) as is_won, cast(sum(amount) * 100 as bigint) as cents
           from deals group by lead_id) d on d.lead_id = l.lead_id"""
        )
    )


def seconds_in_duckdb(rows: pa.Table, definition: Definition) -> float:
    """Return the seconds that DuckDB takes to score all leads and to group them."""
    query = f"""select score, month, fate, count(*) as leads, cast(sum(cents) as bigint) as cents
        from (select {_score(definition)} as score, month, fate, cents from leads)
        group by score, month, fate"""
    with duckdb.connect() as connection:
        connection.register("given", rows)
        connection.execute("create table leads as select * from given")
        return seconds(lambda: connection.sql(query).to_arrow_table())


def seconds_in_pandas(rows: pa.Table, definition: Definition) -> float:
    """Return the seconds that pandas takes for the same; texts are categories, flags are numbers."""
    flags = [field.name for field in rows.schema if pa.types.is_boolean(field.type)]
    texts = [field.name for field in rows.schema if pa.types.is_string(field.type)]
    frame = pd.DataFrame(
        {
            field.name: rows.column(field.name).cast(pa.int8()).to_pandas()
            if field.name in flags
            else rows.column(field.name).to_pandas(strings_to_categorical=field.name in texts)
            for field in rows.schema
        }
    )
    return seconds(lambda: _grouped(frame, definition))


def seconds(work: Callable[[], object]) -> float:
    """Return the median time of a few runs, after one that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def _attributes(definition: Definition) -> list[str]:
    return list(dict.fromkeys(criterion.attribute for criterion in definition.criteria))


def _score(definition: Definition) -> str:
    parts = [_group(definition, group) for group in Group]
    blank = " and ".join(f"{quoted(name)} is null" for name in _attributes(definition))
    return (
        f"case when {blank} then {UNSCORED} else least(greatest({' + '.join(parts)}, 0), {HIGHEST_SCORE}) end"
    )


def _group(definition: Definition, group: Group) -> str:
    own = [criterion for criterion in definition.criteria if criterion.group is group]
    points = (
        " + ".join(f"case when {_condition(found)} then {found.points} else 0 end" for found in own) or "0"
    )
    cap = definition.caps.get(group)
    return f"({points})" if cap is None else f"least(greatest({points}, -{cap}), {cap})"


def _condition(criterion: Criterion) -> str:
    column, threshold = quoted(criterion.attribute), criterion.threshold
    if isinstance(threshold, tuple):
        return f"{column} in ({', '.join(map(literal, threshold))})"
    signs = {Comparison.AT_LEAST: f" >= {threshold}", Comparison.AT_MOST: f" <= {threshold}"}
    return column + signs.get(criterion.comparison, "")


def _grouped(frame: pd.DataFrame, definition: Definition) -> pd.DataFrame:
    total = np.zeros(len(frame), np.int32)
    for group in Group:
        points = np.zeros(len(frame), np.int32)
        for criterion in definition.criteria:
            if criterion.group is group:
                points += np.where(_is_met(frame[criterion.attribute], criterion), criterion.points, 0)
        cap = definition.caps.get(group)
        total += points if cap is None else points.clip(-cap, cap)
    blank = frame[_attributes(definition)].isna().all(axis=1)
    score = np.where(blank, UNSCORED, total.clip(0, HIGHEST_SCORE))
    return frame.assign(score=score).groupby(BY)["cents"].agg(["size", "sum"])


def _is_met(values: "pd.Series[float]", criterion: Criterion) -> "pd.Series[bool]":
    match criterion.comparison:
        case Comparison.AT_LEAST:
            return values >= criterion.threshold
        case Comparison.AT_MOST:
            return values <= criterion.threshold
        case Comparison.ONE_OF:
            return values.isin(criterion.threshold)
        case Comparison.IS_TRUE:
            return values == 1
