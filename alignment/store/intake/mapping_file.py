"""Mappings as TOML files: saved beside the data, edited by hand, checked when they come back."""

import tomllib
from pathlib import Path
from typing import Any, TypeAlias

import tomli_w

from alignment.domain.contract import LEADS, TABLES
from alignment.domain.mapping import (
    PLACEHOLDERS,
    STEP_WORDS,
    Assignment,
    AttributesAsOf,
    DateOrder,
    Mapping,
    Rule,
    TableMapping,
)
from alignment.errors import MappingError
from alignment.store.intake.reading_file import reading_fields, reading_of

_Fields: TypeAlias = dict[str, Any]

_LISTS = ("after_contact", "won", "lost")
_READING = ("sheet", "header")
_TABLE_KEYS = ("dates", "decimal", *_READING, "merge", "steps", *_LISTS, *(rule.value for rule in Rule))
_DECIMALS = (".", ",")


def save_mapping(mapping: Mapping, path: Path) -> None:
    """Write a mapping as TOML, whole or not at all."""
    fields: _Fields = {"placeholders": list(mapping.placeholders)}
    if mapping.dates:
        fields["dates"] = mapping.dates.value
    if mapping.attributes_as_of is not AttributesAsOf.TODAY:
        fields["attributes_as_of"] = mapping.attributes_as_of.value
    fields |= {table.table: _table_fields(table) for table in mapping.tables}
    for table, reading in mapping.readings:
        fields[table] = reading_fields(reading) | fields.get(table, {})
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(tomli_w.dumps(fields), encoding="utf-8")
    beside.replace(path)


def _table_fields(mapping: TableMapping) -> _Fields:
    fields: _Fields = {name: list(getattr(mapping, name)) for name in _LISTS if getattr(mapping, name)}
    if mapping.dates:
        fields["dates"] = mapping.dates.value
    if mapping.decimal:
        fields["decimal"] = mapping.decimal
    if mapping.merges:
        fields["merge"] = {header: dict(spellings) for header, spellings in mapping.merges}
    if mapping.steps:
        fields["steps"] = {step: list(words) for step, words in mapping.steps}
    for given in mapping.assignments:
        fields.setdefault(given.rule.value, {})[given.column] = given.origin
    return fields


def load_mapping(path: Path) -> Mapping:
    """Return the mapping of a TOML file; raise MappingError with the line or the name that is wrong."""
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MappingError(f"There is no mapping file {path}. Check the name.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path} can't be read as a mapping: {error}.") from None
    except tomllib.TOMLDecodeError as error:
        raise MappingError(
            f"{path.name} is no valid TOML: {error}. A column may be given once only."
        ) from None
    return _mapping(path.name, fields)


def _mapping(file: str, fields: _Fields) -> Mapping:
    dates = _order(file, fields.pop("dates", None))
    placeholders = _texts(file, "placeholders", fields.pop("placeholders", None))
    as_of = _attributes_as_of(file, fields.pop("attributes_as_of", AttributesAsOf.TODAY))
    tables = tuple(_table(file, name, part) for name, part in fields.items())
    readings = tuple((name, reading_of(file, name, part)) for name, part in fields.items())
    said = tuple((name, reading) for name, reading in readings if not reading.is_found_out)
    mapped = tuple(table for table in tables if not set(fields[table.table]) <= set(_READING))
    return Mapping(mapped, PLACEHOLDERS if placeholders is None else placeholders, dates, as_of, said)


def _table(file: str, name: str, fields: object) -> TableMapping:
    if name not in TABLES or not isinstance(fields, dict):
        raise MappingError(f"{file}: “{name}” is no table. The tables are {', '.join(TABLES)}.")
    for key in fields:
        if key not in _TABLE_KEYS:
            raise MappingError(f"{file}: [{name}] knows no “{key}”. It knows {', '.join(_TABLE_KEYS)}.")
    lists = {key: _texts(file, f"{name}.{key}", fields.get(key)) or () for key in _LISTS}
    decimal = fields.get("decimal")
    if decimal is not None and decimal not in _DECIMALS:
        raise MappingError(f'{file}: [{name}] decimal must be "." or ",", not {decimal!r}.')
    assignments = tuple(
        given for rule in Rule for given in _assignments(file, name, rule, fields.get(rule.value, {}))
    )
    _refuse_unknown(file, name, assignments)
    return TableMapping(
        name,
        assignments,
        dates=_order(file, fields.get("dates")),
        decimal=decimal,
        steps=_steps(file, name, fields.get("steps", {})),
        merges=_merges(file, name, fields.get("merge", {})),
        **lists,
    )


def _steps(file: str, table: str, part: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    steps = part if isinstance(part, dict) else {"": None}
    if steps and (table != LEADS.name or not set(steps) <= set(STEP_WORDS)):
        raise MappingError(
            f'{file}: write steps of leads alone, as [leads.steps] with lines such as sql = ["Qualified"]. '
            f"The steps are {', '.join(STEP_WORDS)}."
        )
    return tuple((step, _texts(file, f"{table}.steps.{step}", words) or ()) for step, words in steps.items())


def _merges(file: str, table: str, part: object) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    columns = part if isinstance(part, dict) else {"": None}
    for spellings in columns.values():
        if not isinstance(spellings, dict) or not all(isinstance(text, str) for text in spellings.values()):
            raise MappingError(
                f'{file}: write [{table}.merge."your column"] with lines such as "GTX Pro" = "GTXPro".'
            )
    return tuple((header, tuple(spellings.items())) for header, spellings in columns.items())


def _assignments(file: str, table: str, rule: Rule, part: object) -> tuple[Assignment, ...]:
    if not isinstance(part, dict):
        raise MappingError(f'{file}: write [{table}.{rule}] as lines such as our_column = "your column".')
    for column, origin in part.items():
        if not isinstance(origin, str):
            raise MappingError(f"{file}: [{table}.{rule}] {column} must be a text in quotes, not {origin!r}.")
    return tuple(Assignment(column, origin, rule) for column, origin in part.items())


def _refuse_unknown(file: str, name: str, assignments: tuple[Assignment, ...]) -> None:
    known = TABLES[name].column_names
    seen = set[str]()
    for given in assignments:
        if given.column not in known:
            raise MappingError(
                f"{file}: {name} have no column “{given.column}”. They have {', '.join(known)}."
            )
        if given.column in seen:
            raise MappingError(f"{file}: {name}.{given.column} is mapped twice. Keep one of the two.")
        seen.add(given.column)


def _order(file: str, said: object) -> DateOrder | None:
    if said is None:
        return None
    try:
        return DateOrder(str(said))
    except ValueError:
        orders = ", ".join(f'"{order.value}" ({order.words})' for order in DateOrder)
        raise MappingError(f"{file}: dates must be one of {orders}, not {said!r}.") from None


def _attributes_as_of(file: str, said: object) -> AttributesAsOf:
    try:
        return AttributesAsOf(str(said))
    except ValueError:
        raise MappingError(
            f'{file}: attributes_as_of must be "hand_off" (as they stood when the lead was handed off) or '
            f'"today", not {said!r}.'
        ) from None


def _texts(file: str, name: str, part: object) -> tuple[str, ...] | None:
    if part is None:
        return None
    if not isinstance(part, list) or not all(isinstance(text, str) for text in part):
        raise MappingError(f'{file}: {name} must be a list of texts, such as ["Select", "N/A"].')
    return tuple(part)
