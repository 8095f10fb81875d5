"""Quality and quantity of each source, together."""

from alignment.domain.cohort import Cohort
from alignment.domain.conversion import SourceQuality, SourceRow
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics.conversion import source_counts
from alignment.report.answer import USUAL, Window, clock_of
from alignment.report.conversion import conversion
from alignment.store.snapshot import Snapshot


def sources(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    *,
    start: Stage = Stage.MQL,
    end: Stage = Stage.SQL,
    window: Window = USUAL,
) -> SourceQuality:
    """Return, for each source, how many leads entered `start` and the rate that reached `end`.

    Raises MissingColumnError when the leads have no source or the stages no column.
    """
    if not snapshot.has("leads", "source"):
        message = (
            "Not available: needs column leads.source. With it you would see quality and quantity by source."
        )
        raise MissingColumnError(message)
    found = conversion(snapshot, start, end, cohort, window=window, by="source")
    return SourceQuality(
        start,
        end,
        tuple(
            SourceRow((row.by or {}).get("source"), row.entered, row.rate, row.too_young)
            for row in found.rows
        ),
        found.passport,
    )


def source_values(snapshot: Snapshot) -> tuple[str | None, ...]:
    """Return the sources of the leads, the most frequent first; None stands for leads without one."""
    if not snapshot.has("leads", "source"):
        return ()
    return tuple(row["source"] for row in snapshot.ask(source_counts(clock_of(snapshot))).to_pylist())
