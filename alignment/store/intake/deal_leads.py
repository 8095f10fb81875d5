"""Which leads a deal came from: given as a file, or derived from what deals and leads say of each other."""

from alignment.store.intake.links import PAIRS
from alignment.store.intake.workbench import Workbench


def derive_deal_leads(bench: Workbench) -> int | None:
    """Add the pairs that deals and leads name of each other; return how many, None without any.

    A pair whose lead or deal is not among the loaded ones is left out where that table was loaded.
    """
    sources = []
    if "lead_id" in bench.columns("target", "deals"):
        sources.append("select deal_id, lead_id from target.deals where lead_id is not null")
    if "converted_deal_id" in bench.columns("target", "leads"):
        sources.append(
            "select converted_deal_id, lead_id from target.leads where converted_deal_id is not null"
        )
    if bench.columns("target", "deal_leads"):
        sources.append("select deal_id, lead_id from target.deal_leads")
    if not sources:
        return None
    sources.append(f"select deal_id, lead_id from {PAIRS}")
    known = [
        f"{key} in (select {key} from target.{table})"
        for table, key in (("deals", "deal_id"), ("leads", "lead_id"))
        if key in bench.columns("target", table)
    ]
    bench.run(
        f"create or replace table target.deal_leads as select distinct * from "
        f"({' union all '.join(sources)}) as pairs (deal_id, lead_id) where {' and '.join(known)} "
        "order by all"
    )
    return int(bench.one("select count(*) from target.deal_leads")[0])


def deals_without_lead(bench: Workbench) -> int | None:
    """Return how many deals have no lead among the loaded ones, None where there are no leads or no deals."""
    if not (bench.columns("target", "deals") and bench.columns("target", "leads")):
        return None
    if not bench.columns("target", "deal_leads"):
        return int(bench.one("select count(*) from target.deals")[0])
    return int(bench.one("select count(*) from target.deals anti join target.deal_leads using (deal_id)")[0])
