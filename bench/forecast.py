"""The shared goal with its chance and range: from the tables through 10,000 futures to the answer."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Grain, bucket_of
from alignment.report.answer import clock_of
from alignment.sample import company
from alignment.store.warehouse import Warehouse
from bench import companies
from bench.results import record

RUNS = 7
GOAL_CENTS = 10**9
"""More than was won, so that the futures are drawn: ten million."""
SOMEBODY = Person("Bench", Side.MARKETING)


def measure(sizes: Iterable[str]) -> None:
    """Measure the sample company in its middle of a quarter, then the larger ones."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "accord.duckdb"
        company.write(path)
        _measure("sample", path)
    for size in sizes:
        _measure(size, companies.warehouse(size))


def _measure(name: str, path: Path) -> None:
    """Measure on a load just opened, each time: what was asked before is kept as long as a load is open."""
    snapshot = Warehouse(path).snapshot()
    period = bucket_of(clock_of(snapshot).today, Grain.QUARTER)
    at = datetime.now(UTC).replace(tzinfo=None)
    goal = Goal(period, Money(GOAL_CENTS, snapshot.currency), SOMEBODY, at)
    taken = []
    for _ in range(RUNS):
        snapshot = Warehouse(path).snapshot()
        start = perf_counter()
        found = report.attainment(snapshot, goal)
        taken.append(perf_counter() - start)
        if found.forecast is None and "over" not in found.unknown:
            raise AssertionError(f"{name}: no forecast to measure, {found.unknown}")
    record(f"forecast.{name}.ms", 1000 * median(taken), "ms")
