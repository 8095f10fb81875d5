"""A digest as one HTML file that asks for nothing from outside; it can be the body of a mail.

Mail programs drop scripts, outside files and most of what a sheet says: so each element carries its own
colours for light, and a sheet that only some of them read has those for dark.
"""

from enum import StrEnum
from html import escape
from itertools import pairwise

from alignment.ui.digest_parts import Bar, Block, Said
from alignment.ui.figure import Figure
from alignment.ui.inks import DARK, LIGHT, Inks
from alignment.ui.plain import one_line

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
WIDE = 1160


class Part(StrEnum):
    """A part of the bar, as its legend calls it."""

    WON = "won"
    LIKELY = "likely: 9 in 10 ends reach it"
    PERHAPS = "perhaps: 1 in 10 ends reach the end of it"
    REST = "up to the goal (the line)"


INKS = {
    Part.WON: (LIGHT.actual, DARK.actual),
    Part.LIKELY: (LIGHT.faded, DARK.faded),
    Part.PERHAPS: (LIGHT.grid, DARK.former),
    Part.REST: (LIGHT.shade, DARK.grid),
}
"""Each part's colour on a light and on a dark page."""


def html(told: Said) -> str:
    """Return the whole document; every text in it is escaped."""
    figures = "".join(_figure(figure) for figure in told.figures)
    blocks = "".join(_block(block) for block in told.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{_safe(f'{told.company}: {told.title}' if told.company else told.title)}</title>"
        f"<style>{_sheet(DARK)}</style></head>"
        f'<body class="paper" style="margin:0;padding:0;background:{LIGHT.paper}">'
        f'<div class="ink" style="max-width:{WIDE}px;margin:0 auto;padding:20px 16px;font-family:{FONT};'
        f'font-size:16px;line-height:1.45;color:{LIGHT.text}">'
        f"{_head(told)}<div>{figures}</div>{blocks}{_quiet(told.as_of)}"
        "</div></body></html>\n"
    )


def _head(told: Said) -> str:
    company = _quiet(told.company) if told.company else ""
    return (
        f'{company}<h1 style="font-size:22px;line-height:1.3;margin:0 0 8px">{_safe(told.title)}</h1>'
        '<p style="margin:0">'
        f'<b class="actual" style="font-size:52px;line-height:1.1;color:{LIGHT.actual}">'
        f"{_safe(told.headline.value)}</b> "
        f'<span style="font-size:22px">{_safe(told.headline.name)}</span></p>'
        f'{_bar(told.bar) if told.bar else ""}<p style="margin:4px 0 16px">{_safe(told.headline.detail)}</p>'
    )


def _figure(figure: Figure) -> str:
    return (
        f'<div class="shade" style="display:inline-block;vertical-align:top;box-sizing:border-box;'
        f"width:268px;max-width:100%;min-height:112px;margin:0 12px 12px 0;padding:10px 14px;"
        f'border-radius:8px;background:{LIGHT.shade}">'
        f'<div class="quiet" style="color:{LIGHT.quiet}">{_safe(figure.name)}</div>'
        f'<b style="font-size:26px;line-height:1.25">{_safe(figure.value)}</b>'
        f'<div class="quiet" style="font-size:14px;color:{LIGHT.quiet}">{_safe(figure.detail)}</div></div>'
    )


def _block(block: Block) -> str:
    lines = "".join(f'<li style="margin:0 0 4px">{_safe(line)}</li>' for line in block.lines)
    return (
        f'<h2 style="font-size:18px;line-height:1.3;margin:14px 0 6px">{_safe(block.title)}</h2>'
        f'<ul style="margin:0;padding:0 0 0 20px">{lines}</ul>{_quiet(block.quiet) if block.quiet else ""}'
    )


def _quiet(said: str) -> str:
    return f'<p class="quiet" style="margin:12px 0 4px;font-size:14px;color:{LIGHT.quiet}">{_safe(said)}</p>'


def _bar(bar: Bar) -> str:
    """Draw won, what might come and the rest of the goal as cells of one table row; the goal is a line."""
    low, high = (bar.might[0], bar.might[2]) if bar.might else (bar.won, bar.won)
    ends = sorted({0, bar.won, max(bar.won, low), max(bar.won, high), bar.goal, max(bar.goal, bar.won, high)})
    whole = max(ends[-1], 1)
    parts = (Part.WON, Part.LIKELY, Part.PERHAPS) if bar.might else (Part.WON,)
    until = {Part.WON: bar.won, Part.LIKELY: low, Part.PERHAPS: high}
    cells = "".join(
        _cell(
            next((part for part in parts if end <= until[part]), Part.REST),
            (end - start) / whole,
            is_goal=end == bar.goal,
        )
        for start, end in pairwise(ends)
    )
    legend = " &nbsp; ".join(_legend(part) for part in (*parts, Part.REST))
    return (
        '<table role="presentation" cellspacing="0" cellpadding="0" style="width:100%;table-layout:fixed;'
        f'border-collapse:collapse;margin:10px 0 2px"><tr>{cells}</tr></table>'
        f'<div class="quiet" style="font-size:14px;color:{LIGHT.quiet}">{legend}</div>'
    )


def _cell(part: Part, share: float, *, is_goal: bool) -> str:
    line = f";border-right:4px solid {LIGHT.text}" if is_goal else ""
    return (
        f'<td class="{part.name.lower()}{" goal" if is_goal else ""}" style="width:{share * 100:.2f}%;'
        f'height:20px;padding:0;background:{INKS[part][0]};font-size:0;line-height:0{line}">&nbsp;</td>'
    )


def _legend(part: Part) -> str:
    return (
        f'<span class="{part.name.lower()}" style="display:inline-block;width:12px;height:12px;'
        f'background:{INKS[part][0]}">&nbsp;</span> {part}'
    )


def _sheet(dark: Inks) -> str:
    """Return what a dark screen asks for."""
    rules = {
        ".paper": f"background:{dark.paper}",
        ".ink": f"color:{dark.text}",
        ".quiet": f"color:{dark.quiet}",
        ".actual": f"color:{dark.actual}",
        ".shade": f"background:{dark.shade}",
        ".goal": f"border-right-color:{dark.text}",
        **{f".{part.name.lower()}": f"background:{inks[1]}" for part, inks in INKS.items()},
    }
    told = "".join(f"{name}{{{rule}!important}}" for name, rule in rules.items())
    return (
        f":root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{told}}}"
        "@media (max-width:600px){.shade{width:100%!important;min-height:0!important}}"
    )


def _safe(said: str) -> str:
    """Return a text that can be nothing but text."""
    return escape(one_line(said))
