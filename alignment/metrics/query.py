"""A question to the warehouse: portable query text and the values bound to its names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

Bound: TypeAlias = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Query:
    """Query text with `:name` parameters and their values; an engine binds them its own way."""

    text: str
    values: Mapping[str, Bound] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the text with its values listed on top, as a person would paste it into a console."""
        bound = "\n".join(
            f"-- :{name} = {value}" for name, value in self.values.items() if f":{name}" in self.text
        )
        return f"{bound}\n{self.text}" if bound else self.text


def quoted(name: str) -> str:
    """Return a column or table name as an identifier, whatever characters it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as a string literal, for the few places that can't be bound."""
    return "'" + text.replace("'", "''") + "'"
