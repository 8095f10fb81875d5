"""The level of each lead that came in, by the definition in force on its day."""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.cohort import Cohort
from alignment.domain.definition import MOST_LEVELS, Level
from alignment.domain.judged import Judged, Span
from alignment.domain.period import Grain
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import Kinds, by_level, score_expression
from alignment.metrics.journeys import Clock, cohort_values, one_of_sources
from alignment.metrics.mql import on_its_day
from alignment.metrics.query import Bound, Query


@dataclass(frozen=True)
class Arrivals:
    """The leads created in a cohort's period, each with the key of its level by `terms`."""

    clock: Clock
    cohort: Cohort
    terms: Judged
    kinds: Kinds

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that the text binds."""
        return {**self.clock.values, **cohort_values(self.cohort)}

    @property
    def text(self) -> str:
        """Return the query of lead_id, source, created_day and level_key (null for an unscored lead)."""
        sources = self.cohort.sources
        chosen = f" and {one_of_sources('l.source', sources)}" if sources else ""
        level = on_its_day(self.terms, self.clock.zone, self._key_of, otherwise="cast(null as bigint)")
        within = " where created_day >= :start and created_day < :end" if self.cohort.period else ""
        return f"""select * from (
    select l.lead_id, l.source, {self.clock.day("l.created_at")} as created_day, {level} as level_key
    from leads l
    where (l.created_at is null or l.created_at <= :as_of){chosen}
) arrived{within}"""

    def level_at(self, key: int) -> Level:
        """Return the level that a key stands for."""
        return self.terms.spans[key // MOST_LEVELS].definition.levels[key % MOST_LEVELS]

    def _key_of(self, span: Span) -> str:
        first = self.terms.spans.index(span) * MOST_LEVELS
        keys = [str(first + place) for place in range(len(span.definition.levels))]
        return by_level(f"({score_expression(span.definition, 'l', self.kinds)})", span.definition, keys)


def arrivals_by_level(arrivals: Arrivals) -> Query:
    """Count the leads that came in; columns: level_key, week, leads."""
    week = bucket_of("created_day", Grain.WEEK)
    return Query(
        f"select level_key, {week} as week, count(*) as leads from ({arrivals.text}) each_lead group by 1, 2",
        arrivals.values,
    )


def arrivals_listed(arrivals: Arrivals) -> Query:
    """List the leads that came in, the newest first; columns: lead_id, source, created_day, level_key."""
    return Query(
        f"select * from ({arrivals.text}) each_lead order by created_day desc nulls last, lead_id",
        arrivals.values,
    )
