"""The leads of a scout sample: who could be drawn, and what came of those that were."""

from collections.abc import Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from alignment.domain.definition import Definition
from alignment.domain.period import midnight
from alignment.metrics.definition_query import Kinds, is_handed_off, score_expression
from alignment.metrics.journeys import Clock
from alignment.metrics.level_cube import Fate, Outcome, is_worked, judged_leads, values_of
from alignment.metrics.query import Query, literal, quoted


def unworked_leads(
    clock: Clock,
    currency: str,
    outcome: Outcome,
    definition: Definition,
    kinds: Kinds,
    days: int,
    drawn: Collection[str] = (),
) -> Query:
    """List leads of the last `days` days that the definition leaves below, never handed off, never worked.

    Columns: lead_id, source, score (null: unscored); without those drawn before. `kinds`: the types of the
    leads' columns.
    """
    columns = {
        "lead_id": "l.lead_id",
        "source": "l.source",
        "score": score_expression(definition, "l", kinds),
        "is_handed": "case when l.mql_at <= :as_of then true else false end",
    }
    recent_from = midnight(clock.today - timedelta(days=days - 1), ZoneInfo(clock.zone))
    others = f" and lead_id not in ({_listed(drawn)})" if drawn else ""
    return Query(
        f"""with {_only(f"created_at >= :recent_from{others}")},
{judged_leads(clock, outcome, columns)}
select lead_id, source, score
from judged
where not is_handed and fate % {Fate.WORKED * 2:d} < {Fate.WORKED:d}
      and not {is_handed_off("score", definition)}""",
        {**values_of(clock, currency, outcome), "recent_from": recent_from},
    )


def count_of(leads: Query) -> Query:
    """Count the rows of a list of leads; column: leads."""
    return Query(f"select count(*) as leads from ({leads.text}) listed", leads.values)


def scouted_leads(clock: Clock, currency: str, outcome: Outcome, drawn: Collection[str]) -> Query:
    """List what became of leads that were drawn; those that are gone have no row.

    Columns: lead_id, worked_at (the first sign of work that has a date), reached_at (the outcome or later),
    is_undated (reached it at an unknown time), is_worked (0 or 1, as of now).
    """
    instants = ", ".join(f"l.{quoted(name)}" for name in (*outcome.worked_columns, "converted_at"))
    columns = {
        "lead_id": "l.lead_id",
        "worked_at": f"least({instants}, cast(null as timestamp))",
    }
    return Query(
        f"""with {_only(f"lead_id in ({_listed(drawn)})")},
{judged_leads(clock, outcome, columns)}
select lead_id,
       case when worked_at <= :as_of then worked_at end as worked_at,
       ever_at as reached_at,
       undated as is_undated,
       case when {is_worked(outcome)} then 1 else 0 end as is_worked
from journeys""",
        values_of(clock, currency, outcome),
    )


def _only(condition: str) -> str:
    """Return the CTE that leaves only these leads to all that follows: nobody else is judged."""
    return f"leads as (select * from leads where {condition})"


def _listed(lead_ids: Collection[str]) -> str:
    return ", ".join(map(literal, sorted(lead_ids)))
