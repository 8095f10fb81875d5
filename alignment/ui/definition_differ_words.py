"""The disputed zone in words: its rows for both directions, and its passport."""

from collections.abc import Sequence
from typing import TypeAlias

import streamlit as st

from alignment.domain.agreement import Side
from alignment.report import clock_of
from alignment.report.answer import Words, passport
from alignment.ui import words
from alignment.ui.definition_impact import NEEDS_AMOUNT, NEEDS_OUTCOME, NEEDS_VALUE, NEEDS_WON, NEEDS_WORK
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.whatif.answer import query_of
from alignment.whatif.dispute import Dispute, Positions, examples_query
from alignment.whatif.figures import HandOffs

Row: TypeAlias = tuple[str, tuple[str, str]]
"""A row's name, and its words for marketing's and for sales' direction."""


def rows(view: DefinitionView, counted: Dispute, hours: float) -> Sequence[Row]:
    """Return what both directions come to, row by row; `hours`: what a hand-off takes a rep."""
    parts = counted.zone.marketing, counted.zone.sales
    count = view.reader.words.count
    found = [
        ("leads", [_leads(view, counted, part) for part in parts]),
        (
            _outcome(counted),
            [conversion(view, part, is_told=counted.frame.outcome is not None) for part in parts],
        ),
        ("never worked: unknown, not failures", [_unknown(view, part) for part in parts]),
        ("too young to judge", [count(part.too_young) for part in parts]),
        ("won revenue they brought", [won(view, part) for part in parts]),
        (_hours_name(counted), [_hours(view, counted, part, hours) for part in parts]),
    ]
    if any(part.undated for part in parts):
        found.insert(4, ("at an unknown time", [count(part.undated) for part in parts]))
    return [(name, (marketing, sales)) for name, (marketing, sales) in found]


def conversion(view: DefinitionView, part: HandOffs, *, is_told: bool) -> str:
    """Return the recorded conversion of some hand-offs with its interval, or what it lacks."""
    if not is_told:
        return f"not available: {NEEDS_OUTCOME}"
    return view.reader.words.rate(part.conversion)


def won(view: DefinitionView, part: HandOffs) -> str:
    """Return the won revenue of some hand-offs with the leads won, or what it lacks."""
    say = view.reader.words
    if part.won is None:
        return f"not available: {NEEDS_WON}"
    if part.won_revenue is None:
        lacks = NEEDS_VALUE if view.snapshot.has("deals", "amount") else NEEDS_AMOUNT
        return f"{leads_words(view, part.won)} won; amount not available: {lacks}"
    if not part.won:
        return "nothing won"
    unvalued = f", {say.count(part.unvalued)} of them without an amount" if part.unvalued else ""
    return f"{say.short_money(part.won_revenue)} from {leads_words(view, part.won)}{unvalued}"


def leads_words(view: DefinitionView, leads: int) -> str:
    """Return a number of leads in words: `1 lead`, `1,200 leads`."""
    return f"{view.reader.words.count(leads)} lead{'' if leads == 1 else 's'}"


def outcome_words(counted: Dispute) -> str:
    """Return the stage that hand-offs are judged by, in words."""
    return counted.frame.outcome.label if counted.frame.outcome else "SQL"


def passport_button(view: DefinitionView, positions: Positions, counted: Dispute) -> None:
    """Put an ⓘ button that opens the passport of the disputed zone."""
    with st.popover(
        "About the disputed zone",
        icon=":material/info:",
        type="tertiary",
        key="about_differ",
        on_change="rerun",
    ) as opened:
        if opened.open:
            st.markdown("**Leads that we would judge differently**")
            queries = query_of(view.snapshot, positions.values()), examples_query(view.snapshot, positions)
            explain(passport(clock_of(view.snapshot), _passport(counted), *queries))


def _passport(counted: Dispute) -> Words:
    zone = counted.zone
    return Words(
        "Disputed zone",
        "Leads that one side’s position hands off and the other’s doesn’t. A position is the last value that "
        "the side set for each field, the rest as in force. Rates: those that "
        f"{_outcome(counted)} ÷ those that sales worked and whose window is over; Wilson 95 % interval. "
        "Rep hours: leads × the hours assumed. The second query finds the example leads.",
        f"{zone.marketing.leads:,} only by {Side.MARKETING}’s position, {zone.sales.leads:,} only by sales’",
        f"{zone.leads + counted.both.leads:,} that at least one position hands off, "
        f"{words.period(counted.frame.period)}",
        {
            "never worked: unknown, counted neither way": (zone.marketing.unknown or 0)
            + (zone.sales.unknown or 0),
            "too young: their window isn’t over": zone.marketing.too_young + zone.sales.too_young,
            "at an unknown time": zone.marketing.undated + zone.sales.undated,
        },
    )


def _outcome(counted: Dispute) -> str:
    return f"became {outcome_words(counted)} {words.window(counted.frame.window_days)}"


def _leads(view: DefinitionView, counted: Dispute, part: HandOffs) -> str:
    say, a_week = view.reader.words, counted.a_week(part.leads)
    return (
        say.count(part.leads) if a_week is None else f"{say.count(part.leads)} ({say.decimal(a_week)} a week)"
    )


def _unknown(view: DefinitionView, part: HandOffs) -> str:
    if part.unknown is None:
        return f"not available: {NEEDS_WORK}"
    return view.reader.words.count(part.unknown)


def _hours_name(counted: Dispute) -> str:
    return "rep hours a week, assumed" if counted.frame.weeks else "rep hours, assumed"


def _hours(view: DefinitionView, counted: Dispute, part: HandOffs, hours: float) -> str:
    leads = counted.a_week(part.leads)
    return f"{view.reader.words.decimal(hours * (part.leads if leads is None else leads))} h"
