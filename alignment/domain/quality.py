"""How far the data can be trusted: how fresh it is, how full its columns are, what contradicts itself."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Newest:
    """The newest instant (naive UTC) of a column that is not after the as-of, None where it has none."""

    table: str
    column: str
    at: datetime | None


@dataclass(frozen=True)
class Fullness:
    """One month of a table, by the business day of creation: its rows, and how many have each column.

    `month_on` is None for all rows of a table that has no such days.
    """

    month_on: date | None
    rows: int
    filled: dict[str, int]

    def share(self, column: str) -> float:
        """Return the share of the month's rows that have the column."""
        return self.filled[column] / self.rows


@dataclass(frozen=True)
class Contradiction:
    """Rows of a table that say two things at once, and how many rows could."""

    table: str
    words: str
    rows: int
    of: int
