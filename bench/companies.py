"""The sample company at the sizes that are measured, written once and kept in data/bench."""

from datetime import date
from pathlib import Path

from alignment.sample import company
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse

KEPT = Path(__file__).parents[1] / "data" / "bench"
AS_OF = date(2026, 10, 31)
SIZES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}


def warehouse(size: str) -> Path:
    """Return the warehouse file of that size, written where it is not there yet."""
    path = KEPT / f"{size}.duckdb"
    if not path.exists():
        print(f"Writing the sample company with {SIZES[size]:,} leads, the first time only ...", flush=True)
        company.write(path, leads=SIZES[size], as_of=AS_OF)
    return path


def snapshot(size: str) -> Snapshot:
    """Return the company of that size, opened."""
    return Warehouse(warehouse(size)).snapshot()
