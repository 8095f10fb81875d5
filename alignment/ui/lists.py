"""The lists that a meeting wants empty: each shows leads, and never the people who own them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import streamlit as st

from alignment import report
from alignment.domain.routing import due_again
from alignment.domain.stage import Stage
from alignment.report.waiting_leads import ATTEMPTS, DAYS, HOURS
from alignment.ui import pictures, session, terms
from alignment.ui.answers import ask
from alignment.ui.view import View

HOLE = "In the black hole"
LARGEST = 100_000


@dataclass(frozen=True)
class Listed:
    """One list: what it is called, its rows, and what it means when there are none.

    `can_wait`: its leads can be left alone until a day.
    """

    title: str
    rows: pa.Table
    empty: str
    can_wait: bool = False


def amount(view: View) -> str:
    """Return the name of the column of money in the list of the hole."""
    return f"expected amount, {view.snapshot.currency}"


def hole(view: View) -> Listed:
    """List who lies in the black hole, with what each might bring."""
    agreed = terms.in_force()
    worth = pictures.hole(view, agreed).worth
    rows = ask(report.black_hole_rows, view.snapshot, view.choice.cohort(Stage.MQL), agreed, worth)
    return Listed(HOLE, rows, "Nothing lies in the gap.")


def untouched(view: View) -> Listed:
    """List the hand-offs that nobody has touched for as long as people say."""
    hours = _number("Not touched for more than hours", HOURS, "routing_hours")
    rows = ask(report.untouched, view.snapshot, view.choice.cohort(Stage.MQL), hours=hours)
    return Listed(
        f"Not touched for over {hours} h", rows, f"Every hand-off was touched within {hours} hours."
    )


def few_attempts(view: View) -> Listed:
    """List the leads in cycle that were tried too few times, as people say."""
    days = _number("In cycle for days", DAYS, "routing_days")
    attempts = _number("Fewer attempts than", ATTEMPTS, "routing_attempts")
    cohort = view.choice.cohort(Stage.MQL)
    rows = ask(report.few_attempts, view.snapshot, cohort, days=days, attempts=attempts)
    title = f"In cycle for {days} days, fewer than {attempts} attempts"
    return Listed(title, rows, "Every lead in cycle was tried often enough.")


def _number(label: str, usual: int, key: str) -> int:
    return int(
        st.number_input(label, min_value=0, max_value=LARGEST, value=usual, step=1, key=key, width=240)
    )


def sent_back(view: View) -> Listed:
    """List who was sent back and has not come again, with the reason and its group."""
    return Listed("Sent back", _sent_back(view), "Everybody who was sent back has come again.", can_wait=True)


def due(view: View) -> Listed:
    """List the recycled leads whose day has come and who have not come again."""
    rows = _sent_back(view)
    days = due_again(session.agreement().routings.every(), view.today or date.min)
    told = [days.get(lead) for lead in rows["lead_id"].to_pylist()]
    rows = rows.append_column("due_day", pa.array(told, pa.date32()))
    rows = rows.filter(rows["due_day"].is_valid()).sort_by("due_day")
    return Listed("Due again", rows, "No recycled lead waits for us: no day has come yet.", can_wait=True)


def _sent_back(view: View) -> pa.Table:
    mapped = dict(session.agreement().reasons.groups())
    return ask(report.sent_back, view.snapshot, view.choice.cohort(Stage.MQL), mapped)


LISTS: Mapping[str, Callable[[View], Listed]] = {
    HOLE: hole,
    "Not touched": untouched,
    "Few attempts": few_attempts,
    "Sent back": sent_back,
    "Due again": due,
}
"""Each list by its name on the page."""
