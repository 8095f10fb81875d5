"""What becomes of each column of a staged file: the query text that reads it, and what it can't read."""

from dataclasses import dataclass, replace

from alignment.domain.contract import Column, Kind, Table
from alignment.domain.known_names import folded
from alignment.domain.mapping import Assignment, DateOrder, Mapping, Rule, TableMapping
from alignment.errors import MissingColumnError
from alignment.metrics.query import literal
from alignment.store.intake.attributes import flag, typed
from alignment.store.intake.dates import read_dates
from alignment.store.intake.numbers import read_numbers
from alignment.store.intake.samples import Sample, samples, without
from alignment.store.intake.staged import Staged, cells_of
from alignment.store.intake.workbench import Workbench

_WRONG = {
    Kind.INSTANT: "no date",
    Kind.DAY: "no date",
    Kind.MONEY: "no amount",
    Kind.NUMBER: "no number",
    Kind.FLAG: "neither yes nor no",
}


@dataclass(frozen=True)
class Planned:
    """One column to load: how it is read from the staged cells, and what the receipt says about it.

    `value` is the text it is read from; `wrong` says what a value is that can't be read ("no date"), "" where
    every value can.
    """

    name: str
    kind: Kind
    expression: str
    origin: str
    rule: Rule
    value: str = ""
    wrong: str = ""
    note: str = ""
    placeholders: int = 0

    @property
    def is_bad(self) -> str:
        """Return the query text that tells whether a row's value can't be read."""
        return f"({self.value} is not null and {self.expression} is null)"


@dataclass(frozen=True)
class Plan:
    """All columns of one table, those left out with the reason, and the texts that stand for null."""

    columns: tuple[Planned, ...]
    left_out: tuple[str, ...]

    def column(self, name: str) -> Planned | None:
        """Return the plan of a canonical column, or None."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Planner:
    """Reads a staged file's columns and decides about each."""

    bench: Workbench
    staged: Staged
    table: Table
    mapping: TableMapping
    whole: Mapping
    zone: str

    def plan(self) -> Plan:
        """Return what becomes of each column; raise MissingColumnError where the table's needs aren't met."""
        seen = samples(
            self.bench, self.staged.relation, cells_of(self.staged.headers), self.whole.placeholders
        )
        by_header = dict(zip(self.staged.headers.names, seen.values(), strict=True))
        canonical = [self._canonical(column, by_header) for column in self.table.columns]
        planned = [column for column in canonical if column is not None]
        empty = [
            column
            for column in planned
            if column.rule is not Rule.CONSTANT and not by_header[column.origin].values
        ]
        planned = [column for column in planned if column not in empty]
        self._refuse_unmet(planned, empty)
        attributes = self._attributes(by_header) if self.table.keeps_other_columns else []
        left_out = tuple(
            f"{column.origin} has no value in any row, so {column.name} is not there" for column in empty
        )
        return Plan((*planned, *attributes), left_out)

    @property
    def _dates(self) -> DateOrder | None:
        return self.mapping.dates or self.whole.dates

    def _value(self, header: str, sample: Sample) -> str:
        cell = self.staged.cell(header)
        return without(cell, self.whole.placeholders) if sample.placeholders else cell

    def _canonical(self, column: Column, seen: dict[str, Sample]) -> Planned | None:
        given = self.mapping.assignment(column.name)
        if given is None:
            return None
        if given.rule is Rule.CONSTANT:
            return Planned(column.name, column.kind, _constant(column, given), given.origin, given.rule)
        header = self.mapping.origin(column.name) or given.origin
        sample = seen[header]
        value = self._value(header, sample)
        if given.rule is Rule.PRESENT:
            return Planned(column.name, column.kind, f"({value} is not null)", header, given.rule)
        planned = self._read(column, value, header, sample)
        return replace(planned, origin=header, rule=given.rule, placeholders=sample.placeholders)

    def _read(self, column: Column, value: str, header: str, sample: Sample) -> Planned:
        plain = Planned(
            column.name, column.kind, value, header, Rule.COLUMN, value, _WRONG.get(column.kind, "")
        )
        where = f"{self.staged.file}, {header}"
        if not sample.values:
            return plain
        match column.kind:
            case Kind.INSTANT | Kind.DAY:
                return self._read_dates(plain, where)
            case Kind.MONEY | Kind.NUMBER:
                return self._read_numbers(plain, where)
            case Kind.FLAG:
                return replace(plain, expression=flag(value))
            case Kind.TEXT if column.name == "currency":
                return replace(plain, expression=f"upper({value})")
            case _:
                return plain

    def _read_dates(self, plain: Planned, where: str) -> Planned:
        reading = read_dates(self.bench, self.staged.relation, plain.value, self._dates, where)
        if plain.kind is Kind.DAY:
            text = reading.day(plain.value, self.zone)
        else:
            text = reading.instant(plain.value, self.zone)
        return replace(
            plain, expression=text, note=reading.evidence, wrong="" if reading.certain else plain.wrong
        )

    def _read_numbers(self, plain: Planned, where: str) -> Planned:
        physical = "decimal(18, 2)" if plain.kind is Kind.MONEY else "double"
        if self.staged.is_typed(plain.origin):
            return replace(plain, expression=f"try_cast({plain.value} as {physical})")
        said = self.mapping.decimal
        reading = read_numbers(self.bench, self.staged.relation, plain.value, plain.kind, where, said)
        text = reading.number(plain.value, physical)
        return replace(plain, expression=text, wrong="" if reading.certain else plain.wrong)

    def _attributes(self, seen: dict[str, Sample]) -> list[Planned]:
        mapped = {self.mapping.origin(given.column) for given in self.mapping.assignments}
        ours = {name.lower() for name in self.table.column_names}
        planned = []
        for header, sample in seen.items():
            if header in mapped or not sample.values:
                continue
            found = typed(
                self.bench,
                self.staged.relation,
                self._value(header, sample),
                sample,
                header,
                self._dates,
                self.zone,
            )
            name = f"{header} (file)" if header.lower() in ours else header
            attribute = Planned(name, found.kind, found.expression, header, Rule.COLUMN, note=found.note)
            planned.append(replace(attribute, placeholders=sample.placeholders))
        return planned

    def _refuse_unmet(self, planned: list[Planned], empty: list[Planned]) -> None:
        there = {column.name for column in planned}
        for group in self.table.needs:
            if not there & set(group):
                raise MissingColumnError(self._missing(group, empty))

    def _missing(self, group: tuple[str, ...], empty: list[Planned]) -> str:
        needed = " or ".join(group)
        for column in empty:
            if column.name in group:
                return (
                    f"{self.staged.file}: {column.origin} has no value in any row, and {self.table.name} "
                    f"need {needed}. Export the column with its values, or map another one."
                )
        has = ", ".join(self.staged.headers.names[:30])
        hint = " or ".join(f"{name} = “{self._candidate(name)}”" for name in group if self._candidate(name))
        which = f"Would {hint} do? Say so in the mapping." if hint else "Say in the mapping which one it is."
        return (
            f"{self.staged.file}: {self.table.name} need a column for {needed}. The file has {has}. {which}"
        )

    def _candidate(self, name: str) -> str | None:
        """Return a free column of the file whose name ends like ours: a key, a date, an amount."""
        endings = {Kind.KEY: ("id", "key", "number", "email"), Kind.INSTANT: ("date", "at", "time", "on")}
        column = self.table.column(name)
        wanted = endings.get(column.kind, (folded(name),)) if column else ()
        mapped = {given.origin for given in self.mapping.assignments}
        free = [header for header in self.staged.headers.names if header not in mapped]
        return next((header for header in free if folded(header).endswith(wanted)), None)


def _constant(column: Column, given: Assignment) -> str:
    value = literal(given.origin)
    if column.kind is Kind.FLAG:
        return flag(value)
    physical = {
        Kind.INSTANT: "timestamp",
        Kind.DAY: "date",
        Kind.MONEY: "decimal(18, 2)",
        Kind.NUMBER: "double",
    }
    return f"cast({value} as {physical.get(column.kind, 'varchar')})"
