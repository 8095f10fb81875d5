"""The hand-offs of a cohort in business time: when each was due, touched, given to an owner."""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.business_hours import HOUR, BusinessHours
from alignment.domain.cohort import Cohort
from alignment.domain.definition import Definition
from alignment.domain.judged import Judged, Span
from alignment.domain.stage import Stage
from alignment.metrics.business_time import business_days, is_at_rest, seconds_until, wall_of
from alignment.metrics.definition_query import Kinds, by_level, score_expression
from alignment.metrics.journeys import Clock, cohort_values, entered_in, journeys
from alignment.metrics.mql import mql_of, on_its_day
from alignment.metrics.query import Bound

MOMENTS = ("handed", "assigned", "touched", "decided", "now")
ACCEPTED = ("sal_at", "sql_at", "converted_at")
"""What dates an acceptance, beside the lead's first deal."""
"""The instants that business time is told for, each with its wall time and its row of the business days."""


@dataclass(frozen=True)
class HandOffs:
    """Which hand-offs a question is about, by whose SLA (`terms`) and in which hours they are due.

    `by`: a column of the leads that becomes `by_value`.
    """

    clock: Clock
    cohort: Cohort
    terms: Judged
    hours: BusinessHours
    kinds: Kinds
    by: str | None = None

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that the CTEs bind."""
        return {**self.clock.values, **cohort_values(self.cohort)}

    @property
    def handed(self) -> str:
        """Return the CTEs up to `handed`: the hand-offs without business time, which is most of the work."""
        journey = journeys(self.clock, self.cohort, self.kinds, self.by)
        return f"{journey},\nhanded as ({self._handed}\n)"

    @property
    def text(self) -> str:
        """Return the CTEs up to `hand_offs`, a row each.

        Columns: those of a journey; handed_at, assigned_at, touched_at; is_decided (1 or 0); sla_seconds;
        accepted_at, rejected_at, decided_at (the first of them); is_accepted_undated (1 or 0); status; and
        the business seconds up to each moment: handed_s, assigned_s, touched_s, decided_s, now_s.
        """
        days = "\n    union\n    ".join(
            f"select cast({moment}_wall as date) as day_on from walls" for moment in MOMENTS
        )
        return f"""{self.handed},
walls as (
    select *, {", ".join(f"{self._wall(moment)} as {moment}_wall" for moment in MOMENTS)}
    from handed
),
{business_days(days)},
timed as (
    select w.*,
           {self._seconds},
           {is_at_rest("w.touched_wall", "touched", self.hours)} as is_touched_at_rest,
           {is_at_rest("w.now_wall", "now", self.hours)} as is_now_at_rest
    from walls w
    {self._joins}
),
hand_offs as (
    select *, {STATUS} as status from timed
)"""

    @property
    def _handed(self) -> str:
        mql = mql_of(self.cohort.judged, self.clock.zone, self.kinds)
        dates = ", ".join(f"case when l.{name} <= :as_of then l.{name} end" for name in ACCEPTED)
        accepted = f"least({dates}, f.opportunity_at, f.won_at)"
        rejected = "case when l.rejected_at <= :as_of then l.rejected_at end"
        return f"""
    select j.*, {mql.at} as handed_at,
           case when l.first_touch_at <= :as_of then l.first_touch_at end as touched_at,
           case when l.assigned_at <= :as_of then greatest(l.assigned_at, {mql.at}) end as assigned_at,
           case when l.rejected_at <= :as_of or opportunity_undated = 1 or won_undated = 1
                  or coalesce(sal_day, sql_day, opportunity_day, won_day) is not null
                then 1 else 0 end as is_decided,
           {accepted} as accepted_at, {rejected} as rejected_at, least({accepted}, {rejected}) as decided_at,
           case when opportunity_undated = 1 or won_undated = 1 then 1 else 0 end as is_accepted_undated,
           {sla_seconds(self.terms, self.clock.zone, self.kinds)} as sla_seconds
    from journeys j
    join leads l on l.lead_id = j.lead_id
    left join first_deals f on f.lead_id = j.lead_id
    where {entered_in(self.cohort, is_windowed=True)}"""

    def _wall(self, moment: str) -> str:
        return wall_of(":as_of" if moment == "now" else f"{moment}_at", self.clock.zone)

    @property
    def _seconds(self) -> str:
        return ",\n           ".join(
            f"{seconds_until(f'w.{moment}_wall', moment, self.hours)} as {moment}_s" for moment in MOMENTS
        )

    @property
    def _joins(self) -> str:
        return "\n    ".join(
            f"left join business_days {moment} on {moment}.day_on = cast(w.{moment}_wall as date)"
            for moment in MOMENTS
        )


STATUS = """case when touched_at < handed_at then 'reversed'
                when touched_at is null and is_decided = 1 then 'untold'
                when sla_seconds is null then 'unpromised'
                when touched_at is not null
                then case when touched_s - handed_s < sla_seconds
                            or (touched_s - handed_s = sla_seconds and not is_touched_at_rest)
                          then 'met' else 'missed' end
                when now_s - handed_s < sla_seconds or (now_s - handed_s = sla_seconds and not is_now_at_rest)
                then 'pending' else 'overdue' end"""
"""A due time ends a business second: at rest, with all of the SLA spent, it has passed."""


def sla_seconds(terms: Judged, zone: str, kinds: Kinds) -> str:
    """Return the expression for the business seconds that a hand-off is given, null where none were agreed.

    Those of its own level on its day; where that level has none (a person handed the lead over), those of
    the lowest level that enters hand-off.
    """
    return on_its_day(terms, zone, lambda span: _sla_of(span, kinds), otherwise="cast(null as bigint)")


def _sla_of(span: Span, kinds: Kinds) -> str:
    definition = span.definition
    usual = _usual_hours(definition)
    by_name = [level.sla_hours if level.enters_hand_off else None for level in definition.levels]
    seconds = [_seconds(usual if hours is None else hours) for hours in by_name]
    if len(set(seconds)) == 1:
        return seconds[0]
    score = f"({score_expression(definition, 'l', kinds)})"
    return f"coalesce({by_level(score, definition, seconds)}, {_seconds(usual)})"


def _usual_hours(definition: Definition) -> int | None:
    agreed = [level.sla_hours for level in definition.levels if level.enters_hand_off and level.sla_hours]
    return next(iter(agreed), None)


def _seconds(hours: int | None) -> str:
    return "cast(null as bigint)" if hours is None else str(hours * HOUR)


def handed_in(cohort: Cohort) -> Cohort:
    """Return the cohort of leads handed off, whatever stage it named."""
    return Cohort(Stage.MQL, cohort.period, cohort.sources, cohort.as_of, cohort.path_rule, cohort.judged)
