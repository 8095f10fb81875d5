"""The ways to move a field at once: to where the other side stands, half-way, back to what is in force."""

from collections.abc import Sequence

import streamlit as st

from alignment.domain.agreement import Side
from alignment.domain.agreement_words import value_words
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_steps import Step
from alignment.domain.settlement import Way, scale_of, ways, ways_for_all
from alignment.ui import live, session
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.ui.synced import hook


def show(view: DefinitionView, field: str) -> None:
    """Offer the ways that would move the field, below its marks."""
    side = session.person().side
    offered = ways(view.draft, side, field, scale_of(field, view.scales))
    if not offered:
        return
    with st.container(horizontal=True, gap="xsmall", key=f"ways_{hook(field)}"):
        for way, value in offered.items():
            st.button(
                plain(label(way, side, value, view.base_word)),
                type="tertiary",
                key=f"way_{way.name.lower()}_{hook(field)}",
                help=plain(value_words(value)) if isinstance(value, list) else None,
                on_click=put,
                args=(((field, value),), view.draft.seq),
            )


def for_all(view: DefinitionView) -> None:
    """Offer to take all that the other side wants, and to meet it half-way wherever there is a middle."""
    side = session.person().side
    if not side.may_edit:
        return
    said = {
        Way.THEIRS: f"{SHAPES[side.other]} Take all of {of(side.other)}",
        Way.HALF_WAY: "Meet half-way in all numbers",
    }
    offered = {
        way: moved
        for way, steps in ways_for_all(view.draft, side, view.scales).items()
        if (moved := tuple(step for step in steps if view.draft.is_moved_by(side, *step)))
    }
    with st.container(horizontal=True, gap="small", key="ways_for_all"):
        for way, steps in offered.items():
            st.button(
                f"{said[way]} ({len(steps)})",
                key=f"all_{way.name.lower()}",
                on_click=_move_all,
                args=(steps, view.draft.seq),
            )


def label(way: Way, side: Side, value: Plain, base: str = "in force") -> str:
    """Return the words of a way, for a person of that side; `base` is what the newest version is."""
    said = {
        Way.THEIRS: f"{SHAPES[side.other]} Take {of(side.other)}",
        Way.HALF_WAY: "Meet half-way",
        Way.IN_FORCE: f"Back to {base}",
    }[way]
    return said if isinstance(value, list) else f"{said}: {value_words(value)}"


def of(side: Side) -> str:
    """Return a side in the possessive: `marketing’s`, `sales’`."""
    return f"{side}’" if side.endswith("s") else f"{side}’s"


def _move_all(steps: Sequence[Step], seen_seq: int) -> None:
    if len(steps) > 1:
        live.tell(f"{len(steps)} fields moved. “Undo my last change” takes them back one by one.")
    put(tuple(steps), seen_seq)
