"""The levels on one scale 0…100: the leads by score, the cutoffs as lines, a slider below for each."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from html import escape
from itertools import starmap
from math import gcd

import streamlit as st

from alignment.domain.definition import FEWEST_LEVELS, HIGHEST_SCORE, MOST_LEVELS, Definition, Level, Route
from alignment.domain.definition_plain import to_plain
from alignment.domain.level_pairs import level_pairs
from alignment.domain.refusal import Refusal
from alignment.ui import (
    control,
    definition_bids,
    definition_passports,
    level_names,
    live,
    session,
    slot,
    synced,
)
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.whatif import Band, Point
from alignment.whatif.capacity import Capacity, capacity_of

BAR = 0.86
"""A bar's width, as a share of the distance between two scores that leads have."""


def show(view: DefinitionView) -> None:
    """Show levels and cutoffs; names, routes and times behind one click."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.header("Levels by score, 0 to 100", anchor=False, width="content")
        definition_passports.button(view, "leads at each level")
    with st.container(key="scale", gap=None):
        slot.show("scale", _histogram(view), view.at)
        for position in range(len(view.definition.levels) - 1, 0, -1):
            field = f"levels.{position}.cutoff"
            control.show(view, field)
            definition_bids.beside(view, field)
    slot.show("levels", _table(view), view.at)
    with st.expander("Names, routes and follow-up times", key="levels", on_change="rerun") as more:
        if more.open:
            _details(view)


def slots(view: DefinitionView) -> Mapping[str, str]:
    """Return the HTML of each slot among the levels, by the slot's name."""
    return {"scale": _histogram(view), "levels": _table(view)}


def _histogram(view: DefinitionView) -> str:
    """Return the leads by score as bars in their level's shade, and the cutoffs as lines."""
    points = view.impact.draft.histogram
    top = max((point.leads for point in points), default=0) or 1
    width = reduce(gcd, (point.score for point in points if point.leads), 0) or 1
    bars = "".join(
        _bar(view.definition, point, point.leads / top * 100, width) for point in points if point.leads
    )
    lines = "".join(starmap(_line, level_names.places(view.definition.levels[1:])))
    ghosts = "".join(
        f'<i class="accord-ghost" style="left:{level.cutoff}%"></i>'
        for level in view.base.levels[1:]
        if level.cutoff not in {known.cutoff for known in view.definition.levels}
    )
    told = "; ".join(
        f"{band.level.name} from {band.level.cutoff}: {view.reader.words.counted(band.leads, 'lead')}"
        for band in view.impact.draft.bands
    )
    is_hatched = any(point.unworked for point in points)
    key = '<p class="accord-key"><i class="accord-unworked"></i>never worked</p>' if is_hatched else ""
    return (
        f'<div class="accord-histogram" role="img" aria-label="Leads by score, 0 to 100. {escape(told)}.">'
        f"{bars}{ghosts}{lines}{_capacity_line(view, capacity_of(view.impact.draft))}{key}</div>"
    )


def _capacity_line(view: DefinitionView, found: Capacity | None) -> str:
    """Draw the score from which hand-offs stay within what we can work: `45 a week: 66`, or `: all`."""
    if found is None or found.line is None:
        return ""
    side = "right" if found.line > HIGHEST_SCORE / 2 else "left"
    place = f"right:{100 - found.line}%" if side == "right" else f"left:{found.line}%"
    words = f"{view.reader.words.count(found.capacity)} a week: {found.line or 'all'}"
    return (
        f'<i class="accord-capacity" style="left:{found.line}%"></i>'
        f'<b class="accord-on-{side}" style="{place}">{escape(words)}</b>'
    )


def _bar(definition: Definition, point: Point, height: float, width: int) -> str:
    level = definition.level_of(point.score)
    shade = _shade(definition, level) if level else 0
    place = f"left:{point.score}%;width:{width * BAR:.2f}%;height:{height:.1f}%"
    share = point.unworked / point.leads * 100
    unworked = f'<u class="accord-unworked" style="height:{share:.0f}%"></u>' if point.unworked else ""
    return f'<i class="accord-s{shade}" style="{place}">{unworked}</i>'


def _line(level: Level, place: str) -> str:
    name = (
        f'<span class="accord-at-{place}" style="left:{level.cutoff}%">{escape(level_names.of(level))}</span>'
    )
    return f'<i class="accord-cut" style="left:{level.cutoff}%"></i>{name if place else ""}'


def _shade(definition: Definition, level: Level) -> int:
    """Return how strong a level is drawn, 0…5: what is handed off stands out."""
    if level.enters_hand_off:
        return 5
    return min(definition.levels.index(level), 3)


def _table(view: DefinitionView) -> str:
    """Return the leads a week at each level, the highest on top, beside what they are in force."""
    was, same = view.impact.in_force.bands, level_pairs(view.base, view.definition)
    bands = [*enumerate(view.impact.draft.bands)]
    rows = "".join(
        _row(view, band, was[same[place]] if place in same else None) for place, band in reversed(bands)
    )
    unit = "leads a week" if view.impact.draft.weeks else "leads"
    return (
        '<table class="accord-levels"><thead><tr><th scope="col">level</th><th scope="col">points</th>'
        f'<th scope="col">{unit}</th><th scope="col">goes to</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(view: DefinitionView, band: Band, before: Band | None) -> str:
    level, levels = band.level, view.definition.levels
    shade = _shade(view.definition, level)
    place = levels.index(level)
    end = levels[place + 1].cutoff - 1 if place + 1 < len(levels) else HIGHEST_SCORE
    now, was = _amount(view, band), _amount(view, before) if before else "new"
    change = f'<span class="accord-was">{was} →</span> <b>{now}</b>' if was != now else f"<b>{now}</b>"
    within = f" within {level.sla_hours} h" if level.sla_hours else ""
    return (
        f'<tr><th scope="row"><i class="accord-s{shade}"></i>{escape(level.name)}</th>'
        f"<td>{level.cutoff}–{end}</td><td>{change}</td><td>{escape(level.route.label + within)}</td></tr>"
    )


def _amount(view: DefinitionView, band: Band) -> str:
    say = view.reader.words
    return say.count(band.leads) if band.a_week is None else say.decimal(band.a_week)


def _details(view: DefinitionView) -> None:
    levels = view.definition.levels
    for position, level in reversed(list(enumerate(levels))):
        with st.container(border=True, key=f"level_{position}"):
            name, route = st.columns(2, vertical_alignment="bottom")
            hours, capacity, handed = st.columns([2, 2, 2], vertical_alignment="bottom")
            base = f"levels.{position}"
            with name:
                synced.text(view.draft, f"{base}.name", "Name")
            with route:
                synced.select(
                    view.draft,
                    f"{base}.route",
                    "Goes to",
                    [str(found) for found in Route],
                    lambda word: Route(word).label,
                )
            with hours:
                synced.whole(view.draft, f"{base}.sla_hours", "Follow-up within (business hours)", 1)
            with capacity:
                synced.whole(view.draft, f"{base}.capacity", "We can work a week", 0)
            with handed:
                synced.toggle(view.draft, f"{base}.enters_hand_off", "Enters hand-off")
            if position:
                _remove(view, position, level)
    _add(view)


def _remove(view: DefinitionView, position: int, level: Level) -> None:
    st.button(
        f"Remove {plain(level.name)}",
        icon=":material/delete:",
        type="tertiary",
        key=f"remove_level_{position}",
        disabled=not view.may_edit or len(view.definition.levels) <= FEWEST_LEVELS,
        on_click=_put_levels,
        args=(lambda definition: without_level(definition, position, level.name),),
    )


def _add(view: DefinitionView) -> None:
    has_room = len(view.definition.levels) < MOST_LEVELS
    st.button(
        "Add a level",
        icon=":material/add:",
        key="add_level",
        disabled=not (view.may_edit and has_room),
        help=None if has_room else f"A definition has at most {MOST_LEVELS} levels.",
        on_click=_put_levels,
        args=(with_another_level,),
    )


def _put_levels(changed: Callable[[Definition], Definition]) -> None:
    """Change the levels as they are at the click: what somebody moved since the button was drawn stays."""
    draft = session.agreement().draft()
    try:
        levels = to_plain(changed(draft.definition))["levels"]
    except Refusal as refusal:
        live.tell(str(refusal))
        return
    put((("levels", levels),), draft.seq)


def without_level(definition: Definition, position: int, name: str) -> Definition:
    """Return the definition without a level; raise Refusal where another stands in its place by now."""
    levels = definition.levels
    if position >= len(levels) or levels[position].name != name:
        raise Refusal(f"The levels were changed meanwhile: {name} was not removed. Please look again.")
    return replace(definition, levels=(*levels[:position], *levels[position + 1 :]))


def with_another_level(definition: Definition) -> Definition:
    """Return the definition with a level more, in the middle of the widest and going where that one goes.

    Raises Refusal when it holds as many as it can.
    """
    levels = definition.levels
    if len(levels) >= MOST_LEVELS:
        raise Refusal(f"A definition has at most {MOST_LEVELS} levels.")
    ends = [*(level.cutoff for level in levels[1:]), HIGHEST_SCORE]
    widest = max(range(len(levels)), key=lambda place: ends[place] - levels[place].cutoff)
    taken = {level.name for level in levels}
    name = next(name for number in range(1, MOST_LEVELS + 2) if (name := f"level {number}") not in taken)
    middle = (levels[widest].cutoff + ends[widest] + 1) // 2
    added = replace(levels[widest], name=name, cutoff=middle, capacity=None)
    return replace(definition, levels=(*levels[: widest + 1], added, *levels[widest + 1 :]))
