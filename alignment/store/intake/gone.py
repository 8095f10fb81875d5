"""Rows that the CRM no longer has: deleted ones and earlier versions, as the fetching tool marks them."""

from dataclasses import replace

from alignment.domain.known_names import is_of_tool
from alignment.metrics.query import literal
from alignment.store.intake.attributes import FALSE_WORDS, TRUE_WORDS
from alignment.store.intake.staged import PROBLEM, Staged, problem
from alignment.store.intake.workbench import Workbench

DELETED, EARLIER = "a deletion in the CRM", "a later version of the record"

_WHERE_TRUE = dict.fromkeys(("_fivetran_deleted", "isdeleted", "is_deleted", "_sdc_deleted"), DELETED)
_WHERE_FALSE = {"_fivetran_active": EARLIER}
_WHERE_SET = {"_sdc_deleted_at": DELETED, "_dlt_deleted_at": DELETED, "_dlt_valid_to": EARLIER}
_WHERE_TRUE_IN_A_FETCHED_TABLE = {"archived": DELETED}
_REASONS = {DELETED: "deleted in the CRM", EARLIER: "not the record's present version"}


def mark_gone(bench: Workbench, staged: Staged) -> Staged:
    """Return the staged rows with those that are gone marked as such: counted, but not loaded."""
    marks = [
        _mark(staged, header) for header in staged.headers.names if is_mark(header, staged.headers.names)
    ]
    if not marks:
        return staged
    relation = f"{staged.relation}_present"
    bench.run(
        f"create view {relation} as select * replace "
        f"(coalesce({PROBLEM}, case {' '.join(marks)} end) as {PROBLEM}) from {staged.relation}"
    )
    return replace(staged, relation=relation)


def is_mark(header: str, headers: tuple[str, ...]) -> bool:
    """Tell whether a column of a file with these columns only says that a row is gone."""
    if _bare(header) in _WHERE_TRUE_IN_A_FETCHED_TABLE:
        return any(map(is_of_tool, headers))
    return _bare(header) in _WHERE_TRUE | _WHERE_FALSE | _WHERE_SET


def _mark(staged: Staged, header: str) -> str:
    """Return the branch of a query that says why a row is gone."""
    name, cell = _bare(header), staged.cell(header)
    truths = _WHERE_TRUE | _WHERE_TRUE_IN_A_FETCHED_TABLE
    if name in truths:
        category, condition = truths[name], f"lower({cell}) in {TRUE_WORDS!r}"
    elif name in _WHERE_FALSE:
        category, condition = _WHERE_FALSE[name], f"lower({cell}) in {FALSE_WORDS!r}"
    else:
        category, condition = _WHERE_SET[name], f"{cell} is not null"
    why = problem(category, f"{header} says that it is {_REASONS[category]}")
    return f"when {condition} then {literal(why)}"


def _bare(header: str) -> str:
    """Return the name without the number that a repeated name was given."""
    return header.strip().lower().partition(" (")[0]
