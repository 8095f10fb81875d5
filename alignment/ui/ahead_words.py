"""Coverage and forecast in words, for a page and for what leaves it."""

from alignment.domain.backtest import Backtest
from alignment.domain.coverage import Coverage
from alignment.domain.revenue import Range
from alignment.ui.figure import Figure
from alignment.ui.words import Words

COVERAGE, FORECAST = "Coverage of the goal", "Forecast, 8 in 10"


def of_coverage(found: Coverage, say: Words) -> Figure:
    """Return how far the pipeline due covers what is left, beside what past deals needed."""
    if found.is_met:
        return Figure(COVERAGE, "Goal met", "nothing is left to cover")
    if found.value is None:
        return Figure(COVERAGE, "–", found.unknown)
    needed = (
        f"what is needed is {found.undefined}"
        if found.needed is None
        else f"needed {say.decimal(found.needed)}×: {say.percent(found.win_rate_by_value)} by value are won"
    )
    return Figure(COVERAGE, f"{say.decimal(found.value)}×", needed)


def of_forecast(found: Backtest, range_now: Range | None, moment: float, say: Words) -> Figure:
    """Return the range of what might come in, and how often such ranges held what came in."""
    if found.is_empty:
        held = "not tried on the past: no quarter that is over has enough deals before it"
    else:
        at_now = found.held_at(moment)
        held = (
            f"held {say.of_counts(at_now)} so far into a quarter, {say.of_counts(found.held)} in all:"
            f" {found.verdict}"
        )
    if range_now is None:
        share = found.held
        return Figure(FORECAST, "–" if found.is_empty else f"{say.of_counts(share)} held", held)
    low, _, high = range_now
    return Figure(FORECAST, f"{say.short_money(low)}–{say.short_money(high)}", held)
