"""The lack and surplus compass: where a month stands against the plan, and what we might ask."""

import streamlit as st

from alignment.domain.compass import Compass, CompassMonth
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.ui import (
    compass_grid,
    compass_plan,
    compass_tables,
    compass_words,
    panels,
    passport,
    pictures,
    session,
)
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View

HEIGHT, ROOM_HEIGHT, EMPTY_HEIGHT = 216, 330, 160
WIDTH, ROOM_WIDTH = 132, 180


def show(view: View) -> None:
    """Show the compass of a month that people choose, its two charts beside it, and the plan."""
    with st.container(key="half_compass", gap="xxsmall"):
        head = st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="head_half_compass",
        )
        head.header("Lack or surplus?", anchor=False, width="content")
        try:
            found = pictures.compass(view)
            shown = pictures.year_of(view, found)
        except Refusal as refusal:
            instead(str(refusal), EMPTY_HEIGHT, is_missing=isinstance(refusal, MissingColumnError))
            return
        with head:
            month = _choose(view, found, shown)
        left, right = st.columns(2, gap="medium")
        with left:
            _compass(view, found, shown, month)
        with right:
            _charts(view, found, month)


def _choose(view: View, found: Compass, shown: tuple[CompassMonth, ...]) -> CompassMonth:
    """Let people choose the month; first comes the newest that can be judged whole."""
    newest_first = list(reversed(shown))
    judged = [each for each in newest_first if each.cell] or newest_first
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="compass_choices"):
        months = [each.month for each in newest_first]
        month = st.selectbox(
            "Month of MQL",
            months,
            index=months.index(judged[0].month),
            format_func=compass_words.name,
            key=f"compass_month_{months[0]}_{judged[0].month}",
            label_visibility="collapsed",
            width=ROOM_WIDTH if view.choice.is_room else WIDTH,
        )
        if _may_plan(view):
            compass_plan.button(view, found)
        passport.button(
            "Lack or surplus",
            found.passport,
            "compass",
            view.reader,
            table=compass_tables.of_compass(shown),
            note=view.lead_note,
        )
    return found.at(month) or judged[0]


def _may_plan(view: View) -> bool:
    """Tell whether to offer the dialog: plans are for all sources, and nobody types on a wall."""
    return session.person().side.may_edit and not view.choice.sources and not view.choice.is_room


def _compass(view: View, found: Compass, shown: tuple[CompassMonth, ...], month: CompassMonth) -> None:
    say = view.reader.words
    st.html(compass_grid.grid(shown, month))
    with st.container(key="compass_said", gap=None):
        before = found.months.index(month)
        st.markdown(f"**{plain(compass_words.name(month.month))}. {plain(compass_words.seen(month))}**")
        st.markdown(plain(compass_words.question(month, before)))
    planned = compass_words.plan(month.plan, month.month, is_of_all=not view.choice.sources)
    lines = [*compass_words.counted(month, say), planned]
    st.markdown("".join(f"- {plain(line)}\n" for line in lines))
    _in_common(view, found, month)


def _in_common(view: View, found: Compass, month: CompassMonth) -> None:
    """Name what the SQLs of a month with more of them than expected have in common."""
    try:
        traits = pictures.in_common(view, found, month)
    except Refusal as refusal:
        st.markdown(plain(str(refusal)))
        return
    if traits is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="compass_traits_head"):
        st.markdown("**More often than before among these SQLs**", width="content")
        passport.button(
            "What these SQLs have in common",
            traits.passport,
            "traits",
            view.reader,
            table=compass_tables.of_traits(traits),
            note=view.lead_note,
        )
    st.markdown("".join(f"- {plain(line)}\n" for line in compass_words.traits(traits, view.reader.words)))


def _charts(view: View, found: Compass, month: CompassMonth) -> None:
    height = ROOM_HEIGHT if view.choice.is_room else HEIGHT
    panels.show(
        "compass_mqls",
        lambda: pictures.mqls(view, found, month),
        view.reader,
        title="MQLs by month",
        height=height,
    )
    panels.show(
        "compass_sqls",
        lambda: pictures.sqls(view, found, month),
        view.reader,
        title="SQLs by month of MQL",
        height=height,
    )
    st.markdown(
        plain(
            "▲▼ more or fewer than expected; shaded: usual; bracket: chance around a plan; hollow: too young."
        )
    )
