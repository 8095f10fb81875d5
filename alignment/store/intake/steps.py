"""What a lead's own status word says: at which of our steps it stands, and since when."""

from alignment.domain.mapping import STEP_WORDS, TableMapping
from alignment.store.intake.deals import Outcome
from alignment.store.intake.plan import Plan
from alignment.store.intake.stage_texts import meant
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
    words = {step: mapping.words(step) for step in STEP_WORDS}
    found = meant(bench, staged.relation, stage.expression, words)
    there = {step: meaning.rows for step, meaning in found.items() if meaning.rows}
    columns, notes = dict[str, str](), _told(there, plan, stage.origin)
    for step, count in there.items():
        if step in DATED:
            columns |= _since(step, found[step].condition, plan)
        elif converted := _converted(found[step].condition, plan):
            columns |= converted
            notes.append(f"{count:,} leads became opportunities by {stage.origin}, nothing says when")
    return Outcome(columns, tuple(notes))


def _since(step: str, is_there: str, plan: Plan) -> dict[str, str]:
    """Return the date of a step: of the leads that stand there now, since when they do."""
    if plan.column("stage_since") is None:
        return {}
    name = DATED[step]
    since = f"case when {is_there} then stage_since end"
    return {name: f"coalesce({name}, {since})" if plan.column(name) else since}


def _converted(known: str, plan: Plan) -> dict[str, str]:
    """Return whether a lead became an opportunity, where nothing but its status says so."""
    if plan.column("is_converted") or plan.column("converted_at"):
        return {}
    return {"is_converted": f"case when {known} then true when stage is not null then false end"}


def _told(there: dict[str, int], plan: Plan, origin: str) -> list[str]:
    """Say how many leads are at each step by their word, and since when, or what to export for that."""
    since = plan.column("stage_since")
    told = {step: f"{count:,} {_LABELS[step]}" for step, count in there.items() if step in DATED}
    if since:
        return [f"leads by {origin}: {', '.join(told.values())}, since {since.origin}"] if told else []
    undated = [step for step in told if plan.column(DATED[step]) is None]
    if not undated:
        return []
    missing = " and ".join(DATED[step] for step in undated)
    said = f"leads by {origin}: {', '.join(told[step] for step in undated)}, but nothing says since when"
    return [f"{said}, so no {missing}; export the day of the last change of status, map it to stage_since"]
