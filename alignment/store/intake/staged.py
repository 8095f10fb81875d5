"""A file's rows as text in the scratch database, each with its row number in the file."""

from dataclasses import dataclass, field

from alignment.metrics.query import literal
from alignment.store.intake.headers import Headers
from alignment.store.intake.natives import Native, Natives, native_cell

ROW, PROBLEM, SPILT = "row_number", "problem", "spilt"
"""Columns of each staged table beside the cells: the row's number in the file, what is wrong with the whole
row (a category, a colon, the reason), and that row's text."""

PART_BITS = 40
PART = 1 << PART_BITS
"""Row numbers of a table's second file begin at PART, those of its third at 2 · PART, and so on."""

Row = tuple[int, str, str, list[str]]
"""Row number, what is wrong with the row ("" for nothing), the text of a wrong row, and its cells."""

WRONG_WIDTH = "a wrong number of values"
_MOST_NAMED = 2


@dataclass(frozen=True)
class Part:
    """One file of a table: its name, its rows, what to say about how it was opened.

    `is_mended` tells that its rows were set aside by a load before and mended since, `has_semicolons` that
    they part its values: where people write so, a comma stands before the cents.
    """

    file: str
    rows: int
    notes: tuple[str, ...] = ()
    is_mended: bool = False
    has_semicolons: bool = False


@dataclass(frozen=True)
class Staged:
    """A staged file. Cells are named by place, so that no name of the file reaches a query.

    `typed` are the places whose values the file holds as numbers, dates or booleans, not as somebody's text.
    `natives` are the cells all of whose values stand beside them as what they are. Where the rows are staged
    in the database that is built, `lines` is the table there, `looked_native` the cells that it holds as they
    looked, and `first_row` the number of its first row.
    """

    relation: str
    headers: Headers
    parts: tuple[Part, ...]
    typed: frozenset[int] = frozenset()
    natives: Natives = field(default_factory=dict)
    lines: str = ""
    looked_native: frozenset[str] = frozenset()
    first_row: int = 0

    @property
    def file(self) -> str:
        """Name the file, or the files, in a sentence."""
        return together([part.file for part in self.parts])

    @property
    def rows(self) -> int:
        """Return how many rows there are, blank ones not counted."""
        return sum(part.rows for part in self.parts)

    @property
    def part_file(self) -> str:
        """Return the query text of the name of a row's file."""
        return self._by_part([part.file for part in self.parts])

    @property
    def row_words(self) -> str:
        """Return the query text that names a row among those of all files: `3`, or `b.csv row 3`."""
        number = f"cast({ROW} & {PART - 1} as varchar)"
        if len(self.parts) == 1:
            return number
        return f"concat({self._by_part([f'{part.file} row ' for part in self.parts])}, {number})"

    def _by_part(self, texts: list[str]) -> str:
        if len(texts) == 1:
            return literal(texts[0])
        branches = " ".join(f"when {place} then {literal(text)}" for place, text in enumerate(texts))
        return f"case {ROW} >> {PART_BITS} {branches} end"

    def cell(self, header: str) -> str:
        """Return the identifier of a header's cells."""
        return f"c{self.headers.names.index(header)}"

    def is_typed(self, header: str) -> bool:
        """Tell whether the file itself says what the column's values are."""
        return self.headers.names.index(header) in self.typed

    def native(self, value: str) -> tuple[Native, str] | None:
        """Return what a cell's values are and the identifier of the column that holds them; else None."""
        found = self.natives.get(value)
        return (found, native_cell(value)) if found else None


def cells_of(headers: Headers) -> list[str]:
    """Return the identifiers of all cells, in the file's order."""
    return [f"c{place}" for place in range(len(headers.names))]


def together(names: list[str]) -> str:
    """Name a few things in a sentence, and count the others."""
    if len(names) <= _MOST_NAMED:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} more files"


def problem(category: str, reason: str) -> str:
    """Return what is wrong with a whole row as it is staged."""
    return f"{category}: {reason}"


def width_problem(values: int, width: int) -> str:
    """Return what is wrong with a row that is not as wide as the header."""
    count = f"{values:,} value{'' if values == 1 else 's'}"
    return problem(WRONG_WIDTH, f"it has {count} where the header has {width:,}")
