"""Rows a second that an import of leads reads, types, checks and swaps in, and the memory that takes.

Beside it, how many times as long it takes as the engine alone, which writes the file's rows into a table,
guessing types and checking nothing: a load can't be faster than that on the same machine.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb

from alignment.metrics.query import literal
from alignment.store.intake import Sources, load
from bench import companies
from bench.cube import KILOBYTES_A_GB
from bench.results import record

PROGRAM = (sys.executable, "-m", "bench.intake")
FORMATS = {"csv": "format csv, header", "parquet": "format parquet"}


def measure(size: str) -> None:
    """Measure the load of that many leads from each format.

    One program writes the file, another loads it: the peak memory of a child starts at its parent's.
    """
    memory, rates = 0.0, list[float]()
    for ending in FORMATS:
        with TemporaryDirectory(dir=companies.KEPT) as folder:
            leads = Path(folder) / f"leads.{ending}"
            subprocess.run([*PROGRAM, leads, companies.warehouse(size)], check=True)
            found = json.loads(subprocess.check_output([*PROGRAM, leads], text=True))
        record(f"import.{size}.{ending}_rows_per_s", found["rows_per_s"], "rows/s")
        record(f"import.{size}.{ending}_engine_ratio", found["engine_ratio"], "times")
        memory = max(memory, found["memory_gb"])
        rates.append(found["rows_per_s"])
    record(f"import.{size}.rows_per_s", min(rates), "rows/s")  # whatever the format: that of the slowest
    record(f"import.{size}.memory_gb", memory, "GB")


def _write(leads: Path, warehouse: Path) -> None:
    written = FORMATS[leads.suffix.removeprefix(".")]
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {literal(str(warehouse))} as company (read_only)")
        connection.execute(f"copy company.leads to {literal(str(leads))} ({written})")


def _alone(leads: Path) -> dict[str, float]:
    start = perf_counter()
    receipt = load(Sources(leads=leads), leads.with_name("loaded.duckdb"))
    taken = perf_counter() - start
    rows = sum(table.read for table in receipt.tables)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_A_GB
    return {"rows_per_s": rows / taken, "memory_gb": peak, "engine_ratio": taken / _engine_alone(leads)}


def _engine_alone(leads: Path) -> float:
    """Return the seconds that the engine takes to write the rows of the file into a table."""
    start = perf_counter()
    with duckdb.connect(leads.with_name("bare.duckdb")) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"create table leads as from {literal(str(leads))}")
    return perf_counter() - start


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    if len(given) > 1:
        _write(*given)
    else:
        print(json.dumps(_alone(*given)))
