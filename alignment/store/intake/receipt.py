"""The receipt of a load: what was read, what became of it, and how each column was read."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ColumnReceipt:
    """One loaded column: its kind, where it came from and how, its empty cells, and what to know of it."""

    name: str
    kind: str
    origin: str
    rule: str
    nulls: int
    placeholders: int = 0
    after_contact: bool = False
    note: str = ""


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
        lines += [f"{table.file}: {note}" for table in self.tables for note in table.notes]
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


def _table(fields: dict[str, Any]) -> TableReceipt:
    columns = tuple(ColumnReceipt(**column) for column in fields["columns"])
    files = tuple(FileReceipt(**file) for file in fields.get("files", ()))
    return TableReceipt(**(fields | {"columns": columns, "notes": tuple(fields["notes"]), "files": files}))
