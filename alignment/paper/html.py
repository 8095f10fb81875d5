"""A document as one HTML file: styles and pictures inside, no script, nothing fetched from anywhere."""

from html import escape
from pathlib import Path

from alignment.paper.document import Chart, Document, Grid, Section

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Even if a text became markup, the browser would fetch and run nothing."""


def html(document: Document) -> str:
    """Return the document as HTML; every text of it is escaped."""
    styles = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
    sections = "".join(map(_section, document.sections))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{styles}</style></head><body><main>"
        f"<h1>{escape(document.title)}</h1><p class='note'>{escape(document.note)}</p>{sections}"
        "</main></body></html>"
    )


def _section(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in section.paragraphs)
    points = "".join(f"<li>{escape(text)}</li>" for text in section.points)
    chart = _chart(section.chart) if section.chart else ""
    grid = _grid(section.grid) if section.grid else ""
    listed = f"<ul>{points}</ul>" if points else ""
    return f"<section><h2>{escape(section.title)}</h2>{paragraphs}{listed}{chart}{grid}</section>"


def _chart(chart: Chart) -> str:
    return (
        f'<figure><div role="img" aria-label="{escape(chart.takeaway)}">{chart.on_screen}</div>'
        f"<figcaption>{escape(chart.caption)}</figcaption></figure>"
    )


def _grid(grid: Grid) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in grid.columns)
    foot = f"<tfoot>{_row(grid.total)}</tfoot>" if grid.total else ""
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_row, grid.rows))}</tbody>{foot}</table></div>"
    )


def _row(row: tuple[str, ...]) -> str:
    name, *values = row
    cells = "".join(f"<td>{escape(value)}</td>" for value in values)
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
