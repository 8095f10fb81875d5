"""What a person chose about one file, as values; and what still speaks against loading it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alignment.domain.contract import TABLES, Table
from alignment.domain.mapping import Assignment, Rule, TableMapping, suggest
from alignment.domain.mapping import Mapping as WholeMapping
from alignment.domain.reading import AS_FOUND, Reading
from alignment.imports import Preview
from alignment.ui.intake.saved import cut_to, fits_half, known_for, nearest, read_from

CHOSEN = "chosen by you"

TABLE_WORDS = {
    "leads": "Leads",
    "deals": "Deals",
    "deal_leads": "Which leads belong to which deal",
    "touches": "Touches of leads",
    "spend": "Spend by month",
    "exchange_rates": "Exchange rates",
    "stage_history": "History of stages",
    "holidays": "Holidays",
}


@dataclass(frozen=True)
class Chosen:
    """One file and how it is to be loaded; `said` is what a person said of how it is opened."""

    preview: Preview
    mapping: TableMapping
    said: Reading = AS_FOUND

    @property
    def table(self) -> Table:
        """Return the table that the file becomes."""
        return TABLES[self.mapping.table]


def likely_table(preview: Preview, saved: WholeMapping | None) -> str | None:
    """Return the table that a file most likely is, None where no table's needs are met.

    A saved mapping decides unless the names alone explain more columns of the file.
    """
    named = preview.mapping
    known = known_for(preview.headers, saved) or nearest(preview.headers, saved)
    if known and (unmet(named) or len(read_from(cut_to(known, preview.headers))) >= len(read_from(named))):
        return known.table
    return None if unmet(named) else named.table


def table_by_values(preview: Preview) -> str | None:
    """Return the table that a file may be by what stands in its columns, None where it needs more."""
    named = with_content(preview.mapping, preview)
    return None if unmet(named) else named.table


def start_from(preview: Preview, table: str, saved: WholeMapping | None) -> TableMapping:
    """Return the mapping to begin with: what fits of the saved one, else what names and values suggest."""
    suggested = with_content(suggest(TABLES[table], preview.headers), preview)
    known = saved.of(table) if saved else None
    if saved is None or known is None or not fits_half(known, preview.headers):
        return suggested
    kept = cut_to(known, preview.headers)
    for lost in known.assignments:
        again = suggested.assignment(lost.column)
        taken = {given.origin for given in kept.assignments}
        if kept.assignment(lost.column) is None and again and again.origin not in taken:
            kept = kept.with_assignment(again)
    return replace(kept, dates=known.dates or saved.dates)


def with_content(mapping: TableMapping, preview: Preview) -> TableMapping:
    """Return the mapping with what the values tell of columns whose names told nothing."""
    for given in preview.by_content(mapping):
        mapping = mapping.with_assignment(given)
    return replace(
        mapping,
        after_contact=tuple(name for name in mapping.after_contact if column_of(mapping, name) is None),
    )


def column_of(mapping: TableMapping, header: str) -> str | None:
    """Return our column that a column of the file becomes, None where it becomes none."""
    found = (given.column for given in mapping.assignments if given.origin == header)
    rules = {given.column: given.rule for given in mapping.assignments}
    return next((column for column in found if rules[column] is Rule.COLUMN), None)


def derived(mapping: TableMapping) -> tuple[Assignment, ...]:
    """Return what is read otherwise than as the values of a column of the file."""
    return tuple(given for given in mapping.assignments if given.rule is not Rule.COLUMN)


def with_columns(
    mapping: TableMapping, columns: Mapping[str, str | None], kept: Sequence[str]
) -> TableMapping:
    """Return the mapping with each header read into the column chosen for it, and the derived columns kept.

    A column chosen twice stays in it twice: `problems` says so.
    """
    read = tuple(
        Assignment(column, header, reason=_reason(mapping, column, header))
        for header, column in columns.items()
        if column is not None
    )
    chosen = {given.column for given in read}
    rest = tuple(given for given in derived(mapping) if given.column in kept and given.column not in chosen)
    after_contact = tuple(name for name in mapping.after_contact if columns.get(name) is None)
    return replace(mapping, assignments=(*read, *rest), after_contact=after_contact)


def problems(chosen: Sequence[Chosen]) -> list[str]:
    """Return a sentence for each thing that speaks against loading these files as they are."""
    if not {"leads", "deals"} & {file.table.name for file in chosen}:
        return ["We need a file of leads, of deals, or both. Say above which table each file is."]
    found = _unlike(chosen)
    for file in chosen:
        found += [
            f"{file.preview.file}: {sentence}" for sentence in (*doubles(file.mapping), *_needs(file.mapping))
        ]
    return found


def doubles(mapping: TableMapping) -> list[str]:
    """Return a sentence for each of our columns that was chosen for two columns of the file."""
    by_column: dict[str, list[str]] = {}
    for given in read_from(mapping):
        if given.rule is Rule.COLUMN:
            by_column.setdefault(given.column, []).append(given.origin)
    return [
        f"{column} is chosen for “{'” and for “'.join(origins)}”. Keep it for one of them."
        for column, origins in by_column.items()
        if len(origins) > 1
    ]


def unmet(mapping: TableMapping) -> list[tuple[str, ...]]:
    """Return the groups of columns of which the table needs one and has none."""
    return [group for group in TABLES[mapping.table].needs if not any(map(mapping.assignment, group))]


def _needs(mapping: TableMapping) -> list[str]:
    table = TABLES[mapping.table]
    return [
        f"{table.name} need {' or '.join(group)} ({_meaning(table, group[0])}). "
        "Choose it for one of the columns."
        for group in unmet(mapping)
    ]


def _meaning(table: Table, name: str) -> str:
    column = table.column(name)
    return column.meaning if column else name


def is_part_of(first: Chosen, preview: Preview, table: str) -> bool:
    """Tell whether a file continues another one's table: the same columns, in whatever order."""
    return first.table.name == table and set(first.preview.headers) == set(preview.headers)


def _unlike(chosen: Sequence[Chosen]) -> list[str]:
    """Return a sentence for each file that can't be part of a table together with the table's first file."""
    firsts: dict[str, Chosen] = {}
    found = []
    for file in chosen:
        first = firsts.setdefault(file.table.name, file)
        both = f"{first.preview.file} and {file.preview.file} are both given as"
        which = f"{both} {TABLE_WORDS[file.table.name].lower()}"
        if not is_part_of(first, file.preview, file.table.name):
            found.append(
                f"{which}, but have other columns. Export them alike, choose another table, or leave one out."
            )
        elif first.said.header != file.said.header or len({first.said.sheet, file.said.sheet} - {None}) > 1:
            found.append(f"{which}, but opened differently. Choose the same sheet and row of names for both.")
    return found


def _reason(mapping: TableMapping, column: str, header: str) -> str:
    before = mapping.assignment(column)
    return before.reason if before and before.origin == header else CHOSEN
