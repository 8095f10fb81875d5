"""Rows a second that an import reads, types, checks and swaps in, from a CSV file of leads."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from alignment.metrics.query import literal
from alignment.store.intake import Sources, load
from bench import companies
from bench.results import record


def measure(size: str) -> None:
    """Measure the load of that many leads."""
    with TemporaryDirectory(dir=companies.KEPT) as folder:
        leads = Path(folder) / "leads.csv"
        with duckdb.connect() as connection:
            connection.execute(f"attach {literal(str(companies.warehouse(size)))} as company (read_only)")
            connection.execute(f"copy company.leads to {literal(str(leads))} (header)")
        start = perf_counter()
        receipt = load(Sources(leads=leads), Path(folder) / "loaded.duckdb")
        taken = perf_counter() - start
    rows = sum(table.read for table in receipt.tables)
    record(f"import.{size}.rows_per_s", rows / taken, "rows/s")
