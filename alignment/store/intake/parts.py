"""Several files of one table put together: same columns, one row number for each row of each file."""

from collections.abc import Sequence
from dataclasses import replace

from alignment.errors import UnreadableFileError
from alignment.store.intake.natives import Natives, native_cell
from alignment.store.intake.staged import PART, PROBLEM, ROW, SPILT, Staged, cells_of
from alignment.store.intake.workbench import Workbench

_MOST_NAMED = 5


def joined(bench: Workbench, staged: Sequence[Staged], name: str) -> Staged:
    """Return the files as one, in the order of the first one's columns.

    Raises UnreadableFileError where a file's columns are not those of the first.
    """
    first = staged[0]
    for other in staged[1:]:
        _refuse_other_columns(first, other)
    natives = _natives(staged)
    parts = [_part(file, place, first, natives) for place, file in enumerate(staged)]
    bench.run(f"create view scratch.{name} as {' union all '.join(parts)}")
    typed = frozenset(
        place
        for place, header in enumerate(first.headers.names)
        if all(file.is_typed(header) for file in staged)
    )
    every = tuple(part for file in staged for part in file.parts)
    return replace(first, relation=f"scratch.{name}", parts=every, typed=typed, natives=natives)


def _natives(staged: Sequence[Staged]) -> Natives:
    """Return the cells that are the same native in every file."""
    first = staged[0]
    return {
        cell: native
        for header, cell in zip(first.headers.names, cells_of(first.headers), strict=True)
        if (native := first.natives.get(cell))
        and all(file.natives.get(file.cell(header)) is native for file in staged)
    }


def _part(file: Staged, place: int, first: Staged, natives: Natives) -> str:
    by_cell = list(zip(cells_of(first.headers), map(file.cell, first.headers.names), strict=True))
    pairs = [*by_cell, *((native_cell(cell), native_cell(own)) for cell, own in by_cell if cell in natives)]
    cells = ", ".join(f"{own} as {cell}" for cell, own in pairs)
    number = f"{ROW} + {place * PART} as {ROW}" if place else ROW
    return f"select {number}, {PROBLEM}, {SPILT}, {cells} from {file.relation}"


def _refuse_other_columns(first: Staged, other: Staged) -> None:
    lacks = [name for name in first.headers.names if name not in other.headers.names]
    more = [name for name in other.headers.names if name not in first.headers.names]
    if not lacks and not more:
        return
    sides = [
        f"it {verb} {_listed(names)}" for verb, names in (("lacks", lacks), ("has besides", more)) if names
    ]
    raise UnreadableFileError(
        f"{other.file} has other columns than {first.file}: {' and '.join(sides)}. "
        "Files of one table need the same columns; export them alike."
    )


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
