"""How files are opened, as typed: `--sheet Contacts`, `--header deals=none`."""

from collections.abc import Sequence
from dataclasses import replace

from alignment.domain.contract import TABLES
from alignment.domain.mapping import Mapping
from alignment.domain.reading import NO_HEADER
from alignment.errors import UnknownTermError


def with_readings(
    mapping: Mapping, tables: Sequence[str], sheets: Sequence[str], headers: Sequence[str]
) -> Mapping:
    """Return the mapping with what was typed about the tables' files; raise UnknownTermError for no row."""
    for table, name in _by_table(tables, sheets):
        mapping = mapping.with_reading(table, replace(mapping.reading(table), sheet=name))
    for table, word in _by_table(tables, headers):
        mapping = mapping.with_reading(table, replace(mapping.reading(table), header=_row(word)))
    return mapping


def _by_table(tables: Sequence[str], typed: Sequence[str]) -> list[tuple[str, str]]:
    """Return each word with its table; a word for no table in particular holds for all of them."""
    found: list[tuple[str, str]] = []
    for text in typed:
        table, equals, word = text.partition("=")
        is_for_one = bool(equals) and table.strip() in TABLES
        found += [(table.strip(), word.strip())] if is_for_one else [(name, text) for name in tables]
    return found


def _row(word: str) -> int:
    if word.strip().lower() == "none":
        return NO_HEADER
    if word.isascii() and word.isdecimal() and int(word) > 0:
        return int(word)
    raise UnknownTermError(f"--header needs the number of a row, or none, got “{word}”.")
