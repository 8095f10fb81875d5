"""What was expected of a definition when it was signed, in the sentences of the record."""

from collections.abc import Iterator, Mapping
from datetime import date

from alignment.domain.definition_plain import Plain
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.ui import words
from alignment.ui.words import Words


def sentence(prediction: Mapping[str, Plain], say: Words) -> str:
    """Say what goes on record with a version; what it leaves out or nobody knows is passed over."""
    parts = (*_hand_offs(prediction, say), *_conversion(prediction, say), *_basis(prediction))
    return f"{'; '.join(parts)}." if parts else ""


def _hand_offs(prediction: Mapping[str, Plain], say: Words) -> Iterator[str]:
    names = ("hand_offs_a_week", "hand_offs_low", "hand_offs_high")
    a_week, low, high = (prediction.get(name) for name in names)
    if isinstance(a_week, int | float):
        is_range_told = isinstance(low, int | float) and isinstance(high, int | float)
        ends = f" ({say.decimal(low)}–{say.decimal(high)} in 95 of 100 months)" if is_range_told else ""
        yield f"{say.decimal(a_week)} hand-offs a week{ends}"


def _conversion(prediction: Mapping[str, Plain], say: Words) -> Iterator[str]:
    """Say the rate from its counts, as every other rate is said: under 5 there is no percentage."""
    converted, judged = prediction.get("converted"), prediction.get("judged")
    outcome, days = prediction.get("outcome"), prediction.get("window_days")
    if not isinstance(converted, int) or not isinstance(judged, int) or not 0 <= converted <= judged:
        return
    if outcome not in list(Stage) or not judged:
        return
    rate, within = Rate(converted, judged), words.window(days if isinstance(days, int) else None)
    reached = f"{Stage(str(outcome)).label} {within}"
    if rate.is_too_small:
        yield f"{say.of_counts(rate)} became {reached}"
    else:
        yield f"{say.short_rate(rate)} become {reached}, {say.of_counts(rate)}"


def _basis(prediction: Mapping[str, Plain]) -> Iterator[str]:
    start, end = (_day(prediction.get(key)) for key in ("counted_from", "counted_until"))
    if start and end and start < end:
        yield f"counted on leads of {Period(start, end)}"


def _day(written: Plain) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
