"""What becomes of the columns of a staged file, once that is decided."""

from dataclasses import dataclass

from alignment.domain.contract import Kind
from alignment.domain.mapping import Rule


@dataclass(frozen=True)
class Planned:
    """One column to load: how it is read from the staged cells, and what the receipt says about it.

    `value` is the text it is read from; `wrong` says what a value is that can't be read ("no date"), "" where
    every value can; `currency` is the query text of the currency that an amount's mark stands for; `listed`
    tells that some values are lists of keys, of which `expression` is the first.
    """

    name: str
    kind: Kind
    expression: str
    origin: str
    rule: Rule
    value: str = ""
    wrong: str = ""
    note: str = ""
    placeholders: int = 0
    currency: str = ""
    listed: bool = False

    @property
    def is_bad(self) -> str:
        """Return the query text that tells whether a row's value can't be read."""
        return f"({self.value} is not null and {self.expression} is null)"


@dataclass(frozen=True)
class Plan:
    """All columns of one table, those left out with the reason, and the texts that stand for null."""

    columns: tuple[Planned, ...]
    left_out: tuple[str, ...]

    def column(self, name: str) -> Planned | None:
        """Return the plan of a canonical column, or None."""
        return next((column for column in self.columns if column.name == name), None)
