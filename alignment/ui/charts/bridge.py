"""Bridges: both ends from zero, and each part where it takes over: of MQLs, and of the open pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import plotly.graph_objects as go

from alignment.domain.bridge import Bridge
from alignment.domain.pipeline_bridge import PipelineBridge
from alignment.ui.charts.canvas import Caption, rows_axis, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

BAR = 0.6
SPACE, SPACE_ON_A_WALL = 1.35, 1.6
"""How much longer than the longest bar the axis is: room for the words beside it."""


@dataclass(frozen=True)
class Row:
    """One bar: its name, what it adds (an end: what there is), the words beside it and on hovering."""

    name: str
    size: float
    text: str
    told: str


@kept
def bridge(found: Bridge, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw before, demand, definition, data and now as bars on one scale, a row each."""
    names = ["Before", *(name.capitalize() for name, _ in found.parts), "Now"]
    sizes = [found.before.recorded, *(count for _, count in found.parts), found.now.recorded]
    rows = [Row(*row) for row in zip(names, sizes, _texts(found, reader), _told(found, reader), strict=True)]
    return waterfall(rows, reader, caption)


@kept
def pipeline_bridge(found: PipelineBridge, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw what was open at the start, what came and went, and what is open at the end, a row each."""
    say, end = reader.words, "Open now" if found.is_now else "Open at the end"
    named = [
        ("Open at the start", found.start),
        *((part.name, part) for part in found.parts),
        (end, found.end),
    ]
    last = len(named) - 1
    rows = [
        Row(
            name[:1].upper() + name[1:],
            part.amount.amount,
            f"<b>{say.short_money(part.amount)}</b>" if place in (0, last) else say.signed_money(part.amount),
            f"{name[:1].upper() + name[1:]}: {say.money(part.amount)}, {say.counted(part.count, 'deal')}",
        )
        for place, (name, part) in enumerate(named)
    ]
    return waterfall(rows, reader, caption)


def waterfall(rows: Sequence[Row], reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the first and last row from zero, and each between them where the one before it ends."""
    figure, inks = sheet(reader, caption), reader.look.inks
    first, *parts, last = (row.size for row in rows)
    levels = list(accumulate(parts, initial=first))
    bases = [0, *(min(each) for each in pairwise(levels)), 0]
    lengths = [first, *map(abs, parts), last]
    figure.add_bar(
        orientation="h",
        y=list(range(len(lengths))),
        x=lengths,
        base=bases,
        width=BAR,
        marker={"color": [inks.former, *[inks.faded] * len(parts), inks.actual]},
        text=[row.text for row in rows],
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        textfont={"color": inks.text, "size": reader.look.text_size},
        customdata=[row.told for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for row, level in enumerate(levels):
        line = {"color": inks.quiet, "width": 1}
        figure.add_shape(type="line", x0=level, x1=level, y0=row + BAR / 2, y1=row + 1 - BAR / 2, line=line)
    space = SPACE_ON_A_WALL if reader.look.is_room else SPACE
    longest = (max([*levels, *lengths]) or 1) * space
    lowest = min(0, *levels)
    figure.update_layout(
        yaxis=rows_axis([row.name for row in rows], reader),
        xaxis={"visible": False, "range": [lowest * space, longest]},
    )
    return figure


def _texts(found: Bridge, reader: Reader) -> list[str]:
    say = reader.words
    shares = [found.share(count) for _, count in found.parts]
    parts = [
        f"{say.signed(count)}{'' if share is None or not count else f' ({say.percent(abs(share))})'}"
        for (_, count), share in zip(found.parts, shares, strict=True)
    ]
    return [
        f"<b>{say.count(found.before.recorded)}</b>",
        *parts,
        f"<b>{say.count(found.now.recorded)}</b>",
    ]


def _told(found: Bridge, reader: Reader) -> list[str]:
    say = reader.words
    parts = [f"{name.capitalize()}: {say.signed(count)} MQLs" for name, count in found.parts]
    ends = [f"{each.period}: {say.counted(each.recorded, 'MQL')}" for each in (found.before, found.now)]
    return [ends[0], *parts, ends[1]]
