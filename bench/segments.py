"""Who disappears: from a draft to the segments that lose over half of their hand-offs, by all attributes."""

from collections.abc import Iterable
from statistics import median
from time import perf_counter

from alignment import whatif
from alignment.domain.definition import Definition
from alignment.store.snapshot import Snapshot
from alignment.whatif import segments
from bench import companies, moves
from bench.results import record

DRAFTS = 5


def measure(sizes: Iterable[str]) -> None:
    """Measure every size: the first time somebody looks, and again after the cutoff has moved.

    The page around the panel knows the columns that can become criteria, and the figures of the draft.
    """
    for size in sizes:
        snapshot = companies.snapshot(size)
        whatif.candidates(snapshot)
        whatif.impact(snapshot, moves.IN_FORCE, moves.IN_FORCE)
        first, *others = moves.cutoffs(1 + DRAFTS)
        record(f"segments.{size}.s", _seconds(snapshot, first), "s")
        record(f"segments.{size}.again_s", median(_seconds(snapshot, draft) for draft in others), "s")


def _seconds(snapshot: Snapshot, draft: Definition) -> float:
    start = perf_counter()
    segments.losses(snapshot, moves.IN_FORCE, draft)
    return perf_counter() - start
