"""A CSV file whose every line fits, read by DuckDB into a table, in the file's order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alignment.metrics.query import literal
from alignment.store.intake.dialect import LONGEST_LINE, SPACES, text_facts
from alignment.store.intake.natives import (
    REST,
    Native,
    Natives,
    left_over,
    native_cell,
    native_value,
    nothing_in,
    rest_of,
    text_of,
)
from alignment.store.intake.workbench import Workbench


@dataclass(frozen=True)
class Lines:
    """How the lines of a file become the rows of a table: `skip` lines are passed over, cells named by place.

    Texts are trimmed; columns that look native are stored as `natives` says, in the order given. `options`
    are further ones of the reader.
    """

    table: str
    cells: Sequence[str]
    delimiter: str = ","
    skip: int = 0
    natives: Natives = field(default_factory=dict)
    order: Sequence[str] = ()
    options: str = ""

    def read(self, bench: Workbench, path: Path) -> tuple[int, int]:
        """Read the file; return how many rows it has, blank ones too, and how many lines."""
        types = ", ".join(f"'{cell}': 'varchar'" for cell in self.cells)
        facts = text_facts(path)
        stored, values = self._stored(SPACES if facts.has_rare_spaces else " ")
        (rows,) = bench.one(
            f"create table {self.table} as select {', '.join(stored)} from (select {', '.join(values)} "
            f"from read_csv({literal(str(path))}, auto_detect = false, header = false, "
            f"skip = {self.skip}, delim = {literal(self.delimiter)}, quote = '\"', escape = '\"', "
            f"columns = {{{types}}}, null_padding = false, strict_mode = true, nullstr = '', "
            f"max_line_size = {LONGEST_LINE}{self.options}))",
            "Reading the rows",
        )
        bench.run(f"delete from {self.table} where {nothing_in(self.cells, self.natives)}")
        return int(rows), facts.lines

    def whole_natives(self, bench: Workbench) -> dict[str, Native]:
        """Return the native columns of which no text was left over."""
        if not self.natives:
            return {}
        counts = ", ".join(f"count({left_over(cell)})" for cell in self.natives)
        lost = bench.one(f"select {counts} from {self.table} where {REST} is not null")
        pairs = zip(self.natives.items(), lost, strict=True)
        return {cell: native for (cell, native), texts in pairs if not texts}

    def shown(self, whole: Natives) -> str:
        """Return the query text of the cells as texts, and the values of those that are native as a whole."""
        texts = [
            f"{text_of(cell, is_whole=cell in whole)} as {cell}" if cell in self.natives else cell
            for cell in self.cells
        ]
        return ", ".join([*texts, *map(native_cell, whole)])

    def _stored(self, spaces: str) -> tuple[list[str], list[str]]:
        """Return the query texts of the table's columns, and of the values that they are made of."""
        texts = {cell: _trimmed(cell, spaces) for cell in self.cells}
        values = [f"{cell if cell in self.natives else texts[cell]} as {cell}" for cell in self.cells]
        values += [
            f"{native_value(cell, native)} as {native_cell(cell)}" for cell, native in self.natives.items()
        ]
        stored = [native_cell(cell) if cell in self.natives else cell for cell in self.order or self.cells]
        if self.natives:
            stored.append(f"{rest_of({cell: texts[cell] for cell in self.natives})} as {REST}")
        return stored, values


def _trimmed(cell: str, spaces: str) -> str:
    """Return the query text of a cell without the spaces around it, null where nothing else is in it."""
    trimmed = f"nullif(trim({cell}, {literal(spaces)}), '')"
    if spaces != " ":
        return trimmed
    return f"case when starts_with({cell}, ' ') or ends_with({cell}, ' ') then {trimmed} else {cell} end"
