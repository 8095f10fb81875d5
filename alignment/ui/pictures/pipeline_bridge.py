"""The picture of the pipeline bridge: how what was open at the start became what is open now."""

from alignment import report
from alignment.domain.pipeline_bridge import PipelineBridge
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.ui import charts, words
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.table import Table
from alignment.ui.view import View
from alignment.ui.words import Words


def pipeline_bridge(view: View) -> Picture:
    """Return the way from the open pipeline of the period's start to that of its end, or of now."""
    period = view.choice.period
    if period is None:
        message = (
            "Not available: needs column deals.closed_at. With it you would see how the pipeline changed."
        )
        raise MissingColumnError(message)
    found = ask(report.pipeline_bridge, view.snapshot, period, sources=view.choice.sources)
    if found.is_empty:
        raise Refusal(f"No deal was open in {words.period(period)}. Choose another period or source above.")
    title = f"Pipeline bridge, {words.period(period)}, {found.currency}"
    figure = charts.pipeline_bridge(found, view.reader, view.caption(title, can_leave=True))
    return Picture(title, figure, sentence(found, view.reader.words), table(found), found.passport, view.note)


def sentence(found: PipelineBridge, say: Words) -> str:
    """Say what was open, what is, and each part between them."""
    parts = ", ".join(f"{say.signed_money(part.amount)} {part.name}" for part in found.parts)
    end = "now" if found.is_now else "at the end"
    start, now = say.short_money(found.start.amount), say.short_money(found.end.amount)
    return f"{start} were open at the start, {now} are {end}: {parts}."


def table(found: PipelineBridge) -> Table:
    """Return both ends and each part, with the number of its deals."""
    ends = ("open at the start", found.start), ("open now" if found.is_now else "open at the end", found.end)
    rows = [ends[0], *((part.name, part) for part in found.parts), ends[1]]
    return Table(
        ("pipeline", "amount", "deals"), tuple((name, part.amount, part.count) for name, part in rows)
    )
