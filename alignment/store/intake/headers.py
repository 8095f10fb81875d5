"""The names in a file's header, made usable: every column has one, and no two are the same."""

from dataclasses import dataclass

from alignment.errors import UnreadableFileError

MAX_COLUMNS = 2000
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Headers:
    """The file's column names in order; `unnamed` are the positions whose name the file left empty."""

    names: tuple[str, ...]
    unnamed: frozenset[int]

    @classmethod
    def of(cls, file: str, cells: list[str]) -> "Headers":
        """Return usable names; raise UnreadableFileError for more columns than any CRM writes."""
        _refuse_too_many(file, len(cells))
        written = [_clean(cell) for cell in cells]
        unnamed = frozenset(place for place, name in enumerate(written) if not name)
        names = [name or f"column {place + 1}" for place, name in enumerate(written)]
        return cls(_distinct(names), unnamed)

    @classmethod
    def numbered(cls, file: str, width: int) -> "Headers":
        """Return column_1, column_2 … for a file without names; raise UnreadableFileError for too many."""
        _refuse_too_many(file, width)
        return cls(tuple(f"column_{place + 1}" for place in range(width)), frozenset())


def _refuse_too_many(file: str, width: int) -> None:
    if width > MAX_COLUMNS:
        raise UnreadableFileError(f"{file} has {width:,} columns; at most {MAX_COLUMNS:,} can be imported.")


def _clean(cell: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in cell)
    return " ".join(printable.split())[:_LONGEST_NAME]


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Number the second and later columns of one name; capitals don't make a name another one."""
    taken: set[str] = set()
    distinct = []
    for name in names:
        candidate, count = name, 1
        while candidate.lower() in taken:
            count += 1
            candidate = f"{name} ({count})"
        taken.add(candidate.lower())
        distinct.append(candidate)
    return tuple(distinct)
