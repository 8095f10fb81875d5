"""The picture of what became of leads that were sent back: a bar for each step that they came again to."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.recycling import CameAgain
from alignment.ui.charts.canvas import Caption, bars, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader


@kept
def came_again(steps: Sequence[CameAgain], reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw how many came so far as bars, with the rate and its interval beside them."""
    say = reader.words
    return bars(
        sheet(reader, caption),
        [safe(came.label, None) for came in steps],
        [came.rate.numerator for came in steps],
        [f"{say.count(came.rate.numerator)} · {say.short_rate(came.rate)}" for came in steps],
        [f"{came.label}: {say.rate(came.rate)}" for came in steps],
        reader,
    )
