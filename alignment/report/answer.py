"""What every answer needs: the data's now, the columns it rests on, groups in words, the passport."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal, TypeAlias

from alignment.domain.cohort import Passport
from alignment.domain.period import Grain, bucket_label
from alignment.errors import MissingColumnError
from alignment.metrics.journeys import Clock
from alignment.metrics.query import Query
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import end_of_day

USUAL: Literal["usual"] = "usual"
Window: TypeAlias = int | Literal["usual"] | None
"""Days given to a lead; `usual`: what past leads took; None: ever."""

_NEVER = datetime(9999, 12, 31)  # noqa: DTZ001 - naive UTC, as the tables hold it


def clock_of(snapshot: Snapshot, as_of: date | None = None) -> Clock:
    """Return the load's now, or the end of an explicit as-of day in the business time zone."""
    zone = snapshot.zone
    if as_of:
        instant = end_of_day(as_of, zone)
        return Clock(
            instant, as_of, zone.key, is_past=snapshot.as_of is not None and instant < snapshot.as_of
        )
    newest = snapshot.as_of or _NEVER  # without any date nothing can be too late
    return Clock(
        newest,
        newest.replace(tzinfo=UTC).astimezone(zone).date() if snapshot.as_of else _NEVER.date(),
        zone.key,
    )


def need(snapshot: Snapshot, table: str, *columns: str, shows: str) -> None:
    """Raise MissingColumnError, naming column and what it would show, unless one of them is there."""
    if any(snapshot.has(table, column) for column in columns):
        return
    named = " or ".join(f"{table}.{column}" for column in columns)
    message = f"Not available: needs column {named}. With it you would see {shows}."
    raise MissingColumnError(message)


def grain_or_column(snapshot: Snapshot, table: str, by: str | None) -> tuple[str | None, Grain | None]:
    """Return (column, grain) for a word to group by; raise MissingColumnError listing what there is."""
    if by is None:
        return None, None
    if snapshot.has(table, by) or (table == "deals" and by == "source"):
        return by, None
    if by in list(Grain):
        return None, Grain(by)
    there = ", ".join(snapshot.columns.get(table, ())) or "none"
    message = f"There is no column “{by}” in {table} to group by. Choose one of: {', '.join(Grain)}, {there}."
    raise MissingColumnError(message)


def group(by: str | None, grain: Grain | None, value: str | int | None) -> dict[str, str | None] | None:
    """Return a group in words: None without groups, else the column and its value."""
    if grain and value is not None:
        return {str(grain): bucket_label(int(value), grain)}
    return {by or str(grain): None if value is None else str(value)} if by or grain else None


@dataclass(frozen=True)
class Words:
    """The words of a passport: what the figure is, formula, parts, and what was left out, with counts."""

    title: str
    formula: str
    numerator: str
    denominator: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)


def passport(clock: Clock, words: Words, *queries: Query) -> Passport:
    """Return the passport of a figure answered at this clock by these queries."""
    return Passport(
        title=words.title,
        formula=words.formula,
        numerator=words.numerator,
        denominator=words.denominator,
        left_out=tuple((why, count) for why, count in words.left_out.items() if count),
        as_of="" if clock.as_of == _NEVER else f"{clock.as_of:%Y-%m-%d %H:%M} UTC",
        time_zone=clock.zone,
        queries=tuple(str(query) for query in queries),
    )
