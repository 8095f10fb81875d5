"""The figures of a digest: won of the goal, pace, chance, forecast, coverage."""

from datetime import timedelta

from alignment.domain.digest import Digest
from alignment.domain.money import Money
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Range
from alignment.ui import words
from alignment.ui.ahead_words import COVERAGE, FORECAST, of_coverage, of_forecast
from alignment.ui.digest_parts import Bar
from alignment.ui.figure import Figure
from alignment.ui.words import Words


def headline(found: Digest, say: Words) -> Figure:
    """Return what was won, of the goal where there is one."""
    period = words.period(found.period)
    if isinstance(found.goal, Attainment):
        goal = found.goal
        name = f"won of {say.short_money(goal.goal.amount)}, {period}"
        left = "the goal is met" if goal.is_met else f"{say.short_money(goal.remaining)} still to win"
        might = "" if goal.forecast is None else f"; might end at {say.short_money(goal.forecast[1])}"
        detail = f"{say.percent(goal.share)} of the goal; {left}{might}"
        return Figure(name, say.short_money(goal.won), detail)
    if isinstance(found.forecast, Refusal):
        return Figure(f"won, {period}", "–", str(found.forecast))
    why = str(found.goal) if isinstance(found.goal, Refusal) else "No goal is set for it yet."
    return Figure(f"won, {period}", say.short_money(found.forecast.won), why)


def others(found: Digest, say: Words) -> tuple[Figure, ...]:
    """Return pace, chance, the forecast with how often such ranges held, and the coverage."""
    return _pace(found, say), _chance(found, say), _forecast(found, say), _coverage(found, say)


def _pace(found: Digest, say: Words) -> Figure:
    """Return what was won beside what would be on pace."""
    if not isinstance(found.goal, Attainment):
        return Figure("Pace", "–", _without(found))
    if found.goal.pace is None:
        return Figure("Pace", "–", "no pace before the first business day")
    due = Money(round(found.goal.goal.amount.cents * found.goal.elapsed_share), found.goal.won.currency)
    return Figure("Pace", say.percent(found.goal.pace), f"on pace would be {say.short_money(due)}")


def _chance(found: Digest, say: Words) -> Figure:
    """Return the chance to reach the goal, and what it was on the day before."""
    name, goal = "Chance to reach it", found.goal
    if not isinstance(goal, Attainment):
        return Figure(name, "–", _without(found))
    if goal.is_met:
        more = say.short_money(goal.won - goal.goal.amount)
        return Figure(name, "Goal met", f"{more} more than we set out for")
    if goal.chance is None:
        return Figure(name, "–", goal.unknown)
    now, before = words.chance(goal.chance), found.before.chance if found.before else None
    if before is None:
        return Figure(name, now)
    day, then = words.day(found.since - timedelta(days=1)), words.chance(before)
    if then == now:
        return Figure(name, now, f"as on {day}, by today's amounts")
    return Figure(name, f"{then} → {now}", f"{day} → now, by today's amounts")


def _without(found: Digest) -> str:
    """Say why there is no goal to hold a figure against."""
    return str(found.goal) if isinstance(found.goal, Refusal) else "needs a goal"


def _forecast(found: Digest, say: Words) -> Figure:
    if isinstance(found.forecast, Refusal):
        return Figure(FORECAST, "–", str(found.forecast))
    range_now: Range | None = found.forecast.range
    if isinstance(found.backtest, Refusal):
        value = _ends(range_now, say) if range_now else "–"
        return Figure(FORECAST, value, str(found.backtest))
    if range_now is None:
        return Figure(FORECAST, "–", found.forecast.unknown)
    passed = (found.today - found.period.start).days / found.period.days
    return of_forecast(found.backtest, range_now, min(max(passed, 0.0), 1.0), say)


def _ends(might: Range, say: Words) -> str:
    return f"{say.short_money(might[0])}–{say.short_money(might[2])}"


def _coverage(found: Digest, say: Words) -> Figure:
    if found.coverage is None:
        return Figure(COVERAGE, "–", _without(found))
    if isinstance(found.coverage, Refusal):
        return Figure(COVERAGE, "–", str(found.coverage))
    return of_coverage(found.coverage, say)


def bar(found: Digest) -> Bar | None:
    """Return what was won and might be, beside the goal; None without one."""
    if not isinstance(found.goal, Attainment):
        return None
    might = found.goal.forecast
    ends = (might[0].cents, might[1].cents, might[2].cents) if might and not found.goal.is_met else None
    return Bar(found.goal.won.cents, ends, found.goal.goal.amount.cents)
