"""What a lead's own status word says: at which of our steps it stands, and since when."""

from alignment.domain.mapping import STEP_WORDS, TableMapping
from alignment.store.intake.deals import Outcome, any_of
from alignment.store.intake.plan import Plan
from alignment.store.intake.staged import Staged
from alignment.store.intake.workbench import Workbench

DATED = {"mql": "mql_at", "sal": "sal_at", "sql": "sql_at", "rejected": "rejected_at"}
"""The column that says when a lead came to a step."""

_LABELS = {"mql": "MQL", "sal": "SAL", "sql": "SQL", "rejected": "sent back"}


def steps_of(bench: Workbench, staged: Staged, mapping: TableMapping, plan: Plan) -> Outcome:
    """Return the columns that follow from the leads' status words, and what to say of them."""
    stage = plan.column("stage")
    if stage is None:
        return Outcome({})
    counts = ", ".join(f"count(*) filter ({any_of(mapping.words(step))})" for step in STEP_WORDS)
    found = bench.one(
        f"select {counts} from (select {stage.expression} as stage from {staged.relation} "
        "where problem is null)"
    )
    at_step = dict(zip(STEP_WORDS, found, strict=True))
    columns, notes = dict[str, str](), list[str]()
    for step, count in at_step.items():
        if not count:
            continue
        if step == "opportunity":
            columns |= _converted(mapping, plan)
            told = f"{count:,} leads became opportunities by {stage.origin}, nothing says when"
            notes += [told] if columns.get("is_converted") else []
        else:
            columns |= _since(step, mapping, plan)
            notes += _told(step, plan, stage.origin, count)
    return Outcome(columns, tuple(notes))


def _since(step: str, mapping: TableMapping, plan: Plan) -> dict[str, str]:
    """Return the date of a step: of the leads that stand there now, since when they do."""
    if plan.column("stage_since") is None:
        return {}
    name = DATED[step]
    since = f"case when {any_of(mapping.words(step))} then stage_since end"
    return {name: f"coalesce({name}, {since})" if plan.column(name) else since}


def _converted(mapping: TableMapping, plan: Plan) -> dict[str, str]:
    """Return whether a lead became an opportunity, where nothing but its status says so."""
    if plan.column("is_converted") or plan.column("converted_at"):
        return {}
    known = any_of(mapping.words("opportunity"))
    return {"is_converted": f"case when {known} then true when stage is not null then false end"}


def _told(step: str, plan: Plan, origin: str, count: int) -> list[str]:
    since, stand = plan.column("stage_since"), f"{count:,} leads are {_LABELS[step]} by {origin}"
    if since:
        return [f"{stand}, since {since.origin}"]
    if plan.column(DATED[step]):
        return []
    undated = f"{stand}, but nothing says since when, so {DATED[step]} is not there"
    return [f"{undated}; export the day of the last change of status and map it to stage_since"]
