"""A slider moves: how long until every figure of the page is there, beside scoring every lead anew."""

from collections.abc import Iterable
from statistics import median
from time import perf_counter

from alignment import whatif
from alignment.domain.definition import Definition
from alignment.store.snapshot import Snapshot
from bench import companies, moves, rescoring
from bench.results import record

MOVES = 25


def measure(sizes: Iterable[str]) -> None:
    """Measure every size, and how the page's time grows from the smallest to the largest."""
    page_ms = {size: _page_ms(size) for size in sizes}
    if {"100k", "10m"} <= page_ms.keys():
        record("whatif.growth_100k_to_10m", page_ms["10m"] / page_ms["100k"], "times")


def _page_ms(size: str) -> float:
    """Return the median of all moves: as many of points as of cutoffs and of thresholds."""
    snapshot = companies.snapshot(size)
    scales = whatif.scales(snapshot, moves.IN_FORCE)
    whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE)
    start = perf_counter()
    whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE, opened=moves.OPENED)
    record(f"whatif.{size}.open_control_ms", 1000 * (perf_counter() - start), "ms")
    taken = {
        "points": _milliseconds(snapshot, moves.points(MOVES)),
        "cutoff": _milliseconds(snapshot, moves.cutoffs(MOVES)),
        "threshold": _milliseconds(snapshot, moves.thresholds(MOVES, scales), moves.OPENED),
    }
    for kind, times in taken.items():
        record(f"whatif.{size}.{kind}_ms", median(times), "ms")
    page = median(time for times in taken.values() for time in times)
    record(f"whatif.{size}.page_ms", page, "ms")
    _compare(snapshot, size, page)
    return page


def _milliseconds(snapshot: Snapshot, drafts: Iterable[Definition], opened: str | None = None) -> list[float]:
    """Return the time of each move: from the draft to all figures of the draft beside those in force."""
    taken = []
    for draft in drafts:
        start = perf_counter()
        whatif.impact(snapshot, moves.IN_FORCE, draft, opened=opened)
        taken.append(1000 * (perf_counter() - start))
    return taken


def _compare(snapshot: Snapshot, size: str, page: float) -> None:
    rows = rescoring.leads(snapshot, moves.IN_FORCE)
    for name, seconds_in in (
        ("duckdb", rescoring.seconds_in_duckdb),
        ("pandas", rescoring.seconds_in_pandas),
    ):
        taken = 1000 * seconds_in(rows, moves.IN_FORCE)
        record(f"whatif.{size}.{name}_ms", taken, "ms")
        record(f"whatif.{size}.{name}_ratio", taken / page, "times")
