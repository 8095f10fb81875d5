"""Documents that leave the app: one page description, written as one HTML file and as PDF."""

from alignment.paper.document import Chart, Document, Grid, Section
from alignment.paper.html import html
from alignment.paper.pdf import pdf
from alignment.paper.svg import Lane, lanes

__all__ = ["Chart", "Document", "Grid", "Lane", "Section", "html", "lanes", "pdf"]
