"""The pipeline bridge: how what was open at the start of a period became what is open at its end."""

from collections.abc import Mapping
from datetime import date

from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.pipeline_bridge import Part, PipelineBridge
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.metrics import deal_history as metric
from alignment.metrics.deals import Deals
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.revenue import Sources, need_amounts
from alignment.store.snapshot import Snapshot

SHOWS = "how the open pipeline of one day became that of another"
NOT_TOLD = "not told by the history"
UNTOLD = "closed, won or lost not said"
SIGNS = {"created": 1, "up": 1, "down": -1, "lost": -1, "won": -1}


def pipeline_bridge(
    snapshot: Snapshot, period: Period, *, sources: Sources = (), as_of: date | None = None
) -> PipelineBridge:
    """Return the way from the open pipeline of the period's start to that of its end, or of now.

    Raises MissingColumnError without a history of the deals' amounts, Refusal for a period not begun.
    """
    need_amounts(snapshot)
    need(snapshot, "deals", "created_at", shows=SHOWS)
    need(snapshot, "deals", "closed_at", shows=SHOWS)
    need(snapshot, "deals", "is_won", "is_closed", shows=SHOWS)
    if not snapshot.has("stage_history"):
        needs = "a table stage_history with the column amount"
        message = f"Not available: needs {needs}. With it you would see {SHOWS}."
        raise MissingColumnError(message)
    need(snapshot, "stage_history", "amount", shows=SHOWS)
    deals = Deals(clock_of(snapshot, as_of), snapshot.currency, sources)
    if period.start > deals.clock.today:
        raise Refusal(f"{period} has not begun in this data. Choose an earlier period.")
    query = metric.pipeline_bridge(deals, period)
    found = snapshot.ask(query).to_pylist()[0]

    def part(key: str, sign: int = 1, name: str = "") -> Part:
        return Part(
            name or key, Money(sign * found[f"{key}_cents"], snapshot.currency), found[f"{key}_count"]
        )

    parts = [part(key, sign) for key, sign in SIGNS.items()]
    if found["untold_count"]:
        parts.append(part("untold", -1, UNTOLD))
    parts.append(part("not_told", 1, NOT_TOLD))
    is_now = period.last >= deals.clock.today
    words = _words(period, found, is_now=is_now)
    return PipelineBridge(
        period, part("start"), tuple(parts), part("end"), is_now, passport(deals.clock, words, query)
    )


def _words(period: Period, found: Mapping[str, int], *, is_now: bool) -> Words:
    end = "now" if is_now else "the end"
    return Words(
        f"Pipeline bridge, {period}",
        "amounts open at the start + created + up − down − lost − won, and what the history does not tell,"
        f" = amounts open at {end}. Amounts on a day are those of the history; won, lost and what is open now"
        " have the deal's own amount; what that holds beyond the history is “not told by the history”."
        " Each deal keeps one exchange rate: that of its close, else the newest. The pipeline is that of all"
        " expected closes, for the history holds none: nothing is pulled in or pushed out. Negative amounts"
        " count as they are.",
        f"{found['start_count']:,} deals open at the start, {found['created_count']:,} created",
        f"{found['end_count']:,} open at {end}, {found['won_count']:,} won, {found['lost_count']:,} lost",
        {
            "without an amount or an exchange rate: nothing in every part": found["unvalued"],
            "not in the history: taken at their amount of now": found["unhistoried"],
            "closed on an unknown day: in no part": found["undated"],
        },
    )
