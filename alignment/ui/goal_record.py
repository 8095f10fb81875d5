"""The record of the goals of a period: who set which, when and why, the newest first."""

from collections.abc import Sequence

import streamlit as st

from alignment.domain.aim import Aim
from alignment.domain.goal import Goal
from alignment.domain.period import Period
from alignment.ui import session
from alignment.ui.agreement_panel import clock
from alignment.ui.plain import plain
from alignment.ui.reader import Reader
from alignment.ui.table import Table, written

COLUMNS = ("set by", "on", "goal for", "goal", "why")


def button(period: Period, reader: Reader) -> None:
    """Put the button that opens the record; nothing where no goal was ever set for the period."""
    agreement = session.agreement()
    table = record(
        [goal for goal in agreement.goals.every() if goal.period == period],
        [aim for aim in agreement.aims.every() if aim.period == period],
    )
    if not table.rows:
        return
    with st.popover(
        "Record of the goals", icon=":material/history:", type="tertiary", key="about_goal_record"
    ):
        st.markdown("**Who set the goals, when and why**")
        st.table(
            {
                column: [plain(written(row[place], reader.words)) for row in table.rows]
                for place, column in enumerate(table.columns)
            },
            hide_index=True,
            border="horizontal",
        )


def record(goals: Sequence[Goal], aims: Sequence[Aim]) -> Table:
    """Return what was set for one period, the newest first."""
    set_at = sorted([*goals, *aims], key=lambda each: each.at, reverse=True)
    return Table(
        COLUMNS,
        tuple((each.who.name, clock(each.at), *_said(each), each.reason or None) for each in set_at),
    )


def _said(each: Goal | Aim) -> tuple[str, str | int]:
    if isinstance(each, Goal):
        return "Won revenue", f"{each.amount.amount:,.0f} {each.amount.currency}"
    return each.measure.label, f"{each.target} %" if each.measure.is_share else each.target
