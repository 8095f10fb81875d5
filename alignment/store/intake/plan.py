"""What becomes of each column of a staged file: the query text that reads it, and what it can't read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from alignment.domain.contract import Column, Kind, Table
from alignment.domain.known_names import is_of_tool
from alignment.domain.mapping import Assignment, DateOrder, Mapping, Rule, TableMapping
from alignment.errors import UndecidedError
from alignment.metrics.query import literal
from alignment.store.intake.attributes import flag, typed
from alignment.store.intake.damage import damage
from alignment.store.intake.dates import read_dates
from alignment.store.intake.gone import is_mark
from alignment.store.intake.native_columns import native_dates, native_flag, native_typed, native_whole
from alignment.store.intake.needs import refuse_unmet
from alignment.store.intake.numbers import NumberReading, read_numbers
from alignment.store.intake.placeholders import emptied, empty_days, empty_keys, known_texts, told
from alignment.store.intake.planned import Plan, Planned
from alignment.store.intake.samples import Sample, samples, without
from alignment.store.intake.staged import Staged, cells_of
from alignment.store.intake.workbench import Workbench

__all__ = ["Plan", "Planned", "Planner"]

FindEmpty: TypeAlias = Callable[[Workbench, str, str, Sample], dict[str, int]]

_WRONG = {
    Kind.INSTANT: "no date",
    Kind.DAY: "no date",
    Kind.MONEY: "no amount",
    Kind.NUMBER: "no number",
    Kind.FLAG: "neither yes nor no",
}


@dataclass(frozen=True)
class Planner:
    """Reads a staged file's columns and decides about each."""

    bench: Workbench
    staged: Staged
    table: Table
    mapping: TableMapping
    whole: Mapping
    zone: str
    currency: str = "EUR"

    def plan(self) -> Plan:
        """Return what becomes of each column; raise MissingColumnError where the table's needs aren't met."""
        seen = samples(
            self.bench,
            self.staged.relation,
            cells_of(self.staged.headers),
            self.whole.placeholders,
            self.staged.natives,
        )
        by_header = dict(zip(self.staged.headers.names, seen.values(), strict=True))
        canonical = [self._canonical(column, by_header) for column in self.table.columns]
        planned = [column for column in canonical if column is not None]
        empty = [column for column in planned if _is_empty(column, by_header)]
        planned = [column for column in planned if column not in empty]
        refuse_unmet(self.staged, self.table, self.mapping, planned, empty)
        attributes = self._attributes(by_header) if self.table.keeps_other_columns else []
        left_out = tuple(
            f"{column.origin} has no value in any row, so {column.name} is not there" for column in empty
        )
        return Plan((*with_currency(planned, self.table), *attributes), left_out)

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
        return self._told(replace(planned, origin=header, rule=given.rule), header, sample)

    def _told(self, planned: Planned, header: str, sample: Sample) -> Planned:
        """Return the plan with what was read as no value, and what a spreadsheet did to the column."""
        cell, relation = self.staged.cell(header), self.staged.relation
        found = (
            known_texts(self.bench, relation, cell, self.whole.placeholders) if sample.placeholders else {}
        )
        broken = damage(self.bench, relation, planned.value or cell, sample, header, planned.kind)
        merges = self.mapping.merged(header) if planned.kind is Kind.TEXT else {}
        merged = f"{len(merges)} spellings merged, as said in the mapping" if merges else ""
        return replace(
            planned,
            expression=_merged(planned.expression, merges),
            placeholders=planned.placeholders + sample.placeholders,
            note="; ".join(note for note in (planned.note, told(found), broken, merged) if note),
        )

    def _read(self, column: Column, value: str, header: str, sample: Sample) -> Planned:
        plain = Planned(
            column.name, column.kind, value, header, Rule.COLUMN, value, _WRONG.get(column.kind, "")
        )
        where = f"{self.staged.file}, {header}"
        if not sample.values:
            return plain
        match column.kind:
            case Kind.INSTANT | Kind.DAY:
                return self._read_dates(self._without(plain, empty_days, sample), where)
            case Kind.MONEY | Kind.NUMBER:
                return self._read_numbers(plain, where, sample)
            case Kind.FLAG:
                return replace(plain, expression=native_flag(self.staged, value) or flag(value))
            case Kind.TEXT if column.name == "currency":
                return replace(plain, expression=f"upper({value})")
            case Kind.KEY if column.name not in self.table.key:
                return self._without(plain, empty_keys, sample)
            case _:
                return plain

    def _without(self, plain: Planned, find: FindEmpty, sample: Sample) -> Planned:
        """Return the plan of a column without the values that stand for none."""
        found = find(self.bench, self.staged.relation, plain.value, sample)
        if not found:
            return plain
        value = emptied(plain.value, found)
        count = sum(found.values())
        return replace(plain, value=value, expression=value, placeholders=count, note=told(found))

    def _read_dates(self, plain: Planned, where: str) -> Planned:
        relation, is_month = self.staged.relation, plain.name == "month_on"
        reading = native_dates(self.staged, plain.value) or read_dates(
            self.bench, relation, plain.value, self._dates, where, may_be_month=is_month
        )
        if plain.kind is Kind.DAY:
            text = reading.day(plain.value, self.zone)
        else:
            text = reading.instant(plain.value, self.zone)
        note = "; ".join(note for note in (reading.evidence, plain.note) if note)
        return replace(plain, expression=text, note=note, wrong="" if reading.certain else plain.wrong)

    def _read_numbers(self, plain: Planned, where: str, sample: Sample) -> Planned:
        physical = "decimal(18, 2)" if plain.kind is Kind.MONEY else "double"
        if whole := native_whole(self.staged, plain.value, sample):
            return replace(plain, expression=f"cast({whole} as {physical})", wrong="")
        if self.staged.is_typed(plain.origin):
            return replace(plain, expression=f"try_cast({plain.value} as {physical})")
        said = self.mapping.decimal
        relation = self.staged.relation
        may_be_cents = any(part.has_semicolons for part in self.staged.parts)
        reading = read_numbers(
            self.bench, relation, plain.value, plain.kind, where, said, may_be_cents=may_be_cents
        )
        text = reading.number(plain.value, physical)
        found = replace(plain, expression=text, wrong="" if reading.certain else plain.wrong)
        return self._with_currency(found, reading, where) if reading.currencies else found

    def _with_currency(self, amount: Planned, reading: NumberReading, where: str) -> Planned:
        """Return an amount with the currency of its marks; where the file says it too, they must agree."""
        if self.table.column("currency") is None:
            return amount
        if self.mapping.assignment("currency"):
            agrees = reading.agrees(amount.value, self._said_currency())
            text = f"case when {agrees} then {amount.expression} end"
            return replace(amount, expression=text, wrong="no amount in the currency of its row")
        codes = reading.codes(self.currency)
        if codes == (self.currency,):
            return amount
        if reading.unmarked:
            raise UndecidedError(
                f"{where}: {reading.unmarked:,} amounts have no currency beside them, others are in "
                f"{' and '.join(codes)}. Map a column to currency, or say it for all rows: currency = "
                f'"{codes[0]}" under [{self.table.name}.constants].'
            )
        return replace(amount, currency=reading.currency(amount.value, self.currency))

    def _said_currency(self) -> str:
        """Return the query text of the currency that the mapping gives."""
        given = self.mapping.assignment("currency")
        origin = self.mapping.origin("currency")
        if origin and origin in self.staged.headers.names:
            return f"upper({without(self.staged.cell(origin), self.whole.placeholders)})"
        return literal(given.origin.upper() if given else "")

    def _attributes(self, seen: dict[str, Sample]) -> list[Planned]:
        mapped = {self.mapping.origin(given.column) for given in self.mapping.assignments}
        ours = {name.lower() for name in self.table.column_names}
        planned = []
        for header, sample in seen.items():
            of_tool = is_of_tool(header) or is_mark(header, self.staged.headers.names)
            if header in mapped or not sample.values or of_tool:
                continue
            value = self._value(header, sample)
            found = native_typed(self.staged, value, sample, self.zone) or typed(
                self.bench, self.staged.relation, value, sample, header, self._dates, self.zone
            )
            name = f"{header} (file)" if header.lower() in ours else header
            attribute = Planned(name, found.kind, found.expression, header, Rule.COLUMN, note=found.note)
            planned.append(self._told(attribute, header, sample))
        return planned


def with_currency(planned: list[Planned], table: Table) -> list[Planned]:
    """Return the columns with one for the currency where only the marks beside the amounts say it."""
    amount = next((column for column in planned if column.name == "amount" and column.currency), None)
    if amount is None or any(column.name == "currency" for column in planned):
        return planned
    note = "the currency comes from the marks beside the amounts"
    currency = Planned(
        "currency", Kind.TEXT, amount.currency, amount.origin, Rule.COLUMN, amount.value, note=note
    )
    names = table.column_names
    return sorted([*planned, currency], key=lambda column: names.index(column.name))


def _is_empty(column: Planned, seen: dict[str, Sample]) -> bool:
    """Tell whether a column has no value in any row but what stands for none."""
    if column.rule is Rule.CONSTANT:
        return False
    sample = seen[column.origin]
    return not sample.values or column.placeholders >= sample.values + sample.placeholders


def _merged(text: str, merges: dict[str, str]) -> str:
    """Return the query text of a text with one spelling in place of others."""
    if not merges:
        return text
    branches = " ".join(f"when {literal(old)} then {literal(new)}" for old, new in merges.items())
    return f"case {text} {branches} else {text} end"


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
