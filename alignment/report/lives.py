"""Deals as the forecast sees them: how old, how long they lived, in which stages, what they brought."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from alignment.metrics import revenue as metric
from alignment.metrics.deal_stages import deal_stages
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.store.snapshot import Snapshot

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Visits:
    """Stages that deals were in, by deal and time, as arrays.

    The deal's place among the lives, the stage's number, and from how many days after the deal's creation to
    how many (inf: not left).
    """

    deal: Places
    stage: Places
    entered: Numbers
    left: Numbers

    @classmethod
    def of(cls, rows: pa.Table, deals: pa.Table) -> "Visits":
        """Read the rows of `deal_stages`, and whose they are from those of `deal_lives`."""
        places = {each: place for place, each in enumerate(deals["deal_id"].to_pylist())}
        deal = np.asarray([places.get(each, -1) for each in rows["deal_id"].to_pylist()], dtype=np.int64)
        stage, days_ago = (rows[name].to_numpy().astype(np.int64) for name in ("stage", "days_ago"))
        ages = np.append(
            deals["age"].to_numpy().astype(float), -1.0
        )  # its last stands for deals not among them
        entered = ages[deal] - days_ago
        known = (deal >= 0) & (entered >= 0)
        deal, stage, entered = deal[known], stage[known], entered[known]
        left = np.full(len(deal), np.inf)
        goes_on = np.flatnonzero(deal[:-1] == deal[1:])
        left[goes_on] = entered[goes_on + 1]
        return cls(deal, stage, entered, left)

    def before(self, there: Flags, age: Numbers) -> "Visits":
        """Return what was known when the deals that are `there` were as old as `age` says."""
        place = np.cumsum(there) - 1
        known = there[self.deal]
        deal, stage = place[self.deal[known]], self.stage[known]
        entered, left = self.entered[known], self.left[known]
        begun = entered <= age[deal]
        left = np.where(left <= age[deal], left, np.inf)
        return Visits(deal[begun], stage[begun], entered[begun], left[begun])


@dataclass(frozen=True)
class Lives:
    """Deals as arrays: days since creation, days to the close (inf: open), won or not, cents or nan.

    `visits` are the stages that they were in, None where no history tells.
    """

    age: Numbers
    life: Numbers
    is_won: Flags
    cents: Numbers
    visits: Visits | None = None

    @classmethod
    def of(cls, rows: pa.Table, stages: pa.Table | None = None) -> "Lives":
        """Read the rows of `deal_lives`, and of `deal_stages` where there is a history."""
        outcome = np.asarray(rows["outcome"].to_pylist(), dtype=object)
        return cls(
            rows["age"].to_numpy().astype(float),
            np.where(outcome == "open", np.inf, rows["life"].to_numpy().astype(float)),
            outcome == "won",
            rows["cents"].to_numpy().astype(float),
            None if stages is None else Visits.of(stages, rows),
        )

    @property
    def is_open(self) -> Flags:
        """Tell which deals are neither won nor lost."""
        return np.isinf(self.life)

    @property
    def unvalued_open(self) -> int:
        """Return how many open deals have no value."""
        return int((self.is_open & np.isnan(self.cents)).sum())

    @property
    def is_priced_late(self) -> bool:
        """Tell whether deals are open and none of them has a value: what they are worth must be drawn too."""
        return bool(self.is_open.any()) and self.unvalued_open == int(self.is_open.sum())

    def before(self, days: int, cents: Numbers | None = None) -> "Lives":
        """Return the deals as they stood so many days ago, with the cents of then where they are told."""
        there = self.age >= days
        age, life = self.age[there] - days, self.life[there]
        return Lives(
            age,
            np.where(life <= age, life, np.inf),
            self.is_won[there] & (life <= age),
            (self.cents if cents is None else np.where(self.is_closed_by(days), self.cents, cents))[there],
            None if self.visits is None else self.visits.before(there, age),
        )

    def is_closed_by(self, days: int) -> Flags:
        """Tell which deals were closed so many days ago."""
        return self.life <= self.age - days


def lives_of(snapshot: Snapshot, deals: Deals) -> tuple[Lives, tuple[Query, ...]]:
    """Return the lives of the deals, with their stages where a history tells, and the queries that told."""
    queries = [metric.deal_lives(deals)]
    if snapshot.has("stage_history", "record_id", "stage", "entered_at"):
        queries.append(deal_stages(deals.clock))
    return Lives.of(*(snapshot.ask(query) for query in queries)), tuple(queries)
