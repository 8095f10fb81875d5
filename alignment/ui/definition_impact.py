"""What the draft would have done on the leads that came: hand-offs, their conversion, what they brought."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from alignment.domain.definition_plain import Plain
from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.ui import definition_passports, slot, words
from alignment.ui.definition_view import DefinitionView
from alignment.whatif import Figures, Impact

NEEDS_OUTCOME = "needs column leads.sql_at or deals of the leads"
NEEDS_WORK = "needs column leads.first_touch_at, leads.sal_at, leads.rejected_at or leads.mql_at"
NEEDS_WON = "needs column deals.is_won, and deals that name their leads"
NEEDS_AMOUNT = "needs column deals.amount"
NEEDS_VALUE = "no won deal has both an amount and an exchange rate"
FEWEST_WEEKS = 4
"""Fewer weeks don't tell what a usual one is."""


def show(view: DefinitionView) -> None:
    """Show the figures, the two that matter most the largest; what nobody can know is said apart."""
    if not view.impact.draft.leads:
        st.info(_empty(view), icon=":material/hourglass_empty:")
        return
    with st.container(key="impact", gap=None):
        with st.container(key="figures", horizontal=True, gap="small"):
            _with_passport(view, "hand-offs a week", _hand_offs(view))
            _with_passport(view, "conversion", _conversion(view))
            if view.reader.look.is_room:
                _with_passport(view, "won revenue", _won(view))
        if view.reader.look.is_room:
            slot.show("basis", _basis(view), view.at)
            return
        with st.expander("More about these figures", expanded=not _is_phone(), key="more_figures"):
            won, rest = st.columns([2, 3], gap="small")
            with won:
                _with_passport(view, "won revenue", _won(view))
            with rest:
                slot.show("basis", _basis(view), view.at)


def _with_passport(view: DefinitionView, title: str, figure: str) -> None:
    name = f"figure_{title.partition(' ')[0]}"
    with st.container(key=name, width="stretch", gap=None):
        slot.show(name, figure, view.at, is_status=title != "won revenue")
        definition_passports.button(view, title)


def slots(view: DefinitionView) -> Mapping[str, str]:
    """Return the HTML of each slot that the panel fills, by the slot's name."""
    if not view.impact.draft.leads:
        return {}
    return {
        "figure_hand-offs": _hand_offs(view),
        "figure_conversion": _conversion(view),
        "figure_won": _won(view),
        "basis": _basis(view),
    }


def _basis(view: DefinitionView) -> str:
    said = (_unknown(view), basis(view))
    return "".join(f'<p class="accord-basis">{escape(line)}</p>' for line in said)


def _is_phone() -> bool:
    """Tell whether the screen is a hand's: there the two main figures stay on top, the rest folds away."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def basis(view: DefinitionView) -> str:
    """Say which leads the figures are counted on."""
    draft = view.impact.draft
    as_of = words.as_of(view.snapshot.as_of, view.snapshot.zone)
    if draft.period is None:
        return f"On all {view.reader.words.count(draft.leads)} leads of the data, which has no dates."
    say, weeks = view.reader.words, draft.weeks or 0
    whole = f"{say.counted(draft.leads, 'lead')} created {words.period(draft.period)}"
    is_short = f"{draft.period.days} days: under four weeks, too few to tell a usual week"
    length = is_short if weeks < FEWEST_WEEKS else f"{round(weeks)} weeks"
    left_out = f" Left out: {say.count(draft.never_dated)} without created_at."
    return f"On the {whole}, {length}; {as_of}.{left_out if draft.never_dated else ''}"


def prediction(found: Impact) -> Mapping[str, Plain]:
    """Return what goes on record with a signature: what the draft is expected to bring, and on what basis."""
    draft, rate = found.draft, found.draft.hand_offs.conversion
    period = draft.period
    low, high = draft.hand_offs_of_a_month or (None, None)
    return {
        "hand_offs_a_week": _rounded(draft.hand_offs_a_week, 2),
        "hand_offs_low": _rounded(low, 2),
        "hand_offs_high": _rounded(high, 2),
        "outcome": str(draft.outcome) if draft.outcome else None,
        "window_days": draft.window_days,
        "converted": rate.numerator,
        "judged": rate.denominator,
        "conversion": _rounded(rate.value, 4),
        "conversion_low": _rounded(rate.low, 4),
        "conversion_high": _rounded(rate.high, 4),
        "unknown": draft.hand_offs.unknown,
        "counted_from": period.start.isoformat() if period else None,
        "counted_until": period.end.isoformat() if period else None,
    }


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)


def _hand_offs(view: DefinitionView) -> str:
    """Hand-offs a week, or in all where the data has no dates."""
    found, say = view.impact, view.reader.words
    change = found.hand_offs_a_week
    if change is None:
        before, after = say.count(found.in_force.hand_offs.leads), say.count(found.draft.hand_offs.leads)
        delta = _by(float(found.hand_offs), say.count(abs(found.hand_offs)))
        return _figure(view, "Hand-offs", before, after, delta, "the data has no dates")
    before, after = say.decimal(found.in_force.hand_offs_a_week), say.decimal(found.draft.hand_offs_a_week)
    return _figure(
        view,
        "Hand-offs a week",
        before,
        after,
        _by(change, say.decimal(abs(change)), "more a week", "fewer a week"),
        _capacity(view),
    )


def _capacity(view: DefinitionView) -> str:
    capacity, a_week = view.definition.capacity, view.impact.draft.hand_offs_a_week
    if capacity is None or a_week is None:
        return ""
    over = a_week - capacity
    room = f"the {view.reader.words.count(capacity)} that we can work"
    return f"{view.reader.words.decimal(over)} over {room}" if over > 0 else f"of {room}"


def _conversion(view: DefinitionView) -> str:
    """Hand-offs → outcome, with interval and n, and the difference in words."""
    found, say = view.impact, view.reader.words
    draft, rate = found.draft, found.draft.hand_offs.conversion
    if draft.outcome is None:
        return _figure(view, "Hand-off → SQL", "–", "–", "", f"Not available: {NEEDS_OUTCOME}.")
    label = f"Hand-off → {draft.outcome.label} {words.window(draft.window_days)}"
    change = found.conversion
    points = "" if change.value is None else f"{_signed(view, change.value * 100)} points: "
    beside = f"{say.interval(rate)}, {say.of_counts(rate)}" if not rate.is_too_small else say.of_counts(rate)
    return _figure(
        view, label, _share(view, found.in_force.hand_offs.conversion), _share(view, rate),
        f"{points}{change.words}", beside,
    )  # fmt: skip


def _won(view: DefinitionView) -> str:
    found, say = view.impact, view.reader.words
    change = found.won_revenue
    delta = ""
    if change:
        delta = _by(change.cents, say.short_money(Money(abs(change.cents), change.currency)), less="less")
    before, after = (say.short_money(each.hand_offs.won_revenue) for each in (found.in_force, found.draft))
    return _figure(view, "Won revenue they brought", before, after, delta, _won_leads(view), is_less=True)


def _won_leads(view: DefinitionView) -> str:
    """Say how many of the hand-offs won, and what keeps their revenue, or part of it, from being known."""
    hand_offs, say = view.impact.draft.hand_offs, view.reader.words
    if hand_offs.won is None:
        return f"Not available: {NEEDS_WON}."
    won = f"{say.count(hand_offs.won)} of these leads won by now"
    if hand_offs.won_revenue is None:
        lacks = NEEDS_VALUE if view.snapshot.has("deals", "amount") else NEEDS_AMOUNT
        return f"Not available: {lacks}. {won}."
    unvalued = f"{say.count(hand_offs.unvalued)} of them by deals without an amount or exchange rate"
    elsewhere = (
        f"the money of {say.count(hand_offs.counted_elsewhere)} counts with an earlier lead of the deal"
    )
    notes = [(hand_offs.unvalued, unvalued), (hand_offs.counted_elsewhere, elsewhere)]
    return "; ".join([won, *(words for count, words in notes if count)])


def _figure(
    view: DefinitionView,
    label: str,
    before: str,
    after: str,
    delta: str,
    beside: str,
    *,
    is_less: bool = False,
) -> str:
    """Return one figure: what, `in force → draft`, the difference in words, and what it rests on."""
    said = f'<span class="accord-delta">{escape(delta)}</span>' if view.is_changed else ""
    was = (
        f'<span class="accord-was">{escape(before)} →</span> ' if view.is_changed and before != after else ""
    )
    size = " accord-less" if is_less else ""
    return (
        f'<div class="accord-figure{size}"><span class="accord-label">{escape(label)}</span>'
        f'<span class="accord-value">{was}<b>{escape(after)}</b></span>'
        f"{said}"
        f'<span class="accord-beside">{escape(beside)}</span></div>'
    )


def _by(change: float, amount: str, more: str = "more", less: str = "fewer") -> str:
    """Say a difference by its sign and in words; neither direction is good or bad by itself."""
    if not change:
        return "no change"
    return f"▲ {amount} {more}" if change > 0 else f"▼ {amount} {less}"


def _signed(view: DefinitionView, number: float) -> str:
    sign = "+" if number > 0 else "−" if number < 0 else "±"
    return f"{sign}{view.reader.words.decimal(abs(number))}"


def _share(view: DefinitionView, rate: Rate) -> str:
    return "n too small" if rate.is_too_small else view.reader.words.percent(rate.value)


def _unknown(view: DefinitionView) -> str:
    """Say what nobody can know, apart from the rate: it counts neither as success nor as failure."""
    draft, say = view.impact.draft, view.reader.words
    hand_offs = draft.hand_offs
    parts = [
        _unworked(view),
        f"{say.count(hand_offs.too_young)} are too young to judge" if hand_offs.too_young else "",
        f"{say.count(hand_offs.undated)} at an unknown time" if hand_offs.undated else "",
        f"{say.count(draft.unscored)} leads have none of the values asked for" if draft.unscored else "",
    ]
    said = "; ".join(part for part in parts if part)
    return f"{said}." if said else "Every hand-off was worked and is old enough to judge."


def _unworked(view: DefinitionView) -> str:
    """Say how many hand-offs nobody worked, or why the data can't tell."""
    draft, say = view.impact.draft, view.reader.words
    hand_offs = draft.hand_offs
    if not hand_offs.leads:
        return "No lead is handed off"
    if draft.outcome is None:
        return f"What came of the hand-offs is not known: {NEEDS_OUTCOME}"
    if hand_offs.unknown is None:
        return f"Which hand-offs were worked is not known, so all of them count: {NEEDS_WORK}"
    if not hand_offs.unknown:
        return ""
    never = f"{say.count(hand_offs.unknown)} of the {say.count(hand_offs.leads)} hand-offs were never worked"
    return f"{never}: unknown, not failures"


def _empty(view: DefinitionView) -> str:
    figures: Figures = view.impact.draft
    when = f" {words.period(figures.period)}" if figures.period else ""
    return (
        f"The data has no leads{when}: nothing to count yet. "
        "The definition can be edited and signed all the same."
    )
