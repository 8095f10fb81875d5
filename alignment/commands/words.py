"""What people type, as values; and answers as lines or JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import typer

from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.stage import Stage
from alignment.errors import UnknownTermError
from alignment.report import USUAL, Window

FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2200, 12, 31)
LONGEST_WINDOW = 36_500
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Row = Mapping[str, Any]


def stage_of(word: str) -> Stage:
    """Read a stage; raise UnknownTermError that lists the stages."""
    try:
        return Stage(word.strip().lower())
    except ValueError:
        message = f"“{word}” is no stage. The stages are: {', '.join(Stage)}."
        raise UnknownTermError(message) from None


def day_of(word: str | None, option: str) -> date | None:
    """Read a day written as 2026-03-31, None when nothing was written."""
    if word is None:
        return None
    try:
        day = date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError:
        day = None
    if day is None:
        message = f"{option} needs a day written as 2026-03-31, got “{word}”."
        raise UnknownTermError(message)
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"{option} needs a day between {FIRST_DAY} and {LAST_DAY}, got {day}."
        raise UnknownTermError(message)
    return day


def period_of(start: str | None, end: str | None) -> Period | None:
    """Read a half-open period; an end left out is open; None when both are."""
    if start is None and end is None:
        return None
    return Period(day_of(start, "--start") or FIRST_DAY, day_of(end, "--end") or LAST_DAY)


def whole_period(start: str | None, end: str | None, first: str, after: str) -> Period | None:
    """Read a period of which both ends are given; None when neither is."""
    starts_on, ends_on = day_of(start, first), day_of(end, after)
    if starts_on and ends_on:
        return Period(starts_on, ends_on)
    if starts_on or ends_on:
        raise UnknownTermError(f"This report needs both ends of a period: give {first} and {after}.")
    return None


def amount_of(money: Money | None) -> float | None:
    """Return an amount as a number, None where it is not known."""
    return None if money is None else money.amount


def window_of(word: str | None) -> Window:
    """Read a number of days, `ever` (None) or nothing (`usual`)."""
    if word is None or word == "usual":
        return USUAL
    if word == "ever":
        return None
    if not (word.isascii() and word.isdecimal()):
        message = f"--within needs a number of days, or “ever”, got “{word}”."
        raise UnknownTermError(message)
    if int(word) > LONGEST_WINDOW:
        message = f"--within takes up to {LONGEST_WINDOW:,} days; for no limit say “ever”."
        raise UnknownTermError(message)
    return int(word)


def say(rows: Sequence[Row], *, as_json: bool) -> None:
    """Print rows as JSON, or as a table whose columns line up."""
    if as_json:
        typer.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    if not rows:
        typer.echo("No rows.")
        return
    lines = [list(rows[0]), *([_word(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        typer.echo("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())


def say_rows(found: pa.Table, *, as_json: bool) -> None:
    """Print rows of the data, days as texts."""
    say(
        [
            {name: str(value) if isinstance(value, date) else value for name, value in row.items()}
            for row in found.to_pylist()
        ],
        as_json=as_json,
    )


def _word(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1 else f"{value:,.2f}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={_word(part)}" for name, part in value.items())
    return str(value)
