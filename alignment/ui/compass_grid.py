"""The compass drawn as a table of nine cells: MQLs upwards, SQLs to the right, a mark a month."""

from collections.abc import Sequence
from html import escape

from alignment.domain.compass import CompassMonth
from alignment.domain.compass_words import CELLS, label
from alignment.domain.swing import Standing
from alignment.ui.compass_words import name

ACROSS = (Standing.FEWER, Standing.EXPECTED, Standing.MORE)
DOWN = tuple(reversed(ACROSS))
BY_USUAL = "Dashed: without a plan, by what is usual."


def grid(months: Sequence[CompassMonth], chosen: CompassMonth) -> str:
    """Return the compass as HTML, `chosen` marked; every text in it is ours or a month's name."""
    is_planned = chosen.plan is not None
    heads = "".join(
        f'<th scope="col">{escape(_named(each, "SQLs", is_planned=is_planned))}</th>' for each in ACROSS
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(_named(mqls, "MQLs", is_planned=is_planned))}</th>'
        + "".join(_cell(mqls, sqls, months, chosen) for sqls in ACROSS)
        + "</tr>"
        for mqls in DOWN
    )
    return (
        f'<table class="accord-compass"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{_beside(months, chosen)}"
    )


def _named(standing: Standing, what: str, *, is_planned: bool) -> str:
    told = label(standing, is_planned=is_planned)
    return f"{what} {told}" if standing is Standing.EXPECTED else f"{told} {what}"


def _cell(mqls: Standing, sqls: Standing, months: Sequence[CompassMonth], chosen: CompassMonth) -> str:
    here = [each for each in months if each.cell == (mqls, sqls)]
    marks = "".join(_mark(each, is_chosen=each is chosen) for each in here)
    is_chosen = chosen.cell == (mqls, sqls)
    is_maybe = chosen.cell is None and chosen.mqls.standing is mqls
    look = ' class="accord-here"' if is_chosen else ' class="accord-maybe"' if is_maybe else ""
    hint = escape(CELLS[mqls, sqls].hint)
    return f'<td{look}><span class="accord-hint">{hint}</span><div class="accord-months">{marks}</div></td>'


def _mark(month: CompassMonth, *, is_chosen: bool) -> str:
    looks = ["accord-month"] + ["accord-chosen"] * is_chosen + ["accord-by-usual"] * (month.plan is None)
    text = name(month.month) if is_chosen else f"{month.month:%b}"
    return f'<span class="{" ".join(looks)}">{escape(text)}</span>'


def _beside(months: Sequence[CompassMonth], chosen: CompassMonth) -> str:
    """Name the months that stand in no cell, and what a dashed mark means."""
    young = [each for each in months if each.cell is None and each.mqls.standing is not None]
    few = [each for each in months if each.mqls.standing is None]
    lines = [
        f"{title}: {', '.join(f'{each.month:%b}' for each in found)}."
        for title, found in (("Too young to judge", young), ("Too few months before", few))
        if found
    ]
    in_cells = [each for each in (*months, chosen) if each.cell]
    if any(each.plan is None for each in in_cells) and any(each.plan for each in in_cells):
        lines.append(BY_USUAL)
    return f'<div class="accord-beside">{escape(" ".join(lines))}</div>' if lines else ""
