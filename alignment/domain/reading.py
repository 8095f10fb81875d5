"""What a person says about a file that can't tell it itself: which sheet, and where the names stand."""

from dataclasses import dataclass

NO_HEADER = 0
"""The row number of the header of a file that has none."""


@dataclass(frozen=True)
class Reading:
    """How a table's files are opened; what is None is found out from the file.

    `header` is the number of the row that holds the columns' names, from 1; NO_HEADER where none does.
    """

    sheet: str | None = None
    header: int | None = None

    @property
    def is_found_out(self) -> bool:
        """Tell whether nothing was said."""
        return self.sheet is None and self.header is None


AS_FOUND = Reading()
