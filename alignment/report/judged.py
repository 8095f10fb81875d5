"""What can make a lead an MQL in this data: the CRM's own record, or a definition."""

from collections.abc import Sequence

from alignment.domain.agreement import Draft, Version
from alignment.domain.definition import Definition
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.metrics.definition_query import Kinds, asked_of
from alignment.store.snapshot import Snapshot


def judgements(
    snapshot: Snapshot, versions: Sequence[Version], draft: Draft | None = None
) -> tuple[Judged, ...]:
    """Return by what leads can be judged here, the default first; versions are given oldest first.

    The default is the CRM's own record, where the data has none the version in force on each day, without
    days the newest version. With none of them the record stands there all the same: what counts MQLs then
    names the column that it needs.
    """
    with_criteria = [version for version in versions if version.definition.criteria]
    offered = [Judged.as_was(versions)] if with_criteria else []
    offered += [Judged.as_if(version) for version in reversed(with_criteria)]
    if draft and draft.is_changed and draft.definition.criteria:
        offered.append(Judged.by_draft(draft))
    possible = [judged for judged in offered if missing_for(snapshot, judged, is_dated=False) is None]
    return tuple(possible) if possible and not has_records(snapshot) else (AS_RECORDED, *possible)


def has_records(snapshot: Snapshot) -> bool:
    """Tell whether the CRM recorded which leads became MQL."""
    return snapshot.has("leads", "mql_at")


def missing_for(snapshot: Snapshot, judged: Judged, *, is_dated: bool) -> str | None:
    """Return the column that the data lacks to tell who is an MQL (and since when), None when it can."""
    if judged.is_recorded:
        return None if has_records(snapshot) else "leads.mql_at"
    kinds = kinds_of(snapshot)
    for span in judged.spans:
        if span.definition.criteria and not asked_of(span.definition, kinds):
            return f"leads.{span.definition.criteria[0].attribute}"
    has_day = snapshot.has("leads", "created_at") or has_records(snapshot)
    return "leads.created_at" if (is_dated or len(judged.spans) > 1) and not has_day else None


def unasked(snapshot: Snapshot, judged: Judged) -> tuple[str, ...]:
    """Return the attributes of criteria that no lead can meet: not in the data, or in no type to compare."""
    kinds = kinds_of(snapshot)
    return tuple(dict.fromkeys(name for span in judged.spans for name in _unasked(span.definition, kinds)))


def _unasked(definition: Definition, kinds: Kinds) -> list[str]:
    asked = asked_of(definition, kinds)
    return [criterion.attribute for criterion in definition.criteria if criterion not in asked]


def kinds_of(snapshot: Snapshot) -> Kinds:
    """Return the types of the leads' columns, by name."""
    return {column: kind for (table, column), kind in snapshot.types.items() if table == "leads"}
