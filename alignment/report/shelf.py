"""What contradicts itself around hand-offs: counted beside the figure that it distorts, and listed."""

from dataclasses import dataclass

import pyarrow as pa

from alignment.domain.cohort import Passport
from alignment.errors import UnknownTermError
from alignment.metrics import shelf as metric
from alignment.metrics.shelf import Odd
from alignment.report.answer import Words, clock_of, passport
from alignment.store.snapshot import Snapshot


@dataclass(frozen=True)
class OnShelf:
    """One contradiction: what it is, the figure it distorts, and how many rows it has."""

    words: str
    distorts: str
    rows: int


@dataclass(frozen=True)
class Shelf:
    """Everything that the data lets us look for, the most frequent first."""

    found: tuple[OnShelf, ...]
    passport: Passport

    @property
    def rows(self) -> int:
        """Return how many rows lie on the shelf; one that contradicts itself twice lies there twice."""
        return sum(each.rows for each in self.found)


def shelf(snapshot: Snapshot) -> Shelf:
    """Return what was looked for around hand-offs, and how many rows contradict themselves."""
    clock = clock_of(snapshot)
    asked = _asked(snapshot)
    query = metric.counts(asked, clock)
    row = snapshot.ask(query).to_pylist()[0] if asked else {}
    counted = [row[f"rows_{place}"] for place in range(len(asked))]
    found = [OnShelf(odd.words, odd.distorts, rows) for odd, rows in zip(asked, counted, strict=True)]
    words = Words(
        "Contradictions",
        "rows that say two things at once; each stays in the data and out of the figures it would distort",
        f"{sum(each.rows for each in found):,} rows",
    )
    return Shelf(tuple(sorted(found, key=lambda each: -each.rows)), passport(clock, words, query))


def shelf_rows(snapshot: Snapshot, words: str) -> pa.Table:
    """Return the rows of one contradiction, by its words; raise UnknownTermError where there is none such."""
    for odd in _asked(snapshot):
        if odd.words == words:
            return snapshot.ask(metric.listed(odd, clock_of(snapshot)))
    raise UnknownTermError(f"“{words}” is no contradiction that this data lets us look for.")


def _asked(snapshot: Snapshot) -> list[Odd]:
    """Return the contradictions whose columns the data has."""
    return [
        odd
        for odd in metric.shelf(clock_of(snapshot))
        if all(snapshot.has(table, *columns) for table, columns in odd.needs)
    ]
