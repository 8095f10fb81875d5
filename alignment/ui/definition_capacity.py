"""What we can work: the cutoff that capacity reaches down to, and the backlog beyond it."""

from html import escape

import streamlit as st

from alignment.ui.definition_view import DefinitionView
from alignment.ui.plain import plain
from alignment.ui.words import Words
from alignment.whatif.capacity import HOURS_A_WEEK, Capacity, Queue, capacity_of

SOON, QUARTER = 4, 13
WHERE = "Levels by score → Names, routes and follow-up times"
CAVEAT = (
    f"Counted with even weeks of {HOURS_A_WEEK} business hours, first come first served, nobody waiting at "
    "the start. Real weeks vary: some leads wait even where the average fits."
)


def show(view: DefinitionView) -> None:
    """Show the capacity line and what grows past it, or say what is missing."""
    found, say = capacity_of(view.impact.draft), view.reader.words
    if found is None:
        st.info(missing(view), icon=":material/speed:")
        return
    lines = [("accord-good", headline(found, say)), ("accord-missed", line(found, say))]
    st.html("".join(f'<p class="{style}">{escape(text)}</p>' for style, text in lines))
    for queue in found.queues:
        if queue.is_over:
            st.html(_queue(queue, say))
    if found.silent:
        names = " and ".join(level.name for level in found.silent)
        st.caption(plain(f"Not said for {names}: see {WHERE}."))
    st.html(f'<p class="accord-basis">{escape(CAVEAT)}</p>')


def missing(view: DefinitionView) -> str:
    """Say what keeps the line from being drawn."""
    if view.definition.capacity is None:
        return f"How many leads a week each level can be worked is not said yet. Say it at {WHERE}."
    return "How many hand-offs a week there are is not known: needs column leads.created_at."


def headline(found: Capacity, say: Words) -> str:
    """Return what comes beside what can be worked."""
    come = f"{say.decimal(found.a_week)} hand-offs a week"
    if found.over > 0:
        return f"{come}: {say.decimal(found.over)} more than the {say.count(found.capacity)} we can work."
    return f"{come}: within the {say.count(found.capacity)} we can work."


def line(found: Capacity, say: Words) -> str:
    """Return the score that capacity reaches down to."""
    capacity = f"{say.count(found.capacity)} a week"
    if found.line is None:
        return f"Even the leads at 100 points are more than {capacity}."
    if found.line == 0:
        return f"{capacity} would do for every lead with a score."
    return f"A cutoff of {found.line} is the lowest that stays within {capacity}."


def backlog(queue: Queue, say: Words) -> str:
    """Return how many wait after 4 and after 13 weeks."""
    soon, late = (say.count(queue.backlog(weeks)) for weeks in (SOON, QUARTER))
    return (
        f"{queue.level.name}: {say.decimal(queue.growth)} more a week. After {SOON} weeks about {soon} leads "
        f"might wait, after {QUARTER} weeks {late}."
    )


def misses(queue: Queue, say: Words) -> str:
    """Return how many hand-offs might be worked later than agreed."""
    soon, quarter = queue.late(SOON), queue.late(QUARTER)
    if soon is None or quarter is None:
        return "No follow-up time is agreed for this level, so none can be missed."
    parts = (
        f"{say.count(late)} of {say.count(queue.a_week * weeks)} in {weeks} weeks"
        for late, weeks in ((soon, SOON), (quarter, QUARTER))
    )
    return f"Later than {queue.level.sla_hours} business hours might be: {', '.join(parts)}."


def _queue(queue: Queue, say: Words) -> str:
    """A level's backlog week by week; hatched from the week on in which the follow-up time is missed."""
    top = queue.backlog(QUARTER)
    bars = "".join(
        f'<i class="{"accord-late" if (queue.late(week) or 0) > 0 else ""}" '
        f'style="height:{queue.backlog(week) / top * 100:.0f}%"></i>'
        for week in range(1, QUARTER + 1)
    )
    alt = f"Leads waiting, week 1 to {QUARTER}: {say.count(queue.backlog(1))} to {say.count(top)}."
    late = (
        '<span><i class="accord-late"></i>new hand-offs wait too long</span>' if queue.late(QUARTER) else ""
    )
    return (
        f'<p class="accord-part">{escape(backlog(queue, say))}</p>'
        f'<p class="accord-said">{escape(misses(queue, say))}</p>'
        f'<div class="accord-backlog" role="img" aria-label="{escape(alt)}">{bars}</div>'
        f'<div class="accord-keys"><span>leads waiting, week 1 to {QUARTER}</span>{late}</div>'
    )
