"""The files of one canonical table: stage, plan, sort out, load, count."""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from alignment.domain.contract import DEALS, LEADS, Kind, Table
from alignment.domain.known_names import is_of_tool, tool_of
from alignment.domain.mapping import Mapping, TableMapping, suggest
from alignment.errors import UnreadableFileError
from alignment.metrics.query import quoted
from alignment.store.intake.checks import check
from alignment.store.intake.deals import NO_STAGE, Outcome, StageWords, outcome_of
from alignment.store.intake.facts import with_facts
from alignment.store.intake.gone import mark_gone
from alignment.store.intake.links import keep_pairs, linked, told, with_listed
from alignment.store.intake.plan import Plan, Planner
from alignment.store.intake.promotion import Promotion, places_in
from alignment.store.intake.reading import stage_table
from alignment.store.intake.receipt import ColumnReceipt, FileReceipt, TableReceipt
from alignment.store.intake.set_aside import Sorting, sort_rows
from alignment.store.intake.staged import PART_BITS, ROW, Staged
from alignment.store.intake.steps import steps_of
from alignment.store.intake.unsaid import unsaid
from alignment.store.intake.workbench import Workbench

_READ, _DECIDED, _SORTED, _LOADED, _COUNTED = pairwise((0, 0.5, 0.65, 0.7, 0.93, 1))
"""Between which shares of a table's load its steps run, as measured on ten million leads."""


@dataclass(frozen=True)
class TableLoad:
    """A table's files on their way into a canonical table."""

    bench: Workbench
    table: Table
    paths: tuple[Path, ...]
    whole: Mapping
    zone: str
    currency: str = "EUR"

    def run(self) -> TableReceipt:
        """Load the files into the database being built and return the receipt."""
        self.bench.step(*_READ)
        reading = self.whole.reading(self.table.name)
        staged = stage_table(self.bench, self.paths, f"{self.table.name}_rows", reading, self._order)
        staged = mark_gone(self.bench, staged)
        mapping = self.whole.of(self.table.name) or suggest(self.table, staged.headers.names)
        check(mapping, self.table, staged.headers.names, staged.file)
        self.bench.step(*_DECIDED)
        plan = Planner(self.bench, staged, self.table, mapping, self.whole, self.zone, self.currency).plan()
        plan = with_listed(self.bench, staged, self.table, plan)
        self.bench.step(*_SORTED)
        sorting = sort_rows(self.bench, staged, self.table, plan, linked(self.table, plan))
        outcome = self._outcome(staged, mapping, plan)
        self.bench.step(*_LOADED)
        promotion = Promotion(self.bench, staged, self.table, plan, outcome.columns)
        self._insert(staged, plan, sorting, outcome, "view" if promotion.is_possible else "table")
        more = keep_pairs(self.bench, staged, self.table, plan, sorting.relation)
        outcome = replace(outcome, notes=(*outcome.notes, *told(self.table, more)))
        self.bench.step(*_COUNTED)
        receipt = self._receipt(staged, mapping, plan, sorting, outcome)
        if promotion.is_possible:
            promotion.run(sorting)
        elif staged.lines:
            self.bench.run(f"drop table target.{staged.lines}")
        self.bench.clear_scratch()
        return receipt

    def _outcome(self, staged: Staged, mapping: TableMapping, plan: Plan) -> Outcome:
        if self.table is LEADS:
            return steps_of(self.bench, staged, mapping, plan)
        if self.table is not DEALS:
            return Outcome({})
        stage = plan.column("stage")
        words = StageWords.of(self.bench, staged.relation, stage.expression, mapping) if stage else NO_STAGE
        return outcome_of(plan, words)

    def _order(self, names: tuple[str, ...]) -> list[str] | None:
        """Return in which order a file's cells are stored to become the table; None where they are copied."""
        mapping = self.whole.of(self.table.name) or suggest(self.table, names)
        return None if self.table is DEALS else places_in(self.table, mapping, names)

    def _insert(self, staged: Staged, plan: Plan, sorting: Sorting, outcome: Outcome, form: str) -> None:
        """Write the table in the contract's order, attributes after it; or a view, until it is promoted."""
        read = ", ".join(f"{column.expression} as {quoted(column.name)}" for column in plan.columns)
        names = [column.name for column in plan.columns]
        names += [name for name in outcome.columns if name not in names]
        ordered = sorted(names, key=lambda name: _place(self.table, name))
        chosen = ", ".join(f"{outcome.columns.get(name, quoted(name))} as {quoted(name)}" for name in ordered)
        kept = "" if sorting.loads_all else f"anti join {sorting.relation} using ({ROW})"
        self.bench.run(
            f"create {form} target.{self.table.name} as "
            f"with cells as (select {read} from {staged.relation} {kept}) select {chosen} from cells",
            f"Loading {self.table.name}",
        )
        for name in outcome.columns:
            if name.endswith("_at") and (name == "expected_close_at" or plan.column(name) is None):
                self._drop_if_empty(name)

    def _drop_if_empty(self, name: str) -> None:
        (filled,) = self.bench.one(f"select count({name}) from target.{self.table.name}")
        if not filled:
            self.bench.run(f"alter table target.{self.table.name} drop column {name}")

    def _receipt(
        self, staged: Staged, mapping: TableMapping, plan: Plan, sorting: Sorting, outcome: Outcome
    ) -> TableReceipt:
        names = self.bench.columns("target", self.table.name)
        counts = ", ".join(f"count({quoted(name)})" for name in names)
        loaded, *filled = self.bench.one(f"select count(*), {counts} from target.{self.table.name}")
        if not loaded:
            raise UnreadableFileError(self._nothing_loaded(staged, sorting))
        columns = tuple(
            _column(self.table, name, loaded - count, mapping, plan)
            for name, count in zip(names, filled, strict=True)
        )
        columns = with_facts(self.bench, self.table.name, columns, sorting.relation)
        seeming = unsaid(self.bench, staged, self.table.name, plan, columns, self.whole.placeholders)
        notes = (*_notes_of_files(staged), *plan.left_out, *outcome.notes)
        return TableReceipt(
            self.table.name,
            staged.file,
            staged.rows,
            loaded,
            sorting.repeats,
            sorting.set_aside,
            columns,
            notes,
            self._files(staged, sorting),
            lookalikes=seeming,
        )

    def _files(self, staged: Staged, sorting: Sorting) -> tuple[FileReceipt, ...]:
        counted = self.bench.run(
            f"select {ROW} >> {PART_BITS}, count(*) filter (category = 'repeat'), count(*) "
            f"from {sorting.relation} group by 1"
        )
        by_part = {place: (repeats, out) for place, repeats, out in counted}
        found = []
        for place, part in enumerate(staged.parts):
            repeats, out = by_part.get(place, (0, 0))
            found.append(FileReceipt(part.file, part.rows, part.rows - out, out - repeats, repeats))
        return tuple(found)

    def _nothing_loaded(self, staged: Staged, sorting: Sorting) -> str:
        (row, reason) = self.bench.one(
            f"select {staged.row_words}, reason from {sorting.relation} order by {ROW} limit 1"
        )
        first = row if len(staged.parts) > 1 else f"row {int(row):,}"
        return (
            f"None of the {staged.rows:,} rows of {staged.file} could be loaded. The first, {first}: "
            f"{reason}. Check the mapping and the file; what was loaded before is still there."
        )


def _notes_of_files(staged: Staged) -> list[str]:
    """Return what is said of how each file was opened, with its name where there are several."""
    is_alone, tool = len(staged.parts) == 1, tool_of(staged.headers.names)
    own = sum(map(is_of_tool, staged.headers.names))
    fetched = [f"fetched by {tool}, whose own {own} columns are left out"] if tool else []
    return fetched + [
        note if is_alone else f"{part.file}: {note}" for part in staged.parts for note in part.notes
    ]


def _place(table: Table, name: str) -> int:
    names = table.column_names
    return names.index(name) if name in names else len(names)


def _column(table: Table, name: str, nulls: int, mapping: TableMapping, plan: Plan) -> ColumnReceipt:
    planned, ours = plan.column(name), table.column(name)
    if planned is None:
        kind = ours.kind if ours else Kind.TEXT
        return ColumnReceipt(name, kind.value, "", "derived", nulls)
    return ColumnReceipt(
        name,
        planned.kind.value,
        planned.origin,
        planned.rule.value,
        nulls,
        planned.placeholders,
        planned.origin in mapping.after_contact,
        planned.note,
    )
