"""The conversion that the data can tell: which two stages the board and the conversion page begin with."""

from alignment import report
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.ui.answers import ask
from alignment.ui.view import View

PAIRS = (
    (Stage.MQL, Stage.SQL),
    (Stage.MQL, Stage.WON),
    (Stage.LEAD, Stage.SQL),
    (Stage.LEAD, Stage.OPPORTUNITY),
    (Stage.LEAD, Stage.WON),
)
"""What people ask first, in this order."""


def usual_pair(view: View) -> tuple[Stage, Stage]:
    """Return the first pair that the data can answer; the very first where it can answer none."""
    return next((pair for pair in PAIRS if _is_answerable(view, *pair)), PAIRS[0])


def _is_answerable(view: View, start: Stage, end: Stage) -> bool:
    window, cohort = view.choice.window, view.choice.cohort(start)
    try:
        ask(report.conversion, view.snapshot, start, end, cohort, window=window)
    except MissingColumnError:
        return False
    return True
