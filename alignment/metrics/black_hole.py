"""The black hole: hand-offs without decision, deal or nurture to which nothing has happened for too long.

Each lead has a line of events: its hand-off, touches, activities, and in the end perhaps a decision. Between
two of them it may lie in the hole: from SLA + 7 days after the one until the other. So every day's hole is
known, and what fell in and came out sums to its change.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.judged import Span
from alignment.domain.period import Grain
from alignment.metrics.business_time import business_days, second_of, seconds_until, wall_of
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import level_of, score_expression
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.mql import on_its_day
from alignment.metrics.query import Bound, Query

GRACE_DAYS = 7
"""Beside the SLA: how long nothing may happen on a hand-off that nobody has decided on."""
DIGITS = " union all ".join(f"select {digit} as digit" for digit in range(10))
"""Four of them number the days of 27 years."""


@dataclass(frozen=True)
class Hole:
    """The hole of some hand-offs: those of all time, from the sources of their cohort."""

    asked: HandOffs

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that the CTEs bind."""
        return self.asked.values

    @property
    def text(self) -> str:
        """Return the CTEs up to `spells`: a row for each time that a lead lay in the hole.

        Columns: lead_id, source, level, handed_day, event_day (nothing has happened since), fell_day, out_day
        (null while it lies there).
        """
        return f"""{self.asked.handed},
handed_leads as ({self._handed_leads}
),
events as ({EVENTS}
),
gaps as (
    select o.*, e.event_at,
           coalesce(lead(e.event_at) over (partition by e.lead_id order by e.event_at),
                    o.decided_at) as next_at
    from events e join handed_leads o on o.lead_id = e.lead_id
    where o.decided_at is null or e.event_at < o.decided_at or e.event_at = o.handed_at
),
walls as (
    select *, {self._wall("event_at")} as event_wall,
           {self._wall("coalesce(next_at, :as_of)")} as until_wall, {self._wall(":as_of")} as now_wall
    from gaps
),
first_days as (select min(cast(event_wall as date)) as first_day from walls),
digits as ({DIGITS}),
{business_days(CALENDAR)},
falls as ({self._falls}
),
spells as (
    select lead_id, source, level, mql_day as handed_day, cast(event_wall as date) as event_day, fell_day,
           case when next_at is not null then cast(until_wall as date) end as out_day
    from falls
    where is_open = 1 and (decided_at is null or event_at < decided_at) and {_has_fallen("until_wall")}
)"""

    @property
    def _handed_leads(self) -> str:
        return f"""
    select h.lead_id, h.mql_day, h.handed_at, h.touched_at, coalesce(h.sla_seconds, 0) as sla_seconds,
           l.source, {self._level} as level,
           case when l.last_activity_at <= :as_of then l.last_activity_at end as active_at,
           h.decided_at, case when l.in_nurture or h.is_accepted_undated = 1 then 0 else 1 end as is_open
    from handed h
    join leads l on l.lead_id = h.lead_id"""

    @property
    def _level(self) -> str:
        kinds = self.asked.kinds

        def of_span(span: Span) -> str:
            return level_of(f"({score_expression(span.definition, 'l', kinds)})", span.definition)

        return on_its_day(self.asked.terms, self.asked.clock.zone, of_span, otherwise="cast(null as varchar)")

    @property
    def _falls(self) -> str:
        """Return the day and second at which SLA and grace are over after each event; null if not by now."""
        hours = self.asked.hours
        target = f"greatest({seconds_until('w.event_wall', 'b', hours)} + w.sla_seconds, 1) - 1"
        return f"""
    select w.*, d.day_on + {GRACE_DAYS} as fell_day,
           ({target}) % {hours.length} + 1 + {hours.opens} as fell_second
    from walls w
    join business_days b on b.day_on = cast(w.event_wall as date)
    join business_days d on d.is_open = 1 and d.days_before = ({target}) // {hours.length}"""

    def _wall(self, instant: str) -> str:
        return wall_of(instant, self.asked.clock.zone)


EVENTS = """
    select lead_id, handed_at as event_at from handed_leads
    union
    select lead_id, touched_at from handed_leads where touched_at > handed_at
    union
    select lead_id, active_at from handed_leads where active_at > handed_at
    union
    select o.lead_id, t.touched_at from touches t join handed_leads o on o.lead_id = t.lead_id
    where t.touched_at > o.handed_at and t.touched_at <= :as_of"""
CALENDAR = """
        select day_on
        from (select first_day + cast(a.digit + 10 * b.digit + 100 * c.digit + 1000 * e.digit as integer)
                     as day_on
              from first_days, digits a, digits b, digits c, digits e) every_day
        where day_on <= :today"""


def whole(hole: Hole) -> Query:
    """Ask everything that is counted in one go: the steps before it are the work, and are taken once.

    Columns: part, fell_day, week, source, level, leads, came_out. Part `inside`: the leads that fell in on a
    day and lie there; `flow`: how often a lead fell in (leads) and came out in a week; `grown_up`: the
    hand-offs that could lie in the hole by now, had nothing happened to them.
    """
    fell, out = bucket_of("fell_day", Grain.WEEK), bucket_of("out_day", Grain.WEEK)
    no_day, no_week, no_text = (f"cast(null as {kind})" for kind in ("date", "bigint", "varchar"))
    return Query(
        f"""with {hole.text}
select 'inside' as part, fell_day, {no_week} as week, source, level, count(*) as leads,
       cast(0 as bigint) as came_out
from spells where out_day is null
group by fell_day, source, level
union all
select 'flow', {no_day}, week, {no_text}, {no_text},
       cast(sum(fell_in) as bigint), cast(sum(came_out) as bigint)
from (select {fell} as week, 1 as fell_in, 0 as came_out from spells
      union all
      select {out} as week, 0 as fell_in, 1 as came_out from spells where out_day is not null) moves
group by week
union all
select 'grown_up', {no_day}, {no_week}, {no_text}, {no_text}, count(*), cast(0 as bigint)
from falls where event_at = handed_at and {_has_fallen("now_wall")}""",
        hole.values,
    )


def leads_inside(hole: Hole) -> Query:
    """List who lies in the hole now, who fell in last first.

    Columns: lead_id, source, level, handed_day, event_day, fell_day.
    """
    return Query(
        f"""with {hole.text}
select lead_id, source, level, handed_day, event_day, fell_day
from spells where out_day is null
order by fell_day desc, lead_id""",
        hole.values,
    )


def week_of_today(hole: Hole) -> Query:
    """Return the number of the week of the as-of; column: week."""
    return Query(f"select {bucket_of('cast(:today as date)', Grain.WEEK)} as week", hole.values)


def _has_fallen(wall: str) -> str:
    """Return the condition that SLA and grace were over before a wall time."""
    day = f"cast({wall} as date)"
    return f"(fell_day < {day} or (fell_day = {day} and fell_second < {second_of(wall)}))"
