"""The criteria of the draft: a line each to read, which opens into its sliders."""

from collections.abc import Mapping
from contextlib import suppress
from html import escape

import streamlit as st

from alignment import whatif
from alignment.domain.agreement_words import value_words
from alignment.domain.definition import HIGHEST_SCORE, Comparison, Criterion, Group
from alignment.domain.definition_plain import CRITERION_FIELDS
from alignment.domain.definition_steps import Step
from alignment.domain.definition_words import condition, signed
from alignment.domain.refusal import Refusal
from alignment.ui import (
    control,
    definition_add,
    definition_bids,
    definition_moves,
    definition_rail,
    definition_sought,
    live,
    slot,
    synced,
)
from alignment.ui.agreement_panel import SHAPES, clock
from alignment.ui.definition_view import DefinitionView, card_key, here, line_key, part_key, put
from alignment.ui.plain import plain

HEADINGS = {
    Group.FIT: ("Fit", "who they are"),
    Group.ENGAGEMENT: ("Engagement", "what they did"),
    Group.EXCLUSION: ("Exclusion", "what rules them out"),
}
GONE = "not in the data any more"


def show(view: DefinitionView) -> None:
    """Show all criteria, group by group, and the way to add one."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header("What we ask of a lead", anchor=False, width="content")
        definition_add.button(view)
    if missed := definition_sought.missed(view.definition):
        st.info(plain(missed), icon=":material/link_off:")
    if not view.definition.criteria:
        st.info(_empty(view), icon=":material/playlist_add:")
    for group in Group:
        criteria = [found for found in view.definition.criteria if found.group is group]
        if criteria:
            _group(view, group, criteria)
    with st.expander("Limits: points a group can reach", key="limits", on_change="rerun") as limits:
        if limits.open:
            for group, (name, _) in HEADINGS.items():
                synced.whole(
                    view.draft,
                    f"caps.{group}",
                    f"{name}: at most … points (empty: no limit)",
                    0,
                    HIGHEST_SCORE,
                )


def slots(view: DefinitionView) -> Mapping[str, str]:
    """Return the HTML of each criterion's line, by its slot's name."""
    return {line_key(found.criterion_id): _line(view, found) for found in view.definition.criteria}


def _empty(view: DefinitionView) -> str:
    if not whatif.candidates(view.snapshot):
        return plain(
            "The leads have no column yet that a criterion could use. Import leads with more columns, "
            "such as company size, role or pages viewed."
        )
    return "No criteria yet. Add the first criterion: what makes a lead worth a call?"


def _group(view: DefinitionView, group: Group, criteria: list[Criterion]) -> None:
    name, meaning = HEADINGS[group]
    cap = view.definition.caps.get(group)
    limit = f", at most {cap} points" if cap is not None else ""
    st.markdown(f"**{name}** :gray[{meaning}{limit}]")
    for criterion in criteria:
        st.fragment(_part, key=part_key(criterion.criterion_id))(criterion.criterion_id)


def _part(criterion_id: str) -> None:
    """Draw one card, by itself when nothing else changed; one that has gone goes with the whole."""
    with live.drawing(part_key(criterion_id)):
        view = here()
        with suppress(Refusal):
            _card(view, view.definition.criterion(criterion_id))


def _card(view: DefinitionView, criterion: Criterion) -> None:
    line = line_key(criterion.criterion_id)
    with st.container(border=True, key=card_key(criterion.criterion_id), gap="small"):
        is_open = slot.opener(
            line,
            line,
            _line(view, criterion),
            view.at,
            is_open_first=criterion.criterion_id == definition_sought.first_open(view.definition),
            sought=definition_sought.time_of(criterion.criterion_id),
        )
        if not is_open:
            return
        if criterion.criterion_id not in view.scales:
            st.warning(_gone(view, criterion), icon=":material/help:")
        else:
            _threshold(view, criterion)
        _points(view, criterion)
        _foot(view, criterion)


def _line(view: DefinitionView, criterion: Criterion) -> str:
    """Return a criterion as a line of HTML: its points, what it asks, and the marks of what changed."""
    marks = [f'<i class="accord-badge">{GONE}</i>'] if criterion.criterion_id not in view.scales else []
    fields = [f"criteria.{criterion.criterion_id}.{name}" for name in ("points", "threshold")]
    if all(view.in_force(field) is None for field in fields):
        marks.append('<i class="accord-badge">new</i>')
    for field in fields:
        was, now = view.in_force(field), view.draft.value_of(field)
        if was is not None and was != now:
            marks.append(f'<span class="accord-was">{view.base_word} {escape(value_words(was))}</span>')
    sides = {side for field in fields for side, _ in definition_rail.positions(view, field)}
    marks += [f'<i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i>' for side in sorted(sides)]
    return f"<b>{signed(criterion.points)}</b> {escape(condition(criterion))} {' '.join(marks)}"


def _threshold(view: DefinitionView, criterion: Criterion) -> None:
    field, scale = f"criteria.{criterion.criterion_id}.threshold", view.scales[criterion.criterion_id]
    name = criterion.attribute.replace("_", " ")
    match criterion.comparison:
        case Comparison.AT_LEAST | Comparison.AT_MOST:
            control.show(view, field)
            definition_bids.beside(view, field)
        case Comparison.ONE_OF:
            synced.several(view.draft, field, f"{name}, one of", scale.options)
            st.caption(plain(definition_rail.words(view, field)))
            definition_moves.show(view, field)
        case Comparison.IS_TRUE:
            return


def _points(view: DefinitionView, criterion: Criterion) -> None:
    field = f"criteria.{criterion.criterion_id}.points"
    control.show(view, field)
    definition_bids.beside(view, field)


def _foot(view: DefinitionView, criterion: Criterion) -> None:
    """Say who touched the criterion last; offer the way back, another group, and to remove it."""
    whole = f"criteria.{criterion.criterion_id}"
    edit = view.draft.last_edit_of(whole)
    if edit:
        st.caption(f"Last moved by {SHAPES[edit.who.side]} {plain(edit.who.name)}, {plain(clock(edit.at))}")
    back = _back(view, criterion)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            f"Back to {view.base_word}",
            icon=":material/undo:",
            key=f"back_{card_key(criterion.criterion_id)}",
            disabled=not (view.may_edit and back),
            on_click=put,
            args=(back, view.draft.seq),
        )
        st.button(
            "Remove",
            icon=":material/delete:",
            key=f"remove_{card_key(criterion.criterion_id)}",
            disabled=not view.may_edit,
            on_click=put,
            args=(((whole, None),), view.draft.seq),
        )
        synced.select(view.draft, f"{whole}.group", "Counts as", [str(group) for group in Group])


def _back(view: DefinitionView, criterion: Criterion) -> tuple[Step, ...]:
    """Return the steps back to what is in force, field by field: one side's, not both sides' position."""
    fields = [f"criteria.{criterion.criterion_id}.{name}" for name in CRITERION_FIELDS]
    known = [(field, view.in_force(field)) for field in fields if view.in_force(field) is not None]
    return tuple((field, was) for field, was in known if was != view.draft.value_of(field))


def _gone(view: DefinitionView, criterion: Criterion) -> str:
    name = criterion.attribute
    why = "holds another kind of values now" if view.snapshot.has("leads", name) else "is " + GONE
    return plain(
        f"The column “{name}” {why}: no lead meets this. Remove the criterion, or load the column again."
    )
