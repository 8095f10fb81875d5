"""Whether a mapping fits a file, said in sentences before anything is read."""

from difflib import get_close_matches

from alignment.domain.contract import Table
from alignment.domain.mapping import Rule, TableMapping
from alignment.errors import MappingError

_MOST_NAMED = 12


def check(mapping: TableMapping, table: Table, headers: tuple[str, ...], file: str) -> None:
    """Raise MappingError for a name that is not there, a column given twice or a rule that can't hold."""
    _refuse_doubles(mapping, file)
    for given in mapping.assignments:
        if table.column(given.column) is None:
            known = ", ".join(table.column_names)
            raise MappingError(f"{table.name} have no column “{given.column}”. They have {known}.")
        if given.rule is Rule.SAME_AS:
            _refuse_circle(mapping, given.column)
    _refuse_missing(mapping, headers, file)
    for name, _spellings in mapping.merges:
        if name not in headers:
            raise MappingError(f"{file} has no column “{name}”, named under merge. {_near(name, headers)}")
    for name in mapping.after_contact:
        if name not in headers:
            raise MappingError(
                f"{file} has no column “{name}”, named under after_contact. {_near(name, headers)}"
            )


def _refuse_missing(mapping: TableMapping, headers: tuple[str, ...], file: str) -> None:
    """Refuse columns that the file doesn't have: all of them, with what the mapping doesn't name of it."""
    read = [given for given in mapping.assignments if given.rule in {Rule.COLUMN, Rule.PRESENT}]
    missing = [given for given in read if given.origin not in headers]
    if not missing:
        return
    if len(missing) == 1:
        (given,) = missing
        named = f"{file} has no column “{given.origin}” for {given.column}."
        raise MappingError(f"{named} {_near(given.origin, headers)}")
    named = ", ".join(f"“{given.origin}” for {given.column}" for given in missing)
    free = [f"“{name}”" for name in headers if name not in {given.origin for given in read}]
    more = f" and {len(free) - _MOST_NAMED} more" if len(free) > _MOST_NAMED else ""
    unnamed = f" The mapping doesn't name {', '.join(free[:_MOST_NAMED])}{more}." if free else ""
    raise MappingError(f"{file} has not the columns of the mapping: no {named}.{unnamed} Change the mapping.")


def _refuse_doubles(mapping: TableMapping, file: str) -> None:
    """Refuse one of our columns given twice, and one column of the file read into two of ours."""
    ours, theirs = set[str](), dict[str, str]()
    for given in mapping.assignments:
        if given.column in ours:
            raise MappingError(f"{mapping.table}: {given.column} is mapped twice. Keep one of the two.")
        ours.add(given.column)
        if given.rule is Rule.COLUMN:
            if given.origin in theirs:
                raise MappingError(
                    f"{file}: “{given.origin}” is mapped to {theirs[given.origin]} and to {given.column}. "
                    f"Keep one, or write {given.column} = {theirs[given.origin]!r} "
                    f"under [{mapping.table}.same_as]."
                )
            theirs[given.origin] = given.column


def _refuse_circle(mapping: TableMapping, column: str) -> None:
    seen, given = [column], mapping.assignment(column)
    while given is not None and given.rule is Rule.SAME_AS:
        if given.origin in seen:
            raise MappingError(
                f"{mapping.table}: {' is the same as '.join([*seen, given.origin])}. Map one to the file."
            )
        seen.append(given.origin)
        given = mapping.assignment(given.origin)
    if given is None or given.rule is not Rule.COLUMN:
        raise MappingError(
            f"{mapping.table}: {column} is to be the same as {seen[-1]}, which no column of the file gives."
        )


def _near(name: str, headers: tuple[str, ...]) -> str:
    lowered = {header.lower(): header for header in headers}
    near = [lowered[match] for match in get_close_matches(name.lower(), list(lowered), n=3, cutoff=0.6)]
    if near:
        return f"Did you mean {' or '.join(f'“{header}”' for header in near)}?"
    return f"It has {', '.join(headers[:30])}."
