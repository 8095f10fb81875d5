"""What is in the data and what contradicts itself, counted by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from alignment.metrics.clock import day_of
from alignment.metrics.journeys import Clock
from alignment.metrics.query import Query, quoted


@dataclass(frozen=True)
class Suspicion:
    """What rows of a table may contradict: the columns it takes, who could, who does (query texts)."""

    table: str
    words: str
    columns: tuple[str, ...]
    could: str
    does: str


_PAIRS = (
    *(("leads", "created_at", f"{event}_at") for event in ("mql", "sql", "meeting", "rejected", "converted")),
    ("leads", "mql_at", "sal_at"),
    ("leads", "mql_at", "sql_at"),
    ("deals", "created_at", "closed_at"),
)
_EVENTS = (("leads", "created_at"), ("leads", "mql_at"), ("leads", "sql_at"), ("deals", "created_at"))
_REJECTED = ("rejected_at", "rejection_reason")
_CONVERTED = ("converted_at", "is_converted")
_WON, _LOSS = "is_won", "lost_reason"
_SAID = (
    (
        "leads",
        "a rejection without a reason",
        _REJECTED,
        "rejected_at is not null",
        "rejection_reason is null",
    ),
    (
        "leads",
        "converted_at, yet not is_converted",
        _CONVERTED,
        "converted_at is not null",
        "not is_converted",
    ),
    ("deals", "won without a closing date", (_WON, "closed_at"), _WON, "closed_at is null"),
    ("deals", "won without an amount", (_WON, "amount"), _WON, "amount is null"),
    ("deals", "won for nothing", (_WON, "amount"), _WON, "amount = 0"),
    ("deals", "a negative amount", ("amount",), "amount is not null", "amount < 0"),
    ("deals", "won, with a reason for the loss", (_WON, _LOSS), _WON, f"{_LOSS} is not null"),
)


def suspicions(clock: Clock) -> tuple[Suspicion, ...]:
    """Return every contradiction that is looked for."""
    return (
        *(_reversed(*pair, clock) for pair in _PAIRS),
        *(_late(*column) for column in _EVENTS),
        *(Suspicion(*said) for said in _SAID),
    )


def _reversed(table: str, earlier: str, later: str, clock: Clock) -> Suspicion:
    does = f"{day_of(later, clock.zone)} < {day_of(earlier, clock.zone)}"
    could = f"{earlier} is not null and {later} is not null"
    return Suspicion(table, f"{later} before {earlier}", (earlier, later), could, does)


def _late(table: str, name: str) -> Suspicion:
    words = f"{name} after the newest event that has been"
    return Suspicion(table, words, (name,), f"{name} is not null", f"{name} > :as_of")


def contradictions(table: str, found: Sequence[Suspicion], clock: Clock) -> Query:
    """Count the rows that could contradict themselves and do; columns: could_0, does_0, could_1 and so on."""
    counts = ", ".join(
        f"count(case when {one.could} then 1 end) as could_{place}, "
        f"count(case when ({one.could}) and ({one.does}) then 1 end) as does_{place}"
        for place, one in enumerate(found)
    )
    return Query(f"select {counts} from {table}", clock.values)


def newest(table: str, columns: Sequence[str], clock: Clock) -> Query:
    """Return the newest instant of each column that is not after the as-of; a column each."""
    latest = ", ".join(f"max(case when {name} <= :as_of then {name} end) as {name}" for name in columns)
    return Query(f"select {latest} from {table}", clock.values)


def fullness(table: str, columns: Sequence[str], clock: Clock) -> Query:
    """Count the rows of each month of creation, and those with each column.

    Columns: month_on, row_count, filled_0, filled_1 and so on, in the order of `columns`.
    """
    return Query(
        f"select date_trunc('month', created_day) as month_on, count(*) as row_count{_filled(columns)} "
        f"from (select {clock.day('created_at')} as created_day, * from {table}) as dated "
        "where created_day is not null group by 1 order by 1",
        clock.values,
    )


def whole_fullness(table: str, columns: Sequence[str]) -> Query:
    """Count the rows of a table, and those with each column: row_count, filled_0, filled_1 and so on."""
    return Query(f"select count(*) as row_count{_filled(columns)} from {table}", {})


def _filled(columns: Sequence[str]) -> str:
    return "".join(f", count({quoted(name)}) as filled_{place}" for place, name in enumerate(columns))
