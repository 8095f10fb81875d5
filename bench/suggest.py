"""From asking the data to its suggestions: cutoffs, points with their check, further criteria."""

from collections.abc import Iterable
from statistics import median
from time import perf_counter

from alignment import whatif
from alignment.domain.definition import Definition
from alignment.domain.money import Money
from alignment.store.snapshot import Snapshot
from bench import companies, moves
from bench.results import record

DRAFTS = 3
CAPACITY, COST_CENTS = 45, 10_000


def measure(sizes: Iterable[str]) -> None:
    """Measure every size: the first time somebody asks, and again after points have moved.

    The page that has the button knows the columns that can become criteria: its way to add one shows them.
    """
    for size in sizes:
        snapshot = companies.snapshot(size)
        whatif.candidates(snapshot)
        whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE)
        record(f"suggest.{size}.s", _seconds(snapshot, moves.IN_FORCE), "s")
        again = [_seconds(snapshot, draft) for draft in moves.points(DRAFTS)]
        record(f"suggest.{size}.again_s", median(again), "s")


def _seconds(snapshot: Snapshot, draft: Definition) -> float:
    start = perf_counter()
    found = whatif.suggest(snapshot, moves.IN_FORCE, draft)
    whatif.cutoff_for_capacity(found.draft, CAPACITY)
    if found.outcome_value:
        whatif.cutoff_for_value(found.draft, found.outcome_value, Money(COST_CENTS, snapshot.currency))
    return perf_counter() - start
