"""A file's rows as text in the scratch database, each with its row number in the file."""

from dataclasses import dataclass

from alignment.store.intake.headers import Headers

ROW, PROBLEM, SPILT = "row_number", "problem", "spilt"
"""Columns of each staged table beside the cells: the row's number in the file, what is wrong with the whole
row, and that row's text."""


@dataclass(frozen=True)
class Staged:
    """A staged file. Cells are named by place, so that no name of the file reaches a query.

    `typed` are the places whose values the file holds as numbers, dates or booleans, not as somebody's text.
    """

    relation: str
    file: str
    headers: Headers
    rows: int
    typed: frozenset[int] = frozenset()

    def cell(self, header: str) -> str:
        """Return the identifier of a header's cells."""
        return f"c{self.headers.names.index(header)}"

    def is_typed(self, header: str) -> bool:
        """Tell whether the file itself says what the column's values are."""
        return self.headers.names.index(header) in self.typed


def cells_of(headers: Headers) -> list[str]:
    """Return the identifiers of all cells, in the file's order."""
    return [f"c{place}" for place in range(len(headers.names))]
