"""What a report was asked of: the tables, the leads, and the agreement that judges them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alignment.commands.judging import judged_by, reasons_mapped, terms_in_force
from alignment.commands.options import tables_at
from alignment.commands.words import day_of, period_of
from alignment.domain.cohort import Cohort
from alignment.domain.judged import Judged
from alignment.domain.set_quality import ReasonGroup
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse


@dataclass(frozen=True)
class Asked:
    """The tables, the load in them, the leads asked for, and where the agreement is kept (None: as set)."""

    tables: Warehouse
    snapshot: Snapshot
    cohort: Cohort
    ledger: str | None = None

    @property
    def terms(self) -> Judged:
        """Return the definitions whose SLAs hold."""
        return terms_in_force(self.tables, self.snapshot, self.ledger)

    @property
    def mapped(self) -> Mapping[str, ReasonGroup]:
        """Return the group of each reason that somebody mapped."""
        return reasons_mapped(self.tables, self.snapshot, self.ledger)


def asked_of(
    warehouse: Path | None,
    *,
    start: str | None = None,
    end: str | None = None,
    as_of: str | None = None,
    judged: str | None = None,
    ledger: str | None = None,
) -> Asked:
    """Read what was typed; raise Refusal for a day, a period or a judgement that means nothing."""
    tables = tables_at(warehouse)
    snapshot = tables.snapshot()
    by_what = judged_by(judged, tables, snapshot, ledger)
    cohort = Cohort(period=period_of(start, end), as_of=day_of(as_of, "--as-of"), judged=by_what)
    return Asked(tables, snapshot, cohort, ledger)
