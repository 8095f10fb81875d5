"""The one static picture: rows with a bar for how many, and a mark with its interval for how good."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

INK, QUIET, BAR, GRID, PAPER = "#08161a", "#475a60", "#8fb9be", "#dde6e7", "#ffffff"
MARK = "#0b5d66"
WIDTH, ROW, TOP, SIZE = 760, 26, 44, 13
NAME, BAR_FROM, BAR_TO, SHARE_FROM, SHARE_TO = 206, 214, 390, 455, 735
LONGEST_NAME = 26
STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
MOST_TICKS = 5
_NO_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Signs that no XML may hold: one of them would cost the whole picture."""


@dataclass(frozen=True)
class Lane:
    """A row: its name, a count with its text, a share with its interval; None: `instead` is said there.

    `is_small`: the sample is small, so that the mark is drawn hollow.
    """

    name: str
    count: int
    text: str
    share: float | None = None
    ends: tuple[float, float] = (0.0, 0.0)
    is_small: bool = False
    instead: str = ""


def lanes(rows: Sequence[Lane], heads: tuple[str, str], font: str) -> str:
    """Return rows as an SVG; `heads` name the bars and the shares. Every text is escaped."""
    height = TOP + ROW * len(rows) + 30
    top = max((row.ends[1] for row in rows if row.share is not None), default=0.1)
    step = next((step for step in STEPS if step * MOST_TICKS >= top), STEPS[-1])
    ticks = [step * number for number in range(MOST_TICKS + 1) if step * number <= min(1, top + step)]
    longest = max((row.count for row in rows), default=0) or 1
    parts = [
        _text(BAR_FROM, 20, heads[0], fill=QUIET),
        _text(SHARE_FROM, 20, heads[1], fill=QUIET),
        *(_tick(tick, ticks[-1] or 1, height) for tick in ticks),
        *(_lane(row, place, longest, ticks[-1] or 1) for place, row in enumerate(rows)),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="{escape(font)}"'
        f' font-size="{SIZE}">{"".join(parts)}</svg>'
    )


def _lane(row: Lane, place: int, longest: int, top: float) -> str:
    middle = TOP + ROW * place + ROW / 2
    bar = (BAR_TO - BAR_FROM) * row.count / longest
    found = [
        _text(NAME, middle + 4, shortened(row.name), anchor="end"),
        f'<rect x="{BAR_FROM}" y="{middle - 8}" width="{bar:.1f}" height="16" fill="{BAR}"/>',
        _text(BAR_FROM + bar + 5, middle + 4, row.text),
    ]
    if row.share is None:
        return "".join([*found, _text(SHARE_FROM, middle + 4, row.instead, fill=QUIET)])
    low, high = (_at(end, top) for end in row.ends)
    at, fill = _at(row.share, top), PAPER if row.is_small else MARK
    range_line = f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{middle}" y2="{middle}" stroke="{MARK}"/>'
    round_mark = f'<circle cx="{at:.1f}" cy="{middle}" r="5" fill="{fill}" stroke="{MARK}" stroke-width="2"/>'
    return "".join([*found, range_line, round_mark])


def _tick(tick: float, top: float, height: int) -> str:
    x = _at(tick, top)
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 24}" stroke="{GRID}"/>'
    return line + _text(x, height - 8, f"{tick * 100:.0f} %", anchor="middle", fill=QUIET)


def _at(share: float, top: float) -> float:
    return SHARE_FROM + (SHARE_TO - SHARE_FROM) * min(share, top) / top


def shortened(name: str) -> str:
    """Return a name cut to the room that there is; a wide letter takes that of two."""
    room, kept = LONGEST_NAME, ""
    for letter in name:
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return f"{kept[:-1].rstrip()}…"
        kept += letter
    return kept


def _text(x: float, y: float, text: str, *, anchor: str = "start", fill: str = INK) -> str:
    shown = escape(_NO_XML.sub(" ", text))
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{shown}</text>'
