"""Leads that one definition hands off and another doesn't, one by one, the newest first."""

from alignment.domain.definition import Definition
from alignment.metrics.definition_query import Kinds, is_handed_off, score_expression
from alignment.metrics.journeys import Clock
from alignment.metrics.level_cube import Outcome, judged_leads, values_of
from alignment.metrics.query import Query


def disputed_leads(
    clock: Clock,
    currency: str,
    outcome: Outcome,
    definitions: tuple[Definition, Definition],
    kinds: Kinds,
    months: tuple[int, int] | None,
    most: int,
) -> Query:
    """Return up to `most` leads of each direction, created in these months (first and last; None: ever).

    Columns: lead_id, source, created_at, score_0, score_1 (by each definition; null: unscored), is_first (the
    first hands it off, the second doesn't; else the reverse), fate, cents. `kinds`: the types of the leads'
    columns.
    """
    one, other = definitions
    columns = {
        "lead_id": "l.lead_id",
        "source": "l.source",
        "created_at": "l.created_at",
        "score_0": score_expression(one, "l", kinds),
        "score_1": score_expression(other, "l", kinds),
    }
    values = values_of(clock, currency, outcome)
    inside = "true" if months is None else "month between :first_month and :last_month"
    if months:
        values |= {"first_month": months[0], "last_month": months[1]}
    return Query(
        f"""with {judged_leads(clock, outcome, columns)},
handed as (
    select *, {is_handed_off("score_0", one)} as is_first, {is_handed_off("score_1", other)} as is_second
    from judged
    where {inside}
),
disputed as (
    select *, row_number() over (partition by is_first order by created_at desc nulls last, lead_id) as place
    from handed
    where is_first <> is_second
)
select lead_id, source, created_at, score_0, score_1, is_first, fate, cents
from disputed
where place <= {most}
order by is_first desc, place""",
        values,
    )
