"""What one MQL might bring: the chance that its kind wins × what its kind brings when it does."""

from collections.abc import Mapping
from datetime import date

from alignment.domain.cohort import Cohort
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.money import Money
from alignment.domain.rate import SMALL_SAMPLE, SMALLEST_DENOMINATOR, Rate
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.report.answer import need
from alignment.report.conversion import conversion
from alignment.report.judged import missing_for
from alignment.report.revenue import revenue
from alignment.report.sources import source_values
from alignment.store.snapshot import Snapshot

Worth = Mapping[str | None, Money]
VALUE_SHOWS = "the sales value of MQLs: what each might bring"
SHRINKS = (
    f"small sources are drawn towards all of them, as if {SMALL_SAMPLE} MQLs and {SMALLEST_DENOMINATOR} won"
    " deals of the average stood beside each"
)


def value_per_mql(
    snapshot: Snapshot, as_of: date | None = None, judged: Judged = AS_RECORDED
) -> Worth | None:
    """Return the expected value of one MQL by source, None where the data knows no wins or amounts."""
    try:
        return worth_per_mql(snapshot, as_of, judged)
    except Refusal:
        return None


def worth_per_mql(snapshot: Snapshot, as_of: date | None = None, judged: Judged = AS_RECORDED) -> Worth:
    """Return the expected value of one MQL by source; raise Refusal that says what is missing for it.

    The chance is MQL → won within the usual window, of mature MQLs; the amount the mean of its won deals.
    """
    if lacks := missing_for(snapshot, judged, is_dated=False):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {VALUE_SHOWS}.")
    for column in ("is_won", "amount"):
        need(snapshot, "deals", column, shows=VALUE_SHOWS)
    by = "source" if snapshot.has("leads", "source") else None
    found = conversion(snapshot, Stage.MQL, Stage.WON, Cohort(as_of=as_of, judged=judged), by=by)
    won_by = revenue(snapshot, by="source", as_of=as_of).rows
    rates = {next(iter((row.by or {None: None}).values())): row.rate for row in found.rows}
    numerator, denominator = (
        sum(getattr(rate, part) for rate in rates.values()) for part in ("numerator", "denominator")
    )
    if not denominator:
        raise Refusal("No MQL is old enough to judge yet: what one might bring is not known.")
    if not numerator:
        raise Refusal("No MQL old enough to judge has won yet: what one might bring is not known.")
    overall = numerator / denominator
    means = {
        next(iter((row.by or {}).values())): (
            row.mean_won_amount.cents,
            row.valued,
        )
        for row in won_by
        if row.mean_won_amount
    }
    deals = sum(count for _, count in means.values())
    if not deals:
        raise Refusal("No deal is won with an amount yet: what an MQL might bring is not known.")
    mean = sum(cents * count for cents, count in means.values()) / deals
    return {
        source: Money(
            round(_chance(rates.get(source), overall) * _mean(means.get(source), mean)), snapshot.currency
        )
        for source in {None, *rates, *source_values(snapshot)}
    }


def _chance(rate: Rate | None, overall: float) -> float:
    won, of = (rate.numerator, rate.denominator) if rate else (0, 0)
    return (won + SMALL_SAMPLE * overall) / (of + SMALL_SAMPLE)


def _mean(found: tuple[int, int] | None, overall: float) -> float:
    mean, deals = found or (0, 0)
    return (mean * deals + SMALLEST_DENOMINATOR * overall) / (deals + SMALLEST_DENOMINATOR)
