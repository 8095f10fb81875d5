"""Decisions on strategies and why money was spent: read by all, recorded by marketing and sales."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import TypeVar

import streamlit as st

from alignment.agreement import now
from alignment.agreement.decisions import Task
from alignment.domain.decision import (
    LONGEST_NAME,
    LONGEST_TEXT,
    About,
    Because,
    Choice,
    Decision,
    decided,
    explained,
    standing,
)
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.review import quarter_after
from alignment.domain.strategy import Basis, Strategies
from alignment.ui import live, pictures, session, strategies, words
from alignment.ui.agreement_panel import SHAPES, clock
from alignment.ui.plain import plain
from alignment.ui.view import View

Record = TypeVar("Record", Decision, Because)


def show(view: View, answer: Strategies) -> None:
    """Show the table with what was decided, the decisions, and why was spent; live on every screen."""
    agreement = session.agreement()
    made, reasons = decided(agreement.decisions.every()), explained(agreement.spend_reasons.every())
    strategies.table(view, answer, dict(made))
    period = view.choice.period
    if period is None:
        st.caption("Decisions are for a period; this data has no dates to choose one by.")
        return
    if session.person().side.may_edit:
        _choose(view, answer, period)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("What we decided", anchor=False)
        shown = [*of_period(made, period), *still_open(made, period)]
        _cards([decision_words(each, period) for each in shown], "Nothing is decided yet.")
    with right:
        st.header("Why we spent", anchor=False)
        said = list(map(because_words, of_period(reasons, period)))
        _cards(said, "Nobody has said yet why we spent.")


def of_period(records: Mapping[About, Record], period: Period) -> list[Record]:
    """Return the records on strategies of one period, the newest first."""
    found = [each for about, each in records.items() if about.period == period]
    return sorted(found, key=lambda each: each.at, reverse=True)


def still_open(made: Mapping[About, Decision], period: Period) -> list[Decision]:
    """Return what was decided for other periods and nobody has seen to yet, the first due first."""
    return [each for each in standing(made.values()) if each.about.period != period]


def today() -> date:
    """Return the day of the business that it is now: decisions and reviews are due by the calendar."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """Return the business day of an instant of the ledger (naive UTC)."""
    return at.replace(tzinfo=UTC).astimezone(session.snapshot().zone).date()


def decision_words(decision: Decision, period: Period) -> tuple[str, str]:
    """Say a decision in one line, and what goes with it in another; of another period, of which one."""
    if decision.is_done:
        state = f"seen to, on record since {clock(decision.at)}"
    else:
        due = words.day(decision.due_on)
        state = f"overdue since {due}" if decision.is_overdue(today()) else f"due {due}"
    why = f" {_ended(decision.reason)}" if decision.reason else ""
    who = f"{SHAPES[decision.who.side]} {decision.who.name}"
    return (
        f"{decision.about.called}{_of_other(decision.about, period)}: {decision.choice.meaning}",
        f"{decision.owner} sees to it, {state}. Recorded by {who}.{why}",
    )


def _of_other(about: About, period: Period) -> str:
    return "" if about.period == period else f" ({words.period(about.period)})"


def because_words(because: Because) -> tuple[str, str]:
    """Say why was spent on a strategy, and what was expected and came."""
    expected, came = because.expected or "not said", because.came or "nothing said yet"
    return (
        f"{because.about.called}: {because.reason.removesuffix('.')}",
        f"Expected: {_ended(expected)} Came: {_ended(came)}",
    )


def _ended(text: str) -> str:
    """Return a text that people wrote as a sentence with its stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _cards(lines: Sequence[tuple[str, str]], nothing: str) -> None:
    if not lines:
        st.caption(nothing)
        return
    items = "".join(f"<li><b>{escape(what)}</b><span>{escape(more)}</span></li>" for what, more in lines)
    st.html(f'<ul class="accord-cards">{items}</ul>')


def _choose(view: View, answer: Strategies, period: Period) -> None:
    """Let people choose a strategy and record something of it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="decide"):
        name = st.selectbox(
            f"Choose a {answer.by}",
            strategies.names(answer),
            format_func=lambda each: plain(answer.called(each)),
            key="decide_on",
            width=320,
        )
        about = About(period, answer.by, name)
        if st.button("Decide", icon=":material/gavel:", type="primary", key="decide_button"):
            _ask_decision(about)
        if st.button("Say why we spent", icon=":material/edit_note:", key="because_button"):
            _ask_because(view, about)
        known = decided(session.agreement().decisions.every()).get(about)
        if known and not known.is_done:
            st.button(
                "Seen to", icon=":material/check:", key="finish_button", on_click=_finish, args=(about,)
            )


@st.dialog("What do we do with it?")
def _ask_decision(about: About) -> None:
    known = decided(session.agreement().decisions.every()).get(about)
    st.markdown(f"**{plain(about.called)}**, {words.period(about.period)}")
    with st.form("decision", border=False):
        choice = st.radio(
            "From now on we",
            list(Choice),
            index=list(Choice).index(known.choice) if known else None,
            format_func=lambda each: each.meaning,
            horizontal=True,
        )
        owner = st.text_input(
            "Who sees to it?", known.owner if known else session.person().name, LONGEST_NAME
        )
        due_on = st.date_input(
            "Due on", known.due_on if known else quarter_after(today()), format="YYYY-MM-DD"
        )
        label = "Why does it change?" if known else "Why? You may leave this empty."
        reason = st.text_input(f"{label} The others will read it.", max_chars=LONGEST_TEXT)
        if st.form_submit_button("Put it on record for both of us", type="primary"):
            _record(about, choice, owner, due_on, reason)


def _record(about: About, choice: Choice | None, owner: str, due_on: date | None, reason: str) -> None:
    if choice is None or due_on is None:
        st.error("Please choose what we do from now on, and the day until when.")
        return
    try:
        task = Task(choice, owner, due_on)
        session.agreement().decisions.record(session.person(), about, task, reason, session.screen())
    except Refusal as refusal:
        st.error(plain(refusal))
    else:
        st.rerun()


@st.dialog("Why did we spend on it?")
def _ask_because(view: View, about: About) -> None:
    known = explained(session.agreement().spend_reasons.every()).get(about)
    st.markdown(f"**{plain(about.called)}**, {words.period(about.period)}")
    st.caption(plain(_came(view, about)))
    with st.form("because", border=False):
        reason = st.text_input("Because", known.reason if known else "", LONGEST_TEXT)
        expected = st.text_input("We expected", known.expected if known else "", LONGEST_TEXT)
        came = st.text_input("What came", known.came if known else "", LONGEST_TEXT)
        if st.form_submit_button("Put it on record for both of us", type="primary"):
            try:
                session.agreement().spend_reasons.give(
                    session.person(), about, (reason, expected, came), session.screen()
                )
            except Refusal as refusal:
                st.error(plain(refusal))
            else:
                st.rerun()


def _came(view: View, about: About) -> str:
    """Say what the data tells of a strategy, beside which people write what came."""
    answer = pictures.strategies(view, about.by, Basis.PERIOD)
    row = next((each for each in answer.rows if each.name == about.name), None)
    if row is None:
        return "The data tells nothing of it in this period."
    say = view.reader.words
    told = [
        f"{say.count(count)} {unit}"
        for count, unit in ((row.mqls, "MQLs"), (row.sqls, "SQLs"), (row.won, "deals won"))
        if count is not None
    ]
    return f"By the data: {', '.join(told)}; {say.short_money(row.revenue)} for {say.short_money(row.spend)}."


def _finish(about: About) -> None:
    try:
        session.agreement().decisions.finish(session.person(), about, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
