"""One load, opened for questions."""

import json
import re
import warnings
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from alignment.domain.business_hours import BusinessHours
from alignment.domain.contract import TABLES
from alignment.domain.mapping import AttributesAsOf
from alignment.errors import WarehouseError
from alignment.metrics.query import Bound, Query
from alignment.store.newest import Newest

Signature = tuple[int, int, int, int]

MOST_KEPT, MOST_BYTES_KEPT = 300, 100_000
"""Answers kept of a load, and how large one may be."""
_NAME_OR_QUOTED = re.compile(r"""\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|(?<!:):(?P<name>[a-z_]\w*)""")

warnings.filterwarnings("ignore", "Arrow output on a DB-API result")
"""A relation is bound when it is made and again when it is asked: that takes longer than copying few rows."""


@dataclass(frozen=True)
class Snapshot:
    """One load, opened: queries under way finish on it even after the file was replaced."""

    signature: Signature
    connection: duckdb.DuckDBPyConnection
    columns: Mapping[str, tuple[str, ...]]
    types: Mapping[tuple[str, str], str]
    facts: Mapping[str, str]
    _known: Newest[Hashable, pa.Table] = field(
        default_factory=lambda: Newest(MOST_KEPT, _is_small), compare=False
    )

    def ask(self, query: Query) -> pa.Table:
        """Run the query on a cursor of its own; return its rows, or raise WarehouseError.

        Several figures of a page rest on the same few rows: they are kept, and the longest unused let go.
        """
        text, values = _bound(query)
        return self._known.get((text, tuple(values.items())), lambda: self._asked(text, values))

    def _asked(self, text: str, values: Mapping[str, Bound]) -> pa.Table:
        try:
            return self.connection.cursor().execute(text, dict(values)).to_arrow_table()
        except duckdb.Error as error:
            message = f"The tables could not answer: {first_line(error)} Check the load on the import page."
            raise WarehouseError(message) from error

    def stream(self, query: Query, most_rows: int = 100_000) -> pa.RecordBatchReader:
        """Run the query; return its rows in batches, however many they are, or raise WarehouseError."""
        text, values = _bound(query)
        try:
            return self.connection.cursor().sql(text, params=values).to_arrow_reader(most_rows)
        except duckdb.Error as error:
            message = f"The tables could not answer: {first_line(error)} Check the load on the import page."
            raise WarehouseError(message) from error

    def has(self, table: str, *columns: str) -> bool:
        """Tell whether the load has the table, and in it all these columns."""
        return table in self.columns and set(columns) <= set(self.columns[table])

    @cached_property
    def attributes(self) -> Mapping[str, str]:
        """Return the leads' columns outside the contract, with their types, for criteria."""
        known = TABLES["leads"].column_names
        return {
            name: self.types["leads", name] for name in self.columns.get("leads", ()) if name not in known
        }

    @property
    def is_sample(self) -> bool:
        """Tell whether this is the made-up sample company."""
        return self.facts.get("is_sample") == "true"

    @property
    def is_time_honest(self) -> bool:
        """Tell whether the leads' attributes are those of hand-off; else they may know what came later."""
        return self.facts.get("attributes_as_of") == AttributesAsOf.HAND_OFF

    @property
    def company(self) -> str:
        """Return the company's name as the load has it, else an empty text."""
        return self.facts.get("company", "")

    @property
    def zone(self) -> ZoneInfo:
        """Return the business time zone of the load."""
        return ZoneInfo(self.facts["time_zone"])

    @property
    def business_hours(self) -> BusinessHours:
        """Return when the business works, by the clock of its zone."""
        return BusinessHours.parse(self.facts["business_hours"])

    @property
    def currency(self) -> str:
        """Return the business currency: amounts are shown in it."""
        return self.facts["currency"]

    @property
    def as_of(self) -> datetime | None:
        """Return the data's now as naive UTC: its newest event; None for a load without any date."""
        text = self.facts.get("as_of")
        return datetime.fromisoformat(text) if text else None

    @property
    def receipt(self) -> Mapping[str, object]:
        """Return what the load counted, empty for a file that Accord did not write."""
        return json.loads(self.facts.get("receipt") or "{}")


def first_line(error: duckdb.Error) -> str:
    """Return what the engine says first: the rest points into the query."""
    return str(error).splitlines()[0]


def _is_small(rows: pa.Table) -> bool:
    return rows.nbytes <= MOST_BYTES_KEPT


def _bound(query: Query) -> tuple[str, dict[str, Bound]]:
    """Return the text with DuckDB's `$name` for each bound `:name`, quoted names and texts untouched."""
    used: dict[str, Bound] = {}

    def bind(found: re.Match[str]) -> str:
        name = found["name"]
        if name is None or name not in query.values:
            return found[0]
        used[name] = query.values[name]
        return f"${name}"

    return _NAME_OR_QUOTED.sub(bind, query.text), used
