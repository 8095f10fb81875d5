"""Which leads a question is about, and how long each of them is given."""

from dataclasses import dataclass
from datetime import date

from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Period
from alignment.domain.stage import PathRule, Stage

UNATTRIBUTED = "unattributed"
"""The source of a deal that came from no lead."""


@dataclass(frozen=True)
class Cohort:
    """The leads that entered stage `entered` in the period (None: ever), from these sources (empty: all).

    A source of None stands for the leads whose source is not known. `as_of` cuts off what came later; None
    means the load's own now. `judged` is what makes a lead an MQL.
    """

    entered: Stage = Stage.LEAD
    period: Period | None = None
    sources: tuple[str | None, ...] = ()
    as_of: date | None = None
    path_rule: PathRule = PathRule.REACHED
    judged: Judged = AS_RECORDED

    def __str__(self) -> str:
        """Return the cohort in words."""
        when = (
            f"entered {self.entered.label} {self.period}"
            if self.period
            else f"ever entered {self.entered.label}"
        )
        if not self.sources:
            return when
        return f"{when}, from {', '.join(source or 'no source' for source in self.sources)}"


@dataclass(frozen=True)
class Passport:
    """What a figure says about itself: formula in words, its parts, what was left out, as-of, query."""

    title: str
    formula: str
    numerator: str
    denominator: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    as_of: str = ""
    time_zone: str = ""
    queries: tuple[str, ...] = ()
