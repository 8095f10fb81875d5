"""The plan of the sample company: what it hoped that its second definition would bring each month."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from alignment.sample.agreement import MARKETING, signed_at
from alignment.sample.clock import months_before
from alignment.sample.columns import in_quotes
from alignment.sample.story import Story

KNOWN_MONTHS = 6
MORE_MQLS, MORE_SQLS = 1.1, 1.25
ROUNDED_TO = 5
WINDOW_DAYS = 28
WHO = MARKETING
REASON = "With the second definition we hope for more SQLs from hardly more calls."

COUNTED = """
    select count(*), count(*) filter (sql_at - mql_at <= to_days(cast($window as integer)))
    from leads where mql_at >= $start and mql_at < $end
"""


@dataclass(frozen=True)
class Planned:
    """MQLs and SQLs of each of these months, and when that was agreed."""

    months: tuple[date, ...]
    mqls: int
    sqls: int
    at: datetime


def suggested_plan(warehouse: Path, as_of: date) -> Planned:
    """Return the plan from the second definition's first month to the end of the quarter of `as_of`.

    It asks for somewhat more than the six months before brought, as far as that was known.
    """
    start = Story(as_of).definition_changed_on
    end = months_before(as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1), -3)
    with duckdb.connect() as connection:
        connection.execute(f"attach {in_quotes(warehouse)} as made (read_only)")
        connection.execute("use made")
        values = {"start": months_before(start, KNOWN_MONTHS), "end": start, "window": WINDOW_DAYS}
        mqls, sqls = connection.execute(COUNTED, values).fetchall()[0]
    mqls = _rounded(mqls / KNOWN_MONTHS * MORE_MQLS)
    months = tuple(
        months_before(start, -later)
        for later in range((end.year - start.year) * 12 + end.month - start.month)
    )
    return Planned(months, mqls, min(_rounded(sqls / KNOWN_MONTHS * MORE_SQLS), mqls), signed_at(start))


def _rounded(number: float) -> int:
    return max(round(number / ROUNDED_TO), 1) * ROUNDED_TO
