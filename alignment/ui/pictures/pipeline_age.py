"""The picture of the open pipeline by stage and age."""

from alignment import report
from alignment.domain.black_hole import LAST_BAND
from alignment.domain.pipeline_age import PipelineAge, total
from alignment.domain.refusal import Refusal
from alignment.ui import charts
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.table import Table
from alignment.ui.view import View
from alignment.ui.words import Words


def pipeline_age(view: View) -> Picture:
    """Return the open deals by stage and by how long they have lain there."""
    found = ask(report.pipeline_age, view.snapshot, sources=view.choice.sources)
    if found.is_empty:
        raise Refusal("No deal is open at the moment of the load.")
    title = "Open pipeline by stage and age"
    figure = charts.pipeline_age(found, view.reader, view.caption(title, can_leave=True))
    said = sentence(found, view.snapshot.currency, view.reader.words)
    return Picture(title, figure, said, table(found), found.passport, view.note)


def sentence(found: PipelineAge, currency: str, say: Words) -> str:
    """Say how much is open, and how much of it has lain in its stage for over 30 days."""
    old = found.of(age=LAST_BAND)
    count, aged = (say.count(sum(row.count for row in rows)) for rows in (found.rows, old))
    if not found.has_amounts:
        return f"{count} deals are open, {aged} of them for over 30 days in their stage."
    worth, of_old = (say.money(total(rows, currency)) for rows in (found.rows, old))
    return f"{count} deals are open, worth {worth}; {aged} of them over 30 days in their stage, {of_old}."


def table(found: PipelineAge) -> Table:
    """Return a row a stage and age."""
    return Table(
        ("stage", "days in it", "open deals", "amount", "without an amount"),
        tuple((row.stage or "no stage", row.age, row.count, row.amount, row.unvalued) for row in found.rows),
    )
