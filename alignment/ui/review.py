"""The quarterly review on a page: when it is due, its agenda, its documents, and that it was held."""

from html import escape

import streamlit as st

from alignment.domain import agenda as topics
from alignment.domain.agenda import Span
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.review import Agenda, Due, DueStatus, Topic, due, is_quarter
from alignment.domain.strategy import Strategies
from alignment.ui import downloads, goal, promise_words, review_document, session, words
from alignment.ui.decisions import day_of, today
from alignment.ui.plain import plain
from alignment.ui.view import View

LONGEST_NOTE = 300


def show(view: View, answer: Strategies) -> None:
    """Show when the next review is due, what there is to talk about, and its documents."""
    period = view.choice.period
    with st.container(key="review"):
        held = session.agreement().reviews.every()
        when = due(held, today(), day_of(held[-1].at) if held else None)
        st.html(f'<div class="accord-review">{_said(when)}</div>')
        if period is None:
            st.caption("A review is of a quarter; this data has no dates to choose one by.")
            return
        agenda = agenda_of(view, answer, period)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _agenda(view, agenda)
            _documents(view, answer, agenda, when)
            is_held = any(each.period == period for each in held)
            may_hold = session.person().side.may_edit and not is_held and is_quarter(period)
            if may_hold and st.button("We held it", icon=":material/event_available:", key="hold_review"):
                _ask_held(period)
            if is_held:
                st.caption(plain(f"The review of {words.period(period)} is on record."))


def sentence(when: Due) -> tuple[str, str]:
    """Say where the next review stands, and what the last one was."""
    if when.due_on is None:
        said = "None is on record yet: hold one, and the next is due a quarter later."
        return "The first quarterly review is due", said
    last, said = when.last, ""
    if last:
        said = f"The last one, of {words.period(last.period)}, was put on record by {last.who.name}."
    if last and last.note:
        said += f" {last.note}"
    day = words.day(when.due_on)
    match when.status:
        case DueStatus.OVERDUE:
            return f"▲ The quarterly review is overdue: it was due on {day}, {_days(-when.days)} ago", said
        case DueStatus.TODAY:
            return "The quarterly review is due today", said
        case _:
            return f"The next quarterly review is due on {day}, in {_days(when.days)}", said


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _said(when: Due) -> str:
    what, more = sentence(when)
    return f"<b>{escape(what)}</b><span>{escape(more)}</span>"


def agenda_of(view: View, answer: Strategies, period: Period) -> Agenda:
    """Return what changed in the period that there is to talk about."""
    agreement, span = session.agreement(), Span(period, *period.instants(view.snapshot.zone))
    promises = agreement.promises.every()
    return Agenda(
        period,
        (
            topics.goals(span, agreement.goals.every(), _goal(view)),
            Topic("Our promises", promise_words.lines(view, period, promises), "Nothing was promised."),
            topics.versions(span, agreement.versions()),
            topics.plans(span, agreement.plans.every()),
            topics.routings(span, agreement.routings.every()),
            topics.decisions_due(agreement.decisions.every(), today()),
            topics.unexplained(answer, span, agreement.spend_reasons.every()),
        ),
    )


def _goal(view: View) -> tuple[str, ...]:
    try:
        found = goal.attainment(view)
    except Refusal as refusal:
        return (str(refusal),)
    if found is None:
        return ()
    say = view.reader.words
    won, aim = say.short_money(found.won), say.short_money(found.goal.amount)
    return (f"{won} won of {aim}, {say.percent(found.share)} of the goal.",)


def _agenda(view: View, agenda: Agenda) -> None:
    count = view.reader.words.count(agenda.changes)
    with st.popover(f"Agenda of {words.period(agenda.period)}: {count} points", icon=":material/list_alt:"):
        for topic in agenda.topics:
            lines = topic.lines or (topic.nothing,)
            st.markdown(f"**{plain(topic.title)}**\n" + "".join(f"\n- {plain(line)}" for line in lines))


def _documents(view: View, answer: Strategies, agenda: Agenda, when: Due) -> None:
    made = review_document.of(view, answer, agenda, sentence(when))
    for kind, mime, write in (
        ("html", "text/html", review_document.html),
        ("pdf", "application/pdf", review_document.pdf),
    ):
        st.download_button(
            kind.upper(),
            lambda write=write: write(made),
            downloads.file_name("review", words.period(agenda.period), ending=kind),
            mime,
            on_click="ignore",
            icon=":material/download:",
            key=f"review_{kind}",
        )


@st.dialog("We held the review")
def _ask_held(period: Period) -> None:
    named = plain(words.period(period))
    st.markdown(f"The review of **{named}** goes on record; the next is due in a quarter.")
    with st.form("review", border=False):
        label = "A note for those who were not there. You may leave it empty."
        note = st.text_input(label, max_chars=LONGEST_NOTE)
        if st.form_submit_button("Put it on record for both of us", type="primary"):
            try:
                session.agreement().reviews.hold(session.person(), period, note, session.screen())
            except Refusal as refusal:
                st.error(plain(refusal))
            else:
                st.rerun()
