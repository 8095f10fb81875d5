"""Which leads a deal came from: given as a file, or derived from what deals and leads say of each other."""

from alignment.store.intake.links import PAIRS
from alignment.store.intake.workbench import Workbench


def derive_deal_leads(bench: Workbench) -> int | None:
    """Add the pairs that deals and leads name of each other; return how many, None without any.

    A pair whose lead or deal is not among the loaded ones is left out where that table was loaded.
    """
    there = _columns(bench)
    sources = []
    if ("deals", "lead_id") in there:
        sources.append("select deal_id, lead_id from target.deals where lead_id is not null")
    if ("leads", "converted_deal_id") in there:
        sources.append(
            "select converted_deal_id, lead_id from target.leads where converted_deal_id is not null"
        )
    if ("deal_leads", "deal_id") in there:
        sources.append("select deal_id, lead_id from target.deal_leads")
    if not sources:
        return None
    sources.append(f"select deal_id, lead_id from {PAIRS}")
    known = [
        f"{key} in (select {key} from target.{table})"
        for table, key in (("deals", "deal_id"), ("leads", "lead_id"))
        if (table, key) in there
    ]
    bench.run(
        f"create or replace table target.deal_leads as select distinct * from "
        f"({' union all '.join(sources)}) as pairs (deal_id, lead_id) where {' and '.join(known)} "
        "order by all"
    )
    return int(bench.one("select count(*) from target.deal_leads")[0])


def deals_without_lead(bench: Workbench) -> int | None:
    """Return how many deals have no lead among the loaded ones, None where there are no leads or no deals."""
    there = _columns(bench)
    if ("deals", "deal_id") not in there or ("leads", "lead_id") not in there:
        return None
    if ("deal_leads", "deal_id") not in there:
        return int(bench.one("select count(*) from target.deals")[0])
    return int(bench.one("select count(*) from target.deals anti join target.deal_leads using (deal_id)")[0])


def _columns(bench: Workbench) -> set[tuple[str, str]]:
    rows = bench.run("select table_name, column_name from duckdb_columns() where database_name = 'target'")
    return {(table, column) for table, column in rows}
