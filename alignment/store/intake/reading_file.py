"""How a table's files are opened, as two lines of a mapping: `sheet = "Contacts"`, `header = "none"`."""

from typing import Any

from alignment.domain.reading import NO_HEADER, Reading
from alignment.errors import MappingError

_NONE = "none"


def reading_fields(reading: Reading) -> dict[str, Any]:
    """Return the lines of a reading; what was found out has none."""
    header = _NONE if reading.header == NO_HEADER else reading.header
    return {name: said for name, said in (("sheet", reading.sheet), ("header", header)) if said is not None}


def reading_of(file: str, table: str, fields: dict[str, Any]) -> Reading:
    """Return the reading of a table's lines; raise MappingError for a line that says none."""
    sheet, header = fields.get("sheet"), fields.get("header")
    if sheet is not None and not isinstance(sheet, str):
        raise MappingError(f"{file}: {table}.sheet must be the name of a sheet in quotes, not {sheet!r}.")
    if header == _NONE:
        return Reading(sheet, NO_HEADER)
    if header is not None and (not isinstance(header, int) or isinstance(header, bool) or header < 1):
        raise MappingError(f'{file}: {table}.header must be the number of a row, or "none", not {header!r}.')
    return Reading(sheet, header)
