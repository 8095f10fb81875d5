"""The receipt of a load: what was read, what became of it, and how each column was read."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from alignment.domain.no_value import Lookalike


@dataclass(frozen=True)
class ColumnReceipt:
    """One loaded column: its kind, where it came from and how, its empty cells, and what to know of it.

    `distinct` is about how many different values there are; `unread` counts the rows set aside for it.
    """

    name: str
    kind: str
    origin: str
    rule: str
    nulls: int
    placeholders: int = 0
    after_contact: bool = False
    note: str = ""
    distinct: int | None = None
    least: str = ""
    greatest: str = ""
    unread: int = 0


@dataclass(frozen=True)
class Spelling:
    """One way of writing a value: how many rows have it, and the money of their deals where there is any."""

    text: str
    rows: int
    amount: float | None = None


@dataclass(frozen=True)
class Twins:
    """Spellings of a column that look like one value, the commonest first; merged only when said so."""

    column: str
    origin: str
    spellings: tuple[Spelling, ...]

    @property
    def kept(self) -> str:
        """Return the spelling that the others would become."""
        return self.spellings[0].text

    @property
    def merged(self) -> dict[str, str]:
        """Return what a merge would write in place of what."""
        return {spelling.text: self.kept for spelling in self.spellings[1:]}


@dataclass(frozen=True)
class Changes:
    """What became of a table's records since the load before; `figures` are (name, before, after).

    `columns_new` and `columns_gone` are those that only one of the two loads has.
    """

    new: int
    changed: int
    gone: int
    same: int
    figures: tuple[tuple[str, float, float], ...] = ()
    columns_new: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()

    @property
    def of_columns(self) -> str:
        """Say which columns came and went; empty where none did."""
        sides = (("columns gone", self.columns_gone), ("columns new", self.columns_new))
        return "; ".join(f"{words}: {', '.join(names)}" for words, names in sides if names)


@dataclass(frozen=True)
class FileReceipt:
    """What became of the rows of one of a table's files."""

    file: str
    read: int
    loaded: int
    set_aside: int
    repeats: int

    def __post_init__(self) -> None:
        """Refuse a file's receipt that doesn't add up, as for a table's."""
        if self.read != self.loaded + self.set_aside + self.repeats:
            raise AssertionError(
                f"{self.file}: its rows don't add up. Nothing was changed; please report this."
            )

    def __str__(self) -> str:
        """Return the file's receipt as one sentence."""
        return (
            f"{self.file}: {self.read:,} rows read = {self.loaded:,} loaded + {self.set_aside:,} set aside "
            f"+ {self.repeats:,} exact repeats."
        )


@dataclass(frozen=True)
class TableReceipt:
    """The files of one table: no row gets lost, so read = loaded + set aside + repeats."""

    table: str
    file: str
    read: int
    loaded: int
    repeats: int
    set_aside: dict[str, int] = field(default_factory=dict)
    columns: tuple[ColumnReceipt, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[FileReceipt, ...] = ()
    twins: tuple[Twins, ...] = ()
    changes: Changes | None = None
    lookalikes: tuple[Lookalike, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a receipt that doesn't add up; a load with such a receipt never replaces the tables."""
        if self.read != self.loaded + self.rows_set_aside + self.repeats:
            raise AssertionError(
                f"{self.file}: {self.read:,} rows read, but {self.loaded:,} loaded, {self.rows_set_aside:,} "
                f"set aside and {self.repeats:,} repeats. Nothing was changed; please report this."
            )

    @property
    def rows_set_aside(self) -> int:
        """Return how many rows were set aside, whatever the reason."""
        return sum(self.set_aside.values())

    def __str__(self) -> str:
        """Return the receipt as one sentence."""
        reasons = ", ".join(f"{count:,} with {reason}" for reason, count in self.set_aside.items())
        aside = f"{self.rows_set_aside:,} set aside ({reasons})" if reasons else "none set aside"
        repeats = f", {self.repeats:,} exact repeats" if self.repeats else ""
        read = f"{self.table} from {self.file}: {self.read:,} rows read"
        return f"{read}, {self.loaded:,} loaded, {aside}{repeats}."

    @property
    def file_lines(self) -> tuple[str, ...]:
        """Return what became of each file's rows, a sentence a file; nothing where there is one file."""
        return tuple(map(str, self.files)) if len(self.files) > 1 else ()


@dataclass(frozen=True)
class Receipt:
    """A whole load. `as_of` is naive UTC, None where the tables hold no date that has been."""

    tables: tuple[TableReceipt, ...]
    company: str
    time_zone: str
    currency: str
    loaded_at: datetime
    as_of: datetime | None
    deals_without_lead: int | None = None
    deal_leads: int | None = None

    def table(self, name: str) -> TableReceipt | None:
        """Return one table's receipt, None where no file was given for it."""
        return next((table for table in self.tables if table.table == name), None)

    def __str__(self) -> str:
        """Return the receipt in sentences, one a line."""
        lines = [str(table) for table in self.tables]
        lines += [line for table in self.tables for line in table.file_lines]
        lines += [f"{table.file}: {note}" for table in self.tables for note in table.notes]
        lines += [_noted(table, column) for table in self.tables for column in table.columns if column.note]
        lines += [line for table in self.tables for line in _compared(table)]
        if self.deals_without_lead:
            lines.append(
                f"{self.deals_without_lead:,} deals have no lead among the leads; they count as unattributed."
            )
        return "\n".join(lines)

    def as_json(self) -> str:
        """Return the receipt as it is kept beside the tables."""
        return json.dumps(asdict(self), default=lambda instant: instant.isoformat(), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Return the receipt that `as_json` wrote."""
        fields: dict[str, Any] = json.loads(text)
        fields["tables"] = tuple(_table(table) for table in fields["tables"])
        fields["loaded_at"] = datetime.fromisoformat(fields["loaded_at"])
        fields["as_of"] = datetime.fromisoformat(fields["as_of"]) if fields["as_of"] else None
        return cls(**fields)


def _noted(table: TableReceipt, column: ColumnReceipt) -> str:
    return f"{table.file}, {column.origin}: {column.note}."


def _compared(table: TableReceipt) -> list[str]:
    """Return what changed since the load before and what is proposed to be merged, in sentences."""
    lines = []
    if found := table.changes:
        lines.append(
            f"{table.table} since the load before: {found.new:,} new, {found.changed:,} changed, "
            f"{found.gone:,} gone, {found.same:,} the same."
        )
        lines += [f"  {found.of_columns}"] if found.of_columns else []
        lines += [
            f"  {name}: {before:,g} → {after:,g}" for name, before, after in found.figures if before != after
        ]
    for one in table.lookalikes:
        places = ", ".join(f"{origin} ({rows:,} rows)" for origin, rows in one.places)
        lines.append(
            f"{table.table}: “{one.text}” in {places} may stand for no value. If it does, add it to "
            "placeholders in the mapping."
        )
    for twins in table.twins:
        written = ", ".join(f"“{spelling.text}” ({spelling.rows:,} rows)" for spelling in twins.spellings)
        lines.append(f"{table.table}, {twins.origin}: {written} look like one value. To merge them, write:")
        lines.append(f"  [{table.table}.merge.{json.dumps(twins.origin, ensure_ascii=False)}]")
        lines += [
            f"  {json.dumps(text, ensure_ascii=False)} = {json.dumps(kept, ensure_ascii=False)}"
            for text, kept in twins.merged.items()
        ]
    return lines


def _table(fields: dict[str, Any]) -> TableReceipt:
    columns = tuple(ColumnReceipt(**column) for column in fields["columns"])
    files = tuple(FileReceipt(**file) for file in fields.get("files", ()))
    parts: dict[str, Any] = {
        "columns": columns,
        "notes": tuple(fields["notes"]),
        "files": files,
        "twins": tuple(_twins(found) for found in fields.get("twins", ())),
        "changes": _changes(fields.get("changes")),
        "lookalikes": tuple(
            Lookalike(one["text"], tuple((origin, rows) for origin, rows in one["places"]))
            for one in fields.get("lookalikes", ())
        ),
    }
    return TableReceipt(**(fields | parts))


def _twins(fields: dict[str, Any]) -> Twins:
    return Twins(**(fields | {"spellings": tuple(Spelling(**spelling) for spelling in fields["spellings"])}))


def _changes(fields: dict[str, Any] | None) -> Changes | None:
    if fields is None:
        return None
    parts: dict[str, Any] = {
        "figures": tuple((name, *values) for name, *values in fields["figures"]),
        "columns_new": tuple(fields.get("columns_new", ())),
        "columns_gone": tuple(fields.get("columns_gone", ())),
    }
    return Changes(**(fields | parts))
