"""What each campaign or source brought and cost in a period, and what belongs to none of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from alignment.domain.cohort import UNATTRIBUTED, Cohort, Passport
from alignment.domain.money import Money
from alignment.domain.set_quality import ReasonGroup, grouped, part_of
from alignment.domain.strategy import Basis, Strategies, Strategy
from alignment.errors import MissingColumnError, UnknownTermError
from alignment.metrics import strategy as metric
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query
from alignment.metrics.strategy import STRATEGIES, Asked
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.judged import kinds_of, missing_for
from alignment.report.revenue import Sources
from alignment.store.snapshot import Snapshot

SHOWS = "what each campaign or source brought, beside what it cost"
NO_COSTS = (
    "Costs are not available: this needs table spend (month_on, amount, campaign, source). With it you would"
    " see the cost of an MQL, an SQL and a win, and what was won for what was spent."
)

Row = Mapping[str, Any]


def strategies(
    snapshot: Snapshot,
    cohort: Cohort | None = None,
    *,
    by: str = "campaign",
    basis: Basis = Basis.PERIOD,
    mapped: Mapping[str, ReasonGroup] | None = None,
) -> Strategies:
    """Return each campaign or source with what it brought and cost in the cohort's period.

    `mapped` is what people said of free-text reasons. Raises MissingColumnError when no table tells what a
    lead or a deal belongs to.
    """
    asked = _asked(snapshot, cohort or Cohort(), by, basis)
    found, queries = _counted(snapshot, asked, mapped or {})
    names = [name for name in found if name is not None]
    names_in_order = [*sorted(names, key=lambda n: _order(n, found[n])), *([None] if None in found else [])]
    everything = [each.deals for each in found.values()]
    rows = tuple(_strategy(snapshot, asked, name, found[name], everything) for name in names_in_order)
    shown = tuple(row for row in rows if not row.is_empty)
    needs = "" if snapshot.has("spend", "amount") else NO_COSTS
    result = Strategies(by, basis, shown, snapshot.currency, Passport("", "", ""), needs)
    about = passport(asked.clock, _words(asked, result, found.values()), *queries)
    return Strategies(by, basis, shown, snapshot.currency, about, needs)


def _asked(snapshot: Snapshot, cohort: Cohort, by: str, basis: Basis) -> Asked:
    if by not in STRATEGIES:
        raise UnknownTermError(f"Strategies are grouped by one of {', '.join(STRATEGIES)}, got “{by}”.")
    tables = [table for table in ("leads", "deals") if snapshot.has(table, by)]
    if not tables and not (by == "source" and snapshot.has("deals")):
        need(snapshot, "leads", by, shows=SHOWS)
    if cohort.period and not (snapshot.has("leads", "created_at") or snapshot.has("deals", "closed_at")):
        raise MissingColumnError(
            f"Not available: needs column leads.created_at or deals.closed_at. With it you would see {SHOWS}."
        )
    return Asked(clock_of(snapshot, cohort.as_of), cohort, kinds_of(snapshot), by, basis)


class _Found:
    """What the queries counted of one strategy."""

    def __init__(self) -> None:
        self.leads = Counter[str]()
        self.deals: Row = {}
        self.spend: Row = {}
        self.back: Counter[str] = Counter()


def _counted(
    snapshot: Snapshot, asked: Asked, mapped: Mapping[str, ReasonGroup]
) -> tuple[Mapping[str | None, _Found], Sequence[Query]]:
    found: dict[str | None, _Found] = defaultdict(_Found)
    queries = []
    if snapshot.has("leads"):
        queries.append(metric.leads(asked))
        told = snapshot.ask(queries[-1]).to_pylist()
        groups = grouped({row["reason"] for row in told if row["reason"]}, mapped)
        for row in told:
            each = found[row["group_value"]]
            each.leads.update({name: row[name] for name in ("leads", "mqls", "sqls")})
            each.back.update({part_of(row["reason"], groups): row["came_back"]})
    if snapshot.has("deals", "is_won"):
        queries.append(metric.deals(asked, _deals(snapshot, asked, asked.cohort.sources)))
        for row in snapshot.ask(queries[-1]).to_pylist():
            found[row["group_value"]].deals = row
    if snapshot.has("spend", "amount"):
        queries.append(metric.spend(asked, snapshot.currency))
        for row in snapshot.ask(queries[-1]).to_pylist():
            found[row["group_value"]].spend = row
    return found, queries


def _deals(snapshot: Snapshot, asked: Asked, sources: Sources) -> Deals:
    return Deals(asked.clock, snapshot.currency, sources, "source" if asked.by == "source" else None)


def _is_valued(rows: Sequence[Row], count: str, unvalued: str) -> bool:
    """Tell whether their money is known: of deals that all lack an amount it is not zero."""
    deals = sum(row.get(count, 0) for row in rows)
    return deals == 0 or deals > sum(row.get(unvalued, 0) for row in rows)


def _strategy(
    snapshot: Snapshot, asked: Asked, name: str | None, found: _Found, everything: Sequence[Row]
) -> Strategy:
    has_leads = snapshot.has("leads") and (not asked.period or snapshot.has("leads", "created_at"))
    has_deals = snapshot.has("deals", "is_won") and (
        not asked.period or asked.basis is Basis.LEADS or snapshot.has("deals", "closed_at")
    )
    has_amounts = has_deals and snapshot.has("deals", "amount")

    def is_valued(count: str, unvalued: str) -> bool:
        return has_amounts and all(_is_valued(rows, count, unvalued) for rows in (everything, [found.deals]))

    def leads(column: str, *, is_known: bool) -> int | None:
        return found.leads[column] if has_leads and is_known else None

    def money(row: Row, column: str, *, is_known: bool) -> Money | None:
        return Money(row.get(column, 0), snapshot.currency) if is_known else None

    return Strategy(
        name=name,
        leads=leads("leads", is_known=True),
        mqls=leads("mqls", is_known=_tells_mqls(snapshot, asked)),
        sqls=leads("sqls", is_known=snapshot.has("leads", "sql_at")),
        won=found.deals.get("won", 0) if has_deals else None,
        revenue=money(found.deals, "won_cents", is_known=is_valued("won", "unvalued")),
        open_deals=found.deals.get("open_deals", 0) if has_deals else None,
        open_amount=money(found.deals, "open_cents", is_known=is_valued("open_deals", "open_unvalued")),
        spend=money(
            found.spend, "cents", is_known=found.spend.get("entries", 0) > found.spend.get("unvalued", 0)
        ),
        sent_back=dict(+found.back),
        tells_sent_back=_tells_sent_back(snapshot, asked),
    )


def _tells_mqls(snapshot: Snapshot, asked: Asked) -> bool:
    return missing_for(snapshot, asked.cohort.judged, is_dated=asked.period is not None) is None


def _tells_sent_back(snapshot: Snapshot, asked: Asked) -> bool:
    return snapshot.has("leads", "rejected_at", "rejection_reason") and _tells_mqls(snapshot, asked)


def _order(name: str, found: _Found) -> tuple[bool, int, int, int, str]:
    return (
        name == UNATTRIBUTED,
        -found.leads["leads"],
        -found.deals.get("won_cents", 0),
        -found.spend.get("cents", 0),
        name,
    )


def _words(asked: Asked, result: Strategies, found: Iterable[_Found]) -> Words:
    counts = Counter[str]()
    for each in found:
        for row in (each.deals, each.spend):
            counts.update({name: count for name, count in row.items() if isinstance(count, int)})
        counts["unspent"] += each.spend.get("unvalued", 0)
        counts["won_unvalued"] += each.deals.get("unvalued", 0)
    total = result.total
    alone = [row for row in result.rows if row.has_own_spend and not (row.leads or row.won or row.open_deals)]
    when = f", {asked.period}" if asked.period else ""
    return Words(
        f"Strategies by {asked.by}{when}",
        f"{_COUNTED[asked.basis]} {_RULES.format(by=asked.by)} {asked.cohort.judged.explained}",
        f"{total.leads or 0:,} leads, {total.won or 0:,} deals won",
        left_out={
            "won without an amount or an exchange rate: counted, but in no revenue": counts["won_unvalued"],
            "won with a negative amount: a credit, in no revenue": counts["credits"],
            "open without an amount or an exchange rate: counted, but in no amount": counts["open_unvalued"],
            "deals dated before their lead: expansion, in nothing here": counts["expansion"],
            "entries of spend without an amount or an exchange rate": counts["unspent"],
            "entries of spend of no month: in no period": counts["undated"],
            f"with spend, but without any lead or deal: is the {asked.by} spelled alike?": len(alone),
        },
    )


_COUNTED = {
    Basis.PERIOD: "Leads created, leads that became MQL, leads that became SQL and deals won, each in the"
    " period, whenever they began: together the figures of the other pages. What was won is often the fruit"
    " of spend of earlier periods. Still open: all deals open now.",
    Basis.LEADS: "Leads created in the period and what became of them up to now: MQLs and SQLs reached (a"
    " later stage implies the earlier ones), deals of theirs, won or still open; a deal without a lead by"
    " its own creation. Young leads have had little time: costs may still fall and the return rise.",
}
_RULES = (
    "A deal belongs to the {by} of the first of its leads, each deal once; what names no {by} stands in a row"
    " of its own, so that rows sum to the whole. A month's spend counts where its first day lies, at the"
    " exchange rate of that day. Cost = spend ÷ MQLs, SQLs or deals won; return = revenue ÷ spend. Spend that"
    " names no {by} is in no such quotient but that of the whole. Came back: MQLs that sales sent back and"
    " that reached nothing."
)
