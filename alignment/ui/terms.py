"""What holds whatever a reader chose: the definitions whose SLAs do, and what makes a lead an MQL."""

from alignment import report
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.refusal import Refusal
from alignment.store.snapshot import Snapshot
from alignment.ui import session


def in_force() -> Judged:
    """Return the definitions whose SLAs hold; where the ledger can't be read, what a new one begins with."""
    try:
        return report.terms_of(session.agreement().versions())
    except Refusal:
        return report.USUAL_TERMS


def mqls(snapshot: Snapshot) -> Judged:
    """Return by what a lead counts as MQL whatever a reader chose: the default of the data and the ledger."""
    try:
        return report.judgements(snapshot, session.agreement().versions())[0]
    except Refusal:
        return AS_RECORDED
