"""The one strip on top of the board: what we won, the goal beside it, the pace, the chance to reach it."""

from html import escape

from alignment.domain.money import Money
from alignment.domain.revenue import Attainment, Range
from alignment.ui import words
from alignment.ui.words import Words


def with_goal(found: Attainment, say: Words, *, beside_some: bool = False) -> str:
    """Return the strip as HTML; every text in it is ours or escaped.

    The goal is one of all sources; `beside_some` says so, where the pictures below are of some of them.
    """
    of = "<small>all sources</small>" if beside_some else ""
    goal = escape(say.short_money(found.goal.amount))
    facts = _pace(found, say) + _chance(found, say)
    return (
        '<div class="accord-strip">'
        f'<div class="accord-won"><span class="accord-most">{escape(say.short_money(found.won))}</span>'
        f'<span class="accord-goal">won of <b>{goal}</b>{of}</span></div>'
        f"{_bullet(found, say)}"
        f'<div class="accord-facts">{facts}</div>'
        "</div>"
    )


def without_goal(
    won: Money | None,
    count: int,
    period: str,
    say: Words,
    *,
    can_have_goal: bool,
    might: Range | None = None,
) -> str:
    """Return the strip of a period for which no goal was agreed yet, or can be; `might` is its forecast."""
    invitation = " No goal yet: set one together." if can_have_goal else ""
    fact = _fact(_ends(might, say), "might be won in the end, 8 in 10") if might else ""
    facts = f'<div class="accord-facts">{fact}</div>' if fact else ""
    most = say.short_money(won) if won else say.count(count)
    return (
        '<div class="accord-strip"><div class="accord-won">'
        f'<span class="accord-most">{escape(most)}</span>'
        f'<span class="accord-goal">{"won" if won else "deals won"}, {escape(period)}.'
        f"{invitation}</span></div>{facts}</div>"
    )


def _ends(might: Range | None, say: Words) -> str:
    return f"{say.short_money(might[0])}–{say.short_money(might[2])}" if might else ""


def _pace(found: Attainment, say: Words) -> str:
    if found.pace is None:
        return _fact("–", "no pace before the first business day")
    return _fact(say.percent(found.pace), "of the pace we need")


def _chance(found: Attainment, say: Words) -> str:
    if found.is_met:
        return _fact(
            "Goal met", f"{escape(say.short_money(found.won - found.goal.amount))} more than we set out for"
        )
    if found.chance is None:
        return _fact("–", escape(found.unknown))
    return _fact(words.chance(found.chance), "chance to reach it")


def _fact(figure: str, meaning: str) -> str:
    return f'<div class="accord-fact"><b>{escape(figure)}</b><span>{meaning}</span></div>'


def _bullet(found: Attainment, say: Words) -> str:
    """Draw won (solid), what might come (hatched, P10–P90), the goal (outlined) and the pace mark."""
    low, middle, high = found.forecast or (None, None, None)
    top = max(found.goal.amount.cents, high.cents if high else 0, found.won.cents) * 1.02

    def at(money: Money | None) -> str:
        return f"{min(100.0, max(0.0, money.cents / top * 100)) if money else 0:.2f}%"

    due = Money(round(found.goal.amount.cents * found.elapsed_share), found.won.currency)
    parts = [f'<i class="accord-plan" style="width:{at(found.goal.amount)}"></i>']
    told = f"Won {say.money(found.won)} of {say.money(found.goal.amount)}; on pace would be {say.money(due)}."
    ends = ""
    if low and middle and high and not found.is_met:
        parts += [
            f'<i class="accord-might" style="width:{at(middle)}"></i>',
            f'<i class="accord-range" style="left:{at(low)};width:calc({at(high)} - {at(low)})"></i>',
        ]
        ends = f"might end at {say.short_money(middle)} ({say.short_money(low)}–{say.short_money(high)})"
        told += (
            f" It might end at {say.money(middle)}, mostly between {say.money(low)} and {say.money(high)}."
        )
    parts.append(f'<i class="accord-actual" style="width:{at(found.won)}"></i>')
    parts.append(f'<i class="accord-pace" style="left:{at(due)}"></i>')
    label = f'<span class="accord-due" style="left:{at(due)}">on pace {escape(say.short_money(due))}</span>'
    return (
        f'<div class="accord-bullet"><div class="accord-dues">{label}</div>'
        f'<div class="accord-bar" role="img" aria-label="{escape(told)}">{"".join(parts)}</div>'
        f'<div class="accord-ends">{escape(ends)}</div></div>'
    )
