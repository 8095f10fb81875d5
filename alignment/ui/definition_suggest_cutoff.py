"""Suggested cutoffs: for what we can work, and for a value and a cost that somebody types in."""

import streamlit as st

from alignment import whatif
from alignment.domain.money import CENTS, Money
from alignment.ui import definition_suggest_words as say
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.whatif import CutoffSuggestion, Figures, Suggestions

NO_CAPACITY = (
    "No capacity is set: how many hand-offs a week we can work. Set it with the levels to see its cutoff."
)
"""What the capacity line needs."""


def for_capacity(view: DefinitionView) -> None:
    """Show the lowest cutoff whose hand-offs stay within what we can work."""
    st.subheader("Another cutoff", anchor=False)
    capacity, draft = view.definition.capacity, view.impact.draft
    if capacity is None:
        st.markdown(NO_CAPACITY)
        return
    room = f"the {view.reader.words.counted(capacity, 'hand-off')} a week that we can work"
    if draft.weeks is None:
        st.markdown(f"Not available for {room}: needs column leads.created_at.")
        return
    found = whatif.cutoff_for_capacity(draft, capacity)
    if found is None:
        st.markdown(f"No cutoff stays within {room}: the highest score alone has more.")
        return
    _line(view, found, f"To stay within {room}", "capacity")


def for_value(view: DefinitionView, found: Suggestions) -> None:
    """Ask for a value and a cost, and show the cutoff that would bring most."""
    draft = view.impact.draft
    outcome = draft.outcome.label if draft.outcome else "SQL"
    currency = view.snapshot.currency
    known = found.outcome_value
    value_of, cost_of = st.columns(2, vertical_alignment="bottom")
    value = value_of.number_input(
        f"Value of an {outcome}, {currency}",
        0.0,
        value=round(known.cents / CENTS) * 1.0 if known else None,
        step=100.0,
        format="%.0f",
        placeholder="type a value",
        help="An assumption: chance of a win after it × mean won value, by the data." if known else None,
        key="suggest_value",
    )
    cost = cost_of.number_input(
        f"Cost of working a hand-off, {currency}",
        0.0,
        value=None,
        step=10.0,
        format="%.0f",
        placeholder="type a cost",
        key="suggest_cost",
    )
    if value is None or cost is None:
        st.caption("With a value and a cost, the cutoff that might bring most shows here.")
        return
    best = whatif.cutoff_for_value(draft, _money(value, currency), _money(cost, currency))
    if best is None:
        st.markdown("No lead that sales worked is old enough to judge.")
        return
    _line(view, best, "To bring most for this value and cost", "value")
    st.caption(plain(_curve(view, best)))


def _money(amount: float, currency: str) -> Money:
    return Money(round(amount * CENTS), currency)


def _line(view: DefinitionView, found: CutoffSuggestion, aim: str, key: str) -> None:
    at = whatif.level_at_the_cutoff(view.definition)
    name = plain(view.definition.levels[at].name)
    if not found.steps:
        st.markdown(f"{aim}: the present cutoff of {name}, {found.present.cutoff}, does as well as any.")
        return
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"offer_{key}",
    ):
        moved = " (a level in the way gives way)" if len(found.steps) > 1 else ""
        st.markdown(
            f"{aim}: cutoff of {name} {found.present.cutoff} → **{found.best.cutoff}**{moved}",
            width="stretch",
        )
        st.button(
            "Take",
            key=f"take_{key}",
            disabled=not view.may_edit,
            on_click=put,
            args=(found.steps, view.draft.seq),
        )
    suggested = whatif.figures(view.snapshot, found.best.definition)
    st.caption(plain(f"{say.effect(view, suggested)} {_over(view, suggested)}"))


def _over(view: DefinitionView, suggested: Figures) -> str:
    capacity, a_week = view.definition.capacity, suggested.hand_offs_a_week
    if capacity is None or a_week is None or a_week <= capacity:
        return ""
    return f"That is more than the {view.reader.words.count(capacity)} a week that we can work."


def _curve(view: DefinitionView, found: CutoffSuggestion) -> str:
    """Say how sure the best cutoff is: what it brings, and which others the data can't tell from it."""
    low, high = found.as_good
    best, present = (
        view.reader.words.short_money(Money(point.cents, view.snapshot.currency))
        for point in (found.best, found.present)
    )
    judged = view.reader.words.count(found.best.conversion.denominator)
    brings = (
        f"Value less cost of the {judged} hand-offs that can be judged: {best}, "
        f"at the present cutoff {present}."
    )
    flat = (
        "No other cutoff comes close."
        if low == high
        else f"It is flat here: the data can't tell the cutoffs from {low} to {high} apart."
    )
    return " ".join([brings, flat, *_unknown(view, found)])


def _unknown(view: DefinitionView, found: CutoffSuggestion) -> list[str]:
    """Say how little is known of the leads that a lower cutoff would add."""
    more = found.best.hand_offs - found.present.hand_offs
    judged = found.best.conversion.denominator - found.present.conversion.denominator
    if more <= 0:
        return []
    known = (
        f"{view.reader.words.count(judged)} of the {view.reader.words.count(more)} leads that it would add"
    )
    return [f"It rests on {known}: those that sales worked. What the others would bring is unknown."]
