"""What stands in a document: every text is plain text, whatever signs it holds."""

from dataclasses import dataclass

SANS = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
SERIF = "Libertinus Serif"
"""The fonts of the two forms; the one of the PDF comes with its library."""


@dataclass(frozen=True)
class Grid:
    """A table: a text a cell; the first column names the rows. `total` is a last row, set apart."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A picture as an SVG for each form's font, its caption, and its takeaway for those who can't see it."""

    on_screen: str
    on_paper: str
    caption: str
    takeaway: str


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it, in this order: paragraphs, points, chart, table."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    grid: Grid | None = None


@dataclass(frozen=True)
class Document:
    """A whole document. `note` says whose data it is, what was chosen and up to when it knows anything."""

    title: str
    note: str
    sections: tuple[Section, ...]
