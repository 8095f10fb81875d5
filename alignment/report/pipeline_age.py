"""The open pipeline by stage and age."""

from collections import defaultdict
from datetime import date

from alignment.domain.money import Money
from alignment.domain.pipeline_age import AGES, OpenDeals, PipelineAge, age_of
from alignment.metrics import pipeline as metric
from alignment.metrics.deals import Deals
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.revenue import Sources, need_deals
from alignment.store.snapshot import Snapshot


def pipeline_age(snapshot: Snapshot, *, sources: Sources = (), as_of: date | None = None) -> PipelineAge:
    """Return the open deals by stage and by the days since they entered it (else since their creation)."""
    need_deals(snapshot)
    need(snapshot, "deals", "is_won", "is_closed", shows="which deals are open")
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    query = metric.pipeline_age(deals)
    rows = snapshot.ask(query).to_pylist()
    sums: dict[tuple[str | None, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    worth: dict[str | None, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        cell = sums[row["stage"], age_of(row["age"])]
        for place, name in enumerate(("deals", "cents", "unvalued")):
            cell[place] += row[name]
        cents, count = worth[row["stage"]]
        worth[row["stage"]] = cents + row["cents"], count + row["deals"]
    order = sorted(
        sums, key=lambda key: (*(-each for each in worth[key[0]]), str(key[0]), AGES.index(key[1]))
    )
    found = tuple(
        OpenDeals(stage, age, count, Money(cents, snapshot.currency) if unvalued < count else None, unvalued)
        for (stage, age), (count, cents, unvalued) in ((key, sums[key]) for key in order)
    )
    no_history = sum(row["deals"] for row in rows if not row["by_history"])
    words = Words(
        "Open pipeline by stage and age",
        "amounts of deals neither won nor lost, at the newest exchange rate, by the days since they last"
        " entered their present stage; where the history does not tell that, since they were created",
        f"{sum(row.count for row in found):,} open deals",
        left_out={
            "open without an amount or an exchange rate": sum(row.unvalued for row in found),
            "aged since their creation: the history does not tell when they entered their stage": no_history,
        },
    )
    return PipelineAge(found, passport(deals.clock, words, query))
