"""The definitions whose SLAs hold."""

from alignment import report
from alignment.domain.judged import Judged
from alignment.domain.refusal import Refusal
from alignment.ui import session


def in_force() -> Judged:
    """Return the definitions whose SLAs hold; where the ledger can't be read, what a new one begins with."""
    try:
        return report.terms_of(session.agreement().versions())
    except Refusal:
        return report.USUAL_TERMS
