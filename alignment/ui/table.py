"""A table of values that are still what they are: counts, amounts, rates, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.ui.words import Words, day

Value: TypeAlias = str | int | float | date | Money | Rate | None


@dataclass(frozen=True)
class Table:
    """Named columns and rows of values, each still what it is: a count, an amount, a rate."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def written(value: Value, words: Words) -> str:
    """Return a value exactly, as the reader writes it."""
    match value:
        case None:
            return "–"
        case Money():
            return words.money(value)
        case Rate():
            return words.rate(value)
        case int():
            return words.count(value)
        case float():
            return words.decimal(value)
        case date():
            return day(value)
        case _:
            return value


def group_name(by: object, without: str) -> str:
    """Return the value that a row was grouped by, `without` where it is of all together."""
    values: Sequence[object] = list(by.values()) if isinstance(by, dict) else []
    return without if not values else str(values[0]) if values[0] is not None else "none given"
