"""The one order of sources that both halves of the board keep: the same rows left and right."""

from collections.abc import Mapping, Sequence

from alignment import report
from alignment.domain.conversion import SourceQuality
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui.answers import ask
from alignment.ui.pictures.pair import usual_pair
from alignment.ui.view import View

OTHERS = "others"


def shared_order(view: View, most: int) -> tuple[str | None, ...]:
    """Return the rows of both halves: by what the sources won, then by leads; the last may be OTHERS."""
    order: list[str | None] = []
    for find in (_that_won, _with_leads):
        try:
            order += [source for source in find(view) if source not in order]
        except Refusal:  # one half lacks its columns; the other still has an order
            continue
    return first_of(order, most)


def first_of(order: Sequence[str | None], most: int) -> tuple[str | None, ...]:
    """Return the order cut to `most` rows, the rest as OTHERS."""
    return tuple(order) if len(order) <= most else (*order[: most - 1], OTHERS)


def value_of(by: Mapping[str, str | None] | None) -> str | None:
    """Return the value that a row of a grouped answer stands for."""
    return next(iter((by or {}).values()), None)


def source_quality(view: View, start: Stage, end: Stage) -> SourceQuality:
    """Return quality and quantity of the chosen cohort's sources."""
    cohort = view.choice.cohort(start)
    return ask(report.sources, view.snapshot, cohort, start=start, end=end, window=view.choice.window)


def _that_won(view: View) -> list[str | None]:
    won = ask(report.revenue, view.snapshot, view.choice.period, by="source", sources=view.choice.sources)
    return [value_of(row.by) for row in won.rows]


def _with_leads(view: View) -> list[str | None]:
    return [row.source for row in source_quality(view, *usual_pair(view)).rows]
