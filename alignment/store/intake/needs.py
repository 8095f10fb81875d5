"""Whether a file has what its table can't do without; if not, what might do."""

from alignment.domain.contract import Kind, Table
from alignment.domain.known_names import folded
from alignment.domain.mapping import TableMapping
from alignment.errors import MissingColumnError
from alignment.store.intake.planned import Planned
from alignment.store.intake.staged import Staged

_ENDINGS = {Kind.KEY: ("id", "key", "number", "email"), Kind.INSTANT: ("date", "at", "time", "on")}


def refuse_unmet(
    staged: Staged, table: Table, mapping: TableMapping, planned: list[Planned], empty: list[Planned]
) -> None:
    """Raise MissingColumnError where the table's needs aren't met; `empty` are columns without any value."""
    there = {column.name for column in planned}
    for group in table.needs:
        if there & set(group):
            continue
        if column := next((column for column in empty if column.name in group), None):
            raise MissingColumnError(
                f"{staged.file}: {column.origin} has no value in any row, and {table.name} need "
                f"{' or '.join(group)}. Export the column with its values, or map another one."
            )
        raise MissingColumnError(_missing(staged, table, mapping, group))


def _missing(staged: Staged, table: Table, mapping: TableMapping, group: tuple[str, ...]) -> str:
    has = ", ".join(staged.headers.names[:30])
    candidates = {name: _candidate(staged, table, mapping, name) for name in group}
    hint = " or ".join(f"{name} = “{candidate}”" for name, candidate in candidates.items() if candidate)
    which = f"Would {hint} do? Say so in the mapping." if hint else "Say in the mapping which one it is."
    return f"{staged.file}: {table.name} need a column for {' or '.join(group)}. The file has {has}. {which}"


def _candidate(staged: Staged, table: Table, mapping: TableMapping, name: str) -> str | None:
    """Return a free column of the file whose name ends like ours: a key, a date, an amount."""
    column = table.column(name)
    wanted = _ENDINGS.get(column.kind, (folded(name),)) if column else ()
    mapped = {given.origin for given in mapping.assignments}
    free = [header for header in staged.headers.names if header not in mapped]
    return next((header for header in free if folded(header).endswith(wanted)), None)
