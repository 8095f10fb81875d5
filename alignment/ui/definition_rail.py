"""The marks below a slider: where the field stands in force and where each side wants it, at their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from alignment.domain.agreement import Side
from alignment.domain.agreement_words import value_words
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import Plain, value_of
from alignment.domain.refusal import Refusal
from alignment.ui import definition_asked, synced
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_view import DefinitionView


@dataclass(frozen=True)
class Mark:
    """One mark: who stands there (a CSS class), its sign, its words, and its place 0…100."""

    who: str
    sign: str
    words: str
    place: float


def even(low: float, high: float) -> Callable[[Plain], float]:
    """Return the place 0…100 of a value on a slider from low to high."""
    return lambda value: min(max((value - low) / (high - low) * 100, 0), 100)


def halts(stops: Sequence[float]) -> Callable[[Plain], float]:
    """Return the place of a value on a slider that halts at these stops, each as far from the next."""
    return lambda value: 100 * sum(stop < value for stop in stops) / max(len(stops) - 1, 1)


def show(view: DefinitionView, field: str, place: Callable[[Plain], float]) -> None:
    """Draw the marks of a field, as wide as the slider above."""
    marks = [
        Mark(who, sign, f"{words} {value_words(value)}", min(place(value), 100))
        for who, sign, words, value in _positions(view, field)
    ]
    signs = "".join(
        f'<i class="accord-{mark.who}" style="left:{mark.place:.1f}%" aria-hidden="true">{mark.sign}</i>'
        for mark in marks
    )
    middle = sum(mark.place for mark in marks) / max(len(marks), 1)
    line = " ".join(map(_label, marks))
    below, _ = st.columns(synced.BESIDE, gap="small")
    below.html(
        f'<div class="accord-rail"><div class="accord-signs">{signs}</div>'
        f'<div style="left:{middle:.1f}%;transform:translateX(-{middle:.1f}%)">{line}</div></div>'
    )


def words(view: DefinitionView, field: str) -> str:
    """Say where a field stands: in force, and where each side set it since, without a rail."""
    return " · ".join(
        f"{sign} {name} {value_words(value)}".strip() for _, sign, name, value in _positions(view, field)
    )


def positions(view: DefinitionView, field: str) -> tuple[tuple[Side, Plain], ...]:
    """Return where each side that has set the field wants it."""
    return tuple(
        (side, _at(view.draft.position_of(side), field))
        for side in (Side.MARKETING, Side.SALES)
        if any(edit.who.side is side and edit.field == field for edit in view.draft.standing)
    )


def _positions(view: DefinitionView, field: str) -> list[tuple[str, str, str, Plain]]:
    known = _at(view.base, field)
    found = [("force", "❘", "in force", known)] if known is not None else []
    found += [
        (str(side), SHAPES[side], str(side), value)
        for side, value in positions(view, field)
        if value is not None
    ]
    suggested = definition_asked.value_of(view, field)
    return found if suggested is None else [*found, ("suggested", "◇", "suggested", suggested)]


def _at(definition: Definition, field: str) -> Plain:
    try:
        return value_of(definition, field)
    except Refusal:
        return None


def _label(mark: Mark) -> str:
    return (
        f'<span><i class="accord-{mark.who}" aria-hidden="true">{mark.sign}</i> {escape(mark.words)}</span>'
    )
