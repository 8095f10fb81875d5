"""Where we differ: the leads that one position hands over and the other doesn't, and what would settle it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from alignment.domain.agreement import Side
from alignment.domain.agreement_words import value_words
from alignment.domain.definition_words import field_label
from alignment.domain.settlement import Difference, differences
from alignment.ui import definition_differ_leads, definition_differ_words, definition_moves, session
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_differ_words import leads_words
from alignment.ui.definition_moves import of
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.whatif import dispute, segments
from alignment.whatif.dispute import Dispute, Positions, Settling, Zone

SIDES = (Side.MARKETING, Side.SALES)
HOURS, USUAL_HOURS = "differ_hours", 1.0
MOST_SEGMENTS = 8
WIDEST = 60
"""The longest bar, in hundredths of its column: the number stands beside it."""


def show(view: DefinitionView) -> None:
    """Show what we differ in, both directions side by side, the move that settles most, and examples."""
    positions = {side: view.draft.position_of(side) for side in SIDES}
    found = differences(*positions.values())
    if not found:
        st.info(
            "No difference left to talk about: marketing and sales stand for the same. Whoever moves a "
            "slider suggests something else.",
            icon=":material/handshake:",
        )
        return
    _places(view, found)
    counted = dispute.dispute(view.snapshot, positions)
    if not counted.zone.leads:
        st.info(_nobody(view, counted), icon=":material/group:")
        return
    _headline(view, counted)
    _directions(view, positions, counted)
    _settle(view, positions, counted)
    _segments(view, positions)
    definition_differ_leads.show(view, positions)


def _places(view: DefinitionView, found: Sequence[Difference]) -> None:
    """Say field by field where each side stands, and offer to settle all of it at once."""
    lines = "".join(
        f"<li><b>{escape(field_label(view.definition, each.field))}</b> "
        f"<span>{_mark(Side.MARKETING)} {escape(value_words(each.marketing))}</span> "
        f"<span>{_mark(Side.SALES)} {escape(value_words(each.sales))}</span></li>"
        for each in found
    )
    number = "one place" if len(found) == 1 else f"{len(found)} places"
    st.html(
        f'<div class="accord-differ"><p>We differ in {number}. {_mark(Side.MARKETING)} marketing’s position, '
        f"{_mark(Side.SALES)} sales’ position:</p><ul>{lines}</ul></div>"
    )
    definition_moves.for_all(view)


def _nobody(view: DefinitionView, counted: Dispute) -> str:
    if not view.impact.draft.leads:
        return "The data has no leads to count yet: whom the difference concerns is not known."
    both = leads_words(view, counted.both.leads)
    return f"Both positions hand over the same {both}: the difference concerns nobody so far."


def _headline(view: DefinitionView, counted: Dispute) -> None:
    """Say the difference in one sentence."""
    say, zone = view.reader.words, counted.zone
    a_week = counted.a_week(zone.leads)
    rate = "" if a_week is None else f", {say.decimal(a_week)} a week"
    st.markdown(
        f"Both positions hand over {leads_words(view, counted.both.leads)}. Marketing’s alone hands over "
        f"{_more(view, zone.marketing.leads)}, sales’ alone {_more(view, zone.sales.leads)}: "
        f"**{say.count(zone.leads)} to talk about{rate}.**"
    )


def _more(view: DefinitionView, leads: int) -> str:
    return f"{view.reader.words.count(leads)} more" if leads else "none"


def _directions(view: DefinitionView, positions: Positions, counted: Dispute) -> None:
    """Show both directions side by side: the same rows in the same order."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xxsmall"):
        hours = st.number_input(
            "Rep hours a hand-off takes (assumed; set your own)",
            0.0,
            40.0,
            st.session_state.get(HOURS, USUAL_HOURS),
            0.25,
            key=f"{HOURS}_field",
            width=280,
        )
        definition_differ_words.passport_button(view, positions, counted)
    st.session_state[HOURS] = hours
    rows = definition_differ_words.rows(view, counted, hours)
    heads = "".join(f'<th scope="col">{_mark(side)} only {of(side)}</th>' for side in SIDES)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    st.html(
        f'<table class="accord-levels accord-both"><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _settle(view: DefinitionView, positions: Positions, counted: Dispute) -> None:
    """Say the one move that settles most, and offer to put it into the draft."""
    found = dispute.settlings(view.snapshot, positions, view.scales)
    if not found:
        st.caption("No single move would settle any of it: more than one field has to be met on.")
        return
    best = found[0]
    field, value = best.meeting.field, best.meeting.value
    side = session.person().side
    with st.container(border=True, key="settle_most"):
        st.markdown(plain(_settle_words(view, best, counted.zone.leads)))
        if not side.may_edit:
            return
        is_moving = view.draft.is_moved_by(side, field, value)
        st.button(
            f"Put it in the draft: {plain(value_words(value))}",
            icon=":material/handshake:",
            key="settle_now",
            disabled=not is_moving,
            on_click=put,
            args=(((field, value),), view.draft.seq),
        )
        if not is_moving:
            st.caption(f"This is where {side} stands already. It settles once {side.other} takes it too.")


def _settle_words(view: DefinitionView, best: Settling, leads: int) -> str:
    name = field_label(view.definition, best.meeting.field)
    value = value_words(best.meeting.value)
    whose = f"took {of(best.meeting.side)} {name}" if best.meeting.side else f"met half-way on {name}"
    left = "none" if not best.left else f"only {view.reader.words.count(best.left)}"
    return (
        f"The one move that would settle most: if both {whose} ({value}), {left} of the "
        f"{leads_words(view, leads)} would be left to talk about."
    )


def _segments(view: DefinitionView, positions: Positions) -> None:
    """Show the disputed leads by segment of a chosen attribute, as bars on one scale."""
    options = segments.attributes(view.snapshot)
    if not options:
        return
    chosen = st.selectbox(
        "Disputed leads by", options, format_func=lambda name: plain(name.replace("_", " ")), key="differ_by",
        width=280,
    )  # fmt: skip
    found = dispute.zones(view.snapshot, positions, chosen)
    most = max((zone.of(side).leads for zone in found for side in SIDES), default=1) or 1
    rows = "".join(_bars(view, zone, most) for zone in found[:MOST_SEGMENTS])
    st.html(f'<div class="accord-bars" role="table" aria-label="Disputed leads by segment">{rows}</div>')
    if rest := found[MOST_SEGMENTS:]:
        leads = leads_words(view, sum(zone.leads for zone in rest))
        st.caption(f"and {leads} in {len(rest)} smaller segment{'s' if len(rest) > 1 else ''}")


def _bars(view: DefinitionView, zone: Zone, most: int) -> str:
    bars = "".join(
        f'<span role="cell"><i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i>'
        f'<u class="accord-{side}" style="width:{WIDEST * zone.of(side).leads / most:.1f}%"></u>'
        f"{view.reader.words.count(zone.of(side).leads)}</span>"
        for side in SIDES
    )
    return f'<div role="row"><b role="rowheader">{escape(zone.segment or "")}</b>{bars}</div>'


def _mark(side: Side) -> str:
    return f'<i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i>'
