"""The digest on a page: where the shared number stands and what changed since somebody last looked."""

from dataclasses import replace
from datetime import date, timedelta
from html import escape

import streamlit as st
from streamlit.components.v2 import component

from alignment import report
from alignment.config import settings
from alignment.domain.digest import USUAL_DAYS, Digest
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment
from alignment.ui import (
    ahead,
    digest_html,
    digest_news,
    digest_words,
    figures,
    loads,
    passport,
    session,
    strip,
    tables,
    terms,
    words,
)
from alignment.ui.answers import ask
from alignment.ui.digest_parts import Block, Said, Teller
from alignment.ui.figures import Explained
from alignment.ui.panels import instead
from alignment.ui.plain import one_line, plain
from alignment.ui.view import View

SINCE = "since"
"""The parameter of an address that says since when."""
_LOOKED = "digest_looked"
EARLIEST = date(1900, 1, 1)
STRIP_HEIGHT = 96
DESK_PX, ROOM_PX = 160, 280

_memory = component(
    "accord_digest_memory",
    js="""
export default function ({ data, setTriggerValue }) {
  const key = "accord.digest", day = new Date().toLocaleDateString("en-CA");
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(key)) || {}; } catch { kept = {}; }
  if (kept.looked !== day) {
    kept = { looked: day, before: kept.looked || null };
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { return; }
  }
  if (kept.before && data.asks) setTriggerValue("looked", kept.before);
}
""",
)


def remember() -> None:
    """Have this browser keep the day of each look, without a cookie, and tell the last one before today."""
    _memory(key="digest_memory", data={"asks": _LOOKED not in st.session_state}, on_looked_change=_looked)


def _looked() -> None:
    st.session_state[_LOOKED] = str(st.session_state["digest_memory"].looked or "")


def show(view: View) -> None:
    """Show the digest of the chosen period."""
    try:
        found, told = _found(view)
    except Refusal as refusal:
        instead(str(refusal), STRIP_HEIGHT, is_missing=True)
        return
    _strip(view, found)
    _figures(view, found, told)
    changed, promised, defined = told.blocks
    left, middle, right = st.columns((5, 4, 5), gap="small")
    with left, st.container(key="digest_changed", gap="xsmall", height="stretch"):
        _since(found, is_room=view.choice.is_room)
        st.html(lines(changed))
    with middle, st.container(key="digest_promises", gap="xsmall", height="stretch"):
        st.header(promised.title, anchor=False)
        st.html(lines(promised))
    with right, st.container(key="digest_definition", gap="xsmall", height="stretch"):
        st.header(plain(defined.title), anchor=False)
        st.html(lines(_short(defined) if view.choice.is_room else defined))
    _take_along(told)


def _found(view: View) -> tuple[Digest, Said]:
    agreement, say = session.agreement(), view.reader.words
    wanted = report.Wanted(
        record=agreement.record(),
        period=view.choice.period,
        since=_since_when(view.today),
        terms=terms.in_force(),
        judged=terms.mqls(view.snapshot),
        loads=loads.on_record(),
        calendar=settings().calendar,
    )
    found = report.digest(view.snapshot, wanted, ask)
    company = f"{view.snapshot.company}{' (sample company)' if view.snapshot.is_sample else ''}"
    told = digest_words.said(found, Teller(say, view.snapshot.zone), company, f"Data {view.as_of}.")
    return found, told


def _since_when(today: date | None) -> date | None:
    """Return the day of the address, else of the last look, else seven days before the data's own."""
    for said in (st.query_params.get(SINCE), st.session_state.get(_LOOKED)):
        if day := day_of(said):
            return day
    return today - timedelta(days=USUAL_DAYS) if today else None


def day_of(said: object) -> date | None:
    """Return the day that an address or a browser names, None for what is no day of our time."""
    try:
        day = date.fromisoformat(str(said or ""))
    except ValueError:
        return None
    return day if EARLIEST <= day <= date(2200, 12, 31) else None


def _since(found: Digest, *, is_room: bool) -> None:
    """Put the heading, and beside it the day since when."""
    with st.container(
        key="digest_since", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.header(digest_news.CHANGED, anchor=False, width="content")
        st.session_state["digest_day"] = found.since
        st.date_input(
            digest_news.CHANGED,
            key="digest_day",
            min_value=EARLIEST,
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            on_change=_rewrite,
            width=ROOM_PX if is_room else DESK_PX,
        )


def _rewrite() -> None:
    if day := st.session_state["digest_day"]:
        st.query_params[SINCE] = day.isoformat()


def _strip(view: View, found: Digest) -> None:
    with st.container(key="strip", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        goal = found.goal
        if isinstance(goal, Attainment):
            st.html(strip.with_goal(goal, view.reader.words), width="stretch")
            passport.button(
                "The goal",
                goal.passport,
                "goal",
                view.reader,
                table=tables.of_attainment(goal),
                note=view.whole_note,
            )
            return
        if isinstance(found.forecast, Refusal):
            instead(str(found.forecast), STRIP_HEIGHT, is_missing=True)
            return
        st.html(
            strip.without_goal(
                found.forecast.won,
                0,
                words.period(found.period),
                view.reader.words,
                can_have_goal=found.goal is None,
                might=found.forecast.range,
            ),
            width="stretch",
        )
        passport.button(
            "Won so far", found.forecast.passport, "won_so_far", view.reader, note=view.whole_note
        )


def _figures(view: View, found: Digest, told: Said) -> None:
    """Show chance, forecast and coverage; what a figure rests on is behind its ⓘ."""
    _, was, might, covered = told.figures
    shown = [
        Explained(was, None if isinstance(found.goal, Refusal | None) else found.goal.passport),
        Explained(
            might,
            None if isinstance(found.backtest, Refusal) else found.backtest.passport,
            None if isinstance(found.backtest, Refusal) else ahead.backtest_table(found.backtest),
        ),
        Explained(
            covered,
            None if isinstance(found.coverage, Refusal | None) else found.coverage.passport,
            None if isinstance(found.coverage, Refusal | None) else ahead.coverage_table(found.coverage),
        ),
    ]
    figures.show_each(shown, view.reader, key="digest", note=view.whole_note)


def _short(defined: Block) -> Block:
    """Return the definition without its long sentence: on a wall it stands on the definition page."""
    return replace(defined, lines=defined.lines[1:] or defined.lines)


def lines(block: Block) -> str:
    """Return a block's lines as a list; every text in it is escaped."""
    items = "".join(f"<li>{escape(one_line(line))}</li>" for line in block.lines)
    return f'<ul class="accord-lines">{items}</ul>'


def _take_along(told: Said) -> None:
    st.download_button(
        "Take it along as one HTML file",
        digest_html.html(told),
        "digest.html",
        "text/html",
        on_click="ignore",
        icon=":material/download:",
        key="digest_take",
    )
