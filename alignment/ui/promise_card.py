"""The card of a promise, of one size and form for both sides: promised, reached, and where it stands."""

from dataclasses import dataclass
from html import escape

from alignment.domain.agreement import Side
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import WHOLE, Promised, ValuePromise
from alignment.domain.promise_kept import Answered, Moment, PromiseStatus, ValueReached
from alignment.ui import words
from alignment.ui.shapes import SHAPES
from alignment.ui.words import Words

SIGNS = {
    PromiseStatus.NOT_BEGUN: "…",
    PromiseStatus.ON_THE_WAY: "…",
    PromiseStatus.KEPT: "✓",
    PromiseStatus.NOT_KEPT: "▼",
    PromiseStatus.KEPT_SO_FAR: "…",
    PromiseStatus.OPEN: "…",
    PromiseStatus.TOO_FEW: "–",
}
HEADROOM = 1.02
"""The bar ends a little after what is largest in it."""


@dataclass(frozen=True)
class Bar:
    """Shares of what was promised: reached, due by now, between which ends reached may lie; None: none."""

    reached: float
    due: float | None = None
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class Card:
    """The words of a card; `told` says the bar to those who can't see it. Without a status it is unknown."""

    side: Side
    promised: str
    status: str
    figure: str
    beside: str
    bar: Bar | None = None
    told: str = ""


def of_promise(found: ValueReached | Answered, say: Words) -> Card:
    """Return the card of a side's promise."""
    return of_value(found, say) if isinstance(found, ValueReached) else of_answers(found, say)


def of_value(found: ValueReached, say: Words) -> Card:
    """Return the card of marketing's promise."""
    promised = found.promised
    if promised is None or found.status is None:
        return without(Side.MARKETING, found.period)
    reached = say.short_money(found.reached)
    due = found.due if found.status is PromiseStatus.ON_THE_WAY else None
    facts = [f"{say.percent(found.share)} of it", *_facts_of_value(found, due, say)]
    return Card(
        Side.MARKETING,
        f"{_verb(found.moment)} {what(promised, say)}",
        _status(found.status),
        reached,
        ", ".join(facts),
        Bar(found.share or 0.0, found.moment.elapsed_share if due else None),
        f"Marketing promised MQLs worth {say.money(promised.amount)}; reached {say.money(found.reached)}"
        f"{f', due by now {say.money(due)}' if due else ''}: {found.status}.",
    )


def what(promised: Promised, say: Words) -> str:
    """Say what is promised: `€1.2M of MQL value`, `80% of hand-offs answered`."""
    if isinstance(promised, ValuePromise):
        return f"{say.short_money(promised.amount)} of MQL value"
    return f"{say.percent(promised.percent / WHOLE)} of hand-offs answered"


def _verb(moment: Moment) -> str:
    return "promised" if moment.is_over else "promises"


def _facts_of_value(found: ValueReached, due: Money | None, say: Words) -> list[str]:
    if due:
        return [f"due by now {say.short_money(due)}"]
    return [f"{say.short_money(found.as_made)} as valued then"] if found.as_made else []


def of_answers(found: Answered, say: Words) -> Card:
    """Return the card of the promise of sales."""
    promised, rate = found.promised, found.rate
    if promised is None or found.status is None:
        return without(Side.SALES, found.period)
    share = say.percent(promised.percent / WHOLE)
    facts = [f"{say.of_counts(rate)} ({say.interval(rate)})" if not rate.is_too_small else say.rate(rate)]
    if found.pending:
        facts.append(f"{say.count(found.pending)} pending")
    known = None if rate.is_too_small or rate.interval is None else rate.interval
    ends = (known[0] / promised.percent * WHOLE, known[1] / promised.percent * WHOLE) if known else None
    return Card(
        Side.SALES,
        f"{_verb(found.moment)} {what(promised, say)}",
        _status(found.status),
        _answered(found, say),
        ", ".join(facts),
        Bar(found.share or 0.0, None, ends),
        f"Sales promised to answer {share} of hand-offs; answered {say.rate(rate)},"
        f" {say.count(found.pending)} pending: {found.status}.",
    )


def _answered(found: Answered, say: Words) -> str:
    """Say the share answered; with a digit more where it would read as what was promised and is less."""
    if found.rate.is_too_small or found.promised is None:
        return "–"
    rate, promised = found.rate, found.promised.percent
    is_less = rate.numerator * WHOLE < promised * rate.denominator
    if is_less and round(rate.numerator / rate.denominator * WHOLE) == promised:
        return say.exact_percent(rate.numerator / rate.denominator)
    return say.percent(rate.value)


def without(side: Side, period: Period, *, is_first: bool = False, is_over: bool = False) -> Card:
    """Return the card of a side that has promised nothing for a period.

    `is_first`: the other side neither, so that both are invited at once; not once the period is over.
    """
    nothing = {
        Side.MARKETING: "might promise sales value of MQLs",
        Side.SALES: "might promise answers in time",
    }[side]
    if is_over:
        return Card(side, "", "no promise", "–", f"nothing was promised for {words.period(period)}")
    invited = f"shall we both, for {words.period(period)}?" if is_first else f"for {words.period(period)}"
    return Card(side, nothing, "no promise yet", "–", invited)


def unknown(side: Side, sentence: str) -> Card:
    """Return the card of a figure that the data can't tell; the sentence says what it needs."""
    return Card(side, sentence, "", "–", "")


def html(card: Card) -> str:
    """Return a card as HTML; every text in it is escaped."""
    if not card.status:
        return _needs(card)
    bar = _bar(card.bar, card.told) if card.bar else "<span></span>"
    status = f'<b class="accord-status">{escape(card.status)}</b>'
    return (
        f'<div class="accord-promise accord-of-{card.side}">'
        f'<div class="accord-said"><span>{_whose(card)} {escape(card.promised)}</span>{status}</div>'
        f'<div class="accord-came"><b class="accord-reached">{escape(card.figure)}</b>{bar}'
        f'<span class="accord-beside-bar">{escape(card.beside)}</span></div>'
        "</div>"
    )


def _needs(card: Card) -> str:
    """Return the card that says what it needs, as tall as any."""
    return (
        f'<div class="accord-promise accord-needs accord-of-{card.side}">'
        f"<span>{_whose(card)} {escape(card.promised)}</span></div>"
    )


def _whose(card: Card) -> str:
    shape = f'<i aria-hidden="true">{SHAPES[card.side]}</i>'
    return f"{shape} <b>{str(card.side).capitalize()}</b>"


def _status(status: PromiseStatus) -> str:
    return f"{SIGNS[status]} {status}"


def _bar(bar: Bar, told: str) -> str:
    top = max(1.0, bar.reached, bar.ends[1] if bar.ends else 0.0) * HEADROOM

    def at(share: float) -> str:
        return f"{share / top * 100:.2f}%"

    parts = [
        f'<i class="accord-plan" style="width:{at(1.0)}"></i>',
        f'<i class="accord-actual" style="width:{at(bar.reached)}"></i>',
    ]
    if bar.ends:
        low, high = bar.ends
        parts.append(f'<i class="accord-range" style="left:{at(low)};width:{at(high - low)}"></i>')
    if bar.due is not None:
        parts.append(f'<i class="accord-pace" style="left:{at(bar.due)}"></i>')
    return f'<div class="accord-bar" role="img" aria-label="{escape(told)}">{"".join(parts)}</div>'
