"""Promises on a page: both sides' cards, alike in size and form, and the dialog to make one's own."""

from dataclasses import dataclass, replace
from math import floor, log10

import streamlit as st

from alignment import report
from alignment.domain.agreement import Side
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.promise import (
    MOST_DAYS,
    MOST_UNITS,
    USUAL_DAYS,
    WHOLE,
    AnswerPromise,
    Promise,
    Promised,
    ValuePromise,
    newest,
)
from alignment.domain.promise_kept import Answered, ValueReached
from alignment.domain.refusal import Refusal
from alignment.ui import passport, promise_card, promise_table, session, terms, words
from alignment.ui.agreement_panel import clock
from alignment.ui.answers import ask
from alignment.ui.plain import plain
from alignment.ui.promise_card import Card
from alignment.ui.view import View

SIDES = (Side.MARKETING, Side.SALES)
TITLES = {Side.MARKETING: "Marketing's", Side.SALES: "Sales'"}
PROPOSED_DIGITS = 2
Came = ValueReached | Answered | Refusal


@dataclass(frozen=True)
class Stand:
    """One side of a period: what it promised, each change kept, and what came, or what that needs."""

    side: Side
    period: Period
    made: tuple[Promise, ...]
    came: Came

    @property
    def is_made(self) -> bool:
        """Tell whether the side has promised anything."""
        return bool(self.made)


def show(view: View) -> None:
    """Show both sides' promises for the chosen period side by side; data without dates says what it needs."""
    period = view.choice.period
    with st.container(key="promises"):
        if period is None:
            _show_undated()
            return
        every = session.agreement().promises.every()
        stands = [_stand(view, side, period, every) for side in SIDES]
        is_first = not any(stand.is_made for stand in stands)
        for place, stand in zip(st.columns(2, gap="small"), stands, strict=True):
            with place:
                _show(view, stand, is_first=is_first)


def _show_undated() -> None:
    needed = "Not available: needs column leads.created_at. With it you would see what both sides promised."
    for place, side in zip(st.columns(2, gap="small"), SIDES, strict=True):
        with place, st.container(key=f"promise_{side}"):
            st.html(promise_card.html(promise_card.unknown(side, needed)))


def _stand(view: View, side: Side, period: Period, every: tuple[Promise, ...]) -> Stand:
    made = tuple(each for each in every if each.side is side and each.period == period)
    return Stand(side, period, made, came(view, side, period, newest(made, side, period)))


def came(view: View, side: Side, period: Period, promise: Promise | None) -> Came:
    """Return what came of a side's promise for a period, or what the data needs to tell."""
    judged = terms.mqls(view.snapshot)
    try:
        if side is Side.MARKETING:
            worth = ask(report.worth_per_mql, view.snapshot, None, judged)
            return ask(report.value_of_mqls, view.snapshot, period, promise, judged, worth=worth)
        return ask(report.answered, view.snapshot, period, promise, terms.in_force(), judged)
    except Refusal as refusal:
        return refusal


def _show(view: View, stand: Stand, *, is_first: bool) -> None:
    with st.container(
        key=f"promise_{stand.side}", horizontal=True, wrap=False, vertical_alignment="center", gap="small"
    ):
        st.html(promise_card.html(_card(view, stand, is_first=is_first)), width="stretch")
        if _may_make(view, stand):
            _button(view, stand)
        if not isinstance(stand.came, Refusal):
            passport.button(
                f"{TITLES[stand.side]} promise",
                stand.came.passport,
                f"promise_{stand.side}",
                view.reader,
                table=promise_table.of_promises(stand.came, stand.made),
                note=view.whole_note,
            )


def _card(view: View, stand: Stand, *, is_first: bool) -> Card:
    if isinstance(stand.came, Refusal):
        return promise_card.unknown(stand.side, str(stand.came))
    if not stand.is_made:
        return promise_card.without(
            stand.side, stand.period, is_first=is_first, is_over=_is_over(view, stand)
        )
    card = promise_card.of_promise(stand.came, view.reader.words)
    if len(stand.made) == 1:
        return card
    changed_on, _, _ = clock(stand.made[-1].at).partition(",")
    return replace(card, promised=f"{card.promised}, changed {changed_on}")


def _is_over(view: View, stand: Stand) -> bool:
    return view.today is not None and view.today > stand.period.last


def _may_make(view: View, stand: Stand) -> bool:
    """Tell whether who is here may promise: for their own side, a figure that is known, before it is over."""
    is_known = not isinstance(stand.came, Refusal) and not _is_over(view, stand)
    return is_known and session.person().side is stand.side and not (stand.is_made and view.choice.is_room)


def _button(view: View, stand: Stand) -> None:
    if not stand.is_made:
        if st.button("Make our promise", icon=":material/handshake:", key="make_promise"):
            _ask(view, stand)
        return
    with st.container(key="about_change_promise", width="content"):
        if st.button("Change our promise", icon=":material/edit:", type="tertiary", key="change_promise"):
            _ask(view, stand)


@st.dialog("Our promise")
def _ask(view: View, stand: Stand) -> None:
    before = came(view, stand.side, stand.period.previous(), None)
    st.markdown(plain(_explained(view, stand, before)))
    with st.form("promise", border=False):
        promised = (
            _ask_value(view, stand, before) if stand.side is Side.MARKETING else _ask_answers(stand, before)
        )
        label = "Why does it change?" if stand.is_made else "Why so much? You may leave this empty."
        reason = st.text_input(f"{label} The others will read it.", max_chars=300)
        whose = words.period(stand.period)
        if st.form_submit_button(f"Promise this for {whose}", type="primary"):
            _save(stand, promised, reason)


def _explained(view: View, stand: Stand, before: Came) -> str:
    """Say what is promised, and what the last period of the same kind reached."""
    say, last = view.reader.words, words.period(stand.period.previous())
    if stand.side is Side.MARKETING:
        what = "Marketing promises sales what its MQLs might bring: value, not heads."
        if isinstance(before, ValueReached):
            return f"{what} {last} reached {say.short_money(before.reached)}, by what we know today."
        return what
    what = "Sales promises marketing to touch hand-offs within the SLA and to accept them, or say why not."
    return f"{what} {last}: {say.rate(before.rate)}." if isinstance(before, Answered) else what


def _ask_value(view: View, stand: Stand, before: Came) -> Promised | Refusal:
    now = stand.made[-1].promised if stand.made else None
    proposed = _rounded(before.reached.amount) if isinstance(before, ValueReached) else None
    amount = st.number_input(
        f"Sales value of MQLs that we promise, {view.snapshot.currency}",
        min_value=0.0,
        max_value=float(MOST_UNITS),
        step=10_000.0,
        format="%.0f",
        value=now.amount.amount if isinstance(now, ValuePromise) else proposed,
    )
    if amount is None or not isinstance(stand.came, ValueReached):
        return Refusal("Please give the amount that we promise.")
    worth = {source: money.cents for source, money in stand.came.worth.items()}
    try:
        return ValuePromise(Money(round(amount * CENTS), view.snapshot.currency), worth)
    except Refusal as refusal:
        return refusal


def _ask_answers(stand: Stand, before: Came) -> Promised | Refusal:
    now = stand.made[-1].promised if stand.made else None
    known = now if isinstance(now, AnswerPromise) else None
    proposed = None
    if isinstance(before, Answered) and not before.rate.is_too_small:
        proposed = max(1, before.rate.numerator * WHOLE // before.rate.denominator)
    percent = st.number_input(
        "Share of hand-offs that we answer, %", 1, WHOLE, known.percent if known else proposed, 1
    )
    days = st.number_input(
        "Days to accept or send back with a reason", 0, MOST_DAYS, known.days if known else USUAL_DAYS, 1
    )
    if percent is None or days is None:
        return Refusal("Please give the share of hand-offs and the days that we promise.")
    return AnswerPromise(percent, days)


def _rounded(amount: float) -> float | None:
    """Return the amount with two digits that matter: nobody promises to the cent."""
    if amount < 1:
        return None
    return round(amount, PROPOSED_DIGITS - 1 - floor(log10(amount)))


def _save(stand: Stand, promised: Promised | Refusal, reason: str) -> None:
    if isinstance(promised, Refusal):
        st.error(plain(str(promised)))
        return
    try:
        session.agreement().promises.make(session.person(), stand.period, promised, reason, session.screen())
    except Refusal as refusal:
        st.error(plain(str(refusal)))
    else:
        st.rerun()
