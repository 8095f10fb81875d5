"""What a backward plan says: its factors, what would have to be true, and until when."""

from collections.abc import Mapping
from datetime import date

from babel import numbers

from alignment.domain.assumption import Assumption
from alignment.domain.backward_plan import BackwardPlan, Lever, Need
from alignment.domain.backward_plan_basis import Factor, Kind
from alignment.domain.money import CENTS, Money
from alignment.domain.stage import Stage
from alignment.ui import words
from alignment.ui.words import Words

UNSEEN = "not seen in a quarter of the last two years"
NEAR_TENTH = 0.1


def value(kind: Kind, raw: float | None, currency: str, say: Words) -> str:
    """Return a factor's value as people read it: `25.5%`, `€29.8K`, `73 days`."""
    if raw is None:
        return words.UNKNOWN
    match kind:
        case Kind.SHARE:
            shape = "#,##0.#%" if raw < NEAR_TENTH else "#,##0%"
            return numbers.format_percent(raw, shape, locale=say.locale)
        case Kind.AMOUNT:
            return say.short_money(Money(round(raw * CENTS), currency))
        case Kind.DAYS:
            return f"{say.decimal(raw)} days"


def span(kind: Kind, ends: tuple[float, float], currency: str, say: Words) -> str:
    """Return a range of values: `21–29%`."""
    low, high = (value(kind, end, currency, say) for end in ends)
    if kind is Kind.SHARE:
        low = low.removesuffix("%").rstrip()
    return f"{low}–{high.removesuffix(' days') if kind is Kind.DAYS else high}".replace(" days–", "–")


def measured(factor: Factor, currency: str, say: Words) -> str:
    """Say what the data has of a factor, how sure that is, and what was seen."""
    if factor.value is None:
        return f"Not known: {factor.unknown}."
    known = f"Data: {value(factor.kind, factor.value, currency, say)}"
    sure = f" ({span(factor.kind, factor.interval, currency, say)})" if factor.interval else ""
    seen = f" · seen by quarter {span(factor.kind, factor.seen, currency, say)}" if factor.seen else ""
    return f"{known}{sure}, {factor.counted}{seen}"


def needed(plan: BackwardPlan, say: Words) -> str:
    """Say the chain in one sentence: what the goal needs, from the wins to the leads."""
    amount = plan.used("amount")
    goal, until = say.short_money(plan.goal.amount), words.day(plan.goal.period.last)
    if plan.wins.count is None or amount is None:
        return f"What {goal} by {until} needs is not known: no mean deal to divide by."
    each = value(Kind.AMOUNT, amount, plan.basis.currency, say)
    known = [need for need in plan.needs[1:] if need.count is not None]
    rest = ", ".join(f"{say.count(need.count or 0)} {plural(need.stage)}" for need in known)
    more = f", from {rest}" if rest else ""
    return f"{goal} by {until} needs {say.count(plan.wins.count)} wins of {each} each{more}."


def plural(stage: Stage) -> str:
    """Return the name of many of a stage."""
    return {Stage.WON: "wins", Stage.LEAD: "leads"}.get(stage, f"{stage.label}s")


def assumed(plan: BackwardPlan, moves: Mapping[str, Assumption], say: Words) -> list[str]:
    """Say of each factor that somebody moved what would have to be true, and whether it ever was."""
    return [_assumed(plan, factor, moves.get(factor.name), say) for factor in plan.changed]


def _assumed(plan: BackwardPlan, factor: Factor, move: Assumption | None, say: Words) -> str:
    currency, used = plan.basis.currency, plan.used(factor.name)
    now = value(factor.kind, used, currency, say)
    was = f" instead of {value(factor.kind, factor.value, currency, say)}" if factor.value else ""
    who = f" ({move.who.name})" if move else ""
    unseen = f": {UNSEEN}" if used is not None and factor.is_unseen(used) else ""
    return f"{factor.label} would have to be {now}{was}{who}{unseen}."


def levers(plan: BackwardPlan, stage: Stage, say: Words) -> str:
    """Say what came beside what is needed, and which one change alone would make up for the difference."""
    need = plan.need(stage)
    if need.count is None or need.came is None or need.days is None:
        return ""
    came = f"{say.count(need.came)} {plural(stage)} came {_days(need)}, {say.count(need.count)} are needed"
    if need.at_pace is None:
        return f"{came}."
    pace = f", {say.count(need.at_pace)} at this pace" if need.elapsed < 1 else ""
    found = plan.levers(stage)
    if not found:
        return f"{came}{pace}: enough, if the rest holds."
    are_unseen = all(each.is_unseen for each in found)
    ways = "; or ".join(_lever(each, plan.basis.currency, say, is_told=are_unseen) for each in found)
    unseen = f" Each of them was {UNSEEN}." if are_unseen else ""
    return f"{came}{pace}. For the goal, one of these alone would have to be true: {ways}.{unseen}"


def _lever(lever: Lever, currency: str, say: Words, *, is_told: bool) -> str:
    factor = lever.factor
    now = value(factor.kind, lever.now, currency, say)
    if lever.value is None:
        return f"{factor.label}: not even 100% instead of {now} would do"
    unseen = f", {UNSEEN}" if lever.is_unseen and not is_told else ""
    return f"{factor.label} of {value(factor.kind, lever.value, currency, say)} instead of {now}{unseen}"


def _days(need: Need) -> str:
    return "" if need.days is None else f"from {words.day(need.days.start)} to {words.day(need.days.last)}"


def latest(plan: BackwardPlan, stage: Stage, today: date) -> str:
    """Say until when one more of a stage can still close in the goal's period."""
    need, name = plan.need(stage), words.period(plan.goal.period)
    if need.until is None or need.last_call is None:
        return f"Until when a new {stage.label} can still close in {name} is not known: too few have won."
    if today > plan.goal.period.last:
        return f"{name} is over."
    if today <= need.until:
        return (
            f"A new {stage.label} can still close in {name} until {words.day(need.until)}: half of"
            f" those that win would by then. After {words.day(need.last_call)} fewer than 1 in 10 of them"
            " would."
        )
    if today <= need.last_call:
        return (
            f"{words.day(need.until)} was the day for a new {stage.label}: of those that win, under half"
            f" would still close in {name}, and after {words.day(need.last_call)} fewer than 1 in 10."
        )
    return (
        f"A new {stage.label} hardly closes in {name} any more: {words.day(need.until)} was the day for it,"
        f" and {words.day(need.last_call)} the last call. It counts for what comes after."
    )
